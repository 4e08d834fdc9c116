"""Constructors accept more types than their values hold; these converters tell a type checker which.

They change nothing: the shape of a field converts and checks, so that all faults of a value are reported together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from cmprules._kit.shapes import FrozenMap

AnyAmount = Decimal | int | float | str
AnyWords = tuple[str, ...] | list[str] | set[str] | frozenset[str]


def amount(value: AnyAmount) -> Decimal:
    """Take an amount."""
    return cast("Decimal", value)


def amounts(value: Mapping[str, AnyAmount]) -> FrozenMap:
    """Take amounts by name."""
    return cast("FrozenMap", value)


def maybe_amount(value: AnyAmount | None) -> Decimal | None:
    """Take an amount, or none."""
    return cast("Decimal | None", value)


def day(value: date | str) -> date:
    """Take a day."""
    return cast("date", value)


def maybe_day(value: date | str | None) -> date | None:
    """Take a day, or none."""
    return cast("date | None", value)


def words(value: AnyWords) -> tuple[str, ...]:
    """Take a collection of words."""
    return cast("tuple[str, ...]", value)
