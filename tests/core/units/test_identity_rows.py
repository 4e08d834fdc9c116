"""A user's rows that settle whether activities are one, and questions that only a few records raise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._rules.counting import Cycle
from cmprules._rules.entries import entries
from cmprules._rules.judging import judge

ON = date(2026, 3, 10)
CYCLE = cmprules.Period(start="2023-06-01", end="2026-03-10")
BOOK = cmprules.load_book(edition="2026.2")
ROW = """schema = "cmprules.table/1"
table = "limits"
title = "Rules of our own"
unit = "point"
keyed_on = "none"
last_checked = 2026-03-10
[[source]]
id = "house"
title = "House rules"
issuer = "Sample Hospital"
"""


def book_with(folder: Path, **rows: str) -> cmprules.PolicyBook:
    """Lay rows of a user's own over the edition."""
    text = ROW + "".join(
        f'[[row]]\nid = "rule/{name.replace("__", "/")}"\nlimit = "rule"\nvalue = "{value}"\ntext = "Our rule."\n'
        'source = "house"\npin = "page 1"\ngrade = "user"\n' for name, value in rows.items())
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return cmprules.load_book(edition="2026.2", extra=[path])


def record(*activities: dict[str, Any], placements: tuple[dict[str, str], ...] = ()) -> cmprules.Record:
    """Make a phlebotomist with all but two points of any other CE, and some activities with one title."""
    rest = [{"id": "s", "areas": ["safety"], "amount": "1"}, {"id": "e", "areas": ["ethics"], "amount": "1"},
            {"id": "p", "areas": ["phlebotomy"], "amount": "5"}]
    plain = [{"title": f"Course {one['id']}", "kind": "formal_ce", "completed_on": "2024-02-01", **one} for one in rest]
    alike = [{"title": "Crossmatch", "kind": "formal_ce", "completed_on": "2025-02-01", "provider": "Vendor", **one}
             for one in activities]
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [*plain, *alike],
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}], "placements": list(placements)})


def decided(found: cmprules.Record, book: cmprules.PolicyBook) -> cmprules.CredentialDecision:
    """Decide it, and let the verifier check the finder's placement."""
    policy = book.policy_for("PBT", expires_on=date(2026, 5, 31))
    best = cmprules.allocate(found.activities, policy, cycle=CYCLE)
    assert cmprules.verify_allocation(best, found.activities, policy, cycle=CYCLE) == ()
    return cmprules.decide(found, book, on=ON)["pbt"]


def test_each_counts_where_a_row_says_so(tmp_path: Path) -> None:
    """The answer names the row, and has the user's grade."""
    two = record({"id": "a", "amount": "1"}, {"id": "b", "amount": "1"})
    assert decided(two, BOOK).outcome == "NEEDS_REVIEW"
    found = decided(two, book_with(tmp_path, duplicates="each"))
    assert (found.outcome, found.grade) == ("MET", "user")
    assert ("USER_ROW", "rule/duplicates") in {(one.code, one.rule) for one in found.findings}


def test_a_course_of_the_last_cycle_is_no_reason_to_ask_about_a_repeat() -> None:
    """The only question is whether self-study counts, which its source does not say surely enough."""
    found = record({"id": "old", "amount": "2", "kind": "self_study", "completed_on": "2022-03-01"},
                   {"id": "new", "amount": "2", "kind": "self_study"})
    answer = cmprules.decide(found, BOOK, on=ON, trust="third_party")["pbt"]
    assert [(need.subject, need.question) for need in answer.needs] == [
        ("new", "Does the Board of Certification give the points that are claimed for 'new'?")]


def test_of_entries_that_are_one_the_one_with_the_fewest_points_may_bring_the_most(tmp_path: Path) -> None:
    """The article is not certain to count; in favor of the holder both are one activity of two points."""
    book = book_with(tmp_path, alike="once")
    found = record({"id": "a", "amount": "1"},
                   {"id": "b", "amount": "2", "kind": "presentation", "unit": "point", "completed_on": "2025-02-02"})
    judged = judge(entries(found.activities, book.counting), book.counting, Cycle(period=CYCLE, counted=CYCLE))
    assert {item.entry.activity.id: [part.points for part in item.may_bring] for item in judged.counted[3:]} == {
        "a": [200], "b": []}


def test_copies_are_one_where_a_row_says_so(tmp_path: Path) -> None:
    """Nothing is open then: the second entry brings nothing in either reading."""
    found = decided(record({"id": "a", "amount": "1"}, {"id": "b", "amount": "1"}),
                    book_with(tmp_path, duplicates="once"))
    assert found.outcome == "NOT_MET"
    assert found.total is not None
    assert str(found.total.short) == str(found.total.short_if_confirmed) == "1"


def test_one_activity_brings_the_most_of_its_entries_in_favor(tmp_path: Path) -> None:
    """Which of the two amounts is right stays open."""
    found = decided(record({"id": "a", "amount": "1"}, {"id": "b", "amount": "2", "areas": ["safety"]}),
                    book_with(tmp_path, alike="once"))
    assert found.outcome == "NEEDS_REVIEW"
    assert found.total is not None
    assert (str(found.total.short), str(found.total.short_if_confirmed)) == ("1", "0")
    assert [(need.code, need.subject) for need in found.needs] == [("LOOKS_ALIKE", "b")]


