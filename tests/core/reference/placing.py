"""The placement of points, and the proof of a shortage.  Everything is in whole hundredths of a point."""

from __future__ import annotations

from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from tests.core.reference.counting import Activity
from tests.core.reference.grouping import Version
from tests.core.reference.tables import COVID_CAP, Table

POOL = "pool"


@dataclass(frozen=True)
class Part:
    """Points of an activity that may serve the same areas."""

    points: int
    areas: tuple[str, ...]
    """The mandatory areas of the table that they may serve, in the order of the table."""


@dataclass(frozen=True)
class Item:
    """An accepted activity for one table: in one part, or in the parts of its certificate."""

    id: str
    order: tuple[tuple[int, str], str]
    """Day and id; undated last."""
    kind: str
    parts: tuple[Part, ...]
    mandatory: tuple[str, ...]
    """The mandatory areas of the table, in its order."""

    @classmethod
    def of(cls, activity: Activity, version: Version, table: Table) -> Item:
        """An activity in one reading."""
        parts = tuple(Part(points, tuple(a for a in table.needs if a in areas)) for points, areas in version.parts)
        return cls(activity.id, activity.order, version.kind, parts, tuple(table.needs))

    @property
    def points(self) -> int:
        """All its points, in hundredths."""
        return sum(part.points for part in self.parts)

    @property
    def areas(self) -> list[str]:
        """Return the mandatory areas that any part may serve, in the order of the table."""
        return [area for area in self.mandatory if any(area in part.areas for part in self.parts)]

    @property
    def several(self) -> list[int]:
        """Return the numbers of the parts that may serve more than one mandatory area."""
        return [number for number, part in enumerate(self.parts) if len(part.areas) > 1]

    def serving(self, areas: Sequence[str]) -> int:
        """The points that may serve any of some areas."""
        return sum(part.points for part in self.parts if set(part.areas) & set(areas))

    def with_area(self, number: int, area: str) -> Item:
        """Return the item with one part restricted to one mandatory area."""
        parts = [replace(part, areas=(area,)) if n == number else part for n, part in enumerate(self.parts)]
        return replace(self, parts=tuple(parts))


def caps_of(table: Table) -> dict[str, int]:
    """Return how many points of a kind may be placed."""
    return {"college_course": table.college_cap, "covid_work": COVID_CAP}


@dataclass(frozen=True)
class Shortfall:
    """A set of areas, their combined need, the points that may serve any of them, and the difference."""

    areas: tuple[str, ...]
    required: int
    available: int

    @property
    def short(self) -> int:
        """Return the difference."""
        return self.required - self.available


def after_caps(items: Sequence[Item], table: Table) -> int:
    """Return the points of these activities together, after caps."""
    caps = caps_of(table)
    sums: dict[str, int] = {}
    for item in items:
        sums[item.kind] = sums.get(item.kind, 0) + item.points
    return sum(min(points, caps.get(kind, points)) for kind, points in sums.items())


def mandatory_shortfall(items: Sequence[Item], table: Table) -> Shortfall | None:
    """Return the smallest set of mandatory areas with the largest difference, by trying every set."""
    best = None
    for found in every_set(items, table):
        if found.short > (best.short if best else 0):
            best = found
    return best


def every_set(items: Sequence[Item], table: Table) -> list[Shortfall]:
    """Return the shortage or excess of every set of mandatory areas, smaller sets first."""
    return list(_every_set(tuple((item.kind, part) for item in items for part in item.parts), table))


@lru_cache(maxsize=256)
def _every_set(parts: tuple[tuple[str, Part], ...], table: Table) -> tuple[Shortfall, ...]:
    """Return the same from a cache, because successive questions concern the same points."""
    needs, caps = table.needs, caps_of(table)
    serving: dict[str, dict[tuple[str, ...], int]] = {}
    for kind, part in parts:
        of_kind = serving.setdefault(kind if kind in caps else "", {})
        of_kind[part.areas] = of_kind.get(part.areas, 0) + part.points
    found = []
    for areas in (areas for size in range(1, len(needs) + 1) for areas in combinations(needs, size)):
        sums = {kind: sum(points for names, points in of_kind.items() if not set(areas).isdisjoint(names))
                for kind, of_kind in serving.items()}
        available = sum(min(points, caps.get(kind, points)) for kind, points in sums.items())
        found.append(Shortfall(areas, sum(needs[area] for area in areas), available))
    return tuple(found)


