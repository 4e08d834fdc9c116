"""`cmprules reports`: a page for each person, and an index, a workbook and a calendar for the coordinator."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

from cmprules._answers.render import FORMATS
from cmprules._cli._notes import bar_of
from cmprules._cli._options import (
    UNREADABLE,
    UNWRITABLE,
    WRONG_USAGE,
    Commands,
    add_command,
    add_day,
    add_format,
    add_tables,
    add_trust,
    book_of,
)
from cmprules._cli._outputs import OutputError, check_outputs, output_file, shown
from cmprules._cli._progress import Bar
from cmprules._cli._reminders import add_remind
from cmprules._cli._reports import report
from cmprules._cli._terminal import complain
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import Grade
from cmprules.intake import IntakeMapping, Unread, people, read_mapping
from cmprules.intake._crowd import questions_of
from cmprules.intake._days import ORDERS
from cmprules.reporting import FolderError, NotDecided, Reports, reports
from cmprules.reporting._workbook import library

_STATUS = f"""exit status:
  0  the reports are written
  {WRONG_USAGE}  wrong usage
  {UNREADABLE}  a file cannot be read; the reasons are on standard error
  {UNWRITABLE}  the folder cannot be written, is not one of reports, or a file in it was changed
"""
_GOES_ON = "finished pages are kept: run the same command to continue"
_NEEDED = ({"holder", "id", "code"}, {"holder", "title", "kind", "amount"})
_HEAD = 65_536


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "reports",
        description="Write a page for each person, an index that says whom to write to, a workbook and a calendar. If "
                    "it is interrupted, run the same command to continue. CREDENTIALS and ACTIVITIES are tables with "
                    "our columns (CSV or Parquet; needs the extra `batch`), or transcripts and exports with a column "
                    "that says whose each row is (needs the extra `intake`). The workbook needs the extra `excel`.",
        example="cmprules reports credentials.csv activities.csv -o reports --on 2026-03-10", more=_STATUS,
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE",
                         help="CREDENTIALS and ACTIVITIES, or files from outside with the rows of several people")
    command.add_argument("-o", "--output", dest="folder", type=output_file(), required=True, metavar="FOLDER",
                         help="the folder to write: new, empty, or of an earlier run")
    command.add_argument("--dates", choices=ORDERS, help="the order of days in digits: us (month first), eu (day "
                         "first), iso (year first)")
    command.add_argument("--mapping", type=Path, metavar="FILE",
                         help="a mapping file: words, columns and orders of files from outside")
    add_remind(command)
    add_day(command)
    add_tables(command)
    add_trust(command)
    add_format(command, FORMATS)
    command.set_defaults(run=_run, summary=True)


@attrs.frozen(kw_only=True)
class _Found:
    """The people in some files: their number, their records, what is not decided, and remarks."""

    count: int
    records: Iterable[Record]
    not_decided: Sequence[NotDecided] = ()
    remarks: Sequence[str] = ()


def _run(options: argparse.Namespace) -> tuple[str, int]:
    library()
    book, bar = book_of(options), bar_of(options, "pages")
    bar.begin("reading")
    check_outputs(options)
    found = _found(options, book)
    for remark in found.remarks:
        complain(f"cmprules: {remark}")
    text = report(_written(options, book, found, bar), options)
    return (f"{text}{shown(options.folder / 'index.html')}\n" if options.format == "text" else text), 0


def _written(options: argparse.Namespace, book: PolicyBook, found: _Found, bar: Bar) -> Reports:
    """Write the folder.

    Raises:
        OutputError: the folder is not one of reports, or cannot be written.
    """
    bar(0, found.count)
    try:
        return reports(found.records, book, on=options.on, to=options.folder, trust=Grade(options.trust),
                       remind=options.remind, not_decided=found.not_decided, remarks=found.remarks,
                       progress=lambda done: bar(done, found.count))
    except FolderError as error:
        raise OutputError(str(error), UNWRITABLE) from error
    except OSError as error:
        raise OutputError(f"{shown(options.folder)} cannot be written: {error}; {_GOES_ON}", UNWRITABLE) from error
    except KeyboardInterrupt:
        complain(f"\n{_GOES_ON}")
        raise


# ---------------------------------------------------------------------------------------------------------
# Our own tables, or files from outside.


def _found(options: argparse.Namespace, book: PolicyBook) -> _Found:
    """Read our own tables as they are, and everything else as files from outside."""
    ours = options.mapping is None and len(options.files) == 2 and all(
        needed <= {*_header(path)} or path.suffix.lower() == ".parquet"
        for needed, path in zip(_NEEDED, options.files, strict=True))
    return _of_tables(options) if ours else _from_outside(options, book)


def _header(path: Path) -> Sequence[str]:
    """Read the column names of a CSV file in UTF-8; none for any other file."""
    try:
        with path.open("rb") as file:
            lines = file.read(_HEAD).decode("utf-8-sig", "replace").lstrip("\r\n").splitlines()
    except OSError:
        return ()
    names = [next(csv.reader(lines[:1], delimiter=sign), []) for sign in ",;\t"] if lines else []
    return max(names, key=len, default=[])


def _of_tables(options: argparse.Namespace) -> _Found:
    records: Any = import_module("cmprules.batch._records")
    given = records.people_in(*options.files, dates=options.dates or "iso")
    faults: Any = import_module("cmprules.reporting._reports")
    return _Found(count=given.count, records=given.records, remarks=given.remarks,
                  not_decided=[faults.of_fault(fault) for fault in given.faults.to_pylist()])


def _from_outside(options: argparse.Namespace, book: PolicyBook) -> _Found:
    mapping = IntakeMapping() if options.mapping is None else read_mapping(options.mapping)
    if options.dates is not None:
        mapping = attrs.evolve(mapping, dates=options.dates)
    found = people(options.files, book, mapping=mapping)
    return _Found(count=found.count, records=found.records, remarks=questions_of(found), not_decided=[
        *map(_not_decided, found.unread), *(_not_decided(row, refused=False) for row in found.left_out)])


def _not_decided(one: Unread, *, refused: bool = True) -> NotDecided:
    return NotDecided(holder=one.person, place=one.place, code=one.remark.code, text=one.remark.text, refused=refused)
