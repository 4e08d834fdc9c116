"""Worked cases of the second edition: identity, answers, certified and proposed areas, ends of months."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import cmprules
from tests.core.cases import test_cases as words

CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("identity.toml").read_text(encoding="utf-8"))
BOOK = cmprules.load_book(edition="2026.2")
KEYS = ("title", "provider", "session", "certified", "proposed_areas")


def activity_of(line: str) -> dict[str, Any]:
    """Read `a1 2025-02-14 formal_ce 2 safety title=Order_of_draw certified=safety:1`."""
    plain = " ".join(word for word in line.split() if word.partition("=")[0] not in KEYS)
    found = words._activity(plain)
    assert isinstance(found, dict)
    for word in line.split():
        key, _, value = word.partition("=")
        if key == "certified":
            found[key] = dict(part.split(":") for part in value.split(","))
        elif key == "proposed_areas":
            found[key] = value.split(",")
        elif key in KEYS:
            found[key] = value.replace("_", " ")
    return found


def answer_of(line: str) -> dict[str, Any]:
    """Read `REPEATED_COURSE y2,y3 yes y1`: code, subjects, answer and others."""
    code, subjects, answer, *others = line.split()
    return {"code": code, "subjects": subjects.split(","), "answer": answer,
            "others": others[0].split(",") if others else []}


def record_of(case: dict[str, Any]) -> cmprules.Record:
    """Make the record of a case."""
    lines = [line for name in case.get("use", ()) for line in CASES["sets"][name]] + case["activities"]
    names = ("credential", "activity", "area", "points")
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [words._credential(line) for line in case.get("credentials", ["pbt PBT 2026-05-31"])],
        "activities": [activity_of(line) for line in lines],
        "placements": [dict(zip(names, line.split(), strict=True)) for line in case.get("own_placements", ())],
        "settled": [answer_of(line) for line in case.get("settled", ())],
    })


def decided(case: dict[str, Any]) -> cmprules.CredentialDecision:
    """Decide a case."""
    decision = cmprules.decide(record_of(case), BOOK, on=case.get("on", "2026-03-10"),
                               trust=case.get("trust", "inferred"))
    return decision.credentials[0]


def with_others(code: str, subject: str, others: tuple[str, ...] | None) -> str:
    """Write a need or a finding with the activities that it is compared with."""
    return " ".join([code, subject, *([",".join(others)] if others else [])])


@pytest.mark.parametrize("case", CASES["case"], ids=[case["name"] for case in CASES["case"]])
def test_a_worked_case(case: dict[str, Any]) -> None:
    """Outcome, figures, questions, findings and buckets are those worked out by hand."""
    answer = decided(case)
    assert str(answer.outcome) == case["outcome"]
    for key in ("total", "grade", "cycle"):
        if key in case:
            assert words._said(answer, key) == case[key], key
    if "needs" in case:
        assert [with_others(need.code, need.subject, need.others) for need in answer.needs] == case["needs"]
    found = {name for finding in answer.findings
             for name in (finding.code, f"{finding.code} {finding.subject}",
                          with_others(finding.code, finding.subject, finding.others))}
    assert set(case.get("findings", ())) <= found, set(case["findings"]) - found
    assert not set(case.get("absent", ())) & found
    buckets = {result.id: words._bucket_words(result) for result in answer.activities or ()}
    for name, said in case.get("buckets", {}).items():
        assert buckets[name] == said, name
    if "placements" in case and "own_placements" not in case:
        assert words._said(answer, "placements") == case["placements"]
    words._check_sums(answer, record_of(case))


@pytest.mark.parametrize("case", [case for case in CASES["case"] if case["outcome"] == "NEEDS_REVIEW"],
                         ids=lambda case: case["name"])
def test_needs_are_answered_by_copying_them(case: dict[str, Any]) -> None:
    """Every need can be copied as an answer of yes and is used; after a few rounds nothing is asked."""
    answers = [answer_of(line) for line in case.get("settled", ())]
    for _ in range(4):
        record = {**cmprules.to_mapping(record_of(case)), "settled": answers}
        answer = cmprules.decide(cmprules.parse_record(record), BOOK, on=case.get("on", "2026-03-10"),
                                 trust=case.get("trust", "inferred")).credentials[0]
        assert not [finding for finding in answer.findings if finding.code == "ANSWER_NOT_NEEDED"]
        asked = [need for need in answer.needs if (need.code, [need.subject]) not in
                 [(one["code"], one["subjects"]) for one in answers]]
        if not asked:
            break
        answers += [{"code": need.code, "subjects": [need.subject], "answer": "yes", "others": list(need.others or ())}
                    for need in asked]
    total = answer.total
    short = total is not None and bool(total.short)
    assert answer.outcome == ("NEEDS_REVIEW" if answers and answers[0]["answer"] == "no" else
                              "NOT_MET" if short else "MET"), answer.needs


@pytest.mark.parametrize(("answer", "days", "asked", "used"), [
    ("LOOKS_ALIKE two yes s", ["2025-03-02"], ["LOOKS_ALIKE two one"], "ANSWER_USED"),
    ("REPEATED_COURSE two yes s", ["2025-09-02"], ["REPEATED_COURSE two one"], "ANSWER_USED"),
    ("LOOKS_ALIKE two yes s", ["2025-03-02", "2024-05-02"], ["REPEATED_COURSE one three", "REPEATED_COURSE two three"],
     "ANSWER_USED"),
    ("DUPLICATE two yes one", ["2025-03-02"], ["LOOKS_ALIKE two one"], "ANSWER_NOT_NEEDED"),
])
def test_an_answer_about_another_activity_or_relation_leaves_the_question_open(
    answer: str, days: list[str], asked: list[str], used: str
) -> None:
    """It is used if its question is open, but says nothing of the one that is compared."""
    found = decided({"use": ["rest"], "settled": [answer], "activities": [
        f"{name} {day} formal_ce 1 title=Crossmatch provider=Vendor"
        for name, day in zip(("one", "two", "three"), ["2025-03-01", *days], strict=False)]})
    assert [with_others(need.code, need.subject, need.others) for need in found.needs] == asked
    assert [(one.code, one.subject) for one in found.findings if "ANSWER" in one.code] == [(used, "two")]


def test_an_answer_about_copies_is_not_needed_where_no_entry_may_be_one() -> None:
    """The areas of the activity are certified, and nothing else has its title."""
    record = {"schema": "cmprules.record/1", "holder": {"id": "h"},
              "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
              "activities": [{"id": "a", "title": "Sharps", "kind": "formal_ce", "amount": "2",
                              "completed_on": "2025-02-01", "certified": {"safety": "1"}}],
              "settled": [{"code": "LOOKS_ALIKE", "subjects": ["a"], "answer": "yes"}]}
    found = cmprules.decide(cmprules.parse_record(record), BOOK, on="2026-03-10")["pbt"]
    assert [(one.code, one.subject) for one in found.findings if "ANSWER" in one.code] == [("ANSWER_NOT_NEEDED", "a")]


def test_an_answer_about_one_of_two_leaves_the_question_about_the_other() -> None:
    """That `b` is not `a` says nothing of `c`, which looks like both."""
    answer = decided({"use": ["rest"], "settled": ["LOOKS_ALIKE b yes a"], "activities": [
        f"{name} 2025-03-0{day} formal_ce {points} title=Crossmatch provider=Vendor"
        for name, day, points in (("a", 1, "1"), ("b", 2, "1"), ("c", 2, "1.5"))]})
    assert [with_others(need.code, need.subject, need.others) for need in answer.needs] == [
        "LOOKS_ALIKE b c", "LOOKS_ALIKE c a,b"]


@pytest.mark.parametrize(("proposed", "in_favor"), [("phlebotomy", "0"), ("ethics", "1"), ("", "1")])
def test_what_a_certificate_leaves_over_may_serve_what_a_duplicate_proposes(proposed: str, in_favor: str) -> None:
    """Part 3: leftover certified points may go to proposed areas; under 2026.1 duplicates are certain."""
    more = f" proposed_areas={proposed}" if proposed else ""
    record = record_of({"activities": [
        "a 2025-03-01 formal_ce 2 title=Veins certified=phlebotomy:1", f"copy 2025-03-01 formal_ce 2 title=Veins{more}",
        "s 2024-02-05 formal_ce 1 safety", "e 2024-02-06 formal_ce 1 ethics",
        "x 2025-04-01 formal_ce 10 title=Anatomy"]})
    answer = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on="2026-03-10").credentials[0]

    assert answer.total is not None
    assert (str(answer.total.short), str(answer.total.short_if_confirmed)) == ("1", in_favor)
