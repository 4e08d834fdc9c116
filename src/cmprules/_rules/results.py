"""The values of a decision, named like the keys of the JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NoReturn

import attrs

from cmprules._facts.records import Period
from cmprules._kit.held import ById
from cmprules._kit.notebook import Displayed
from cmprules._kit.shapes import (
    LEAVE_OUT,
    Checked,
    Day,
    FrozenMap,
    ListOf,
    MapOf,
    Maybe,
    Money,
    Part,
    Whole,
    wire,
)
from cmprules._policy.book import Citation, Source
from cmprules._words.enums import Grade, Outcome, Standing


@attrs.frozen(kw_only=True)
class Total(Checked):
    """The total of one table: points required, placed and short.

    `short_if_confirmed` is what would still be missing if everything uncertain went in the holder's favor.
    """

    required: Decimal
    placed: Decimal
    short: Decimal
    short_if_confirmed: Decimal


@attrs.frozen(kw_only=True)
class AreaResult(Checked):
    """One area: points required, placed and short, and the row of the table that asks for them."""

    area: str
    required: Decimal
    placed: Decimal
    short: Decimal
    row: str
    grade: Grade


@attrs.frozen(kw_only=True)
class Closer(Checked):
    """A set of areas, and the smallest number of new points it needs, from uncapped kinds, each placed in one area."""

    areas: tuple[str, ...]
    points: Decimal


@attrs.frozen(kw_only=True)
class Shortfall(Checked):
    """A proof that points are missing: these areas need `required`, and only `available` points may serve any of them.

    Anyone can check it by adding up both: no placement can do better.

    Attributes:
        closers: for the mandatory areas, what would close the shortfall: new points close it exactly if they satisfy
            every closer; None for the total, and in older documents.
    """

    areas: tuple[str, ...]
    required: Decimal
    available: Decimal
    short: Decimal
    closers: tuple[Closer, ...] | None = attrs.field(default=None, metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class PlacedPoints(Checked):
    """Points of one activity, placed in one area."""

    activity: str
    area: str
    points: Decimal


@attrs.frozen(kw_only=True)
class ActivityResult(Checked):
    """Where every point of one activity went; the seven parts add up to `entered`.

    `amount` and `unit` are as entered; None in older documents.
    """

    id: str
    entered: Decimal
    placed: Decimal
    surplus: Decimal
    over_cap: Decimal
    outside_cycle: Decimal
    not_acceptable: Decimal
    duplicate: Decimal
    unconfirmed: Decimal
    amount: Decimal | None = attrs.field(default=None, metadata=LEAVE_OUT)
    unit: str | None = attrs.field(default=None, metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class Allocation(Displayed, Checked):
    """The best placement of some activities in one table.

    Attributes:
        divided: ids of activities whose points are divided between two mandatory areas, because no equally good
            placement keeps them whole.
        search_limit: whether the search for a placement that keeps activities whole reached its limit.
    """

    total: Total
    areas: tuple[AreaResult, ...]
    shortfalls: tuple[Shortfall, ...]
    placements: tuple[PlacedPoints, ...]
    activities: tuple[ActivityResult, ...]
    divided: tuple[str, ...] = ()
    search_limit: bool = False


@attrs.frozen(kw_only=True)
class Declaration(Checked):
    """When the declaration may be sent; `status` is `not_open`, `open`, `late` or `expired`."""

    opens_on: date = attrs.field(metadata=wire(Day(bounded=False)))
    advised_by: date = attrs.field(metadata=wire(Day(bounded=False)))
    last_day: date = attrs.field(metadata=wire(Day(bounded=False)))
    status: str


@attrs.frozen(kw_only=True)
class Need(Checked):
    """An open question that can change the outcome.

    `others` are the activities that the subject is compared with, if the question is whether they are one; None in
    older documents and editions.
    """

    code: str
    subject: str
    question: str
    others: tuple[str, ...] | None = attrs.field(default=None, metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class Finding(Checked):
    """A finding: a public code, its rule, its subject, and the sources of the rule.

    `others` are the related activities, if the rule is about a relation.
    """

    code: str
    rule: str
    subject: str
    citations: tuple[Citation, ...] = ()
    others: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class FeeLine(Checked):
    """One amount owed for one credential.

    Attributes:
        open: whether the declaration can be sent on the day of the quote, together with the others of its group; None
            in older documents.
        opens_on: the first day on which it can; None if it can on that day, or never together with the others.
    """

    credential: str
    item: str
    amount: Decimal = attrs.field(metadata=wire(Money()))
    row: str
    grade: Grade
    open: bool | None = attrs.field(default=None, metadata=LEAVE_OUT)
    opens_on: date | None = attrs.field(default=None, metadata=wire(Maybe(Day(bounded=False))))


class _Line(Part):
    """A line of a quote; a line of an older document keeps its own keys."""

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write both new keys, or neither."""
        out = super().write(value, bare=bare)
        if value.open is None:
            out.pop("opens_on", None)
        return out


