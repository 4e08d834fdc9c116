"""Progress where a credit was uploaded after the holder had entered and placed it, and what is left to earn."""

from __future__ import annotations

from datetime import date
from typing import Any

import cmprules
from cmprules.explaining import review_placement

BOOK = cmprules.load_book(edition="2026.2")
TYPED = {"id": "9", "title": "Needlestick prevention", "kind": "formal_ce", "amount": "3", "provider": "Vendor",
         "completed_on": "2025-03-01", "areas": ["safety"]}
PLACED = (("9", "safety", "1"), ("9", "pool", "2"), ("e", "ethics", "1"), ("p", "phlebotomy", "2"), ("p", "pool", "3"))


def record(*activities: dict[str, Any]) -> cmprules.Record:
    """Make the record of a phlebotomist who has placed everything."""
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [*activities, TYPED,
                       {"id": "e", "title": "Ethics", "kind": "formal_ce", "amount": "1", "completed_on": "2024-02-05",
                        "areas": ["ethics"], "provider": "Society"},
                       {"id": "p", "title": "Order of draw", "kind": "formal_ce", "amount": "5",
                        "completed_on": "2024-03-05", "areas": ["phlebotomy"], "provider": "Society"}],
        "placements": [{"credential": "pbt", "activity": activity, "area": area, "points": points}
                       for activity, area, points in PLACED],
    })


def test_a_copy_that_arrives_later_changes_nothing() -> None:
    """The smaller id represents both entries, and a placement on the other still counts."""
    after = cmprules.track(record({**TYPED, "id": "10", "source": "upload"}), BOOK, on=date(2026, 3, 10))["pbt"]
    assert after.next_step.code == "DECLARE"
    assert after.ready_to_declare
    assert [str(area.placed_by_holder) for area in after.areas or ()] == ["1", "1", "2", "5"]


def test_a_review_finds_no_move() -> None:
    """The placement on the copy is lawful and complete."""
    review = review_placement(record({**TYPED, "id": "10"}), BOOK, on=date(2026, 3, 10))["pbt"]
    assert (review.outcome, review.moves, review.problems) == ("MET", (), ())


def test_what_to_earn_is_said_by_what_closes_the_shortfall() -> None:
    """An activity for safety or ethics leaves one of the two short, either way."""
    either = {"id": "x", "title": "Either", "kind": "formal_ce", "amount": "1", "completed_on": "2025-01-01",
              "areas": ["safety", "ethics"]}
    found = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [either],
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}]})
    step = next(one for one in (cmprules.track(found, BOOK, on=date(2026, 3, 10))["pbt"].next_step,
                                *cmprules.track(found, BOOK, on=date(2026, 3, 10))["pbt"].further_steps)
                if one.code == "EARN_POINTS")
    assert step.message == ("Earn 8 points more: 2 points in phlebotomy; 1 point in safety or ethics; "
                            "5 points in any area.")
    assert step.subjects == ("safety", "ethics", "phlebotomy")
