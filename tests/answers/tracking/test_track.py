"""Tracking: worked cases on both sides of every boundary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import cmprules
from cmprules._words.codes import every as codes
from cmprules.tracking import _credits
from cmprules.tracking._steps import _IN_ORDER, READY
from tests.answers.tracking.records import BOOK, COURSES, PLACED, course, pbt, tracked


def _steps(one: cmprules.CredentialTracking) -> list[str]:
    return [step.code for step in (one.next_step, *one.further_steps)]


# ---------------------------------------------------------------------------------------------------------
# Days left, and the window.


@pytest.mark.parametrize(("expires", "on", "left", "window", "step"), [
    ("2026-05-31", "2026-03-01", 91, "not_open", "WAIT_FOR_WINDOW"),
    ("2026-05-31", "2026-03-02", 90, "open", "DECLARE"),
    ("2026-05-31", "2026-05-01", 30, "open", "DECLARE"),
    ("2026-05-31", "2026-05-02", 29, "late", "DECLARE_LATE"),
    ("2026-05-31", "2026-05-30", 1, "late", "DECLARE_LATE"),
    ("2026-05-31", "2026-05-31", 0, "late", "DECLARE_LATE"),
    ("2026-05-31", "2026-06-01", None, "expired", "REINSTATE"),
    ("2028-02-29", "2027-11-30", 91, "not_open", "WAIT_FOR_WINDOW"),
    ("2028-02-29", "2027-12-01", 90, "open", "DECLARE"),
    ("2028-02-29", "2028-02-29", 0, "late", "DECLARE_LATE"),
    ("2028-02-29", "2028-03-01", None, "expired", "REINSTATE"),
    ("2026-02-28", "2025-11-29", 91, "not_open", "WAIT_FOR_WINDOW"),
    ("2026-02-28", "2025-11-30", 90, "open", "DECLARE"),
    ("2025-12-31", "2025-12-31", 0, "late", "DECLARE_LATE"),
    ("2025-12-31", "2026-01-01", None, "expired", "REINSTATE"),
])
def test_the_days_of_somebody_who_has_everything(
    expires: str, on: str, left: int | None, window: str, step: str,
) -> None:
    """Days count down to zero on the last day; each day has its step."""
    one = tracked(pbt(expires_on=expires), on)

    assert (one.days_left, one.window, one.next_step.code) == (left, window, step)
    assert one.ready_to_declare is (window in {"open", "late"})
    assert one.message.startswith(codes.READY_TO_DECLARE) is one.ready_to_declare


@pytest.mark.parametrize(("on", "left", "standing", "step"), [
    ("2026-05-31", 92, "current", "WAIT_FOR_WINDOW"),
    ("2026-06-01", 91, "inactive", "WAIT_FOR_WINDOW"),
    ("2026-06-02", 90, "inactive", "DECLARE"),
    ("2026-08-31", 0, "inactive", "DECLARE_LATE"),
    ("2026-09-01", None, "expired", "REINSTATE"),
])
def test_an_extension_moves_the_days(on: str, left: int | None, standing: str, step: str) -> None:
    """During a granted extension the holder may declare within the window of the later end."""
    one = tracked(pbt(extended_until="2026-08-31"), on)

    assert (one.days_left, str(one.standing), one.next_step.code) == (left, standing, step)


def test_the_days_of_the_steps() -> None:
    """A waiting step names the first day, a declaring step the advised day, a late one the last day."""
    days = [tracked(on=on).next_step.day for on in ("2026-03-01", "2026-05-01", "2026-05-02", "2026-06-01")]

    assert days == [date(2026, 3, 2), date(2026, 5, 1), date(2026, 5, 31), None]


def test_a_voluntary_participant_without_an_end_is_never_called_ready() -> None:
    """There is no window and no last day, and the step says so."""
    one = tracked(pbt(certified_on="2001-05-12", expires_on=None, voluntary=True))

    assert _steps(one) == ["DECLARE_BY_CHOICE"]
    assert (one.days_left, one.window, one.ready_to_declare) == (None, None, False)
    assert one.applied == one.needed == 9


def test_nothing_is_required_of_somebody_who_does_not_take_part() -> None:
    """There are no figures or days, and one step."""
    one = tracked(pbt(certified_on="2001-05-12", expires_on=None, placements=()))

    assert _steps(one) == ["NOTHING_REQUIRED"]
    assert (one.needed, one.areas, one.waiting, one.days_left) == (None, None, None, None)


# ---------------------------------------------------------------------------------------------------------
# Points.


def test_the_figures_are_those_of_the_decision() -> None:
    """Needed, applied and short points agree, in total and by area, with the holder's placements."""
    one = tracked(pbt(COURSES[1:], PLACED[1:3]))

    assert (one.needed, one.applied, one.short) == (Decimal(9), Decimal(8), Decimal(1))
    assert [(area.area, *map(int, (area.needed, area.applied, area.short, area.placed_by_holder)))
            for area in one.areas or ()] == [
        ("safety", 1, 0, 1, 0), ("ethics", 1, 1, 0, 1), ("phlebotomy", 2, 2, 0, 2), ("pool", 5, 5, 0, 0)]


