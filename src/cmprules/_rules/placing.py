"""The finder: the best placement of points in areas, exactly, with the proof of every shortfall.

What it solves is a flow: activities bring points, areas and the pool need them, a cap bounds what activities of
one kind may bring together.  Two facts make it small.  For every set of areas, what it needs less what may serve
any of it is a shortfall that no placement avoids, and the largest of these is what the best placement leaves: so
the value has a closed form over sets of areas, and the set that attains it is the proof.  And a mandatory area
that is filled to the brim can always be filled by the activity in hand instead, the others making room: so
activities can be placed one by one, each as well as the rest allows.  Whether the rest can still do its part without
dividing an activity takes a search at worst; mostly it is enough to go straight on and to see that nobody lost by it.

Amounts are whole hundredths.  Sets of areas are bit masks, area 0 being the first of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import lt, sub
from struct import Struct

import attrs

from cmprules._kit.shapes import maker

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

    @cached_property
    def mandatory(self) -> int:
        """What the mandatory areas need together."""
        return sum(self.areas)

    @cached_property
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
        shorts: for every set of areas, what it needs less what may serve any of it.
        binding: the caps that may make activities compete for areas.
    """

    short: int
    mask: int
    available: int
    usable: int
    shorts: tuple[int, ...] = attrs.field(default=(), eq=False, repr=False)
    binding: tuple[int, ...] = attrs.field(default=(), eq=False, repr=False)

    def total_short(self, demand: Demand) -> int:
        """The shortfall of the whole table: the larger of the two proofs."""
        return max(self.short, demand.total - self.usable)

    def pooled(self, demand: Demand) -> int:
        """What the best placement puts in the pool."""
        return max(0, demand.total - self.total_short(demand) - (demand.mandatory - self.short))


_proof = maker(Proof)


@attrs.frozen(kw_only=True)
class Placed:
    """Where the points of each item went: one tuple per item, its areas in order and the pool last.

    Attributes:
        whole: whether it is known that no item is divided between two mandatory areas.
        search_limit: whether the search for a placement that divides none was given up.
    """

    vectors: tuple[tuple[int, ...], ...]
    whole: bool = True
    search_limit: bool = False


_placed = maker(Placed)


# ---------------------------------------------------------------------------------------------------------
# Sets of areas.


@lru_cache(maxsize=1024)
def _touching(mask: int, width: int) -> tuple[int, ...]:
    """List the sets of areas that share an area with `mask`."""
    return tuple(areas for areas in range(1 << width) if areas & mask)


@lru_cache(maxsize=64)
def _without(bit: int, width: int) -> tuple[int, ...]:
    """List the sets of areas that do not have one area."""
    return tuple(areas for areas in range(1 << width) if not areas >> bit & 1)


@lru_cache(maxsize=1024)
def _losing(mask: int, bit: int, width: int) -> tuple[int, ...]:
    """List the sets of areas that an item of `mask` no longer serves once it is assigned to one area."""
    return tuple(areas for areas in _without(bit, width) if areas & mask)


@lru_cache(maxsize=1024)
def _bits(mask: int) -> tuple[int, ...]:
    return tuple(bit for bit in range(mask.bit_length()) if mask >> bit & 1)


def _mask_of(needs: Iterable[int]) -> int:
    """Give the set of areas that need anything."""
    return sum([1 << bit for bit, need in enumerate(needs) if need])


def _sums(needs: Sequence[int]) -> list[int]:
    """Add up the needs of every set of areas."""
    sums = [0]
    for need in needs:
        sums += [need + before for before in sums]
    return sums


def _serving(rows: Iterable[Mapping[int, int]], width: int) -> list[int]:
    """Add up what may serve any area of each set, from what may serve exactly the areas of each mask and no other.

    The sums of all sets stand side by side in one long number, so that points are added to all that they may serve at
    once.
    """
    sums = 0
    for row in rows:
        for mask, points in row.items():
            sums += points * _once_each(mask, width)
    return list(_side_by_side(width).unpack(sums.to_bytes(_BYTES << width, "little")))


_BYTES = 8
"""Room for one sum: more than any number of activities brings."""