def closers(items: Sequence[Item], table: Table) -> list[tuple[tuple[str, ...], int]]:
    """Return sets of areas with the least that each still needs, without those that follow from smaller disjoint ones.

    A new point of a kind without a cap, placed in an area, counts for every set that contains this area, whatever else
    may serve it: a set lacks its need minus the points available for it.  Every set is tried, and compared with what
    follows from the best division into disjoint smaller sets.
    """
    found, follows = [], {frozenset[str](): 0}
    for one in every_set(items, table):
        areas = frozenset(one.areas)
        apart = max((follows[part] + follows[areas - part] for part in _proper_parts(one.areas)), default=0)
        if one.short > apart:
            found.append((one.areas, one.short))
        follows[areas] = max(one.short, apart, 0)
    return found


def _proper_parts(areas: tuple[str, ...]) -> list[frozenset[str]]:
    """Yield every nonempty proper subset of a set."""
    return [frozenset(part) for size in range(1, len(areas)) for part in combinations(areas, size)]


def total_shortfall(items: Sequence[Item], table: Table) -> Shortfall | None:
    """Return the second entry: all accepted points together, after caps, are fewer than the total."""
    found = Shortfall((*table.needs, POOL), table.total_need, after_caps(items, table))
    return found if found.short > 0 else None


def shortfalls(items: Sequence[Item], table: Table) -> list[Shortfall]:
    """Return the entries, the mandatory areas first."""
    return [one for one in (mandatory_shortfall(items, table), total_shortfall(items, table)) if one is not None]


def total_short(items: Sequence[Item], table: Table) -> int:
    """Return the larger of the two entries, which overlap."""
    return max((one.short for one in shortfalls(items, table)), default=0)


def met(items: Sequence[Item], table: Table, free: Container[str]) -> bool:
    """Return whether all requirements are met, where only some activities may be divided between two mandatory areas.

    They are if some choice of one mandatory area for each other activity that may serve several meets them.
    """
    if total_short(items, table) > 0:
        return False
    bound = [item for item in items if item.several and item.id not in free]
    if not bound:
        return True
    one, rest = bound[0], [item for item in items if item is not bound[0]]
    number = one.several[0]
    return any(met([*rest, one.with_area(number, area)], table, free) for area in one.parts[number].areas)


class Everything:
    """A set that contains every element."""

    def __contains__(self, _: object) -> bool:
        return True


EVERYTHING = Everything()


class Network:
    """A maximum-gain flow: the best augmenting path is taken until none gains (Bellman-Ford, integers)."""

    def __init__(self) -> None:
        self.head: list[Hashable] = []
        self.room: list[int] = []
        self.gain: list[int] = []
        self.out: dict[Hashable, list[int]] = {}

    def arc(self, tail: Hashable, head: Hashable, room: int, gain: int) -> int:
        """Add an arc and its reverse, which has the neighboring number."""
        for one, other, left, worth in ((tail, head, room, gain), (head, tail, 0, -gain)):
            self.out.setdefault(one, []).append(len(self.head))
            self.head.append(other)
            self.room.append(left)
            self.gain.append(worth)
        return len(self.head) - 2

    def flow(self, arc: int) -> int:
        """Return the flow through an arc."""
        return self.room[arc ^ 1]

    def best_paths(self, source: Hashable) -> tuple[dict[Hashable, int], dict[Hashable, int]]:
        """Return the greatest gain of a path to each node, and the last arc of that path."""
        best: dict[Hashable, int] = {source: 0}
        via: dict[Hashable, int] = {}
        queue = [source]
        while queue:
            node = queue.pop(0)
            for arc in self.out[node]:
                value, head = best[node] + self.gain[arc], self.head[arc]
                if self.room[arc] > 0 and (head not in best or value > best[head]):
                    best[head], via[head] = value, arc
                    if head not in queue:
                        queue.append(head)
        return best, via

    def run(self, source: Hashable, sink: Hashable) -> None:
        """Send flow while it gains."""
        while True:
            best, via = self.best_paths(source)
            if best.get(sink, 0) <= 0:
                return
            path, node = [], sink
            while node != source:
                path.append(via[node])
                node = self.head[via[node] ^ 1]
            room = min(self.room[arc] for arc in path)
            for arc in path:
                self.room[arc] -= room
                self.room[arc ^ 1] += room


