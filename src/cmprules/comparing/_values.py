"""The values of a comparison."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import attrs

from cmprules._answers.answer import Shown
from cmprules._kit.shapes import (
    LEAVE_OUT,
    Checked,
    FrozenMap,
    MapOf,
    Maybe,
    Number,
    Part,
    Plain,
    Word,
    wire,
)
from cmprules._policy.book import Figure, Source
from cmprules._rules.results import Stamp
from cmprules._words.codes.notices import NOTICE
from cmprules._words.enums import Grade

CAUSES = ("record", "day", "edition", "rows", "trust", "rules", "library")
WHATS = ("stamp", "day", "credential", "cycle", "table", "activity", "placement", "area", "total", "shortfall",
         "outcome", "standing", "grade", "declaration", "need", "finding", "fee", "source", "notice")
HOWS = ("alone", "each", "together", "mixed", "untried")


@attrs.frozen(kw_only=True)
class PolicySide(Checked):
    """One of the two tables being compared.

    Attributes:
        row: the row of the table.
        starts_on: the first expiration date for which the row is valid.
        grade: the weakest grade of its figures; None if it is not established.
        notes: what is known if it is not established, and whether it is hypothetical.
    """

    code: str
    body: str
    expires_on: date
    established: bool
    row: str
    starts_on: date
    grade: Grade | None
    notes: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class FigureChange(Checked):
    """One figure in which two tables differ.

    Attributes:
        requirement: `total`, `area`, `pool` or `cap`.
        of: the area, or the capped kind of activity; `total` and `pool` for those two.
        change: `added`, `removed`, `raised`, `lowered`, or `grounds` if only the source or grade differs; `unknown` if
            one of the tables is not established.
        before: the figure of the first table, with its source; None if it has none.
        after: the figure of the second.
        difference: additional points compared with before (negative for fewer); None if one of the tables is not
            established.
    """

    requirement: str = attrs.field(metadata=wire(Word(("total", "area", "pool", "cap"), "a requirement",
                                                      "UNKNOWN_WORD")))
    of: str
    change: str = attrs.field(metadata=wire(Word(("added", "removed", "raised", "lowered", "grounds", "unknown"),
                                                 "a change", "UNKNOWN_WORD")))
    before: Figure | None
    after: Figure | None
    difference: Decimal | None = attrs.field(metadata=wire(Maybe(Number(signed=True))))


@attrs.frozen(kw_only=True, repr=False)
class PolicyComparison(Shown):
    """What changes from one table of requirements to another.

    Attributes:
        before: the first table.
        after: the second.
        figures: every figure that differs: total, areas, pool, caps; empty if the requirements are the same.
        sources: the documents that the figures of both tables cite, by id.
        notice: that this is not ASCP's decision.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> old, new = (book.policy_for("PBT", expires_on=day) for day in ("2022-12-31", "2023-12-31"))
    >>> [(change.of, str(change.difference)) for change in cmprules.compare(old, new).figures if change.difference]
    [('ethics', '1'), ('pool', '-1')]
    """

    schema: ClassVar[str] = "cmprules.policy-comparison/1"

    before: PolicySide
    after: PolicySide
    figures: tuple[FigureChange, ...]
    sources: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Source))))
    notice: str = attrs.field(default=NOTICE)

    def __repr__(self) -> str:
        """Name the two tables, and the number of figures that differ; `cmprules.render` shows all of it."""
        before, after = (f"{side.code}({side.body}) {side.expires_on}" for side in (self.before, self.after))
        return f"<PolicyComparison {before} to {after}: figures {len(self.figures)}>"


@attrs.frozen(kw_only=True)
class ChangedValue(Checked):
    """One value in which two decisions differ.

    Attributes:
        what: what it is part of: `outcome`, `area`, `fee` and so on.
        credential: the id of the credential that it is about, if it is about one.
        subject: the activity, area, kind, item or document that it is about, if it is about one.
        path: its place, with members of lists by name: `$.credentials[mls].outcome`.
        before: the value of the first decision, as plain data; None if it is null or missing.
        after: the value of the second.
        only_in: `before` or `after` if only one decision has the value; None if both have it, even as null.
    """

    what: str = attrs.field(metadata=wire(Word(WHATS, "a part of a decision", "UNKNOWN_WORD")))
    credential: str | None
    subject: str | None
    path: str
    before: Any = attrs.field(metadata=wire(Plain()))
    after: Any = attrs.field(metadata=wire(Plain()))
    only_in: str | None = attrs.field(
        default=None, metadata=wire(Maybe(Word(("before", "after"), "a side", "UNKNOWN_WORD")), leave_out=True))


@attrs.frozen(kw_only=True)
class Attribution(Checked):
    """The effect of one cause on one value, found by deciding again.

    Attributes:
        cause: the cause.
        alone: whether changing only this cause in the first decision gives the new value.
        undone: whether undoing only this cause in the second decision restores the old value.
    """

    cause: str = attrs.field(metadata=wire(Word(CAUSES, "a cause", "UNKNOWN_WORD")))
    alone: bool
    undone: bool


@attrs.frozen(kw_only=True)
class DecisionChange(ChangedValue):
    """A value in which two decisions differ, and its cause.

    Attributes:
        what: what it is part of: `outcome`, `area`, `fee` and so on.
        credential: the id of the credential that it is about, if it is about one.
        subject: the activity, area, kind, item or document that it is about, if it is about one.
        path: its place, with members of lists by name: `$.credentials[mls].outcome`.
        before: the value of the first decision, as plain data; None if it is null or missing.
        after: the value of the second.
        only_in: `before` or `after` if only one decision has the value; None if both have it, even as null.
        how: `alone` (one cause is enough, and without it nothing changes), `each` (each of several is enough),
            `together` (several are needed, and none is enough), `mixed` (none of these), `untried`.
        because: the effect of each cause; empty if the causes were not tried.
    """

    how: str = attrs.field(metadata=wire(Word(HOWS, "a way to be caused", "UNKNOWN_WORD")))
    because: tuple[Attribution, ...]


@attrs.frozen(kw_only=True)
class Cause(Checked):
    """An input in which two decisions differ.

    Attributes:
        cause: `record`, `day`, `edition`, `rows` (the user's own, including reforms), `trust`, `rules` (the version
            number of the logic) or `library` (its version, which never changes an answer).
        before: what the first was made with: a digest, a day, a name.
        after: what the second was made with.
    """

    cause: str = attrs.field(metadata=wire(Word(CAUSES, "a cause", "UNKNOWN_WORD")))
    before: Any = attrs.field(metadata=wire(Plain()))
    after: Any = attrs.field(metadata=wire(Plain()))


@attrs.frozen(kw_only=True)
class DecisionSide(Checked):
    """One of the two decisions being compared: its day, and what it was made with."""

    on: date
    stamp: Stamp


@attrs.frozen(kw_only=True, repr=False)
class DecisionComparison(Shown):
    """What changes from one decision to another, and the causes.

    Attributes:
        before: the first decision.
        after: the second.
        causes: every input in which the two differ.
        changes: every value that differs, in the order of the credentials; empty if the two are the same.
        sources: the documents that either decision cites, by id.
        notice: that this is not ASCP's decision.

    >>> import cmprules
    >>> record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
    ...     "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}]})
    >>> book = cmprules.load_book(edition="2026.1")
    >>> days = [cmprules.decide(record, book, on=day) for day in ("2026-05-31", "2026-06-01")]
    >>> found = cmprules.compare(*days)
    >>> [str(cause.cause) for cause in found.causes]
    ['day']
    >>> [(change.before, change.after) for change in found.changes if change.what == "standing"]
    [('current', 'expired')]
    """

    schema: ClassVar[str] = "cmprules.decision-comparison/1"

    before: DecisionSide
    after: DecisionSide
    causes: tuple[Cause, ...]
    changes: tuple[DecisionChange, ...]
    sources: FrozenMap = attrs.field(metadata=wire(MapOf(Part(Source))))
    notice: str = attrs.field(default=NOTICE)

    def __repr__(self) -> str:
        """Name the two days, and the number of causes and changes; `cmprules.render` shows all of it."""
        days = f"{self.before.on} to {self.after.on}"
        return f"<DecisionComparison {days}: causes {len(self.causes)}, changes {len(self.changes)}>"
