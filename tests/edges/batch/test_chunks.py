"""What runs on the executors of an engine, tested without one: chunks of whole holders, and the types of Spark."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules.batch import _chunks as chunks
from cmprules.batch import decide_table
from cmprules.batch._answers import ANSWERS, FAULTS
from cmprules.batch._spark_types import arrow_schema, spark_columns
from cmprules.batch.spark import decide_frames
from tests.strategies import edition

ON = date(2026, 3, 10)
NAMES = ("a", "A", "b", "\u00e9", "\u00a0", "")


# ---------------------------------------------------------------------------------------------------------
# Whole holders.


@st.composite
def sorted_batches(draw: st.DrawFn) -> list[pa.RecordBatch]:
    """Draw rows sorted by holder, missing holders first, cut anywhere into batches; some are empty."""
    holders: list[str | None] = [None] * draw(st.integers(0, 4))
    for name in draw(st.permutations(NAMES)):
        holders += [name] * draw(st.integers(0, 6))
    cuts = sorted(draw(st.lists(st.integers(0, len(holders)), max_size=8)))
    rows = pa.record_batch({"holder": pa.array(holders, pa.string()), "row": pa.array(range(len(holders)), pa.int64())})
    return [rows.slice(begin, end - begin) for begin, end in zip([0, *cuts], [*cuts, len(holders)], strict=True)]


@given(sorted_batches(), st.integers(1, 12))
def test_a_chunk_has_all_rows_of_its_holders(batches: list[pa.RecordBatch], limit: int) -> None:
    """No row is lost or repeated, the order stays, and no holder is in two chunks."""
    found = [chunk.to_pylist() for chunk in chunks.whole_holders(batches, limit)]
    assert [row for chunk in found for row in chunk] == [row for batch in batches for row in batch.to_pylist()]
    whose = [{row["holder"] for row in chunk} - {None} for chunk in found]
    assert sum(map(len, whose)) == len(set().union(*whose))


@given(sorted_batches(), st.integers(1, 12))
def test_a_chunk_is_no_larger_than_it_has_to_be(batches: list[pa.RecordBatch], limit: int) -> None:
    """Only the last chunk may be below the limit, and none could have ended a batch earlier."""
    found = [chunk.num_rows for chunk in chunks.whole_holders(batches, limit)]
    largest = max([batch.num_rows for batch in batches], default=0)
    holders = [row["holder"] for batch in batches for row in batch.to_pylist()]
    most = max([holders.count(name) for name in NAMES])
    assert all(rows >= limit for rows in found[:-1])
    assert all(rows < limit + largest + most for rows in found)


def test_rows_of_nobody_are_cut_anywhere() -> None:
    """Millions of rows without a holder are never held together."""
    batch = pa.record_batch({"holder": pa.nulls(5, pa.string())})
    assert [chunk.num_rows for chunk in chunks.whole_holders(iter([batch] * 4), 5)] == [5, 5, 5, 5]


def test_chunks_are_handed_on_while_rows_come() -> None:
    """The first chunk is there before the last batch is read, so no partition is held whole."""
    read = []

    def batches() -> Iterator[pa.RecordBatch]:
        for name in "abcdef":
            read.append(name)
            yield pa.record_batch({"holder": [name] * 3})

    first = next(chunks.whole_holders(batches(), 3))
    assert first["holder"].to_pylist() == ["a"] * 3
    assert read == ["a", "b"]


# ---------------------------------------------------------------------------------------------------------
# Deciding.


CREDENTIALS = pa.table({"holder": ["g", "h", "i", "j", None], "id": ["c", "c", "c", "c", "c"],
                        "code": ["PBT", "PBTT", "MLS", "PBT", "PBT"], "expires_on": [date(2026, 5, 31)] * 5})
ACTIVITIES = pa.table({"holder": ["g", "g", "h", "j", "j", "k", None], "id": ["a", "b", "a", "a", "a", "a", "a"],
                       "title": ["Sharps"] * 7, "kind": ["formal_ce"] * 7, "amount": [*"1211111"],
                       "completed_on": [date(2025, 2, 11)] * 7, "areas": [["safety"], [], None, [], [], [], []]})


def _mixed(credentials: pa.Table, activities: pa.Table, rows: int) -> list[pa.RecordBatch]:
    """Write two tables as one, sorted by holder, in batches of a few rows."""
    schema = pa.schema([("holder", pa.string()), ("id", pa.string()), *(
        (name, pa.struct([field for field in table.schema if field.name not in {"holder", "id"}]))
        for name, table in ((chunks.CREDENTIAL, credentials), (chunks.ACTIVITY, activities)))])
    found = [{"holder": row["holder"], "id": row["id"], name: row}
             for name, table in ((chunks.CREDENTIAL, credentials), (chunks.ACTIVITY, activities))
             for row in table.to_pylist()]
    found.sort(key=lambda row: (row["holder"] is not None, row["holder"], row["id"]))
    whole = pa.RecordBatch.from_pylist(found, schema=schema)
    return [whole.slice(place, rows) for place in range(0, max(len(found), 1), rows)]


def _unpacked(batches: list[pa.RecordBatch], name: str, schema: pa.Schema) -> list[dict[str, Any]]:
    rows = [row[name] for batch in batches for row in batch.to_pylist() if row[name] is not None]
    found: list[dict[str, Any]] = pa.Table.from_pylist(rows, schema=schema).to_pylist()
    return found


@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize("limit", [1, 4, 100])
def test_a_partition_is_decided_as_a_population(rows: int, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cuts do not matter; rows just have no numbers to be named by."""
    monkeypatch.setattr(chunks, "ROWS_AT_ONCE", limit)
    task = pickle.loads(pickle.dumps(chunks.Task.of(edition(), ON, cmprules.Grade.INFERRED)))
    found = [*chunks.decide_batches(task, _mixed(CREDENTIALS, ACTIVITIES, rows))]
    wanted = decide_table(CREDENTIALS, ACTIVITIES, edition(), on=ON)
    assert all(batch.schema.equals(chunks.DECIDED) for batch in found)
    assert _unpacked(found, chunks.ANSWER, ANSWERS) == wanted.answers.to_pylist()
    faults = _unpacked(found, chunks.FAULT, FAULTS)
    for fault in (plain := wanted.faults.to_pylist()):
        fault.update(row=None, hint=fault["hint"].replace("row 3", "another row"))
    assert sorted(faults, key=repr) == sorted(plain, key=repr)
    assert {fault["code"] for fault in faults} == {
        "UNKNOWN_CODE", "HOLDER_REFUSED", "REPEATED_ID", "NO_SUCH_HOLDER", "MISSING_KEY"}


