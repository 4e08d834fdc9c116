"""What is answered about examinations: plain frozen values, named as the keys of the JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._facts.records import Credential, Period
from cmprules._kit.shapes import (
    LEAVE_OUT,
    Checked,
    Count,
    Day,
    Maybe,
    Money,
    Number,
    wire,
)
from cmprules._policy.book import Citation, ProcessFigure
from cmprules._policy.clauses import Clause
from cmprules._rules.results import Finding, Need
from cmprules._words.enums import Grade

_DAY = Day(bounded=False)


@attrs.frozen(kw_only=True)
class _OfCategory(Checked):
    """What begins with the category that it is about."""

    code: str = attrs.field(metadata=wire(first=True))
    body: str = attrs.field(metadata=wire(first=True))


@attrs.frozen(kw_only=True)
class AreaReading(Checked):
    """One content area of a report, compared with the pass mark and with the mean.

    Attributes:
        below: how far its score lies below the pass mark; 0 at or above it, None without a score.
        to_mean: its score less the mean; None where one of them is not given.
        share: its share of the examination, in percent.
    """

    name: str
    score: int | None
    below: int | None
    mean: Decimal | None
    to_mean: Decimal | None = attrs.field(metadata=wire(Maybe(Number(signed=True))))
    share: Decimal | None


@attrs.frozen(kw_only=True)
class ScoreReading(_OfCategory):
    """What a score report says: passed or not, and by how much.

    Attributes:
        difference: the score less the pass mark, in points of the scale; below zero where the attempt failed.
        lowest: where the scale begins.
        highest: where it ends.
        areas: the content areas: of a failed attempt the weakest first, those without a score last.
        grade: the weakest grade of the scale and the pass mark.
        rules: what it rests on, and what is open about such reports.
    """

    given_code: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    taken_on: date
    route: str | None
    score: int
    passed: bool
    difference: int = attrs.field(metadata=wire(Count(signed=True)))
    pass_mark: int
    lowest: int
    highest: int
    areas: tuple[AreaReading, ...]
    grade: Grade
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class Attempts(_OfCategory):
    """Attempts under one route of one category.

    Attributes:
        route: the route; None where no report of the category names one.
        allowed: how many there may be.
        used: how many were made, passed ones and those of no named route included.
        unnamed: how many of them name no route, and so may belong to another.
        left: how many are left, counted against the candidate.
    """

    route: str | None
    allowed: int
    used: int
    unnamed: int
    left: int
    grade: Grade
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class WaitReading(Checked):
    """One reading of the wait between two attempts.

    Attributes:
        reading: `days` or `period` (the next three-month period).
        counted_from: the day from which it counts.
        earliest: the first day on which it allows a new attempt.
    """

    reading: str
    counted_from: date
    earliest: date = attrs.field(metadata=wire(_DAY))
    grade: Grade
    citations: tuple[Citation, ...]
    older: bool = attrs.field(default=False, metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class NextAttempt(_OfCategory):
    """When the examination may be taken again.

    Attributes:
        after: the day of the attempt that it follows.
        status: `wait` (from `earliest` on), `another_route` (none is left on this one) or `not_needed` (passed).
        earliest: the first day that every reading of the wait allows; None where no attempt is needed.
        readings: both readings of the wait.
        attempts: what is used and left on the route.
        grade: how sure `earliest` is.
    """

    after: date
    status: str
    earliest: date | None = attrs.field(metadata=wire(Maybe(_DAY)))
    readings: tuple[WaitReading, ...]
    attempts: Attempts
    grade: Grade | None
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class ApplicationFee(_OfCategory):
    """What an application for an examination costs.

    Attributes:
        on: the day of application.
        amount: in `currency`; None where it is not established, `why` then naming what is open.
        row: the row of the table; None where there is none.
        note: what the row says of its own sureness.
    """

    on: date
    currency: str
    amount: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    why: str | None
    row: str | None
    note: str | None
    grade: Grade | None
    citation: Citation | None
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class AppealDeadline(Checked):
    """Until when an appeal has to be received.

    Attributes:
        notified_on: the day on which the decision was announced.
        last_day: the last day on which the appeal is in time.
        status: `open` or `over` on the day that was asked about; None if none was.
    """

    notified_on: date
    last_day: date = attrs.field(metadata=wire(_DAY))
    status: str | None
    grade: Grade
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class AwardEnd(Checked):
    """One reading of the day on which a first credential ends: `month` (its last day) or `day` (to the day)."""

    reading: str
    expires_on: date = attrs.field(metadata=wire(_DAY))
    grade: Grade
    citations: tuple[Citation, ...]


@attrs.frozen(kw_only=True)
class Award(Checked):
    """The credential that a pass awards.

    Attributes:
        credential: ready for a record; without an end where taking part was not mandatory yet.
        cycle: its first cycle; None without an end.
        ends: both readings of its end; the credential has the first.
        certificate_from: the first day on which the certificate may be mailed; None without a day of notification.
        certificate_to: the last such day.
        grade: how sure the end is; None without one.
        needs: what would settle it.
    """

    credential: Credential
    cycle: Period | None
    ends: tuple[AwardEnd, ...]
    certificate_from: date | None = attrs.field(metadata=wire(Maybe(_DAY)))
    certificate_to: date | None = attrs.field(metadata=wire(Maybe(_DAY)))
    grade: Grade | None
    needs: tuple[Need, ...]
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class StudyShare(AreaReading):
    """One content area in a plan, with its share of the time.

    Attributes:
        hours: what the plan gives it; None where no hours were named, or where the time is not divided.
    """

    hours: Decimal | None


@attrs.frozen(kw_only=True)
class RetakePlan(_OfCategory):
    """The time until the next attempt, divided among the content areas.

    Attributes:
        taken_on: the day of the failed attempt.
        on: the first day of the plan.
        sit_on: the day of the next attempt: the earliest one, unless another was named.
        days: the days of study, from `on` to the day before `sit_on`.
        hours_per_week: the hours of a week; None where none were named.
        hours: all hours of the plan.
        divided: `by_distance`, `by_distance_and_share`, `by_share`, `evenly` or `undivided`.
        areas: the content areas, weakest first; their hours add up to `hours` unless it is undivided.
        next_attempt: when the examination may be taken again, and the attempts that are left.
        fee: what the application costs on `on`.
    """

    taken_on: date
    on: date
    sit_on: date = attrs.field(metadata=wire(_DAY))
    days: int
    hours_per_week: Decimal | None
    hours: Decimal | None
    divided: str
    areas: tuple[StudyShare, ...]
    next_attempt: NextAttempt
    fee: ApplicationFee


@attrs.frozen(kw_only=True)
class PassRate(Checked):
    """A share of candidates that passed, in percent, and who says it.

    Attributes:
        measure: `national`, or `benchmark`: what the graduates of a program should reach, on average over `years`.
        said_by: who says it.
        percent: the share.
    """

    measure: str
    code: str | None
    body: str | None
    first_year: int | None
    last_year: int | None
    years: int | None
    percent: Decimal
    said_by: str
    text: str
    row: str
    citation: Citation


@attrs.frozen(kw_only=True)
class CategoryOutlook(_OfCategory):
    """Everything about the examination of one category.

    Attributes:
        reports: every report of the category, read, the earliest first.
        attempts: what is used and left, route by route.
        award: the credential of the latest pass; None without a pass.
        retake: the plan for the next attempt; None where the latest attempt passed.
        appeal: until when the latest decision may be appealed; None without a day of notification, or if it passed.
        pass_rates: the rates of this category that are known, and benchmarks.
        needs: what would settle what is open.
        figures: questions and minutes where known, days until the result, and weeks until a certificate.
        rules: what is known of the examination itself, and what is not.
    """

    reports: tuple[ScoreReading, ...]
    attempts: tuple[Attempts, ...]
    award: Award | None
    retake: RetakePlan | None
    appeal: AppealDeadline | None
    pass_rates: tuple[PassRate, ...]
    needs: tuple[Need, ...]
    figures: tuple[ProcessFigure, ...]
    rules: tuple[Clause, ...]


@attrs.frozen(kw_only=True)
class ExamOutlook(Answer):
    """Where a candidate stands, category by category, on a day.

    Attributes:
        on: the day.
        candidate: the id of the person.
        categories: one for each examination that was taken, in the order of the first attempt.
        findings: what holds for the whole answer.
    """

    schema: ClassVar[str] = "cmprules.exam-outlook/1"

    on: date
    candidate: str
    categories: tuple[CategoryOutlook, ...]
    findings: tuple[Finding, ...]
