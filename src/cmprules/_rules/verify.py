"""The verifier: is a placement lawful, and is a shortfall real?  It shares nothing with the finder.

It adds up everything again.  If an allocation says that points are missing, it adds up, for every set of areas, what
they need and what may serve any of them: no placement leaves less short than the largest difference, and a placement
that leaves no more is optimal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import attrs

from cmprules._facts.records import Activity, Period, Placement, points_of
from cmprules._kit.points import exact_hundredths, from_hundredths
from cmprules._kit.shapes import members_of
from cmprules._policy.book import Figure, Policy
from cmprules._rules.counting import Cycle
from cmprules._rules.entries import asked_to_place, entries
from cmprules._rules.judging import judge_each
from cmprules._rules.lots import Lot, Verified, verified
from cmprules._rules.results import ActivityResult, Allocation, PlacedPoints
from cmprules._rules.verdicts import ACCEPTED, Judged
from cmprules._words import vocabulary
from cmprules.errors import Fault, InputError, NotEstablishedError

_Placed = PlacedPoints | Placement


def verify_allocation(
    alloc: Allocation | Iterable[_Placed], activities: Iterable[Activity], policy: Policy, *, cycle: Period
) -> tuple[Fault, ...]:
    """Check a placement from any source.

    Args:
        alloc: an allocation (then its sums, buckets and proofs are checked too), or only placements, such as the
            holder's own.
        activities: the activities that it places.
        policy: the table.
        cycle: the days that count.

    Returns:
        The problems, each with a code; empty if it is lawful.

    Raises:
        NotEstablishedError: the policy has no figures to check against.
        InputError: two activities share an id, or an argument is of another class.

    >>> import cmprules
    >>> pbt = cmprules.load_book(edition="2026.1").policy_for("PBT", expires_on="2026-05-31")
    >>> cycle = cmprules.Period(start="2023-06-01", end="2026-05-31")
    >>> course = cmprules.Activity(id="a", title="Order of draw", kind="formal_ce", amount=3,
    ...                            completed_on="2025-02-01", areas=["phlebotomy"])
    >>> best = cmprules.allocate([course], pbt, cycle=cycle)
    >>> cmprules.verify_allocation(best, [course], pbt, cycle=cycle)
    ()
    >>> own = [cmprules.Placement(credential="p", activity="a", area="safety", points=1)]
    >>> print(cmprules.verify_allocation(own, [course], pbt, cycle=cycle)[0].code)
    AREA_NOT_SERVED
    """
    given, faults = asked_to_place(activities, policy, cycle)
    placed = _placements_of(alloc, faults)
    if faults:
        raise InputError(faults)
    each = judge_each(entries(given, policy.rules), policy.rules, Cycle(period=cycle, counted=cycle))
    terms = _Terms.of(policy, verified(each, policy.rules))
    problems = tuple(fault for _, fault in _problems(placed, terms))
    if not isinstance(alloc, Allocation):
        return problems
    return (*problems, *_check_sums(alloc, terms), *_check_buckets(alloc, terms), *_check_proofs(alloc, terms))


def _placements_of(alloc: Any, faults: list[Fault]) -> tuple[_Placed, ...]:
    """Take the placements of an allocation, or those that were given; note what is neither."""
    if isinstance(alloc, Allocation):
        return alloc.placements
    placed = members_of(alloc)
    faults.extend(_fault("$.alloc", "WRONG_TYPE", given, "an Allocation, or a list of placements")
                  for given in placed if not isinstance(given, PlacedPoints | Placement))
    return placed


def placement_problems(
    placed: Sequence[_Placed], judged: Judged, policy: Policy
) -> Iterator[tuple[str, Fault]]:
    """List the problems of a holder's own placement, each with its subject; open claims are allowed.

    A point is wrongly placed only if it is wrong in the reading in favor too.  Placements on entries that are settled
    as one activity count together.
    """
    as_one = {} if judged.groups is None else judged.groups.one_in_favour()
    ids = [item.entry.activity.id for item in judged.counted]
    stands_for = {ids[place]: ids[shown] for place, shown in as_one.items()}
    claims = tuple(
        Verified(activity=item.entry.activity, bucket=item.bucket, against=(), favour=tuple(
            Lot(activity=item.entry.activity, points=part.points, areas=frozenset(part.areas), capped=part.capped,
                certified=part.certified)
            for part in item.may_bring))
        for item in judged.counted)
    moved = [attrs.evolve(placement, activity=stands_for[placement.activity])
             if placement.activity in stands_for else placement for placement in placed]
    terms = _Terms.of(policy, claims, claims=True)
    yield from _misplaced(moved, terms, [placement.activity for placement in placed])
    for subject, fault in _excessive(moved, terms):
        exceeded = fault.code == "ACTIVITY_EXCEEDED"
        about = [placement.activity for placement, other in zip(placed, moved, strict=True)
                 if exceeded and other.activity == subject]
        yield from ((name, fault) for name in dict.fromkeys(about or [subject]))


class _Terms(NamedTuple):
    """The basis for judging a placement: the figures of the table, and what may be placed.

    Attributes:
        lots: what may be placed, by activity.
        favour: what may be placed if everything is confirmed.
    """

    policy: Policy
    figures: dict[str, Figure]
    caps: dict[str, int]
    activities: tuple[Verified, ...]
    lots: dict[str, tuple[Lot, ...]]

    @classmethod
    def of(cls, policy: Policy, activities: Sequence[Verified], *, claims: bool = False) -> _Terms:
        """Collect the terms; `claims` accepts unconfirmed activities as the holder's claim."""
        if policy.areas is None or policy.pool is None or policy.caps is None:
            raise NotEstablishedError(f"the table of {policy.code}({policy.body}) is not established")
        figures: dict[str, Figure] = {figure.area: figure for figure in policy.areas}
        lots = {term.activity.id: term.favour if claims else term.against for term in activities}
        return cls(policy=policy, figures={**figures, vocabulary.POOL: policy.pool},
                   lots={name: brought for name, brought in lots.items() if brought},
                   caps={cap.kind: cap.hundredths for cap in policy.caps}, activities=tuple(activities))

    @property
    def accepted(self) -> list[Lot]:
        """Everything that may be placed."""
        return [lot for lots in self.lots.values() for lot in lots]

    @property
    def points(self) -> dict[str, int]:
        """The points of each activity that may be placed."""
        return {name: sum(lot.points for lot in lots) for name, lots in self.lots.items()}

    @property
    def total(self) -> int:
        """The need of the table, in hundredths."""
        return sum(figure.hundredths for figure in self.figures.values())

    def may_serve(self, lot: Lot, area: str) -> bool:
        """Return whether points may serve an area of the table."""
        pool_only = lot.capped and self.policy.rules.kinds[lot.activity.kind].pool_only
        return area == vocabulary.POOL or (area in lot.areas and not pool_only)

    def cap(self, lot: Lot) -> str | None:
        """Name the cap that applies to points, by its kind."""
        return lot.activity.kind if lot.capped and lot.activity.kind in self.caps else None

    def missing(self, areas: Iterable[str], within: Iterable[Lot]) -> tuple[int, int]:
        """Add up what some areas need together, and what may serve any of them, after caps."""
        names = set(areas)
        by_cap: Counter[str | None] = Counter()
        for lot in within:
            if any(self.may_serve(lot, area) for area in names):
                by_cap[self.cap(lot)] += lot.points
        available = sum(points if kind is None else min(points, self.caps[kind]) for kind, points in by_cap.items())
        return sum(self.figures[area].hundredths for area in names), available

    def largest_gap(self, within: Sequence[Lot]) -> int:
        """Find the largest difference over every set of areas: what no placement can avoid."""
        mandatory = [area for area in self.figures if area != vocabulary.POOL]
        sets = [subset for size in range(len(mandatory) + 1) for subset in combinations(mandatory, size)]
        gaps = [needed - available for needed, available in
                (self.missing(subset, within) for subset in (*sets, tuple(self.figures)))]
        return max(gaps)

    def smaller_proof(self, areas: Sequence[str], within: Sequence[Lot]) -> bool:
        """Return whether a part of some areas already proves as much as all of them."""
        needed, available = self.missing(areas, within)
        parts = (part for size in range(len(areas)) for part in combinations(areas, size))
        return any(part_needs - part_has >= needed - available
                   for part_needs, part_has in (self.missing(part, within) for part in parts))

    def undivided(self, name: str, placed: Counter[str]) -> Counter[str]:
        """Subtract the certified points from an activity's points in each mandatory area."""
        left = Counter({area: points for area, points in placed.items() if area != vocabulary.POOL})
        for lot in self.lots.get(name, ()):
            if lot.certified:
                left.subtract(dict.fromkeys(lot.areas, lot.points))
        return +left


