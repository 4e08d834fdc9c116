"""Classes whose fields carry shapes: how they are declared, made, read and written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Mapping
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Final, NamedTuple, ParamSpec, TypeVar, cast

import attrs

from cmprules._kit.shapes.compound import ListOf, Maybe
from cmprules._kit.shapes.hints import hint_for
from cmprules._kit.shapes.single import BAD, Count, Day, Flag, Member, Number, Shape, Text, refused
from cmprules._kit.values import Value
from cmprules._words.limits import LONGEST_TEXT
from cmprules.errors import Fault, InputError, shorten

P = ParamSpec("P")
T = TypeVar("T")


class Part(Shape):
    """A value class inside another."""

    def __init__(self, cls: type[Any]) -> None:
        self.cls: Final = cls

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an instance, or a mapping with its fields."""
        return value if isinstance(value, self.cls) else read_part(self.cls, value, path, faults)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a mapping."""
        return write_part(value, bare=bare)


class Later(Shape):
    """A value of a class that is not complete when the field is declared, such as a branch of a tree."""

    def __init__(self, cls: Callable[[], type[Any]]) -> None:
        self.cls: Final = cls

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Accept an instance, or a mapping with its fields."""
        return Part(self.cls()).read(value, path, faults)

    def write(self, value: Any, *, bare: bool = False) -> Any:
        """Write a mapping."""
        return write_part(value, bare=bare)


class _Field(NamedTuple):
    name: str
    key: str
    shape: Shape
    required: bool
    default: Any
    leave_out: bool
    as_given: str | None


def _hashable(cls: type[Any]) -> Hashable:
    """Let a type checker accept a class as the key of a cache."""
    return cast("Hashable", cls)


def wire(
    shape: Shape | None = None, *, leave_out: bool = False, key: str | None = None, as_given: str | None = None,
    first: bool = False, last: bool = False, made: bool = False,
) -> dict[str, Any]:
    """Declare how a field differs from its annotation, as attrs metadata.

    Args:
        shape: how it is read and written, if that does not follow from its type.
        leave_out: leave it out of the wire format while it has its default.
        key: its name in the wire format, where Python reserves the word.
        as_given: the attribute that holds the word as it was written, if that was another word for the same thing.
        first: place it before the fields of the class's bases.
        last: place it after the fields of every class that inherits it.
        made: require it in the wire format, although the class makes one where its constructor is given none.
    """
    return {"shape": shape, "leave_out": leave_out, "key": key, "as_given": as_given, "place": last - first,
            "made": made}


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
                  says["made"] or field.default is attrs.NOTHING, field.default, says["leave_out"], says["as_given"])


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
    if isinstance(named, type) and (issubclass(named, Checked) or attrs.has(named)):
        return Part(named)
    raise TypeError(f"no shape follows from the annotation {annotation!r} in {module}; declare one with wire(...)")


_SHAPES_OF_TYPES: Final[dict[str, Shape]] = {
    "str": Text(), "date": Day(), "Decimal": Number(), "int": Count(), "bool": Flag(),
}
_SAYS_NOTHING: Final = wire()


class Checked(Value):
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
            if raw is not field.default:
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
    made: T = _maker(cls)(**fields)
    return made


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
        return cast("T", refused(faults, path, "WRONG_TYPE", raw, "a mapping", "put it in curly brackets"))
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
        return refused(faults, f"{path}.{field.key}", "MISSING_KEY", None, f"'{field.key}'", "add it")
    return field.default


def _refuse_unknown_keys(raw: Mapping[Any, Any], known: tuple[str, ...], path: str, faults: list[Fault]) -> None:
    for key in getattr(raw, "repeated_keys", ()):
        refused(faults, f"{path}.{_named(key)}", "REPEATED_KEY", key, "each key once", "keep one of them")
    for key in raw:
        if key not in known:
            refused(faults, f"{path}.{_named(key)}", "UNKNOWN_KEY", key, "a known key", hint_for(key, known, faults))


def _named(key: object) -> str:
    """Name a key within a path; a key may be any object."""
    return key if isinstance(key, str) and key.isprintable() and len(key) <= 60 else shorten(key)


def write_part(value: Any, *, bare: bool = False) -> dict[str, Any]:
    """Write a value as plain data, in the order of its fields; `bare` leaves out every field that has its default."""
    out = {}
    for key, get, write, default in _writers(cast("Hashable", type(value)), bare):
        item = get(value)
        if default is _ALWAYS or (item is not default and item != default):
            out[key] = item if write is None else write(item, bare=bare)
    return out


_Writer = tuple[str, Callable[[Any], Any], Callable[..., Any] | None, Any]
_ALWAYS = object()
"""Stands in for a default: the field is never left out."""


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
