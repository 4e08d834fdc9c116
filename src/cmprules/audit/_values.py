"""The values of audit readiness, manifest, substitution and grounds for appeal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._facts.records import Period
from cmprules._kit.held import ById
from cmprules._kit.shapes import LEAVE_OUT, Checked, Day, Maybe, Whole, wire
from cmprules._policy.book import Citation, ProcessFigure
from cmprules._policy.clauses import Clause
from cmprules._rules.results import CredentialDecision, PlacedPoints
from cmprules._words.enums import Outcome


class ProofStatus(StrEnum):
    """Whether an activity is proven; if no source says which document proves it, it is neither proven nor missing."""

    PROVEN = "proven"
    MISSING = "missing"
    NOT_ESTABLISHED = "not_established"


@attrs.frozen(kw_only=True)
class ActivityProof(Checked):
    """The proof of one activity that counts in a declaration.

    Attributes:
        activity: its id in the record.
        points: its placed points.
        areas: the areas in which they are placed.
        status: `proven`, `missing` or `not_established`.
        documents_needed: the accepted documents, of which one is enough; empty if that is not established.
        must_show: what the document must show; empty if that is not established.
        conditions: further requirements for the document.
        at_hand: the accepted documents at hand.
        not_serving: the documents at hand that are not accepted.
        not_recognized: those among them whose names are not known.
        fields_missing: fields that the record must have and lacks, such as `provider`.
        question: the open question about this proof.
        citation: the source of the rule.
    """

    activity: str
    completed_on: date | None
    title: str
    provider: str | None
    kind: str
    points: Decimal
    areas: tuple[PlacedPoints, ...]
    status: ProofStatus
    documents_needed: tuple[str, ...]
    must_show: tuple[str, ...]
    conditions: str | None
    at_hand: tuple[str, ...]
    not_serving: tuple[str, ...]
    not_recognized: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)
    fields_missing: tuple[str, ...]
    question: str | None
    citation: Citation


@attrs.frozen(kw_only=True)
class ProofCount(Checked):
    """How many activities, and how many of their points."""

    activities: int = attrs.field(metadata=wire(Whole()))
    points: Decimal


@attrs.frozen(kw_only=True)
class CredentialReadiness(Checked):
    """How much of the declaration of one credential can be proven.

    `placed` is the sum of the three counts below it.  These and `activities` are null if nothing is placed because the
    requirements are not established or nothing is required.

    Attributes:
        id: the id of the credential in the record.
        given_code: the former code that was written, if one was.
        outcome: whether the requirements are met, regardless of proof.
        cycle: the days whose activities count.
        placed: what the declaration counts.
        proven: what a document at hand proves.
        missing: what still needs proof.
        not_established: activities of kinds for which no source names the document.
        activities: the proof of each activity, by day and id.
    """

    id: str
    code: str
    given_code: str | None
    body: str
    outcome: Outcome
    cycle: Period | None
    placed: ProofCount | None
    proven: ProofCount | None
    missing: ProofCount | None
    not_established: ProofCount | None
    activities: tuple[ActivityProof, ...] | None

    @property
    def all_proven(self) -> bool:
        """Whether something is placed and all of it is proven."""
        return bool(self.activities) and self.proven == self.placed


@attrs.frozen(kw_only=True)
class ManifestEntry(Checked):
    """One line of what to send to the auditor.

    Attributes:
        number: its place in the list, from 1.
        activity: the id of the activity in the record.
        amount: what was entered, in `unit`.
        points: its placed points.
        areas: the areas in which they are placed.
        status: whether it is proven.
        documents: the accepted documents at hand.
        documents_needed: the accepted documents, of which one is enough; empty if that is not established.
        fields_missing: fields that the record must have and lacks.
        file_name: a name for the file, safe on every file system; add the file's own ending.
    """

    number: int = attrs.field(metadata=wire(Whole()))
    activity: str
    completed_on: date | None
    title: str
    provider: str | None
    kind: str
    amount: Decimal
    unit: str
    points: Decimal
    areas: tuple[PlacedPoints, ...]
    status: ProofStatus
    documents: tuple[str, ...]
    documents_needed: tuple[str, ...]
    fields_missing: tuple[str, ...]
    file_name: str


@attrs.frozen(kw_only=True)
class CredentialManifest(Checked):
    """What to send for one credential; it has no entries if nothing is placed."""

    id: str
    code: str
    body: str
    cycle: Period | None
    entries: tuple[ManifestEntry, ...]


@attrs.frozen(kw_only=True)
class Substitute(Checked):
    """An activity that counts in a new area, or for more points, once the rejected ones are left out.

    Attributes:
        proof: its proof, with all its points that count now.
        gained: the points in each area that did not count there before.
        new: whether none of it counted before, so it was not on the declaration.
        same_as: the rejected activity of which it is a second entry, if it is one.
    """

    proof: ActivityProof
    gained: tuple[PlacedPoints, ...]
    new: bool
    same_as: str | None


@attrs.frozen(kw_only=True)
class CredentialSubstitution(Checked):
    """The declaration of one credential without the rejected activities.

    Attributes:
        id: the id of the credential in the record.
        counted_on: the day used for the new placement: the day of the question, or the end date if that is earlier.
        outcome_before: whether the requirements were met with the rejected activities.
        left_out: the points of rejected activities that were placed.
        substitutes: the replacement activities, by day and id.
        whole: whether the requirements are met without the rejected activities.
        proven: whether every activity that is placed now is proven.
        decision: the decision on the record without the rejected activities.
    """

    id: str
    counted_on: date
    outcome_before: Outcome
    left_out: tuple[PlacedPoints, ...]
    substitutes: tuple[Substitute, ...]
    whole: bool
    proven: bool
    decision: CredentialDecision




@attrs.frozen(kw_only=True, repr=False)
class AuditReadiness(ById[CredentialReadiness], Answer):
    """How much of the declarations of a record could be proven; by credential: `readiness["mls"]`.

    Attributes:
        on: the day for which the declarations are made.
        holder: the id of the holder.
        credentials: one part for each credential.
        clauses: what to know about an audit, with sources.
    """

    schema: ClassVar[str] = "cmprules.audit/1"

    on: date
    holder: str
    credentials: tuple[CredentialReadiness, ...]
    clauses: tuple[Clause, ...]


@attrs.frozen(kw_only=True, repr=False)
class AuditManifest(ById[CredentialManifest], Answer):
    """What to send to the auditor, in order; by credential: `manifest["mls"]`.

    Attributes:
        on: the day for which the declarations are made.
        holder: the id of the holder.
        credentials: one part for each credential.
        clauses: how to send proof, with sources.
    """

    schema: ClassVar[str] = "cmprules.audit-manifest/1"

    on: date
    holder: str
    credentials: tuple[CredentialManifest, ...]
    clauses: tuple[Clause, ...]


@attrs.frozen(kw_only=True, repr=False)
class AuditSubstitution(ById[CredentialSubstitution], Answer):
    """The declarations without the activities that an audit rejected; by credential: `found["mls"]`.

    Attributes:
        on: the day of the question.
        holder: the id of the holder.
        rejected: the ids of the rejected activities.
        credentials: one part for each credential.
        clauses: the rule on substitution and the open questions, with sources.
    """

    schema: ClassVar[str] = "cmprules.audit-substitution/1"

    on: date
    holder: str
    rejected: tuple[str, ...]
    credentials: tuple[CredentialSubstitution, ...]
    clauses: tuple[Clause, ...]


@attrs.frozen(kw_only=True, repr=False)
class AppealGrounds(Answer):
    """What is known about an appeal after a failed audit.

    Attributes:
        grounds: the circumstances that are likely to be considered; further ones are not known.
        illness_months: an illness must last longer than this number of months.
        illness: the days of the illness in question.
        illness_lasted_months: its length in months, if that was given instead of days.
        illness_long_enough: whether it lasted long enough; null if no illness was given.
        appeal_days: the days, from the announcement of the decision, within which a formal appeal must arrive.
        notified_on: the day of that announcement.
        last_day: the last day for a formal appeal.
        clauses: the rules in words, with sources.
    """

    schema: ClassVar[str] = "cmprules.audit-appeal/1"

    grounds: tuple[str, ...]
    illness_months: ProcessFigure
    illness: Period | None
    illness_lasted_months: int | None = attrs.field(metadata=wire(Maybe(Whole())))
    illness_long_enough: bool | None
    appeal_days: ProcessFigure
    notified_on: date | None
    last_day: date | None = attrs.field(metadata=wire(Maybe(Day(bounded=False))))
    clauses: tuple[Clause, ...]
