"""Which open questions are asked, at the number up to which every combination of answers is tried."""

from __future__ import annotations

from datetime import date

import pytest

import cmprules

BOOK = cmprules.load_book(edition="2026.1")


def asked(*activities: cmprules.Activity, on: date = date(2026, 3, 10)) -> list[str]:
    """Who is asked about, of a phlebotomist whose expiry is in May 2026."""
    record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=activities, credentials=(
        cmprules.Credential(id="pbt", code="PBT", expires_on=date(2026, 5, 31)),))
    answer = cmprules.decide(record, BOOK, on=on)["pbt"]
    assert answer.outcome == "NEEDS_REVIEW"
    return [need.subject for need in answer.needs]


def course(id: str, amount: str, *areas: str, dated: bool = False) -> cmprules.Activity:
    """A course, whose day is not known unless said."""
    return cmprules.Activity(id=id, title=f"Course {id}", kind="formal_ce", amount=amount, areas=areas,
                             completed_on=date(2025, 1, 1) if dated else None)


CERTAIN = (course("p", "2", "phlebotomy", dated=True), course("free", "20", dated=True))


@pytest.mark.parametrize("idle", [0, 1], ids=["eight open", "nine open, of which one is for the full pool alone"])
def test_an_activity_that_could_fill_half_of_an_area_is_not_asked_about(idle: int) -> None:
    """Half a point of safety settles nothing: with the whole point it is not needed, without it is not enough.

    With eight open activities that may help, each is still tried in every combination.
    """
    whole, half = course("whole", "1", "safety"), course("half", "0.5", "safety")
    others = [course(f"e{number}", "1", "ethics") for number in range(6)]
    more = [course(f"i{number}", "1") for number in range(idle)]
    assert asked(*CERTAIN, whole, half, *others, *more) == ["whole", *(f"e{number}" for number in range(6))]


def test_with_nine_that_may_help_it_is_asked_about_too() -> None:
    """Beyond eight, not every combination is tried, and whatever may help is asked about."""
    whole, half = course("whole", "1", "safety"), course("half", "0.5", "safety")
    others = [course(f"e{number}", "1", "ethics") for number in range(7)]
    assert asked(*CERTAIN, whole, half, *others) == ["whole", "half", *(f"e{number}" for number in range(7))]
