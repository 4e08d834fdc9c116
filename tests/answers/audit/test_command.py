"""The command `cmprules audit`: the same answers as the functions, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cmprules
from cmprules._cli import main
from cmprules.audit import manifest, readiness, substitute
from tests.answers.audit import ON

ROOT = Path(__file__).resolve().parents[3]
RECORD = str(ROOT / "examples" / "mls-and-sbb.json")
ASKED = ("--on", "2026-03-10", "--edition", "2026.1")


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json"])
def test_it_prints_readiness(format: str, capsys: pytest.CaptureFixture[str], book: cmprules.PolicyBook) -> None:
    """The output is what `render` writes."""
    assert main(["audit", RECORD, *ASKED, "--format", format]) == 0
    assert capsys.readouterr().out == cmprules.render(
        readiness(cmprules.read_record(RECORD), book, on=ON), format, record=cmprules.read_record(RECORD))


def test_it_prints_the_manifest_of_one_credential(
    capsys: pytest.CaptureFixture[str], book: cmprules.PolicyBook
) -> None:
    """`--manifest` prints the manifest of one credential."""
    assert main(["audit", RECORD, *ASKED, "--credential", "sbb", "--manifest", "--format", "json"]) == 0
    expected = manifest(cmprules.read_record(RECORD), book, on=ON, credential="sbb")
    assert json.loads(capsys.readouterr().out) == cmprules.to_mapping(expected)


def test_it_prints_what_steps_in(capsys: pytest.CaptureFixture[str], book: cmprules.PolicyBook) -> None:
    """`--reject`, repeated for each activity, prints the substitution."""
    assert main(["audit", RECORD, *ASKED, "--reject", "s08", "--reject", "s01", "--format", "json"]) == 0
    expected = substitute(cmprules.read_record(RECORD), book, on=ON, rejected=["s01", "s08"])
    assert json.loads(capsys.readouterr().out) == cmprules.to_mapping(expected)


@pytest.mark.parametrize(("asked", "code"), [
    (["--credential", "ht"], "NO_SUCH_CREDENTIAL"), (["--reject", "s99"], "NO_SUCH_ACTIVITY")])
def test_an_id_that_is_not_there_exits_with_3(
    asked: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fault goes to standard error, and standard output stays empty."""
    assert main(["audit", RECORD, *ASKED, *asked]) == 3
    out, err = capsys.readouterr()
    assert (out, code in err) == ("", True)


def test_a_manifest_and_a_rejection_are_two_questions(capsys: pytest.CaptureFixture[str]) -> None:
    """Asking for both at once is wrong usage."""
    with pytest.raises(SystemExit) as stopped:
        main(["audit", RECORD, *ASKED, "--manifest", "--reject", "s01"])
    assert stopped.value.code == 2
    assert "not allowed with" in capsys.readouterr().err
