"""The files of batch: the chosen format, over nothing else, always the same bytes, repaired where damaged."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from cmprules._cli import main
from cmprules._kit import locks
from cmprules.batch import _stream as stream
from cmprules.batch import _writing as writing
from cmprules.batch._csv import CsvFile
from cmprules.batch._part import decide_part
from cmprules.batch._stream import folder as folders
from cmprules.batch._stream import joining
from tests.core.cases.test_cases import CASES, _record
from tests.edges.batch.populations import as_tables

ON = date(2026, 3, 10)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Write a population to files, with some unreadable rows."""
    tables = as_tables([_record(case) for case in CASES["case"] if case["on"] == ON][::4])
    bad = {"credentials": {"holder": "h1", "id": "bad", "code": "PBTT"}, "activities": {"holder": "x", "id": "orphan"}}
    for name, row in bad.items():
        table = pa.concat_tables([tables[name], pa.Table.from_pylist([row], schema=tables[name].schema)])
        pq.write_table(table, tmp_path / f"{name}.parquet", row_group_size=7)
    return tmp_path


@pytest.fixture(autouse=True)
def many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weigh rows so heavily that a small population has many parts, and join them in small windows."""
    monkeypatch.setattr(stream, "_BYTES_OF_A_ROW", 50_000)
    monkeypatch.setattr(joining, "ROWS_OF_A_WINDOW", 16)
    monkeypatch.setattr(joining, "_FEWEST_ROWS", 2)


def _batch(files: Path, *more: str, out: str = "answers.parquet") -> int:
    return main(["batch", str(files / "credentials.parquet"), str(files / "activities.parquet"),
                 "-o", str(files / out), "--on", "2026-03-10", "--edition", "2026.1", "--threads", "1", *more])


# ---------------------------------------------------------------------------------------------------------
# The same bytes.


def _rewritten(files: Path, **how: Any) -> None:
    for name in ("credentials", "activities"):
        path = files / f"{name}.parquet"
        pq.write_table(pq.read_table(path), path, **how)


def _sort_by_holder(files: Path) -> None:
    for name in ("credentials", "activities"):
        path = files / f"{name}.parquet"
        pq.write_table(pq.read_table(path).sort_by("holder"), path)


@pytest.mark.parametrize(("ending", "ordered"), [("parquet", False), ("parquet", True), ("csv", False)])
def test_the_bytes_hang_on_nothing_but_the_input(files: Path, ending: str, ordered: bool) -> None:
    """Threads, memory, row groups and their statistics change nothing."""
    if ordered:
        _sort_by_holder(files)
    made = set()
    for memory, threads, how in (("1", "1", {"row_group_size": 7}), ("1", "3", {"row_group_size": 7}),
                                 ("1000", "1", {"row_group_size": 7}), ("1", "2", {"write_statistics": False}),
                                 ("3", "1", {"row_group_size": 50})):
        _rewritten(files, **how)
        assert _batch(files, "--memory", memory, "--threads", threads, out=f"answers.{ending}") == 0
        made.add(tuple((files / f"answers.{ending}{more}").read_bytes() for more in ("", f".faults.{ending}")))
    assert len(made) == 1


def test_answers_come_in_the_order_of_the_credentials(files: Path) -> None:
    """Faults come in the order of the tables and rows."""
    assert _batch(files, "--memory", "1") == 0
    given = pq.read_table(files / "credentials.parquet")
    wanted = [key for key in zip(given["holder"].to_pylist(), given["id"].to_pylist(), strict=True) if key[0] != "h1"]
    found = pq.read_table(files / "answers.parquet")
    assert [*zip(found["holder"].to_pylist(), found["id"].to_pylist(), strict=True)] == wanted
    faults = pq.read_table(files / "answers.parquet.faults.parquet")
    rows = [*zip(faults["table"].to_pylist(), faults["row"].to_pylist(), strict=True)]
    assert rows == sorted(rows, key=lambda row: (row[0] == "activities", row[1]))
    assert len(rows) > 2


# ---------------------------------------------------------------------------------------------------------
# The ending decides the format.


def test_an_excel_file_has_text_and_numbers(files: Path) -> None:
    """Figures are numbers, and everything else is text."""
    assert _batch(files, out="answers.xlsx") == 0
    sheet: Any = openpyxl.load_workbook(files / "answers.xlsx").active
    rows = [*sheet.values]
    assert rows[0][:3] == ("holder", "id", "code")
    assert {type(row[rows[0].index("required")]) for row in rows[1:]} <= {int, float, type(None)}
    assert len(rows) - 1 == pq.read_table(files / "credentials.parquet").num_rows - 2
    assert (files / "answers.xlsx.faults.xlsx").exists()


def test_a_sheet_that_would_be_too_long(files: Path, monkeypatch: pytest.MonkeyPatch,
                                        capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused, not cut off."""
    monkeypatch.setattr(writing, "MOST_ROWS_OF_A_SHEET", 5)
    assert _batch(files, out="answers.xlsx") == 4
    assert "a sheet has at most 5 rows; write to a .parquet or .csv file" in capsys.readouterr().err
    assert not (files / "answers.xlsx").exists()


