"""`cmprules receipt`: a decision with everything needed to make it again."""

from __future__ import annotations

import argparse

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
from cmprules._cli._outputs import add_output, shown, write_output
from cmprules.receipts._receipt import receipt


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "receipt",
        description="Decide, and write a receipt: the record, the decision and your own files, under one digest.",
        example="cmprules receipt examples/pbt.toml --on 2026-03-10 -o receipt.json",
    )
    add_record(command)
    add_day(command)
    add_tables(command)
    add_trust(command)
    command.add_argument("--no-explanation", action="store_true",
                         help="leave out the explanation: the receipt has about a quarter of the size, and replays "
                              "alike")
    add_output(command, "the receipt")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    record, book = read(options.record), book_of(options)
    decision = decide(record, book, on=options.on, trust=options.trust)
    made = receipt(decision, record=record, book=book, explanation=not options.no_explanation)
    if options.output is None:
        return made.text, DECIDED
    write_output(options.output, made.text)
    return f"{made.sha256}  {shown(options.output)}\n", DECIDED
