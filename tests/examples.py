"""How many examples a law gets, and how much of a corpus a test covers, relative to the profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pytest
from hypothesis import settings

__all__ = ["scaled", "seeds", "some_marked", "some_of"]

Value = TypeVar("Value")
FULL = 100
"""The examples of a law under the profile `ci`, on which the numbers in the tests are based."""


def scaled(examples: int) -> int:
    """Scale a number of examples to the profile: unchanged under `ci`, fewer in a quick run, more in a nightly one."""
    return max(1, examples * settings().max_examples // FULL)


def some_of(corpus: Sequence[Value]) -> Sequence[Value]:
    """Return a whole corpus under `ci` and above; in a quick run every n-th item, from the first to the last."""
    return corpus[::max(1, FULL // settings().max_examples)]


def seeds(numbers: range) -> list[object]:
    """Return seeds as parameters of a test; a quick run takes every fifth, and the others are slow."""
    return some_marked([(seed,) for seed in numbers])


def some_marked(cases: Sequence[Sequence[object]]) -> list[object]:
    """Return cases as parameters of a test; a quick run takes every fifth, and the others are slow."""
    return [pytest.param(*case, marks=() if place % 5 == 0 else pytest.mark.slow) for place, case in enumerate(cases)]
