"""Checks of reforms: rows that replace established ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from cmprules._kit.points import exact_hundredths
from cmprules._kit.shapes import nearest
from cmprules._policy import rows as tables
from cmprules._policy.book import PolicyBook
from cmprules._policy.checks.noting import bad, overlap, repeated
from cmprules._policy.checks.own import own_points, own_setting, own_sources, same_group, units
from cmprules._policy.checks.points import last_days_of
from cmprules._policy.checks.words import VALUE_OF_LIMIT, fees
from cmprules.errors import Fault

Named = tuple[str, tables.ReformTable]
"""A table of a reform, and the name of its file."""


def check_reform(name: str, table: tables.ReformTable, book: PolicyBook, earlier: Sequence[Named],
                 faults: list[Fault]) -> bool:
    """Check that a reform table has sources, adds up, and replaces existing rows once; return whether it is wrong."""
    before = len(faults)
    faults.extend(own_sources(name, table, book))
    if isinstance(table, tables.ExtraPoints):
        faults.extend(own_points(name, table))
    elif isinstance(table, tables.ExtraFees):
        faults.extend(fees(name, table.row))
    elif isinstance(table, tables.ExtraKinds):
        faults.extend(_reform_kinds(name, table.row))
    elif isinstance(table, tables.ExtraLimits):
        faults.extend(_reform_limits(name, table.row, book))
    else:
        faults.extend(_reform_figures(name, table, book))
    for other, laid in earlier:
        faults.extend(_changed_twice(name, table, other, laid))
    return len(faults) > before


def _reform_kinds(name: str, rows: Sequence[tables.KindRow]) -> Iterable[Fault]:
    """Check the kinds of a reform, which may establish a kind or declare its value no longer established."""
    yield from repeated(name, [row.id for row in rows])
    for row in rows:
        yield from units(f"{name}: row {row.id}", row)


def _reform_limits(name: str, rows: Sequence[tables.LimitRow], book: PolicyBook) -> Iterable[Fault]:
    """Check that a reform moves a bound of the edition: a share, exact points, or a day."""
    yield from repeated(name, [row.id for row in rows])
    known = tuple(limit_id(kind, limit.limit) for kind, rule in book.rules.kinds.items() for limit in rule.limits)
    for row in rows:
        path = f"{name}: row {row.id}"
        if row.limit == "rule":
            yield from own_setting(path, row, book)
        elif row.id not in known or row.id != limit_id(str(row.kind), row.limit):
            yield bad(path, row.id, "the id, kind and limit of a bound of the edition", nearest(row.id, known))
        elif not isinstance(row.value, VALUE_OF_LIMIT[row.limit]):
            yield bad(f"{path}, value", row.value, VALUE_OF_LIMIT[row.limit].__name__.lower())
        elif isinstance(row.value, Decimal) and exact_hundredths(row.value) is None:
            yield bad(f"{path}, value", row.value, "an amount with at most two decimals")
        elif row.limit == "share_of_total" and isinstance(row.value, Decimal) and row.value > 1:
            yield bad(f"{path}, value", row.value, "a share between 0 and 1")


def limit_id(kind: str, limit: str) -> str:
    """Return the id of a bound on a kind, as the edition names it.

    >>> limit_id("college_course", "share_of_total")
    'college_course/share'
    """
    return f"{kind}/{limit.removesuffix('_of_total')}"


def _reform_figures(name: str, table: tables.ReformFigures, book: PolicyBook) -> Iterable[Fault]:
    """Check that a reform sets figures of the edition in their unit; only the length of a cycle cannot change."""
    yield from repeated(name, [row.id for row in table.row])
    known = (*book.figures, *(key for key, stated in book.statements.items() if not stated.established))
    for row in table.row:
        path, figure = f"{name}: row {row.id}", table.name(row)
        if figure not in known:
            yield bad(path, figure, "a figure of the edition", nearest(figure, known))
        elif figure == "cycle_months":
            yield bad(path, figure, "another figure", "records are read with cycles of this length")
        elif figure in book.figures and book.figures[figure].unit != table.unit_of(row):
            yield bad(f"{path}, unit", table.unit_of(row), book.figures[figure].unit)
        yield from _reform_value(path, row, table.unit_of(row))


def _reform_value(path: str, row: tables.FigureRow | tables.ProcessRow, unit: str) -> Iterable[Fault]:
    """Check that a figure of a reform has a value: a whole number, or an amount in whole cents."""
    hundredths = exact_hundredths(row.value) if isinstance(row.value, Decimal) else None
    if hundredths is None or not getattr(row, "established", True) or (unit != "usd" and hundredths % 100):
        yield bad(f"{path}, value", row.value, "whole cents" if unit == "usd" else "a whole number")


def _changed_twice(name: str, table: tables.ReformTable, other: str, laid: tables.ReformTable) -> Iterable[Fault]:
    """Check that no two reform files change the same thing; otherwise the result would depend on their order."""
    for row in table.row:
        if any(_same_thing(table, row, laid, before) for before in laid.row):
            yield bad(f"{name}: row {row.id}", row.id, "something that no other file of the reform changes",
                       f"{other} changes it already; put them together")


def _same_thing(table: tables.ReformTable, row: Any, laid: tables.ReformTable, before: Any) -> bool:
    """Return whether two rows of different files change the same thing, at least for some days."""
    if type(table) is not type(laid):
        return False
    if isinstance(table, tables.ExtraPoints) and isinstance(laid, tables.ExtraPoints):
        spans = dict(zip(laid.row, last_days_of(laid.row), strict=True))
        own = dict(zip(table.row, last_days_of(table.row), strict=True))
        return (table.code, table.body) == (laid.code, laid.body) and overlap(
            row.starts_on, own[row], before.starts_on, spans[before])
    if isinstance(table, tables.ExtraFees):
        shared = {cell.of for cell in row.cells} & {cell.of for cell in before.cells}
        return row.region == before.region and same_group(row, before) and bool(shared) and overlap(
            row.starts_on, row.until, before.starts_on, before.until)
    if isinstance(table, tables.ReformFigures) and isinstance(laid, tables.ReformFigures):
        return table.name(row) == laid.name(before)
    return bool(row.id == before.id)
