"""Make entries from the rows of a section: values by meaning, or the reason why a row has none."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from itertools import chain

import attrs

from cmprules.intake._amounts import read_amount
from cmprules.intake._days import read_day
from cmprules.intake._folding import fold, shown
from cmprules.intake._headers import Column, Entry, Found, Section
from cmprules.intake._rows import EPOCH_1900, Cell, Element, Row, Stop, Table, is_blank
from cmprules.intake._words import AMOUNTS, Words

_EXACT = ("completed_on", "issued_on", "expires_on", "certified_on", *AMOUNTS)
"""Meanings whose value changes if it is cut off."""

_GIVES = ("code", "topic", "proposed_areas", *_EXACT)
"""Meanings whose value may add points, so that it is not taken from a hidden column."""

_PLAIN = re.compile(r"\d{1,6}(?:\.\d{1,4})?", re.ASCII)
_HOUR = 60

_HIDDEN = ("HIDDEN_ROW", "NOT_SHOWN")
_NO_ENTRY = ("BLANK_ROW", "TOTAL_ROW", "NOTE_ROW")

_ROSTER = ("state=", "profession=")


def element_entry(element: Element) -> Entry:
    """Make an entry from an element; its reader has named the meanings."""
    values: dict[str, tuple[Found, ...]] = {}
    for meaning, name, cell in element.values:
        values[meaning] = (*values.get(meaning, ()), Found(name, cell))
    return Entry(element.place, values, element.stop)


def section_entries(section: Section, table: Table, words: Words) -> Iterator[Entry]:
    """Yield an entry for the header of a section and for every row under it."""
    if section.header is not None:
        yield Entry(_place(table, section.header), {}, Stop.of("HEADER_ROW"), _said(section.header))
    twice = _twice(section.columns)
    for row in section.rows:
        yield _entry(row, section, table, words, twice)


def _twice(columns: Sequence[Column]) -> Column | None:
    """Find a meaning that two columns share, so that it is ambiguous."""
    seen = set()
    for column in columns:
        if column.meaning in seen and column.meaning not in {"ignore", "topic"}:
            return column
        seen.add(column.meaning)
    return None


def _place(table: Table, row: Row) -> str:
    return ", ".join(filter(None, (table.where, row.page, f"row {row.number}")))


def _entry(row: Row, section: Section, table: Table, words: Words, twice: Column | None) -> Entry:
    values = _values(row, section.columns)
    stop = _form(row, section, words, values) or _withheld(row, section.columns, table.unseen)
    if stop is None and twice is not None:
        stop = Stop.of("COLUMN_TWICE", text=twice.header)
    return Entry(_place(table, row), values, stop, _said(row), _cut(row, section.columns))


def _form(row: Row, section: Section, words: Words, values: dict[str, tuple[Found, ...]]) -> Stop | None:
    """Return why a row cannot be an entry; one that is hidden and would not be one anyway needs no attention."""
    if row.stop is not None and row.stop.code not in _HIDDEN:
        return row.stop
    found = _stop(attrs.evolve(row, stop=None), section, words, values)
    return found if row.stop is None or (found is not None and found.code in _NO_ENTRY) else row.stop


def _withheld(row: Row, columns: Sequence[Column], unseen: Container[int]) -> Stop | None:
    """Stop a row with an amount, a day or an area that is struck out, or in a column that people do not see."""
    for column in columns:
        code = "STRUCK_OUT" if column.index in row.struck else "HIDDEN_COLUMN" if column.index in unseen else None
        if code is not None and column.meaning in _GIVES and column.index < len(row.cells):
            cell = row.cells[column.index]
            if not is_blank(cell):
                return Stop.of(code, text=shown(cell), column=column.header)
    return None


def _said(row: Row) -> str:
    """Write a row in short form."""
    return shown(" | ".join(shown(cell) for _, cell in row.filled()))


def _values(row: Row, columns: Sequence[Column]) -> dict[str, tuple[Found, ...]]:
    values: dict[str, tuple[Found, ...]] = {}
    for column in columns:
        if column.index < len(row.cells) and column.meaning != "ignore":
            found = Found(column.header, row.cells[column.index], column.index in row.repeated)
            values[column.meaning] = (*values.get(column.meaning, ()), found)
    return values


def _cut(row: Row, columns: Sequence[Column]) -> str | None:
    """Name the value that may be cut off because the file ends in it without a line break."""
    if not row.cut:
        return None
    last = len(row.cells) - 1
    return next((column.header for column in columns if column.index == last and column.meaning in _EXACT), None)


# ---------------------------------------------------------------------------------------------------------
# Rows that are not entries.


def _stop(row: Row, section: Section, words: Words, values: dict[str, tuple[Found, ...]]) -> Stop | None:
    """Return why a row cannot be an entry, judging by its form."""
    if row.blank:
        return Stop.of("BLANK_ROW")
    if section.header is None:
        return _without_header(row, words)
    total = _total(row, values, words)
    if total is not None:
        return Stop.of(total)
    if sum(1 for _ in row.filled()) == 1 and len(section.columns) > 1:
        return Stop.of("NOTE_ROW")
    stop = _miscounted(row, section.header) or _not_completed(row, section.header, section.columns, words)
    if stop is not None or section.what != "activities":
        return stop
    return _denied(row, section, words) or _split_hours(row, section.header, section.columns, words)


def _denied(row: Row, section: Section, words: Words) -> Stop | None:
    """Stop a row that a column without a meaning of its own denies credit, or gives another role than a learner's."""
    known = {column.index for column in section.columns if column.meaning != "ignore"}
    for index, cell in row.filled():
        header = section.header.cells[index] if section.header is not None and index not in known else None
        if not isinstance(header, str):
            continue
        if words.asks_whether_it_counts(header) and (cell is False or fold(shown(cell)) in words.verdicts[1]):
            return Stop.of("CREDIT_DENIED", text=shown(cell), header=shown(header))
        if fold(header) in words.roles[0] - {*words.own} and fold(shown(cell)) in words.roles[1]:
            return Stop.of("KIND_OPEN", text=shown(cell))
    return None


