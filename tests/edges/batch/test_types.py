"""Every column type of every library, in every kind of chunks, leads to answers or faults, never to a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import product
from typing import Any

import duckdb
import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # has its stubs elsewhere
import polars as pl
import pyarrow as pa
import pytest

import cmprules
from cmprules.batch import decide_table
from cmprules.batch._columns.given import COLUMNS
from tests.examples import some_marked

DAY = dt.date(2025, 2, 11)
CREDENTIALS = pa.table({"holder": ["a", "b", "c"], "id": ["1", "2", "3"], "code": ["PBT"] * 3,
                        "expires_on": ["2026-05-31"] * 3})
ACTIVITIES = pa.table({"holder": ["a", "b", "c"], "id": ["1", "2", "3"], "title": ["T"] * 3, "kind": ["formal_ce"] * 3,
                       "amount": ["1"] * 3, "completed_on": ["2025-02-11"] * 3, "areas": ["safety"] * 3})


def _by_number(values: list[Any], indices: pa.DataType, kind: pa.DataType) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0, None, 1], indices), pa.array(values, kind))


SAMPLES: dict[str, pa.Array] = {
    "nothing": pa.nulls(3), "yes and no": pa.array([True, None, False]), "bytes": pa.array([1, None, 3], pa.int8()),
    "numbers without a sign": pa.array([1, None, 2**63], pa.uint64()),
    "halves": pa.array(np.array([1, 0, 2.5], np.float16)), "floats": pa.array([1.5, None, 2], pa.float32()),
    "no number": pa.array([float("nan"), float("inf"), None]),
    "long decimals": pa.array([Decimal("1.5"), None, None], pa.decimal256(40, 2)),
    "days": pa.array([DAY, None, None]), "days in milliseconds": pa.array([DAY, None, None], pa.date64()),
    "midnights": pa.array([dt.datetime(2025, 2, 11), None, None], pa.timestamp("ns")),  # noqa: DTZ001
    "midnights somewhere": pa.array([dt.datetime(2025, 2, 11, tzinfo=dt.UTC), None, None], pa.timestamp("us", "UTC")),
    "nanoseconds": pa.array([1, None, 3], pa.timestamp("ns")),
    "beyond all years": pa.array([2**62, None, -2**62], pa.timestamp("s")),
    "days beyond all years": pa.array([2**30, None, -2**30], pa.date32()),
    "times": pa.array([dt.time(1), None, None], pa.time32("s")), "fine times": pa.array([1, None, 3], pa.time64("ns")),
    "spans": pa.array([1, None, 3], pa.duration("ns")),
    "months": pa.array([(1, 2, 3), None, None], pa.month_day_nano_interval()),
    "raw bytes": pa.array([b"a", None, b"c"]), "structs": pa.array([{"a": 1}, None, None]),
    "maps": pa.array([[("a", 1)], None, None], pa.map_(pa.string(), pa.int8())),
    "runs": pa.RunEndEncodedArray.from_arrays([2, 3], ["2025-02-11", "safety"]),
    "words by small numbers": _by_number(["safety", "1"], pa.uint8(), pa.string_view()),
    "words by large numbers": _by_number(["safety", "1"], pa.uint64(), pa.large_string()),
    "numbers by number": _by_number([1, 2], pa.uint32(), pa.int64()),
    "days by number": _by_number([DAY, DAY], pa.int16(), pa.date32()),
    "list views": pa.array([["safety"], None, []], pa.list_view(pa.string())),
    "fixed lists": pa.array([["safety"], None, ["ethics"]], pa.list_(pa.string(), 1)),
    "lists by number": pa.array([["safety"], None, []], pa.list_(pa.dictionary(pa.int8(), pa.string()))),
    "lists of numbers": pa.array([[1], None, []]), "lists of nothing": pa.array([[None], None, []]),
    "one of two types": pa.UnionArray.from_sparse(pa.array([0, 1, 0], pa.int8()),
                                                  [pa.array([1, 2, 3]), pa.array(["a", "b", "c"])]),
    "views": pa.array(["1", None, "x"], pa.string_view()), "long text": pa.array(["1", None, "x"], pa.large_string()),
}
CHUNKS: dict[str, Callable[[pa.Array], Any]] = {
    "whole": lambda array: array,
    "in two": lambda array: pa.chunked_array([array.slice(0, 1), array.slice(1)]),
    "with an empty one": lambda array: pa.chunked_array([array.slice(0, 0), array, array.slice(0, 0)]),
}
PLACES = [(table, column) for table in ("credentials", "activities") for column in COLUMNS[table]]


@pytest.mark.parametrize(("sample", "chunks"), some_marked([*product(SAMPLES, CHUNKS)]))
def test_every_type_in_every_column(sample: str, chunks: str) -> None:
    """Rows, or the whole column, are answered or refused; every row is used or among the faults."""
    book = cmprules.load_book(edition="2026.1")
    for table, column in PLACES:
        given = {"credentials": CREDENTIALS, "activities": ACTIVITIES}
        rest = given[table].drop([column]) if column in given[table].column_names else given[table]
        given[table] = rest.append_column(column, CHUNKS[chunks](SAMPLES[sample]))
        refused, answered = list[tuple[str, str]](), 3
        try:
            found = decide_table(given["credentials"], given["activities"], book, on=dt.date(2026, 3, 10))
            rows = zip(found.faults["table"].to_pylist(), found.faults["row"].to_pylist(), strict=True)
            answered = found.answers.num_rows + len({row for of, row in rows if of == "credentials"})
        except cmprules.InputError as error:
            refused = [(fault.path, fault.code) for fault in error.faults]
        assert (refused, answered) in (([], 3), ([(f"$.{table}.{column}", "WRONG_TYPE")], 3)), (table, column)


# ---------------------------------------------------------------------------------------------------------
# As libraries make them.


WORDS = {"holder": ["a", "b", "c"], "kind": ["formal_ce", "formal_ce", "self_study"], "areas": ["safety", "", "ethics"]}


def _pandas(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _concatenated(table: pa.Table) -> pd.DataFrame:
    """Make categories that differ from part to part."""
    frame = _pandas(table)
    parts = [frame.iloc[:1].astype("category"), frame.iloc[1:].astype("category")]
    return pd.concat([part.astype(dict.fromkeys(frame.columns, "category")) for part in parts])


def _polars(kind: Any) -> Callable[[pa.Table], pl.DataFrame]:
    def convert(table: pa.Table) -> pl.DataFrame:
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)
        return frame.with_columns(pl.col(name).cast(kind(frame[name])) for name in frame.columns
                                  if frame[name].dtype == pl.String)
    return convert


CONNECTIONS: list[duckdb.DuckDBPyConnection] = []
"""Kept open, because old DuckDB relations do not keep their connection."""


def _duck(table: pa.Table) -> Any:
    """Make every text column an enumeration."""
    connection = duckdb.connect()
    CONNECTIONS.append(connection)
    columns = []
    for name in table.column_names:
        words = sorted({word for word in table[name].to_pylist() if word is not None})
        listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
        connection.execute(f"create type {name}_words as enum ({listed})")
        columns.append(f'cast("{name}" as {name}_words) as "{name}"')
    connection.register("given", table)
    return connection.sql(f"select {', '.join(columns)} from given")


LIBRARIES: dict[str, Callable[[pa.Table], Any]] = {
    "pandas": _pandas, "pandas, categories": lambda table: _pandas(table).astype("category"),
    "pandas, categories that differ": _concatenated,
    "pandas, text of Arrow": lambda table: _pandas(table).astype("string[pyarrow]"),
    "pandas, filtered and sorted": lambda table: _pandas(table)[lambda frame: frame["id"] != "none"].sort_values(
        "id", ascending=False).iloc[::-1],
    "pandas, with an index of another name": lambda table: _pandas(table).set_index(pd.Index(range(3), name="line")),
    "pandas, with two indexes": lambda table: _pandas(table).set_index(
        [pd.Index(range(3)), pd.Index(["x", "y", "z"], name="ward")]),
    "pandas, holders as the index": lambda table: _pandas(table).set_index("holder"),
    "Polars, categories": _polars(lambda _: pl.Categorical),
    "Polars, enumerations": _polars(lambda column: pl.Enum(column.drop_nulls().unique().to_list())),
    "DuckDB, enumerations": _duck,
}


@pytest.mark.parametrize("library", LIBRARIES)
def test_words_by_number_as_libraries_make_them(library: str) -> None:
    """The answers are those for plain text."""
    book = cmprules.load_book(edition="2026.1")
    convert = LIBRARIES[library]
    for activities in (ACTIVITIES, ACTIVITIES.set_column(6, "areas", pa.array(["safety", None, "ethics;safety"]))):
        wanted = decide_table(CREDENTIALS, activities, book, on=dt.date(2026, 3, 10))
        found = decide_table(convert(CREDENTIALS), convert(activities), book, on=dt.date(2026, 3, 10))
        assert found.faults.num_rows == 0
        assert found.answers.equals(wanted.answers)
