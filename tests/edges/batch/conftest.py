"""In this folder the kernel decides populations, however small they are: compiled, unless this is a plain run.

Numba reads once, when it is imported, whether it compiles; so this module, which pytest imports before it is
configured, imports nothing that imports Numba.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

import pytest


@pytest.fixture(scope="session", autouse=True)
def machine_code() -> Iterator[None]:
    """Keep small tables from being decided without compiled code: these tests are about the kernel."""
    with import_module("cmprules.batch._compiling").by_hand(wanted=False):
        yield


@pytest.fixture(scope="session", autouse=True)
def books_compiled_once() -> Iterator[None]:
    """Compile the tables of a book for a grade once, since most tests decide with the same few books.

    A mutant of what compiles them has to be called, so with mutants each test compiles its own.
    """
    if os.environ.get("CMPRULES_HYPOTHESIS") == "mutation":
        yield
        return
    module = import_module("cmprules.batch._compiled")

    @lru_cache(maxsize=32)
    def compiled(book: _Same, trust: object) -> object:
        return module.compile_book(book.value, trust)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cmprules.batch._part.compile_book", lambda book, trust: compiled(_Same(book), trust))
        yield


class _Same:
    """A value that equals only itself; the cache holds it, so that no other gets its place in memory."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn the compiler on for a test that compiles something small."""
    monkeypatch.setattr("numba.config.DISABLE_JIT", 0)
