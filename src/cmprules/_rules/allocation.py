"""From activities and a table to an allocation: what may serve which area, where it goes, where every point ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import repeat
from operator import add
from typing import NamedTuple

import attrs

from cmprules._facts.records import Activity, Period, points_of
from cmprules._kit.points import from_hundredths
from cmprules._kit.shapes import maker
from cmprules._kit.values import Value
from cmprules._policy.book import AreaFigure, Figure, Policy, tables_of
from cmprules._rules.closers import closing_sets
from cmprules._rules.counting import Cycle
from cmprules._rules.entries import Entry, asked_to_place, entries
from cmprules._rules.grouping import Brought
from cmprules._rules.judging import judge
from cmprules._rules.placing import (
    NO_CAP,
    Demand,
    Item,
    Placed,
    Proof,
    Steps,
    can_place_dividing,
    can_stay_whole,
    is_divided,
    place,
    place_dividing,
    prove,
)
from cmprules._rules.placing.sets import areas_of
from cmprules._rules.results import ActivityResult, Allocation, AreaResult, Closer, PlacedPoints, Shortfall, Total
from cmprules._rules.verdicts import ACCEPTED, Counted, Judged
from cmprules._words import vocabulary
from cmprules._words.enums import Grade
from cmprules.errors import InputError, NotEstablishedError

_NOTHING = from_hundredths(0)
_NOWHERE = dict.fromkeys(("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate",
                          "unconfirmed"), _NOTHING)
_activity_result, _area_result, _placed_points = maker(ActivityResult), maker(AreaResult), maker(PlacedPoints)
_allocation, _sum, _proven, _closer = maker(Allocation), maker(Total), maker(Shortfall), maker(Closer)

Brings = Entry | Brought
"""What an activity, or a part of one, brings to a table."""


@attrs.frozen(kw_only=True, slots=False)  # with slots, attrs writes one more method for what is kept
class Table(Value):
    """An established policy in the finder's terms: bits for areas, hundredths for points."""

    policy: Policy
    areas: tuple[AreaFigure, ...]
    pool: Figure
    demand: Demand
    cap_of: dict[str, int]
    in_doubt: frozenset[str] = frozenset()

    def lenient(self) -> Table:
        """Return the table without the caps below the accepted trust: the reading in the holder's favor."""
        caps = {kind: cap for kind, cap in self.cap_of.items() if kind not in self.in_doubt}
        return attrs.evolve(self, cap_of=caps) if self.in_doubt else self

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The areas of the table in their order, the pool last."""
        return (*(figure.area for figure in self.areas), vocabulary.POOL)

    @cached_property
    def figures(self) -> tuple[tuple[str, Figure], ...]:
        """The figure of each area, the pool last."""
        return tuple(zip(self.names, (*self.areas, self.pool), strict=True))

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """The bit of each area, by its name."""
        return {figure.area: 1 << bit for bit, figure in enumerate(self.areas)}

    @cached_property
    def pool_only(self) -> frozenset[str]:
        """The kinds whose points may fill only the pool."""
        return frozenset(rule.kind for rule in self.policy.rules.kinds.values() if rule.pool_only)

    def item(self, one: Brings) -> Item:
        """Find what an activity, or a part of one, can bring to this table."""
        return self.items([one])[0]

    def items(self, brought: Iterable[Brings]) -> tuple[Item, ...]:
        """Find what each of some activities, or parts of them, can bring to this table."""
        bits, cap_of, pool_only = self.bits, self.cap_of, self.pool_only
        found = []
        for entry in brought:
            kind, mask = entry.activity.kind, 0
            if kind not in pool_only or not entry.capped:  # of several kinds, no rule of one binds
                for area in entry.areas:
                    mask |= bits.get(area, 0)
            found.append(_item(entry.points, mask, cap_of.get(kind, NO_CAP) if entry.capped else NO_CAP))
        return tuple(found)


@lru_cache(maxsize=4096)
def _item(points: int, mask: int, cap: int) -> Item:
    """Make an item, or reuse an equal one: activities that bring the same are equal to the finder."""
    return Item(points=points, mask=mask, cap=cap)


def table_of(policy: Policy, trust: Grade = Grade.INFERRED) -> Table:
    """Convert a policy to the finder's terms, with `trust` as the weakest grade accepted.

    Raises:
        NotEstablishedError: the policy has no figures.
    """
    compiled = tables_of(policy)
    if trust not in compiled:
        compiled[trust] = _table_of(policy, trust)
    table: Table = compiled[trust]
    return table


def _table_of(policy: Policy, trust: Grade) -> Table:
    if policy.areas is None or policy.pool is None or policy.caps is None:
        raise NotEstablishedError(f"the table of {policy.code}({policy.body}) for an expiry on {policy.expires_on} "
                                  f"is not established: {' '.join(policy.notes)}")
    demand = Demand(areas=tuple(figure.hundredths for figure in policy.areas), pool=policy.pool.hundredths,
                    caps=tuple(cap.hundredths for cap in policy.caps))
    cap_of = {cap.kind: index for index, cap in enumerate(policy.caps)}
    in_doubt = frozenset(cap.kind for cap in policy.caps if not cap.grade.satisfies(trust))
    return Table(policy=policy, areas=policy.areas, pool=policy.pool, demand=demand, cap_of=cap_of, in_doubt=in_doubt)


class Reading(NamedTuple):
    """A table, and what counts in one reading of what is uncertain.

    A part of an activity that its certificate gives to an area is a separate item.
    """

    table: Table
    brought: tuple[Brings, ...]
    items: tuple[Item, ...]
    proof: Proof

    @staticmethod
    def of(table: Table, brought: Iterable[Brings]) -> Reading:
        """Collect what counts in a reading, in the order of preference: by day, then by id."""
        chosen = tuple(sorted(brought, key=_preference))
        items = table.items(chosen)
        return Reading(table=table, brought=chosen, items=items, proof=prove(items, table.demand))

    @property
    def ids(self) -> list[str]:
        """The activity of each item."""
        return [entry.activity.id for entry in self.brought]

    @property
    def short(self) -> int:
        """The shortfall of the whole table, in hundredths, if activities may be divided."""
        return self.proof.total_short(self.table.demand)

    def place(self, steps: Steps) -> Placed:
        """Find the best placement."""
        return place(self.items, self.table.demand, self.proof, steps)

    def divided(self, steps: Steps) -> list[str]:
        """Name the activities that the best placement divides."""
        return self.divided_by(self.place(steps).vectors)

    def divided_at_most(self, free: Collection[str], steps: Steps) -> list[str] | None:
        """Name the activities divided by a best placement that may divide only some; None if there is none."""
        vectors = place_dividing(self.items, self.table.demand, self.proof, steps, self._indices(free))
        return None if vectors is None else self.divided_by(vectors)

    def can_divide_at_most(self, free: Collection[str], steps: Steps) -> bool:
        """Return whether some best placement divides only some of the activities; raises if the search is given up."""
        return can_place_dividing(self.items, self.table.demand, self.proof, steps, self._indices(free))

    def _indices(self, names: Collection[str]) -> set[int]:
        return {index for index, name in enumerate(self.ids) if name in names}

    def divided_by(self, vectors: Iterable[tuple[int, ...]]) -> list[str]:
        """Name the activities that a placement of the items divides."""
        return list(dict.fromkeys(name for name, vector in zip(self.ids, vectors, strict=True) if is_divided(vector)))

    def can_stay_whole(self, steps: Steps) -> bool:
        """Return whether the best placement can do without dividing an activity."""
        return can_stay_whole(self.items, self.table.demand, self.proof, steps)


def _preference(one: Brings) -> tuple[date, str]:
    """Order activities by day, then by id; an undated one, which counts only in the reading in favor, comes last."""
    return (one.activity.completed_on or date.max, one.activity.id)


def allocate(activities: Iterable[Activity], policy: Policy, *, cycle: Period) -> Allocation:
    """Place activities in a table as well as possible, with the proof of every shortfall.

    The placement is exact: first the most points in the mandatory areas, then in the pool; caps limit the points
    placed.  Among equal placements, no activity is divided between two mandatory areas if possible; then activities are
    served by date and id.  Their order in the argument does not matter.

    Args:
        activities: what the holder entered; points in the units of each activity.
        policy: an established table, from `PolicyBook.policy_for`.
        cycle: the days that count; to clip it at the day of decision, use `Period.until`.

    Raises:
        NotEstablishedError: the policy has no figures.
        InputError: two activities share an id, or an argument is of another class.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> pbt = book.policy_for("PBT", expires_on="2026-05-31")
    >>> cycle = cmprules.Period(start="2023-06-01", end="2026-05-31")
    >>> course = cmprules.Activity(id="a", title="Order of draw", kind="formal_ce", amount=3,
    ...                            completed_on="2025-02-01", areas=["phlebotomy"])
    >>> cmprules.allocate([course], pbt, cycle=cycle).shortfalls[0].areas
    ('safety', 'ethics')
    >>> cmprules.allocate([course, course], pbt, cycle=cycle)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.activities[1].id: REPEATED_ID: got 'a', expected an id of its own; $.activities[0] has it already
    """
    activities, faults = asked_to_place(activities, policy, cycle)
    if faults:
        raise InputError(faults)
    judged = judge(entries(activities, policy.rules), policy.rules, Cycle(period=cycle, counted=cycle))
    return allocation_of(*readings_of(table_of(policy), judged), judged, Steps())


def readings_of(table: Table, judged: Judged) -> tuple[Reading, Reading]:
    """Return both readings: against the holder, with what counts for certain, and in favor, with all that may count."""
    against = Reading.of(table, judged.against())
    if judged.certain:
        return against, against
    return against, Reading.of(table.lenient(), judged.in_favour())


def allocation_of(against: Reading, favour: Reading, judged: Judged, steps: Steps) -> Allocation:
    """Place what is accepted; `short_if_confirmed` is the shortfall with unconfirmed points included."""
    table, counted = against.table, judged.counted
    placed = against.place(steps)
    where = _added_up(against.ids, placed.vectors)
    return _allocation(
        total=_total(against, favour),
        areas=_area_results(table, placed),
        shortfalls=_shortfalls(against),
        placements=_placements(table, counted, where),
        activities=activity_results(counted, {name: sum(vector) for name, vector in where.items()}, table),
        divided=() if placed.whole else tuple(against.divided_by(placed.vectors)),
        search_limit=placed.search_limit,
    )


def _added_up(ids: Sequence[str], vectors: Sequence[tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Add up where the parts of each activity went."""
    where = dict(zip(ids, vectors, strict=True))
    if len(where) < len(ids):
        where = {}
        for name, vector in zip(ids, vectors, strict=True):
            where[name] = tuple(map(add, where[name], vector)) if name in where else vector
    return where


