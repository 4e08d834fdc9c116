"""Read a score report: the scale, the pass mark, and the content areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cmprules._answers.asked import Asked
from cmprules._kit.calendar import add_months
from cmprules._kit.points import from_hundredths, to_hundredths
from cmprules._kit.shapes import trusted
from cmprules._policy.book import PolicyBook
from cmprules._policy.clauses import clauses_of
from cmprules._words.enums import weaker
from cmprules.errors import Fault
from cmprules.exam._reports import ContentArea, ScoreReport
from cmprules.exam._values import AreaReading, ScoreReading

_SCALE = ("exam/score_lowest", "exam/score_highest", "exam/pass_mark")
_REPORT = ("exam/adaptive", "exam/score_report")


def read_score(report: ScoreReport, book: PolicyBook) -> ScoreReading:
    """Read a score report: passed or not, by how much, and in which areas it was weak.

    The score is scaled: it is not a number or a share of right answers, and points of the scale are not questions.
    Content areas of a failed attempt come weakest first, areas with equal scores in the report's order, and areas
    without a score last.

    Args:
        report: one attempt.
        book: the policy tables, which have the scale and the pass mark.

    Returns:
        The reading, with its rules and open questions.

    Raises:
        InputError: a score is outside the scale, or the attempt is outside its period of eligibility.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> failed = ScoreReport(code="MLS", taken_on="2026-01-20", score=352)
    >>> reading = read_score(failed, book)
    >>> reading.passed, reading.difference
    (False, -48)
    >>> read_score(ScoreReport(code="MLS", taken_on="2026-01-20", score=80), book)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.report.score: SCORE_OUT_OF_SCALE: got 80, expected 100 to 999; write the scaled score of the report
    """
    check_report(report, book)
    return reading_of(report, book)


def check_report(report: ScoreReport, book: PolicyBook) -> None:
    """Refuse an argument that is not a report, or a report with figures that the book does not allow."""
    asked = Asked()
    asked.of_class(report, ScoreReport, "$.report")
    asked.book(book)
    if not asked.faults:
        asked.faults.extend(score_faults(report, book, "$.report"))
    asked.settle()


def score_faults(report: ScoreReport, book: PolicyBook, path: str) -> Iterator[Fault]:
    """Note scores outside the scale, and an attempt after the end of its period of eligibility."""
    lowest, highest = book.number("exam/score_lowest"), book.number("exam/score_highest")
    for where, score in _scores(report):
        if score is not None and not lowest <= score <= highest:
            yield Fault(path=f"{path}.{where}", code="SCORE_OUT_OF_SCALE", value=score,
                        expected=f"{lowest} to {highest}", hint="write the scaled score of the report")
    if report.admitted_from is not None:
        months = book.number("exam/admission_months")
        if report.taken_on >= add_months(report.admitted_from, months):
            yield Fault(path=f"{path}.admitted_from", code="OUTSIDE_PERIOD", value=report.admitted_from.isoformat(),
                        expected=f"a day less than {months} months before {report.taken_on}", hint="check both days")


def _scores(report: ScoreReport) -> Iterator[tuple[str, Decimal | int | None]]:
    """List every score of a report, with its path."""
    yield "score", report.score
    for index, area in enumerate(report.areas):
        yield f"areas[{index}].score", area.score
        yield f"areas[{index}].mean", area.mean


def passes(report: ScoreReport, book: PolicyBook) -> bool:
    """Return whether an attempt passed: its score is the pass mark or more."""
    return report.score >= book.number("exam/pass_mark")


def reading_of(report: ScoreReport, book: PolicyBook) -> ScoreReading:
    """Read a checked report."""
    mark, passed = book.number("exam/pass_mark"), passes(report, book)
    areas = [_area(area, mark) for area in report.areas]
    shown = "exam/passing_report" if passed else "exam/failing_report"
    return trusted(
        ScoreReading, code=report.code, given_code=report.given_code, body=report.body, taken_on=report.taken_on,
        route=report.route, score=report.score, passed=passed, difference=report.score - mark, pass_mark=mark,
        lowest=book.number("exam/score_lowest"), highest=book.number("exam/score_highest"),
        areas=tuple(areas if passed else weakest_first(areas)),
        grade=weaker(*(book.figure(name).grade for name in _SCALE)), rules=clauses_of((*_SCALE, *_REPORT, shown), book),
    )


def weakest_first(areas: Iterable[AreaReading]) -> list[AreaReading]:
    """Order areas by score, the lowest first, and areas without a score last."""
    return sorted(areas, key=lambda area: (area.score is None, area.score or 0))


def _area(area: ContentArea, mark: int) -> AreaReading:
    """Compare one area with the pass mark and with the mean."""
    return trusted(
        AreaReading, name=area.name, score=area.score, mean=area.mean, share=area.share,
        below=None if area.score is None else max(mark - area.score, 0), to_mean=_to_mean(area),
    )


def _to_mean(area: ContentArea) -> Decimal | None:
    """Return the score minus the mean."""
    if area.score is None or area.mean is None:
        return None
    hundredths = area.score * 100 - to_hundredths(area.mean)
    return from_hundredths(hundredths) if hundredths >= 0 else -from_hundredths(-hundredths)