def test_excel_needs_its_extra(files: Path, monkeypatch: pytest.MonkeyPatch,
                               capsys: pytest.CaptureFixture[str]) -> None:
    """The extra is checked before anything is decided."""
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    assert _batch(files, out="answers.xlsx") == 2
    assert "install the extra `excel`" in capsys.readouterr().err


def test_a_sheet_that_cannot_be_written_is_an_error_of_its_file(tmp_path: Path) -> None:
    """The library for sheets has errors of its own; they are reported like those of the other formats."""
    there, nowhere = (xlsxwriter.Workbook(str(tmp_path / folder / "a.xlsx")) for folder in ("", "none"))
    writing._close(there)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Sheet1"]
    with pytest.raises(OSError, match="No such file or directory"):
        writing._close(nowhere)


TEXTS = ["=1+1", "+1", "-1", "@x", "'=1", "''@", "'", "'quoted'", "plain", "\tx", "\rx", "a=b", "", None, "\uff1d1"]


def test_no_cell_is_run_by_a_spreadsheet_and_all_are_read_back(tmp_path: Path) -> None:
    """Text that would run gets an apostrophe, which reading the file removes."""
    path = tmp_path / "table.csv"
    table = pa.table({"=name": pa.array([text or None for text in TEXTS]), "amount": pa.array([-1.5] * len(TEXTS)),
                      "list": pa.array([["=1", "b"]] * len(TEXTS))})
    writing.keep(table, path)
    raw = pyarrow.csv.read_csv(path, convert_options=pyarrow.csv.ConvertOptions(strings_can_be_null=True))
    assert raw.column_names == ["'=name", "amount", "list"]
    assert not any(cell[0] in "=+-@\t\r\uff1d" for cell in raw[0].to_pylist() if cell)
    assert raw["amount"].to_pylist() == [-1.5] * len(TEXTS)
    assert raw["list"][0].as_py() == "'=1;b"
    found = CsvFile.of(path).whole()
    assert found["=name"].to_pylist() == [text or None for text in TEXTS]


# ---------------------------------------------------------------------------------------------------------
# Two runs.


def _foreign_lock(folder: Path) -> Any:
    """Lock a folder as another process would."""
    return folders._lock(folder)


