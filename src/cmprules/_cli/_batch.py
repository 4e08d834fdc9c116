"""`cmprules batch`: a population that stands in files, of any size."""

from __future__ import annotations

import argparse
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from cmprules._cli._options import (
    DECIDED,
    UNWRITABLE,
    Commands,
    add_command,
    add_day,
    add_tables,
    add_trust,
    book_of,
)
from cmprules._words.codes import NOTICE
from cmprules._words.enums import Grade

__all__ = ["add"]

_MEMORY = 1_000


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "batch", help="decide a population that stands in files",
        description="Decide every credential of a population, in bounded memory. If it is cut off, the same command "
                    "goes on where it stopped. It needs the extra `batch`.",
        example="cmprules batch credentials.parquet activities.parquet -o answers.parquet --on 2026-03-10",
    )
    command.add_argument("credentials", type=Path, metavar="CREDENTIALS", help="a Parquet or CSV file")
    command.add_argument("activities", type=Path, metavar="ACTIVITIES", help="a Parquet or CSV file")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="OUT",
                         help="the Parquet file to write; it appears when all is decided")
    command.add_argument("--faults", type=Path, metavar="FILE",
                         help="the Parquet file for rows that cannot be read; OUT.faults.parquet if absent")
    command.add_argument("--memory", type=_megabytes, default=_MEMORY, metavar="MB",
                         help=f"how much memory the parts in work may take; {_MEMORY} if absent")
    command.add_argument("--threads", type=_threads, default=os.cpu_count() or 1, metavar="N",
                         help="how many parts are in work at a time; as many as there are processors if absent")
    add_day(command)
    add_tables(command)
    add_trust(command)
    command.set_defaults(run=_run)


def _megabytes(text: str) -> int:
    return _whole_number(text, "of megabytes")


def _threads(text: str) -> int:
    return _whole_number(text, "of threads")


def _whole_number(text: str, of: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number {of} from 1 on")
    return int(text)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    files, part, stream = (import_module(f"cmprules.batch.{name}") for name in ("_files", "_part", "_stream"))
    sources = files.open_sources({"credentials": options.credentials, "activities": options.activities})
    context = part.Context.of(book_of(options), options.on, Grade(options.trust))
    faults = options.faults or options.output.with_name(f"{options.output.name}.faults.parquet")
    try:
        found: Any = stream.decide_files(sources, context, options.output, faults=faults,
                                         memory=options.memory * 1_000_000, progress=_Bar(),
                                         threads=options.threads)
    except OSError as error:
        sys.stderr.write(f"cmprules: the answers cannot be written: {error}\n")
        return "", UNWRITABLE
    return (f"{found.credentials:,} credentials decided: {options.output}\n"
            f"{found.faults:,} faults: {faults}\n{NOTICE}\n"), DECIDED


class _Bar:
    """Shows on a terminal how far a run is, and how long the rest will take."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.first: int | None = None

    def __call__(self, done: int, count: int) -> None:
        if not sys.stderr.isatty():
            return
        self.first = done - 1 if self.first is None else self.first
        rate = (done - self.first) / max(time.monotonic() - self.began, 1e-9)
        left = round((count - done) / rate)
        width = 30 * done // count
        sys.stderr.write(f"\r[{'#' * width}{'.' * (30 - width)}] {done}/{count} parts, {rate * 60:,.0f} a minute, "
                         f"{left // 60}:{left % 60:02d} left{'' if done < count else chr(10)}")
        sys.stderr.flush()
