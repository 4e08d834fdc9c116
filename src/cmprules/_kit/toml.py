"""Read TOML, and refuse nesting that would exhaust the reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any


class NotTomlError(ValueError):
    """A text that is not TOML, and where it stops being TOML."""


def parse_toml(text: str, parse_float: Callable[[str], Any]) -> dict[str, Any]:
    """Parse TOML.

    Raises:
        NotTomlError: the text is not TOML.
        RecursionError: it is nested too deeply, in brackets or in a dotted key.
    """
    if _has_deep_key(text):
        raise RecursionError("a key of very many parts")
    import tomllib  # noqa: PLC0415  # loaded by programs that read TOML

    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        raise NotTomlError(str(error)) from None


_DEEPEST_KEY = 50
_KEY_PART = r"""[ \t]*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')[ \t]*"""


def _has_deep_key(text: str) -> bool:
    """Find a dotted key of very many parts before the parser does; the parser's memory grows with their square."""
    for line in text.splitlines():
        run = 0
        for part in line.split(".")[1:-1] if line.count(".") > _DEEPEST_KEY else ():
            run = run + 1 if re.fullmatch(_KEY_PART, part) else 0
            if run > _DEEPEST_KEY:
                return True
    return False
