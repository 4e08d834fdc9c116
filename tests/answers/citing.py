"""What an answer cites, for several tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["cited"]


def cited(plain: Any) -> Iterator[str]:
    """Collect the source of every citation and figure in plain data, at any depth."""
    if isinstance(plain, dict):
        if "source" in plain and "grade" in plain:
            yield plain["source"]
        for inner in plain.values():
            yield from cited(inner)
    elif isinstance(plain, list):
        for inner in plain:
            yield from cited(inner)
