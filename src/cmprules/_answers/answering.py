"""Answers to open questions, added to a record from the needs of a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from cmprules._answers.decision import Decision
from cmprules._facts.records import Record, Settled
from cmprules._rules.results import Need
from cmprules._words.codes.questions import ABOUT_ACTIVITY, ABOUT_CREDENTIAL
from cmprules.errors import Fault, InputError


def answered(record: Record, decision: Decision, answers: Sequence[tuple[str, str]]) -> Record:
    """Add answers to a record, each to a question of the decision.

    Args:
        record: the record that was decided.
        decision: the decision whose questions are answered.
        answers: pairs of `CODE:ID`, or `CODE` alone for every question of that code, and `yes` or `no`.

    Returns:
        The record with the new `settled` answers; answers that it already has stay.

    Raises:
        InputError: no such question is open, or it is answered both yes and no.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.2")
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"},
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    ...     "activities": [{"id": "a", "title": "A talk", "kind": "presentation", "amount": "9",
    ...                     "completed_on": "2025-02-01",
    ...                     "certified": {"safety": "1", "ethics": "1", "phlebotomy": "2"}}]})
    >>> decision = cmprules.decide(record, book, on="2026-03-10")
    >>> answered(record, decision, [("KIND_UNCONFIRMED:a", "yes")]).settled[0].subjects
    ('a',)
    >>> answered(record, decision, [("UNDATED:a", "yes")])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.answers[0]: NOT_NEEDED: got 'UNDATED:a', expected an open question; open: KIND_UNCONFIRMED:a
    """
    needs = open_needs(decision)
    faults: list[Fault] = []
    given = list(_given(needs, answers, faults))
    if faults:
        raise InputError(faults)
    return attrs.evolve(record, settled=(*record.settled, *given))


def open_needs(decision: Decision) -> list[Need]:
    """List each open question that an answer can settle once, however many credentials ask it."""
    return list({(need.code, need.subject): need for credential in decision.credentials
                 for need in credential.needs if need.code in {*ABOUT_ACTIVITY, *ABOUT_CREDENTIAL}}.values())


def _given(needs: Sequence[Need], answers: Sequence[tuple[str, str]], faults: list[Fault]) -> Iterator[Settled]:
    """Make each answer from its need; note answers to questions that are not open."""
    for index, (named, answer) in enumerate(answers):
        code, _, subject = named.partition(":")
        found = [need for need in needs if need.code == code and subject in {"", need.subject}]
        if not found:
            known = ", ".join(f"{need.code}:{need.subject}" for need in needs)
            faults.append(Fault(path=f"$.answers[{index}]", code="NOT_NEEDED", value=named,
                                expected="an open question", hint=f"open: {known or 'none'}"))
        for need in found:
            yield Settled(code=need.code, subjects=[need.subject], answer=answer, others=need.others or ())
