"""Values kept as JSON, exactly, to be made again without being checked again.

The wire format writes numbers in one form and has only some classes; this keeps every class of values as it is, for the
package alone to read.  A part that occurs again is kept once: of five figures of a book, four repeat an earlier one,
with its grade and its source.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

import attrs

from cmprules._kit.shapes import FrozenMap


class Kept(NamedTuple):
    """A value as plain data: the parts that occur again stand in a list of their own, and are named by their place."""

    again: list[dict[str, Any]]
    plain: Any


def keep(value: Any) -> Kept:
    """Write a value as plain data; a field that has its default is left out.

    >>> keep({"cap": Decimal("50.00"), "since": date(2026, 1, 1)}).plain
    {'cap': '50.00', 'since': '2026-01-01'}
    """
    times: Counter[_Written] = Counter()
    _count(value, times)
    writing = _Writing(times)
    return Kept(writing.again, _plain(value, writing))


_Written = tuple[type[Any], str]
"""A part by its class and by what is written of it.

Values are not looked up themselves: equal ones may have other digits, such as 1 and 1.0.
"""


def _plain(value: Any, part: Callable[[Any], Any]) -> Any:
    """Write a value as plain data; `part` writes the values of classes inside it."""
    if isinstance(value, FrozenMap | dict):
        return {key: _plain(item, part) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item, part) for item in value]
    if attrs.has(type(value)):
        return part(value)
    return str(value) if isinstance(value, Decimal | date | StrEnum) else value


def _fields(value: Any, part: Callable[[Any], Any]) -> dict[str, Any]:
    return {field.name: _plain(held, part) for field in attrs.fields(type(value))
            if (held := getattr(value, field.name)) != field.default}


def _in_full(value: Any) -> dict[str, Any]:
    return _fields(value, _in_full)


def _written(value: Any) -> _Written:
    return type(value), json.dumps(_in_full(value))


def _count(value: Any, times: Counter[_Written]) -> None:
    """Count how often each part occurs; what is inside one that occurs again is counted once."""
    def part(value: Any) -> None:
        written = _written(value)
        times[written] += 1
        if times[written] == 1:
            _fields(value, part)

    _plain(value, part)


class _Writing:
    """Writes the parts of a value, and those that occur again only once."""

    def __init__(self, times: Counter[_Written]) -> None:
        self.times = times
        self.again: list[dict[str, Any]] = []
        self.places: dict[_Written, int] = {}

    def __call__(self, value: Any) -> dict[str, Any] | int:
        written = _written(value)
        if self.times[written] == 1:
            return _fields(value, self)
        if written not in self.places:
            plain = _fields(value, self)
            self.places[written] = len(self.again)
            self.again.append(plain)
        return self.places[written]
