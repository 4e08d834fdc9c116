"""`cmprules exam`: what it prints, where, and the status it exits with."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main
from cmprules.exam import exam_outlook, read_exam
from tests.answers.exam.written import EXAMPLES
from tests.promises.golden.files import read

FAILED = str(EXAMPLES / "mls-failed.json")


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md"), ("html", "html")])
def test_it_prints_the_report_in_every_format(form: str, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The output is word for word the report that a person has read."""
    assert main(["exam", FAILED, "--on", "2026-02-09", "--hours-per-week", "6", "--edition", "2026.1",
                 "--format", form]) == 0
    out, err = capsys.readouterr()
    assert out == read("exam", f"mls-failed.{ending}")
    assert not err


def test_json_is_the_outlook(capsys: pytest.CaptureFixture[str]) -> None:
    """Without hours nothing is divided."""
    assert main(["exam", FAILED, "--on", "2026-02-09", "--format", "json"]) == 0
    outlook = exam_outlook(read_exam(FAILED), cmprules.load_book(), on=date(2026, 2, 9))
    assert json.loads(capsys.readouterr().out) == cmprules.to_mapping(outlook)


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It works as for a record."""
    given = io.TextIOWrapper(io.BytesIO(Path(FAILED).read_bytes()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", given)
    assert main(["exam", "-", "--on", "2026-02-09"]) == 0
    assert "Not passed, 24 scaled points" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "code"), [
    ((FAILED, "--on", "2026-01-01"), "LATER_THAN_ON"),
    ((FAILED, "--on", "2026-02-09", "--hours-per-week", "169"), "TOO_MANY_HOURS"),
    (("nowhere.json",), "CANNOT_READ"),
])
def test_what_cannot_be_read_exits_with_3_and_prints_nothing(
    arguments: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every fault goes to standard error."""
    assert main(["exam", *arguments]) == 3
    out, err = capsys.readouterr()
    assert not out
    assert code in err


@pytest.mark.parametrize("arguments", [(), (FAILED, "--hours-per-week", "many"), (FAILED, "--hours-per-week", "0"),
                                       (FAILED, "--on", "soon"), (FAILED, "--format", "pdf")])
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    """That covers every argument that the command does not take."""
    with pytest.raises(SystemExit) as stopped:
        main(["exam", *arguments])
    assert stopped.value.code == 2


@pytest.mark.parametrize("name", ["exam", "exam-outlook", "participation", "designation"])
def test_the_schemas_are_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each new format has one, written from the declarations."""
    assert main(["schema", name]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]["schema"] == {"const": f"cmprules.{name}/1"}
    assert all(part["description"] for part in schema["$defs"].values() if part.get("type") == "object")
