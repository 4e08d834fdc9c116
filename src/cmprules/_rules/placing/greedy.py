"""Whole placements without a search: item by item, each in its preferred area."""

from __future__ import annotations

from collections.abc import Sequence

from cmprules._rules.placing.items import NO_CAP, Demand, Item, Proof
from cmprules._rules.placing.sets import areas_of, mask_of, sets_losing

MOST_DEAD_ENDS = 50
"""Limit on backtracking; beyond it the search takes over."""


class GreedyPlacing:
    """A walk to the required whole placement, item by item.

    Each item goes to the best area for which the others, if they could be divided, would still suffice.  So every tried
    placement has the most points possible, and the first complete one is the best: given the items before it, no whole
    placement does better for an item.  At a dead end the walk backtracks to the last item with another choice.
    """

    __slots__ = ("binding", "dead_ends", "forks", "items", "vectors", "way")

    def __init__(self, items: Sequence[Item], demand: Demand, proof: Proof) -> None:
        self.items, self.binding = items, proof.binding
        self.way = GreedyState(demand, proof)
        self.vectors: list[tuple[int, ...]] = []
        self.forks: list[tuple[int, GreedyState, Sequence[int]]] = []
        self.dead_ends = 0

    @property
    def finished(self) -> bool:
        """Whether every item is placed."""
        return len(self.vectors) == len(self.items)

    @property
    def searches(self) -> int:
        """Upper bound for the searches of one placement, counted in searches among all items.

        There is one search among all items.  Then each item needs at most one search among the items after it, which
        have at most half as many ways: together no more than a second search.  After a dead end, an area may have been
        tried in vain, so each item needs one or two searches for each area that it may serve.
        """
        return 5 if self.dead_ends else 2

    def settles(self) -> bool:
        """Walk, and return whether that settles if there is a whole placement.

        It does not if a cap makes items compete for areas, or if there are too many dead ends.
        """
        if self.binding:
            return False
        items, vectors = self.items, self.vectors
        while len(vectors) < len(items):
            item, way = items[len(vectors)], self.way
            mask = item.mask & way.open
            if mask & (mask - 1) == 0:
                vectors.append(way.put(item, mask.bit_length() - 1))
            elif not self._go_on(item, mask, way.preferred(item, mask)) and not self._turn_back():
                return not self.forks
        return True

    def _go_on(self, item: Item, mask: int, bits: Sequence[int]) -> bool:
        """Place an item in the first suitable area of some; False if none is suitable."""
        for tried, bit in enumerate(bits, 1):
            if self.way.bears(item, mask, bit):
                if tried < len(bits):
                    self.forks.append((len(self.vectors), self.way.copy(), bits[tried:]))
                self.way.bind(item, mask, bit)
                self.vectors.append(self.way.put(item, bit))
                return True
        return False

    def _turn_back(self) -> bool:
        """Try the next area of the last item with another choice; False if there is none, or the limit is reached."""
        while self.forks and self.dead_ends < MOST_DEAD_ENDS:
            self.dead_ends += 1
            index, self.way, bits = self.forks.pop()
            del self.vectors[index:]
            item = self.items[index]
            if self._go_on(item, item.mask & self.way.open, bits):
                return True
        return False


class GreedyState:
    """A partial placement in which items are placed in order.

    `shorts` has for every set of areas that still need points its need minus the points that may serve any of them.
    """

    __slots__ = ("caps", "most_short", "needs", "nowhere", "open", "pool", "shorts", "width")

    def __init__(self, demand: Demand, proof: Proof) -> None:
        self.width, self.nowhere = len(demand.areas), (0,) * len(demand.areas)
        self.needs, self.caps, self.pool = list(demand.areas), list(demand.caps), proof.pooled(demand)
        self.open = mask_of(self.needs)
        self.shorts, self.most_short = list(proof.shorts), proof.short

    def copy(self) -> GreedyState:
        """Return an independent copy."""
        twin = object.__new__(GreedyState)
        twin.width, twin.nowhere, twin.open, twin.pool = self.width, self.nowhere, self.open, self.pool
        twin.needs, twin.caps = self.needs.copy(), self.caps.copy()
        twin.shorts, twin.most_short = self.shorts.copy(), self.most_short
        return twin

    def preferred(self, item: Item, mask: int) -> Sequence[int]:
        """Return the areas of a set in an item's order of preference: the most points, then the earliest area."""
        if self.pool >= item.points:
            return areas_of(mask)
        return sorted(areas_of(mask), key=lambda bit: -min(item.points, self.needs[bit] + self.pool))

    def bears(self, item: Item, mask: int, bit: int) -> bool:
        """Return whether the others still suffice if an item for several open areas serves only one of them."""
        return max(map(self.shorts.__getitem__, sets_losing(mask, bit, self.width))) + item.points <= self.most_short

    def bind(self, item: Item, mask: int, bit: int) -> None:
        """Remove an item from the sets of areas that do not contain the area it is bound to."""
        for areas in sets_losing(mask, bit, self.width):
            self.shorts[areas] += item.points

    def put(self, item: Item, bit: int) -> tuple[int, ...]:
        """Place an item in an area (-1 for none) and in the pool."""
        points, cap = item.points, item.cap
        if cap != NO_CAP:
            points = min(points, self.caps[cap])
            self.caps[cap] -= points  # points of it that find no room are lost, and so are later ones of its kind
        if bit < 0:
            return (*self.nowhere, self._to_pool(points))
        need = self.needs[bit]
        into = points
        if points >= need:
            into, self.open = need, self.open & ~(1 << bit)
        self.needs[bit] = need - into
        return (*self.nowhere[:bit], into, *self.nowhere[bit + 1:], self._to_pool(points - into))

    def _to_pool(self, points: int) -> int:
        """Fill the pool with points up to its need, and return how many."""
        points = min(points, self.pool)
        self.pool -= points
        return points
