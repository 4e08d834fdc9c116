"""A caller's program that uses every public name: it must run, and mypy and pyright must find nothing under `strict`.

Each value is given the type that a caller may rely on.
"""

from __future__ import annotations

from collections.abc import Callable
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
    AreaEntry,
    Change,
    Changes,
    Citation,
    Closer,
    CmpRulesError,
    CodeEntry,
    Credential,
    CredentialDecision,
    CredentialTracking,
    Decision,
    Explanation,
    Fault,
    FeeQuote,
    Finding,
    Grade,
    Holder,
    InputError,
    KindEntry,
    LastDay,
    MissingExtraError,
    NextStep,
    NotEstablishedError,
    NotInForceError,
    Outcome,
    Period,
    Placement,
    Policy,
    PolicyBook,
    PolicyDataError,
    Record,
    Setting,
    Settled,
    Shortfall,
    Sitting,
    Source,
    Standing,
    Timeline,
    TimelineEvent,
    Tracking,
    UnitEntry,
    UnknownCodeError,
    UnknownEditionError,
    planning,
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
from cmprules.batch import (
    BookSide,
    DecidedTable,
    OutcomeFlow,
    PeopleRecords,
    RequirementFlips,
    Tally,
    WhatIf,
    decide_table,
    records_of,
    what_if,
)
from cmprules.batch.spark import DecidedFrames, decide_frames
from cmprules.comparing import (
    Attribution,
    Cause,
    ChangedValue,
    DecisionChange,
    DecisionComparison,
    DecisionSide,
    FigureChange,
    PolicyComparison,
    PolicySide,
)
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
from cmprules.exam import (
    AppealDeadline,
    ApplicationFee,
    AreaReading,
    Attempts,
    Award,
    AwardEnd,
    CategoryOutlook,
    ContentArea,
    ExamOutlook,
    ExamRecord,
    NextAttempt,
    PassRate,
    RetakePlan,
    ScoreReading,
    ScoreReport,
    StudyShare,
    WaitReading,
    appeal_deadline,
    application_fee,
    attempts,
    award,
    exam_outlook,
    next_attempt,
    parse_exam,
    pass_rates,
    read_exam,
    read_score,
    retake_plan,
)
from cmprules.explaining import (
    AreaSlack,
    Comparison,
    CredentialExplanation,
    CredentialPlacement,
    CredentialSlack,
    Critical,
    ExplanationStep,
    Move,
    OtherPlacement,
    PlacementProblem,
    PlacementReview,
    Slack,
    review_placement,
    slack,
)
from cmprules.intake import (
    Conversion,
    Counts,
    FileRead,
    Intake,
    IntakeMapping,
    Line,
    PeopleRead,
    Remark,
    Unread,
    intake,
    people,
    read_mapping,
)
from cmprules.participation import (
    CitedForm,
    CredentialDesignation,
    Designation,
    Participation,
    designation,
    participation,
)
from cmprules.parts import (
    ActivityResult,
    AreaFigure,
    AreaResult,
    CapFigure,
    Cell,
    Clause,
    CountingRules,
    DecidedHolder,
    Declaration,
    ExamFeeRow,
    FeeLine,
    FeeRow,
    Figure,
    FrozenMap,
    IdentityRules,
    KindRule,
    Limit,
    Need,
    PassRateRow,
    PlacedPoints,
    PointsRow,
    ProcessFigure,
    ProofRule,
    Stamp,
    Statement,
    Total,
    TransitionRow,
)
from cmprules.receipts import OwnFile, Receipt, Replay
from cmprules.renewal import (
    AreaExtent,
    Badge,
    Choice,
    CostPerYear,
    Extent,
    InactiveStatus,
    LetGo,
    MovedDay,
    Reinstatement,
    Renewal,
    Requirements,
    Round,
    Rule,
    Saving,
    StackedChoices,
    StackedGroup,
    Stopping,
    Submission,
    Synchronization,
    SynchronizedCredential,
    TableAsked,
    UnclearStack,
    inactive,
    reinstate,
    renew,
    stacked,
    stop_taking_part,
    synchronize,
)
from cmprules.reporting import (
    COLUMNS,
    FolderError,
    NotDecided,
    ReportedCredential,
    Reports,
    reports,
    tables_of,
    write_tables,
)
from cmprules.timelines import REMIND
from cmprules.tracking import AreaProgress, Credit, WaitingCredit

