"""The two readings of one credential, and the questions whose answers would settle the outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from tests.reference.counting import ACCEPTED, Activity, Verdict
from tests.reference.placing import Item, Solution, mandatory_shortfall, met, place, total_short
from tests.reference.tables import Table


@dataclass
class Readings:
    """What is certain, what is open, and every table that may apply, today's last."""

    kept: list[Activity]
    verdicts: dict[str, Verdict]
    tables: list[Table]
    known: dict[tuple[frozenset[str], int, bool], bool] = field(default_factory=dict)

    @cached_property
    def accepted(self) -> list[Activity]:
        """What counts in both readings."""
        return [a for a in self.kept if self.verdicts[a.id].shown == ACCEPTED]

    @cached_property
    def open(self) -> list[Activity]:
        """What counts in the reading in the holder's favour alone."""
        return [a for a in self.kept if self.verdicts[a.id].shown == "unconfirmed" and self.verdicts[a.id].favourable]

    def items(self, number: int, chosen: tuple[Activity, ...] = ()) -> list[Item]:
        """The activities accepted, and those chosen of the open ones, as a table sees them."""
        return [Item.of(activity, self.tables[number]) for activity in (*self.accepted, *chosen)]

    def is_met(self, chosen: tuple[Activity, ...], number: int, *, dividing: bool) -> bool:
        """Are the requirements met if just these of the open activities are confirmed?"""
        key = (frozenset(activity.id for activity in chosen), number, dividing)
        if key not in self.known:
            self.known[key] = met(self.items(number, chosen), self.tables[number], dividing=dividing)
        return self.known[key]

    @cached_property
    def outcome(self) -> str:
        """Met by every table without what is open, or by some table with all of it, or by none."""
        numbers = range(len(self.tables))
        if all(self.is_met((), number, dividing=False) for number in numbers):
            return "MET"
        favourable = tuple(self.open)
        return "NEEDS_REVIEW" if any(self.is_met(favourable, n, dividing=True) for n in numbers) else "NOT_MET"

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
        favourable = tuple(self.open)
        return min(total_short(self.items(n, favourable), table) for n, table in enumerate(self.tables))

    def needs(self, credential: str) -> list[dict[str, str]]:
        """One item for each open question that bears on the outcome.

        A question bears on it if the answer changes when it alone is settled the other way, everything else being
        settled in some way.  Activities stand in the order of the record, then the question of the table.
        """
        distinct = list(range(len(self.tables))) if len(set(self.tables)) > 1 else [0]
        sets = [chosen for n in range(len(self.open) + 1) for chosen in combinations(self.open, n)]
        found = {a.id: self.verdicts[a.id].why or "" for a in self.open if self._bears(a, sets, distinct)}
        for activity in self._divided(distinct):
            found.setdefault(activity, "DIVIDED")
        needs = [{"code": found[a.id], "subject": a.id} for a in self.kept if a.id in found]
        if len(distinct) > 1 and any(self.is_met(chosen, 0, dividing=free) != self.is_met(chosen, 1, dividing=free)
                                     for chosen in sets for free in (False, True)):
            needs.append({"code": "TABLE_OF_REINSTATEMENT", "subject": credential})
        return needs

    def _bears(self, activity: Activity, sets: list[tuple[Activity, ...]], distinct: list[int]) -> bool:
        """Does its confirmation change the answer, whatever else is confirmed?"""
        return any(self.is_met((*chosen, activity), number, dividing=dividing)
                   and not self.is_met(chosen, number, dividing=dividing)
                   for chosen in sets if activity not in chosen for number in distinct for dividing in (False, True))

    def _divided(self, distinct: list[int]) -> list[str]:
        """Where one of the two readings hangs on division, the activities that its placement divides."""
        found = []
        for chosen in ((), tuple(self.open)):
            for number in distinct:
                hangs = self.is_met(chosen, number, dividing=True) and not self.is_met(chosen, number, dividing=False)
                if hangs:
                    solution, whole = place(self.items(number, chosen), self.tables[number])
                    assert not whole
                    found += solution.divided()
        return found
