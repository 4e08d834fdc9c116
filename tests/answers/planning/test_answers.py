"""How plans are shown and written: golden reports, JSON that validates, the command."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import cmprules
from cmprules._cli import main
from cmprules.planning import Catalogue, front, read_catalogue
from tests.answers.planning.strategies import ON, Question, questions
from tests.answers.planning.test_days import LACKS_ETHICS, QLS, course, plan, record
from tests.answers.planning.written import of_example, trades_of
from tests.examples import scaled
from tests.strategies import edition

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = Path(__file__).resolve().parent / "golden"
SAMPLES = read_catalogue(ROOT / "examples" / "catalogues" / "samples.csv")
VALIDATORS = {name: Draft202012Validator(cmprules.json_schema(name)) for name in ("catalogue", "plan", "front")}


def test_a_plan_shows_itself_in_a_notebook() -> None:
    """A notebook gets HTML or Markdown; markup in a title is text."""
    found = plan(record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS),
                 [course("c", title="<b>Sample</b> & more")])
    assert "&lt;b&gt;Sample&lt;/b&gt; &amp; more" in found._repr_html_()
    assert "<b>Sample" not in cmprules.render(found, "html")
    assert found._repr_markdown_().startswith("# Cheapest plan for QLS(ASCP)")


def test_there_may_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of trades that was cut off says so."""
    monkeypatch.setattr(cmprules.planning._planner, "MOST_TRADES", 1)
    assert "There may be more." in cmprules.render(trades_of("mls-nearly-there.json"))


def test_rows_of_ones_own_are_named() -> None:
    """A plan that uses a user's file says so."""
    own = ROOT / "docs" / "how-to" / "files" / "mla.toml"
    book = cmprules.load_book(edition="2026.1", extra=[own])
    who = cmprules.read_record(ROOT / "examples" / "mla.json")
    text = cmprules.render(cmprules.plan(who, book, SAMPLES, on=ON))
    assert "Policy edition 2026.1, with figures of your own." in " ".join(text.split())


# ---------------------------------------------------------------------------------------------------------
# JSON.


def why(name: str, answer: Any) -> list[str]:
    """List the errors of the schema in a printed answer."""
    return [error.message for error in VALIDATORS[name].iter_errors(json.loads(cmprules.render(answer, "json")))]


@settings(max_examples=scaled(15))
@given(questions())
def test_whatever_is_written_validates(question: Question) -> None:
    """Catalog, plan and trades validate; the schema comes first, the notice last."""
    found = cmprules.plan(question.record, edition(), question.catalogue, on=ON, by=question.by)
    trades = front(question.record, edition(), question.catalogue, on=ON, by=question.by)
    for name, answer in (("catalogue", question.catalogue), ("plan", found), ("front", trades)):
        assert why(name, answer) == []
        assert next(iter(cmprules.to_mapping(answer).items())) == ("schema", f"cmprules.{name}/1")
    assert list(cmprules.to_mapping(found))[-1] == list(cmprules.to_mapping(trades))[-1] == "notice"


def test_numbers_are_texts() -> None:
    """Money has two decimals; points and hours have no trailing zeros."""
    plain = cmprules.to_mapping(of_example("mls-nearly-there.json"))
    assert (plain["cost"], plain["hours"], plain["bound"], plain["possible"]) == ("24.00", "1.75", "24", True)
    assert plain["courses"][1]["price"] == "0.00"
    assert (plain["by"], plain["budget"], plain["include"]) == ("2026-03-10", None, [])
    assert "cost" not in plain["obstacles"]


@pytest.mark.parametrize("kind", ["formal_ce", "journal_article"])
def test_the_schema_refuses_what_the_reader_refuses(kind: str) -> None:
    """Cases: a unit that the kind does not take, a word instead of a number, an unknown key."""
    sound = {"schema": "cmprules.catalogue/1", "courses": [
        {"id": "c", "title": "T", "kind": kind, "amount": 1, "price": "1"}]}
    assert VALIDATORS["catalogue"].is_valid(sound)
    for more in ({"unit": "semester_hour"}, {"amount": "one"}, {"prize": 1}, {"days": "1"}):
        spoilt = {**sound, "courses": [{**dict(sound["courses"][0]), **more}]}  # type: ignore[arg-type]
        assert not VALIDATORS["catalogue"].is_valid(spoilt)
        with pytest.raises(cmprules.InputError):
            cmprules.planning.parse_catalogue(spoilt)