def test_the_decision_is_the_one_that_decide_gives() -> None:
    """A tracking contains the unchanged decision."""
    record = pbt()
    tracking = cmprules.track(record, BOOK, on=date(2026, 3, 10), trust="society")

    assert tracking.decision == cmprules.decide(record, BOOK, on=date(2026, 3, 10), trust="society")
    assert tracking.record == record


@pytest.mark.parametrize(("code", "more"), [("MLA", {}), ("PBT", {"trust": "official"})])
def test_without_a_table_there_are_no_figures(code: str, more: dict[str, str]) -> None:
    """The answer has the open question, and nothing waits."""
    one = tracked(pbt(placements=(), code=code), **more)

    assert _steps(one) == ["SETTLE_QUESTION"]
    assert one.next_step.message == "The answer depends on an open question about pbt."
    assert (one.needed, one.areas, one.waiting, one.ready_to_declare) == (None, None, None, False)


# ---------------------------------------------------------------------------------------------------------
# Credits that wait.


def _waiting(one: cmprules.CredentialTracking) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(credit.activity, str(credit.points), credit.areas) for credit in one.waiting or ()]


def test_what_is_placed_in_full_does_not_wait() -> None:
    """If everything is placed, nothing waits."""
    assert _waiting(tracked()) == []


def test_what_is_placed_in_part_waits_in_part() -> None:
    """The rest of a course waits, with the areas where it would help."""
    part = [*PLACED[:2], {**PLACED[2], "points": "0.75"}, PLACED[3]]

    assert _waiting(tracked(pbt(placements=part))) == [("p", "1.25", ("phlebotomy",))]


def test_a_credit_to_spare_waits_and_is_of_no_use() -> None:
    """It is listed because it is not placed, and leads to no step."""
    one = tracked(pbt(more=[course("more", "0.5", "safety")]))

    assert _waiting(one) == [("more", "0.5", ())]
    assert _steps(one) == ["DECLARE"]


@pytest.mark.parametrize(("change", "waits"), [
    ({"completed_on": "2023-04-30"}, False),
    ({"completed_on": "2023-05-31"}, False),
    ({"completed_on": "2023-06-01"}, True),
    ({"completed_on": "2026-03-10"}, True),
    ({"completed_on": "2026-03-11"}, False),
    ({"completed_on": None}, False),
    ({"kind": "presentation"}, False),
    ({"kind": "covid_work"}, False),
    ({"title": "Course s", "amount": "1"}, False),
])
def test_only_what_counts_waits(change: dict[str, Any], waits: bool) -> None:
    """Activities outside the cycle, undated, unconfirmed, not acceptable or entered twice do not wait."""
    plain = {**course("z", "0.5", "safety"), **change}
    one = tracked(pbt(more=[{key: value for key, value in plain.items() if value is not None}]))

    assert bool(one.waiting) is waits


def test_a_duplicate_lends_its_areas() -> None:
    """The entry that is kept may serve the areas of both."""
    twice = [course("a", "1", "safety"), course("b", "1", "ethics", title="Course a")]

    assert _waiting(tracked(pbt([], (), twice))) == [("a", "1", ("safety", "ethics", "pool"))]


def _college(name: str, month: int) -> dict[str, Any]:
    return course(name, "1", "", kind="college_course", unit="quarter_hour", completed_on=f"2025-0{month}-01")


