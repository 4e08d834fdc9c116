"""Rare paths through the rules: rules that a book lacks, answers about one of two, a search that is given up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._facts.records import without as without_activities
from cmprules._kit.shapes import FrozenMap
from cmprules._rules.counting import Cycle, cycle_of, days_that_count
from cmprules._rules.entries import entries
from cmprules._rules.grouping import Groups
from cmprules._rules.judging import judge
from cmprules._rules.placing import Demand, Item, SearchLimitError, Steps, can_place_dividing, place_dividing, prove
from tests.core.units.test_steps import puzzle

ON = date(2026, 3, 10)
BOOK = cmprules.load_book(edition="2026.2")
PBT = {"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}


def without(rule: str) -> cmprules.PolicyBook:
    """Return the newest edition without the row of a rule."""
    return attrs.evolve(BOOK, settings=FrozenMap({name: row for name, row in BOOK.settings.items() if name != rule}))


def entered_twice(day: str) -> cmprules.Record:
    """Make two entries with one title, the second perhaps on another day."""
    both = [{"id": name, "title": "Safety", "provider": "Ours", "kind": "formal_ce", "amount": "1",
             "areas": ["safety"], "completed_on": completed} for name, completed in (("a", "2025-02-11"), ("b", day))]
    return cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "credentials": [PBT],
                                  "activities": both})


def needs(record: cmprules.Record, book: cmprules.PolicyBook) -> set[str]:
    """Return the codes of open questions, or of the known facts about an entry that does not count."""
    answer = cmprules.decide(record, book, on=ON)["pbt"]
    return {finding.code for finding in answer.findings} & {"DUPLICATE", "LOOKS_ALIKE"}


def said_of_answers(record: cmprules.Record) -> dict[str, str]:
    """Map the code of each answer to whether it was used."""
    return {finding.rule.removeprefix("settled/").upper(): finding.code
            for finding in cmprules.decide(record, BOOK, on=ON)["pbt"].findings
            if finding.code in {"ANSWER_USED", "ANSWER_NOT_NEEDED"}}


def test_a_relation_whose_row_an_edition_lacks_is_off() -> None:
    """With the row the next day's entry is in doubt; without it the relation does not exist."""
    record = entered_twice("2025-02-12")
    assert needs(record, BOOK) == {"LOOKS_ALIKE"}
    assert needs(record, without("rule/alike")) == set()


@pytest.mark.parametrize(("title", "rule", "found"), [
    ("Safety (webinar)", "rule/alike", {"DUPLICATE"}), ("Safety (webinar)", "rule/text_comparison", set()),
    ("SAFETY ", "rule/text_comparison", {"DUPLICATE"}),
])
def test_without_the_rule_on_texts_signs_and_brackets_tell_titles_apart(title: str, rule: str, found: set[str]) -> None:
    """Case and spaces never do; the finder and the verifier compare alike."""
    record, book = entered_twice("2025-02-11"), without(rule)
    both = (record.activities[0], attrs.evolve(record.activities[1], title=title))
    assert needs(attrs.evolve(record, activities=both), book) == found
    policy, cycle = book.policy_for("PBT", expires_on=date(2026, 5, 31)), cmprules.Period(start="2023-06-01", end=ON)
    best = cmprules.allocate(both, policy, cycle=cycle)
    assert cmprules.verify_allocation(best, both, policy, cycle=cycle) == ()


def test_an_answer_about_one_credential_that_is_not_needed_is_said_of_that_one_alone() -> None:
    """An answer about an activity concerns both credentials."""
    settled: list[dict[str, Any]] = [
        {"code": "TABLE_AFTER_EXPIRY", "subjects": ["pbt"], "answer": "yes"},
        {"code": "UNDATED", "subjects": ["a"], "answer": "yes"}]
    record = cmprules.parse_record({**cmprules.to_mapping(entered_twice("2025-08-01")), "settled": settled,
                                    "schema": "cmprules.record/1",
                                    "credentials": [PBT, {"id": "ht", "code": "HT", "expires_on": "2026-05-31"}]})
    decision = cmprules.decide(record, BOOK, on=ON)
    spare = {answer.id: [(one.rule, one.subject) for one in answer.findings if one.code == "ANSWER_NOT_NEEDED"]
             for answer in decision.credentials}
    assert [subject for _, subject in spare["pbt"]] == ["pbt", "a"]
    assert [subject for _, subject in spare["ht"]] == ["a"]


