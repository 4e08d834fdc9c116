"""`cmprules explain`: the reasons for a decision, what to move, and how close it is."""

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
    command.add_argument("--credential", metavar="ID", help="only one credential; all of them if absent")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--activity", metavar="ID", help="how one activity counted, alone")
    what.add_argument("--moves", action="store_true",
                      help="instead: your own placement, the best one, and the moves between them")
    what.add_argument("--slack", action="store_true",
                      help="instead: the points to spare, the activities that the outcome depends on, and other "
                           "placements")


COMMAND = RecordCommand(
    name="explain",
    description="Explain a decision step by step; or show what to move in your own placement, or how close it is.",
    example="cmprules explain examples/mls-nearly-there.json --on 2026-03-10 --activity a10",
    answers=_explained, options=_add_explained)
