"""The closed lists of answers: outcome, standing and grade."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NoReturn


class Outcome(StrEnum):
    """Whether the requirements are met.

    Compare it with its members; it has no truth value, because it has more than two.

    >>> Outcome.MET == "MET"
    True
    >>> bool(Outcome.MET)
    Traceback (most recent call last):
    ...
    TypeError: an outcome has more than two values and no truth value; compare it, as in: outcome == Outcome.MET
    """

    MET = "MET"
    NOT_MET = "NOT_MET"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    NOT_REQUIRED = "NOT_REQUIRED"

    def __bool__(self) -> NoReturn:
        """Refuse: `if outcome:` would treat NOT_MET as true."""
        raise TypeError(
            "an outcome has more than two values and no truth value; compare it, as in: outcome == Outcome.MET"
        )


class Standing(StrEnum):
    """What a credential is on the day of decision, whatever its requirements."""

    CURRENT = "current"
    INACTIVE = "inactive"
    EXPIRED = "expired"
    NO_END_DATE = "no_end_date"


class Grade(StrEnum):
    """How certain a figure is, strongest first; `user` is outside the scale.

    >>> Grade.OFFICIAL.satisfies(Grade.SOCIETY), Grade.INFERRED.satisfies(Grade.SOCIETY)
    (True, False)
    >>> Grade.USER.satisfies(Grade.OFFICIAL)      # a user's own rows are always used, and always named
    True
    """

    OFFICIAL = "official"
    OFFICIAL_OLD = "official_old"
    BOOKLET = "booklet"
    SOCIETY = "society"
    THIRD_PARTY = "third_party"
    INFERRED = "inferred"
    USER = "user"

    def satisfies(self, trust: Grade) -> bool:
        """Return whether a figure of this grade counts as established if `trust` is the weakest grade accepted."""
        return self is Grade.USER or _STRENGTH[self] <= _STRENGTH[trust]


_STRENGTH = {grade: position for position, grade in enumerate(Grade)}
TRUST_SCALE = tuple(grade for grade in Grade if grade is not Grade.USER)
"""The grades down to which a caller may rely on figures, the best first; a user's own rows are always relied on."""


def weakest(grades: Iterable[Grade]) -> Grade | None:
    """Return the weakest of some grades (None if there are none); a single `user` makes the result `user`.

    >>> weakest([Grade.OFFICIAL, Grade.SOCIETY])
    <Grade.SOCIETY: 'society'>
    """
    return max(grades, key=_STRENGTH.__getitem__, default=None)


def weaker(first: Grade, *others: Grade) -> Grade:
    """Return the weakest of one grade or more.

    >>> weaker(Grade.OFFICIAL, Grade.SOCIETY)
    <Grade.SOCIETY: 'society'>
    """
    return max((first, *others), key=_STRENGTH.__getitem__)
