"""The command line: its output, its streams, and its exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"
NEARLY = str(EXAMPLES / "mls-nearly-there.json")


def _main(*arguments: str) -> int:
    return main(arguments)


class _Standard(io.TextIOWrapper):
    """A standard input with some bytes."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(io.BytesIO(raw), encoding="utf-8")


def test_decide_prints_the_report_and_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    """Any decision is a success."""
    assert _main("decide", NEARLY, "--on", "2026-03-10") == 0
    out, err = capsys.readouterr()
    assert "Requirements not met" in out
    assert out.splitlines()[-1].startswith("Independent of ASCP")
    assert not err


def test_decide_as_json_is_the_decision(capsys: pytest.CaptureFixture[str]) -> None:
    """The printed JSON reads back as the decision."""
    assert _main("decide", NEARLY, "--on", "2026-03-10", "--format", "json", "--edition", "2026.1") == 0
    printed = cmprules.parse_decision(json.loads(capsys.readouterr().out))
    book = cmprules.load_book(edition="2026.1")
    assert printed == cmprules.decide(cmprules.read_record(NEARLY), book, on=printed.on)


@pytest.mark.parametrize(
    ("name", "on", "status"),
    [
        ("mls-met.json", "2026-03-10", 0),
        ("mls-nearly-there.json", "2026-03-10", 1),
        ("needs-division.toml", "2026-03-10", 1),
        ("ht-expired.json", "2026-03-10", 1),
        ("no-end-date.json", "2026-03-10", 0),
    ],
)
def test_exit_code_says_whether_all_is_in_good_order(name: str, on: str, status: int) -> None:
    """With --exit-code it is 1 for anything not met, for review, or expired."""
    assert _main("decide", str(EXAMPLES / name), "--on", on, "--exit-code") == status


def test_an_expired_credential_is_not_in_good_order_even_if_it_is_met(tmp_path: Path) -> None:
    """A credential that may be reinstated is still expired."""
    record = json.loads((EXAMPLES / "mls-met.json").read_text(encoding="utf-8"))
    record["credentials"][0]["expires_on"] = "2026-03-09"
    path = tmp_path / "expired.json"
    path.write_text(json.dumps({**record, "placements": []}), encoding="utf-8")
    decision = cmprules.decide(cmprules.read_record(path), cmprules.load_book(), on="2026-03-10")
    assert decision.credentials[0].outcome == cmprules.Outcome.MET
    assert decision.credentials[0].standing == cmprules.Standing.EXPIRED
    assert _main("decide", str(path), "--on", "2026-03-10", "--exit-code") == 1


