"""`cmprules track`: the progress of a holder, what to do next, and what changed since the last time."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cmprules._cli._asking import RecordCommand
from cmprules._cli._options import WRONG_USAGE
from cmprules._cli._outputs import OutputError
from cmprules._cli._reports import format_of, report
from cmprules._facts.reading import read_plain
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules._words.limits import LARGEST_TRACKING
from cmprules.errors import Fault, InputError
from cmprules.tracking._changes import changes
from cmprules.tracking._reading import parse_tracking
from cmprules.tracking._track import track


def _tracked(options: argparse.Namespace, record: Record, book: PolicyBook) -> Any:
    """Track, and compare with an earlier tracking if one is given."""
    if options.since is not None and len(options.record) > 1:
        raise OutputError("--since compares one record with its earlier tracking; name one record", WRONG_USAGE)
    earlier = None if options.since is None else parse_tracking(read_plain(options.since, LARGEST_TRACKING))
    tracking = track(record, book, on=options.on, trust=options.trust)
    found = tracking if earlier is None else changes(earlier, tracking)
    if format_of(options) == "json":
        _can_be_read_back(report(found, options))
    return found


def _can_be_read_back(text: str) -> None:
    size = len(text.encode())
    if size > LARGEST_TRACKING:
        raise InputError([Fault(path="$.record", code="ANSWER_TOO_LARGE", value=size,
                                expected=f"at most {LARGEST_TRACKING} bytes, so that it can be read back",
                                hint="leave out what no cycle of these credentials needs")])


def _add_tracked(command: argparse.ArgumentParser) -> None:
    command.add_argument("--since", type=Path, metavar="FILE",
                         help="a tracking written earlier with --format json: show what has changed since")


COMMAND = RecordCommand(
    name="track",
    description="Show the progress of the holder of a record on a day, and what to do next.",
    example="cmprules track examples/pbt.toml --on 2026-03-10",
    answers=_tracked, options=_add_tracked)
