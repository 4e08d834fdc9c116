"""One value in the form that the reader of records takes."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa

from cmprules._facts.records import Activity, Credential, Holder, Placement, Settled
from cmprules._kit.shapes import Shape, fields_of
from cmprules.batch._plain import LISTS

_SEPARATORS = re.compile("[;,]")
FLAGS = ("voluntary", "previous_nca")
SHAPES: dict[str, Shape] = {
    field.key: field.shape for cls in (Settled, Placement, Activity, Credential, Holder) for field in fields_of(cls)
}


def read_value(name: str, value: Any) -> Any:
    return SHAPES[name].read(cell_of(name, value), "$", [])


def plain_values(column: pa.Array | pa.ChunkedArray) -> list[Any]:
    """List values in the form of a record: pandas has no days, so its midnights are days."""
    values: list[Any] = column.to_pylist()
    return [*map(_day_of_midnight, values)] if pa.types.is_timestamp(column.type) else values


def _day_of_midnight(value: datetime | None) -> date | datetime | None:
    return value.date() if value is not None and value.tzinfo is None and value.time() == time(0) else value


def cell_of(name: str, value: Any) -> Any:
    """Read what a file can only hold as text: lists with semicolons between members, `true` and `false`."""
    if isinstance(value, str) and name in LISTS:
        return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
    if isinstance(value, str) and name in FLAGS:
        return {"true": True, "false": False}.get(value.casefold(), value)
    return value