# ---------------------------------------------------------------------------------------------------------
# The command.


def command(*words: str) -> int:
    """Run the command on an example."""
    catalogue = str(ROOT / "examples" / "catalogues" / "samples.csv")
    return main(["plan", str(ROOT / "examples" / "mls-nearly-there.json"), catalogue, "--on", "2026-03-10", "--edition",
                 "2026.1", *words])


NEARLY = ROOT / "examples" / "mls-nearly-there.json"


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize("what", ["plan", "front"])
def test_the_command_prints_the_answer(format: str, what: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The output equals the library's answer."""
    answer = of_example("mls-nearly-there.json") if what == "plan" else trades_of("mls-nearly-there.json")
    assert command("--format", format, *(["--front"] if what == "front" else [])) == 0
    assert capfd.readouterr() == (cmprules.render(answer, format, record=cmprules.read_record(NEARLY)), "")


def test_the_command_takes_what_is_wanted(capfd: pytest.CaptureFixture[str]) -> None:
    """Every option reaches the plan."""
    words = ("--minimise", "hours", "--budget", "40", "--include", "ethics-safety", "--exclude", "formalin",
             "--exclude", "academy-month", "--by", "2026-04-01", "--trust", "inferred", "--edition", "2026.1")
    assert command(*words, "--format", "json") == 0
    plain = json.loads(capfd.readouterr().out)
    assert (plain["minimise"], plain["budget"], plain["by"]) == ("hours", "40.00", "2026-04-01")
    assert (plain["include"], plain["exclude"]) == (["ethics-safety"], ["academy-month", "formalin"])
    assert (plain["cost"], [one["id"] for one in plain["packages"]]) == ("36.00", ["society-bundle"])


@pytest.mark.parametrize(("words", "status"), [
    (("--budget", "1"), 0), (("--budget", "1", "--exit-code"), 1), (("--exit-code",), 0),
    (("--front", "--budget", "1", "--exit-code"), 1), (("--front", "--exit-code"), 0),
    (("--budget", "many"), 3), (("--include", "nothing"), 3), (("--edition", "1066.1"), 2),
])
def test_the_exit_status_says_how_it_went(words: tuple[str, ...], status: int) -> None:
    """Each status means: answered, no plan, wrong usage, or unreadable."""
    assert command(*words) == status


@pytest.mark.parametrize("words", [("--minimise", "time"), ("--front", "--minimise", "hours"), ("--by", "soon")])
def test_wrong_usage(words: tuple[str, ...]) -> None:
    """Cases: an unknown goal, two questions at once, a bad day."""
    with pytest.raises(SystemExit, match="2"):
        command(*words)


def test_the_command_without_highs(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """The message says what to install, and the exit status is that of wrong usage."""
    monkeypatch.setitem(sys.modules, "highspy", None)
    assert command() == 2
    assert capfd.readouterr() == (
        "", ("cmprules: plans are found by HiGHS, which is not installed; install the extra `plan`: "
             "from a checkout, pip install '.[plan]'\n"))


def test_a_catalogue_that_cannot_be_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Every fault goes to standard error, and standard output stays empty."""
    (tmp_path / "c.csv").write_text("type,id,title,kind,amount\ncourse,c,T,lecture,0\n", encoding="utf-8")
    assert main(["plan", str(ROOT / "examples" / "mls-met.json"), str(tmp_path / "c.csv"), "--on", "2026-03-10"]) == 3
    out, said = capfd.readouterr()
    assert out == ""
    assert "line 2.kind: UNKNOWN_KIND" in said
    assert "line 2.amount: NOT_POSITIVE" in said


def test_an_empty_front_has_its_reason() -> None:
    """The reasons are those of a plan."""
    trades = front(record({**QLS, "expires_on": "2026-05-31"}), edition(), Catalogue(courses=[]), on=ON)
    assert [one.code for one in trades.obstacles] == ["SHORT_WITH_EVERYTHING"]

