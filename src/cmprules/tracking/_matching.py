"""Activities of two records that are the same under other ids, as after an import that ran twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs

from cmprules._facts.records import Activity, Record


def names_now(before: Record, after: Record) -> dict[str, str]:
    """Map the id of every earlier activity to the one that it has in the later record.

    An activity with the same content is the same one: first under its own id, then under another, in the order of the
    records.  What is left is matched by id.  One that is gone keeps its id, or, where that is taken, gets another.
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
    """Pair the activities that say the same."""
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
    """What an activity says, whatever its id."""
    return attrs.evolve(activity, id="-")


def _unused(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name = f"{name} (earlier)"
    return name


def renamed(record: Record, names: Mapping[str, str]) -> Record:
    """Write a record with other ids for its activities."""
    return attrs.evolve(
        record,
        activities=[attrs.evolve(activity, id=names[activity.id]) for activity in record.activities],
        placements=[attrs.evolve(placement, activity=names[placement.activity]) for placement in record.placements],
        settled=(),
    )
