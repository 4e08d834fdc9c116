"""The facts about a candidate: the score reports of one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, cast

import attrs

from cmprules._kit import wide
from cmprules._kit.points import exact_hundredths, tidy
from cmprules._kit.shapes import (
    ENTERED,
    INNER,
    LEAVE_OUT,
    Checked,
    ListOf,
    Maybe,
    Number,
    Part,
    members_of,
    refuse_others,
    wire,
)
from cmprules._kit.terms import BODY, CODE, NOT_SAID, settle_code
from cmprules._words.limits import MOST_REPORTS
from cmprules.errors import Fault

WHOLE = 100
"""All content areas of an examination together, in percent."""


# Constructors accept more types than values hold, as for a record.


def _score(value: Decimal | int | str) -> int:
    return cast("int", value)


def _maybe_score(value: Decimal | int | str | None) -> int | None:
    return cast("int | None", value)


@attrs.frozen(kw_only=True)
class ContentArea(Checked):
    """One content area of a score report.

    Attributes:
        name: its name in the report.
        score: the candidate's scaled score in this area.
        mean: the mean score of the comparison group.
        share: the area's share of the examination, in percent.

    >>> ContentArea(name="Blood banking", score=310, share="17.5").share
    Decimal('17.5')
    >>> ContentArea(name="Blood banking", score=310, share=120)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.share: OVER_HUNDRED: got 120, expected at most 100 percent; check the share
    """

    name: str
    score: int | None = attrs.field(default=None, converter=_maybe_score, metadata=LEAVE_OUT)
    mean: Decimal | None = attrs.field(default=None, converter=wide.maybe_amount, metadata=LEAVE_OUT)
    share: Decimal | None = attrs.field(
        default=None, converter=wide.maybe_amount, metadata=wire(Maybe(Number(above_zero=True)), leave_out=True)
    )

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        for name in ("mean", "share"):
            value: Decimal | None = None if name in bad else getattr(self, name)
            if value is None:
                continue
            if exact_hundredths(value) is None:
                faults.append(Fault(path=f"{path}.{name}", code="TOO_FINE", value=value,
                                    expected="a smaller number, with at most two decimals",
                                    hint="round as the report does"))
            elif name == "share" and value > WHOLE:
                faults.append(_over_hundred(f"{path}.share", value, "check the share"))
            else:
                object.__setattr__(self, name, tidy(value))


def _over_hundred(path: str, value: Decimal, hint: str) -> Fault:
    return Fault(path=path, code="OVER_HUNDRED", value=value, expected=f"at most {WHOLE} percent", hint=hint)


def _areas(value: Sequence[ContentArea | Mapping[str, Any]]) -> tuple[ContentArea, ...]:
    return cast("tuple[ContentArea, ...]", value)


@attrs.frozen(kw_only=True)
class ScoreReport(Checked):
    """The report of one attempt at one examination.

    The rules that take a book check whether the score is on the scale.

    Attributes:
        code: the category, such as `MLS` or `MLS(ASCPi)`; a former code is read as today's.
        given_code: the former code that was written, if one was.
        body: `ASCP`, or `ASCPi` for the international examinations.
        taken_on: the day on which the examination was taken.
        score: the scaled score.
        areas: the content areas, if the report shows them.
        route: the route of eligibility, in the candidate's words; the same words for the same route.
        notified_on: the day on which the result was announced.
        admitted_from: the first day of the period of eligibility on the admission notice.

    >>> ScoreReport(code="MT", taken_on="2026-01-20", score=352).code
    'MLS'
    >>> ScoreReport(code="MLS", taken_on="2026-01-20", score="352.5", notified_on="2026-01-19")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 2 faults:
      $.score: NOT_WHOLE: got '352.5', expected a whole number; write it as it stands in the document
      $.notified_on: NOTIFIED_BEFORE_TAKEN: got '2026-01-19', expected 2026-01-20 or later; check both days
    """

    code: str = attrs.field(metadata=wire(CODE, as_given="given_code"))
    given_code: str | None = attrs.field(default=None, metadata=INNER)
    body: str = attrs.field(default=NOT_SAID, metadata=wire(BODY))
    taken_on: date = attrs.field(converter=wide.day)
    score: int = attrs.field(converter=_score)
    areas: tuple[ContentArea, ...] = attrs.field(default=(), converter=_areas, metadata=LEAVE_OUT)
    route: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    notified_on: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)
    admitted_from: date | None = attrs.field(default=None, converter=wide.maybe_day, metadata=LEAVE_OUT)

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        settle_code(self, path, faults, bad)
        faults.extend(self._faults_of_days(path, bad))
        if "areas" not in bad:
            faults.extend(self._faults_of_areas(path))

    def _faults_of_days(self, path: str, bad: set[str]) -> Iterable[Fault]:
        """Refuse a result announced before the examination, and an admission after it."""
        if "taken_on" in bad:
            return
        if "notified_on" not in bad and self.notified_on is not None and self.notified_on < self.taken_on:
            yield Fault(path=f"{path}.notified_on", code="NOTIFIED_BEFORE_TAKEN", value=self.notified_on.isoformat(),
                        expected=f"{self.taken_on} or later", hint="check both days")
        if "admitted_from" not in bad and self.admitted_from is not None and self.admitted_from > self.taken_on:
            yield Fault(path=f"{path}.admitted_from", code="OUTSIDE_PERIOD", value=self.admitted_from.isoformat(),
                        expected=f"{self.taken_on} or earlier", hint="check both days")

    def _faults_of_areas(self, path: str) -> Iterable[Fault]:
        """Refuse an area that occurs twice, and shares that add up to more than the whole."""
        seen = set()
        for index, area in enumerate(self.areas):
            if area.name in seen:
                yield Fault(path=f"{path}.areas[{index}].name", code="REPEATED", value=area.name,
                            expected="each area once", hint="leave out the second")
            seen.add(area.name)
        hundredths = sum(exact_hundredths(area.share) or 0 for area in self.areas if area.share is not None)
        if hundredths > WHOLE * 100:
            together = Decimal(f"{hundredths // 100}.{hundredths % 100:02d}")
            yield _over_hundred(f"{path}.areas", together, "the shares add up to more than the whole")


def _reports(value: Sequence[ScoreReport | Mapping[str, Any]]) -> tuple[ScoreReport, ...]:
    return cast("tuple[ScoreReport, ...]", value)


@attrs.frozen(kw_only=True)
class ExamRecord(Checked):
    """Every score report of one person, in any order.

    Attributes:
        candidate: an opaque id of the person.

    >>> record = ExamRecord(candidate="sample", reports=[{"code": "MLS", "taken_on": "2026-01-20", "score": 352}])
    >>> record.reports[0].body
    'ASCP'
    """

    schema: ClassVar[str] = "cmprules.exam/1"

    candidate: str = attrs.field(metadata=ENTERED)
    reports: tuple[ScoreReport, ...] = attrs.field(
        converter=_reports, metadata=wire(ListOf(Part(ScoreReport), at_least=1, at_most=MOST_REPORTS))
    )

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        if not bad:
            faults.extend(repeated_reports(f"{path}.reports", map(key_of, self.reports)))


def repeated_reports(path: str, named: Iterable[tuple[object, object, object]]) -> Iterable[Fault]:
    """Note every report with the same code, body and day as an earlier one."""
    seen: dict[tuple[object, object, object], int] = {}
    for index, report in enumerate(named):
        first = seen.setdefault(report, index)
        if first != index:
            yield _repeated(f"{path}[{index}]", report[2], f"{path}[{first}]")


def _repeated(path: str, day: object, first: str) -> Fault:
    return Fault(path=f"{path}.taken_on", code="REPEATED_REPORT", value=day,
                 expected="one report per examination and day",
                 hint=f"{first} is for the same examination and day; leave out one of them")


def key_of(report: ScoreReport) -> tuple[str, str, str]:
    """Return what identifies a report of a person: code, body and day."""
    return (report.code, report.body, report.taken_on.isoformat())


def listed_reports(values: Any, path: str, faults: list[Fault]) -> tuple[ScoreReport, ...]:
    """Read a collection of reports; note members that are not reports, and repeats."""
    found = members_of(values)
    before = len(faults)
    refuse_others(found, ScoreReport, path, faults)
    if len(faults) > before:
        return ()
    faults.extend(repeated_reports(path, map(key_of, found)))
    return found


def other_reports(report: ScoreReport, history: Any, faults: list[Fault]) -> tuple[ScoreReport, ...]:
    """Read the other reports of a person; the report itself may be among them, but no report that contradicts it."""
    found = listed_reports(history, "$.history", faults)
    faults.extend(_repeated(f"$.history[{index}]", score_report.taken_on.isoformat(), "$.report")
                  for index, score_report in enumerate(found)
                  if score_report != report and key_of(score_report) == key_of(report))
    return tuple(score_report for score_report in found if score_report != report)
