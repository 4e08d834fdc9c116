"""A caller's program that uses every public name: it must run, and mypy and pyright must find nothing under `strict`.

Each value is given the type that a caller may rely on.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import assert_type

import attrs

import cmprules
from cmprules import (
    Activity,
    Allocation,
    Citation,
    CmpRulesError,
    Credential,
    CredentialDecision,
    Decision,
    Fault,
    FeeQuote,
    Finding,
    Grade,
    Holder,
    InputError,
    NotEstablishedError,
    NotInForceError,
    Outcome,
    Period,
    Placement,
    Policy,
    PolicyBook,
    PolicyDataError,
    Record,
    Shortfall,
    Source,
    Standing,
    UnknownCodeError,
    UnknownEditionError,
)
from cmprules.audit import (
    ActivityProof,
    AppealGrounds,
    AuditManifest,
    AuditReadiness,
    AuditSubstitution,
    CredentialManifest,
    CredentialReadiness,
    CredentialSubstitution,
    ManifestEntry,
    ProofCount,
    ProofStatus,
    Substitute,
    appeal_grounds,
    manifest,
    readiness,
    substitute,
)
from cmprules.batch import DecidedTable, decide_table
from cmprules.declaring import (
    Condition,
    DeclarationForm,
    DeclarationLife,
    Event,
    FormLine,
    LawfulEvent,
    Shown,
    State,
    Step,
    advance,
    begin,
    declaration_form,
    lawful_events,
    parse_life,
)

__all__ = ["main"]

ON = date(2026, 3, 10)
END = date(2026, 5, 31)


def a_record() -> Record:
    """Make a record of values, and one of plain data."""
    holder = Holder(id="sample-1", fee_region="standard")
    credential = Credential(id="pbt", code="PBT", body="ASCP", expires_on="2026-05-31", certified_on=date(2020, 5, 20))
    activity = Activity(id="a1", title="Order of draw", kind="formal_ce", amount="1.5", unit="contact_hour",
                        completed_on=date(2025, 2, 11), areas=["phlebotomy"], documents=["certificate"], source="self")
    placement = Placement(credential="pbt", activity="a1", area="phlebotomy", points=Decimal("1.5"))
    record = Record(holder=holder, credentials=[credential], activities=[activity], placements=[placement])
    assert_type(record.activities, tuple[Activity, ...])
    assert_type(activity.points, Decimal)
    assert_type(activity.completed_on, date | None)
    assert_type(credential.expires_on, date | None)
    plain = cmprules.to_mapping(record)
    assert cmprules.parse_record(plain) == record
    return attrs.evolve(record, holder=Holder(id="sample-2"))


def a_policy(book: PolicyBook) -> Policy:
    """Ask for the table of one credential, and follow a figure to its source."""
    policy = book.policy_for("PBT", expires_on=END, body="ASCP")
    assert_type(policy.established, bool)
    if policy.total is not None:
        assert_type(policy.total.value, Decimal)
        citation: Citation = policy.total.citation
        assert_type(citation.grade, Grade)
        source: Source = book.sources[citation.source]
        assert_type(source.title, str)
        assert_type(source.published_on, date | None)
    return policy


def a_placement(record: Record, policy: Policy) -> Allocation:
    """Place the activities, and hold the placement to its rules."""
    cycle = Period(start=date(2023, 6, 1), end=END)
    best = cmprules.allocate(record.activities, policy, cycle=cycle)
    assert cmprules.verify_allocation(best, record.activities, policy, cycle=cycle) == ()
    assert_type(best.total.short, Decimal)
    shortfalls: tuple[Shortfall, ...] = best.shortfalls
    assert all(proof.required - proof.available == proof.short for proof in shortfalls)
    assert_type(ON in cycle, bool)
    return best


def a_decision(record: Record, book: PolicyBook) -> Decision:
    """Decide, and read the answer."""
    decision = cmprules.decide(record, book, on=ON, trust=Grade.INFERRED)
    answer = decision["pbt"]
    assert_type(answer, CredentialDecision)
    assert_type(answer.outcome, Outcome)
    assert_type(answer.standing, Standing)
    assert_type(answer.findings, tuple[Finding, ...])
    assert answer.outcome is Outcome.NOT_MET
    assert answer.standing is Standing.CURRENT
    assert answer.total is not None
    assert_type(decision.fees, FeeQuote)
    assert_type(decision.fees.total, Decimal | None)
    assert cmprules.parse_decision(cmprules.to_mapping(decision)) == decision
    assert_type(cmprules.render(decision, "markdown", record=record), str)
    return decision


def fees(record: Record, book: PolicyBook) -> FeeQuote:
    """Ask what the declarations cost."""
    quote = cmprules.quote_fees(record.credentials, book, on=ON, fee_region="standard")
    assert [line.item for line in quote.lines] == ["application"]
    return quote


def a_declaration(record: Record, book: PolicyBook) -> DeclarationLife:
    """Fill in a form, and follow the declaration."""
    form = declaration_form(record, book, on=ON, credential="pbt", placement="own", together_with=())
    assert_type(form, DeclarationForm)
    assert_type(form.lines, tuple[FormLine, ...])
    assert_type(form.ready, bool)
    assert_type(form.lines[0].points, Decimal)
    life = begin(record.credentials[0], book, on=ON)
    for one in lawful_events(life, book):
        event: LawfulEvent = one
        assert_type(event.event, Event)
        assert_type(event.needs, tuple[Condition, ...])
    life = advance(life, Event.COMPLETE, book, on=ON, decision=None, first_sent_on=None,
                   evidence={"requirements_met": "the alert"})
    assert_type(life.history, tuple[Step, ...])
    assert_type(life.history[0].shown, tuple[Shown, ...])
    assert life.state is State.READY
    assert parse_life(cmprules.to_mapping(life)) == life
    return life


def an_audit(record: Record, book: PolicyBook) -> None:
    """Ask what is proven, what is sent, what steps in, and what an appeal may say."""
    ready = readiness(record, book, on=ON, credential="pbt")
    assert_type(ready, AuditReadiness)
    part: CredentialReadiness = ready["pbt"]
    assert_type(part.proven, ProofCount | None)
    proofs: tuple[ActivityProof, ...] = part.activities or ()
    assert [proof.status for proof in proofs] == [ProofStatus.MISSING]
    sent = manifest(record, book, on=ON)
    assert_type(sent, AuditManifest)
    assert_type(sent["pbt"], CredentialManifest)
    assert_type(sent["pbt"].entries, tuple[ManifestEntry, ...])
    found = substitute(record, book, on=ON, rejected=["a1"])
    assert_type(found, AuditSubstitution)
    assert_type(found["pbt"], CredentialSubstitution)
    assert_type(found["pbt"].substitutes, tuple[Substitute, ...])
    assert_type(found["pbt"].decision, CredentialDecision)
    appeal = appeal_grounds(book, illness=Period(start=ON, end=END), notified_on=END)
    assert_type(appeal, AppealGrounds)
    assert_type(appeal.last_day, date | None)


def refusals(book: PolicyBook) -> list[CmpRulesError]:
    """Be refused in every way that there is."""
    found: list[CmpRulesError] = []
    try:
        cmprules.read_record(Path("no-such-file.json"))
    except InputError as error:
        faults: tuple[Fault, ...] = error.faults
        assert_type(faults[0].code, str)
        found.append(error)
    try:
        cmprules.load_book(extra=["no-such-file.toml"])
    except PolicyDataError as error:
        found.append(error)
    try:
        cmprules.load_book(edition="1066.1")
    except UnknownEditionError as error:
        found.append(error)
    try:
        book.policy_for("PBT", expires_on=date(1999, 12, 31))
    except NotInForceError as error:
        found.append(error)
    try:
        book.policy_for("XYZ", expires_on=END)
    except UnknownCodeError as error:
        found.append(error)
    try:
        book.fee("application", region="standard", on=date(1999, 12, 31))
    except NotEstablishedError as error:
        found.append(error)
    return found


def a_population(book: PolicyBook) -> DecidedTable:
    """Decide a population that stands in files."""
    with TemporaryDirectory() as folder:
        credentials, activities = Path(folder) / "credentials.csv", Path(folder) / "activities.csv"
        credentials.write_text("holder,id,code,expires_on\nsample-1,pbt,PBT,2026-05-31\n", encoding="utf-8")
        activities.write_text("holder,id,title,kind,amount\nsample-1,a1,Sharps,formal_ce,1\n", encoding="utf-8")
        table = decide_table(credentials, str(activities), book, on=ON, trust="inferred", also=["areas"])
    assert_type(table, DecidedTable)
    assert table.counts["credentials_used"] == 1
    return table


def main() -> list[str]:
    """Do all of it, and name the refusals."""
    assert_type(cmprules.editions(), tuple[str, ...])
    assert_type(cmprules.__version__, str)
    assert "properties" in cmprules.json_schema("record")
    book = cmprules.load_book(edition=cmprules.editions()[-1])
    record = a_record()
    a_placement(record, a_policy(book))
    a_decision(record, book)
    fees(record, book)
    a_declaration(record, book)
    an_audit(record, book)
    a_population(book)
    return [type(error).__name__ for error in refusals(book)]


if __name__ == "__main__":
    main()