__all__ = ["main"]

ON = date(2026, 3, 10)
END = date(2026, 5, 31)


def a_record() -> Record:
    """Make a record from values, and one from plain data."""
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


def what_is_known(book: PolicyBook) -> None:
    """Look up codes, kinds, areas, units, rules and last days."""
    code: CodeEntry = book.codes["PBT"]
    kind: KindEntry = book.kinds["college_course"]
    area: AreaEntry = book.areas["safety"]
    unit: UnitEntry = book.units["ceu"]
    assert_type(code.bodies, tuple[str, ...])
    assert_type(kind.units, tuple[str, ...])
    assert_type(area.label, str)
    assert_type(unit.points, Decimal)
    setting = book.setting("rule/duplicates")
    assert_type(setting, Setting | None)
    assert setting is not None
    assert_type(setting.value, str)
    days: list[LastDay] = list(book.last_days.values())
    assert_type([one.last_day for one in days], list[date])


def an_answer(book: PolicyBook) -> Decision:
    """Take a record from the package, and settle one of its questions."""
    record = cmprules.example("mls-nearly-there")
    assert_type(record, Record)
    first = record.activities[0].id
    settled = Settled(code="REPEATED_COURSE", subjects=[first], answer="yes")
    decision = cmprules.decide(attrs.evolve(record, settled=[settled]), book, on=ON)
    assert_type(settled.subjects, tuple[str, ...])
    shortfalls = decision.credentials[0].shortfalls
    assert_type(shortfalls, tuple[Shortfall, ...] | None)
    closers: list[Closer] = [closer for shortfall in shortfalls or () for closer in shortfall.closers or ()]
    assert_type([closer.points for closer in closers], list[Decimal])
    return decision


def a_placement(record: Record, policy: Policy) -> Allocation:
    """Place the activities, and verify the placement."""
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


def parts_of_a_decision(decision: Decision) -> None:
    """Assign each part of a decision to its class."""
    answer = decision["pbt"]
    assert_type(decision.holder, DecidedHolder | None)
    stamp: Stamp = decision.stamp
    assert_type(stamp.trust, Grade)
    assert_type(answer.total, Total | None)
    assert_type(answer.areas, tuple[AreaResult, ...] | None)
    assert_type(answer.placements, tuple[PlacedPoints, ...] | None)
    assert_type(answer.activities, tuple[ActivityResult, ...] | None)
    assert_type(answer.declaration, Declaration | None)
    assert_type(answer.needs, tuple[Need, ...])
    lines: tuple[FeeLine, ...] = decision.fees.lines
    assert_type([line.amount for line in lines], list[Decimal])
    sources: FrozenMap = decision.sources
    assert all(isinstance(source, Source) for source in sources.values())