@pytest.mark.parametrize(("placed", "waits"), [
    ({}, [("c1", "4.5")]),
    ({"c1": "2"}, [("c1", "2.5")]),
    ({"c2": "2"}, [("c1", "2.5")]),
    ({"c2": "4.5"}, []),
    ({"c1": "2", "c2": "2"}, [("c1", "0.5")]),
    ({"c1": "4", "c2": "4"}, []),
])
def test_no_more_of_a_capped_kind_waits_than_the_cap_has_room_for(
    placed: dict[str, str], waits: list[tuple[str, str]],
) -> None:
    """At most half of nine points may come from college courses, whichever ones the holder places."""
    own = [{"credential": "pbt", "activity": name, "area": "pool", "points": points}
           for name, points in placed.items()]
    one = tracked(pbt([], own, [_college("c1", 5), _college("c2", 6)]))

    assert [(name, points) for name, points, _ in _waiting(one)] == waits


def test_pandemic_work_may_serve_the_pool_alone() -> None:
    """As in the decision, its areas are ignored."""
    work = course("w", "3", "safety", kind="covid_work", completed_on="2022-01-10")
    one = tracked(pbt([], (), [work], expires_on="2023-05-31"), "2023-03-10")

    assert _waiting(one) == [("w", "3", ("pool",))]


def test_placements_of_another_credential_do_not_count() -> None:
    """A point may be placed once in each credential."""
    record = cmprules.parse_record({
        **cmprules.to_mapping(pbt()),
        "credentials": [{"id": name, "code": "PBT", "expires_on": "2026-05-31"} for name in ("pbt", "second")]})
    second = cmprules.track(record, BOOK, on=date(2026, 3, 10))["second"]

    assert [credit.activity for credit in second.waiting or ()] == ["s", "e", "p", "x"]
    assert second.next_step.code == "PLACE_CREDITS"


# ---------------------------------------------------------------------------------------------------------
# Where credits come from, and what they lack.


@pytest.mark.parametrize(("source", "automatic"), [("ascp", True), ("upload", True), ("self", False), (None, False)])
@pytest.mark.parametrize("lacking", [(), ("completed_on",), ("provider",), ("completed_on", "provider")])
def test_self_recorded_credits_are_told_what_they_lack(
    source: str | None, automatic: bool, lacking: Sequence[str],
) -> None:
    """They need a date, and a provider for an audit; credits that arrived automatically are complete."""
    plain = course("z", "1", "", source=source)
    record = pbt(more=[{key: value for key, value in plain.items() if key not in lacking and value is not None}])
    credit = cmprules.track(record, BOOK, on=date(2026, 3, 10)).credits[-1]

    assert (credit.activity, credit.automatic) == ("z", automatic)
    assert credit.missing == (("completed_on",) if "completed_on" in lacking and not automatic else ())
    assert credit.missing_for_audit == (("provider",) if "provider" in lacking and not automatic else ())


def test_every_word_of_the_rules_is_a_field_of_the_record() -> None:
    """A word without a field would never be checked."""
    words = [word for rule in (_credits.REQUIRED_FIELDS, _credits.AUDIT_FIELDS)
             for word in BOOK.statements[rule].words]

    assert set(words) == set(_credits._FIELD_OF)
    assert set(_credits._FIELD_OF.values()) <= set(cmprules.Activity.__slots__)


def test_where_the_rules_on_credits_stand() -> None:
    """The answer cites the rules and lists their sources."""
    tracking = cmprules.track(pbt(), BOOK, on=date(2026, 3, 10))

    assert [citation.source for citation in tracking.citations] == [
        "ascp-enter-allocate-cmp", "ascp-enter-allocate-cmp", "ascp-text-repeated", "ascp-text-repeated"]
    assert {citation.source for citation in tracking.citations} <= set(tracking.sources)


# ---------------------------------------------------------------------------------------------------------
# Steps.


def test_every_rule_has_a_code_with_words_and_stands_in_the_order_of_the_table() -> None:
    """The table in the reference follows the order of the rules."""
    assert [rule.__name__.upper().lstrip("_") for rule in _IN_ORDER] == list(codes.STEPS) == sorted(
        codes.MESSAGES, key=list(codes.STEPS).index)
    assert set(READY) <= set(codes.STEPS)


