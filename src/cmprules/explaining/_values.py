"""What an explanation is made of: a tree of coded steps, moves, and how much there is to spare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._kit.held import ById
from cmprules._kit.shapes import (
    Checked,
    Day,
    FrozenMap,
    Later,
    ListOf,
    MapOf,
    Number,
    wire,
)
from cmprules._policy.book import Citation
from cmprules._rules.results import AreaResult, PlacedPoints, Shortfall
from cmprules._words.enums import Grade, Outcome, Standing


class _Exact(Number):
    """An amount that is written with the decimals it has: points without trailing zeros, money with two."""

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write all digits."""
        return format(value, "f")


@attrs.frozen(kw_only=True)
class Comparison(Checked):
    """Two things that were compared, as they are written: numbers, days, grades.

    Attributes:
        left: what there is.
        relation: what was asked for: `>=`, `<=`, `=`, `within` (the right one is a first and a last day, with a
            stroke between them) or `at least` (grades).
        right: what it was compared with.

    >>> from cmprules.explaining import Comparison
    >>> Comparison(left="34", relation=">=", right="36").right
    '36'
    """

    left: str
    relation: str
    right: str


def _step() -> type[Any]:
    return ExplanationStep


@attrs.frozen(kw_only=True)
class ExplanationStep(Checked):
    """One step of an explanation, with the steps that it rests on.

    Attributes:
        code: what kind of step it is: the code of a finding, or one of the codes of steps.
        subject: what it is about: a credential, an activity, an area, a row.
        holds: whether what was asked for is the case; None where nothing was asked, or where it is open.
        numbers: amounts by name: points, or US dollars with two decimals.
        days: days by name.
        compared: the two things that `holds` compares.
        rule: the row or rule that it comes from, if there is one.
        clause: the rule, or the open question, in words; None where the tables are not at hand.
        citations: where the rule or the figure stands.
        children: what it rests on.

    >>> from cmprules.explaining import ExplanationStep
    >>> area = ExplanationStep(code="AREA", subject="safety", holds=True)
    >>> tree = ExplanationStep(code="AREAS", subject="mls", children=[area])
    >>> [(step.code, step.subject) for step in tree.walk()]
    [('AREAS', 'mls'), ('AREA', 'safety')]
    """

    code: str
    subject: str
    holds: bool | None = None
    numbers: FrozenMap = attrs.field(default=FrozenMap(), metadata=wire(MapOf(_Exact())))
    days: FrozenMap = attrs.field(default=FrozenMap(), metadata=wire(MapOf(Day(bounded=False))))
    compared: Comparison | None = None
    rule: str | None = None
    clause: str | None = None
    citations: tuple[Citation, ...] = ()
    children: tuple[ExplanationStep, ...] = attrs.field(default=(), metadata=wire(ListOf(Later(_step))))

    def walk(self) -> Iterator[ExplanationStep]:
        """Give this step and all below it, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


@attrs.frozen(kw_only=True)
class CredentialExplanation(Checked):
    """Why one credential stands where it stands; `step` is the root of the tree."""

    id: str
    code: str
    body: str
    outcome: Outcome
    standing: Standing
    grade: Grade | None
    step: ExplanationStep


@attrs.frozen(kw_only=True, repr=False)
class Explanation(ById[CredentialExplanation], Answer):
    """Why a decision is what it is.

    Attributes:
        on: the day of decision.
        credentials: one tree for each credential, in the order of the record; also by id: `explanation["mls"]`.
        fees: what the declarations cost, line by line; None where the explanation is of some activities alone.
    """

    schema: ClassVar[str] = "cmprules.explanation/1"
    called: ClassVar[str] = "explanation"

    on: date
    credentials: tuple[CredentialExplanation, ...]
    fees: ExplanationStep | None



# ---------------------------------------------------------------------------------------------------------
# The holder's own placement beside the best one.


@attrs.frozen(kw_only=True)
class Move(Checked):
    """One change of a placement.

    Attributes:
        activity: whose points are moved.
        points: how many.
        out_of: the area that they leave; None where they were not placed.
        into: the area that they go to; None where they are taken out for good.
        why: `FILLS` (they fill what is short), `MAKES_ROOM` (others need the room, or it is more than is needed), or
            the code of the reason why they may not stay, such as `AREA_NOT_SERVED` or `OUTSIDE_CYCLE`.
    """

    activity: str
    points: Decimal
    out_of: str | None
    into: str | None
    why: str


@attrs.frozen(kw_only=True)
class PlacementProblem(Checked):
    """What is wrong with a placement: a code of `verify_allocation`, and what it is about."""

    code: str
    subject: str


@attrs.frozen(kw_only=True)
class CredentialPlacement(Checked):
    """The holder's own placement for one credential, the nearest of the best ones, and the moves between them.

    Attributes:
        id: the credential, by its id in the record.
        row: the row of the table that both are judged by; where two may apply, the one that `decide` shows.
        outcome: the outcome if the holder's placement counted, as far as it is lawful.
        problems: what may not stay as it is.
        areas: what the table needs, and the points of the holder's placement that may stay and are sure.
        short: what that leaves missing in all.
        best_short: what the best placement leaves missing.
        moves: from the one to the other; none of them can be left out.
        placements: the holder's placement after all moves; points that are still unconfirmed stay where they fit.
        nearest: whether it is proven that no best placement keeps more of the holder's points where they are.
    """

    id: str
    row: str
    outcome: Outcome
    problems: tuple[PlacementProblem, ...]
    areas: tuple[AreaResult, ...]
    short: Decimal
    best_short: Decimal
    moves: tuple[Move, ...]
    placements: tuple[PlacedPoints, ...]
    nearest: bool


@attrs.frozen(kw_only=True, repr=False)
class PlacementReview(ById[CredentialPlacement], Answer):
    """The holder's own placements beside the best ones.

    Attributes:
        on: the day of decision.
        credentials: one answer for each credential that takes part and whose table is established; also by id:
            `review["mls"]`.
    """

    schema: ClassVar[str] = "cmprules.placement-review/1"
    called: ClassVar[str] = "review"

    on: date
    credentials: tuple[CredentialPlacement, ...]



# ---------------------------------------------------------------------------------------------------------
# How much there is to spare.


@attrs.frozen(kw_only=True)
class AreaSlack(Checked):
    """How many points more an area could ask for, the rest of the table unchanged, before the outcome is not `MET`."""

    area: str
    required: Decimal
    spare: Decimal


@attrs.frozen(kw_only=True)
class Critical(Checked):
    """An activity without which the outcome is another, and what would be missing then.

    Attributes:
        activity: which one.
        outcome: the outcome without it.
        short: the points that are missing in all without it.
        shortfalls: the proofs.
    """

    activity: str
    outcome: Outcome
    short: Decimal
    shortfalls: tuple[Shortfall, ...]


@attrs.frozen(kw_only=True)
class OtherPlacement(Checked):
    """Another placement that is as good as the one of the decision, every activity in one mandatory area at most."""

    placements: tuple[PlacedPoints, ...]


@attrs.frozen(kw_only=True)
class CredentialSlack(Checked):
    """How close one credential is.

    Attributes:
        id: the credential, by its id in the record.
        outcome: its outcome today.
        areas: what each area has to spare, the pool (which is the whole) last; None unless the outcome is `MET`.
        critical: the activities without any one of which the outcome is another, in the order of the record.
        others: other placements that are as good, in a fixed order.
        more: whether there are, or may be, further ones.
    """

    id: str
    outcome: Outcome
    areas: tuple[AreaSlack, ...] | None
    critical: tuple[Critical, ...]
    others: tuple[OtherPlacement, ...]
    more: bool


@attrs.frozen(kw_only=True, repr=False)
class Slack(ById[CredentialSlack], Answer):
    """How close the credentials of a record are to another outcome.

    Attributes:
        on: the day of decision.
        credentials: one answer for each credential that takes part and whose table is established; also by id:
            `slack["mls"]`.
    """

    schema: ClassVar[str] = "cmprules.slack/1"
    called: ClassVar[str] = "slack"

    on: date
    credentials: tuple[CredentialSlack, ...]

