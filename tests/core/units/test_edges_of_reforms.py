"""The parts of an established row that a reform leaves: both sides of its first and of its last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmprules._policy.reform import _outside, with_points
from tests.strategies import edition

ROW = edition().tables["MLS"][0] if "MLS" in edition().tables else next(iter(edition().tables.values()))[0]
START, END = date(2024, 1, 1), date(2025, 12, 31)
Span = tuple[str, str | None]


def row(first: date, last: date | None) -> Any:
    """Make a row of points that binds between two days."""
    return attrs.evolve(ROW, starts_on=first, ends_on=last)


def spans(first: date, last: date | None) -> list[Span]:
    """List what is left of the row for 2024 and 2025 around a reform."""
    return [(str(piece.starts_on), None if piece.ends_on is None else str(piece.ends_on))
            for piece in _outside(row(START, END), first, last)]


@pytest.mark.parametrize(("first", "last", "left"), [
    ("2025-12-31", None, [("2024-01-01", "2025-12-30")]),  # it begins on the row's last day
    ("2026-01-01", None, [("2024-01-01", "2025-12-31")]),  # a day later, it replaces nothing
    ("2024-01-01", None, []),
    ("2024-01-02", None, [("2024-01-01", "2024-01-01")]),
    ("2023-01-01", "2024-01-01", [("2024-01-02", "2025-12-31")]),  # it ends on the row's first day
    ("2023-01-01", "2023-12-31", [("2024-01-01", "2025-12-31")]),
    ("2023-01-01", "2025-12-31", []),  # it ends on the row's last day
    ("2023-01-01", "2025-12-30", [("2025-12-31", "2025-12-31")]),
    ("2024-06-01", "2024-06-30", [("2024-01-01", "2024-05-31"), ("2024-07-01", "2025-12-31")]),
])
def test_both_sides_of_every_day(first: str, last: str | None, left: list[Span]) -> None:
    """No day has two rows, and none is lost."""
    assert spans(date.fromisoformat(first), None if last is None else date.fromisoformat(last)) == left


@given(st.integers(-40, 40), st.none() | st.integers(0, 40), st.integers(0, 20), st.none() | st.integers(0, 20))
def test_every_day_has_one_row(first: int, days: int | None, starts: int, length: int | None) -> None:
    """Law: each day of a row or of a reform over it has exactly one row, the reform's first."""
    begin = START + timedelta(days=first)
    own = row(begin, None if days is None else begin + timedelta(days=days))
    old = row(START + timedelta(days=starts), None if length is None else START + timedelta(days=starts + length))
    book = attrs.evolve(edition(), tables=type(edition().tables)({**edition().tables, "t": (old,)}))
    laid = with_points(book, "t", [own]).tables["t"]

    def binds(one: Any, on: date) -> bool:
        return bool(one.starts_on <= on and (one.ends_on is None or on <= one.ends_on))

    for offset in range(-45, 85):
        on = START + timedelta(days=offset)
        assert sum(binds(one, on) for one in laid) == (binds(own, on) or binds(old, on))
        assert not binds(own, on) or own in [one for one in laid if binds(one, on)]
