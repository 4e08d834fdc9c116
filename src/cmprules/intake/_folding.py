"""Fold words for comparison: only letters and digits, without case."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_LONGEST_SHOWN = 200
_NOT_ALNUM = re.compile(r"[\W_]+")  # what `str.isalnum` refuses, in one pass
_WITHOUT_WIDTH = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
_SPELLED = str.maketrans({"&": "and", "#": "no", "\N{TRADE MARK SIGN}": None, "\N{REGISTERED SIGN}": None})


def fold(text: str) -> str:
    """Fold a word for comparison.

    >>> fold("Certificate #"), fold("P.A.C.E."), fold("Safety & Health")
    ('certificateno', 'pace', 'safetyandhealth')
    """
    spelled = unicodedata.normalize("NFKC", text.translate(_SPELLED)).casefold()
    return _NOT_ALNUM.sub("", spelled)


def visible(text: str) -> str:
    """Drop the signs without a width, such as marks of direction, which come along with a copied text.

    >>> visible("\u200e02/05/2025\u200b")
    '02/05/2025'
    """
    return text if text.isascii() else text.translate(_WITHOUT_WIDTH)


def unmarked(text: str) -> str:
    """Drop the marks of letters.

    >>> unmarked("José Peña")
    'Jose Pena'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def singular(folded: str) -> str:
    """Drop a plural ending, so that a topic and its plural are equal."""
    return folded.removesuffix("s")


def shown(value: object) -> str:
    """Write a cell as people read it, cut to a length that fits a report."""
    text = " ".join((f"{value:f}" if isinstance(value, Decimal) else str(value)).split())
    text = text.encode(errors="replace").decode()  # half of a surrogate pair, which JSON allows
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN - 1] + "\N{HORIZONTAL ELLIPSIS}"
