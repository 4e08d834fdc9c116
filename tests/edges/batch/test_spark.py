"""A population on Spark is decided exactly as in memory, wherever its rows are.

`test_chunks.py` tests the code of executors without Spark; here two executors on one machine run it.
"""

from __future__ import annotations

import doctest
import os
import runpy
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from random import Random
from shutil import which
from typing import Any

import attrs
import pyarrow as pa
import pytest

import cmprules
from cmprules._words import vocabulary
from cmprules.batch import DecidedTable, _chunks, decide_table, spark
from cmprules.batch._answers import ANSWERS, FAULTS
from cmprules.batch.spark import DecidedFrames, decide_frames
from tests.core.cases.test_cases import CASES, _record
from tests.edges.batch.populations import as_tables
from tests.edges.batch.test_faults import ACTIVITIES, CREDENTIALS, GOOD

ON = date(2026, 3, 10)
ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "docs" / "how-to" / "files"
READY = find_spec("pyspark") is not None and ("JAVA_HOME" in os.environ or which("java") is not None)

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(not READY, reason="needs Java 17 or later, and pip install '.[spark]': see step 2 of .ci/run"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]

Tables = dict[str, pa.Table]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Start two executors in one Java process, with seven-row batches, so that chunks end anywhere."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  # not there in step 1

    options = {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "5", "spark.sql.adaptive.enabled": "false", "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "7", "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in options.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setattr(_chunks, "ROWS_AT_ONCE", 20)
        found = builder.getOrCreate()
        yield found
        found.stop()


def _frame(session: Any, table: pa.Table) -> Any:
    """Distribute a table over three partitions, in no order."""
    order = [*range(table.num_rows)]
    Random(1).shuffle(order)
    return session.createDataFrame(table.take(pa.array(order, pa.int64()))).repartition(3)


def _ordered(table: pa.Table) -> pa.Table:
    """Sort a table by holder and id, as Spark's rows are read; empty cells first."""
    return table.sort_by([("holder", "ascending"), ("id", "ascending")]) if table.num_rows else table


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=repr)


def _faults(table: pa.Table) -> list[dict[str, Any]]:
    """List faults in the form that they have without row numbers."""
    def plain(fault: dict[str, Any]) -> dict[str, Any]:
        at = f"row {fault['hint'].split()[1]}" if fault["code"] == "REPEATED_ID" else "row 0"
        at = fault["expected"].partition("as in ")[2] or at if fault["code"] == "REGIONS_DIFFER" else at
        return {**fault, "row": None, "hint": fault["hint"].replace(at, "another row"),
                "expected": fault["expected"].replace(at, "another row")}

    return sorted(map(plain, table.to_pylist()), key=repr)


def _check(session: Any, tables: Tables, book: cmprules.PolicyBook, on: date = ON,
           trust: str = "inferred") -> tuple[DecidedFrames, DecidedTable]:
    """Compare every cell with the decision in memory."""
    wanted = decide_table(_ordered(tables["credentials"]), _ordered(tables["activities"]), book, on=on, trust=trust)
    found = decide_frames(_frame(session, tables["credentials"]), _frame(session, tables["activities"]), book, on=on,
                          trust=trust)
    found.both.persist()
    answers, faults = found.answers.toArrow(), found.faults.toArrow()
    found.both.unpersist()
    assert answers.schema.equals(ANSWERS)
    assert faults.schema.equals(FAULTS)
    assert _rows(answers) == _rows(wanted.answers)
    assert _rows(faults) == _faults(wanted.faults)
    return found, wanted


# ---------------------------------------------------------------------------------------------------------
# The same answers.


@pytest.fixture(scope="module")
def mixed() -> Tables:
    """Return all worked cases, some holders with several credentials, and one holder with a thousand activities."""
    records = [_record(case) for case in CASES["case"] if case["on"] == ON]
    kinds = [kind for kind in vocabulary.KINDS if "point" in vocabulary.KINDS[kind]]
    many = [cmprules.Activity(id=f"a{number}", title=f"Course {number % 400}", kind=kinds[number % len(kinds)],
                              amount=Decimal(number % 7 + 1) / 100, unit="point",
                              completed_on=date(2023, 6, 1) + timedelta(days=number % 300),
                              areas=vocabulary.AREAS[number % 9:number % 9 + number % 3]) for number in range(1_000)]
    credentials = [cmprules.Credential(id=code, code=code, expires_on=date(2026, month, 28))
                   for code, month in (("MLS", 5), ("SBB", 6), ("PBT", 7), ("QIHC", 3))]
    return as_tables([*records, attrs.evolve(records[0], credentials=credentials, activities=many, placements=())])


@pytest.mark.parametrize("trust", ["inferred", "official"])
@pytest.mark.parametrize("on", [ON, date(2022, 12, 31)])
def test_the_answers_are_those_in_memory(
    session: Any, mixed: Tables, book: cmprules.PolicyBook, on: date, trust: str
) -> None:
    """Every column of every row agrees, though chunks are small and a holder's rows come from everywhere."""
    found, wanted = _check(session, mixed, book, on, trust)
    assert wanted.answers.num_rows > 50
    stamp = {key.decode(): value.decode() for key, value in wanted.answers.schema.metadata.items()}
    assert dict(found.stamp) == stamp


