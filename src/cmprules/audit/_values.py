"""Readiness for an audit, the manifest of proof, substitution and grounds for appeal, as values."""

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
    """Whether an activity is proven; where nobody knows which document serves, it is neither proven nor missing."""

    PROVEN = "proven"
    MISSING = "missing"
    NOT_ESTABLISHED = "not_established"


@attrs.frozen(kw_only=True)
class ActivityProof(Checked):
    """The proof of one activity that counts in a declaration.

    Attributes:
        activity: its id in the record.
        points: the points of it that are placed.
        areas: where they are placed.
        status: `proven`, `missing` or `not_established`.
        documents_needed: the documents of which one serves; none where that is not established.
        must_show: what the document has to show; nothing where that is not established.
        conditions: what else is asked of the document.
        at_hand: the documents at hand that serve.
        not_serving: the documents at hand that do not.
        not_recognized: those of them whose names are not known, so that nobody can tell what they are.
        fields_missing: what the record has to say of the activity and does not, such as `provider`.
        question: what stays open about this proof.
        citation: where the rule stands.
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
    """How far the declaration of one credential can be proven.

    `placed` is the sum of the three below it.  All are null, with `activities`, where nothing is placed since the
    requirements are not established or nothing is required.

    Attributes:
        id: the id of the credential in the record.
        given_code: the former code that was written, if one was.
        outcome: whether the requirements are met, proof aside.
        cycle: the days whose activities count.
        placed: what the declaration counts.
        proven: what a document at hand proves.
        missing: what still has to be proven.
        not_established: what is of a kind of which nobody knows the document.
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
        """Whether something is placed, and every activity of it is proven."""
        return bool(self.activities) and self.proven == self.placed


@attrs.frozen(kw_only=True)
class ManifestEntry(Checked):
    """One line of what is sent to the auditor.

    Attributes:
        number: its place in the list, from 1.
        activity: the id of the activity in the record.
        amount: what was entered, in `unit`.
        points: the points of it that are placed.
        areas: where they are placed.
        status: whether it is proven.
        documents: the documents at hand that serve.
        documents_needed: the documents of which one serves; none where that is not established.
        fields_missing: what the record has to say of the activity and does not.
        file_name: a name for the file, safe on every file system, to which its own ending is added.
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
    """What is sent for one credential; it has no entries where nothing is placed."""

    id: str
    code: str
    body: str
    cycle: Period | None
    entries: tuple[ManifestEntry, ...]


@attrs.frozen(kw_only=True)
class Substitute(Checked):
    """An activity that counts in an area in which it did not, or for more, once the rejected ones are left out.

    Attributes:
        proof: its proof, with all the points of it that count now.
        gained: in each area, the points that did not count there before.
        new: whether nothing of it counted before, so that it was not on the declaration.
        same_as: a rejected activity of which it is a second entry.
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
        counted_on: the day for which it was placed anew: that which was asked about, or the end if that is earlier.
        outcome_before: whether the requirements were met with the rejected activities.
        left_out: the points of rejected activities that were placed.
        substitutes: the activities that step in, by day and id.
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
    """How far the declarations of a record could be proven today; by credential: `readiness["mls"]`.

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
    """What is sent to the auditor, in order; by credential: `manifest["mls"]`.

    Attributes:
        on: the day for which the declarations are made.
        holder: the id of the holder.
        credentials: one part for each credential.
        clauses: how proof is sent, with sources.
    """

    schema: ClassVar[str] = "cmprules.audit-manifest/1"

    on: date
    holder: str
    credentials: tuple[CredentialManifest, ...]
    clauses: tuple[Clause, ...]


@attrs.frozen(kw_only=True, repr=False)
class AuditSubstitution(ById[CredentialSubstitution], Answer):
    """What becomes of the declarations without the activities that an audit rejected; by credential: `found["mls"]`.

    Attributes:
        on: the day that was asked about.
        holder: the id of the holder.
        rejected: the ids of the rejected activities.
        credentials: one part for each credential.
        clauses: the rule on substitution and what stays open, with sources.
    """

    schema: ClassVar[str] = "cmprules.audit-substitution/1"

    on: date
    holder: str
    rejected: tuple[str, ...]
    credentials: tuple[CredentialSubstitution, ...]
    clauses: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class AppealGrounds(Answer):
    """What is known of an appeal after a failed audit.

    Attributes:
        grounds: the circumstances that are likely to be considered; further ones are not known.
        illness_months: an illness has to last longer than this.
        illness: the days of the illness that was asked about.
        illness_lasted_months: its length, where that was given in place of the days.
        illness_long_enough: whether it lasted longer; null if none was asked about.
        appeal_days: a formal appeal has to be there within so many days after the decision was made known.
        notified_on: the day on which it was.
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
