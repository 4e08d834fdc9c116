"""The questions of the playground's page: plain data in, plain data out, with the package's own messages."""

from __future__ import annotations

import ast
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from tasks.playground import desk

import cmprules
from cmprules._facts.examples import EXAMPLES

ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "tests" / "edges" / "intake" / "files"
ON = "2026-03-10"


def ask(method: str, **asked: Any) -> Any:
    """Ask as the page does, through JSON."""
    return json.loads(desk.answer(method, json.dumps(asked)))


def draft(name: str = "mls-nearly-there") -> Any:
    """Return an example in the form of the page."""
    return ask("example", name=name)["record"]


def case(record: Any, **more: Any) -> dict[str, Any]:
    """Return the arguments that the page sends with every question."""
    return {"draft": record, "on": ON, "edition": "2026.2", "trust": "inferred", **more}


def test_the_fields_offer_what_a_record_may_say() -> None:
    """Every offered word is accepted, and the newest edition comes last."""
    words = ask("words")
    codes = {one["code"] for one in words["credentials"]}

    assert codes == set(cmprules.load_book().codes)
    assert words["editions"] == list(cmprules.editions())
    assert words["examples"] == list(EXAMPLES)
    assert words["areas"]["blood_banking"] == "Blood banking"
    assert "pool" not in words["areas"]
    assert words["units"]["contact_hour"] == "contact hours"
    assert next(iter(words["trust"])) == "inferred"
    assert set(words["trust"]) == set(cmprules.Grade) - {"user"}
    for kind, one in words["kinds"].items():
        assert set(one["units"]) <= set(words["units"]), kind


def test_a_bundled_book_is_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundled book equals the one that is loaded, and nothing else is accepted as one."""
    kept = pickle.dumps(cmprules.load_book("2026.1"))
    (tmp_path / "2026.1.pickle").write_bytes(kept)
    (tmp_path / "1999.1.pickle").write_bytes(kept)
    monkeypatch.setattr(desk, "BOOKS", tmp_path)
    desk.book_of.cache_clear()

    assert desk.book_of("2026.1") == cmprules.load_book("2026.1")
    assert desk.book_of("2026.1") is not cmprules.load_book("2026.1")
    assert desk.book_of("2026.2") is cmprules.load_book("2026.2")
    with pytest.raises(cmprules.UnknownEditionError):
        desk.book_of("1999.1")
    desk.book_of.cache_clear()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_decision_is_the_package_s_own(name: str) -> None:
    """The files to keep are what `decide` and `render` return."""
    decision = cmprules.decide(cmprules.example(name), cmprules.load_book("2026.2"), on=ON)

    assert ask("keep", what="decision", **case(draft(name)))["text"] == cmprules.render(decision, "json")


def test_the_verdicts_are_those_of_the_report() -> None:
    """The first is that of the whole record, and no word is escaped."""
    shown = ask("view", part="answer", more={}, **case(draft("mls-and-sbb")))

    assert [(one["tone"], one["text"]) for one in shown["verdicts"]] == [
        ("good", "2 of 2 credentials in order"), ("good", "Requirements met"), ("good", "Requirements met")]
    assert desk.verdicts('<p class="verdict open"><strong><span a="b">?</span> Can&#x27;t</strong>') == [
        {"tone": "open", "text": "Can't"}]


@pytest.mark.parametrize(("part", "words"), [
    ("answer", "What to do"), ("why", "Why"), ("dates", "All dates ahead"), ("course", "Only the record changed"),
    ("editions", "2026.1"), ("keep", ""),
])
def test_each_part_is_a_report(part: str, words: str) -> None:
    """Each part has its report and the verdicts."""
    course = {"title": "Ethics", "kind": "formal_ce", "amount": "1", "completed_on": "2026-03-01", "areas": ["ethics"]}
    more = {"course": course, "against": "2026.1"}
    shown = ask("view", part=part, more=more, **case(draft()))

    assert words in shown["html"]
    assert bool(shown["html"]) == (part != "keep")
    assert shown["verdicts"] == [{"tone": "bad", "text": "Requirements not met"}]


def test_a_long_record_is_shown_without_details_and_kept_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the limit a page has everything."""
    folded = "How each activity counted"
    for most, long in ((24, False), (23, True)):
        monkeypatch.setattr(desk, "MOST_SHOWN", most)
        shown = ask("view", part="answer", more={}, **case(draft()))
        assert (shown["long"], folded in shown["html"]) == (long, not long)
    assert folded in ask("keep", what="report", **case(draft()))["text"]