def test_a_second_run_says_who_holds_the_folder(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stops with status 4, and does not disturb the first one."""
    folder = files / "answers.parquet.parts"
    lock = _foreign_lock(folder)
    before = (folder / "lock").read_bytes()
    assert _batch(files) == 4
    said = capsys.readouterr().err
    assert f"another run is writing to {folder}: process {os.getpid()} on " in said
    assert ", since 20" in said
    assert (folder / "lock").read_bytes() == before
    assert not (files / "answers.parquet").exists()
    lock.close()


def test_the_lock_of_the_dead_is_taken_over(files: Path) -> None:
    """The operating system releases the lock; the text in the file is not the lock."""
    folder = files / "answers.parquet.parts"
    _foreign_lock(folder).close()
    assert _batch(files) == 0
    assert not folder.exists()


def test_an_owner_who_has_not_said_who_it_is(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lock holds anyway."""
    folder = files / "answers.parquet.parts"
    folder.mkdir()
    with (folder / "lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        assert _batch(files) == 4
    assert "a process that has just begun" in capsys.readouterr().err


def test_a_folder_that_vanishes_while_it_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock on a removed or replaced file is not a lock: a new one is made."""
    folder, honest, gone = tmp_path / "parts", locks._opened, list[Path]()

    def opened(path: Path) -> Any:
        stream = honest(path)
        if len(gone) < 2:
            path.unlink()
            gone.append(path)
            if len(gone) == 2:
                path.touch()
        return stream

    monkeypatch.setattr(locks, "_opened", opened)
    stream = folders._lock(folder)
    assert len(gone) == 2
    assert locks.is_still(folder / "lock", stream)
    stream.close()


def test_parts_of_another_run_are_never_joined(files: Path, capsys: pytest.CaptureFixture[str],
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamp of the run is in every part and in its seal."""
    assert _interrupted(files, monkeypatch) == 130
    folder = files / "answers.parquet.parts"
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "run": "0" * 16}))
    assert _batch(files, "--memory", "1") == 0
    said = capsys.readouterr().err
    assert "part-0000 is not of this run; part 1 of " in said
    _same_as_in_one_go(files)


