"""The report of a decision: first the answer, then what to do, then how the points were counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._answers.render.blocks import Bar
from cmprules._answers.render.names import Names, next_last_day
from cmprules._answers.render.questions import ask_steps, doubtful_areas, questions_of
from cmprules._answers.render.tally import bars_of
from cmprules._answers.render.todo import earn_steps, todo
from cmprules._rules.results import Closer, CredentialDecision, Need
from cmprules._words.codes.questions import NEEDS

BOOK = cmprules.load_book(edition="2026.1")
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ON = date(2026, 3, 10)
PBT = {"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}
FULL = [{"id": "a", "areas": ["safety"], "amount": 1}, {"id": "b", "areas": ["ethics"], "amount": 1},
        {"id": "c", "areas": ["phlebotomy"], "amount": 2}, {"id": "d", "amount": 5}]


def _record(*activities: dict[str, Any], credentials: tuple[dict[str, Any], ...] = (PBT,)) -> cmprules.Record:
    whole = [{"title": f"Title {one['id']}", "kind": "formal_ce", "completed_on": "2025-02-01", **one}
             for one in activities]
    return cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"},
                                  "credentials": list(credentials), "activities": whole})


def _example(name: str, on: date = ON) -> tuple[CredentialDecision, Names, str]:
    path = next(EXAMPLES.glob(f"{name}.*"))
    record = cmprules.read_record(path)
    decision = cmprules.decide(record, BOOK, on=on)
    return decision.credentials[0], Names.of(record), cmprules.render(decision, record=record)


def _decided(record: cmprules.Record, on: date = ON) -> tuple[CredentialDecision, Names, str]:
    decision = cmprules.decide(record, BOOK, on=on)
    return decision.credentials[0], Names.of(record), cmprules.render(decision, record=record)


def _bars(credential: CredentialDecision, names: Names) -> dict[str, Bar]:
    bars = bars_of(credential, names)
    return {} if bars is None else {bar.name: bar for bar in bars.bars}


@pytest.mark.parametrize(("on", "words"), [
    (date(2026, 3, 1), "Send the declaration between March 2, 2026 and May 31, 2026, best by May 1, 2026."),
    (date(2026, 3, 2), "Send the declaration, best by May 1, 2026, and by May 31, 2026 at the latest."),
    (date(2026, 5, 1), "Send the declaration, best by May 1, 2026, and by May 31, 2026 at the latest."),
    (date(2026, 5, 2), "Send the declaration now. The last day is May 31, 2026."),
    (date(2026, 5, 31), "Send the declaration now. The last day is May 31, 2026."),
])
def test_whoever_has_all_points_sends_the_declaration(on: date, words: str) -> None:
    """Cases: before the window, in it, and after the advised day."""
    credential, names, text = _decided(_record(*FULL), on)
    assert todo(credential, names) == (words,)
    assert "All 9 points are there." in text


def test_what_is_missing_is_earned_first() -> None:
    """Required areas come first, then any other; a single point is "1 point"."""
    credential, names, text = _decided(_record(*FULL[:2], {**FULL[3], "amount": 4}))
    assert todo(credential, names)[:2] == ("Earn 2 points in phlebotomy.", "Earn 1 point more, in any area.")
    assert "3 of 9 points are missing." in text
    assert "Phlebotomy needs 2 points. None of yours can count there." in text
    credential, names, text = _decided(_record(*FULL[:3], {**FULL[3], "amount": 4}))
    assert todo(credential, names)[0] == "Earn 1 point in any area."
    assert "1 of 9 points is missing." in text


def test_a_date_that_may_help_is_asked_for() -> None:
    """No other date is asked for."""
    undated = {"id": "u", "areas": ["phlebotomy"], "amount": 2, "completed_on": None}
    credential, names, _ = _decided(_record(FULL[0], FULL[3], undated))
    assert todo(credential, names)[0] == 'Add the completion date of "Title u". It may count.'
    credential, names, _ = _decided(_record(FULL[1], FULL[2], FULL[3], {**undated, "areas": ["ethics"], "amount": 1}))
    assert todo(credential, names)[0] == "Earn 1 point in safety."
    article = {"id": "y", "kind": "journal_article", "amount": 1, "unit": "point", "areas": ["ethics"]}
    credential, names, text = _decided(_record(FULL[2], FULL[3], article))
    assert todo(credential, names)[:2] == ("Earn 1 point in safety.", "Earn 1 point in ethics.")
    assert "2 of 9 points are missing (1 if the unconfirmed items below are accepted)." in text


def test_a_question_comes_before_what_it_may_make_unnecessary() -> None:
    """Here the outcome depends on a date."""
    undated = {"id": "u", "areas": ["phlebotomy"], "amount": 2, "completed_on": None}
    credential, names, text = _decided(_record(FULL[0], FULL[1], FULL[3], undated))
    assert todo(credential, names)[:2] == (
        'Add the completion date of "Title u".',
        "Earn 2 points in phlebotomy unless the answers above make it unnecessary.")
    assert "2 of 9 points are missing unless the open questions go your way." in text
    assert _bars(credential, names)["Phlebotomy"].words == "0 of 2, 2 not confirmed"
    assert "- Title u (u, no date)" in text
    assert "open question" in text


def test_what_a_division_fills_is_marked_everywhere() -> None:
    """Two areas are filled only if the division is allowed; no row of the total says "met"."""
    credential, names, text = _example("needs-division")
    assert doubtful_areas(credential) == {"safety", "ethics"}
    bars = _bars(credential, names)
    assert [bars[name].open for name in ("Safety", "Ethics", "Phlebotomy", "Any other CE", "Total")] == [
        True, True, False, False, True]
    rows = [line for line in text.splitlines() if line.startswith(("  Medical ethics ", "  Total "))]
    assert all("met" not in row.split() for row in rows)
    assert "All 9 points are there only if the open questions go your way." in text


def test_a_question_about_the_credential_leaves_no_area_met() -> None:
    """The table that applies after the end may change every row."""
    credential, names, text = _example("ht-expired")
    assert doubtful_areas(credential) == {area.area for area in credential.areas or ()}
    assert _bars(credential, names)["Histology"].words == "4 of 8, 4 not confirmed"
    assert " met " not in text
    assert "[-] Expired; needs review" in text
    assert todo(credential, names)[-1] == "Then send a declaration with both fees to reinstate HT(ASCP)."
    assert "Declaration:" not in text


def test_without_a_table_there_are_no_bars() -> None:
    """There is nothing to compare, and the question says what to ask."""
    credential, names, text = _example("mla")
    assert bars_of(credential, names) is None
    assert todo(credential, names)[0] == "Ask the Board of Certification what MLA(ASCP) requires."
    assert "there is nothing to compare with" in " ".join(text.split())
    assert "no source says what is required" in " ".join(text.split())


def test_nothing_is_to_be_done_where_nothing_is_required() -> None:
    """The report has no steps, bars or cost."""
    record = _record(credentials=({"id": "mt", "code": "MT", "certified_on": "1998-05-01"},))
    credential, names, text = _decided(record)
    assert todo(credential, names) == ()
    assert "What to do" not in text
    assert "Cost" not in text
    assert "Entered as: MT" in text


def test_a_volunteer_without_an_end_declares_by_choice() -> None:
    """There is no last day; the title names the day of decision."""
    volunteer = {"id": "pbt", "code": "PBT", "certified_on": "2001-05-01", "voluntary": True}
    credential, names, text = _decided(_record(*FULL, credentials=(volunteer,)))
    assert todo(credential, names) == ("Send a declaration on any day if you want to keep the CM mark.",)
    assert "Last day" not in text
    credential, names, _ = _decided(_record(credentials=(volunteer,)))
    assert todo(credential, names)[-1] == "Earn 5 points more, in any area."


def test_an_extension_is_said() -> None:
    """The credential is inactive, and its last day is the end of the extension."""
    extended = {**PBT, "extended_until": "2026-11-30"}
    _, _, text = _decided(_record(*FULL, credentials=(extended,)), date(2026, 7, 1))
    assert "inactive, within an extension" in text
    assert "November 30, 2026 (152 days left)" in text


def test_several_credentials_are_told_one_after_the_other() -> None:
    """The report says how many are in order, gives the next last day, and lists the steps of each by name."""
    mls = {"id": "mls", "code": "MLS", "expires_on": "2027-05-31"}
    record = _record(*FULL, credentials=(PBT, mls, {"id": "h", "code": "HT", "certified_on": "1998-05-01"}))
    decision = cmprules.decide(record, BOOK, on=ON)
    text = cmprules.render(decision, record=record)
    assert "[-] 2 of 3 credentials in order" in text
    assert "MLS(ASCP): requirements not met; last day May 31, 2027" in text
    assert "Next last day: May 31, 2026 (82 days left)" in text
    assert "1. PBT(ASCP): Send the declaration" in text
    assert "PBT(ASCP): how each activity counted" in text
    assert "not open yet (from March 2, 2027)" in text


def test_what_is_not_counted_has_its_reason() -> None:
    """Points over a cap name the cap in words; points without an established value name the kind."""
    course = {"id": "x", "kind": "college_course", "amount": 2, "unit": "semester_hour"}
    article = {"id": "y", "kind": "journal_article", "amount": 5, "unit": "point"}
    record = _record(*FULL[:3], course, article)
    decision = cmprules.decide(record, BOOK, on=ON)
    text = " ".join(cmprules.render(decision, "markdown", record=record).split())
    assert "25.5 not counted (college or university course: at most 4.5 points)" in text
    assert 'no source says what "article written for a journal" is worth' in text
    alone = " ".join(cmprules.render(decision, "markdown").split())
    assert "25.5 not counted (over the limit for its kind)" in alone
    assert "no source says what this kind of activity is worth" in alone
    assert alone.startswith("# h: PBT(ASCP)")


def test_every_question_has_words_of_its_own() -> None:
    """Each question is asked once for all its subjects; one without such words is asked unchanged."""
    credential, names, _ = _example("mls-nearly-there")
    for code in NEEDS:
        needs = tuple(Need(code=code, subject=subject, question="as it is") for subject in ("a18", "a17"))
        asked = attrs.evolve(credential, needs=needs)
        questions = list(questions_of(asked, names))
        assert len(questions) == 1
        assert questions[0].text != "as it is"
        assert questions[0].about == ("Crossmatch refresher (a18, no date)",
                                      "A small laboratory moves to chromogenic agar (author) (a17, 2025-04-29)")
        assert "Crossmatch refresher" in next(ask_steps(asked, names))
    other = attrs.evolve(credential, needs=(Need(code="OTHER", subject="a18", question="as it is"),))
    assert [question.text for question in questions_of(other, names)] == ["as it is"]
    assert list(ask_steps(other, names)) == ["as it is"]


def test_the_day_that_a_title_names() -> None:
    """That is the next last day; if all have passed, the latest one."""
    early, late = date(2026, 1, 1), date(2026, 5, 31)
    assert next_last_day([late, None, early], ON) == late
    assert next_last_day([early, None], ON) == early
    assert next_last_day([None], ON) is None


def test_a_summary_fits_a_page() -> None:
    """It keeps the answer and leaves out the details; the JSON is complete."""
    record = cmprules.read_record(EXAMPLES / "mls-nearly-there.json")
    decision = cmprules.decide(record, BOOK, on=ON)
    short = cmprules.render(decision, record=record, summary=True)
    assert "How each activity counted" not in short
    assert len(short.splitlines()) < 40
    assert cmprules.render(decision, "json", summary=True) == cmprules.render(decision, "json")


def _closed(*closers: tuple[str, str]) -> str:
    """Describe how to close a shortfall, given its closers."""
    credential, _, _ = _example("mls-nearly-there")
    mandatory = (credential.shortfalls or ())[0]
    made = tuple(Closer(areas=tuple(areas.split()), points=Decimal(amount)) for areas, amount in closers)
    short = Decimal(2) if credential.total is None else credential.total.short
    asked = attrs.evolve(credential, shortfalls=(attrs.evolve(mandatory, short=short, closers=made),))
    return " ".join(earn_steps(asked))


def test_what_would_close_a_shortfall_adds_up_to_it() -> None:
    """Disjoint sets of areas are listed separately; a set within another is a part of it."""
    assert _closed(("blood_banking", "1"), ("safety ethics", "1")) == (
        "Earn 1 point in blood banking. Earn 1 point in safety or ethics.")
    assert _closed(("chemistry hematology", "3"), ("chemistry", "1"), ("hematology", "1")) == (
        "Earn 3 points in chemistry or hematology, at least 1 of them in each.")
    assert _closed(("chemistry hematology safety", "3"), ("chemistry hematology", "2"), ("chemistry", "1")) == (
        "Earn 3 points in chemistry, hematology or safety, at least 2 of them in chemistry or hematology, at "
        "least 1 of them in chemistry.")


def test_a_page_of_a_person_with_thirty_activities_is_small() -> None:
    """Decision and explanation each stay under 60 kB, folded parts included."""
    record = cmprules.example("mls-nearly-there")
    more = [attrs.evolve(activity, id=f"b{activity.id}", title=f"{activity.title}, part two")
            for activity in record.activities[:6]]
    thirty = attrs.evolve(record, activities=(*record.activities, *more))
    assert len(thirty.activities) == 30
    decision = cmprules.decide(thirty, cmprules.load_book(edition="2026.2"), on="2026-03-10")
    why = cmprules.explain(decision, record=thirty, book=cmprules.load_book(edition="2026.2"))
    for answer in (decision, why):
        assert len(cmprules.render(answer, "html", record=thirty).encode()) < 60_000
