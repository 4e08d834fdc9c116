"""The contract in plain arithmetic, written for the tests alone: slow, short, and apart from the code.

Nothing here uses the library but its values.  Points are whole hundredths.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import cmprules

__all__ = [
    "BUCKETS",
    "CAPPED",
    "WORTH",
    "Counted",
    "add_months",
    "available",
    "cap_of",
    "counted",
    "hundredths",
    "points_of",
    "same_entry",
]

BUCKETS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")
WORTH = {"point": 1, "contact_hour": 1, "cmle": 1, "ceu": 10, "quarter_hour": 10, "semester_hour": 15, "exam": 25}
CAPPED = ("college_course", "covid_work")
ESTABLISHED = {"formal_ce", "in_service", "teleconference", "self_study", "journal_test", *CAPPED}

Counted = tuple[cmprules.Activity, frozenset[str]]
"""An activity that counts, and the areas that it may serve, those of its duplicates included."""


def hundredths(points: Decimal) -> int:
    """Turn points into whole hundredths."""
    whole = points * 100
    assert whole == int(whole)
    return int(whole)


def points_of(activity: cmprules.Activity) -> int:
    """Give what was entered for an activity, in hundredths of a point."""
    return hundredths(activity.amount * WORTH[str(activity.unit)])


def same_entry(one: cmprules.Activity, other: cmprules.Activity) -> bool:
    """Whether two activities are one that was entered twice."""
    return _sameness(one) == _sameness(other) and one.completed_on is not None


def _sameness(one: cmprules.Activity) -> tuple[object, ...]:
    title, provider = ("".join(text.split()).casefold() for text in (one.title, one.provider or ""))
    return title, provider, one.completed_on, one.kind, points_of(one)


def counted(activities: Sequence[cmprules.Activity], start: date, end: date) -> list[Counted]:
    """Give the activities that count for certain between two days, in the order of preference: day, then id."""
    found = []
    for one in activities:
        twins = [other for other in activities if other is one or same_entry(one, other)]
        first = min(twins, key=lambda twin: twin.id) is one
        dated = one.completed_on is not None and start <= one.completed_on <= end
        in_time = one.kind != "covid_work" or (
            one.completed_on is not None and date(2020, 3, 1) <= one.completed_on <= date(2022, 12, 31)
        )
        if first and dated and in_time and one.kind in ESTABLISHED:
            areas = frozenset(area for twin in twins for area in twin.areas)
            found.append((one, frozenset() if one.kind == "covid_work" else areas))
    return sorted(found, key=lambda pair: (pair[0].completed_on, pair[0].id))


def cap_of(kind: str, total: int) -> int | None:
    """Give the most hundredths that activities of one kind may bring to a table."""
    return {"college_course": total // 2, "covid_work": 1_200}.get(kind)


def available(found: Sequence[Counted], areas: Sequence[str], total: int) -> int:
    """Add up what may serve any of some areas, after caps."""
    sums: dict[str, int] = {}
    for one, serves in found:
        if "pool" in areas or serves & set(areas):
            sums[one.kind] = sums.get(one.kind, 0) + points_of(one)
    caps = {kind: cap_of(kind, total) for kind in sums}
    return sum(points if (cap := caps[kind]) is None else min(points, cap) for kind, points in sums.items())


def add_months(day: date, months: int) -> date:
    """Add months; the last day of a month stays a last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = monthrange(year, month + 1)[1]
    was_last = (day + timedelta(days=1)).day == 1
    return date(year, month + 1, last if was_last else min(day.day, last))
