"""Plans where entries may be one activity: a plan relies on nothing that an open question could take away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

import cmprules
from cmprules.planning import Catalogue, Plan, front
from tests.answers.planning.strategies import ON, Question, questions
from tests.answers.planning.test_days import LACKS_ETHICS, QLS, course, held, record
from tests.answers.planning.trying import nothing_is_less
from tests.examples import scaled

BOOK = cmprules.load_book(edition="2026.2")


def plan(activities: tuple[dict[str, Any], ...], courses: list[dict[str, Any]], **wishes: Any) -> Plan:
    """Plan for a QLS under edition 2026.2."""
    who = record({**QLS, "expires_on": "2026-05-31"}, activities=activities)
    return cmprules.plan(who, BOOK, Catalogue(courses=courses), on=ON, **wishes)


def done(title: str, day: str, kind: str = "formal_ce", **more: Any) -> dict[str, Any]:
    """Make an activity for no area."""
    return {"id": "done", "title": title, "kind": kind, "amount": 1, "completed_on": day, **more}


@pytest.mark.parametrize(("there", "offered", "taken"), [
    (done("Ethics", "2025-01-10"), {}, False),  # whether a repeat of a course counts is open
    (done("Ethics (online)", "2025-01-10"), {}, False),  # brackets without a digit do not tell two titles apart
    (done("Ethics (part 2)", "2025-01-10"), {}, True),
    (done("Ethics", "2025-01-10", "in_service"), {"kind": "in_service"}, True),  # employers train every year
    (done("Ethics", "2026-03-09", "in_service"), {"kind": "in_service"}, True),  # it is taken a day later
    (done("Ethics", "2026-03-09", "in_service"), {"kind": "in_service", "available_until": "2026-03-10"},
     False),  # a day apart: the same, or alike
    (done("Ethics", "2026-03-09", "in_service"), {"kind": "in_service", "available_until": "2026-03-11"}, True),
    (done("Ethics", "2026-03-08", "in_service"), {"kind": "in_service"}, True),
    (done("Ethics", "2026-03-09", "in_service"), {"kind": "in_service", "days": 1}, True),
    (done("Ethics", "2025-01-10", provider="A"), {"provider": "B"}, True),
    (done("Ethics", "2025-01-10", provider="A"), {}, False),  # without a provider it agrees with any
])
def test_what_may_be_one_with_what_is_done(there: dict[str, Any], offered: dict[str, Any], taken: bool) -> None:
    """Checks both sides of each relation; the answer names a refused course."""
    found = plan((*LACKS_ETHICS, there), [course("c", **{"title": "Ethics", **offered})])
    assert (found.possible, [one.code for one in found.left_out]) == (taken, [] if taken else ["ALREADY_TAKEN"])


def test_the_third_in_service_is_offered() -> None:
    """The record has the same training in two years, and this year's counts again."""
    years = tuple({**done("Annual safety", f"{year}-02-10", "in_service", areas=["safety"]), "id": str(year)}
                  for year in (2024, 2025))
    found = plan((*held("laboratory_safety"), *years),
                 [course("again", "ethics", kind="in_service", title="Annual safety")])
    assert [one.id for one in found.courses] == ["again"]


@pytest.mark.parametrize(("other", "both"), [
    ({"provider": "B"}, False), ({"provider": "B", "amount": 2}, True), ({"provider": "A", "amount": 2}, False),
])
def test_of_two_courses_that_may_be_one_only_one_is_taken(other: dict[str, Any], both: bool) -> None:
    """With equal titles they are alike if points or providers agree; otherwise they are two."""
    found = plan(held("laboratory_safety"), [
        course("e", title="Compliance", provider="A"), course("s", "safety", **{"title": "Compliance", **other})])
    assert found.possible is both


def test_a_unit_below_the_trust_asked_for_is_not_relied_on() -> None:
    """The value of a CEU is our inference: one trust accepts it, the other does not."""
    offered = [course("c", amount="0.1", unit="ceu")]
    codes = [[one.code for one in plan(LACKS_ETHICS, offered, trust=trust).left_out]
             for trust in ("inferred", "third_party")]
    assert codes == [[], ["UNIT_UNCONFIRMED"]]


@settings(max_examples=scaled(25))
@given(questions(courses=4, packages=1))
def test_nothing_is_less_under_the_second_edition(question: Question) -> None:
    """Law: the plan is the one that trying everything finds, judged by `decide` alone, early and late."""
    nothing_is_less(question.record, BOOK, question.catalogue, on=ON, by=question.by)


def test_a_front_has_the_same_manners() -> None:
    """Its trades rely on nothing that a question could take away."""
    who = record({**QLS, "expires_on": "2026-05-31"}, activities=(*LACKS_ETHICS, done("Ethics", "2025-01-10")))
    trades = front(who, BOOK, Catalogue(courses=[course("c", title="Ethics"), course("d", title="Honesty", hours=3)]),
                   on=date(2026, 3, 10))
    assert [one.courses for one in trades.points] == [("d",)]
