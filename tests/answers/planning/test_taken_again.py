"""Courses of a catalog that may be one with an activity of the record, or with each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules.planning import Catalogue, Plan
from cmprules.planning._sameness import exclusive_courses

BOOK = cmprules.load_book(edition="2026.2")
TRAINING = {"title": "Annual safety training", "provider": "Sample Hospital", "amount": "2", "areas": ["safety"]}


def planned(
    kind: str, *, taken: str, courses: int = 1, edition: cmprules.PolicyBook = BOOK, **more: Any
) -> Plan:
    """Plan for a phlebotomist who is two points short and has already taken a training."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [
            {"id": "before", **TRAINING, "kind": kind, "completed_on": taken},
            {"id": "e", "title": "Ethics", "kind": "formal_ce", "amount": "1", "completed_on": "2024-02-05",
             "areas": ["ethics"]},
            {"id": "p", "title": "Order of draw", "kind": "formal_ce", "amount": "4", "completed_on": "2024-03-05",
             "areas": ["phlebotomy"]},
        ]})
    catalogue = Catalogue(courses=[{"id": f"k{number}", **TRAINING, **more, "kind": kind, "price": 10}
                                   for number in range(courses)], packages=[])
    return cmprules.plan(record, edition, catalogue, on=date(2026, 3, 10))


def test_a_training_that_counts_each_time_is_planned_again() -> None:
    """Decisions count it again, so a plan may use it."""
    found = planned("in_service", taken="2025-01-15")
    assert [course.id for course in found.courses] == ["k0"]
    assert found.credentials[0].after == "MET"


def test_a_course_whose_repeat_may_not_count_is_left_out() -> None:
    """No source says whether it brings points again."""
    found = planned("formal_ce", taken="2025-01-15")
    assert [(one.id, one.code) for one in found.left_out] == [("k0", "ALREADY_TAKEN")]


def test_the_older_edition_leaves_out_what_was_taken() -> None:
    """There a course with the same title, provider, kind and points is the same on any day."""
    found = planned("in_service", taken="2025-01-15", edition=cmprules.load_book(edition="2026.1"))
    assert [(one.id, one.code) for one in found.left_out] == [("k0", "ALREADY_TAKEN")]


@pytest.mark.parametrize(("taken", "first"), [("2026-03-09", "2026-03-11"), ("2026-03-10", "2026-03-12"),
                                              ("2026-03-08", "2026-03-10")])
def test_a_training_is_not_planned_a_day_from_the_last_one(taken: str, first: str) -> None:
    """On the same day or the next it would look like the same entry."""
    found = planned("in_service", taken=taken)
    assert [course.first_day.isoformat() for course in found.courses] == [first]


@pytest.mark.parametrize(("rule", "apart"), [("rule/unknown", False), ("rule/text_comparison", True)])
def test_without_the_rule_on_texts_a_webinar_is_another_course(rule: str, *, apart: bool) -> None:
    """Only that rule compares titles without what stands in brackets."""
    book = attrs.evolve(BOOK, settings=FrozenMap({name: row for name, row in BOOK.settings.items() if name != rule}))
    courses = Catalogue(courses=[{"id": name, **TRAINING, "title": title, "kind": "in_service", "price": 10}
                                 for name, title in (("a", "Sharps"), ("b", "Sharps (webinar)"))]).courses
    assert (frozenset({"a", "b"}) not in set(exclusive_courses(courses, book))) is apart


def test_two_courses_of_one_title_are_not_planned_together() -> None:
    """Two one-point courses would be enough only if they are two."""
    found = planned("in_service", taken="2025-01-15", courses=2, amount="1")
    assert not found.courses
