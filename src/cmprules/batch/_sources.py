"""What people have, as an Arrow table: Parquet and CSV files, pandas, Polars, Arrow, DuckDB relations."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cmprules.batch._columns import LISTS
from cmprules.batch._csv import CsvFile
from cmprules.batch._writing import CSV, PARQUET
from cmprules.errors import Fault

__all__ = ["REPETITIVE", "arrow_table", "plain_columns", "spelled_out", "unreadable"]

REPETITIVE = ("holder", "code", "body", "fee_region", "title", "provider", "kind", "unit", "source", "areas")
_NAMES = ("holder", "id", "credential", "activity")


def arrow_table(source: Any, path: str, faults: list[Fault]) -> pa.Table | None:
    """Take a table from a file, or from whatever library holds it; notes a fault and gives None if that cannot be."""
    try:
        table = _table(source)
        if table is not None:
            return plain_columns(table)
    except (OSError, ValueError, pa.ArrowException) as error:
        faults.append(unreadable(path, source, error))
        return None
    faults.append(Fault(path=path, code="WRONG_TYPE", value=type(source).__name__, expected="a table",
                        hint="give a Parquet or CSV file, or a table of pandas, Polars, Arrow or DuckDB"))
    return None


def _table(source: Any) -> pa.Table | None:
    if isinstance(source, str | PathLike):
        return _from_file(Path(source))
    if isinstance(source, pa.Table):
        return source
    if isinstance(source, pa.RecordBatch):
        return pa.Table.from_batches([source])
    if hasattr(source, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(source).read_all()
    return None


def unreadable(place: str, source: object, error: Exception, expected: str = "a Parquet or CSV file") -> Fault:
    """Note that a file or a table cannot be read, with the reason in one line."""
    shown = str(source) if isinstance(source, str | PathLike) else type(source).__name__
    reason = getattr(error, "hint", None) or getattr(error, "strerror", None) or str(error)
    return Fault(path=place, code="CANNOT_READ", value=shown, expected=expected, hint=" ".join(reason.split()))


def _from_file(path: Path) -> pa.Table:
    ending = path.suffix.lower()
    if ending == PARQUET:
        with pa.OSFile(os.fsencode(path)) as file:
            return pq.read_table(file, read_dictionary=list(REPETITIVE))
    if ending == CSV:
        return CsvFile.of(path).whole()
    raise OSError("its name ends in neither .parquet nor .csv")


def plain_columns(table: pa.Table) -> pa.Table:
    """Write names that are whole numbers as text, and give up views and large forms, which fewer functions take.

    Raises:
        ArrowInvalid: a text is not UTF-8, or the table is damaged.
    """
    table.validate(full=True)
    for place, field in enumerate(table.schema):
        column, kind = table.column(place), _plain_type(field)
        if field.name in LISTS and (pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind)):
            table = table.set_column(place, field.name, [column.to_pylist()])  # Arrow has no cast for every view
        elif kind != field.type:
            table = table.set_column(place, field.name, pc.cast(column, kind))
    return table


def spelled_out(table: pa.Table) -> pa.Table:
    """Write holders as text where they stand by number, for what compares those of two tables."""
    place = table.schema.get_field_index("holder")
    if place < 0 or not pa.types.is_dictionary(table.schema.field(place).type):
        return table
    return table.set_column(place, "holder", pc.cast(table.column(place), pa.string()))


def _plain_type(field: pa.Field) -> pa.DataType:
    """Choose the type that a column is read in."""
    kind = field.type
    if field.name in LISTS and (pa.types.is_list(kind) or pa.types.is_large_list(kind)) and _is_text(kind.value_type):
        return pa.list_(pa.string())
    if field.name == "holder" and pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type):
        return kind
    if field.name in _NAMES and pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.string() if _is_text(kind) or (field.name in _NAMES and pa.types.is_integer(kind)) else kind


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))
