"""The declaration form of one credential: what is declared, what it costs, and what is still missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from cmprules._answers.answer import made_with
from cmprules._answers.asked import Asked
from cmprules._answers.decide import decide
from cmprules._facts.records import Placement, Record
from cmprules._kit.points import from_cents, from_hundredths, to_hundredths
from cmprules._kit.shapes import BAD, ListOf, Text, Word, nearest
from cmprules._policy.book import Citation, PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._rules.fees import quote_or_reason
from cmprules._rules.results import AreaResult, CredentialDecision, FeeQuote, PlacedPoints, Total
from cmprules._words.enums import Outcome
from cmprules.declaring._values import DeclarationForm, FormLine

_CLAUSES = ("declaration/nothing_sent_along", "audit/keep_originals", "audit/random", "audit/all_activities",
            "declaration/email")
_REDUCED_CLAUSE = "fees/reduced"

_Placed = PlacedPoints | Placement


def declaration_form(
    record: Record, book: PolicyBook, *, on: date | str, credential: str, placement: str = "best",
    together_with: Collection[str] = (),
) -> DeclarationForm:
    """Fill in the declaration form of one credential; there is one form for each.

    Args:
        record: the record of the person.
        book: the policy tables.
        on: the day on which the declaration will be sent.
        credential: the id of the credential in the record.
        placement: `best` (the decision's) or `own` (the holder's); an unlawful or incomplete placement makes the form
            not ready.
        together_with: ids of the credentials declared on the same business day; they may share the reduced fee.

    Returns:
        The form.  If it cannot be sent on that day, it is not `ready`, and says why.

    Raises:
        InputError: an argument cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}]})
    >>> form = declaration_form(record, book, on="2026-03-10", credential="pbt")
    >>> form.ready, form.why_not, form.fees.total
    (False, ('not_met',), Decimal('110.00'))
    >>> declaration_form(record, book, on="2026-03-10", credential="pb")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: NO_SUCH_CREDENTIAL: got 'pb', expected the id of a credential of this record; did you mean 'pbt'?
    """
    day, together = _arguments(record, book, on, credential, placement, together_with)
    decided = decide(record, book, on=day)[credential]
    own = tuple(placed_points for placed_points in record.placements if placed_points.credential == credential)
    areas, total, placed = decided.areas or (), decided.total, decided.placements or ()
    lines = _lines((own if placement == "own" else placed) if areas else (), record, areas)
    if placement == "own" and total is not None:
        areas, total = _own_sums(areas, total, own, decided)
    why_not = tuple(_why_not(decided, own if placement == "own" else None))
    clauses = clauses_of((*_CLAUSES, *((_REDUCED_CLAUSE,) if together else ())), book)
    fees = _fees(record, book, day, credential, together)
    cited = [*(clause.citation for clause in clauses), *_cited(decided), *_cited_by(fees, record, book, day)]
    return DeclarationForm(
        on=day, holder=record.holder.id, id=decided.id, code=decided.code, given_code=decided.given_code,
        body=decided.body, ready=not why_not, why_not=why_not, outcome=decided.outcome, standing=decided.standing,
        cycle=decided.cycle, declaration=decided.declaration, placement=placement, lines=lines,
        areas=areas, total=total, shortfalls=decided.shortfalls or (), needs=decided.needs, together_with=together,
        fees=fees, clauses=clauses, **made_with(book, cited),
    )


def _arguments(
    record: Record, book: PolicyBook, on: date | str, credential: str, placement: str, together_with: Collection[str]
) -> tuple[date, tuple[str, ...]]:
    """Check all arguments and report their faults together."""
    asked = Asked()
    asked.book(book)
    day = asked.day(on)
    name = asked.read(Text(), credential, "$.credential")
    asked.credentials(record, None if name is BAD else name)
    asked.read(Word(("best", "own"), "a placement", "UNKNOWN_WORD"), placement, "$.placement")
    together = _together(record, credential, together_with, asked)
    asked.settle()
    return day, together


def _together(record: Record, credential: str, together_with: Any, asked: Asked) -> tuple[str, ...]:
    """Read the ids of the other credentials, and return them in the order of the record."""
    before = len(asked.faults)
    names = asked.read(ListOf(Text()), together_with, "$.together_with")
    if len(asked.faults) > before or not isinstance(record, Record):
        return ()
    known = tuple(candidate.id for candidate in record.credentials)
    for index, name in enumerate(names):
        if name not in known:
            asked.refuse(f"$.together_with[{index}]", "NO_SUCH_CREDENTIAL", name,
                         "the id of a credential of this record", nearest(name, known))
    return tuple(name for name in known if name in names and name != credential)


def _lines(placed: Sequence[_Placed], record: Record, areas: Sequence[AreaResult]) -> tuple[FormLine, ...]:
    """List the declared points, by area in the order of the table, then by day and id."""
    order = {area.area: index for index, area in enumerate(areas)}
    known = {candidate.id: candidate for candidate in record.activities}
    lines = [FormLine(activity=placement.activity, completed_on=(activity := known[placement.activity]).completed_on,
                      title=activity.title, provider=activity.provider, kind=activity.kind, area=placement.area,
                      points=placement.points) for placement in placed]
    return tuple(sorted(lines, key=lambda line: (order.get(line.area, len(order)), line.completed_on or date.max,
                                                 line.activity)))


def _why_not(decided: CredentialDecision, own: Sequence[Placement] | None) -> Iterator[str]:
    """List every reason why the declaration cannot be sent on that day."""
    outcomes = {Outcome.NOT_REQUIRED: "not_required", Outcome.NOT_MET: "not_met", Outcome.NEEDS_REVIEW: "needs_review"}
    if decided.outcome in outcomes:
        yield outcomes[decided.outcome]
    if decided.declaration is not None and decided.declaration.status == "not_open":
        yield "not_open"
    if own is None or decided.areas is None:
        return
    found = {finding.code for finding in decided.findings}
    if not own:
        yield "own_placement_absent"
    if "PLACEMENT_UNLAWFUL" in found:
        yield "own_placement_unlawful"
    if "PLACEMENT_INCOMPLETE" in found:
        yield "own_placement_incomplete"


def _own_sums(
    areas: Sequence[AreaResult], total: Total, own: Sequence[Placement], decided: CredentialDecision
) -> tuple[tuple[AreaResult, ...], Total]:
    """Add up the holder's own placement; points that do not count for certain show only in `short_if_confirmed`."""
    counting = {activity.id
                for activity in decided.activities or () if activity.placed or activity.surplus or activity.over_cap}
    found = tuple(_own_sum(area, [placement for placement in own if placement.activity in counting]) for area in areas)
    if_confirmed = [_own_sum(area, own) for area in areas]
    placed = sum(to_hundredths(area.placed) for area in found)
    return found, attrs.evolve(total, placed=from_hundredths(placed), short=_short(found),
                               short_if_confirmed=_short(if_confirmed))


