"""`cmprules explain`: why a decision is what it is, what to move, and how close it is."""

from __future__ import annotations

import argparse

from cmprules._answers.answer import Answer
from cmprules._answers.decide import decide
from cmprules._cli._asking import RecordCommand
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules.explaining import review_placement, slack
from cmprules.explaining._explain import explain


def _explained(options: argparse.Namespace, record: Record, book: PolicyBook) -> Answer:
    """Explain, or review the placement, or measure the slack."""
    if options.moves:
        return review_placement(record, book, on=options.on, trust=options.trust, credential=options.credential)
    if options.slack:
        return slack(record, book, on=options.on, trust=options.trust, credential=options.credential)
    decision = decide(record, book, on=options.on, trust=options.trust)
    return explain(decision, record=record, book=book, credential=options.credential, activity=options.activity)


def _add_explained(command: argparse.ArgumentParser) -> None:
    command.add_argument("--credential", metavar="ID", help="one credential alone; all of them if absent")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--activity", metavar="ID", help="how one activity counted, alone")
    what.add_argument("--moves", action="store_true",
                      help="instead: your own placement, the best one, and the moves between them")
    what.add_argument("--slack", action="store_true",
                      help="instead: what there is to spare, which activities the outcome depends on, and what else "
                           "would do")


COMMAND = RecordCommand(
    name="explain",
    description="Say why a decision is what it is, step by step; or what to move in your own placement; or how close "
                "it is.",
    example="cmprules explain examples/mls-nearly-there.json --on 2026-03-10 --activity a10",
    answers=_explained, options=_add_explained)