def _total(against: Reading, favour: Reading) -> Total:
    required, short = against.table.demand.total, against.short
    return _sum(required=from_hundredths(required), placed=from_hundredths(required - short),
                 short=from_hundredths(short), short_if_confirmed=from_hundredths(favour.short))


def _area_results(table: Table, placed: Placed) -> tuple[AreaResult, ...]:
    """Compare what each area needs with what was placed in it."""
    sums, row = map(sum, zip(*placed.vectors, strict=True)) if placed.vectors else repeat(0), table.policy.row.id
    return tuple([
        _area_result(area=name, required=figure.value, placed=from_hundredths(points),
                     short=from_hundredths(figure.hundredths - points), row=row, grade=figure.grade)
        for (name, figure), points in zip(table.figures, sums, strict=False)
    ])


def _shortfalls(reading: Reading) -> tuple[Shortfall, ...]:
    """Return the proofs: for the mandatory areas, and for the total if all points together are too few."""
    proof, demand, names = reading.proof, reading.table.demand, reading.table.names
    found = []
    if proof.short:
        needed = proof.available + proof.short
        found.append(_shortfall(_named(proof.mask, names), needed, proof.available, _closers(proof, names)))
    if proof.usable < demand.total:
        found.append(_shortfall(names, demand.total, proof.usable))
    return tuple(found)


