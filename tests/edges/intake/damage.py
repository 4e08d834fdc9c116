"""Damage to files, drawn from a seed: the same bytes and the same seed give the same damage.

Each function takes the bytes of a valid file and returns other bytes. Its docstring says what the reader may return
afterwards, besides faults and questions.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

DAY = re.compile(r"\b(\d{1,2})([/.])(\d{1,2})\2(\d{4})\b")
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def encoding_of(content: bytes) -> str:
    """Return the encoding of a valid sample: by its mark, else UTF-8, else the Western Windows code page."""
    for mark, name in MARKS.items():
        if content.startswith(mark):
            return name
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def cut_off(content: bytes, seed: int) -> bytes:
    """Cut the file short. Whole lines come out as before; the last one never says more than it did."""
    return content[:Random(seed).randrange(len(content))]


def bytes_changed(content: bytes, seed: int) -> bytes:
    """Replace up to four bytes. A changed digit is still a digit: only the counts must add up, without a crash."""
    draw, changed = Random(seed), bytearray(content)
    for _ in range(draw.randint(1, 4)):
        place = draw.randrange(len(changed))
        changed[place] = (changed[place] + draw.randint(1, 255)) % 256
    return bytes(changed)


def other_encoding(content: bytes, seed: int) -> bytes:
    """Save the text in another encoding. Days and amounts stay; letters outside ASCII may be asked about or differ."""
    text = content.decode(encoding_of(content))
    return text.encode(Random(seed).choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1", "cp437"]),
                       errors="replace")


def encoded_twice(content: bytes, seed: int) -> bytes:
    """Read UTF-8 as a single-byte code page, and save it again. Days, amounts and the number of rows stay."""
    text = content.decode(encoding_of(content))
    return text.encode().decode(Random(seed).choice(["cp1252", "mac_roman"]), errors="replace").encode()


def lines_dropped(content: bytes, seed: int) -> bytes:
    """Drop up to three lines. The other lines come out as before, unless their header is gone."""
    return _with_lines(content, lambda lines, draw: _without(lines, draw, draw.randint(1, 3)), seed)


def lines_doubled(content: bytes, seed: int) -> bytes:
    """Repeat up to three lines. Every line has its fate; a repeated header is not an activity."""
    return _with_lines(content, _doubled, seed)


def lines_shuffled(content: bytes, seed: int) -> bytes:
    """Shuffle all lines except the first. A row that comes in has its own day and amount, or none."""
    return _with_lines(content, lambda lines, draw: [*lines[:1], *draw.sample(lines[1:], len(lines[1:]))], seed)


def dates_mixed(content: bytes, seed: int) -> bytes:
    """Swap day and month of about half the days. Without a given order, a day that comes out is still the true one."""
    draw, encoding = Random(seed), encoding_of(content)

    def swapped(found: re.Match[str]) -> str:
        first, mark, second, year = found.groups()
        return f"{second}{mark}{first}{mark}{year}" if draw.random() < 0.5 else found[0]

    return DAY.sub(swapped, content.decode(encoding)).encode(encoding)


def columns_moved(content: bytes, seed: int, *, separator: str = ",") -> bytes:
    """Reorder the columns, headers included. The same activities come out."""
    def moved(rows: list[list[str]], draw: Random) -> list[list[str]]:
        order = list(range(max(map(len, rows))))
        draw.shuffle(order)
        return [[row[place] if place < len(row) else "" for place in order] if row else row for row in rows]

    return _with_rows(content, moved, seed, separator)


def cells_shifted(content: bytes, seed: int, *, separator: str = ",") -> bytes:
    """Shift the cells of one row to the right. That row is never read with a wrong day or amount."""
    def shifted(rows: list[list[str]], draw: Random) -> list[list[str]]:
        place = draw.choice([number for number, row in enumerate(rows) if len(row) > 1])
        return [["", *row[:-1]] if number == place else row for number, row in enumerate(rows)]

    return _with_rows(content, shifted, seed, separator)


def cell_emptied(content: bytes, seed: int, *, separator: str = ",") -> bytes:
    """Empty one cell. Only its row may come out differently (all rows for a header), and nothing is invented."""
    def emptied(rows: list[list[str]], draw: Random) -> list[list[str]]:
        place, column = draw.choice([(number, column) for number, row in enumerate(rows)
                                     for column, cell in enumerate(row) if cell])
        return [[*row[:column], "", *row[column + 1:]] if number == place else row for number, row in enumerate(rows)]

    return _with_rows(content, emptied, seed, separator)


def key_dropped(content: bytes, seed: int) -> bytes:
    """Remove one key of a JSON file, wherever it is. No other value takes its place."""
    value = json.loads(content.decode(encoding_of(content)))
    holders = [place for place in _objects(value) if place]
    chosen = Random(seed).choice(holders)
    del chosen[Random(seed + 1).choice(sorted(chosen))]
    return json.dumps(value, ensure_ascii=False).encode()


def _objects(value: Any) -> list[dict[str, Any]]:
    """Yield every object inside a JSON value, itself included."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [*([value] if isinstance(value, dict) else []), *(found for item in inner for found in _objects(item))]


def _with_lines(content: bytes, change: Callable[[list[str], Random], list[str]], seed: int) -> bytes:
    encoding = encoding_of(content)
    lines = content.decode(encoding).splitlines(keepends=True)
    return "".join(change(lines, Random(seed))).encode(encoding)


def _without(lines: list[str], draw: Random, count: int) -> list[str]:
    gone = set(draw.sample(range(len(lines)), min(count, len(lines))))
    return [line for number, line in enumerate(lines) if number not in gone]


def _doubled(lines: list[str], draw: Random) -> list[str]:
    twice = set(draw.sample(range(len(lines)), min(draw.randint(1, 3), len(lines))))
    return [line for number, line in enumerate(lines) for _ in range(2 if number in twice else 1)]


def _with_rows(content: bytes, change: Callable[[list[list[str]], Random], list[list[str]]], seed: int,
               separator: str) -> bytes:
    encoding = encoding_of(content)
    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=separator))
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(change(rows, Random(seed)))
    return written.getvalue().encode(encoding)
