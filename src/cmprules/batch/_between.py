"""Books between two books: the first book with some requirements of the second.

Two answers do not show which requirement caused a change.  To find the cause, decide with books in which only one
requirement is changed, and with books in which all but one are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from cmprules._kit.calendar import EARLIEST_DAY, LATEST_DAY, ONE_DAY
from cmprules._kit.points import from_hundredths
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import Cell, CountingRules, KindRule, Limit, PointsRow, Policy, PolicyBook
from cmprules._words import vocabulary
from cmprules._words.enums import Grade
from cmprules.errors import NotInForceError

REQUIREMENTS = ("table", "total", "area", "cap", "kind", "limit", "figure")
TOTAL = "total"
FIGURES = ("cycle_months", "last_years_months")
"""The figures of the process that can change an outcome."""


@attrs.frozen
class Requirement:
    """A requirement that differs between two books and can be changed by itself.

    Attributes:
        requirement: `table` (known in only one book), `total`, `area` (a minimum), `cap` (the most points of a kind),
            `kind` (whether its value is established), `limit` (another bound on a kind) or `figure` (a number of
            months).
        of: the area, the kind, `kind/limit` or the name of the figure; `table` and `total` for these.
    """

    requirement: str
    of: str

    @property
    def place(self) -> tuple[int, int, str]:
        """The sort key: by type, then in the order of the vocabulary, then by name."""
        listed = (*vocabulary.AREAS, *vocabulary.KINDS)
        kind = self.of.partition("/")[0]
        return REQUIREMENTS.index(self.requirement), listed.index(kind) if kind in listed else len(listed), self.of


Requirements = frozenset[Requirement]
TABLE = Requirement("table", "table")


@attrs.frozen(kw_only=True)
class Span:
    """A range of expiration dates in which each book has one row for a credential, or none."""

    first: date
    last: date
    before: PointsRow | None
    after: PointsRow | None
    differ: Requirements

    def row(self, changed: Requirements) -> PointsRow | None:
        """Return the row of the first book with some requirements of the second."""
        mine = self.differ & changed
        row = self.after if mine and mine == self.differ else self.before
        if self.before is not None and self.after is not None and mine and mine != self.differ:
            row = _mixed(self.before, self.after, mine)
        return None if row is None else attrs.evolve(row, starts_on=self.first, ends_on=self.last)


@attrs.frozen(kw_only=True)
class Between:
    """Two books, an accepted grade, and every book between the two."""

    before: PolicyBook
    after: PolicyBook
    trust: Grade
    spans: dict[str, tuple[Span, ...]]
    shared: Requirements

    @classmethod
    def of(cls, before: PolicyBook, after: PolicyBook, trust: Grade) -> Between:
        """Find the requirements that differ between two books at an accepted grade."""
        pairs = [(code, body) for code, bodies in vocabulary.BODIES.items() for body in bodies]
        return cls(before=before, after=after, trust=trust, shared=frozenset(_shared(before, after, trust)),
                   spans={f"{code}({body})": tuple(_spans(code, body, (before, after), trust))
                          for code, body in pairs})

    def requirements_of(self, credential: str) -> Requirements:
        """Return the requirements that differ for a credential such as `MLS(ASCP)`."""
        return self.shared.union(*(span.differ for span in self.spans[credential]))

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements that differ for any credential, in order."""
        found = self.shared.union(*(span.differ for spans in self.spans.values() for span in spans))
        return in_order(found)

    def book(self, changed: Requirements) -> PolicyBook:
        """Make the first book with some requirements of the second.

        The pool is the rest of the total.  If the areas add up to more than the total, their sum becomes the total,
        because a holder who meets the areas has that number of points.
        """
        rows = {name: tuple(row for span in spans if (row := span.row(changed)) is not None)
                for name, spans in self.spans.items() if any(span.differ & changed for span in spans)}
        kinds = {kind: _kind(rule, self.after.rules.kinds[kind], changed)
                 for kind, rule in self.before.rules.kinds.items()}
        figures = {requirement.of: self.after.figures[requirement.of]
                   for requirement in changed if requirement.requirement == "figure"}
        return attrs.evolve(self.before, tables=FrozenMap({**self.before.tables, **rows}),
                            rules=CountingRules(kinds=FrozenMap(kinds)),
                            sources=FrozenMap({**self.after.sources, **self.before.sources}),
                            figures=FrozenMap({**self.before.figures, **figures}))


