"""Words as they are compared: letters and digits alone, whatever their case."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

_LONGEST_SHOWN = 200
_SPELLED = str.maketrans({"&": "and", "#": "no", "\N{TRADE MARK SIGN}": None, "\N{REGISTERED SIGN}": None})


def fold(text: str) -> str:
    """Reduce a word to what is compared.

    >>> fold("Certificate #"), fold("P.A.C.E."), fold("Safety & Health")
    ('certificateno', 'pace', 'safetyandhealth')
    """
    spelled = unicodedata.normalize("NFKC", text.translate(_SPELLED)).casefold()
    return "".join(letter for letter in spelled if letter.isalnum())


def singular(folded: str) -> str:
    """Drop the ending of a plural, so that a topic and its plural are one."""
    return folded.removesuffix("s")


def shown(value: object) -> str:
    """Write a cell as people would read it there, cut to a length that fits a report."""
    text = " ".join((f"{value:f}" if isinstance(value, Decimal) else str(value)).split())
    text = text.encode(errors="replace").decode()  # half of a character pair, as JSON can have it
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN - 1] + "\N{HORIZONTAL ELLIPSIS}"
