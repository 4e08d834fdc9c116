"""The search that assigns an area to each item that may serve several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import lt
from typing import Protocol

from cmprules._rules.placing.items import NO_CAP, Item
from cmprules._rules.placing.sets import areas_of, sets_losing
from cmprules._rules.placing.steps import Steps
from cmprules._rules.placing.supply import Supply


class _Situation(Protocol):
    """What the search needs to know about a partial placement."""

    items: Sequence[Item]
    needs: list[int]
    slack: int
    steps: Steps
    width: int

    @property
    def sums(self) -> list[int]: ...


class AreaSearch:
    """Assigns an area to each item that may serve several, without leaving more short.

    The search is depth first; items with the fewest areas and the most points come first, and the scarcest area of an
    item comes first.  A branch ends when some set of areas can no longer get what it needs from the unassigned items.
    """

    def __init__(
        self, of: _Situation, supply: Supply, several: dict[int, int], accept: Callable[[], bool] | None
    ) -> None:
        self.of, self.supply, self.several, self.accept = of, supply, several, accept
        self.width = of.width
        self.capped = [(most, supply.capped[cap]) for cap, most in supply.caps.items()]
        self.owed = [need - of.slack for need in of.sums]
        self.order = sorted(several, key=lambda i: (several[i].bit_count(), -of.items[i].points, i))
        self.filled = {cap: [0] * self.width for cap in {NO_CAP, *(of.items[index].cap for index in several)}}
        self.seen: set[tuple[object, ...]] = set()

    def solve(self) -> dict[int, int] | None:
        """Return the area of each item as a mask, or None."""
        if any(map(lt, self.supply.to_each(), self.owed)):
            return None
        if not self.order:
            return {} if self.accept is None or self.accept() else None
        trail: list[int] = []
        waiting = [self._options(0)]
        while waiting:
            if not waiting[-1]:
                waiting.pop()
                if trail:
                    self._assign(len(trail) - 1, trail.pop(), -1)
                continue
            self.of.steps.spend()
            position, bit = len(trail), waiting[-1].pop()
            trail.append(bit)
            if self._assign(position, bit, 1) and self._is_new(position):
                if position + 1 < len(self.order):
                    waiting.append(self._options(position + 1))
                    continue
                if self.accept is None or self.accept():
                    return {index: 1 << bit for index, bit in zip(self.order, trail, strict=True)}
            self._assign(position, trail.pop(), -1)
        return None

    def _options(self, position: int) -> list[int]:
        """List the areas worth trying for an item, the scarcest last, because the last one is tried first."""
        free, needs = self.filled[NO_CAP], self.of.needs
        bits = areas_of(self.several[self.order[position]])
        # an area that is already full gains nothing from the item; if all are full, any one of them will do
        lacking = [bit for bit in bits if free[bit] < needs[bit]] or [bits[0]]
        if len(lacking) > 1:
            lacking.sort(key=lambda bit: (self.supply.to(1 << bit) - needs[bit], bit), reverse=True)
        return lacking

    def _assign(self, position: int, bit: int, sign: int) -> bool:
        """Assign an item to an area (sign 1) or undo that (-1); return whether enough is left for the rest."""
        index = self.order[position]
        item, mask = self.of.items[index], self.several[index]
        self.filled[item.cap][bit] += sign * item.points
        row, losing = self.supply.row(item.cap), sets_losing(mask, bit, self.width)
        for areas in losing:
            row[areas] -= sign * item.points
        return sign < 0 or self._enough(losing)

    def _enough(self, losing: Sequence[int]) -> bool:
        """Return whether each of some sets of areas can still get what it is owed."""
        free, owed = self.supply.free, self.owed
        for areas in losing:
            has = free[areas]
            for most, brought in self.capped:
                has += min(most, brought[areas])
            if has < owed[areas]:
                return False
        return True

    def _is_new(self, position: int) -> bool:
        """Return whether no earlier branch had the same remaining needs and items."""
        needs = self.of.needs
        # points beyond the need of an area make no difference, so they are cut off before states are compared
        state = (position, *[tuple(map(min, row, needs)) for row in self.filled.values()])
        if state in self.seen:
            return False
        self.seen.add(state)
        return True