@lru_cache(maxsize=1024)
def _once_each(mask: int, width: int) -> int:
    """Put a one at the place of every set that shares an area with a mask."""
    return sum(1 << 8 * _BYTES * areas for areas in _touching(mask, width))


@lru_cache(maxsize=64)
def _side_by_side(width: int) -> Struct:
    """Say how the sums of all sets stand in a number."""
    return Struct(f"<{1 << width}q")


@lru_cache(maxsize=64)
def _needs(areas: tuple[int, ...]) -> tuple[int, ...]:
    """Add up the needs of every set of areas, once for a table."""
    return tuple(_sums(areas))


Rows = dict[int, dict[int, int]]
"""What is brought: for each cap, and for none, the points that may serve exactly the areas of each mask."""


def rows_of(items: Iterable[Item]) -> Rows:
    """Add up items that may serve the same areas under the same cap: to a shortfall they are one."""
    rows: Rows = {NO_CAP: {}}
    for item in items:
        row = rows.get(item.cap)
        if row is None:
            row = rows[item.cap] = {}
        row[item.mask] = row.get(item.mask, 0) + item.points
    return rows


def _binding(rows: Rows, caps: Sequence[int]) -> tuple[int, ...]:
    """Keep the caps that may make items compete for areas: more is brought than they let through, and not to the pool.

    Where a cap lets all through, or its items can fill the pool alone, no area has less for it.
    """
    return tuple([cap for cap, row in rows.items() if cap != NO_CAP and sum(row.values()) > caps[cap] and any(row)])


class _Supply:
    """What some items bring to every set of areas, those of each cap that may bind apart."""

    __slots__ = ("capped", "caps", "free", "width")

    def __init__(self, width: int, rows: Rows, caps: Mapping[int, int]) -> None:
        """Add up what items bring.

        Args:
            width: the number of areas.
            rows: what they bring.
            caps: how much each cap lets through, those that cannot bind left out.
        """
        self.width, self.caps = width, caps
        self.free = _serving([row for cap, row in rows.items() if cap not in caps], width)
        self.capped = {cap: _serving([rows.get(cap, {})], width) for cap in caps}

    def row(self, cap: int) -> list[int]:
        """Give what is brought to each set under one cap, or under none that binds."""
        return self.capped.get(cap, self.free)

    def add(self, points: int, mask: int, cap: int) -> None:
        """Add what one item brings (a negative number takes it away)."""
        row = self.row(cap)
        for areas in _touching(mask, self.width):
            row[areas] += points

    def to(self, areas: int, without: int = NO_CAP) -> int:
        """Give what a set of areas can have after caps, leaving out the items of one cap if asked to."""
        total = self.free[areas]
        for cap, most in self.caps.items():
            if cap != without:
                total += min(most, self.capped[cap][areas])
        return total

    def to_each(self) -> list[int]:
        """Give what every set of areas can have after caps."""
        return [self.to(areas) for areas in range(1 << self.width)] if self.caps else self.free


def prove(items: Sequence[Item], demand: Demand) -> Proof:
    """Find the shortfall of the best placement, and the smallest set of areas that proves it."""
    return _proof_of(rows_of(items), demand)


def prove_exchanged(brought: Rows, less: Iterable[Item], more: Iterable[Item], demand: Demand) -> Proof:
    """Find the shortfall if some of the items that were added up were not there, and others were."""
    rows = {cap: row.copy() for cap, row in brought.items()}
    for sign, changed in ((-1, less), (1, more)):
        for item in changed:
            row = rows.setdefault(item.cap, {})
            row[item.mask] = row.get(item.mask, 0) + sign * item.points
    return _proof_of(rows, demand)


def _proof_of(rows: Rows, demand: Demand) -> Proof:
    """Find the shortfall of what is brought, added up."""
    width, needs = len(demand.areas), _needs(demand.areas)
    binding = _binding(rows, demand.caps)
    supply = _Supply(width, rows, {cap: demand.caps[cap] for cap in binding})
    shorts = tuple(map(sub, needs, supply.to_each()))
    short = max(shorts)
    mask = min((areas for areas, lack in enumerate(shorts) if lack == short), key=int.bit_count) if short else 0
    brought = {cap: sum(row.values()) for cap, row in rows.items()}
    usable = sum([points if cap == NO_CAP else min(points, demand.caps[cap]) for cap, points in brought.items()])
    return _proof(short=short, mask=mask, available=needs[mask] - short, usable=usable, shorts=shorts, binding=binding)


