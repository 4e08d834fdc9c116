"""The verifier: is a placement lawful, and is a shortfall real?  It shares nothing with the finder.

It re-adds what it is shown.  Where an allocation says that points are missing, it checks the proof: the needs of a
set of areas less all that may serve any of them.  A placement that leaves no more short than a valid proof says
cannot be bettered, so that the two together show it to be the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from cmprules import _vocabulary as vocabulary
from cmprules._counting import ACCEPTED, Counted, Cycle, entries, judge
from cmprules._facts import Activity, Period, Placement
from cmprules._points import decimal_text, from_hundredths, to_hundredths
from cmprules._policy import Policy
from cmprules._results import Allocation, PlacedPoints
from cmprules.errors import Fault, NotEstablishedError

__all__ = ["check_placements", "placement_problems", "verify_allocation"]

_Placed = PlacedPoints | Placement


def verify_allocation(
    alloc: Allocation | Iterable[_Placed], activities: Iterable[Activity], policy: Policy, *, cycle: Period
) -> tuple[Fault, ...]:
    """Check a placement, whoever made it.

    Args:
        alloc: an allocation (then its sums and proofs are checked too), or placements alone, such as the
            holder's own.
        activities: the activities that it places.
        policy: the table.
        cycle: the days that count.

    Returns:
        What is wrong, each with a code; nothing if it is lawful.

    Raises:
        NotEstablishedError: the policy has no figures to check against.

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
    counted = judge(entries(tuple(activities)), policy.rules, Cycle(period=cycle, counted=cycle))
    if not isinstance(alloc, Allocation):
        return check_placements(tuple(alloc), counted, policy)
    return (*check_placements(alloc.placements, counted, policy), *_check_sums(alloc),
            *_check_proofs(alloc, counted, policy))


def check_placements(placed: Sequence[_Placed], counted: Sequence[Counted], policy: Policy) -> tuple[Fault, ...]:
    """Check that every placed point may lie where it was put."""
    return tuple(fault for _, fault in placement_problems(placed, counted, policy))


def placement_problems(
    placed: Sequence[_Placed], counted: Sequence[Counted], policy: Policy, *, claims: bool = False
) -> Iterable[tuple[str, Fault]]:
    """List what is wrong with a placement, each with whom it is about; `claims` lets unconfirmed activities pass."""
    if policy.areas is None or policy.pool is None or policy.caps is None:
        raise NotEstablishedError(f"the table of {policy.code}({policy.body}) is not established")
    usable = {one.entry.activity.id: one for one in counted
              if one.bucket == ACCEPTED or (claims and one.if_confirmed)}
    needs = {figure.area: figure.hundredths for figure in policy.areas} | {vocabulary.POOL: policy.pool.hundredths}
    for index, one in enumerate(placed):
        path = f"$.placements[{index}]"
        if one.activity not in usable:
            yield one.activity, _fault(f"{path}.activity", "NOT_ACCEPTED", one.activity, "an activity that counts")
        elif one.area not in needs or not _may_serve(usable[one.activity], one.area, policy):
            yield one.activity, _fault(f"{path}.area", "AREA_NOT_SERVED", one.area,
                                       f"an area that {one.activity} may serve")
    yield from _excesses(placed, usable, needs, policy)


def _may_serve(one: Counted, area: str, policy: Policy) -> bool:
    pool_only = policy.rules.kinds[one.entry.activity.kind].pool_only
    return area == vocabulary.POOL or (area in one.entry.areas and not pool_only)


def _excesses(
    placed: Sequence[_Placed], usable: dict[str, Counted], needs: dict[str, int], policy: Policy
) -> Iterable[tuple[str, Fault]]:
    """Note every activity, area and cap of which more was placed than there is."""
    by_activity: Counter[str] = Counter()
    by_area: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    for one in placed:
        points = to_hundredths(one.points)
        by_activity[one.activity] += points
        by_area[one.area] += points
        if one.activity in usable:
            by_kind[usable[one.activity].entry.activity.kind] += points
    caps = {cap.kind: cap.hundredths for cap in policy.caps or ()}
    limits = (("ACTIVITY_EXCEEDED", by_activity, {name: one.entry.points for name, one in usable.items()}),
              ("NEED_EXCEEDED", by_area, needs), ("CAP_EXCEEDED", by_kind, caps))
    for code, sums, most in limits:
        for name, points in sums.items():
            if name in most and points > most[name]:
                yield name, _fault(f"$.placements of {name}", code, decimal_text(from_hundredths(points)),
                             f"at most {decimal_text(from_hundredths(most[name]))}")


