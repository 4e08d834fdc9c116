"""Cleaning of reports, only here: no writer gets text that a terminal or a page would act on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cmprules._answers.render.blocks import Bar, Block, Branch, Picture, clean


def cleaned(blocks: Iterable[Block]) -> list[Block]:
    """Clean every text of a report: headings, captions, column names and cells; a picture escapes its own text."""
    return [_cleaned(block) for block in blocks]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Picture) or not isinstance(value, tuple):
        return value
    parts = map(_cleaned, value)
    return type(value)(*parts) if isinstance(value, Block | Bar | Branch) else tuple(parts)
