"""The manifest: what to send to the auditor, in order, and how."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from cmprules._answers.answer import made_with
from cmprules._answers.asked import Asked
from cmprules._answers.decide import decide
from cmprules._facts.records import Activity, Record
from cmprules._policy.book import PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._rules.results import CredentialDecision
from cmprules.audit._proof import proofs_of
from cmprules.audit._values import ActivityProof, AuditManifest, CredentialManifest, ManifestEntry

_CLAUSES = ("audit/all_activities", "audit/in_english", "audit/copies", "audit/by_email", "audit/keep_originals",
            "audit/days_to_answer", "audit/retention_months")
_LONGEST_TITLE = 40


def manifest(record: Record, book: PolicyBook, *, on: date | str, credential: str | None = None) -> AuditManifest:
    """List what to send to the auditor: every activity placed by the declaration of a day, with its proof.

    Args:
        record: the record of the person.
        book: the policy tables.
        on: the day of the declaration.
        credential: the id of one credential; if absent, all credentials.

    Returns:
        One entry for each placed activity, by day and id, with a name for its file.  An activity without proof is
        listed too, and the entry says so.

    Raises:
        InputError: an argument cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"},
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    ...     "activities": [{"id": "a", "title": "Order of draw: why?", "kind": "formal_ce", "amount": 3,
    ...                     "completed_on": "2025-02-01", "provider": "Sample", "documents": ["certificate"]}]})
    >>> manifest(record, book, on="2026-03-10")["pbt"].entries[0].file_name
    '01_2025-02-01_order-of-draw-why_certificate'
    >>> manifest(record, book, on="soon")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.on: NOT_A_DATE: got 'soon', expected a day such as 2026-05-31; write the day as YYYY-MM-DD
    """
    asked = Asked()
    asked.book(book)
    day, chosen = asked.day(on), asked.credentials(record, credential)
    asked.settle()
    decision = decide(record, book, on=day)
    clauses = clauses_of(_CLAUSES, book)
    return AuditManifest(
        on=day, holder=record.holder.id, clauses=clauses,
        credentials=tuple(_manifest_of(decision[candidate.id], record, book) for candidate in chosen),
        **made_with(book, (clause.citation for clause in clauses)),
    )


def _manifest_of(decided: CredentialDecision, record: Record, book: PolicyBook) -> CredentialManifest:
    """Number the proofs of one declaration."""
    proofs = proofs_of(decided, record, book) or ()
    known = {activity.id: activity for activity in record.activities}
    entries = tuple(_entry(number, len(proofs), proof, known[proof.activity])
                    for number, proof in enumerate(proofs, 1))
    return CredentialManifest(id=decided.id, code=decided.code, body=decided.body, cycle=decided.cycle,
                              entries=entries)


def _entry(number: int, of: int, proof: ActivityProof, activity: Activity) -> ManifestEntry:
    return ManifestEntry(
        number=number, activity=proof.activity, completed_on=proof.completed_on, title=proof.title,
        provider=proof.provider, kind=proof.kind, amount=activity.amount, unit=str(activity.unit), points=proof.points,
        areas=proof.areas, status=proof.status, documents=proof.at_hand,
        documents_needed=proof.documents_needed, fields_missing=proof.fields_missing,
        file_name=_file_name(str(number).zfill(max(2, len(str(of)))), proof),
    )


def _file_name(number: str, proof: ActivityProof) -> str:
    """Make a file name of plain letters, digits and hyphens; the number makes it unique, whatever the title."""
    document = next(iter((*proof.at_hand, *proof.documents_needed)), "proof")
    return "_".join([number, str(proof.completed_on or "undated"), _plain(proof.title) or "activity",
                     _plain(document) or "proof"])


def _plain(text: str) -> str:
    """Keep the letters and digits that every file system accepts."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", letters)
    while len("-".join(words)) > _LONGEST_TITLE and len(words) > 1:
        words.pop()
    return "-".join(words)[:_LONGEST_TITLE]
