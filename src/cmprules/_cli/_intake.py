"""`cmprules intake`: files from outside, read into a record."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import attrs

from cmprules._answers.render import render
from cmprules._answers.render.words import counted
from cmprules._cli._notes import bar_of
from cmprules._cli._options import (
    UNREADABLE,
    UNWRITABLE,
    WRONG_USAGE,
    Commands,
    add_command,
    add_tables,
    book_of,
)
from cmprules._cli._outputs import OutputError, output_file, shown, write_together
from cmprules._cli._reports import add_report, report
from cmprules._cli._terminal import complain
from cmprules._facts.reading import read_record
from cmprules._facts.records import Record
from cmprules._kit.canonical import to_mapping
from cmprules._words import vocabulary
from cmprules.errors import InputError
from cmprules.intake import Intake, IntakeMapping, intake, read_mapping
from cmprules.intake._days import ORDERS
from cmprules.intake._mapping import SEPARATORS
from cmprules.intake._writing import mapping_toml

_STATUS = f"""exit status:
  0  a record was written
  {WRONG_USAGE}  wrong usage
  {UNREADABLE}  nothing could be read, or no record could be made of it; the reasons are on standard error
  {UNWRITABLE}  an output cannot be written
"""
_MAPPED = ("dates", "place", "unit", "provider", "kind", "person", "encoding", "separator")


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "intake",
        description="Read files from outside into a record: CSV, Excel, HTML tables and the text of PDF; xAPI "
                    "statements; Open Badges 2 and 3. Every row gets a line that says what was changed, what is in "
                    "question, and why something was left out. Plain CSV in UTF-8 needs nothing more; "
                    "the rest needs the extra 'intake'.",
        example='cmprules intake transcript.csv --holder h-1 --credential "MLS(ASCP) 2026-05-31" --dates us '
                "-o record.json",
        more=_STATUS,
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, whatever its name ends in")
    _add_record(command)
    _add_words(command)
    add_tables(command)
    add_report(command, to_file=False)
    command.set_defaults(run=_run)


def _add_record(command: argparse.ArgumentParser) -> None:
    """Add the options for the contents of the record and for its file."""
    command.add_argument("-o", "--output", type=output_file(".json"), required=True, metavar="RECORD",
                         help="the record to write (.json)")
    command.add_argument("--holder", metavar="ID", help="the id of the holder; that of --into if absent")
    command.add_argument("--name", metavar="NAME", help="the name of the holder, for headings and to choose "
                         "rows; that of --into if absent")
    command.add_argument("--credential", action="append", default=[], metavar="'CODE LAST-DAY [CERTIFIED]'",
                         help="a credential and its last day, such as 'MLS(ASCP) 2026-05-31', and the day of "
                              "certification, if known; may be repeated")
    command.add_argument("--into", type=Path, metavar="RECORD",
                         help="a record to add to; that file stays unchanged, and its entries are not added twice")


def _add_words(command: argparse.ArgumentParser) -> None:
    """Add the options about the files."""
    command.add_argument("--dates", choices=ORDERS, help="the order of dates in digits: us (month first), eu (day "
                         "first), iso (year first)")
    command.add_argument("--place", metavar="ZONE", help="the holder's time zone, such as America/New_York, for times "
                         "with an offset")
    command.add_argument("--unit", choices=tuple(vocabulary.UNITS), metavar="UNIT",
                         help=f"the unit of amounts without one: {', '.join(vocabulary.UNITS)}")
    command.add_argument("--kind", choices=tuple(vocabulary.KINDS), metavar="KIND",
                         help="the kind of rows that name none; formal_ce if absent")
    command.add_argument("--provider", metavar="NAME", help="the provider of rows that name none")
    command.add_argument("--person", metavar="NAME", help="whose rows to read, in a file with rows of several people")
    command.add_argument("--encoding", metavar="NAME", help="the encoding of text files; detected if absent")
    command.add_argument("--separator", choices=SEPARATORS, metavar="SIGN",
                         help="the separator of text files; detected if absent")
    command.add_argument("--mapping", type=Path, metavar="FILE", help="a mapping file: words, columns and orders")
    command.add_argument("--write-mapping", type=output_file(".toml"), metavar="FILE",
                         help="write a mapping file (.toml) with the columns as they were read")


def _run(options: argparse.Namespace) -> tuple[str, int]:
    mapping = _mapping(options)
    bar_of(options, "").begin("reading")
    into = None if options.into is None else read_record(options.into)
    found = intake(options.files, book_of(options), holder=options.holder, credentials=options.credential, into=into,
                   mapping=mapping, name=options.name)
    if found.record is None:
        complain(render(found).rstrip("\n"))
        return "", UNREADABLE
    _refuse_to_lose(options.output, found.record)
    return _written(options, found, mapping)


def _mapping(options: argparse.Namespace) -> IntakeMapping:
    """Read the mapping file; options on the command line override it."""
    base = IntakeMapping() if options.mapping is None else read_mapping(options.mapping)
    said = {name: getattr(options, name) for name in _MAPPED if getattr(options, name) is not None}
    return attrs.evolve(base, **said)


def _refuse_to_lose(path: Path, record: Record) -> None:
    """Refuse to replace a file that is not a record, or that has something the new one lacks.

    Raises:
        OutputError: something would be lost.
    """
    if not path.exists():
        return
    try:
        there = to_mapping(read_record(path))
    except InputError:
        raise OutputError(f"{shown(path)} is there and is not a record; choose another name", UNWRITABLE) from None
    if not _within(there, to_mapping(record)):
        raise OutputError(f"{shown(path)} has something that the new record does not have; add to it with "
                          f"--into {shown(path)} and another -o, or choose another name", UNWRITABLE)


def _within(old: Any, new: Any) -> bool:
    """Return whether plain data contains nothing that other plain data lacks; lists of parts are compared by id."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(key in new and _within(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and all(isinstance(part, dict) and "id" in part for part in old):
        by_id = {part["id"]: part for part in new}
        return all(part["id"] in by_id and _within(part, by_id[part["id"]]) for part in old)
    return bool(old == new)


def _written(options: argparse.Namespace, found: Intake, mapping: IntakeMapping) -> tuple[str, int]:
    """Write all outputs, and return a line about them."""
    texts = {options.output: json.dumps(to_mapping(found.record), indent=2, ensure_ascii=False) + "\n"}
    if options.write_mapping is not None:
        texts[options.write_mapping] = mapping_toml(found, mapping)
    if options.report is not None:
        texts[options.report] = report(found, options)
    write_together(texts)
    counts = found.counts
    if options.report is None:
        return report(found, options), 0
    came, asked = counted(counts.activities, "activity", "activities"), counted(counts.doubtful, "row")
    return (f"{shown(options.output)}: {came} came in; {asked} with a question, "
            f"{counts.set_aside} set aside, {counts.refused} refused: {shown(options.report)}\n"), 0
