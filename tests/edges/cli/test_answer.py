"""`cmprules answer`: it answers questions of a decision in the record."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main

COURSE = {"kind": "formal_ce", "amount": "9", "completed_on": "2025-02-01", "title": "Order of draw",
          "certified": {"safety": "1", "ethics": "1", "phlebotomy": "1"}}
RECORD = {
    "schema": "cmprules.record/1", "holder": {"id": "h"},
    "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    "activities": [{"id": "a", **COURSE, "amount": "4.5"}, {"id": "b", **COURSE, "amount": "4.5"}],
}


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Make a record in which one course may have been entered twice."""
    path = tmp_path / "record.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    return path


def outcome(path: Path) -> str:
    """Decide a record, and return its outcome."""
    book = cmprules.load_book(edition="2026.2")
    return str(cmprules.decide(cmprules.read_record(path), book, on=date(2026, 3, 10))["pbt"].outcome)


def answer(record: Path, *more: str) -> int:
    """Run the command."""
    return main(["answer", str(record), "--on", "2026-03-10", "--edition", "2026.2", *more])


@pytest.mark.parametrize("named", ["DUPLICATE:b", "DUPLICATE"])
def test_a_question_is_answered_by_its_code_and_by_its_subject(record: Path, named: str) -> None:
    """Yes makes it two courses; the answer is a copy of the need."""
    assert outcome(record) == "NEEDS_REVIEW"
    other = record.with_name("answered.json")
    assert answer(record, "--yes", named, "-o", str(other)) == 0
    assert outcome(other) == "MET"
    assert json.loads(other.read_text(encoding="utf-8"))["settled"] == [
        {"code": "DUPLICATE", "subjects": ["b"], "answer": "yes", "others": ["a"]}]


def test_no_is_against_the_holder_and_without_a_file_the_record_is_printed(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The input record does not change."""
    before = record.read_bytes()
    assert answer(record, "--no", "DUPLICATE:b") == 0
    assert json.loads(capsys.readouterr().out)["settled"][0]["answer"] == "no"
    assert record.read_bytes() == before


def test_without_an_answer_the_open_questions_are_listed(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each has the words that answer it; after the answer, none is left."""
    assert answer(record) == 0
    first, *question = capsys.readouterr().out.splitlines()
    assert first == "--yes DUPLICATE:b"
    assert " ".join(" ".join(question).split()).endswith("?")
    other = record.with_name("answered.json")
    assert answer(record, *first.split(), "-o", str(other)) == 0
    capsys.readouterr()
    assert answer(other) == 0
    assert capsys.readouterr().out == "No question is open.\n"


def test_a_question_that_is_not_open_is_refused_with_those_that_are(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written, and the open questions are listed in the form to type."""
    other = record.with_name("answered.json")
    assert answer(record, "--yes", "UNDATED:a", "-o", str(other)) == 3
    assert "open: DUPLICATE:b" in capsys.readouterr().err
    assert not other.exists()
