"""The report of a plan: whether there is one, its cost, what to buy and take by when, and for which credential."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cmprules._answers.render import report_of
from cmprules._answers.render.blocks import (
    Block,
    Bullets,
    Details,
    Facts,
    Paragraph,
    Steps,
    Table,
    Title,
    Verdict,
)
from cmprules._answers.render.ending import ending
from cmprules._answers.render.names import Names, credential_name, next_last_day, title_of
from cmprules._answers.render.report import OUTCOMES, proof_sentence
from cmprules._answers.render.words import counted, days_left, dollars, points, relied_on, sentence, short_label, spoken
from cmprules._facts.records import Record
from cmprules._kit.listing import joined
from cmprules._kit.points import decimal_text, money_text
from cmprules._words.codes.findings import FINDINGS
from cmprules._words.codes.plans import PLANS
from cmprules._words.enums import Outcome
from cmprules.planning._picture import front_picture
from cmprules.planning._values import Front, LeftOut, Obstacle, Plan, PlannedCourse, PlannedCredential

_TITLES = {"cost": "cheapest plan", "hours": "shortest plan", "courses": "plan with the fewest courses"}
_BETTER = {"cost": "cheaper", "hours": "shorter", "courses": "smaller"}


@report_of.register
def _report_of_plan(value: Plan, record: Record | None) -> list[Block]:
    blocks: list[Block] = [_title(value, record), _verdict(value), _facts(value), *_steps(value)]
    if value.obstacles:
        blocks.extend(_obstacles(value.obstacles))
    blocks.append(_credentials(value.credentials))
    if value.courses or value.packages:
        blocks.append(Details("What to buy", (_purchases(value),)))
        blocks.append(Details("When to take each course", (_schedule(value.courses),)))
        blocks.append(Details("Where the points go", (_served(value.courses),)))
    return [*blocks, *_remarks(value), *_sources(value)]


@report_of.register
def _report_of_front(value: Front, record: Record | None) -> list[Block]:
    names = Names.of(record)
    blocks: list[Block] = [title_of(names.holder, "money against time", on=value.on,
                                    last=names.last_day(names.ends, value.on)), _front_verdict(value),
                           Facts((*names.last_fact(names.ends, value.on), ("As of", spoken(value.on), "")))]
    if value.points:
        rows = tuple((str(place), money_text(point.cost), decimal_text(point.hours), ", ".join(point.courses) or "-",
                      ", ".join(point.packages) or "-") for place, point in enumerate(value.points, 1))
        blocks.append(front_picture(value.points))
        blocks.append(Table("The plans, from the cheapest to the shortest",
                            ("No.", "USD", "Hours", "Courses", "Packages"), rows, right=(0, 1, 2)))
    blocks.extend(_obstacles(value.obstacles) if value.obstacles else ())
    return [*blocks, *_sources(value)]


def _front_verdict(value: Front) -> Verdict:
    """State the choices."""
    if not value.points:
        return _NO_PLAN
    cheapest, shortest = value.points[0], value.points[-1]
    all_ = "We checked every combination in the catalog." if value.complete else "There may be more."
    if cheapest == shortest:
        return Verdict("One plan is both the cheapest and the shortest", "good", (
            f"{dollars(cheapest.cost)} and {counted(cheapest.hours, 'hour')}.", all_))
    between = (f"From {dollars(cheapest.cost)} and {counted(cheapest.hours, 'hour')} to {dollars(shortest.cost)} and "
               f"{counted(shortest.hours, 'hour')}.")
    return Verdict(f"{len(value.points)} plans to choose from", "good", (between, all_))


_NO_PLAN = Verdict("No plan", "bad", ("Nothing in the catalog meets every credential in time, as you asked.",))


def _title(value: Plan, record: Record | None) -> Title:
    """Name the holder, the credentials, and the next due day."""
    due = next_last_day([credential.due_on for credential in value.credentials], value.on)
    names = joined([credential_name(credential) for credential in value.credentials])
    return title_of(Names.of(record).holder, f"{_TITLES[value.minimise]} for {names}", on=value.on, last=due)


def _verdict(value: Plan) -> Verdict:
    """State first whether there is a plan, and that no plan is better."""
    if value.cost is None or value.hours is None:
        return _NO_PLAN
    if not value.courses and not value.packages:
        return Verdict("Nothing to buy", "good", ("Every credential is met with what you have done already.",))
    return Verdict("This plan meets every credential", "good", (
        f"We checked every combination in the catalog; none is {_BETTER[value.minimise]}.",))


def _facts(value: Plan) -> Facts:
    """Name the cost, the time, and the next due day."""
    facts = []
    due = next_last_day([credential.due_on for credential in value.credentials], value.on)
    if due is not None:
        facts.append(("Next last day", spoken(due), days_left(value.on, due)))
    if value.cost is not None and value.hours is not None:
        facts.append(("Cost", dollars(value.cost), "without the declaration fees"))
        facts.append(("Time", counted(value.hours, "hour"), counted(len(value.courses), "course")))
    return Facts((*facts, ("As of", spoken(value.on), "")))


def _steps(value: Plan) -> Iterator[Block]:
    """State what to buy and what to take, in the order of their last days."""
    buy = [f'Buy "{package.title}" on {spoken(package.bought_on)} for {dollars(package.price)}'
           + (f"; it is open until {spoken(package.open_until)}." if package.open_until else ".")
           for package in value.packages]
    take = [f'Take "{option.title}" between {spoken(option.first_day)} and {spoken(option.last_day)}'
            + ("." if option.package else f" ({dollars(option.price) if option.price else 'free'}).")
            for option in sorted(value.courses, key=lambda course: (course.last_day, course.id))]
    if buy or take:
        yield Steps("What to do", (*buy, *take))


def _purchases(value: Plan) -> Table:
    """List the purchases."""
    rows = [(package.id, f"{package.title} (package, bought on {package.bought_on}"
             + (f", open until {package.open_until})" if package.open_until else ")"), money_text(package.price))
            for package in value.packages]
    rows += [(course.id, course.title, money_text(course.price)) for course in value.courses if course.package is None]
    rows.append(("Total", "", "" if value.cost is None else money_text(value.cost)))
    return Table("Prices in US dollars", ("Id", "What", "Price"), tuple(rows), right=(2,), keep=(0,),
                 strong=(len(rows) - 1,))


def _schedule(courses: Iterable[PlannedCourse]) -> Table:
    """List the courses, each with its first and last day of completion."""
    rows = tuple((course.id, f"{course.title}{f' (with {course.package})' if course.package else ''}",
                  decimal_text(course.hours),
                  course.first_day.isoformat(), course.last_day.isoformat()) for course in courses)
    return Table("Complete each on any day from the first to the last",
                 ("Id", "Course", "Hours", "First day", "Last day"), rows, right=(2,), keep=(0, 3, 4))


def _served(courses: Iterable[PlannedCourse]) -> Table:
    rows = tuple((course.id, decimal_text(course.points), "; ".join(
        f"{served.credential}: {decimal_text(served.points)} in {short_label(served.area)}" for served in course.serves)
        or "nowhere: you asked for it, but it is not needed") for course in courses)
    return Table("Points of each course", ("Id", "Points", "Credential and area"), rows, right=(1,), keep=(0,))


def _credentials(credentials: Iterable[PlannedCredential]) -> Table:
    rows = tuple(
        (credential.id, credential_name(credential),
         credential.due_on.isoformat() if credential.due_on else "-", _before(credential),
         OUTCOMES[credential.after][0].lower() if credential.after is not None else "-")
        for credential in credentials
    )
    return Table("Each credential, without and with the plan",
                 ("Id", "Credential", "Last day", "If you do nothing more", "With the plan"), rows, keep=(2,))


def _before(one: PlannedCredential) -> str:
    outcome = OUTCOMES[one.before][0].lower()
    short = one.short_before
    return f"{outcome}, {points(short)} missing" if short and one.before is not Outcome.MET else outcome


def _remarks(value: Plan) -> Iterator[Block]:
    """Name what a plan does not take into account."""
    lines = [line for line in (
        f"Credentials without a last day ahead are decided on {spoken(value.by)}; you can choose another day."
        if any(credential.due_on == value.by and credential.due_on is not None for credential in value.credentials)
        else "",
        f"The plan does not count on activities dated after {spoken(value.on)}: {joined(value.not_done)}."
        if value.not_done else "",
        _how_sure(value),
        *_left_out(value.left_out)) if line]
    if lines:
        yield Details("Good to know", (Bullets(tuple(lines)),))


def _how_sure(value: Plan) -> str:
    """State why no plan can be better."""
    if not value.courses or value.bound is None:
        return ""
    return (f"No combination {_bound(value.minimise, value.bound)}. We decided the plan like any record, with every "
            "course completed on its first day, and again on its last: each credential is met.")


def _bound(minimise: str, bound: Decimal) -> str:
    if minimise == "cost":
        return f"costs less than {dollars(bound)}"
    return f"takes less than {counted(bound, 'hour')}" if minimise == "hours" else (
        f"has fewer than {counted(bound, 'course')}")


def _left_out(left_out: Iterable[LeftOut]) -> Iterator[str]:
    """List the offers of the catalog that cannot be part of any plan, by reason."""
    reasons: dict[str, list[str]] = {}
    for course in left_out:
        reasons.setdefault(course.code, []).append(course.id)
    for code, ids in reasons.items():
        yield f"Left out of the catalog ({_title_of(code)}): {joined(ids)}."


def _title_of(code: str) -> str:
    title = {**FINDINGS, **PLANS}[code].title
    return title[:1].lower() + title[1:]


def _obstacles(obstacles: Iterable[Obstacle]) -> Iterator[Block]:
    yield Paragraph("Why there is no plan:")
    yield Bullets(tuple(line for obstacle in obstacles for line in _obstacle(obstacle)))


def _obstacle(one: Obstacle) -> Iterator[str]:
    """State one reason, with its proof or its question."""
    about = f"{one.subject}: " if one.subject is not None else ""
    cost = f" The cheapest plan costs {dollars(one.cost)}." if one.cost is not None else ""
    yield f"{about}{sentence(_title_of(one.code))}{cost}"
    yield from (f"{about}{proof_sentence(proof)}" for proof in one.shortfalls)
    yield from (f"{about}{question}" for question in one.questions)


def _sources(value: Plan | Front) -> list[Block]:
    """Name the sources, the wishes of the request, and the accepted grades."""
    wishes = [f"at most {dollars(value.budget)}"] if value.budget is not None else []
    wishes += [f"with {joined(value.include)}"] if value.include else []
    wishes += [f"without {joined(value.exclude)}"] if value.exclude else []
    own = ", with figures of your own" if value.extra_sha256 else ""
    asked = [f"You asked for a plan {', '.join(wishes)}."] if wishes else []
    return ending(value, (), *asked, f"{relied_on(value.trust)} Policy edition {value.edition}{own}.")
