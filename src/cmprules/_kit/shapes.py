"""One declaration per field: how it is read, checked and written.

Each field is declared once.  Its annotation gives its shape; a field that differs from its type says so in its
metadata.  The constructor's checks, the reader of mappings (JSON, TOML) and the writer all follow from the shape.
A reader does not stop at the first fault: it notes each one with its path, so that a person sees all of them at once.
"""

from __future__ import annotations

import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sized
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Final, ParamSpec, TypeVar, cast

import attrs

from cmprules._kit.calendar import EARLIEST_DAY, LATEST_DAY
from cmprules._kit.days import EXPECTED, day_remedy, time_remedy
from cmprules._kit.points import decimal_text, money_text
from cmprules._words.limits import LONGEST_NUMBER, LONGEST_TEXT, MOST_HINTS
from cmprules.errors import Fault, InputError, shorten

P = ParamSpec("P")
T = TypeVar("T")
BAD: Final[Any] = object()
"""What a reader returns after it has noted a fault."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATE_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,6})?", re.ASCII)
_DAY_ALONE = "a calendar day without a time"
_FEW = 12
_ALIKE = 0.6
_LONGEST_COUNT = 18
_TOO_MANY_TO_COMPARE = 500
_BITS = 400
"""A whole number with this many bits has too many digits; its size is known without writing it out."""


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
    folded = {option.casefold(): option for option in known}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=_ALIKE)
    return folded[found[0]] if found else None


def hint_for(word: object, known: tuple[str, ...], faults: Sized) -> str:
    """Name the nearest known word while the input has few faults; each search takes time."""
    return nearest(word, known) if len(faults) < MOST_HINTS else "check its spelling"


class Shape(ABC):
    """How one field is read and written; `read` notes faults and returns `BAD`; it never raises."""

    @abstractmethod
    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Check and convert one raw value."""

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Return plain data that `read` accepts; `bare` leaves out every default, at every level."""
        return value


def _fault(faults: list[Fault], path: str, code: str, value: object, expected: str, hint: str) -> Any:
    faults.append(Fault(path=path, code=code, value=value, expected=expected, hint=hint))
    return BAD


@attrs.frozen
class Text(Shape):
    """Text that is not empty and can be written as UTF-8; people may enter up to `longest` characters."""

    longest: int | None = None

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a string that is more than spaces."""
        if not isinstance(value, str):
            return _fault(faults, path, "WRONG_TYPE", value, "text", "put it in quotation marks")
        if self.longest is not None and len(value) > self.longest:
            return _fault(faults, path, "TEXT_TOO_LONG", value, f"at most {self.longest} characters", "shorten it")
        if not value.strip():
            return _fault(faults, path, "EMPTY_TEXT", value, "text with something in it", "fill it in or leave it out")
        value = str.__str__(value)  # a plain string, whatever a subclass does
        try:
            value.encode()
        except UnicodeEncodeError:
            return _fault(faults, path, "NOT_TEXT", ascii(value), "text that can be written as UTF-8",
                          "half of a character pair is missing; type the text again")
        return value


@attrs.frozen(kw_only=True)
class Day(Shape):
    """A calendar day; in a record, of a year in which people live."""

    bounded: bool = True

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a date or `YYYY-MM-DD`; refuse a datetime, which would hide a time zone."""
        if isinstance(value, datetime):
            return _fault(faults, path, "DATETIME", value, _DAY_ALONE, time_remedy(value))
        if isinstance(value, str):
            value = self._from_text(value, path, faults)
        elif not isinstance(value, date):
            return _fault(faults, path, "WRONG_TYPE", value, EXPECTED, "write it as YYYY-MM-DD")
        if value is BAD:
            return BAD
        day = date(value.year, value.month, value.day)
        if self.bounded and not EARLIEST_DAY <= day <= LATEST_DAY:
            return _fault(faults, path, "DATE_OUT_OF_RANGE", day.isoformat(),
                          f"a day from {EARLIEST_DAY} to {LATEST_DAY}", "check the year")
        return day

    def _from_text(self, text: str, path: str, faults: list[Fault]) -> Any:
        if not _DATE.fullmatch(text):
            if _DATE_AND_TIME.match(text):
                return _fault(faults, path, "DATETIME", text, _DAY_ALONE, time_remedy())
            return _fault(faults, path, "NOT_A_DATE", text, EXPECTED, day_remedy(text, path.rpartition(".")[2]))
        try:
            return date.fromisoformat(text)
        except ValueError:
            return _fault(faults, path, "NO_SUCH_DATE", text, "a day that the calendar has",
                          "check the month and the day")

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write ISO 8601."""
        return value.isoformat()


