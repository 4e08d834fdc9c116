"""Workbooks of Excel and OpenDocument; formulas are read as their stored values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from cmprules._words.limits import MOST_COLUMNS, MOST_ROWS
from cmprules.intake._csv import TextRead
from cmprules.intake._days import MONTHS
from cmprules.intake._extra import library
from cmprules.intake._packed import Packed, check_workbook
from cmprules.intake._rows import EPOCH_1900, Cell, Row, Stop, Table
from cmprules.intake._unseen import Unseen

_EPOCH_1904 = EPOCH_1900 + timedelta(days=1_462)


def read_excel(raw: bytes) -> TextRead:
    """Read every visible sheet; a workbook that needs too much memory is refused before it is unpacked."""
    packed = check_workbook(raw)
    if packed.stop is not None:
        return TextRead(stop=packed.stop)
    calamine = library("python_calamine")
    try:
        book = calamine.load_workbook(BytesIO(raw))
        tables = tuple(_tables(book, calamine, packed))
    except OverflowError as error:
        return TextRead(stop=Stop.of("TOO_LARGE", text=error))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return TextRead(stop=Stop.of("NOT_A_WORKBOOK"))
    return TextRead(("days count from 1904",) if packed.from_1904 else (), tables)


def _tables(book: Any, calamine: Any, packed: Packed) -> Iterator[Table]:
    for number, about in enumerate(book.sheets_metadata):
        where = f"sheet '{about.name}'"
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if about.visible != calamine.SheetVisibleEnum.Visible:
            yield Table(where, (Row(1, (about.name,), stop=Stop.of("HIDDEN_SHEET")),))
            continue
        unseen = packed.sheets.of(about.name)
        yield Table(where, tuple(_rows(book.get_sheet_by_index(number), unseen)),
                    _EPOCH_1904 if packed.from_1904 else EPOCH_1900, frozenset(unseen.columns))


def _rows(sheet: Any, unseen: Unseen) -> Iterator[Row]:
    """Yield the rows of a sheet; a cell merged over several rows is repeated in each, and marked."""
    grid = [[_plain(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
    if len(grid) > MOST_ROWS or (grid and len(grid[0]) > MOST_COLUMNS):
        raise OverflowError(f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns in a sheet")
    for number, index in unseen.months:
        if number < len(grid) and index < len(grid[number]):
            grid[number][index] = _as_shown(grid[number][index])
    repeated = _fill_down(grid, sheet.merged_cell_ranges or ())
    for number, line in enumerate(grid):
        stop = Stop.of("HIDDEN_ROW") if number in unseen.rows else None
        yield Row(number + 1, tuple(line), frozenset(repeated.get(number, ())), stop,
                  struck=unseen.crossed.get(number, frozenset()))


def _fill_down(grid: list[list[Cell]],
               merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> dict[int, set[int]]:
    """Copy the value of merged cells to each of their rows."""
    repeated: dict[int, set[int]] = {}
    for (top, left), (bottom, _) in merged:
        if bottom > top and top < len(grid) and left < len(grid[top]):
            for number in range(top, min(bottom + 1, len(grid))):
                grid[number][left] = grid[top][left]
                repeated.setdefault(number, set()).add(left)
    return repeated


def _as_shown(cell: Cell) -> Cell:
    """Write a day as its month: Excel makes the first of the month of what was typed as `May 2027`."""
    return f"{MONTHS[cell.month - 1].title()} {cell.year}" if isinstance(cell, date) else cell


def _plain(value: Any) -> Cell:
    """Read a number by its shortest repr, and a whole number without a fraction."""
    if isinstance(value, float):
        return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))
    plain: Cell = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return plain
