"""Find where a table begins and what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import attrs

from cmprules.intake._days import read_day
from cmprules.intake._folding import fold, shown
from cmprules.intake._rows import EPOCH_1900, Cell, Row, Stop, Table, is_blank
from cmprules.intake._words import AMOUNTS, MEANINGS, Words

_NUMBER = re.compile(r"[\d.,]*\d[\d.,]*\s*\D{0,16}", re.ASCII)
_LEAST_OF_A_HEADER = 3
_MOST_COLUMNS_OF_A_HEADER = 200
NAMELESS = ", without a name"
_OF_CREDENTIALS = ("code", "body", "expires_on", "certified_on")


@attrs.frozen
class Column:
    """A column with a meaning; `index` counts from 0."""

    index: int
    header: str
    meaning: str


@attrs.frozen
class Found:
    """What one row or element says under one header."""

    header: str
    cell: Cell
    repeated: bool = False


@attrs.frozen
class Entry:
    """A row or element with its values by meaning, or the reason why it has none.

    Attributes:
        said: its text, in short form.
        cut: the header of its last value, if the file may end in it.
    """

    place: str
    values: dict[str, tuple[Found, ...]]
    stop: Stop | None = None
    said: str = ""
    cut: str | None = None

    def first(self, meaning: str) -> Found | None:
        """Return the value of a meaning, if there is one."""
        return next((found for found in self.values.get(meaning, ()) if not is_blank(found.cell)), None)

    def text(self, meaning: str) -> str | None:
        """Return the value of a meaning as text."""
        found = self.first(meaning)
        return None if found is None else shown(found.cell)


@attrs.frozen
class Section:
    """A header and the rows under it; without columns: rows above a header, or in a table without one."""

    what: Literal["activities", "credentials", "none"]
    header: Row | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unused: tuple[str, ...] = ()


def sections(table: Table, words: Words) -> list[Section]:
    """Split a table into its headers and the rows under each."""
    found: list[Section] = []
    head, rows = _NOTHING, list[Row]()
    for before, row in _with_the_one_before(table.rows):
        new = _section_of(row, words) if _may_begin(row, before, head, words) else None
        new = _ended(row, before, head) if new is None else new
        if new is None:
            rows.append(row)
            continue
        found.append(_with_rows(head, rows, words))
        head, rows = new, [] if new.header is not None else [row]
    return [*found, _with_rows(head, rows, words)]


def _with_rows(head: Section, rows: Sequence[Row], words: Words) -> Section:
    """End a section; columns without a name that are not empty are left out, too."""
    section = _by_content(attrs.evolve(head, rows=tuple(rows)), words)
    blank = [] if head.header is None else [index for index, cell in enumerate(head.header.cells) if is_blank(cell)]
    filled = (index for index in blank for row in rows if not all(map(is_blank, row.cells[index:index + 1])))
    unused = (f"column {index + 1}{NAMELESS}" for index in dict.fromkeys(filled))
    return attrs.evolve(section, unused=(*section.unused, *unused))


def _by_content(section: Section, words: Words) -> Section:
    """Read a column that only says yes or no as a status, not as the day of completion."""
    day = next((column for column in section.columns if column.meaning == "completed_on"), None)
    if day is None or section.header is None or fold(day.header) in words.own:
        return section
    cells = [row.cells[day.index] for row in section.rows if row.stop is None and day.index < len(row.cells)
             and not is_blank(row.cells[day.index])]
    if not cells or not all(isinstance(cell, bool) or (isinstance(cell, str) and fold(cell) in words.done)
                            for cell in cells):
        return section
    known = attrs.evolve(words, own={**words.own, fold(day.header): "status"})
    found = _section_of(section.header, known)
    return section if found is None else attrs.evolve(found, rows=section.rows)


_NOTHING = Section("none", None, (), ())


def _with_the_one_before(rows: Sequence[Row]) -> Iterator[tuple[Row | None, Row]]:
    return zip((None, *rows), rows, strict=False)


def _may_begin(row: Row, before: Row | None, head: Section, words: Words) -> bool:
    """Return whether a row may be a header: the first one anywhere, a later one only without data around it."""
    if row.stop is not None or not all(map(_is_word, (cell for _, cell in row.filled()))):
        return False
    if head.header is None or before is None or _sparse(before):
        return True
    if [_folded(cell) for cell in row.cells] == [_folded(cell) for cell in head.header.cells]:
        return True
    known = [words.meanings(str(cell)) for _, cell in row.filled()]
    amounts = [meaning for meanings in known for meaning, _ in meanings if meaning in AMOUNTS]
    return len(known) >= _LEAST_OF_A_HEADER and all(known) and bool(amounts)


def _ended(row: Row, before: Row | None, head: Section) -> Section | None:
    """End a section if, after a gap, a row of words is not a header: another table follows."""
    cells = [cell for _, cell in row.filled()]
    gap = head.header is not None and before is not None and before.blank
    return _NOTHING if gap and len(cells) > 1 and all(map(_is_word, cells)) else None


def _sparse(row: Row) -> bool:
    """Return whether a row has at most one cell, like a title or an empty row."""
    return sum(1 for _ in row.filled()) <= 1


def _folded(cell: Cell) -> str:
    return "" if is_blank(cell) else fold(str(cell))


def _is_word(cell: Cell) -> bool:
    """Return whether a cell holds words, not a day or an amount."""
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell.strip()):
        return False
    return read_day(cell, "us", None, EPOCH_1900).day is None


def _section_of(row: Row, words: Words) -> Section | None:
    """Read a row as a header; None if it is not one."""
    cells = [(index, str(cell)) for index, cell in row.filled()][:_MOST_COLUMNS_OF_A_HEADER]
    columns = _columns(cells, words)
    meanings = {column.meaning for column in columns}
    what = _what(meanings)
    if what is None:
        return None
    if what == "credentials":  # in which a name is that of a person
        columns = _columns(cells, words, without=("title",))
    else:  # in which no one's last day is meant: a course may expire, too
        columns = tuple(column for column in columns if column.meaning not in _OF_CREDENTIALS)
    taken = {column.index for column in columns if column.meaning != "ignore"}
    return Section(what, row, columns, (), tuple(shown(name) for index, name in cells if index not in taken))


def _what(meanings: set[str]) -> Literal["activities", "credentials"] | None:
    """Return what a header's rows are: activities, credentials, or neither."""
    if "code" in meanings and "expires_on" in meanings and not meanings & {*AMOUNTS}:
        return "credentials"
    if "title" in meanings and meanings & {"completed_on", "issued_on", *AMOUNTS}:
        return "activities"
    return None


def _columns(cells: Sequence[tuple[int, str]], words: Words, *, without: Sequence[str] = ()) -> tuple[Column, ...]:
    """Assign to each meaning the column whose word comes first in its list; amounts may have several columns."""
    left = dict(cells)
    columns: list[Column] = []
    for meaning in filter(lambda meaning: meaning not in without, MEANINGS):
        columns += [Column(index, shown(left.pop(index)), meaning) for index in _best(meaning, left, words)]
    return tuple(sorted(columns, key=lambda column: column.index))


def _best(meaning: str, left: dict[int, str], words: Words) -> Iterable[int]:
    """Find the columns of a meaning: all that share the best word; for `ignore`, all."""
    ranks = {index: rank for index, name in left.items() for known, rank in words.meanings(name) if known == meaning}
    if meaning == "ignore":
        return list(ranks)
    best = min(ranks.values(), default=None)
    return [index for index, rank in ranks.items() if rank == best]