@pytest.mark.parametrize(("what", "record", "steps"), [
    ("nothing is placed", pbt(placements=()), ["PLACE_CREDITS", "DECLARE"]),
    ("an area is not placed", pbt(placements=PLACED[1:]), ["PLACE_CREDITS", "DECLARE"]),
    ("the pool is a hundredth short", pbt(placements=[*PLACED[:3], {**PLACED[3], "points": "4.99"}]),
     ["PLACE_CREDITS", "DECLARE"]),
    ("nothing is there", pbt([], ()), ["EARN_POINTS"]),
    ("what is there is placed", pbt(COURSES[:2], PLACED[:2]), ["EARN_POINTS"]),
    ("what is there is not placed", pbt(COURSES[:2], ()), ["PLACE_CREDITS", "EARN_POINTS"]),
    ("a date is missing", pbt(COURSES[1:], PLACED[1:], [
        {"id": "u", "title": "U", "provider": "P", "kind": "formal_ce", "amount": "1", "areas": ["safety"]}]),
     ["COMPLETE_FIELDS", "SETTLE_QUESTION", "EARN_POINTS"]),
    ("a date is missing, to spare", pbt(more=[
        {"id": "u", "title": "U", "provider": "P", "kind": "formal_ce", "amount": "1", "areas": ["safety"]}]),
     ["DECLARE"]),
    ("a date is missing that arrived by itself", pbt(COURSES[1:], PLACED[1:], [
        {"id": "u", "title": "U", "kind": "formal_ce", "amount": "1", "areas": ["safety"], "source": "ascp"}]),
     ["SETTLE_QUESTION", "EARN_POINTS"]),
    ("a value is not known", pbt(COURSES[1:], PLACED[1:], [course("t", "1", "safety", kind="teaching")]),
     ["SETTLE_QUESTION", "EARN_POINTS"]),
    ("no provider", pbt(more=[{"id": "n", "title": "N", "kind": "formal_ce", "amount": "1",
                               "completed_on": "2025-06-01"}]), ["DECLARE", "ADD_FOR_AUDIT"]),
    ("no provider, and it is to spare", pbt(more=[{"id": "z", "title": "N", "kind": "formal_ce", "amount": "1",
                                                   "completed_on": "2026-01-01"}]), ["DECLARE", "ADD_FOR_AUDIT"]),
    ("no provider, and it does not count", pbt(more=[{"id": "n", "title": "N", "kind": "formal_ce", "amount": "1",
                                                      "completed_on": "2020-06-01"}]), ["DECLARE"]),
], ids=lambda value: value if isinstance(value, str) else "")
def test_the_steps(what: str, record: cmprules.Record, steps: list[str]) -> None:
    """Each case has the steps in their one order."""
    assert _steps(tracked(record)) == steps, what


def test_an_unlawful_placement_is_to_be_corrected() -> None:
    """Correcting comes before placing and declaring, and names the activity."""
    one = tracked(pbt(placements=[{**PLACED[0], "area": "ethics"}, *PLACED[1:]]))

    assert _steps(one) == ["CORRECT_PLACEMENT", "DECLARE"]
    assert one.next_step.subjects == ("s", "ethics")
    assert not one.ready_to_declare


def test_points_beyond_what_an_area_needs_are_of_no_use() -> None:
    """The safety course is in a full pool: it must move, so that another one can be placed."""
    record = pbt(placements=[{**PLACED[0], "area": "pool"}, *PLACED[1:]], more=[course("s2", "1", "safety")])
    one = tracked(record)

    assert _steps(one) == ["CORRECT_PLACEMENT", "PLACE_CREDITS", "DECLARE"]
    assert one.further_steps[0].points == Decimal(1)
    assert one.further_steps[0].subjects == ("s2",)


def test_a_placement_that_blocks_a_better_one_is_to_be_corrected() -> None:
    """The only ethics course is in the pool, and the waiting credits do not help: something must move."""
    own = [PLACED[0], PLACED[2], {**PLACED[1], "area": "pool"}, {**PLACED[3], "points": "4"}]
    one = tracked(pbt(placements=own))

    assert _steps(one) == ["CORRECT_PLACEMENT", "DECLARE"]
    assert one.next_step.subjects == ("ethics",)
    assert one.next_step.message == "Correct your own placement: ethics."


def test_what_is_to_be_placed_and_earned_is_counted() -> None:
    """Steps have points and areas; only the mandatory areas if one of them is short."""
    one = tracked(pbt((COURSES[1], ("x", "3", "")), ()))
    place, earn = one.next_step, one.further_steps[0]

    assert (place.points, place.subjects) == (Decimal(4), ("e", "x"))
    assert (earn.points, earn.subjects) == (Decimal(5), ("safety", "phlebotomy"))
    assert place.message == "Place 4 points that already count."
    assert earn.message == "Earn 5 points more: 1 point in safety; 2 points in phlebotomy; 2 points in any area."


