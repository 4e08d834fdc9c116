"""Appeals: the deadline and the form."""

from __future__ import annotations

from datetime import date

from cmprules._answers.asked import Asked
from cmprules._kit.shapes import Day, Maybe, trusted
from cmprules._policy.book import PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._rules.waits import appeal_until
from cmprules.exam._values import AppealDeadline

_RULES = ("exam/appeal_days", "exam/appeal_form", "exam/score_recheck")


def appeal_deadline(notified_on: date | str, book: PolicyBook, *, on: date | str | None = None) -> AppealDeadline:
    """Return the day by which an appeal must be received.

    The days count from the day after the notice, so the thirtieth day is still in time.  An appeal is made in writing,
    by email, with the documents and statements that support it.  It is not established whether a score may be checked
    again.

    Args:
        notified_on: the day on which the decision was announced.
        book: the policy tables.
        on: a day for which to answer whether an appeal is still in time.

    Returns:
        The last day, its rules, and the open questions.

    Raises:
        InputError: a day cannot be read, or `on` lies before the notice.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> str(appeal_deadline(date(2026, 1, 30), book).last_day)
    '2026-03-01'
    >>> appeal_deadline(date(2026, 1, 30), book, on=date(2026, 1, 29))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.on: NOTIFIED_AFTER: got '2026-01-29', expected 2026-01-30 or later; check both days
    """
    asked = Asked()
    asked.book(book)
    notice = asked.read(Day(), notified_on, "$.notified_on")
    day = asked.read(Maybe(Day()), on, "$.on")
    if not asked.faults and day is not None and day < notice:
        asked.refuse("$.on", "NOTIFIED_AFTER", day.isoformat(), f"{notice} or later", "check both days")
    asked.settle()
    figure = book.figure("exam/appeal_days")
    last_day = appeal_until(notice, book)
    status = None if day is None else "open" if day <= last_day else "over"
    return trusted(AppealDeadline, notified_on=notice, last_day=last_day, status=status, grade=figure.grade,
                   rules=clauses_of(_RULES, book))
