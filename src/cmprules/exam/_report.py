"""Examinations in words: what the reports say, what follows, and what nobody could establish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title, Verdict
from cmprules._answers.render.words import cited_line, said
from cmprules._kit.points import decimal_text, money_text
from cmprules._policy.book import Citation, ProcessFigure
from cmprules._policy.clauses import Clause
from cmprules._words import vocabulary
from cmprules._words.codes import FINDINGS
from cmprules.exam._outlook import citations_in
from cmprules.exam._values import (
    AppealDeadline,
    ApplicationFee,
    AreaReading,
    Attempts,
    Award,
    CategoryOutlook,
    ExamOutlook,
    NextAttempt,
    PassRate,
    RetakePlan,
    ScoreReading,
)

__all__ = ["outlook_report"]

_READINGS = {"days": "days between two attempts", "days_older": "days between two attempts, an older version",
             "period": "the next three-month period"}
_ENDS = {"month": "the last day of its month", "day": "to the day"}
_DIVIDED = {
    "by_distance": "divided in proportion to how far each area lies below the pass mark; areas at or above it get none",
    "by_distance_and_share": "divided in proportion to how far each area lies below the pass mark, times its share "
                             "of the examination; areas at or above the mark get none",
    "by_share": "divided by the areas' shares of the examination, since none lies below the pass mark",
    "evenly": "divided in equal parts, since no area lies below the pass mark",
    "undivided": "undivided, since the report gives no scores by content area",
}


@report_for(ExamOutlook)
def outlook_report(outlook: ExamOutlook) -> list[Block]:
    """Write down a whole outlook."""
    blocks: list[Block] = [
        Title(f"Examinations of {outlook.candidate} on {outlook.on}"),
        Paragraph(f"Policy edition {outlook.edition}."),
    ]
    for category in outlook.categories:
        blocks.extend(_category(category))
    if outlook.findings:
        blocks.extend([Heading(2, "Beyond the tables"),
                       Bullets(tuple(FINDINGS[finding.code].when for finding in outlook.findings))])
    blocks.extend(_sources(outlook))
    return [*blocks, Notice(outlook.notice)]


def _category(category: CategoryOutlook) -> Iterable[Block]:
    """Write down everything about one category."""
    latest = category.reports[-1]
    given = f" (entered as {latest.given_code})" if latest.given_code else ""
    yield Heading(2, f"{category.code}({category.body}) {vocabulary.NAMES[category.code]}{given}")
    yield _verdict(latest)
    if len(category.reports) > 1:
        yield _reports(category.reports)
    if latest.areas:
        yield _areas(latest.areas)
    if category.award is not None:
        yield from _award(category.award)
    yield _attempts(category.attempts)
    if category.retake is not None:
        yield from _next(category.retake.next_attempt)
        yield from _fee(category.retake.fee)
        yield from _plan(category.retake)
    if category.appeal is not None:
        yield from _appeal(category.appeal)
    yield _rates(category.pass_rates)
    yield from _words(category)


def _verdict(reading: ScoreReading) -> Verdict:
    distance = abs(reading.difference)
    points = f"{distance} point{'' if distance == 1 else 's'} of the scale"
    above = f"{points} above the pass mark" if distance else "exactly the pass mark"
    text = f"PASSED - {above}" if reading.passed else f"NOT PASSED - {points} below the pass mark"
    return Verdict(text, "good" if reading.passed else "bad", (
        f"Scaled score {reading.score}, taken on {reading.taken_on}{_under(reading.route)}",
        f"The scale runs from {reading.lowest} to {reading.highest}; {reading.pass_mark} passes",
        "A scaled score is no number and no share of right answers",
        f"Scale and pass mark known from: {said(reading.grade)}",
    ))


def _under(route: str | None) -> str:
    return "" if route is None else f", route {route}"


def _reports(readings: Sequence[ScoreReading]) -> Table:
    rows = tuple((reading.taken_on.isoformat(), reading.route or "not given", str(reading.score),
                  f"{reading.difference:+d}", "passed" if reading.passed else "not passed") for reading in readings)
    return Table("All attempts", ("Day", "Route", "Score", "To the mark", "Result"), rows, right=(2, 3), keep=(0,))


def _number(value: Decimal | int | None) -> str:
    return "-" if value is None else decimal_text(Decimal(value))


def _signed(value: Decimal | None) -> str:
    return f"+{decimal_text(value)}" if value is not None and value > 0 else _number(value)


def _areas(areas: Sequence[AreaReading]) -> Table:
    rows = tuple((area.name, _number(area.score), _number(area.below), _number(area.mean), _signed(area.to_mean),
                  _number(area.share)) for area in areas)
    return Table("Content areas", ("Area", "Score", "Below the mark", "Mean", "To the mean", "Share, %"), rows,
                 right=(1, 2, 3, 4, 5), strong=tuple(index for index, area in enumerate(areas) if area.below))


def _attempts(counts: Sequence[Attempts]) -> Table:
    rows = tuple((count.route or "not given", str(count.allowed), str(count.used), str(count.left),
                  _attempts_note(count)) for count in counts)
    columns = 5 if any(row[-1] for row in rows) else 4
    return Table("Attempts, by route", ("Route", "Allowed", "Used", "Left", "Note")[:columns],
                 tuple(row[:columns] for row in rows), right=(1, 2, 3),
                 strong=tuple(index for index, count in enumerate(counts) if not count.left))


def _attempts_note(count: Attempts) -> str:
    notes = [] if count.left else ["another route is needed"]
    if count.unnamed and count.route is not None:
        notes.append(f"{count.unnamed} of them without a route, counted against each")
    return "; ".join(notes)


def _next(following: NextAttempt) -> Iterable[Block]:
    """Say when the examination may be taken again, in every reading."""
    yield Heading(3, "The next attempt")
    where = f"{_none_left(following.attempts)} As far as the wait goes, no sooner"
    yield Paragraph(f"{'No sooner' if following.status == 'wait' else where} than {following.earliest}: "
                    f"{_why(following)}")
    rows = tuple((f"{_READINGS[reading.reading]}{_OLDER if reading.older and reading.reading == 'period' else ''}",
                  reading.counted_from.isoformat(), reading.earliest.isoformat(),
                  said(reading.grade)) for reading in following.readings)
    yield Table("The wait", ("Reading", "Counted from", "Earliest", "Known from"), rows, keep=(1, 2))


_OLDER = ", an older version"


def _why(following: NextAttempt) -> str:
    """Say what the day goes by, and which older versions of the wait are later."""
    older = [reading for reading in following.readings if reading.older]
    if not older:
        return "the later of two readings of the wait, which no official wording settles."
    days = [f"{reading.earliest} ({_READINGS[reading.reading].removesuffix(_OLDER)})" for reading in older
            if following.earliest is not None and reading.earliest > following.earliest]
    later = f" Older versions of the wait end later: {', '.join(days)}." if days else ""
    return f"our reading of an official page, which cuts off what the days are counted from.{later}"


def _none_left(count: Attempts) -> str:
    """Say that a route is used up, and whether that hangs on attempts of no named route."""
    route = "the route" if count.route is None else f"route {count.route}"
    doubt = f", if the {count.unnamed} without a route {'was' if count.unnamed == 1 else 'were'} made under it"
    return f"Under {route} no attempt is left{doubt if count.unnamed else ''}; another route is needed."


def _fee(fee: ApplicationFee) -> Iterable[Block]:
    yield Heading(3, "The application")
    if fee.amount is None or fee.grade is None:
        yield Paragraph(_sentence(str(fee.why)))
        return
    note = f" {fee.note}" if fee.note else ""
    yield Paragraph(f"Applied for on {fee.on}: {fee.currency} {money_text(fee.amount)} ({said(fee.grade)}).{note}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"


def _plan(plan: RetakePlan) -> Iterable[Block]:
    """Say how much time there is, and where it should go."""
    yield Heading(3, "Time until then")
    if not plan.days:
        yield Paragraph(f"The wait is over on {plan.on}; name a day of your own to plan the time until it.")
        return
    weeks = f"{plan.days // 7} weeks and {_days(plan.days % 7)}" if plan.days % 7 else f"{plan.days // 7} weeks"
    hours = ("" if plan.hours is None or plan.hours_per_week is None else
             f" At {decimal_text(plan.hours_per_week)} hours a week they hold {decimal_text(plan.hours)} hours, "
             f"{_DIVIDED[plan.divided]}.")
    yield Paragraph(f"From {plan.on} to the day before {plan.sit_on} there are {_days(plan.days)} ({weeks}).{hours}")
    if plan.hours is None or plan.divided == "undivided":
        return
    rows = tuple((share.name, _number(share.below), _number(share.share), _number(share.hours))
                 for share in plan.areas)
    yield Table("Hours by content area, weakest first", ("Area", "Below the mark", "Share, %", "Hours"), rows,
                right=(1, 2, 3))
    unscored = [share.name for share in plan.areas if share.hours is None]
    if unscored:
        yield Paragraph(f"Without a score an area cannot be weighed, and gets no hours: {', '.join(unscored)}.")


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def _appeal(appeal: AppealDeadline) -> Iterable[Block]:
    yield Heading(3, "Appeal")
    state = "is still in time" if appeal.status == "open" else "is too late by now"
    yield Paragraph(f"The result was announced on {appeal.notified_on}; an appeal has to be received by "
                    f"{appeal.last_day} and {state}. {_text(appeal.rules, 'exam/appeal_form')}")


def _text(rules: Iterable[Clause], name: str) -> str:
    return next(rule.text for rule in rules if rule.rule == name)


def _award(award: Award) -> Iterable[Block]:
    """Say what the pass awards."""
    credential = award.credential
    yield Heading(3, "The credential that the pass awards")
    name = f"{credential.code}({credential.body})"
    if credential.expires_on is None or award.grade is None:
        yield Paragraph(f"{name}, certified on {credential.certified_on}, without an end: taking part was not "
                        "mandatory yet.")
        return
    mailed = any(rule.rule == "exam/certificate" for rule in award.rules)
    ends = "; ".join(f"{_ENDS[end.reading]}: {end.expires_on}" for end in award.ends)
    yield Paragraph(f"{name}, certified on {credential.certified_on}, valid for three years until "
                    f"{credential.expires_on} ({said(award.grade)}). Readings of the end: {ends}. "
                    f"{_TAKE[mailed]}")
    yield Paragraph(_certificate(award.certificate_from, award.certificate_to) if mailed else
                    _text(award.rules, "exam/badge_in_place"))


_TAKE = {True: "The certificate shows its dates; take them from there.",
         False: "Take the dates from what the Board sends you."}


def _certificate(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "When the certificate may be mailed is counted from the day of the result, which the report leaves out."
    return f"The certificate may be mailed between {first} and {last}."


def _rates(rates: Sequence[PassRate]) -> Table:
    rows = tuple((_years(rate), f"{decimal_text(rate.percent)} %", rate.said_by, said(rate.citation.grade))
                 for rate in rates)
    return Table("Pass rates that somebody states", ("Years", "Rate", "Said by", "Known from"), rows, right=(1,))


def _years(rate: PassRate) -> str:
    if rate.measure != "national":
        return f"benchmark, mean of {rate.years} years"
    return str(rate.first_year) if rate.first_year == rate.last_year else f"{rate.first_year} to {rate.last_year}"


_TOLD = {"exam/appeal_form", "exam/adaptive", "exam/failing_report", "exam/score_report", "exam/certificate",
         "exam/score_lowest", "exam/score_highest", "exam/pass_mark", "exam/attempts_per_route", "exam/another_route",
         "exam/appeal_days", "exam/retake_wait_days", "exam/retake_wait_days_older", "exam/retake_period",
         "exam/admission_months", "exam/badge_in_place"}
"""Rules that the report has told in its own words."""


def _words(category: CategoryOutlook) -> Iterable[Block]:
    """Say what the sources say besides, what would settle the answer, and what is not established."""
    rules = list(dict.fromkeys(_rules_in(category)))
    figures = {figure.name: figure for figure in category.figures}
    told = tuple(_told(rule, figures.get(rule.rule)) for rule in rules
                 if rule.established and rule.question is None and rule.rule not in _TOLD)
    yield Heading(3, "What the sources say besides")
    yield Bullets(told)
    needs = [*category.needs, *(category.award.needs if category.award is not None else ())]
    if needs:
        yield Heading(3, "What would settle it")
        yield Bullets(tuple(need.question for need in needs))
    yield Heading(3, "What is not established")
    yield Bullets(tuple(f"{rule.question} {rule.text}" for rule in rules if rule.question is not None))


def _told(rule: Clause, figure: ProcessFigure | None) -> str:
    """Tell a rule as the edition words it, with its figure, and how sure it is."""
    value = "" if figure is None else f"{_number(figure.value)} {figure.unit.replace('_', ' ')}s"
    text = rule.text if figure is None else f"{rule.text.removesuffix('.')}: {value}."
    return f"{text} ({said(rule.citation.grade)})"


def _rules_in(category: CategoryOutlook) -> Iterable[Clause]:
    """List every rule of a category, from its report to its fee."""
    yield from category.reports[-1].rules
    for part in (category.award, category.appeal):
        yield from () if part is None else part.rules
    if category.retake is not None:
        yield from category.retake.next_attempt.rules
        yield from category.retake.fee.rules
    yield from category.rules


def _sources(outlook: ExamOutlook) -> Iterable[Block]:
    """List every source, its grade and what was taken from it."""
    cited: dict[str, list[Citation]] = {name: [] for name in outlook.sources}
    for citation in citations_in(outlook.categories):
        cited[citation.source].append(citation)
    yield Heading(2, "Sources")
    yield Bullets(tuple(cited_line(outlook.sources[name], citations) for name, citations in cited.items()))
