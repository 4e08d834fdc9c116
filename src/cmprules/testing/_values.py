"""Days and amounts, and readers for the arguments of strategies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from types import EllipsisType
from typing import Any, TypeAlias, TypeVar, cast

from hypothesis import strategies as st

from cmprules._facts.records import Period
from cmprules._kit.calendar import add_months, first_of_month
from cmprules._kit.points import exact_hundredths, from_hundredths
from cmprules._kit.shapes import Day, ListOf, Number, Shape, Whole
from cmprules._policy.book import PolicyBook
from cmprules._policy.load import load_book
from cmprules._words.limits import MOST_POINTS
from cmprules.errors import Fault, InputError

T = TypeVar("T")
Choice: TypeAlias = T | st.SearchStrategy[T] | EllipsisType
"""An argument: a value, a strategy of values, or `...`, which lets the strategy choose."""


@cache
def newest_book() -> PolicyBook:
    """Return the default book."""
    return load_book()


def read_argument(shape: Shape, value: object, path: str) -> Any:
    """Read an argument like a field of a record.

    Raises:
        InputError: the argument cannot be read.
    """
    faults: list[Fault] = []
    read = shape.read(value, path, faults)
    if faults:
        raise InputError(faults)
    return read


def read_count(value: object, least: int, path: str) -> int:
    """Read a largest number."""
    count: int = read_argument(Whole(), value, path)
    if count < least:
        raise InputError([Fault(path=path, code="NOT_POSITIVE" if least else "NEGATIVE", value=count,
                                expected=f"{least} or more", hint="leave it out")])
    return count


def chosen(item: Shape, values: Sequence[str] | None, path: str, default: Iterable[str]) -> tuple[str, ...]:
    """Read words to choose from: at least one; if absent, the default."""
    if values is None:
        return tuple(default)
    return cast("tuple[str, ...]", read_argument(ListOf(item, at_least=1), values, path))


# ---------------------------------------------------------------------------------------------------------
# Days.


def days(first: date | str = date(2007, 1, 1), last: date | str = date(2028, 12, 31)) -> st.SearchStrategy[date]:
    """Draw days of a span, often the first or the last day of a month, or the end of February.

    Args:
        first: the first day that may be drawn.
        last: the last day that may be drawn.

    Raises:
        InputError: one of them is not a day, or the last is earlier than the first.

    >>> from hypothesis import find
    >>> find(days("2024-01-31", "2026-12-31"), lambda day: day.year > 2024)
    datetime.date(2025, 1, 1)
    >>> days("2026-12-31", "2024-01-31")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.end: END_BEFORE_START: got '2024-01-31', expected 2026-12-31 or later; exchange the two days
    """
    span = Period(start=cast("date", first), end=cast("date", last))
    return days_between(span.start, span.end)


_HOW = st.sampled_from(("any", "any", "first", "last", "february"))
_BACK = st.integers(0, 2)


@st.composite
def days_between(draw: st.DrawFn, first: date, last: date) -> date:
    """Draw a day of a checked span, and sometimes move it to the edge of a month."""
    day = draw(st.dates(first, last))
    how = draw(_HOW)
    moved = day
    if how == "first":
        moved = first_of_month(day)
    elif how == "last":
        moved = last_of_month(day)
    elif how == "february":
        moved = last_of_month(day.replace(day=1, month=2)) - timedelta(days=draw(_BACK))
    return moved if first <= moved <= last else day


def last_of_month(day: date) -> date:
    """Return the last day of the month that a day lies in."""
    return add_months(first_of_month(day), 1) - timedelta(days=1)


def day_or_days(value: Choice[date] | str, path: str, default: st.SearchStrategy[date]) -> st.SearchStrategy[date]:
    """Make a strategy of an argument for a day."""
    if isinstance(value, EllipsisType):
        return default
    if isinstance(value, st.SearchStrategy):
        return value.map(lambda day: cast("date", read_argument(Day(), day, path)))
    return st.just(cast("date", read_argument(Day(), value, path)))


# ---------------------------------------------------------------------------------------------------------
# Amounts.


def amounts(most: Decimal | float | str = 40) -> st.SearchStrategy[Decimal]:
    """Draw points above zero: mostly whole and half points, some with hundredths.

    Args:
        most: the largest number of points, in hundredths at the finest.

    Raises:
        InputError: `most` is not a number of points above zero.

    >>> from hypothesis import find
    >>> find(amounts(), lambda points: points > 2)
    Decimal('2.5')
    >>> amounts(0)
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.most: NOT_POSITIVE: got 0, expected a number above zero; leave out what earned nothing
    """
    return hundredths(_read_points(most, "$.most")).map(from_hundredths)


_IN_HALVES = st.sampled_from((True, True, False))


@st.composite
def hundredths(draw: st.DrawFn, most: int) -> int:
    """Draw points in hundredths, up to a limit."""
    if draw(_IN_HALVES):
        return min(most, 50 * draw(st.integers(1, max(1, most // 50))))
    return draw(st.integers(1, most))


def points_or_strategy(value: Choice[Decimal] | float | str, path: str) -> st.SearchStrategy[int] | None:
    """Make a strategy of hundredths from an argument for points; None lets the strategy choose."""
    if isinstance(value, EllipsisType):
        return None
    if isinstance(value, st.SearchStrategy):
        return value.map(lambda points: _read_points(points, path))
    return st.just(_read_points(value, path))


def _read_points(value: object, path: str) -> int:
    """Read points as hundredths."""
    points = cast("Decimal", read_argument(Number(above_zero=True), value, path))
    read = exact_hundredths(points)
    if read is None or read > MOST_POINTS * 100:
        raise InputError([Fault(path=path, code="TOO_FINE" if read is None and points < MOST_POINTS else "TOO_MUCH",
                                value=points, expected=f"at most {MOST_POINTS} points, with at most two decimals",
                                hint="points are counted in hundredths")])
    return read
