"""Records, answers and placements as Excel and CSV: no cell is run, and reading restores what was written."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

import cmprules
from cmprules import testing
from cmprules.batch import records_of
from cmprules.reporting import COLUMNS, tables_of, write_tables
from cmprules.reporting._tables import packed, unpacked
from tests.edges.reporting.people import BOOK, ON, person

BAD = ["=1+1", "+1", "-1", "@x", "'=1", "''@", "'quoted'", "\uff1d1", "plain", "007", "1e5", "TRUE", "2026-05-31",
       "a;b", 'quote "', "line\nbreak", "_x0041_", "https://example.com"]


def test_the_columns_are_those_of_the_rows() -> None:
    """Every row has a cell for each column."""
    record = cmprules.example("mls-nearly-there")
    tables = tables_of(record, cmprules.decide(record, BOOK, on=ON))
    assert [*tables] == [*COLUMNS]
    assert {name: {len(row) for row in rows} for name, rows in tables.items() if rows} == {
        name: {len(columns)} for name, columns in COLUMNS.items() if tables[name]}
    assert [*tables_of(record)] == ["credentials", "activities", "own_placements"]


def test_points_add_up() -> None:
    """The parts of an activity add up to its entered points, and placements to the placed ones."""
    record = cmprules.example("mls-and-sbb")
    tables = tables_of(record, cmprules.decide(record, BOOK, on=ON))
    counted = [dict(zip(COLUMNS["counted"], row, strict=True)) for row in tables["counted"]]
    for row in counted:
        assert row["entered"] == sum(row[part] for part in COLUMNS["counted"][9:])  # type: ignore[misc]
    placed = sum(row[-1] for row in tables["placements"])  # type: ignore[misc]
    assert placed == sum(row["placed"] for row in counted)  # type: ignore[misc]


def test_the_decision_of_another_record_is_refused() -> None:
    """So is a value that is not a record."""
    decision = cmprules.decide(person("b"), BOOK, on=ON)
    with pytest.raises(cmprules.InputError, match="OTHER_HOLDER"):
        tables_of(person("a"), decision)
    with pytest.raises(cmprules.InputError, match=r"\$\.record"):
        tables_of("a", decision)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", BAD)
def test_text_stays_text_in_excel_and_csv(text: str, tmp_path: Path) -> None:
    """Whatever it begins with, a spreadsheet runs nothing, and this package reads it back."""
    record = person(text, name=text, title=text)
    rows = tables_of(record)
    write_tables(rows, tmp_path / "record.xlsx")
    book: Any = openpyxl.load_workbook(tmp_path / "record.xlsx")
    sheet = book["activities"]
    assert unescape(sheet["A2"].value) == text
    assert sheet["A2"].data_type == "s"
    assert unescape(sheet["C4"].value) == text
    for name in ("credentials", "activities"):
        write_tables({name: rows[name]}, tmp_path / f"{name}.csv")
    with (tmp_path / "activities.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not any(cell[:1] in {*"=+-@\t\r\n\uff1d"} for cell in cells if cell)
    found = records_of(tmp_path / "credentials.csv", tmp_path / "activities.csv")
    assert found.records == (record,)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(record=testing.records())
def test_a_record_is_read_back_as_it_was_written(record: cmprules.Record, tmp_path: Path) -> None:
    """CSV restores every record whose holder has a credential; placements and answers have their own tables."""
    record = attrs.evolve(record, placements=(), settled=())
    rows = tables_of(record)
    for name in ("credentials", "activities"):
        write_tables({name: rows[name]}, tmp_path / f"{name}.csv")
    found = records_of(tmp_path / "credentials.csv", tmp_path / "activities.csv")
    assert found.faults.num_rows == 0
    assert found.records == (record,)


def test_certified_areas_and_flags_are_read_back(tmp_path: Path) -> None:
    """They are lists, and yes and no."""
    base = person("a")
    one = cmprules.Activity(id="c", title="Both", kind="formal_ce", amount="2",
                            certified={"safety": "1.5", "ethics": ".5"}, completed_on="2025-03-01",
                            documents=["certificate", "agenda"])
    two = cmprules.Activity(id="d", title="Proposed", kind="formal_ce", amount="2", proposed_areas=["safety"])
    record = attrs.evolve(base, activities=[one, two], credentials=[cmprules.Credential(
        id="m", code="MT", previous_nca=True, certified_on="2003-05-01", expires_on="2026-05-31")])
    rows = tables_of(record)
    assert rows["credentials"][0][3] == "MT"
    for name in ("credentials", "activities"):
        write_tables({name: rows[name]}, tmp_path / f"{name}.csv")
    assert records_of(tmp_path / "credentials.csv", tmp_path / "activities.csv").records == (record,)


def test_excel_has_numbers_days_and_yes_and_no(tmp_path: Path) -> None:
    """Each value has its type."""
    write_tables(tables_of(person("a")), tmp_path / "record.xlsx")
    book: Any = openpyxl.load_workbook(tmp_path / "record.xlsx")
    first = dict(zip(COLUMNS["credentials"], [*book["credentials"].values][1], strict=True))
    assert first["expires_on"] == datetime(2026, 5, 31)  # noqa: DTZ001  # as the sheet has it
    assert first["voluntary"] is False
    assert [*book["activities"].values][1][7] == 1


@pytest.mark.parametrize(("tables", "name", "code"), [
    ({"answers": [], "counted": []}, "a.csv", "TOO_MANY"), ({}, "a.csv", "TOO_MANY"),
    ({"answer": []}, "a.xlsx", "UNKNOWN_WORD"), ({"answers": []}, "a.ods", "UNKNOWN_WORD"),
])
def test_tables_that_cannot_be_written(tables: dict[str, Any], name: str, code: str, tmp_path: Path) -> None:
    """No file appears."""
    with pytest.raises(cmprules.InputError, match=code):
        write_tables(tables, tmp_path / name)
    assert not [*tmp_path.iterdir()]


def test_a_cell_that_is_too_long_for_excel(tmp_path: Path) -> None:
    """It is refused, not cut off."""
    row: Any = ("h" * 40_000, *[None] * (len(COLUMNS["own_placements"]) - 1))
    with pytest.raises(OSError, match="a cell has at most 32,767 characters"):
        write_tables({"own_placements": [row]}, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
    write_tables({"own_placements": [row]}, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").stat().st_size > 40_000


def test_a_workbook_that_cannot_be_written_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is a system error."""
    xlsxwriter = __import__("xlsxwriter")

    honest = xlsxwriter.Workbook.close

    def fails(book: Any) -> None:
        honest(book)
        raise xlsxwriter.exceptions.FileCreateError("disk full")

    monkeypatch.setattr(xlsxwriter.Workbook, "close", fails)
    with pytest.raises(OSError, match="disk full"):
        write_tables({"answers": []}, tmp_path / "a.xlsx")


