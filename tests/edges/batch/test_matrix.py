"""Libraries by types by empty cells by chunks: each table gets the answers or refusals of the same Arrow table."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import duckdb
import pandas as pd  # type: ignore[import-untyped]  # has its stubs elsewhere
import polars as pl
import pyarrow as pa
import pytest

import cmprules
from cmprules.batch import decide_table
from tests.edges.batch.test_types import ACTIVITIES, CREDENTIALS

pytestmark = pytest.mark.slow

DAYS = [dt.date(2025, 2, 11), dt.date(2025, 3, 4), dt.date(2019, 1, 1)]
WORDS = pa.dictionary(pa.int32(), pa.string())


class Sample(NamedTuple):
    """A column of one table, and the Arrow types that it may have."""

    table: str
    column: str
    values: list[Any]
    types: tuple[pa.DataType, ...]


SAMPLES = (
    Sample("activities", "amount", [1, 2, 5], (pa.int8(), pa.int32(), pa.int64(), pa.uint8(), pa.uint64())),
    Sample("activities", "amount", [1.5, 2.0, 0.25], (pa.float32(), pa.float64())),
    Sample("activities", "amount", [Decimal("1.50"), Decimal("2.00"), Decimal("0.25")], (pa.decimal128(9, 2),)),
    Sample("activities", "amount", ["1.5", "2", "x"], (pa.string(), pa.large_string(), pa.string_view(), WORDS)),
    Sample("activities", "completed_on", DAYS, (
        pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ms"), pa.timestamp("us"), pa.timestamp("ns"))),
    Sample("activities", "completed_on", ["2025-02-11", "2025-03-04", "2025-02-30"], (pa.string(), WORDS)),
    Sample("activities", "kind", ["formal_ce", "in_service", "formal"], (pa.string(), pa.large_string(), WORDS)),
    Sample("activities", "areas", ["safety", "ethics; safety", ""], (pa.string(), pa.string_view(), WORDS)),
    Sample("activities", "areas", [["safety"], [], ["ethics", "safety"]], (
        pa.list_(pa.string()), pa.large_list(pa.string()))),
    Sample("credentials", "voluntary", [True, False, True], (pa.bool_(),)),
    Sample("credentials", "voluntary", ["true", "no", "false"], (pa.string(), WORDS)),
    Sample("credentials", "expires_on", [dt.date(2026, 5, 31)] * 3, (pa.date32(), pa.timestamp("us"))),
    Sample("credentials", "code", ["PBT", "MLS", "PBTT"], (pa.string(), WORDS)),
)
EMPTY: dict[str, Callable[[list[Any]], list[Any]]] = {
    "none": lambda values: values, "the second": lambda values: [values[0], None, values[2]],
    "the first and the last": lambda values: [None, values[1], None], "all": lambda values: [None] * len(values),
}


def _rows(table: pa.Table) -> list[pa.Table]:
    return [table.slice(place, 1) for place in range(table.num_rows)]


def _pandas(convert: Callable[[pa.Table], pd.DataFrame]) -> Callable[[pa.Table], Any]:
    """Concatenate one-row frames where a table has chunks."""
    def made(table: pa.Table) -> Any:
        chunks = table.column(0).num_chunks
        return convert(table) if chunks == 1 else pd.concat([convert(row) for row in _rows(table)])
    return made


def _polars(table: pa.Table) -> Any:
    return pl.concat([frame for batch in table.to_batches() if isinstance(frame := pl.from_arrow(batch), pl.DataFrame)],
                     rechunk=False)


LIBRARIES: dict[str, Callable[[pa.Table], Any]] = {
    "Arrow, by a reader": pa.Table.to_reader,
    "pandas": _pandas(lambda table: table.to_pandas()),
    "pandas, types that may be empty": _pandas(lambda table: table.to_pandas().convert_dtypes()),
    "pandas, types of Arrow": _pandas(lambda table: table.to_pandas(types_mapper=pd.ArrowDtype)),
    "Polars": _polars,
    "DuckDB": duckdb.from_arrow,
}
CHUNKS: dict[str, Callable[[pa.Table], pa.Table]] = {
    "whole": pa.Table.combine_chunks, "a row each": lambda table: pa.concat_tables(_rows(table)),
    "with empty ones": lambda table: pa.concat_tables([table.slice(0, 0), *_rows(table), table.slice(0, 0)]),
}


def _cells() -> Iterator[tuple[Sample, pa.DataType, str, str]]:
    for sample in SAMPLES:
        for kind in sample.types:
            for empty in EMPTY:
                for chunks in CHUNKS:
                    yield sample, kind, empty, chunks


CELLS = [*_cells()]
EVERY = int(os.environ.get("CMPRULES_EVERY_CELL", "5"))
"""The cells to try: every type with some kinds of empty cells and chunks, and each of these with many types.

1 tries every cell; it takes minutes.
"""


@cache
def _book() -> cmprules.PolicyBook:
    return cmprules.load_book(edition="2026.1")


def _said(credentials: Any, activities: Any) -> tuple[list[Any], list[tuple[str, int, str]]]:
    """Decide; return the answers, and the table, row and code of each fault."""
    try:
        found = decide_table(credentials, activities, _book(), on=dt.date(2026, 3, 10))
    except cmprules.InputError as error:
        return [], [(fault.path, -1, fault.code) for fault in error.faults]
    faults = found.faults.select(["table", "row", "code"]).to_pylist()
    return found.answers.to_pylist(), [(one["table"], one["row"], one["code"]) for one in faults]


@cache
def _tables(cell: int) -> dict[str, pa.Table]:
    """Make the tables for one cell of the matrix."""
    sample, kind, empty, chunks = CELLS[cell]
    given = {"credentials": CREDENTIALS, "activities": ACTIVITIES}
    plain = pa.array(EMPTY[empty](sample.values))
    column = plain.cast(pa.string()).dictionary_encode() if kind == WORDS else plain.cast(kind)
    rest = given[sample.table]
    rest = rest.drop([sample.column]) if sample.column in rest.column_names else rest
    return {**given, sample.table: CHUNKS[chunks](rest.append_column(sample.column, column))}


@cache
def _wanted(cell: int) -> tuple[list[Any], list[tuple[str, int, str]]]:
    return _said(*_tables(cell).values())


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_library_says_what_arrow_says(library: str) -> None:
    """Answers are the same, and the same rows are refused for the same reasons."""
    convert = LIBRARIES[library]
    for cell in range(0, len(CELLS), EVERY):
        found = _said(*map(convert, _tables(cell).values()))
        assert found == _wanted(cell), CELLS[cell]
        assert found[0] or found[1]
