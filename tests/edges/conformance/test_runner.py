"""The runner and its command: what passes, what it catches, and how it handles other programs."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules import conformance
from cmprules._kit.shapes import fields_of
from cmprules._policy.book import AreaFigure, CapFigure, Citation, Figure, Policy
from cmprules._rules.results import (
    ActivityResult,
    AreaResult,
    CredentialDecision,
    DecisionFields,
    Declaration,
    FeeLine,
    FeeQuote,
    Finding,
    Need,
    PlacedPoints,
    Shortfall,
    Stamp,
    Total,
)
from cmprules.conformance import Vector, answer, answer_lines, comparable, run, vectors
from cmprules.conformance._command import main
from cmprules.conformance._compare import DECISION, LEFT_OUT, POLICY
from cmprules.conformance._program import run_program
from cmprules.conformance._runner import Report
from tests.edges.conformance.shipped import shipped
from tests.examples import some_of

ROOT = Path(__file__).resolve().parents[3]


@cache
def some() -> tuple[Vector, ...]:
    """Return enough vectors for a program to run: answers and refusals."""
    return tuple(vector for vector in shipped("2026.1")
                 if any(fnmatchcase(vector.id, like) for like in ("window/*", "input/*", "doubts/cycle/*")))


def port(name: str) -> str:
    """Return the command of a program in this folder."""
    return shlex.join([sys.executable, "-m", "tests.edges.conformance.ports", name])


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in the root of the repository, where the programs of the tests are found."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let command and runner use the vectors already read for another test."""
    monkeypatch.setattr("cmprules.conformance._command.vectors", shipped)
    monkeypatch.setattr("cmprules.conformance._runner.vectors", shipped)


def program(name: str, *, patience: float = 60) -> Report:
    """Run one of the programs over some vectors."""
    return run_program(port(name), some(), patience=patience)


# ---------------------------------------------------------------------------------------------------------
# Other implementations.


@pytest.mark.parametrize("name", ["talkative", "blank_lines", *(
    pytest.param(name, marks=pytest.mark.slow) for name in ("backwards", "lingering"))])
