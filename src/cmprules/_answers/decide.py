"""`decide`: the one place where records, tables, cycles, outcomes and fees come together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import attrs

from cmprules._answers.decision import Decision
from cmprules._facts.digest import record_digest
from cmprules._facts.records import Credential, Placement, Record
from cmprules._kit.points import from_hundredths
from cmprules._kit.shapes import Day, FrozenMap, refuse_others, trusted
from cmprules._policy.book import Policy, PolicyBook
from cmprules._rules.allocation import activity_results, table_of
from cmprules._rules.counting import (
    Counted,
    Cycle,
    Entry,
    cycle_of,
    end_of,
    entries,
    judge,
    participates,
    standing_of,
)
from cmprules._rules.fees import quote_or_reason
from cmprules._rules.findings import Notes, notes_on
from cmprules._rules.outcome import Verdict, evaluate
from cmprules._rules.results import CredentialDecision, Declaration, FeeQuote, Finding, Need, Stamp, Total
from cmprules._version import RULES_VERSION, __version__
from cmprules._words.codes import NEEDS
from cmprules._words.enums import Grade, Outcome, Standing, weakest
from cmprules.errors import Fault, InputError, NotInForceError

__all__ = ["arguments_of", "decide", "policies_for"]


def decide(record: Record, book: PolicyBook, *, on: date, trust: Grade | str = Grade.INFERRED) -> Decision:
    """Decide where each credential of a record stands on a day.

    A pure function: the same record, edition, day and trust give the same answer everywhere and for ever.

    Args:
        record: what is known of the person.
        book: the policy tables, from `load_book`.
        on: the day of decision; activities after it do not count.
        trust: the weakest grade of figures to rely on; a table with a weaker one counts as not established.

    Returns:
        The decision.  "No" is an answer: nothing about the points or the standing ever raises.

    Raises:
        InputError: `on` or `trust` cannot be read.
        UnknownCodeError: the edition has no such credential.

    >>> import cmprules
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "mla", "code": "MLA", "expires_on": "2026-05-31"}]})
    >>> book = cmprules.load_book(edition="2026.1")
    >>> cmprules.decide(record, book, on=date(2026, 3, 10))["mla"].needs[0].question
    "What does the Board of Certification ask of 'mla'?"
    >>> cmprules.decide(record, book, on=date(2026, 3, 10), trust="certain")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.trust: UNKNOWN_WORD: got 'certain', expected a grade; known: official, official_old, booklet, society,
      third_party, inferred
    """
    on, trust = arguments_of(record, on, trust)
    listed = entries(record.activities)
    fees = quote_or_reason(record.credentials, book, on=on, fee_region=record.holder.fee_region)
    case = _Case(record=record, listed=listed, book=book, on=on, trust=trust, fees=fees)
    credentials = tuple(_decide_one(credential, case) for credential in record.credentials)
    stamp = trusted(Stamp, library=__version__, rules=RULES_VERSION, edition=book.edition, edition_sha256=book.sha256,
                  extra_sha256=book.extra_sha256, trust=trust, record_sha256=record_digest(record))
    return trusted(Decision, on=on, stamp=stamp, credentials=credentials, fees=fees,
                   sources=_sources(credentials, book), notice=book.notice, advisories=book.advisories)


def arguments_of(record: Record, on: date, trust: Grade | str) -> tuple[date, Grade]:
    """Check the arguments of whatever decides, all at once.

    Raises:
        InputError: with every fault.
    """
    faults: list[Fault] = []
    refuse_others((record,), Record, "$.record", faults)
    day = Day().read(on, "$.on", faults)
    scale = [grade for grade in Grade if grade is not Grade.USER]
    if trust not in scale:
        faults.append(Fault(path="$.trust", code="UNKNOWN_WORD", value=trust, expected="a grade",
                            hint="known: " + ", ".join(scale)))
    if faults:
        raise InputError(faults)
    return day, Grade(trust)


@attrs.frozen(kw_only=True)
class _Case:
    """What every credential of one record is decided with."""

    record: Record
    listed: tuple[Entry, ...]
    book: PolicyBook
    on: date
    trust: Grade
    fees: FeeQuote

    def own_placements(self, credential: Credential) -> tuple[Placement, ...]:
        """The holder's own placements for a credential."""
        return tuple(placement for placement in self.record.placements if placement.credential == credential.id)

    def notes(self, credential: Credential) -> Notes:
        """Begin the findings on a credential."""
        return notes_on(credential, self.book, self.on, self.fees)


def _decide_one(credential: Credential, case: _Case) -> CredentialDecision:
    """Decide one credential: not required, no table to go by, or evaluated."""
    standing = standing_of(credential, case.on)
    if not participates(credential):
        return _not_required(credential, standing, case.notes(credential).not_required())
    cycle = cycle_of(credential, case.on, case.book.number("cycle_months"), case.book.number("last_years_months"))
    counted = judge(case.listed, case.book.rules, cycle, case.trust)
    try:
        found = policies_for(credential, case.book, case.on)
    except NotInForceError:
        return _without_table(credential, standing, case, cycle, counted, "NOT_IN_FORCE", ())
    policies = tuple(policy.under(case.trust) for policy in found)
    if not all(policy.established for policy in policies):
        code = "TABLE_NOT_ESTABLISHED" if not all(policy.established for policy in found) else "BELOW_TRUST"
        return _without_table(credential, standing, case, cycle, counted, code, found)
    verdict = evaluate([table_of(policy, case.trust) for policy in policies], counted)
    return _evaluated(credential, standing, case, cycle, counted, policies, verdict)


