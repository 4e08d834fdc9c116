"""Plain JSON data: the value at a path, and the values under a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cmprules.intake._rows import Cell

_SAID = ("amount", "unit", "credit_type", "topic", "kind", "provider", "session")
_ENGLISH = ("en-US", "en", "en-GB")


def mapping_at(plain: Any, *keys: str) -> Mapping[str, Any]:
    """Return the mapping at a path, or an empty one."""
    for key in keys:
        plain = plain.get(key) if isinstance(plain, Mapping) else None
    return plain if isinstance(plain, Mapping) else {}


def text_at(plain: Any, *keys: str) -> str | None:
    """Return the text at a path, if there is one that is not empty."""
    value = mapping_at(plain, *keys[:-1]).get(keys[-1])
    return value if isinstance(value, str) and value.strip() else None


def name_of(value: Any) -> str | None:
    """Return a name: a text, or the text of a language, English first."""
    if isinstance(value, Mapping):
        texts = {key: text for key, text in value.items() if isinstance(text, str) and text.strip()}
        return next((texts[key] for key in (*_ENGLISH, *texts) if key in texts), None)
    return value if isinstance(value, str) and value.strip() else None


def cell_of(value: Any) -> Cell:
    """Return a cell value: text or a number; None for anything else."""
    if isinstance(value, bool):
        return None
    return Decimal(value) if isinstance(value, int) else value if isinstance(value, str | Decimal) else None


def said_amounts(name: str, value: Any, meanings: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, str, Cell]]:
    """Yield the values under names that are column names; a nested value is searched one level deep."""
    if isinstance(value, Mapping):
        for key, inside in value.items():
            if not isinstance(inside, Mapping):
                yield from said_amounts(name if key in {"value", "amount"} else str(key), inside, meanings)
        return
    cell = cell_of(value)
    meaning = next((candidate for candidate in meanings(name) if candidate.partition(".")[0] in _SAID), None)
    if meaning is not None and cell is not None:
        yield meaning, name, cell
