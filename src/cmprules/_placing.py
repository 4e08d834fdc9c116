"""The finder: the best placement of points in areas, exactly, with the proof of every shortfall.

What it solves is a flow: activities bring points, areas and the pool need them, a cap bounds what activities of
one kind may bring together.  Two facts make it small.  For every set of areas, what it needs less what may serve
any of it is a shortfall that no placement avoids, and the largest of these is what the best placement leaves: so
the value has a closed form over sets of areas, and the set that attains it is the proof.  And a mandatory area
that is filled to the brim can always be filled by the activity in hand instead, the others making room: so
activities can be placed one by one, each as well as the rest allows.

Amounts are whole hundredths.  Sets of areas are bit masks, area 0 being the first of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import attrs

__all__ = ["NODE_LIMIT", "NO_CAP", "Demand", "Item", "Placed", "Proof", "Steps", "can_stay_whole", "is_divided",
           "place", "prove"]

NODE_LIMIT = 100_000
"""Steps that the searches for whole placements may take per credential; a change raises `stamp.rules`."""

NO_CAP = -1


@attrs.frozen(kw_only=True)
class Item:
    """An activity that counts: its points, the areas it may serve, and the cap that binds its kind."""

    points: int
    mask: int
    cap: int = NO_CAP


@attrs.frozen(kw_only=True)
class Demand:
    """What a table needs: the minimum of each mandatory area, the pool, and the caps."""

    areas: tuple[int, ...]
    pool: int
    caps: tuple[int, ...] = ()

    @property
    def mandatory(self) -> int:
        """What the mandatory areas need together."""
        return sum(self.areas)

    @property
    def total(self) -> int:
        """What the whole table needs."""
        return self.mandatory + self.pool


@attrs.frozen(kw_only=True)
class Proof:
    """What the best placement leaves short, and why.

    Attributes:
        short: the shortfall of the mandatory areas.
        mask: the smallest set of areas that proves it (0 if nothing is short).
        available: what may serve any area of that set, after caps.
        usable: all points together, after caps.
    """

    short: int
    mask: int
    available: int
    usable: int

    def total_short(self, demand: Demand) -> int:
        """The shortfall of the whole table: the larger of the two proofs."""
        return max(self.short, demand.total - self.usable)


@attrs.frozen(kw_only=True)
class Placed:
    """Where the points of each item went: one tuple per item, its areas in order and the pool last."""

    vectors: tuple[tuple[int, ...], ...]
    search_limit: bool


# ---------------------------------------------------------------------------------------------------------
# Sets of areas.


@cache
def _touching(mask: int, width: int) -> tuple[int, ...]:
    """List the sets of areas that share an area with `mask`."""
    return tuple(areas for areas in range(1 << width) if areas & mask)


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def _sums(needs: Sequence[int]) -> list[int]:
    """Add up the needs of every set of areas."""
    sums = [0]
    for need in needs:
        sums += [need + before for before in sums]
    return sums


class _Supply:
    """What some items bring to every set of areas, those of each cap apart."""

    __slots__ = ("capped", "caps", "free", "live", "width")

    def __init__(self, width: int, caps: Sequence[int]) -> None:
        self.width = width
        self.caps = list(caps)
        self.free = [0] * (1 << width)
        self.capped = [[0] * (1 << width) for _ in caps]
        self.live: set[int] = set()  # the caps whose items may serve a mandatory area at all

    def add(self, points: int, mask: int, cap: int) -> None:
        """Add what one item brings (a negative number takes it away)."""
        if not mask:
            return
        row = self.free if cap == NO_CAP else self.capped[cap]
        if cap != NO_CAP:
            self.live.add(cap)
        for areas in _touching(mask, self.width):
            row[areas] += points

    def to(self, areas: int, without: int = NO_CAP) -> int:
        """Give what a set of areas can have after caps, leaving out the items of one cap if asked to."""
        total = self.free[areas]
        for cap in self.live:
            if cap != without:
                brought = self.capped[cap][areas]
                most = self.caps[cap]
                total += min(most, brought)
        return total


def prove(items: Sequence[Item], demand: Demand) -> Proof:
    """Find the shortfall of the best placement, and the smallest set of areas that proves it."""
    width = len(demand.areas)
    supply, usable = _Supply(width, demand.caps), _usable(items, demand)
    for (mask, cap), points in _grouped(items).items():
        supply.add(points, mask, cap)
    needs = _sums(demand.areas)
    shorts = [needs[areas] - supply.to(areas) for areas in range(1 << width)]
    worst = max(range(1 << width), key=lambda areas: (shorts[areas], -areas.bit_count()))
    return Proof(short=shorts[worst], mask=worst, available=needs[worst] - shorts[worst], usable=usable)


def _grouped(items: Sequence[Item]) -> dict[tuple[int, int], int]:
    """Add up items that serve the same areas under the same cap: to a shortfall they are one."""
    groups: dict[tuple[int, int], int] = {}
    for item in items:
        key = (item.mask, item.cap)
        groups[key] = groups.get(key, 0) + item.points
    return groups


def _usable(items: Sequence[Item], demand: Demand) -> int:
    """Add up all points, after caps."""
    free = sum(item.points for item in items if item.cap == NO_CAP)
    capped = [0] * len(demand.caps)
    for item in items:
        if item.cap != NO_CAP:
            capped[item.cap] += item.points
    return free + sum(map(min, demand.caps, capped))


# ---------------------------------------------------------------------------------------------------------
# Placing one by one.


class _SearchLimitError(Exception):
    """The search for an undivided placement took more steps than it may."""


class Steps:
    """The steps that the searches for one credential may still take, all of them together."""

    __slots__ = ("left",)

    def __init__(self, limit: int = NODE_LIMIT) -> None:
        self.left = limit

    def spend(self) -> None:
        """Take one step, or give up."""
        if self.left <= 0:
            raise _SearchLimitError
        self.left -= 1


def can_stay_whole(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> bool:
    """Whether some best placement divides no item between two mandatory areas; False if that cannot be settled."""
    try:
        return _Desk(items, demand, proof, steps).find_witness()
    except _SearchLimitError:
        return False


def place(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> Placed:
    """Place the items, given in order of preference, as the contract of placement asks.

    First the most points in the mandatory areas, then in the pool; no item divided between two mandatory areas
    if such a placement exists; then, item by item, as many of its points as possible, then as many in the
    earliest area, and so on, the pool last.
    """
    try:
        whole = _Desk(items, demand, proof, steps)
        if whole.find_witness():
            return Placed(vectors=whole.run_whole(), search_limit=False)
        limited = False
    except _SearchLimitError:
        limited = True
    return Placed(vectors=_Desk(items, demand, proof, steps).run_divided(), search_limit=limited)


def is_divided(vector: Sequence[int]) -> bool:
    """Whether points of one item lie in more than one mandatory area."""
    return sum(1 for points in vector[:-1] if points) > 1


class _Desk:
    """A placement in the making: what is still needed, and what the items not yet placed can bring."""

    def __init__(self, items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> None:
        self.items = items
        self.needs = list(demand.areas)
        self.sums = _sums(self.needs)
        self.pool = max(0, demand.total - proof.total_short(demand) - (demand.mandatory - proof.short))
        self.slack = proof.short
        self.steps = steps
        self.rest = _Supply(len(demand.areas), demand.caps)
        self.rest_capped = [0] * len(demand.caps)
        self.witness: dict[int, int] = {}
        for item in items:
            self._count(item, 1)

    def _count(self, item: Item, sign: int) -> None:
        self.rest.add(sign * item.points, item.mask, item.cap)
        if item.cap != NO_CAP:
            self.rest_capped[item.cap] += sign * item.points

    def _open(self, mask: int) -> int:
        """Keep the areas of a set that still need points."""
        return sum(1 << bit for bit in _bits(mask) if self.needs[bit])

    def _take(self, vector: list[int], cap: int) -> tuple[int, ...]:
        """Write down where an item goes, and what is needed after it."""
        for bit, points in enumerate(vector[:-1]):
            self.needs[bit] -= points
        self.pool -= vector[-1]
        if cap != NO_CAP:
            self.rest.caps[cap] -= sum(vector)
        self.sums = _sums(self.needs)
        return tuple(vector)

    def most(self, item: Item, mask: int, rest: _Supply) -> int:
        """Say how many points of an item can be placed if it may serve the areas of `mask`, the rest doing its part.

        A point under a cap may be spent on a useless place only if no useful one lacks it: for every set of
        areas, what it misses without the cap's other items has to be left for them.
        """
        room = sum(self.needs[bit] for bit in _bits(mask)) + self.pool
        most = min(item.points, room)
        if item.cap == NO_CAP:
            return most
        left = rest.caps[item.cap]
        most = min(most, left)
        if self.rest_capped[item.cap] + item.points <= left:
            return most
        for areas in range(len(self.sums)):
            owed = self.sums[areas] - self.slack - rest.to(areas, without=item.cap) - self.sums[areas & mask]
            most = min(most, left - owed)
        return most

    # Divided placements: a closed form for every single amount.

    def run_divided(self) -> tuple[tuple[int, ...], ...]:
        """Place every item, dividing where that is better."""
        vectors = []
        for item in self.items:
            self._count(item, -1)
            vectors.append(self._take(self._divide(item), item.cap))
        return tuple(vectors)

    def _divide(self, item: Item) -> list[int]:
        mask = self._open(item.mask)
        total = self.most(item, mask, self.rest)
        if item.cap != NO_CAP:
            self.rest.caps[item.cap] -= total
        owed = [self.sums[areas] - self.slack - self.rest.to(areas) for areas in range(len(self.sums))]
        if item.cap != NO_CAP:
            self.rest.caps[item.cap] += total
        vector, left = [0] * (len(self.needs) + 1), total
        for bit in _bits(mask):
            later = max(owed[areas] - sum(vector[b] for b in _bits(areas & mask))
                        for areas in range(len(owed)) if not areas >> bit & 1)
            vector[bit] = min(self.needs[bit], left - max(0, later))
            left -= vector[bit]
        vector[-1] = left
        return vector

    # Whole placements: each item in one mandatory area at most, beside the pool.

    def find_witness(self) -> bool:
        """Look for any placement that keeps every item whole and leaves no more short."""
        found = self._search(0, None)
        self.witness = found or {}
        return found is not None

    def run_whole(self) -> tuple[tuple[int, ...], ...]:
        """Place every item whole, each as well as the rest allows."""
        vectors = []
        for index, item in enumerate(self.items):
            self._count(item, -1)
            mask, total = self._choose(index, item)
            vector = [self.needs[bit] if mask >> bit & 1 else 0 for bit in range(len(self.needs))]
            in_area = min(total, sum(vector))
            vector = [min(need, in_area) for need in vector]
            vectors.append(self._take([*vector, total - in_area], item.cap))
        return tuple(vectors)

    def _choose(self, index: int, item: Item) -> tuple[int, int]:
        """Choose the area of an item, as a mask, and how many points are placed: the most, then the earliest area."""
        masks = [1 << bit for bit in _bits(self._open(item.mask))]
        if len(masks) != 1:
            masks.append(0)
        options = [(-self.most(item, mask, self.rest), mask or 1 << len(self.needs), False) for mask in masks]
        while True:
            options.sort()
            bound, place_of, exact = options.pop(0)
            mask = place_of & ((1 << len(self.needs)) - 1)
            known = exact and self._works(index, item, mask, -bound)
            total = -bound if known else self._reach(index, item, mask, -bound)
            if total == -bound:
                return mask, total
            if total is not None:
                options.append((-total, place_of, True))

    def _reach(self, index: int, item: Item, mask: int, bound: int) -> int | None:
        """Find how many points of an item can be placed in an area, at most `bound`; None if it cannot go there."""
        if self._works(index, item, mask, bound):
            return bound
        if item.cap == NO_CAP or not self._works(index, item, mask, 0):
            return None
        low, high = 0, bound - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._works(index, item, mask, middle):
                low = middle
            else:
                high = middle - 1
        return low

    def _works(self, index: int, item: Item, mask: int, total: int) -> bool:
        """Whether the rest can do its part while so many points of an item are placed in an area or the pool."""
        if self.witness.get(index, self._open(item.mask)) == mask and self._enough(index, item, mask, total):
            return True
        found = self._search(index + 1, (item, mask, total))
        if found is None:
            return False
        self.witness = {**found, index: mask}
        return True

    def _enough(self, index: int, item: Item, mask: int, total: int) -> bool:
        """Whether the rest, assigned as the witness says, leaves room for so many points of an item."""
        if item.cap == NO_CAP:
            return True
        supply = _Supply(len(self.needs), self.rest.caps)
        for later in range(index + 1, len(self.items)):
            other = self.items[later]
            supply.add(other.points, self.witness.get(later, self._open(other.mask)), other.cap)
        return self.most(item, mask, supply) >= total

    def _search(self, start: int, fixed: tuple[Item, int, int] | None) -> dict[int, int] | None:
        """Assign every item from `start` on that may serve several open areas to one; None if it cannot be done."""
        supply = _Supply(len(self.needs), self.rest.caps)
        several = {}
        for index in range(start, len(self.items)):
            item, mask = self.items[index], self._open(self.items[index].mask)
            supply.add(item.points, mask, item.cap)
            if mask.bit_count() > 1:
                several[index] = mask
        if fixed is None:
            return _Assignment(self, supply, several, None).solve()
        item, mask, total = fixed
        supply.add(item.points, mask, item.cap)

        def accept() -> bool:
            supply.add(-item.points, mask, item.cap)
            most = self.most(item, mask, supply)
            supply.add(item.points, mask, item.cap)
            return most >= total

        return _Assignment(self, supply, several, None if item.cap == NO_CAP else accept).solve()


@cache
def _losing(mask: int, bit: int, width: int) -> tuple[int, ...]:
    """List the sets of areas that an item of `mask` no longer serves once it is assigned to one area."""
    return tuple(areas for areas in _touching(mask, width) if not areas >> bit & 1)


class _Assignment:
    """The search for an area for each item that may serve several, so that no more is left short.

    Depth first, the items with the fewest areas and the most points first, the scarcest area first.  A branch
    ends where some set of areas can no longer have what it needs, whatever becomes of the unassigned items.
    """

    def __init__(
        self, desk: _Desk, supply: _Supply, several: dict[int, int], accept: Callable[[], bool] | None
    ) -> None:
        self.desk, self.supply, self.several, self.accept = desk, supply, several, accept
        self.width = len(desk.needs)
        self.order = sorted(several, key=lambda i: (several[i].bit_count(), -desk.items[i].points, i))
        self.filled = [[0] * self.width for _ in range(len(supply.caps) + 1)]
        self.seen: set[tuple[object, ...]] = set()

    def solve(self) -> dict[int, int] | None:
        """Give the area of each item as a mask, or None."""
        if any(self._lacks(areas) for areas in range(1 << self.width)):
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
            self.desk.steps.spend()
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

    def _lacks(self, areas: int) -> bool:
        return self.desk.sums[areas] - self.supply.to(areas) > self.desk.slack

    def _options(self, position: int) -> list[int]:
        """List the areas worth trying for an item, the scarcest last, where it is taken from first."""
        free = self.filled[NO_CAP]
        bits = _bits(self.several[self.order[position]])
        lacking = [bit for bit in bits if free[bit] < self.desk.needs[bit]] or bits[:1]
        return sorted(lacking, key=lambda bit: (self.supply.to(1 << bit) - self.desk.needs[bit], bit), reverse=True)

    def _assign(self, position: int, bit: int, sign: int) -> bool:
        """Assign an item to an area (sign 1) or take that back (-1); say whether enough is left for the rest."""
        index = self.order[position]
        item, mask = self.desk.items[index], self.several[index]
        self.filled[item.cap][bit] += sign * item.points
        row = self.supply.free if item.cap == NO_CAP else self.supply.capped[item.cap]
        losing = _losing(mask, bit, self.width)
        for areas in losing:
            row[areas] -= sign * item.points
        return sign < 0 or not any(self._lacks(areas) for areas in losing)

    def _is_new(self, position: int) -> bool:
        """Whether no other branch came to the same needs with the same items left."""
        needs = self.desk.needs
        state = (position, *(tuple(map(min, row, needs)) for row in self.filled))
        if state in self.seen:
            return False
        self.seen.add(state)
        return True
