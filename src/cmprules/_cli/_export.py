"""`cmprules export`: records, answers and placements as Excel or CSV, to be sorted and sent."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from cmprules._answers.decide import decide
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
    read_all,
)
from cmprules._cli._outputs import OutputError, output_file, shown
from cmprules._kit.points import decimal_text
from cmprules.reporting import COLUMNS, tables_of, write_tables
from cmprules.reporting._tables import Cell, Row
from cmprules.reporting._workbook import CSV, EXCEL, library

_STATUS = f"""exit status:
  0  written
  {WRONG_USAGE}  wrong usage
  {UNREADABLE}  a record cannot be read; every fault is on standard error
  {UNWRITABLE}  the file cannot be written
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "export",
        description="Write records, the answers for them and where their points were placed as tables: an Excel "
                    "workbook with a sheet for each table (needs the extra `excel`), or one table as CSV.",
        example="cmprules export examples/mls-and-sbb.json --on 2026-03-10 -o answers.xlsx", more=_STATUS,
    )
    command.add_argument("records", nargs="+", metavar="RECORD", help="a JSON or TOML file, or - for standard input")
    command.add_argument("-o", "--output", type=output_file(EXCEL, CSV), metavar="FILE",
                         help="the file to write: .xlsx with all tables, or .csv with one; with --format json it may "
                              "be absent")
    command.add_argument("--table", choices=tuple(COLUMNS), help="the only table to write; answers for CSV if absent")
    add_day(command)
    add_tables(command)
    add_trust(command)
    add_format(command, ("text", "json"))
    command.set_defaults(run=partial(_run, command))


def _run(command: argparse.ArgumentParser, options: argparse.Namespace) -> tuple[str, int]:
    if options.output is None and options.format == "text":
        command.error("name a file with -o, or ask for --format json")
    if options.output is not None and options.output.suffix.lower() == EXCEL:
        library()
    tables = _tables(options)
    if options.output is not None:
        _write(tables, options.output)
    return (_as_json(tables) if options.format == "json" else f"{shown(options.output)}\n"), 0


def _tables(options: argparse.Namespace) -> dict[str, list[Row]]:
    """Make the tables that are wanted, with the rows of every record."""
    book = book_of(options)
    csv = options.output is not None and options.output.suffix.lower() == CSV
    wanted = [options.table or "answers"] if csv or options.table else [*COLUMNS]
    tables: dict[str, list[Row]] = {name: [] for name in wanted}
    for record in read_all(options.records):
        found = tables_of(record, decide(record, book, on=options.on, trust=options.trust))
        for name in wanted:
            tables[name] += found[name]
    return tables


def _write(tables: dict[str, list[Row]], path: Path) -> None:
    """Write a file.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        write_tables(tables, path)
    except OSError as error:
        raise OutputError(f"the tables cannot be written: {error}", UNWRITABLE) from error


def _as_json(tables: dict[str, list[Row]]) -> str:
    plain = {name: [*_objects(COLUMNS[name], rows)] for name, rows in tables.items()}
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _objects(columns: Iterable[str], rows: Iterable[Row]) -> Iterable[dict[str, Any]]:
    return ({name: _plain(cell) for name, cell in zip(columns, row, strict=True)} for row in rows)


def _plain(cell: Cell) -> Any:
    """Write amounts and days as text, as everywhere in JSON."""
    if cell is None or isinstance(cell, str | bool | int):
        return cell
    return decimal_text(cell) if isinstance(cell, Decimal) else cell.isoformat()
