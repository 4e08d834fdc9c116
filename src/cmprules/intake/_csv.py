"""Text files with separators: CSV of any kind."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import attrs

from cmprules._words.limits import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from cmprules.intake._decoding import decode
from cmprules.intake._extra import library
from cmprules.intake._mapping import SEPARATORS
from cmprules.intake._rows import Guess, Row, Stop, Table

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_USUAL = (",", ";", "\t", "|")
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_SAMPLE_LINES = 60
_SAMPLE = 20_000
_MOST_LINES_OF_A_ROW = 50
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
_GUARDED = re.compile(r"""="([^"]*)"|'(\d[\d./:-]*)""", re.ASCII)
_SHORTEST_FIXED = 60
_GAP = re.compile(r"\S  +\S")
"""Several spaces, which align columns; at a single space, their cells would fall apart."""
_LEAST_NAMES = 2
_MORE_CELLS = f"more than {MOST_COLUMNS} cells in a row, or {MOST_CELLS:,} in all"


@attrs.frozen
class TextRead:
    """What was read from a text file, and how."""

    details: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    stop: Stop | None = None
    guess: Guess | None = None


def read_csv(raw: bytes, encoding: str | None, separator: str | None, knows: Callable[[str], bool]) -> TextRead:
    """Read a text file as one table; `knows` says whether a text is the name of a column."""
    decoded = decode(raw, encoding)
    if decoded.stop is not None:
        return TextRead(stop=decoded.stop)
    lines = _LINES.findall(decoded.text)
    stop = _unfit(lines)
    if stop is None and separator is None and _fixed_width(lines):
        stop = Stop.of("FIXED_WIDTH")
    if stop is not None:
        return TextRead((decoded.encoding,), stop=stop)
    found = separator if separator is not None else _separator(lines, knows)
    if separator is None and found == " " and any(map(_GAP.search, lines)):
        return TextRead((decoded.encoding,), stop=Stop.of("NO_TABLE"))
    rows = tuple(_rows(lines, found))
    if max(len(row.cells) for row in rows) > MOST_COLUMNS or sum(len(row.cells) for row in rows) > MOST_CELLS:
        return TextRead((decoded.encoding,), stop=Stop.of("TOO_LARGE", text=_MORE_CELLS))
    details = (decoded.encoding, f"separator: {_NAMES.get(found, found)}")
    return TextRead(details, (Table("", rows),), guess=decoded.guess)


def _unfit(lines: Sequence[str]) -> Stop | None:
    """Refuse a text without lines, or with too many."""
    if not any(line.strip() for line in lines):
        return Stop.of("EMPTY_FILE")
    return Stop.of("TOO_LARGE", text=f"more than {MOST_ROWS:,} lines") if len(lines) > MOST_ROWS else None


def _separator(lines: Sequence[str], knows: Callable[[str], bool]) -> str:
    """Find the separator with which a row names the most columns.

    Others than the usual ones are tried only if these name too few: words between spaces may be names of columns, too.
    If there is none, or there are several, use the one that CleverCSV finds from the types of the cells.
    """
    said = _SAID.fullmatch(lines[0])
    if said is not None:
        return said[1]
    sample = lines[:_SAMPLE_LINES]
    scores = {separator: _named(sample, separator, knows) for separator in _USUAL}
    if max(scores.values()) < _LEAST_NAMES:
        scores |= {separator: _named(sample, separator, knows) for separator in SEPARATORS}
    best = max(scores.values())
    tied = [separator for separator, score in scores.items() if score == best]
    return tied[0] if best and len(tied) == 1 else _sniffed(sample, tied)


def _named(lines: Sequence[str], separator: str, knows: Callable[[str], bool]) -> int:
    """Count the column names in the row that has the most."""
    return max(sum(knows(cell) for cell in _cells(line, separator)) for line in lines)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _sniffed(lines: Sequence[str], tied: Sequence[str]) -> str:
    clever = library("clevercsv")
    try:
        found = clever.Sniffer().sniff("".join(lines)[:_SAMPLE], delimiters=list(tied)).delimiter
    except (clever.exceptions.NoDetectionResult, clever.exceptions.Error, AttributeError):
        found = None
    return found if found in tied else tied[0]


def _fixed_width(lines: Sequence[str]) -> bool:
    """Return whether all lines have the same large length and begin with a digit, like records of fixed width."""
    texts = [line.rstrip("\r\n") for line in lines if line.strip()]
    return len({len(text) for text in texts}) == 1 and len(texts[0]) >= _SHORTEST_FIXED and all(
        text[0].isdigit() for text in texts)


# ---------------------------------------------------------------------------------------------------------
# Rows.


def _rows(lines: Sequence[str], separator: str) -> Iterator[Row]:
    """Read the rows, numbered as in a spreadsheet; broken quotation marks in one row do not affect others."""
    usual = _usual_width(lines, separator)
    place = number = 0
    while place < len(lines):
        number += 1
        cells, used = _row(lines[place:place + _MOST_LINES_OF_A_ROW], separator)
        if cells is None or (used > 1 and len(cells) != usual):
            yield Row(number, (lines[place].strip(),), stop=Stop.of("BROKEN_QUOTE"))
            place += 1
            continue
        cut = place + used == len(lines) and place > 0 and not lines[-1].endswith(("\n", "\r", '"'))
        yield Row(number, tuple(_unguarded(cell.strip()) for cell in cells), stop=_too_long(cells), cut=cut)
        place += used


def _unguarded(cell: str) -> str:
    """Take off what keeps a spreadsheet from reading a text as a number or a day: `="00123"`, `'2025-02-05`."""
    found = _GUARDED.fullmatch(cell)
    return cell if found is None else found[1] or found[2] or ""


def _row(lines: Sequence[str], separator: str) -> tuple[list[str] | None, int]:
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        return None, 1
    return cells, reader.line_num


def _too_long(cells: Sequence[str]) -> Stop | None:
    if all(len(cell) <= LONGEST_CELL for cell in cells):
        return None
    return Stop.of("TOO_LARGE", text=f"a cell of more than {LONGEST_CELL:,} characters")


def _usual_width(lines: Sequence[str], separator: str) -> int:
    """Count the cells that most lines have by themselves."""
    widths = Counter(len(_cells(line, separator)) for line in lines[:1000] if line.strip())
    return widths.most_common(1)[0][0]
