"""The output of every reader: rows of plain cells, or elements with named values, each with its place.

Nothing here depends on a format or on the meaning of a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

import attrs

from cmprules.intake._folding import visible

Cell: TypeAlias = str | Decimal | date | datetime | time | timedelta | bool | None

EPOCH_1900 = date(1899, 12, 30)
"""Day zero of Excel's serial numbers, for every day from March 1, 1900."""


_NOTHING = frozenset({"", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "n/a"})


def is_blank(cell: Cell) -> bool:
    """Return whether a cell is empty, or has a sign for empty."""
    return cell is None or (isinstance(cell, str) and visible(cell).strip().casefold() in _NOTHING)


@attrs.frozen
class Stop:
    """Why a row, an element or a file does not come in: a code, and the values for its text."""

    code: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, code: str, **values: object) -> Stop:
        """Make a reason from a code and the values for its text."""
        return cls(code, tuple(values.items()))


def _is_readable(text: str) -> bool:
    return text.isprintable() and "\N{REPLACEMENT CHARACTER}" not in text


@attrs.frozen
class Guess:
    """The guessed encoding of a text, and others in which it looks like words, too, the most plausible first."""

    encoding: str
    others: tuple[str, ...] = ()

    def other_reading(self, text: str) -> tuple[str, str] | None:
        """Return a text with other letters, and its encoding, if there is another plausible reading."""
        if not any(sign.isalpha() and not sign.isascii() for sign in text):
            return None
        raw = text.encode(self.encoding, "ignore")
        if raw.decode(self.encoding) != text:
            return None  # from a line in UTF-8
        texts = ((raw.decode(other, "replace"), other) for other in self.others)
        return next((found for found in texts if found[0] != text and _is_readable(found[0])), None)


@attrs.frozen
class Row:
    """One row of a table.

    Attributes:
        number: its row or line in the file, from 1.
        cells: its cells, from the first column.
        repeated: the columns whose value was written once for several rows (merged cells).
        stop: why it cannot be read, if it cannot.
        cut: whether the file ends in its last cell without a line break.
        struck: the columns whose value is struck out.
        page: its page, if a table continues over pages.
    """

    number: int
    cells: tuple[Cell, ...]
    repeated: frozenset[int] = frozenset()
    stop: Stop | None = None
    cut: bool = False
    struck: frozenset[int] = frozenset()
    page: str = ""

    @property
    def blank(self) -> bool:
        """Whether the row is empty."""
        return self.stop is None and all(map(is_blank, self.cells))

    def filled(self) -> Iterator[tuple[int, Cell]]:
        """Return the columns that are not empty."""
        return ((index, cell) for index, cell in enumerate(self.cells) if not is_blank(cell))


@attrs.frozen
class Table:
    """Rows of one table: a CSV file, a sheet, a table on a page; and its hidden columns."""

    where: str
    rows: tuple[Row, ...]
    epoch: date = EPOCH_1900
    unseen: frozenset[int] = frozenset()


@attrs.frozen
class Element:
    """One element of a file without tables: a statement, a badge.

    Attributes:
        place: its place in the file.
        values: what it says, by the words of `words.toml`; each with the name that it has in the file.
        stop: why it does not come in, if there is a reason.
        what: whether it belongs to `activities` or to `credentials`.
    """

    place: str
    values: tuple[tuple[str, str, Cell], ...] = ()
    stop: Stop | None = None
    what: str = "activities"


@attrs.frozen
class Source:
    """One file after reading.

    Attributes:
        name: the name of the file, without its folder.
        sha256: the digest of its bytes.
        format: what kind of file it is, in words.
        details: the assumptions for reading it: encoding, separator, sheets.
        guess: the encoding, if it is a guess.
    """

    name: str
    sha256: str
    format: str
    details: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    elements: tuple[Element, ...] = ()
    stop: Stop | None = None
    guess: Guess | None = None
