"""Days and month arithmetic: the only place that deals with the ends of months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)
EARLIEST_DAY = date(1900, 1, 1)  # some rules count months back from a day, so the calendar's first years are excluded
LATEST_DAY = date(2999, 12, 31)


def is_last_of_month(day: date) -> bool:
    """Return whether a day is the last one of its month.

    >>> is_last_of_month(date(2024, 2, 28)), is_last_of_month(date(2023, 2, 28))
    (False, True)
    """
    return day.day == monthrange(day.year, day.month)[1]


def first_of_month(day: date) -> date:
    """Return the first day of the month that a day lies in."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """Return the last day of the month that a day lies in.

    >>> last_of_month(date(2024, 2, 1)), last_of_month(date(2026, 5, 31))
    (datetime.date(2024, 2, 29), datetime.date(2026, 5, 31))
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """Add calendar months (a negative number goes back) and respect the ends of months.

    The last day of a month plus any number of months is the last day of the month it lands in; any other day keeps its
    number, or becomes the last day if the month is too short for it.

    >>> add_months(date(2023, 2, 28), 3), add_months(date(2024, 2, 28), 3)
    (datetime.date(2023, 5, 31), datetime.date(2024, 5, 28))
    >>> add_months(date(2026, 1, 30), 1), add_months(date(2024, 2, 29), 36)
    (datetime.date(2026, 2, 28), datetime.date(2027, 2, 28))
    """
    if is_last_of_month(day):
        return day + relativedelta(months=months, day=31)
    return day + relativedelta(months=months)


def start_of_span_ending(end: date, months: int) -> date:
    """Return the first day of a span of whole months whose last day is `end`.

    >>> start_of_span_ending(date(2026, 5, 31), 36)
    datetime.date(2023, 6, 1)
    >>> start_of_span_ending(date(2026, 3, 10), 36)
    datetime.date(2023, 3, 11)
    """
    return add_months(end + ONE_DAY, -months)


def end_of_span_starting(start: date, months: int) -> date:
    """Return the last day of a span of whole months whose first day is `start`.

    >>> end_of_span_starting(date(2026, 6, 1), 36)
    datetime.date(2029, 5, 31)
    >>> end_of_span_starting(date(2024, 3, 1), 36)
    datetime.date(2027, 2, 28)
    """
    return add_months(start, months) - ONE_DAY


def whole_months(since: date, until: date) -> int:
    """Count the whole months from one day to another; 0 if the second day is earlier.

    >>> whole_months(date(2026, 2, 28), date(2026, 5, 31)), whole_months(date(2026, 2, 28), date(2026, 5, 30))
    (3, 2)
    """
    months = max(0, (until.year - since.year) * 12 + until.month - since.month)
    return months if months == 0 or add_months(since, months) <= until else months - 1
