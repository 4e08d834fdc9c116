"""`-o FILE` on every command that prints a report: the ending decides the format, and one line names the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cmprules._cli import main

EXAMPLE = "examples/mls-nearly-there.json"
ON = ("--on", "2026-03-10", "--edition", "2026.1")
COMMANDS = {
    "decide": ["decide", EXAMPLE, *ON], "explain": ["explain", EXAMPLE, *ON], "track": ["track", EXAMPLE, *ON],
    "timeline": ["timeline", EXAMPLE, *ON], "audit": ["audit", EXAMPLE, *ON],
    "policy": ["policy", "MLS", "--expires", "2026-05-31", "--edition", "2026.1"],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("ending", ["txt", "md", "html", "json"])
def test_a_report_goes_to_a_file(
    command: str, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file has what the command prints in that format, and standard output has only its name."""
    formats = {"txt": "text", "md": "markdown", "html": "html", "json": "json"}
    main([*COMMANDS[command], "--format", formats[ending]])
    printed = capsys.readouterr().out

    status = main([*COMMANDS[command], "-o", str(tmp_path / f"report.{ending}")])

    assert status == 0
    assert capsys.readouterr().out == f"{tmp_path / f'report.{ending}'}\n"
    assert (tmp_path / f"report.{ending}").read_text(encoding="utf-8") == printed
    if ending == "json":
        assert json.loads(printed)


def test_an_ending_of_no_format_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written, and the message lists the known endings."""
    with pytest.raises(SystemExit, match="2"):
        main([*COMMANDS["decide"], "-o", str(tmp_path / "report.pdf")])

    assert ".txt, .md, .html or .json" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


def test_a_report_never_goes_over_its_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The record does not change, and it is wrong usage."""
    record = tmp_path / "record.json"
    record.write_bytes(Path(EXAMPLE).read_bytes())

    assert main(["decide", str(record), *ON, "-o", str(record)]) == 2
    assert "the same file" in capsys.readouterr().err
    assert record.read_bytes() == Path(EXAMPLE).read_bytes()


def test_the_status_of_exit_code_stays(tmp_path: Path) -> None:
    """A decision written to a file exits like a printed one."""
    assert main([*COMMANDS["decide"], "--exit-code", "-o", str(tmp_path / "a.txt")]) == 1


@pytest.mark.parametrize(("command", "ending"), [
    (["codes", "--edition", "2026.1"], "json"), (["units"], "txt"), (["editions"], "json"),
    (["schema", "record"], "json"), (["calendar", EXAMPLE, *ON], "ics"),
])
def test_lists_and_other_answers_go_to_a_file(
    command: list[str], ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As they are printed, and the name of the file is printed instead."""
    assert main([*command, *(("--format", "json") if ending == "json" else ())]) == 0
    printed = capsys.readouterr().out
    path = tmp_path / f"answer.{ending}"
    assert main([*command, "-o", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert path.read_bytes().decode() == printed


def test_faults_of_every_record_are_told_before_an_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As for every other command that takes several."""
    assert main(["export", EXAMPLE, "nowhere.json", "neither.json", *ON, "-o", str(tmp_path / "answers.csv")]) == 3
    said = capsys.readouterr().err
    assert "nowhere.json: $: CANNOT_READ" in said
    assert "neither.json: $: CANNOT_READ" in said
    assert [*tmp_path.iterdir()] == []


def test_a_tracking_for_a_file_can_be_read_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                                                capsys: pytest.CaptureFixture[str]) -> None:
    """One that is too long is refused, whether `--format` or the ending of the file asks for JSON."""
    monkeypatch.setattr("cmprules._cli._track.LARGEST_TRACKING", 100)
    for more in (("--format", "json"), ("-o", str(tmp_path / "tracking.json"))):
        assert main(["track", EXAMPLE, *ON, *more]) == 3
        assert "ANSWER_TOO_LARGE" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []
