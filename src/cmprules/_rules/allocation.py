"""From activities and a table to an allocation: what may serve what, where it goes, where every point ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import repeat

import attrs

from cmprules._facts.records import Activity, Period, listed, points_of
from cmprules._kit.points import from_hundredths
from cmprules._kit.shapes import maker
from cmprules._policy.book import AreaFigure, Figure, Policy, tables_of
from cmprules._rules.counting import ACCEPTED, Counted, Cycle, entries, judge
from cmprules._rules.placing import NO_CAP, Demand, Item, Placed, Proof, Steps, can_stay_whole, is_divided, place, prove
from cmprules._rules.results import ActivityResult, Allocation, AreaResult, PlacedPoints, Shortfall, Total
from cmprules._words import vocabulary
from cmprules._words.enums import Grade
from cmprules.errors import InputError, NotEstablishedError

_NOTHING = from_hundredths(0)
_NOWHERE = dict.fromkeys(("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate",
                          "unconfirmed"), _NOTHING)
_activity_result, _area_result, _placed_points = maker(ActivityResult), maker(AreaResult), maker(PlacedPoints)
_allocation, _sum, _proven = maker(Allocation), maker(Total), maker(Shortfall)

__all__ = ["Reading", "Table", "activity_results", "allocate", "allocation_of", "readings_of", "table_of"]


@attrs.frozen(kw_only=True)
class Table:
    """An established policy in the finder's terms: bits for areas, hundredths for points."""

    policy: Policy
    areas: tuple[AreaFigure, ...]
    pool: Figure
    demand: Demand
    cap_of: dict[str, int]
    in_doubt: frozenset[str] = frozenset()

    def lenient(self) -> Table:
        """The same table without the caps that are weaker than the trust asked for: the reading for the holder."""
        caps = {kind: cap for kind, cap in self.cap_of.items() if kind not in self.in_doubt}
        return attrs.evolve(self, cap_of=caps) if self.in_doubt else self

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The areas of the table in their order, the pool last."""
        return (*(figure.area for figure in self.areas), vocabulary.POOL)

    @cached_property
    def figures(self) -> tuple[tuple[str, Figure], ...]:
        """What each area asks for, the pool last."""
        return tuple(zip(self.names, (*self.areas, self.pool), strict=True))

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """The bit of each area, by its name."""
        return {figure.area: 1 << bit for bit, figure in enumerate(self.areas)}

    @cached_property
    def pool_only(self) -> frozenset[str]:
        """The kinds whose points may fill the pool alone."""
        return frozenset(rule.kind for rule in self.policy.rules.kinds.values() if rule.pool_only)

    def item(self, counted: Counted) -> Item:
        """Say what an activity can bring to this table."""
        return self.items([counted])[0]

    def items(self, counted: Iterable[Counted]) -> tuple[Item, ...]:
        """Say what each of some activities can bring to this table."""
        bits, cap_of, pool_only = self.bits, self.cap_of, self.pool_only
        found = []
        for one in counted:
            activity, mask = one.entry.activity, 0
            if activity.kind not in pool_only:
                for area in one.entry.areas:
                    mask |= bits.get(area, 0)
            found.append(_item(points_of(activity), mask, cap_of.get(activity.kind, NO_CAP)))
        return tuple(found)


@lru_cache(maxsize=4096)
def _item(points: int, mask: int, cap: int) -> Item:
    """Make an item, or give the same again: activities that bring the same are one to the finder."""
    return Item(points=points, mask=mask, cap=cap)


def table_of(policy: Policy, trust: Grade = Grade.INFERRED) -> Table:
    """Put a policy in the finder's terms, for somebody who trusts down to a grade.

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


@attrs.frozen(kw_only=True)
class Reading:
    """A table together with the activities that count in one reading of what is uncertain."""

    table: Table
    counted: tuple[Counted, ...]
    items: tuple[Item, ...]
    proof: Proof

    @staticmethod
    def of(table: Table, counted: Iterable[Counted]) -> Reading:
        """Gather the activities of a reading, in the order of preference: by day, then by id."""
        chosen = tuple(sorted(counted, key=_preference))
        items = table.items(chosen)
        return _reading(table=table, counted=chosen, items=items, proof=prove(items, table.demand))

    @property
    def short(self) -> int:
        """The shortfall of the whole table, in hundredths, if activities may be divided."""
        return self.proof.total_short(self.table.demand)

    def place(self, steps: Steps) -> Placed:
        """Find the best placement."""
        return place(self.items, self.table.demand, self.proof, steps)

    def can_stay_whole(self, steps: Steps) -> bool:
        """Whether the best placement can do without dividing an activity."""
        return can_stay_whole(self.items, self.table.demand, self.proof, steps)


_reading = maker(Reading)


def _preference(counted: Counted) -> tuple[date, str]:
    """Order activities by day, then by id; an undated one, which only an unconfirmed reading counts, comes last."""
    activity = counted.entry.activity
    return (activity.completed_on or date.max, activity.id)


