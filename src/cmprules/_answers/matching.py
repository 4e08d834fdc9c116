"""Match activities of two records that are the same under different ids, as after a repeated import."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs

from cmprules._facts.records import Activity, Record, Settled
from cmprules._words.codes.questions import ABOUT_CREDENTIAL


def names_now(before: Record, after: Record) -> dict[str, str]:
    """Map the id of every earlier activity to its id in the later record.

    Activities with the same content are the same: first under the same id, then under another id, in the order of the
    records.  The rest is matched by id.  A removed activity keeps its id, or gets another if that id is taken.
    """
    found = dict(_same(before.activities, after.activities))
    taken = {*found.values()}
    free = {activity.id for activity in after.activities} - taken
    rest = [activity.id for activity in before.activities if activity.id not in found]
    found.update({name: name for name in rest if name in free})
    every = {*(activity.id for activity in after.activities), *found.values()}
    found.update({name: _unused(name, every) for name in rest if name not in found})
    return found


def _same(before: Sequence[Activity], after: Sequence[Activity]) -> Iterator[tuple[str, str]]:
    """Pair the activities with the same content."""
    was, now = ({activity.id: _content(activity) for activity in activities} for activities in (before, after))
    kept = {name for name, content in was.items() if now.get(name) == content}
    yield from ((name, name) for name in was if name in kept)
    free: dict[Activity, list[str]] = {}
    for name, content in now.items():
        if name not in kept:
            free.setdefault(content, []).append(name)
    for name, content in was.items():
        if name not in kept and free.get(content):
            yield name, free[content].pop(0)


def _content(activity: Activity) -> Activity:
    """Return the content of an activity without its id."""
    return attrs.evolve(activity, id="-")


def _unused(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name = f"{name} (earlier)"
    return name


def under_later_ids(before: Record, after: Record) -> Record:
    """Write an earlier record with the ids that the same activities have in a later one; the same if none is other."""
    names = names_now(before, after)
    return before if all(name == now for name, now in names.items()) else renamed(before, names)


def renamed(record: Record, names: Mapping[str, str]) -> Record:
    """Return a record with other ids for its activities."""
    return attrs.evolve(
        record,
        activities=[attrs.evolve(activity, id=names[activity.id]) for activity in record.activities],
        placements=[attrs.evolve(placement, activity=names[placement.activity]) for placement in record.placements],
        settled=[attrs.evolve(answer, subjects=_subjects(answer, names),
                              others=[names[name] for name in answer.others]) for answer in record.settled],
    )


def _subjects(answer: Settled, names: Mapping[str, str]) -> tuple[str, ...]:
    """Name what an answer is about: activities by their other ids, a credential by its own."""
    if answer.code in ABOUT_CREDENTIAL:
        return answer.subjects
    return tuple(names[name] for name in answer.subjects)