@attrs.frozen(kw_only=True)
class Number(Shape):
    """An exact number; a float is read by its shortest repr, so that 0.1 means a tenth."""

    above_zero: bool = False
    signed: bool = False

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an int, a Decimal, a float or a string of digits."""
        number = self._to_decimal(value, path, faults)
        return number if number is BAD else self._checked(number, value, path, faults)

    def _checked(self, number: Decimal, value: Any, path: str, faults: list[Fault]) -> Any:
        """Refuse a number that is not finite, too low, or has too many digits."""
        if not number.is_finite():
            return _fault(faults, path, "NOT_FINITE", value, "a finite number", "write the amount in digits")
        if self.above_zero and number <= 0:
            return _fault(faults, path, "NOT_POSITIVE", value, "a number above zero",
                          "leave out what earned nothing")
        if number < 0 and not self.signed:
            return _fault(faults, path, "NEGATIVE", value, "zero or more", "check the sign")
        if self._is_too_long(number):
            much = number.adjusted() > 0
            return _fault(faults, path, "TOO_MUCH" if much else "TOO_FINE", value,
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
            return _fault(faults, path, "WRONG_TYPE", value, "a number", "write it in digits, as 1.5")
        return self._from_text(value, path, faults)

    def _from_text(self, value: str, path: str, faults: list[Fault]) -> Any:
        if value.strip().lower().lstrip("+-") in {"nan", "inf", "infinity"}:
            return Decimal("NaN")
        if not _NUMBER.fullmatch(value):
            return _fault(faults, path, "NOT_A_NUMBER", value, "a number such as 1.5",
                          "write digits and a full stop alone")
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
            return _fault(faults, path, "NOT_WHOLE", value, "a whole number", "write it as it stands in the document")
        return int(number)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write the digits."""
        return str(value)


class Whole(Shape):
    """A whole number that is not an amount, such as a version."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an int."""
        if isinstance(value, bool) or not isinstance(value, int):
            return _fault(faults, path, "WRONG_TYPE", value, "a whole number", "write it in digits")
        return int(value)


class Flag(Shape):
    """Yes or no."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept true or false, and nothing that only looks like them."""
        if not isinstance(value, bool):
            return _fault(faults, path, "WRONG_TYPE", value, "true or false", "write true or false without quotes")
        return value


