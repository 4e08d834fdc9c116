"""`--verbose`: folded lines of reports, and notes on standard error; JSON does not change."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cmprules import load_book
from cmprules._cli import main
from cmprules._cli._notes import INPUTS
from cmprules._cli._outputs import FOLDERS, OUTPUTS
from cmprules._cli._parsing import parser_of
from cmprules._cli._progress import Bar
from cmprules._cli._terminal import STATUS, complain

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
PBT, NEARLY = str(EXAMPLES / "pbt.toml"), str(EXAMPLES / "mls-nearly-there.json")
DAY = ("--on", "2026-03-10")
COMMANDS = [
    ["decide", PBT, *DAY], ["explain", PBT, *DAY], ["timeline", PBT, PBT, *DAY], ["compare", "decision", PBT, *DAY],
    ["exam", str(EXAMPLES / "exam" / "pbt-passed.json"), *DAY], ["editions"], ["units"], ["schema", "record"],
]


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    assert main(arguments) == 0
    said = capsys.readouterr()
    return said.out, said.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_json_is_the_same_and_the_notes_are_json(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is the same byte for byte; without the option, standard error is silent."""
    plain, silence = _said(capsys, *command, "--format", "json")
    verbose, notes = _said(capsys, *command, "--format", "json", "--verbose")
    assert verbose == plain
    assert silence == ""
    texts = [json.loads(line)["note"] for line in notes.splitlines()]
    assert texts[0].startswith("version ")
    assert texts[-1] == "exit status 0"


def test_the_notes_name_files_day_grade_and_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They have whole digests of the tables and of a user's files; each line has its time."""
    own = EXAMPLES.parent / "docs" / "how-to" / "files" / "mla.toml"
    _, notes = _said(capsys, "decide", PBT, *DAY, "--edition", "2026.1", "--extra", str(own), "--verbose",
                     "-o", str(tmp_path / "report.txt"))
    book = load_book("2026.1", extra=[own])
    lines = [line.partition("s]: ") for line in notes.splitlines()]
    assert all(before.startswith("cmprules [") for before, _, _ in lines)
    assert [text for _, _, text in lines][1:] == [
        f"reads {PBT} ({Path(PBT).stat().st_size:,} bytes)", f"reads {own} ({own.stat().st_size:,} bytes)",
        "day of decision 2026-03-10", "figures down to grade inferred",
        f"edition 2026.1, SHA-256 {book.sha256}, last compared with its sources on {book.last_checked}",
        f"own rows mla.toml, SHA-256 {book.files[0].sha256}", "exit status 0"]


