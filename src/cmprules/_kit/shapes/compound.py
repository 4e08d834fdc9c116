"""Shapes made of others: a value that may be absent, lists, mappings, and plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from cmprules._kit.shapes.single import BAD, Shape, Text, refused
from cmprules.errors import Fault


class Maybe(Shape):
    """A field that may be empty."""

    def __init__(self, inner: Shape) -> None:
        self.inner: Final = inner

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept None, or what the inner shape accepts."""
        return None if value is None else self.inner.read(value, path, faults)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write None or the inner value."""
        return None if value is None else self.inner.write(value, bare=bare)


class ListOf(Shape):
    """A sequence, kept as a tuple; where order has no meaning, the key `order` sorts it."""

    def __init__(self, item: Shape, order: Callable[[Any], Any] | None = None, at_least: int = 0,
                 at_most: int | None = None) -> None:
        self.item: Final = item
        self.order: Final = order
        self.at_least: Final = at_least
        self.at_most: Final = at_most

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a list, tuple or set; refuse a bare string, which is a sequence of letters."""
        unordered = isinstance(value, set | frozenset)
        if not isinstance(value, list | tuple) and not (unordered and self.order is not None):
            hint = "a set has no order; make a list of it" if unordered else "put it in square brackets"
            return refused(faults, path, "NOT_A_LIST", value, "a list", hint)
        if len(value) < self.at_least:
            return refused(faults, path, "EMPTY_LIST", value, f"at least {self.at_least}", "add what is missing")
        if self.at_most is not None and len(value) > self.at_most:
            return refused(faults, path, "TOO_MANY", len(value), f"at most {self.at_most}", "leave some out")
        before = len(faults)
        items = [self.item.read(item, f"{path}[{index}]", faults) for index, item in enumerate(value)]
        if self.order is not None and len(faults) == before:
            self._refuse_repeats(items, path, faults)
            items.sort(key=self.order)
        return BAD if len(faults) > before else tuple(items)

    def _refuse_repeats(self, items: list[Any], path: str, faults: list[Fault]) -> None:
        seen = set()
        for index, item in enumerate(items):
            if item in seen:
                refused(faults, f"{path}[{index}]", "REPEATED", item, "each one once", "leave out the second")
            seen.add(item)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a list."""
        if type(self.item).write is Shape.write:
            return list(value)  # text, for example, is written as it is
        return [self.item.write(item, bare=bare) for item in value]


def members_of(values: Any) -> tuple[Any, ...]:
    """Return the members of a collection; a text, a mapping or any single value is its own only member.

    >>> members_of([1, 2]), members_of("text")
    ((1, 2), ('text',))
    """
    single = isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable)
    return (values,) if single else tuple(values)


def refuse_others(values: Iterable[object], cls: type[Any], path: str, faults: list[Fault]) -> None:
    """Note every argument that is not an instance of a class, in a function that accepts only instances."""
    for value in values:
        if not isinstance(value, cls):
            refused(faults, path, "WRONG_TYPE", value, f"a value of the class {cls.__name__}", "make one of it first")


class FrozenMap(Mapping[str, Any]):
    """A mapping that cannot change, compares by value and may be shared.

    >>> FrozenMap({"a": 1}) == {"a": 1}
    True
    >>> FrozenMap({"a": 1})["a"] = 2
    Traceback (most recent call last):
    ...
    TypeError: 'FrozenMap' object does not support item assignment
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Any] | None = None) -> None:
        self._items: Mapping[str, Any] = dict(items or {})

    @classmethod
    def _over(cls, items: Mapping[str, Any]) -> FrozenMap:
        """Return a map over what holds its items and never changes, without a copy of it."""
        made = cls()
        made._items = items
        return made

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Look up a key; return the default if it is not there."""
        return self._items.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"


class MapOf(Shape):
    """A mapping from names to values."""

    def __init__(self, item: Shape) -> None:
        self.item: Final = item

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a mapping whose keys are text."""
        if not isinstance(value, Mapping):
            return refused(faults, path, "WRONG_TYPE", value, "a mapping", "put it in curly brackets")
        before = len(faults)
        for key in value:
            if not isinstance(key, str):
                refused(faults, path, "WRONG_TYPE", key, "a name that is text", "put it in quotation marks")
        items = {key: self.item.read(item, f"{path}.{key}", faults) for key, item in value.items()}
        return BAD if len(faults) > before else FrozenMap(items)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a dict."""
        return {key: self.item.write(item, bare=bare) for key, item in value.items()}


class Plain(Shape):
    """Plain data of any JSON form, made immutable; a number is text or a whole number."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept any JSON value except a number with a fraction, which has no single form."""
        try:
            return _immutable(value)
        except _NotPlainError:
            return _PartByPart().read(value, path, faults)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write dicts and lists."""
        if isinstance(value, Mapping):
            return {key: self.write(item) for key, item in value.items()}
        return [self.write(item) for item in value] if isinstance(value, tuple) else value


class _PartByPart(Shape):
    """Plain data that has a fault or is of classes of its own: each part is read with its path."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept what `Plain` accepts."""
        if isinstance(value, Mapping):
            return MapOf(self).read(value, path, faults)
        if isinstance(value, list | tuple):
            return ListOf(self).read(value, path, faults)
        if value is None or isinstance(value, bool | int):
            return value
        if not isinstance(value, str):
            return refused(faults, path, "WRONG_TYPE", value, "plain data", "write a number with a fraction as text")
        return Text().read(value, path, faults) if value.strip() else str.__str__(value)


class _NotPlainError(Exception):
    """Some part of a value is not of Python's own types for plain data, or cannot be written."""


def _immutable(value: Any) -> Any:
    """Return plain data of Python's own types, made immutable, without a path for each of its parts.

    Raises:
        _NotPlainError: some part has to be looked at more closely.
    """
    kind = type(value)
    if kind is str:
        if _is_utf8(value):
            return value
    elif kind is dict or kind is FrozenMap:
        if all(type(key) is str for key in value):
            return FrozenMap({key: _immutable(item) for key, item in value.items()})
    elif kind is list or kind is tuple:
        return tuple([_immutable(item) for item in value])
    elif value is None or kind is bool or kind is int:
        return value
    raise _NotPlainError


def _is_utf8(text: str) -> bool:
    """Return whether a text can be written as UTF-8: half of a character pair cannot."""
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False
