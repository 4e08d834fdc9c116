"""Grounds for an appeal after a failed audit, and its deadline."""

from __future__ import annotations

from datetime import date

from cmprules._answers.answer import made_with
from cmprules._answers.asked import Asked
from cmprules._facts.records import Period
from cmprules._kit.calendar import add_months
from cmprules._kit.shapes import BAD, Day, Maybe, Whole
from cmprules._policy.book import PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._rules.waits import appeal_until
from cmprules.audit._values import AppealGrounds

_CLAUSES = ("audit/appeal_grounds", "audit/appeal_letter", "exam/appeal_form")
_REVOCATION = ("audit/revocation", "audit/revocation_answer_days")


def appeal_grounds(
    book: PolicyBook, *, illness: Period | int | None = None, notified_on: date | str | None = None
) -> AppealGrounds:
    """Return what is known about an appeal after a failed audit.

    Args:
        book: the policy tables.
        illness: the length of an illness: its first and last day, or whole months; it must be longer than the figure of
            the rule, not equal to it.
        notified_on: the day on which the decision was announced.

    Returns:
        The grounds that are likely to be considered, the rules in words, and the open questions.  The Board decides
        whether it allows an appeal.

    Raises:
        InputError: an argument cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> found = appeal_grounds(book, illness=12, notified_on="2026-07-01")
    >>> found.grounds, found.illness_long_enough, found.last_day.isoformat()
    (('illness', 'military_overseas'), False, '2026-07-31')
    >>> appeal_grounds(book, illness="a year")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.illness: WRONG_TYPE: got 'a year', expected a whole number; write it in digits
    """
    asked = Asked()
    asked.book(book)
    notified = asked.read(Maybe(Day()), notified_on, "$.notified_on")
    period, months = _illness(illness, asked)
    asked.settle()
    least, days = book.figure("audit/illness_months"), book.figure("exam/appeal_days")
    clauses = clauses_of((*_CLAUSES, *(name for name in _REVOCATION if name in book.statements)), book)
    cited = [*(clause.citation for clause in clauses), least.citation, days.citation]
    return AppealGrounds(
        grounds=book.statements["audit/appeal_grounds"].words, illness_months=least, illness=period,
        illness_lasted_months=months, illness_long_enough=_longer(period, months, int(least.value)),
        appeal_days=days, notified_on=notified,
        last_day=None if notified is None else appeal_until(notified, book), clauses=clauses,
        **made_with(book, cited),
    )


def _illness(illness: object, asked: Asked) -> tuple[Period | None, int | None]:
    """Read the length of an illness: its first and last day, or whole months."""
    if isinstance(illness, Period):
        asked.read(Day(), illness.start, "$.illness.start")
        asked.read(Day(), illness.end, "$.illness.end")
        return illness, None
    if illness is None:
        return None, None
    months = asked.read(Whole(), illness, "$.illness")
    if months is not BAD and months < 1:
        asked.refuse("$.illness", "NOT_POSITIVE", months, "one month or more", "leave it out")
    return None, months


def _longer(period: Period | None, months: int | None, least: int) -> bool | None:
    """Return whether an illness lasted longer than a number of months; if days are given, at least one day longer."""
    if period is not None:
        return period.end >= add_months(period.start, least)
    return None if months is None else months > least