@pytest.mark.parametrize("name", ["mls-nearly-there.json", "pbt.toml"])
def test_a_dash_reads_standard_input(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The content tells JSON and TOML apart."""
    monkeypatch.setattr(sys, "stdin", _Standard((EXAMPLES / name).read_bytes()))
    assert _main("decide", "-", "--on", "2026-03-10") == 0
    assert "Last day:    May 31, 2026 (82 days left)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b" \n", "EMPTY_FILE"),
        (b"{", "NOT_JSON"),
        (b"a = ", "NOT_TOML"),
        (b"\xff\xfe", "NOT_UTF8"),
        (b"[" * 200_000, "NOT_TOML"),
        (b'{"a":' * 200_000, "TOO_DEEP"),
        (b"a = " + b"[" * 200_000, "TOO_DEEP"),
        (b" " * 5_000_001, "FILE_TOO_LARGE"),
        (b"{}", "MISSING_KEY"),
    ],
)
def test_what_cannot_be_read_exits_with_3_and_prints_nothing(
    raw: bytes, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Faults go to standard error with their codes; standard output stays empty; there is no traceback."""
    monkeypatch.setattr(sys, "stdin", _Standard(raw))
    assert _main("decide", "-", "--on", "2026-03-10") == 3
    out, err = capsys.readouterr()
    assert not out
    assert code in err
    assert "Traceback" not in err


def test_every_fault_of_a_file_is_named_with_path_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    """Each fault of the file full of mistakes has one line."""
    assert _main("decide", str(EXAMPLES / "full-of-mistakes.json")) == 3
    out, err = capsys.readouterr()
    assert not out
    assert err.startswith("input has 31 faults:")
    assert len(err.splitlines()) == 32
    assert all(line.startswith("  $.") and ";" in line for line in err.splitlines()[1:])


@pytest.mark.parametrize("path", ["nowhere.json", "."])
def test_a_path_that_is_no_file_exits_with_3(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file and a directory cannot be read."""
    assert _main("decide", path, "--on", "2026-03-10") == 3
    assert "CANNOT_READ" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("decide",),
        ("decide", NEARLY, "--on", "2026-02-30"),
        ("decide", NEARLY, "--format", "pdf"),
        ("decide", NEARLY, "--trust", "user"),
        ("policy", "MLS"),
        ("policy", "MLS", "--expires", "soon"),
        ("policy", "MLS", "--expires", "2026-05-31", "--body", "NCA"),
        ("guess",),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Standard error explains what the command does not take."""
    with pytest.raises(SystemExit) as stopped:
        _main(*arguments)
    assert stopped.value.code == 2
    out, err = capsys.readouterr()
    assert not out
    assert "usage: cmprules" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("decide", NEARLY, "--edition", "1999.1"), "no edition '1999.1'"),
        (("policy", "MLSS", "--expires", "2026-05-31"), "did you mean 'MLS'?"),
        (("policy", "DLM(ASCPi)", "--expires", "2026-05-31"), "DLM is a credential of ASCP"),
        (("policy", "MT(AMT)", "--expires", "2026-05-31"), "AMT (American Medical Technologists) is not ASCP"),
        (("policy", "DLM", "--body", "ASCPi", "--expires", "2026-05-31"), "DLM is a credential of ASCP"),
        (("policy", "MLS", "--expires", "2006-12-31"), "binds from 2007-01-01"),
    ],
)
def test_what_does_not_exist_exits_with_2(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asking for an unknown edition, code or table is wrong usage."""
    assert _main(*arguments) == 2
    out, err = capsys.readouterr()
    assert not out
    assert words in err


def test_policy_as_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """In the policy format every figure has grade, source and place."""
    assert _main("policy", "MLS", "--expires", "2026-05-31", "--format", "json") == 0
    policy = json.loads(capsys.readouterr().out)
    assert list(policy) == ["schema", "code", "body", "expires_on", "established", "total", "areas", "pool", "caps"]
    assert policy["schema"] == "cmprules.policy/1"
    assert policy["total"]["value"] == "36"
    assert [area["area"] for area in policy["areas"]] == [
        "safety", "ethics", "blood_banking", "chemistry", "hematology", "microbiology",
    ]
    assert {cap["kind"]: cap["value"] for cap in policy["caps"]} == {"college_course": "18", "covid_work": "12"}
    assert all(set(area) == {"area", "value", "grade", "source", "pin"} for area in policy["areas"])


def test_policy_that_is_not_established_says_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """It has notes, and no figures."""
    assert _main("policy", "MLA", "--expires", "2026-05-31", "--format", "json") == 0
    policy = json.loads(capsys.readouterr().out)
    assert policy["established"] is False
    assert policy["total"] is policy["areas"] is policy["pool"] is policy["caps"] is None
    assert policy["notes"]


def test_editions_lists_the_newest_last(capsys: pytest.CaptureFixture[str]) -> None:
    """Text has one line for each; JSON adds digest and day of the last check."""
    assert _main("editions") == 0
    assert capsys.readouterr().out.splitlines() == list(cmprules.editions())
    assert _main("editions", "--format", "json") == 0
    listed = json.loads(capsys.readouterr().out)["editions"]
    assert listed[-1]["sha256"] == cmprules.load_book().sha256


@pytest.mark.parametrize("command", ["decide", "policy", "editions", "schema"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of every command has a line that you can type."""
    with pytest.raises(SystemExit) as stopped:
        _main(command, "--help")
    assert stopped.value.code == 0
    assert f"example:\n  cmprules {command}" in capsys.readouterr().out


def test_extra_rows_are_used_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken file of the user's cannot be read; the faults say where."""
    path = tmp_path / "own.toml"
    path.write_text('table = "credentials"\n', encoding="utf-8")
    assert _main("policy", "MLA", "--expires", "2026-05-31", "--extra", str(path)) == 3
    assert "own.toml: $.table" in capsys.readouterr().err


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a program."""
    return subprocess.run([sys.executable, "-m", "cmprules", *arguments], capture_output=True, check=False,
                          env={**os.environ, **environment})


def test_output_is_utf8_whatever_the_locale() -> None:
    """A limited locale does not break a title in another script."""
    done = _run("decide", NEARLY, "--on", "2026-03-10", "--format", "html", LC_ALL="C", PYTHONIOENCODING="ascii",
                PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("<!DOCTYPE html>")


def test_a_reader_that_goes_away_is_no_error() -> None:
    """`cmprules decide … | head` ends quietly."""
    done = subprocess.run(f"{sys.executable} -m cmprules decide {NEARLY} --on 2026-03-10 | true", shell=True,
                          capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


class _Broken(io.StringIO):
    """A standard output that is closed or full."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, _: str) -> int:
        """Fail as the system would."""
        raise self.error


def test_closed_streams_are_named_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A closed standard input cannot be read (3); output that cannot be written has its own status (4)."""
    monkeypatch.setattr(sys, "stdin", None)
    assert _main("decide", "-", "--on", "2026-03-10") == 3
    for out in (None, _Broken(OSError(28, "No space left on device"))):
        monkeypatch.setattr(sys, "stdout", out)
        assert _main("editions") == 4
    monkeypatch.setattr(sys, "stdout", _Broken(BrokenPipeError()))
    assert _main("editions") == 0
    assert capsys.readouterr().err.count("cannot be written") == 2


def test_options_are_never_guessed_from_their_beginnings() -> None:
    """An abbreviation that works today could conflict with a later option."""
    with pytest.raises(SystemExit) as stopped:
        _main("editions", "--form", "json")
    assert stopped.value.code == 2


def test_without_a_day_today_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    """Only this place reads the clock."""
    assert _main("decide", NEARLY, "--format", "json") == 0
    decided = json.loads(capsys.readouterr().out)
    assert decided["on"] >= "2026-01-01"