def in_order(found: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Sort requirements in the order of their kinds, then of the vocabulary."""
    return tuple(sorted(found, key=lambda requirement: requirement.place))


# ---------------------------------------------------------------------------------------------------------
# Tables of points.


def _spans(code: str, body: str, books: tuple[PolicyBook, PolicyBook], trust: Grade) -> Iterator[Span]:
    """Divide all expiration dates into ranges in which neither book changes its row."""
    rows = [row for book in books for row in book.tables.get(f"{code}({body})", ())]
    turns = {row.starts_on for row in rows} | {row.ends_on + ONE_DAY for row in rows if row.ends_on is not None}
    days = [EARLIEST_DAY, *sorted(day for day in turns if EARLIEST_DAY < day <= LATEST_DAY)]
    for first, following in zip(days, [*days[1:], LATEST_DAY + ONE_DAY], strict=True):
        before, after = (_binding(book, code, body, first) for book in books)
        yield Span(first=first, last=following - ONE_DAY, differ=_differences(before, after, trust),
                   before=None if before is None else before.row, after=None if after is None else after.row)


def _binding(book: PolicyBook, code: str, body: str, day: date) -> Policy | None:
    """Find the table for an expiry on a day, if one is in force."""
    try:
        return book.policy_for(code, expires_on=day, body=body)
    except NotInForceError:
        return None


def _differences(before: Policy | None, after: Policy | None, trust: Grade) -> Requirements:
    """Return the requirements in which two tables differ; none if neither is known."""
    known = [policy is not None and policy.under(trust).established for policy in (before, after)]
    if before is None or after is None or not all(known):
        return frozenset([TABLE]) if any(known) else frozenset()
    first, second = (_asked(policy.row) for policy in (before, after))
    return frozenset(_named(name) for name in {*first, *second} if first.get(name, 0) != second.get(name, 0))


def _asked(row: PointsRow) -> dict[str, int]:
    """Return the total and the minimum of every area, in hundredths of a point; the pool follows from these."""
    return {cell.of: cell.figure.hundredths for cell in row.cells if cell.of != vocabulary.POOL}


def _named(cell: str) -> Requirement:
    return Requirement(TOTAL if cell == TOTAL else "area", cell)


def _mixed(before: PointsRow, after: PointsRow, changed: Requirements) -> PointsRow:
    """Make the first row with some figures of the second."""
    first, second = ({cell.of: cell for cell in row.cells} for row in (before, after))
    cells = [(second if _named(name) in changed else first).get(name)
             for name in dict.fromkeys((*first, *second)) if name != vocabulary.POOL]
    kept = {cell.of: cell for cell in cells if cell is not None}
    areas = sum(cell.figure.hundredths for name, cell in kept.items() if name != TOTAL)
    total = max(kept[TOTAL].figure.hundredths, areas)
    amounts = {TOTAL: total, vocabulary.POOL: total - areas}
    return attrs.evolve(before, cells=tuple(
        _with(cell, amounts.get(name)) for name, cell in {**kept, vocabulary.POOL: first[vocabulary.POOL]}.items()))


def _with(cell: Cell, hundredths: int | None) -> Cell:
    """Return the cell with another amount."""
    if hundredths is None:
        return cell
    return attrs.evolve(cell, figure=attrs.evolve(cell.figure, value=from_hundredths(hundredths)))


# ---------------------------------------------------------------------------------------------------------
# Rules shared by all tables.


def _shared(before: PolicyBook, after: PolicyBook, trust: Grade) -> Iterator[Requirement]:
    """Return the requirements that differ for every credential."""
    for kind in vocabulary.KINDS:
        first, second = (_rules_on(book.rules.kinds[kind], trust) for book in (before, after))
        yield from (rule for rule in dict.fromkeys((*first, *second)) if first.get(rule) != second.get(rule))
    for name in FIGURES:
        if before.number(name) != after.number(name):
            yield Requirement("figure", name)


def _rules_on(rule: KindRule, trust: Grade) -> dict[Requirement, object]:
    """Return everything that a book says about a kind and that can change an outcome."""
    found: dict[Requirement, object] = {
        Requirement("kind", rule.kind): rule.established and rule.citation.grade.satisfies(trust)}
    for limit in rule.limits:
        said = (limit.limit, limit.value, limit.day, limit.value is None or limit.citation.grade.satisfies(trust))
        found.setdefault(_bound(rule.kind, limit), said)  # of two bounds, the first is the cap
    return found


def _bound(kind: str, limit: Limit) -> Requirement:
    """Name a bound on a kind: a cap on its points, or any other."""
    return Requirement("limit", f"{kind}/{limit.limit}") if limit.value is None else Requirement("cap", kind)


def _kind(before: KindRule, after: KindRule, changed: Requirements) -> KindRule:
    """Make the first book's rule for a kind, with some parts of the second book's."""
    limits = [limit for limit in before.limits if _bound(before.kind, limit) not in changed]
    limits += [limit for limit in after.limits if _bound(after.kind, limit) in changed]
    mixed = attrs.evolve(before, limits=tuple(limits))
    if Requirement("kind", before.kind) not in changed:
        return mixed
    return attrs.evolve(mixed, established=after.established, citation=after.citation)