def test_a_program_may_do_as_it_likes_with_all_that_is_not_compared(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Order of replies, findings and faults, extra keys, wording and buffering do not matter."""
    monkeypatch.setattr("cmprules.conformance._program._LEFT_ALONE", 0.1)
    report = program(name)
    assert report.conforms, (report.failures[:2], report.problems)
    assert report.passed == len(some())


def test_the_library_can_be_served() -> None:
    """The command with --serve is such a program, and passes everything."""
    command = shlex.join([sys.executable, "-m", "cmprules.conformance", "--serve"])
    report = run_program(command, some_of(shipped("2026.1")))
    assert report.conforms, (report.failures[:2], report.problems)


def test_one_wrong_day_is_caught() -> None:
    """A window that opens a day early fails exactly the vectors that open on that day, by name."""
    report = program("wrong_number")
    assert not report.conforms
    assert report.problems == ()
    assert 0 < len(report.failures) < len(some())
    assert {str(difference) for failure in report.failures for difference in failure.differences} == {
        '$.answer.credentials[0].declaration.opens_on: expected "2026-03-02", got "2026-03-01"'}


def test_one_wrong_code_is_caught() -> None:
    """A fault with another code is a failure."""
    report = program("wrong_code")
    assert {failure.id.rpartition("/")[0] for failure in report.failures} == {"input/points/decimals"}
    assert "TOO_LONG" in str(report.failures[0].differences[0])


def test_a_program_that_ends_early() -> None:
    """Unanswered vectors fail, and the exit status is shown."""
    report = program("stops")
    assert report.passed == 3
    assert {failure.problem for failure in report.failures} == {"no reply"}
    assert report.problems == ("the program ended with status 7, after 3 replies",)


def test_a_program_that_does_not_listen() -> None:
    """A closed input does not crash the runner, though it has more to write than a pipe holds."""
    report = run_program(port("deaf"), shipped("2026.1"))
    assert report.passed == 0
    assert report.problems == ("the program ended with status 0, after 0 replies",)


def test_a_program_that_says_nothing() -> None:
    """The runner stops waiting."""
    report = program("silent", patience=0.2)
    assert report.passed == 0
    assert report.problems == ("no line for 0.2 seconds, after 0 replies",)


def test_a_program_that_prints_something_else() -> None:
    """After a few lines that are not replies the runner gives up, and shows them."""
    report = program("garbage")
    assert report.passed == 0
    assert len(report.problems) == 5
    assert "Traceback (most recent call last):" in report.problems[0]


def test_replies_that_were_not_asked_for() -> None:
    """A second reply, a reply to another question, and one without id are each a problem; the rest counts."""
    report = program("odd")
    assert not report.conforms
    assert not report.failures
    assert [problem.partition(":")[0] for problem in report.problems] == [
        "a second reply to the same case", "a reply to an unknown case", "a reply to an unknown case",
        "a line is not a reply (a JSON object with an id)"]


def test_answers_of_every_wrong_shape() -> None:
    """Any value instead of an answer is a failure, and no crash."""
    report = program("empty_answers")
    assert report.passed == 0
    assert report.problems == ()
    assert "the reply has neither 'answer' nor 'refused'" in {failure.problem for failure in report.failures}
    assert all(failure.problem or failure.differences for failure in report.failures)


@pytest.mark.parametrize("command", ["no-such-program-anywhere", "", "'"])
def test_a_program_that_cannot_be_started(command: str) -> None:
    """The report says so, and every vector has failed."""
    report = run_program(command, some()[:2])
    assert len(report.failures) == 2
    assert "could not be started" in report.problems[0]


def test_a_long_line_is_shown_in_short() -> None:
    """A page of nonsense on one line does not fill the screen."""
    command = shlex.join([sys.executable, "-c", "print('x' * 10000)"])
    report = run_program(command, some()[:2])
    assert max(len(problem) for problem in report.problems) < 200


# ---------------------------------------------------------------------------------------------------------
# In Python.


def test_what_an_implementation_raises_is_a_failure_of_that_case() -> None:
    """An error in one case does not end the run."""
    def stumbles(case: Mapping[str, Any]) -> Mapping[str, Any]:
        if case["id"] == some()[1].id:
            raise ZeroDivisionError("by nothing")
        return answer(case)

    report = run(stumbles, of=some()[:3])
    assert report.passed == 2
    assert report.failures[0].problem == "raised ZeroDivisionError: by nothing"


def test_nothing_conforms_to_no_vectors() -> None:
    """A run without a case proves nothing."""
    assert not run(of=[]).conforms


def test_progress_is_told() -> None:
    """Progress is reported case by case."""
    seen: list[int] = []
    run(of=some()[:3], progress=seen.append)
    assert seen == [1, 2, 3]


def test_the_newest_vectors_are_taken_if_none_are_named() -> None:
    """Covers `vectors()` and `run()` without arguments."""
    assert vectors() == shipped("2026.2")
    assert set(run(lambda _: {}).groups) == {vector.group for vector in shipped()}


def test_cases_that_cannot_be_read_are_answered_too() -> None:
    """A server answers every line, whatever it contains."""
    lines = ["[1]", "{", '{"id": "a"}', '{"id": "b", "do": ["decide"]}', '{"id": "c", "do": "decide", "text": 7}',
             '{"id": "d", "do": "decide", "edition": "1999.1"}', '{"id": "e", "do": "decide", "text": "\\ud83d"}']
    assert [json.loads(line) for line in answer_lines(lines)] == [
        {"id": None, "refused": [["$", "WRONG_TYPE"]]}, {"id": None, "refused": [["$", "NOT_JSON"]]},
        {"id": "a", "refused": [["$.do", "UNKNOWN_WORD"]]}, {"id": "b", "refused": [["$.do", "UNKNOWN_WORD"]]},
        {"id": "c", "refused": [["$", "WRONG_TYPE"]]}, {"id": "d", "refused": [["$.edition", "UNKNOWN_WORD"]]},
        {"id": "e", "refused": [["$", "NOT_UTF8"]]}]


# ---------------------------------------------------------------------------------------------------------
# What is compared.

PARTS: dict[str, type[Any]] = {
    "": DecisionFields, "stamp": Stamp, "credentials": CredentialDecision, "credentials.cycle": cmprules.Period,
    "credentials.total": Total, "credentials.areas": AreaResult, "credentials.shortfalls": Shortfall,
    "credentials.placements": PlacedPoints, "credentials.activities": ActivityResult,
    "credentials.declaration": Declaration, "credentials.needs": Need, "credentials.findings": Finding,
    "credentials.findings.citations": Citation, "fees": FeeQuote, "fees.lines": FeeLine,
}


def keys(cls: type[Any]) -> set[str]:
    """Return the keys of a class in JSON."""
    return {field.key for field in fields_of(cls)}


def compared(path: str) -> set[str]:
    """Return the keys that are compared in a part of a decision."""
    at: Any = DECISION
    for step in path.split(".") if path else []:
        at = at[step]
    return set(at) - {"schema"}


@pytest.mark.parametrize(("path", "cls"), PARTS.items(), ids=lambda part: part if isinstance(part, str) else "")
def test_every_key_of_a_decision_is_compared_or_left_out_on_purpose(path: str, cls: type[Any]) -> None:
    """A key added to the format cannot be forgotten here."""
    left_out = {name.rpartition(".")[2] for name in LEFT_OUT if name.rpartition(".")[0] == path and name != "notes"}
    expected = keys(cls) | ({"given_code"} if path == "credentials" else set())
    assert compared(path) | left_out == expected
    assert not compared(path) & left_out


@pytest.mark.parametrize(("path", "cls"), [("", Policy), ("total", Figure), ("pool", Figure), ("areas", AreaFigure),
                                           ("caps", CapFigure)])
def test_every_key_of_a_policy_is_compared_or_left_out_on_purpose(path: str, cls: type[Any]) -> None:
    """The same holds for the tables."""
    at: Any = POLICY[path] if path else POLICY
    assert set(at) - {"schema"} | ({"notes"} if not path else set()) == keys(cls)


def test_a_former_code_that_is_not_asked_for_is_a_difference() -> None:
    """An optional key is compared even where it should be absent."""
    vector = next(vector for vector in some() if "answer" in vector.expected)
    reply = json.loads(json.dumps(vector.expected))
    assert comparable(reply) == vector.expected
    reply["answer"]["credentials"][0]["given_code"] = "MT"
    report = run(lambda _: reply, of=[vector])
    assert [difference.path for difference in report.failures[0].differences] == ["$.answer.credentials[0].given_code"]


def test_at_most_ten_differences_of_a_case_are_kept() -> None:
    """An answer that is wrong everywhere does not fill the report."""
    vector = next(vector for vector in some() if "answer" in vector.expected)
    reply = {"answer": dict.fromkeys(DECISION, "x") | {"credentials": [{"total": dict.fromkeys("abc")}]}}
    report = run(lambda _: reply, of=[vector])
    assert len(report.failures[0].differences) == 10


# ---------------------------------------------------------------------------------------------------------
# The command.


def test_the_command_prints_a_table_and_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is by group; the command runs every vector that it gets."""
    given = some_of(shipped())
    monkeypatch.setattr("cmprules.conformance._command.vectors", lambda _: given)
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["group", "passed", "failed"]
    assert lines[-2].split() == ["total", str(len(given)), "0"]
    assert lines[-1] == f"conforms: all {len(given)} of the vectors of edition 2026.2 pass"


def test_the_command_shows_failures(capsys: pytest.CaptureFixture[str]) -> None:
    """It shows the first ones with path and both values, counts the rest, and sets an exit status."""
    assert main(["--command", port("wrong_number"), "--only", "window/*", "--only", "input/*"]) == 1
    out = capsys.readouterr().out
    assert out.count("failed: ") == 10
    assert '  $.answer.credentials[0].declaration.opens_on: expected "2026-03-02", got "2026-03-01"' in out
    assert " more; --format json lists them all" in out
    assert out.splitlines()[-1].startswith("does not conform: ")
    assert out.splitlines()[-1].endswith(" of the vectors of edition 2026.2 that were chosen fail")


def test_the_command_shows_problems(capsys: pytest.CaptureFixture[str]) -> None:
    """They are errors that do not belong to a case."""
    assert main(["--command", port("silent"), "--only", "window/*/on", "--patience", "0.1"]) == 1
    out = capsys.readouterr().out
    assert "\n  no reply\n" in out
    assert "\nproblem: no line for 0.1 seconds, after 0 replies\n" in out


def test_the_command_writes_json(capsys: pytest.CaptureFixture[str]) -> None:
    """It is the same as data; an absent side of a difference is left out."""
    assert main(["--command", port("empty_answers"), "--only", "window/*", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["conforms"] is False
    assert report["edition"] == "2026.2"
    assert report["groups"] == {"window": {"passed": 0, "failed": len(report["failures"])}}
    assert report["problems"] == []
    differences = [difference for failure in report["failures"] for difference in failure["differences"]]
    assert {"path", "expected", "got"} in [set(difference) for difference in differences]
    assert {"path", "expected"} in [set(difference) for difference in differences]


def test_the_command_lists_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """It runs nothing."""
    assert main(["--list", "--edition", "2026.1"]) == 0
    assert capsys.readouterr().out.splitlines() == [vector.id for vector in shipped("2026.1")]


def test_the_command_writes_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is one for each vector, for authors of implementations."""
    assert main(["--write", str(tmp_path), "--only", "window/*"]) == 0
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json"))
    chosen = [vector for vector in shipped() if vector.group == "window"]
    assert written == sorted(f"{vector.id}.json" for vector in chosen)
    assert capsys.readouterr().out == f"{len(chosen)} vectors written to {tmp_path}\n"
    one = json.loads((tmp_path / written[0]).read_text(encoding="utf-8"))
    assert Vector(**one) in chosen


def test_the_command_serves(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It answers each line with a line."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{json.dumps(some()[0].request)}\nnonsense\n"))
    assert main(["--serve"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert comparable(json.loads(first)) == some()[0].expected
    assert json.loads(second) == {"id": None, "refused": [["$", "NOT_JSON"]]}


@pytest.mark.parametrize("arguments", [["--only", "x"], ["--edition", "1999.1"], ["--serve", "--list"],
                                       ["--form", "json"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """It exits with 2 and says why."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_the_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """The example can be copied."""
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    assert 'python -m cmprules.conformance --command "node port.js"' in capsys.readouterr().out


def test_progress_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It goes to standard error, on one line, and disappears at the end."""
    assert main(["--only", "window/*"]) == 0
    assert capsys.readouterr().err == ""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr", terminal)
    assert main(["--only", "points/MLS/*"]) == 0
    assert "\r50 of " in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_the_module_is_a_program() -> None:
    """The exit status of `python -m cmprules.conformance` is the result."""
    done = subprocess.run([sys.executable, "-m", "cmprules.conformance", "--only", "window/*"], capture_output=True,
                          text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("conforms: all ")


# ---------------------------------------------------------------------------------------------------------
# The door.


def test_the_public_door_is_sorted_documented_and_complete() -> None:
    """Exported names are sorted, have docstrings, and are in the reference once."""
    assert conformance.__all__ == sorted(conformance.__all__)
    api = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference" / "api").glob("*.md"))
    for name in conformance.__all__:
        assert getattr(conformance, name).__doc__
        assert api.count(f"\n::: cmprules.conformance.{name}\n") == 1, name
