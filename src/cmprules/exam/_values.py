"""The answers about examinations: frozen values, named like the keys of the JSON."""

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
    """A value that begins with its category."""

    code: str = attrs.field(metadata=wire(first=True))
    body: str = attrs.field(metadata=wire(first=True))


@attrs.frozen(kw_only=True)
class AreaReading(Checked):
    """One content area of a report, compared with the pass mark and with the mean.

    Attributes:
        below: how far its score is below the pass mark; 0 at or above it, None without a score.
        to_mean: its score minus the mean; None if either is missing.
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
    """The result of a score report: passed or not, and by how much.

    Attributes:
        difference: the score minus the pass mark, in points of the scale; negative if the attempt failed.
        lowest: the lowest score of the scale.
        highest: the highest score of the scale.
        areas: the content areas; for a failed attempt the weakest first, areas without a score last.
        grade: the weakest grade of the scale and the pass mark.
        rules: the rules behind it, and the open questions.
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
        route: the route; None if no report of the category names one.
        allowed: the number of attempts allowed.
        used: the number of attempts made, including passed attempts and attempts without a route.
        unnamed: the number of them without a route, which may belong to another route.
        left: the number of attempts left, counted against the candidate.
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
        counted_from: the day from which it is counted.
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
        after: the day of the previous attempt.
        status: `wait` (until `earliest`), `another_route` (no attempt is left on this one) or `not_needed` (passed).
        earliest: the first day that every reading of the wait allows; None if no attempt is needed.
        readings: both readings of the wait.
        attempts: the used and remaining attempts on the route.
        grade: how certain `earliest` is.
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
    """The cost of an application for an examination.

    Attributes:
        on: the day of application.
        amount: in `currency`; None if it is not established; `why` then names the open question.
        row: the row of the table; None if there is none.
        note: the row's remark on how certain it is.
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
    """The deadline of an appeal.

    Attributes:
        notified_on: the day on which the decision was announced.
        last_day: the last day on which the appeal is in time.
        status: `open` or `over` on the day in question; None if no day was given.
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
        credential: ready for a record; without an end date if participation was not mandatory yet.
        cycle: its first cycle; None without an end date.
        ends: both readings of its end; the credential has the first.
        certificate_from: the first day on which the certificate may be mailed; None without a day of notification.
        certificate_to: the last such day.
        grade: how certain the end is; None without an end date.
        needs: the open questions.
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
        hours: its hours in the plan; None if no hours were named or the time is not divided.
    """

    hours: Decimal | None


@attrs.frozen(kw_only=True)
class RetakePlan(_OfCategory):
    """The time until the next attempt, divided among the content areas.

    Attributes:
        taken_on: the day of the failed attempt.
        on: the first day of the plan.
        sit_on: the day of the next attempt: the earliest day, unless another was named.
        days: the days of study, from `on` to the day before `sit_on`.
        hours_per_week: the hours per week; None if none were named.
        hours: all hours of the plan.
        divided: `by_distance`, `by_distance_and_share`, `by_share`, `evenly` or `undivided`.
        areas: the content areas, weakest first; their hours add up to `hours` unless it is undivided.
        next_attempt: when the examination may be taken again, and the attempts left.
        fee: the cost of the application on `on`.
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
    """A share of candidates that passed, in percent, and the source that states it.

    Attributes:
        measure: `national`, or `benchmark`: what the graduates of a program should reach, averaged over `years`.
        said_by: who states it.
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
        attempts: the used and remaining attempts, route by route.
        award: the credential of the latest pass; None without a pass.
        retake: the plan for the next attempt; None if the latest attempt passed.
        appeal: the deadline to appeal the latest decision; None without a day of notification, or if it passed.
        pass_rates: the known rates of this category, and benchmarks.
        needs: the open questions.
        figures: questions and minutes if known, days until the result, and weeks until a certificate.
        rules: what is known about the examination itself, and what is not.
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


@attrs.frozen(kw_only=True, repr=False)
class ExamOutlook(Answer):
    """A candidate's situation on a day, category by category.

    Attributes:
        on: the day.
        candidate: the id of the person.
        categories: one for each examination taken, in the order of the first attempt.
        findings: findings about the whole answer.
    """

    schema: ClassVar[str] = "cmprules.exam-outlook/1"

    on: date
    candidate: str
    categories: tuple[CategoryOutlook, ...]
    findings: tuple[Finding, ...]
