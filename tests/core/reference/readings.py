"""The two readings of one credential, and the questions that would settle the outcome."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.core.reference.answers import NO, YES, Answers
from tests.core.reference.counting import Activity
from tests.core.reference.grouping import Place
from tests.core.reference.placing import EVERYTHING, Item, Solution, mandatory_shortfall, met, place, total_short
from tests.core.reference.tables import Table

MOST_OPEN = 8
"""The most open activities for which every combination is tried."""


@dataclass
class Readings:
    """What is certain, what is open, and every table that may apply, today's last."""

    activities: list[Activity]
    places: dict[str, Place]
    tables: list[Table]
    answers: Answers
    credential: str
    confirm: Callable[[frozenset[str]], dict[str, Place]]
    """The places of all activities with yes to every question about some of them."""
    known: dict[tuple[int, int, bool], bool] = field(default_factory=dict)
    between: dict[int, dict[str, Place]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Apply the holder's answer about which table applies: yes means the one that is less against the holder.

        Our reading: if both are equally far, it is today's, whatever the answer.
        """
        self.both = list(self.tables)
        self.table_answer = None
        if self.tables_differ:
            self.table_answer = self.answers.of("TABLE_AFTER_EXPIRY", self.credential)
        if self.table_answer is not None:
            far = [self._against(number) for number in range(len(self.tables))]
            better = max(range(len(far)), key=lambda number: ([-n for n in far[number]], number))
            self.tables = [self.tables[self.shown if self.table_answer == NO else better]]
            for name in ("shown", "open"):
                self.__dict__.pop(name, None)

    @property
    def tables_differ(self) -> bool:
        """Return whether another table may apply."""
        return len(set(self.tables)) > 1

    @cached_property
    def open(self) -> list[Activity]:
        """Return the activities with a question whose answer may matter to some table."""
        return [a for a in self.activities if self.places[a.id].open and self._matters(self.places[a.id])]

    def _matters(self, one: Place) -> bool:
        """Return whether a question matters; a proposed area matters only to a table that needs it."""
        return one.code != "AREA_PROPOSED" or any(one.proposed & set(table.needs) for table in self.tables)

    def items(self, number: int, mask: int = 0) -> list[Item]:
        """Return the activities for a table, with yes to the questions about those in the mask."""
        found = []
        for activity in self.activities:
            one = self._places(mask)[activity.id]
            version = one.favour if mask and mask == self.all_open else one.against
            if version is not None:
                found.append(Item.of(activity, version, self.tables[number]))
        return found

    def _places(self, mask: int) -> dict[str, Place]:
        """Return the places in the reading against, in favor, or in between."""
        if mask in {0, self.all_open}:
            return self.places
        if mask not in self.between:
            self.between[mask] = self.confirm(frozenset(a.id for n, a in enumerate(self.open) if mask >> n & 1))
        return self.between[mask]

    @property
    def all_open(self) -> int:
        """Return the mask of the reading in favor of the holder."""
        return (1 << len(self.open)) - 1

    def divisible(self, favour: bool) -> Container[str]:
        """Return the activities that may be divided: those allowed by the holder, or all but those ruled out."""
        said = {a.id: self.answers.of("DIVIDED_ACTIVITY", a.id) for a in self.activities}
        if not favour:
            return {one for one, answer in said.items() if answer == YES}
        if NO not in said.values():
            return EVERYTHING
        return {one for one, answer in said.items() if answer != NO}

    def is_met(self, mask: int, number: int, *, favour: bool) -> bool:
        """Return whether the requirements are met if only these open activities are as in favor of the holder.

        `favour`: division is also as in favor of the holder.
        """
        key = (mask, number, favour)
        if key not in self.known:
            self.known[key] = met(self.items(number, mask), self.tables[number], self.divisible(favour))
        return self.known[key]

    @cached_property
    def outcome(self) -> str:
        """Return whether every table is met without the open activities, some table with all of them, or none."""
        numbers = range(len(self.tables))
        if all(self.is_met(0, number, favour=False) for number in numbers):
            return "MET"
        return "NEEDS_REVIEW" if any(self.is_met(self.all_open, n, favour=True) for n in numbers) else "NOT_MET"

    @cached_property
    def shown(self) -> int:
        """Return the table that is further against the holder; between equals, today's."""
        return max(range(len(self.tables)), key=lambda number: (self._against(number), number))

    def _against(self, number: int) -> tuple[int, int]:
        """Return how far a table is against the holder."""
        items, table = self.items(number), self.tables[number]
        mandatory = mandatory_shortfall(items, table)
        return total_short(items, table), mandatory.short if mandatory else 0

    @cached_property
    def placement(self) -> tuple[Solution, bool]:
        """Return the preferred placement for the table shown, and whether it divides no activity."""
        return place(self.items(self.shown), self.tables[self.shown])

    @cached_property
    def short_if_confirmed(self) -> int:
        """Return what is missing in the reading in favor of the holder: the smallest over the tables."""
        return min(total_short(self.items(n, self.all_open), table) for n, table in enumerate(self.tables))

    def needs(self) -> list[dict[str, Any]]:
        """Return one need for each open question that affects the outcome.

        A question affects it if the answer changes when only that question is settled the other way, under some way of
        settling everything else.  Activities come in the order of the record, then the question of the table.
        """
        distinct = list(range(len(self.tables))) if self.tables_differ else [0]
        masks = [0, self.all_open] if len(self.open) > MOST_OPEN else list(range(self.all_open + 1))
        bearing = [a for n, a in enumerate(self.open) if self._bears(n, masks, distinct)]
        found = {a.id: self._need(a) for a in bearing}
        asked = {a.id: self._need(a) for a in self.open}
        for one in self._divided(distinct):
            found.setdefault(one, asked.get(one, {"code": "DIVIDED_ACTIVITY", "subject": one, "others": []}))
        needs = [found[a.id] for a in self.activities if a.id in found]
        if len(distinct) > 1 and any(self.is_met(mask, 0, favour=favour) != self.is_met(mask, 1, favour=favour)
                                     for mask in masks for favour in (False, True)):
            needs.append({"code": "TABLE_AFTER_EXPIRY", "subject": self.credential, "others": []})
        return needs

    def _bears(self, n: int, masks: list[int], distinct: list[int]) -> bool:
        """Return whether its confirmation changes the answer under some confirmation of the others."""
        if len(self.open) > MOST_OPEN:
            return True
        return any(self.is_met(mask | 1 << n, number, favour=favour) != self.is_met(mask, number, favour=favour)
                   for mask in masks if not mask >> n & 1 for number in distinct for favour in (False, True))

    def _need(self, activity: Activity) -> dict[str, Any]:
        """Return the question about one activity: the first of its open tests."""
        one = self.places[activity.id]
        return {"code": one.code, "subject": activity.id, "others": list(one.others)}

    def _divided(self, distinct: list[int]) -> list[str]:
        """Return the activities that the placement of a reading divides, if that reading depends on division.

        That placement does not divide what the holder rules out; what the holder allows is not asked about.
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