def test_partitions_that_spark_joins_and_splits_as_it_likes(
    session: Any, mixed: Tables, book: cmprules.PolicyBook
) -> None:
    """Adaptive execution, which is the default, never separates the rows of a holder."""
    session.conf.set("spark.sql.adaptive.enabled", "true")
    session.conf.set("spark.sql.adaptive.advisoryPartitionSizeInBytes", "1k")
    try:
        _check(session, mixed, book)
    finally:
        session.conf.set("spark.sql.adaptive.enabled", "false")
        session.conf.unset("spark.sql.adaptive.advisoryPartitionSizeInBytes")


def _text(rows: list[dict[str, Any]]) -> pa.Table:
    columns = dict.fromkeys(key for row in rows for key in row)
    return pa.table({key: pa.array([row.get(key) for row in rows], pa.string()) for key in columns})


def test_the_faults_are_those_in_memory(session: Any, book: cmprules.PolicyBook) -> None:
    """Every kind of bad row: orphans, rows without a holder, repeated ids, regions that differ."""
    credential, activity = GOOD["credentials"], GOOD["activities"]
    nobody: list[dict[str, Any]] = [{"holder": holder} for holder in (None, None, " ", "orphan", "orphan")]
    regions = [{"holder": "r", "id": name, "fee_region": region}
               for name, region in (("c", None), ("d", "standard"), ("e", "low_middle_income"))]
    repeated = [{"holder": "twice", "id": name} for name in "abbcb"]
    tables = {
        "credentials": _text([credential | row for row in (
            *({"holder": f"c{place}"} | wrong for place, wrong in enumerate(CREDENTIALS)),
            *({"holder": f"a{place}"} for place in range(len(ACTIVITIES))), *nobody[:3], *regions, *repeated)]),
        "activities": _text([activity | row for row in (
            *({"holder": f"c{place}"} for place in range(len(CREDENTIALS))),
            *({"holder": f"a{place}"} | wrong for place, wrong in enumerate(ACTIVITIES)), *nobody, *repeated)]),
    }
    _, wanted = _check(session, tables, book)
    assert {"HOLDER_REFUSED", "NO_SUCH_HOLDER", "REPEATED_ID", "REGIONS_DIFFER", "MISSING_KEY", "NO_SUCH_DATE"} <= {
        *wanted.faults["code"].to_pylist()}


def test_rows_of_the_user_go_to_the_executors(session: Any, book: cmprules.PolicyBook) -> None:
    """A book with a user's rows, or with a reform, is the same book there."""
    tables = {"credentials": _text([GOOD["credentials"] | {"code": "MLA"}, GOOD["credentials"] | {"holder": "i"}]),
              "activities": _text([GOOD["activities"]])}
    plain, _ = _check(session, tables, book)
    for more in ({"extra": [FILES / "mla.toml"]}, {"reform": [FILES / "safety-reform.toml"]}):
        own, _ = _check(session, tables, cmprules.load_book(edition="2026.1", **more))
        assert own.stamp["extra_sha256"] != plain.stamp["extra_sha256"]


@pytest.mark.parametrize("left", [(), ("credentials",), ("activities",)])
def test_empty_frames(session: Any, book: cmprules.PolicyBook, mixed: Tables, left: tuple[str, ...]) -> None:
    """Cases: no holders, no holders with activities, and activities without holders."""
    _check(session, {name: table if name in left else table.slice(0, 0) for name, table in mixed.items()}, book)


def test_a_frame_is_read_once_for_both_if_they_are_persisted(session: Any, book: cmprules.PolicyBook) -> None:
    """This is the purpose of `both`: its plan is part of those for answers and faults."""
    found = decide_frames(_frame(session, _text([GOOD["credentials"]])), _frame(session, _text([GOOD["activities"]])),
                          book, on=ON)
    found.both.persist()
    plans = [frame._jdf.queryExecution().executedPlan().toString() for frame in (found.answers, found.faults)]
    found.both.unpersist()
    assert all("InMemoryTableScan" in plan for plan in plans)


# ---------------------------------------------------------------------------------------------------------
# Types of columns.


CASTS = {
    "whole numbers for ids": ("int(holder) as holder", "bigint(id) as id"),
    "holders in another collation": ("holder collate UTF8_LCASE as holder", "id"),
    "holders of a length": ("cast(holder as varchar(9)) as holder", "id"),
}


