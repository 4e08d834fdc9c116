"""The types of columns in Spark and in Arrow."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

_PLAIN = {
    "string": pa.string(), "boolean": pa.bool_(), "tinyint": pa.int8(), "smallint": pa.int16(), "int": pa.int32(),
    "bigint": pa.int64(), "float": pa.float32(), "double": pa.float64(), "date": pa.date32(),
    "timestamp": pa.timestamp("us", "UTC"), "timestamp_ntz": pa.timestamp("us"), "binary": pa.binary(),
    "void": pa.null(),
}
_OTHER = pa.struct([])
"""Stands for maps, intervals and other types that no cell of a record can have."""


def arrow_schema(columns: Iterable[tuple[str, str]]) -> pa.Schema:
    """Translate the columns of a Spark frame, names and types, into an Arrow schema."""
    return pa.schema([(name, _arrow_type(kind)) for name, kind in columns])


def _arrow_type(kind: str) -> pa.DataType:
    if kind.startswith("array<"):
        return pa.list_(_arrow_type(kind.removeprefix("array<").removesuffix(">")))
    if kind.startswith("decimal("):
        precision, scale = map(int, re.findall(r"\d+", kind))
        return pa.decimal128(precision, scale)
    if kind.startswith(("string", "varchar", "char")):  # with a collation, or a length
        return pa.string()
    return _PLAIN.get(kind, _OTHER)


def spark_columns(schema: pa.Schema, between: str = " ") -> str:
    """Write columns in Spark's notation."""
    return ", ".join(f"`{field.name}`{between}{_spark_type(field.type)}" for field in schema)


def _spark_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"array<{_spark_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{spark_columns(kind, ': ')}>"
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    return next(name for name, plain in _PLAIN.items() if plain == kind)
