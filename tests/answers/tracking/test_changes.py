"""Changes: the differences between two trackings, each with its code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._words.codes import every as codes
from tests.answers.tracking.records import BOOK, COURSES, PLACED, course, pbt
from tests.strategies import own_tables

ON = date(2026, 3, 10)
Seen = tuple[str, str, str | None, str | None, str | None]


def _track(record: cmprules.Record | None = None, on: date = ON, **more: Any) -> cmprules.Tracking:
    return cmprules.track(record or pbt(), more.pop("book", BOOK), on=on, **more)


def _seen(before: cmprules.Tracking, after: cmprules.Tracking) -> list[Seen]:
    return [(one.code, one.subject, one.where, one.before, one.after)
            for one in cmprules.changes(before, after).changes]


def _found(before: cmprules.Tracking, after: cmprules.Tracking, code: str) -> list[tuple[Any, ...]]:
    return [seen[1:] for seen in _seen(before, after) if seen[0] == code]


def test_days_alone_are_no_change() -> None:
    """Two days of the same window: fewer days are left, and nothing else has changed."""
    found = cmprules.changes(_track(), _track(on=date(2026, 3, 17)))

    assert (found.days, found.changes, len(found), bool(found)) == (7, (), 0, False)
    assert (found.before_on, found.after_on) == (ON, date(2026, 3, 17))


def test_days_are_counted_back_if_the_later_comes_first() -> None:
    """The number is negative, and there is still no change."""
    found = cmprules.changes(_track(), _track(on=date(2026, 3, 3)))

    assert (found.days, bool(found)) == (-7, False)
    assert cmprules.to_mapping(found)["days"] == "-7"


def test_the_days_after_the_end_are_no_change() -> None:
    """The last three years move with the day, which is not a change."""
    after = [_track(on=day) for day in (date(2026, 6, 1), date(2026, 6, 2))]

    assert after[0].decision["pbt"].cycle != after[1].decision["pbt"].cycle
    assert _seen(*after) == []


def test_the_order_of_a_record_is_no_change() -> None:
    """The order of its placements is none either."""
    assert _seen(_track(), _track(pbt(COURSES[::-1], PLACED[::-1]))) == []


def test_the_end_passes() -> None:
    """Standing, window, step and fees change."""
    assert _seen(_track(on=date(2026, 5, 31)), _track(on=date(2026, 6, 1))) == [
        ("STANDING_CHANGED", "pbt", None, "current", "expired"),
        ("WINDOW_CHANGED", "pbt", None, "late", "expired"),
        ("STEP_CHANGED", "pbt", None, "DECLARE_LATE", "REINSTATE"),
        ("FEES_CHANGED", "record", None, "110.00", "255.00"),
    ]


def test_a_course_is_added_that_was_missing() -> None:
    """The changes are outcome, total and area points, step, and the activity by title."""
    before = _track(pbt(COURSES[1:], PLACED[1:]))

    assert _seen(before, _track()) == [
        ("OUTCOME_CHANGED", "pbt", None, "NOT_MET", "MET"),
        ("APPLIED_CHANGED", "pbt", "total", "8", "9"),
        ("APPLIED_CHANGED", "pbt", "safety", "0", "1"),
        ("STEP_CHANGED", "pbt", None, "EARN_POINTS", "DECLARE"),
        ("PLACEMENT_CHANGED", "pbt", "s: safety", None, "1"),
        ("ACTIVITY_ADDED", "s", None, None, "Course s"),
    ]


def test_an_activity_is_altered_field_by_field() -> None:
    """Each field shows its written value; a missing value is nothing."""
    old = course("z", "0.50", "safety")
    new = {**course("z", "0.5", "", kind="in_service", documents=["letter", "certificate"]), "source": "self",
           "areas": ["safety", "ethics"]}
    del new["completed_on"]
    found = _found(_track(pbt(more=[old])), _track(pbt(more=[new])), "ACTIVITY_ALTERED")

    assert found == [("z", "completed_on", "2025-06-01", None), ("z", "kind", "formal_ce", "in_service"),
                     ("z", "areas", "safety", "safety, ethics"), ("z", "documents", None, "letter, certificate"),
                     ("z", "source", "upload", "self")]


def test_an_activity_is_removed() -> None:
    """The change names it by title."""
    before = _track(pbt(more=[course("z", "1", "")]))

    assert _found(before, _track(), "ACTIVITY_REMOVED") == [("z", None, "Course z", None)]
    assert _found(before, _track(), "WAITING_CHANGED") == [("pbt", "z", "1", None)]


def test_credentials_come_and_go() -> None:
    """They are named by code and body; the figures of a new one are not changes."""
    two = attrs.evolve(pbt(), credentials=(
        *pbt().credentials, cmprules.Credential(id="mls", code="MLS", expires_on=date(2027, 5, 31))))

    assert _seen(_track(), _track(two)) == [("CREDENTIAL_ADDED", "mls", None, None, "MLS(ASCP)"),
                                            ("FEES_CHANGED", "record", None, "110.00", "220.00")]
    assert _found(_track(two), _track(), "CREDENTIAL_REMOVED") == [("mls", None, "MLS(ASCP)", None)]


def test_a_credential_is_altered() -> None:
    """Yes and no are words like any others."""
    old = pbt(certified_on="2001-05-12", previous_nca=True)
    new = pbt(certified_on="2001-05-12", extended_until="2026-08-31")

    assert _found(_track(old), _track(new), "CREDENTIAL_ALTERED") == [
        ("pbt", "previous_nca", "true", "false"), ("pbt", "extended_until", None, "2026-08-31")]


def test_another_table_needs_other_points() -> None:
    """A later expiry needs ethics, and one point less in the pool."""
    old, new = (_track(pbt([], (), expires_on=end), on=date(2022, 6, 1)) for end in ("2022-12-31", "2023-01-31"))

    assert _found(old, new, "NEEDED_CHANGED") == [("pbt", "pool", "6", "5"), ("pbt", "ethics", None, "1")]


def test_questions_come_up_and_are_settled() -> None:
    """Each is named by code and subject, in words."""
    open_ = _track(pbt(COURSES[1:], PLACED[1:], [course("t", "1", "safety", kind="teaching")]))
    asked = "How many points does the Board of Certification give for 't'?"

    assert _found(_track(), open_, "QUESTION_ADDED") == [("pbt", "KIND_UNCONFIRMED: t", None, asked)]
    assert _found(open_, _track(), "QUESTION_REMOVED") == [("pbt", "KIND_UNCONFIRMED: t", asked, None)]
    assert _found(open_, open_, "QUESTION_ADDED") == []


def test_placements_of_one_activity_in_one_area_are_added_up() -> None:
    """Two rows are the same as one row with their sum."""
    halves = [*PLACED[:3], {**PLACED[3], "points": "2"}, {**PLACED[3], "points": "3"}]

    assert _seen(_track(), _track(pbt(placements=halves))) == []


def test_what_the_trackings_were_made_with(tmp_path: Path) -> None:
    """Trust, rules, edition, the user's rows and the fee region are compared."""
    path = tmp_path / "own.toml"
    path.write_text(own_tables({2024: {"safety": "1", "pool": "5"}}), encoding="utf-8")
    own = cmprules.load_book(edition="2026.1", extra=[path])
    before = _track()
    stamp = before.decision.stamp
    other = attrs.evolve(before, decision=attrs.evolve(
        before.decision, stamp=attrs.evolve(stamp, rules=2, edition="2027.1", library="9.9.9")))
    poorer = cmprules.parse_record({**cmprules.to_mapping(pbt()),
                                    "holder": {"id": "sample-1", "fee_region": "low_middle_income"}})

    assert _found(before, _track(trust="society"), "TRUST_CHANGED") == [("record", None, "inferred", "society")]
    assert _seen(before, other) == [
        ("EDITION_CHANGED", "record", None, f"2026.1 {BOOK.sha256[:12]}", f"2027.1 {BOOK.sha256[:12]}"),
        ("RULES_CHANGED", "record", None, str(stamp.rules), "2")]
    assert _found(before, _track(book=own), "EDITION_CHANGED") == [
        ("record", None, f"2026.1 {BOOK.sha256[:12]}", f"2026.1 {BOOK.sha256[:12]} {own.extra_sha256[0][:12]}")]
    assert _seen(before, _track(poorer)) == [
        ("FEE_REGION_CHANGED", "record", None, "standard", "low_middle_income"),
        ("FEES_CHANGED", "record", None, "110.00", "100.00")]


