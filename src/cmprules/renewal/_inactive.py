"""Inactive status: what an extension granted by the Board moves, and what stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

import attrs

from cmprules._answers.asked import Asked
from cmprules._facts.records import Credential, Period
from cmprules._policy.book import PolicyBook
from cmprules._rules.results import CredentialDecision, Declaration
from cmprules._words.enums import Standing
from cmprules.errors import NotInForceError
from cmprules.renewal._common import beyond_last_check, closing, decided, finding
from cmprules.renewal._cycles import present_cycle
from cmprules.renewal._renewing_values import InactiveStatus, MovedDay

_RULES = ("expiry/inactive", "opens_days_before_end", "advised_days_before_end", "reading/last_day")


def inactive(credential: Credential, book: PolicyBook, *, on: date | str) -> InactiveStatus:
    """Return what a granted extension moves: the end of the cycle, the window and the last day; start and table stay.

    Args:
        credential: the credential, with `extended_until` if an extension was granted.
        book: the policy tables.
        on: the day of the question.

    Returns:
        What moves and what stays.  Length, grounds and fees of an extension are not established, and are listed as
        `open`.

    Raises:
        InputError: an argument cannot be read.
        UnknownCodeError: the edition has no such credential.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> mls = cmprules.Credential(id="mls", code="MLS", expires_on="2026-05-31", extended_until="2026-11-30")
    >>> [(day.what, str(day.after)) for day in inactive(mls, book, on="2026-06-01").moved]
    [('cycle_end', '2026-11-30'), ('opens_on', '2026-09-01'), ('advised_by', '2026-10-31'), ('last_day', '2026-11-30')]
    >>> inactive(mls, book, on="2026-06-31")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.on: NO_SUCH_DATE: got '2026-06-31', expected a day that the calendar has; check the month and the day
    """
    asked = Asked()
    asked.book(book)
    asked.of_class(credential, Credential, "$.credential")
    on = asked.day(on)
    asked.settle()
    answer = decided(credential, book, on)
    extended = credential.expires_on is not None and credential.extended_until is not None
    refused = () if extended else (finding("NO_EXTENSION", "expiry/inactive", credential.id, book),)
    findings = beyond_last_check([on], book)
    if answer.standing is Standing.EXPIRED:
        findings = (finding("EXPIRED", "expiry/reinstatement", credential.id, book), *findings)
    rest = closing(book, rules=_RULES, open=("expiry/inactive",), findings=findings)
    return InactiveStatus(
        on=on, credential=credential, standing=answer.standing, refused=refused,
        moved=tuple(_moved(credential, book)) if extended else (),
        cycle_start=present_cycle(credential, credential.expires_on or on, book).period.start if extended else None,
        table=_table(credential, book), **rest,
    )


def _moved(credential: Credential, book: PolicyBook) -> Iterator[MovedDay]:
    """Compare the days of the cycle with and without the extension."""
    day = credential.expires_on or date.max
    before, after = (decided(candidate, book, day)
                     for candidate in (attrs.evolve(credential, extended_until=None), credential))
    for (what, old), new in zip(_days(before).items(), _days(after).values(), strict=True):
        yield MovedDay(what=what, before=old, after=new)


def _days(answer: CredentialDecision) -> dict[str, date]:
    """Name the days that depend on the end of the cycle; a credential with an end date has a window too."""
    window = cast("Declaration", answer.declaration)
    return {"cycle_end": cast("Period", answer.cycle).end, "opens_on": window.opens_on,
            "advised_by": window.advised_by, "last_day": window.last_day}


def _table(credential: Credential, book: PolicyBook) -> str | None:
    """Name the row of the table, which depends on the expiration date and never on the extension."""
    if credential.expires_on is None:
        return None
    try:
        return book.policy_for(credential.code, expires_on=credential.expires_on, body=credential.body).row.id
    except NotInForceError:
        return None
