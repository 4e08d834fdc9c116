"""Checks of fees, of figures, and of the words that the code knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from cmprules._kit.points import exact_hundredths
from cmprules._kit.shapes import nearest
from cmprules._policy import rows as tables
from cmprules._policy.checks.noting import bad, neighbors, repeated
from cmprules._words import vocabulary
from cmprules.errors import Fault

FEE_ITEMS = ("application", "reduced_application", "reinstatement")
_FIGURES = ("cycle_months", "reduced_fee_months", "last_years_months", "opens_days_before_end",
            "advised_days_before_end")


def fees(name: str, rows: Sequence[tables.FeeTableRow]) -> Iterable[Fault]:
    """Check that amounts are whole cents of known items, and that a region's rows are in order and do not overlap."""
    yield from repeated(name, [row.id for row in rows])
    for row in rows:
        path = f"{name}: row {row.id}"
        yield from repeated(path, [cell.of for cell in row.cells])
        for cell in row.cells:
            if cell.of not in FEE_ITEMS:
                yield bad(f"{path}, {cell.of}", cell.of, "a fee item", nearest(cell.of, FEE_ITEMS))
            if exact_hundredths(cell.value) is None:
                yield bad(f"{path}, {cell.of}", cell.value, "whole cents")
        if row.until is not None and row.until < row.starts_on:
            yield bad(f"{path}, until", row.until, f"{row.starts_on} or later")
        if row.until is None and row.until_is == "last_seen":
            yield bad(f"{path}, until", None, "the day of the last sighting", "add it, or take out 'until_is'")
    for before, row in dict.fromkeys(neighbors(rows)):
        if before.until is None or row.starts_on <= before.until:
            yield bad(f"{name}: row {row.id}, from", row.starts_on, "a day after the row before has ended",
                       "put the rows in order")


def figures(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that figures of the process are whole, and that the cycle has the length that records are read with."""
    for row in parsed.figures:
        if exact_hundredths(row.value) != int(row.value) * 100:
            yield bad(f"cycle.toml or window.toml: row {row.id}, value", row.value, "a whole number of months or days")
        if row.id == "cycle_months" and row.value != vocabulary.CYCLE_MONTHS:
            yield bad("cycle.toml: row cycle_months, value", row.value, str(vocabulary.CYCLE_MONTHS),
                       "run tasks/write_vocabulary.py")


def words(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that the tables have exactly the words of the record format, and the figures that the code uses."""
    expected: dict[str, tuple[object, object]] = {
        "credentials.toml: codes": (tuple(vocabulary.NAMES), tuple(row.code for row in parsed.credentials)),
        "areas.toml: ids": ((*vocabulary.AREAS, vocabulary.POOL), tuple(row.id for row in parsed.rows("areas"))),
        "kinds.toml: units": (vocabulary.KINDS, {row.id: row.units for row in parsed.kinds}),
        "units.toml: points": (vocabulary.UNITS, {row.id: row.points for row in parsed.units}),
        "cycle.toml and window.toml: ids": (_FIGURES, tuple(row.id for row in parsed.figures)),
    }
    for path, (asked, found) in expected.items():
        if asked != found:
            yield bad(path, found, "the words of the record format", "run tasks/write_vocabulary.py")
    for row in parsed.limits:
        yield from _limit(f"limits.toml: row {row.id}", row)


VALUE_OF_LIMIT: dict[str, type[object]] = {
    "share_of_total": Decimal, "points": Decimal, "pool_only": bool, "done_from": date, "done_until": date,
    "rule": bool, "last_day": date, **dict.fromkeys(tables.FIGURES_OF_LIMITS, Decimal)}
_OF_NO_KIND = ("rule", "last_day", *tables.FIGURES_OF_LIMITS)
BY_KIND = "by_kind"
WORD_OF_RULE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("rule/duplicates", "rule/alike", *(f"rule/repeated/{kind}" for kind in vocabulary.KINDS)),
                    tables.OPEN_WORDS),
    "rule/repeated": (BY_KIND,), "rule/text_comparison": ("folded",), "rule/month_end": ("open",),
    "rule/former_code": ("open",), "rule/unit_grade": ("counts",), "rule/fee_of_inactive": ("open",),
    "rule/exam_pass": ("named",),
}
"""The rules with more answers than yes, and the words that the code knows for them."""


def _limit(path: str, row: tables.LimitRow) -> Iterable[Fault]:
    """Check that a bound has a kind and a rule has none, and that each has a value of its type or a known word."""
    words = WORD_OF_RULE.get(row.id, ())
    if (row.kind is None) is not (row.limit in _OF_NO_KIND) or (row.kind or "formal_ce") not in vocabulary.KINDS:
        yield bad(f"{path}, kind", row.kind, "a kind of activity")
    elif row.limit == "rule" and isinstance(row.value, str):
        if row.value not in words:
            yield bad(f"{path}, value", row.value, "a word that the code knows here", nearest(row.value, words))
    elif not isinstance(row.value, VALUE_OF_LIMIT[row.limit]):
        yield bad(f"{path}, value", row.value, VALUE_OF_LIMIT[row.limit].__name__.lower())
    elif row.limit in tables.FIGURES_OF_LIMITS and row.value != int(str(row.value).partition(".")[0]):
        yield bad(f"{path}, value", row.value, "a whole number")
