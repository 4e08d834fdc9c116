"""A plan in words: what to buy, what to take and by when, what becomes of each credential."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cmprules._answers.render import report_for
from cmprules._answers.render.blocks import Block, Bullets, Heading, Notice, Paragraph, Table, Title, Verdict
from cmprules._answers.render.report import OUTCOMES, proof_sentence
from cmprules._answers.render.words import joined, points, said, short_label, source_line
from cmprules._kit.points import decimal_text, money_text
from cmprules._words.codes import FINDINGS, PLANS
from cmprules._words.enums import Outcome
from cmprules.planning._values import Front, LeftOut, Obstacle, Plan, PlannedCourse, PlannedCredential

__all__: list[str] = []

_TITLES = {"cost": "The cheapest way", "hours": "The shortest way", "courses": "The way with the fewest courses"}
_WHY = ("An integer program over every course and package of the catalogue, in cents and hundredths and without any "
        "gap, has no solution below this one. The plan was then decided like any record, with every course completed "
        "on its first day, and again on its last: each credential is met.")


@report_for(Plan)
def _(value: Plan) -> list[Block]:
    blocks: list[Block] = [Title(f"{_TITLES[value.minimise]}, planned on {value.on}"), _asked(value),
                           _verdict(value)]
    if value.obstacles:
        blocks.extend(_obstacles(value.obstacles))
    if value.courses or value.packages:
        blocks.extend([_purchases(value), _schedule(value.courses), _served(value.courses)])
    blocks.append(_credentials(value.credentials))
    if value.courses:
        blocks.extend([Heading(2, "Why nothing better exists"), Paragraph(_WHY)])
    blocks.extend(_remarks(value))
    return [*blocks, *_sources(value), Notice(value.notice)]


@report_for(Front)
def _(value: Front) -> list[Block]:
    blocks: list[Block] = [Title(f"Money against time, planned on {value.on}"), _asked(value)]
    if value.points:
        rows = tuple((money_text(point.cost), decimal_text(point.hours), ", ".join(point.courses) or "-",
                      ", ".join(point.packages) or "-") for point in value.points)
        blocks.append(Table("Plans that no other one beats both in cost and in hours",
                            ("USD", "Hours", "Courses", "Packages"), rows, right=(0, 1)))
        blocks.append(Paragraph("These are all there are." if value.complete else "There may be more."))
    blocks.extend(_obstacles(value.obstacles) if value.obstacles else ())
    return [*blocks, *_sources(value), Notice(value.notice)]


def _asked(value: Plan | Front) -> Paragraph:
    """Say what the answer rests on, and what was asked for beside the plan itself."""
    wishes = [f"at most USD {money_text(value.budget)}"] if value.budget is not None else []
    wishes += [f"with {joined(value.include)}"] if value.include else []
    wishes += [f"without {joined(value.exclude)}"] if value.exclude else []
    own = ", with rows of your own" if value.extra_sha256 else ""
    return Paragraph(f"Policy edition {value.edition}{own}; figures are relied on down to the grade "
                     f"'{said(value.trust)}'." + (f" Asked for: {'; '.join(wishes)}." if wishes else ""))


def _verdict(value: Plan) -> Verdict:
    """Say first whether there is a plan, and what it comes to."""
    if value.cost is None or value.hours is None or value.bound is None:
        return Verdict("NO PLAN", "bad", ("Nothing in the catalogue meets every credential in time, as asked.",))
    if not value.courses and not value.packages:
        return Verdict("NOTHING NEEDS TO BE BOUGHT", "good", ("Every credential is met with what is done already.",))
    amounts = (f"USD {money_text(value.cost)}; {_counted(decimal_text(value.hours), 'hour')}; "
               f"{_counted(str(len(value.courses)), 'course')}, {_counted(str(len(value.packages)), 'package')}")
    proven = f"Proven: no other {_bound(value.minimise, value.bound)}"
    return Verdict("A PLAN THAT MEETS EVERY CREDENTIAL", "good", (amounts, proven))


def _bound(minimise: str, bound: Decimal) -> str:
    if minimise == "cost":
        return f"costs less than USD {money_text(bound)}"
    number = decimal_text(bound)
    if minimise == "hours":
        return f"takes less than {_counted(number, 'hour')}"
    return f"has fewer than {_counted(number, 'course')}"


def _counted(number: str, word: str) -> str:
    return f"{number} {word}{'' if number == '1' else 's'}"


def _purchases(value: Plan) -> Table:
    """List what is paid for."""
    rows = [(one.id, f"{one.title} (package, bought on {one.bought_on}"
             + (f", open until {one.open_until})" if one.open_until else ")"), money_text(one.price))
            for one in value.packages]
    rows += [(one.id, one.title, money_text(one.price)) for one in value.courses if one.package is None]
    rows.append(("Total", "", "" if value.cost is None else money_text(value.cost)))
    return Table("What to buy, in US dollars", ("Id", "What", "Price"), tuple(rows), right=(2,), keep=(0,),
                 strong=(len(rows) - 1,))


def _schedule(courses: Iterable[PlannedCourse]) -> Table:
    """List what is taken, and between which days it is to be completed."""
    rows = tuple((one.id, f"{one.title}{f' (with {one.package})' if one.package else ''}", decimal_text(one.hours),
                  one.first_day.isoformat(), one.last_day.isoformat()) for one in courses)
    return Table("What to take: any day of completion from the first to the last one will do",
                 ("Id", "Course", "Hours", "First day", "Last day"), rows, right=(2,), keep=(0, 3, 4))


def _served(courses: Iterable[PlannedCourse]) -> Table:
    rows = tuple((one.id, decimal_text(one.points), "; ".join(
        f"{served.credential}: {short_label(served.area)} {decimal_text(served.points)}" for served in one.serves) or
        "nowhere: asked for, but not needed") for one in courses)
    return Table("Where the points go", ("Id", "Points", "Credential and area"), rows, right=(1,), keep=(0,))


def _credentials(credentials: Iterable[PlannedCredential]) -> Table:
    rows = tuple(
        (one.id, f"{one.code}({one.body})", one.due_on.isoformat() if one.due_on else "-", _before(one),
         OUTCOMES[one.after][0].lower() if one.after is not None else "-")
        for one in credentials
    )
    return Table("What becomes of each credential", ("Id", "Credential", "Due", "With nothing more", "With the plan"),
                 rows, keep=(2,))


def _before(one: PlannedCredential) -> str:
    outcome = OUTCOMES[one.before][0].lower()
    short = one.short_before
    return f"{outcome}, short by {points(short)}" if short and one.before is not Outcome.MET else outcome


def _remarks(value: Plan) -> Iterator[Block]:
    """Name what a plan leaves aside."""
    lines = ["The fees of the declarations are not part of the cost."]
    if any(one.due_on == value.by and one.due_on is not None for one in value.credentials):
        lines.append(f"Credentials without an end ahead of them are decided on {value.by}; another day can be chosen.")
    if value.not_done:
        lines.append(f"Not done yet on {value.on}, and so not relied on: {joined(value.not_done)}.")
    lines.extend(_left_out(value.left_out))
    yield Heading(2, "Remarks")
    yield Bullets(tuple(lines))


def _left_out(left_out: Iterable[LeftOut]) -> Iterator[str]:
    """Name what of the catalogue could be part of no plan, reason by reason."""
    reasons: dict[str, list[str]] = {}
    for one in left_out:
        reasons.setdefault(one.code, []).append(one.id)
    for code, ids in reasons.items():
        yield f"Left out of the catalogue ({_title(code)}): {joined(ids)}."


def _title(code: str) -> str:
    title = {**FINDINGS, **PLANS}[code].title
    return title[:1].lower() + title[1:]


def _obstacles(obstacles: Iterable[Obstacle]) -> Iterator[Block]:
    yield Heading(2, "What stands in the way")
    yield Bullets(tuple(line for one in obstacles for line in _obstacle(one)))


def _obstacle(one: Obstacle) -> Iterator[str]:
    """Say one reason, with its proof or its question."""
    about = f"{one.subject}: " if one.subject is not None else ""
    title = _title(one.code)
    yield f"{about}{title if about else title[:1].upper() + title[1:]}." + (
        f" The cheapest plan costs USD {money_text(one.cost)}." if one.cost is not None else "")
    yield from (f"{about}{proof_sentence(proof)}" for proof in one.shortfalls)
    yield from (f"{about}{question}" for question in one.questions)


def _sources(value: Plan | Front) -> Iterator[Block]:
    if value.sources:
        yield Heading(2, "Sources")
        yield Bullets(tuple(source_line(source) for source in value.sources.values()))
