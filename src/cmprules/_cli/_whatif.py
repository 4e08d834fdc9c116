"""`cmprules what-if`: what changes for a population from one book to another."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from cmprules._answers.render import FORMATS, render
from cmprules._cli._options import (
    DECIDED,
    UNWRITABLE,
    Commands,
    add_both_tables,
    add_command,
    add_day,
    add_format,
    add_trust,
    books_of,
)

__all__ = ["add"]

_EXAMPLE = """cmprules what-if credentials.parquet activities.parquet -o changes.parquet --on 2026-03-10 \\
      --and-reform docs/how-to/files/cap-reform.toml"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "what-if", help="say what changes for a population from one book to another",
        description="Decide a population under two books: who gets another outcome, by how much, and which requirement "
                    "does it. What is not given for the second is as for the first. It works in memory: a gigabyte for "
                    "three million activities. It needs the extra `batch`.",
        example=_EXAMPLE,
    )
    command.add_argument("credentials", type=Path, metavar="CREDENTIALS", help="a Parquet or CSV file")
    command.add_argument("activities", type=Path, metavar="ACTIVITIES", help="a Parquet or CSV file")
    command.add_argument("-o", "--output", type=_table_file, required=True, metavar="OUT",
                         help="the Parquet or CSV file for the changes, a row for each credential whose answer differs")
    command.add_argument("--faults", type=_table_file, metavar="FILE",
                         help="the Parquet or CSV file for rows that cannot be read; OUT.faults.parquet if absent")
    add_day(command)
    add_both_tables(command)
    add_trust(command)
    add_format(command, FORMATS)
    command.set_defaults(run=partial(_run, command))


def _table_file(text: str) -> Path:
    path = Path(text)
    if path.suffix not in {".parquet", ".csv"}:
        raise argparse.ArgumentTypeError(f"'{text}' ends in neither .parquet nor .csv")
    return path


def _run(command: argparse.ArgumentParser, options: argparse.Namespace) -> tuple[str, int]:
    if options.and_edition is None and options.and_extra is None and options.and_reform is None:
        command.error("there is no second book: give --and-edition, --and-extra or --and-reform")
    module: Any = import_module("cmprules.batch")
    keeping: Any = import_module("cmprules.batch._keeping")
    found = module.what_if(str(options.credentials), str(options.activities), *books_of(options), on=options.on,
                           trust=options.trust)
    try:
        keeping.keep(found.changes, options.output)
        keeping.keep(found.faults, options.faults or options.output.with_name(f"{options.output.name}.faults.parquet"))
    except OSError as error:
        sys.stderr.write(f"cmprules: the changes cannot be written: {error}\n")
        return "", UNWRITABLE
    return render(found, options.format), DECIDED