def policies_for(credential: Credential, book: PolicyBook, on: date) -> tuple[Policy, ...]:
    """Find the tables that may apply to a credential on a day, today's last.

    By the day of expiry, never by the day of the declaration.  Without an end date, today's.  Once expired, that
    of the old expiry and today's, since which of them a reinstatement follows is not established.

    Raises:
        NotInForceError: no table was in force for that expiry.
        UnknownCodeError: the edition has no such credential.
    """
    standing, days = standing_of(credential, on), []
    if standing is not Standing.NO_END_DATE and credential.expires_on is not None:
        days.append(credential.expires_on)
    if standing in {Standing.NO_END_DATE, Standing.EXPIRED}:
        days.append(on)
    policies = [book.policy_for(credential.code, expires_on=day, body=credential.body) for day in days]
    return tuple({policy.row: policy for policy in policies}.values())


def _without_table(
    credential: Credential, standing: Standing, case: _Case, cycle: Cycle, counted: Sequence[Counted], code: str,
    policies: Sequence[Policy],
) -> CredentialDecision:
    """Answer for a credential whose table is not known: for review, with no figures."""
    notes = case.notes(credential).cycle(cycle).without_table(code, policies).activities(counted).standing(standing)
    declaration = _declaration(credential, case)
    return _answer(
        credential, standing, notes.declaration(declaration).close(), outcome=Outcome.NEEDS_REVIEW,
        cycle=cycle.period, declaration=declaration,
        activities=activity_results(counted, {}, None), needs=(_need((code,), credential.id),),
    )


def _evaluated(
    credential: Credential, standing: Standing, case: _Case, cycle: Cycle, counted: Sequence[Counted],
    policies: Sequence[Policy], verdict: Verdict,
) -> CredentialDecision:
    """Answer for a credential whose tables are known."""
    allocation = verdict.shown.allocation
    notes = case.notes(credential).cycle(cycle).tables(policies, standing).activities(counted)
    notes.placed(allocation, verdict.shown.table.policy, counted).shortfalls(allocation, verdict.shown.table.policy)
    notes.own_placement(case.own_placements(credential), counted, verdict.shown.table.policy).standing(standing)
    declaration = _declaration(credential, case)
    total = trusted(Total, required=allocation.total.required, placed=allocation.total.placed,
                    short=allocation.total.short, short_if_confirmed=from_hundredths(verdict.short_if_confirmed))
    return _answer(
        credential, standing, notes.declaration(declaration).close(), outcome=verdict.outcome, cycle=cycle.period,
        grade=weakest(notes.grades), total=total, areas=allocation.areas, shortfalls=allocation.shortfalls,
        placements=allocation.placements, activities=allocation.activities, declaration=declaration,
        needs=tuple(_need(codes, subject or credential.id) for codes, subject in verdict.needs),
    )


def _not_required(credential: Credential, standing: Standing, findings: tuple[Finding, ...]) -> CredentialDecision:
    """Answer for a credential that asks for nothing."""
    return _answer(credential, standing, findings, outcome=Outcome.NOT_REQUIRED)


def _answer(
    credential: Credential, standing: Standing, findings: tuple[Finding, ...], *, outcome: Outcome, **known: Any
) -> CredentialDecision:
    """Write the answer for a credential; all that could be said and is not known is null."""
    return trusted(
        CredentialDecision, id=credential.id, code=credential.code, given_code=credential.given_code,
        body=credential.body, outcome=outcome, standing=standing, findings=findings, **{**_UNKNOWN, **known},
    )


_UNKNOWN: dict[str, Any] = {"needs": (), **dict.fromkeys(
    ("grade", "cycle", "total", "areas", "shortfalls", "placements", "activities", "declaration"))}


def _need(codes: Sequence[str], subject: str) -> Need:
    """Put an open question in words; an activity with two of them gets one item, under the code of the first."""
    return trusted(Need, code=codes[0], subject=subject,
                   question=" ".join(NEEDS[code].format(subject=subject) for code in codes))


def _declaration(credential: Credential, case: _Case) -> Declaration | None:
    """Say when the declaration may be sent.

    It opens 90 days before the end of the cycle and is advised until 30 days before; the last day is the end.
    A voluntary participant whose end has passed has no end to declare before.
    """
    end = end_of(credential)
    if end is None or standing_of(credential, case.on) is Standing.NO_END_DATE:
        return None
    opens_on = end - timedelta(days=case.book.number("opens_days_before_end"))
    advised_by = end - timedelta(days=case.book.number("advised_days_before_end"))
    status = "expired" if case.on > end else "late" if case.on > advised_by else "open"
    return trusted(Declaration, opens_on=opens_on, advised_by=advised_by, last_day=end,
                   status="not_open" if case.on < opens_on else status)


def _sources(credentials: Sequence[CredentialDecision], book: PolicyBook) -> FrozenMap:
    """Gather every source that is cited."""
    cited = {citation.source for credential in credentials for finding in credential.findings
             for citation in finding.citations}
    return FrozenMap({name: book.sources[name] for name in sorted(cited)})
