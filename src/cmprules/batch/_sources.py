"""What people have, as an Arrow table: Parquet and CSV files, pandas, Polars, Arrow, DuckDB relations."""

from __future__ import annotations

from os import PathLike, fspath
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from cmprules.errors import Fault, InputError

__all__ = ["arrow_table"]

WORDS = ("holder", "code", "body", "fee_region", "title", "provider", "kind", "unit", "source")
FLAGS = ("voluntary", "previous_nca")


def arrow_table(source: Any) -> pa.Table:
    """Take a table from a file or from whatever library holds it."""
    if isinstance(source, str | PathLike):
        return _plain(_from_file(fspath(source)))
    if isinstance(source, pa.Table):
        return _plain(source)
    if isinstance(source, pa.RecordBatch):
        return _plain(pa.Table.from_batches([source]))
    if hasattr(source, "__arrow_c_stream__"):
        return _plain(pa.RecordBatchReader.from_stream(source).read_all())
    raise InputError([Fault(path="$", code="WRONG_TYPE", value=type(source).__name__, expected="a table",
                            hint="give a Parquet or CSV file, or a table of pandas, Polars, Arrow or DuckDB")])


def _from_file(path: str) -> pa.Table:
    if path.endswith(".parquet"):
        return pq.read_table(path, read_dictionary=list(WORDS))
    if path.endswith(".csv"):
        with open(path, "rb") as file:
            names = pyarrow.csv.read_csv(file, pyarrow.csv.ReadOptions(block_size=1 << 16)).column_names
        table = pyarrow.csv.read_csv(path, convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True))
        for flag in FLAGS:
            if flag in names:
                place = names.index(flag)
                table = table.set_column(place, flag, table.column(flag).cast(pa.bool_()))
        return table
    raise InputError([Fault(path="$", code="CANNOT_READ", value=path, expected="a file of Parquet or CSV",
                            hint="its name ends in .parquet or .csv")])


def _plain(table: pa.Table) -> pa.Table:
    """Write numbers that serve as names as text, and give up views of strings."""
    for place, field in enumerate(table.schema):
        kind = field.type
        if field.name in {"holder", "id"} and pa.types.is_integer(kind) or pa.types.is_string_view(kind) \
                or pa.types.is_large_string(kind):
            table = table.set_column(place, field.name, table.column(place).cast(pa.string()))
    return table
