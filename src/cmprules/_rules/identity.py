"""One activity or several: which entries of a record may be the same activity, or the same course taken again.

There are three relations.  Two entries are *the same* if title, provider, day, kind and points agree; *alike* if the
titles agree, the days are close, and points or providers agree; *repeated* if title and provider agree and the days
are further apart, for kinds whose repeats may not count.  A pair has the first relation that fits.  Entries with
different sessions, and entries without a day, have none.

Sets of entries are bits of a whole number, with bit 0 for the first activity of the record: a record may have hundreds
of entries with one title, too many to list as pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from cmprules._facts.records import Activity, points_of
from cmprules._kit.folding import folded, folded_tightly
from cmprules._policy.book import IdentityRules
from cmprules._rules.settling import Answers

Bits = list[int]
"""For each activity of a record, a set of others."""


def bits_of(entries: int) -> Iterator[int]:
    """List the positions of a set of entries, in the record's order."""
    while entries:
        lowest = entries & -entries
        yield lowest.bit_length() - 1
        entries ^= lowest


class Kin(NamedTuple):
    """Which activities of a record may be one.

    Attributes:
        relations: for each code of a need, the other activities with that relation to each activity.
        apart: activities that the holder has answered to be different.
        once: activities that are one according to an answer or a row of the user's own.
        by_row: those that a row settles as one, so that an answer says nothing.
        each: activities that would be repeats if a row did not say that each repeat counts.
        kept: activities that would be related if a row of the user's own did not exclude it.
    """

    relations: dict[str, Bits]
    apart: Bits
    once: Bits
    by_row: Bits
    each: Bits
    kept: Bits

    def near(self, place: int) -> int:
        """Return the entries that are the same as one, or alike."""
        return self.relations["DUPLICATE"][place] | self.relations["LOOKS_ALIKE"][place]

    def any(self, place: int) -> int:
        """Return all entries that an entry is related to."""
        return self.near(place) | self.relations["REPEATED_COURSE"][place]


def kin_of(activities: Sequence[Activity], rules: IdentityRules, answers: Answers) -> Kin | None:
    """Find which activities of a record may be one; None if there are none."""
    by_title: dict[str, list[int]] = defaultdict(list)
    fold = folded if rules.folded else folded_tightly
    for place, activity in enumerate(activities):
        if activity.completed_on is not None:
            by_title[fold(activity.title)].append(place)
    if len(by_title) == len(activities):
        return None
    found = _Relations(activities, rules, fold)
    for places in by_title.values():
        if len(places) > 1:
            found.compare(places)
    return _settled(found, activities, answers) if found.any else None


class _Relations:
    """Collects the relations between activities."""

    def __init__(self, activities: Sequence[Activity], rules: IdentityRules, fold: Callable[[str], str]) -> None:
        self.activities, self.rules, self.fold = activities, rules, fold
        size = len(activities)
        self.same, self.alike, self.repeated = [0] * size, [0] * size, [0] * size
        self.each, self.kept, self.once = [0] * size, [0] * size, [0] * size

    @property
    def any(self) -> bool:
        """Whether any activity has a relation, or would have one without a row that says that each counts."""
        return any(map(any, (self.same, self.alike, self.repeated, self.each, self.kept)))

    def compare(self, places: Sequence[int]) -> None:
        """Compare the activities under one title."""
        group = _UnderOneTitle(self.activities, places, self.rules, self.fold)
        for place in places:
            self._relate(place, group)

    def _relate(self, place: int, group: _UnderOneTitle) -> None:
        """Find the relations of one activity, and what the rows say about them."""
        same, alike, again = group.same(place), group.alike(place), group.again(place)
        rules, kind = self.rules, self.activities[place].kind
        self._by_row(place, same, rules.duplicates, self.same)
        self._by_row(place, alike, rules.alike, self.alike)
        own = rules.repeated[kind]
        open_ = 0 if own == "each" else again & group.repeatable
        self.repeated[place] |= open_
        self.once[place] |= open_ & group.once if own == "once" else 0
        self.each[place] |= again & ~open_

    def _by_row(self, place: int, others: int, row: str | None, relation: Bits) -> None:
        """Record a relation as a row has it: excluded, settled as one, or open."""
        if row is None:
            return
        if row == "each":
            self.kept[place] |= others
            return
        relation[place] |= others
        if row == "once":
            self.once[place] |= others