def test_where_only_the_pool_is_short_it_is_named() -> None:
    """The pool takes any area."""
    earn = tracked(pbt(COURSES[:3], PLACED[:3])).next_step

    assert (earn.code, earn.points, earn.subjects) == ("EARN_POINTS", Decimal(5), ("pool",))


def test_every_step_but_a_question_says_where_its_rule_stands() -> None:
    """Each step cites its rules, and the answer lists the sources."""
    records = [pbt(), pbt(placements=()), pbt([], ()), pbt(certified_on="2001-01-01", expires_on=None, voluntary=True)]
    for on in ("2026-03-01", "2026-03-10", "2026-05-10", "2026-06-01"):
        for record in records:
            tracking = cmprules.track(record, BOOK, on=date.fromisoformat(on))
            step = tracking.credentials[0].next_step
            assert step.citations or step.code == "SETTLE_QUESTION", step
            assert {citation.source for citation in step.citations} <= set(tracking.sources)


# ---------------------------------------------------------------------------------------------------------
# The value, and bad input.


def test_a_credential_is_found_by_its_id() -> None:
    """An unknown id leads to an error that lists the known ones."""
    tracking = cmprules.track(pbt(), BOOK, on=date(2026, 3, 10))

    assert tracking["pbt"] is tracking.credentials[0]
    assert "pbt" in tracking
    assert "mls" not in tracking
    with pytest.raises(KeyError, match="it has: pbt"):
        tracking["mls"]


def test_no_truth_value() -> None:
    """A tracking, and each answer in it, refuses to be used as a boolean."""
    tracking = cmprules.track(pbt(), BOOK, on=date(2026, 3, 10))
    for value in (tracking, tracking["pbt"]):
        with pytest.raises(TypeError, match="no truth value"):
            bool(value)


@pytest.mark.parametrize(("arguments", "faults"), [
    ({"on": "soon"}, [("$.on", "NOT_A_DATE")]),
    ({"on": date(2026, 3, 10), "trust": "user"}, [("$.trust", "UNKNOWN_WORD")]),
    ({"on": None, "trust": "certain"}, [("$.on", "WRONG_TYPE"), ("$.trust", "UNKNOWN_WORD")]),
])
def test_bad_arguments_are_refused_together(arguments: Any, faults: list[tuple[str, str]]) -> None:
    """Every fault has its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.track(pbt(), BOOK, **arguments)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == faults


def test_a_record_of_another_sort_is_refused() -> None:
    """A mapping is not a record."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.track({}, BOOK, on=date(2026, 3, 10))  # type: ignore[arg-type]

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("$.record", "WRONG_TYPE")]


@pytest.mark.parametrize(("key", "value", "path", "code"), [
    ("schema", "cmprules.tracking/2", "$.schema", "WRONG_SCHEMA"),
    ("on", "2026-13-01", "$.on", "NO_SUCH_DATE"),
    ("credits", {}, "$.credits", "NOT_A_LIST"),
    ("days", 1, "$.days", "UNKNOWN_KEY"),
    ("credentials.0.days_left", "many", "$.credentials[0].days_left", "NOT_A_NUMBER"),
    ("credentials.0.days_left", True, "$.credentials[0].days_left", "WRONG_TYPE"),
    ("credentials.0.days_left", 1.5, "$.credentials[0].days_left", "NOT_WHOLE"),
    ("decision.on", "soon", "$.decision.on", "NOT_A_DATE"),
    ("record.holder.id", "", "$.record.holder.id", "EMPTY_TEXT"),
])
def test_a_tracking_that_cannot_be_read_is_refused(key: str, value: object, path: str, code: str) -> None:
    """The fault has its path and code."""
    plain = cmprules.to_mapping(cmprules.track(pbt(), BOOK, on=date(2026, 3, 10)))
    place: Any = plain
    *way, last = key.split(".")
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.parse_tracking(plain)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [(path, code)]


@pytest.mark.parametrize("days", [82, "82"])
def test_a_number_of_days_is_read_as_digits_or_as_a_number(days: object) -> None:
    """Like every number, it is written as digits."""
    tracking = cmprules.track(pbt(), BOOK, on=date(2026, 3, 10))
    plain = cmprules.to_mapping(tracking)
    assert plain["credentials"][0]["days_left"] == "82"
    plain["credentials"][0]["days_left"] = days

    assert cmprules.parse_tracking(plain) == tracking