@attrs.frozen(kw_only=True)
class FeeQuote(Displayed, Checked):
    """The cost of the credentials if declared together; `total` is None, with a reason, if it is not established."""

    currency: str
    total: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    why: str | None
    lines: tuple[FeeLine, ...] = attrs.field(metadata=wire(ListOf(_Line(FeeLine))))


def _no_truth(what: str) -> NoReturn:
    raise TypeError(f"{what} has no truth value: three answers are possible; compare its .outcome")


@attrs.frozen(kw_only=True)
class CredentialDecision(Displayed, Checked):
    """The answer for one credential; attributes are named like the keys of the JSON."""

    id: str
    code: str
    given_code: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    body: str
    outcome: Outcome
    standing: Standing
    grade: Grade | None
    cycle: Period | None
    total: Total | None
    areas: tuple[AreaResult, ...] | None
    shortfalls: tuple[Shortfall, ...] | None
    placements: tuple[PlacedPoints, ...] | None
    activities: tuple[ActivityResult, ...] | None
    declaration: Declaration | None
    needs: tuple[Need, ...]
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        return f"<CredentialDecision {self.id}: {self.code}({self.body}) {self.outcome}, {self.standing}>"

    def __bool__(self) -> NoReturn:  # noqa: PLE0304  # three answers have no truth value
        """Refuse: `if decision["mls"]:` has no clear meaning."""
        _no_truth("a decision")


@attrs.frozen(kw_only=True)
class Stamp(Checked):
    """The inputs and versions of a decision, to make it again."""

    library: str
    rules: int = attrs.field(metadata=wire(Whole()))
    edition: str
    edition_sha256: str
    extra_sha256: tuple[str, ...]
    trust: Grade
    record_sha256: str


@attrs.frozen(kw_only=True)
class DecidedHolder(Checked):
    """The holder of the decided record: the id, and the name if the record has one."""

    id: str
    name: str | None = attrs.field(default=None, metadata=LEAVE_OUT)

    @property
    def shown(self) -> str:
        """The holder's name for headings: the name, or else the id."""
        return self.name or self.id


@attrs.frozen(kw_only=True, repr=False)
class DecisionFields(ById[CredentialDecision], Checked):
    """The fields of a decision; `Decision` adds the display in notebooks."""

    schema: ClassVar[str] = "cmprules.decision/1"
    called: ClassVar[str] = "decision"

    on: date
    holder: DecidedHolder | None = attrs.field(default=None, metadata=LEAVE_OUT)
    stamp: Stamp
    credentials: tuple[CredentialDecision, ...]
    fees: FeeQuote
    sources: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Source))))
    notice: str
    advisories: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)

    def __bool__(self) -> NoReturn:  # noqa: PLE0304  # three answers have no truth value
        """Refuse: `if decide(...):` has no clear meaning."""
        _no_truth("a decision")
