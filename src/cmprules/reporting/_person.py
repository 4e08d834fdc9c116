"""One person: a row for each credential, and the reason to write now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from cmprules._answers.decision import Decision
from cmprules._answers.render.names import Names
from cmprules._answers.render.todo import todo
from cmprules._facts.records import Record
from cmprules._kit.shapes import trusted
from cmprules._rules.results import CredentialDecision, FeeQuote
from cmprules._words.enums import Outcome, Standing
from cmprules.reporting._values import REASONS, SPANS, ReportedCredential

PAGES = "people"
"""The folder of the pages, inside the folder of reports."""

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG, _DIGITS = 40, 16


def page_of(holder: str) -> str:
    """Name the page of a holder: the part of the id that every file system accepts, and digits that no other id has.

    >>> page_of("Staff/17 "), page_of("staff-17")
    ('people/staff-17-cc3776cccee28091.html', 'people/staff-17-adcd5f08e0236ded.html')
    >>> page_of("../../etc/passwd")
    'people/etc-passwd-3754d6cb3a38e118.html'
    """
    slug = _NOT_PLAIN.sub("-", holder.casefold()).strip("-")[:_LONGEST_SLUG].strip("-")
    digits = hashlib.sha256(holder.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{PAGES}/{slug or 'holder'}-{digits}.html"


def rows_of(record: Record, decision: Decision) -> Iterator[ReportedCredential]:
    """Yield a row for each credential of a decision."""
    names, page = Names.of(record), page_of(record.holder.id)
    for credential in decision.credentials:
        total, dates = credential.total, credential.declaration
        last = None if dates is None else dates.last_day
        yield trusted(
            ReportedCredential, holder=record.holder.id, name=record.holder.name, page=page, id=credential.id,
            code=credential.code, body=credential.body, outcome=credential.outcome, standing=credential.standing,
            last_day=last,
            days_left=None if last is None else (last - decision.on).days,
            required=None if total is None else total.required, short=None if total is None else total.short,
            short_if_confirmed=None if total is None else total.short_if_confirmed, questions=len(credential.needs),
            declaration=None if dates is None else dates.status, fee=_fee(credential, decision.fees),
            write=why_to_write(credential, decision.on), to_do=todo(credential, names))


def _fee(credential: CredentialDecision, fees: FeeQuote) -> Decimal | None:
    """Add up the fees of a credential; None if they are not known."""
    if fees.total is None:
        return None
    return sum((line.amount for line in fees.lines if line.credential == credential.id), Decimal(0))


def why_to_write(one: CredentialDecision, on: date) -> str | None:
    """Return the reason to write to the holder now; None if nothing is urgent."""
    if one.standing is Standing.EXPIRED:
        return "EXPIRED"
    if one.declaration is None or (one.declaration.last_day - on).days > SPANS[-1]:
        return None
    if one.outcome is Outcome.MET:
        return "TO_DECLARE" if one.declaration.status in {"open", "late"} else None
    return {Outcome.NOT_MET: "POINTS_MISSING", Outcome.NEEDS_REVIEW: "QUESTIONS_OPEN"}.get(one.outcome)


def in_order(rows: Iterable[ReportedCredential]) -> list[ReportedCredential]:
    """Sort rows for the index: by urgency, then by the last day, then by name."""
    return sorted(rows, key=_place)


def _place(row: ReportedCredential) -> tuple[int, date, str, str, str]:
    return (span_of(row), row.last_day or date.max, row.shown.casefold(), row.holder, row.id)


def span_of(row: ReportedCredential) -> int:
    """Number the part of the index for a row: ends within 30, 60 or 90 days, later, never, or over."""
    if row.days_left is None:
        return len(SPANS) + 1
    if row.days_left < 0:
        return len(SPANS) + 2
    return sum(row.days_left > span for span in SPANS)


def to_write(rows: Iterable[ReportedCredential]) -> list[ReportedCredential]:
    """List the rows to write about: those still in time, then those only to be sent, then the expired ones."""
    def place(row: ReportedCredential) -> tuple[int, date, str]:
        tier = 0 if row.write in REASONS[:2] else REASONS.index(str(row.write))
        return tier, row.last_day or date.max, row.shown.casefold()

    return sorted((row for row in rows if row.write is not None), key=place)