def _problems(placed: Sequence[_Placed], terms: _Terms) -> Iterator[tuple[str, Fault]]:
    """List every wrongly placed point, each with its subject."""
    yield from _misplaced(placed, terms, [placement.activity for placement in placed])
    yield from _excessive(placed, terms)


def _misplaced(placed: Sequence[_Placed], terms: _Terms, names: Sequence[str]) -> Iterator[tuple[str, Fault]]:
    """List every placement that is wrong by itself, by the name under which each stands."""
    for index, (placement, name) in enumerate(zip(placed, names, strict=True)):
        path = f"$.placements[{index}]"
        if not exact_hundredths(placement.points):
            yield name, _fault(f"{path}.points", "TOO_FINE", placement.points, "hundredths of a point, above zero")
        if placement.activity not in terms.lots:
            yield name, _fault(f"{path}.activity", "NOT_ACCEPTED", name, "an activity that counts")
        elif placement.area not in terms.figures or not any(terms.may_serve(lot, placement.area)
                                                            for lot in terms.lots[placement.activity]):
            yield name, _fault(f"{path}.area", "AREA_NOT_SERVED", placement.area, f"an area that {name} may serve")


def _excessive(placed: Sequence[_Placed], terms: _Terms) -> Iterator[tuple[str, Fault]]:
    """List everything of which more was placed than there is."""
    yield from _excesses(placed, terms)
    yield from _beyond_certificates(placed, terms)


