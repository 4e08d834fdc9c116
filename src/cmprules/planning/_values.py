"""What a plan is made of: plain frozen values, named as the keys of the JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._kit.shapes import (
    LEAVE_OUT,
    Checked,
    Day,
    Maybe,
    Money,
    Word,
    wire,
)
from cmprules._rules.results import Shortfall
from cmprules._words.enums import Grade, Outcome

GOALS = ("cost", "hours", "courses")
"""What a plan can make as small as possible; the others follow in this order."""


@attrs.frozen(kw_only=True)
class Served(Checked):
    """Points of a course, placed in one area of one credential."""

    credential: str
    area: str
    points: Decimal


@attrs.frozen(kw_only=True)
class PlannedCourse(Checked):
    """One course to take.

    Attributes:
        package: the package through which it is had; None for one that is bought on its own.
        price: what is paid for it alone, in US dollars; nothing, if a package has it.
        first_day: the first day on which it can be completed, if it is begun as soon as it can be.
        last_day: the last day on which its completion still serves every credential that it is meant for.
        serves: where its points go.
    """

    id: str
    title: str
    provider: str | None
    package: str | None
    price: Decimal = attrs.field(metadata=wire(Money()))
    points: Decimal
    hours: Decimal
    first_day: date
    last_day: date
    serves: tuple[Served, ...]


@attrs.frozen(kw_only=True)
class PlannedPackage(Checked):
    """One package to buy: on which day, until when it is open, and the courses to take through it."""

    id: str
    title: str
    price: Decimal = attrs.field(metadata=wire(Money()))
    bought_on: date
    open_until: date | None = attrs.field(metadata=wire(Maybe(Day(bounded=False))))
    courses: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PlannedCredential(Checked):
    """What becomes of one credential.

    Attributes:
        due_on: the day on which it is decided: the last day of its cycle, or `by` for one without an end ahead.
        before: its outcome on that day if nothing more is done.
        short_before: the points that are short then; None where no table is established, or none applies.
        after: its outcome on that day if the plan is carried out; None without a plan.
        required: the points that it asks for.
        placed: the points that are placed if the plan is carried out.
    """

    id: str
    code: str
    body: str
    due_on: date | None
    before: Outcome
    short_before: Decimal | None
    after: Outcome | None
    required: Decimal | None
    placed: Decimal | None


@attrs.frozen(kw_only=True)
class Obstacle(Checked):
    """One reason why there is no plan.

    Attributes:
        code: what stands in the way; `docs/` has a page for each.
        subject: the id of the credential, course or package that it is about; None if it is about all of them.
        shortfalls: what is still short with everything taken that could be, each with its proof.
        cost: the least cost of a plan, where the budget is too small.
        questions: the open questions that keep the credential from being planned for.
    """

    code: str
    subject: str | None
    shortfalls: tuple[Shortfall, ...] = attrs.field(default=(), metadata=LEAVE_OUT)
    cost: Decimal | None = attrs.field(default=None, metadata=wire(Maybe(Money()), leave_out=True))
    questions: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class LeftOut(Checked):
    """A course or package of the catalogue that could not be part of any plan, and the code that says why."""

    id: str
    code: str


@attrs.frozen(kw_only=True)
class _Asked(Answer):
    """What was asked, and what it was asked of: the beginning of every answer about plans."""

    on: date
    by: date
    trust: Grade
    budget: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    extra_sha256: tuple[str, ...]
    record_sha256: str
    catalogue_sha256: str


@attrs.frozen(kw_only=True)
class Plan(_Asked):
    """The courses and packages with which every credential of a record is met, and that nothing does it for less.

    Attributes:
        on: the day on which it is planned; nothing is bought or begun before it.
        by: the day on which credentials are decided that have no end ahead of them.
        trust: the weakest grade of figures that was relied on.
        budget: what it may cost at most; None without a limit.
        include: ids that had to be part of it.
        exclude: ids that could not be.
        extra_sha256: the digests of the user's own rows.
        record_sha256: the digest of the record.
        catalogue_sha256: the digest of the catalogue.
        minimise: what was made as small as possible first: `cost`, `hours` or `courses`.
        possible: whether there is a plan; if not, `obstacles` say why.
        cost: what it costs, in US dollars.
        hours: the hours that the courses take.
        bound: what no plan can go below, in the unit of `minimise`: the proof that this one is the least.
        courses: the courses to take, by id.
        packages: the packages to buy, by id.
        credentials: what becomes of each credential, in the order of the record.
        obstacles: why there is no plan.
        left_out: courses and packages that could not be part of any plan.
        not_done: activities of the record that lie after `on`, which a plan does not rely on.
    """

    schema: ClassVar[str] = "cmprules.plan/1"

    minimise: str = attrs.field(metadata=wire(Word(GOALS, "what to make small", "UNKNOWN_WORD")))
    possible: bool
    cost: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    hours: Decimal | None
    bound: Decimal | None
    courses: tuple[PlannedCourse, ...]
    packages: tuple[PlannedPackage, ...]
    credentials: tuple[PlannedCredential, ...]
    obstacles: tuple[Obstacle, ...]
    left_out: tuple[LeftOut, ...]
    not_done: tuple[str, ...]


@attrs.frozen(kw_only=True)
class FrontPoint(Checked):
    """One way that no other beats both in cost and in hours: what it costs and takes, and what is in it."""

    cost: Decimal = attrs.field(metadata=wire(Money()))
    hours: Decimal
    courses: tuple[str, ...]
    packages: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Front(_Asked):
    """Every trade between money and time: from the cheapest plan to the shortest.

    Attributes:
        points: the trades, the cheapest first; `plan` with the cost of one as its budget and `minimise="hours"` gives
            that very plan.
        complete: whether these are all there are.
        obstacles: why there is none.
    """

    schema: ClassVar[str] = "cmprules.front/1"

    points: tuple[FrontPoint, ...]
    complete: bool
    obstacles: tuple[Obstacle, ...]