def _own_sum(area: AreaResult, own: Sequence[Placement]) -> AreaResult:
    points = sum(to_hundredths(placement.points) for placement in own if placement.area == area.area)
    short = max(0, to_hundredths(area.required) - points)
    return attrs.evolve(area, placed=from_hundredths(points), short=from_hundredths(short))


def _short(areas: Sequence[AreaResult]) -> Decimal:
    return from_hundredths(sum(to_hundredths(area.short) for area in areas))


def _fees(record: Record, book: PolicyBook, day: date, credential: str, together: Sequence[str]) -> FeeQuote:
    """Quote the fee of this declaration, as one of those sent on the same business day."""
    sent = [candidate for candidate in record.credentials if candidate.id in {credential, *together}]
    quote = quote_or_reason(sent, book, on=day, fee_region=record.holder.fee_region)
    lines = tuple(line for line in quote.lines if line.credential == credential)
    if quote.total is None:
        return quote
    cents = sum(to_hundredths(line.amount) for line in lines)
    return attrs.evolve(quote, total=from_cents(cents), lines=lines)


def _cited(decided: CredentialDecision) -> Iterator[Citation]:
    """Collect the citations of the table and the window."""
    for finding in decided.findings:
        if finding.code in {"TABLE_APPLIED", "TABLE_NOT_ESTABLISHED", "DECLARATION"}:
            yield from finding.citations


def _cited_by(fees: FeeQuote, record: Record, book: PolicyBook, day: date) -> Iterator[Citation]:
    """Collect the citations of the fees."""
    for line in fees.lines:
        _, figure = book.fee(line.item, region=record.holder.fee_region, on=day)
        yield figure.citation
