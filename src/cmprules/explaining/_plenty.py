"""How much a search for a whole placement can lose before it may be given up.

A search is given up after a number of steps, and the order of the items may decide whether it comes to that.  If it
certainly comes to an end, only the items themselves matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from cmprules._rules.placing import NO_CAP, NODE_LIMIT, Demand, Item, most_steps, prove


class Plenty:
    """Some items, and what a table needs of them."""

    def __init__(self, items: Sequence[Item], demand: Demand) -> None:
        self.items, self.demand = items, demand

    def lasts(self, less: Sequence[Item] = (), more: Sequence[Item] = (), *, asked: int = 0) -> bool:
        """Return whether a search certainly comes to an end after a change.

        If there is plenty for every mandatory area, no choice of an area can be wrong, and each takes one step.

        Args:
            less: the items that are taken away.
            more: the items that are added.
            asked: the points that an area asks for in addition.
        """
        items, larger = (*self.items, *more), max(0, _largest(more) - _largest(self.items))
        lost = asked + sum(item.points for item in less) + larger * len(self.demand.areas)
        return (len(items) if lost <= self.points else most_steps(items)) <= NODE_LIMIT

    @cached_property
    def points(self) -> int:
        """The points that every set of mandatory areas can lose and still has plenty; less than zero if one has not.

        A set has plenty if items for one area alone fill it, or if the items without a cap do that could not go
        elsewhere.  Another area takes items only until it is full, so the last one is at most a whole item too many.
        """
        needs, largest = self.demand.areas, _largest(self.items)
        alone = prove([item for item in self.items if item.mask.bit_count() < 2], self.demand).shorts
        free = prove([item for item in self.items if item.cap == NO_CAP], self.demand).shorts
        elsewhere = [sum(need + largest for bit, need in enumerate(needs) if not areas >> bit & 1)
                     for areas in range(len(free))]
        return min((-min(alone[areas], free[areas] + elsewhere[areas]) for areas in range(1, len(free))), default=0)


def _largest(items: Iterable[Item]) -> int:
    """Return the points of the largest item that may serve several areas, and that has no cap."""
    return max((item.points for item in items if item.mask.bit_count() > 1 and item.cap == NO_CAP), default=0)
