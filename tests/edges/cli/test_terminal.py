"""No control characters reach a terminal: not from ids, titles, columns, captions or typed words."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.strategies import edition

import cmprules
from cmprules._answers.render import FORMATS
from cmprules._answers.render.blocks import Heading, Paragraph, Picture, Table, Verdict
from cmprules._answers.render.cleaning import cleaned
from cmprules._cli import _terminal, main

EVIL = "a\x1b[31m\x9b1m\u202eb\x07"
ON = date(2026, 3, 10)


def hostile() -> dict[str, Any]:
    """Make the plain data of a record in which every text would turn a terminal red."""
    return {
        "schema": "cmprules.record/1", "holder": {"id": f"h{EVIL}"},
        "credentials": [{"id": f"bb{EVIL}", "code": "BB", "expires_on": "2026-05-31"},
                        {"id": f"sbb{EVIL}", "code": "SBB", "expires_on": "2026-07-31"}],
        "activities": [{"id": f"a{EVIL}", "title": f"Course {EVIL}", "provider": f"P{EVIL}", "kind": "formal_ce",
                        "amount": "5", "completed_on": "2025-01-01", "documents": [f"d{EVIL}"]}],
        "placements": [{"credential": f"bb{EVIL}", "activity": f"a{EVIL}", "area": "pool", "points": "1"}],
    }


def acted_on(text: str) -> set[str]:
    """Find the characters that a terminal would act on."""
    return {letter for letter in text if not letter.isprintable() and letter not in "\r\n\t\xa0\u200b"}


COMMANDS = [
    ["decide"], ["explain"], ["track"], ["timeline"], ["calendar"], ["plan", "CATALOGUE"], ["audit"],
    ["receipt"], ["decide", "--format", "markdown"], ["decide", "--format", "html"], ["decide", "--format", "json"],
]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_lets_a_text_of_the_record_through(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Covers every command that prints something about a record to a terminal."""
    path, catalogue = tmp_path / "record.json", tmp_path / "catalogue.json"
    path.write_text(json.dumps(hostile()), encoding="utf-8")
    catalogue.write_text(json.dumps({"schema": "cmprules.catalogue/1", "courses": [
        {"id": f"c{EVIL}", "title": f"C{EVIL}", "kind": "formal_ce", "amount": 1, "price": 1}]}), encoding="utf-8")
    terminal = _Terminal()
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", terminal)
    name, *rest = [str(catalogue) if part == "CATALOGUE" else part for part in command]

    assert main([name, str(path), "--on", "2026-03-10", *rest]) in {0, 1}
    assert acted_on(terminal.getvalue()) == set()
    assert terminal.getvalue()


