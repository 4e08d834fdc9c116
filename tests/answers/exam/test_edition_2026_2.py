"""Examinations under edition 2026.2, on both sides of every day: the wait, the fees, the length, the certificate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import cmprules
from cmprules import Grade, NotEstablishedError
from cmprules.exam import (
    ExamRecord,
    ScoreReport,
    application_fee,
    award,
    exam_outlook,
    next_attempt,
    pass_rates,
    read_score,
    retake_plan,
)

OLD = cmprules.load_book(edition="2026.1")
NEW = cmprules.load_book(edition="2026.2")


def _report(taken_on: str = "2026-01-20", score: int = 352, **more: Any) -> ScoreReport:
    return ScoreReport(**{"code": "MLS", "taken_on": taken_on, "score": score, **more})


def test_a_new_attempt_goes_by_thirty_days_and_names_the_older_versions() -> None:
    """30 days decide; 90 days and the three-month period are shown as older, and end later."""
    found = next_attempt(_report(), NEW)
    assert [(one.reading, str(one.earliest), one.older) for one in found.readings] == [
        ("days", "2026-02-19", False), ("days_older", "2026-04-20", True), ("period", "2026-04-20", True)]
    assert found.earliest == date(2026, 2, 19)
    assert found.grade is Grade.INFERRED
    assert found.readings[0].grade is Grade.OFFICIAL
    assert "exam/retake_wait_days_older" in {clause.rule for clause in found.rules}
    text = cmprules.render(exam_outlook(ExamRecord(candidate="c", reports=[_report()]), NEW, on=date(2026, 2, 1)))
    words = " ".join(text.split())
    assert "No sooner than February 19, 2026: our reading of an official page" in words
    assert "Older versions of the wait end later: April 20, 2026 (days between two attempts)" in words


def test_an_older_version_that_is_not_later_is_not_called_so() -> None:
    """A period that began long before the attempt ends before the thirty days."""
    report = _report(taken_on="2026-03-20", admitted_from="2026-01-02")
    found = next_attempt(report, NEW)
    assert [str(one.earliest) for one in found.readings] == ["2026-04-19", "2026-06-18", "2026-04-02"]
    assert str(found.earliest) == "2026-04-19"
    text = cmprules.render(exam_outlook(ExamRecord(candidate="c", reports=[report]), NEW, on=date(2026, 4, 1)))
    assert "end later: June 18, 2026 (days between two attempts)." in " ".join(text.split())


def test_the_older_edition_goes_by_the_later_of_two() -> None:
    """2026.1 keeps its answer, and has no older versions."""
    found = next_attempt(_report(), OLD)
    assert [(one.reading, one.older) for one in found.readings] == [("days", False), ("period", False)]
    assert found.earliest == date(2026, 4, 20)
    assert "older" not in cmprules.to_mapping(found)["readings"][0]


def test_a_plan_may_sit_on_the_thirtieth_day_and_not_before() -> None:
    """The plan uses the same day."""
    first = date(2026, 2, 19)
    assert retake_plan(_report(), NEW, on=date(2026, 2, 1), sit_on=first).days == 18
    with pytest.raises(cmprules.InputError, match="TOO_EARLY"):
        retake_plan(_report(), NEW, on=date(2026, 2, 1), sit_on=first - timedelta(days=1))


def test_the_period_is_not_asked_for_where_it_decides_nothing() -> None:
    """The first day of the period matters only to an older version."""
    exam = ExamRecord(candidate="c", reports=[_report(route="1", notified_on="2026-01-22")])
    needs = [[need.code for need in exam_outlook(exam, book, on=date(2026, 2, 1)).categories[0].needs]
             for book in (OLD, NEW)]
    assert needs == [["ADMITTED_FROM_UNKNOWN"], []]


FEES = [
    ("MLT", "ASCP", "2023-01-01", "225.00", Grade.THIRD_PARTY),
    ("MLT", "ASCP", "2024-12-31", "225.00", Grade.THIRD_PARTY),
    ("HT", "ASCP", "2024-06-01", "225.00", Grade.INFERRED),
    ("MLT", "ASCPi", "2023-01-01", "185.00", Grade.THIRD_PARTY),
    ("MLT", "ASCPi", "2022-12-31", None, None),
    ("MLT", "ASCPi", "2025-01-01", None, None),
    ("HTL", "ASCP", "2024-06-01", "250.00", Grade.THIRD_PARTY),
    ("SBB", "ASCP", "2023-01-01", "300.00", Grade.THIRD_PARTY),
    ("SBB", "ASCP", "2025-01-01", None, None),
    ("SC", "ASCP", "2023-01-01", None, None),
    ("SBB", "ASCPi", "2024-12-31", "260.00", Grade.THIRD_PARTY),
    ("SBB", "ASCPi", "2025-01-01", None, None),
    ("MLS", "ASCPi", "2015-01-01", "200.00", Grade.OFFICIAL_OLD),
    ("MLS", "ASCPi", "2018-12-31", "200.00", Grade.OFFICIAL_OLD),
    ("MLS", "ASCPi", "2014-12-31", None, None),
    ("MLS", "ASCPi", "2019-01-01", None, None),
    ("MLS", "ASCPi", "2023-01-01", "210.00", Grade.THIRD_PARTY),
    ("PBT", "ASCPi", "2018-01-01", "125.00", Grade.THIRD_PARTY),
    ("PBT", "ASCPi", "2022-12-31", "125.00", Grade.THIRD_PARTY),
    ("PBT", "ASCPi", "2023-01-01", None, None),
    ("QIHC", "ASCP", "2014-06-01", "225.00", Grade.OFFICIAL_OLD),
    ("QLS", "ASCP", "2014-06-01", "225.00", Grade.OFFICIAL_OLD),
    ("QIA", "ASCP", "2014-06-01", None, None),
    ("QIHC", "ASCP", "2013-12-31", None, None),
    ("QIHC", "ASCP", "2019-12-31", None, None),
    ("QIHC", "ASCP", "2020-01-01", "240.00", Grade.SOCIETY),
    ("QIHC", "ASCP", "2020-12-31", "240.00", Grade.SOCIETY),
    ("QIHC", "ASCP", "2021-01-01", None, None),
    ("QLS", "ASCP", "2020-06-01", None, None),
    ("QIHC", "ASCP", "2025-12-31", None, None),
    ("QIHC", "ASCP", "2026-01-01", "260.00", Grade.THIRD_PARTY),
    ("QLS", "ASCP", "2026-01-01", None, None),
]


@pytest.mark.parametrize(("code", "body", "on", "amount", "grade"), FEES)
def test_fees_of_applications(code: str, body: str, on: str, amount: str | None, grade: Grade | None) -> None:
    """Each amount holds on its first and last day, and not on the days around them or for neighbors in the list."""
    if amount is None:
        with pytest.raises(NotEstablishedError):
            application_fee(code, NEW, on=date.fromisoformat(on), body=body)
    else:
        found = application_fee(code, NEW, on=date.fromisoformat(on), body=body)
        assert (str(found.amount), found.grade) == (amount, grade)


def test_the_price_of_listed_countries_holds_to_2018() -> None:
    """From about 2015 to 2018 it is 95; later it is open; ASCP has no such price."""
    rules = [{clause.rule for clause in application_fee("MLS", NEW, on=date.fromisoformat(on), body=body).rules}
             for on, body in (("2018-12-31", "ASCPi"), ("2023-01-01", "ASCPi"), ("2023-01-01", "ASCP"))]
    named = [sorted(one & {"exam_fees/ascpi_price", "exam_fees/ascpi_discount"}) for one in rules]
    assert named == [["exam_fees/ascpi_price"], ["exam_fees/ascpi_discount"], []]
    assert all({"exam/institution_payment", "exam/payment_days", "exam/payment_days_older"} <= one for one in rules)
    old = {clause.rule for clause in application_fee("MLS", OLD, on=date(2023, 1, 1), body="ASCPi").rules}
    assert old == {"exam/retake_fee", "exam/fees_not_refunded", "exam_fees/ascpi_discount"}
    assert NEW.statements["exam/institution_payment"].words == ("card", "cheque")
    assert (NEW.number("exam/payment_days"), NEW.number("exam/payment_days_older")) == (30, 90)


@pytest.mark.parametrize(("day", "mailed"), [("2025-12-31", True), ("2026-01-01", False)])
def test_a_wall_certificate_is_mailed_to_the_end_of_2025(day: str, mailed: bool) -> None:
    """Since January 2026 a badge replaces it; the notice decides, or the attempt if there is none."""
    for report in (_report(score=500, taken_on="2025-12-20", notified_on=day), _report(score=500, taken_on=day)):
        found = award(report, NEW)
        assert (found.certificate_from is not None) is (mailed and report.notified_on is not None)
        rules = {clause.rule for clause in found.rules}
        assert ("exam/certificate" in rules, "exam/badge_in_place" in rules) == (mailed, not mailed)
        outlook = exam_outlook(ExamRecord(candidate="c", reports=[report]), NEW, on=date(2026, 2, 1))
        named = {figure.name for figure in outlook.categories[0].figures}
        assert ("exam/certificate_weeks_from" in named) is mailed
        text = " ".join(cmprules.render(outlook).split())
        assert ("a digital badge takes the place of the wall certificate" in text) is not mailed
    assert award(_report(score=500, taken_on="2026-01-20", notified_on="2026-01-22"), OLD).certificate_from is not None


@pytest.mark.parametrize(("code", "questions", "minutes", "grade"), [
    ("PBT", 80, 120, Grade.OFFICIAL_OLD), ("DPT", 90, 150, Grade.OFFICIAL_OLD), ("SBB", 100, 150, Grade.OFFICIAL_OLD),
    ("MLS", 100, 150, Grade.OFFICIAL_OLD), ("QIHC", 50, 90, Grade.SOCIETY), ("QIA", 50, 90, Grade.SOCIETY),
])
def test_the_length_of_an_examination(code: str, questions: int, minutes: int, grade: Grade) -> None:
    """PBT and DPT have their own; all other certifications share one length, and qualifications another."""
    exam = ExamRecord(candidate="c", reports=[_report(code=code)])
    category = exam_outlook(exam, NEW, on=date(2026, 2, 1)).categories[0]
    found = {figure.unit: (figure.value, figure.grade) for figure in category.figures if "/" in figure.name[5:]}
    assert found == {"question": (Decimal(questions), grade), "minute": (Decimal(minutes), grade)}
    assert "exam/held_in_current_cycle" in {clause.rule for clause in category.rules}


def test_grades_that_rose() -> None:
    """The pass mark and the highest score are old official figures; the lowest score is not."""
    assert read_score(_report(), OLD).grade is Grade.THIRD_PARTY
    assert NEW.figure("exam/pass_mark").grade is NEW.figure("exam/score_highest").grade is Grade.OFFICIAL_OLD
    assert NEW.figure("exam/score_lowest").grade is Grade.THIRD_PARTY
    raised = {name: NEW.cite(f"exam/{name}").grade for name in (
        "adaptive", "preliminary_result", "result_notice_business_days", "result_needs_transcripts",
        "no_second_payment", "retake_proof")}
    assert raised == {**dict.fromkeys(raised, Grade.OFFICIAL), "adaptive": Grade.OFFICIAL_OLD,
                      "preliminary_result": Grade.OFFICIAL_OLD}


def test_pass_rates_of_sbb_and_mlt() -> None:
    """Each names its source."""
    found = [(rate.code, rate.first_year, str(rate.percent), str(rate.citation.grade)) for code in ("SBB", "MLT")
             for rate in pass_rates(NEW, code=code) if rate.measure == "national"]
    assert found == [("SBB", 2024, "55", "third_party"), ("MLT", 2020, "84", "third_party")]