def allocate(activities: Iterable[Activity], policy: Policy, *, cycle: Period) -> Allocation:
    """Place activities in a table as well as can be, with the proof of every shortfall.

    Exact: first the most points in the mandatory areas, then in the pool, caps binding the points placed.  Among
    equals, no activity is divided between two mandatory areas if that can be; then activities are served by date
    and id.  The order in which they are given never matters.

    Args:
        activities: what the holder entered; points in the units of each activity.
        policy: an established table, from `PolicyBook.policy_for`.
        cycle: the days that count; clip it at the day of decision yourself, with `Period.until`.

    Raises:
        NotEstablishedError: the policy has no figures.
        InputError: two activities share an id.

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
    activities, faults = listed(activities, Activity, "$.activities")
    if faults:
        raise InputError(faults)
    counted = judge(entries(activities), policy.rules, Cycle(period=cycle, counted=cycle))
    return allocation_of(*readings_of(table_of(policy), counted), counted, Steps())


def readings_of(table: Table, counted: Sequence[Counted]) -> tuple[Reading, Reading]:
    """Read a table against the holder, with what counts for certain, and in favour, with all that might."""
    against = Reading.of(table, (one for one in counted if one.bucket == ACCEPTED))
    if all(one.bucket == ACCEPTED or not one.if_confirmed for one in counted):
        return against, against
    return against, Reading.of(table.lenient(), (one for one in counted if one.if_confirmed))


def allocation_of(against: Reading, favour: Reading, counted: Sequence[Counted], steps: Steps) -> Allocation:
    """Place what is accepted; `short_if_confirmed` is the shortfall with what is unconfirmed added."""
    table = against.table
    placed = against.place(steps)
    where = dict(zip([one.entry.activity.id for one in against.counted], placed.vectors, strict=True))
    return _allocation(
        total=_total(against, favour),
        areas=_area_results(table, placed),
        shortfalls=_shortfalls(against),
        placements=_placements(table, counted, where),
        activities=activity_results(counted, {name: sum(vector) for name, vector in where.items()}, table),
        divided=() if placed.whole else tuple(name for name, vector in where.items() if is_divided(vector)),
        search_limit=placed.search_limit,
    )


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
    """Write down the proofs: for the mandatory areas, and for the total if all points together are too few."""
    proof, demand, names = reading.proof, reading.table.demand, reading.table.names
    found = []
    if proof.short:
        areas = tuple(name for bit, name in enumerate(names[:-1]) if proof.mask >> bit & 1)
        found.append(_shortfall(areas, proof.available + proof.short, proof.available))
    if proof.usable < demand.total:
        found.append(_shortfall(names, demand.total, proof.usable))
    return tuple(found)


def _shortfall(areas: tuple[str, ...], required: int, available: int) -> Shortfall:
    return _proven(areas=areas, required=from_hundredths(required), available=from_hundredths(available),
                     short=from_hundredths(required - available))


def _placements(
    table: Table, counted: Sequence[Counted], where: dict[str, tuple[int, ...]]
) -> tuple[PlacedPoints, ...]:
    """List placements by activity in the order of the record, then by area."""
    names, found = table.names, []
    for one in counted:
        activity = one.entry.activity.id
        for position, points in enumerate(where.get(activity, ())):
            if points:
                found.append(_placed_points(activity=activity, area=names[position], points=from_hundredths(points)))
    return tuple(found)


def activity_results(
    counted: Sequence[Counted], placed: dict[str, int], table: Table | None
) -> tuple[ActivityResult, ...]:
    """Say where every point of every activity ended; without a table, what is acceptable is unconfirmed."""
    if table is None:
        return tuple([_elsewhere(one, "unconfirmed" if one.bucket == ACCEPTED else one.bucket) for one in counted])
    over, found = _over_caps(counted, placed, table), []
    for one in counted:
        activity = one.entry.activity
        found.append(_here(activity, placed[activity.id], over) if one.bucket == ACCEPTED
                     else _elsewhere(one, one.bucket))
    return tuple(found)


def _here(activity: Activity, placed: int, over: Mapping[str, int]) -> ActivityResult:
    """Tell the points of an accepted activity apart: placed, over a cap, surplus."""
    entered = points_of(activity)
    over_cap = over.get(activity.id, 0)
    surplus = entered - placed - over_cap
    return _activity_result(
        id=activity.id, entered=from_hundredths(entered), placed=from_hundredths(placed),
        surplus=from_hundredths(surplus) if surplus else _NOTHING,
        over_cap=from_hundredths(over_cap) if over_cap else _NOTHING,
        outside_cycle=_NOTHING, not_acceptable=_NOTHING, duplicate=_NOTHING, unconfirmed=_NOTHING)


def _elsewhere(one: Counted, bucket: str) -> ActivityResult:
    """Put all points of an activity where they ended, for one that is not accepted."""
    entered = from_hundredths(points_of(one.entry.activity))
    return _activity_result(id=one.entry.activity.id, entered=entered, **{**_NOWHERE, bucket: entered})


def _over_caps(counted: Sequence[Counted], placed: dict[str, int], table: Table) -> dict[str, int]:
    """Share out what lies over each cap: the latest activities with points not placed bear it."""
    bound = [one for one in counted if one.bucket == ACCEPTED and one.entry.activity.kind in table.cap_of]
    over = {}
    for kind, cap in table.cap_of.items() if bound else ():
        under_cap = sorted((one for one in bound if one.entry.activity.kind == kind), key=_preference, reverse=True)
        left = sum(one.entry.points for one in under_cap) - table.demand.caps[cap]
        for one in under_cap:
            name = one.entry.activity.id
            over[name] = max(0, min(left, one.entry.points - placed[name]))
            left -= over[name]
    return over
