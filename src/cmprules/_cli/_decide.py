"""`cmprules decide`: the decision on every credential of a record."""

from __future__ import annotations

import argparse

from cmprules._answers.decide import decide
from cmprules._answers.decision import Decision
from cmprules._cli._asking import RecordCommand
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import Outcome, Standing


def _decided(options: argparse.Namespace, record: Record, book: PolicyBook) -> Decision:
    return decide(record, book, on=options.on, trust=options.trust)


def _in_good_order(decision: Decision) -> bool:
    """Return whether every credential is met or requires nothing, and has not expired."""
    return not any(credential.outcome in {Outcome.NOT_MET, Outcome.NEEDS_REVIEW}
                   or credential.standing is Standing.EXPIRED for credential in decision.credentials)


COMMAND = RecordCommand(
    name="decide",
    description="Decide every credential of a record on a day: are the requirements met, and what is missing?",
    example="cmprules decide examples/mls-nearly-there.json --on 2026-03-10",
    answers=_decided, good=_in_good_order)