# ---------------------------------------------------------------------------------------------------------
# Placing one by one.


class _SearchLimitError(Exception):
    """The search for an undivided placement took more steps than it may."""


class Steps:
    """The steps that the searches for one credential may still take, all of them together.

    A search whose outcome is known without it is put off, and taken up again where the steps that it would have taken
    matter.  So the searches are given up where they would be if none had been spared: how far they go is a rule.
    """

    __slots__ = ("_left", "_owed", "_put_off")

    def __init__(self, limit: int = NODE_LIMIT) -> None:
        self._left = limit
        self._put_off: list[Callable[[Steps], object]] = []
        self._owed = 0  # what the searches put off would take at most; never more than is left

    @property
    def left(self) -> int:
        """How many there are, after all that was put off."""
        self._take_up()
        return self._left

    def spend(self) -> None:
        """Take one step, or give up."""
        if self._left <= self._owed:
            self._take_up()
        if self._left <= 0:
            raise _SearchLimitError
        self._left -= 1

    def can_put_off(self, at_most: int) -> bool:
        """Whether a search of at most so many steps is sure not to be given up."""
        if self._owed + at_most > self._left:
            self._take_up()
        return at_most <= self._left

    def put_off(self, search: Callable[[Steps], object], at_most: int) -> None:
        """Put off a search that could be."""
        if at_most:
            self._put_off.append(search)
            self._owed += at_most

    def _take_up(self) -> None:
        """Make the searches that were put off, for the sake of their steps."""
        searches, self._put_off, self._owed = self._put_off, [], 0
        for search in searches:
            search(self)


