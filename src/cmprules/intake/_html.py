"""Tables of HTML pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cmprules._words.limits import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from cmprules.intake._csv import TextRead
from cmprules.intake._decoding import decode
from cmprules.intake._extra import library
from cmprules.intake._rows import Row, Stop, Table

_OPEN = re.compile(r"<table[\s>]", re.IGNORECASE)
_MORE = f"more than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns or {MOST_CELLS:,} cells"
_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FOR_SOME = re.compile(r"@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\s*[a-z]*\.([a-z_][\w-]*)\s*", re.IGNORECASE | re.ASCII)
_STRUCK = re.compile(r"line-through", re.IGNORECASE)
_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")


def read_html(raw: bytes, encoding: str | None) -> TextRead:
    """Read each table of a page that contains no other table."""
    decoded = decode(raw, encoding)
    if decoded.stop is not None:
        return TextRead(stop=decoded.stop)
    page = library("selectolax.lexbor").LexborHTMLParser(decoded.text)
    _mark_hidden(page)
    page.strip_tags(["script", "style", "template"])
    _drop_hidden(page)
    tables = [node for node in page.css("table") if len(node.css("table")) == 1]  # only itself
    if not tables:
        return TextRead((decoded.encoding,), stop=Stop.of("NO_TABLE"))
    try:
        rows = [tuple(_rows(node)) for node in tables]
    except OverflowError:
        return TextRead((decoded.encoding,), stop=Stop.of("TOO_LARGE", text=_MORE))
    if len(_CLOSE.findall(decoded.text)) < len(_OPEN.findall(decoded.text)):
        rows[-1] = _cut(rows[-1])
    found = tuple(Table(f"table {number}", part, unseen=unseen)
                  for number, (part, unseen) in enumerate(zip(rows, map(_unseen_columns, tables), strict=True), 1))
    return TextRead((decoded.encoding,), found, guess=decoded.guess)


def _cut(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Refuse the last row of a table without an end."""
    if not rows:
        return rows
    return (*rows[:-1], Row(rows[-1].number, rows[-1].cells, stop=Stop.of("CUT_OFF", text="last cell")))


def _rows(table: Any) -> Iterator[Row]:
    """Yield the rows of a table; a cell that spans several rows is repeated in each, and marked."""
    held: dict[int, tuple[int, str]] = {}
    count = 0
    for number, line in enumerate(table.css("tr"), 1):
        cells, repeated, struck = _cells(line, held)
        count += len(cells)
        if number > MOST_ROWS or count > MOST_CELLS or len(cells) > MOST_COLUMNS:
            raise OverflowError
        yield Row(number, tuple(cells), frozenset(repeated), Stop.of("NOT_SHOWN") if _not_shown(line) else None,
                  struck=frozenset(struck))


def _not_shown(line: Any) -> bool:
    """Return whether a page hides a row, with the part of the table that it is in, or strikes all of it out."""
    node = line
    while node is not None and node.tag != "table":
        if _is_hidden(node):
            return True
        node = node.parent
    return _is_struck(line)


def _is_struck(node: Any) -> bool:
    """Return whether all text of a row or cell is struck out, by the style of it or of a part around it, or by tags."""
    around = node
    while around is not None and around.tag != "table":
        if _STRUCK.search(around.attributes.get("style") or ""):
            return True
        around = around.parent
    parts = [part for part in node.css("del, s, strike") if not part.css("del del, s s, strike strike")]
    parts = parts or [part for part in node.css("[style]") if _STRUCK.search(part.attributes.get("style") or "")]
    struck = "".join(part.text() for part in parts)
    return bool(struck.strip()) and _joined(struck) == _joined(node.text())


def _mark_hidden(page: Any) -> None:
    """Mark what a class of the page's own styles hides on every screen."""
    text = _FOR_SOME.sub("", _COMMENT.sub("", "".join(node.text() for node in page.css("style"))))
    for selectors, body in _RULE.findall(text):
        names = map(_CLASS.fullmatch, selectors.split(",")) if _HIDES.search(body) else ()
        for name in filter(None, names):
            for node in page.css(f".{name[1]}"):
                node.attrs["hidden"] = ""


def _is_hidden(node: Any) -> bool:
    return "hidden" in node.attributes or _HIDES.search(node.attributes.get("style") or "") is not None


def _unseen_columns(table: Any) -> frozenset[int]:
    """Find the columns with a hidden cell that is not empty; a cell may span several."""
    found: set[int] = set()
    for line in table.css("tr"):
        place = 0
        for node in line.css("td, th"):
            if _is_hidden(node) and node.text().strip():
                found.add(place)
            place += _span(node, "colspan")
    return frozenset(found)


def _drop_hidden(page: Any) -> None:
    """Leave out what a page hides within a cell, such as a number to sort by; hidden cells and rows stay."""
    nodes = page.css("td [hidden], td [style], th [hidden], th [style]")
    hidden = [node for node in nodes if node.tag not in _PARTS and _is_hidden(node) and node.css_first("table") is None]
    for node in [node for node in hidden if not _within_hidden(node)]:
        node.decompose()


def _within_hidden(node: Any) -> bool:
    """Return whether a part around a node, up to its cell, is hidden, too."""
    around = node.parent
    while around.tag not in _PARTS:
        if _is_hidden(around):
            return True
        around = around.parent
    return False


def _joined(text: str) -> str:
    return "".join(text.split())


def _cells(line: Any, held: dict[int, tuple[int, str]]) -> tuple[list[str], set[int], set[int]]:
    """Lay out the cells of a row, with those that extend from rows above, and note which those and struck ones are."""
    cells: list[str] = []
    repeated, struck = set[int](), set[int]()
    marked = line.css_first("del, s, strike, [style]") is not None
    for node in line.css("td, th"):
        _from_above(cells, repeated, held)
        text = " ".join(node.text(separator=" ", strip=True).split())[:LONGEST_CELL]
        struck |= {len(cells)} if marked and _is_struck(node) else set()
        down, across = _span(node, "rowspan"), _span(node, "colspan")
        for step in range(across):
            if down > 1:
                held[len(cells)] = (down - 1, text if not step else "")
                repeated.add(len(cells))
            cells.append(text if not step else "")
    _from_above(cells, repeated, held)
    return cells, repeated, struck


def _from_above(cells: list[str], repeated: set[int], held: dict[int, tuple[int, str]]) -> None:
    while len(cells) in held:
        left, text = held.pop(len(cells))
        if left > 1:
            held[len(cells)] = (left - 1, text)
        repeated.add(len(cells))
        cells.append(text)


def _span(node: Any, name: str) -> int:
    text = str(node.attributes.get(name) or "1").strip()
    return min(max(int(text), 1), MOST_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 6 else 1
