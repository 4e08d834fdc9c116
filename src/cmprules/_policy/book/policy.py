"""The requirements for one credential and one expiration date."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import attrs

from cmprules._kit.notebook import Displayed
from cmprules._kit.points import decimal_text
from cmprules._kit.shapes import INNER, LEAVE_OUT, Checked, FrozenMap, Word
from cmprules._policy.book.counting import CountingRules
from cmprules._policy.book.figures import AreaFigure, CapFigure, Figure, PointsRow
from cmprules._policy.book.sources import Citation
from cmprules._words.codes.notices import HYPOTHETICAL
from cmprules._words.enums import TRUST_SCALE, Grade, weakest
from cmprules.errors import Fault, InputError


@attrs.frozen(kw_only=True)
class Policy(Displayed, Checked):
    """The requirements for one credential and one expiration date, every figure with its source.

    Attributes:
        established: whether the table is known; if not, the figures are None and `notes` say what is known.
        total: points in a cycle.
        areas: the minimum of each mandatory area, in the order of the table.
        pool: the remaining points, in any area.
        caps: the most points from some kinds of activity.
        row: the row of the table.
        rules: what every table shares: the kinds of activity and their limits.
        sources: the documents that its figures cite, by id.
    """

    schema: ClassVar[str] = "cmprules.policy/1"

    code: str
    body: str
    expires_on: date
    established: bool
    total: Figure | None
    areas: tuple[AreaFigure, ...] | None
    pool: Figure | None
    caps: tuple[CapFigure, ...] | None
    notes: tuple[str, ...] = attrs.field(default=(), metadata=LEAVE_OUT)
    row: PointsRow = attrs.field(metadata=INNER)
    rules: CountingRules = attrs.field(metadata=INNER, repr=False)
    sources: FrozenMap = attrs.field(metadata=INNER, repr=False)

    def __repr__(self) -> str:
        total = "not established" if self.total is None else f"{decimal_text(self.total.value)} points"
        return f"<Policy {self.code}({self.body}), expires on {self.expires_on}: {total}>"

    @cached_property
    def _compiled(self) -> dict[Grade, Any]:
        """The finder's form of the table, for each accepted grade."""
        return {}

    @property
    def grade(self) -> Grade | None:
        """The weakest grade of the table's cells; None if it is not established."""
        return weakest(cell.figure.grade for cell in self.row.cells) if self.established else None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every distinct citation of the row, its first day included."""
        return self._cited

    @cached_property
    def _cited(self) -> tuple[Citation, ...]:
        cited = [cell.figure.citation for cell in self.row.cells]
        return tuple(dict.fromkeys([*cited, self.row.begins]))

    def under(self, trust: Grade | str) -> Policy:
        """Return the table for an accepted grade: with one weaker cell it is not established.

        Raises:
            InputError: `trust` is no grade.

        >>> import cmprules
        >>> pbt = cmprules.load_book(edition="2026.1").policy_for("PBT", expires_on="2026-05-31")
        >>> pbt.under("official").established
        False
        >>> pbt.under("certain")
        Traceback (most recent call last):
        ...
        cmprules.errors.InputError: input has 1 fault:
          $.trust: UNKNOWN_WORD: got 'certain', expected a grade; known: official, official_old, ...
        """
        if not isinstance(trust, Grade):
            trust = _grade(trust)
        if not self.established or all(cell.figure.grade.satisfies(trust) for cell in self.row.cells):
            return self
        marks = tuple(note for note in self.notes if note == HYPOTHETICAL)
        return attrs.evolve(self, established=False, total=None, areas=None, pool=None, caps=None,
                            notes=(*marks, f"a figure of this table is weaker than the grade asked for, {trust}"))


def _grade(trust: object) -> Grade:
    """Read a grade that was given as text."""
    faults: list[Fault] = []
    word = Word(tuple(map(str, TRUST_SCALE)), "a grade", "UNKNOWN_WORD").read(trust, "$.trust", faults)
    if faults:
        raise InputError(faults)
    return Grade(word)


def tables_of(policy: Policy) -> dict[Grade, Any]:
    """Return the store for the finder's forms of a policy, by accepted grade."""
    return policy._compiled  # noqa: SLF001  # its only reader outside the class
