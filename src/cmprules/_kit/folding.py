"""Compare texts as people read them: two spellings of the same title are equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OPENING = re.compile(r"[(\[{]")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
"""Text in brackets: from an opening bracket to the next closing bracket of the same kind."""

_ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Fold a title, a provider or a session to its letters and digits, without their case.

    Text in brackets is dropped unless it contains a digit, so that numbered parts stay distinct.  If nothing else
    would be left, it stays; a text made of signs only is compared as it is.

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
    """Keep text in brackets if it contains a digit."""
    inside = bracket.group()
    return inside if any(map(str.isdigit, inside)) else ""


def _signless(text: str) -> str:
    """Keep only letters and digits."""
    return text.translate(_ASCII_SIGNS) if text.isascii() else "".join(filter(str.isalnum, text))


@lru_cache(maxsize=16_384)
def folded_tightly(text: str) -> str:
    """Fold only case and spaces; signs stay.

    >>> folded_tightly("Order of  Draw"), folded_tightly("order-of-draw")
    ('orderofdraw', 'order-of-draw')
    """
    return "".join(text.split()).casefold()
