"""When to buy and do things: windows of courses, periods of packages, and cycles that have not begun."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.planning import Catalogue, Plan
from tests.answers.planning.strategies import ON
from tests.answers.planning.trying import everything
from tests.examples import scaled
from tests.strategies import edition

QLS: dict[str, Any] = {"id": "qls", "code": "QLS"}
START = date(2026, 6, 1)


def record(*credentials: dict[str, Any], activities: tuple[dict[str, Any], ...] = ()) -> cmprules.Record:
    """Make a record."""
    return cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "sample"},
                                  "credentials": list(credentials), "activities": list(activities)})


def held(*names: str, day: str = "2025-06-01") -> tuple[dict[str, Any], ...]:
    """Make the activities that fill some areas of a QLS."""
    amounts = {"safety": 1, "ethics": 1, "laboratory_safety": 6}
    return tuple({"id": f"have-{name}", "title": f"Have {name}", "kind": "formal_ce", "amount": amounts[name],
                  "areas": [name], "completed_on": day} for name in names)


def course(id: str, area: str = "ethics", amount: object = 1, **more: object) -> dict[str, Any]:
    """Make a ten-dollar course."""
    return {"id": id, "title": f"Course {id}", "kind": "formal_ce", "amount": amount, "areas": [area], "price": 10,
            **more}


def plan(who: cmprules.Record, courses: list[dict[str, Any]], packages: list[dict[str, Any]] | None = None,
         **wishes: Any) -> Plan:
    """Plan on 10 March 2026, unless another day is given."""
    return cmprules.plan(who, edition(), Catalogue(courses=courses, packages=packages or []), **{"on": ON, **wishes})


LACKS_ETHICS = held("safety", "laboratory_safety")


def test_a_course_that_comes_too_late_for_one_credential_serves_the_other() -> None:
    """The second one ends a year later."""
    two = ({**QLS, "id": name, "expires_on": f"{year}-05-31"} for name, year in (("first", 2026), ("second", 2027)))
    who = record(*two, activities=(*LACKS_ETHICS, *held("ethics", day="2023-12-01")))
    found = plan(who, [course("early"), course("late", price=1, available_from="2026-06-01")])
    assert [(one.id, [served.credential for served in one.serves]) for one in found.courses] == [("late", ["second"])]


def test_of_two_ways_at_one_price_a_course_is_bought_alone() -> None:
    """A package of that course alone costs the same."""
    who = record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS)
    found = plan(who, [course("c")], [{"id": "p", "title": "Package", "courses": ["c"], "price": 10}])
    assert ([one.id for one in found.courses], found.packages) == (["c"], ())


class TestTheWindowOfACourse:
    """A course counts if it can be completed by the day the credential is due."""

    @pytest.mark.parametrize(("fields", "first", "last"), [
        ({}, "2026-03-10", "2026-05-31"),
        ({"days": 82}, "2026-05-31", "2026-05-31"),
        ({"available_from": "2026-05-31"}, "2026-05-31", "2026-05-31"),
        ({"available_from": "2026-01-01", "days": 2}, "2026-03-12", "2026-05-31"),
        ({"available_until": "2026-03-10"}, "2026-03-10", "2026-03-10"),
        ({"available_until": "2026-04-30"}, "2026-03-10", "2026-04-30"),
        ({"available_from": "2026-03-20", "days": 11, "available_until": "2026-03-31"}, "2026-03-31", "2026-03-31"),
    ])
    def test_it_is_in_time(self, fields: dict[str, Any], first: str, last: str) -> None:
        """The plan takes it, with the first and the last day for completing it."""
        found = plan(record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS), [course("c", **fields)])
        assert [(one.first_day.isoformat(), one.last_day.isoformat()) for one in found.courses] == [(first, last)]

    @pytest.mark.parametrize("fields", [
        {"days": 83},
        {"available_from": "2026-06-01"},
        {"available_until": "2026-03-09"},
        {"available_from": "2026-03-20", "days": 12, "available_until": "2026-03-31"},
    ])
    def test_it_is_too_late(self, fields: dict[str, Any]) -> None:
        """One day later than in each case above, it is of no use."""
        found = plan(record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS), [course("c", **fields)])
        assert not found.possible
        assert [(one.id, one.code) for one in found.left_out] == [("c", "OUTSIDE_CYCLE")]
        assert [one.code for one in found.obstacles] == ["SHORT_WITH_EVERYTHING"]

    def test_a_course_on_the_last_day_of_february(self) -> None:
        """If February 29, 2028 is the due day, it is in time, and March 1 is not."""
        who = record({**QLS, "expires_on": "2028-02-29"}, activities=LACKS_ETHICS)
        assert plan(who, [course("c", available_from="2028-02-29")]).possible
        assert not plan(who, [course("c", available_from="2028-03-01")]).possible

    def test_pandemic_work_is_no_longer_to_be_had(self) -> None:
        """The kind counted only in the past, and is left out for that reason."""
        found = plan(record({**QLS, "expires_on": "2026-05-31"}), [course("c", kind="covid_work", areas=[])])
        assert [one.code for one in found.left_out] == ["NOT_ACCEPTABLE"]


class TestWhenACredentialIsDue:
    """The due day is the last day, the end of an extension, or the day asked for if no end lies ahead."""

    def test_an_extension_is_the_end(self) -> None:
        """An inactive credential is due on the last day of the extension."""
        who = record({**QLS, "expires_on": "2026-01-31", "extended_until": "2026-06-30"}, activities=LACKS_ETHICS)
        found = plan(who, [course("c", available_from="2026-06-30")])
        assert [one.due_on for one in found.credentials] == [date(2026, 6, 30)]
        assert found.possible

    @pytest.mark.parametrize(("by", "possible"), [("2026-06-30", True), ("2026-06-29", False)])
    def test_an_expired_one_is_decided_on_the_day_asked_for(self, by: str, possible: bool) -> None:
        """A course on June 30 is in time for that day, and not for the day before."""
        who = record({**QLS, "expires_on": "2026-01-31"}, activities=LACKS_ETHICS)
        found = plan(who, [course("c", available_from="2026-06-30")], by=date.fromisoformat(by))
        assert [one.due_on for one in found.credentials] == [date.fromisoformat(by)]
        assert found.possible is possible

    @pytest.mark.parametrize(("by", "possible"), [("2028-05-31", True), ("2028-06-01", False)])
    def test_what_was_done_more_than_three_years_before_no_longer_counts(self, by: str, possible: bool) -> None:
        """Points from June 1, 2025 count until May 31, 2028."""
        who = record({**QLS, "expires_on": "2026-01-31"}, activities=LACKS_ETHICS)
        assert plan(who, [course("c")], by=date.fromisoformat(by)).possible is possible

    def test_both_tables_of_an_expired_one_have_to_be_met(self) -> None:
        """The table of 2023 for HT needs 2 points in histology, today's 8: the plan fills the larger."""
        have = (
            *held("safety", "ethics", day="2024-06-01"),
            {"id": "h", "title": "H", "kind": "formal_ce", "amount": 4, "areas": ["histology"],
             "completed_on": "2024-06-01"},
            {"id": "rest", "title": "R", "kind": "formal_ce", "amount": 60, "completed_on": "2024-06-01"})
        who = record({"id": "ht", "code": "HT", "expires_on": "2023-06-30"}, activities=have)
        found = plan(who, [course("three", "histology", 3), course("four", "histology", 4)])
        assert [one.id for one in found.courses] == ["four"]
        assert found.credentials[0].before == "NEEDS_REVIEW"

    def test_a_voluntary_one_without_an_end(self) -> None:
        """It is due on the day asked for, under today's table."""
        who = record({"id": "bb", "code": "BB", "certified_on": "2001-05-01", "voluntary": True},
                     activities=(*held("safety", "ethics"),
                                 {"id": "r", "title": "R", "kind": "formal_ce", "amount": 26,
                                  "completed_on": "2025-06-01"}))
        found = plan(who, [course("c", "blood_banking", 8)])
        assert found.credentials[0].due_on == ON
        assert [one.id for one in found.courses] == ["c"]

    def test_one_that_asks_for_nothing(self) -> None:
        """Without an end and participation nothing is bought."""
        found = plan(record({"id": "mt", "code": "MLS", "certified_on": "1998-05-01"}), [course("c")])
        assert (found.possible, found.cost, found.courses) == (True, Decimal(0), ())
        assert [(one.due_on, one.before, one.after, one.required) for one in found.credentials] == [
            (None, "NOT_REQUIRED", "NOT_REQUIRED", None)]
        assert "Next last day" not in cmprules.render(found)

    def test_what_lies_after_the_day_is_not_relied_on(self) -> None:
        """A recorded course of next month is not done yet: the plan says so, and buys another one."""
        later = {"id": "later", "title": "Later", "kind": "formal_ce", "amount": 1, "areas": ["ethics"],
                 "completed_on": "2026-03-11"}
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=(*LACKS_ETHICS, later))
        found = plan(who, [course("c")])
        assert (found.not_done, [one.id for one in found.courses]) == (("later",), ["c"])
        assert plan(who, [course("c")], on=date(2026, 3, 11)).courses == ()


