"""Comparing, hashing and showing values: written once, for all classes of values."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any

import attrs


class Value:
    """The base of attrs classes that share the methods which attrs would otherwise write for each of them.

    Writing and compiling them is more than half of the work of making a class, and making classes was a third of the
    work of starting a program.  attrs leaves alone what it finds in a class (23.2 writes it again, to the same effect).

    >>> @attrs.frozen
    ... class Place(Value):
    ...     room: str
    ...     seat: int = 1
    >>> Place("lab"), Place("lab") == Place("lab", 1), hash(Place("lab")) == hash(Place("lab", 2))
    (Place(room='lab', seat=1), True, False)
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in ("__eq__", "__hash__", "__repr__"):
            if getattr(cls, name) is vars(Value)[name]:  # and neither a class between nor this one has its own
                setattr(cls, name, vars(Value)[name])

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        compared = _COMPARED[self.__class__]
        same: bool = compared(self) == compared(other)
        return same

    def __hash__(self) -> int:
        return hash((self.__class__.__qualname__, _HASHED[self.__class__](self)))

    @recursive_repr()
    def __repr__(self) -> str:
        cls: type[Any] = self.__class__
        shown = [f"{field.name}={getattr(self, field.name)!r}" for field in attrs.fields(cls) if field.repr]
        return f"{cls.__qualname__.rpartition('>.')[2]}({', '.join(shown)})"


class _Getters(dict[type[Any], Callable[[Any], Any]]):
    """What gets some fields of a value at once, by its class."""

    def __init__(self, chosen: Callable[[attrs.Attribute[Any]], object]) -> None:
        super().__init__()
        self.chosen = chosen

    def __missing__(self, cls: type[Any]) -> Callable[[Any], Any]:
        names = [field.name for field in attrs.fields(cls) if self.chosen(field)]
        found = self[cls] = attrgetter(*names) if names else lambda _: ()
        return found


_COMPARED = _Getters(lambda field: field.eq)
_HASHED = _Getters(lambda field: field.eq if field.hash is None else field.hash)