@pytest.mark.parametrize(("steps", "placed"), [(100_000, True), (0, False)])
def test_whether_some_may_be_divided_is_not_settled_where_the_search_is_given_up(steps: int, *, placed: bool) -> None:
    """If every item may be divided there is a placement, but without steps none is searched for."""
    items, demand = puzzle(0)
    assert isinstance(demand, Demand)
    found = place_dividing(items, demand, prove(items, demand), Steps(steps), range(1, len(items)))
    assert (found is not None) is placed


def test_a_placement_that_leaves_an_area_short_is_not_preferred_for_an_earlier_one() -> None:
    """The first could fill the first area whole, but the second would then miss a point; the total is equal."""
    items, demand = [Item(points=200, mask=0b11), Item(points=100, mask=0b01)], Demand(areas=(100, 100), pool=200)
    placed = place_dividing(items, demand, prove(items, demand), Steps(), ())
    assert placed == ((0, 100, 100), (100, 0, 0))


def test_where_the_search_for_the_preferred_one_is_given_up_any_that_keeps_them_whole_is_placed() -> None:
    """Divided freely, the first would serve both areas; whole, it serves one of them."""
    items = [Item(points=100, mask=0b11), Item(points=100, mask=0b01), Item(points=100, mask=0b10)]
    demand = Demand(areas=(50, 100), pool=150)
    proof = prove(items, demand)
    preferred, found = (place_dividing(items, demand, proof, Steps(steps), ()) for steps in (100, 2))
    assert preferred == ((50, 0, 50), (0, 0, 100), (0, 100, 0))
    assert found == ((0, 100, 0), (50, 0, 50), (0, 0, 100))
    with pytest.raises(SearchLimitError):
        can_place_dividing(items, demand, proof, Steps(0), ())


@pytest.mark.parametrize(("free", "placed"), [((0,), ((100, 100, 0),)), ((), None)])
def test_what_must_be_divided_and_may_not_cannot_be_placed(
    free: tuple[int, ...], placed: tuple[tuple[int, ...], ...] | None
) -> None:
    """One activity has to serve two areas that need a point each."""
    items, demand = [Item(points=200, mask=0b11)], Demand(areas=(100, 100), pool=0)
    assert place_dividing(items, demand, prove(items, demand), Steps(), free) == placed


@pytest.mark.parametrize(("given", "bucket", "used"), [
    ((("END_OF_MONTH", "yes"),), "not_acceptable", {"END_OF_MONTH": "ANSWER_USED"}),
    ((("END_OF_MONTH", "no"),), "unconfirmed", {"END_OF_MONTH": "ANSWER_USED"}),
    ((("END_OF_MONTH", "no"), ("UNIT_UNCONFIRMED", "yes")), "unconfirmed",
     {"END_OF_MONTH": "ANSWER_USED", "UNIT_UNCONFIRMED": "ANSWER_NOT_NEEDED"}),
])
def test_an_answer_is_used_up_to_the_first_test_that_is_failed_for_certain(
    given: tuple[tuple[str, str], ...], bucket: str, used: dict[str, str]
) -> None:
    """Pandemic work was never acceptable in 2023; the question about its day comes first."""
    work = {"id": "w", "title": "Testing", "completed_on": "2023-05-30", "kind": "covid_work", "amount": "1"}
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "sample"}, "activities": [work],
        "credentials": [{**PBT, "expires_on": "2026-05-28"}],
        "settled": [{"code": code, "subjects": ["w"], "answer": answer} for code, answer in given]})
    assert getattr((cmprules.decide(record, BOOK, on=ON)["pbt"].activities or ())[0], bucket) == 1
    assert said_of_answers(record) == used


