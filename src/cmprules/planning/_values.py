"""The values of a plan, named like the keys of the JSON."""

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
"""The goals that a plan can minimize; the other goals follow in this order."""


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
        package: the package through which it is taken; None if it is bought on its own.
        price: the price paid for it alone, in US dollars; zero if a package includes it.
        first_day: the first day on which it can be completed, if it begins as soon as possible.
        last_day: the last day on which its completion still serves all its credentials.
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
    """One package to buy: the day of purchase, its last open day, and the courses to take through it."""

    id: str
    title: str
    price: Decimal = attrs.field(metadata=wire(Money()))
    bought_on: date
    open_until: date | None = attrs.field(metadata=wire(Maybe(Day(bounded=False))))
    courses: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PlannedCredential(Checked):
    """One credential without and with the plan.

    Attributes:
        due_on: the day of decision: the last day of its cycle, or `by` for a credential without a future end date.
        before: its outcome on that day if nothing more is done.
        short_before: the points missing then; None if no table is established or applies.
        after: its outcome on that day with the plan; None without a plan.
        required: the points that it asks for.
        placed: the points placed with the plan.
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
        code: the kind of obstacle; `docs/` has a page for each.
        subject: the id of its credential, course or package; None if it concerns all of them.
        shortfalls: what is still missing even if everything possible is taken, with proofs.
        cost: the smallest cost of a plan, if the budget is too small.
        questions: the open questions that prevent a plan for the credential.
    """

    code: str
    subject: str | None
    shortfalls: tuple[Shortfall, ...] = attrs.field(default=(), metadata=LEAVE_OUT)
    cost: Decimal | None = attrs.field(default=None, metadata=wire(Maybe(Money()), leave_out=True))
    questions: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class LeftOut(Checked):
    """A course or package of the catalogue that cannot be part of any plan, and the code of the reason."""

    id: str
    code: str


@attrs.frozen(kw_only=True, repr=False)
class _Asked(Answer):
    """The request and its inputs: the beginning of every answer about plans."""

    on: date
    by: date
    trust: Grade
    budget: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    extra_sha256: tuple[str, ...]
    record_sha256: str
    catalogue_sha256: str


@attrs.frozen(kw_only=True, repr=False)
class Plan(_Asked):
    """The best courses and packages that meet every credential of a record, with the proof that nothing is better.

    Attributes:
        on: the day of planning; nothing is bought or begun before it.
        by: the day of decision for credentials without a future end date.
        trust: the weakest accepted grade of figures.
        budget: the largest total cost; None without a limit.
        include: ids that must be part of it.
        exclude: ids that must not be part of it.
        extra_sha256: the digests of the user's own rows.
        record_sha256: the digest of the record.
        catalogue_sha256: the digest of the catalogue.
        minimise: the first goal: `cost`, `hours` or `courses`.
        possible: whether there is a plan; if not, `obstacles` says why.
        cost: the total cost, in US dollars.
        hours: the hours that the courses take.
        bound: the value, in the unit of `minimise`, that no plan can go below: the proof that this one is optimal.
        courses: the courses to take, by id.
        packages: the packages to buy, by id.
        credentials: each credential without and with the plan, in the order of the record.
        obstacles: why there is no plan.
        left_out: courses and packages that cannot be part of any plan.
        not_done: activities of the record after `on`, which a plan does not use.
    """

    schema: ClassVar[str] = "cmprules.plan/1"

    minimise: str = attrs.field(metadata=wire(Word(GOALS, "what to minimize", "UNKNOWN_WORD")))
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
    """One plan that no other beats in both cost and hours: its cost, its hours, and its contents."""

    cost: Decimal = attrs.field(metadata=wire(Money()))
    hours: Decimal
    courses: tuple[str, ...]
    packages: tuple[str, ...]


@attrs.frozen(kw_only=True, repr=False)
class Front(_Asked):
    """Every trade-off between money and time, from the cheapest plan to the shortest.

    Attributes:
        points: the trade-offs, the cheapest first; `plan` with the cost of one as its budget and `minimise="hours"`
            gives the same plan.
        complete: whether these are all trade-offs.
        obstacles: why there is no plan.
    """

    schema: ClassVar[str] = "cmprules.front/1"

    points: tuple[FrontPoint, ...]
    complete: bool
    obstacles: tuple[Obstacle, ...]
