"""Values kept as JSON, exactly, and made again without being checked again.

The wire format writes numbers in one form and has only some classes; this keeps every class of values as it is, for the
package alone to read.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeVar, cast

import attrs

from cmprules._kit.shapes import Day, FrozenMap, ListOf, MapOf, Maybe, Member, Number, Part, Shape, fields_of

T = TypeVar("T")
_Again = Callable[[Any], Any]


def keep(value: Any) -> Any:
    """Write a value as plain data; a field that has its default is left out.

    >>> keep({"cap": Decimal("50.00"), "since": date(2026, 1, 1)})
    {'cap': '50.00', 'since': '2026-01-01'}
    """
    if isinstance(value, FrozenMap | dict):
        return {key: keep(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [keep(item) for item in value]
    if attrs.has(type(value)):
        return {field.name: keep(held) for field in attrs.fields(type(value))
                if (held := getattr(value, field.name)) != field.default}
    return str(value) if isinstance(value, Decimal | date | StrEnum) else value


def made_again(shape: Shape, plain: Any) -> Any:
    """Make the value of a field from what `keep` wrote.

    >>> made_again(ListOf(Number()), ["50.00"])
    (Decimal('50.00'),)
    """
    again = _again(shape)
    return plain if again is None else again(plain)


@cache
def _again(shape: Shape) -> _Again | None:
    """Return what makes a value of a shape again; None for text, numbers of JSON and flags, which stay as they are."""
    if isinstance(shape, Part):
        return partial(_part_again, shape.cls)
    if isinstance(shape, Member):
        return {member.value: member for member in shape.enum}.__getitem__
    if isinstance(shape, Maybe):
        return _maybe_again(_again(shape.inner))
    if isinstance(shape, ListOf | MapOf):
        return _many_again(shape, _again(shape.item))
    return _SINGLE.get(type(shape))


_SINGLE: dict[type[Shape], _Again] = {Day: date.fromisoformat, Number: Decimal}


def _maybe_again(inner: _Again | None) -> _Again | None:
    return None if inner is None else lambda plain: None if plain is None else inner(plain)


def _many_again(shape: ListOf | MapOf, item: _Again | None) -> _Again:
    if item is None:
        return FrozenMap if isinstance(shape, MapOf) else tuple
    if isinstance(shape, MapOf):
        return lambda plain: FrozenMap({key: item(value) for key, value in plain.items()})
    return lambda plain: tuple([item(value) for value in plain])


def _part_again(cls: type[T], plain: dict[str, Any]) -> T:
    """Make a value from the mapping of its fields."""
    made = object.__new__(cls)
    for name, put, again, default in _plan(cast("Hashable", cls)):
        if name in plain:
            put(made, plain[name] if again is None else again(plain[name]))
        elif default is attrs.NOTHING:
            raise TypeError(f"what was kept has no {cls.__name__}.{name}: write it again, as the class is now")
        else:
            put(made, default)
    return made


_Step = tuple[str, Callable[[Any, Any], None], _Again | None, Any]


@cache
def _plan(known: Hashable) -> tuple[_Step, ...]:
    """List the fields of a class: the name of each, what puts it in place, what makes it again, and its default."""
    cls = cast("type[Any]", known)
    return tuple((field.name, getattr(cls, field.name).__set__, _again(field.shape), field.default)
                 for field in fields_of(cls))
