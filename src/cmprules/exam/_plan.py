"""The time until the next attempt, divided among the content areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import attrs

from cmprules._answers.asked import Asked
from cmprules._kit.points import exact_hundredths, from_hundredths, tidy, to_hundredths
from cmprules._kit.shapes import Day, Maybe, Number, trusted
from cmprules._policy.book import PolicyBook
from cmprules.errors import Fault, InputError
from cmprules.exam._attempts import after_attempt, check_history
from cmprules.exam._fee import fee_or_reason
from cmprules.exam._reports import ScoreReport
from cmprules.exam._score import passes, reading_of, weakest_first
from cmprules.exam._values import AreaReading, NextAttempt, RetakePlan, StudyShare

HOURS_OF_A_WEEK = 168
DAYS_OF_A_WEEK = 7

HoursPerWeek = Decimal | int | float | str | None


def retake_plan(
    report: ScoreReport, book: PolicyBook, *, on: date | str, hours_per_week: HoursPerWeek = None,
    sit_on: date | str | None = None, history: Iterable[ScoreReport] = (),
) -> RetakePlan:
    """Divide the time until the next attempt among the content areas of a failed one.

    One rule: each area below the pass mark gets time in proportion to its distance below the mark, times its share of
    the examination if the report gives the share of every such area; areas at or above the mark get none.  If no area
    is below the mark, all areas with a score share equally, or by their shares of the examination.  An area without a
    score cannot be weighed and gets none.  Without any scores the time stays undivided.  Hours are whole hundredths;
    the total is rounded down and divided by largest remainder, so the parts add up exactly; equal remainders go to the
    weaker area first.

    Args:
        report: the latest attempt, which failed.
        book: the policy tables.
        on: the first day of the plan, also used to look up the fee.
        hours_per_week: hours of study per week, with at most two decimals; if absent, only days are planned.
        sit_on: the day of the next attempt; if absent, the earliest day, or `on` if that is later.
        history: other reports of the person, to count the remaining attempts.

    Returns:
        Days and hours, area by area, with the wait, the attempts left, and the fee or the reason why it is unknown.

    Raises:
        InputError: the attempt passed, `sit_on` is too early, or an argument cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> failed = ScoreReport(code="MLS", taken_on="2026-01-20", score=352, areas=[
    ...     {"name": "Chemistry", "score": 390}, {"name": "Blood banking", "score": 370}])
    >>> plan = retake_plan(failed, book, on=date(2026, 2, 9), hours_per_week=6)
    >>> plan.days, plan.hours, [(share.name, str(share.hours)) for share in plan.areas]
    (70, Decimal('60'), [('Blood banking', '45'), ('Chemistry', '15')])
    >>> retake_plan(failed, book, on=date(2026, 2, 9), hours_per_week=169)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.hours_per_week: TOO_MANY_HOURS: got 169, expected at most 168, the hours of a week; name fewer hours
    """
    asked = Asked()
    category: Sequence[ScoreReport] = ()
    try:
        category = check_history(report, history, book)
    except InputError as error:
        asked.faults.extend(error.faults)
    first = asked.day(on)
    hours = read_hours(hours_per_week, asked.faults)
    day = asked.read(Maybe(Day()), sit_on, "$.sit_on")
    asked.settle()
    following = after_attempt(report, category, book)
    asked.faults.extend(_plan_faults(report, following, book, first, day))
    asked.settle()
    return plan_of(report, following, book, on=first, hours_per_week=hours, sit_on=day)


def read_hours(value: HoursPerWeek, faults: list[Fault]) -> Decimal | None:
    """Read the hours per week."""
    before = len(faults)
    hours: Decimal | None = Maybe(Number(above_zero=True)).read(value, "$.hours_per_week", faults)
    if len(faults) > before or hours is None:
        return None
    if hours > HOURS_OF_A_WEEK:
        faults.append(Fault(path="$.hours_per_week", code="TOO_MANY_HOURS", value=value,
                            expected=f"at most {HOURS_OF_A_WEEK}, the hours of a week", hint="name fewer hours"))
    elif exact_hundredths(hours) is None:
        faults.append(Fault(path="$.hours_per_week", code="TOO_FINE", value=value,
                            expected="at most two decimals", hint="round it"))
    return tidy(hours)


def _plan_faults(
    report: ScoreReport, following: NextAttempt, book: PolicyBook, on: date, sit_on: date | None
) -> Iterable[Fault]:
    """Refuse a plan after a pass or before the attempt, and a day that is too early."""
    if passes(report, book):
        yield Fault(path="$.report.score", code="NOT_FAILED", value=report.score,
                    expected=f"less than {book.number('exam/pass_mark')}",
                    hint="after a pass there is nothing to retake")
    if report.taken_on > on:
        yield Fault(path="$.report.taken_on", code="LATER_THAN_ON", value=report.taken_on.isoformat(),
                    expected=f"{on} or earlier", hint="check both days")
    earliest = max(on, following.earliest or on)
    if sit_on is not None and sit_on < earliest:
        yield Fault(path="$.sit_on", code="TOO_EARLY", value=sit_on.isoformat(), expected=f"{earliest} or later",
                    hint="the wait and the plan come first")


def plan_of(
    report: ScoreReport, following: NextAttempt, book: PolicyBook, *, on: date, hours_per_week: Decimal | None,
    sit_on: date | None = None,
) -> RetakePlan:
    """Make the plan after a checked attempt that failed."""
    day = sit_on or max(on, following.earliest or on)
    days = (day - on) // timedelta(days=1)
    total = None if hours_per_week is None else to_hundredths(hours_per_week) * days // DAYS_OF_A_WEEK
    areas = weakest_first(reading_of(report, book).areas)
    divided, weights = weigh(areas)
    return trusted(
        RetakePlan, code=report.code, body=report.body, taken_on=report.taken_on, on=on, sit_on=day, days=days,
        hours_per_week=hours_per_week, hours=None if total is None else from_hundredths(total), divided=divided,
        areas=_shares(areas, None if total is None or not weights else divide(total, weights)),
        next_attempt=following, fee=fee_or_reason(report.code, report.body, book, on=on),
    )


def weigh(areas: Sequence[AreaReading]) -> tuple[str, list[int]]:
    """Return how the time is divided and the weight of each area; no weights if it is not divided."""
    scored = [area for area in areas if area.below is not None]
    if not scored:
        return "undivided", []
    weak = [area for area in scored if area.below]
    by_share = all(area.share is not None for area in weak or scored)
    weights = [_weight(area, by_share=by_share, by_distance=bool(weak)) for area in areas]
    if not weak:
        return "by_share" if by_share else "evenly", weights
    return "by_distance_and_share" if by_share else "by_distance", weights


def _weight(area: AreaReading, *, by_share: bool, by_distance: bool) -> int:
    """Weigh one area; without a score it weighs nothing."""
    if area.below is None:
        return 0
    distance = area.below if by_distance else 1
    share = to_hundredths(area.share) if by_share and area.share is not None else 1
    return distance * share


def divide(total: int, weights: Sequence[int]) -> list[int]:
    """Divide whole units in proportion to weights by largest remainder; the parts add up to the total.

    >>> divide(100, [1, 1, 1]), divide(10, [3, 0, 1])
    ([34, 33, 33], [8, 0, 2])
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    largest = sorted(range(len(weights)), key=lambda index: -remainders[index])
    for index in largest[:total - sum(parts)]:
        parts[index] += 1
    return parts


def _shares(areas: Sequence[AreaReading], parts: Sequence[int] | None) -> tuple[StudyShare, ...]:
    """Pair the areas with their hours; an area without a score has none."""
    return tuple(
        trusted(StudyShare, **attrs.asdict(area, recurse=False),
                hours=None if parts is None or area.below is None else from_hundredths(parts[index]))
        for index, area in enumerate(areas)
    )
