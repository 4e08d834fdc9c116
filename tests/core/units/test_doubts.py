"""Which open questions are asked, around the number up to which every combination of answers is tried."""

from __future__ import annotations

from datetime import date

import pytest

import cmprules
from cmprules._words.codes.questions import NEEDS
from tests.edges.batch.again import mattering_together

BOOK = cmprules.load_book(edition="2026.1")


def asked(*activities: cmprules.Activity, on: date = date(2026, 3, 10)) -> list[str]:
    """Return the subjects of the questions for a phlebotomist whose credential expires in May 2026."""
    record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=activities, credentials=(
        cmprules.Credential(id="pbt", code="PBT", expires_on=date(2026, 5, 31)),))
    answer = cmprules.decide(record, BOOK, on=on)["pbt"]
    assert answer.outcome == "NEEDS_REVIEW"
    return [need.subject for need in answer.needs]


def course(id: str, amount: str, *areas: str, dated: bool = False) -> cmprules.Activity:
    """Make a course, undated unless a day is given."""
    return cmprules.Activity(id=id, title=f"Course {id}", kind="formal_ce", amount=amount, areas=areas,
                             completed_on=date(2025, 1, 1) if dated else None)


CERTAIN = (course("p", "2", "phlebotomy", dated=True), course("free", "20", dated=True))


@pytest.mark.parametrize("idle", [0, 1], ids=["eight open", "nine open, of which one is for the full pool alone"])
def test_an_activity_that_could_fill_half_of_an_area_is_not_asked_about(idle: int) -> None:
    """Half a point of safety settles nothing: with the one-point course it is not needed, without it not enough.

    With eight open activities that may help, each is still tried in every combination.
    """
    whole, half = course("whole", "1", "safety"), course("half", "0.5", "safety")
    others = [course(f"e{number}", "1", "ethics") for number in range(6)]
    more = [course(f"i{number}", "1") for number in range(idle)]
    assert asked(*CERTAIN, whole, half, *others, *more) == ["whole", *(f"e{number}" for number in range(6))]


def test_with_nine_that_may_help_it_is_asked_about_too() -> None:
    """Beyond eight, not every combination is tried, so anything that may help is asked about."""
    whole, half = course("whole", "1", "safety"), course("half", "0.5", "safety")
    others = [course(f"e{number}", "1", "ethics") for number in range(7)]
    assert asked(*CERTAIN, whole, half, *others) == ["whole", "half", *(f"e{number}" for number in range(7))]


def test_entries_that_matter_only_together_are_asked_about() -> None:
    """With ten open, each of four entries adds nothing alone; but if all are confirmed, others serve more areas.

    Were they left out, the credential would need review with no question that could settle it.
    """
    record = mattering_together()
    answer = cmprules.decide(record, cmprules.load_book(edition="2026.2"), on=date(2026, 3, 10))["c"]
    assert answer.outcome == "NEEDS_REVIEW"
    counted = {one.id for one in answer.activities or () if one.placed}
    assert counted == {"a0", "a2"}
    assert {need.subject for need in answer.needs} == {one.id for one in record.activities} - counted


# ---------------------------------------------------------------------------------------------------------
# Divisions where a histotechnician's credential has expired and two tables apply: two points in histology under the old
# one, eight under today's.


def asked_once_expired(*activities: cmprules.Activity) -> list[tuple[str, str]]:
    """Return the questions for a histotechnician expired in 2023 whose pool is full."""
    free = course("free", "40", dated=True)
    record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=(*activities, free), credentials=(
        cmprules.Credential(id="ht", code="HT", expires_on=date(2023, 12, 31)),))
    answer = cmprules.decide(record, BOOK, on=date(2026, 3, 10))["ht"]
    assert answer.outcome == "NEEDS_REVIEW"
    return [(need.code, need.subject) for need in answer.needs]


def test_each_of_two_tables_may_hang_on_a_division_of_its_own() -> None:
    """The old table divides one course, today's another: both are asked about."""
    assert asked_once_expired(
        course("first", "7.5", "safety", "ethics", "histology", dated=True),
        course("second", "0.5", "safety", "ethics", "histology", dated=True),
        course("third", "2", "safety", "ethics", dated=True),
    ) == [("DIVIDED_ACTIVITY", "first"), ("DIVIDED_ACTIVITY", "third")]


def test_a_division_that_open_courses_would_spare_is_asked_about_all_the_same() -> None:
    """Under the old table certain points must be divided; open courses might avoid that, but are open."""
    assert asked_once_expired(
        course("certain", "4", "safety", "ethics", "histology", dated=True),
        course("open", "4", "safety", "ethics"),
        course("wide", "4", "safety", "ethics", "histology"),
    ) == [("UNDATED", "open"), ("UNDATED", "wide"), ("DIVIDED_ACTIVITY", "certain"), ("TABLE_AFTER_EXPIRY", "ht")]


def test_a_course_that_is_divided_where_the_table_is_not_met_anyway_is_not_asked_about() -> None:
    """Under today's table histology is short in any case, so a division settles nothing."""
    assert asked_once_expired(
        course("certain", "4", "safety", "ethics", "histology", dated=True),
        course("open", "2", "safety", "ethics"),
    ) == [("DIVIDED_ACTIVITY", "certain"), ("TABLE_AFTER_EXPIRY", "ht")]
    assert asked_once_expired(
        course("narrow", "1", "ethics", "histology", dated=True),
        course("open", "4", "safety", "ethics", "histology"),
        course("certain", "3", "safety", "ethics", dated=True),
    ) == [("UNDATED", "open"), ("TABLE_AFTER_EXPIRY", "ht")]


def test_two_questions_about_one_activity_are_two_sentences() -> None:
    """One need asks both: the day, and whether it may be divided."""
    record = cmprules.Record(holder=cmprules.Holder(id="h"), credentials=(
        cmprules.Credential(id="pbt", code="PBT", expires_on=date(2026, 5, 31)),), activities=(
        course("both", "2", "safety", "ethics"), course("rest", "9", "phlebotomy", dated=True)))
    [need] = cmprules.decide(record, BOOK, on=date(2026, 3, 10))["pbt"].needs
    assert need.question == (NEEDS["UNDATED"] + " " + NEEDS["DIVIDED_ACTIVITY"]).format(subject="both")
