"""Shapes of single values: text, days, numbers, and words of closed lists."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sized
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from cmprules._kit.calendar import EARLIEST_DAY, LATEST_DAY
from cmprules._kit.days import EXPECTED, day_remedy, time_remedy
from cmprules._kit.points import decimal_text, money_text
from cmprules._kit.shapes.hints import hint_for
from cmprules._words.limits import LONGEST_NUMBER
from cmprules.errors import Fault

BAD: Final[Any] = object()
"""What a reader returns after it has noted a fault."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATE_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,6})?", re.ASCII)
_DAY_ALONE = "a calendar day without a time"
_LONGEST_COUNT = 18
_BITS = 400
"""A whole number with this many bits has too many digits; its size is known without writing it out."""


class Shape(ABC):
    """How one field is read and written; `read` notes faults and returns `BAD`; it never raises.

    Shapes are plain objects, made when the classes that they describe are declared.  Nothing compares or shows them, so
    attrs does not have to write the methods for that at every start.
    """

    @abstractmethod
    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Check and convert one raw value."""

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Return plain data that `read` accepts; `bare` leaves out every default, at every level."""
        return value


def refused(faults: list[Fault], path: str, code: str, value: object, expected: str, hint: str) -> Any:
    faults.append(Fault(path=path, code=code, value=value, expected=expected, hint=hint))
    return BAD


class Text(Shape):
    """Text that is not empty and can be written as UTF-8; people may enter up to `longest` characters."""

    def __init__(self, longest: int | None = None) -> None:
        self.longest: Final = longest

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a string that is more than spaces."""
        if not isinstance(value, str):
            return refused(faults, path, "WRONG_TYPE", value, "text", "put it in quotation marks")
        if self.longest is not None and len(value) > self.longest:
            return refused(faults, path, "TEXT_TOO_LONG", value, f"at most {self.longest} characters", "shorten it")
        if not value.strip():
            return refused(faults, path, "EMPTY_TEXT", value, "text with something in it", "fill it in or leave it out")
        value = str.__str__(value)  # a plain string, whatever a subclass does
        try:
            value.encode()
        except UnicodeEncodeError:
            return refused(faults, path, "NOT_TEXT", ascii(value), "text that can be written as UTF-8",
                          "half of a character pair is missing; type the text again")
        return value


class Day(Shape):
    """A calendar day; in a record, of a year in which people live."""

    def __init__(self, *, bounded: bool = True) -> None:
        self.bounded: Final = bounded

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a date or `YYYY-MM-DD`; refuse a datetime, which would hide a time zone."""
        if isinstance(value, datetime):
            return refused(faults, path, "DATETIME", value, _DAY_ALONE, time_remedy(value))
        if isinstance(value, str):
            value = self._from_text(value, path, faults)
        elif not isinstance(value, date):
            return refused(faults, path, "WRONG_TYPE", value, EXPECTED, "write it as YYYY-MM-DD")
        if value is BAD:
            return BAD
        day = date(value.year, value.month, value.day)
        if self.bounded and not EARLIEST_DAY <= day <= LATEST_DAY:
            return refused(faults, path, "DATE_OUT_OF_RANGE", day.isoformat(),
                          f"a day from {EARLIEST_DAY} to {LATEST_DAY}", "check the year")
        return day

    def _from_text(self, text: str, path: str, faults: list[Fault]) -> Any:
        if not _DATE.fullmatch(text):
            if _DATE_AND_TIME.match(text):
                return refused(faults, path, "DATETIME", text, _DAY_ALONE, time_remedy())
            return refused(faults, path, "NOT_A_DATE", text, EXPECTED, day_remedy(text, path.rpartition(".")[2]))
        try:
            return date.fromisoformat(text)
        except ValueError:
            return refused(faults, path, "NO_SUCH_DATE", text, "a day that the calendar has",
                          "check the month and the day")

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write ISO 8601."""
        return value.isoformat()


class Number(Shape):
    """An exact number; a float is read by its shortest repr, so that 0.1 means a tenth."""

    def __init__(self, *, above_zero: bool = False, signed: bool = False) -> None:
        self.above_zero: Final = above_zero
        self.signed: Final = signed

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an int, a Decimal, a float or a string of digits."""
        number = self._to_decimal(value, path, faults)
        return number if number is BAD else self._checked(number, value, path, faults)

    def _checked(self, number: Decimal, value: Any, path: str, faults: list[Fault]) -> Any:
        """Refuse a number that is not finite, too low, or has too many digits."""
        if not number.is_finite():
            return refused(faults, path, "NOT_FINITE", value, "a finite number", "write the amount in digits")
        if self.above_zero and number <= 0:
            return refused(faults, path, "NOT_POSITIVE", value, "a number above zero",
                          "leave out what earned nothing")
        if number < 0 and not self.signed:
            return refused(faults, path, "NEGATIVE", value, "zero or more", "check the sign")
        if self._is_too_long(number):
            much = number.adjusted() > 0
            return refused(faults, path, "TOO_MUCH" if much else "TOO_FINE", value,
                          f"a number of at most {LONGEST_NUMBER} digits", "check the amount and the unit")
        return number

    @staticmethod
    def _is_too_long(number: Decimal) -> bool:
        """Return whether a number would have too many digits without an exponent; no digit is written out to see."""
        digits = number.as_tuple()
        exponent = int(digits.exponent)  # only a number that is not finite has text here
        return max(len(digits.digits) + max(exponent, 0), 1 - min(exponent, 0)) > LONGEST_NUMBER

    def _to_decimal(self, value: Any, path: str, faults: list[Fault]) -> Any:
        if isinstance(value, Decimal):
            return Decimal(value)
        if isinstance(value, float):
            return Decimal(float.__repr__(value))
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(int(value) if value.bit_length() < _BITS else f"{'-' * (value < 0)}1E+{LONGEST_NUMBER}")
        if not isinstance(value, str):
            return refused(faults, path, "WRONG_TYPE", value, "a number", "write it in digits, as 1.5")
        return self._from_text(value, path, faults)

    def _from_text(self, value: str, path: str, faults: list[Fault]) -> Any:
        if value.strip().lower().lstrip("+-") in {"nan", "inf", "infinity"}:
            return Decimal("NaN")
        if not _NUMBER.fullmatch(value):
            return refused(faults, path, "NOT_A_NUMBER", value, "a number such as 1.5",
                          "it has a comma; write digits, and a full stop before decimals" if "," in value
                          else "write digits and a full stop alone")
        return Decimal(value)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write without exponent and trailing zeros."""
        return decimal_text(value)


class Money(Number):
    """An amount of money."""

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write with two decimals."""
        return money_text(value)


