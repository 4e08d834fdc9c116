"""Rows in the form of a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from cmprules.batch._columns.reading import FLAGS, SHAPES, cell_of, plain_values
from cmprules.batch._kernel.records import Array
from cmprules.batch._plain import LISTS


def raw_rows(table: pa.Table, rows: Sequence[int] | Array) -> list[dict[str, Any]]:
    """Return rows in the form of a record: no empty cells, lists as lists, yes and no as booleans."""
    known = [name for name in table.column_names if name in SHAPES or name == "holder"]
    found = taken(table.select(known), np.asarray(rows, dtype=np.int64))
    cells = [_cells(name, found.column(name)) for name in known]
    return [_raw(dict(zip(known, values, strict=True))) for values in zip(*cells, strict=True)]


def taken(table: pa.Table, rows: Array) -> pa.Table:
    """Take some rows, batch by batch: Arrow would first copy the whole table into one piece."""
    if not len(rows):
        return table.slice(0, 0)
    batches = table.to_batches()
    ends = np.cumsum([len(batch) for batch in batches])
    batch_of = np.searchsorted(ends, rows, side="right")
    by_batch = np.argsort(batch_of, kind="stable")
    parts = [batches[number].take(pa.array(rows[batch_of == number] - (ends[number] - len(batches[number]))))
             for number in np.unique(batch_of).tolist()]
    return pa.Table.from_batches(parts).take(pa.array(np.argsort(by_batch)))


def written_out(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Replace numbers of words by the words: Python lists these much faster, and the words that no row has are gone."""
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _cells(name: str, column: pa.ChunkedArray) -> list[Any]:
    """List the cells of a column, each in the form of a record."""
    cells = plain_values(written_out(column))
    return [cell_of(name, cell) for cell in cells] if name in {*LISTS, *FLAGS} else cells


def _raw(row: Mapping[str, Any]) -> dict[str, Any]:
    raw = {name: value for name, value in row.items() if value is not None}
    areas = raw.get("areas")
    if isinstance(areas, list) and any(isinstance(area, str) and ":" in area for area in areas):
        raw["certified"] = {area.partition(":")[0].strip(): area.partition(":")[2].strip() for area in areas
                            if ":" in area}
        raw["areas"] = [area for area in areas if ":" not in area]
    return raw
