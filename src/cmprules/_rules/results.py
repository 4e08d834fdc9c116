"""What a decision is made of: plain frozen values, named as the keys of the JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, NoReturn

import attrs

from cmprules._facts.records import Period
from cmprules._kit.shapes import (
    Checked,
    Day,
    Flag,
    FrozenMap,
    ListOf,
    MapOf,
    Maybe,
    Member,
    Money,
    Number,
    Part,
    Text,
    Whole,
    wire,
)
from cmprules._policy.book import Citation, Source
from cmprules._words.enums import Grade, Outcome, Standing

__all__ = [
    "ActivityResult",
    "Allocation",
    "AreaResult",
    "CredentialDecision",
    "DecisionFields",
    "Declaration",
    "FeeLine",
    "FeeQuote",
    "Finding",
    "Need",
    "PlacedPoints",
    "Shortfall",
    "Stamp",
    "Total",
]


@attrs.frozen(kw_only=True)
class Total(Checked):
    """The whole of one table: points required, placed and short.

    `short_if_confirmed` is what would still be missing if everything uncertain went in the holder's favour.
    """

    required: Decimal = attrs.field(metadata=wire(Number()))
    placed: Decimal = attrs.field(metadata=wire(Number()))
    short: Decimal = attrs.field(metadata=wire(Number()))
    short_if_confirmed: Decimal = attrs.field(metadata=wire(Number()))


@attrs.frozen(kw_only=True)
class AreaResult(Checked):
    """One area: points required, placed and short, and the row of the table that asks for them."""

    area: str = attrs.field(metadata=wire(Text()))
    required: Decimal = attrs.field(metadata=wire(Number()))
    placed: Decimal = attrs.field(metadata=wire(Number()))
    short: Decimal = attrs.field(metadata=wire(Number()))
    row: str = attrs.field(metadata=wire(Text()))
    grade: Grade = attrs.field(metadata=wire(Member(Grade)))


@attrs.frozen(kw_only=True)
class Shortfall(Checked):
    """A proof that points are missing: these areas need `required`; all that may serve any of them is `available`.

    Whoever doubts it adds up the two: no placement can do better.
    """

    areas: tuple[str, ...] = attrs.field(metadata=wire(ListOf(Text())))
    required: Decimal = attrs.field(metadata=wire(Number()))
    available: Decimal = attrs.field(metadata=wire(Number()))
    short: Decimal = attrs.field(metadata=wire(Number()))


@attrs.frozen(kw_only=True)
class PlacedPoints(Checked):
    """Points of one activity, placed in one area."""

    activity: str = attrs.field(metadata=wire(Text()))
    area: str = attrs.field(metadata=wire(Text()))
    points: Decimal = attrs.field(metadata=wire(Number()))


@attrs.frozen(kw_only=True)
class ActivityResult(Checked):
    """Where every point of one activity went; the seven parts add up to `entered`."""

    id: str = attrs.field(metadata=wire(Text()))
    entered: Decimal = attrs.field(metadata=wire(Number()))
    placed: Decimal = attrs.field(metadata=wire(Number()))
    surplus: Decimal = attrs.field(metadata=wire(Number()))
    over_cap: Decimal = attrs.field(metadata=wire(Number()))
    outside_cycle: Decimal = attrs.field(metadata=wire(Number()))
    not_acceptable: Decimal = attrs.field(metadata=wire(Number()))
    duplicate: Decimal = attrs.field(metadata=wire(Number()))
    unconfirmed: Decimal = attrs.field(metadata=wire(Number()))


@attrs.frozen(kw_only=True)
class Allocation(Checked):
    """The best placement of some activities in one table.

    Attributes:
        divided: ids of activities whose points are divided between two mandatory areas, because no placement
            that is as good keeps them whole.
        search_limit: whether the search for a placement that keeps activities whole was given up.
    """

    total: Total = attrs.field(metadata=wire(Part(Total)))
    areas: tuple[AreaResult, ...] = attrs.field(metadata=wire(ListOf(Part(AreaResult))))
    shortfalls: tuple[Shortfall, ...] = attrs.field(metadata=wire(ListOf(Part(Shortfall))))
    placements: tuple[PlacedPoints, ...] = attrs.field(metadata=wire(ListOf(Part(PlacedPoints))))
    activities: tuple[ActivityResult, ...] = attrs.field(metadata=wire(ListOf(Part(ActivityResult))))
    divided: tuple[str, ...] = attrs.field(default=(), metadata=wire(ListOf(Text())))
    search_limit: bool = attrs.field(default=False, metadata=wire(Flag()))


@attrs.frozen(kw_only=True)
class Declaration(Checked):
    """When the declaration may be sent; `status` is `not_open`, `open`, `late` or `expired`."""

    opens_on: date = attrs.field(metadata=wire(Day(bounded=False)))
    advised_by: date = attrs.field(metadata=wire(Day(bounded=False)))
    last_day: date = attrs.field(metadata=wire(Day(bounded=False)))
    status: str = attrs.field(metadata=wire(Text()))


@attrs.frozen(kw_only=True)
class Need(Checked):
    """An open question on which the outcome hangs."""

    code: str = attrs.field(metadata=wire(Text()))
    subject: str = attrs.field(metadata=wire(Text()))
    question: str = attrs.field(metadata=wire(Text()))


@attrs.frozen(kw_only=True)
class Finding(Checked):
    """One thing that was found: a public code, the rule it comes from, whom it is about, and where the rule stands."""

    code: str = attrs.field(metadata=wire(Text()))
    rule: str = attrs.field(metadata=wire(Text()))
    subject: str = attrs.field(metadata=wire(Text()))
    citations: tuple[Citation, ...] = attrs.field(default=(), metadata=wire(ListOf(Part(Citation))))


@attrs.frozen(kw_only=True)
class FeeLine(Checked):
    """One amount that is owed for one credential."""

    credential: str = attrs.field(metadata=wire(Text()))
    item: str = attrs.field(metadata=wire(Text()))
    amount: Decimal = attrs.field(metadata=wire(Money()))
    row: str = attrs.field(metadata=wire(Text()))
    grade: Grade = attrs.field(metadata=wire(Member(Grade)))


@attrs.frozen(kw_only=True)
class FeeQuote(Checked):
    """What the credentials cost if declared together; `total` is None, with a reason, where it is not established."""

    currency: str = attrs.field(metadata=wire(Text()))
    total: Decimal | None = attrs.field(metadata=wire(Maybe(Money())))
    why: str | None = attrs.field(metadata=wire(Maybe(Text())))
    lines: tuple[FeeLine, ...] = attrs.field(metadata=wire(ListOf(Part(FeeLine))))


def _no_truth(what: str) -> NoReturn:
    raise TypeError(f"{what} has no truth value: three answers are possible; compare its .outcome")


@attrs.frozen(kw_only=True)
class CredentialDecision(Checked):
    """The answer for one credential; attributes are named as the keys of the JSON."""

    id: str = attrs.field(metadata=wire(Text()))
    code: str = attrs.field(metadata=wire(Text()))
    given_code: str | None = attrs.field(default=None, metadata=wire(Maybe(Text()), leave_out=True))
    body: str = attrs.field(metadata=wire(Text()))
    outcome: Outcome = attrs.field(metadata=wire(Member(Outcome)))
    standing: Standing = attrs.field(metadata=wire(Member(Standing)))
    grade: Grade | None = attrs.field(metadata=wire(Maybe(Member(Grade))))
    cycle: Period | None = attrs.field(metadata=wire(Maybe(Part(Period))))
    total: Total | None = attrs.field(metadata=wire(Maybe(Part(Total))))
    areas: tuple[AreaResult, ...] | None = attrs.field(metadata=wire(Maybe(ListOf(Part(AreaResult)))))
    shortfalls: tuple[Shortfall, ...] | None = attrs.field(metadata=wire(Maybe(ListOf(Part(Shortfall)))))
    placements: tuple[PlacedPoints, ...] | None = attrs.field(metadata=wire(Maybe(ListOf(Part(PlacedPoints)))))
    activities: tuple[ActivityResult, ...] | None = attrs.field(metadata=wire(Maybe(ListOf(Part(ActivityResult)))))
    declaration: Declaration | None = attrs.field(metadata=wire(Maybe(Part(Declaration))))
    needs: tuple[Need, ...] = attrs.field(metadata=wire(ListOf(Part(Need))))
    findings: tuple[Finding, ...] = attrs.field(metadata=wire(ListOf(Part(Finding))))

    def __bool__(self) -> NoReturn:  # noqa: PLE0304  # three answers have no truth value
        """Refuse: nobody should write `if decision["mls"]:`."""
        _no_truth("a decision")


@attrs.frozen(kw_only=True)
class Stamp(Checked):
    """What a decision was made with, so that it can be made again."""

    library: str = attrs.field(metadata=wire(Text()))
    rules: int = attrs.field(metadata=wire(Whole()))
    edition: str = attrs.field(metadata=wire(Text()))
    edition_sha256: str = attrs.field(metadata=wire(Text()))
    extra_sha256: tuple[str, ...] = attrs.field(metadata=wire(ListOf(Text())))
    trust: Grade = attrs.field(metadata=wire(Member(Grade)))
    record_sha256: str = attrs.field(metadata=wire(Text()))


@attrs.frozen(kw_only=True)
class DecisionFields(Checked):
    """The fields of a decision; `Decision` adds the manners that a person at a notebook expects."""

    schema: ClassVar[str] = "cmprules.decision/1"

    on: date = attrs.field(metadata=wire(Day()))
    stamp: Stamp = attrs.field(metadata=wire(Part(Stamp)))
    credentials: tuple[CredentialDecision, ...] = attrs.field(metadata=wire(ListOf(Part(CredentialDecision))))
    fees: FeeQuote = attrs.field(metadata=wire(Part(FeeQuote)))
    sources: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Source))))
    notice: str = attrs.field(metadata=wire(Text()))
    advisories: tuple[str, ...] = attrs.field(default=(), metadata=wire(ListOf(Text()), leave_out=True))

    def __getitem__(self, id: str) -> CredentialDecision:
        """Find the answer for one credential by its id in the record."""
        for credential in self.credentials:
            if credential.id == id:
                return credential
        known = ", ".join(credential.id for credential in self.credentials)
        raise KeyError(f"no credential {id!r} in this decision; it has: {known}")

    def __contains__(self, id: object) -> bool:
        return any(credential.id == id for credential in self.credentials)

    __iter__ = None  # the ids or the answers? say decision.credentials

    def __bool__(self) -> NoReturn:  # noqa: PLE0304  # three answers have no truth value
        """Refuse: nobody should write `if decide(...):`."""
        _no_truth("a decision")