class TestACycleThatHasNotBegun:
    """A course done too early serves nothing: the plan waits for the first day that counts."""

    def test_it_waits_for_the_first_day(self) -> None:
        """It skips the month in which the previous cycle ends, which is not certain to count."""
        found = plan(record({**QLS, "expires_on": "2029-05-31"}),
                     [course("c"), course("s", "safety"), course("l", "laboratory_safety", 6)])
        assert {one.first_day for one in found.courses} == {START}
        assert {one.last_day for one in found.courses} == {date(2029, 5, 31)}

    def test_one_course_cannot_serve_two_cycles_that_do_not_meet(self) -> None:
        """One cycle ends on May 31, the other begins on June 1: two ethics courses are needed."""
        first = record({**QLS, "expires_on": "2026-05-31"}, {**QLS, "id": "next", "expires_on": "2029-05-31"},
                       activities=LACKS_ETHICS)
        rest = [course("s", "safety"), course("l", "laboratory_safety", 6)]
        assert not plan(first, [course("c"), *rest]).possible
        found = plan(first, [course("c"), course("d"), *rest])
        assert [(one.id, one.first_day, one.last_day) for one in found.courses if one.id in "cd"] == [
            ("c", ON, date(2026, 5, 31)), ("d", START, date(2029, 5, 31))]

    def test_a_package_is_bought_late_enough_to_be_open(self) -> None:
        """A thirty-day package that must be open on June 1 is bought on May 3."""
        found = plan(record({**QLS, "expires_on": "2029-05-31"}, activities=()),
                     [course("c", price=None), course("s", "safety", price=None),
                      course("l", "laboratory_safety", 6, price=None)],
                     [{"id": "p", "title": "P", "price": 30, "courses": ["c", "l", "s"], "period_days": 30}])
        assert [(one.bought_on, one.open_until) for one in found.packages] == [(date(2026, 5, 3), START)]
        assert {(one.first_day, one.last_day) for one in found.courses} == {(START, START)}


