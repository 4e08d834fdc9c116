"""`decide`: records, tables, cycles, outcomes and fees come together here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import attrs

from cmprules._answers.decision import Decision
from cmprules._answers.ground import WithoutTable, arguments_of, ground_of
from cmprules._facts.digest import record_digest
from cmprules._facts.records import Credential, Placement, Record
from cmprules._kit.listing import joined
from cmprules._kit.points import from_hundredths
from cmprules._kit.shapes import FrozenMap, trusted
from cmprules._policy.book import CountingRules, Policy, PolicyBook, Source, Statement
from cmprules._rules.allocation import activity_results, table_of
from cmprules._rules.counting import Cycle, end_of, standing_of
from cmprules._rules.entries import Entries, entries
from cmprules._rules.fees import quote_or_reason
from cmprules._rules.findings import Notes, answer_rule, notes_on
from cmprules._rules.judging import judge
from cmprules._rules.opposites import Opposites
from cmprules._rules.outcome import Question, Verdict, evaluate
from cmprules._rules.results import (
    CredentialDecision,
    DecidedHolder,
    Declaration,
    FeeQuote,
    Finding,
    Need,
    Stamp,
    Total,
)
from cmprules._rules.settling import Answers
from cmprules._rules.verdicts import Judged
from cmprules._version import RULES_VERSION, __version__
from cmprules._words.codes.questions import ABOUT_CREDENTIAL, NEEDS, NOT_OF_THIS_BODY, YES_OR_NO
from cmprules._words.enums import Grade, Outcome, Standing, weakest


def decide(record: Record, book: PolicyBook, *, on: date | str, trust: Grade | str = Grade.INFERRED) -> Decision:
    """Decide each credential of a record on a day.

    A pure function: the same record, edition, day and trust always give the same answer, everywhere.

    Args:
        record: the record of the person.
        book: the policy tables, from `load_book`.
        on: the day of decision; activities after it do not count.
        trust: the weakest grade of figures to accept; a table with a weaker figure counts as not established.

    Returns:
        The decision.  "No" is an answer: missing points or an expired credential never raise.

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
    on, trust = arguments_of(record, book, on, trust)
    listed = entries(record.activities, book.counting, record.settled)
    fees = quote_or_reason(record.credentials, book, on=on, fee_region=record.holder.fee_region)
    case = _Case(record=record, listed=listed, book=book, on=on, trust=trust, fees=fees)
    credentials = _with_answers_not_needed(
        tuple(_decide_one(credential, case) for credential in record.credentials), listed.answers)
    stamp = trusted(Stamp, library=__version__, rules=RULES_VERSION, edition=book.edition, edition_sha256=book.sha256,
                  extra_sha256=book.extra_sha256, trust=trust, record_sha256=record_digest(record))
    holder = trusted(DecidedHolder, id=record.holder.id, name=record.holder.name)
    return trusted(Decision, on=on, holder=holder, stamp=stamp, credentials=credentials, fees=fees,
                   sources=_sources(credentials, book), notice=book.notice, advisories=book.advisories)


class _Case(NamedTuple):
    """The inputs for deciding the credentials of one record."""

    record: Record
    listed: Entries
    book: PolicyBook
    on: date
    trust: Grade
    fees: FeeQuote

    def own_placements(self, credential: Credential) -> tuple[Placement, ...]:
        """The holder's own placements for a credential."""
        return tuple(placement for placement in self.record.placements if placement.credential == credential.id)

    def notes(self, credential: Credential) -> Notes:
        """Start the findings on a credential."""
        return notes_on(credential, self.book, self.on, self.fees)


def _decide_one(credential: Credential, case: _Case) -> CredentialDecision:
    """Decide one credential: not required, without a table, or evaluated."""
    standing = standing_of(credential, case.on)
    ground = ground_of(credential, case.listed, case.book, on=case.on, trust=case.trust)
    if ground is None:
        return _not_required(credential, standing, case.notes(credential).not_required())
    one = _One(credential=credential, standing=standing, case=case, cycle=ground.cycle, judged=ground.judged)
    if isinstance(ground, WithoutTable):
        return one.without_table(ground.code, ground.policies)
    return one.evaluated(ground.policies, ground.verdict())


