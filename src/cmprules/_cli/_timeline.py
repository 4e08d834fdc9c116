"""`cmprules timeline`: what comes when."""

from __future__ import annotations

import argparse

from cmprules._cli._options import (
    DECIDED,
    Commands,
    add_command,
    add_day,
    add_record,
    add_sittings,
    add_tables,
    book_of,
    read,
)
from cmprules._cli._reports import add_report, report
from cmprules.timelines._timeline import timeline


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "timeline", help="say what comes when",
        description="Say what comes when for the holder of a record: cycles, windows, ends, changes of fees.",
        example="cmprules timeline examples/mls-and-sbb.json --on 2026-03-10",
    )
    add_record(command)
    add_day(command)
    add_sittings(command)
    add_tables(command)
    add_report(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    record = read(options.record)
    line = timeline(record, book_of(options), on=options.on, sittings=options.sitting)
    return report(line, options, record=record), DECIDED
