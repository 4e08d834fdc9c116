"""Matching activities under new ids: an import that ran twice changes nothing."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules._answers.matching import names_now, renamed
from cmprules.testing import Case, cases
from tests.strategies import edition

ON = "2026-03-10"


def _record(*activities: tuple[str, str], placed: str | None = None) -> cmprules.Record:
    """Make a record from ids and titles; the holder placed one activity."""
    plain: dict[str, Any] = {
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [{"id": name, "title": title, "kind": "in_service", "amount": 1, "areas": ["safety"],
                        "completed_on": "2025-01-02"} for name, title in activities]}
    if placed is not None:
        plain["placements"] = [{"credential": "pbt", "activity": placed, "area": "safety", "points": "1"}]
    return cmprules.parse_record(plain)


def _changes(before: cmprules.Record, after: cmprules.Record) -> list[tuple[str, str, str | None]]:
    trackings = [cmprules.track(record, edition(), on=ON) for record in (before, after)]
    return [(one.code, one.subject, one.where) for one in cmprules.changes(*trackings).changes]


def test_an_import_that_ran_twice_reports_no_change() -> None:
    """Every id is new, also in the holder's placements."""
    before = _record(("a1", "Sharps"), ("a2", "Spills"), placed="a2")
    after = _record(("b7", "Sharps"), ("b8", "Spills"), placed="b8")
    assert _changes(before, after) == []


def test_ids_that_have_moved_on_are_followed() -> None:
    """A new first row shifts every number, and is the only change."""
    before = _record(("1", "Sharps"), ("2", "Spills"))
    after = _record(("1", "Fire"), ("2", "Sharps"), ("3", "Spills"))
    assert ("ACTIVITY_ADDED", "1", None) in _changes(before, after)
    assert not [one for one in _changes(before, after) if one[0] in {"ACTIVITY_ALTERED", "ACTIVITY_REMOVED"}]


def test_one_that_is_gone_is_removed_though_its_id_is_taken() -> None:
    """A different activity has its id now; the contents tell them apart."""
    found = _changes(_record(("1", "Sharps"), ("2", "Spills")), _record(("1", "Spills")))
    assert ("ACTIVITY_REMOVED", "1 (earlier)", None) in found
    assert not [one for one in found if one[0] in {"ACTIVITY_ALTERED", "ACTIVITY_ADDED"}]


def test_what_was_altered_is_matched_by_id() -> None:
    """Other content under the same id is an alteration, not a removal."""
    assert names_now(_record(("1", "Sharps")), _record(("1", "Spills"))) == {"1": "1"}
    assert ("ACTIVITY_ALTERED", "1", "title") in _changes(_record(("1", "Sharps")), _record(("1", "Spills")))


def test_of_several_that_say_the_same_each_is_matched_once() -> None:
    """Equal entries match by id first, then in order; if one is missing, it is removed."""
    before = _record(("1", "Sharps"), ("2", "Sharps"), ("3", "Sharps"))
    assert names_now(before, _record(("2", "Sharps"), ("9", "Sharps"))) == {"2": "2", "1": "9", "3": "3"}


@given(cases(), st.randoms(use_true_random=False))
def test_other_ids_alone_are_no_change_of_the_record(case: Case, random: Any) -> None:
    """With any new ids nothing is added, removed, altered or moved."""
    ids = [activity.id for activity in case.record.activities]
    others = random.sample([f"n{at}" for at in range(len(ids))], len(ids))
    names = dict(zip(ids, others, strict=True))
    after = attrs.evolve(
        case.record, settled=(),
        activities=[attrs.evolve(one, id=names[one.id]) for one in case.record.activities],
        placements=[attrs.evolve(one, activity=names[one.activity]) for one in case.record.placements])
    before = attrs.evolve(case.record, settled=())
    found = names_now(before, after)
    assert sorted(found.values()) == sorted(others)
    trackings = [cmprules.track(record, edition(), on=case.on) for record in (before, after)]
    assert not [one for one in cmprules.changes(*trackings).changes if one.code.startswith("ACTIVITY_")]


# ---------------------------------------------------------------------------------------------------------
# Entries that may be one.

COPIES: dict[str, Any] = {
    "schema": "cmprules.record/1", "holder": {"id": "h"},
    "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    "activities": [{"id": name, "title": title, "provider": "Vendor", "kind": "formal_ce", "amount": 2, "areas": areas,
                    "completed_on": day} for name, title, areas, day in (
                        ("8", "Sharps", ["safety"], "2025-01-02"), ("9", "Sharps", ["ethics"], "2025-01-02"),
                        ("7", "Sharps", [], "2025-01-02"), ("5", "Draw", ["phlebotomy"], "2025-03-02"),
                        ("6", "Draw", ["phlebotomy"], "2025-06-02"),
                        ("4", "Tubes", ["safety", "ethics"], "2025-07-01"))]}


def _tracked(names: dict[str, str], **more: Any) -> cmprules.Tracking:
    """Track a record of copies under other ids, with the newest edition."""
    plain = {**COPIES, **more, "activities": [{**one, "id": names.get(one["id"], one["id"])}
                                              for one in COPIES["activities"]]}
    return cmprules.track(cmprules.parse_record(plain), cmprules.load_book(edition="2026.2"), on=ON)


def test_which_of_several_copies_is_shown_is_no_change() -> None:
    """Under other ids another copy counts; waiting points and questions are the same."""
    before, after = _tracked({}), _tracked({"8": "10", "9": "99", "7": "98", "5": "z", "6": "y"})
    assert {need.code for need in before.decision["pbt"].needs} >= {"DUPLICATE", "REPEATED_COURSE"}
    assert {credit.activity for credit in before["pbt"].waiting or ()} != {
        credit.activity for credit in after["pbt"].waiting or ()}
    assert cmprules.changes(before, after).changes == ()


def test_a_question_that_is_answered_is_gone_and_one_that_is_new_has_come() -> None:
    """This holds for any number of questions about the same entries."""
    answer = {"code": "DUPLICATE", "subjects": ["7"], "answer": "yes"}
    before, after = _tracked({}), _tracked({}, settled=[answer])
    there = [(one.code, one.where) for one in cmprules.changes(before, after).changes if "QUESTION" in one.code]
    back = [(one.code, one.where) for one in cmprules.changes(after, before).changes if "QUESTION" in one.code]
    assert [code for code, _ in there].count("QUESTION_REMOVED") > 0
    assert sorted((code.replace("REMOVED", "ADDED"), where) for code, where in there if code == "QUESTION_REMOVED") == (
        sorted(one for one in back if one[0] == "QUESTION_ADDED"))


def test_an_answer_names_the_entries_that_it_compared_by_their_later_ids() -> None:
    """Both the subject and the entries that it was compared with have other ids."""
    answer = cmprules.Settled(code="DUPLICATE", subjects=["a1"], answer="yes", others=["a2"])
    record = attrs.evolve(_record(("a1", "Sharps"), ("a2", "Spills")), settled=[answer])
    (found,) = renamed(record, {"a1": "b1", "a2": "b2"}).settled
    assert (found.subjects, found.others) == (("b1",), ("b2",))
