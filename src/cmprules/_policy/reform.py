"""Lay a reform over a book: its rows replace established ones, from a day on or entirely.

Everything that a reform does not change stays as it is.  A reform adds no computation of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from cmprules._kit.calendar import ONE_DAY
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import (
    CountingRules,
    FeeRow,
    KindRule,
    Limit,
    PointsRow,
    PolicyBook,
    ProcessFigure,
    Setting,
    Statement,
)

SUFFIX = "+hypothetical"
"""The suffix of an edition's name under a reform, so that every answer shows it."""


def with_points(book: PolicyBook, table: str, rows: Sequence[PointsRow]) -> PolicyBook:
    """Replace rows of points in the book, for the days on which each new row holds."""
    kept: Iterable[PointsRow] = book.tables.get(table, ())
    for own in rows:
        kept = [piece for row in kept for piece in _outside(row, own.starts_on, own.ends_on)]
    laid = sorted([*kept, *rows], key=lambda row: row.starts_on)
    return attrs.evolve(book, tables=FrozenMap({**book.tables, table: tuple(laid)}))


def _outside(row: PointsRow, first: date, last: date | None) -> Iterator[PointsRow]:
    """Yield the parts of a row before the first day of another row and after its last day."""
    if row.starts_on < first:
        yield row if row.ends_on is not None and row.ends_on < first else attrs.evolve(row, ends_on=first - ONE_DAY)
    if last is not None and (row.ends_on is None or row.ends_on > last):
        yield row if row.starts_on > last else attrs.evolve(row, starts_on=last + ONE_DAY)


def with_fees(book: PolicyBook, rows: Sequence[FeeRow]) -> PolicyBook:
    """Add amounts that override those of the book; an item that a new row does not name keeps its fee."""
    return attrs.evolve(book, fees=(*rows, *book.fees))


def with_kinds(book: PolicyBook, kinds: Iterable[KindRule]) -> PolicyBook:
    """Replace rules on kinds of activity in the book."""
    changed = {rule.kind: rule for rule in kinds}
    return attrs.evolve(book, rules=CountingRules(kinds=FrozenMap({**book.rules.kinds, **changed})))


def with_limits(book: PolicyBook, limits: Iterable[tuple[str, str, Limit]]) -> PolicyBook:
    """Replace bounds in the book; each comes with its id and its kind."""
    kinds, statements = dict(book.rules.kinds), dict(book.statements)
    for name, kind, own in limits:
        rule: KindRule = kinds[kind]
        moved = tuple(own if limit.limit == own.limit else limit for limit in rule.limits)
        kinds[kind] = attrs.evolve(rule, limits=moved)
        statements[name] = attrs.evolve(statements[name], citation=own.citation)
    return attrs.evolve(book, rules=CountingRules(kinds=FrozenMap(kinds)), statements=FrozenMap(statements))


def with_figures(book: PolicyBook, figures: Iterable[tuple[ProcessFigure, str | None]]) -> PolicyBook:
    """Replace figures of the process in the book; each comes with its text."""
    found, statements = dict(book.figures), dict(book.statements)
    for figure, text in figures:
        found[figure.name] = figure
        stated: Statement | None = statements.get(figure.name)
        if stated is not None:
            statements[figure.name] = attrs.evolve(stated, text=text or stated.text, citation=figure.citation,
                                                   question=None, established=True)
    return attrs.evolve(book, figures=FrozenMap(found), statements=FrozenMap(statements))


def with_settings(book: PolicyBook, settings: Iterable[Setting]) -> PolicyBook:
    """Let a user's own rows decide whether activities that may be one are one."""
    found, statements = dict(book.settings), dict(book.statements)
    for own in settings:
        found[own.id] = own
        statements[own.id] = attrs.evolve(statements[own.id], citation=own.citation)
    return attrs.evolve(book, settings=FrozenMap(found), statements=FrozenMap(statements))
