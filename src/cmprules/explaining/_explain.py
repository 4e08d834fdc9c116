"""`explain`: a decision, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from cmprules._answers.asked import Asked
from cmprules._answers.decision import Decision
from cmprules._answers.ground import refuse_unknown
from cmprules._facts.digest import record_digest
from cmprules._facts.records import Record
from cmprules._kit.shapes import FrozenMap, refuse_others, trusted
from cmprules._policy.book import PolicyBook
from cmprules._rules.results import CredentialDecision, FeeQuote
from cmprules._words.enums import Standing
from cmprules.errors import Fault
from cmprules.explaining._activities import activity_steps
from cmprules.explaining._areas import area_steps, proof_steps, table_steps
from cmprules.explaining._settling import HOLDS, reading_steps, settling_steps
from cmprules.explaining._telling import Telling, step
from cmprules.explaining._values import CredentialExplanation, Explanation, ExplanationStep


def explain(
    decision: Decision, *, record: Record | None = None, book: PolicyBook | None = None,
    credential: str | None = None, activity: str | None = None,
) -> Explanation:
    """Explain a decision: a tree of coded steps, each with its numbers, its rule and its sources.

    Nothing is decided again: every amount comes from the decision, and every finding is stated once.  With the record,
    activities have days and full reasons.  With the tables too, rules are in words, proofs go down to the activities,
    and for `NEEDS_REVIEW` the fewest answers that would settle the outcome are listed.

    Args:
        decision: the answer of `decide`.
        record: the record that was decided.
        book: the tables used for the decision.
        credential: the id of one credential, to explain only that one.
        activity: the id of one activity, to explain only that one.

    Returns:
        The explanation; points in points, fees in US dollars.

    Raises:
        InputError: the record or the book is not the decision's, or there is no such credential or activity.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}]})
    >>> decision = cmprules.decide(record, book, on="2026-03-10")
    >>> why = cmprules.explain(decision, record=record, book=book)
    >>> proof = next(step for step in why["pbt"].step.walk() if step.code == "PROOF")
    >>> proof.compared
    Comparison(left='0', relation='>=', right='4')
    >>> cmprules.explain(decision, credential="mls")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.credential: NO_SUCH_CREDENTIAL: got 'mls', expected the id of a credential of this record; known: pbt
    """
    _check(decision, record, book, credential, activity)
    chosen = [answer for answer in decision.credentials if credential in {None, answer.id}]
    found = [_one(answer, _tree(Telling(decision, answer, record, book)), activity) for answer in chosen]
    fees = None if activity is not None else _fees(decision.fees)
    cited = {citation.source for candidate in found for part in candidate.step.walk() for citation in part.citations}
    known = {**decision.sources, **(book.sources if book is not None else {})}
    return Explanation(
        on=decision.on, credentials=tuple(found), fees=fees, edition=decision.stamp.edition,
        edition_sha256=decision.stamp.edition_sha256, notice=decision.notice,
        sources=FrozenMap({name: known[name] for name in sorted(cited)}),
    )


def _check(
    decision: Decision, record: Record | None, book: PolicyBook | None, credential: str | None, activity: str | None
) -> None:
    """Check all arguments and report their faults together."""
    asked = Asked()
    asked.of_class(decision, Decision, "$.decision")
    refuse_others(() if record is None else (record,), Record, "$.record", asked.faults)
    if book is not None:
        asked.book(book)
    if asked.faults:
        refuse_unknown(credential, None, "credential", asked.faults)
        refuse_unknown(activity, None, "activity", asked.faults)
    asked.settle()
    stamp = decision.stamp
    if record is not None and record_digest(record) != stamp.record_sha256:
        asked.faults.append(_another("record", record_digest(record), stamp.record_sha256))
    if book is not None and (book.sha256, book.extra_sha256) != (stamp.edition_sha256, stamp.extra_sha256):
        asked.faults.append(_another("book", book.edition, stamp.edition))
    refuse_unknown(credential, [answer.id for answer in decision.credentials], "credential", asked.faults)
    known = [result.id for answer in decision.credentials for result in answer.activities or ()]
    refuse_unknown(activity, list(dict.fromkeys(known)), "activity", asked.faults)
    asked.settle()


def _another(what: str, found: str, expected: str) -> Fault:
    return Fault(path=f"$.{what}", code=f"ANOTHER_{what.upper()}", value=found,
                 expected=f"the {what} of the decision, {expected}",
                 hint=f"give the {what} used for the decision, or none")


def _tree(telling: Telling) -> ExplanationStep:
    """Assemble the tree of one credential; findings that no other part states come last."""
    answer, total = telling.answer, telling.answer.total
    children = [*telling.tell("NOT_REQUIRED", holds=True), *table_steps(telling), *_cycle(telling),
                *activity_steps(telling), *area_steps(telling), *proof_steps(telling), *reading_steps(telling),
                *settling_steps(telling), *_standing(telling), *_declaration(telling), *_own_placement(telling),
                *_fee_lines(telling)]
    rest = [telling.told(finding) for finding in telling.untold]
    numbers = {} if total is None else {"required": total.required, "placed": total.placed, "short": total.short}
    return step("OUTCOME", answer.id, [*children, *rest], holds=HOLDS[answer.outcome], numbers=numbers)


def _one(answer: CredentialDecision, tree: ExplanationStep, activity: str | None) -> CredentialExplanation:
    """Explain one credential, or one activity of it."""
    if activity is not None:
        about = tuple(part for part in tree.walk() if (part.code, part.subject) == ("ACTIVITY", activity))
        tree = attrs.evolve(tree, children=about)
    return trusted(CredentialExplanation, id=answer.id, code=answer.code, body=answer.body, outcome=answer.outcome,
                   standing=answer.standing, grade=answer.grade, step=tree)


# ---------------------------------------------------------------------------------------------------------
# The smaller parts.


def _cycle(telling: Telling) -> Iterator[ExplanationStep]:
    cycle = telling.answer.cycle
    days = {} if cycle is None else {"start": cycle.start, "end": cycle.end}
    for finding in telling.take("CYCLE"):
        figure = telling.book.figures.get(finding.rule) if telling.book is not None else None
        yield telling.told(finding, telling.tell("CYCLE_START_NOT_USED"), days=days,
                           numbers={} if figure is None else {"months": figure.value})


def _standing(telling: Telling) -> Iterator[ExplanationStep]:
    """Return the standing of the credential on the day, whatever its points."""
    standing = telling.answer.standing
    yield step("STANDING", str(standing), telling.tell("EXPIRED", "INACTIVE"), holds=standing is not Standing.EXPIRED)


def _declaration(telling: Telling) -> Iterator[ExplanationStep]:
    dates = telling.answer.declaration
    for finding in telling.take("DECLARATION"):
        days = {} if dates is None else {"opens_on": dates.opens_on, "advised_by": dates.advised_by,
                                         "last_day": dates.last_day}
        yield telling.told(finding, days={"on": telling.decision.on, **days})


def _own_placement(telling: Telling) -> Iterator[ExplanationStep]:
    """Return the findings on the holder's own placement, which do not affect the outcome."""
    found = telling.tell("PLACEMENT_UNLAWFUL", "PLACEMENT_INCOMPLETE", holds=False)
    if found:
        yield step("OWN_PLACEMENT", telling.answer.id, found, holds=False)


def _fee_lines(telling: Telling) -> Iterator[ExplanationStep]:
    lines = [line for line in telling.decision.fees.lines if line.credential == telling.answer.id]
    for line in lines:
        for finding in telling.take("FEE_LINE", subject=line.item):
            rows = [telling.told(row) for row in telling.take("USER_ROW") if row.rule == line.row]
            yield telling.told(finding, rows, numbers={"amount": line.amount})


def _fees(fees: FeeQuote) -> ExplanationStep:
    """Add up the cost of the declarations, or state why it is not established."""
    lines: Iterable[ExplanationStep] = (step("FEE", line.credential, numbers={"amount": line.amount}, rule=line.row,
                                  clause=line.item) for line in fees.lines)
    return step("FEES", fees.currency, lines, clause=fees.why,
                numbers={} if fees.total is None else {"total": fees.total})