@pytest.mark.parametrize("form", CASTS)
@pytest.mark.parametrize("which", ["credentials", "activities"])
def test_however_names_are_written(session: Any, book: cmprules.PolicyBook, form: str, which: str) -> None:
    """Integers become text, even if only one of the two frames has them; case is never folded."""
    names = ("7", "07", "12") if "whole" in form else ("a", "A", "b")
    tables = {name: _text([GOOD[name] | {"holder": holder, "id": place} for holder in names for place in "12"])
              for name in GOOD}
    frames = {name: _frame(session, table) for name, table in tables.items()}
    others = [name for name in frames[which].columns if name not in {"holder", "id"}]
    frames[which] = frames[which].selectExpr(*CASTS[form], *others)
    if "whole" in form:
        def as_text(table: pa.Table) -> pa.Table:
            return table.set_column(0, "holder", pa.array([str(int(name)) for name in table["holder"].to_pylist()]))

        tables[which] = as_text(tables[which])
    wanted = decide_table(_ordered(tables["credentials"]), _ordered(tables["activities"]), book, on=ON)
    found = decide_frames(frames["credentials"], frames["activities"], book, on=ON)
    assert _rows(found.answers.toArrow()) == _rows(wanted.answers)
    assert _rows(found.faults.toArrow()) == _faults(wanted.faults)


def test_however_cells_are_written(session: Any, book: cmprules.PolicyBook) -> None:
    """Decimals, floats, midnights without a zone, flags, lists and empty columns are read as in memory."""
    credentials = session.sql(
        "select 'h' holder, 'c' id, 'PBT' code, timestamp_ntz'2026-05-31 00:00:00' expires_on, false voluntary,"
        " null body, cast(null as date) certified_on")
    activities = session.sql(
        "select 'h' holder, string(n) id, 'Sharps' title, 'formal_ce' kind, amount, date'2025-02-11' completed_on,"
        " array('safety', 'ethics') areas, array('certificate') documents"
        " from values (1, 0.1D), (2, 1D), (3, 2.25D) as t(n, amount)")
    wanted = decide_table(credentials.toArrow(), activities.toArrow(), book, on=ON)
    found = decide_frames(credentials, activities, book, on=ON)
    assert wanted.faults.num_rows == 0
    assert found.answers.toArrow().to_pylist() == wanted.answers.to_pylist()


def test_a_timestamp_is_no_day(session: Any, book: cmprules.PolicyBook) -> None:
    """It has a time zone, so its day is not certain; it is refused row by row, as in memory."""
    credentials = session.sql("select 'h' holder, 'c' id, 'PBT' code, timestamp'2026-05-31 00:00:00' expires_on")
    activities = _frame(session, _text([GOOD["activities"]]))
    wanted = decide_table(credentials.toArrow(), activities.toArrow(), book, on=ON)
    found = decide_frames(credentials, activities, book, on=ON).faults.toArrow()
    assert _rows(found) == _faults(wanted.faults)
    assert "DATETIME" in found["code"].to_pylist()


# ---------------------------------------------------------------------------------------------------------
# What is refused.


def test_columns_and_arguments_that_cannot_be(session: Any) -> None:
    """All faults come at once, before Spark runs anything, with Spark's names for types."""
    credentials = session.sql("select 'h' holder, 1.5D id, interval 1 day expires_on, 'x' region")
    activities = session.sql("select 'h' holder, 'a' id, map('a', 1) title, array('a') kind, X'00' amount")
    with pytest.raises(cmprules.InputError) as caught:
        decide_frames(credentials, activities, "2026.1", on="soon", trust="certain")  # type: ignore[arg-type]
    assert [(fault.path, fault.code, fault.value) for fault in caught.value.faults] == [
        ("$.book", "WRONG_TYPE", "2026.1"), ("$.on", "NOT_A_DATE", "soon"), ("$.trust", "UNKNOWN_WORD", "certain"),
        ("$.credentials.code", "MISSING_KEY", None),
        ("$.credentials.id", "WRONG_TYPE", "double"), ("$.credentials.expires_on", "WRONG_TYPE", "interval day"),
        ("$.activities.title", "WRONG_TYPE", "map<string,int>"), ("$.activities.kind", "WRONG_TYPE", "array<string>"),
        ("$.activities.amount", "WRONG_TYPE", "binary")]


def test_another_version_on_the_executors(
    session: Any, book: cmprules.PolicyBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers of two versions are never mixed: the job fails with the reason."""
    monkeypatch.setattr(_chunks, "_VERSION", "cmprules 0.0.1 (rules 0)")
    found = decide_frames(_frame(session, _text([GOOD["credentials"]])), _frame(session, _text([GOOD["activities"]])),
                          book, on=ON)
    with pytest.raises(Exception, match=r"the driver cmprules 0\.0\.1"):
        found.answers.toArrow()


@pytest.mark.usefixtures("session")
def test_the_example_of_the_docstring() -> None:
    """The docstring shows what really happens."""
    assert doctest.testmod(spark, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).failed == 0


@pytest.mark.usefixtures("session")
def test_the_examples_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows what is really printed."""
    monkeypatch.chdir(ROOT)
    page = Path("docs/how-to/decide-on-spark.md").read_text(encoding="utf-8").replace("```py\n", "```python\n")
    examples = runpy.run_path("tasks/refresh_examples.py")
    assert examples["EXAMPLE"].search(page)
    assert examples["refresh"](page) == page
