"""An integer program in whole numbers: the input of the solver, and the check of its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

Terms = Mapping[int, int]
"""The coefficient of each variable, by its number."""


@attrs.frozen
class Row:
    """One rule: a sum of variables with a smallest value, a largest value, or both."""

    terms: Terms
    least: int | None
    most: int | None

    def holds(self, values: Sequence[int]) -> bool:
        """Return whether some values satisfy the rule exactly."""
        total = sum(count * values[variable] for variable, count in self.terms.items())
        return (self.least is None or total >= self.least) and (self.most is None or total <= self.most)


@attrs.frozen
class Program:
    """Whole variables of zero or more, each with its largest value, and the rules between them."""

    uppers: list[int] = attrs.field(factory=list)
    rows: list[Row] = attrs.field(factory=list)

    def variable(self, most: int = 1) -> int:
        """Add a variable and return its number."""
        self.uppers.append(most)
        return len(self.uppers) - 1

    def rule(self, terms: Terms, *, least: int | None = None, most: int | None = None) -> None:
        """Add a rule.  A rule without variables stays: it says whether the constants alone are enough."""
        self.rows.append(Row(dict(terms), least, most))

    def allows(self, values: Sequence[int]) -> bool:
        """Return whether some values satisfy every rule exactly."""
        within = all(0 <= value <= most for value, most in zip(values, self.uppers, strict=True))
        return within and all(row.holds(values) for row in self.rows)

    def with_rules(self, rows: Sequence[Row]) -> Program:
        """Return the same program with more rules."""
        return Program(self.uppers, [*self.rows, *rows])
