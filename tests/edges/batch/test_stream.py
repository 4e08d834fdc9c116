"""Files of any size: the same answers as in memory, in parts, complete or absent, and no repeats after a kill."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cmprules
from cmprules._cli import main
from cmprules._cli._progress import Bar
from cmprules.batch import _stream as stream
from cmprules.batch import decide_table
from cmprules.batch._part import decide_part
from tests.core.cases.test_cases import CASES, _record
from tests.edges.batch.populations import as_tables

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
ON = date(2026, 3, 10)
KILLED = """
import os, signal, sys
from importlib import import_module

from cmprules.batch import _stream
from cmprules._cli import main

module = import_module("{module}")

_stream._BYTES_OF_A_ROW = 50_000

calls = {calls}
honest = module.{name}

def interrupted(*arguments, **options):
    global calls
    calls -= 1
    if calls < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return honest(*arguments, **options)

module.{name} = interrupted
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Write a population to files, with a few unreadable rows."""
    tables = as_tables([_record(case) for case in CASES["case"] if case["on"] == ON])
    bad = {"credentials": {"holder": "h1", "id": "bad", "code": "PBTT"}, "activities": {"holder": "x", "id": "orphan"}}
    paths = {}
    for name, row in bad.items():
        table = pa.concat_tables([tables[name], pa.Table.from_pylist([row], schema=tables[name].schema)])
        paths[name] = tmp_path / f"{name}.parquet"
        pq.write_table(table, paths[name], row_group_size=7)
    return paths


def _forget_order(files: dict[str, Path]) -> None:
    """Write the files without the range of holders in each group, so that they must be split."""
    for path in files.values():
        pq.write_table(pq.read_table(path), path, row_group_size=7, write_statistics=False)


def _mix_holders(files: dict[str, Path]) -> None:
    """Write the files with their holders in no order, the rows of each together."""
    for path in files.values():
        table = pq.read_table(path)
        mixed = pa.array([zlib.crc32(holder.encode()) for holder in table["holder"].to_pylist()])
        order = np.argsort(mixed.to_numpy(), kind="stable")
        pq.write_table(table.take(pa.array(order)), path, row_group_size=7)


def _arguments(files: dict[str, Path], *more: str) -> list[str]:
    return ["batch", str(files["credentials"]), str(files["activities"]), "-o", str(_out(files)), "--on", "2026-03-10",
            "--edition", "2026.1", "--threads", "1", *more]


def _out(files: dict[str, Path]) -> Path:
    return files["credentials"].with_name("answers.parquet")


def _sorted(table: pa.Table) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=repr)


def _check(files: dict[str, Path]) -> None:
    """Compare with the decisions in memory, and check that the folder has no other files."""
    book = cmprules.load_book(edition="2026.1")
    wanted = decide_table(files["credentials"], files["activities"], book, on=ON)
    faults = _out(files).with_name("answers.parquet.faults.parquet")
    found = pq.read_table(_out(files))
    assert _sorted(found) == _sorted(wanted.answers)
    assert found.schema.metadata == wanted.answers.schema.metadata
    assert _sorted(pq.read_table(faults)) == _sorted(wanted.faults)
    assert {path.name for path in _out(files).parent.iterdir()} == {
        "credentials.parquet", "activities.parquet", "answers.parquet", "answers.parquet.faults.parquet"}


@pytest.fixture
def many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count every row as a megabyte, so that a small population has many parts."""
    monkeypatch.setattr(stream, "_BYTES_OF_A_ROW", 50_000)