def _shortfall(
    areas: tuple[str, ...], required: int, available: int, closers: tuple[Closer, ...] | None = None
) -> Shortfall:
    return _proven(areas=areas, required=from_hundredths(required), available=from_hundredths(available),
                   short=from_hundredths(required - available), closers=closers)


def _closers(proof: Proof, names: Sequence[str]) -> tuple[Closer, ...]:
    """Return the sets of areas that new points must satisfy."""
    return tuple([
        _closer(areas=_named(areas, names), points=from_hundredths(points))
        for areas, points in closing_sets(proof.shorts, proof.mask)
    ])


def _named(areas: int, names: Sequence[str]) -> tuple[str, ...]:
    """Name the areas of a set."""
    return tuple([names[bit] for bit in areas_of(areas)])


def _placements(
    table: Table, counted: Sequence[Counted], where: dict[str, tuple[int, ...]]
) -> tuple[PlacedPoints, ...]:
    """List placements by activity in the order of the record, then by area."""
    names, found = table.names, []
    for item in counted:
        activity = item.entry.activity.id
        for position, points in enumerate(where.get(activity, ())):
            if points:
                found.append(_placed_points(activity=activity, area=names[position], points=from_hundredths(points)))
    return tuple(found)


def activity_results(
    counted: Sequence[Counted], placed: dict[str, int], table: Table | None
) -> tuple[ActivityResult, ...]:
    """Return where every point of every activity ended; without a table, acceptable points are unconfirmed."""
    if table is None:
        return tuple([_elsewhere(item, "unconfirmed" if item.bucket == ACCEPTED else item.bucket) for item in counted])
    over = _over_caps(counted, placed, table)
    return tuple([_here(item, placed[item.entry.activity.id], over) if item.bucket == ACCEPTED
                  else _elsewhere(item, item.bucket) for item in counted])


