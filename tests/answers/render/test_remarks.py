"""What a reader must not miss: odd amounts, ends and fees, answers of one's own, and titles of several entries."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._answers.render.names import Names

BOOK = cmprules.load_book(edition="2026.2")
PBT = {"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}
MB = {"id": "mb", "code": "MB", "expires_on": "2026-05-31"}
FULL = [{"id": "a", "areas": ["safety"], "amount": 1}, {"id": "b", "areas": ["ethics"], "amount": 1},
        {"id": "c", "areas": ["phlebotomy"], "amount": 2}, {"id": "d", "amount": 5}]


def _text(*activities: dict[str, Any], credentials: tuple[dict[str, Any], ...] = (PBT,), on: str = "2026-03-10",
          settled: tuple[dict[str, Any], ...] = (), summary: bool = False) -> str:
    whole = [{"title": f"Title {one['id']}", "kind": "formal_ce", "completed_on": "2025-02-01", **one}
             for one in activities]
    record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "settled": list(settled),
                                    "credentials": list(credentials), "activities": whole})
    decision = cmprules.decide(record, BOOK, on=on)
    return " ".join(cmprules.render(decision, record=record, summary=summary).split())


@pytest.mark.parametrize(("amount", "unit", "words"), [
    ("2.5", "ceu", '"Title d" (2.5 CEU, counted as 25 points)'),
    ("24.01", "contact_hour", '"Title d" (24.01 contact hours, counted as 24.01 points)'),
    ("25", "point", '"Title d" (25 points)'),
])
def test_an_odd_amount_is_the_first_thing_to_check(amount: str, unit: str, words: str) -> None:
    """Even where the requirements are met, and in the summary."""
    text = _text(*FULL[:3], {"id": "d", "amount": amount, "unit": unit}, summary=True)
    assert "Requirements met All 9 points are there. Last day" in text
    assert f"What to do 1. Check the amount of {words}. That is more than one day usually brings. 2. Send" in text


def test_a_plausible_amount_asks_for_no_check() -> None:
    """24 points are the most that one day plausibly brings."""
    assert "Check the amount" not in _text(*FULL[:3], {"id": "d", "amount": "24"})


def test_a_check_of_several_credentials_is_listed_once() -> None:
    """A step about an activity of both names both; each keeps its own declaration."""
    text = _text(*FULL[:3], {"id": "d", "amount": "40", "areas": ["molecular"]}, credentials=(PBT, MB))
    assert text.count("Check the amount of") == 1
    assert '1. PBT(ASCP) and MB(ASCP): Check the amount of "Title d" (40 points).' in text
    assert "2. PBT(ASCP): Send" in text
    assert "3. MB(ASCP): Send" in text


def test_an_end_inside_a_month_is_checked() -> None:
    """Unless a question asks about it already; the last day of a month needs no check."""
    odd = {**PBT, "expires_on": "2026-05-30"}
    words = "Check the last day of PBT(ASCP) on the certificate. It is not the end of a month."
    assert f"1. {words} 2. Send" in _text(*FULL, credentials=(odd,))
    assert f"Earn 5 points in any area. 2. {words}" in _text(*FULL[:3], credentials=(odd,))
    assert words not in _text(*FULL)
    asked = _text(*FULL[:3], {"id": "d", "amount": 5, "completed_on": "2023-05-31"}, credentials=(odd,))
    assert words not in asked
    assert 'Check the last day of the credential. It decides whether "Title d" counts.' in asked


def test_an_open_fee_is_asked_about_before_the_declaration() -> None:
    """Inactive, within an extension: the reinstatement fee may be due, too."""
    inactive = {**PBT, "expires_on": "2025-10-31", "extended_until": "2026-05-31", "cycle_start": "2023-06-01"}
    words = "Ask the Board of Certification whether PBT(ASCP) owes the reinstatement fee, too."
    assert f"1. {words} The cost shown leaves it out. 2. Send the declaration" in _text(*FULL, credentials=(inactive,))
    assert words not in _text(*FULL)


def test_fees_that_cannot_be_paid_yet_say_from_when() -> None:
    """The day before the window opens, and the day on which it does."""
    before, after = _text(*FULL, on="2026-03-01"), _text(*FULL, on="2026-03-02")
    assert "$110.00 (at today's fees; not due before March 2, 2026)" in before
    assert "Fees of that day in US dollars, for declarations sent Credential" in before
    assert "our own inference from 2026-03-02" in before
    assert "not due" not in after
    assert "Can be sent" not in after


def test_fees_of_several_that_cannot_all_be_paid_now() -> None:
    """One window is open; then neither is."""
    later = {**MB, "expires_on": "2028-05-31"}
    text = _text(*FULL, credentials=(PBT, later))
    assert "(together; not all can be sent now)" in text
    assert "our own inference now" in text
    assert "(together; none can be sent now)" in _text(*FULL, credentials=(PBT, later), on="2026-01-10")


AGAIN = [{"id": "d1", "title": "Tubes", "amount": 3, "completed_on": "2024-02-01"},
         {"id": "d2", "title": "Tubes", "amount": 3, "completed_on": "2025-02-01"}]


def test_an_answer_of_the_holders_is_named() -> None:
    """Used ones count in the verdict; one that nothing asked for is listed alone."""
    used = {"code": "REPEATED_COURSE", "subjects": ["d2"], "answer": "yes"}
    spare = {"code": "UNDATED", "subjects": ["d1"], "answer": "yes"}
    text = _text(*FULL[:3], *AGAIN, settled=(used, spare))
    assert "Requirements met All 9 points are there. This uses 1 answer of your own; see below." in text
    assert "Your answers" in text
    assert "Tubes (d2, 2025-02-01): your answer was used (taken again)." in text
    assert "Tubes (d1, 2024-02-01): your answer was not needed (no date of completion)." in text
    assert "answer of your own" not in _text(*FULL[:3], *AGAIN)


def test_entries_of_one_title_are_counted() -> None:
    """One question for all of them, whether they are the same or only alike; none is called certain."""
    boards = [{"id": f"t{number}", "title": "Tumor board", "amount": amount, "completed_on": "2025-03-01"}
              for number, amount in enumerate(("1", "1", "2"))]
    text = _text(*FULL[:3], *boards, {"id": "x", "amount": 1})
    assert 'Check whether 2 entries of "Tumor board" are in the record twice.' in text
    assert text.count("? Is this one activity that was entered twice") == 1
    assert "entered twice " not in text.partition("How each activity counted")[2]
    assert text.count("not counted yet: it may be in the record twice") == 2


TWICE: list[dict[str, Any]] = [
    {"id": name, "title": "Tubes", "completed_on": "2025-03-01", "amount": 1} for name in ("d1", "d2", "d3")]


@pytest.mark.parametrize(("entries", "answer", "edition", "said"), [
    (2, None, "2026.2", ["possibly entered twice, and counted once (as d1)"]),
    (3, None, "2026.2", ["possibly entered twice, and counted once (as d1)"] * 2),
    (2, "no", "2026.2", ["entered twice"]),
    (2, "yes", "2026.2", []),
    (2, None, "2026.1", ["entered twice"]),
])
def test_an_entry_that_may_be_another_is_not_called_one_entered_twice(
        entries: int, answer: str | None, edition: str, said: list[str]) -> None:
    """Even where nothing depends on it; it says which entry was counted."""
    settled = [{"code": "DUPLICATE", "subjects": ["d2"], "answer": answer}] if answer else []
    whole = [{"title": f"Title {one['id']}", "kind": "formal_ce", "completed_on": "2025-02-01", **one}
             for one in (*FULL, *TWICE[:entries])]
    record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "settled": settled,
                                    "credentials": [PBT], "activities": whole})
    decision = cmprules.decide(record, cmprules.load_book(edition=edition), on="2026-03-10")
    text = cmprules.render(decision, "markdown", record=record)

    assert str(decision["pbt"].outcome) == "MET"
    assert re.findall(r"1 not counted: ([^|]*entered twice[^|]*?) *\|", text) == said


def test_a_former_code_is_named_as_entered() -> None:
    """The question is about the letters on the certificate."""
    areas = ("safety", "ethics", "blood_banking", "chemistry", "hematology", "microbiology")
    mt = {"id": "mt", "code": "MT", "certified_on": "2019-06-01", "expires_on": "2028-06-30"}
    text = _text(*[{"id": area, "areas": [area], "amount": 2, "completed_on": "2026-02-01"} for area in areas],
                 {"id": "p", "amount": 24, "completed_on": "2026-02-02"}, credentials=(mt,))
    assert "1. Check which board gave MLS(ASCP) (entered as MT); if it was another one, take" in text
    assert "Its code was no longer given on the day of certification. - MLS(ASCP) (entered as MT)" in text


def test_activities_of_one_title_are_told_apart_in_an_explanation() -> None:
    """By id and day; a title of its own stands alone."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"}, "credentials": [PBT],
        "activities": [{"kind": "formal_ce", "completed_on": "2025-02-01", "title": f"Title {one['id']}", **one}
                       for one in (*FULL[:3], *AGAIN)]})
    decision = cmprules.decide(record, BOOK, on="2026-03-10")
    text = " ".join(cmprules.render(cmprules.explain(decision, record=record, book=BOOK), record=record).split())
    assert '"Tubes" (d1, 2024-02-01)' in text
    assert '"Tubes" (d2, 2025-02-01)' in text
    names = Names.of(record)
    assert (names.told_apart("a"), names.told_apart("gone")) == ('"Title a"', "gone")
    undated = attrs.evolve(record, activities=[attrs.evolve(one, completed_on=None) for one in record.activities])
    assert Names.of(undated).told_apart("d1") == '"Tubes" (d1, no date)'


def test_bars_agree_with_their_total() -> None:
    """If the open questions can close the shortfall, each area is open; else only those that open points may serve."""
    twice = [{"id": one, "title": "Draw", "amount": 2, "areas": ["phlebotomy"]} for one in ("c1", "c2")]
    boards = [{"id": one, "title": "Talk", "amount": 2} for one in ("x1", "x2")]
    text = _text(*FULL[:2], *twice, *boards, {"id": "y", "amount": 1}, summary=True)
    assert "Any other CE [######????] 3 of 5, 2 not confirmed" in text
    assert "Total [########??] 7 of 9, 2 not confirmed" in text
    less = _text(FULL[0], *boards, {"id": "z", "title": "Gram", "amount": 1, "areas": ["ethics"], "completed_on": None},
                 summary=True)
    assert "Ethics [??????????] 0 of 1, 1 not confirmed" in less
    assert "Phlebotomy [..........] 0 of 2, 2 missing" in less
