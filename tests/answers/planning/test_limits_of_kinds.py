"""Kinds that count only between two days: a plan knows every bound that a decision knows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import CountingRules, KindRule, Limit, PolicyBook
from cmprules._rules.counting import cycle_of, days_that_count
from cmprules._rules.entries import entries
from cmprules._rules.judging import judge
from cmprules._rules.verdicts import ACCEPTED
from cmprules.planning import Catalogue, Plan, front
from cmprules.testing import cases
from tests.answers.planning.strategies import ON, Question, questions
from tests.answers.planning.test_days import course, plan, record
from tests.answers.planning.trying import nothing_is_less
from tests.examples import scaled
from tests.strategies import edition

PBT = {"id": "pbt", "code": "PBT", "expires_on": "2023-01-31"}
NEARLY: tuple[dict[str, Any], ...] = tuple(
    {"id": name, "title": f"Have {name}", "kind": "formal_ce", "amount": amount, "areas": [*areas],
     "completed_on": "2021-06-01"}
    for name, amount, areas in (("s", 1, ["safety"]), ("e", 1, ["ethics"]), ("p", 2, ["phlebotomy"]), ("r", 4, ())))
WORK = course("work", kind="covid_work", areas=[])


def bounded(kind: str, first: date | None, last: date | None) -> PolicyBook:
    """Make a book in which a kind counts only between two days."""
    book = edition()
    rule: KindRule = book.rules.kinds[kind]
    limits = [Limit(limit=name, value=None, day=day, citation=rule.citation)
              for name, day in (("done_from", first), ("done_until", last)) if day is not None]
    others = [limit for limit in rule.limits if limit.limit not in {"done_from", "done_until"}]
    changed = attrs.evolve(rule, limits=(*others, *limits))
    return attrs.evolve(book, rules=CountingRules(kinds=FrozenMap({**book.rules.kinds, kind: changed})))


def days_of(found: Plan) -> list[tuple[date, date]]:
    """List the first and the last day of each course."""
    return [(one.first_day, one.last_day) for one in found.courses]


class TestAKindThatEndsBeforeTheCredential:
    """Pandemic work counts until December 31, 2022; the credential is due a month later."""

    def test_the_last_day_is_that_of_the_kind(self) -> None:
        """`plan` and `front` answer, and the course is done by the end of the year."""
        who, on = record(PBT, activities=NEARLY), date(2022, 12, 1)
        assert days_of(plan(who, [WORK], on=on)) == [(on, date(2022, 12, 31))]
        assert [one.courses for one in front(who, edition(), Catalogue(courses=[WORK]), on=on).points] == [("work",)]

    @pytest.mark.parametrize(("fields", "possible"), [
        ({"days": 30}, True), ({"days": 31}, False),
        ({"available_from": "2022-12-31"}, True), ({"available_from": "2023-01-01"}, False),
    ])
    def test_both_sides_of_that_day(self, fields: dict[str, Any], possible: bool) -> None:
        """A course that cannot be completed by then is left out because of its kind."""
        found = plan(record(PBT, activities=NEARLY), [{**WORK, **fields}], on=date(2022, 12, 1))
        assert found.possible is possible
        assert [one.code for one in found.left_out] == ([] if possible else ["NOT_ACCEPTABLE"])

    def test_a_kind_that_begins_later_is_waited_for(self) -> None:
        """A course that ends before its kind begins is left out for that reason."""
        who = record({**PBT, "expires_on": "2026-05-31"}, activities=tuple(
            {**one, "completed_on": "2024-06-01"} for one in NEARLY))
        book = bounded("in_service", date(2026, 4, 1), None)
        one = course("c", kind="in_service", areas=[])
        found = cmprules.plan(who, book, Catalogue(courses=[one]), on=ON)
        assert days_of(found) == [(date(2026, 4, 1), date(2026, 5, 31))]
        for until, code in (("2026-03-31", ["NOT_ACCEPTABLE"]), ("2026-04-01", [])):
            found = cmprules.plan(who, book, Catalogue(courses=[{**one, "available_until": until}]), on=ON)
            assert [left.code for left in found.left_out] == code

    def test_a_credential_that_is_due_before_the_kind_begins(self) -> None:
        """No day is left on which the course counts."""
        who = record({**PBT, "expires_on": "2026-05-31"})
        book = bounded("in_service", date(2026, 6, 1), None)
        found = cmprules.plan(who, book, Catalogue(courses=[course("c", kind="in_service")]), on=ON)
        assert [left.code for left in found.left_out] == ["OUTSIDE_CYCLE"]


@given(cases(most_credentials=1), st.sampled_from(("formal_ce", "covid_work", "in_service")),
       st.none() | st.integers(-1500, 100), st.none() | st.integers(-1500, 100))
def test_the_days_that_count_are_those_that_the_test_of_activities_accepts(
    case: Any, kind: str, first: int | None, last: int | None
) -> None:
    """Law: a day counts exactly where an activity on that day is accepted."""
    days = [None if offset is None else case.on + timedelta(days=offset) for offset in (first, last)]
    rules = bounded(kind, *days).rules
    cycle = cycle_of(case.record.credentials[0], case.on)
    counted = days_that_count(rules.kinds[kind], cycle)
    edges = [day for day in (*days, counted and counted.start, counted and counted.end, cycle.period.start, case.on)
             if day is not None]
    for day in {edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)}:
        done = cmprules.Activity(id="a", title="A", kind=kind, amount=1, completed_on=day)
        verdict = judge(entries([done], rules), rules, cycle).counted[0]
        assert (counted is not None and day in counted) is (verdict.bucket == ACCEPTED)


LIMITS = st.tuples(st.none() | st.dates(date(2026, 3, 1), date(2026, 6, 30)),
                   st.none() | st.dates(date(2026, 3, 5), date(2026, 8, 15)))


@settings(max_examples=scaled(20))
@given(questions(courses=4), LIMITS)
def test_nothing_is_less_where_kinds_begin_and_end(question: Question, limits: tuple[date | None, date | None]) -> None:
    """Law: the plan is the one that trying everything finds, and every course counts up to its last day."""
    book = bounded("formal_ce", *limits)
    done = [one for one in question.record.activities if one.kind != "formal_ce"]
    who = attrs.evolve(question.record, activities=[
        *done, *(attrs.evolve(one, kind="in_service") for one in question.record.activities
                 if one.kind == "formal_ce")])
    starts = [day for day in limits[:1] if day is not None and day > ON]
    nothing_is_less(who, book, question.catalogue, on=ON, by=question.by, starts=starts)
