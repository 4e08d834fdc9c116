"""The hidden rows and columns of a workbook, by the name of their sheet."""

from __future__ import annotations

import posixpath
from collections import defaultdict

import attrs

from cmprules._words.limits import MOST_COLUMNS, MOST_ROWS

_TRUE = ("1", "true", "on")
_COLLAPSED = ("collapse", "filter")


@attrs.define
class Unseen:
    """Hidden rows and columns of one sheet, both from 0."""

    rows: set[int] = attrs.Factory(set)
    columns: set[int] = attrs.Factory(set)


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

    def see(self, name: str, attributes: dict[str, str], row: int) -> None:
        """Take one element of the part; `row` is the number of the last row, from 1, if the element is one."""
        if name == "row" and (attributes.get("hidden") in _TRUE or _is_zero(attributes.get("ht"))):
            self.by_part[self.part].rows.add(row - 1)
        elif name == "col" and (attributes.get("hidden") in _TRUE or _is_zero(attributes.get("width"))):
            self.by_part[self.part].columns.update(_span(attributes.get("min"), attributes.get("max")))
        elif name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.named.append((self.part, attributes.get("name", ""), key))
        elif name == "Relationship":
            self._relate(attributes)
        else:
            self._see_open(name, {key.rpartition(":")[2]: value for key, value in attributes.items()}, row)

    def _relate(self, attributes: dict[str, str]) -> None:
        """Note to which part an id of another part refers."""
        folder, _, file = self.part.rpartition("/")
        home = posixpath.dirname(folder)
        target = posixpath.normpath(posixpath.join("/", home, attributes.get("Target", ""))).lstrip("/")
        self.relations[f"{home}/{file.removesuffix('.rels')}".lstrip("/"), attributes.get("Id", "")] = target

    def _see_open(self, name: str, attributes: dict[str, str], row: int) -> None:
        """Take one element of OpenDocument; rows and columns may be repeated."""
        if name == "table":
            self.table, self.column = attributes.get("name", ""), 0
        elif name == "table-column":
            many = repeats(attributes, "columns")
            if attributes.get("visibility") in _COLLAPSED:
                self.by_table[self.table].columns.update(range(self.column, min(self.column + many, MOST_COLUMNS)))
            self.column += many
        elif name == "table-row" and attributes.get("visibility") in _COLLAPSED:
            first = row - repeats(attributes, "rows")
            self.by_table[self.table].rows.update(range(first, min(row, MOST_ROWS)))

    def of(self, sheet: str) -> Unseen:
        """Return what is hidden in a sheet."""
        found = self.by_table.get(sheet, Unseen())
        for part, name, key in self.named:
            target = self.relations.get((part, key), "")
            if name == sheet and target in self.by_part:
                return self.by_part[target]
        return found


def repeats(attributes: dict[str, str], what: str) -> int:
    """Return how many rows or columns an element of OpenDocument stands for."""
    text = next((value for key, value in attributes.items() if key.endswith(f"number-{what}-repeated")), "1")
    return max(_whole(text), 1)


def _span(first: str | None, last: str | None) -> range:
    return range(max(_whole(first) - 1, 0), min(_whole(last), MOST_COLUMNS))


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _is_zero(text: str | None) -> bool:
    """Return whether a height or width is zero, which hides as well."""
    return text is not None and text.strip("0") in {"", "."} and "0" in text