def parts_of_a_book(book: PolicyBook, policy: Policy) -> None:
    """Assign each part of the tables to its class."""
    assert_type(policy.total, Figure | None)
    assert_type(policy.areas, tuple[AreaFigure, ...] | None)
    assert_type(policy.caps, tuple[CapFigure, ...] | None)
    assert_type(policy.row, PointsRow)
    cells: tuple[Cell, ...] = policy.row.cells
    assert_type(cells[0].figure, Figure)
    figure: ProcessFigure = book.figure("cycle_months")
    assert_type(figure.value, Decimal)
    fees: tuple[FeeRow, ...] = book.fees
    assert_type(fees[0].starts_on, date)
    assert_type(book.exam_fees, tuple[ExamFeeRow, ...])
    assert_type(book.pass_rates, tuple[PassRateRow, ...])
    assert_type(book.transitions, tuple[TransitionRow, ...])
    assert_type(book.readings, tuple[Statement, ...])
    proof: ProofRule = book.proofs["formal_ce"]
    assert_type(proof.documents, tuple[str, ...])
    rules: CountingRules = policy.rules
    assert_type(rules.identity, IdentityRules | None)
    kind: KindRule = rules.kinds["college_course"]
    limits: tuple[Limit, ...] = kind.limits
    assert_type(limits[0].value, Decimal | None)


def an_explanation(record: Record, book: PolicyBook, decision: Decision) -> Explanation:
    """Ask why, and follow a step to what it compares."""
    decided = cmprules.decide(record, book, on=ON)
    assert decided == decision
    explanation = cmprules.explain(decision, record=record, book=book, credential="pbt")
    found: CredentialExplanation = explanation["pbt"]
    assert_type(found.outcome, Outcome)
    root: ExplanationStep = found.step
    assert_type([step.code for step in root.walk()], list[str])
    assert_type(root.holds, bool | None)
    compared: list[Comparison] = [step.compared for step in root.walk() if step.compared is not None]
    assert_type(compared[0].left, str)
    return explanation


def moves_and_slack(record: Record, book: PolicyBook) -> tuple[PlacementReview, Slack]:
    """Ask what to move, and how close the record is."""
    review = review_placement(record, book, on=ON, credential="pbt")
    placed: CredentialPlacement = review["pbt"]
    problems: tuple[PlacementProblem, ...] = placed.problems
    assert problems == ()
    moves: tuple[Move, ...] = placed.moves
    assert_type([(move.points, move.into) for move in moves], list[tuple[Decimal, str | None]])
    close = slack(record, book, on=ON, most_others=1)
    found: CredentialSlack = close["pbt"]
    areas: tuple[AreaSlack, ...] | None = found.areas
    assert areas is None
    critical: tuple[Critical, ...] = found.critical
    others: tuple[OtherPlacement, ...] = found.others
    assert (critical, others) == ((), ())
    return review, close


def fees(record: Record, book: PolicyBook) -> FeeQuote:
    """Ask what the declarations cost."""
    quote = cmprules.quote_fees(record.credentials, book, on=ON, fee_region="standard")
    assert [line.item for line in quote.lines] == ["application"]
    return quote


def an_examination(book: PolicyBook) -> ExamOutlook:
    """Read score reports, separately and together."""
    area = ContentArea(name="Specimen collection", score="350", mean=410.5, share=Decimal(40))
    failed = ScoreReport(code="PBT", taken_on="2026-01-20", score=352, areas=[area], route="1")
    passed = ScoreReport(code="HT", body="ASCP", taken_on=date(2026, 1, 20), score="512", notified_on="2026-01-23")
    exam = ExamRecord(candidate="sample-1", reports=[failed, passed])
    reader: Callable[[str], ExamRecord] = read_exam
    assert reader is not None
    assert_type(exam.reports, tuple[ScoreReport, ...])
    assert_type(failed.score, int)
    assert_type(area.score, int | None)
    assert parse_exam(cmprules.to_mapping(exam)) == exam
    reading: ScoreReading = read_score(failed, book)
    assert_type(reading.passed, bool)
    assert_type(reading.areas, tuple[AreaReading, ...])
    assert_type(attempts(exam.reports, book), tuple[Attempts, ...])
    following: NextAttempt = next_attempt(failed, book, history=exam.reports)
    assert_type(following.readings, tuple[WaitReading, ...])
    assert_type(following.earliest, date | None)
    fee: ApplicationFee = application_fee("PBT", book, on=ON, body="ASCP")
    assert_type(fee.amount, Decimal | None)
    appeal: AppealDeadline = appeal_deadline(ON, book, on=END)
    assert_type(appeal.last_day, date)
    awarded: Award = award(passed, book, id="ht")
    assert_type(awarded.credential, Credential)
    assert_type(awarded.ends, tuple[AwardEnd, ...])
    plan: RetakePlan = retake_plan(failed, book, on=ON, hours_per_week=2.5, sit_on=END, history=exam.reports)
    assert_type(plan.areas, tuple[StudyShare, ...])
    assert_type(plan.hours, Decimal | None)
    assert_type(pass_rates(book, code="PBT", body="ASCP"), tuple[PassRate, ...])
    outlook = exam_outlook(exam, book, on=ON, hours_per_week="2.5")
    assert_type(outlook.categories, tuple[CategoryOutlook, ...])
    assert_type(cmprules.render(outlook, "html"), str)
    return outlook


