"""Statements of xAPI and cmi5, as learning record stores return them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cmprules._words.limits import MOST_ROWS
from cmprules.intake._plain import mapping_at, name_of, said_amounts, text_at
from cmprules.intake._rows import Cell, Element, Stop

_DONE = {"completed", "passed"}
_VOIDED = "voided"
_Meanings = Callable[[str], Sequence[str]]


def is_xapi(plain: Any) -> bool:
    """Return whether plain data is a list of statements, by itself or in the answer of a store."""
    listed = _listed(plain)
    return bool(listed) and all(isinstance(statement, Mapping) and "verb" in statement and "actor" in statement
                                for statement in listed)


def _listed(plain: Any) -> list[Any]:
    if isinstance(plain, Mapping):
        inside = plain.get("statements")
        return inside if isinstance(inside, list) else [plain] if "verb" in plain else []
    return plain if isinstance(plain, list) else []


def read_xapi(plain: Any, meanings: _Meanings) -> tuple[Element, ...]:
    """Read each statement as an element.

    A duration is not a credit, and the time at which a store saved a statement is ignored.
    """
    listed = _listed(plain)[:MOST_ROWS + 1]
    voided = {text_at(statement, "object", "id") for statement in listed if _verb(statement) == _VOIDED}
    seen: dict[tuple[str, ...], int] = {}
    return tuple(_element(number, statement, meanings, voided, seen) for number, statement in enumerate(listed))


def _element(number: int, statement: Mapping[str, Any], meanings: _Meanings, voided: set[str | None],
             seen: dict[tuple[str, ...], int]) -> Element:
    place = f"statement {number + 1}"
    values = tuple(_values(statement, meanings))
    stop = _stop(statement, voided)
    course = _course(statement)
    if stop is None and course is not None:
        before = seen.setdefault(course, number + 1)
        if before != number + 1:
            stop = Stop.of("SAME_COURSE", text=before)
    return Element(place, values, stop)


def _stop(statement: Mapping[str, Any], voided: set[str | None]) -> Stop | None:
    result = mapping_at(statement, "result")
    if text_at(statement, "id") in voided - {None}:
        return Stop.of("VOIDED")
    if _verb(statement) not in _DONE:
        return Stop.of("NOT_COMPLETED", text=_verb(statement) or "no verb")
    denied = next((name for name in ("completion", "success") if result.get(name) is False), None)
    return None if denied is None else Stop.of("NOT_COMPLETED", text=f"{denied}: false")


def _verb(statement: Mapping[str, Any]) -> str:
    return (text_at(statement, "verb", "id") or "").rstrip("/").rpartition("/")[2].casefold()


def _course(statement: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Identify one attempt at one course: person, course and registration; None without a registration."""
    registration = text_at(statement, "context", "registration")
    if registration is None:
        return None
    return (_actor(statement) or "", text_at(statement, "object", "id") or "", registration)


def _actor(statement: Mapping[str, Any]) -> str | None:
    return text_at(statement, "actor", "account", "name") or text_at(statement, "actor", "mbox") or text_at(
        statement, "actor", "name")


def _values(statement: Mapping[str, Any], meanings: _Meanings) -> Iterator[tuple[str, str, Cell]]:
    definition = mapping_at(statement, "object", "definition")
    title = name_of(definition.get("name"))
    if title is not None:
        yield "title", "name", title
    for meaning, name, value in (("completed_on", "timestamp", text_at(statement, "timestamp")),
                                 ("certificate", "id", text_at(statement, "id")),
                                 ("person", "actor", _actor(statement))):
        if value is not None:
            yield meaning, name, value
    for part in (mapping_at(statement, "result"), mapping_at(statement, "context"), definition):
        yield from _extensions(mapping_at(part, "extensions"), meanings)


def _extensions(extensions: Mapping[str, Any], meanings: _Meanings) -> Iterator[tuple[str, str, Cell]]:
    """Read the extensions whose name, the end of the address, means an amount, a unit or a topic."""
    for key, value in extensions.items():
        name = str(key).rstrip("/").replace("#", "/").rpartition("/")[2].replace("-", " ").replace("_", " ")
        yield from said_amounts(name, value, meanings)