def test_one_activity_of_two_kinds_has_no_cap_in_favor(tmp_path: Path) -> None:
    """A cap binds it only if all entries are of the capped kind."""
    found = decided(record({"id": "a", "amount": "1", "kind": "college_course"}, {"id": "b", "amount": "1"}),
                    book_with(tmp_path, alike="once"))
    assert found.total is not None
    assert (str(found.total.short), str(found.total.short_if_confirmed)) == ("2", "1")


@pytest.mark.parametrize("rows", [{"repeated": "once"}, {"repeated__formal_ce": "once"}])
def test_a_repeat_is_one_where_a_row_says_so(tmp_path: Path, rows: dict[str, str]) -> None:
    """The row may cover all kinds or one."""
    two = record({"id": "a", "amount": "1"}, {"id": "b", "amount": "1", "completed_on": "2025-09-01"})
    assert decided(two, book_with(tmp_path, **rows)).outcome == "NOT_MET"


def test_a_row_for_one_kind_holds_beside_an_entry_of_another_kind(tmp_path: Path) -> None:
    """Two formal courses are one by the row; the training with their title counts by itself."""
    found = decided(record({"id": "a", "amount": "1"}, {"id": "b", "amount": "1", "completed_on": "2025-09-01"},
                           {"id": "c", "amount": "0.5", "kind": "in_service", "completed_on": "2025-12-01"}),
                    book_with(tmp_path, repeated__formal_ce="once"))
    assert found.total is not None
    assert (found.outcome, str(found.total.short), str(found.total.short_if_confirmed)) == ("NOT_MET", "0.5", "0.5")


def test_what_was_done_before_the_cycle_lends_no_area_to_its_repeat(tmp_path: Path) -> None:
    """The area proposed for the repeat is open, but safety stays empty in favor of the holder too."""
    given = record({"id": "now", "amount": "1", "proposed_areas": ["ethics"]},
                   {"id": "before", "amount": "1", "areas": ["safety"], "completed_on": "2019-02-01"},
                   {"id": "more", "title": "More", "amount": "2"})
    without_safety = attrs.evolve(given, activities=given.activities[1:])
    found = decided(without_safety, book_with(tmp_path, repeated="once"))
    assert (found.outcome, found.needs) == ("NOT_MET", ())
    assert found.total is not None
    assert str(found.total.short_if_confirmed) == "1"


def test_a_row_for_one_kind_leaves_the_others(tmp_path: Path) -> None:
    """An employer's training is a repeat only if a row says so."""
    two = record({"id": "a", "amount": "1", "kind": "in_service"},
                 {"id": "b", "amount": "1", "kind": "in_service", "completed_on": "2025-09-01"})
    assert decided(two, book_with(tmp_path, repeated__formal_ce="once")).outcome == "MET"
    assert decided(two, book_with(tmp_path, repeated__in_service="once")).outcome == "NOT_MET"


def test_readings_on_repeats_of_two_kinds_weaken_the_grade_where_a_row_plays_no_part(tmp_path: Path) -> None:
    """Held against both kinds, a repeat would leave a point short; a row on what looks alike changes nothing."""
    course = {"kind": "formal_ce", "completed_on": "2022-02-01"}
    repeated = {"title": "Crossmatch", "provider": "Vendor", "amount": "1"}
    found = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2024-05-31"}],
        "activities": [
            {"id": "s", "title": "S", "areas": ["safety"], "amount": "1", **course},
            {"id": "e", "title": "E", "areas": ["ethics"], "amount": "1", **course},
            {"id": "p", "title": "P", "areas": ["phlebotomy"], "amount": "5", **course},
            {"id": "a", "kind": "in_service", "completed_on": "2022-01-01", **repeated},
            {"id": "b", "kind": "covid_work", "completed_on": "2021-08-01", **repeated}]})
    answer = cmprules.decide(found, book_with(tmp_path, alike="once"), on="2024-03-10")["pbt"]
    assert (answer.outcome, answer.grade) == ("MET", "inferred")


def test_placements_on_entries_that_are_settled_as_one_count_together(tmp_path: Path) -> None:
    """A placement on the copy is lawful, but together no more than one entry brings."""
    def placed(*points: str) -> set[str]:
        own = tuple({"credential": "pbt", "activity": name, "area": "pool", "points": amount}
                    for name, amount in zip("ab", points, strict=False))
        found = decided(record({"id": "a", "amount": "1"}, {"id": "b", "amount": "1"}, placements=own),
                        book_with(tmp_path, duplicates="once"))
        return {one.code for one in found.findings}

    assert "PLACEMENT_UNLAWFUL" not in placed("0.5", "0.5")
    assert "PLACEMENT_UNLAWFUL" in placed("1", "1")