def _with_answers_not_needed(
    credentials: tuple[CredentialDecision, ...], answers: Answers
) -> tuple[CredentialDecision, ...]:
    """Note the holder's answers to questions that no credential leaves open."""
    used = {(finding.rule, finding.subject) for credential in credentials for finding in credential.findings
            if finding.code == "ANSWER_USED"}
    spare = [(code, subject) for code, subject in answers.given if (answer_rule(code), subject) not in used]
    if not spare:
        return credentials
    return tuple(attrs.evolve(credential, findings=(*credential.findings, *_spare_answers(credential.id, spare)))
                 for credential in credentials)


def _spare_answers(credential: str, spare: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Note for one credential the unneeded answers about it or about activities."""
    for code, subject in spare:
        if code not in ABOUT_CREDENTIAL or subject == credential:
            yield trusted(Finding, code="ANSWER_NOT_NEEDED", rule=answer_rule(code), subject=subject)


class _One(NamedTuple):
    """Builds the answer for one credential whose holder takes part."""

    credential: Credential
    standing: Standing
    case: _Case
    cycle: Cycle
    judged: Judged

    @property
    def notes(self) -> Notes:
        """Start the findings."""
        return self.case.notes(self.credential).cycle(self.cycle).former_code(late=self.is_late)

    @property
    def is_late(self) -> bool:
        """Whether the credential has a former code, but was certified when that code was no longer given."""
        certified = self.credential.certified_on
        if certified is None:
            return False
        given = self.case.book.former_code_until(str(self.credential.given_code), self.credential.body)
        return given is not None and certified > given.last_day

    def without_table(self, code: str, policies: Sequence[Policy]) -> CredentialDecision:
        """Answer without a known table: needs review, without figures."""
        notes = self.notes.without_table(code, policies).activities(self.judged)
        notes.answered(self.judged, self.case.listed.answers, late=self.is_late).standing(self.standing)
        declaration = _declaration(self.credential, self.case)
        return _answer(
            self.credential, self.standing, notes.declaration(declaration).close(), outcome=Outcome.NEEDS_REVIEW,
            cycle=self.cycle.period, declaration=declaration,
            activities=activity_results(self.judged.counted, {}, None),
            needs=(self._need(Question(codes=(code,))), *self._about_code()),
        )

    def evaluated(self, policies: Sequence[Policy], verdict: Verdict) -> CredentialDecision:
        """Answer with known tables."""
        allocation, counted = verdict.shown.allocation, self.judged.counted
        policy, answers = verdict.shown.table.policy, self.case.listed.answers
        notes = self.notes.tables(policies, self.standing).activities(self.judged)
        notes.grades.extend(self._grades_of_readings(verdict, policies))
        notes.placed(allocation, policy, counted).shortfalls(allocation, policy)
        notes.own_placement(self.case.own_placements(self.credential), self.judged, policy)
        notes.answered(self.judged, answers, verdict, late=self.is_late).standing(self.standing)
        declaration, about_code = _declaration(self.credential, self.case), self._about_code()
        notes.grades.extend([self.case.book.cite("rule/former_code").grade] if about_code else [])
        total = trusted(Total, required=allocation.total.required, placed=allocation.total.placed,
                        short=allocation.total.short, short_if_confirmed=from_hundredths(verdict.short_if_confirmed))
        return _answer(
            self.credential, self.standing, notes.declaration(declaration).close(),
            outcome=Outcome.NEEDS_REVIEW if about_code else verdict.outcome, cycle=self.cycle.period,
            grade=weakest(notes.grades), total=total, areas=allocation.areas, shortfalls=allocation.shortfalls,
            placements=allocation.placements, activities=allocation.activities, declaration=declaration,
            needs=(*map(self._need, verdict.needs), *about_code),
        )

    def _grades_of_readings(self, verdict: Verdict, policies: Sequence[Policy]) -> Iterator[Grade]:
        """Yield the grades of the readings of ours, and of rows of the user's own, that the answer rests on."""
        case = self.case

        def judged_by(rules: CountingRules) -> Judged:
            listed = entries(case.record.activities, rules, case.record.settled)
            by_month = rules.setting("rule/month_end") is not None
            cycle = self.cycle if by_month else self.cycle._replace(odd=None)
            return judge(listed, rules, cycle, case.trust)

        def evaluated(judged: Judged) -> Verdict:
            tables = [table_of(policy, case.trust) for policy in policies]
            return evaluate(tables, judged, case.listed.answers, self.credential.id)

        opposites = Opposites(rules=case.book.counting, answered=bool(case.listed.answers.relations), judge=judged_by,
                              evaluate=evaluated)
        yield from opposites.grades(self.judged, verdict)

    def _about_code(self) -> tuple[Need, ...]:
        """Ask about a late former code, unless the holder has confirmed it."""
        if not self.is_late:
            return ()
        answer = self.case.listed.answers.get("FORMER_CODE_LATE", self.credential.id)
        if answer is True:
            return ()
        need = self._need(Question(codes=("FORMER_CODE_LATE",)))
        said = NOT_OF_THIS_BODY.format(subject=self.credential.id)
        return (need if answer is None else attrs.evolve(need, question=said),)

    def _need(self, question: Question) -> Need:
        """Write an open question; an activity with several questions gets one item, under the code of the first."""
        identity = self.case.book.counting.identity
        subject = question.subject or self.credential.id
        wordings = NEEDS if identity is None else {**NEEDS, **YES_OR_NO}
        compared = joined([f"'{name}'" for name in question.others] or ["others under its title"])
        asked = [self._exam(subject) if self._is_exam(code, subject) else
                 wordings[code].format(subject=subject, others=compared)
                 for place, code in enumerate(question.codes)
                 if identity is not None or not place or code in {"AREA_PROPOSED", "DIVIDED_ACTIVITY"}]
        return trusted(Need, code=question.codes[0], subject=subject, question=" ".join(asked),
                       others=None if identity is None else question.others)

    def _is_exam(self, code: str, subject: str) -> bool:
        """Return whether the question is the value of an examination pass for which the edition has a former value."""
        named = self.case.book.setting("rule/exam_pass") is not None
        return named and code == "KIND_UNCONFIRMED" and any(
            activity.kind == "exam_pass" for activity in self.case.record.activities if activity.id == subject)

    def _exam(self, subject: str) -> str:
        """Ask whether the former value of an examination still holds."""
        stated: Statement = self.case.book.statements["rule/exam_pass"]
        source: Source = self.case.book.sources[stated.citation.source]
        return f"{stated.text} Do the 25 points count for '{subject}'? (Source: {source.title}.)"


def _not_required(credential: Credential, standing: Standing, findings: tuple[Finding, ...]) -> CredentialDecision:
    """Answer for a credential that requires nothing."""
    return _answer(credential, standing, findings, outcome=Outcome.NOT_REQUIRED)


def _answer(
    credential: Credential, standing: Standing, findings: tuple[Finding, ...], *, outcome: Outcome, **known: Any
) -> CredentialDecision:
    """Make the answer for a credential; unknown parts are null."""
    return trusted(
        CredentialDecision, id=credential.id, code=credential.code, given_code=credential.given_code,
        body=credential.body, outcome=outcome, standing=standing, findings=findings, **{**_UNKNOWN, **known},
    )


_UNKNOWN: dict[str, Any] = {"needs": (), **dict.fromkeys(
    ("grade", "cycle", "total", "areas", "shortfalls", "placements", "activities", "declaration"))}


def _declaration(credential: Credential, case: _Case) -> Declaration | None:
    """Return when the declaration may be sent.

    The window opens 90 days before the end of the cycle, sending is advised until 30 days before, and the last day is
    the end date.  A voluntary participant whose end date has passed has no deadline.
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
    """Collect every cited source."""
    cited = {citation.source for credential in credentials for finding in credential.findings
             for citation in finding.citations}
    return FrozenMap({name: book.sources[name] for name in sorted(cited)})
