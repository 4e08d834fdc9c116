"""Cleaning of reports, only here: no writer gets text that a terminal or a page would act on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from cmprules._answers.render.blocks import Block, Picture, clean


def cleaned(blocks: Iterable[Block]) -> list[Block]:
    """Clean every text of a report: headings, captions, column names and cells; a picture escapes its own text."""
    return [_cleaned(block) for block in blocks]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if isinstance(value, Picture) or not attrs.has(type(value)):
        return value
    held = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    changed = {name: text for name, item in held.items() if (text := _cleaned(item)) != item}
    return attrs.evolve(value, **changed) if changed else value