def can_stay_whole(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> bool:
    """Whether some best placement divides no item between two mandatory areas; False if that cannot be settled."""
    most = _most_steps(items)
    walk = _Walk(items, demand, proof)
    if steps.can_put_off(most) and walk.settles():
        steps.put_off(lambda steps: _Desk(items, demand, proof, steps).find_witness(), most)
        return walk.finished
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
    most = _most_steps(items)
    walk = _Walk(items, demand, proof)
    if not (steps.can_put_off(most) and walk.settles() and steps.can_put_off(most * walk.searches)):
        return _place_by_search(items, demand, proof, steps)
    steps.put_off(lambda steps: _place_by_search(items, demand, proof, steps), most * walk.searches)
    if walk.finished:
        return _placed(vectors=tuple(walk.vectors))
    return Placed(vectors=_Desk(items, demand, proof, steps).run_divided(), whole=False)


def _place_by_search(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> Placed:
    """Place the items with a search for a placement that divides none, and divided if there is none."""
    try:
        whole = _Desk(items, demand, proof, steps)
        if whole.find_witness():
            return Placed(vectors=whole.run_whole())
        limited = False
    except _SearchLimitError:
        limited = True
    vectors = _Desk(items, demand, proof, steps).run_divided()
    return Placed(vectors=vectors, whole=False, search_limit=limited)


def place_dividing(
    items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps, free: Collection[int]
) -> tuple[tuple[int, ...], ...] | None:
    """Place the items as well as can be, dividing none but some of them; None if that cannot be, or is not settled.

    An item that must stay whole is bound to the area in which a search leaves it.
    """
    try:
        found = _Desk(items, demand, proof, steps, free).find_whole()
    except _SearchLimitError:
        return None
    if found is None:
        return None
    bound = [attrs.evolve(item, mask=found[index]) if index in found else item for index, item in enumerate(items)]
    return _Desk(bound, demand, prove(bound, demand), steps).run_divided()


def _most_steps(items: Sequence[Item]) -> int:
    """Bound the steps of one search for a whole placement.

    It tries every item in every area that it may serve at most, level by level; and where there are two areas or more
    to try, a level has at most half the steps of the next.
    """
    ways = 1
    for item in items:
        ways *= item.mask.bit_count() or 1
    return 2 * ways if ways > 1 else 0


def is_divided(vector: Sequence[int]) -> bool:
    """Whether points of one item lie in more than one mandatory area."""
    return sum(1 for points in vector[:-1] if points) > 1


# ---------------------------------------------------------------------------------------------------------
# One after the other, each where it would rather go.

MOST_DEAD_ENDS = 50
"""So often it is worth turning back."""


class _Walk:
    """A walk to the whole placement that is asked for, item by item.

    Each item goes to the best area from which the others, if they may be divided, can still do their part.  So every
    placement that is tried has as many points in it as can be, and the first that is finished is the best: no whole
    placement does better for an item, those before it being placed as they are.  At a dead end the walk turns back to
    the last item that could go elsewhere.
    """

    __slots__ = ("binding", "dead_ends", "forks", "items", "vectors", "way")

    def __init__(self, items: Sequence[Item], demand: Demand, proof: Proof) -> None:
        self.items, self.binding = items, proof.binding
        self.way = _Way(demand, proof)
        self.vectors: list[tuple[int, ...]] = []
        self.forks: list[tuple[int, _Way, Sequence[int]]] = []
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


class _Way:
    """A placement in the making by items that are placed as they come.

    `shorts` holds for every set of areas that still need points what it needs less what may serve any of it.
    """

    __slots__ = ("caps", "most_short", "needs", "nowhere", "open", "pool", "shorts", "width")

    def __init__(self, demand: Demand, proof: Proof) -> None:
        self.width, self.nowhere = len(demand.areas), (0,) * len(demand.areas)
        self.needs, self.caps, self.pool = list(demand.areas), list(demand.caps), proof.pooled(demand)
        self.open = _mask_of(self.needs)
        self.shorts, self.most_short = list(proof.shorts), proof.short

    def copy(self) -> _Way:
        """Give a way that can be gone without this one changing."""
        twin = object.__new__(_Way)
        twin.width, twin.nowhere, twin.open, twin.pool = self.width, self.nowhere, self.open, self.pool
        twin.needs, twin.caps = self.needs.copy(), self.caps.copy()
        twin.shorts, twin.most_short = self.shorts.copy(), self.most_short
        return twin

    def preferred(self, item: Item, mask: int) -> Sequence[int]:
        """Give the areas of a set as an item prefers them: the most points, then the earliest."""
        if self.pool >= item.points:
            return _bits(mask)
        return sorted(_bits(mask), key=lambda bit: -min(item.points, self.needs[bit] + self.pool))

    def bears(self, item: Item, mask: int, bit: int) -> bool:
        """Whether the others can do their part if an item that may serve several open areas serves one alone."""
        return max(map(self.shorts.__getitem__, _losing(mask, bit, self.width))) + item.points <= self.most_short

    def bind(self, item: Item, mask: int, bit: int) -> None:
        """Take an item that may serve several open areas from the sets without the one that it serves."""
        for areas in _losing(mask, bit, self.width):
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


# ---------------------------------------------------------------------------------------------------------
# With a search.


class _Desk:
    """A placement in the making: what is still needed, and what the items not yet placed can bring."""

    def __init__(
        self, items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps, free: Collection[int] = ()
    ) -> None:
        self.items, self.free = items, free
        self.needs = list(demand.areas)
        self.width = len(self.needs)
        self.open = _mask_of(self.needs)
        self.pool = proof.pooled(demand)
        self.slack = proof.short
        self.steps = steps
        self.caps = list(demand.caps)
        self.binding = proof.binding
        rows = rows_of(items)
        self.rest = _Supply(self.width, rows, self._bounds())
        self.rest_capped = {cap: sum(row.values()) for cap, row in rows.items()}
        self.witness: dict[int, int] = {}
        self._sums: list[int] | None = None

    @property
    def sums(self) -> list[int]:
        """What every set of areas still needs, added up where it is asked for."""
        if self._sums is None:
            self._sums = _sums(self.needs)
        return self._sums

    def _bounds(self) -> dict[int, int]:
        """Give what the caps that bind still let through."""
        return {cap: self.caps[cap] for cap in self.binding}

    def _remove(self, item: Item) -> None:
        """Take an item from those that are not placed yet; sets with an area that is full matter to nobody."""
        self.rest.add(-item.points, item.mask & self.open, item.cap)
        self.rest_capped[item.cap] -= item.points

    def _take(self, vector: list[int], cap: int) -> tuple[int, ...]:
        """Write down where an item goes, and what is needed after it."""
        if sum(vector) > vector[-1]:
            self.needs = list(map(sub, self.needs, vector))
            self.open, self._sums = _mask_of(self.needs), None
        self.pool -= vector[-1]
        if cap != NO_CAP:
            self._lower(cap, sum(vector))
        return tuple(vector)

    def _lower(self, cap: int, points: int) -> None:
        """Let less through a cap."""
        self.caps[cap] -= points
        self.rest.caps = self._bounds()

    def most(self, item: Item, mask: int, rest: _Supply) -> int:
        """Say how many points of an item can be placed if it may serve the areas of `mask`, the rest doing its part.

        A point under a cap may be spent on a useless place only if no useful one lacks it: for every set of
        areas, what it misses without the cap's other items has to be left for them.
        """
        room = sum([self.needs[bit] for bit in _bits(mask)]) + self.pool
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
        """Place every item, dividing where that is better."""
        vectors = []
        for item in self.items:
            self._remove(item)
            mask = item.mask & self.open
            vector = self._divide(item) if mask & (mask - 1) else self._in_one(item, mask)
            vectors.append(self._take(vector, item.cap))
        return tuple(vectors)

    def _in_one(self, item: Item, mask: int, total: int | None = None) -> list[int]:
        """Put an item, or so much of it, into the area of a mask, if there is one, and the rest into the pool."""
        left = self.most(item, mask, self.rest) if total is None else total
        vector = [0] * (self.width + 1)
        for bit in _bits(mask):
            vector[bit] = min(left, self.needs[bit])
            left -= vector[bit]
        vector[-1] = left
        return vector

    def _divide(self, item: Item) -> list[int]:
        """Put into each area, the earliest first, as much of an item as the rest allows."""
        mask = item.mask & self.open
        left = self.most(item, mask, self.rest)
        vector = [0] * (self.width + 1)
        owed = self._owed_without(left, item.cap)
        for bit in _bits(mask):
            elsewhere = max(map(owed.__getitem__, _without(bit, self.width)))
            vector[bit] = min(self.needs[bit], left - max(0, elsewhere))
            left -= vector[bit]
            for areas in _touching(1 << bit, self.width):
                owed[areas] -= vector[bit]
        vector[-1] = left
        return vector

    def _owed_without(self, total: int, cap: int) -> list[int]:
        """Say for every set of areas what the rest leaves short, so many points being spent under a cap."""
        if cap in self.binding:
            self._lower(cap, total)
        owed = [need - self.slack - has for need, has in zip(self.sums, self.rest.to_each(), strict=True)]
        if cap in self.binding:
            self._lower(cap, -total)
        return owed

    # Whole placements: each item in one mandatory area at most, beside the pool.

    def find_whole(self) -> dict[int, int] | None:
        """Look for an area for each item that may serve several and must stay whole; None if there is none."""
        return self._search(0, None)

    def find_witness(self) -> bool:
        """Look for any placement that keeps every item whole and leaves no more short."""
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
        """Choose the area of an item, as a mask, and how many points are placed: the most, then the earliest area."""
        mask = item.mask & self.open
        if mask.bit_count() < 2 and item.cap not in self.binding and self.witness.get(index, mask) == mask:
            return mask, self.most(item, mask, self.rest)
        masks = [1 << bit for bit in _bits(mask)]
        if len(masks) != 1:
            masks.append(0)
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
        if self.witness.get(index, item.mask & self.open) == mask and self._enough(index, item, mask, total):
            return True
        found = self._search(index + 1, (item, mask, total))
        if found is None:
            return False
        self.witness = {**found, index: mask}
        return True

    def _enough(self, index: int, item: Item, mask: int, total: int) -> bool:
        """Whether the rest, assigned as the witness says, leaves room for so many points of an item."""
        if item.cap not in self.binding or not self.open or not self.caps[item.cap]:
            return True
        bound = (attrs.evolve(other, mask=self.witness.get(later, other.mask & self.open))
                 for later, other in enumerate(self.items) if later > index)
        return self.most(item, mask, self._supply(bound)) >= total

    def _supply(self, items: Iterable[Item]) -> _Supply:
        """Add up what some items bring."""
        return _Supply(self.width, rows_of(items), self._bounds())

    def _search(self, start: int, fixed: tuple[Item, int, int] | None) -> dict[int, int] | None:
        """Assign every item from `start` on that may serve several open areas to one; None if it cannot be done."""
        rest = self.items[start:]
        masks = [item.mask & self.open for item in rest]
        several = {index: mask for index, mask in enumerate(masks, start)
                   if mask & (mask - 1) and index not in self.free}
        supply = self._supply(rest)
        if fixed is None:
            return _Assignment(self, supply, several, None).solve()
        item, mask, total = fixed
        supply.add(item.points, mask, item.cap)

        def accept() -> bool:
            supply.add(-item.points, mask, item.cap)
            most = self.most(item, mask, supply)
            supply.add(item.points, mask, item.cap)
            return most >= total

        return _Assignment(self, supply, several, accept if item.cap in self.binding else None).solve()


class _Assignment:
    """The search for an area for each item that may serve several, so that no more is left short.

    Depth first, the items with the fewest areas and the most points first, the scarcest area first.  A branch
    ends where some set of areas can no longer have what it needs, whatever becomes of the unassigned items.
    """

    def __init__(
        self, desk: _Desk, supply: _Supply, several: dict[int, int], accept: Callable[[], bool] | None
    ) -> None:
        self.desk, self.supply, self.several, self.accept = desk, supply, several, accept
        self.width = desk.width
        self.capped = [(most, supply.capped[cap]) for cap, most in supply.caps.items()]
        self.owed = [need - desk.slack for need in desk.sums]
        self.order = sorted(several, key=lambda i: (several[i].bit_count(), -desk.items[i].points, i))
        self.filled = {cap: [0] * self.width for cap in {NO_CAP, *(desk.items[index].cap for index in several)}}
        self.seen: set[tuple[object, ...]] = set()

    def solve(self) -> dict[int, int] | None:
        """Give the area of each item as a mask, or None."""
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

    def _options(self, position: int) -> list[int]:
        """List the areas worth trying for an item, the scarcest last, where it is taken from first."""
        free, needs = self.filled[NO_CAP], self.desk.needs
        bits = _bits(self.several[self.order[position]])
        lacking = [bit for bit in bits if free[bit] < needs[bit]] or [bits[0]]
        if len(lacking) > 1:
            lacking.sort(key=lambda bit: (self.supply.to(1 << bit) - needs[bit], bit), reverse=True)
        return lacking

    def _assign(self, position: int, bit: int, sign: int) -> bool:
        """Assign an item to an area (sign 1) or take that back (-1); say whether enough is left for the rest."""
        index = self.order[position]
        item, mask = self.desk.items[index], self.several[index]
        self.filled[item.cap][bit] += sign * item.points
        row, losing = self.supply.row(item.cap), _losing(mask, bit, self.width)
        for areas in losing:
            row[areas] -= sign * item.points
        return sign < 0 or self._enough(losing)

    def _enough(self, losing: Sequence[int]) -> bool:
        """Whether each of some sets of areas can still have what has to be left for it."""
        free, owed = self.supply.free, self.owed
        for areas in losing:
            has = free[areas]
            for most, brought in self.capped:
                has += min(most, brought[areas])
            if has < owed[areas]:
                return False
        return True

    def _is_new(self, position: int) -> bool:
        """Whether no other branch came to the same needs with the same items left."""
        needs = self.desk.needs
        state = (position, *[tuple(map(min, row, needs)) for row in self.filled.values()])
        if state in self.seen:
            return False
        self.seen.add(state)
        return True
