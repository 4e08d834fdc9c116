"""From the arrays of a part to columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from cmprules import _vocabulary as vocabulary
from cmprules._enums import Standing
from cmprules._points import to_hundredths
from cmprules.batch import _kernel as kernel
from cmprules.batch._compiled import GRADES, Array, Compiled
from cmprules.batch._part import FAULT_COLUMNS, Part

__all__ = ["ANSWERS", "FAULTS", "answers_of", "faults_of"]

POINTS, MONEY = pa.decimal128(9, 2), pa.decimal128(9, 2)
ANSWERS = pa.schema([
    ("holder", pa.string()), ("id", pa.string()), ("outcome", pa.string()), ("standing", pa.string()),
    ("required", POINTS), ("placed", POINTS), ("short", POINTS), ("short_if_confirmed", POINTS),
    ("shortfall_areas", pa.list_(pa.string())), ("shortfall", POINTS), ("declaration", pa.string()), ("fee", MONEY),
    ("grade", pa.string()), ("needs", pa.list_(pa.struct([("code", pa.string()), ("subject", pa.string())]))),
])
FAULTS = pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in FAULT_COLUMNS])

_OUTCOMES = ("MET", "NOT_MET", "NEEDS_REVIEW", "NOT_REQUIRED")
_STANDINGS = (Standing.CURRENT, Standing.INACTIVE, Standing.EXPIRED, Standing.NO_END_DATE)
_STATUSES = ("not_open", "open", "late", "expired")
_BY_RANK = ("NOT_IN_FORCE", "TABLE_NOT_ESTABLISHED", "BELOW_TRUST")


def faults_of(part: Part) -> pa.Table:
    """Put the faults of a part into columns."""
    return pa.Table.from_pylist(part.faults, schema=FAULTS)


def answers_of(part: Part, compiled: Compiled) -> pa.Table:
    """Put the answers of a part into columns, in the order of its credentials; refused ones are left out."""
    out, count = part.out, len(part.out)
    rows = np.array([row for row in range(count) if row not in part.refused], dtype=np.int64) if part.refused \
        else np.arange(count)
    without = np.zeros(count, dtype=np.bool_)
    without[[*part.without]] = True
    outcome = np.where(out[:, 0] >= 0, out[:, 0], np.where(without, kernel.NEEDS_REVIEW, 3))
    shown = out[:, 1]
    known = (out[:, 0] >= 0) & (out[:, 0] != kernel.ASK)
    required = compiled.total[shown]
    whole = out[:, 4] == 0
    lacking = np.where(whole, np.maximum(required - out[:, 6], 0), out[:, 4])
    columns = {
        "outcome": _words(outcome, _OUTCOMES), "standing": _words(part.standing, _STANDINGS),
        "required": _decimals(required, known), "placed": _decimals(required - out[:, 2], known),
        "short": _decimals(out[:, 2], known), "short_if_confirmed": _decimals(out[:, 3], known),
        "shortfall_areas": _areas(out, known, lacking, compiled), "shortfall": _decimals(lacking, known),
        "declaration": _words(part.status, _STATUSES), "fee": _decimals(part.fee, part.fee >= 0),
        "grade": _words(np.where(known, out[:, 7], -1), GRADES), "needs": _needs(part, known),
    }
    columns = _with_asked(part, columns)
    table = pa.table({"holder": part.credentials.table.column("holder"), "id": part.credentials.table.column("id"),
                      **columns}, schema=ANSWERS)
    return table.take(pa.array(rows)) if part.refused else table


def _words(numbers: Array, words: Sequence[str]) -> pa.Array:
    """Turn numbers into words; a negative one into an empty cell."""
    indices = pa.array(numbers.astype(np.int32), mask=(numbers < 0) | (numbers >= len(words)))
    return pa.DictionaryArray.from_arrays(indices, pa.array([str(word) for word in words])).cast(pa.string())


def _decimals(hundredths: Array, known: Array) -> pa.Array:
    """Turn hundredths into decimals, exactly."""
    whole = np.where(known, hundredths, 0).astype(np.int64)
    halves = np.empty((len(whole), 2), dtype=np.int64)
    halves[:, 0], halves[:, 1] = whole, whole >> 63
    present = pa.array(known).buffers()[1] if not known.all() else None
    return pa.Array.from_buffers(POINTS, len(whole), [present, pa.py_buffer(halves)])


def _areas(out: Array, known: Array, lacking: Array, compiled: Compiled) -> pa.Array:
    """List the areas of the first proof: those of the mandatory areas, or else all and the pool."""
    keys = np.where(known, np.where(out[:, 4] > 0, out[:, 5], np.where(lacking > 0, 1 << 20, 0)), -1)
    pairs, back = np.unique(np.where(known, out[:, 1], 0) * (1 << 21) + keys + 1, return_inverse=True)
    lists: list[list[str] | None] = [_names(int(pair), compiled) for pair in pairs]
    return pa.array(lists, pa.list_(pa.string())).take(pa.array(back))


def _names(pair: int, compiled: Compiled) -> list[str] | None:
    number, key = divmod(pair, 1 << 21)
    if key == 0:
        return None
    names = compiled.tables[number].names if key > 1 else ()
    chosen = key - 1
    return [name for bit, name in enumerate(names) if chosen >> 20 or chosen >> bit & 1]


def _needs(part: Part, known: Array) -> pa.Array:
    """List the open questions."""
    ids = part.credentials.table.column("id")
    found: dict[int, list[dict[str, str]]] = {
        row: [{"code": code, "subject": subject} for code, subject in questions]
        for row, questions in part.needs.items() if part.out[row, 0] == kernel.NEEDS_REVIEW
    }
    for row in np.flatnonzero(known & (part.out[:, 8] > 0)).tolist():
        found.setdefault(row, []).append({"code": "TABLE_AFTER_EXPIRY", "subject": ids[row].as_py()})
    for row, codes in part.without.items():
        code = min(codes, key=_BY_RANK.index)
        found[row] = [{"code": code, "subject": ids[row].as_py()}]
    return _sparse(found, len(known), ANSWERS.field("needs").type)


def _sparse(found: dict[int, list[dict[str, str]]], count: int, kind: pa.DataType) -> pa.Array:
    """Make a column of lists of which most are empty."""
    lengths = np.zeros(count + 1, dtype=np.int32)
    for row, items in found.items():
        lengths[row + 1] = len(items)
    items = [item for row in sorted(found) for item in found[row]]
    return pa.ListArray.from_arrays(pa.array(np.cumsum(lengths, dtype=np.int32)), pa.array(items, kind.value_type))


def _with_asked(part: Part, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """Put the answers of the scalar path in their places."""
    if not part.asked:
        return columns
    rows = sorted(part.asked)
    place = np.arange(len(part.out))
    place[rows] = len(part.out) + np.arange(len(rows))
    wanted = pa.array(place)
    return {name: pa.concat_arrays([column, pa.array([_exact(part.asked[row][name]) for row in rows],
                                                     ANSWERS.field(name).type)]).take(wanted)
            for name, column in columns.items()}


def _exact(value: Any) -> Any:
    return Decimal(to_hundredths(value)).scaleb(-2) if isinstance(value, Decimal | int) else value


Writer = Callable[[pa.Table], None]
