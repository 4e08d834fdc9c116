"""JSON from outside: statements and badges are read, other known kinds are named and refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from cmprules._words.limits import MOST_ROWS
from cmprules.intake._badges import is_badge, read_badges
from cmprules.intake._decoding import decode
from cmprules.intake._plain import words_of_type
from cmprules.intake._rows import Element, Stop
from cmprules.intake._xapi import is_xapi, read_xapi

_LONGEST_NUMBER = 40


@attrs.frozen
class JsonRead:
    """What was read from a JSON file: its kind, and its elements."""

    format: str = "JSON"
    details: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()
    stop: Stop | None = None


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
    return attrs.evolve(_of_its_kind(plain, meanings), details=(decoded.encoding,))


def _number(text: str) -> Decimal | str:
    return Decimal(text) if len(text) <= _LONGEST_NUMBER else text


def _nothing(_: str) -> None:
    return None


def _of_its_kind(plain: Any, meanings: Callable[[str], Sequence[str]]) -> JsonRead:
    other = _other_kind(plain)
    if other is not None:
        return JsonRead(*other)
    if is_xapi(plain):
        read = JsonRead("xAPI statements", elements=read_xapi(plain, meanings))
    elif (version := is_badge(plain)) is not None:
        read = JsonRead(version, elements=read_badges(plain, meanings))
    else:
        return JsonRead(stop=Stop.of("UNKNOWN_JSON"))
    if len(read.elements) > MOST_ROWS:
        return JsonRead(read.format, stop=Stop.of("TOO_LARGE", text=f"more than {MOST_ROWS:,} elements"))
    return read


def _other_kind(plain: Any) -> tuple[str, tuple[str, ...], tuple[Element, ...], Stop] | None:
    """Name a kind of file that is known but not supported."""
    for name, fits, hint in _KINDS:
        if fits(plain):
            return name, (), (), Stop.of("KIND_NOT_READ", text=name, hint=hint)
    return None


def _has(plain: Any, *keys: str) -> bool:
    return isinstance(plain, Mapping) and any(key in plain for key in keys)


def _is_ctdl(plain: Any) -> bool:
    context = plain.get("@context") if isinstance(plain, Mapping) else None
    return "credreg.net" in json.dumps(context, default=str) or any(
        word.startswith(("ceterms:", "ceasn:")) for word in words_of_type(plain))


def _is_clr(plain: Any) -> bool:
    return any(word.startswith("Clr") for word in words_of_type(plain)) or _has(plain, "clrId", "clr")


def _is_ours(plain: Any) -> bool:
    schema = plain.get("schema") if isinstance(plain, Mapping) else None
    return isinstance(schema, str) and schema.startswith("cmprules.")


_KINDS: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("a learner transcript as CME accreditors exchange it (ACCME)",
     lambda plain: _has(plain, "ACCMETranscripts", "ACCMETranscript"),
     ": ask the provider for a transcript as CSV or Excel"),
    ("a description of a credential from a registry (CTDL)", _is_ctdl,
     ": it says what a credential is, not what somebody did"),
    ("a comprehensive learner record (CLR)", _is_clr, ": give the badges in it one by one"),
    ("a document of cmprules itself", _is_ours, ": a record can be added to (--into)"),
)
