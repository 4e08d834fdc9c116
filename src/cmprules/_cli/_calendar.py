"""`cmprules calendar`: the dates of a record, as a file that a calendar imports."""

from __future__ import annotations

import argparse

from cmprules._answers.render import render
from cmprules._cli._options import (
    DECIDED,
    Commands,
    add_command,
    add_day,
    add_format,
    add_record,
    add_tables,
    book_of,
    read,
)
from cmprules._cli._outputs import add_output, shown, write_output
from cmprules._cli._reminders import add_remind
from cmprules._cli._sittings import add_sittings
from cmprules.timelines._icalendar import REMIND, to_icalendar
from cmprules.timelines._timeline import timeline


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "calendar",
        description="Write the dates of the holder of a record as an iCalendar file (.ics).",
        example="cmprules calendar examples/mls-and-sbb.json --on 2026-03-10 --remind 60 14 -o maintenance.ics",
    )
    add_record(command)
    add_day(command)
    add_sittings(command)
    add_remind(command, REMIND)
    command.add_argument("--before", metavar="RECORD",
                         help="the record whose calendar was imported last: its outdated events are cancelled")
    command.add_argument("--name", action="store_true", help="put the holder's name, or else the id, before the title "
                         "of every event, for a calendar with those of several people")
    add_output(command, "the calendar")
    add_tables(command)
    add_format(command, ("ics", "json"))
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    book, record = book_of(options), read(options.record)
    line = timeline(record, book, on=options.on, sittings=options.sitting)
    if options.format == "json":
        text = render(line, "json")
    else:
        before = None if options.before is None else timeline(read(options.before), book, on=options.on)
        text = to_icalendar(line, remind=options.remind, before=before,
                            name=record.holder.shown if options.name else None)
    if options.output is None:
        return text, DECIDED
    write_output(options.output, text)
    return f"{shown(options.output)}\n", DECIDED
