"""The command `reports`, from our own tables and from files from outside."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from cmprules._cli import _people as command
from tests.edges.reporting.running import DAY, run

FILES = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files"
STAFF = (FILES / "staff-credentials.csv", FILES / "staff-activities.csv")
TEAM = (FILES / "team-credentials.csv", FILES / "team-transcript.csv")


def test_tables_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each readable holder has a page, and the command prints the path of the index."""
    assert run("reports", *STAFF, *DAY, "-o", tmp_path / "out") == 0
    out, err = capsys.readouterr()
    assert out.endswith(f"{tmp_path / 'out' / 'index.html'}\n")
    assert "Not decided: 1 person" in out
    assert "sample-17" in out
    assert err == ""
    assert len([*(tmp_path / "out" / "people").iterdir()]) == 6


def test_files_from_outside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column says whose each row is; the answer can be JSON."""
    assert run("reports", *TEAM, *DAY, "--dates", "us", "-o", tmp_path / "out", "--format", "json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert [row["holder"] for row in plain["credentials"]] == ["Ben Example", "Ada Sample"]
    assert [(row["holder"], row["code"], row["refused"]) for row in plain["not_decided"]] == [
        ("Cleo Specimen", "NO_SUCH_DATE", True), ("Ben Example", "OTHER_BOARD", False)]


def test_a_mapping_file_makes_tables_of_ours_files_from_outside(tmp_path: Path,
                                                                capsys: pytest.CaptureFixture[str]) -> None:
    """The mapping file says how to read them."""
    (tmp_path / "m.toml").write_text('schema = "cmprules.intake-mapping/1"\n[columns]\n"Employee" = "person"\n')
    assert run("reports", *TEAM, *DAY, "--dates", "us", "--mapping", tmp_path / "m.toml", "-o", tmp_path / "out") == 0
    assert "Credentials of 2 people" in capsys.readouterr().out


def test_further_columns_are_remarked_upon(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The remark goes to standard error and into the index."""
    (tmp_path / "c.csv").write_text("holder,id,code,expires_on,Ward\na,p,PBT,2026-05-31,East\n")
    (tmp_path / "a.csv").write_text("holder,title,kind,amount\na,T,formal_ce,1\n")
    assert run("reports", tmp_path / "c.csv", tmp_path / "a.csv", *DAY, "-o", tmp_path / "out") == 0
    assert "left out 'Ward'" in capsys.readouterr().err
    assert "left out &#x27;Ward&#x27;" in (tmp_path / "out" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("raw", "words"), [
    (b"", "The file is empty"), (b"\x89PNG\r\n\x1a\n", "Pictures are not read"),
    (b"Title,Date,Hours\nA,2025-01-02,1\n", "a column that says whose each row is"), (None, "CANNOT_READ"),
])
def test_a_file_that_cannot_be_read_stops_everything(raw: bytes | None, words: str, tmp_path: Path,
                                                     capsys: pytest.CaptureFixture[str]) -> None:
    """Without it records would be incomplete: the status is 3, and no folder appears."""
    if raw is not None:
        (tmp_path / "a.csv").write_bytes(raw)
    assert run("reports", TEAM[0], tmp_path / "a.csv", *DAY, "-o", tmp_path / "out") == 3
    out, err = capsys.readouterr()
    assert (out, words in " ".join(err.split())) == ("", True)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone else's folder, a missing one, a full disk, an interruption: status 4 or 130, and finished pages stay."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("a")
    assert run("reports", *TEAM, *DAY, "-o", tmp_path / "full") == 4
    assert "is not empty" in capsys.readouterr().err
    assert run("reports", *TEAM, *DAY, "-o", tmp_path / "nowhere" / "out") == 4
    assert "run the same command to continue" in capsys.readouterr().err

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "reports", interrupted)
    assert run("reports", *TEAM, *DAY, "-o", tmp_path / "out") == 130
    assert "run the same command to continue" in capsys.readouterr().err


def test_an_input_is_never_in_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be in the way; and the folder cannot be an input."""
    assert run("reports", *TEAM, *DAY, "-o", tmp_path / "out") == 0
    inside = tmp_path / "out" / "credentials.csv"
    shutil.copy(TEAM[0], inside)
    capsys.readouterr()
    for files, folder in (((inside, TEAM[1]), tmp_path / "out"), ((*TEAM, tmp_path), tmp_path)):
        assert run("reports", *files, *DAY, "-o", folder) == 2
        assert "is in the folder that this command writes" in capsys.readouterr().err
    assert run("reports", *TEAM, *DAY, "-o", "-") == 2


def test_excel_is_asked_for_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                  capsys: pytest.CaptureFixture[str]) -> None:
    """The check comes before anything is read."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert run("reports", tmp_path / "nowhere.csv", *DAY, "-o", tmp_path / "out") == 2
    assert "install the extra `excel`" in capsys.readouterr().err


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_there_from_the_first_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what is happening before anything can be counted."""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert run("reports", *TEAM, *DAY, "--dates", "us", "-o", tmp_path / "out") == 0
    shown = terminal.getvalue().split("\r")
    assert shown[1] == f"[{'.' * 30}] reading"
    assert shown[2] == f"[{'.' * 30}] 0/2 pages"
    assert shown[-1].startswith(f"[{'#' * 30}] 2/2 pages")


@pytest.mark.parametrize(("text", "columns"), [
    ("holder,id,code\n", ["holder", "id", "code"]), ("\ufeffholder;id;code\n", ["holder", "id", "code"]),
    ("\n\nholder\tid\tcode\n", ["holder", "id", "code"]), ("", []),
])
def test_headers_of_tables_of_ours(text: str, columns: list[str], tmp_path: Path) -> None:
    """Any separator works."""
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    assert [*command._header(tmp_path / "c.csv")] == columns
    assert command._header(tmp_path / "nowhere.csv") == ()


def test_parquet_is_a_table_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever its columns are called: a fault names the missing ones."""
    pa: Any = pytest.importorskip("pyarrow")
    pq: Any = pytest.importorskip("pyarrow.parquet")
    for name in ("c", "a"):
        pq.write_table(pa.table({"holder": ["x"]}), tmp_path / f"{name}.parquet")
    assert run("reports", tmp_path / "c.parquet", tmp_path / "a.parquet", *DAY, "-o", tmp_path / "out") == 3
    assert "a column 'code'" in capsys.readouterr().err
