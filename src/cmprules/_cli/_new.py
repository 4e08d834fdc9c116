"""`cmprules new`: a first record, made from options."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cmprules._cli._options import UNREADABLE, UNWRITABLE, WRONG_USAGE, Commands, add_command
from cmprules._cli._outputs import OutputError, output_file, shown, write_output
from cmprules._facts.records import Holder, Record
from cmprules._kit.canonical import to_mapping
from cmprules._words import vocabulary
from cmprules.intake._credentials import parse_credential

_STATUS = f"""exit status:
  0  written
  {WRONG_USAGE}  wrong usage
  {UNREADABLE}  a credential cannot be read
  {UNWRITABLE}  the record cannot be written, or is there already
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "new",
        description="Make a record of a holder and credentials, without activities. Add activities by hand, or with "
                    "'cmprules intake --into'.",
        example='cmprules new --holder h-1 --credential "MLS(ASCP) 2026-05-31" -o record.json', more=_STATUS,
    )
    command.add_argument("--holder", required=True, metavar="ID", help="an id of the holder")
    command.add_argument("--credential", action="append", required=True, metavar="'CODE LAST-DAY [CERTIFIED]'",
                         help="a credential and its last day, such as 'MLS(ASCP) 2026-05-31'; may be repeated")
    command.add_argument("--fee-region", choices=vocabulary.FEE_REGIONS, default=vocabulary.FEE_REGIONS[0],
                         help="the region that sets the fees; standard if absent")
    command.add_argument("-o", "--output", type=output_file(".json"), metavar="RECORD",
                         help="the record to write (.json); printed if absent")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    record = Record(holder=Holder(id=options.holder, fee_region=options.fee_region),
                    credentials=[parse_credential(text) for text in options.credential], activities=[])
    text = json.dumps(to_mapping(record), indent=2, ensure_ascii=False) + "\n"
    return written(options.output, text)


def written(path: Path | None, text: str) -> tuple[str, int]:
    """Write a new file and return a line about it, or print its text.

    Raises:
        OutputError: the file exists, or cannot be written.
    """
    if path is None:
        return text, 0
    if path.exists():
        raise OutputError(f"{shown(path)} already exists; choose another name", UNWRITABLE)
    write_output(path, text)
    return f"{shown(path)}\n", 0
