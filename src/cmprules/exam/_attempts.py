"""How often an examination may be taken, and when it may be taken again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cmprules._answers.asked import Asked
from cmprules._kit.shapes import trusted
from cmprules._policy.book import PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._rules.waits import DAYS, OLDER_DAYS, older_waits, retake_by_days, retake_by_period
from cmprules._words.enums import Grade, weaker
from cmprules.exam._reports import ScoreReport, listed_reports, other_reports
from cmprules.exam._score import passes, score_faults
from cmprules.exam._values import Attempts, NextAttempt, WaitReading

Category = tuple[str, str]
"""A code and a body."""

_WAIT = ("reading/exam_wait", "exam/retake_wait_days")
_RULES = ("exam/retake_period", "exam/admission_months", "exam/no_second_payment", "exam/retake_proof",
          "exam/period_not_extended", "exam/missed_appointment")


def attempts(reports: Iterable[ScoreReport], book: PolicyBook) -> tuple[Attempts, ...]:
    """Count the used and remaining attempts under each route of each category.

    A fixed number is allowed for a category under one route; after the last, another route is needed.  Every report
    counts, passed or not.  A report without a route may belong to any route, so it counts against every route of its
    category; if no report of a category names a route, they are all counted as one route.

    Args:
        reports: the score reports of one person, in any order.
        book: the policy tables.

    Returns:
        A count for each category and route, in the order of the first attempt.

    Raises:
        InputError: an argument is not a report, or two are for the same examination and day.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> first = ScoreReport(code="MLS", taken_on="2025-03-01", score=380, route="1")
    >>> second = ScoreReport(code="MLS", taken_on="2025-09-01", score=390, route="1")
    >>> [(count.route, count.used, count.left) for count in attempts([first, second], book)]
    [('1', 2, 3)]
    >>> attempts([first, first], book)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.reports[1].taken_on: REPEATED_REPORT: got '2025-03-01', expected one report per examination and day;
      $.reports[0] is for the same examination and day; leave out one of them
    """
    asked = Asked()
    asked.book(book)
    found = listed_reports(reports, "$.reports", asked.faults)
    asked.settle()
    return tuple(count for group in by_category(found).values() for count in attempts_of(group, book))


def by_category(reports: Iterable[ScoreReport]) -> dict[Category, list[ScoreReport]]:
    """Sort reports by category and day."""
    groups: dict[Category, list[ScoreReport]] = {}
    for report in sorted(reports,
                         key=lambda score_report: (score_report.taken_on, score_report.code, score_report.body)):
        groups.setdefault((report.code, report.body), []).append(report)
    return groups


def attempts_of(reports: Sequence[ScoreReport], book: PolicyBook) -> tuple[Attempts, ...]:
    """Count the attempts of one category, route by route: those made, or possibly made, under it."""
    made = Counter(report.route for report in reports)
    unnamed = made.pop(None, 0)
    return tuple(_count(reports[0], route, used + unnamed, unnamed, book)
                 for route, used in made.items() or ((None, 0),))


def _count(report: ScoreReport, route: str | None, used: int, unnamed: int, book: PolicyBook) -> Attempts:
    """Compare the attempts under one route with the number allowed."""
    allowed = book.number("exam/attempts_per_route")
    return trusted(
        Attempts, code=report.code, body=report.body, route=route, allowed=allowed, used=used, unnamed=unnamed,
        left=max(allowed - used, 0), grade=book.figure("exam/attempts_per_route").grade,
        rules=clauses_of(("exam/attempts_per_route", "exam/another_route"), book),
    )


def next_attempt(report: ScoreReport, book: PolicyBook, *, history: Iterable[ScoreReport] = ()) -> NextAttempt:
    """Find the earliest day on which an examination may be taken again.

    Edition 2026.2 uses an official page: 30 days after the previous examination, which is our reading of a passage
    whose end is cut off.  Two older versions of the wait, by third parties, are shown too.  One says 90 days: the first
    day is the ninetieth after the attempt.  The other says not within the same three-month period: the first day is the
    day after the period of the attempt.  That period begins with the admission, if the report names it; otherwise we
    read it as beginning with the attempt itself, the latest possible start.  Edition 2026.1 has only these two, and
    uses the later day.

    Args:
        report: the latest attempt at the examination.
        book: the policy tables.
        history: other reports of the person, to count the remaining attempts; the report may be among them.

    Returns:
        The day, every reading, and the attempts under the route of the report.

    Raises:
        InputError: a report cannot be read, or `history` has a later attempt at the same examination.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> failed = ScoreReport(code="MLS", taken_on="2026-01-20", score=352)
    >>> [(reading.reading, str(reading.earliest)) for reading in next_attempt(failed, book).readings]
    [('days', '2026-04-20'), ('period', '2026-04-20')]
    >>> str(next_attempt(failed, cmprules.load_book(edition="2026.2")).earliest)
    '2026-02-19'
    >>> later = ScoreReport(code="MLS", taken_on="2026-04-21", score=399)
    >>> next_attempt(failed, book, history=[later])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.report.taken_on: NOT_THE_LATEST: got '2026-01-20', expected 2026-04-21, the latest attempt; give its report
    """
    return after_attempt(report, check_history(report, history, book), book)


def check_history(report: ScoreReport, history: Iterable[ScoreReport], book: PolicyBook) -> list[ScoreReport]:
    """Return every report of the category of a report; that report is the last one.

    Raises:
        InputError: a report cannot be read, or is later.
    """
    asked = Asked()
    asked.of_class(report, ScoreReport, "$.report")
    asked.book(book)
    if asked.faults:
        listed_reports(history, "$.history", asked.faults)
    asked.settle()
    asked.faults.extend(score_faults(report, book, "$.report"))
    others = other_reports(report, history, asked.faults)
    category = by_category([*others, report])[report.code, report.body]
    if category[-1] != report:
        latest = category[-1].taken_on
        asked.refuse("$.report.taken_on", "NOT_THE_LATEST", report.taken_on.isoformat(),
                     f"{latest}, the latest attempt", "give its report")
    asked.settle()
    return category


def after_attempt(report: ScoreReport, category: Sequence[ScoreReport], book: PolicyBook) -> NextAttempt:
    """Return what follows the latest attempt of a category."""
    count = _count_for(report, attempts_of(category, book))
    readings = () if passes(report, book) else tuple(_readings(report, book))
    status = "not_needed" if not readings else "wait" if count.left else "another_route"
    return trusted(
        NextAttempt, code=report.code, body=report.body, after=report.taken_on, status=status,
        earliest=max((reading.earliest for reading in readings if not reading.older), default=None),
        readings=readings, attempts=count, grade=_grade(readings, book),
        rules=clauses_of(_rules(book), book) if readings else (),
    )


def _rules(book: PolicyBook) -> tuple[str, ...]:
    return (*_WAIT, *((OLDER_DAYS,) if older_waits(book) else ()), *_RULES)


def _readings(report: ScoreReport, book: PolicyBook) -> Iterator[WaitReading]:
    """Read the wait in every way that the edition knows; the one it uses comes first."""
    older = older_waits(book)
    yield _days(report, book)
    if older:
        yield _days(report, book, OLDER_DAYS, older=True)
    yield _period(report, book, older=older)


def _count_for(report: ScoreReport, counts: Iterable[Attempts]) -> Attempts:
    """Choose the count of a report's route; without a route, the one with the fewest attempts left."""
    own = [count for count in counts if report.route in {None, count.route}]
    return min(own, key=lambda count: count.left)


