"""The answers about several credentials in one area."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._kit.shapes import Checked, FrozenMap, MapOf, Part, wire
from cmprules._rules.results import FeeQuote, Finding
from cmprules._words.enums import Outcome, Standing
from cmprules.renewal._shared_values import Requirements, Rule


@attrs.frozen(kw_only=True)
class Extent(Checked):
    """Points for several credentials: `least` if every activity serves all of them, `most` if none serves two."""

    least: Decimal
    most: Decimal


@attrs.frozen(kw_only=True)
class AreaExtent(Checked):
    """One area of the tables of several credentials: points required and short."""

    area: str
    required: Extent
    short: Extent


@attrs.frozen(kw_only=True)
class LetGo(Checked):
    """A credential that is let go: it becomes `expired` after its last day, or `no_end_date` (a voluntary one)."""

    id: str
    last_day: date | None
    becomes: Standing


@attrs.frozen(kw_only=True)
class Choice(Checked):
    """One way to choose among credentials in one area.

    Attributes:
        keep: ids of the credentials to maintain.
        outcomes: the outcome of each of them on the day of decision.
        required: points in all; None if a table is not established.
        short: points missing on the day of decision, according to the decision.
        areas: the same for each area, the pool last.
        fees: the cost of the declarations if they are sent together on that day.
        let_go: what happens to the others.

    >>> import cmprules
    >>> from cmprules.renewal import stacked
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "bb", "code": "BB", "expires_on": "2026-05-31"},
    ...                     {"id": "sbb", "code": "SBB", "expires_on": "2026-05-31"}]})
    >>> both = stacked(record, cmprules.load_book(edition="2026.1"), on="2026-03-10").groups[0].choices[-1]
    >>> both.keep, both.fees.total
    (('bb', 'sbb'), Decimal('205.00'))
    """

    keep: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    required: Extent | None
    short: Extent | None
    areas: tuple[AreaExtent, ...] | None
    fees: FeeQuote
    let_go: tuple[LetGo, ...]


@attrs.frozen(kw_only=True)
class StackedGroup(Checked):
    """Credentials that share their only area, and the choices among them."""

    area: str
    credentials: tuple[str, ...]
    choices: tuple[Choice, ...]


@attrs.frozen(kw_only=True)
class UnclearStack(Checked):
    """Two credentials that may or may not be in one area; `areas` are the areas they share."""

    credentials: tuple[str, ...]
    areas: tuple[str, ...]


@attrs.frozen(kw_only=True, repr=False)
class StackedChoices(Answer):
    """The choices of a holder who has several credentials in one area.

    Attributes:
        on: the day of the question.
        groups: the areas in which there is a choice; empty if there is none.
        unclear: pairs of credentials that may or may not be in one area.
        requirements: what each credential requires, by its id.
        findings: what else to know.
        rules: the rules that were applied.
        open: what is not established.

    >>> import cmprules
    >>> from cmprules.renewal import stacked
    >>> record = cmprules.read_record("examples/mls-and-sbb.json")
    >>> answer = stacked(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> answer.groups, answer.unclear[0].credentials
    ((), ('mls', 'sbb'))
    """

    schema: ClassVar[str] = "cmprules.stacked/1"

    on: date
    groups: tuple[StackedGroup, ...]
    unclear: tuple[UnclearStack, ...]
    requirements: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Requirements))))
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = attrs.field(repr=False)
    open: tuple[Rule, ...] = attrs.field(repr=False)
