"""Months: moving a day by whole months, and the three years that end on a day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def last_day_of_month(year: int, month: int) -> int:
    """Return 28, 29, 30 or 31."""
    return calendar.monthrange(year, month)[1]


def is_month_end(day: date) -> bool:
    """Return whether it is the last day of its month."""
    return day.day == last_day_of_month(day.year, day.month)


def month_end_of(day: date) -> date:
    """Return the last day of its month."""
    return day.replace(day=last_day_of_month(day.year, day.month))


def add_months(day: date, n: int) -> date:
    """Move a day by whole months.

    The last day of a month becomes the last day of a month.  Any other day keeps its number, or becomes the last day of
    a month that is too short.
    """
    months = day.year * 12 + (day.month - 1) + n
    year, month = months // 12, months % 12 + 1
    last = last_day_of_month(year, month)
    return date(year, month, last if is_month_end(day) else min(day.day, last))


def month_of(day: date) -> tuple[int, int]:
    """Return year and month."""
    return day.year, day.month


def three_years_that_end_on(end: date) -> tuple[date, date]:
    """Return first and last day; the first is three years before the day after the end (2026-05-31: 2023-06-01)."""
    return add_months(end + ONE_DAY, -36), end
