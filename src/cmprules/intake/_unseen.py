"""The rows and columns that a workbook hides or strikes out, by the name of their sheet."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable

import attrs

from cmprules._words.limits import MOST_COLUMNS, MOST_ROWS

_TRUE = ("1", "true", "on")
_MONTH_AND_YEAR = 17
"""The number of the format `mmm-yy` of every workbook."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_STYLES = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles")
_OPEN_CELLS = ("style", "text-properties", "table-cell")
_OPEN = ("table", "table-column", "table-row", *_OPEN_CELLS)
_COLLAPSED = ("collapse", "filter")


@attrs.define
class Unseen:
    """What is hidden in one sheet.

    Attributes:
        rows: the hidden rows, from 0.
        columns: the hidden columns, from 0.
        months: the cells that show only a month or a year of their day, by row and column from 0.
        struck: the columns of the filled cells that are struck out, by their row or, if several are equal, rows.
        plain: the rows with a filled cell that is not struck out.
        crossed: the same columns, by each row; known once the sheet is whole.
    """

    rows: set[int] = attrs.Factory(set)
    columns: set[int] = attrs.Factory(set)
    months: set[tuple[int, int]] = attrs.Factory(set)
    struck: dict[range, set[int]] = attrs.Factory(lambda: defaultdict(set))
    plain: set[range] = attrs.Factory(set)
    crossed: dict[int, frozenset[int]] = attrs.Factory(dict)

    def fill(self, rows: range, columns: Iterable[int], *, struck: bool) -> None:
        """Note filled cells, of one row or of several that are equal."""
        if struck:
            self.struck[rows].update(columns)
        else:
            self.plain.add(rows)

    def whole(self) -> Unseen:
        """Hide the rows all of whose cells are struck out; note the columns of the others."""
        hidden = {row for rows in self.struck if rows not in self.plain for row in rows}
        crossed = {row: frozenset(columns) for rows, columns in self.struck.items() for row in rows}
        return attrs.evolve(self, rows=self.rows | hidden, crossed=crossed)