def a_citation(record: Record, book: PolicyBook) -> Designation:
    """Ask who must take part, and how to cite credentials."""
    answer: Participation = participation(record.credentials[0], book)
    assert_type(answer.status, str)
    assert_type(answer.mandatory_from, date | None)
    cited = designation(record.credentials, book, on=ON)
    assert_type(cited.together, CitedForm | None)
    assert_type(cited.credentials, tuple[CredentialDesignation, ...])
    return cited


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
    """Ask what is proven, what to send, what replaces a rejected activity, and the grounds for an appeal."""
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
    clauses: tuple[Clause, ...] = appeal.clauses
    assert_type(clauses[0].rule, str)


def one_renewed(book: PolicyBook) -> Renewal:
    """Renew, reinstate, extend and stop."""
    pbt = Credential(id="pbt", code="PBT", expires_on=END)
    renewal = renew(pbt, book, on=ON, synchronized_to=None)
    assert_type(renewal.renewed, Credential | None)
    assert_type(renewal.valid, Period | None)
    assert_type(renewal.refused, tuple[Finding, ...])
    rules: tuple[Rule, ...] = renewal.rules
    assert_type(rules[0].citation, Citation)
    reinstatement = reinstate(pbt, book, on=date(2026, 6, 1), fee_region="standard", trust="inferred", nca_moved=None)
    assert_type(reinstatement, Reinstatement)
    assert_type(reinstatement.requirements, Requirements | None)
    assert_type(reinstatement.fees, FeeQuote | None)
    status = inactive(attrs.evolve(pbt, extended_until=date(2026, 11, 30)), book, on=ON)
    assert_type(status, InactiveStatus)
    assert_type(status.standing, Standing)
    stopping = stop_taking_part(Credential(id="mls", code="MLS", voluntary=True), book, on=ON)
    assert_type(stopping, Stopping)
    assert_type(stopping.written_after, str | None)
    assert_type(renewal.badge, Badge | None)
    assert_type(reinstatement.tables, tuple[TableAsked, ...])
    assert_type(status.moved, tuple[MovedDay, ...])
    return renewal


def several_renewed(book: PolicyBook) -> Synchronization:
    """Bring two ends together, and choose between two credentials."""
    held = Record(holder=Holder(id="sample-1"), activities=[], credentials=[
        Credential(id="bb", code="BB", expires_on=END), Credential(id="sbb", code="SBB", expires_on="2027-03-31")])
    answer = synchronize(held, book, on=ON, credentials=["bb", "sbb"], trust=Grade.INFERRED)
    moved: tuple[SynchronizedCredential, ...] = answer.credentials
    assert_type(moved[1].months_given_up, int)
    assert_type(answer.common_end, date | None)
    assert_type(answer.savings[0].saved, Decimal | None)
    choices = stacked(held, book, on=ON, trust=Grade.INFERRED)
    assert_type(choices, StackedChoices)
    each: tuple[Choice, ...] = choices.groups[0].choices
    assert_type(each[0].fees, FeeQuote)
    groups: tuple[StackedGroup, ...] = choices.groups
    assert_type(groups[0].choices[0].let_go, tuple[LetGo, ...])
    assert_type(each[0].required, Extent | None)
    assert_type(each[0].areas, tuple[AreaExtent, ...] | None)
    assert_type(choices.unclear, tuple[UnclearStack, ...])
    rounds: tuple[Round, ...] = answer.together
    sent: tuple[Submission, ...] = rounds[0].submissions
    assert_type(sent[0].on, date)
    saving: Saving = answer.savings[0]
    assert_type(saving.together_per_year, CostPerYear | None)
    assert_type(cmprules.render(choices), str)
    return answer