@pytest.mark.parametrize(("undated", "kind", "used"), [
    ("yes", "yes", {"UNDATED": "ANSWER_USED", "KIND_UNCONFIRMED": "ANSWER_USED"}),
    ("yes", "no", {"UNDATED": "ANSWER_USED", "KIND_UNCONFIRMED": "ANSWER_USED"}),
    ("no", "yes", {"UNDATED": "ANSWER_USED", "KIND_UNCONFIRMED": "ANSWER_NOT_NEEDED"}),
])
def test_after_a_no_nothing_more_is_asked_of_an_activity(undated: str, kind: str, used: dict[str, str]) -> None:
    """An undated poster counts only if both questions are answered with yes."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "sample"}, "credentials": [PBT],
        "activities": [{"id": "w", "title": "Poster", "kind": "poster", "amount": "1"}],
        "settled": [{"code": code, "subjects": ["w"], "answer": answer}
                    for code, answer in (("UNDATED", undated), ("KIND_UNCONFIRMED", kind))]})
    assert said_of_answers(record) == used


@pytest.mark.parametrize(("completed", "said"), [(None, "ANSWER_USED"), ("2025-02-11", "ANSWER_NOT_NEEDED")])
def test_without_a_table_an_answer_is_used_only_where_its_question_was_open(completed: str | None, said: str) -> None:
    """No table of MLA is established, so its activities are judged without one."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "sample"}, "credentials": [{**PBT, "code": "MLA"}],
        "activities": [{"id": "a", "title": "Safety", "kind": "formal_ce", "amount": "1", "completed_on": completed}],
        "settled": [{"code": "UNDATED", "subjects": ["a"], "answer": "yes"}]})
    assert said_of_answers(record) == {"UNDATED": said}


EITHER = [("x", "2", ["safety", "ethics"]), ("y", "3", ["ethics", "phlebotomy"]), ("z", "4", [])]
"""Points for PBT that are enough only if x or y is divided."""


@pytest.mark.parametrize(("settled", "outcome"), [
    ({}, "NEEDS_REVIEW"), ({"x": "yes"}, "MET"), ({"x": "no"}, "NEEDS_REVIEW"), ({"x": "no", "y": "yes"}, "MET"),
    ({"x": "no", "y": "no"}, "NOT_MET"),
])
def test_with_fewer_steps_the_outcome_is_the_same_or_is_for_review(
    settled: dict[str, str], outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Giving up a search never leads to met or not met, and always to a question."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "sample"}, "credentials": [PBT],
        "activities": [{"id": name, "title": f"Course {name}", "completed_on": "2025-02-01", "kind": "formal_ce",
                        "amount": amount, "areas": areas} for name, amount, areas in EITHER],
        "settled": [{"code": "DIVIDED_ACTIVITY", "subjects": [name], "answer": answer}
                    for name, answer in settled.items()]})
    found = {}
    for steps in range(60):
        monkeypatch.setattr("cmprules._rules.outcome.Steps", lambda limit=steps: Steps(limit))
        answer = cmprules.decide(record, BOOK, on=ON).credentials[0]
        found[steps] = str(answer.outcome)
        assert answer.outcome != "NEEDS_REVIEW" or answer.needs

    assert {*found.values()} <= {outcome, "NEEDS_REVIEW"}
    assert (found[0], found[59]) == ("NEEDS_REVIEW", outcome)


def test_a_record_keeps_only_the_answers_about_activities_that_it_still_has() -> None:
    """Without `a`, an answer about `a` is gone, and so is one whose only other is `a`; of two subjects one is left."""
    given = [(("a",), ("b",)), (("b",), ("a",)), (("a", "b"), ("c",)), (("b",), ("c", "a")), (("c",), ())]
    settled = [{"code": "LOOKS_ALIKE", "subjects": subjects, "others": others, "answer": "no"}
               for subjects, others in given]
    activities = [{"id": name, "title": "Safety", "kind": "formal_ce", "amount": "1"} for name in "abc"]
    placements = [{"credential": "pbt", "activity": name, "area": "pool", "points": "1"} for name in "ab"]
    record = cmprules.Record(holder={"id": "h"}, credentials=[PBT], activities=activities, placements=placements,
                             settled=settled)

    rest = without_activities(record, {"a"})

    assert [activity.id for activity in rest.activities] == ["b", "c"]
    assert [placement.activity for placement in rest.placements] == ["b"]
    assert [(one.subjects, one.others) for one in rest.settled] == [
        (("b",), ("c",)), (("b",), ("c",)), (("c",), ())]
    assert without_activities(record, ()) == record


