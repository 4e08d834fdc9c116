"""Every library and every column type give the same answers."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cmprules
from cmprules._version import RULES_VERSION
from cmprules._words.codes.notices import NOTICE
from cmprules.batch import DecidedTable, decide_table
from tests.edges.batch.populations import as_tables

ON = date(2026, 3, 10)
Tables = dict[str, pa.Table]


def _records() -> list[cmprules.Record]:
    """Make three people: one who meets the table of PBT, one with a doubtful course, one from before the rules."""
    def course(id: str, points: str, *areas: str, day: date | None = date(2025, 2, 11)) -> cmprules.Activity:
        return cmprules.Activity(id=id, title=f"Course {id}", kind="formal_ce", amount=points, completed_on=day,
                                 areas=areas, provider="A provider")

    pbt = cmprules.Credential(id="007", code="PBT", expires_on=date(2026, 5, 31), certified_on=date(2020, 5, 20))
    old = cmprules.Credential(id="01", code="MLS", certified_on=date(2001, 5, 20))
    return [
        cmprules.Record(holder=cmprules.Holder(id="a"), credentials=[pbt], activities=[
            course("001", "1", "safety"), course("002", "1.5", "ethics", "safety"), course("003", "2", "phlebotomy"),
            course("004", "5"), course("005", "0.25", "ethics", "phlebotomy")]),
        cmprules.Record(holder=cmprules.Holder(id="b", fee_region="low_middle_income"), credentials=[pbt], activities=[
            course("001", "1", "safety"), course("002", "1.5", "ethics"), course("003", "2", "phlebotomy"),
            course("004", "5", day=None)]),
        cmprules.Record(holder=cmprules.Holder(id="c"), credentials=[old], activities=[]),
    ]


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Return the tables of these people."""
    return as_tables(_records())


@pytest.fixture(scope="module")
def wanted(tables: Tables) -> DecidedTable:
    """Return the decisions on them."""
    found = _decide(tables["credentials"], tables["activities"])
    assert found.answers["outcome"].to_pylist() == ["MET", "NEEDS_REVIEW", "NOT_REQUIRED"]
    return found


def _decide(credentials: Any, activities: Any) -> DecidedTable:
    return decide_table(credentials, activities, cmprules.load_book(edition="2026.1"), on=ON)