@dataclass(frozen=True)
class Solution:
    """A placement: points by activity and area, only where there are any."""

    points: dict[tuple[str, str], int]
    flows: dict[tuple[str, int, str], int]
    """The same by activity, part of it and area."""
    value: tuple[int, ...]
    """What is preferred, the larger first: the mandatory areas, the pool, then activity by activity."""

    def placed(self, activity: str) -> int:
        """Return the placed points of an activity."""
        return sum(points for (one, _), points in self.points.items() if one == activity)

    def in_area(self, area: str) -> int:
        """Return the points placed in an area."""
        return sum(points for (_, one), points in self.points.items() if one == area)

    def divided(self) -> list[tuple[str, int]]:
        """Return the activities and their parts with points of one part in several mandatory areas."""
        count: dict[tuple[str, int], int] = {}
        for activity, part, area in self.flows:
            if area != POOL:
                count[activity, part] = count.get((activity, part), 0) + 1
        return [key for key, areas in count.items() if areas > 1]


Choices = dict[tuple[str, int], tuple[str, ...]]
"""The mandatory areas that each part of an activity may still serve."""


def weights_of(ordered: Sequence[Item], table: Table) -> dict[Hashable, int]:
    """Return the order of preferences as one number, with a digit for each preference.

    First come the points in the mandatory areas, then those in the pool; then, activity by activity in order of day and
    id, its points in total, in the first area of the table, in the second, and so on, the pool last.  No digit can
    overflow, because no more than the total is ever placed.
    """
    base = 1 << 14
    assert table.total_need < base
    digits: list[Hashable] = ["mandatory", POOL]
    for item in ordered:
        digits += [item.id, *((item.id, area) for area in (*item.areas, POOL))]
    return {digit: base ** (len(digits) - 1 - n) for n, digit in enumerate(digits)}


def lexicographic(items: Sequence[Item], table: Table, choices: Choices) -> Solution:
    """Return the preferred placement, with activities divided freely among their `choices`."""
    ordered, caps = sorted(items, key=lambda item: item.order), caps_of(table)
    weight = weights_of(ordered, table)
    net = Network()
    for kind, cap in caps.items():
        net.arc("source", ("kind", kind), cap, 0)
    for area, need in [*table.needs.items(), (POOL, table.pool_need)]:
        net.arc(("area", area), "sink", need, 0)
    arcs: dict[tuple[str, int, str], int] = {}
    for item in ordered:
        source = ("kind", item.kind) if item.kind in caps else "source"
        net.arc(source, ("activity", item.id), item.points, weight[item.id])
        for number, part in enumerate(item.parts):
            net.arc(("activity", item.id), ("part", item.id, number), part.points, 0)
            for area in (*choices[item.id, number], POOL):
                gain = weight[item.id, area] + weight[POOL if area == POOL else "mandatory"]
                arcs[item.id, number, area] = net.arc(("part", item.id, number), ("area", area), part.points, gain)
    net.run("source", "sink")
    return valued({key: net.flow(arc) for key, arc in arcs.items() if net.flow(arc) > 0}, ordered)


def valued(flows: dict[tuple[str, int, str], int], ordered: Sequence[Item]) -> Solution:
    """Return a placement with its value in the order of preferences."""
    points: dict[tuple[str, str], int] = {}
    for (activity, _, area), amount in flows.items():
        points[activity, area] = points.get((activity, area), 0) + amount
    bare = Solution(points, flows, ())
    value = [sum(n for (_, area), n in points.items() if area != POOL), bare.in_area(POOL)]
    for item in ordered:
        value += [bare.placed(item.id), *(points.get((item.id, area), 0) for area in (*item.areas, POOL))]
    return Solution(points, flows, tuple(value))


def place(items: Sequence[Item], table: Table, bound: Container[str] = EVERYTHING) -> tuple[Solution, bool]:
    """Return the preferred placement, and whether it divides no activity between two mandatory areas.

    `bound` are the activities not to divide if that loses nothing; under the rules, all of them.
    """
    choices = {(item.id, number): part.areas for item in items for number, part in enumerate(item.parts)}
    free = lexicographic(items, table, choices)
    whole = undivided(items, table, choices, free.value[:2], None, bound)
    return (free, False) if whole is None else (whole, True)


def undivided(items: Sequence[Item], table: Table, choices: Choices, most: tuple[int, ...],
              best: Solution | None, bound: Container[str]) -> Solution | None:
    """Return the best placement without division that places as much as the best of all; None if there is none.

    Every choice of one mandatory area for each divided activity is tried, except branches that place less even when
    dividing freely, or come after the best found.
    """
    solution = lexicographic(items, table, choices)
    if solution.value[:2] != most or (best is not None and solution.value <= best.value):
        return best
    divided = [key for key in solution.divided() if key[0] in bound]
    if not divided:
        return solution
    for area in choices[divided[0]]:
        best = undivided(items, table, {**choices, divided[0]: (area,)}, most, best, bound)
    return best
