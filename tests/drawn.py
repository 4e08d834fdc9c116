"""Find the tests whose number of examples depends on the profile: CI repeats these with more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

__all__ = ["draws"]


def draws(test: object) -> bool:
    """Return whether a test draws, or takes a number from the profile, itself or in a function of the tests."""
    marked = bool(getattr(test, "is_hypothesis_test", False))  # as every version of Hypothesis marks it
    return marked or (isinstance(test, FunctionType) and _reaches(test))


@cache
def _reaches(test: FunctionType) -> bool:
    """Return whether a function, or one of the tests that it calls, names something of Hypothesis or of the profile."""
    todo, seen = [test], {test}
    while todo:
        function = todo.pop()
        names = {*_names_in(function.__code__)}
        for found in _found(function, names):
            if _home(found) == "tests.examples" or _home(found).startswith("hypothesis"):
                return True
            if isinstance(found, FunctionType) and _home(found).startswith("tests.") and found not in seen:
                seen.add(found)
                todo.append(found)
    return False


def _found(function: FunctionType, names: set[str]) -> Iterator[Any]:
    """Yield what the names of a function stand for: in its module, and in classes and modules of tests named there."""
    for found in (function.__globals__[name] for name in names & function.__globals__.keys()):
        yield found
        if isinstance(found, type | ModuleType) and _home(found).startswith("tests."):
            yield from (value for name, value in vars(found).items() if isinstance(found, type) or name in names)


def _home(found: Any) -> str:
    """Return the name of the module of a value, or of a module."""
    return str(getattr(found, "__name__" if isinstance(found, ModuleType) else "__module__", ""))


def _names_in(code: CodeType) -> Iterator[str]:
    """Yield the names that a function uses, with those in the functions and comprehensions in it."""
    yield from code.co_names
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield from _names_in(value)