def _polars(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


HOLDERS_OF_TABLES: dict[str, Callable[[pa.Table], Any]] = {
    "an Arrow table": pa.Table.combine_chunks,
    "an Arrow table in pieces": lambda table: pa.concat_tables([table.slice(0, 1), table.slice(1)]),
    "a slice of an Arrow table": lambda table: pa.concat_tables([table.slice(1), table]).slice(table.num_rows - 1),
    "an Arrow batch": lambda table: table.combine_chunks().to_batches()[0],
    "an Arrow reader": pa.Table.to_reader,
    "pandas": lambda table: table.to_pandas(),
    "pandas, days as midnights": lambda table: table.to_pandas(date_as_object=False),
    "Polars": _polars,
    "DuckDB": duckdb.from_arrow,
}


@pytest.mark.parametrize("form", HOLDERS_OF_TABLES)
def test_whatever_holds_the_table(form: str, tables: Tables, wanted: DecidedTable) -> None:
    """Every library's table is accepted."""
    hold = HOLDERS_OF_TABLES[form]
    found = _decide(hold(tables["credentials"]), hold(tables["activities"]))
    assert found.faults.to_pylist() == []
    assert found.answers.equals(wanted.answers)


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _cast(name: str, kind: pa.DataType) -> Callable[[pa.Table], pa.Table]:
    return lambda table: _with(table, name, table[name].cast(kind))


def _mapped(name: str, what: Callable[[Any], Any], kind: pa.DataType) -> Callable[[pa.Table], pa.Table]:
    return lambda table: _with(table, name, pa.array(
        [None if value is None else what(value) for value in table[name].to_pylist()], kind))


def _encoded(name: str) -> Callable[[pa.Table], pa.Table]:
    return lambda table: _with(table, name, table[name].combine_chunks().dictionary_encode())


def _repetitive(name: str) -> Callable[[pa.Table], pa.Table]:
    """Make a dictionary that has every word twice, and an empty one."""
    def encode(table: pa.Table) -> pa.Table:
        words = table[name].to_pylist()
        return _with(table, name, pa.DictionaryArray.from_arrays(
            pa.array([place if place % 2 else place + len(words) for place in range(len(words))], pa.int32()),
            pa.array([*words, *words, None])))
    return encode


ACTIVITIES: dict[str, Callable[[pa.Table], pa.Table]] = {
    "amounts as decimals": _mapped("amount", Decimal, pa.decimal128(9, 4)),
    "amounts as floats": _mapped("amount", float, pa.float64()),
    "areas as text": _mapped("areas", " ; ".join, pa.string()),
    "areas as text, ending in a semicolon": _mapped("areas", lambda areas: ";".join(areas) + ";", pa.string()),
    "areas as long lists": _cast("areas", pa.large_list(pa.large_string())),
    "areas as views": _mapped("areas", list, pa.list_view(pa.string())),
    "areas as lists of words by number": _cast("areas", pa.list_(pa.dictionary(pa.int32(), pa.string()))),
    "documents as text": _mapped("documents", ";".join, pa.string()),
    "no documents": lambda table: table.drop(["documents"]),
    "no sources": lambda table: table.drop(["source"]),
    "sources that are all empty": lambda table: _with(table, "source", pa.nulls(table.num_rows)),
    "no units": lambda table: table.drop(["unit"]),
    "kinds by number": _encoded("kind"),
    "titles by number": _encoded("title"),
    "holders by number": _encoded("holder"),
    "ids by number": _encoded("id"),
    "kinds by number, with repeats": _repetitive("kind"),
    "holders by number, with repeats": _repetitive("holder"),
    "long text": _cast("title", pa.large_string()),
    "views of text": _cast("provider", pa.string_view()),
    "long ids": _cast("id", pa.large_string()),
    "days as text": _cast("completed_on", pa.string()),
    "days as milliseconds": _cast("completed_on", pa.date64()),
    "days as midnights": _cast("completed_on", pa.timestamp("us")),
}
CREDENTIALS: dict[str, Callable[[pa.Table], pa.Table]] = {
    "no bodies": lambda table: table.drop(["body"]),
    "no cycle starts and extensions": lambda table: table.drop(["cycle_start", "extended_until"]),
    "no flags": lambda table: table.drop(["voluntary", "previous_nca"]),
    "flags in full": _mapped("voluntary", bool, pa.bool_()),
    "flags as text": lambda table: _with(table, "voluntary", pa.array(["false", "FALSE", None])),
    "codes by number": _encoded("code"),
    "holders by number, with repeats": _repetitive("holder"),
    "days as text": _cast("expires_on", pa.string()),
}


@pytest.mark.parametrize("form", ACTIVITIES)
def test_however_activities_are_written(form: str, tables: Tables, wanted: DecidedTable) -> None:
    """Covers the types of the columns of activities."""
    found = _decide(tables["credentials"], ACTIVITIES[form](tables["activities"]))
    assert found.faults.to_pylist() == []
    assert found.answers.equals(wanted.answers)


@pytest.mark.parametrize("form", CREDENTIALS)
def test_however_credentials_are_written(form: str, tables: Tables, wanted: DecidedTable) -> None:
    """Covers the types of the columns of credentials."""
    found = _decide(CREDENTIALS[form](tables["credentials"]), tables["activities"])
    assert found.faults.to_pylist() == []
    assert found.answers.equals(wanted.answers)


def test_holders_and_ids_that_are_whole_numbers_are_read_as_text(tables: Tables) -> None:
    """Databases number people; answers have the numbers as text."""
    def numbered(table: pa.Table) -> pa.Table:
        table = _mapped("holder", lambda holder: int(holder[1:]), pa.int64())(table)
        return _mapped("id", int, pa.int32())(table)

    found = _decide(numbered(tables["credentials"]), numbered(tables["activities"]))
    assert found.answers.select(["holder", "id", "outcome"]).to_pylist() == [
        {"holder": "0", "id": "7", "outcome": "MET"}, {"holder": "1", "id": "7", "outcome": "NEEDS_REVIEW"},
        {"holder": "2", "id": "1", "outcome": "NOT_REQUIRED"}]
    assert found.answers["needs"][1].as_py() == [{"code": "UNDATED", "subject": "4"}]


def test_the_answers_say_what_they_were_made_with(wanted: DecidedTable) -> None:
    """A table written to a file can be reproduced, and has the notice."""
    stamp = {key.decode(): value.decode() for key, value in wanted.answers.schema.metadata.items()}
    book = cmprules.load_book(edition="2026.1")
    assert stamp == {
        "schema": "cmprules.population/1", "on": "2026-03-10", "trust": "inferred", "edition": "2026.1",
        "edition_sha256": book.sha256, "extra_sha256": "", "rules": str(RULES_VERSION),
        "library": cmprules.__version__, "notice": NOTICE}


# ---------------------------------------------------------------------------------------------------------
# Files.


def _write_csv(table: pa.Table, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        for row in table.to_pylist():
            writer.writerow(["" if value is None else ";".join(value) if isinstance(value, list) else value
                             for value in row.values()])
    return path


def test_a_parquet_file(tables: Tables, wanted: DecidedTable, tmp_path: Path) -> None:
    """Its path may be text or a `Path`."""
    paths = {name: tmp_path / f"{name}.parquet" for name in tables}
    for name, path in paths.items():
        pq.write_table(tables[name], path)
    assert _decide(str(paths["credentials"]), paths["activities"]).answers.equals(wanted.answers)


def test_a_csv_file_keeps_the_zeros_of_ids(tables: Tables, wanted: DecidedTable, tmp_path: Path) -> None:
    """CSV cells are not converted: an id such as 007 stays as it is."""
    paths = [_write_csv(tables[name], tmp_path / f"{name}.csv") for name in ("credentials", "activities")]
    found = _decide(*paths)
    assert found.answers.equals(wanted.answers)
    assert found.answers["id"][0].as_py() == "007"


def test_words_that_other_programs_take_for_nothing_are_words(tmp_path: Path) -> None:
    """A title `NA` or `null` in a CSV file is a title."""
    (tmp_path / "c.csv").write_text("holder,id,code,expires_on\nNA,null,PBT,2026-05-31\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text("holder,id,title,kind,amount\nNA,a,NA,formal_ce,1\n", encoding="utf-8")
    found = _decide(tmp_path / "c.csv", tmp_path / "a.csv")
    assert found.faults.num_rows == 0
    assert found.answers.select(["holder", "id"]).to_pylist() == [{"holder": "NA", "id": "null"}]


def _refused(credentials: Any, activities: Any) -> list[tuple[str, str]]:
    with pytest.raises(cmprules.InputError) as caught:
        _decide(credentials, activities)
    return [(fault.path, fault.code) for fault in caught.value.faults]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """All faults come together, and each names its table."""
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "text.parquet").write_bytes(b"no Parquet")
    (tmp_path / "latin.csv").write_bytes("holder,id,code\nJos\xe9,a,PBT\n".encode("latin-1"))
    (tmp_path / "table.xls").write_bytes(b"")
    missing = tmp_path / "none.parquet"
    for path in (tmp_path / "empty.csv", tmp_path / "text.parquet", tmp_path / "latin.csv", tmp_path / "table.xls",
                 missing, tmp_path):
        assert _refused(path, str(path)) == [("$.credentials", "CANNOT_READ"), ("$.activities", "CANNOT_READ")]


def test_text_that_is_not_utf8(tables: Tables) -> None:
    """Arrow accepts any bytes as text; they are refused before anything is decided."""
    title = pa.array([b"caf\xe9"] * tables["activities"].num_rows).view(pa.string())
    assert _refused(tables["credentials"], _with(tables["activities"], "title", title)) == [
        ("$.activities", "CANNOT_READ")]


def test_what_is_no_table() -> None:
    """A list of rows is not a table."""
    assert _refused([{"holder": "a"}], None) == [("$.credentials", "WRONG_TYPE"), ("$.activities", "WRONG_TYPE")]


# ---------------------------------------------------------------------------------------------------------
# Columns.


def test_columns_that_cannot_be(tables: Tables) -> None:
    """Missing ones, repeated names, and types that no cell may have are faults; unknown columns are left out."""
    credentials = tables["credentials"].drop(["code"]).append_column("expires", pa.array([None] * 3))
    activities = tables["activities"]
    activities = activities.append_column("title", activities["title"])
    activities = _with(activities, "id", pa.array([1.5] * activities.num_rows))
    activities = _with(activities, "kind", activities["areas"])
    activities = _with(activities, "provider", pa.array([b"A"] * activities.num_rows))
    activities = _with(activities, "areas", pa.array([[["safety"]]] * activities.num_rows))
    assert _refused(credentials, activities) == [
        ("$.credentials.code", "MISSING_KEY"), ("$.activities.title", "REPEATED_KEY"),
        ("$.activities.id", "WRONG_TYPE"), ("$.activities.provider", "WRONG_TYPE"), ("$.activities.kind", "WRONG_TYPE"),
        ("$.activities.areas", "WRONG_TYPE")]


def test_arguments_that_cannot_be_read(tables: Tables) -> None:
    """They are read as in `decide`."""
    given: Any = {"on": datetime(2026, 3, 10, 12, tzinfo=UTC), "trust": "certain", "also": ["figures"]}
    with pytest.raises(cmprules.InputError) as caught:
        decide_table(tables["credentials"], tables["activities"], "2026.1", **given)  # type: ignore[arg-type]
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        ("$.book", "WRONG_TYPE"), ("$.on", "DATETIME"), ("$.trust", "UNKNOWN_WORD"), ("$.also[0]", "UNKNOWN_WORD")]


def test_the_grade_of_own_rows_is_no_trust(tables: Tables) -> None:
    """As in `decide`, `user` is on no scale."""
    with pytest.raises(cmprules.InputError, match="UNKNOWN_WORD"):
        decide_table(tables["credentials"], tables["activities"], cmprules.load_book(edition="2026.1"), on=ON,
                     trust=cmprules.Grade.USER)
