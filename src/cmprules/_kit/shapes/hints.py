"""What to propose in place of a word that is not known."""

from __future__ import annotations

from collections.abc import Sized
from functools import lru_cache

from cmprules._words.limits import MOST_HINTS

_FEW = 12
_ALIKE = 0.6
_TOO_MANY_TO_COMPARE = 500


def nearest(word: object, known: tuple[str, ...]) -> str:
    """Return a remedy for an unknown word: the known word with the closest spelling, or all words if they are few.

    Words that can add points have the shape `Listed`; they are never suggested by spelling.

    >>> nearest("expires", ("id", "code", "expires_on"))
    "did you mean 'expires_on'?"
    >>> nearest("department", ("id", "code", "expires_on"))
    'known: id, code, expires_on'
    """
    close = _closest(word[:64], known) if isinstance(word, str) and len(known) <= _TOO_MANY_TO_COMPARE else None
    if close is not None:
        return f"did you mean '{close}'?"
    if len(known) <= _FEW:
        return "known: " + ", ".join(known)
    return "check its spelling"


@lru_cache(maxsize=1024)
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    """Find the known word with the closest spelling, ignoring case."""
    from difflib import get_close_matches  # noqa: PLC0415  # loaded by programs that have something to correct

    folded = {option.casefold(): option for option in known}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=_ALIKE)
    return folded[found[0]] if found else None


def hint_for(word: object, known: tuple[str, ...], faults: Sized) -> str:
    """Name the nearest known word while the input has few faults; each search takes time."""
    return nearest(word, known) if len(faults) < MOST_HINTS else "check its spelling"