@pytest.mark.parametrize(("term", "no_color", "painted"), [
    ("xterm", None, True), ("xterm", "", True), ("xterm", "1", False), ("dumb", None, False), ("", None, False),
])
def test_a_verdict_has_its_color(
    term: str, no_color: str | None, painted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal that shows colors, and whole; a text of the record paints nothing."""
    path, terminal = tmp_path / "record.json", _Terminal()
    path.write_text(json.dumps(hostile()), encoding="utf-8")
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("NO_COLOR", no_color or "")
    if no_color is None:
        monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["decide", str(path), "--on", "2026-03-10", "--summary"]) == 0
    said = terminal.getvalue()
    assert ("\x1b[1;31m  [-] 0 of 2 credentials in order\x1b[0m\n" in said) == painted
    assert acted_on(said.replace("\x1b[1;31m  [-]", "").replace("\x1b[0m\n", "")) == set()


@pytest.mark.parametrize("command", [["areas"], ["intake", "transcript.csv", "--holder", "h", "--credential",
                                                "MLS(ASCP) 2026-05-31", "--dates", "us", "-o", "record.json"]])
def test_every_report_is_as_wide_as_its_terminal(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists of words and the lines of an intake, too."""
    source = Path(__file__).resolve().parents[3] / "docs" / "start" / "my-transcript.csv"
    (tmp_path / "transcript.csv").write_bytes(source.read_bytes())
    monkeypatch.chdir(tmp_path)
    longest = {}
    for columns in ("70", "110"):
        terminal = _Terminal()
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setattr(sys, "stdout", terminal)
        assert main(command) == 0
        longest[columns] = max(len(line) for line in terminal.getvalue().splitlines() if "Independent" not in line)
    assert longest["70"] <= 70 < longest["110"] <= 110


def test_a_file_gets_every_character(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Output that is not a terminal gets the JSON unchanged, so that it reads back the same."""
    path = tmp_path / "record.json"
    path.write_text(json.dumps(hostile()), encoding="utf-8")

    assert main(["receipt", str(path), "--on", "2026-03-10"]) == 0
    assert cmprules.parse_receipt(json.loads(capsys.readouterr().out)).record == cmprules.parse_record(hostile())


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "json"])
@pytest.mark.parametrize("answer", ["decide", "explain", "track", "timeline", "stacked", "synchronize"])
def test_reports_are_clean_wherever_they_go(answer: str, format: str) -> None:
    """The report itself is clean, in every format for people."""
    who = cmprules.parse_record(hostile())
    made = getattr(cmprules, answer, None) or getattr(cmprules.renewal, answer)
    value = made(cmprules.decide(who, edition(), on=ON), record=who) if answer == "explain" else made(
        who, edition(), on=ON)

    assert acted_on(cmprules.render(value, format)) == set()


def test_every_part_of_a_report_is_cleaned() -> None:
    """Captions and column names are, too; a drawing, which escapes its own texts, is not changed."""
    drawing = Picture("<svg>\n</svg>")
    blocks = cleaned([Heading(1, EVIL), Verdict(EVIL, "good", (EVIL,)), Paragraph("plain"), drawing,
                      Table(EVIL, (EVIL,), ((EVIL,),), right=(0,))])

    assert acted_on("".join(str(tuple(block)) for block in blocks if block is not drawing)) == set()
    assert EVIL not in str(blocks)
    assert blocks[2:4] == [Paragraph("plain"), drawing]
    assert isinstance(blocks[4], Table)
    assert blocks[4].right == (0,)


def _status(arguments: list[str]) -> object:
    try:
        return main(arguments)
    except SystemExit as stopped:
        return stopped.code


@pytest.mark.parametrize("arguments", [
    ["decide", f"nowhere{EVIL}.json"], [f"decide{EVIL}"], ["policy", f"MLS{EVIL}", "--expires", "2026-05-31"],
    ["decide", "x", f"--{EVIL}"], ["decide", "x", "--on", EVIL], ["decide", "x", "--edition", EVIL],
])
def test_what_was_typed_is_not_acted_on_either(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """This concerns messages on standard error."""
    assert _status(arguments) in {2, 3}
    said = capsys.readouterr().err
    assert said
    assert acted_on(said) == set()


def test_only_a_report_is_painted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The text of another command, such as the name of a file, brings no color of its own to a terminal."""
    record = Path(__file__).resolve().parents[3] / "examples" / "mls-met.json"
    terminal = _Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr("cmprules._cli._export.shown", str)
    target = tmp_path / "a\x1b[8mb.csv"
    assert main(["export", str(record), "--on", "2026-03-10", "-o", str(target)]) == 0
    assert acted_on(terminal.getvalue()) == set()


@pytest.mark.parametrize("told", [None, "", "100", "0", "-3", "wide", " 62 "])
@pytest.mark.parametrize("found", [OSError, ValueError, 0, 132])
def test_the_width_is_that_of_the_standard_library(told: str | None, found: Any,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment says, and whether the output is a terminal or not."""
    def size_of(_number: int) -> os.terminal_size:
        if isinstance(found, int):
            return os.terminal_size((found, 24))
        raise found

    monkeypatch.setattr(os, "get_terminal_size", size_of)
    monkeypatch.setattr(sys, "__stdout__", SimpleNamespace(fileno=lambda: 1))
    if told is None:
        monkeypatch.delenv("COLUMNS", raising=False)
    else:
        monkeypatch.setenv("COLUMNS", told)
    assert _terminal.columns() == shutil.get_terminal_size().columns
    monkeypatch.setattr(sys, "__stdout__", None)
    assert _terminal.columns() == shutil.get_terminal_size().columns
