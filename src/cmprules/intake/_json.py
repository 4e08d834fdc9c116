"""JSON from outside: statements and badges are read, other known kinds are named and refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import attrs

from cmprules._facts.foreign import Foreign, foreign_kind, our_schema
from cmprules._words.limits import MOST_ROWS
from cmprules.intake._badges import is_badge, read_badges
from cmprules.intake._decoding import decode
from cmprules.intake._rows import Element, Guess, Stop
from cmprules.intake._xapi import is_xapi, read_xapi

_LONGEST_NUMBER = 40


@attrs.frozen
class JsonRead:
    """What was read from a JSON file: its kind, and its elements."""

    format: str = "JSON"
    details: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()
    stop: Stop | None = None
    guess: Guess | None = None


def read_json(raw: bytes, encoding: str | None, meanings: Callable[[str], Sequence[str]]) -> JsonRead:
    """Read a JSON file of a supported kind."""
    decoded = decode(raw, encoding)
    if decoded.stop is not None:
        return JsonRead(stop=decoded.stop)
    try:
        plain = json.loads(decoded.text.removeprefix("\ufeff"), parse_float=_number, parse_int=_number,
                           parse_constant=_nothing)
    except (ValueError, RecursionError):
        return JsonRead(stop=Stop.of("NOT_JSON"))
    return attrs.evolve(_of_its_kind(plain, meanings), details=(decoded.encoding,), guess=decoded.guess)


def _number(text: str) -> Decimal | str:
    return Decimal(text) if len(text) <= _LONGEST_NUMBER else text


def _nothing(_: str) -> None:
    return None


def _of_its_kind(plain: Any, meanings: Callable[[str], Sequence[str]]) -> JsonRead:
    if (other := _other_kind(plain)) is not None:
        return other
    if is_xapi(plain):
        read = JsonRead("xAPI statements", elements=read_xapi(plain, meanings))
    elif (version := is_badge(plain)) is not None:
        read = JsonRead(version, elements=read_badges(plain, meanings))
    else:
        return JsonRead(stop=Stop.of("UNKNOWN_JSON"))
    if len(read.elements) > MOST_ROWS:
        return JsonRead(read.format, stop=Stop.of("TOO_LARGE", text=f"more than {MOST_ROWS:,} elements"))
    return read


def _other_kind(plain: Any) -> JsonRead | None:
    """Name a kind of file that is known but not read."""
    found = foreign_kind(plain)
    if found is None and our_schema(plain) is not None:
        found = Foreign("a document of cmprules itself", "a record can be added to (--into)")
    if found is None:
        return None
    return JsonRead(found.name, stop=Stop.of("KIND_NOT_READ", text=found.name, hint=f": {found.advice}"))
