"""Bad score reports and arguments: exact codes and paths, all faults at once."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules._words.codes.faults import FAULTS
from cmprules.exam import (
    ContentArea,
    ExamRecord,
    ScoreReport,
    appeal_deadline,
    application_fee,
    attempts,
    award,
    exam_outlook,
    next_attempt,
    parse_exam,
    pass_rates,
    read_exam,
    read_score,
    retake_plan,
)

SOUND: dict[str, Any] = {
    "schema": "cmprules.exam/1", "candidate": "sample",
    "reports": [{"code": "MLS", "taken_on": "2026-01-20", "score": 352, "notified_on": "2026-01-23",
                 "admitted_from": "2026-01-05", "route": "1",
                 "areas": [{"name": "A", "score": 300, "mean": "410.5", "share": 40},
                           {"name": "B", "score": 410, "share": 60}]}],
}
BOOK = cmprules.load_book(edition="2026.1")
ON = date(2026, 3, 10)
FAILED = ScoreReport(code="MLS", taken_on="2026-01-20", score=352)
PASSED = ScoreReport(code="MLS", taken_on="2026-01-20", score=400)


def _spoilt(where: str, value: Any) -> dict[str, Any]:
    """Return valid reports with one value replaced; None removes it."""
    plain = copy.deepcopy(SOUND)
    *path, last = [int(step) if step.isdigit() else step for step in where.split(".")]
    place: Any = plain
    for step in path:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return plain


def _faults(do: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(cmprules.InputError) as error:
        do()
    assert all(fault.code in FAULTS and fault.expected and fault.hint for fault in error.value.faults)
    return [(fault.path, fault.code) for fault in error.value.faults]


@pytest.mark.parametrize(("where", "value", "path", "code"), [
    ("schema", "cmprules.record/1", "$.schema", "WRONG_SCHEMA"),
    ("schema", None, "$.schema", "MISSING_KEY"),
    ("candidate", None, "$.candidate", "MISSING_KEY"),
    ("candidate", " ", "$.candidate", "EMPTY_TEXT"),
    ("reports", [], "$.reports", "EMPTY_LIST"),
    ("reports", {}, "$.reports", "NOT_A_LIST"),
    ("reports.0", "MLS", "$.reports[0]", "WRONG_TYPE"),
    ("reports.0.code", "MLSS", "$.reports[0].code", "UNKNOWN_CODE"),
    ("reports.0.code", None, "$.reports[0].code", "MISSING_KEY"),
    ("reports.0.body", "NCA", "$.reports[0].body", "UNKNOWN_WORD"),
    ("reports.0.code", "CTGYN", "$.reports[0].body", "CODE_NOT_IN_BODY"),
    ("reports.0.taken_on", "2026-02-30", "$.reports[0].taken_on", "NO_SUCH_DATE"),
    ("reports.0.taken_on", "2026-01-20T09:00:00", "$.reports[0].taken_on", "DATETIME"),
    ("reports.0.taken_on", datetime(2026, 1, 20), "$.reports[0].taken_on", "DATETIME"),  # noqa: DTZ001
    ("reports.0.taken_on", None, "$.reports[0].taken_on", "MISSING_KEY"),
    ("reports.0.score", None, "$.reports[0].score", "MISSING_KEY"),
    ("reports.0.score", 352.5, "$.reports[0].score", "NOT_WHOLE"),
    ("reports.0.score", "1e30", "$.reports[0].score", "NOT_WHOLE"),
    ("reports.0.score", "high", "$.reports[0].score", "NOT_A_NUMBER"),
    ("reports.0.score", -1, "$.reports[0].score", "NEGATIVE"),
    ("reports.0.score", float("nan"), "$.reports[0].score", "NOT_FINITE"),
    ("reports.0.score", True, "$.reports[0].score", "WRONG_TYPE"),
    ("reports.0.notified_on", "2026-01-19", "$.reports[0].notified_on", "NOTIFIED_BEFORE_TAKEN"),
    ("reports.0.admitted_from", "2026-01-21", "$.reports[0].admitted_from", "OUTSIDE_PERIOD"),
    ("reports.0.route", "", "$.reports[0].route", "EMPTY_TEXT"),
    ("reports.0.passed", True, "$.reports[0].passed", "UNKNOWN_KEY"),
    ("reports.0.areas", "A", "$.reports[0].areas", "NOT_A_LIST"),
    ("reports.0.areas.0.name", None, "$.reports[0].areas[0].name", "MISSING_KEY"),
    ("reports.0.areas.0.name", "B", "$.reports[0].areas[1].name", "REPEATED"),
    ("reports.0.areas.0.share", 0, "$.reports[0].areas[0].share", "NOT_POSITIVE"),
    ("reports.0.areas.0.share", "100.01", "$.reports[0].areas[0].share", "OVER_HUNDRED"),
    ("reports.0.areas.0.share", "33.333", "$.reports[0].areas[0].share", "TOO_FINE"),
    ("reports.0.areas.0.share", "40.01", "$.reports[0].areas", "OVER_HUNDRED"),
    ("reports.0.areas.0.mean", "410.123", "$.reports[0].areas[0].mean", "TOO_FINE"),
    ("reports.0.areas.0.mean", "1e99", "$.reports[0].areas[0].mean", "TOO_FINE"),
    ("reports.0.areas.0.mean", -1, "$.reports[0].areas[0].mean", "NEGATIVE"),
])
def test_one_thing_that_is_wrong_is_one_fault(where: str, value: Any, path: str, code: str) -> None:
    """Each has its path and code, both when read and when constructed."""
    assert _faults(lambda: parse_exam(_spoilt(where, value))) == [(path, code)]


@pytest.mark.parametrize(("where", "value"), [
    ("reports.0.score", "352"), ("reports.0.score", 352.0), ("reports.0.score", Decimal(352)),
    ("reports.0.notified_on", "2026-01-20"), ("reports.0.admitted_from", "2026-01-20"),
    ("reports.0.areas.0.share", "40.00"), ("reports.0.body", "ASCPi"),
])
def test_the_other_side_of_each_boundary_is_taken(where: str, value: Any) -> None:
    """Whole numbers in any form, the day itself, and shares of exactly 100 percent are valid."""
    assert parse_exam(_spoilt(where, value)).reports[0].code == "MLS"


def test_all_faults_come_together() -> None:
    """Faults of every report come at once, a repeated report included."""
    plain = copy.deepcopy(SOUND)
    plain["reports"] += [
        {"code": "MT", "taken_on": "2026-01-20", "score": "x"}, {"code": 7, "taken_on": "2026-01-20", "score": 100},
        "MLS", {"code": "MLS", "score": 1, "taken_on": None},
    ]
    assert _faults(lambda: parse_exam({**plain, "candidate": 1})) == [
        ("$.candidate", "WRONG_TYPE"), ("$.reports[1].score", "NOT_A_NUMBER"), ("$.reports[2].code", "WRONG_TYPE"),
        ("$.reports[3]", "WRONG_TYPE"), ("$.reports[4].taken_on", "WRONG_TYPE"),
        ("$.reports[1].taken_on", "REPEATED_REPORT")]


@pytest.mark.parametrize("other", [{"code": "MLS"}, {"code": "MT"}, {"code": "CLS", "route": "2"}])
def test_one_examination_has_one_report_a_day(other: dict[str, Any]) -> None:
    """This holds for every spelling of the code, and for every route."""
    reports = [{"code": "MLS", "taken_on": "2026-01-20", "score": 352},
               {"taken_on": "2026-01-20", "score": 380, **other}]
    expected = [("$.reports[1].taken_on", "REPEATED_REPORT")]
    assert _faults(lambda: parse_exam({**SOUND, "reports": reports})) == expected
    assert _faults(lambda: ExamRecord(candidate="sample", reports=reports)) == expected


@pytest.mark.parametrize("other", [{"code": "MB"}, {"body": "ASCPi"}, {"taken_on": "2026-01-21"}])
def test_another_examination_or_another_day_is_another_report(other: dict[str, Any]) -> None:
    """Two categories on one day are for the candidate to sort out."""
    report = {"code": "MLS", "taken_on": "2026-01-20", "score": 352}
    assert len(parse_exam({**SOUND, "reports": [report, {**report, **other}]}).reports) == 2


@pytest.mark.parametrize("mapping", [None, [], "x"])
def test_what_is_no_mapping_is_refused(mapping: Any) -> None:
    """It is one fault, at the root."""
    assert _faults(lambda: parse_exam(mapping)) == [("$", "WRONG_TYPE")]


def test_a_file_is_read_as_a_record_is(tmp_path: Path) -> None:
    """TOML has its own days and numbers; a broken or missing file is a fault."""
    path = tmp_path / "exam.toml"
    path.write_text('schema = "cmprules.exam/1"\ncandidate = "sample"\n[[reports]]\ncode = "MLS"\n'
                    "taken_on = 2026-01-20\nscore = 352\n", encoding="utf-8")
    assert read_exam(path).reports[0].taken_on == date(2026, 1, 20)
    path.write_text("schema = ", encoding="utf-8")
    assert _faults(lambda: read_exam(path)) == [("$", "NOT_TOML")]
    assert _faults(lambda: read_exam(tmp_path)) == [("$", "CANNOT_READ")]


def test_two_days_of_one_examination_are_no_repeat_beside_another_fault() -> None:
    """Repeats are found among reports that cannot be read too, by their days as written."""
    plain = _spoilt("reports.0.score", "many")
    plain["reports"].append({"code": "MLS", "taken_on": "2026-06-20", "score": 352})
    assert _faults(lambda: parse_exam(plain)) == [("$.reports[0].score", "NOT_A_NUMBER")]


@pytest.mark.parametrize(("share", "together"), [("60", None), ("60.01", "100.01"), ("70.5", "110.50")])
def test_shares_add_up_to_the_whole_at_most(share: str, together: str | None) -> None:
    """A hundredth more is refused, with the sum."""
    areas = [{"name": "A", "share": "40"}, {"name": "B", "share": share}]
    if together is None:
        assert len(ScoreReport(code="MLS", taken_on="2026-01-20", score=352, areas=areas).areas) == 2
        return
    with pytest.raises(cmprules.InputError, match=f"OVER_HUNDRED: got {together},"):
        ScoreReport(code="MLS", taken_on="2026-01-20", score=352, areas=areas)


def test_a_content_area_checks_itself() -> None:
    """Its faults are those within a report."""
    assert _faults(lambda: ContentArea(name="", share=101)) == [("$.name", "EMPTY_TEXT"), ("$.share", "OVER_HUNDRED")]
    assert ContentArea(name="A", share=100, mean="400.50").mean == Decimal("400.5")


ANY: Any = "no report"


@pytest.mark.parametrize(("do", "faults"), [
    (lambda: read_score(ANY, BOOK), [("$.report", "WRONG_TYPE")]),
    (lambda: award(ANY, BOOK), [("$.report", "WRONG_TYPE")]),
    (lambda: next_attempt(ANY, BOOK), [("$.report", "WRONG_TYPE")]),
    (lambda: attempts(ANY, BOOK), [("$.reports", "WRONG_TYPE")]),
    (lambda: attempts(7, BOOK), [("$.reports", "WRONG_TYPE")]),  # type: ignore[arg-type]
    (lambda: next_attempt(FAILED, BOOK, history=[ANY]), [("$.history", "WRONG_TYPE")]),
    (lambda: next_attempt(FAILED, BOOK, history=[FAILED, FAILED]), [("$.history[1].taken_on", "REPEATED_REPORT")]),
    (lambda: next_attempt(FAILED, BOOK, history=[PASSED]), [
        ("$.history[0].taken_on", "REPEATED_REPORT")]),
    (lambda: next_attempt(FAILED, BOOK, history=[ScoreReport(code="MLS", taken_on="2026-01-21", score=100)]), [
        ("$.report.taken_on", "NOT_THE_LATEST")]),
    (lambda: award(FAILED, BOOK, id=" "), [("$.id", "EMPTY_TEXT"), ("$.report.score", "NOT_PASSED")]),
    (lambda: retake_plan(ANY, BOOK, on="soon", hours_per_week=0), [
        ("$.report", "WRONG_TYPE"), ("$.on", "NOT_A_DATE"), ("$.hours_per_week", "NOT_POSITIVE")]),
    (lambda: retake_plan(FAILED, BOOK, on=ON, hours_per_week="168.01"), [("$.hours_per_week", "TOO_MANY_HOURS")]),
    (lambda: retake_plan(FAILED, BOOK, on=ON, hours_per_week="0.001"), [("$.hours_per_week", "TOO_FINE")]),
    (lambda: retake_plan(FAILED, BOOK, on=ON, hours_per_week="x", sit_on="x"), [
        ("$.hours_per_week", "NOT_A_NUMBER"), ("$.sit_on", "NOT_A_DATE")]),
    (lambda: retake_plan(PASSED, BOOK, on=date(2026, 1, 19), sit_on=date(2026, 1, 18)), [
        ("$.report.score", "NOT_FAILED"), ("$.report.taken_on", "LATER_THAN_ON"), ("$.sit_on", "TOO_EARLY")]),
    (lambda: retake_plan(FAILED, BOOK, on=ON, sit_on=date(2026, 4, 19)), [("$.sit_on", "TOO_EARLY")]),
    (lambda: retake_plan(FAILED, BOOK, on=date(2026, 5, 2), sit_on=date(2026, 5, 1)), [("$.sit_on", "TOO_EARLY")]),
    (lambda: appeal_deadline("x", BOOK, on="y"), [
        ("$.notified_on", "NOT_A_DATE"), ("$.on", "NOT_A_DATE")]),
    (lambda: appeal_deadline(ON, BOOK, on=date(2026, 3, 9)), [("$.on", "NOTIFIED_AFTER")]),
    (lambda: application_fee(7, BOOK, on="x", body=""), [  # type: ignore[arg-type]
        ("$.on", "NOT_A_DATE"), ("$.code", "WRONG_TYPE"), ("$.body", "EMPTY_TEXT")]),
    (lambda: pass_rates(BOOK, code="", body=7), [  # type: ignore[arg-type]
        ("$.code", "EMPTY_TEXT"), ("$.body", "WRONG_TYPE")]),
    (lambda: exam_outlook(ANY, BOOK, on="x", hours_per_week=-1), [
        ("$.exam", "WRONG_TYPE"), ("$.on", "NOT_A_DATE"), ("$.hours_per_week", "NOT_POSITIVE")]),
])
def test_arguments_are_checked_together(do: Callable[[], object], faults: list[tuple[str, str]]) -> None:
    """Every fault of a call comes with its path."""
    assert _faults(do) == faults


@pytest.mark.parametrize(("hours", "on"), [(168, "2026-04-20"), ("0.01", "2026-04-21")])
def test_the_other_side_of_those_boundaries(hours: Any, on: str) -> None:
    """All hours of a week, the first day after the wait, and the first hundredth are valid."""
    assert retake_plan(FAILED, BOOK, on=ON, hours_per_week=hours, sit_on=date.fromisoformat(on)).days >= 41


@pytest.mark.parametrize(("areas", "faults"), [
    ({"score": 99}, ["areas[0].score"]), ({"score": 1000}, ["areas[0].score"]), ({"score": 100}, []),
    ({"score": 999}, []), ({"mean": "99.99"}, ["areas[0].mean"]), ({"mean": "999.01"}, ["areas[0].mean"]),
    ({"mean": 100}, []), ({"mean": 999, "score": 99}, ["areas[0].score"]),
])
def test_scores_of_areas_lie_on_the_scale(areas: dict[str, Any], faults: list[str]) -> None:
    """The mean does too."""
    report = ScoreReport(code="MLS", taken_on="2026-01-20", score=352, areas=[{"name": "A", **areas}])
    if not faults:
        assert read_score(report, BOOK).score == 352
    else:
        assert _faults(lambda: read_score(report, BOOK)) == [(f"$.report.{path}", "SCORE_OUT_OF_SCALE")
                                                             for path in faults]


@pytest.mark.parametrize(("admitted", "taken", "fits"), [
    ("2026-01-20", "2026-04-19", True), ("2026-01-20", "2026-04-20", False),
    ("2025-11-30", "2026-02-27", True), ("2025-11-30", "2026-02-28", False),
    ("2024-02-29", "2024-05-30", True), ("2024-02-29", "2024-05-31", False),
])
def test_an_attempt_lies_within_its_period_of_eligibility(admitted: str, taken: str, fits: bool) -> None:
    """Checks the last day of the three months, and the day after it."""
    report = ScoreReport(code="MLS", taken_on=taken, score=352, admitted_from=admitted)
    if fits:
        assert read_score(report, BOOK).score == 352
    else:
        expected = [("$.report.admitted_from", "OUTSIDE_PERIOD")]
        assert _faults(lambda: read_score(report, BOOK)) == expected
        assert _faults(lambda: next_attempt(report, BOOK)) == expected


def test_an_outlook_names_every_fault_of_every_report() -> None:
    """Faults have their places in the file; nothing is compared with a day that cannot be read."""
    exam = ExamRecord(candidate="sample", reports=[
        {"code": "MLS", "taken_on": "2026-03-11", "score": 99, "notified_on": "2026-03-12",
         "admitted_from": "2026-03-11"},
        {"code": "MLS", "taken_on": "2026-03-09", "score": 1000, "notified_on": "2026-03-11"},
        {"code": "PBT", "taken_on": "2026-03-10", "score": 400, "notified_on": "2026-03-10"},
    ])
    scale = [("$.reports[0].score", "SCORE_OUT_OF_SCALE"), ("$.reports[1].score", "SCORE_OUT_OF_SCALE")]
    assert _faults(lambda: exam_outlook(exam, BOOK, on=ON)) == [
        ("$.reports[0].taken_on", "LATER_THAN_ON"), ("$.reports[0].notified_on", "LATER_THAN_ON"),
        ("$.reports[0].admitted_from", "LATER_THAN_ON"), scale[0],
        ("$.reports[1].notified_on", "LATER_THAN_ON"), scale[1]]
    assert _faults(lambda: exam_outlook(exam, BOOK, on=datetime(2026, 3, 10))) == [  # noqa: DTZ001
        ("$.on", "DATETIME"), *scale]
