"""How many examples a law gets, as a share of what the profile of the run asks for."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["scaled"]

FULL = 100
"""The examples of a law under the profile `ci`, which the numbers in the tests go by."""


def scaled(examples: int) -> int:
    """Scale a number of examples to the profile: as it is under `ci`, fewer in a quick run, more in a nightly one."""
    return max(1, examples * settings().max_examples // FULL)