@pytest.mark.parametrize("memory", ["1", "1000"])
@pytest.mark.parametrize("threads", ["1", "3"])
@pytest.mark.parametrize("change", [dict.copy, _mix_holders, _forget_order])
@pytest.mark.usefixtures("many_parts")
def test_the_answers_are_those_in_memory(
    files: dict[str, Path], memory: str, threads: str, change: Callable[[dict[str, Path]], object],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They agree row for row for any number of parts; faults have the row numbers of the whole file."""
    change(files)
    assert main(_arguments(files, "--memory", memory, "--threads", threads)) == 0
    _check(files)
    assert capsys.readouterr().err == ""  # no bar without a terminal


def test_csv_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CSV files are read piece by piece, too."""
    for name, text in (("credentials", "holder,id,code,expires_on\n007,c,PBT,2026-05-31\n"),
                       ("activities", "holder,id,title,kind,amount\n007,01,NA,formal_ce,x\n")):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "out.parquet"
    faults = tmp_path / "bad.parquet"
    assert main(["batch", str(tmp_path / "credentials.csv"), str(tmp_path / "activities.csv"), "-o", str(out),
                 "--faults", str(faults), "--on", "2026-03-10"]) == 0
    assert pq.read_table(out).num_rows == 0
    assert pq.read_table(faults).select(["holder", "id", "code"]).to_pylist() == [
        {"holder": "007", "id": "c", "code": "HOLDER_REFUSED"}, {"holder": "007", "id": "01", "code": "NOT_A_NUMBER"}]
    assert "0 credentials decided" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------------------
# Interrupted and resumed runs.


def _run_and_kill(files: dict[str, Path], name: str, calls: int) -> None:
    module, _, name = name.rpartition(".")
    code = KILLED.format(module=f"cmprules.{module or 'batch._stream'}", name=name, calls=calls)
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run([sys.executable, "-c", code, *_arguments(files, "--memory", "1")], capture_output=True,
                          env={**os.environ, "PYTHONPATH": paths}, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize(("name", "calls", "ordered"), [
    ("batch._stream.splitting.ids_of", 0, False), ("batch._stream.splitting.ids_of", 1, False),
    ("decide_part", 3, False), ("decide_part", 3, True), ("answers_of", 2, True),
    ("_kit.files._to_disk", 0, True), ("_kit.files._to_disk", 11, True), ("join", 0, True), ("join", 1, True),
    ("_kit.locks._owner", 0, True), ("batch._stream.joining.writing", 1, True),
    ("batch._stream.joining._in_order", 1, True), ("decide_part", 3, None),
])
@pytest.mark.usefixtures("many_parts")
def test_a_run_that_was_killed_goes_on(files: dict[str, Path], name: str, calls: int, ordered: bool | None) -> None:
    """Wherever it was killed, the same command ends with the same answers, and the output is never partial."""
    if not ordered:
        (_mix_holders if ordered is None else _forget_order)(files)
    _run_and_kill(files, name, calls)
    assert not _out(files).exists()
    assert main(_arguments(files, "--memory", "1")) == 0
    _check(files)


@pytest.mark.parametrize(("name", "calls"), [
    ("batch._stream.folder._clear", 1), ("batch._stream.folder.suppress", 0)])
@pytest.mark.usefixtures("many_parts")
def test_a_run_that_was_killed_when_all_was_written(files: dict[str, Path], name: str, calls: int) -> None:
    """The answers are there, and the next run removes the rest of the parts."""
    _run_and_kill(files, name, calls)
    before = pq.read_table(_out(files))
    assert main(_arguments(files, "--memory", "1")) == 0
    assert pq.read_table(_out(files)).equals(before)
    _check(files)


@pytest.mark.usefixtures("many_parts")
def test_what_is_decided_is_not_decided_again(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts finished before the kill are kept."""
    _run_and_kill(files, "decide_part", 3)
    decided = []

    def counting(*arguments: Any) -> Any:
        decided.append(arguments)
        return decide_part(*arguments)

    monkeypatch.setattr(stream, "decide_part", counting)
    count = json.loads((_out(files).with_name("answers.parquet.parts") / "manifest.json").read_text())["plan"]["count"]
    assert main(_arguments(files, "--memory", "1")) == 0
    assert len(decided) == count - 3


@pytest.mark.usefixtures("many_parts")
@pytest.mark.parametrize("change", ["file", "day"])
def test_parts_of_other_files_or_another_day_are_not_used(files: dict[str, Path], change: str) -> None:
    """A different run starts over."""
    _run_and_kill(files, "decide_part", 3)
    if change == "day":
        assert main([*_arguments(files, "--memory", "1"), "--on", "2020-01-01"]) == 0
        assert pq.read_schema(_out(files)).metadata[b"on"] == b"2020-01-01"
        assert "current" in pq.read_table(_out(files))["standing"].to_pylist()
        return
    table = pq.read_table(files["credentials"])
    pq.write_table(table.slice(0, 9), files["credentials"])
    assert main(_arguments(files, "--memory", "1")) == 0
    _check(files)


def test_a_folder_of_somebody_else_is_left_alone(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The command removes only what it wrote."""
    folder = _out(files).with_name("answers.parquet.parts")
    folder.mkdir()
    (folder / "letters.txt").write_text("keep", encoding="utf-8")
    assert main(_arguments(files)) == 4
    assert "is not a folder of parts that this command left: 'letters.txt' is in it" in capsys.readouterr().err
    assert (folder / "letters.txt").exists()


# ---------------------------------------------------------------------------------------------------------
# What can go wrong.


def test_files_that_cannot_be_read(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The faults of both files come together, before anything is written."""
    files["activities"].write_bytes(b"no Parquet")
    pq.write_table(pq.read_table(files["credentials"]).drop(["code"]), files["credentials"])
    assert main(_arguments(files)) == 3
    said = capsys.readouterr().err
    assert "$.credentials.code: MISSING_KEY" in said
    assert "$.activities: CANNOT_READ" in said
    assert main(["batch", "a.xls", "b", "-o", str(_out(files))]) == 3
    assert "its name ends in neither" in capsys.readouterr().err
    assert not _out(files).exists()


def test_a_file_that_breaks_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A CSV file with a short line far down gives no answer and no traceback."""
    (tmp_path / "c.csv").write_text("holder,id,code\n", encoding="utf-8")
    lines = "a,b,Title,formal_ce,1\n" * 100_000
    (tmp_path / "a.csv").write_text(f"holder,id,title,kind,amount\n{lines}a,b\n", encoding="utf-8")
    out = tmp_path / "out.parquet"
    assert main(["batch", str(tmp_path / "c.csv"), str(tmp_path / "a.csv"), "-o", str(out)]) == 3
    assert "$.activities: CANNOT_READ" in capsys.readouterr().err
    assert not out.exists()


def test_answers_that_cannot_be_written(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A missing folder gives the exit status for output that cannot be written."""
    assert main([*_arguments(files), "-o", str(_out(files).parent / "none" / "out.parquet")]) == 4
    assert "the answers cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "much", "\u0661"])
@pytest.mark.parametrize("option", ["memory", "threads"])
def test_memory_and_threads_are_whole_numbers(files: dict[str, Path], option: str, number: str,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    """Megabytes and threads are integers of at least one."""
    with pytest.raises(SystemExit, match="2"):
        main(_arguments(files, f"--{option}", number))
    assert "is not a whole number of " in capsys.readouterr().err


def test_without_the_extra(files: dict[str, Path], monkeypatch: pytest.MonkeyPatch,
                           capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what to install."""
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "cmprules.batch")
    monkeypatch.delitem(sys.modules, "cmprules.batch._stream")
    assert main(_arguments(files)) == 2
    assert "pip install '.[batch]'" in capsys.readouterr().err


# ---------------------------------------------------------------------------------------------------------
# The bar.


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_says_how_long_it_will_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate and time left come from the parts that this run decided."""
    clock = iter([100.0, 160.0, 220.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    bar = Bar("parts", print)
    bar(11, 12)
    bar(12, 12)
    assert terminal.getvalue() == (
        f"\r[{'#' * 27}...] 11/12 parts, 1 a minute, 1:00 left\r[{'#' * 30}] 12/12 parts, 1 a minute, 0:00 left\n")
