"""Examinations: when a new attempt is possible, and the deadline of an appeal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from cmprules._kit import wide
from cmprules._kit.shapes import Checked, wire
from cmprules._kit.terms import BODY, CODE, NOT_SAID, settle_code
from cmprules._policy.book import Citation, PolicyBook, Statement
from cmprules._rules.waits import OLDER_DAYS, appeal_until, older_waits, retake_by_days, retake_by_period
from cmprules.errors import Fault
from cmprules.timelines._events import Event


@attrs.frozen(kw_only=True)
class Sitting(Checked):
    """An examination that was taken.

    Attributes:
        code: the credential that it is for, such as `MLS` or `MLS(ASCPi)`; a former code is read as today's.
        body: `ASCP` or `ASCPi`.
        taken_on: the day on which it was taken.
        notified_on: the day of the notice of its result, if there was one.

    >>> Sitting(code="MLS", taken_on="2026-01-10").body
    'ASCP'
    >>> Sitting(code="MLS", taken_on="2026-01-10", notified_on="2026-01-09")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.notified_on: NOTICE_BEFORE_SITTING: got '2026-01-09', expected 2026-01-10 or later; check both days
    """

    code: str = attrs.field(metadata=wire(CODE))
    body: str = attrs.field(default=NOT_SAID, metadata=wire(BODY))
    taken_on: date = attrs.field(converter=wide.day)
    notified_on: date | None = attrs.field(default=None, converter=wide.maybe_day)

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        settle_code(self, path, faults, bad)
        if not bad & {"taken_on", "notified_on"} and self.notified_on is not None and self.notified_on < self.taken_on:
            faults.append(Fault(path=f"{path}.notified_on", code="NOTICE_BEFORE_SITTING",
                                value=self.notified_on.isoformat(), expected=f"{self.taken_on} or later",
                                hint="check both days"))


def sitting_events(sitting: Sitting, place: int, book: PolicyBook) -> Iterator[Event]:
    """List the days that follow from an examination."""
    yield from _retake(sitting, place, book)
    if sitting.notified_on is not None:
        days = book.figure("exam/appeal_days")
        yield _event("APPEAL_DEADLINE", sitting, place, appeal_until(sitting.notified_on, book), days.citation)


def _retake(sitting: Sitting, place: int, book: PolicyBook) -> Iterator[Event]:
    """List the day of a new attempt: a number of days later or, without an official number, the later of two readings.

    The other days are older versions of the wait, or the two readings themselves.  The day on which the period of the
    attempt began is not known here, so the period counts from the attempt itself: the next one cannot begin later.
    """
    wait, span = book.figure("exam/retake_wait_days"), book.figure("exam/admission_months")
    reading: Statement = book.statements["reading/exam_wait"]
    by_days, by_period = retake_by_days(sitting.taken_on, book), retake_by_period(sitting.taken_on, book)
    older = older_waits(book)
    yield _event("RETAKE_BY_DAYS", sitting, place, by_days, wait.citation)
    if older:
        yield _event("RETAKE_BY_OLDER_DAYS", sitting, place, retake_by_days(sitting.taken_on, book, OLDER_DAYS),
                     book.figure(OLDER_DAYS).citation)
    yield _event("RETAKE_BY_PERIOD", sitting, place, by_period, book.cite("exam/retake_period"), span.citation)
    yield _event("RETAKE_OPENS", sitting, place, by_days if older else max(by_days, by_period), reading.citation,
                 question=reading.question)


def _event(code: str, sitting: Sitting, place: int, day: date, *citations: Citation,
           question: str | None = None) -> Event:
    """Make an event of an examination; the day on which it was taken identifies it."""
    return Event(code=code, name=f"{sitting.code}({sitting.body})", cycle=f"examination/{sitting.taken_on}",
                 place=place, starts_on=day, ends_on=day, citations=citations, question=question)
