"""The best placement that is nearest to the holder's own: as many points as possible stay where the holder put them.

Points move between areas along cycles: out of one area into the next, replacing other points, or out of the points
not placed yet.  A placement is a flow, and a flow is optimal when no cycle improves it.  The first goal is points in
mandatory areas, then points in the pool, then points that stay.  Amounts are whole hundredths.  Areas are numbered as
in the table, the pool last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from cmprules._rules.placing import NO_CAP, Demand, Item, Steps, place, prove
from cmprules._words.limits import MOST_BRANCHES

Vectors = tuple[tuple[int, ...], ...]
_Edge = tuple[int, int, int | None]
"""The gain per hundredth, the number of hundredths, and the row that moves (None if no row moves)."""


@attrs.frozen(kw_only=True)
class Row:
    """One activity: what it brings, and where the holder put its points.

    Attributes:
        declared: the holder's points by area, without those that may not be there.
        sure: whether it counts for certain; a claim may only stay where it is, while no other points need the room.
        stays: whether it may be only where the holder put it.
    """

    points: int
    mask: int
    cap: int
    declared: tuple[int, ...]
    sure: bool = True
    stays: bool = False

    @property
    def item(self) -> Item:
        """The activity in the finder's terms."""
        return Item(points=self.points, mask=self.mask, cap=self.cap)


def kept_points(rows: Sequence[Row], vectors: Vectors) -> int:
    """Add up the points that are where the holder put them."""
    return sum(min(pair) for row, vector in zip(rows, vectors, strict=True)
               for pair in zip(row.declared, vector, strict=True))


def most_that_stays(rows: Sequence[Row], demand: Demand) -> Vectors:
    """Find the lawful part of the holder's placement that fills the most."""
    fixed = [attrs.evolve(row, stays=True) for row in rows]
    return _Flow(fixed, demand, [[0] * (len(demand.areas) + 1) for _ in rows]).improve()


def nearest_best(rows: Sequence[Row], demand: Demand, best: Vectors) -> tuple[Vectors, bool]:
    """Find the best placement that keeps the most points where the holder put them, and whether that is proven.

    Args:
        rows: every activity that counts, and the claims that the holder placed.
        demand: what the table needs.
        best: the placement of the decision; if it divides no activity, neither does the result.
    """
    whole = not any(_divided(row, vector) for row, vector in zip(rows, best, strict=True))
    search = _Search(rows, demand, whole=whole)
    search.visit({})
    return search.found or search.around(best), search.left > 0


def _divided(row: Row, vector: Sequence[int]) -> bool:
    return row.sure and sum(1 for points in vector[:-1] if points) > 1


class _Search:
    """A search that keeps activities whole: an activity in two mandatory areas is bound to each of them in turn."""

    def __init__(self, rows: Sequence[Row], demand: Demand, *, whole: bool) -> None:
        self.rows, self.demand, self.whole = rows, demand, whole
        self.short = self._short(rows)
        self.left = MOST_BRANCHES
        self.most = -1
        self.found: Vectors | None = None

    def _short(self, rows: Sequence[Row]) -> int:
        return prove([row.item for row in rows if row.sure], self.demand).short

    def visit(self, bound: dict[int, int]) -> None:
        """Examine all placements that keep some activities in one area, the best bound first."""
        rows = self._bound(bound)
        self.left = max(0, self.left - 1)
        if not self.left or self._short(rows) > self.short:
            return
        vectors = self._improved(rows)
        kept = kept_points(self.rows, vectors)
        if kept <= self.most:
            return
        divided = [index for index, vector in enumerate(vectors) if self.whole and _divided(self.rows[index], vector)]
        if not divided:
            self.most, self.found = kept, vectors
            return
        mask = self.rows[divided[0]].mask
        for bit in range(len(self.demand.areas)):
            if mask >> bit & 1:
                self.visit({**bound, divided[0]: 1 << bit})

    def around(self, best: Vectors) -> Vectors:
        """Examine the placements that keep every activity with a choice where another placement has it."""
        return self._improved(self._bound({
            index: next((1 << bit for bit, points in enumerate(vector[:-1]) if points), 0)
            for index, vector in enumerate(best) if self.whole and self.rows[index].mask.bit_count() > 1
        }))

    def _bound(self, bound: dict[int, int]) -> list[Row]:
        return [attrs.evolve(row, mask=bound.get(index, row.mask)) for index, row in enumerate(self.rows)]

    def _improved(self, rows: Sequence[Row]) -> Vectors:
        return _Flow(rows, self.demand, _start(rows, self.demand)).improve()


def _start(rows: Sequence[Row], demand: Demand) -> list[list[int]]:
    """Start with any best placement of the certain points."""
    items = [row.item for row in rows if row.sure]
    vectors = iter(place(items, demand, prove(items, demand), Steps(0)).vectors)
    return [list(next(vectors)) if row.sure else [0] * (len(demand.areas) + 1) for row in rows]