def _check_sums(alloc: Allocation) -> Iterable[Fault]:
    """Re-add areas, activities and the total from the placements."""
    by_area: Counter[str] = Counter()
    by_activity: Counter[str] = Counter()
    for one in alloc.placements:
        by_area[one.area] += to_hundredths(one.points)
        by_activity[one.activity] += to_hundredths(one.points)
    for area in alloc.areas:
        yield from _compare(f"$.areas.{area.area}.placed", area.placed, by_area.pop(area.area, 0))
        yield from _compare(f"$.areas.{area.area}.short", area.short,
                            to_hundredths(area.required) - to_hundredths(area.placed))
    for result in alloc.activities:
        yield from _compare(f"$.activities.{result.id}.placed", result.placed, by_activity.pop(result.id, 0))
        parts = (result.placed, result.surplus, result.over_cap, result.outside_cycle, result.not_acceptable,
                 result.duplicate, result.unconfirmed)
        yield from _compare(f"$.activities.{result.id}.entered", result.entered, sum(map(to_hundredths, parts)))
    yield from _compare("$.total.placed", alloc.total.placed, sum(to_hundredths(area.placed) for area in alloc.areas))
    yield from _compare("$.total.short", alloc.total.short,
                        to_hundredths(alloc.total.required) - to_hundredths(alloc.total.placed))
    for name in (*by_area, *by_activity):
        yield _fault("$.placements", "SUM_WRONG", name, "an area and an activity of the allocation")


def _compare(path: str, shown: object, hundredths: int) -> Iterable[Fault]:
    if shown != from_hundredths(hundredths) if hundredths >= 0 else True:
        yield _fault(path, "SUM_WRONG", str(shown), str(hundredths / 100))


def _check_proofs(alloc: Allocation, counted: Sequence[Counted], policy: Policy) -> Iterable[Fault]:
    """Re-add every proof, and see that what is proven to be missing is all that is missing."""
    mandatory = total = 0
    for index, proof in enumerate(alloc.shortfalls):
        needed, available = _added_up(set(proof.areas), counted, policy)
        claimed = (to_hundredths(proof.required), to_hundredths(proof.available), to_hundredths(proof.short))
        if claimed != (needed, available, needed - available) or needed <= available:
            yield _fault(f"$.shortfalls[{index}]", "PROOF_WRONG", str(claimed), f"{needed} less {available} hundredths")
        if vocabulary.POOL in proof.areas:
            total = needed - available
        else:
            mandatory = needed - available
    left = sum(to_hundredths(area.short) for area in alloc.areas if area.area != vocabulary.POOL)
    if (left, to_hundredths(alloc.total.short)) != (mandatory, max(mandatory, total)):
        yield _fault("$.shortfalls", "PROOF_WRONG", str(alloc.total.short), "a shortfall that is proven, and no more")


def _added_up(areas: set[str], counted: Sequence[Counted], policy: Policy) -> tuple[int, int]:
    """Add up what some areas need together, and what may serve any of them, after caps."""
    figures = {figure.area: figure.hundredths for figure in policy.areas or ()}
    figures[vocabulary.POOL] = policy.pool.hundredths if policy.pool is not None else 0
    caps = {cap.kind: cap.hundredths for cap in policy.caps or ()}
    by_kind: Counter[str] = Counter()
    for one in counted:
        if one.bucket == ACCEPTED and any(_may_serve(one, area, policy) for area in areas):
            by_kind[one.entry.activity.kind] += one.entry.points
    available = sum(min(points, caps.get(kind, points)) for kind, points in by_kind.items())
    return sum(figures[area] for area in areas), available


def _fault(path: str, code: str, value: object, expected: str) -> Fault:
    return Fault(path=path, code=code, value=value, expected=expected, hint="place it anew, or let `allocate` do it")
