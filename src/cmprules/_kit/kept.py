"""Values made again from what was kept of them, without being checked again, each when it is asked for.

`keeping` says how they are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar, cast

import attrs

from cmprules._kit.shapes import Day, FrozenMap, Later, ListOf, MapOf, Maybe, Member, Number, Part, Shape, fields_of

T = TypeVar("T")


class Pool:
    """The parts that occur again: each is made when it is first asked for."""

    def __init__(self, again: Sequence[dict[str, Any]]) -> None:
        self.again = again
        self.made: dict[int, Any] = {}

    def part(self, cls: type[T], place: int) -> T:
        """Return a part by its place."""
        if place not in self.made:
            self.made[place] = _part_again(cls, self.again[place], self)
        return cast("T", self.made[place])


class _Items(Mapping[str, Any]):
    """What a map holds: each value is made when it is first asked for."""

    def __init__(self, plain: Mapping[str, Any], again: Callable[[Any], Any]) -> None:
        self.plain = plain
        self.again = again
        self.made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self.made:
            self.made[key] = self.again(self.plain[key])
        return self.made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.plain)

    def __len__(self) -> int:
        return len(self.plain)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[list[tuple[str, Any]]]]:
        return dict, ([*self.items()],)


_map_over = FrozenMap._over  # noqa: SLF001  # a public class gets no public name that only this needs
_Again = Callable[[Any, Pool], Any]


def made_again(shape: Shape, plain: Any, pool: Pool) -> Any:
    """Make the value of a field from what `keep` wrote.

    >>> made_again(ListOf(Number()), ["50.00"], Pool([]))
    (Decimal('50.00'),)
    """
    again = _again(shape)
    return plain if again is None else again(plain, pool)


@cache
def _again(shape: Shape) -> _Again | None:
    """Return what makes a value of a shape again; None for text, numbers of JSON and flags, which stay as they are."""
    if isinstance(shape, Part):
        return partial(_part_again, shape.cls)
    if isinstance(shape, Later):
        return lambda plain, pool: _part_again(shape.cls(), plain, pool)
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
    return None if inner is None else lambda plain, pool: None if plain is None else inner(plain, pool)


def _many_again(shape: ListOf | MapOf, item: _Again | None) -> _Again:
    if item is None:
        return lambda plain, _: FrozenMap(plain) if isinstance(shape, MapOf) else tuple(plain)
    if isinstance(shape, MapOf):
        return lambda plain, pool: _map_over(_Items(plain, lambda kept: item(kept, pool)))
    return lambda plain, pool: tuple([item(value, pool) for value in plain])


def _part_again(cls: type[T], plain: dict[str, Any] | int, pool: Pool) -> T:
    """Make a value from the mapping of its fields, or find it by its place."""
    if isinstance(plain, int):
        return pool.part(cls, plain)
    value = object.__new__(cls)
    for name, put, again, default in _plan(cast("Hashable", cls)):
        if name in plain:
            put(value, plain[name] if again is None else again(plain[name], pool))
        elif default is attrs.NOTHING:
            raise TypeError(f"what was kept has no {cls.__name__}.{name}: write it again, as the class is now")
        else:
            put(value, default)
    return value


_Step = tuple[str, Callable[[Any, Any], None], _Again | None, Any]


@cache
def _plan(known: Hashable) -> tuple[_Step, ...]:
    """List the fields of a class: the name of each, what puts it in place, what makes it again, and its default."""
    cls = cast("type[Any]", known)
    return tuple((field.name, getattr(cls, field.name).__set__, _again(field.shape), field.default)
                 for field in fields_of(cls))
