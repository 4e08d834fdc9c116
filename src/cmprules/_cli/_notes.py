"""What `--verbose` adds on standard error: what was read, with which tables, and when."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from cmprules._cli._progress import Bar
from cmprules._cli._terminal import complain
from cmprules._policy.book import PolicyBook
from cmprules._version import RULES_VERSION, __version__

INPUTS = ("record", "second", "records", "files", "exam", "receipt", "catalogue", "credentials", "activities", "into",
          "before", "since", "mapping", "extra", "reform", "and_extra", "and_reform")
"""The options that name files to read."""


def add_verbose(command: argparse.ArgumentParser) -> None:
    """Add the option; a command and its parts share it."""
    command.add_argument("--verbose", action="store_true", default=argparse.SUPPRESS,
                         help="show folded lines of a report, too, and on standard error what was read, with which "
                              "tables, and how long it took")


def is_verbose(options: argparse.Namespace) -> bool:
    """Return whether the option was given."""
    return getattr(options, "verbose", False)


def note(options: argparse.Namespace, text: str) -> None:
    """Write a note with the seconds since the start, as JSON where the answer is JSON; nothing without the option."""
    if not is_verbose(options):
        return
    seconds = f"{time.monotonic() - options.began:.2f}"
    if getattr(options, "format", None) == "json":
        complain(json.dumps({"note": text, "seconds": seconds}))
    else:
        complain(f"cmprules [{seconds} s]: {text}")


def bar_of(options: argparse.Namespace, what: str) -> Bar:
    """Make a progress bar, whose steps are notes where there is no terminal."""
    return Bar(what, partial(note, options))


def note_start(options: argparse.Namespace) -> None:
    """Start the clock, and note the version, the files to read, the day and the trust."""
    options.began = time.monotonic()
    if is_verbose(options):
        for text in _first(options):
            note(options, text)


def _first(options: argparse.Namespace) -> Iterator[str]:
    yield f"version {__version__}, rules {RULES_VERSION}, Python {sys.version.split()[0]}"
    yield from (f"reads {name}" for name in _inputs(options))
    if hasattr(options, "on"):
        yield f"day of decision {options.on}"
    if hasattr(options, "trust"):
        yield f"figures down to grade {options.trust}"


def _inputs(options: argparse.Namespace) -> Iterable[str]:
    """Name the files to read, each with its size."""
    for name in INPUTS:
        value: Any = getattr(options, name, None)
        for path in value if isinstance(value, list) else [value]:
            if path is not None:
                yield "standard input" if path == "-" else f"{path}{_size(path)}"


def _size(path: str) -> str:
    try:
        return f" ({Path(path).stat().st_size:,} bytes)"
    except (OSError, ValueError):
        return ""


def noted_book(options: argparse.Namespace, book: PolicyBook) -> PolicyBook:
    """Note the tables and return them: the edition with its digest, and the digests of the user's own files."""
    note(options, f"edition {book.edition}, SHA-256 {book.sha256}, last compared with its sources on "
                  f"{book.last_checked}")
    for file in book.files:
        note(options, f"{'reform' if file.reform else 'own rows'} {file.name}, SHA-256 {file.sha256}")
    return book