@pytest.mark.parametrize(("entries", "own", "incomplete"), [
    ([{"id": "a", "areas": ["safety", "phlebotomy"]},
      {"id": "b", "areas": ["safety", "phlebotomy"], "completed_on": "2025-02-02"}], ["phlebotomy 1"], ["pool"]),
    ([{"id": "a", "amount": "2", "certified": {"safety": "1"}}], ["pool 1"], ["phlebotomy", "pool"]),
    ([{"id": "a", "amount": "2", "certified": {"safety": "1"}}], ["pool 2"], ["phlebotomy"]),
])
def test_own_points_fill_the_area_and_the_amount_that_they_were_placed_in(
    entries: list[dict[str, Any]], own: list[str], incomplete: list[str]
) -> None:
    """An entry that looks like another fills no earlier area, and a certified one no more of the pool than is said."""
    placed = ["s safety 1", "e ethics 1", "p phlebotomy 1", "p pool 3", *(f"a {words}" for words in own)]
    found = record(*({"amount": "1", **one} for one in entries), placements=tuple(
        {"credential": "pbt", **dict(zip(("activity", "area", "points"), words.split(), strict=True))}
        for words in placed))
    assert [one.subject for one in cmprules.decide(found, BOOK, on=ON)["pbt"].findings
            if one.code == "PLACEMENT_INCOMPLETE"] == incomplete


def test_copies_with_certificates_that_are_taken_again() -> None:
    """The same certificate each time is used; with different ones only the pool is served."""
    certified = {"amount": "2", "certified": {"safety": "1"}}
    same = record({"id": "a", **certified}, {"id": "b", **certified, "completed_on": "2025-09-01"})
    placed = {(one.activity, one.area) for one in decided(same, BOOK).placements or ()}
    assert ("a", "safety") in placed or ("s", "safety") in placed
    other = record({"id": "a", **certified}, {"id": "b", "amount": "2", "completed_on": "2025-09-01",
                                              "certified": {"ethics": "1"}})
    assert {area for activity, area, in ((one.activity, one.area) for one in decided(other, BOOK).placements or ())
            if activity == "a"} <= {"pool"}


def test_a_course_with_another_certificate_each_time_serves_no_mandatory_area() -> None:
    """Safety stays empty against the holder, though one of the two certificates gives it a point."""
    found = record({"id": "a", "amount": "2", "certified": {"safety": "1"}},
                   {"id": "b", "amount": "2", "certified": {"ethics": "1"}, "completed_on": "2025-09-01"},
                   {"id": "more", "title": "More", "amount": "2"})
    answer = decided(attrs.evolve(found, activities=found.activities[1:]), BOOK)
    assert [(area.area, str(area.short)) for area in answer.areas or () if area.short] == [("safety", "1")]


def test_the_question_about_an_examination_names_what_it_once_was_worth() -> None:
    """It has the source and the time of that value."""
    found = decided(record({"id": "x", "kind": "exam_pass", "amount": "1", "unit": "exam"}), BOOK)
    [need] = found.needs
    assert need.code == "KIND_UNCONFIRMED"
    assert "25" in need.question
    assert "2015" in need.question


def test_very_many_proposed_areas_of_copies_are_all_asked_about() -> None:
    """Beyond eight, everything that may matter is listed; an area proposed for a copy counts for all."""
    several = [{"id": f"c{number}", "title": f"Title {number // 2}", "amount": "1", "proposed_areas": ["ethics"]}
               for number in range(12)]
    found = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [{"title": f"Course {one['id']}", "kind": "formal_ce", "completed_on": "2024-02-01", **one}
                       for one in ({"id": "s", "areas": ["safety"], "amount": "1"},
                                   {"id": "p", "areas": ["phlebotomy"], "amount": "7"}, *several)]})
    asked = [need.subject for need in cmprules.decide(found, BOOK, on=ON)["pbt"].needs]
    assert len(asked) >= 6


@pytest.mark.parametrize("open_", [2, 9])
def test_an_area_that_only_a_later_entry_proposes_is_asked_about_however_many_are_open(open_: int) -> None:
    """The later entry cannot count, but its area is that of the one that may; without it ethics stays empty."""
    given: list[dict[str, Any]] = [
        {"id": "p", "title": "P", "areas": ["phlebotomy"], "amount": "7", "completed_on": "2024-02-01"},
        {"id": "today", "title": "One", "amount": "1", "completed_on": "2026-03-10"},
        {"id": "later", "title": "One", "amount": "1", "completed_on": "2026-03-11", "proposed_areas": ["ethics"]},
        *({"id": f"s{number}", "title": f"S{number}", "amount": "1", "areas": ["safety"]} for number in range(open_))]
    found = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "activities": [{"kind": "formal_ce", **one} for one in given],
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}]})
    assert [(need.code, need.subject) for need in cmprules.decide(found, BOOK, on=ON)["pbt"].needs] == [
        ("LOOKS_ALIKE", "today"), ("AREA_PROPOSED", "later"), *(("UNDATED", f"s{number}") for number in range(open_))]
