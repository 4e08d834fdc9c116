"""Every exception that the package raises on purpose.

"No" is an answer, never an exception.  An exception means that an input cannot be read, or that a requested policy
does not exist.  Each one names the value, what was expected, where it was found, and what to do next; the same facts
are attributes.  The wording may change between releases; the codes may not.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import attrs

__all__ = [
    "CmpRulesError",
    "Fault",
    "InputError",
    "MissingExtraError",
    "NotEstablishedError",
    "NotInForceError",
    "PolicyDataError",
    "UnknownCodeError",
    "UnknownEditionError",
]

_LONGEST = 80
_MOST_BITS = 1_000
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 60
_SHORT.maxlevel = 2
_SHORT.maxdict = _SHORT.maxlist = _SHORT.maxtuple = 3


def shorten(value: object) -> str:
    """Show a value in an error message; neither its size nor its own `repr` can break the message."""
    if isinstance(value, Decimal):
        text = Decimal.__str__(value).replace("e", "E")  # the case of "e" depends on the program's decimal context
    elif isinstance(value, int) and value.bit_length() > _MOST_BITS:
        text = f"a whole number of {value.bit_length()} bits"  # Python may refuse to write its digits
    else:
        text = date.isoformat(value) if isinstance(value, date) else _SHORT.repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST // 2]}...{text[-_LONGEST // 4:]}"


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that is wrong with an input.

    Attributes:
        path: where it is, such as `$.activities[3].amount`; in a policy table, the file, row and field.
        code: stable and public, such as `UNKNOWN_CODE`; `docs/` has a page for each.
        value: what was found (None for something missing).
        expected: what would have been accepted.
        hint: what to do next.

    >>> print(Fault(path="$.activities[0].amount", code="NOT_POSITIVE", value=-1,
    ...             expected="a number above zero", hint="leave it out"))
    $.activities[0].amount: NOT_POSITIVE: got -1, expected a number above zero; leave it out
    """

    path: str
    code: str
    value: object = attrs.field(hash=False)
    expected: str
    hint: str

    def __str__(self) -> str:
        """Render as one line."""
        got = "nothing" if self.value is None else shorten(self.value)
        line = f"{self.path}: {self.code}: got {got}, expected {self.expected}; {self.hint}"
        return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)


class CmpRulesError(Exception):
    """The base of all errors of this package; catch it to catch them all."""


class _FaultyError(CmpRulesError, ValueError):
    """An input with one or more faults, all reported together."""

    _what = "input"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        head = f"{self._what} has {count} fault{'' if count == 1 else 's'}"
        return "\n".join([head + ":", *(f"  {fault}" for fault in self.faults)])


class InputError(_FaultyError):
    """A record, a value or an argument that cannot be read; `.faults` lists every reason.

    >>> import cmprules
    >>> try:
    ...     cmprules.Period(start="2026-06-01", end="2026-05-31")
    ... except cmprules.InputError as error:
    ...     print(error.faults[0].code)
    END_BEFORE_START
    """


class PolicyDataError(_FaultyError):
    """A policy table that cannot be trusted; each fault names file, row and field."""

    _what = "policy data"


class NotInForceError(CmpRulesError, LookupError):
    """No table was in force for that expiration date: it lies before the first row."""


class NotEstablishedError(CmpRulesError, LookupError):
    """The figure exists, but the edition in use has no source for it."""


class UnknownEditionError(CmpRulesError, LookupError):
    """An edition that this release does not carry."""


class UnknownCodeError(CmpRulesError, LookupError):
    """A credential code that does not exist, or not for that body."""


class MissingExtraError(CmpRulesError, ImportError):
    """A feature needs a package that is not installed; the message says how to install it."""
