"""Shared by commands: the record, the day, the tables, the format, and the exit statuses."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import TypeAlias

import attrs

from cmprules._cli._lines import LINES
from cmprules._cli._notes import add_verbose, noted_book
from cmprules._cli._terminal import columns
from cmprules._facts.reading import parse_record, parse_text, read_record
from cmprules._facts.records import Record
from cmprules._kit.shapes import Day
from cmprules._policy.book import PolicyBook
from cmprules._policy.load import load_book
from cmprules._words.enums import TRUST_SCALE
from cmprules._words.limits import LARGEST_FILE
from cmprules.errors import Fault, InputError

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # it has no public name

DECIDED, NOT_IN_GOOD_ORDER, WRONG_USAGE, UNREADABLE, UNWRITABLE = 0, 1, 2, 3, 4
INTERRUPTED = 130
"""The exit status of a program stopped with Control-C."""

WIDTH = 78

STATUS_HELP = f"""exit status:
  {DECIDED}  decided
  {NOT_IN_GOOD_ORDER}  with --exit-code: a credential is NOT_MET, NEEDS_REVIEW or expired
  {WRONG_USAGE}  wrong usage
  {UNREADABLE}  the input cannot be read; every fault is on standard error, and nothing on standard output
  {UNWRITABLE}  the answer cannot be written
"""


def read(path: str) -> Record:
    """Read a record from a file, or from standard input."""
    return read_record(path) if path != "-" else parse_record(parse_text(standard_input()))


def read_all(paths: Sequence[str]) -> list[Record]:
    """Read several records; if any cannot be read, the faults of all of them are raised, each with its file."""
    if len(paths) == 1:
        return [read(paths[0])]
    records, faults = list[Record](), list[Fault]()
    for path in paths:
        try:
            records.append(read(path))
        except InputError as error:
            faults += [attrs.evolve(fault, path=f"{path}: {fault.path}") for fault in error.faults]
    if faults:
        raise InputError(faults)
    return records


def standard_input(largest: int = LARGEST_FILE) -> bytes:
    """Read standard input, up to just over the largest size allowed."""
    if sys.stdin is None:
        raise InputError([Fault(path="$", code="CANNOT_READ", value="-", expected="standard input",
                                hint="it is closed; give a file, or write the record to it")])
    return sys.stdin.buffer.read(largest + 1)


def book_of(options: argparse.Namespace) -> PolicyBook:
    """Load the requested tables."""
    return noted_book(options, load_book(options.edition, extra=options.extra, reform=options.reform))


def books_of(options: argparse.Namespace) -> tuple[PolicyBook, PolicyBook]:
    """Load the tables of both; anything not given for the second is as for the first."""
    second = load_book(options.and_edition or options.edition,
                       extra=options.extra if options.and_extra is None else options.and_extra,
                       reform=options.reform if options.and_reform is None else options.and_reform)
    return book_of(options), noted_book(options, second)


def day(text: str) -> date:
    """Read a day from the command line."""
    faults: list[Fault] = []
    found: date = Day().read(text, "the day", faults)
    if faults:
        raise argparse.ArgumentTypeError(str(faults[0]))
    return found


def _today() -> date:
    """Ask the clock; this is the only place that does."""
    return date.today()  # noqa: DTZ011  # people mean the day at their own place


def add_command(commands: Commands, name: str, *, description: str, example: str,
                more: str = "", help: str = "") -> argparse.ArgumentParser:
    """Add a command, or a part of one with its own line of help; what `--help` shows begins with an example."""
    command = commands.add_parser(
        name, allow_abbrev=False, help=help or LINES[name], formatter_class=help_writer,
        description=f"{fill(description, WIDTH)}\n\nexample:\n  {example}", epilog=more or None,
    )
    add_verbose(command)
    return command


def help_writer(prog: str) -> argparse.HelpFormatter:
    """Return what writes the help of a command: it keeps line ends and fits the terminal."""
    return argparse.RawDescriptionHelpFormatter(prog, width=columns() - 2)


def add_records(command: argparse.ArgumentParser) -> None:
    """Take one record or several."""
    command.add_argument("record", nargs="+", metavar="RECORD",
                         help="a JSON or TOML file, or - for standard input; several are answered one after another")


def add_record(command: argparse.ArgumentParser) -> None:
    """Add the argument for a record."""
    command.add_argument("record", metavar="RECORD", help="a JSON or TOML file, or - for standard input")


def add_day(command: argparse.ArgumentParser) -> None:
    """Add the option for the day of decision."""
    command.add_argument("--on", type=day, default=_today(), metavar="DATE", help="today if absent")


def add_tables(command: argparse.ArgumentParser) -> None:
    """Add the options for an edition and for the user's own rows."""
    command.add_argument("--edition", metavar="ID", help="the edition of the policy tables; the newest if absent")
    command.add_argument("--extra", action="append", default=[], type=Path, metavar="FILE",
                         help="a TOML file with rows of your own; may be repeated")
    command.add_argument("--reform", action="append", default=[], type=Path, metavar="FILE",
                         help="a TOML file with rows that replace established ones, to see what would change; may be "
                              "repeated")


def add_both_tables(command: argparse.ArgumentParser) -> None:
    """Add the options for the tables of both."""
    add_tables(command)
    command.add_argument("--and-edition", metavar="ID", help="the edition of the second")
    for name, what in (("extra", "rows of your own"), ("reform", "rows in place of established ones")):
        command.add_argument(f"--and-{name}", action="append", type=Path, metavar="FILE",
                             help=f"a TOML file with {what} for the second; may be repeated")


def grades() -> list[str]:
    """List the grades that a user may choose as the weakest."""
    return [str(grade) for grade in TRUST_SCALE]


def add_trust(command: argparse.ArgumentParser) -> None:
    """Add the option for the weakest grade of figures to accept."""
    command.add_argument("--trust", choices=grades(), default="inferred", metavar="GRADE",
                         help="accept figures down to this grade: official, official_old, booklet, society, "
                              "third_party, inferred (the default)")


def add_format(command: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Add the option for the output format; the first format is the default."""
    command.add_argument("--format", choices=formats, default=formats[0],
                         help=f"output format; {formats[0]} if absent")