def test_fees_that_are_not_established_are_nothing() -> None:
    """No source has the fee for 2015."""
    held = pbt(certified_on="2011-05-12", expires_on="2017-05-31")

    assert _found(_track(held, date(2016, 1, 1)), _track(held, date(2017, 1, 1)), "FEES_CHANGED") == []
    assert _found(_track(held, date(2017, 1, 1)), _track(held, date(2026, 1, 1)), "FEES_CHANGED") == [
        ("record", None, None, "255.00")]


def test_every_code_is_used_above() -> None:
    """A code that no test produces may be one that nothing produces."""
    text = Path(__file__).read_text(encoding="utf-8")

    assert [code for code in codes.CHANGES if f'"{code}"' not in text] == []


@pytest.mark.parametrize(("before", "after", "faults"), [
    (None, None, [("$.before", "WRONG_TYPE"), ("$.after", "WRONG_TYPE")]),
    (_track(), {}, [("$.after", "WRONG_TYPE")]),
    (_track(), _track(cmprules.parse_record({**cmprules.to_mapping(pbt()), "holder": {"id": "sample-2"}})),
     [("$.after.record.holder.id", "OTHER_HOLDER")]),
])
def test_what_cannot_be_compared_is_refused(before: Any, after: Any, faults: list[tuple[str, str]]) -> None:
    """Every fault has its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.changes(before, after)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == faults
