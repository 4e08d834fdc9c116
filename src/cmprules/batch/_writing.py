"""Write tables of answers to files: Parquet, CSV or Excel, by the ending of the name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from cmprules._kit.cells import RUNS, guarded
from cmprules._kit.files import whole
from cmprules.errors import MissingExtraError

__all__ = ["CSV", "ENDINGS", "EXCEL", "PARQUET", "Write", "check_ending", "flat", "keep", "sink", "unguarded",
           "writing"]

PARQUET, CSV, EXCEL = ".parquet", ".csv", ".xlsx"
ENDINGS = (PARQUET, CSV, EXCEL)
MOST_ROWS_OF_A_SHEET = 1_048_576

Write = Callable[[pa.Table], None]
"""Writes the next rows."""


def check_ending(path: Path) -> None:
    """Check that the package for a name's ending is installed.

    Raises:
        MissingExtraError: it is not.
    """
    if path.suffix.lower() == EXCEL:
        _excel()


@contextmanager
def writing(path: Path, schema: pa.Schema, mark: str | None = None) -> Iterator[Write]:
    """Write a table piece by piece to a file, which appears when it is complete.

    Raises:
        OSError: it cannot be written, or has more rows than a sheet can hold.
    """
    open_file = {CSV: _to_csv, EXCEL: _to_excel}.get(path.suffix.lower(), _to_parquet)
    with whole(path, mark) as begun, open_file(begun, schema) as write:
        yield write


def keep(table: pa.Table, path: Path) -> None:
    """Write a table to a file, which appears when it is complete.

    Raises:
        OSError: it cannot be written.
    """
    with writing(path, table.schema) as write:
        write(table)


def sink(path: Path) -> pa.NativeFile:
    """Open a file to write, whatever its name: Arrow would take some names for addresses, and refuse others."""
    return pa.OSFile(os.fsencode(path), "wb")


@contextmanager
def _to_parquet(path: Path, schema: pa.Schema) -> Iterator[Write]:
    with sink(path) as file, closing(pq.ParquetWriter(file, schema)) as writer:
        yield writer.write_table


@contextmanager
def closing(writer: pq.ParquetWriter) -> Iterator[pq.ParquetWriter]:
    """Close a writer, so that a failed one is not closed a second time when it is collected."""
    try:
        yield writer
        writer.close()
    finally:
        writer.is_open = False


@contextmanager
def _to_csv(path: Path, schema: pa.Schema) -> Iterator[Write]:
    plain = flat(schema.empty_table())
    with sink(path) as file, pyarrow.csv.CSVWriter(file, plain.schema) as writer:
        yield lambda table: writer.write_table(flat(table))


# ---------------------------------------------------------------------------------------------------------
# Excel.


def _excel() -> Any:
    try:
        import xlsxwriter  # noqa: PLC0415  # an extra that most runs do without
    except ModuleNotFoundError as missing:
        raise MissingExtraError(f"an Excel file needs {missing.name}, which is not installed; "
                                "install the extra `excel`", name=missing.name) from missing
    return xlsxwriter


@contextmanager
def _to_excel(path: Path, schema: pa.Schema) -> Iterator[Write]:
    """Write a sheet row by row: text as text, whatever its first character, numbers as numbers, days as days."""
    workbook = _excel().Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd",
                                             "strings_to_formulas": False, "strings_to_urls": False})
    sheet, row = workbook.add_worksheet(), 0
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(schema.names):
        sheet.write_string(0, place, name)

    def write(table: pa.Table) -> None:
        nonlocal row
        if row + table.num_rows >= MOST_ROWS_OF_A_SHEET:
            raise OSError(f"a sheet has at most {MOST_ROWS_OF_A_SHEET:,} rows; write to a .parquet or .csv file")
        for values in zip(*(column.to_pylist() for column in _texts(table).columns), strict=True):
            row += 1
            for place, value in enumerate(values):
                if value is not None:
                    sheet.write(row, place, value)

    try:
        yield write
    except BaseException:
        with suppress(Exception):  # the first error already says why
            workbook.close()
        raise
    _close(workbook)


def _close(workbook: Any) -> None:
    """Write a workbook to its file.

    Raises:
        OSError: it cannot be written.
    """
    try:
        workbook.close()
    except _excel().exceptions.XlsxWriterException as error:
        raise OSError(str(error)) from error


# ---------------------------------------------------------------------------------------------------------
# Text for formats without lists.


def flat(table: pa.Table) -> pa.Table:
    """Write a table for CSV: lists as text with semicolons between members, and no cell that a spreadsheet runs."""
    texts = _texts(table)
    return pa.table({guarded(name): _guarded_column(texts[name]) for name in texts.column_names})


def _texts(table: pa.Table) -> pa.Table:
    """Write lists as text."""
    return pa.table({name: _as_text(table[name]) if pa.types.is_list(table[name].type) else table[name]
                     for name in table.column_names})


def _as_text(lists: pa.ChunkedArray) -> pa.Array:
    """Write each list as one text; for members with several fields, the text fields."""
    found = lists.combine_chunks()
    members = found.flatten()
    if pa.types.is_struct(members.type):
        members = pc.binary_join_element_wise(*(part for part in members.flatten() if pa.types.is_string(part.type)),
                                              " ")
        found = pa.ListArray.from_arrays(_ends(found), members, mask=found.is_null())
    return pc.binary_join(found, ";")


def _ends(lists: pa.ListArray) -> pa.Array:
    """Return where each list begins in the sequence of all members, and where the last one ends."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0)
    return pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths).cast(pa.int32())])


def _guarded_column(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Add an apostrophe before a text that a spreadsheet would run, or that already has one."""
    if not pa.types.is_string(column.type):
        return column
    return pc.replace_substring_regex(column, f"\\A('*[{RUNS}])", "'\\1")


def unguarded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Remove the apostrophe that was added before a text."""
    return pc.replace_substring_regex(column, f"\\A'('*[{RUNS}])", "\\1")
