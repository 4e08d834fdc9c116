"""What every answer says of itself, and what a code is."""

from __future__ import annotations

from typing import Final, NamedTuple

NOTICE: Final = "Independent of ASCP; this is not a decision of ASCP or of its Board of Certification."
HYPOTHETICAL: Final = "HYPOTHETICAL: a reform that does not bind was laid over the tables."
"""The notice in every answer of a book with a reform."""


class Code(NamedTuple):
    """The meaning of a code: a title, when it appears, and what to do about it."""

    title: str
    when: str
    remedy: str
