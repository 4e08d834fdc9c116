"""A partial placement, extended item by item: divided in closed form, or whole with the search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import sub

from cmprules._rules.placing.items import NO_CAP, Demand, Item, Proof
from cmprules._rules.placing.search import AreaSearch
from cmprules._rules.placing.sets import areas_of, mask_of, sets_touching, sets_without, sums_of
from cmprules._rules.placing.steps import Steps
from cmprules._rules.placing.supply import Supply, rows_of


class Placing:
    """A partial placement: what is still needed, and what the remaining items can bring."""

    def __init__(
        self, items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps, free: Collection[int] = ()
    ) -> None:
        self.items, self.free = items, free
        self.needs = list(demand.areas)
        self.width = len(self.needs)
        self.open = mask_of(self.needs)
        self.pool = proof.pooled(demand)
        self.slack = proof.short
        self.steps = steps
        self.caps = list(demand.caps)
        self.binding = proof.binding
        rows = rows_of(items)
        self.rest = Supply(self.width, rows, self._bounds())
        self.rest_capped = {cap: sum(row.values()) for cap, row in rows.items()}
        self.witness: dict[int, int] = {}
        self._sums: list[int] | None = None

    @property
    def sums(self) -> list[int]:
        """The remaining need of every set of areas, added up on demand."""
        if self._sums is None:
            self._sums = sums_of(self.needs)
        return self._sums

    def _bounds(self) -> dict[int, int]:
        """Return the remaining amounts of the binding caps."""
        return {cap: self.caps[cap] for cap in self.binding}

    def _remove(self, item: Item) -> None:
        """Remove an item from the remaining ones; sets that contain a full area no longer matter."""
        self.rest.add(-item.points, item.mask & self.open, item.cap)
        self.rest_capped[item.cap] -= item.points

    def _take(self, vector: list[int], cap: int) -> tuple[int, ...]:
        """Record where an item goes, and reduce the needs."""
        if sum(vector) > vector[-1]:
            self.needs = list(map(sub, self.needs, vector))
            self.open, self._sums = mask_of(self.needs), None
        self.pool -= vector[-1]
        if cap != NO_CAP:
            self._lower(cap, sum(vector))
        return tuple(vector)

    def _lower(self, cap: int, points: int) -> None:
        """Reduce the remaining amount of a cap."""
        self.caps[cap] -= points
        self.rest.caps = self._bounds()

    def most(self, item: Item, mask: int, rest: Supply) -> int:
        """Return how many points of an item can be placed in the areas of `mask` while the rest still suffices.

        A point under a cap may go to a useless place only if no useful place lacks it.  So for every set of areas, the
        part of its need that only the cap's other items can fill must stay available for them.
        """
        room = sum([self.needs[bit] for bit in areas_of(mask)]) + self.pool
        most = min(item.points, room)
        if item.cap == NO_CAP:
            return most
        left = self.caps[item.cap]
        most = min(most, left)
        if item.cap not in self.binding or not self.open or self.rest_capped[item.cap] + item.points <= left:
            return most
        sums = self.sums
        for areas in range(len(sums)):
            owed = sums[areas] - self.slack - rest.to(areas, without=item.cap) - sums[areas & mask]
            most = min(most, left - owed)
        return most

    # Divided placements: a closed form for every single amount.

    def run_divided(self) -> tuple[tuple[int, ...], ...]:
        """Place every item, and divide items where that is better."""
        vectors = []
        for item in self.items:
            self._remove(item)
            mask = item.mask & self.open
            vector = self._divide(item) if mask & (mask - 1) else self._in_one(item, mask)
            vectors.append(self._take(vector, item.cap))
        return tuple(vectors)

    def _in_one(self, item: Item, mask: int, total: int | None = None) -> list[int]:
        """Place an item, or `total` points of it, in the area of a mask, if there is one, then in the pool."""
        left = self.most(item, mask, self.rest) if total is None else total
        vector = [0] * (self.width + 1)
        for bit in areas_of(mask):
            vector[bit] = min(left, self.needs[bit])
            left -= vector[bit]
        vector[-1] = left
        return vector

    def _divide(self, item: Item) -> list[int]:
        """Place as much of an item as the rest allows in each area, the earliest first."""
        mask = item.mask & self.open
        left = self.most(item, mask, self.rest)
        vector = [0] * (self.width + 1)
        owed = self._owed_without(left, item.cap)
        for bit in areas_of(mask):
            elsewhere = max(map(owed.__getitem__, sets_without(bit, self.width)))
            vector[bit] = min(self.needs[bit], left - max(0, elsewhere))
            left -= vector[bit]
            for areas in sets_touching(1 << bit, self.width):
                owed[areas] -= vector[bit]
        vector[-1] = left
        return vector

    def _owed_without(self, total: int, cap: int) -> list[int]:
        """Return for every set of areas what the rest leaves short after `total` points are spent under a cap."""
        if cap in self.binding:
            self._lower(cap, total)
        owed = [need - self.slack - has for need, has in zip(self.sums, self.rest.to_each(), strict=True)]
        if cap in self.binding:
            self._lower(cap, -total)
        return owed

    # Whole placements: each item in at most one mandatory area, and in the pool.

    def find_whole(self) -> dict[int, int] | None:
        """Search an area for each item that may serve several and must stay whole; None if there is no solution."""
        return self._search(0, None)

    def find_witness(self) -> bool:
        """Search any placement that keeps every item whole and leaves no more short."""
        found = self._search(0, None)
        self.witness = found or {}
        return found is not None

    def run_whole(self) -> tuple[tuple[int, ...], ...]:
        """Place every item whole, each as well as the rest allows."""
        vectors = []
        for index, item in enumerate(self.items):
            if self.binding:
                self._remove(item)
            vectors.append(self._take(self._in_one(item, *self._choose(index, item)), item.cap))
        return tuple(vectors)

    def _choose(self, index: int, item: Item) -> tuple[int, int]:
        """Choose the area of an item, as a mask, and the number of points: the most points, then the earliest area."""
        mask = item.mask & self.open
        if mask.bit_count() < 2 and item.cap not in self.binding and self.witness.get(index, mask) == mask:
            return mask, self.most(item, mask, self.rest)
        masks = [1 << bit for bit in areas_of(mask)]
        if len(masks) != 1:
            masks.append(0)
        # Best first: each option has an upper bound for its points, so the first that reaches its bound is the best.
        options = [(-self.most(item, mask, self.rest), mask or 1 << self.width, False) for mask in masks]
        while True:
            options.sort()
            bound, place_of, exact = options.pop(0)
            mask = place_of & ((1 << self.width) - 1)
            known = exact and self._works(index, item, mask, -bound)
            total = -bound if known else self._reach(index, item, mask, -bound)
            if total == -bound:
                return mask, total
            if total is not None:
                options.append((-total, place_of, True))

    def _reach(self, index: int, item: Item, mask: int, bound: int) -> int | None:
        """Find how many points of an item, up to `bound`, can be placed in an area; None if it cannot go there."""
        if self._works(index, item, mask, bound):
            return bound
        if item.cap == NO_CAP or not self._works(index, item, mask, 0):
            return None
        # fewer points of the item never leave less for the rest, so the largest number can be found by bisection
        low, high = 0, bound - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._works(index, item, mask, middle):
                low = middle
            else:
                high = middle - 1
        return low

    def _works(self, index: int, item: Item, mask: int, total: int) -> bool:
        """Return whether the rest still suffices with `total` points of an item in an area or the pool."""
        # the last whole placement found often shows it already, without another search
        if self.witness.get(index, item.mask & self.open) == mask and self._enough(index, item, mask, total):
            return True
        found = self._search(index + 1, (item, mask, total))
        if found is None:
            return False
        self.witness = {**found, index: mask}
        return True

    def _enough(self, index: int, item: Item, mask: int, total: int) -> bool:
        """Return whether the rest, assigned as in the witness, leaves room for `total` points of an item."""
        if item.cap not in self.binding or not self.open or not self.caps[item.cap]:
            return True
        bound = (other._replace(mask=self.witness.get(later, other.mask & self.open))
                 for later, other in enumerate(self.items) if later > index)
        return self.most(item, mask, self._supply(bound)) >= total

    def _supply(self, items: Iterable[Item]) -> Supply:
        """Add up what some items bring."""
        return Supply(self.width, rows_of(items), self._bounds())

    def _search(self, start: int, fixed: tuple[Item, int, int] | None) -> dict[int, int] | None:
        """Assign every item from `start` on that may serve several open areas to one; None if that is impossible."""
        rest = self.items[start:]
        masks = [item.mask & self.open for item in rest]
        several = {index: mask for index, mask in enumerate(masks, start)
                   if mask & (mask - 1) and index not in self.free}
        supply = self._supply(rest)
        if fixed is None:
            return AreaSearch(self, supply, several, None).solve()
        item, mask, total = fixed
        supply.add(item.points, mask, item.cap)

        def accept() -> bool:
            supply.add(-item.points, mask, item.cap)
            most = self.most(item, mask, supply)
            supply.add(item.points, mask, item.cap)
            return most >= total

        return AreaSearch(self, supply, several, accept if item.cap in self.binding else None).solve()