class _UnderOneTitle:
    """The activities under one title, sorted by what the relations compare."""

    def __init__(
        self, activities: Sequence[Activity], places: Sequence[int], rules: IdentityRules, fold: Callable[[str], str]
    ) -> None:
        self.activities, self.rules, self.fold = activities, rules, fold
        self.by: dict[object, int] = defaultdict(int)
        self.all = self.repeatable = self.once = 0
        for place in places:
            bit, activity = 1 << place, activities[place]
            self.all |= bit
            for key in self._keys(activity):
                self.by[key] |= bit
            self.repeatable |= bit if rules.repeated[activity.kind] != "each" else 0
            self.once |= bit if rules.repeated[activity.kind] == "once" else 0

    def _keys(self, activity: Activity) -> tuple[tuple[str, object], ...]:
        return (("day", activity.completed_on), ("kind", activity.kind), ("points", points_of(activity)),
                ("provider", self._folded(activity.provider)), ("session", self._folded(activity.session)))

    def _folded(self, text: str | None) -> str | None:
        return None if text is None else self.fold(text)

    def _comparable(self, place: int) -> int:
        """Return the other entries whose session does not differ."""
        session, others = self._folded(self.activities[place].session), self.all & ~(1 << place)
        if session is None:
            return others
        return others & (self.by["session", session] | self.by["session", None])

    def same(self, place: int) -> int:
        """Return the entries that are the same: day, kind, points and provider agree."""
        day, kind, points, provider, _ = self._keys(self.activities[place])
        return self._comparable(place) & self.by[day] & self.by[kind] & self.by[points] & self.by[provider]

    def alike(self, place: int) -> int:
        """Return the entries that are alike but not the same: the days are close, and points or providers agree."""
        activity = self.activities[place]
        agreeing = self.by["points", points_of(activity)] | self._agreeing(activity)
        return self._comparable(place) & self._close(activity) & agreeing & ~self.same(place)

    def again(self, place: int) -> int:
        """Return the entries of the same provider that are further apart in time."""
        activity = self.activities[place]
        return self._comparable(place) & ~self._close(activity) & self._agreeing(activity)

    def _agreeing(self, activity: Activity) -> int:
        """Return the entries whose provider agrees; an entry without a provider agrees with any."""
        provider = self._folded(activity.provider)
        return self.all if provider is None else self.by["provider", provider] | self.by["provider", None]

    def _close(self, activity: Activity) -> int:
        """Return the entries whose days are close enough to be alike."""
        day, found = activity.completed_on or date.min, 0
        for days in range(-self.rules.alike_days, self.rules.alike_days + 1):
            found |= self.by["day", day + timedelta(days=days)]
        return found


def _settled(found: _Relations, activities: Sequence[Activity], answers: Answers) -> Kin:
    """Add the holder's answers; a row of the user's own overrides an answer, and `no` overrides `yes`."""
    size = len(activities)
    relations = {"DUPLICATE": found.same, "LOOKS_ALIKE": found.alike, "REPEATED_COURSE": found.repeated}
    apart, once = [0] * size, list(found.once)
    places = {activity.id: place for place, activity in enumerate(activities)} if answers.relations else {}
    for answer in answers.relations:
        subjects = [places[subject] for subject in answer.subjects if subject in places]
        named = [places[other] for other in answer.others if other in places]
        others = sum(1 << place for place in {*subjects, *named}) if answer.others else -1
        for place in subjects:
            related = relations[answer.code][place]
            if answer.code == "LOOKS_ALIKE":
                related |= found.same[place]  # entries that are the same are alike too
            _both_ways(once if answer.answer == "no" else apart, place, related & others & ~found.once[place])
    for place, settled_as_one in enumerate(once):
        apart[place] &= ~settled_as_one
    return Kin(relations=relations, apart=apart, once=once, by_row=found.once, each=found.each, kept=found.kept)


def _both_ways(relation: Bits, place: int, others: int) -> None:
    """Record a relation of one activity to others in both directions."""
    relation[place] |= others
    for other in bits_of(others):
        relation[other] |= 1 << place


def components(entries: int, related: Callable[[int], int]) -> Iterator[int]:
    """Split a set of entries into chains: two are in one chain if related entries lead from one to the other."""
    while entries:
        found = reached = entries & -entries
        while reached:
            following = 0
            for place in bits_of(reached):
                following |= related(place)
            reached = following & entries & ~found
            found |= reached
        yield found
        entries &= ~found
