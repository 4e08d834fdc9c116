"""The edges of every command: files that it writes, closed or full streams, and Control-C."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import _decide as commands
from cmprules._cli import main
from cmprules._cli._parsing import parser_of
from cmprules._kit import files as kit_files
from cmprules._kit.files import same_file, whole, write_whole

ROOT = Path(__file__).resolve().parents[3]
PBT = ROOT / "examples" / "pbt.toml"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a copy of each input, and run the commands there."""
    for name, source in INPUTS.items():
        (tmp_path / name).write_bytes((ROOT / source).read_bytes())
    (tmp_path / "receipt.json").write_bytes(_receipt())
    monkeypatch.chdir(tmp_path)
    return tmp_path


INPUTS = {
    "record.toml": "examples/pbt.toml", "exam.json": "examples/exam/mls-failed.json",
    "catalogue.csv": "examples/catalogues/samples.csv", "open.json": "examples/mls-nearly-there.json",
    **{name: f"docs/how-to/files/{name}" for name in ("credentials.csv", "activities.csv", "transcript.csv")},
    "reform.toml": "docs/how-to/files/cap-reform.toml",
}
ON = ["--on", "2026-03-10"]


@cache
def _receipt() -> bytes:
    """Make a receipt for the command that verifies one."""
    record = cmprules.read_record(PBT)
    decision = cmprules.decide(record, cmprules.load_book(), on="2026-03-10")
    return cmprules.receipt(decision, record=record).text.encode()


COMMANDS: dict[str, tuple[list[str], str]] = {
    "receipt": (["receipt", "record.toml", *ON, "--reform", "reform.toml"], "out.json"),
    "calendar": (["calendar", "record.toml", *ON, "--reform", "reform.toml"], "out.ics"),
    "batch": (["batch", "credentials.csv", "activities.csv", *ON], "out.csv"),
    "what-if": (["what-if", "credentials.csv", "activities.csv", *ON, "--and-reform", "reform.toml"], "out.csv"),
    "new": (["new", "--holder", "h-1", "--credential", "MLS 2026-05-31"], "out.json"),
    "example": (["example", "pbt"], "out.toml"),
    "intake": (["intake", "transcript.csv", "--holder", "h-1", "--credential", "MLS(ASCP) 2026-05-31"], "out.json"),
    "decide": (["decide", "record.toml", *ON, "--reform", "reform.toml"], "out.html"),
    "answer": (["answer", "record.toml", *ON], "out.json"),
    "export": (["export", "record.toml", *ON], "out.csv"),
    "explain": (["explain", "record.toml", *ON], "out.txt"),
    "track": (["track", "record.toml", *ON], "out.md"),
    "timeline": (["timeline", "record.toml", *ON], "out.txt"),
    "plan": (["plan", "record.toml", "catalogue.csv", *ON], "out.txt"),
    "audit": (["audit", "record.toml", *ON], "out.txt"),
    "exam": (["exam", "exam.json", *ON], "out.txt"),
    "policy": (["policy", "MLS", "--expires", "2026-05-31", "--reform", "reform.toml"], "out.json"),
    "compare policy": (["compare", "policy", "MLS", "--expires", "2026-05-31", "--and-reform", "reform.toml"],
                       "out.txt"),
    "compare decision": (["compare", "decision", "record.toml", "open.json", *ON], "out.txt"),
    "verify": (["verify", "receipt.json"], "out.txt"),
    **{name: ([name, "--reform", "reform.toml"], "out.txt") for name in ("codes", "kinds", "areas", "units")},
    "editions": (["editions"], "out.json"),
    "schema": (["schema", "record"], "out.json"),
    "completion": (["completion", "bash"], "out.sh"),
}
"""Every command that writes a file, with a name for it; the one that writes a folder has its own tests."""


def test_every_command_that_writes_a_file_is_in_the_table() -> None:
    """A new command must be added."""
    _, commands = parser_of(None)
    written = {"reports"}
    for name, parser in commands.choices.items():
        inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        for path, one in [(name, parser), *((f"{name} {below}", one) for action in inner
                                           for below, one in action.choices.items())]:
            written |= {path for action in one._actions if "-o" in action.option_strings}
    assert written == {*COMMANDS, "reports"}