@attrs.frozen
class Word(Shape):
    """One word of a closed list; `code` is the fault's code for any other word."""

    known: tuple[str, ...]
    what: str
    code: str

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a known word in exactly its own spelling."""
        if not isinstance(value, str):
            return _fault(faults, path, "WRONG_TYPE", value, self.what, self.remedy(value, faults))
        word = str.__str__(value)
        if word not in self.known:
            return _fault(faults, path, self.code, word, self.what, self.remedy(word, faults))
        return word

    def remedy(self, word: object, faults: Sized = ()) -> str:
        """Return a remedy for any other word."""
        return hint_for(word, self.known, faults)


@attrs.frozen
class Listed(Word):
    """One word of a closed list in which a wrong word could add points: a fault lists all words and suggests none.

    `command` is the command that explains the words.
    """

    command: str

    def remedy(self, word: object, faults: Sized = ()) -> str:
        """List every word."""
        return f"known: {', '.join(self.known)}; `cmprules {self.command}` explains them"


@attrs.frozen
class Member(Shape):
    """One member of an enumeration."""

    enum: type[StrEnum]

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept the member or its value."""
        try:
            return self.enum(value)
        except ValueError:
            known = tuple(str(member) for member in self.enum)
            return _fault(faults, path, "UNKNOWN_WORD", value, "one of a closed list", hint_for(value, known, faults))

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write the value."""
        return str(value)


@attrs.frozen
class Maybe(Shape):
    """A field that may be empty."""

    inner: Shape

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept None, or what the inner shape accepts."""
        return None if value is None else self.inner.read(value, path, faults)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write None or the inner value."""
        return None if value is None else self.inner.write(value, bare=bare)


@attrs.frozen
class ListOf(Shape):
    """A sequence, kept as a tuple; where order has no meaning, the key `order` sorts it."""

    item: Shape
    order: Callable[[Any], Any] | None = None
    at_least: int = 0
    at_most: int | None = None

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a list, tuple or set; refuse a bare string, which is a sequence of letters."""
        unordered = isinstance(value, set | frozenset)
        if not isinstance(value, list | tuple) and not (unordered and self.order is not None):
            hint = "a set has no order; make a list of it" if unordered else "put it in square brackets"
            return _fault(faults, path, "NOT_A_LIST", value, "a list", hint)
        if len(value) < self.at_least:
            return _fault(faults, path, "EMPTY_LIST", value, f"at least {self.at_least}", "add what is missing")
        if self.at_most is not None and len(value) > self.at_most:
            return _fault(faults, path, "TOO_MANY", len(value), f"at most {self.at_most}", "leave some out")
        before = len(faults)
        items = [self.item.read(item, f"{path}[{index}]", faults) for index, item in enumerate(value)]
        if self.order is not None and len(faults) == before:
            self._refuse_repeats(items, path, faults)
            items.sort(key=self.order)
        return BAD if len(faults) > before else tuple(items)

    def _refuse_repeats(self, items: list[Any], path: str, faults: list[Fault]) -> None:
        seen = set()
        for index, item in enumerate(items):
            if item in seen:
                _fault(faults, f"{path}[{index}]", "REPEATED", item, "each one once", "leave out the second")
            seen.add(item)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a list."""
        return [self.item.write(item, bare=bare) for item in value]


@attrs.frozen
class Part(Shape):
    """A value class inside another."""

    cls: type[Any]

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an instance, or a mapping with its fields."""
        return value if isinstance(value, self.cls) else read_part(self.cls, value, path, faults)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a mapping."""
        return write_part(value, bare=bare)


@attrs.frozen
class Later(Shape):
    """A value of a class that is not complete when the field is declared, such as a branch of a tree."""

    cls: Callable[[], type[Any]]

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an instance, or a mapping with its fields."""
        return Part(self.cls()).read(value, path, faults)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a mapping."""
        return write_part(value, bare=bare)


def refuse_others(values: Iterable[object], cls: type[Any], path: str, faults: list[Fault]) -> None:
    """Note every argument that is not an instance of a class, in a function that accepts only instances."""
    for value in values:
        if not isinstance(value, cls):
            _fault(faults, path, "WRONG_TYPE", value, f"a value of the class {cls.__name__}", "make one of it first")


class FrozenMap(Mapping[str, Any]):
    """A mapping that cannot change, compares by value and may be shared.

    >>> FrozenMap({"a": 1}) == {"a": 1}
    True
    >>> FrozenMap({"a": 1})["a"] = 2
    Traceback (most recent call last):
    ...
    TypeError: 'FrozenMap' object does not support item assignment
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Any] | None = None) -> None:
        self._items = dict(items or {})

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"


@attrs.frozen
class MapOf(Shape):
    """A mapping from names to values."""

    item: Shape

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept a mapping whose keys are text."""
        if not isinstance(value, Mapping):
            return _fault(faults, path, "WRONG_TYPE", value, "a mapping", "put it in curly brackets")
        before = len(faults)
        for key in value:
            if not isinstance(key, str):
                _fault(faults, path, "WRONG_TYPE", key, "a name that is text", "put it in quotation marks")
        items = {key: self.item.read(item, f"{path}.{key}", faults) for key, item in value.items()}
        return BAD if len(faults) > before else FrozenMap(items)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a dict."""
        return {key: self.item.write(item, bare=bare) for key, item in value.items()}