class _Flow:
    """A placement, and the cycles that can improve it.

    The nodes are the areas, one node for the unplaced points of each cap, and one for everything outside: unplaced
    points under no cap, and the room left in areas.
    """

    def __init__(self, rows: Sequence[Row], demand: Demand, vectors: list[list[int]]) -> None:
        self.rows, self.demand, self.vectors = rows, demand, vectors
        self.needs = (*demand.areas, demand.pool)
        self.pool = len(demand.areas)
        self.outside = self.pool + 1
        declared = 1 + sum(map(sum, (row.declared for row in rows)))
        self.open = [[area for area in range(self.outside) if area == self.pool or row.mask >> area & 1]
                     for row in rows]
        self.worth = [declared * (demand.total + 1)] * self.pool + [declared]

    def improve(self) -> Vectors:
        """Follow improving cycles until there are none."""
        while cycle := self._cycle():
            amount = min(edge[1] for _, _, edge in cycle)
            for tail, head, (_, _, index) in cycle:
                if index is not None:
                    self._shift(index, tail, head, amount)
        return tuple(tuple(vector) for vector in self.vectors)

    def _shift(self, index: int, tail: int, head: int, amount: int) -> None:
        if tail <= self.pool:
            self.vectors[index][tail] -= amount
        if head <= self.pool:
            self.vectors[index][head] += amount

    def _stock(self, row: Row) -> int:
        """The node of the unplaced points of an activity."""
        return self.outside if row.cap == NO_CAP else self.outside + 1 + row.cap

    # The value of one hundredth more or less of an activity in an area, and the number of hundredths.

    def _more(self, index: int, area: int) -> tuple[int, int]:
        row, lies = self.rows[index], self.vectors[index][area]
        worth = self.worth[area] if row.sure else 0
        if lies < row.declared[area]:
            return worth + 1, row.declared[area] - lies
        return worth, row.points if row.sure and not row.stays else 0

    def _less(self, index: int, area: int) -> tuple[int, int]:
        row, lies = self.rows[index], self.vectors[index][area]
        worth, spare = self.worth[area] if row.sure else 0, lies - row.declared[area]
        return (-worth, spare) if spare > 0 else (-worth - 1, lies)

    # Edges and cycles.

    def _edges(self) -> dict[tuple[int, int], _Edge]:
        """Return the edge with the largest gain between any two nodes."""
        best: dict[tuple[int, int], _Edge] = {}
        for tail, head, edge in (*self._of_rows(), *self._of_room()):
            known = best.get((tail, head))
            if edge[1] > 0 and (known is None or edge[:2] > known[:2]):
                best[tail, head] = edge
        return best

    def _of_rows(self) -> Iterator[tuple[int, int, _Edge]]:
        """The moves of an activity: out of an area or the unplaced points, into another area or out of all."""
        for index, row in enumerate(self.rows):
            stock, vector = self._stock(row), self.vectors[index]
            less = [(area, *self._less(index, area)) for area, lies in enumerate(vector) if lies]
            more = [(area, *self._more(index, area)) for area in self.open[index]]
            for out, loss, there in (*less, (stock, 0, row.points - sum(vector))):
                for into, gain, room in (*more, (stock, 0, row.points)):
                    if out != into:
                        yield out, into, (loss + gain, min(there, room), index)

    def _of_room(self) -> Iterator[tuple[int, int, _Edge]]:
        """The room left in each area and under each cap, and the room that can be made."""
        for area, need in enumerate(self.needs):
            lies = sum(vector[area] for vector in self.vectors)
            yield area, self.outside, (0, need - lies, None)
            yield self.outside, area, (0, lies, None)
        for cap, most in enumerate(self.demand.caps):
            used = sum(sum(vector) for row, vector in zip(self.rows, self.vectors, strict=True) if row.cap == cap)
            yield self.outside + 1 + cap, self.outside, (0, used, None)
            yield self.outside, self.outside + 1 + cap, (0, most - used, None)

    def _cycle(self) -> list[tuple[int, int, _Edge]]:
        """Find an improving cycle by longest paths; empty if there is none."""
        edges = self._edges()
        size = self.outside + 1 + len(self.demand.caps)
        gains, before = [0] * size, [-1] * size
        changed = -1
        for _ in range(size):
            changed = -1
            for (tail, head), edge in edges.items():
                if gains[tail] + edge[0] > gains[head]:
                    gains[head], before[head], changed = gains[tail] + edge[0], tail, head
            if changed < 0:
                return []
        for _ in range(size):
            changed = before[changed]
        nodes = [changed]
        while len(nodes) == 1 or nodes[-1] != changed:
            nodes.append(before[nodes[-1]])
        nodes.reverse()
        return [(tail, head, edges[tail, head]) for tail, head in pairwise(nodes)]
