"""What a decision is made of: plain frozen values, named as the keys of the JSON."""

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
    """The whole of one table: points required, placed and short.

    `short_if_confirmed` is what would still be missing if everything uncertain went in the holder's favour.
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
    """A set of areas that needs at least so many new points, of kinds without a cap, each placed in one area."""

    areas: tuple[str, ...]
    points: Decimal


@attrs.frozen(kw_only=True)
class Shortfall(Checked):
    """A proof that points are missing: these areas need `required`; all that may serve any of them is `available`.

    Whoever doubts it adds up the two: no placement can do better.

    Attributes:
        closers: for the mandatory areas, what would close the shortfall: new points that satisfy every one of them do,
            and no fewer; None for the total, and where an older document does not have them.
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

    `amount` and `unit` are what was entered; None where an older document does not have them.
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
        divided: ids of activities whose points are divided between two mandatory areas, because no placement
            that is as good keeps them whole.
        search_limit: whether the search for a placement that keeps activities whole was given up.
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
    """An open question on which the outcome hangs.

    `others` are the activities that the subject is held against, where the question is whether they are one; None
    where an older document, or an older edition, does not say.
    """

    code: str
    subject: str
    question: str
    others: tuple[str, ...] | None = attrs.field(default=None, metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class Finding(Checked):
    """One thing that was found: a public code, the rule it comes from, whom it is about, and where the rule stands.

    `others` are the activities that the subject stands in a relation to, where the rule is about that.
    """

    code: str
    rule: str
    subject: str
    citations: tuple[Citation, ...] = ()
    others: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class FeeLine(Checked):
    """One amount that is owed for one credential.

    Attributes:
        open: whether the declaration can be sent on the day of the quote, together with the others of its group; None
            where an older document does not say.
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
    """A line of a quote; one of an older document is written with the keys that it had."""

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write both new keys, or neither."""
        out = super().write(value, bare=bare)
        if value.open is None:
            out.pop("opens_on", None)
        return out


@attrs.frozen(kw_only=True)
class FeeQuote(Displayed, Checked):
    """What the credentials cost if declared together; `total` is None, with a reason, where it is not established."""

    currency: str
    total: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    why: str | None
    lines: tuple[FeeLine, ...] = attrs.field(metadata=wire(ListOf(_Line(FeeLine))))


def _no_truth(what: str) -> NoReturn:
    raise TypeError(f"{what} has no truth value: three answers are possible; compare its .outcome")


@attrs.frozen(kw_only=True)
class CredentialDecision(Displayed, Checked):
    """The answer for one credential; attributes are named as the keys of the JSON."""

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
        """Refuse: nobody should write `if decision["mls"]:`."""
        _no_truth("a decision")


@attrs.frozen(kw_only=True)
class Stamp(Checked):
    """What a decision was made with, so that it can be made again."""

    library: str
    rules: int = attrs.field(metadata=wire(Whole()))
    edition: str
    edition_sha256: str
    extra_sha256: tuple[str, ...]
    trust: Grade
    record_sha256: str


@attrs.frozen(kw_only=True)
class DecidedHolder(Checked):
    """Whose record was decided: the id, and the name where the record has one."""

    id: str
    name: str | None = attrs.field(default=None, metadata=LEAVE_OUT)

    @property
    def shown(self) -> str:
        """How a heading calls the holder: by name, or else by id."""
        return self.name or self.id


@attrs.frozen(kw_only=True, repr=False)
class DecisionFields(ById[CredentialDecision], Checked):
    """The fields of a decision; `Decision` adds the manners that a person at a notebook expects."""

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
        """Refuse: nobody should write `if decide(...):`."""
        _no_truth("a decision")
