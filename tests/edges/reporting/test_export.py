"""The command `export`: records and answers as Excel, CSV and JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import cmprules
from cmprules.batch import records_of
from cmprules.reporting import COLUMNS
from cmprules.reporting import _workbook as books
from tests.edges.reporting.running import DAY, run

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
RECORDS = [EXAMPLES / "mls-and-sbb.json", EXAMPLES / "pbt.toml"]


def test_a_workbook_has_a_sheet_for_each_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sheets have the rows of all records."""
    assert run("export", *RECORDS, *DAY, "-o", tmp_path / "all.xlsx") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'all.xlsx'}\n"
    book: Any = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames == [*COLUMNS]
    assert [row[3] for row in book["answers"].values] == ["code", "MLS", "SBB", "PBT"]


def test_tables_of_csv_are_read_back(tmp_path: Path) -> None:
    """`reports` and `batch` read what is exported."""
    for name in ("credentials", "activities"):
        assert run("export", *RECORDS, *DAY, "-o", tmp_path / f"{name}.csv", "--table", name) == 0
    found = records_of(tmp_path / "credentials.csv", tmp_path / "activities.csv")
    wanted = [cmprules.read_record(path) for path in RECORDS]
    assert [record.activities for record in found] == [record.activities for record in wanted]
    assert [record.credentials for record in found] == [record.credentials for record in wanted]


def test_json_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Amounts and days are text; a file can be written at the same time."""
    assert run("export", RECORDS[1], *DAY, "--format", "json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert [*plain] == [*COLUMNS]
    assert plain["placements"][0]["points"] == "1"
    assert plain["answers"][0]["last_day"] == "2026-05-31"
    assert plain["credentials"][0]["voluntary"] is False
    assert run("export", RECORDS[1], *DAY, "--format", "json", "-o", tmp_path / "a.csv") == 0
    assert [*json.loads(capsys.readouterr().out)] == ["answers"]
    assert (tmp_path / "a.csv").exists()


def test_what_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases: no file name, an input, a missing folder, another ending, a full disk."""
    shutil.copy(RECORDS[1], tmp_path / "record.csv")
    for status, more in ((2, ()), (2, ("-o", tmp_path / "a.ods")), (4, ("-o", tmp_path / "no" / "a.csv")),
                         (2, ("-o", tmp_path / "a.csv", "--table", "answer"))):
        assert run("export", RECORDS[1], *DAY, *more) == status
    assert run("export", tmp_path / "record.csv", *DAY, "-o", tmp_path / "record.csv") == 2
    assert "are the same file" in capsys.readouterr().err
    monkeypatch.setattr(books, "LONGEST_CELL", 5)
    assert run("export", RECORDS[1], *DAY, "-o", tmp_path / "a.xlsx") == 4
    assert "a cell has at most 5 characters" in capsys.readouterr().err
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    assert run("export", RECORDS[1], *DAY, "-o", tmp_path / "a.xlsx") == 2
    assert [path.name for path in tmp_path.iterdir()] == ["record.csv"]
