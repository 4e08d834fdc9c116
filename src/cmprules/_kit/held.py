"""Answers with one part for each credential: a sequence of parts that can also be found by id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import ClassVar, Generic, Protocol, SupportsIndex, TypeVar, cast, overload

_FEW = 5


def few(words: Sequence[str]) -> str:
    """Name the first few of some words, and count the rest.

    >>> few(["a", "b"]), few(["a", "b", "c", "d", "e", "f"])
    ('a, b', 'a, b, c, d, e and 1 more')
    """
    rest = len(words) - _FEW
    return ", ".join(words[:_FEW]) + (f" and {rest} more" if rest > 0 else "")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)
_HELD = attrgetter("credentials")


class ById(Generic[T]):
    """Access to the `credentials` of an answer: by id, by position, and by iteration."""

    __slots__ = ()
    called: ClassVar[str] = "answer"

    def _held(self) -> tuple[T, ...]:
        return cast("tuple[T, ...]", _HELD(self))

    @overload
    def __getitem__(self, id: str | SupportsIndex) -> T: ...

    @overload
    def __getitem__(self, id: slice) -> tuple[T, ...]: ...

    def __getitem__(self, id: str | SupportsIndex | slice) -> T | tuple[T, ...]:
        """Find the part about one credential by its id in the record, or by its position."""
        if not isinstance(id, str):
            return self._held()[id]
        for part in self._held():
            if part.id == id:
                return part
        known = ", ".join(part.id for part in self._held())
        raise KeyError(f"no credential {id!r} in this {self.called}; it has: {known}")

    def __contains__(self, id: object) -> bool:
        return any(id in (part.id, part) for part in self._held())

    def __iter__(self) -> Iterator[T]:
        return iter(self._held())

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {few([part.id for part in self._held()])}>"

    def __len__(self) -> int:
        return len(self._held())

    def __reversed__(self) -> Iterator[T]:
        return reversed(self._held())
