"""`cmprules exam`: read score reports, and show what follows."""

from __future__ import annotations

import argparse
from decimal import Decimal

from cmprules._cli._options import (
    DECIDED,
    Commands,
    add_command,
    add_day,
    add_tables,
    book_of,
    standard_input,
)
from cmprules._cli._reports import add_report, report
from cmprules._facts.reading import parse_text
from cmprules._kit.shapes import Number
from cmprules.errors import Fault
from cmprules.exam import ExamRecord, exam_outlook, parse_exam, read_exam


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "exam",
        description="Read the score reports of one person, and show what follows: a credential, or the next attempt.",
        example="cmprules exam examples/exam/mls-failed.json --on 2026-02-09 --hours-per-week 6",
    )
    command.add_argument("exam", metavar="FILE", help="a JSON or TOML file of score reports, or - for standard input")
    add_day(command)
    command.add_argument("--hours-per-week", type=_hours, metavar="N",
                         help="hours of study per week, to divide the time until the next attempt")
    add_tables(command)
    add_report(command)
    command.set_defaults(run=_run)


def _hours(text: str) -> Decimal:
    """Read a number from the command line; the rules check whether a week has that many hours."""
    faults: list[Fault] = []
    found: Decimal = Number(above_zero=True).read(text, "the hours", faults)
    if faults:
        raise argparse.ArgumentTypeError(str(faults[0]))
    return found


def _run(options: argparse.Namespace) -> tuple[str, int]:
    outlook = exam_outlook(_read(options.exam), book_of(options), on=options.on,
                           hours_per_week=options.hours_per_week)
    return report(outlook, options), DECIDED


def _read(path: str) -> ExamRecord:
    """Read score reports from a file, or from standard input."""
    return read_exam(path) if path != "-" else parse_exam(parse_text(standard_input()))
