"""`cmprules explain`: why a decision is what it is, what to move, and how close it is."""

from __future__ import annotations

import argparse

from cmprules._answers.answer import Answer
from cmprules._answers.decide import decide
from cmprules._cli._options import (
    DECIDED,
    Commands,
    add_command,
    add_day,
    add_record,
    add_tables,
    add_trust,
    book_of,
    read,
)
from cmprules._cli._reports import add_report, report
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules.explaining import review_placement, slack
from cmprules.explaining._explain import explain


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "explain", help="say why a decision is what it is",
        description="Say why a decision is what it is, step by step; or what to move in your own placement; or how "
                    "close it is.",
        example="cmprules explain examples/mls-nearly-there.json --on 2026-03-10 --activity a10",
    )
    add_record(command)
    add_day(command)
    command.add_argument("--credential", metavar="ID", help="one credential alone")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--activity", metavar="ID", help="what became of one activity alone")
    what.add_argument("--moves", action="store_true",
                      help="instead: your own placement, the best one, and the moves between them")
    what.add_argument("--slack", action="store_true",
                      help="instead: what there is to spare, on which activities the outcome hangs, and what else "
                           "would do")
    add_tables(command)
    add_trust(command)
    add_report(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    record = read(options.record)
    answer = _answer(options, record, book_of(options))
    return report(answer, options, record=record), DECIDED


def _answer(options: argparse.Namespace, record: Record, book: PolicyBook) -> Answer:
    """Return the answer that was asked for."""
    if options.moves:
        return review_placement(record, book, on=options.on, trust=options.trust, credential=options.credential)
    if options.slack:
        return slack(record, book, on=options.on, trust=options.trust, credential=options.credential)
    decision = decide(record, book, on=options.on, trust=options.trust)
    return explain(decision, record=record, book=book, credential=options.credential, activity=options.activity)