def test_what_if_leads_with_the_verdict_that_would_be() -> None:
    """The example's last points change the verdict; without a course there is nothing to compare."""
    course = {"title": "More", "kind": "formal_ce", "amount": "2", "completed_on": "2026-03-01",
              "areas": ["ethics", "blood_banking"]}
    nothing, shown = (ask("view", part="course", more=more, **case(draft())) for more in ({}, {"course": course}))

    assert (nothing["after"], nothing["html"]) == ([], "")
    assert [one["text"] for one in shown["after"]] == ["Needs review"]
    assert [one["text"] for one in shown["verdicts"]] == ["Requirements not met"]


def test_a_question_can_be_answered_until_it_is_met() -> None:
    """The page's answer settles the question, either way."""
    record = draft("needs-division")
    need, = ask("view", part="answer", more={}, **case(record))["needs"]

    assert (need["yes_or_no"], need["about"]) == (True, "Patient safety and medical ethics in specimen collection")
    for answer, outcome in (("yes", "Requirements met"), ("no", "Requirements not met")):
        settled = [{"code": need["code"], "subjects": [need["subject"]], "answer": answer}]
        shown = ask("view", part="answer", more={}, **case({**record, "settled": settled}))
        assert [one["text"] for one in shown["verdicts"]] == [outcome]


def test_a_question_without_two_answers_says_so() -> None:
    """A question that only the Board of Certification can answer has no button."""
    need, = ask("view", part="answer", more={}, **case(draft("mla")))["needs"]

    assert (need["yes_or_no"], need["about"]) == (False, "MLA")


def test_faults_are_the_package_s_own_without_the_options_of_the_command_line() -> None:
    """Each has its path, its code and its message."""
    record = draft()
    record["credentials"][0]["code"] = "MLSS"
    record["activities"][3]["amount"] = "-1"
    faults = ask("view", part="answer", more={}, **case(record))["faults"]

    assert [(fault["path"], fault["code"]) for fault in faults] == [
        ("$.credentials[0].code", "UNKNOWN_CODE"), ("$.activities[3].amount", "NOT_POSITIVE")]
    assert faults[0]["text"] == "Got 'MLSS', expected a credential code; did you mean 'MLS'?"
    assert ask("view", part="answer", more={}, **case(draft(), on="soon"))["faults"][0]["path"] == "$.on"


def test_an_error_without_faults_is_told_too() -> None:
    """The edition is not in this release."""
    assert ask("view", part="answer", more={}, **case(draft(), edition="1999.1"))["faults"] == [{
        "path": "$", "code": "UnknownEditionError",
        "text": "no edition '1999.1'; this release has: 2026.1, 2026.2"}]


def test_rows_of_a_file_come_in_with_what_is_asked_about_them(tmp_path: Path) -> None:
    """A day in unknown order is asked about; the page's option answers it."""
    path = tmp_path / "t.csv"
    path.write_text("Course Title,Date Completed,Contact Hours,Subject Area\nSafe needles,02/05/2024,1,Safety\n"
                    "Ethics,2024-02-30,1,Ethics\n")
    record = {"schema": "cmprules.record/1", "holder": {"id": "me"}, "activities": [],
              "credentials": [{"id": "c1", "code": "PBT", "expires_on": "2026-05-31"}]}
    open_ = ask("rows", paths=[str(path)], draft=record, options={"dates": "", "unit": ""})
    said = ask("rows", paths=[str(path)], draft=record, options={"dates": "us"})

    asked = {line["what"]: line for line in open_["lines"]}
    assert asked["Safe needles"]["texts"] == [
        "'02/05/2024' is 2024-02-05 or 2024-05-02. Is the month first or the day?"]
    assert (asked["Ethics"]["activity"], asked["Ethics"]["codes"]) == (None, ["NO_SUCH_DATE"])
    assert "completed_on" not in open_["record"]["activities"][0]
    assert said["record"]["activities"][0]["completed_on"] == "2024-02-05"
    assert said["record"]["activities"][0]["id"] == asked["Safe needles"]["activity"]


