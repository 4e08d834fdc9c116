"""Worked cases on examinations, in plain words, on both sides of every boundary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import cmprules
from cmprules import Grade, NotEstablishedError, UnknownCodeError
from cmprules.exam import (
    ExamRecord,
    NextAttempt,
    ScoreReport,
    appeal_deadline,
    application_fee,
    attempts,
    award,
    exam_outlook,
    next_attempt,
    pass_rates,
    read_score,
    retake_plan,
)

Book = cmprules.PolicyBook


def _report(taken_on: str = "2026-01-20", score: int = 352, **more: Any) -> ScoreReport:
    return ScoreReport(**{"code": "MLS", "taken_on": taken_on, "score": score, **more})


def _exam(*reports: ScoreReport) -> ExamRecord:
    return ExamRecord(candidate="sample", reports=reports)


class TestScore:
    """Scores go from 100 to 999, and 400 passes."""

    @pytest.mark.parametrize(("score", "passed", "difference"), [
        (100, False, -300), (399, False, -1), (400, True, 0), (401, True, 1), (999, True, 599),
    ])
    def test_the_pass_mark_passes_and_the_point_below_it_does_not(
        self, book: Book, score: int, passed: bool, difference: int
    ) -> None:
        """399 fails by one point; 400 passes exactly."""
        reading = read_score(_report(score=score), book)
        assert (reading.passed, reading.difference) == (passed, difference)
        assert (reading.lowest, reading.pass_mark, reading.highest) == (100, 400, 999)
        assert reading.grade is Grade.THIRD_PARTY

    def test_areas_of_a_failed_attempt_come_weakest_first(self, book: Book) -> None:
        """Equal scores keep their order, areas without a score come last, and each is compared with its mean."""
        reading = read_score(_report(areas=[
            {"name": "A"}, {"name": "B", "score": 500, "mean": "470.5", "share": 25}, {"name": "C", "score": 300},
            {"name": "D", "score": 300, "mean": 310}, {"name": "E", "score": 400, "mean": 400},
        ]), book)
        assert [(area.name, area.below, area.to_mean) for area in reading.areas] == [
            ("C", 100, None), ("D", 100, Decimal(-10)), ("E", 0, Decimal(0)), ("B", 0, Decimal("29.5")),
            ("A", None, None)]
        assert reading.areas[3].share == Decimal(25)

    def test_areas_of_a_passed_attempt_stay_in_their_order(self, book: Book) -> None:
        """What a passing report shows is not established, and the answer has the question."""
        reading = read_score(_report(score=400, areas=[{"name": "B", "score": 500}, {"name": "A", "score": 300}]), book)
        assert [area.name for area in reading.areas] == ["B", "A"]
        assert [rule.question for rule in reading.rules if rule.question] == ["What does a passing report show?"]

    def test_a_failed_report_leaves_that_question_out(self, book: Book) -> None:
        """A failing report has feedback by content area."""
        names = [rule.rule for rule in read_score(_report(), book).rules]
        assert "exam/failing_report" in names
        assert "exam/passing_report" not in names
        assert "exam/adaptive" in names

    def test_a_former_code_is_shown_beside_todays(self, book: Book) -> None:
        """MT is read as MLS, and both are shown."""
        reading = read_score(_report(code="MT"), book)
        assert (reading.code, reading.given_code) == ("MLS", "MT")


class TestAttempts:
    """A candidate has five attempts per category under one route."""

    DAYS = ("2023-01-10", "2023-06-10", "2024-01-10", "2024-06-10", "2025-01-10", "2025-06-10")

    def _made(self, count: int, **more: Any) -> list[ScoreReport]:
        return [_report(day, **more) for day in self.DAYS[:count]]

    @pytest.mark.parametrize(("made", "left"), [(1, 4), (4, 1), (5, 0), (6, 0)])
    def test_the_fifth_is_the_last(self, book: Book, made: int, left: int) -> None:
        """After the fourth attempt one is left, after the fifth none; a sixth is still counted."""
        count, = attempts(self._made(made, route="1"), book)
        assert (count.allowed, count.used, count.left, count.unnamed) == (5, made, left, 0)
        assert count.grade is Grade.OFFICIAL_OLD

    @pytest.mark.parametrize(("made", "status"), [(4, "wait"), (5, "another_route")])
    def test_after_the_last_another_route_is_needed(self, book: Book, made: int, status: str) -> None:
        """The answer still names the wait."""
        history = self._made(made, route="1")
        following = next_attempt(history[-1], book, history=history)
        assert following.status == status
        assert following.earliest is not None
        assert following.attempts.left == 5 - made

    def test_routes_and_categories_are_counted_apart(self, book: Book) -> None:
        """Three attempts of MLS under two routes and one of MB, in the order of the first attempt."""
        counts = attempts([_report("2025-06-01", route="2"), _report("2024-06-01", route="1"),
                           _report("2024-01-01", code="MB", route="1"), _report("2025-01-01", route="1"),
                           _report("2024-01-02", body="ASCPi", route="1")], book)
        assert [(count.code, count.body, count.route, count.used) for count in counts] == [
            ("MB", "ASCP", "1", 1), ("MLS", "ASCPi", "1", 1), ("MLS", "ASCP", "1", 2), ("MLS", "ASCP", "2", 1)]

    def test_an_attempt_of_no_named_route_counts_against_each(self, book: Book) -> None:
        """It may have been under any route, so the answer asks which."""
        reports = [_report("2024-01-10"), _report("2024-06-10", route="1"), _report("2025-01-10", route="2")]
        assert [(count.route, count.used, count.unnamed) for count in attempts(reports, book)] == [
            ("1", 2, 1), ("2", 2, 1)]
        needs = exam_outlook(_exam(*reports), book, on=date(2025, 2, 1)).categories[0].needs
        assert ("ROUTE_UNKNOWN", "MLS(ASCP) 2024-01-10") in [(need.code, need.subject) for need in needs]

    def test_without_any_route_they_are_all_counted_as_one(self, book: Book) -> None:
        """This is the cautious reading."""
        count, = attempts([_report("2024-01-10"), _report("2024-06-10")], book)
        assert (count.route, count.used, count.unnamed, count.left) == (None, 2, 2, 3)

    def test_a_latest_attempt_without_a_route_is_counted_where_fewest_are_left(self, book: Book) -> None:
        """Route 1 was used once, route 2 twice: with the new attempt two are left."""
        history = [_report("2023-01-10", route="1"), _report("2024-01-10", route="2"), _report("2024-06-10", route="2")]
        following = next_attempt(_report("2025-01-10"), book, history=history)
        assert (following.attempts.route, following.attempts.left) == ("2", 2)

    def test_a_pass_counts_as_an_attempt(self, book: Book) -> None:
        """No source says that it does not."""
        count, = attempts([_report("2024-01-10", 500, route="1"), _report("2025-01-10", route="1")], book)
        assert count.used == 2

    def test_no_reports_have_no_attempts(self, book: Book) -> None:
        """Without reports there is nothing to count."""
        assert attempts([], book) == ()


class TestNextAttempt:
    """The next attempt waits for the later of 90 days and the next three-month period."""

    @pytest.mark.parametrize(("taken", "days", "period"), [
        ("2026-01-20", "2026-04-20", "2026-04-20"),  # the same day
        ("2026-02-20", "2026-05-21", "2026-05-20"),  # February is short: 90 days are more
        ("2026-03-20", "2026-06-18", "2026-06-20"),
        ("2024-02-29", "2024-05-29", "2024-05-31"),  # the last day of a month stands for the last
        ("2023-02-28", "2023-05-29", "2023-05-31"),
        ("2024-02-28", "2024-05-28", "2024-05-28"),
        ("2025-11-30", "2026-02-28", "2026-02-28"),
        ("2023-11-30", "2024-02-28", "2024-02-29"),
        ("2025-12-31", "2026-03-31", "2026-03-31"),
        ("2025-08-31", "2025-11-29", "2025-11-30"),
    ])
    def test_both_readings_and_the_later(self, book: Book, taken: str, days: str, period: str) -> None:
        """The readings are ninety days, and three months from the attempt."""
        following = next_attempt(_report(taken), book)
        assert [str(reading.earliest) for reading in following.readings] == [days, period]
        assert str(following.earliest) == max(days, period)
        assert [reading.grade for reading in following.readings] == [Grade.THIRD_PARTY, Grade.INFERRED]
        assert following.grade is Grade.INFERRED

    @pytest.mark.parametrize(("admitted", "period", "earliest"), [
        ("2026-01-20", "2026-04-20", "2026-04-20"),
        ("2026-01-05", "2026-04-05", "2026-04-20"),
        ("2025-10-21", "2026-01-21", "2026-04-20"),
    ])
    def test_the_period_counts_from_the_admission_where_it_is_named(
        self, book: Book, admitted: str, period: str, earliest: str
    ) -> None:
        """The three months follow the admission notice, with the grade of the sources."""
        following = next_attempt(_report(admitted_from=admitted), book)
        assert str(following.readings[1].earliest) == period
        assert str(following.readings[1].counted_from) == admitted
        assert following.readings[1].grade is Grade.THIRD_PARTY
        assert str(following.earliest) == earliest

    def test_after_a_pass_none_is_needed(self, book: Book) -> None:
        """The answer has no wait and no day."""
        following = next_attempt(_report(score=400), book)
        assert (following.status, following.earliest, following.readings, following.grade) == (
            "not_needed", None, (), None)
        assert following.rules == ()

    def test_reports_of_other_examinations_have_no_bearing(self, book: Book) -> None:
        """A later report of another category or of the other body changes nothing."""
        others = [_report("2026-02-01", code="MB"), _report("2026-02-01", body="ASCPi")]
        assert next_attempt(_report(), book, history=others) == next_attempt(_report(), book)

    def test_the_report_may_be_among_the_history(self, book: Book) -> None:
        """It is counted once."""
        report = _report(route="1")
        assert next_attempt(report, book, history=[report]) == next_attempt(report, book)


class TestFee:
    """The fee on a day of application, as far as it is known."""

    @pytest.mark.parametrize(("code", "body", "on", "amount", "grade"), [
        ("MLS", "ASCP", "2018-01-01", "240.00", Grade.THIRD_PARTY),
        ("MLS", "ASCP", "2022-12-31", "240.00", Grade.THIRD_PARTY),
        ("MLS", "ASCP", "2023-01-01", "250.00", Grade.THIRD_PARTY),
        ("MLS", "ASCP", "2025-12-31", "250.00", Grade.INFERRED),
        ("MLS", "ASCP", "2026-01-01", "260.00", Grade.THIRD_PARTY),
        ("MT", "ASCP", "2026-01-01", "260.00", Grade.THIRD_PARTY),
        ("PBT", "ASCP", "2025-12-31", "155.00", Grade.THIRD_PARTY),
        ("PBT", "ASCP", "2026-01-01", "165.00", Grade.THIRD_PARTY),
        ("PA", "ASCP", "2022-12-31", "530.00", Grade.THIRD_PARTY),
        ("MLS", "ASCPi", "2024-06-30", "210.00", Grade.THIRD_PARTY),
    ])
    def test_the_rows_turn_on_their_days(
        self, book: Book, code: str, body: str, on: str, amount: str, grade: Grade
    ) -> None:
        """Checks the last day of one row and the first day of the next."""
        fee = application_fee(code, book, on=date.fromisoformat(on), body=body)
        assert (str(fee.amount), fee.currency, fee.grade, fee.why) == (amount, "USD", grade, None)
        assert fee.row is not None
        assert fee.citation is not None
        assert fee.citation.source in book.sources

    @pytest.mark.parametrize(("code", "on", "question"), [
        ("MLS", "2017-12-31", "no row of the edition covers that day"),
        ("PA", "2023-01-01", "What did the application cost in about 2023 to 2024?"),
        ("SBB", "2026-01-01", "What does the application cost in 2026?"),
        ("DMLI", "2026-01-01", "What does the application for DMLI cost?"),
        ("AT", "2026-01-01", "no row of the edition covers that day"),
    ])
    def test_what_nobody_could_source_is_an_error_that_names_the_question(
        self, book: Book, code: str, on: str, question: str
    ) -> None:
        """That is so before the first sighting, and in a row that is not established."""
        with pytest.raises(NotEstablishedError) as error:
            application_fee(code, book, on=date.fromisoformat(on))
        assert str(error.value) == (f"the fee of the application for {code}(ASCP) on {on} is not established: "
                                    f"{question}")

    def test_the_discount_of_ascpi_is_an_open_question(self, book: Book) -> None:
        """ASCP has no discount."""
        ours, theirs = (application_fee("MLS", book, on=date(2024, 6, 30), body=body) for body in ("ASCP", "ASCPi"))
        assert [rule.rule for rule in theirs.rules if not rule.established] == ["exam_fees/ascpi_discount"]
        assert all(rule.established for rule in ours.rules)

    @pytest.mark.parametrize(("code", "body", "hint"), [
        ("MLSS", "ASCP", "did you mean 'MLS'? `cmprules codes` lists all codes"),
        ("CTGYN", "ASCP", "CTGYN is a credential of ASCPi"),
        ("MLS", "XYZ", "leave out a credential of a board other than ASCP"),
    ])
    def test_what_does_not_exist_is_unknown(self, book: Book, code: str, body: str, hint: str) -> None:
        """That is a code, or a body that does not have it."""
        with pytest.raises(UnknownCodeError) as error:
            application_fee(code, book, on=date(2026, 1, 1), body=body)
        assert str(error.value) == f"no credential {code!r} of {body!r} in edition 2026.1; {hint}"


class TestAppeal:
    """An appeal may be made until thirty days after the notice."""

    @pytest.mark.parametrize(("notice", "last"), [
        ("2026-01-23", "2026-02-22"), ("2024-01-30", "2024-02-29"), ("2026-01-30", "2026-03-01"),
        ("2025-12-02", "2026-01-01"),
    ])
    def test_the_thirtieth_day_is_in_time_and_the_next_is_not(self, book: Book, notice: str, last: str) -> None:
        """The day of the notice does not count."""
        day = date.fromisoformat(last)
        assert str(appeal_deadline(date.fromisoformat(notice), book).last_day) == last
        assert appeal_deadline(date.fromisoformat(notice), book, on=day).status == "open"
        after = date.fromordinal(day.toordinal() + 1)
        assert appeal_deadline(date.fromisoformat(notice), book, on=after).status == "over"

    def test_its_form_is_told_and_the_check_of_a_score_is_open(self, book: Book) -> None:
        """An appeal is in writing, by email, with documents; whether a score is rechecked is not known."""
        deadline = appeal_deadline(date(2026, 1, 23), book)
        assert deadline.status is None
        assert [rule.rule for rule in deadline.rules] == ["exam/appeal_days", "exam/appeal_form", "exam/score_recheck"]
        assert [rule.established for rule in deadline.rules] == [True, True, False]


class TestAward:
    """A credential lasts three years, by our reading to the end of a month."""

    @pytest.mark.parametrize(("taken", "month", "day"), [
        ("2026-01-20", "2029-01-31", "2029-01-19"),
        ("2026-02-01", "2029-02-28", "2029-01-31"),
        ("2024-02-29", "2027-02-28", "2027-02-27"),
        ("2025-02-28", "2028-02-29", "2028-02-28"),
        ("2025-12-31", "2028-12-31", "2028-12-30"),
        ("2004-01-01", "2007-01-31", "2006-12-31"),
    ])
    def test_both_readings_of_the_end(self, book: Book, taken: str, month: str, day: str) -> None:
        """The last day of the month three years later, and three years to the day."""
        given = award(_report(taken, 400), book)
        assert [(end.reading, str(end.expires_on)) for end in given.ends] == [("month", month), ("day", day)]
        assert str(given.credential.expires_on) == month
        assert given.grade is Grade.INFERRED
        assert given.cycle == cmprules.Period(start=taken, end=month)
        assert [need.code for need in given.needs] == ["AWARD_DATES"]

    @pytest.mark.parametrize(("code", "body", "before", "since"), [
        ("MLS", "ASCP", "2003-12-31", "2004-01-01"), ("SBB", "ASCP", "2005-12-31", "2006-01-01"),
        ("MLS", "ASCPi", "2011-12-31", "2012-01-01"),
    ])
    def test_a_pass_from_before_taking_part_was_mandatory_has_no_end(
        self, book: Book, code: str, body: str, before: str, since: str
    ) -> None:
        """Checks the day before participation became mandatory, and the day itself."""
        old, new = (award(_report(day, 500, code=code, body=body), book) for day in (before, since))
        assert (old.credential.expires_on, old.cycle, old.ends, old.grade) == (None, None, (), None)
        assert old.rules[-1].rule == "designation/no_mark"
        assert new.credential.expires_on is not None

    def test_every_qualification_has_an_end(self, book: Book) -> None:
        """That holds for every day."""
        assert award(_report("2001-05-05", 500, code="QIHC"), book).credential.expires_on == date(2004, 5, 31)

    def test_the_certificate_comes_three_to_five_weeks_after_the_result(self, book: Book) -> None:
        """The weeks count from the notice; without a notice the answer names no day."""
        told = award(_report(score=400, notified_on="2026-02-06"), book)
        assert (told.certificate_from, told.certificate_to) == (date(2026, 2, 27), date(2026, 3, 13))
        silent = award(_report(score=400), book)
        assert (silent.certificate_from, silent.certificate_to) == (None, None)

    @pytest.mark.parametrize(("code", "body", "name", "given"), [
        ("MLS", "ASCP", "mls", None), ("MLS", "ASCPi", "mlsi", None), ("MT", "ASCP", "mls", "MT"),
    ])
    def test_the_id_is_the_code_in_small_letters(
        self, book: Book, code: str, body: str, name: str, given: str | None
    ) -> None:
        """The caller may choose another id."""
        report = _report(score=400, code=code, body=body)
        credential = award(report, book).credential
        assert (credential.id, credential.given_code) == (name, given)
        assert award(report, book, id="x").credential.id == "x"


AREAS = ({"name": "A", "score": 380, "share": 10}, {"name": "B", "score": 360, "share": 30},
         {"name": "C", "score": 400, "share": 60})


class TestPlan:
    """A plan divides time in proportion to the distance below the mark."""

    def _hours(self, book: Book, areas: object) -> tuple[str, dict[str, str | None]]:
        """Divide ten days of one hour each."""
        plan = retake_plan(_report(areas=areas), book, on=date(2026, 4, 10), hours_per_week=7)
        return plan.divided, {share.name: None if share.hours is None else str(share.hours) for share in plan.areas}

    def test_by_distance_and_share(self, book: Book) -> None:
        """10 hours: B is 40 below with 30 percent, A 20 below with 10: six to one."""
        assert self._hours(book, AREAS) == ("by_distance_and_share", {"B": "8.57", "A": "1.43", "C": "0"})

    def test_by_distance_alone_where_a_weak_area_has_no_share(self, book: Book) -> None:
        """Two to one; a missing share of the strong area does not matter."""
        assert self._hours(book, [{**AREAS[0], "share": None}, *AREAS[1:]]) == (
            "by_distance", {"B": "6.67", "A": "3.33", "C": "0"})
        assert self._hours(book, [*AREAS[:2], {**AREAS[2], "share": None}])[0] == "by_distance_and_share"

    def test_the_mark_itself_is_not_below_it(self, book: Book) -> None:
        """An area at 399 gets all of the time, and one at 400 none."""
        assert self._hours(book, [{"name": "A", "score": 399}, {"name": "B", "score": 400}]) == (
            "by_distance", {"A": "10", "B": "0"})

    @pytest.mark.parametrize(("share", "divided", "hours"), [
        (None, "evenly", {"A": "3.34", "B": "3.33", "C": "3.33"}),
        (20, "by_share", {"A": "3.34", "B": "3.33", "C": "3.33"}),
    ])
    def test_where_none_is_below_all_share_alike_or_by_their_shares(
        self, book: Book, share: int | None, divided: str, hours: dict[str, str]
    ) -> None:
        """In a failed attempt with all areas at the mark or above, equal remainders go to the weaker area first."""
        areas = [{"name": name, "score": 400 + index, "share": share} for index, name in enumerate("ABC")]
        assert self._hours(book, areas) == (divided, hours)

    def test_shares_of_areas_at_the_mark_divide_the_time(self, book: Book) -> None:
        """The shares divide it three to one."""
        areas = [{"name": "A", "score": 400, "share": 60}, {"name": "B", "score": 410, "share": 20}]
        assert self._hours(book, areas) == ("by_share", {"A": "7.5", "B": "2.5"})

    def test_an_area_without_a_score_cannot_be_weighed(self, book: Book) -> None:
        """It gets no hours, and needs no share."""
        assert self._hours(book, [*AREAS, {"name": "D"}]) == (
            "by_distance_and_share", {"B": "8.57", "A": "1.43", "C": "0", "D": None})

    @pytest.mark.parametrize("areas", [[], [{"name": "A", "share": 40}, {"name": "B"}]])
    def test_without_scores_the_time_stays_undivided(self, book: Book, areas: object) -> None:
        """The plan shows only the total."""
        divided, hours = self._hours(book, areas)
        assert divided == "undivided"
        assert set(hours.values()) <= {None}

    @pytest.mark.parametrize(("on", "days", "hours"), [
        ("2026-04-20", 0, "0"), ("2026-04-19", 1, "1.07"), ("2026-04-13", 7, "7.5"), ("2026-05-01", 0, "0"),
    ])
    def test_hours_are_those_of_the_days_before_the_attempt_rounded_down(
        self, book: Book, on: str, days: int, hours: str
    ) -> None:
        """The days run to the day before the attempt; after the wait no day is left."""
        plan = retake_plan(_report(), book, on=date.fromisoformat(on), hours_per_week="7.5")
        assert (plan.days, str(plan.hours)) == (days, hours)
        assert plan.sit_on == max(date(2026, 4, 20), date.fromisoformat(on))

    def test_a_later_day_may_be_named(self, book: Book) -> None:
        """The wait gives the earliest day; the candidate may plan for a later one."""
        plan = retake_plan(_report(), book, on=date(2026, 4, 20), sit_on=date(2026, 5, 4))
        assert (plan.days, plan.sit_on, plan.hours, plan.hours_per_week) == (14, date(2026, 5, 4), None, None)

    def test_the_fee_and_the_attempts_are_told(self, book: Book) -> None:
        """If the fee is not known, the answer says why, with the row that asks."""
        plan = retake_plan(_report(), book, on=date(2026, 4, 1))
        assert str(plan.fee.amount) == "260.00"
        assert plan.next_attempt.attempts.left == 4
        fee = retake_plan(_report(code="SBB"), book, on=date(2026, 4, 1)).fee
        assert (fee.amount, fee.row, fee.grade, fee.citation) == (None, "ASCP/specialist/2026-01-01", None, None)
        assert fee.why == ("the fee of the application for SBB(ASCP) on 2026-04-01 is not established: What does the "
                           "application cost in 2026?")
        none = retake_plan(_report("2016-01-20"), book, on=date(2016, 4, 1)).fee
        assert (none.amount, none.row) == (None, None)


class TestRates:
    """Pass rates, each with its source."""

    def test_all_rows_are_given(self, book: Book) -> None:
        """MLS has four national rates and a benchmark."""
        rates = pass_rates(book)
        assert [(rate.measure, rate.first_year, str(rate.percent)) for rate in rates] == [
            ("national", 2021, "75.9"), ("national", 2022, "75.7"), ("national", 2023, "75.9"),
            ("national", 2016, "80"), ("benchmark", None, "75")]
        assert all(rate.said_by for rate in rates)

    @pytest.mark.parametrize(("code", "body", "count"), [
        ("MLS", None, 5), ("MT", None, 5), ("MLS", "ASCP", 5), ("MLS", "ASCPi", 1), ("PBT", None, 1),
        ("CTGYN", None, 1), (None, "ASCP", 5), (None, "ASCPi", 1),
    ])
    def test_a_category_has_its_own_and_the_benchmark(
        self, book: Book, code: str | None, body: str | None, count: int
    ) -> None:
        """Rates of one category are not shown for another."""
        assert len(pass_rates(book, code=code, body=body)) == count

    def test_an_unknown_category_is_refused(self, book: Book) -> None:
        """A category of the other body is refused as well."""
        for code, body in (("XYZ", None), ("CTGYN", "ASCP")):
            with pytest.raises(UnknownCodeError):
                pass_rates(book, code=code, body=body)


class TestOutlook:
    """The outlook, category by category."""

    def _one(self, book: Book, *reports: ScoreReport, on: str = "2026-03-10") -> Any:
        outlook = exam_outlook(_exam(*reports), book, on=date.fromisoformat(on))
        category, = outlook.categories
        return category

    def test_after_a_failed_attempt(self, book: Book) -> None:
        """There is a plan and an appeal, and no award."""
        category = self._one(book, _report(route="1", notified_on="2026-02-23", admitted_from="2026-01-05"))
        assert category.award is None
        assert category.appeal.status == "open"
        assert isinstance(category.retake.next_attempt, NextAttempt)
        assert category.retake.hours is None
        assert category.needs == ()

    def test_after_a_pass(self, book: Book) -> None:
        """There is an award, and neither plan nor appeal."""
        category = self._one(book, _report(score=400, route="1", notified_on="2026-02-23"))
        assert (category.retake, category.appeal, category.needs) == (None, None, ())
        assert category.award.credential.id == "mls"
        assert [figure.name for figure in category.figures][-1] == "exam/certificate_weeks_to"

    def test_an_award_stays_where_a_later_attempt_failed(self, book: Book) -> None:
        """Both are shown."""
        category = self._one(book, _report("2020-05-05", 450), _report("2026-01-20", 390))
        assert category.award.credential.certified_on == date(2020, 5, 5)
        assert category.retake.taken_on == date(2026, 1, 20)

    def test_of_two_passes_the_later_awards(self, book: Book) -> None:
        """The credential of the first has been renewed or has lapsed."""
        category = self._one(book, _report("2026-01-20", 450), _report("2020-05-05", 450))
        assert category.award.credential.certified_on == date(2026, 1, 20)
        assert category.retake is None

    def test_what_a_report_leaves_out_is_asked(self, book: Book) -> None:
        """The questions are about every route, and about notice and admission of a failed latest attempt."""
        asked = [(need.code, need.subject) for need in self._one(book, _report("2025-01-20", 500), _report()).needs]
        assert asked == [
            ("ROUTE_UNKNOWN", "MLS(ASCP) 2025-01-20"), ("ROUTE_UNKNOWN", "MLS(ASCP) 2026-01-20"),
            ("NOTIFIED_ON_UNKNOWN", "MLS(ASCP) 2026-01-20"), ("ADMITTED_FROM_UNKNOWN", "MLS(ASCP) 2026-01-20")]

    def test_after_a_pass_nothing_is_asked(self, book: Book) -> None:
        """Routes no longer matter."""
        assert self._one(book, _report(), _report("2026-02-20", 400)).needs == ()

    def test_categories_stand_in_the_order_of_the_first_attempt(self, book: Book) -> None:
        """The order of the reports does not matter; on one day, code and body decide."""
        exam = _exam(_report("2026-01-21", code="C"), _report("2026-01-20", code="PBT"),
                     _report("2026-01-20", body="ASCPi"), _report("2026-01-20"))
        outlook = exam_outlook(exam, book, on=date(2026, 2, 1))
        assert [(one.code, one.body) for one in outlook.categories] == [
            ("MLS", "ASCP"), ("MLS", "ASCPi"), ("PBT", "ASCP"), ("C", "ASCP")]

    @pytest.mark.parametrize(("on", "codes"), [("2026-11-23", []), ("2026-11-24", ["BEYOND_LAST_CHECK"])])
    def test_a_day_beyond_the_last_check_is_noted(self, book: Book, on: str, codes: list[str]) -> None:
        """Checks the last day of the tables, and the next."""
        outlook = exam_outlook(_exam(_report()), book, on=date.fromisoformat(on))
        assert [finding.code for finding in outlook.findings] == codes

    def test_the_length_of_an_examination_is_told_where_it_is_known(self, book: Book) -> None:
        """It is known for MLS and PBT; for others the answer has none."""
        known = {figure.name: str(figure.value) for figure in self._one(book, _report()).figures}
        assert known == {"exam/questions/MLS": "100", "exam/minutes/MLS": "150",
                         "exam/result_notice_business_days": "4"}
        assert len(self._one(book, _report(code="C")).figures) == 1

    def test_the_day_of_the_examination_itself_can_be_asked_about(self, book: Book) -> None:
        """A report of that day is not in the future."""
        assert self._one(book, _report(), on="2026-01-20").retake.days == 90


def test_a_report_can_be_changed_and_is_checked_again() -> None:
    """`attrs.evolve` makes a changed copy, which is checked."""
    report = _report()
    assert attrs.evolve(report, score="400").score == 400
    with pytest.raises(cmprules.InputError):
        attrs.evolve(report, score="high")
