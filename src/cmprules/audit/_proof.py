"""What proves an activity in an audit, which proof is at hand, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cmprules._answers.answer import made_with
from cmprules._answers.asked import Asked
from cmprules._answers.decide import decide
from cmprules._facts.records import Activity, Record
from cmprules._kit.points import from_hundredths, to_hundredths
from cmprules._policy.book import PolicyBook, ProofRule
from cmprules._policy.clauses import clauses_of
from cmprules._rules.results import CredentialDecision, PlacedPoints
from cmprules.audit._names import document_named
from cmprules.audit._values import ActivityProof, AuditReadiness, CredentialReadiness, ProofCount, ProofStatus

_CLAUSES = ("audit/only_if_selected", "audit/all_activities", "audit/keep_originals", "audit/retention_months",
            "audit/share_percent")
_KEPT_IN = {"date": "completed_on", "provider": "provider"}
"""The fields of an audit that a record may lack; every activity has the others."""


def readiness(record: Record, book: PolicyBook, *, on: date | str, credential: str | None = None) -> AuditReadiness:
    """Return how much of the declarations made on a day could be proven in an audit.

    Each activity that the decision of that day places is proven or missing, or no source says which document proves
    its kind.  It is proven if an accepted document is at hand and, unless the provider or ASCP entered the activity,
    the record has every field that an audit asks for.  You must check what the document shows; `must_show` lists it.

    Args:
        record: the record of the person.
        book: the policy tables.
        on: the day of the declaration.
        credential: the id of one credential; if absent, all credentials.

    Returns:
        The proof of each placed activity, with counts of activities and points.

    Raises:
        InputError: an argument cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"},
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    ...     "activities": [{"id": "a", "title": "Order of draw", "kind": "formal_ce", "amount": 3,
    ...                     "completed_on": "2025-02-01", "provider": "Sample Society", "documents": ["letter"]}]})
    >>> proof = readiness(record, book, on="2026-03-10")["pbt"].activities[0]
    >>> str(proof.status), proof.documents_needed, proof.not_serving
    ('missing', ('certificate',), ('letter',))
    >>> readiness(record, book, on="2026-03-10", credential="mls")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: NO_SUCH_CREDENTIAL: got 'mls', expected the id of a credential of this record; known: pbt
    """
    asked = Asked()
    asked.book(book)
    day, chosen = asked.day(on), asked.credentials(record, credential)
    asked.settle()
    decision = decide(record, book, on=day)
    found = tuple(_readiness_of(decision[candidate.id], record, book) for candidate in chosen)
    clauses = clauses_of(_CLAUSES, book)
    cited = [*(clause.citation for clause in clauses),
             *(proof.citation for candidate in found for proof in candidate.activities or ())]
    return AuditReadiness(on=day, holder=record.holder.id, credentials=found, clauses=clauses, **made_with(book, cited))


def _readiness_of(decided: CredentialDecision, record: Record, book: PolicyBook) -> CredentialReadiness:
    """Count what is proven of one declaration."""
    proofs = proofs_of(decided, record, book)
    counts = {status: None if proofs is None else _count([proof for proof in proofs if proof.status is status])
              for status in ProofStatus}
    return CredentialReadiness(
        id=decided.id, code=decided.code, given_code=decided.given_code, body=decided.body, outcome=decided.outcome,
        cycle=decided.cycle, placed=None if proofs is None else _count(proofs), proven=counts[ProofStatus.PROVEN],
        missing=counts[ProofStatus.MISSING], not_established=counts[ProofStatus.NOT_ESTABLISHED], activities=proofs,
    )


def _count(proofs: Sequence[ActivityProof]) -> ProofCount:
    points = sum(to_hundredths(proof.points) for proof in proofs)
    return ProofCount(activities=len(proofs), points=from_hundredths(points))


def proofs_of(decided: CredentialDecision, record: Record, book: PolicyBook) -> tuple[ActivityProof, ...] | None:
    """Judge the proof of every activity that a decision places, by day and id; None if it places nothing."""
    if decided.placements is None:
        return None
    known = {activity.id: activity for activity in record.activities}
    placed: dict[str, list[PlacedPoints]] = {}
    for placement in decided.placements:
        placed.setdefault(placement.activity, []).append(placement)
    proofs = (_proof(known[name], tuple(areas), book) for name, areas in placed.items())
    return tuple(sorted(proofs, key=lambda proof: (proof.completed_on or date.max, proof.activity)))


def _proof(activity: Activity, areas: tuple[PlacedPoints, ...], book: PolicyBook) -> ActivityProof:
    """Judge the proof of one activity."""
    rule: ProofRule = book.proofs[activity.kind]
    serving = tuple(name for name in activity.documents if document_named(name) in rule.documents)
    lacking = _fields_missing(activity, book)
    return ActivityProof(
        activity=activity.id, completed_on=activity.completed_on, title=activity.title, provider=activity.provider,
        kind=activity.kind, points=_added(areas), areas=areas, status=_status(rule, serving, lacking),
        documents_needed=rule.documents, must_show=rule.fields, conditions=rule.text, at_hand=serving,
        not_serving=tuple(name for name in activity.documents if name not in serving),
        not_recognized=tuple(name for name in activity.documents if document_named(name) is None),
        fields_missing=lacking,
        question=rule.question, citation=rule.citation,
    )


def _status(rule: ProofRule, serving: Sequence[str], lacking: Sequence[str]) -> ProofStatus:
    """Assign exactly one status; if the proof is not established, no document makes the activity proven."""
    if not rule.established:
        return ProofStatus.NOT_ESTABLISHED
    return ProofStatus.PROVEN if serving and not lacking else ProofStatus.MISSING


def _fields_missing(activity: Activity, book: PolicyBook) -> tuple[str, ...]:
    """Name the fields that an audit asks for and the record lacks, for an activity that the holder entered.

    ASCP and the provider vouch for their own entries; if the record names no source, the holder entered the activity.
    """
    if activity.source in {"ascp", "upload"}:
        return ()
    asked = (*book.statements["audit/required_fields"].words, *book.statements["audit/required_for_audit"].words)
    return tuple(word for word in asked if word in _KEPT_IN and getattr(activity, _KEPT_IN[word]) is None)


def _added(areas: Sequence[PlacedPoints]) -> Decimal:
    return from_hundredths(sum(to_hundredths(area.points) for area in areas))