@attrs.define
class Sheets:
    """Notes what is hidden while the parts of a workbook are read, of Excel or OpenDocument."""

    by_part: dict[str, Unseen] = attrs.Factory(lambda: defaultdict(Unseen))
    by_table: dict[str, Unseen] = attrs.Factory(lambda: defaultdict(Unseen))
    relations: dict[tuple[str, str], str] = attrs.Factory(dict)
    named: list[tuple[str, str, str]] = attrs.Factory(list)
    part: str = ""
    table: str = ""
    column: int = 0
    struck: list[bool] = attrs.Factory(list)
    fonts: list[int] = attrs.Factory(list)
    formats: set[int] = attrs.Factory(lambda: {_MONTH_AND_YEAR})
    monthly: set[int] = attrs.Factory(set)
    inside: str = ""
    style: int = 0
    named_style: str = ""
    struck_styles: set[str] = attrs.Factory(set)
    equal: range = range(0)

    def begin(self, part: str) -> None:
        """Begin with a part of the package."""
        self.part, self.inside = part, ""

    def see(self, name: str, attributes: dict[str, str], row: int, column: int) -> None:
        """Take one element of the part, in the last row and column, from 1."""
        if name == "row" and (attributes.get("hidden") in _TRUE or _is_zero(attributes.get("ht"))):
            self.by_part[self.part].rows.add(row - 1)
        elif name == "col" and (attributes.get("hidden") in _TRUE or _is_zero(attributes.get("width"))):
            self.by_part[self.part].columns.update(_span(attributes.get("min"), attributes.get("max")))
        elif name == "c":
            self.style = _whole(attributes.get("s"))
            if self.style in self.monthly:
                self.by_part[self.part].months.add((row - 1, column - 1))
        elif name in {"v", "is"}:
            self.by_part[self.part].fill(range(row - 1, row), (column - 1,), struck=self._strikes(self.style))
        elif name in _STYLES or self.inside:
            self._see_style(name, attributes)
        elif name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.named.append((self.part, attributes.get("name", ""), key))
        elif name == "Relationship":
            self._relate(attributes)
        elif name in _OPEN:
            self._see_open(name, {key.rpartition(":")[2]: value for key, value in attributes.items()}, row, column)

    def _strikes(self, style: int) -> bool:
        """Return whether the font of a style strikes out."""
        font = self.fonts[style] if style < len(self.fonts) else 0
        return font < len(self.struck) and self.struck[font]

    def _see_style(self, name: str, attributes: dict[str, str]) -> None:
        """Take one element of the styles: fonts that strike out, and the font of each style of a cell."""
        if name in _STYLES:
            self.inside = name
        elif (self.inside, name) == ("fonts", "font"):
            self.struck.append(False)
        elif (self.inside, name) == ("fonts", "strike"):
            self.struck[-1] = attributes.get("val", "1") in _TRUE
        elif (self.inside, name) == ("cellXfs", "xf"):
            if _whole(attributes.get("numFmtId")) in self.formats:
                self.monthly.add(len(self.fonts))
            self.fonts.append(_whole(attributes.get("fontId")))
        elif name == "numFmt" and _without_day(attributes.get("formatCode", "")):
            self.formats.add(_whole(attributes.get("numFmtId")))

    def _relate(self, attributes: dict[str, str]) -> None:
        """Note to which part an id of another part refers."""
        folder, _, file = self.part.rpartition("/")
        home = posixpath.dirname(folder)
        target = posixpath.normpath(posixpath.join("/", home, attributes.get("Target", ""))).lstrip("/")
        self.relations[f"{home}/{file.removesuffix('.rels')}".lstrip("/"), attributes.get("Id", "")] = target

    def _see_open(self, name: str, attributes: dict[str, str], row: int, column: int) -> None:
        """Take one element of OpenDocument; rows and columns may be repeated."""
        if name in _OPEN_CELLS:
            self._see_open_cell(name, attributes, column)
        elif name == "table":
            self.table, self.column = attributes.get("name", ""), 0
        elif name == "table-column":
            many = repeats(attributes, "columns")
            if attributes.get("visibility") in _COLLAPSED:
                self.by_table[self.table].columns.update(range(self.column, min(self.column + many, MOST_COLUMNS)))
            self.column += many
        else:
            self.equal = range(row - repeats(attributes, "rows"), min(row, MOST_ROWS))
            if attributes.get("visibility") in _COLLAPSED:
                self.by_table[self.table].rows.update(self.equal)

    def _see_open_cell(self, name: str, attributes: dict[str, str], column: int) -> None:
        """Take a style of OpenDocument, or a cell, in its last column from 1."""
        if name == "style":
            self.named_style = attributes.get("name", "")
            if attributes.get("parent-style-name") in self.struck_styles:
                self.struck_styles.add(self.named_style)
        elif name == "text-properties":
            lines = {attributes.get("text-line-through-style"), attributes.get("text-line-through-type")} - {None}
            if lines:
                self.struck_styles -= {self.named_style}
                self.struck_styles |= {self.named_style} if "none" not in lines else set()
        elif "value-type" in attributes:
            columns = range(column - repeats(attributes, "columns"), min(column, MOST_COLUMNS))
            struck = attributes.get("style-name") in self.struck_styles
            self.by_table[self.table].fill(self.equal, columns, struck=struck)

    def of(self, sheet: str) -> Unseen:
        """Return what is hidden in a sheet."""
        for part, name, key in self.named:
            target = self.relations.get((part, key), "")
            if name == sheet and target in self.by_part:
                return self.by_part[target].whole()
        return self.by_table.get(sheet, Unseen()).whole()


def repeats(attributes: dict[str, str], what: str) -> int:
    """Return how many rows or columns an element of OpenDocument stands for."""
    text = next((value for key, value in attributes.items() if key.endswith(f"number-{what}-repeated")), "1")
    return max(_whole(text), 1)


def _span(first: str | None, last: str | None) -> range:
    return range(max(_whole(first) - 1, 0), min(_whole(last), MOST_COLUMNS))


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _without_day(code: str) -> bool:
    """Return whether a format of numbers shows a year, and no day or time."""
    plain = _LITERAL.sub("", code).casefold()
    return "y" in plain and not {"d", "h", "s"} & {*plain}


def _is_zero(text: str | None) -> bool:
    """Return whether a height or width is zero, which hides as well."""
    return text is not None and text.strip("0") in {"", "."} and "0" in text