def _excesses(placed: Sequence[_Placed], terms: _Terms) -> Iterator[tuple[str, Fault]]:
    """List every activity, area and cap with more points placed than allowed."""
    kinds = {name: terms.cap(lots[0]) for name, lots in terms.lots.items()}
    limits = (
        ("ACTIVITY_EXCEEDED", _added(placed, lambda placement: placement.activity), terms.points),
        ("NEED_EXCEEDED", _added(placed, lambda placement: placement.area),
         {name: figure.hundredths for name, figure in terms.figures.items()}),
        ("CAP_EXCEEDED", _added(placed, lambda placement: kinds.get(placement.activity) or ""), terms.caps),
    )
    for code, sums, most in limits:
        for name, points in sums.items():
            if name in most and points > most[name]:
                yield name, _fault(f"$.placements of {name}", code, from_hundredths(points),
                                   f"at most {from_hundredths(most[name])}")


def _beyond_certificates(placed: Sequence[_Placed], terms: _Terms) -> Iterator[tuple[str, Fault]]:
    """List every activity with more points in an area than its certificate and the rest of it can bring there."""
    for name, lots in terms.lots.items():
        if any(lot.certified for lot in lots):
            by_area = _added((placement for placement in placed if placement.activity == name),
                             lambda placement: placement.area)
            beyond = terms.undivided(name, by_area)
            rest = [lot for lot in lots if not lot.certified]
            most = sum(lot.points for lot in rest)
            unserved = any(not terms.may_serve(lot, area) for area in beyond for lot in rest)
            if unserved or sum(beyond.values()) > most:
                over = from_hundredths(sum(beyond.values()))
                yield name, _fault(f"$.placements of {name}", "ACTIVITY_EXCEEDED", over,
                                   f"at most {from_hundredths(0 if unserved else most)} beyond what is certified")


def _added(placed: Iterable[_Placed], key: Callable[[_Placed], str]) -> Counter[str]:
    """Add up placements by activity, area or kind."""
    sums: Counter[str] = Counter()
    for placement in placed:
        sums[key(placement)] += exact_hundredths(placement.points) or 0
    return sums


def _check_sums(alloc: Allocation, terms: _Terms) -> Iterator[Fault]:
    """Add up the areas and the total from the placements again, and compare their requirements with the table."""
    by_area = _added(alloc.placements, lambda placement: placement.area)
    if [area.area for area in alloc.areas] != list(terms.figures):
        yield _fault("$.areas", "SUM_WRONG", [area.area for area in alloc.areas], "the areas of the table, in order")
        return
    for area in alloc.areas:
        path, figure = f"$.areas.{area.area}", terms.figures[area.area]
        yield from _compare(f"{path}.required", area.required, figure.hundredths)
        yield from _compare(f"{path}.placed", area.placed, by_area[area.area])
        yield from _compare(f"{path}.short", area.short, figure.hundredths - by_area[area.area])
        if (area.row, area.grade) != (terms.policy.row.id, figure.grade):
            yield _fault(f"{path}.row", "SUM_WRONG", (area.row, str(area.grade)), "the row and grade of the table")
    placed = sum(by_area.values())
    favour = [lot for term in terms.activities for lot in term.favour]
    yield from _compare("$.total.required", alloc.total.required, terms.total)
    yield from _compare("$.total.placed", alloc.total.placed, placed)
    yield from _compare("$.total.short", alloc.total.short, terms.total - placed)
    yield from _compare("$.total.short_if_confirmed", alloc.total.short_if_confirmed, terms.largest_gap(favour))


