"""After a failed audit: other activities, done before the end date, that replace the rejected ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from cmprules._answers.answer import made_with
from cmprules._answers.asked import Asked
from cmprules._answers.decide import decide
from cmprules._facts.records import Credential, Record, without
from cmprules._kit.points import from_hundredths, to_hundredths
from cmprules._kit.shapes import ListOf, Text, nearest
from cmprules._policy.book import Citation, PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._rules.counting import end_of
from cmprules._rules.entries import Entries, entries
from cmprules._rules.identity import bits_of
from cmprules._rules.results import CredentialDecision, PlacedPoints
from cmprules._words.enums import Outcome
from cmprules.audit._proof import proofs_of
from cmprules.audit._values import ActivityProof, AuditSubstitution, CredentialSubstitution, ProofStatus, Substitute

_CLAUSES = ("audit/substitution", "audit/in_english", "audit/copies", "audit/by_email", "audit/days_to_answer",
            "audit/appeal_letter")


def substitute(
    record: Record, book: PolicyBook, *, on: date | str, rejected: Collection[str], credential: str | None = None
) -> AuditSubstitution:
    """Place the activities of a declaration again, without those that an audit rejected.

    Other continuing education may replace them if it was completed before the end of the credential.  After that day,
    activities are therefore placed as on the last day; this assumes a declaration that was sent in time.  What an audit
    of a reinstatement accepts is not established.

    Args:
        record: the record of the person.
        book: the policy tables.
        on: the day of the question; later activities do not count, nor do activities after the end date.
        rejected: the ids of the rejected activities.
        credential: the id of one credential; if absent, all credentials.

    Returns:
        For each credential, whether it is complete again, the replacement activities with their proof, and the decision
        with the proof of any shortfall.

    Raises:
        InputError: an argument cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> course = {"kind": "formal_ce", "amount": 9, "completed_on": "2025-02-01", "documents": ["certificate"],
    ...           "provider": "Sample Society"}
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"},
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    ...     "activities": [{"id": "a", "title": "Order of draw", **course}, {"id": "b", "title": "Needles", **course}]})
    >>> found = substitute(record, book, on="2026-07-01", rejected=["a"])["pbt"]
    >>> found.counted_on.isoformat(), found.substitutes[0].proof.activity, found.whole
    ('2026-05-31', 'b', False)
    >>> substitute(record, book, on="2026-07-01", rejected=["c"])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.rejected[0]: NO_SUCH_ACTIVITY: got 'c', expected the id of an activity of this record; known: a, b
    """
    asked = Asked()
    asked.book(book)
    day, chosen = asked.day(on), asked.credentials(record, credential)
    out = _rejected(rejected, record, asked)
    asked.settle()
    found = tuple(_without(candidate, record, out, book, day) for candidate in chosen)
    clauses = clauses_of(_CLAUSES, book)
    cited = [*(clause.citation for clause in clauses),
             *(citation for candidate in found for citation in _cited(candidate))]
    return AuditSubstitution(on=day, holder=record.holder.id, rejected=out, credentials=found, clauses=clauses,
                             **made_with(book, cited))


def _rejected(rejected: Any, record: Record, asked: Asked) -> tuple[str, ...]:
    """Read the ids of the rejected activities, and return them in the order of the record."""
    before = len(asked.faults)
    names = asked.read(ListOf(Text(), at_least=1), rejected, "$.rejected")
    if len(asked.faults) > before or not isinstance(record, Record):
        return ()
    known = tuple(activity.id for activity in record.activities)
    for index, name in enumerate(names):
        if name not in known:
            asked.refuse(f"$.rejected[{index}]", "NO_SUCH_ACTIVITY", name, "the id of an activity of this record",
                         nearest(name, known))
    return tuple(name for name in known if name in names)


def _without(
    credential: Credential, record: Record, rejected: Sequence[str], book: PolicyBook, on: date
) -> CredentialSubstitution:
    """Place the remaining activities of one credential."""
    end = end_of(credential)
    day = on if end is None else min(on, end)
    rest = without(record, rejected)
    before, after = decide(record, book, on=day)[credential.id], decide(rest, book, on=day)[credential.id]
    proofs = proofs_of(after, rest, book) or ()
    twins = _twins(entries(record.activities, book.counting, record.settled), rejected)
    return CredentialSubstitution(
        id=credential.id, counted_on=day, outcome_before=before.outcome, left_out=_left_out(before, rejected),
        substitutes=tuple(_substitutes(proofs, before, twins)),
        whole=after.outcome is Outcome.MET, decision=after,
        proven=bool(proofs) and all(proof.status is ProofStatus.PROVEN for proof in proofs),
    )


def _left_out(before: CredentialDecision, rejected: Sequence[str]) -> tuple[PlacedPoints, ...]:
    return tuple(placement for placement in before.placements or () if placement.activity in rejected)


def _substitutes(
    proofs: Sequence[ActivityProof], before: CredentialDecision, twins: Mapping[str, str]
) -> Iterator[Substitute]:
    """List every activity that counts for more in an area than before."""
    earlier = {(placement.activity, placement.area): to_hundredths(placement.points)
               for placement in before.placements or ()}
    on_it = {activity for activity, _ in earlier}
    for proof in proofs:
        more = ((placement, to_hundredths(placement.points) - earlier.get((placement.activity, placement.area), 0))
                for placement in proof.areas)
        gained = tuple(attrs.evolve(placement, points=from_hundredths(points))
                       for placement, points in more if points > 0)
        if gained:
            yield Substitute(proof=proof, gained=gained, new=proof.activity not in on_it,
                             same_as=twins.get(proof.activity))


def _twins(listed: Entries, rejected: Sequence[str]) -> dict[str, str]:
    """Find second entries of rejected activities: they count once the first is gone, but may be the same course."""
    ids = [entry.activity.id for entry in listed.listed]
    if listed.kin is not None:
        kin, out = listed.kin, {place for place, name in enumerate(ids) if name in rejected}
        return {ids[twin]: ids[place] for place in sorted(out, reverse=True)
                for twin in bits_of(kin.near(place) & ~kin.apart[place]) if twin not in out}
    kept = {entry.activity.id: entry.duplicate_of or entry.activity.id for entry in listed.listed}
    first_of = {kept[name]: name for name in reversed(rejected)}
    return {name: first_of[first] for name, first in kept.items() if first in first_of and name not in rejected}


def _cited(one: CredentialSubstitution) -> Iterator[Citation]:
    yield from (substitute.proof.citation for substitute in one.substitutes)
    yield from (citation for finding in one.decision.findings for citation in finding.citations)