def a_tracking(record: Record, book: PolicyBook) -> Tracking:
    """Track a record twice, and compare."""
    tracking = cmprules.track(record, book, on=ON, trust="inferred")
    answer = tracking["pbt"]
    assert_type(answer, CredentialTracking)
    assert_type(answer.days_left, int | None)
    assert_type(answer.ready_to_declare, bool)
    assert_type(answer.areas, tuple[AreaProgress, ...] | None)
    assert_type(answer.waiting, tuple[WaitingCredit, ...] | None)
    assert_type(tracking.credits, tuple[Credit, ...])
    step: NextStep = answer.next_step
    assert_type(step.points, Decimal | None)
    assert cmprules.parse_tracking(cmprules.to_mapping(tracking)) == tracking
    found = cmprules.changes(tracking, cmprules.track(record, book, on=END))
    assert_type(found, Changes)
    assert_type(found.changes, tuple[Change, ...])
    assert_type(found.days, int)
    return tracking


def a_timeline(record: Record, book: PolicyBook) -> Timeline:
    """List the events, and write them as a calendar."""
    sitting = Sitting(code="PBT", taken_on=ON, notified_on="2026-03-14")
    line = cmprules.timeline(record, book, on=ON, sittings=[sitting])
    event: TimelineEvent = line.events[0]
    assert_type(event.starts_on, date)
    assert_type(event.fee_after, Decimal | None)
    assert_type(cmprules.to_icalendar(line, remind=(*REMIND, 14)), str)
    return line


def comparisons(record: Record, book: PolicyBook) -> None:
    """Compare two tables and two decisions."""
    tables = cmprules.compare(*(book.policy_for("PBT", expires_on=day) for day in (date(2022, 12, 31), END)))
    assert_type(tables, PolicyComparison)
    side: PolicySide = tables.before
    figures: tuple[FigureChange, ...] = tables.figures
    assert side.row != tables.after.row
    assert_type(figures[0].difference, Decimal | None)
    decisions = [cmprules.decide(record, book, on=day) for day in (ON, date(2026, 6, 1))]
    found = cmprules.compare(decisions[0], decisions[1], records=(record, record), books=(book, book))
    assert_type(found, DecisionComparison)
    made: DecisionSide = found.after
    causes: tuple[Cause, ...] = found.causes
    changes: tuple[DecisionChange, ...] = found.changes
    because: tuple[Attribution, ...] = changes[0].because
    assert (made.on, causes[0].cause, because[0].alone) == (date(2026, 6, 1), "day", True)


def receipts(record: Record, decision: Decision, book: PolicyBook) -> Receipt:
    """Make a receipt, read it back, and replay it."""
    kept = cmprules.receipt(decision, record=record, book=book)
    assert_type(kept, Receipt)
    assert_type(kept.text, str)
    files: tuple[OwnFile, ...] = kept.files
    assert files == book.files
    again = cmprules.parse_receipt(cmprules.to_mapping(kept))
    found = cmprules.replay(again, book)
    assert_type(found, Replay)
    assert_type(found.first, ChangedValue | None)
    assert found.same
    return again