def test_rows_without_a_credential_say_what_is_missing() -> None:
    """There is no record yet, and the message names no command-line option."""
    found = ask("rows", paths=[str(FILES / "case-25-transcript.csv")], options={},
                draft={"schema": "cmprules.record/1", "holder": {"id": "me"}, "credentials": [], "activities": []})

    assert (found["record"], found["why"]) == (None, "No credential is known. Name one above, with its last day.")


def test_a_record_and_a_receipt_are_opened_as_what_they_are(tmp_path: Path) -> None:
    """A receipt is replayed first; any other file is read for rows."""
    record, receipt = tmp_path / "record.json", tmp_path / "receipt.json"
    record.write_text(ask("keep", what="record", **case(draft()))["text"], encoding="utf-8")
    receipt.write_text(ask("keep", what="receipt", **case(draft(), trust="official"))["text"], encoding="utf-8")
    rows = tmp_path / "rows.csv"
    rows.write_text("{not JSON, but rows}\n")

    assert ask("opened", paths=[str(record)]) == {"what": "record", "record": draft()}
    opened = ask("opened", paths=[str(receipt)])
    assert (opened["what"], opened["on"], opened["edition"], opened["trust"]) == ("receipt", ON, "2026.2", "official")
    assert "same" in opened["html"].lower()
    assert ask("opened", paths=[str(rows)]) == {"what": "rows"}
    assert ask("opened", paths=[str(ROOT / "examples" / "pbt.toml")])["what"] == "record"
    assert ask("opened", paths=[str(FILES / "case-25-transcript.xlsx")]) == {"what": "rows"}


def test_a_record_with_faults_comes_in_as_it_stands_if_the_fields_can_show_it(tmp_path: Path) -> None:
    """A record without rows is refused with all faults."""
    path = tmp_path / "record.json"
    record = draft()
    record["activities"][3]["amount"] = "-1"
    path.write_text("\ufeff" + json.dumps(record), encoding="utf-8")

    assert ask("opened", paths=[str(path)])["record"] == record
    for key, value in (("activities", {}), ("activities", [1]), ("holder", "me"), ("settled", {}),
                       ("credentials", [{"id": 7}]), ("activities", [{"id": "a"}, {"id": "a"}]),
                       ("activities", [{"id": "a", "areas": "safety"}])):
        path.write_text(json.dumps({**record, key: value}), encoding="utf-8")
        assert ask("opened", paths=[str(path)])["faults"], (key, value)


def test_a_file_that_needs_a_reader_of_another_kind_says_what_to_do() -> None:
    """A page cannot install an extra."""
    fault, = desk.faults_of(cmprules.MissingExtraError("install the extra 'intake'"))

    assert (fault["code"], "CSV or Excel" in fault["text"], "extra" in fault["text"]) == (
        "MissingExtraError", True, False)


def test_the_files_to_keep_are_what_their_names_say() -> None:
    """They are a calendar with reminders, a page, and data."""
    kept = {what: ask("keep", what=what, **case(draft())) for what in desk.KEPT}

    assert kept["calendar"]["text"].startswith("BEGIN:VCALENDAR\r\n")
    assert "TRIGGER" in kept["calendar"]["text"]
    assert kept["report"]["text"].startswith("<!DOCTYPE html>")
    assert cmprules.parse_record(json.loads(kept["record"]["text"])) == cmprules.example("mls-nearly-there")
    assert [(one["name"], one["type"]) for one in kept.values()] == [
        ("calendar.ics", "text/calendar"), ("receipt.json", "application/json"), ("record.json", "application/json"),
        ("report.html", "text/html"), ("decision.json", "application/json")]


def test_the_desk_needs_nothing_that_the_bundle_leaves_out() -> None:
    """It imports no part of the package that the page does not need."""
    left_out = {"_cli", "batch", "conformance", "testing"}
    tree = ast.parse(Path(desk.__file__).read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}

    assert not {name for name in named if set(name.split(".")) & left_out}
