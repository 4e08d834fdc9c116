"""Credentials as people write them: `mls`, `MLS(ASCP)`, `MLS(ASCPi)`, `PBT(ASCP)CM`.

Every function that takes a code reads it here.  Only a former code, such as `MT`, is kept as written; every other
spelling is normalized and leaves no trace.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from cmprules._words import vocabulary

BODIES: Final = ("ASCP", "ASCPi")
"""The bodies whose credentials have tables."""

_SHORTEST_TO_SUGGEST = 3

_CODES = {code.casefold(): code for code in (*vocabulary.NAMES, *vocabulary.ALIASES)}
_NAMED = {name.casefold(): code for code, name in vocabulary.NAMES.items()}
_BODIES = {body.casefold(): body for body in BODIES}
_WRITTEN = re.compile(r"(?P<code>[a-z]+)\s*(?:(?:\(\s*(?P<body>[^()]+?)\s*\)\s*\^?|\s)(?:cm)?)?", re.ASCII)


class Spelling(NamedTuple):
    """The parts of a written credential: today's code, the former code if one was written, the body in brackets."""

    code: str
    given_code: str | None
    body: str | None


def _parts(text: str) -> tuple[str, str | None]:
    """Split a text into the code and the text in brackets, both folded; a text of another form stays whole."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    found = _WRITTEN.fullmatch(folded)
    return (folded, None) if found is None else (found["code"], found["body"])


@lru_cache(maxsize=1024)
def code_written(text: str) -> Spelling | None:
    """Read a credential in any case, with or without the body in brackets and the CM mark; None if it is not known.

    >>> code_written("pbt(ascp)CM")
    Spelling(code='PBT', given_code=None, body='ASCP')
    >>> code_written("MT")
    Spelling(code='MLS', given_code='MT', body=None)
    >>> code_written("MT(AMT)") is None
    True
    """
    code, body = _parts(text)
    if code not in _CODES or (body is not None and body not in _BODIES):
        return None
    known = _CODES[code]
    former = known if known in vocabulary.ALIASES else None
    return Spelling(vocabulary.ALIASES.get(known, known), former, None if body is None else _BODIES[body])


def body_hint(body: object) -> str:
    """Return a remedy for a body that is neither ASCP nor ASCPi.

    >>> body_hint("ascpi")
    "did you mean 'ASCPi'?"
    >>> print(body_hint("AMT"))
    AMT (American Medical Technologists) is not ASCP, and these rules do not apply to its credentials; leave this one
    out
    """
    from cmprules._words.boards import other_board  # noqa: PLC0415  # loaded by programs that have something to correct

    known = _BODIES.get(body.strip().casefold()) if isinstance(body, str) else None
    board = other_board(body) if isinstance(body, str) else None
    if known is not None:
        return f"did you mean '{known}'?"
    if board is None:
        return "leave out a credential of a board other than ASCP"
    return (f"{board.abbreviation} ({board.name}) is not ASCP, and these rules do not apply to its credentials; "
            f"leave this one out{board.remark}")


def code_hint(text: str) -> str:
    """Return a remedy for an unknown code, without leading to a credential that was not meant.

    >>> code_hint("MLSi")
    'for MLS of the international body, write MLS(ASCPi); `cmprules codes` lists all codes'
    >>> code_hint("MLSS")
    "did you mean 'MLS'? `cmprules codes` lists all codes"
    >>> code_hint("Phlebotomy technician")
    'its code is PBT'
    """
    named = _NAMED.get(" ".join(text[:64].casefold().split()))
    if named is not None:
        return f"its code is {named}"
    code, body = _parts(text[:64])
    if body is not None and body not in _BODIES:
        return body_hint(body)
    return f"{_nearest_code(code)}`cmprules codes` lists all codes"


def _nearest_code(code: str) -> str:
    """Name the code that was surely meant: a code of ASCPi with an i, or the only known code one letter away."""
    stem = _CODES.get(code.removesuffix("i"))
    if code.endswith("i") and stem is not None and "ASCPi" in vocabulary.BODIES[vocabulary.ALIASES.get(stem, stem)]:
        return f"for {stem} of the international body, write {stem}(ASCPi); "
    near = [known for known in vocabulary.NAMES
            if len(known) >= _SHORTEST_TO_SUGGEST and _one_letter_apart(code, known.casefold())]
    return f"did you mean '{near[0]}'? " if len(near) == 1 else ""


def _one_letter_apart(first: str, second: str) -> bool:
    """Return whether two words differ by one extra letter or by two exchanged neighbors."""
    if len(first) == len(second):
        return any(first[:at] + first[at + 1:at + 2] + first[at:at + 1] + first[at + 2:] == second
                   for at in range(len(first) - 1)) and first != second
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return any(longer[:at] + longer[at + 1:] == shorter for at in range(len(longer)))