def _run(command: str, *more: str, out: str | None = None) -> int:
    arguments, name = COMMANDS[command]
    try:
        return main([*arguments, "-o", name if out is None else out, *more])
    except SystemExit as stopped:
        return int(stopped.code or 0)


def _content(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["", "-", "."])
def test_names_that_no_file_can_have(command: str, name: str, place: Path,
                                     capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is decided or written."""
    before = _content(place)
    any_ending = command in {"receipt", "calendar", "example", "completion"}
    assert _run(command, out=name) == (4 if name == "." and any_ending else 2)
    out, err = capsys.readouterr()
    assert (out, "Traceback" in err) == ("", False)
    assert "expected the name of a file to write" in err or "is a folder" in err or "ends in" in err
    assert _content(place) == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("how", ["the name", "another way", "a symbolic link", "a hard link"])
def test_an_input_is_never_written_over(command: str, how: str, place: Path,
                                        capsys: pytest.CaptureFixture[str]) -> None:
    """The file's identity decides, whatever its name."""
    for name in COMMANDS[command][0]:
        if not (place / name).is_file() or (command in {"batch", "what-if"} and name == "reform.toml"):
            continue
        out = place / f"link{Path(COMMANDS[command][1]).suffix}"
        out.unlink(missing_ok=True)
        if how == "a symbolic link":
            out.symlink_to(place / name)
        elif how == "a hard link":
            os.link(place / name, out)
        before = _content(place)
        assert _run(command, out={"the name": name, "another way": f"../{place.name}/{name}"}.get(how, str(out))) == 2
        out_text, err = capsys.readouterr()
        said = "are the same file" in err or ("link" not in how and "expected a name that ends in" in err)
        assert (out_text, said) == ("", True)
        assert _content(place) == before


@pytest.mark.parametrize("command", ["batch", "what-if"])
@pytest.mark.usefixtures("place")
def test_outputs_are_held_against_each_other(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Answers and faults in one file would overwrite each other; an input cannot receive faults."""
    for faults in ("out.csv", "./out.csv", "activities.csv"):
        assert _run(command, "--faults", faults) == 2
        assert "are the same file" in capsys.readouterr().err
    assert _run(command, "--faults", "out.txt") == 2
    assert "expected a name that ends in .parquet, .csv or .xlsx" in capsys.readouterr().err


def test_nothing_else_is_in_the_folder_of_the_parts(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is removed at the end."""
    (place / "out.csv.parts").mkdir()
    for faults in ("out.csv.parts/faults.csv", "out.csv.parts/deep/faults.csv"):
        assert _run("batch", "--faults", faults) == 2
        assert "--faults is in the folder that this command writes" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("place")
def test_a_place_that_is_not_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 4, with one line, and standard output stays empty."""
    assert _run(command, out=f"nowhere/{COMMANDS[command][1]}") == 4
    out, err = capsys.readouterr()
    assert (out, "cannot be written" in err, "Traceback" in err) == ("", True, False)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("stem", ["a:b", "s3:", "file:", "caf\udce9", "x" * 200, "=1"])
def test_whatever_a_file_is_called(command: str, stem: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names are file names, never addresses, in any bytes."""
    name = f"{stem}{Path(COMMANDS[command][1]).suffix}"
    assert _run(command, out=name) == 0
    assert (place / name).stat().st_size > 0
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a:b.csv", "caf\udce9.csv"])
def test_whatever_an_input_is_called(name: str, place: Path) -> None:
    """The same holds for inputs."""
    (place / "credentials.csv").rename(place / name)
    assert main(["batch", name, "activities.csv", "-o", "out.csv", "--on", "2026-03-10"]) == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_a_symbolic_link_is_written_to_where_it_leads(command: str, place: Path) -> None:
    """The link stays, and so do the permissions of the file."""
    name = COMMANDS[command][1]
    (place / "real").write_text("old")
    (place / "real").chmod(0o640)
    (place / name).symlink_to("real")
    if command in {"new", "example", "intake"}:  # an existing record is never overwritten
        assert _run(command) == 4
        assert (place / "real").read_text() == "old"
        return
    assert _run(command) == 0
    assert (place / name).is_symlink()
    assert (place / "real").read_bytes() != b"old"
    assert (place / "real").stat().st_mode & 0o777 == 0o640


# ---------------------------------------------------------------------------------------------------------
# One file, written completely.


def test_an_unfinished_file_follows_no_link_and_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file under its temporary name is replaced, and nothing is written through a link."""
    monkeypatch.setattr(kit_files, "new_mark", lambda: "0" * 16)
    (tmp_path / "precious").write_text("kept")
    (tmp_path / f".cmprules-{'0' * 16}.unfinished").symlink_to(tmp_path / "precious")
    write_whole(tmp_path / "out", b"new")
    assert (tmp_path / "precious").read_text() == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "precious"]


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    """No partial file appears, and an existing file is not replaced."""
    (tmp_path / "out").write_text("old")

    def fail() -> None:
        with whole(tmp_path / "out") as begun:
            begun.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"out": "old"}


def test_files_that_are_not_there_yet_are_told_apart_by_name(tmp_path: Path) -> None:
    """Dots and links in the path do not matter."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    assert same_file(tmp_path / "folder" / "new", tmp_path / "link" / ".." / "folder" / "new")
    assert not same_file(tmp_path / "new", tmp_path / "folder" / "new")


# ---------------------------------------------------------------------------------------------------------
# Streams and signals.


def _shell(command: str) -> subprocess.CompletedProcess[str]:
    line = command.replace("cmprules", f"{sys.executable} -m cmprules")
    here = {**os.environ, "PYTHONPATH": str(Path(cmprules.__file__).parents[1])}
    return subprocess.run(["bash", "-c", line], capture_output=True, check=False, text=True, cwd=ROOT, env=here)


STREAMS: dict[str, tuple[str, int]] = {
    "standard error closed, usage": ("cmprules decide 2>&-", 2),
    "standard error closed, input": ("cmprules decide nowhere.json 2>&-", 3),
    "standard error full": ("cmprules decide nowhere.json 2>/dev/full", 3),
    "standard output full": ("cmprules decide examples/pbt.toml > /dev/full", 4),
    "standard output closed": ("cmprules decide examples/pbt.toml >&-", 4),
    "both closed": ("cmprules decide examples/pbt.toml >&- 2>&-", 4),
    "standard input closed": ("cmprules decide - <&-", 3),
    "a device": ("cmprules receipt examples/pbt.toml -o /dev/full", 4),
    "a folder": ("cmprules receipt examples/pbt.toml -o /tmp", 4),
}


@pytest.mark.parametrize("what", STREAMS)
def test_streams(what: str) -> None:
    """The status says what happened, and there is no traceback."""
    line, status = STREAMS[what]
    done = _shell(line)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_control_c(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 130, as in a shell."""
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "decide", stopped)
    assert main(["decide", str(PBT)]) == 130
    assert capsys.readouterr().err == "\ncmprules: interrupted\n"


class _Full(io.StringIO):
    def write(self, _: str) -> int:
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("stream", [None, _Full()])
def test_a_complaint_that_nobody_can_hear(stream: io.StringIO | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the status is left."""
    monkeypatch.setattr(sys, "stderr", stream)
    assert main(["decide", "nowhere.json"]) == 3


def test_a_full_disk(place: Path) -> None:
    """The status is 4 with a few lines, and no partial file: no file may exceed a kilobyte."""
    line = (f"ulimit -f 1; trap '' XFSZ; cd {place}; cmprules batch credentials.csv activities.csv -o out.csv"
            " --on 2026-03-10; echo $?; cmprules receipt record.toml -o out.json; echo $?; ls -A")
    done = _shell(line)
    assert done.stdout.split()[:2] == ["4", "4"]
    assert len(done.stderr.splitlines()) < 6, done.stderr
    assert "Traceback" not in done.stderr
    assert not {"out.csv", "out.json"} & {*done.stdout.split()}
