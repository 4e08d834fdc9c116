"""Everything about the examinations of one person, category by category, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from cmprules._answers.answer import citations_in, made_with
from cmprules._answers.asked import Asked
from cmprules._kit.shapes import trusted
from cmprules._policy.book import PolicyBook, ProcessFigure
from cmprules._policy.clauses import clauses_of
from cmprules._rules.results import Finding, Need
from cmprules._rules.waits import older_waits
from cmprules._words import vocabulary
from cmprules._words.codes.questions import ASKED
from cmprules.errors import Fault
from cmprules.exam._appeal import appeal_deadline
from cmprules.exam._attempts import after_attempt, attempts_of, by_category
from cmprules.exam._award import award_of, has_certificate
from cmprules.exam._plan import HoursPerWeek, plan_of, read_hours
from cmprules.exam._rates import pass_rates
from cmprules.exam._reports import ExamRecord, ScoreReport
from cmprules.exam._score import passes, reading_of, score_faults
from cmprules.exam._values import CategoryOutlook, ExamOutlook

HELD = "exam/held_in_current_cycle"
"""A held credential counts towards an examination only while it is in a cycle."""


def exam_outlook(
    exam: ExamRecord, book: PolicyBook, *, on: date | str, hours_per_week: HoursPerWeek = None
) -> ExamOutlook:
    """Return a candidate's situation on a day: every report, and what follows from the latest of each category.

    After a pass: the credential that it awards.  After a failed attempt: the wait, the attempts left, the fee, a study
    plan until then, and the deadline for an appeal.  An award stays even if a later attempt failed.

    Args:
        exam: the score reports of one person, in any order.
        book: the policy tables.
        on: the day; no report may be later.
        hours_per_week: hours of study per week, to divide the time until the next attempt.

    Returns:
        One answer; `render` writes its report.

    Raises:
        InputError: a report is later than `on`, or has figures that the book does not allow; lists all faults.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> exam = ExamRecord(candidate="sample", reports=[{"code": "MLS", "taken_on": "2026-01-20", "score": 352}])
    >>> outlook = exam_outlook(exam, book, on=date(2026, 2, 9))
    >>> str(outlook.categories[0].retake.next_attempt.earliest)
    '2026-04-20'
    >>> exam_outlook(exam, book, on=date(2026, 1, 19))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.reports[0].taken_on: LATER_THAN_ON: got '2026-01-20', expected 2026-01-19 or earlier; leave out what has not
      happened yet
    """
    asked = Asked()
    asked.book(book)
    asked.of_class(exam, ExamRecord, "$.exam")
    before = len(asked.faults)
    day = asked.day(on)
    known = day if len(asked.faults) == before else None
    hours = read_hours(hours_per_week, asked.faults)
    if not before:
        for index, report in enumerate(exam.reports):
            asked.faults.extend(_faults(report, book, known, f"$.reports[{index}]"))
    asked.settle()
    categories = tuple(_category(reports, book, day, hours) for reports in by_category(exam.reports).values())
    findings = tuple(_findings(book, day))
    cited = citations_in((*categories, *findings))
    return trusted(
        ExamOutlook, on=day, candidate=exam.candidate, categories=categories, findings=findings,
        **made_with(book, cited),
    )


def _faults(report: ScoreReport, book: PolicyBook, on: date | None, path: str) -> Iterable[Fault]:
    """Refuse reports later than the day, and figures that the book does not allow."""
    for name in ("taken_on", "notified_on", "admitted_from"):
        day: date | None = getattr(report, name)
        if on is not None and day is not None and day > on:
            yield Fault(path=f"{path}.{name}", code="LATER_THAN_ON", value=day.isoformat(),
                        expected=f"{on} or earlier", hint="leave out what has not happened yet")
    yield from score_faults(report, book, path)


def _category(
    reports: Sequence[ScoreReport], book: PolicyBook, on: date, hours_per_week: Decimal | None
) -> CategoryOutlook:
    """Collect everything about one category; its reports are in the order of their days."""
    latest = reports[-1]
    failed = not passes(latest, book)
    passed = [report for report in reports if passes(report, book)]
    following = after_attempt(latest, reports, book)
    return trusted(
        CategoryOutlook, code=latest.code, body=latest.body,
        reports=tuple(reading_of(report, book) for report in reports), attempts=attempts_of(reports, book),
        award=award_of(passed[-1], book) if passed else None,
        retake=plan_of(latest, following, book, on=on, hours_per_week=hours_per_week) if failed else None,
        appeal=appeal_deadline(latest.notified_on, book, on=on) if failed and latest.notified_on is not None else None,
        pass_rates=pass_rates(book, code=latest.code, body=latest.body),
        needs=tuple(_needs(reports, book)) if failed else (),
        figures=tuple(_figures(latest.code, book, certificate=bool(passed) and has_certificate(passed[-1], book))),
        rules=clauses_of(_about(latest.code, book), book),
    )


def _needs(reports: Sequence[ScoreReport], book: PolicyBook) -> Iterable[Need]:
    """Ask for missing data of the reports that matters for the next attempt."""
    latest = reports[-1]
    name = f"{latest.code}({latest.body})"
    for report in reports:
        if report.route is None:
            yield _need("ROUTE_UNKNOWN", f"{name} {report.taken_on}")
    if latest.notified_on is None:
        yield _need("NOTIFIED_ON_UNKNOWN", f"{name} {latest.taken_on}")
    if latest.admitted_from is None and not older_waits(book):
        yield _need("ADMITTED_FROM_UNKNOWN", f"{name} {latest.taken_on}")


def _need(code: str, subject: str) -> Need:
    return trusted(Need, code=code, subject=subject, question=ASKED[code].format(subject=subject))


def _length(code: str, book: PolicyBook) -> list[str]:
    """Name the figures for the length of an examination, if known: its own, or those of its group."""
    group = "qualifications" if vocabulary.GROUPS[code] == "qualification" else "certifications"
    known = [[name for name in (f"exam/questions/{of}", f"exam/minutes/{of}") if name in book.figures]
             for of in (code, group)]
    return known[0] or known[1]


def _figures(code: str, book: PolicyBook, *, certificate: bool) -> Iterable[ProcessFigure]:
    """List the known figures of an examination, its result, and the certificate after a pass."""
    weeks = ("exam/certificate_weeks_from", "exam/certificate_weeks_to") if certificate else ()
    for name in (*_length(code, book), "exam/result_notice_business_days", *weeks):
        yield book.figure(name)


def _about(code: str, book: PolicyBook) -> tuple[str, ...]:
    """List what is known about an examination and its pass rates."""
    held = (HELD,) if HELD in book.statements else ()
    return (*_length(code, book), "exam/preliminary_result", "exam/result_notice_business_days",
            "exam/result_needs_transcripts", *held, "pass_rates/by_category")


def _findings(book: PolicyBook, on: date) -> Iterable[Finding]:
    """Note findings about the whole answer."""
    if on > book.last_checked:
        yield trusted(Finding, code="BEYOND_LAST_CHECK", rule=f"edition/{book.edition}", subject=on.isoformat(),
                      citations=())
