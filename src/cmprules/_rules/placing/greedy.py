"""Whole placements without a search: item by item, each where it prefers to go."""

from __future__ import annotations

from collections.abc import Sequence

from cmprules._rules.placing.items import NO_CAP, Demand, Item, Proof
from cmprules._rules.placing.sets import areas_of, mask_of, sets_losing

MOST_DEAD_ENDS = 50
"""So often it is worth turning back."""


class GreedyPlacing:
    """A walk to the whole placement that is asked for, item by item.

    Each item goes to the best area from which the others, if they may be divided, can still do their part.  So every
    placement that is tried has as many points in it as can be, and the first that is finished is the best: no whole
    placement does better for an item, those before it being placed as they are.  At a dead end the walk turns back to
    the last item that could go elsewhere.
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
        """Bound what the searches of one placing would take together, in searches among all items.

        There is one among all items.  Then, while they are placed one by one, there is at most one for each among
        those after it, which have at most half as many ways; or one or two for each area that it may serve, where an
        area that seemed to do may have been tried in vain.
        """
        return 5 if self.dead_ends else 2

    def settles(self) -> bool:
        """Walk; say whether it is known then if there is a whole placement.

        It is not if a cap makes items compete for areas, or if there are too many dead ends.
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
        """Place an item in the first of some areas that will do; False if none will."""
        for tried, bit in enumerate(bits, 1):
            if self.way.bears(item, mask, bit):
                if tried < len(bits):
                    self.forks.append((len(self.vectors), self.way.copy(), bits[tried:]))
                self.way.bind(item, mask, bit)
                self.vectors.append(self.way.put(item, bit))
                return True
        return False

    def _turn_back(self) -> bool:
        """Let the last item that could go elsewhere do so; False if there is none, or it is no longer worth it."""
        while self.forks and self.dead_ends < MOST_DEAD_ENDS:
            self.dead_ends += 1
            index, self.way, bits = self.forks.pop()
            del self.vectors[index:]
            item = self.items[index]
            if self._go_on(item, item.mask & self.way.open, bits):
                return True
        return False


class GreedyState:
    """A placement in the making by items that are placed as they come.

    `shorts` holds for every set of areas that still need points what it needs less what may serve any of it.
    """

    __slots__ = ("caps", "most_short", "needs", "nowhere", "open", "pool", "shorts", "width")

    def __init__(self, demand: Demand, proof: Proof) -> None:
        self.width, self.nowhere = len(demand.areas), (0,) * len(demand.areas)
        self.needs, self.caps, self.pool = list(demand.areas), list(demand.caps), proof.pooled(demand)
        self.open = mask_of(self.needs)
        self.shorts, self.most_short = list(proof.shorts), proof.short

    def copy(self) -> GreedyState:
        """Give a way that can be gone without this one changing."""
        twin = object.__new__(GreedyState)
        twin.width, twin.nowhere, twin.open, twin.pool = self.width, self.nowhere, self.open, self.pool
        twin.needs, twin.caps = self.needs.copy(), self.caps.copy()
        twin.shorts, twin.most_short = self.shorts.copy(), self.most_short
        return twin

    def preferred(self, item: Item, mask: int) -> Sequence[int]:
        """Give the areas of a set as an item prefers them: the most points, then the earliest."""
        if self.pool >= item.points:
            return areas_of(mask)
        return sorted(areas_of(mask), key=lambda bit: -min(item.points, self.needs[bit] + self.pool))

    def bears(self, item: Item, mask: int, bit: int) -> bool:
        """Whether the others can do their part if an item that may serve several open areas serves one alone."""
        return max(map(self.shorts.__getitem__, sets_losing(mask, bit, self.width))) + item.points <= self.most_short

    def bind(self, item: Item, mask: int, bit: int) -> None:
        """Take an item that may serve several open areas from the sets without the one that it serves."""
        for areas in sets_losing(mask, bit, self.width):
            self.shorts[areas] += item.points

    def put(self, item: Item, bit: int) -> tuple[int, ...]:
        """Place an item in an area (-1: in none) and in the pool."""
        points, cap = item.points, item.cap
        if cap != NO_CAP:
            points = min(points, self.caps[cap])
            self.caps[cap] -= points  # whatever is not placed of it finds no room, and that of its kind after it none
        if bit < 0:
            return (*self.nowhere, self._to_pool(points))
        need = self.needs[bit]
        into = points
        if points >= need:
            into, self.open = need, self.open & ~(1 << bit)
        self.needs[bit] = need - into
        return (*self.nowhere[:bit], into, *self.nowhere[bit + 1:], self._to_pool(points - into))

    def _to_pool(self, points: int) -> int:
        """Put into the pool what it still needs, and give how much that was."""
        points = min(points, self.pool)
        self.pool -= points
        return points
