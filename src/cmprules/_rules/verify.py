"""The verifier: is a placement lawful, and is a shortfall real?  It shares nothing with the finder.

It re-adds what it is shown.  Where an allocation says that points are missing, it adds up, for every set of areas, what
they need and what may serve any of them: no placement leaves less short than the largest difference, and one that
leaves no more is the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import attrs

from cmprules._facts.records import Activity, Period, Placement, listed
from cmprules._kit.points import exact_hundredths, from_hundredths
from cmprules._policy.book import Figure, Policy
from cmprules._rules.counting import ACCEPTED, Counted, Cycle, entries, judge
from cmprules._rules.results import ActivityResult, Allocation, PlacedPoints
from cmprules._words import vocabulary
from cmprules.errors import Fault, InputError, NotEstablishedError

__all__ = ["placement_problems", "verify_allocation"]

_Placed = PlacedPoints | Placement


def verify_allocation(
    alloc: Allocation | Iterable[_Placed], activities: Iterable[Activity], policy: Policy, *, cycle: Period
) -> tuple[Fault, ...]:
    """Check a placement, whoever made it.

    Args:
        alloc: an allocation (then its sums, its buckets and its proofs are checked too), or placements alone, such
            as the holder's own.
        activities: the activities that it places.
        policy: the table.
        cycle: the days that count.

    Returns:
        What is wrong, each with a code; nothing if it is lawful.

    Raises:
        NotEstablishedError: the policy has no figures to check against.
        InputError: two activities share an id.

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
    given, faults = listed(activities, Activity, "$.activities")
    if faults:
        raise InputError(faults)
    counted = judge(entries(given), policy.rules, Cycle(period=cycle, counted=cycle))
    terms = _Terms.of(policy, counted)
    if not isinstance(alloc, Allocation):
        return tuple(fault for _, fault in _problems(tuple(alloc), terms))
    return (*(fault for _, fault in _problems(alloc.placements, terms)), *_check_sums(alloc, terms),
            *_check_buckets(alloc, terms), *_check_proofs(alloc, terms))


def placement_problems(
    placed: Sequence[_Placed], counted: Sequence[Counted], policy: Policy
) -> Iterator[tuple[str, Fault]]:
    """List what is wrong with a holder's own placement, each with whom it is about; open claims pass."""
    return _problems(placed, _Terms.of(policy, counted, claims=True))


@attrs.frozen(kw_only=True)
class _Terms:
    """What a placement is judged by: the figures of the table, and what may be placed."""

    policy: Policy
    figures: dict[str, Figure]
    caps: dict[str, int]
    counted: tuple[Counted, ...]
    usable: dict[str, Counted]

    @classmethod
    def of(cls, policy: Policy, counted: Sequence[Counted], *, claims: bool = False) -> _Terms:
        """Gather them; `claims` lets unconfirmed activities pass as the holder's claim."""
        if policy.areas is None or policy.pool is None or policy.caps is None:
            raise NotEstablishedError(f"the table of {policy.code}({policy.body}) is not established")
        figures: dict[str, Figure] = {figure.area: figure for figure in policy.areas}
        usable = {one.entry.activity.id: one for one in counted
                  if one.bucket == ACCEPTED or (claims and one.if_confirmed)}
        return cls(policy=policy, figures={**figures, vocabulary.POOL: policy.pool}, usable=usable,
                   caps={cap.kind: cap.hundredths for cap in policy.caps}, counted=tuple(counted))

    @property
    def total(self) -> int:
        """What the table needs, in hundredths."""
        return sum(figure.hundredths for figure in self.figures.values())

    def may_serve(self, one: Counted, area: str) -> bool:
        """Whether an activity may serve an area of the table."""
        pool_only = self.policy.rules.kinds[one.entry.activity.kind].pool_only
        return area == vocabulary.POOL or (area in one.entry.areas and not pool_only)

    def missing(self, areas: Iterable[str], within: Iterable[Counted]) -> tuple[int, int]:
        """Add up what some areas need together, and what may serve any of them, after caps."""
        names = set(areas)
        by_kind: Counter[str] = Counter()
        for one in within:
            if any(self.may_serve(one, area) for area in names):
                by_kind[one.entry.activity.kind] += one.entry.points
        available = sum(min(points, self.caps.get(kind, points)) for kind, points in by_kind.items())
        return sum(self.figures[area].hundredths for area in names), available

    def largest_gap(self, within: Sequence[Counted]) -> int:
        """Find the largest difference over every set of areas: what no placement can avoid."""
        mandatory = [area for area in self.figures if area != vocabulary.POOL]
        sets = [subset for size in range(len(mandatory) + 1) for subset in combinations(mandatory, size)]
        gaps = [needed - available for needed, available in
                (self.missing(subset, within) for subset in (*sets, tuple(self.figures)))]
        return max(gaps)


    def smaller_proof(self, areas: Sequence[str], within: Sequence[Counted]) -> bool:
        """Whether a part of some areas already proves as much as all of them."""
        needed, available = self.missing(areas, within)
        parts = (part for size in range(len(areas)) for part in combinations(areas, size))
        return any(part_needs - part_has >= needed - available
                   for part_needs, part_has in (self.missing(part, within) for part in parts))