def _here(one: Counted, placed: int, over: Mapping[str, int]) -> ActivityResult:
    """Return the points of an accepted activity by where they ended: placed, over a cap, or surplus."""
    activity = one.entry.activity
    entered = points_of(activity)
    over_cap = over.get(activity.id, 0)
    surplus = entered - placed - over_cap
    return _activity_result(
        id=activity.id, entered=from_hundredths(entered), placed=from_hundredths(placed),
        surplus=from_hundredths(surplus) if surplus else _NOTHING,
        over_cap=from_hundredths(over_cap) if over_cap else _NOTHING,
        outside_cycle=_NOTHING, not_acceptable=_NOTHING, duplicate=_NOTHING, unconfirmed=_NOTHING,
        amount=activity.amount, unit=activity.unit)


def _elsewhere(one: Counted, bucket: str) -> ActivityResult:
    """Return the points of an activity that is not accepted, all in one bucket."""
    activity = one.entry.activity
    entered = from_hundredths(points_of(activity))
    return _activity_result(id=activity.id, entered=entered, **{**_NOWHERE, bucket: entered},
                            amount=activity.amount, unit=activity.unit)


def _over_caps(counted: Sequence[Counted], placed: dict[str, int], table: Table) -> dict[str, int]:
    """Distribute the points over each cap: the latest activities with unplaced points lose theirs first."""
    bound = [item for item in counted if item.bucket == ACCEPTED and item.entry.activity.kind in table.cap_of]
    over = {}
    for kind, cap in table.cap_of.items() if bound else ():
        under_cap = sorted((item for item in bound if item.entry.activity.kind == kind),
                           key=lambda item: _preference(item.entry), reverse=True)
        left = sum(item.entry.points for item in under_cap) - table.demand.caps[cap]
        for item in under_cap:
            name = item.entry.activity.id
            over[name] = max(0, min(left, item.entry.points - placed[name]))
            left -= over[name]
    return over