def test_a_partition_without_rows() -> None:
    """Some partitions have no holders."""
    task = chunks.Task.of(edition(), ON, cmprules.Grade.INFERRED)
    assert [*chunks.decide_batches(task, [])] == []
    empty = _mixed(CREDENTIALS.slice(0, 0), ACTIVITIES.slice(0, 0), 1)
    assert [*chunks.decide_batches(task, empty)] == []


def test_regions_that_differ_name_no_number() -> None:
    """Without row numbers the message says "another row"."""
    credentials = pa.table({"holder": ["h"] * 2, "id": ["a", "b"], "code": ["PBT"] * 2,
                            "expires_on": [date(2026, 5, 31)] * 2, "fee_region": ["standard", "low_middle_income"]})
    task = chunks.Task.of(edition(), ON, cmprules.Grade.INFERRED)
    faults = _unpacked([*chunks.decide_batches(task, _mixed(credentials, ACTIVITIES.slice(0, 0), 9))], "fault", FAULTS)
    assert [fault["expected"] for fault in faults if fault["code"] == "REGIONS_DIFFER"] == [
        "'standard', as in another row"]


def test_a_book_is_compiled_once_for_each_task() -> None:
    """A process decides many partitions with one compiled book; another day or trust is another task."""
    tasks = [chunks.Task.of(edition(), ON, grade) for grade in (cmprules.Grade.INFERRED, cmprules.Grade.OFFICIAL)]
    first, other = map(chunks._context, tasks)
    assert chunks._context(pickle.loads(pickle.dumps(tasks[0]))) is first
    assert other.trust is cmprules.Grade.OFFICIAL


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused before the book is read, which another version might read differently."""
    monkeypatch.setattr(chunks, "_VERSION", "cmprules 0.0.1 (rules 0)")
    task = chunks.Task.of(edition(), ON, cmprules.Grade.INFERRED)
    monkeypatch.undo()
    with pytest.raises(cmprules.CmpRulesError, match=r"and the driver cmprules 0\.0\.1 \(rules 0\); install the same"):
        [*chunks.decide_batches(task, [])]


# ---------------------------------------------------------------------------------------------------------
# The types of Spark.


def test_columns_as_spark_writes_them() -> None:
    """Each type that a cell may have has a Spark type; all others become one that no cell may have."""
    found = arrow_schema([
        ("holder", "string collate UTF8_LCASE"), ("id", "varchar(9)"), ("code", "char(3)"), ("amount", "decimal(9,2)"),
        ("areas", "array<string>"), ("title", "map<string,int>"), ("kind", "interval day"), ("unit", "variant"),
        ("expires_on", "timestamp_ntz"), ("completed_on", "timestamp"), ("source", "void")])
    assert found.types == [
        pa.string(), pa.string(), pa.string(), pa.decimal128(9, 2), pa.list_(pa.string()), pa.struct([]), pa.struct([]),
        pa.struct([]), pa.timestamp("us"), pa.timestamp("us", "UTC"), pa.null()]


def test_what_is_decided_as_spark_writes_it() -> None:
    """Names that could be words of SQL are quoted."""
    assert spark_columns(FAULTS).startswith("`table` string, `row` bigint, `holder` string")
    assert spark_columns(pa.schema([ANSWERS.field("needs"), ANSWERS.field("fee")])) == (
        "`needs` array<struct<`code`: string, `subject`: string>>, `fee` decimal(9,2)")


def test_what_is_no_frame() -> None:
    """Without Spark nothing can be asked of a frame; all faults still come together."""
    with pytest.raises(cmprules.InputError) as caught:
        decide_frames(CREDENTIALS, None, edition(), on="soon")  # type: ignore[arg-type]
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.on", "NOT_A_DATE"), ("$.credentials", "WRONG_TYPE"), ("$.activities", "WRONG_TYPE")]


class _Frame:
    """The parts of a Spark frame that are checked before anything runs."""

    mapInArrow = None  # noqa: N815  # Spark's name

    def __init__(self, **types: str) -> None:
        self.dtypes = [*types.items()]
        self.columns = [*types]


def test_a_missing_column_is_named_once_with_what_spark_does_about_it() -> None:
    """Frames have no `columns=`, which only `decide_table` takes."""
    text = dict.fromkeys(("title", "kind", "amount"), "string")
    with pytest.raises(cmprules.InputError) as caught:
        decide_frames(_Frame(holder="string", expires_on="date"), _Frame(holder="string", **text), edition(), on=ON)
    faults = {fault.path: (fault.code, fault.hint) for fault in caught.value.faults}
    assert len(faults) == len(caught.value.faults)
    assert faults == {
        "$.credentials.id": ("MISSING_KEY", "add it, or rename one with withColumnRenamed('Theirs', 'id')"),
        "$.credentials.code": ("MISSING_KEY", "add it, or rename one with withColumnRenamed('Theirs', 'code')"),
        "$.activities.id": ("MISSING_KEY", "add it")}