def _problems(placed: Sequence[_Placed], terms: _Terms) -> Iterator[tuple[str, Fault]]:
    """List every point that may not lie where it was put, each with whom it is about."""
    for index, one in enumerate(placed):
        path = f"$.placements[{index}]"
        if not exact_hundredths(one.points):
            yield one.activity, _fault(f"{path}.points", "TOO_FINE", one.points, "hundredths of a point, above zero")
        if one.activity not in terms.usable:
            yield one.activity, _fault(f"{path}.activity", "NOT_ACCEPTED", one.activity, "an activity that counts")
        elif one.area not in terms.figures or not terms.may_serve(terms.usable[one.activity], one.area):
            yield one.activity, _fault(f"{path}.area", "AREA_NOT_SERVED", one.area,
                                       f"an area that {one.activity} may serve")
    yield from _excesses(placed, terms)


def _excesses(placed: Sequence[_Placed], terms: _Terms) -> Iterator[tuple[str, Fault]]:
    """List every activity, area and cap of which more was placed than there is."""
    kinds = {name: one.entry.activity.kind for name, one in terms.usable.items()}
    limits = (
        ("ACTIVITY_EXCEEDED", _added(placed, lambda one: one.activity),
         {name: one.entry.points for name, one in terms.usable.items()}),
        ("NEED_EXCEEDED", _added(placed, lambda one: one.area),
         {name: figure.hundredths for name, figure in terms.figures.items()}),
        ("CAP_EXCEEDED", _added(placed, lambda one: kinds.get(one.activity, "")), terms.caps),
    )
    for code, sums, most in limits:
        for name, points in sums.items():
            if name in most and points > most[name]:
                yield name, _fault(f"$.placements of {name}", code, from_hundredths(points),
                                   f"at most {from_hundredths(most[name])}")


def _added(placed: Iterable[_Placed], key: Callable[[_Placed], str]) -> Counter[str]:
    """Add up placements by activity, area or kind."""
    sums: Counter[str] = Counter()
    for one in placed:
        sums[key(one)] += exact_hundredths(one.points) or 0
    return sums


def _check_sums(alloc: Allocation, terms: _Terms) -> Iterator[Fault]:
    """Re-add the areas and the total from the placements, and compare what they require with the table."""
    by_area = _added(alloc.placements, lambda one: one.area)
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
    favour = [one for one in terms.counted if one.if_confirmed]
    yield from _compare("$.total.required", alloc.total.required, terms.total)
    yield from _compare("$.total.placed", alloc.total.placed, placed)
    yield from _compare("$.total.short", alloc.total.short, terms.total - placed)
    yield from _compare("$.total.short_if_confirmed", alloc.total.short_if_confirmed, terms.largest_gap(favour))


def _check_buckets(alloc: Allocation, terms: _Terms) -> Iterator[Fault]:
    """See that every point of every activity is where its verdict puts it, and what lies over a cap is borne last."""
    if [result.id for result in alloc.activities] != [one.entry.activity.id for one in terms.counted]:
        yield _fault("$.activities", "SUM_WRONG", [result.id for result in alloc.activities],
                     "every activity once, in the order given")
        return
    placed = _added(alloc.placements, lambda one: one.activity)
    over = _over_caps(terms, placed)
    for result, one in zip(alloc.activities, terms.counted, strict=True):
        expected = dict.fromkeys(_BUCKETS, 0)
        if one.bucket == ACCEPTED:
            expected |= {"placed": placed[result.id], "over_cap": over[result.id],
                         "surplus": one.entry.points - placed[result.id] - over[result.id]}
        else:
            expected[one.bucket] = one.entry.points
        yield from _compare_parts(result, {"entered": one.entry.points, **expected})
    areas = {area for area in terms.figures if area != vocabulary.POOL}
    several = Counter(one.activity for one in alloc.placements if one.area in areas)
    if set(alloc.divided) != {name for name, times in several.items() if times > 1}:
        yield _fault("$.divided", "SUM_WRONG", alloc.divided, "the activities placed in two mandatory areas")


_BUCKETS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")


def _compare_parts(result: ActivityResult, expected: dict[str, int]) -> Iterator[Fault]:
    for part, hundredths in expected.items():
        yield from _compare(f"$.activities.{result.id}.{part}", getattr(result, part), hundredths)


def _over_caps(terms: _Terms, placed: Counter[str]) -> Counter[str]:
    """Share out what lies over each cap: from the latest activity back, to those with points not placed."""
    over: Counter[str] = Counter()
    for kind, most in terms.caps.items():
        own = [one for one in terms.usable.values() if one.entry.activity.kind == kind]
        left = sum(one.entry.points for one in own) - most
        for one in sorted(own, key=lambda one: (str(one.entry.activity.completed_on), one.entry.activity.id))[::-1]:
            borne = max(0, min(left, one.entry.points - placed[one.entry.activity.id]))
            over[one.entry.activity.id] = borne
            left -= borne
    return over


def _compare(path: str, shown: object, hundredths: int) -> Iterator[Fault]:
    """Note a figure that differs from what was added up; less than nothing is wrong whatever is shown."""
    if hundredths < 0:
        yield _fault(path, "SUM_WRONG", shown, "more than there is was placed")
    elif shown != from_hundredths(hundredths):
        yield _fault(path, "SUM_WRONG", shown, str(from_hundredths(hundredths)))


def _check_proofs(alloc: Allocation, terms: _Terms) -> Iterator[Fault]:
    """Re-add every proof, and see that just what is proven to be missing is missing."""
    accepted = list(terms.usable.values())
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
        yield _fault("$.shortfalls", "PROOF_WRONG", alloc.total.short, "just what is proven to be missing")


def _fault(path: str, code: str, value: object, expected: str) -> Fault:
    return Fault(path=path, code=code, value=value, expected=expected, hint="place it anew, or let `allocate` do it")
