"""The award after a pass: the credential, its first cycle, and the certificate."""

from __future__ import annotations

from datetime import date, timedelta

from cmprules._answers.asked import Asked
from cmprules._facts.records import Credential, Period
from cmprules._kit.calendar import ONE_DAY, add_months, last_of_month
from cmprules._kit.shapes import Maybe, Text, trusted
from cmprules._policy.book import PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._rules.results import Need
from cmprules._words import vocabulary
from cmprules._words.codes.questions import ASKED
from cmprules._words.enums import Grade, weaker
from cmprules.errors import InputError
from cmprules.exam._reports import ScoreReport
from cmprules.exam._score import check_report, passes
from cmprules.exam._values import Award, AwardEnd

WEEK = timedelta(days=7)
_WEEKS = ("exam/certificate_weeks_from", "exam/certificate_weeks_to")
_CERTIFICATE = ("exam/certificate", *_WEEKS)
_BADGE = ("exam/badge_in_place",)


def award(report: ScoreReport, book: PolicyBook, *, id: str | None = None) -> Award:
    """Return the award of a pass: a credential for three years, with which a record can start.

    The certificate shows the dates; no source that we read says how they are set.  Our reading: certified on the day of
    the examination, valid until the last day of the month three years later, because cycles end with a month.  Three
    years to the day are shown too.  Correct both once you have the certificate.  A pass from before participation
    became mandatory awards a credential without an end date.

    Args:
        report: the attempt that passed.
        book: the policy tables.
        id: a name for the credential within a record; the code in lower case if absent.

    Returns:
        The credential, its first cycle, both readings of its end, and when the certificate may be mailed, if the
        edition has one for that day.

    Raises:
        InputError: the attempt failed, or the report cannot be read.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> passed = award(ScoreReport(code="MLS", taken_on="2026-01-20", score=401), book)
    >>> str(passed.credential.expires_on), passed.grade
    ('2029-01-31', <Grade.INFERRED: 'inferred'>)
    >>> award(ScoreReport(code="MLS", taken_on="2026-01-20", score=399), book)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.report.score: NOT_PASSED: got 399, expected 400 or more; a failed attempt awards nothing
    """
    asked = Asked()
    asked.read(Maybe(Text()), id, "$.id")
    try:
        check_report(report, book)
    except InputError as error:
        raise InputError([*error.faults, *asked.faults]) from None
    if not passes(report, book):
        asked.refuse("$.report.score", "NOT_PASSED", report.score,
                     f"{book.number('exam/pass_mark')} or more", "a failed attempt awards nothing")
    asked.settle()
    return award_of(report, book, id or _id_of(report))


def _id_of(report: ScoreReport) -> str:
    return f"{report.code.lower()}{'i' if report.body == 'ASCPi' else ''}"


def award_of(report: ScoreReport, book: PolicyBook, id: str | None = None) -> Award:
    """Return the award of a checked report that passed."""
    name, ends = id or _id_of(report), _ends(report, book)
    expires_on = ends[0].expires_on if ends else None
    mailed = has_certificate(report, book)
    weeks = [None if report.notified_on is None or not mailed else report.notified_on + WEEK * book.number(figure)
             for figure in _WEEKS]
    return trusted(
        Award,
        credential=Credential(id=name, code=report.given_code or report.code, body=report.body,
                              certified_on=report.taken_on, expires_on=expires_on),
        cycle=None if expires_on is None else trusted(Period, start=report.taken_on, end=expires_on),
        ends=ends, certificate_from=weeks[0], certificate_to=weeks[1], grade=ends[0].grade if ends else None,
        needs=(trusted(Need, code="AWARD_DATES", subject=name, question=ASKED["AWARD_DATES"].format(subject=name)),),
        rules=clauses_of((*(_CERTIFICATE if mailed else _BADGE), *(() if ends else ("designation/no_mark",))), book),
    )


def has_certificate(report: ScoreReport, book: PolicyBook) -> bool:
    """Return whether a wall certificate is mailed after a pass, by the day of its notice or else of the attempt."""
    return all(book.statements[name].holds_on(report.notified_on or report.taken_on) for name in _CERTIFICATE)


def _ends(report: ScoreReport, book: PolicyBook) -> tuple[AwardEnd, ...]:
    """Read the end of a first cycle in two ways; none if participation was not mandatory yet."""
    since = vocabulary.MANDATORY_FROM[report.body, vocabulary.GROUPS[report.code]]
    if since is not None and report.taken_on < since:
        return ()
    figure = book.figure("cycle_months")
    grade = weaker(figure.grade, Grade.INFERRED)
    return tuple(
        trusted(AwardEnd, reading=reading, expires_on=end, grade=grade, citations=(figure.citation,))
        for reading, end in (("month", last_of_month(_years_later(report.taken_on, book))),
                             ("day", _years_later(report.taken_on, book) - ONE_DAY))
    )


def _years_later(day: date, book: PolicyBook) -> date:
    return add_months(day, book.number("cycle_months"))
