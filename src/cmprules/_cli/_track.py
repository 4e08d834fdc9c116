"""`cmprules track`: how far a holder has come, what to do next, and what changed since the last time."""

from __future__ import annotations

import argparse
from pathlib import Path

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
from cmprules._facts.reading import read_plain
from cmprules._words.limits import LARGEST_TRACKING
from cmprules.errors import Fault, InputError
from cmprules.tracking._changes import changes
from cmprules.tracking._reading import parse_tracking
from cmprules.tracking._track import track


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "track", help="say how far a holder has come, and what to do next",
        description="Say how far the holder of a record has come on a day, and what to do next.",
        example="cmprules track examples/pbt.toml --on 2026-03-10",
    )
    add_record(command)
    add_day(command)
    command.add_argument("--since", type=Path, metavar="FILE",
                         help="a tracking that was written earlier with --format json: show what has changed since")
    add_tables(command)
    add_trust(command)
    add_report(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    earlier = None if options.since is None else parse_tracking(read_plain(options.since, LARGEST_TRACKING))
    tracking = track(read(options.record), book_of(options), on=options.on, trust=options.trust)
    text = report(tracking if earlier is None else changes(earlier, tracking), options)
    if options.format == "json" and len(text.encode()) > LARGEST_TRACKING:
        raise InputError([Fault(path="$.record", code="ANSWER_TOO_LARGE", value=len(text.encode()),
                                expected=f"at most {LARGEST_TRACKING} bytes, so that it can be read back",
                                hint="leave out what no cycle of these credentials needs")])
    return text, DECIDED
