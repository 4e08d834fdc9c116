"""The contract in plain arithmetic, written only for the tests: slow, short, and independent of the code.

It uses only the values of the library.  Points are whole hundredths.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import combinations, product

import cmprules

__all__ = [
    "BUCKETS",
    "CAPPED",
    "WORTH",
    "Brought",
    "Counted",
    "Plan",
    "Vector",
    "add_months",
    "available",
    "best_plan",
    "cap_of",
    "counted",
    "every_vector",
    "hundredths",
    "least_short",
    "points_of",
    "preferred_plan",
    "same_entry",
]

BUCKETS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")
WORTH = {"point": 1, "contact_hour": 1, "cmle": 1, "ceu": 10, "quarter_hour": 10, "semester_hour": 15, "exam": 25}
CAPPED = ("college_course", "covid_work")
ESTABLISHED = {"formal_ce", "in_service", "teleconference", "self_study", "journal_test", *CAPPED}

Counted = tuple[cmprules.Activity, frozenset[str]]
"""An activity that counts, with the areas that it may serve, including those of its duplicates."""


def hundredths(points: Decimal) -> int:
    """Convert points to whole hundredths."""
    whole = points * 100
    assert whole == int(whole)
    return int(whole)


def points_of(activity: cmprules.Activity) -> int:
    """Return the entered points of an activity, in hundredths."""
    return hundredths(activity.amount * WORTH[str(activity.unit)])


def same_entry(one: cmprules.Activity, other: cmprules.Activity) -> bool:
    """Return whether two activities are one that was entered twice."""
    return _sameness(one) == _sameness(other) and one.completed_on is not None


def _sameness(one: cmprules.Activity) -> tuple[object, ...]:
    title, provider = ("".join(text.split()).casefold() for text in (one.title, one.provider or ""))
    return title, provider, one.completed_on, one.kind, points_of(one)


def counted(
    activities: Sequence[cmprules.Activity], start: date, end: date, *, claims: bool = False
) -> list[Counted]:
    """Return the activities that count between two days, in order of preference: day, then id.

    Args:
        activities: the activities of a record.
        start: the first day.
        end: the last day.
        claims: whether to count undated activities and kinds without an established value.
    """
    found = []
    for one in activities:
        twins = [other for other in activities if other is one or same_entry(one, other)]
        first = min(twins, key=lambda twin: twin.id) is one
        day = one.completed_on
        dated = claims if day is None else start <= day <= end
        in_time = one.kind != "covid_work" or day is None or date(2020, 3, 1) <= day <= date(2022, 12, 31)
        if first and dated and in_time and (claims or one.kind in ESTABLISHED):
            areas = frozenset(area for twin in twins for area in twin.areas)
            found.append((one, frozenset() if one.kind == "covid_work" else areas))
    return sorted(found, key=lambda pair: (pair[0].completed_on or date.min, pair[0].id))


def cap_of(kind: str, total: int) -> int | None:
    """Return the most hundredths that activities of one kind may bring to a table."""
    return {"college_course": total // 2, "covid_work": 1_200}.get(kind)


def available(found: Sequence[Counted], areas: Sequence[str], total: int) -> int:
    """Add up the points that may serve any of some areas, after caps."""
    sums: dict[str, int] = {}
    for one, serves in found:
        if "pool" in areas or serves & set(areas):
            sums[one.kind] = sums.get(one.kind, 0) + points_of(one)
    caps = {kind: cap_of(kind, total) for kind in sums}
    return sum(points if (cap := caps[kind]) is None else min(points, cap) for kind, points in sums.items())


def least_short(needs: dict[str, int], pool: int, found: Sequence[Counted]) -> int:
    """Return the shortfall of the best placement, divided or not: the most that any set of areas is missing."""
    total = sum(needs.values()) + pool
    sets = [areas for size in range(1, len(needs) + 1) for areas in combinations(needs, size)]
    missing = [sum(needs[area] for area in areas) - available(found, areas, total) for areas in sets]
    return max(0, total - available(found, ("pool",), total), *missing)


def add_months(day: date, months: int) -> date:
    """Add months; the last day of a month stays a last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = monthrange(year, month + 1)[1]
    was_last = (day + timedelta(days=1)).day == 1
    return date(year, month + 1, last if was_last else min(day.day, last))


# ---------------------------------------------------------------------------------------------------------
# Every placement, one by one.


@dataclass(frozen=True)
class Brought:
    """What one activity brings: steps of points, the indices of areas that it may serve, and the cap of its kind."""

    steps: int
    serves: frozenset[int]
    cap: int | None = None


Vector = tuple[int, ...]
Plan = tuple[int, int, tuple[tuple[int, Vector], ...]]
"""Steps in mandatory areas, steps in the pool, and for each activity its steps by area."""


def every_vector(one: Brought, left: Sequence[int], most: int, *, whole: bool) -> Iterator[Vector]:
    """List every way of placing an activity, or not: steps in each area, the pool last."""
    choices = [range(1 + (min(one.steps, room) if bit in one.serves else 0)) for bit, room in enumerate(left[:-1])]
    for areas in product(*choices):
        placed = sum(areas)
        if placed <= most and not (whole and sum(1 for steps in areas if steps) > 1):
            for pool in range(1 + min(most - placed, left[-1])):
                yield (*areas, pool)


def best_plan(brought: Sequence[Brought], needs: Vector, caps: Vector, *, whole: bool) -> Plan:
    """Try every placement, and return the best: mandatory areas, then the pool, then activity by activity.

    Args:
        brought: the activities in order of preference.
        needs: what each area needs, the pool last.
        caps: the most steps of each capped kind.
        whole: whether an activity may serve only one mandatory area.
    """

    @cache
    def rest(index: int, left: Vector, left_of_cap: Vector) -> Plan:
        if index == len(brought):
            return (0, 0, ())
        one = brought[index]
        most = one.steps if one.cap is None else min(one.steps, left_of_cap[one.cap])
        best: Plan | None = None
        for vector in every_vector(one, left, most, whole=whole):
            room = tuple(need - steps for need, steps in zip(left, vector, strict=True))
            under = tuple(cap - sum(vector) if number == one.cap else cap for number, cap in enumerate(left_of_cap))
            mandatory, pool, others = rest(index + 1, room, under)
            plan = (mandatory + sum(vector[:-1]), pool + vector[-1], ((sum(vector), vector), *others))
            best = plan if best is None else max(best, plan)
        assert best is not None
        return best

    return rest(0, needs, caps)


def preferred_plan(brought: Sequence[Brought], needs: Vector, caps: Vector) -> tuple[Plan, bool]:
    """Return the best placement, undivided if that places as much, and whether one had to be divided."""
    free, whole = (best_plan(brought, needs, caps, whole=choice) for choice in (False, True))
    return (whole, False) if whole[:2] == free[:2] else (free, True)
