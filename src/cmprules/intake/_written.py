"""Credentials as lists of staff write them: with a dash, a comma, their name, or several in one cell."""

from __future__ import annotations

import re

from cmprules._words import vocabulary
from cmprules._words.boards import other_board
from cmprules._words.spellings import code_written
from cmprules.intake._folding import fold

NAMES = {fold(name): code for code, name in vocabulary.NAMES.items()}

_BETWEEN = r"\s*[\s,;:/\u2013\u2014-]\s*"
_CODE = r"[A-Za-z]{1,6}"
_MARKUP = re.compile(r"<[^<>]{1,20}>")
_DOTTED = re.compile(r"\s*(?:[A-Za-z]\.){2,5}\s*")
_SPLIT_BODY = re.compile(r"\(\s*ASCP\s*i\s*\)", re.IGNORECASE)
_BODY_LAST = re.compile(rf"\s*({_CODE}){_BETWEEN}(ASCPi?)\s*(?:CM)?\s*", re.IGNORECASE)
_BODY_FIRST = re.compile(rf"\s*(ASCPi?){_BETWEEN}({_CODE})\s*", re.IGNORECASE)
_WITH_BODY = rf"{_CODE}(?:\s*\(ASCPi?\)\s*(?:CM)?)?"
_NAME_FIRST = re.compile(rf"\s*(?P<name>.+?){_BETWEEN}\(?(?P<code>{_WITH_BODY})\)?\s*", re.IGNORECASE)
_NAME_LAST = re.compile(rf"\s*(?P<code>{_WITH_BODY}){_BETWEEN}\(?(?P<name>.+?)\)?\s*", re.IGNORECASE)
_SEVERAL = re.compile(rf"\(ASCPi?\)\s*(?:CM\b)?[\s,;/&+]*(?:and\s+)?(?!CM\b){_CODE}", re.IGNORECASE)
_PARTED = re.compile(r"[;,/&+\n]|\band\b", re.IGNORECASE)
_TWO_WORDS = re.compile(rf"\s*({_CODE}){_BETWEEN}({_CODE})\s*")


def in_one_way(text: str) -> str:
    """Write a credential as `MLS(ASCP)`, if it is written in another way that is as clear.

    >>> in_one_way("MLS, ASCP"), in_one_way("Medical Laboratory Scientist (MLS)"), in_one_way("M.L.S.")
    ('MLS(ASCP)', 'MLS', 'MLS')
    """
    text = _SPLIT_BODY.sub("(ASCPi)", _MARKUP.sub("", text))
    if _DOTTED.fullmatch(text):
        return text.replace(".", "").strip()
    last, first = _BODY_LAST.fullmatch(text), _BODY_FIRST.fullmatch(text)
    if last is not None:
        return f"{last[1]}({last[2]})"
    return _without_name(text) if first is None else f"{first[2]}({first[1]})"


def _without_name(text: str) -> str:
    """Leave out the name of a credential next to its code, if both mean the same."""
    for form in (_NAME_FIRST, _NAME_LAST):
        found = form.fullmatch(text)
        spelled = None if found is None else code_written(found["code"])
        if found is not None and spelled is not None and NAMES.get(fold(found["name"])) == spelled.code:
            return found["code"]
    return text


def several(text: str) -> bool:
    """Return whether a text names more than one credential.

    >>> several("MT(ASCP)SBB"), several("MLS(ASCP)CM, SBB(ASCP)CM"), several("MLS(ASCP)CM")
    (True, True, False)
    >>> several("MLS, SBB"), several("MLT(AMT); PBT(ASCP)"), several("MLS, AMT")
    (True, True, False)
    """
    parts = [part for part in _PARTED.split(text) if part.strip()]
    return _SEVERAL.search(text) is not None or (len(parts) > 1 and all(map(_is_credential, parts)))


def _is_credential(text: str) -> bool:
    """Return whether a text names one credential, of ASCP or of another board that is known."""
    words = re.findall(r"\w+", text)
    return code_written(in_one_way(text)) is not None or (len(words) > 1 and any(map(other_board, words)))


def words_of_two(text: str) -> tuple[str, ...]:
    """Return the words of a text of two, such as a code and a board without brackets."""
    found = _TWO_WORDS.fullmatch(text)
    return () if found is None else (found[1], found[2])
