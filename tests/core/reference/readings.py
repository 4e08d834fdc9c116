"""The two readings of one credential, and the questions whose answers would settle the outcome."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.core.reference.answers import NO, YES, Answers
from tests.core.reference.counting import Activity
from tests.core.reference.grouping import Place, Version
from tests.core.reference.placing import EVERYTHING, Item, Solution, mandatory_shortfall, met, place, total_short
from tests.core.reference.tables import Table

Parts = tuple[tuple[int, tuple[str, ...]], ...]
MOST_OPEN = 8
"""Open activities of which every combination is tried."""


@dataclass
class Readings:
    """What is certain, what is open, and every table that may apply, today's last."""

    activities: list[Activity]
    places: dict[str, Place]
    tables: list[Table]
    answers: Answers
    credential: str
    known: dict[tuple[int, int, bool], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The holder may have said which of two tables it is: yes, the one that is less against the holder."""
        self.both = list(self.tables)
        self.table_answer = None
        if self.tables_differ:
            self.table_answer = self.answers.of("TABLE_AFTER_EXPIRY", self.credential)
        if self.table_answer is not None:
            worse = self.shown
            better = next(number for number in range(len(self.tables)) if number != worse)
            self.tables = [self.tables[worse if self.table_answer == NO else better]]
            del self.__dict__["shown"]

    @property
    def tables_differ(self) -> bool:
        """May another table apply?"""
        return len(set(self.tables)) > 1

    @cached_property
    def open(self) -> list[Activity]:
        """The activities that are more in favour of the holder than against, for some table."""
        return [a for a in self.activities if any(self._seen(self.places[a.id].against, table)
                                                  != self._seen(self.places[a.id].favour, table)
                                                  for table in self.both)]

    def _seen(self, version: Version | None, table: Table) -> tuple[str, Parts]:
        """What a table sees of a version: the points that may serve the same areas, put together."""
        if version is None:
            return "", ()
        sums: dict[tuple[str, ...], int] = {}
        for points, areas in version.parts:
            key = tuple(area for area in table.needs if area in areas)
            sums[key] = sums.get(key, 0) + points
        return version.kind, tuple(sorted((points, key) for key, points in sums.items()))

    def items(self, number: int, mask: int = 0) -> list[Item]:
        """The activities as a table sees them, those of the open ones in favour of the holder that the mask says."""
        favoured = {activity.id for n, activity in enumerate(self.open) if mask >> n & 1}
        found = []
        for activity in self.activities:
            one = self.places[activity.id]
            version = one.favour if activity.id in favoured else one.against
            if version is not None:
                found.append(Item.of(activity, version, self.tables[number]))
        return found

    @property
    def all_open(self) -> int:
        """The mask of the reading in favour of the holder."""
        return (1 << len(self.open)) - 1

    def divisible(self, favour: bool) -> Container[str]:
        """The activities that may be divided: those for which the holder says so, or all but where he denies it."""
        said = {a.id: self.answers.of("DIVIDED_ACTIVITY", a.id) for a in self.activities}
        if not favour:
            return {one for one, answer in said.items() if answer == YES}
        if NO not in said.values():
            return EVERYTHING
        return {one for one, answer in said.items() if answer != NO}

    def is_met(self, mask: int, number: int, *, favour: bool) -> bool:
        """Are the requirements met if just these of the open activities are as in favour of the holder?

        `favour`: with division as in favour of the holder, too.
        """
        key = (mask, number, favour)
        if key not in self.known:
            self.known[key] = met(self.items(number, mask), self.tables[number], self.divisible(favour))
        return self.known[key]

    @cached_property
    def outcome(self) -> str:
        """Met by every table without what is open, or by some table with all of it, or by none."""
        numbers = range(len(self.tables))
        if all(self.is_met(0, number, favour=False) for number in numbers):
            return "MET"
        return "NEEDS_REVIEW" if any(self.is_met(self.all_open, n, favour=True) for n in numbers) else "NOT_MET"

    @cached_property
    def shown(self) -> int:
        """The table that is further against the holder; between equals, today's."""
        def key(number: int) -> tuple[int, int, int]:
            items, table = self.items(number), self.tables[number]
            mandatory = mandatory_shortfall(items, table)
            return total_short(items, table), mandatory.short if mandatory else 0, number
        return max(range(len(self.tables)), key=key)

    @cached_property
    def placement(self) -> tuple[Solution, bool]:
        """The preferred placement for the table shown, and whether it divides no activity."""
        return place(self.items(self.shown), self.tables[self.shown])

    @cached_property
    def short_if_confirmed(self) -> int:
        """What is missing in the reading in the holder's favour: the smaller over the tables."""
        return min(total_short(self.items(n, self.all_open), table) for n, table in enumerate(self.tables))

    def needs(self) -> list[dict[str, Any]]:
        """One item for each open question that bears on the outcome.

        A question bears on it if the answer changes when it alone is settled the other way, everything else being
        settled in some way.  Activities stand in the order of the record, then the question of the table.
        """
        distinct = list(range(len(self.tables))) if self.tables_differ else [0]
        masks = self._tried(distinct)
        bearing = [a for n, a in enumerate(self.open) if self._bears(n, masks, distinct)]
        found = {a.id: self._need(a) for a in bearing}
        for activity in self._divided(distinct):
            found.setdefault(activity, {"code": "DIVIDED_ACTIVITY", "subject": activity, "others": []})
        needs = [found[a.id] for a in self.activities if a.id in found]
        if len(distinct) > 1 and any(self.is_met(mask, 0, favour=favour) != self.is_met(mask, 1, favour=favour)
                                     for mask in masks for favour in (False, True)):
            needs.append({"code": "TABLE_AFTER_EXPIRY", "subject": self.credential, "others": []})
        return needs

    def _tried(self, distinct: list[int]) -> list[int]:
        """Every combination of the open activities, each decided; beyond eight, none and all of them.

        What is met stays met with more in favour of the holder, which spares most of the work.
        """
        if len(self.open) > MOST_OPEN:
            return [0, self.all_open]
        masks = sorted(range(self.all_open + 1), key=int.bit_count)
        for number in distinct:
            for favour in (False, True):
                if not self.is_met(self.all_open, number, favour=favour):
                    self.known |= {(mask, number, favour): False for mask in masks}
                for mask in masks:
                    smaller = (mask & ~(1 << n) for n in range(len(self.open)) if mask >> n & 1)
                    if any(self.known[one, number, favour] for one in smaller):
                        self.known[mask, number, favour] = True
                    self.is_met(mask, number, favour=favour)
        return masks

    def _bears(self, n: int, masks: list[int], distinct: list[int]) -> bool:
        """Does its confirmation change the answer, whatever else is confirmed?"""
        if len(self.open) > MOST_OPEN:
            return True
        return any(self.is_met(mask | 1 << n, number, favour=favour) and not self.is_met(mask, number, favour=favour)
                   for mask in masks if not mask >> n & 1 for number in distinct for favour in (False, True))

    def _need(self, activity: Activity) -> dict[str, Any]:
        """The question about one activity: the first of its open tests."""
        one = self.places[activity.id]
        return {"code": one.code, "subject": activity.id, "others": list(one.others)}

    def _divided(self, distinct: list[int]) -> list[str]:
        """Where one of the two readings hangs on division, the activities that its placement divides.

        What the holder says may not be divided is not divided by that placement; what may is not asked about.
        """
        found = []
        said = {a.id: self.answers.of("DIVIDED_ACTIVITY", a.id) for a in self.activities}
        denied = {one for one, answer in said.items() if answer == NO}
        for mask in (0, self.all_open):
            for number in distinct:
                if self.is_met(mask, number, favour=True) and not self.is_met(mask, number, favour=False):
                    solution, _ = place(self.items(number, mask), self.tables[number], denied or EVERYTHING)
                    found += [one for one, _ in solution.divided() if said[one] is None]
        return found
