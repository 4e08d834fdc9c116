"""Texts compared as people read them: two ways of writing the same title are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OPENING = re.compile(r"[(\[{]")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
"""What stands in brackets: from an opening one to the next closing one of its kind."""

_ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Fold a title, a provider or a session: letters and digits alone, whatever their case.

    What stands in brackets is left out unless a digit stands in it, so that parts with numbers stay apart.  If nothing
    else is left, it stays; a text of signs alone is compared as it is.

    >>> folded("Order of Draw (webinar)") == folded("order-of-draw"), folded("Boards [part 2]")
    (True, 'boardspart2')
    >>> folded("(Webinar)"), folded("***")
    ('webinar', '***')
    """
    plain = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    if _OPENING.search(plain):
        return _signless(_BRACKETS.sub(_kept_with_digit, plain)) or _signless(plain) or text
    return _signless(plain) or text


def _kept_with_digit(bracket: re.Match[str]) -> str:
    """Keep what stands in brackets if there is a digit in it."""
    inside = bracket.group()
    return inside if any(map(str.isdigit, inside)) else ""


def _signless(text: str) -> str:
    """Keep letters and digits alone."""
    return text.translate(_ASCII_SIGNS) if text.isascii() else "".join(filter(str.isalnum, text))


def folded_tightly(text: str) -> str:
    """Fold a text but for its signs: case and spaces alone do not matter.

    >>> folded_tightly("Order of  Draw"), folded_tightly("order-of-draw")
    ('orderofdraw', 'order-of-draw')
    """
    return "".join(text.split()).casefold()
