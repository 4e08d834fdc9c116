"""Write tables to files: Excel with a sheet for each, or CSV.  No cell is run, and reading returns what was written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any

from cmprules._kit.cells import guarded
from cmprules._kit.files import refuse_no_path, whole
from cmprules._kit.points import decimal_text
from cmprules._words.limits import LONGEST_CELL
from cmprules.errors import Fault, InputError, MissingExtraError
from cmprules.reporting._tables import COLUMNS, Cell, Row, Sheet

EXCEL, CSV = ".xlsx", ".csv"
MOST_ROWS_OF_A_SHEET = 1_048_576
_WIDTHS = {"title": 44, "to_do": 70, "text": 80, "name": 24, "place": 34, "holder": 16}
_WIDTH = 13
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  # fixed, so that equal answers have equal bytes
_MARK = "\ufeff"
"""Without this mark, Excel reads a CSV file in a code page and garbles names."""


def library() -> Any:
    """Import XlsxWriter.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module("xlsxwriter")
    except ModuleNotFoundError as missing:
        raise MissingExtraError(f"an Excel file needs {missing.name}, which is not installed; install the extra "
                                "`excel`: from a checkout, pip install '.[excel]'", name=missing.name) from missing


def write_tables(tables: Mapping[str, Iterable[Row]], path: str | PathLike[str]) -> None:
    """Write tables to an Excel workbook, a sheet for each, or one table to a CSV file; the ending says which.

    Text stays text, whatever its first character; numbers are numbers and days are days.  In CSV, a text that a
    spreadsheet would run has an apostrophe before it; this package removes it when it reads the file.

    Args:
        tables: rows by the name of their table, as `tables_of` gives them.
        path: the file; it appears when it is complete.

    Raises:
        InputError: the name ends in neither .xlsx nor .csv, or there are several tables for one CSV file, or a table
            is unknown.
        MissingExtraError: XlsxWriter is not installed.
        OSError: the file cannot be written.

    >>> import cmprules, tempfile
    >>> from cmprules.reporting import tables_of
    >>> rows = tables_of(cmprules.example("pbt"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_tables({"credentials": rows["credentials"]}, f"{folder}/credentials.csv")
    ...     print(Path(folder, "credentials.csv").read_text("utf-8-sig").splitlines()[0][:25])
    holder,name,id,code,body,
    >>> write_tables(rows, "record.csv")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.tables: TOO_MANY: got 3, expected one table; a CSV file has one table: write each to a file of its own
    """
    _check_types(tables, path)
    path = Path(path)
    _check(tables, path)
    sheets = [Sheet(name, COLUMNS[name], rows) for name, rows in tables.items()]
    with whole(path) as begun:
        if path.suffix.lower() == CSV:
            write_csv(sheets[0], begun)
        else:
            with workbook(begun) as add:
                for sheet in sheets:
                    add(sheet)


def _check_types(tables: Any, path: object) -> None:
    faults: list[Fault] = []
    refuse_no_path(path, "$.path", faults)
    if not isinstance(tables, Mapping) or not all(isinstance(rows, Iterable) for rows in tables.values()):
        faults.append(Fault(path="$.tables", code="WRONG_TYPE", value=tables,
                            expected="rows by the name of their table", hint="give what tables_of gives"))
    if faults:
        raise InputError(faults)


def _check(tables: Mapping[str, Iterable[Row]], path: Path) -> None:
    faults = [Fault(path="$.tables", code="UNKNOWN_WORD", value=name, expected="a table",
                    hint=f"known: {', '.join(COLUMNS)}") for name in tables if name not in COLUMNS]
    if path.suffix.lower() not in {EXCEL, CSV}:
        faults.append(Fault(path="$.path", code="UNKNOWN_WORD", value=str(path), expected="a name in .xlsx or .csv",
                            hint="the ending says the format"))
    elif path.suffix.lower() == CSV and len(tables) != 1:
        faults.append(Fault(path="$.tables", code="TOO_MANY", value=len(tables), expected="one table",
                            hint="a CSV file has one table: write each to a file of its own"))
    if faults:
        raise InputError(faults)


# ---------------------------------------------------------------------------------------------------------
# CSV.


def write_csv(sheet: Sheet, path: Path) -> None:
    """Write a table as CSV in UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_MARK)
        rows = csv.writer(file, lineterminator="\r\n")
        rows.writerow(sheet.columns)
        rows.writerows([_plain(cell) for cell in row] for row in sheet.rows)


def _plain(cell: Cell) -> str:
    """Write a value as text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return decimal_text(cell)
    return guarded(cell) if isinstance(cell, str) else str(cell)


# ---------------------------------------------------------------------------------------------------------
# Excel.


class _Adding:
    """Adds sheets to a workbook row by row, to use little memory."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})

    def __call__(self, sheet: Sheet) -> None:
        """Add a table; rows that do not fit on a sheet go on further ones."""
        page, row, number = self._begun(sheet, 1), 0, 1
        for cells in sheet.rows:
            row += 1
            if row == MOST_ROWS_OF_A_SHEET:
                page.autofilter(0, 0, row - 1, len(sheet.columns) - 1)
                number += 1
                page, row = self._begun(sheet, number), 1
            _write_row(page, row, cells)
        page.autofilter(0, 0, row, len(sheet.columns) - 1)

    def _begun(self, sheet: Sheet, number: int) -> Any:
        """Begin a sheet with the names of its columns, which stay visible."""
        page = self.book.add_worksheet(sheet.name if number == 1 else f"{sheet.name} {number}")
        page.freeze_panes(1, 0)
        for place, name in enumerate(sheet.columns):
            page.set_column(place, place, _WIDTHS.get(name, _WIDTH))
            page.write_string(0, place, name, self.bold)
        return page


def _write_row(page: Any, row: int, cells: Sequence[Cell]) -> None:
    """Write cells, each by its type and never by its appearance.

    Raises:
        OSError: a text is longer than a cell can be.
    """
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            if len(cell) > LONGEST_CELL:
                raise OSError(f"a cell has at most {LONGEST_CELL:,} characters; write to a .csv file")
            page.write_string(row, place, cell)
        elif isinstance(cell, bool):
            page.write_boolean(row, place, cell)
        elif isinstance(cell, date):
            page.write_datetime(row, place, cell)
        elif cell is not None:
            page.write_number(row, place, cell)


@contextmanager
def workbook(path: Path) -> Iterator[_Adding]:
    """Write a workbook; yield the object that adds sheets to it.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
        OSError: it cannot be written.
    """
    xlsxwriter = library()
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd",
                                           "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    try:
        yield _Adding(book)
    except BaseException:
        with suppress(Exception):  # the first error already says why
            book.close()
        raise
    try:
        book.close()
    except xlsxwriter.exceptions.XlsxWriterException as error:
        raise OSError(str(error)) from error