def _grade(readings: Iterable[WaitReading], book: PolicyBook) -> Grade | None:
    """Find the weakest grade of the readings that the answer uses, and of our choice between them."""
    grades = [reading.grade for reading in readings if not reading.older]
    return weaker(book.cite("reading/exam_wait").grade, *grades) if grades else None


def _days(report: ScoreReport, book: PolicyBook, name: str = DAYS, *, older: bool = False) -> WaitReading:
    """Read the wait as a number of days between two attempts."""
    figure = book.figure(name)
    return trusted(
        WaitReading, reading="days_older" if older else "days", counted_from=report.taken_on,
        earliest=retake_by_days(report.taken_on, book, name), grade=figure.grade, citations=(figure.citation,),
        older=older,
    )


def _period(report: ScoreReport, book: PolicyBook, *, older: bool) -> WaitReading:
    """Read the wait as the rest of the three-month period in which the attempt was made."""
    begins = report.admitted_from or report.taken_on
    words, months = book.cite("exam/retake_period"), book.figure("exam/admission_months")
    return trusted(
        WaitReading, reading="period", counted_from=begins,
        earliest=retake_by_period(begins, book),
        grade=Grade.INFERRED if report.admitted_from is None else weaker(words.grade, months.grade),
        citations=(words, months.citation), older=older,
    )
