"""Renew one credential: the dates of the new cycle, and what the renewal brings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cmprules._answers.asked import Asked
from cmprules._facts.records import Credential
from cmprules._kit.calendar import first_of_month
from cmprules._kit.shapes import Day
from cmprules._policy.book import PolicyBook
from cmprules._rules.counting import end_of
from cmprules._rules.results import CredentialDecision, Finding
from cmprules._words.enums import Standing
from cmprules.renewal._common import beyond_last_check, closing, decided, finding
from cmprules.renewal._cycles import begun_on, next_credential, next_cycle, present_cycle, with_end
from cmprules.renewal._renewing_values import Badge, Renewal

_RULES = ("cycle_months", "opens_days_before_end", "reading/last_day", "renewal/letter", "renewal/rolls_forward",
          "rule/no_carry_over", "renewal/badge_free", "renewal/badge_optional", "renewal/badge_usd")
_OPEN = ("declaration/in_review_at_end",)


def renew(
    credential: Credential, book: PolicyBook, *, on: date | str, synchronized_to: date | str | None = None
) -> Renewal:
    """Return what the renewal of a credential brings, if its declaration is sent on a day and accepted.

    The new cycle has three years from the day after the old end date, and is not shown before the first day of the
    month in which the old cycle ends.  Use `decide` for whether the points are sufficient.

    Args:
        credential: the credential to renew.
        book: the policy tables.
        on: the day on which the declaration is sent.
        synchronized_to: the common end date of several credentials, once the Board has confirmed it; it replaces the
            credential's own end date, and the declaration may be sent before its window opens.

    Returns:
        The renewal; if it is `refused` (expired, no end date, too early), it has no new dates.

    Raises:
        InputError: an argument cannot be read, or the common end date is outside the present cycle.
        UnknownCodeError: the edition has no such credential.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2024-02-29")
    >>> renew(mls, book, on="2024-01-15").renewed.expires_on
    datetime.date(2027, 2, 28)
    >>> renew(mls, book, on="2024-03-01").refused[0].code
    'EXPIRED'
    >>> renew(mls, book, on="2024-01-15", synchronized_to="2024-03-31")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.synchronized_to: LATER_THAN_END: got '2024-03-31', expected 2024-02-29 or earlier; the common end date is the
      earliest of the present end dates
    """
    on, common = _arguments(credential, book, on, synchronized_to)
    start = present_cycle(credential, on if common is None else common, book).period.start
    present = credential if common is None else with_end(credential, common, start)
    answer = decided(present, book, on)
    refused = tuple(_refusals(present, answer, book, early=common is not None))
    rules = (*_RULES, "renewal/sync_early") if common is not None else _RULES
    left = (*_OPEN, "renewal/sync_wait") if common is not None else _OPEN
    findings = (*_notes(present, refused, book), *beyond_last_check([on], book))
    rest = closing(book, rules=rules, open=left, findings=findings, refused=refused)
    end = end_of(present)
    if refused or end is None:
        return Renewal(on=on, credential=credential, refused=refused, renewed=None, valid=None, shows_from=None,
                       badge=None, **rest)
    return Renewal(on=on, credential=credential, refused=refused, renewed=next_credential(present, end, book),
                   valid=next_cycle(end, book), shows_from=first_of_month(end), badge=_badge(on, book), **rest)


def _arguments(
    credential: Credential, book: PolicyBook, on: date | str, synchronized_to: date | str | None
) -> tuple[date, date | None]:
    """Read the days; a common end date must be in the present cycle."""
    asked = Asked()
    asked.book(book)
    asked.of_class(credential, Credential, "$.credential")
    on = asked.day(on)
    common = None if synchronized_to is None else asked.read(Day(), synchronized_to, "$.synchronized_to")
    asked.settle()
    end = end_of(credential)
    if common is not None and end is not None:
        start = begun_on(credential, min(on, end), book)
        if common > end:
            asked.refuse("$.synchronized_to", "LATER_THAN_END", common.isoformat(), f"{end} or earlier",
                         "the common end date is the earliest of the present end dates")
        elif common < start:
            asked.refuse("$.synchronized_to", "END_BEFORE_START", common.isoformat(), f"{start} or later",
                         "the present cycle begins on that day")
    asked.settle()
    return on, common


def _refusals(present: Credential, answer: CredentialDecision, book: PolicyBook, *, early: bool) -> Iterator[Finding]:
    """Return why a credential cannot be renewed: no end date, expired, or before its window opens."""
    if answer.standing is Standing.NO_END_DATE:
        yield has_no_end(present, book)
    elif answer.standing is Standing.EXPIRED:
        yield finding("EXPIRED", "expiry/reinstatement", present.id, book)
    elif answer.declaration is not None and answer.declaration.status == "not_open" and not early:
        yield finding("WINDOW_NOT_OPEN", "opens_days_before_end", answer.declaration.opens_on.isoformat(), book)


def has_no_end(credential: Credential, book: PolicyBook) -> Finding:
    """Note that a credential has no end date: its holder takes part by choice, or does not take part."""
    rule = "expiry/voluntary_stops" if credential.voluntary else "participation/voluntary"
    return finding("NO_END_DATE", rule, credential.id, book)


def _notes(present: Credential, refused: tuple[Finding, ...], book: PolicyBook) -> Iterator[Finding]:
    """Note that the new cycle is counted from the end of an extension, which no source confirms."""
    if present.extended_until is not None and not refused:
        yield finding("CYCLE_AFTER_EXTENSION", "expiry/inactive", present.id, book)


def _badge(on: date, book: PolicyBook) -> Badge | None:
    """Return the digital badge, if there is one: free with a completed renewal; for a fee if you want it sooner."""
    fee = book.figure("renewal/badge_usd")
    if fee.starts_on is not None and on < fee.starts_on:
        return None
    return Badge(free=book.statements["renewal/badge_free"].established, fee_inside_cycle=fee.value)
