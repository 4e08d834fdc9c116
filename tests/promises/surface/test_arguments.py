"""Bad arguments of any public function or class are faults, never Python's own errors."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import cmprules
from cmprules import CmpRulesError
from cmprules.parts import FrozenMap
from tests.doors import ANSWERS
from tests.strategies import edition

ROOT = Path(__file__).resolve().parents[3]
BAD = (object(), None, 10**30, "\ud800", [5], {"a": 1}, (None,), type)
"""Values that no parameter accepts, or not every parameter."""


def _doors(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """List functions and classes of a door, except errors, enumerations and the map, which is Python's."""
    for name in module.__all__:
        value = getattr(module, name)
        if callable(value) and not (isinstance(value, type) and issubclass(value, BaseException | Enum | FrozenMap)):
            yield f"{module.__name__}.{name}", value


@cache
def _good() -> Mapping[str, Any]:
    """Make valid arguments, so that the others are reached."""
    record = cmprules.read_record(ROOT / "examples" / "pbt.toml")
    return {"record": record, "book": edition(), "on": "2026-03-10",
            "decision": cmprules.decide(record, edition(), on="2026-03-10")}


def _calls(door: Callable[..., Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Yield calls with each bad value for each argument; required arguments without a known value are bad, too."""
    taken = [one for one in inspect.signature(door).parameters.values()
             if one.kind in {one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY}]
    for target in taken:
        for bad in BAD:
            yield target.name, bad, {one.name: bad if one is target else _good().get(one.name, bad) for one in taken
                                     if one is target or one.default is one.empty}


def _errors(name: str, door: Callable[..., Any]) -> Iterator[str]:
    for argument, bad, arguments in _calls(door):
        try:
            door(**arguments)
        except CmpRulesError:
            continue
        except Exception as error:  # noqa: BLE001  # any other error is what this looks for
            yield f"{name}({argument}={bad!r}): {type(error).__name__}: {error}"


@pytest.mark.parametrize("module", [cmprules, *ANSWERS], ids=lambda module: str(module.__name__))
def test_what_is_wrong_is_a_fault(module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A type checker would have said it before; without one, the fault does."""
    monkeypatch.chdir(tmp_path)
    assert [error for name, door in _doors(module) for error in _errors(name, door)] == []
