"""`cmprules explain`: what it prints, and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main
from cmprules.explaining import review_placement, slack
from tests.strategies import edition

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NEARLY = str(EXAMPLES / "mls-nearly-there.json")
BOTH = str(EXAMPLES / "mls-and-sbb.json")
ON = date(2026, 3, 10)
OPTIONS = ("--on", "2026-03-10", "--edition", "2026.1")


def test_it_prints_the_explanation_of_the_decision(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints text whose last line is the notice."""
    assert main(["explain", NEARLY, *OPTIONS]) == 0
    record = cmprules.read_record(NEARLY)
    decision = cmprules.decide(record, edition(), on=ON)
    whole = cmprules.explain(decision, record=record, book=edition())
    assert capsys.readouterr().out == cmprules.render(whole, record=record)


def test_as_json_it_has_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """Each answer is one document with its schema."""
    for more, schema in (([], "explanation"), (["--moves"], "placement-review"), (["--slack"], "slack")):
        assert main(["explain", NEARLY, *OPTIONS, *more, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["schema"] == f"cmprules.{schema}/1"


def test_one_credential_and_one_activity(capsys: pytest.CaptureFixture[str]) -> None:
    """The options leave out everything else."""
    assert main(["explain", BOTH, *OPTIONS, "--credential", "sbb", "--activity", "s07"]) == 0
    out = capsys.readouterr().out
    assert "(s07, " in out
    assert "s08 (" not in out
    assert "mls:" not in out


def test_moves_and_slack_are_those_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    """They are for one credential, at the trust that was asked for."""
    record = cmprules.read_record(BOTH)
    assert main(["explain", BOTH, *OPTIONS, "--moves", "--credential", "mls", "--trust", "third_party"]) == 0
    expected = review_placement(record, edition(), on=ON, credential="mls", trust="third_party")
    assert capsys.readouterr().out == cmprules.render(expected, record=record)
    assert main(["explain", BOTH, *OPTIONS, "--slack", "--credential", "mls"]) == 0
    assert capsys.readouterr().out == cmprules.render(slack(record, edition(), on=ON, credential="mls"), record=record)


@pytest.mark.parametrize(("more", "fault"), [
    (["--credential", "x"], "$.credential: NO_SUCH_CREDENTIAL"), (["--activity", "x"], "$.activity: NO_SUCH_ACTIVITY"),
    (["--slack", "--credential", "x"], "$.credential: NO_SUCH_CREDENTIAL"),
])
def test_an_unknown_id_is_refused(more: list[str], fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status is 3, the fault goes to standard error, and standard output stays empty."""
    assert main(["explain", NEARLY, *OPTIONS, *more]) == 3
    out, err = capsys.readouterr()
    assert (out, fault in err) == ("", True)


@pytest.mark.parametrize("more", [["--moves", "--slack"], ["--activity", "a10", "--moves"], ["--format", "xml"]])
def test_one_answer_at_a_time(more: list[str]) -> None:
    """Two answers at once, or an unknown format, are wrong usage."""
    with pytest.raises(SystemExit) as left:
        main(["explain", NEARLY, *OPTIONS, *more])
    assert left.value.code == 2


def test_help_ends_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """The example runs as it is written."""
    with pytest.raises(SystemExit):
        main(["explain", "--help"])
    assert "cmprules explain examples/mls-nearly-there.json" in capsys.readouterr().out
