"""The vectors of an edition, read once for all tests: unpacking them takes longer than most tests do."""

from __future__ import annotations

from functools import cache

from cmprules.conformance import Vector, vectors
from cmprules.conformance._vectors import carried


def shipped(edition: str | None = None) -> tuple[Vector, ...]:
    """Return what `vectors` returns."""
    return _unpacked(edition or carried()[-1])


@cache
def _unpacked(edition: str) -> tuple[Vector, ...]:
    return vectors(edition)
