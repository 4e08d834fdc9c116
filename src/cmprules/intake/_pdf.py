"""Tables in the text of PDF files: with ruled lines, or with columns separated only by space."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import attrs

from cmprules._words.limits import MOST_PAGES, MOST_ROWS
from cmprules.intake._csv import TextRead
from cmprules.intake._extra import library
from cmprules.intake._packed import check_streams
from cmprules.intake._rows import Row, Stop, Table

_END = b"%%EOF"
_TAIL = 2_048
_WORD_GAP = 0.75
"""The gap between two cells, in letter heights; a gap between words is about a third of it."""
_LEAST_CELLS = 3
_SAME_LINE = 0.5


def read_pdf(raw: bytes) -> TextRead:
    """Read the tables of a PDF; refuse one without text or without recognizable columns."""
    stop = _unfit(raw) or check_streams(raw)
    if stop is not None:
        return TextRead(stop=stop)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with library("pdfplumber").open(BytesIO(raw)) as document:
            return _document(document)
    except (KeyboardInterrupt, MemoryError, ImportError):
        raise
    except Exception:  # noqa: BLE001  # the PDF reader may raise anything on damage
        return TextRead(stop=Stop.of("NOT_A_PDF"))


def _unfit(raw: bytes) -> Stop | None:
    """Refuse a PDF without a proper end, or a locked one."""
    return Stop.of("NOT_A_PDF") if _END not in raw[-_TAIL:] or b"/Encrypt" in raw else None


def _document(document: Any) -> TextRead:
    if len(document.pages) > MOST_PAGES:
        return TextRead(stop=Stop.of("TOO_LARGE", text=f"more than {MOST_PAGES} pages"))
    rows: list[Row] = []
    ways = []
    texts = 0
    for page in document.pages:
        clean = page.dedupe_chars()
        texts += len(clean.chars)
        ruled = _ruled(clean)
        ways.append("ruled" if ruled else "spaced")
        rows += _numbered(ruled or _spaced(clean), page.page_number)
        page.close()
    return _told(rows, texts, ways)


def _told(rows: list[Row], texts: int, ways: Sequence[str]) -> TextRead:
    if not texts:
        return TextRead(stop=Stop.of("NO_TEXT"))
    if not any(len(row.cells) >= _LEAST_CELLS for row in rows):
        return TextRead(stop=Stop.of("NO_TABLE"))
    if len(rows) > MOST_ROWS:
        return TextRead(stop=Stop.of("TOO_LARGE", text=f"more than {MOST_ROWS:,} rows"))
    return TextRead(tuple(f"page {number}: columns parted by {'lines' if way == 'ruled' else 'space'}"
                          for number, way in enumerate(ways, 1)), (Table("", tuple(rows)),))


def _numbered(lines: Sequence[Sequence[str]], page: int) -> Iterator[Row]:
    for number, cells in enumerate(lines, 1):
        yield Row(number, tuple(cells), page=f"page {page}")


# ---------------------------------------------------------------------------------------------------------
# Ruled tables.


def _ruled(page: Any) -> list[list[str]]:
    """Return the rows of the tables that lines rule, and the lines of text outside them, from top to bottom."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.columns) >= _LEAST_CELLS]
    if not tables:
        return []
    placed = [(table.bbox[1], [" ".join((cell or "").split()) for cell in line])
              for table in tables for line in table.extract()]
    outside = [(line.top, [line.text]) for line in _lines(page)
               if not any(table.bbox[1] <= line.top <= table.bbox[3] for table in tables)]
    return [cells for _, cells in sorted([*placed, *outside], key=lambda place: place[0])]


# ---------------------------------------------------------------------------------------------------------
# Columns separated by space.


@attrs.frozen
class _Phrase:
    """Adjacent words on a line."""

    left: float
    right: float
    text: str


@attrs.frozen
class _Line:
    """A line of text, and its phrases from left to right."""

    top: float
    phrases: tuple[_Phrase, ...]

    @property
    def text(self) -> str:
        """The whole text of the line."""
        return " ".join(phrase.text for phrase in self.phrases)


def _lines(page: Any) -> list[_Line]:
    """Split the words of a page into lines, and each line into phrases."""
    words = sorted(page.extract_words(), key=lambda word: (word["top"], word["x0"]))
    lines: list[list[Any]] = []
    for word in words:
        height = word["bottom"] - word["top"]
        if lines and abs(word["top"] - lines[-1][0]["top"]) <= height * _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(line) for line in lines]


def _line(words: list[Any]) -> _Line:
    phrases: list[_Phrase] = []
    for word in sorted(words, key=lambda phrase: phrase["x0"]):
        gap = (word["bottom"] - word["top"]) * _WORD_GAP
        if phrases and word["x0"] - phrases[-1].right <= gap:
            last = phrases.pop()
            phrases.append(_Phrase(last.left, max(last.right, word["x1"]), f"{last.text} {word['text']}"))
        else:
            phrases.append(_Phrase(word["x0"], word["x1"], word["text"]))
    return _Line(words[0]["top"], tuple(phrases))


def _spaced(page: Any) -> list[list[str]]:
    """Return the rows of a page with columns separated by space; a column is between two gaps of all lines."""
    lines = _lines(page)
    wide = [number for number, line in enumerate(lines) if len(line.phrases) >= _LEAST_CELLS]
    if not wide:
        return [[line.text] for line in lines]
    columns = _columns([lines[number] for number in wide])
    return [_in_columns(line, columns) if wide[0] <= number else [line.text] for number, line in enumerate(lines)]


def _columns(lines: Sequence[_Line]) -> list[tuple[float, float]]:
    """Find the ranges that the phrases of all lines cover together."""
    covered: list[tuple[float, float]] = []
    for phrase in sorted((phrase for line in lines for phrase in line.phrases), key=lambda phrase: phrase.left):
        if covered and phrase.left <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(covered[-1][1], phrase.right))
        else:
            covered.append((phrase.left, phrase.right))
    return covered


def _in_columns(line: _Line, columns: Sequence[tuple[float, float]]) -> list[str]:
    """Assign the phrases of a line to columns; a line with a phrase in no column, or in two, is plain text."""
    cells = [""] * len(columns)
    for phrase in line.phrases:
        inside = [number for number, (left, right) in enumerate(columns) if phrase.left < right and phrase.right > left]
        if len(inside) != 1:
            return [line.text]
        cells[inside[0]] = f"{cells[inside[0]]} {phrase.text}".strip()
    return cells
