"""The report on examinations: what the score reports say, what follows, and what is not established."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from cmprules._answers.answer import citations_in
from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Heading,
    Paragraph,
    Question,
    Steps,
    Table,
    Verdict,
)
from cmprules._answers.render.ending import ending
from cmprules._answers.render.names import title_of
from cmprules._answers.render.words import counted, days_left, dollars, listed, said, spoken
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text
from cmprules._policy.book import ProcessFigure
from cmprules._policy.clauses import Clause
from cmprules._words import vocabulary
from cmprules._words.codes.findings import FINDINGS
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

_READINGS = {"days": "days between two attempts", "days_older": "days between two attempts, an older version",
             "period": "the next three-month period"}
_ENDS = {"month": "the last day of its month", "day": "to the day"}
_DIVIDED = {
    "by_distance": "divided in proportion to each area's distance below the pass mark; areas at or above it get none",
    "by_distance_and_share": "divided in proportion to each area's distance below the pass mark, times its share of "
                             "the examination; areas at or above the mark get none",
    "by_share": "divided by the areas' shares of the examination, because none is below the pass mark",
    "evenly": "divided in equal parts, because no area is below the pass mark",
    "undivided": "undivided, because the report gives no scores by content area",
}


@report_for(ExamOutlook)
def outlook_report(outlook: ExamOutlook) -> list[Block]:
    """Report a whole outlook."""
    names = joined([f"{candidate.code}({candidate.body})" for candidate in outlook.categories])
    blocks: list[Block] = [title_of(outlook.candidate, f"{names} examination", on=outlook.on)]
    for category in outlook.categories:
        blocks.extend(_category(category, outlook.on, several=len(outlook.categories) > 1))
    remarks = [FINDINGS[finding.code].when for finding in outlook.findings]
    edition = f"Policy edition {outlook.edition}."
    return [*blocks, *ending(outlook, citations_in(outlook.categories), *remarks, edition)]


def _category(category: CategoryOutlook, on: date, *, several: bool) -> Iterable[Block]:
    """The answer first, then what to do, then, folded, the details."""
    latest = category.reports[-1]
    if several or latest.given_code:
        given = f" (entered as {latest.given_code})" if latest.given_code else ""
        yield Heading(2, f"{category.code}({category.body}) {vocabulary.NAMES[category.code]}{given}")
    yield _verdict(latest)
    yield Facts((*_facts(category, on), ("As of", spoken(on), "")))
    yield Steps("What to do", tuple(_steps(category)))
    prefix = f"{category.code}({category.body}): " if several else ""
    for title, blocks in _folded(category):
        if blocks:
            yield Details(f"{prefix}{title[:1].lower()}{title[1:]}" if prefix else title, tuple(blocks))


def _facts(category: CategoryOutlook, on: date) -> Iterable[tuple[str, str, str]]:
    """Name the next important days and the fee."""
    retake, appeal, award = category.retake, category.appeal, category.award
    if retake is not None and retake.next_attempt.earliest is not None:
        earliest = retake.next_attempt.earliest
        wait = (earliest - on).days
        yield "Next attempt", spoken(earliest), f"in {_days(wait)}" if wait > 0 else "possible now"
    if appeal is not None:
        yield "Last day to appeal", spoken(appeal.last_day), days_left(on, appeal.last_day)
    if retake is not None:
        known = retake.fee.amount is not None
        yield "Cost", dollars(retake.fee.amount) if retake.fee.amount is not None else "not known", (
            "application fee" if known else "")
    if award is not None and award.credential.expires_on is not None:
        yield "Valid until", spoken(award.credential.expires_on), ""


def _steps(category: CategoryOutlook) -> Iterable[str]:
    """State what to do after a pass or a failure."""
    retake, award = category.retake, category.award
    if award is not None:
        yield "Take the dates of your credential from its certificate."
    if retake is None:
        return
    following = retake.next_attempt
    if following.status == "another_route":
        yield _none_left(following.attempts)
    weakest = [area.name for area in retake.areas if area.below]
    if weakest:
        yield f"Study your weakest areas first: {listed(weakest)}."
    yield f"Apply again, with a new application and the full fee, to sit on {spoken(retake.sit_on)} or later."


def _folded(category: CategoryOutlook) -> Iterable[tuple[str, list[Block]]]:
    """Write the parts that are folded on a screen."""
    latest = category.reports[-1]
    yield "Content areas", [_areas(latest.areas)] if latest.areas else []
    yield "All attempts", [*([_reports(category.reports)] if len(category.reports) > 1 else []),
                           _attempts(category.attempts)]
    yield "The credential", [] if category.award is None else list(_award(category.award))
    if category.retake is not None:
        yield "The next attempt", list(_next(category.retake.next_attempt))
        yield "The application", list(_fee(category.retake.fee))
        yield "Study plan", list(_plan(category.retake))
    yield "Appeal", [] if category.appeal is None else list(_appeal(category.appeal))
    yield "Pass rates", [_rates(category.pass_rates)]
    yield from _words(category)


def _verdict(reading: ScoreReading) -> Verdict:
    distance = counted(abs(reading.difference), "scaled point")
    if reading.passed:
        text = f"Passed, {distance} above the pass mark" if reading.difference else "Passed, exactly at the pass mark"
    else:
        text = f"Not passed, {distance} below the pass mark"
    score = f"Scaled score {reading.score}, taken on {spoken(reading.taken_on)}{_under(reading.route)}."
    return Verdict(text, "good" if reading.passed else "bad", (
        score, f"{reading.pass_mark} passes, on a scale from {reading.lowest} to {reading.highest}.",
        "A scaled score is not a count or a percentage of correct answers.",
    ))


def _under(route: str | None) -> str:
    return "" if route is None else f", route {route}"


def _reports(readings: Sequence[ScoreReading]) -> Table:
    rows = tuple((reading.taken_on.isoformat(), reading.route or "not given", str(reading.score),
                  f"{reading.difference:+d}", "passed" if reading.passed else "not passed") for reading in readings)
    return Table("All attempts", ("Date", "Route", "Score", "To the mark", "Result"), rows, right=(2, 3), keep=(0,))


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
    """State when the examination may be taken again, in every reading."""
    where = f"{_none_left(following.attempts)} As far as the wait goes, no sooner"
    yield Paragraph(f"{'No sooner' if following.status == 'wait' else where} than {_first(following)}: "
                    f"{_why(following)}")
    rows = tuple((f"{_READINGS[reading.reading]}{_OLDER if reading.older and reading.reading == 'period' else ''}",
                  reading.counted_from.isoformat(), reading.earliest.isoformat(),
                  said(reading.grade)) for reading in following.readings)
    yield Table("The wait", ("Reading", "Counted from", "Earliest", "Source"), rows, keep=(1, 2))


def _first(following: NextAttempt) -> str:
    return "" if following.earliest is None else spoken(following.earliest)


_OLDER = ", an older version"


def _why(following: NextAttempt) -> str:
    """State the basis of the day, and the older versions of the wait that end later."""
    older = [reading for reading in following.readings if reading.older]
    if not older:
        return "the later of two readings of the wait, which no official wording settles."
    days = [f"{spoken(reading.earliest)} ({_READINGS[reading.reading].removesuffix(_OLDER)})" for reading in older
            if following.earliest is not None and reading.earliest > following.earliest]
    later = f" Older versions of the wait end later: {', '.join(days)}." if days else ""
    return f"our reading of an official page, which cuts off what the days are counted from.{later}"


def _none_left(count: Attempts) -> str:
    """State that a route is used up, and whether that depends on attempts without a route."""
    route = "the route" if count.route is None else f"route {count.route}"
    doubt = f", if the {count.unnamed} without a route {'was' if count.unnamed == 1 else 'were'} made under it"
    return f"Under {route} no attempt is left{doubt if count.unnamed else ''}; another route is needed."


def _fee(fee: ApplicationFee) -> Iterable[Block]:
    if fee.amount is None or fee.grade is None:
        yield Paragraph(_sentence(str(fee.why)))
        return
    note = f" {fee.note}" if fee.note else ""
    yield Paragraph(f"Applied for on {spoken(fee.on)}: {dollars(fee.amount)} ({said(fee.grade)}).{note}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"


def _plan(plan: RetakePlan) -> Iterable[Block]:
    """State how much time there is, and how to use it."""
    if not plan.days:
        yield Paragraph(f"The wait is over on {spoken(plan.on)}; name a day of your own to plan the time until it.")
        return
    weeks = f"{plan.days // 7} weeks and {_days(plan.days % 7)}" if plan.days % 7 else f"{plan.days // 7} weeks"
    hours = ("" if plan.hours is None or plan.hours_per_week is None else
             f" At {decimal_text(plan.hours_per_week)} hours a week they have {decimal_text(plan.hours)} hours, "
             f"{_DIVIDED[plan.divided]}.")
    yield Paragraph(f"From {spoken(plan.on)} to the day before {spoken(plan.sit_on)} there are {_days(plan.days)} "
                    f"({weeks}).{hours}")
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
    state = "is still in time" if appeal.status == "open" else "is too late by now"
    yield Paragraph(f"The result was announced on {spoken(appeal.notified_on)}; an appeal must be received by "
                    f"{spoken(appeal.last_day)} and {state}. {_text(appeal.rules, 'exam/appeal_form')}")


def _text(rules: Iterable[Clause], name: str) -> str:
    return next(rule.text for rule in rules if rule.rule == name)


def _award(award: Award) -> Iterable[Block]:
    """State what the pass awards."""
    credential = award.credential
    name = f"{credential.code}({credential.body})"
    if credential.expires_on is None or award.grade is None:
        yield Paragraph(f"{name}, certified on {credential.certified_on}, without an end date: participation was not "
                        "mandatory yet.")
        return
    mailed = any(rule.rule == "exam/certificate" for rule in award.rules)
    ends = "; ".join(f"{_ENDS[end.reading]}: {end.expires_on}" for end in award.ends)
    yield Paragraph(f"{name}, certified on {credential.certified_on}, valid for three years until "
                    f"{spoken(credential.expires_on)} ({said(award.grade)}). Readings of the end: {ends}. "
                    f"{_TAKE[mailed]}")
    yield Paragraph(_certificate(award.certificate_from, award.certificate_to) if mailed else
                    _text(award.rules, "exam/badge_in_place"))


_TAKE = {True: "The certificate shows its dates; take them from there.",
         False: "Take the dates from what the Board sends you."}


def _certificate(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "When the certificate may be mailed is counted from the day of the result, which the report leaves out."
    return f"The certificate may be mailed between {spoken(first)} and {spoken(last)}."


def _rates(rates: Sequence[PassRate]) -> Table:
    rows = tuple((_years(rate), f"{decimal_text(rate.percent)} %", rate.said_by, said(rate.citation.grade))
                 for rate in rates)
    return Table("Published pass rates", ("Years", "Rate", "Said by", "Source"), rows, right=(1,))


def _years(rate: PassRate) -> str:
    if rate.measure != "national":
        return f"benchmark, mean of {rate.years} years"
    return str(rate.first_year) if rate.first_year == rate.last_year else f"{rate.first_year} to {rate.last_year}"


_TOLD = {"exam/appeal_form", "exam/adaptive", "exam/failing_report", "exam/score_report", "exam/certificate",
         "exam/score_lowest", "exam/score_highest", "exam/pass_mark", "exam/attempts_per_route", "exam/another_route",
         "exam/appeal_days", "exam/retake_wait_days", "exam/retake_wait_days_older", "exam/retake_period",
         "exam/admission_months", "exam/badge_in_place"}
"""Rules that the report states in its own words."""


def _words(category: CategoryOutlook) -> Iterable[tuple[str, list[Block]]]:
    """State the open questions, and what else the sources say."""
    rules = list(dict.fromkeys(_rules_in(category)))
    figures = {figure.name: figure for figure in category.figures}
    told = tuple(_told(rule, figures.get(rule.rule)) for rule in rules
                 if rule.established and rule.question is None and rule.rule not in _TOLD)
    needs = [*category.needs, *(category.award.needs if category.award is not None else ())]
    asked: list[Block] = [Question(need.question) for need in needs]
    asked += [Question(rule.question, (), rule.text) for rule in rules if rule.question is not None]
    yield "Open questions", asked
    yield "What the sources also say", [Bullets(told)] if told else []


def _told(rule: Clause, figure: ProcessFigure | None) -> str:
    """Write a rule in the edition's words, with its figure and how certain it is."""
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
