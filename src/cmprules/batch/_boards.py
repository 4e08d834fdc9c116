"""Credentials of other boards are set aside: these rules do not apply to them, and their holders are not refused."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pyarrow as pa

from cmprules._words.boards import Board, other_board
from cmprules.batch._columns.given import Given
from cmprules.batch._columns.words import words_of

_IN_BRACKETS = re.compile(r"[^()]*\(\s*(?P<board>[^()]+?)\s*\)[^()]*")


def set_aside(credentials: Given) -> tuple[Given, list[dict[str, Any]]]:
    """Separate the credentials of other boards from the rest, with a remark on each in the columns of faults."""
    table = credentials.table
    by_code, by_body = words_of(table, "code"), words_of(table, "body")
    other = by_code.map(lambda text: _board_of(text) is not None, 0) | by_body.map(
        lambda text: isinstance(text, str) and other_board(text) is not None, 0)
    if not other.any():
        return credentials, []
    chosen = other.astype(bool)
    kept = attrs.evolve(credentials, table=table.filter(pa.array(~chosen)), numbers=credentials.numbers[~chosen])
    rows = table.select([name for name in ("holder", "id", "code", "body") if name in table.column_names])
    found = zip(credentials.numbers[chosen].tolist(), rows.filter(pa.array(chosen)).to_pylist(), strict=True)
    return kept, [_remark(number, row) for number, row in found]


def _board_of(text: object) -> Board | None:
    """Find the other board in the parentheses after a code."""
    found = _IN_BRACKETS.fullmatch(text) if isinstance(text, str) else None
    return None if found is None else other_board(found["board"])


def _remark(number: int, row: dict[str, Any]) -> dict[str, Any]:
    board = _board_of(row.get("code"))
    path, value = ("$.code", row.get("code")) if board is not None else ("$.body", row.get("body"))
    board = board or other_board(str(value))
    name = "" if board is None else board.name
    return {"table": "credentials", "row": number, "holder": _text(row.get("holder")), "id": _text(row.get("id")),
            "path": path, "code": "OTHER_BOARD", "value": value, "expected": "a credential of ASCP",
            "hint": f"it is of {name}, and is set aside; its holder is not refused for it"}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
