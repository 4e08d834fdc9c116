"""The values of explanations: trees of coded steps, moves, and slack."""

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
    """An amount that keeps its decimals: points without trailing zeros, money with two decimals."""

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write all digits."""
        return format(value, "f")


@attrs.frozen(kw_only=True)
class Comparison(Checked):
    """Two values that were compared, as text: numbers, days, grades.

    Attributes:
        left: the actual value.
        relation: the condition: `>=`, `<=`, `=`, `within` (`right` is a first and a last day with a slash between them)
            or `at least` (grades).
        right: the value it was compared with.

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
    """One step of an explanation, with the steps that it follows from.

    Attributes:
        code: what kind of step it is: the code of a finding, or one of the codes of steps.
        subject: its subject: a credential, an activity, an area, a row.
        holds: whether the condition holds; None if there is no condition, or if it is open.
        numbers: amounts by name: points, or US dollars with two decimals.
        days: days by name.
        compared: the two things that `holds` compares.
        rule: the row or rule that it comes from, if there is one.
        clause: the rule, or the open question, in words; None without the tables.
        citations: the sources of the rule or the figure.
        children: the steps that it follows from.

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
        """Yield this step and all steps below it, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


@attrs.frozen(kw_only=True)
class CredentialExplanation(Checked):
    """The explanation of one credential; `step` is the root of the tree."""

    id: str
    code: str
    body: str
    outcome: Outcome
    standing: Standing
    grade: Grade | None
    step: ExplanationStep


@attrs.frozen(kw_only=True, repr=False)
class Explanation(ById[CredentialExplanation], Answer):
    """The explanation of a decision.

    Attributes:
        on: the day of decision.
        credentials: one tree for each credential, in the order of the record; also by id: `explanation["mls"]`.
        fees: the cost of the declarations, line by line; None if only some activities are explained.
    """

    schema: ClassVar[str] = "cmprules.explanation/1"
    called: ClassVar[str] = "explanation"

    on: date
    credentials: tuple[CredentialExplanation, ...]
    fees: ExplanationStep | None



# ---------------------------------------------------------------------------------------------------------
# The holder's own placement and the best one.


@attrs.frozen(kw_only=True)
class Move(Checked):
    """One change of a placement.

    Attributes:
        activity: the activity whose points move.
        points: the number of points.
        out_of: the area that they leave; None if they were not placed.
        into: the area that they enter; None if they are removed.
        why: `FILLS` (they fill what is short), `MAKES_ROOM` (other points need the room, or there are more than
            needed), or the code of the reason why they may not stay, such as `AREA_NOT_SERVED` or `OUTSIDE_CYCLE`.
    """

    activity: str
    points: Decimal
    out_of: str | None
    into: str | None
    why: str


@attrs.frozen(kw_only=True)
class PlacementProblem(Checked):
    """A problem of a placement: a code of `verify_allocation`, and its subject."""

    code: str
    subject: str


@attrs.frozen(kw_only=True)
class CredentialPlacement(Checked):
    """The holder's own placement for one credential, the nearest best placement, and the moves between them.

    Attributes:
        id: the credential, by its id in the record.
        row: the row of the table used to judge both; where two may apply, the one that `decide` shows.
        outcome: the outcome if the lawful part of the holder's placement counted.
        problems: what may not stay as it is.
        areas: what the table needs, and the holder's placed points that may stay and are certain.
        short: the points that this leaves missing in all.
        best_short: the points that the best placement leaves missing.
        moves: the moves between the two; each is necessary.
        placements: the holder's placement after all moves; points that are still unconfirmed stay where they fit.
        nearest: whether it is proven that no best placement keeps more of the holder's points in place.
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
    """The holder's own placements compared with the best ones.

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
# Spare points.


@attrs.frozen(kw_only=True)
class AreaSlack(Checked):
    """The points that an area could ask for in addition, all else unchanged, before the outcome is not `MET`."""

    area: str
    required: Decimal
    spare: Decimal


@attrs.frozen(kw_only=True)
class Critical(Checked):
    """An activity without which the outcome would change, and what would be missing then.

    Attributes:
        activity: its id in the record.
        outcome: the outcome without it.
        short: the points missing in all without it.
        shortfalls: the proofs.
    """

    activity: str
    outcome: Outcome
    short: Decimal
    shortfalls: tuple[Shortfall, ...]


@attrs.frozen(kw_only=True)
class OtherPlacement(Checked):
    """Another placement as good as the decision's, with every activity in at most one mandatory area."""

    placements: tuple[PlacedPoints, ...]


@attrs.frozen(kw_only=True)
class CredentialSlack(Checked):
    """How close one credential is.

    Attributes:
        id: the credential, by its id in the record.
        outcome: its outcome today.
        areas: the spare points of each area, the pool (which stands for the whole) last; None unless the outcome is
            `MET`.
        critical: the activities that each change the outcome if left out, in the order of the record.
        others: other equally good placements, in a fixed order.
        more: whether there are, or may be, more of them.
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