class Plain(Shape):
    """Plain data of any JSON form, made immutable; a number is text or a whole number."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept any JSON value except a number with a fraction, which has no single form."""
        if isinstance(value, Mapping):
            return MapOf(self).read(value, path, faults)
        if isinstance(value, list | tuple):
            return ListOf(self).read(value, path, faults)
        if value is None or isinstance(value, bool | int):
            return value
        if not isinstance(value, str):
            return _fault(faults, path, "WRONG_TYPE", value, "plain data", "write a number with a fraction as text")
        return Text().read(value, path, faults) if value.strip() else str.__str__(value)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write dicts and lists."""
        if isinstance(value, Mapping):
            return {key: self.write(item) for key, item in value.items()}
        return [self.write(item) for item in value] if isinstance(value, tuple) else value


# ---------------------------------------------------------------------------------------------------------
# Classes whose fields carry shapes.


@attrs.frozen
class _Field:
    name: str
    key: str
    shape: Shape
    required: bool
    default: Any
    leave_out: bool
    as_given: str | None


def _hashable(cls: type[Any]) -> Hashable:
    """Tell a type checker that a class can be the key of a cache."""
    return cast("Hashable", cls)


def wire(
    shape: Shape | None = None, *, leave_out: bool = False, key: str | None = None, as_given: str | None = None,
    first: bool = False, last: bool = False,
) -> dict[str, Any]:
    """Declare how a field differs from its annotation, as attrs metadata.

    Args:
        shape: how it is read and written, if that does not follow from its type.
        leave_out: leave it out of the wire format while it has its default.
        key: its name in the wire format, where Python reserves the word.
        as_given: the attribute that holds the word as it was written, if that was another word for the same thing.
        first: place it before the fields of the class's bases.
        last: place it after the fields of every class that inherits it.
    """
    return {"shape": shape, "leave_out": leave_out, "key": key, "as_given": as_given, "place": last - first}


LEAVE_OUT: Final = wire(leave_out=True)
"""For a field that is left out of the wire format while it has its default."""

ENTERED: Final = wire(Text(LONGEST_TEXT))
"""For text that a person enters; its length is limited."""

MAYBE_ENTERED: Final = wire(Maybe(Text(LONGEST_TEXT)), leave_out=True)
"""For text that a person may enter; if there is none, it is left out of the wire format."""

INNER: Final[dict[str, Any]] = {"inner": True}
"""For a field that is never in the wire format."""


def fields_of(cls: type[Any]) -> tuple[_Field, ...]:
    """Return the fields of a class in the order of the wire format."""
    return _fields(_hashable(cls))


@cache
def _fields(cls: Hashable) -> tuple[_Field, ...]:
    """Read the declarations of a class once, in the order of the wire format."""
    known: Any = cls
    owners = {name: owner.__module__ for owner in reversed(known.__mro__)
              for name in vars(owner).get("__annotations__", ())}
    declared = [field for field in attrs.fields(known) if field.init and "inner" not in field.metadata]
    declared.sort(key=lambda field: field.metadata.get("place", 0))
    return tuple([_declared(field, owners.get(field.name, "")) for field in declared])


def _declared(field: attrs.Attribute[Any], module: str) -> _Field:
    says = field.metadata or _SAYS_NOTHING
    return _Field(field.name, says["key"] or field.name, says["shape"] or _inferred(str(field.type), module),
                  field.default is attrs.NOTHING, field.default, says["leave_out"], says["as_given"])


@cache
def _inferred(annotation: str, module: str) -> Shape:
    """Find the shape of an annotation; a name in it is looked up in the module that declares the field.

    Only the text of the annotation is used, so nothing has to be evaluated when a program starts.
    """
    if annotation in _SHAPES_OF_TYPES:
        return _SHAPES_OF_TYPES[annotation]
    if annotation.endswith(" | None"):
        return Maybe(_inferred(annotation.removesuffix(" | None"), module))
    if annotation.startswith("tuple[") and annotation.endswith(", ...]"):
        return ListOf(_inferred(annotation.removeprefix("tuple[").removesuffix(", ...]"), module))
    named = vars(sys.modules[module]).get(annotation)
    if isinstance(named, type) and issubclass(named, StrEnum):
        return Member(named)
    if isinstance(named, type) and issubclass(named, Checked):
        return Part(named)
    raise TypeError(f"no shape follows from the annotation {annotation!r} in {module}; declare one with wire(...)")


_SHAPES_OF_TYPES: Final[dict[str, Shape]] = {
    "str": Text(), "date": Day(), "Decimal": Number(), "int": Count(), "bool": Flag(),
}
_SAYS_NOTHING: Final = wire()


class Checked:
    """The base of every value: its constructor converts and checks each field and reports all faults together.

    A class may define `_settle(path, faults, bad)`, which checks its fields against each other and fills in what
    follows from them; `bad` names the fields that could not be read, so that the others can still be checked.
    """

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []
        bad = set()
        for field in fields_of(type(self)):
            raw = getattr(self, field.name)
            if field.required or raw is not field.default:
                read = field.shape.read(raw, f"$.{field.name}", faults)
                object.__setattr__(self, field.name, read)
                if read is BAD:
                    bad.add(field.name)
        self._settle("$", faults, bad)
        if faults:
            raise InputError(faults)

    def _settle(self, path: str, faults: list[Fault], bad: set[str]) -> None:
        """Check the fields against each other; a class without such checks does nothing."""


def trusted(cls: Callable[P, T], *_: P.args, **fields: P.kwargs) -> T:
    """Make a value from parts that are already checked, without checking them again."""
    return cast("T", _maker(_hashable(cast("type[Any]", cls)))(**fields))


def maker(cls: Callable[P, T]) -> Callable[P, T]:
    """Return the constructor that `trusted` calls, for code that makes many values of a class.

    It takes every field by name and fills the slots one by one, like the constructor that attrs would write if there
    were nothing to check.
    """
    return cast("Callable[P, T]", _maker(_hashable(cast("type[Any]", cls))))


@cache
def _maker(cls: Hashable) -> Callable[..., Any]:
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", cls))
    names: dict[str, Any] = {"__cls__": cls, "__new__": object.__new__}
    taken, lines = [], []
    for field in fields:
        name = field.name
        names[f"__default_{name}__"], names[f"__set_{name}__"] = field.default, getattr(cls, name).__set__
        taken.append(name if field.default is attrs.NOTHING else f"{name}=__default_{name}__")
        lines.append(f"    __set_{name}__(__made__, {name})\n")
    source = f"def make(*, {', '.join(taken)}):\n    __made__ = __new__(__cls__)\n{''.join(lines)}    return __made__\n"
    exec(source, names)  # noqa: S102  # built only from field names, as attrs does it
    made: Callable[..., Any] = names["make"]
    return made


def read_part(cls: type[T], raw: Any, path: str, faults: list[Fault]) -> T:
    """Read one value of a class from a mapping and note every fault; return `BAD` if there is one."""
    if not isinstance(raw, Mapping):
        return cast("T", _fault(faults, path, "WRONG_TYPE", raw, "a mapping", "put it in curly brackets"))
    before = len(faults)
    fields = fields_of(cls)
    _refuse_unknown_keys(raw, tuple(field.key for field in fields), path, faults)
    value: Any = object.__new__(cls)
    bad = set()
    for field in fields:
        read = _read_field(field, raw, path, faults)
        object.__setattr__(value, field.name, read)
        if read is BAD:
            bad.add(field.name)
    value._settle(path, faults, bad)  # noqa: SLF001  # every class with shapes is a Checked
    return cast("T", BAD) if len(faults) > before else cast("T", value)


def _read_field(field: _Field, raw: Mapping[Any, Any], path: str, faults: list[Fault]) -> Any:
    if field.key in raw:
        return field.shape.read(raw[field.key], f"{path}.{field.key}", faults)
    if field.required:
        return _fault(faults, f"{path}.{field.key}", "MISSING_KEY", None, f"'{field.key}'", "add it")
    return field.default


def _refuse_unknown_keys(raw: Mapping[Any, Any], known: tuple[str, ...], path: str, faults: list[Fault]) -> None:
    for key in getattr(raw, "repeated_keys", ()):
        _fault(faults, f"{path}.{_named(key)}", "REPEATED_KEY", key, "each key once", "keep one of them")
    for key in raw:
        if key not in known:
            _fault(faults, f"{path}.{_named(key)}", "UNKNOWN_KEY", key, "a known key", hint_for(key, known, faults))


def _named(key: object) -> str:
    """Name a key within a path; a key may be any object."""
    return key if isinstance(key, str) and key.isprintable() and len(key) <= 60 else shorten(key)


def write_part(value: Any, *, bare: bool = False) -> dict[str, Any]:
    """Write a value as plain data, in the order of its fields; `bare` leaves out every field that has its default."""
    out = {}
    for key, get, write, default in _writers(cast("Hashable", type(value)), bare):
        item = get(value)
        if item is not default and item != default:
            out[key] = item if write is None else write(item, bare=bare)
    return out


_Writer = tuple[str, Callable[[Any], Any], Callable[..., Any] | None, Any]
_ALWAYS = object()
"""Stands in for a default: no value equals it, so the field is never left out."""


@cache
def _writers(cls: Hashable, bare: bool) -> tuple[_Writer, ...]:  # noqa: FBT001  # the key of a cache
    """List for each field of a class how to get it, how to write it, and the value at which it is left out."""
    return tuple(
        (field.key, _getter(field), None if _written_as_it_is(field.shape) else field.shape.write,
         field.default if (field.leave_out or bare) and not field.required else _ALWAYS)
        for field in _fields(cls)
    )


def _getter(field: _Field) -> Callable[[Any], Any]:
    """Return a getter for a field as it was written, if that is kept, or else for the field's value."""
    held, given = attrgetter(field.name), field.as_given
    return held if given is None else lambda value: getattr(value, given) or held(value)


def _written_as_it_is(shape: Shape) -> bool:
    """Return whether a shape writes what it holds without a change, as text is."""
    return _written_as_it_is(shape.inner) if isinstance(shape, Maybe) else type(shape).write is Shape.write
