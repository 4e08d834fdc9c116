"""`cmprules timeline`: the next dates of a record."""

from __future__ import annotations

import argparse

from cmprules._answers.answer import Answer
from cmprules._cli._asking import RecordCommand
from cmprules._cli._sittings import add_sittings
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules.timelines._timeline import timeline


def _dated(options: argparse.Namespace, record: Record, book: PolicyBook) -> Answer:
    return timeline(record, book, on=options.on, sittings=options.sitting)


COMMAND = RecordCommand(
    name="timeline",
    description="List the dates that matter to the holder of a record: cycles, windows, ends, changes of fees.",
    example="cmprules timeline examples/mls-and-sbb.json --on 2026-03-10",
    answers=_dated, options=add_sittings, trust=False)