class Count(Number):
    """A whole number that is written as text, like every number of an answer: a score, attempts, days, years."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept what `Number` accepts if it is whole."""
        number = super().read(value, path, faults)
        if number is BAD:
            return BAD
        if number.adjusted() > _LONGEST_COUNT or number != int(number):
            return refused(faults, path, "NOT_WHOLE", value, "a whole number", "write it as it stands in the document")
        return int(number)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write the digits."""
        return str(value)


class Whole(Shape):
    """A whole number that is not an amount, such as a version."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an int."""
        if isinstance(value, bool) or not isinstance(value, int):
            return refused(faults, path, "WRONG_TYPE", value, "a whole number", "write it in digits")
        return int(value)


class Flag(Shape):
    """Yes or no."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept true or false, and nothing that only looks like them."""
        if not isinstance(value, bool):
            return refused(faults, path, "WRONG_TYPE", value, "true or false", "write true or false without quotes")
        return value


class Word(Shape):
    """One word of a closed list; `code` is the fault's code for any other word."""

    def __init__(self, known: tuple[str, ...], what: str, code: str) -> None:
        self.known: Final = known
        self.what: Final = what
        self.code: Final = code

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a known word in exactly its own spelling."""
        if not isinstance(value, str):
            return refused(faults, path, "WRONG_TYPE", value, self.what, self.remedy(value, faults))
        word = str.__str__(value)
        if word not in self.known:
            return refused(faults, path, self.code, word, self.what, self.remedy(word, faults))
        return word

    def remedy(self, word: object, faults: Sized = ()) -> str:
        """Return a remedy for any other word."""
        return hint_for(word, self.known, faults)


class Listed(Word):
    """One word of a closed list in which a wrong word could add points: a fault lists all words and suggests none.

    `command` is the command that explains the words.
    """

    def __init__(self, known: tuple[str, ...], what: str, code: str, command: str) -> None:
        super().__init__(known, what, code)
        self.command: Final = command

    def remedy(self, word: object, faults: Sized = ()) -> str:
        """List every word."""
        return f"known: {', '.join(self.known)}; `cmprules {self.command}` explains them"


class Member(Shape):
    """One member of an enumeration."""

    def __init__(self, enum: type[StrEnum]) -> None:
        self.enum: Final = enum

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept the member or its value."""
        try:
            return self.enum(value)
        except ValueError:
            known = tuple(str(member) for member in self.enum)
            return refused(faults, path, "UNKNOWN_WORD", value, "one of a closed list", hint_for(value, known, faults))

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write the value."""
        return str(value)