def a_catalogue() -> planning.Catalogue:
    """Make a catalog from values, and from plain data."""
    course = planning.Course(id="c1", title="Order of draw II", kind="formal_ce", amount="7", price="80.50", hours=6,
                             areas=["phlebotomy"], available_from="2026-03-01", available_until=END, days=2)
    more = [planning.Course(id=area, title=f"Sample: {area}", kind="in_service", amount=1, areas=[area])
            for area in ("safety", "ethics")]
    package = planning.Package(id="p1", title="Two courses", price=Decimal(25), courses={"safety", "ethics"},
                               period_days=30, most_courses=2, most_hours="2")
    assert_type(course.points, Decimal)
    assert_type(course.done_on(ON), Activity)
    assert_type(course.price, Decimal | None)
    catalogue = planning.Catalogue(courses=[course, *more], packages=[package])
    assert planning.parse_catalogue(cmprules.to_mapping(catalogue)) == catalogue
    assert planning.read_catalogue.__module__
    return catalogue


def a_plan(record: Record, book: PolicyBook) -> planning.Plan:
    """Plan, and read the answer."""
    plan = cmprules.plan(record, book, a_catalogue(), on=ON, minimise="cost", budget="200.00", include=["c1"],
                         exclude=(), by=END, trust=Grade.INFERRED)
    assert_type(plan.cost, Decimal | None)
    assert_type(plan.courses, tuple[planning.PlannedCourse, ...])
    assert_type(plan.courses[0].serves, tuple[planning.Served, ...])
    assert_type(plan.packages, tuple[planning.PlannedPackage, ...])
    assert_type(plan.credentials, tuple[planning.PlannedCredential, ...])
    assert_type(plan.obstacles, tuple[planning.Obstacle, ...])
    assert_type(plan.left_out, tuple[planning.LeftOut, ...])
    assert plan.possible
    trades: planning.Front = planning.front(record, book, a_catalogue(), on=ON)
    assert_type(trades.points, tuple[planning.FrontPoint, ...])
    assert_type(cmprules.render(trades, "html"), str)
    return plan


def refusals(book: PolicyBook) -> list[CmpRulesError]:
    """Cause a refusal of every kind."""
    found: list[CmpRulesError] = []
    try:
        cmprules.read_record(Path("no-such-file.json"))
    except InputError as error:
        faults: tuple[Fault, ...] = error.faults
        assert_type(faults[0].code, str)
        found.append(error)
    try:
        cmprules.read_receipt(Path("no-such-file.json"))
    except InputError as error:
        found.append(error)
    try:
        cmprules.load_book(extra=["no-such-file.toml"], reform=["neither.toml"])
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
    """Decide a population in files."""
    with TemporaryDirectory() as folder:
        credentials, activities = Path(folder) / "credentials.csv", Path(folder) / "activities.csv"
        credentials.write_text("holder,id,code,expires_on\nsample-1,pbt,PBT,2026-05-31\n", encoding="utf-8")
        activities.write_text("holder,id,title,kind,amount\nsample-1,a1,Sharps,formal_ce,1\n", encoding="utf-8")
        table = decide_table(credentials, str(activities), book, on=ON, trust="inferred", also=["areas"])
        people = records_of(credentials, str(activities))
        found = what_if(credentials, str(activities), book, book, on=ON, trust="inferred")
    assert_type(table, DecidedTable)
    assert_type(people, PeopleRecords)
    assert_type([record.holder.id for record in people], list[str])
    assert table.counts["credentials_used"] == 1
    assert_type(found, WhatIf)
    assert_type(found.before, BookSide)
    assert_type(found.codes, tuple[Tally, ...])
    assert_type(found.outcomes, tuple[OutcomeFlow, ...])
    assert_type(found.requirements, tuple[RequirementFlips, ...])
    assert (found.total.credentials, found.total.flipped) == (1, 0)
    return table