@given(st.lists(st.one_of(st.none(), st.text()), min_size=3, max_size=3), st.dates(), st.decimals(0, 99, places=2))
def test_a_row_that_was_packed_is_unpacked_as_it_was(texts: list[str | None], day: date, number: Decimal) -> None:
    """The columns determine days and numbers."""
    columns = ("holder", "title", "unit", "completed_on", "points")
    row = (*texts, day, number)
    assert unpacked(packed(row), columns) == row


def test_a_list_without_names_is_not_read(tmp_path: Path) -> None:
    """A provider's roster has rows of several lengths, and no names of columns; another ending is sent elsewhere."""
    roster = tmp_path / "roster.csv"
    roster.write_text("1234,111111,CT00000\n1234,,SAFE-1,9,1.5\n", encoding="utf-8")
    with pytest.raises(cmprules.InputError) as caught:
        records_of(roster, roster.with_suffix(".txt"))
    assert [fault.hint for fault in caught.value.faults] == [
        ("its first line has 3 cells and another row has 5 (1234,,SAFE-1,9,1.5); the first line names the columns, so "
         "that a list without names, such as a provider's roster, is not read"),
        "its name ends in neither .parquet nor .csv; `cmprules intake` and `cmprules reports` read other files"]


def test_a_decimal_comma_is_named(tmp_path: Path) -> None:
    """The hint is about the comma; another word keeps the general one."""
    credentials, activities = tmp_path / "c.csv", tmp_path / "a.csv"
    credentials.write_text("holder,id,code,expires_on\nh,pbt,PBT,2026-05-31\n", encoding="utf-8")
    activities.write_text('holder,title,kind,amount\nh,A,formal_ce,"1,5"\nh,B,formal_ce,one\n', encoding="utf-8")
    hints = [fault["hint"] for fault in records_of(credentials, activities).faults.to_pylist()
             if fault["code"] == "NOT_A_NUMBER"]
    assert hints == ["it has a comma; write digits, and a full stop before decimals",
                     "write digits and a full stop alone"]
