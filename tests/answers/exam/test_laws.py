"""Laws on examinations, each named by its clause."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules.exam import (
    ExamRecord,
    ScoreReport,
    appeal_deadline,
    attempts,
    award,
    exam_outlook,
    next_attempt,
    parse_exam,
    read_score,
    retake_plan,
)
from cmprules.exam._plan import divide
from tests.answers.exam.drawn import exams, failed_reports, reports
from tests.examples import scaled
from tests.strategies import edition

BOOK = edition()
LATE = date(2031, 6, 30)
HOURS = st.none() | st.integers(1, 16_800).map(lambda cents: Decimal(cents) / 100)
VALIDATORS = {name: Draft202012Validator(cmprules.json_schema(name),
                                         format_checker=Draft202012Validator.FORMAT_CHECKER)
              for name in ("exam", "exam-outlook")}


@given(reports())
def test_a_score_passes_from_the_pass_mark_on(report: ScoreReport) -> None:
    """Passing, and the distance, follow only from the score and the mark."""
    reading = read_score(report, BOOK)

    assert reading.passed is (report.score >= 400)
    assert reading.difference == report.score - 400
    assert reading.lowest <= reading.score <= reading.highest


@given(reports())
def test_content_areas_are_all_there_and_the_weakest_of_a_failed_attempt_come_first(report: ScoreReport) -> None:
    """No area is lost; areas of a failed attempt ascend, those without a score last."""
    reading = read_score(report, BOOK)
    scores = [area.score for area in reading.areas]

    assert Counter(area.name for area in reading.areas) == Counter(area.name for area in report.areas)
    if reading.passed:
        assert [area.name for area in reading.areas] == [area.name for area in report.areas]
    else:
        known = [score for score in scores if score is not None]
        assert scores == [*sorted(known), *[None] * (len(scores) - len(known))]
    for area in reading.areas:
        if area.score is not None:
            assert area.below == max(0, 400 - area.score)
        if area.to_mean is not None and area.score is not None and area.mean is not None:
            assert area.to_mean + area.mean == area.score


@given(exams())
def test_attempts_that_are_used_and_left_make_up_those_allowed(exam: ExamRecord) -> None:
    """Five under a route; attempts without a named route count against each route of their category."""
    for count in attempts(exam.reports, BOOK):
        own = [one for one in exam.reports if (one.code, one.body) == (count.code, count.body)]
        unnamed = [one for one in own if one.route is None]
        named = [one for one in own if one.route is not None and one.route == count.route]
        assert count.unnamed == len(unnamed)
        assert count.used == len(unnamed) + len(named)
        assert count.left == max(0, 5 - count.used)


@settings(max_examples=scaled(40))
@given(exams(), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_has_no_bearing(exam: ExamRecord, random: Random) -> None:
    """The answer is the same for every order of the reports."""
    shuffled = list(exam.reports)
    random.shuffle(shuffled)
    again = attrs.evolve(exam, reports=tuple(shuffled))

    assert exam_outlook(again, BOOK, on=LATE) == exam_outlook(exam, BOOK, on=LATE)


@given(failed_reports())
def test_the_next_attempt_is_no_sooner_than_the_later_of_both_readings(report: ScoreReport) -> None:
    """Under the older rules it waits for both ninety days and the three-month period, and both are shown."""
    following = next_attempt(report, BOOK)
    days, period = following.readings

    assert following.earliest == max(days.earliest, period.earliest)
    assert days.earliest - report.taken_on == timedelta(days=90)
    assert report.taken_on < period.earliest <= report.taken_on + timedelta(days=92)
    assert following.grade == "inferred"


@given(failed_reports())
def test_an_admission_that_is_named_never_lengthens_the_wait(report: ScoreReport) -> None:
    """Counted from the attempt itself, the period ends as late as it can."""
    assume(report.admitted_from is not None)
    without = next_attempt(attrs.evolve(report, admitted_from=None), BOOK)
    earliest = next_attempt(report, BOOK).earliest

    assert earliest is not None
    assert without.earliest is not None
    assert earliest <= without.earliest


@given(st.dates(date(1900, 1, 1), date(2999, 12, 1)), st.integers(0, 29))
def test_an_appeal_is_in_time_until_the_thirtieth_day(notified_on: date, days: int) -> None:
    """It is in time up to thirty days after the notice, and not on the next day."""
    deadline = appeal_deadline(notified_on, BOOK)
    assert deadline.last_day - notified_on == timedelta(days=30)
    if notified_on.year < 2999:
        assert appeal_deadline(notified_on, BOOK, on=notified_on + timedelta(days=days + 1)).status == "open"
        assert appeal_deadline(notified_on, BOOK, on=notified_on + timedelta(days=days + 31)).status == "over"


@given(reports(st.integers(400, 999)))
def test_an_award_is_for_three_years_that_end_with_a_month(report: ScoreReport) -> None:
    """The credential ends on the last day of the month three years later; to the day is never later."""
    given_ = award(report, BOOK)
    credential = given_.credential

    assert (credential.code, credential.body, credential.certified_on) == (report.code, report.body, report.taken_on)
    if credential.expires_on is None:
        assert credential.before_mandatory
        assert given_.cycle is None
        return
    end = credential.expires_on
    assert (end + timedelta(days=1)).day == 1
    assert (end.year - report.taken_on.year, end.month) == (3, report.taken_on.month)
    month, day = given_.ends
    assert day.expires_on <= month.expires_on == end
    assert not credential.before_mandatory


@given(reports(st.integers(400, 999)))
def test_an_awarded_credential_can_stand_in_a_record_and_has_the_cycle_that_is_told(report: ScoreReport) -> None:
    """`decide` reads the awarded credential, and finds the same first cycle."""
    given_ = award(report, BOOK)
    record = cmprules.Record(holder={"id": "h"}, credentials=[given_.credential], activities=[])

    decision = cmprules.decide(record, BOOK, on=report.taken_on)
    assert decision.credentials[0].cycle == given_.cycle


@given(st.integers(0, 100_000), st.lists(st.integers(0, 10_000), min_size=1, max_size=9).filter(any))
def test_a_division_adds_up_and_lies_within_a_hundredth_of_its_proportion(total: int, weights: list[int]) -> None:
    """Largest remainder: every part is its proportion, rounded down or up."""
    parts = divide(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert total * weight // sum(weights) <= part <= -(-total * weight // sum(weights))
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(failed_reports(), st.integers(0, 200), HOURS)
def test_the_hours_of_a_plan_add_up_and_go_to_the_weak(report: ScoreReport, later: int, hours: Decimal | None) -> None:
    """All hours are divided; an area at or above the mark gets none unless no area lies below."""
    plan = retake_plan(report, BOOK, on=report.taken_on + timedelta(days=later), hours_per_week=hours)
    given_ = [share.hours for share in plan.areas if share.hours is not None]

    assert plan.days == (plan.sit_on - plan.on).days
    assert plan.sit_on == max(plan.on, plan.next_attempt.earliest or plan.on)
    if hours is None or plan.hours is None:
        assert plan.hours is None
        assert given_ == []
        return
    assert 0 <= hours * plan.days / 7 - plan.hours < Decimal("0.01")
    if plan.divided == "undivided":
        assert given_ == []
        assert all(area.score is None for area in report.areas)
        return
    assert sum(given_) == plan.hours
    if any(share.below for share in plan.areas):
        assert all(share.hours == 0 for share in plan.areas if share.below == 0)
    if plan.divided == "by_distance":
        ascending = [(share.below or 0, share.hours) for share in reversed(plan.areas) if share.hours is not None]
        assert ascending == sorted(ascending)


@settings(max_examples=scaled(40))
@given(exams(), HOURS)
def test_what_is_written_validates_and_comes_back(exam: ExamRecord, hours: Decimal | None) -> None:
    """Reports survive JSON, both formats follow their schemas, and values can be pickled."""
    outlook = exam_outlook(exam, BOOK, on=LATE, hours_per_week=hours)
    plain = json.loads(json.dumps(cmprules.to_mapping(exam)))

    assert parse_exam(plain) == exam
    assert [error.message for error in VALIDATORS["exam"].iter_errors(plain)] == []
    written = json.loads(cmprules.render(outlook, "json"))
    assert [error.message for error in VALIDATORS["exam-outlook"].iter_errors(written)] == []
    assert list(written)[-1] == "notice"
    assert pickle.loads(pickle.dumps(outlook)) == outlook
    assert hash(pickle.loads(pickle.dumps(exam))) == hash(exam)


@settings(max_examples=scaled(40))
@given(exams())
def test_every_citation_of_an_outlook_has_its_source(exam: ExamRecord) -> None:
    """The list of sources is exactly the set of sources named anywhere in the JSON."""
    plain = cmprules.to_mapping(exam_outlook(exam, BOOK, on=LATE))

    assert set(_sources_in({key: value for key, value in plain.items() if key != "sources"})) == set(plain["sources"])


def _sources_in(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["source"]] if "source" in value else []
        return own + [name for item in value.values() for name in _sources_in(item)]
    return [name for item in value for name in _sources_in(item)] if isinstance(value, list) else []


@settings(max_examples=scaled(40))
@given(exams(), st.sampled_from(("text", "markdown", "html")), HOURS)
def test_every_outlook_can_be_shown(exam: ExamRecord, form: str, hours: Decimal | None) -> None:
    """Any reports lead to a report in words that ends with the notice."""
    text = cmprules.render(exam_outlook(exam, BOOK, on=LATE, hours_per_week=hours), form)

    assert "Independent of ASCP" in text
    assert "None" not in text