def files_from_outside(book: PolicyBook) -> Intake:
    """Read a file of another format, with a mapping file."""
    with TemporaryDirectory() as folder:
        courses, says = Path(folder) / "courses.csv", Path(folder) / "mapping.toml"
        courses.write_text("Course Title,Date,Hours\nSharps,2025-02-11,1\n", encoding="utf-8")
        says.write_text('schema = "cmprules.intake-mapping/1"\ndates = "iso"\nunit = "contact_hour"\n',
                        encoding="utf-8")
        mapping: IntakeMapping = read_mapping(says)
        found = intake([courses], book, holder="sample-1", credentials=["PBT(ASCP) 2026-05-31"], mapping=mapping)
    assert_type(found, Intake)
    counts: Counts = found.counts
    files: tuple[FileRead, ...] = found.files
    lines: tuple[Line, ...] = found.lines
    remarks: tuple[Remark, ...] = lines[0].remarks
    assert (counts.activities, files[0].name) == (1, "courses.csv")
    assert_type([remark.code for remark in remarks], list[str])
    assert_type(lines[0].changes, tuple[Conversion, ...])
    assert_type(found.record, Record | None)
    return found


def reports_for_a_team(record: Record, book: PolicyBook) -> Reports:
    """Write a page for each person, and tables to send; a folder of someone else's is refused."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "team.csv"
        table.write_text("Employee,Certification,Expires\nAda,PBT(ASCP),2026-05-31\n", encoding="utf-8")
        team: PeopleRead = people([table], book)
        unread: tuple[Unread, ...] = team.unread
        wrong = [NotDecided(holder=one.person, place=one.place, code=one.remark.code, text=one.remark.text)
                 for one in unread]
        try:
            reports(team.records, book, on=ON, to=folder)
        except FolderError as error:
            assert_type(str(error), str)
        found = reports(team.records, book, on=ON, to=Path(folder) / "reports", not_decided=wrong)
        rows = tables_of(record, cmprules.decide(record, book, on=ON))
        assert [*rows] == [*COLUMNS]
        write_tables(rows, Path(folder) / "record.xlsx")
    assert_type(found, Reports)
    credentials: tuple[ReportedCredential, ...] = found.credentials
    assert_type(credentials[0].write, str | None)
    return found


def larger_than_a_machine(credentials: object, activities: object, book: PolicyBook) -> tuple[str, ...]:
    """Decide a population on Spark; a value that is not a Spark frame is refused."""
    try:
        decided = decide_frames(credentials, activities, book, on=ON, trust="inferred")
    except cmprules.InputError as error:
        return tuple(fault.path for fault in error.faults)
    assert_type(decided, DecidedFrames)
    return tuple(decided.stamp)


def main() -> list[str]:
    """Run everything, and return the refusals."""
    assert_type(cmprules.editions(), tuple[str, ...])
    assert_type(cmprules.__version__, str)
    assert "properties" in cmprules.json_schema("record")
    book = cmprules.load_book(edition=cmprules.editions()[-1])
    record = a_record()
    a_placement(record, a_policy(book))
    parts_of_a_book(book, a_policy(book))
    parts_of_a_decision(a_decision(record, book))
    what_is_known(book)
    an_answer(book)
    receipts(record, a_decision(record, book), book)
    comparisons(record, book)
    fees(record, book)
    assert an_examination(book).notice == a_citation(record, book).notice
    a_declaration(record, book)
    an_audit(record, book)
    a_population(book)
    files_from_outside(book)
    reports_for_a_team(record, book)
    assert larger_than_a_machine(None, None, book) == ("$.credentials", "$.activities")
    one_renewed(book)
    several_renewed(book)
    a_tracking(record, book)
    a_timeline(record, book)
    a_plan(record, book)
    assert issubclass(MissingExtraError, ImportError)
    an_explanation(record, book, a_decision(record, book))
    fees(record, book)
    moves_and_slack(record, book)
    return [type(error).__name__ for error in refusals(book)]


if __name__ == "__main__":
    main()