class TestThePeriodOfAPackage:
    """Its courses are completed while it is open; the day of purchase is the first day."""

    @pytest.mark.parametrize(("days", "possible"), [(29, True), (30, False)])
    def test_a_course_has_to_be_completed_in_it(self, days: int, possible: bool) -> None:
        """Thirty days from March 10 end on April 8, the 29th day after."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS)
        found = plan(who, [course("c", price=None, days=days)],
                     [{"id": "p", "title": "P", "price": 5, "courses": ["c"], "period_days": 30}])
        assert found.possible is possible
        if possible:
            assert (found.packages[0].open_until, found.courses[0].first_day) == (date(2026, 4, 8), date(2026, 4, 8))

    def test_it_is_bought_later_for_a_course_that_comes_later(self) -> None:
        """A course that begins on May 1 does not fit thirty days from March 10, but thirty from April 2."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS)
        package = {"id": "p", "title": "P", "price": 5, "courses": ["c"], "period_days": 30}
        found = plan(who, [course("c", price=None, available_from="2026-05-01")], [package])
        assert found.packages[0].bought_on == date(2026, 4, 2)
        early = plan(who, [course("c", price=None, available_from="2026-05-01")],
                     [{**package, "available_until": "2026-04-01"}])
        assert not early.possible

    def test_two_courses_that_no_one_period_holds(self) -> None:
        """One ends before the other begins: the package is bought once, and opens one of them."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=held("laboratory_safety"))
        courses = [course("c", price=None, available_until="2026-03-20"),
                   course("s", "safety", price=None, available_from="2026-05-01")]
        package = {"id": "p", "title": "P", "price": 5, "courses": ["c", "s"], "period_days": 30}
        found = plan(who, courses, [package])
        assert [(one.code, one.subject) for one in found.obstacles] == [("NO_COMBINATION", "qls")]
        assert plan(who, courses, [package, {**package, "id": "q"}]).cost == 10

    def test_a_package_of_the_year_3000(self) -> None:
        """A period beyond the end of the calendar is cut there."""
        who = record({**QLS, "expires_on": "2026-05-31"}, activities=LACKS_ETHICS)
        found = plan(who, [course("c", price=None, available_from="2999-12-31")],
                     [{"id": "p", "title": "P", "price": 5, "courses": ["c"], "period_days": 3660}])
        assert not found.possible


@st.composite
def dated(draw: st.DrawFn) -> Catalogue:
    """Draw two or three ethics courses with their own days, and a package that is open for some days."""
    courses = []
    for number in range(2):
        days: dict[str, Any] = draw(st.sampled_from((
            {}, {}, {"days": 20}, {"available_from": "2026-05-20"}, {"available_until": "2026-05-25"},
            {"available_from": "2026-06-15"}, {"available_from": "2026-03-20", "available_until": "2026-06-05"})))
        courses.append(course(f"c{number}", **days, price=draw(st.sampled_from((None, 4, 9)))))
    package = {"id": "p", "title": "P", "price": draw(st.sampled_from((3, 7))),
               "courses": [str(one["id"]) for one in courses], "period_days": draw(st.sampled_from((1, 20, 30, 90)))}
    rest = [course("s", "safety", available_from=START), course("l", "laboratory_safety", 6, available_from=START)]
    return Catalogue(courses=[*courses, *rest], packages=[package])


@settings(max_examples=scaled(12))
@given(dated(), st.booleans())
def test_no_other_days_are_better(catalogue: Catalogue, both: bool) -> None:
    """With one cycle ending and another beginning, no other day of purchase gives a better plan."""
    ending: list[dict[str, Any]] = [{**QLS, "expires_on": "2026-05-31"}] if both else []
    who = record(*ending, {**QLS, "id": "next", "expires_on": "2029-05-31"}, activities=LACKS_ETHICS)
    found = cmprules.plan(who, edition(), catalogue, on=ON)
    period = timedelta(days=(catalogue.packages[0].period_days or 1) - 1)
    ends = {START, date(2026, 5, 20), date(2026, 6, 15), ON + timedelta(days=20)}
    tries = {end - period for end in ends if end - period >= ON}
    plans = everything(who, edition(), catalogue, ON, ON, starts=[START], purchases=tries)
    least = min(((one.cost, one.hours, len(one.courses), len(one.packages)) for one in plans), default=None)
    assert (None if found.cost is None else (found.cost, found.hours, len(found.courses), len(found.packages))) == least