def test_both_books_of_a_comparison_are_noted(capsys: pytest.CaptureFixture[str]) -> None:
    """The option may also come before the part of a command; a reform is named as one."""
    reform = str(EXAMPLES.parent / "docs" / "how-to" / "files" / "safety-reform.toml")
    _, notes = _said(capsys, "compare", "--verbose", "policy", "MLS", "--expires", "2027-05-31", "--and-reform", reform)
    assert notes.count("s]: edition ") == 2
    assert f"reads {reform}" in notes
    assert "s]: reform safety-reform.toml, SHA-256 " in notes


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_an_explanation_shows_the_tests_that_were_passed(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the option they are folded; the option removes nothing."""
    command = ("explain", NEARLY, *DAY, "--activity", "a03", "--format", format)
    plain, _ = _said(capsys, *command)
    verbose, _ = _said(capsys, *command, "--verbose")
    if format == "html":
        assert plain.count("<details>") > 0 == verbose.count("<details>")
        assert verbose.replace(" open>", ">") == plain.replace(" open>", ">")
        return
    assert "Entered once" in verbose
    assert "Entered once" not in plain
    kept = iter(verbose.splitlines())
    assert all(line in kept for line in plain.splitlines())


def test_a_summary_stays_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    """`--summary` decides how much of a report is shown; both options may be given."""
    command = ("explain", NEARLY, *DAY, "--summary")
    plain, _ = _said(capsys, *command)
    verbose, notes = _said(capsys, *command, "--verbose")
    assert verbose == plain
    assert notes


def test_faults_are_json_after_the_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each document can be read; a missing file has no size."""
    missing = str(tmp_path / "missing.json")
    assert main(["decide", missing, "--format", "json", "--verbose"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    found = list(_documents(said.err))
    assert found[1]["note"] == f"reads {missing}"
    assert [document["status"] for document in found if "faults" in document] == [3]
    assert found[-1]["note"] == "exit status 3"


def _documents(text: str) -> Iterator[dict[str, object]]:
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        document, place = decoder.raw_decode(text, place)
        yield document
        place += len(text[place:]) - len(text[place:].lstrip())


def test_standard_input_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not named as a file called `-`."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(NEARLY).read_bytes())))
    _, notes = _said(capsys, "decide", "-", *DAY, "--verbose")
    assert "s]: reads standard input\n" in notes


def _parsers() -> Iterator[argparse.ArgumentParser]:
    waiting = [*parser_of(None)[1].choices.values()]
    while waiting:
        parser = waiting.pop()
        yield parser
        waiting += [part for action in parser._actions if isinstance(action.choices, dict)
                    for part in action.choices.values()]


def test_every_command_has_the_option_and_every_file_is_known() -> None:
    """Each option that names a file reads it or writes it."""
    files = {"RECORD", "RECORD2", "RECEIPT", "CATALOGUE", "CREDENTIALS", "ACTIVITIES", "FILE", "OUT", "FOLDER"}
    named = {action.dest for parser in _parsers() for action in parser._actions if action.metavar in files}
    assert named <= {*INPUTS, *OUTPUTS, *FOLDERS}
    assert set(INPUTS) <= named
    assert all("--verbose" in parser.format_help() for parser in _parsers() if not parser.prog.endswith(" help"))


# ---------------------------------------------------------------------------------------------------------
# Progress.


def test_without_a_terminal_progress_is_told_at_every_tenth() -> None:
    """It reports the first piece, and then at most eleven lines."""
    told: list[str] = []
    bar = Bar("parts", told.append)
    bar.begin("reading")
    for done in range(1, 41):
        bar(done, 40)
    assert told[:3] == ["reading", "1 of 40 parts", "4 of 40 parts"]
    assert told[-1] == "40 of 40 parts"
    assert len(told) == 12


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_message_takes_the_place_of_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """It never begins after the bar on its line; a finished bar stays."""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert STATUS.show("[..] reading")
    complain("cmprules: stopped")
    complain("cmprules: again")
    assert terminal.getvalue() == f"\r[..] reading\r{' ' * 12}\rcmprules: stopped\ncmprules: again\n"
    assert STATUS.show("[##] 2/2", done=True)
    complain("cmprules: done")
    assert terminal.getvalue().endswith("\r[##] 2/2\ncmprules: done\n")


@pytest.mark.parametrize(("command", "doing"), [
    (["plan", PBT, str(EXAMPLES / "catalogues" / "samples.csv"), *DAY], "searching the catalog"),
    (["intake", str(EXAMPLES.parent / "docs" / "start" / "my-transcript.csv"), "--holder", "h", "--credential",
      "MLS(ASCP) 2026-05-31", "--dates", "us", "-o", "record.json"], "reading"),
])
def test_what_may_take_long_says_at_once_what_it_does(
    command: list[str], doing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal, and nothing of it is left."""
    monkeypatch.chdir(tmp_path)
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(command) == 0
    line = f"[{'.' * 30}] {doing}"
    assert terminal.getvalue() == f"\r{line}\r{' ' * len(line)}\r"
    assert capsys.readouterr().out


def test_several_records_have_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A single record has none."""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["decide", PBT, *DAY]) == 0
    assert terminal.getvalue() == ""
    assert main(["decide", PBT, PBT, *DAY]) == 0
    assert f"\r[{'#' * 15}{'.' * 15}] 1/2 records" in terminal.getvalue()
    assert capsys.readouterr().out
