"""`cmprules calendar`: what comes when, as a file that a calendar imports."""

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
from cmprules._cli._outputs import add_output, write_output
from cmprules._cli._sittings import add_sittings
from cmprules.timelines._icalendar import REMIND, to_icalendar
from cmprules.timelines._timeline import timeline


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "calendar",
        description="Write what comes when for the holder of a record as an iCalendar file (.ics).",
        example="cmprules calendar examples/mls-and-sbb.json --on 2026-03-10 --remind 60 14 -o maintenance.ics",
    )
    add_record(command)
    add_day(command)
    add_sittings(command)
    command.add_argument("--remind", type=_days, default=REMIND, metavar="DAYS",
                         help="days before an entry on which to be reminded, such as 60 14; none if no number follows; "
                              f"{' and '.join(map(str, REMIND))} if absent")
    command.add_argument("--before", metavar="RECORD",
                         help="the record whose calendar was imported last: what no longer holds is cancelled")
    command.add_argument("--name", action="store_true", help="put the holder's name, or else the id, before the title "
                         "of every event, for a calendar with those of several people")
    add_output(command, "the calendar")
    add_tables(command)
    add_format(command, ("ics", "json"))
    command.set_defaults(run=_run)


def _days(text: str) -> tuple[int, ...]:
    """Read numbers of days, which commas separate."""
    try:
        return tuple(int(number) for number in text.split(",") if number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected numbers of days, such as 60,14") from None


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
    return "", DECIDED