def _interrupted(files: Path, monkeypatch: pytest.MonkeyPatch, parts: int = 3) -> int:
    """Interrupt a run after some parts, as Control-C does."""
    calls: Iterator[int] = iter(range(parts))

    def deciding(*arguments: Any) -> Any:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return decide_part(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(stream, "decide_part", deciding)
        return _batch(files, "--memory", "1")


def _same_as_in_one_go(files: Path) -> None:
    made = (files / "answers.parquet").read_bytes(), (files / "answers.parquet.faults.parquet").read_bytes()
    assert _batch(files) == 0
    assert made == ((files / "answers.parquet").read_bytes(), (files / "answers.parquet.faults.parquet").read_bytes())
    assert not (files / "answers.parquet.parts").exists()


def test_control_c_keeps_what_is_finished(files: Path, capsys: pytest.CaptureFixture[str],
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    """The status is 130 with one line of output, and the same command resumes."""
    assert _interrupted(files, monkeypatch) == 130
    said = capsys.readouterr().err
    assert "finished parts are kept: run the same command to continue" in said
    assert "Traceback" not in said
    assert _batch(files, "--memory", "1") == 0
    _same_as_in_one_go(files)


# ---------------------------------------------------------------------------------------------------------
# Damage.


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)


def _exchange(folder: Path) -> None:
    """Replace a part with another, with its seal but not its stamp."""
    first, second = (json.loads((folder / f"part-000{number}").read_text()) for number in (0, 1))
    (folder / "answers-0000").write_bytes((folder / "answers-0001").read_bytes())
    (folder / "part-0000").write_text(json.dumps({**first, "answers": second["answers"]}))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a bit of the answers": (lambda folder: _flip(folder / "answers-0001"), "answers-0001 is damaged"),
    "half of the faults": (lambda folder: os.truncate(folder / "faults-0000", 100), "faults-0000 is damaged"),
    "no answers": (lambda folder: (folder / "answers-0000").unlink(), "answers-0000 is damaged"),
    "the part of another": (_exchange, "answers-0000 is damaged"),
    "no seal that can be read": (lambda folder: (folder / "part-0002").write_bytes(b"{"), "part-0002 cannot be read"),
    "a seal that is none": (lambda folder: (folder / "part-0002").write_bytes(b"[]"), "part-0002 is not of this run"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_part_is_named_and_decided_again(what: str, files: Path, capsys: pytest.CaptureFixture[str],
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    """The run continues, and names what it repaired."""
    assert _interrupted(files, monkeypatch) == 130
    damage, words = DAMAGE[what]
    damage(files / "answers.parquet.parts")
    capsys.readouterr()
    assert _batch(files, "--memory", "1") == 0
    assert f"cmprules: {words}; part " in capsys.readouterr().err
    _same_as_in_one_go(files)


def test_a_damaged_split_is_made_again(files: Path, capsys: pytest.CaptureFixture[str],
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """Intermediate splits have checksums, too."""
    _rewritten(files, write_statistics=False)
    assert _interrupted(files, monkeypatch) == 130
    os.truncate(files / "answers.parquet.parts" / "activities-0003", 50)
    assert _batch(files, "--memory", "1") == 0
    assert "activities-0003 is damaged; activities is split again" in capsys.readouterr().err
    _same_as_in_one_go(files)


def test_a_disk_that_keeps_nothing(files: Path, capsys: pytest.CaptureFixture[str],
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    """After some attempts the run gives up with status 4."""
    monkeypatch.setattr(folders.Folder, "damage", lambda *_: "answers-0000 is damaged")
    assert _batch(files) == 4
    said = capsys.readouterr().err
    assert said.count("answers-0000 is damaged") == 4
    assert "does not keep what is written to it" in said


@pytest.mark.parametrize("text", ["{", "[]", '{"run": "../../x", "plan": {}}', '{"run": "0123456789abcdef"}'])
def test_a_manifest_that_says_nothing(files: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run with a damaged manifest starts over."""
    assert _interrupted(files, monkeypatch) == 130
    (files / "answers.parquet.parts" / "manifest.json").write_text(text)
    assert _batch(files, "--memory", "1") == 0
    _same_as_in_one_go(files)


def test_a_supply_of_parts_that_is_closed_has_none_left() -> None:
    """Threads that come later find nothing to decide."""
    given: list[Any] = [{}, {}]
    supply = stream._Supply((0, 1), iter(given))
    assert supply.take() == (0, {})
    supply.close()
    assert supply.take() is None
    run: Any = None  # nothing of a run is used
    stream._Run._decide_next(run, supply)


def test_a_file_that_changes_while_it_is_read(files: Path, capsys: pytest.CaptureFixture[str],
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers from two versions of a file are refused."""
    def changing(*arguments: Any) -> Any:
        os.utime(files / "activities.parquet", ns=(1, 1))
        return decide_part(*arguments)

    monkeypatch.setattr(stream, "decide_part", changing)
    assert _batch(files) == 3
    assert "one was changed while it was read; run the command again" in capsys.readouterr().err
    assert not (files / "answers.parquet").exists()


# ---------------------------------------------------------------------------------------------------------
# Other people's files.


@pytest.mark.parametrize("content", [{"lock": b"mine"}, {"answers-0000": b"mine"}, {"a letter": b"mine"}])
def test_a_folder_that_only_looks_like_ours_is_left_alone(content: dict[str, bytes], files: Path,
                                                          capsys: pytest.CaptureFixture[str]) -> None:
    """The command removes only what it can prove it wrote."""
    folder = files / "answers.parquet.parts"
    folder.mkdir()
    for name, text in content.items():
        (folder / name).write_bytes(text)
    assert _batch(files) == 4
    assert "is not a folder of parts that this command left" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == content


def test_what_is_put_into_the_folder_meanwhile_stays(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is kept for it."""
    def adding(*arguments: Any) -> Any:
        (files / "answers.parquet.parts" / "letter").write_text("mine")
        return decide_part(*arguments)

    monkeypatch.setattr(stream, "decide_part", adding)
    assert _batch(files) == 0
    assert [path.name for path in (files / "answers.parquet.parts").iterdir()] == ["letter"]


def test_folders_of_similar_names_are_nothing_to_us(files: Path) -> None:
    """Only the folder of the parts is ours."""
    for name in ("answers.parquet.parts.gone", "answers.parquet.unfinished"):
        (files / name).mkdir()
        (files / name / "letter").write_text("mine")
    assert _batch(files) == 0
    assert (files / "answers.parquet.parts.gone" / "letter").exists()
    assert (files / "answers.parquet.unfinished" / "letter").exists()


def test_an_unfinished_file_of_a_killed_run_is_removed(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark of the run identifies it, whatever comes next; another run's file stays."""
    assert _interrupted(files, monkeypatch) == 130
    run = json.loads((files / "answers.parquet.parts" / "manifest.json").read_text())["run"]
    ours, other = files / f".cmprules-{run}.unfinished", files / f".cmprules-{'0' * 16}.unfinished"
    ours.touch()
    other.touch()
    assert _batch(files) == 0
    assert (ours.exists(), other.exists()) == (False, True)
