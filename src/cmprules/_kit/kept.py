"""Values kept as JSON, exactly, and made again without being checked again.

The wire format writes numbers in one form and has only some classes; this keeps every class of values as it is, for the
package alone to read.  A value that occurs again is kept as its number: of five figures of a book, four repeat an
earlier one, with its grade and its source.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeVar, cast

import attrs

from cmprules._kit.shapes import Day, FrozenMap, ListOf, MapOf, Maybe, Member, Number, Part, Shape, fields_of

T = TypeVar("T")
_Made = list[Any]
"""The values that were made, in the order in which they were kept."""

_Again = Callable[[Any, _Made], Any]


def keep(value: Any) -> Any:
    """Write a value as plain data; a field that has its default is left out.

    >>> keep({"cap": Decimal("50.00"), "since": date(2026, 1, 1)})
    {'cap': '50.00', 'since': '2026-01-01'}
    """
    return _keep(value, {})


_Numbers = dict[tuple[type[Any], str], int]
"""The number of each value that was written, by its class and what was written of it.

Values are not looked up themselves: equal ones may have other digits, such as 1 and 1.0.
"""


def _keep(value: Any, numbers: _Numbers) -> Any:
    if isinstance(value, FrozenMap | dict):
        return {key: _keep(item, numbers) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_keep(item, numbers) for item in value]
    if attrs.has(type(value)):
        return _keep_part(value, numbers)
    return str(value) if isinstance(value, Decimal | date | StrEnum) else value


def _keep_part(value: Any, numbers: _Numbers) -> dict[str, Any] | int:
    """Write the fields of a value, or its number if the same was written before."""
    plain = {field.name: _keep(held, numbers) for field in attrs.fields(type(value))
             if (held := getattr(value, field.name)) != field.default}
    written = (type(value), json.dumps(plain))
    if written in numbers:
        return numbers[written]
    numbers[written] = len(numbers)
    return plain


def made_again(shape: Shape, plain: Any, made: _Made) -> Any:
    """Make the value of a field from what `keep` wrote, after those that were kept before it.

    >>> made_again(ListOf(Number()), ["50.00"], [])
    (Decimal('50.00'),)
    """
    again = _again(shape)
    return plain if again is None else again(plain, made)


@cache
def _again(shape: Shape) -> _Again | None:
    """Return what makes a value of a shape again; None for text, numbers of JSON and flags, which stay as they are."""
    if isinstance(shape, Part):
        return partial(_part_again, shape.cls)
    if isinstance(shape, Member):
        members = {member.value: member for member in shape.enum}
        return lambda plain, _: members[plain]
    if isinstance(shape, Maybe):
        return _maybe_again(_again(shape.inner))
    if isinstance(shape, ListOf | MapOf):
        return _many_again(shape, _again(shape.item))
    return _SINGLE.get(type(shape))


_SINGLE: dict[type[Shape], _Again] = {Day: lambda plain, _: date.fromisoformat(plain),
                                      Number: lambda plain, _: Decimal(plain)}


def _maybe_again(inner: _Again | None) -> _Again | None:
    return None if inner is None else lambda plain, made: None if plain is None else inner(plain, made)


def _many_again(shape: ListOf | MapOf, item: _Again | None) -> _Again:
    if item is None:
        return lambda plain, _: FrozenMap(plain) if isinstance(shape, MapOf) else tuple(plain)
    if isinstance(shape, MapOf):
        return lambda plain, made: FrozenMap({key: item(value, made) for key, value in plain.items()})
    return lambda plain, made: tuple([item(value, made) for value in plain])


def _part_again(cls: type[T], plain: dict[str, Any] | int, made: _Made) -> T:
    """Make a value from the mapping of its fields, or find it by its number."""
    if isinstance(plain, int):
        return cast("T", made[plain])
    value = object.__new__(cls)
    for name, put, again, default in _plan(cast("Hashable", cls)):
        if name in plain:
            put(value, plain[name] if again is None else again(plain[name], made))
        elif default is attrs.NOTHING:
            raise TypeError(f"what was kept has no {cls.__name__}.{name}: write it again, as the class is now")
        else:
            put(value, default)
    made.append(value)
    return value


_Step = tuple[str, Callable[[Any, Any], None], _Again | None, Any]


@cache
def _plan(known: Hashable) -> tuple[_Step, ...]:
    """List the fields of a class: the name of each, what puts it in place, what makes it again, and its default."""
    cls = cast("type[Any]", known)
    return tuple((field.name, getattr(cls, field.name).__set__, _again(field.shape), field.default)
                 for field in fields_of(cls))
