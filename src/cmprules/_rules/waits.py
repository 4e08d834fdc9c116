"""The days that follow from an examination: the readings of the wait for the next attempt, and the appeal."""

from __future__ import annotations

from datetime import date, timedelta

from cmprules._kit.calendar import add_months
from cmprules._policy.book import PolicyBook

DAYS = "exam/retake_wait_days"
OLDER_DAYS = "exam/retake_wait_days_older"


def older_waits(book: PolicyBook) -> bool:
    """Return whether an edition uses one number of days and shows other versions of the wait as older ones."""
    return OLDER_DAYS in book.figures


def retake_by_days(taken_on: date, book: PolicyBook, figure: str = DAYS) -> date:
    """Find the first day of a new attempt by a number of days: the last of these days after the attempt."""
    return taken_on + timedelta(days=book.number(figure))


def retake_by_period(begins: date, book: PolicyBook) -> date:
    """Return the first day of a new attempt: the day after the period of eligibility of the last attempt."""
    return add_months(begins, book.number("exam/admission_months"))


def appeal_until(notified_on: date, book: PolicyBook) -> date:
    """Return the last day on which an appeal is received; the day of the notice itself does not count."""
    return notified_on + timedelta(days=book.number("exam/appeal_days"))