def groups_of(*activities: cmprules.Activity, settled: tuple[cmprules.Settled, ...] = ()) -> Groups:
    """Judge activities together that may be one, or whose areas are proposed."""
    cycle = cmprules.Period(start="2023-06-01", end="2026-05-31")
    listed = entries(activities, BOOK.counting, settled)
    groups = judge(listed, BOOK.counting, Cycle(period=cycle, counted=cycle)).groups
    assert groups is not None
    return groups


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("ids", ["a", "ab"])
def test_an_open_area_brings_more_in_favor_of_the_holder_and_a_confirmed_one_does_not(
    ids: str, confirmed: bool
) -> None:
    """A course with a proposed area, entered once or, by the holder's answer, twice."""
    course = cmprules.Activity(id="a", title="Safety", kind="formal_ce", amount="1", provider="Ours",
                               completed_on="2025-02-11", proposed_areas=["safety"])
    given = [course, attrs.evolve(course, id="b", completed_on="2025-02-12")][:len(ids)]
    one = cmprules.Settled(code="LOOKS_ALIKE", subjects=["a"], others=["b"], answer="no")
    area = cmprules.Settled(code="AREA_PROPOSED", subjects=list(ids), answer="yes")
    groups = groups_of(*given, settled=(one,) * (len(ids) - 1) + (area,) * confirmed)
    assert (groups.kin is None, len(groups.one_in_favour())) == ((True, 0) if ids == "a" else (False, 2))
    assert [groups.differs(place) for place in range(len(ids))] == [not confirmed] * len(ids)


def test_an_open_area_of_a_course_says_nothing_about_another_course() -> None:
    """Where no two activities are related, each is a group of its own."""
    first, second = (cmprules.Activity(id=name, title=f"Course {name}", kind="formal_ce", amount="1",
                                       completed_on="2025-02-11", proposed_areas=["safety"]) for name in "ab")
    groups = groups_of(first, second, settled=(
        cmprules.Settled(code="AREA_PROPOSED", subjects=["a"], answer="yes"),))
    assert groups.kin is None
    assert [groups.differs(0), groups.differs(1)] == [False, True]


@pytest.mark.parametrize(("on", "counts"), [(date(2027, 1, 31), False), (date(2027, 2, 1), True)])
def test_no_day_counts_before_the_cycle_begins(on: date, counts: bool) -> None:
    """Both sides of the first day of a cycle."""
    cycle = cycle_of(cmprules.Credential(id="a", code="PBT", expires_on=date(2030, 1, 31)), on)
    rules = cmprules.load_book(edition="2026.1").rules
    assert (days_that_count(rules.kinds["formal_ce"], cycle) is not None) is counts


def activity(name: str, **fields: Any) -> cmprules.Activity:
    """Make a formal course in the last cycle."""
    return cmprules.Activity(**{"id": name, "title": "Staging", "kind": "formal_ce", "completed_on": "2025-02-20",
                                "amount": "1.99", **fields})


def test_of_two_tables_only_what_is_shown_decides_whether_a_reading_was_used() -> None:
    """Sharing an area changes the shortfall in favor under today's table, but the older table's is shown."""
    record = cmprules.Record(
        holder={"id": "h"}, credentials=[{"id": "mls", "code": "MLS", "expires_on": "2022-04-30"}],
        activities=[activity("z", unit="cmle"), activity("a", kind="self_study", completed_on="2025-02-19",
                                                        areas=["microbiology"]),
                    activity("b", title="Blood", kind="journal_test", amount=8),
                    activity("c", title="Poster", kind="poster", amount=5, areas=["chemistry", "blood_banking"]),
                    activity("d", title="Day", amount="7.5"), activity("e", title="Ours", kind="in_service", amount=8)])
    decided = cmprules.decide(record, BOOK, on=date(2027, 4, 27), trust="third_party")["mls"]
    assert decided.total is not None
    assert (decided.outcome, decided.total.short_if_confirmed) == ("NOT_MET", Decimal("3.52"))
    assert decided.grade == "third_party"


@pytest.mark.parametrize(("kind", "asked"), [
    ("covid_work", [("MONTH_OF_PREVIOUS_END", "a"), ("AREA_PROPOSED", "b")]),
    ("self_study", [("MONTH_OF_PREVIOUS_END", "a"), ("MONTH_OF_PREVIOUS_END", "b")]),
])
def test_an_activity_that_cannot_count_raises_no_question_but_that_of_its_areas(
    kind: str, asked: list[tuple[str, str]]
) -> None:
    """Work in the pandemic is not acceptable in 2011; the other entry may still serve the area proposed for it."""
    record = cmprules.Record(
        holder={"id": "h"}, credentials=[{"id": "q", "code": "QIHC", "expires_on": "2014-02-28"}],
        activities=[activity("a", kind="self_study", completed_on="2011-02-13", amount="6"),
                    activity("b", kind=kind, completed_on="2011-02-14", amount="3",
                             proposed_areas=["immunohistochemistry"])])
    needs = cmprules.decide(record, BOOK, on=date(2014, 2, 13))["q"].needs
    assert [(need.code, need.subject) for need in needs] == asked
