"""Note the faults of a row; and the checks that every table needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from cmprules._policy import rows as tables
from cmprules._words import vocabulary
from cmprules.errors import Fault


def bad(path: str, value: object, expected: str, hint: str = "correct the row") -> Fault:
    return Fault(path=path, code="BAD_ROW", value=value, expected=expected, hint=hint)


def neighbors(rows: Sequence[tables.FeeTableRow]) -> Iterator[tuple[tables.FeeTableRow, tables.FeeTableRow]]:
    """Pair each row with the next row that may apply to the same credential."""
    for region in vocabulary.FEE_REGIONS:
        for group in tables.FEE_GROUPS:
            yield from pairwise(row for row in rows if row.region == region and row.group in {None, group})


def question(path: str, row: tables.TextRow) -> Iterable[Fault]:
    if not row.established and not row.question:
        yield bad(path, None, "the open question", "add 'question'")


def span(path: str, starts_on: date | None, until: date | None) -> Iterable[Fault]:
    """Check that a row does not end before it begins."""
    if starts_on is not None and until is not None and until < starts_on:
        yield bad(f"{path}, until", until, f"{starts_on} or later")


def value_if_established(path: str, row: tables.TextRow, value: Decimal | date | None) -> Iterable[Fault]:
    if row.established is (value is None):
        yield bad(path, value, "a value" if row.established else "no value",
                   "a figure without a source is not established")


def repeated(path: str, ids: Iterable[str]) -> Iterable[Fault]:
    seen = set()
    for name in ids:
        if name in seen:
            yield bad(path, name, "each id once", "give it a name of its own")
        seen.add(name)


def overlap(start: date, last: date | None, other_start: date, other_last: date | None) -> bool:
    """Return whether two spans share a day; a span without a last day never ends."""
    return (last is None or other_start <= last) and (other_last is None or start <= other_last)