def _check_buckets(alloc: Allocation, terms: _Terms) -> Iterator[Fault]:
    """Check that every point is where its verdict puts it, and that the latest activities bear what is over a cap."""
    if [result.id for result in alloc.activities] != [term.activity.id for term in terms.activities]:
        yield _fault("$.activities", "SUM_WRONG", [result.id for result in alloc.activities],
                     "every activity once, in the order given")
        return
    placed = _added(alloc.placements, lambda placement: placement.activity)
    over = _over_caps(terms, placed)
    for result, term in zip(alloc.activities, terms.activities, strict=True):
        expected, entered = dict.fromkeys(_BUCKETS, 0), points_of(term.activity)
        if term.bucket == ACCEPTED:
            expected |= {"placed": placed[result.id], "over_cap": over[result.id],
                         "surplus": entered - placed[result.id] - over[result.id]}
        else:
            expected[term.bucket] = entered
        yield from _compare_parts(result, {"entered": entered, **expected})
        yield from _as_entered(result, term.activity)
    if set(alloc.divided) != set(_divided(alloc.placements, terms)):
        yield _fault("$.divided", "SUM_WRONG", alloc.divided, "the activities placed in two mandatory areas")


def _as_entered(result: ActivityResult, activity: Activity) -> Iterator[Fault]:
    """Check that the amount and the unit are those of the activity; older documents do not have them."""
    if result.amount is not None and (result.amount, result.unit) != (activity.amount, activity.unit):
        yield _fault(f"$.activities.{result.id}.amount", "SUM_WRONG", (str(result.amount), str(result.unit)),
                     f"the amount and unit as entered, {activity.amount} {activity.unit}")


def _divided(placed: Sequence[_Placed], terms: _Terms) -> Iterator[str]:
    """Name the activities with points in several mandatory areas, beyond what is certified for each."""
    for name in dict.fromkeys(placement.activity for placement in placed):
        by_area = _added((placement for placement in placed if placement.activity == name),
                         lambda placement: placement.area)
        if len(terms.undivided(name, by_area)) > 1:
            yield name


_BUCKETS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")


def _compare_parts(result: ActivityResult, expected: dict[str, int]) -> Iterator[Fault]:
    for part, hundredths in expected.items():
        yield from _compare(f"$.activities.{result.id}.{part}", getattr(result, part), hundredths)


def _over_caps(terms: _Terms, placed: Counter[str]) -> Counter[str]:
    """Distribute the points over each cap, from the latest activity backwards, to those with unplaced points."""
    over: Counter[str] = Counter()
    for kind, most in terms.caps.items():
        own = [term.activity for term in terms.activities if term.against and term.activity.kind == kind]
        left = sum(points_of(activity) for activity in own) - most
        for activity in sorted(own, key=lambda activity: (str(activity.completed_on), activity.id), reverse=True):
            borne = max(0, min(left, points_of(activity) - placed[activity.id]))
            over[activity.id] = borne
            left -= borne
    return over


def _compare(path: str, shown: object, hundredths: int) -> Iterator[Fault]:
    """Note a figure that differs from the sum; a negative figure is always wrong."""
    if hundredths < 0:
        yield _fault(path, "SUM_WRONG", shown, "more was placed than there is")
    elif shown != from_hundredths(hundredths):
        yield _fault(path, "SUM_WRONG", shown, str(from_hundredths(hundredths)))


def _check_proofs(alloc: Allocation, terms: _Terms) -> Iterator[Fault]:
    """Add up every proof again, and check that exactly the proven shortfall is missing."""
    accepted = terms.accepted
    proven = {"mandatory": 0, "total": 0}
    for index, proof in enumerate(alloc.shortfalls):
        which = "total" if vocabulary.POOL in proof.areas else "mandatory"
        if not set(proof.areas) <= set(terms.figures) or proven[which]:
            yield _fault(f"$.shortfalls[{index}]", "PROOF_WRONG", proof.areas, "areas of the table, each proof once")
            continue
        needed, available = terms.missing(proof.areas, accepted)
        sums = tuple(map(exact_hundredths, (proof.required, proof.available, proof.short)))
        if sums != (needed, available, needed - available) or needed <= available:
            yield _fault(f"$.shortfalls[{index}]", "PROOF_WRONG", proof.short,
                         f"{from_hundredths(needed)} less {from_hundredths(available)}")
        elif which == "mandatory" and terms.smaller_proof(proof.areas, accepted):
            yield _fault(f"$.shortfalls[{index}]", "PROOF_WRONG", proof.areas, "the smallest set that proves as much")
        proven[which] = needed - available
    mandatory = sum(exact_hundredths(area.short) or 0 for area in alloc.areas if area.area != vocabulary.POOL)
    short = exact_hundredths(alloc.total.short)
    if (mandatory, short) != (proven["mandatory"], max(proven.values())) or short != terms.largest_gap(accepted):
        yield _fault("$.shortfalls", "PROOF_WRONG", alloc.total.short, "exactly what is proven to be missing")


def _fault(path: str, code: str, value: object, expected: str) -> Fault:
    return Fault(path=path, code=code, value=value, expected=expected, hint="place it again, or use `allocate`")