def _split_hours(row: Row, header: Row, columns: Sequence[Column], words: Words) -> Stop | None:
    """Ask about hours whose minutes are in another column; the same time in both is a duration."""
    amounts = [(column.header, number) for column in columns if column.meaning == "amount.contact_hour"
               if (number := _number_in(row.cells[column.index])) is not None]
    for name, cell in _under(row, header, words.minutes - {*words.own}):
        minutes = _number_in(cell)
        for of_hours, hours in amounts if minutes is not None and 0 < minutes < _HOUR else ():
            if hours * _HOUR != minutes:
                return Stop.of("AMOUNTS_DIFFER", text=f"{of_hours} '{shown(hours)}'; {shown(name)} '{shown(minutes)}'")
    return None


def _number_in(cell: Cell) -> Decimal | None:
    """Return the number in a cell, if it is a plain one."""
    plain = isinstance(cell, Decimal) or (isinstance(cell, str) and _PLAIN.fullmatch(cell.strip()) is not None)
    return Decimal(str(cell).strip()) if plain else None


def _under(row: Row, header: Row, words: Container[str]) -> Iterator[tuple[Cell, Cell]]:
    """Yield the cells of a row under headers of some words, each with its header."""
    return ((name, cell) for name, cell in zip(header.cells, row.cells, strict=False)
            if isinstance(name, str) and fold(name) in words and not is_blank(cell))


def _not_completed(row: Row, header: Row, columns: Sequence[Column], words: Words) -> Stop | None:
    """Stop a row that says, under an unknown header, that it was not completed."""
    known = {column.index for column in columns if column.meaning != "ignore" or fold(column.header) in words.own}
    said = (cell for index, cell in row.filled() if index not in known and isinstance(cell, str))
    grades = (cell for _, cell in _under(row, header, words.graded - {*words.own}))
    text = next(chain((cell for cell in said if fold(cell) in words.never),
                      (cell for cell in grades if fold(shown(cell)) in words.failing)), None)
    return None if text is None else Stop.of("NOT_COMPLETED", text=shown(text))


def _without_header(row: Row, words: Words) -> Stop:
    if any(isinstance(cell, str) and cell.casefold().startswith(_ROSTER) for cell in row.cells):
        return Stop.of("ROSTER")
    return Stop.of("ROW_OUTSIDE" if _reads_like_activity(row, words) else "TITLE_ROW")


def _reads_like_activity(row: Row, words: Words) -> bool:
    """Return whether a row outside a table has a day, an amount, and a text."""
    cells = [cell for _, cell in row.filled()]
    days = [cell for cell in cells if _is_day(cell)]
    amounts = [cell for cell in cells if cell not in days and read_amount(cell, words.units).amount is not None]
    return bool(days) and bool(amounts) and len(cells) > len(days) + len(amounts)


def _is_day(cell: Cell) -> bool:
    """Return whether a cell is a day, or a text that is one in some order."""
    if isinstance(cell, Decimal):
        return False
    read = read_day(cell, None, None, EPOCH_1900)
    return read.day is not None or read.question in {"DATE_ORDER_OPEN", "YEAR_OPEN"}


def _miscounted(row: Row, header: Row) -> Stop | None:
    """Refuse a row whose cells do not fit the header."""
    wide = len(header.cells)
    if len(row.cells) > wide and not all(map(is_blank, row.cells[wide:])):
        return Stop.of("TOO_MANY_CELLS", cells=len(row.cells), wide=wide)
    if len(row.cells) < wide:
        return Stop.of("TOO_FEW_CELLS", cells=len(row.cells), wide=wide)
    return None


def _total(row: Row, values: dict[str, tuple[Found, ...]], words: Words) -> str | None:
    """Return the code of a row that has a word for sums; with a day, or with another title, it may be an activity."""
    title, day = _cell(values, "title"), _cell(values, "completed_on")
    named = isinstance(title, str) and (fold(title) in words.totals or words.names_sum(title))
    labeled = any(isinstance(cell, str) and fold(cell) in words.totals for cell in row.cells)
    if not named and day is None and isinstance(title, str) and words.ends_as_sum(title):
        return "READS_LIKE_SUM" if any(_cell(values, amount) is not None for amount in AMOUNTS) else None
    if not named and (not labeled or (title is not None and day is not None)):
        return None
    if not named and title is not None:
        return "READS_LIKE_SUM"
    dated = day is not None and (not isinstance(day, str) or read_day(day, "us", None, EPOCH_1900).day is not None)
    return "READS_LIKE_SUM" if dated else "TOTAL_ROW"


def _cell(values: dict[str, tuple[Found, ...]], meaning: str) -> object:
    return next((found.cell for found in values.get(meaning, ()) if not is_blank(found.cell)), None)


def with_stop(entry: Entry, stop: Stop) -> Entry:
    """Stop an entry that would otherwise come in."""
    return entry if entry.stop is not None else attrs.evolve(entry, stop=stop)
