"""The activities of a record, independent of the credential: their areas, and which of them may be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

import attrs

from cmprules._facts.records import Activity, Period, Settled, certified_of, listed, points_of
from cmprules._kit.folding import folded_tightly
from cmprules._kit.shapes import maker, refuse_others
from cmprules._kit.values import Value
from cmprules._policy.book import CountingRules, Policy
from cmprules._rules.identity import Kin, kin_of
from cmprules._rules.settling import NO_ANSWERS, Answers
from cmprules._words import vocabulary
from cmprules.errors import Fault


def asked_to_place(
    activities: Iterable[Activity], policy: Policy, cycle: Period
) -> tuple[tuple[Activity, ...], list[Fault]]:
    """Return the activities that the finder or the verifier is asked about, and every fault of the arguments."""
    found, faults = listed(activities, Activity, "$.activities")
    refuse_others((policy,), Policy, "$.policy", faults)
    refuse_others((cycle,), Period, "$.cycle", faults)
    return found, faults


@attrs.frozen(kw_only=True)
class Entry(Value):
    """One activity of a record.

    Attributes:
        areas: the areas that it certainly may serve: its listed areas, those that the holder has confirmed, and the
            areas of all entries that are certainly the same.
        proposed: further areas that are proposed, and open.
        settled: the areas among `areas` that were proposed and that the holder has confirmed.
        duplicate_of: the entry that counts instead, if they are certainly the same.
    """

    capped: ClassVar[bool] = True
    certified: ClassVar[bool] = False

    activity: Activity
    areas: tuple[str, ...]
    proposed: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    duplicate_of: str | None = None

    @property
    def points(self) -> int:
        """The points entered, in hundredths."""
        return points_of(self.activity)


_entry = maker(Entry)


class Entries(NamedTuple):
    """The activities of a record, and which of them may be one.

    Attributes:
        kin: which of them may be one.
        plain: whether each activity brings all its points or none, because none may be another, and no area is proposed
            or certified.
    """

    listed: tuple[Entry, ...]
    kin: Kin | None = None
    answers: Answers = NO_ANSWERS
    plain: bool = True


def entries(
    activities: Sequence[Activity], rules: CountingRules, settled: Sequence[Settled] = ()
) -> Entries:
    """Read the activities of a record: their areas, and which of them are one or may be.

    If the rules say that duplicates are certain, entries with the same title and provider (ignoring case and spaces),
    day, kind and points are one activity: the entry with the smallest id counts and takes over the areas of the others.
    """
    answers, identity = Answers.of(settled), rules.identity
    kin = None if identity is None else kin_of(activities, identity, answers)
    found = _certain(activities, answers) if identity is None else None
    if found is None:
        found = tuple([_entry_of([activity], activity, answers)
                       if activity.proposed_areas else _entry(activity=activity, areas=activity.areas)
                       for activity in activities])
    plain = kin is None and not any(certified_of(activity) or activity.proposed_areas for activity in activities)
    return Entries(listed=found, kin=kin, answers=answers, plain=plain)


def _certain(activities: Sequence[Activity], answers: Answers) -> tuple[Entry, ...] | None:
    """Merge entries that are certainly the same; None if there are none."""
    keys = [(candidate.completed_on or candidate.id, candidate.kind, points_of(candidate)) for candidate in activities]
    if len(set(keys)) == len(keys):
        return None
    alike: dict[object, list[Activity]] = {}
    for key, activity in zip(keys, activities, strict=True):
        alike.setdefault(key, []).append(activity)
    kept: dict[str, Entry] = {}
    for group in alike.values():
        kept.update(_merged(group, answers))
    return tuple([kept[activity.id] for activity in activities])


def _merged(activities: Sequence[Activity], answers: Answers) -> Iterator[tuple[str, Entry]]:
    """Find duplicates among activities with the same day, kind and points."""
    groups: dict[object, list[Activity]] = {}
    for activity in activities:
        groups.setdefault(_sameness(activity) if len(activities) > 1 else None, []).append(activity)
    for group in groups.values():
        first = min(group, key=lambda activity: activity.id)
        for activity in group:
            entry = _entry_of(group, activity, answers)
            yield activity.id, entry if activity is first else attrs.evolve(entry, duplicate_of=first.id)


def _sameness(activity: Activity) -> object:
    return tuple(None if text is None else folded_tightly(text)
                 for text in (activity.title, activity.provider, activity.session))


def _entry_of(group: Sequence[Activity], activity: Activity, answers: Answers) -> Entry:
    """Read one activity with its duplicates; certified amounts are its own, the rest may serve what is proposed."""
    if len(group) == 1 and not activity.proposed_areas:
        return _entry(activity=activity, areas=activity.areas)
    listed = {area for candidate in group for area in candidate.areas} if not activity.certified else set()
    answered: dict[bool | None, set[str]] = {True: set(), False: set(), None: set()}
    for candidate in group:
        own = answers.get("AREA_PROPOSED", candidate.id)
        answered[answers.get("AREA_PROPOSED", activity.id) if own is None else own].update(candidate.proposed_areas)
    settled = answered[True] - listed
    proposed = answered[None] - listed - settled
    return _entry(activity=activity, areas=_in_order(listed | settled), proposed=_in_order(proposed),
                  settled=_in_order(settled))


def _in_order(areas: set[str]) -> tuple[str, ...]:
    return tuple(area for area in vocabulary.AREAS if area in areas)
