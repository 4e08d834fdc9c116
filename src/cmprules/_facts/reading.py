"""Records from plain data and from files: JSON, TOML or mappings."""

from __future__ import annotations

import codecs
import json
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from cmprules._facts.foreign import foreign_kind, our_schema
from cmprules._facts.records import Record, dangling_placements, repeated_ids
from cmprules._kit.files import refuse_no_path
from cmprules._kit.points import decimal_of
from cmprules._kit.shapes import read_part
from cmprules._kit.toml import NotTomlError, parse_toml
from cmprules._words.limits import LARGEST_FILE
from cmprules.errors import Fault, InputError

T = TypeVar("T")

# ---------------------------------------------------------------------------------------------------------
# Reading.


def parse_record(mapping: Mapping[str, object]) -> Record:
    """Read a record from plain data, as JSON or TOML gives it.

    Nothing is guessed and nothing is dropped: an unknown key is a fault.

    Raises:
        InputError: with every fault, each with its path, code and remedy.

    >>> record = parse_record({"schema": "cmprules.record/1", "holder": {"id": "h-1"}, "activities": [],
    ...                        "credentials": [{"id": "mls", "code": "MLS", "expires_on": "2026-05-31"}]})
    >>> record.credentials[0].expires_on
    datetime.date(2026, 5, 31)
    >>> parse_record({"schema": "cmprules.record/1", "holder": {"id": "h-1"}, "activities": [],
    ...               "credentials": [{"id": "mls", "code": "MLSS", "expires": "2026-05-31"}]})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 2 faults:
      $.credentials[0].expires: UNKNOWN_KEY: got 'expires', expected a known key; did you mean 'expires_on'?
      $.credentials[0].code: UNKNOWN_CODE: got 'MLSS', expected a credential code; did you mean 'MLS'? ...
    """
    return document(Record, mapping, between=_faults_between_parts, found=_BETWEEN_PARTS)


def _nothing(_: object) -> Iterable[Fault]:
    return ()


def document(
    cls: type[T], mapping: object, *, fits: Callable[[T], Iterable[Fault]] = _nothing,
    between: Callable[[Any], Iterable[Fault]] = _nothing, found: Container[str] = (),
) -> T:
    """Read a value that names its schema.

    Args:
        cls: its class.
        mapping: the plain data.
        fits: finds faults between the parts of a value whose parts could be read.
        between: finds faults between parts if some could not be read.
        found: the codes of `between`; if one of them is known already, it is not called.

    Raises:
        InputError: with every fault.
    """
    faults: list[Fault] = []
    value = read_part(cls, without_schema(mapping, cast("Any", cls).schema, faults), "$", faults)
    if not faults:
        faults.extend(fits(value))
    elif not any(fault.code in found for fault in faults):
        faults.extend(between(mapping))
    if faults:
        raise InputError(faults)
    return value


_BETWEEN_PARTS = {"REPEATED_ID", "NO_SUCH_CREDENTIAL", "NO_SUCH_ACTIVITY", "TOO_MANY"}
"""Faults between parts that are already known, or a list that is too long to search."""


def without_schema(mapping: Any, schema: str, faults: list[Fault]) -> Any:
    """Check and remove the `schema` key."""
    if not isinstance(mapping, Mapping):
        return mapping
    if "schema" not in mapping:
        faults.append(Fault(path="$.schema", code="MISSING_KEY", value=None, expected=f"'{schema}'", hint="add it"))
    elif not isinstance(mapping["schema"], str) or str.__str__(mapping["schema"]) != schema:
        faults.append(Fault(path="$.schema", code="WRONG_SCHEMA", value=mapping["schema"], expected=f"'{schema}'",
                            hint="this release reads that format alone"))
    rest = _Object((key, value) for key, value in mapping.items() if key != "schema")
    rest.repeated_keys = getattr(mapping, "repeated_keys", ())
    return rest


def _faults_between_parts(mapping: Any) -> list[Fault]:
    """Note repeated ids and dangling placements even if other faults keep the record from being made."""
    if not isinstance(mapping, Mapping):
        return []
    credentials, activities = _ids(mapping.get("credentials"), "id"), _ids(mapping.get("activities"), "id")
    holders, sources = _ids(mapping.get("placements"), "credential"), _ids(mapping.get("placements"), "activity")
    return [
        fault
        for fault in (*repeated_ids("$.credentials", credentials), *repeated_ids("$.activities", activities),
                      *dangling_placements("$", zip(holders, sources, strict=True),
                                           _known(credentials, holders), _known(activities, sources)))
        if fault.value is not None
    ]


def _ids(listed: object, key: str) -> list[Any]:
    """Return the id of each member of a list as written, or None if it cannot be read."""
    if not isinstance(listed, list | tuple):
        return []
    found = [item.get(key) if isinstance(item, Mapping) else getattr(item, key, None) for item in listed]
    return [name if isinstance(name, str) else None for name in found]


def _known(ids: list[Any], named: list[Any]) -> list[Any]:
    """Return the ids that a placement may name; an id that cannot be read may be the one that was meant."""
    return [*ids, *named] if None in ids else ids


def read_record(path: str | PathLike[str]) -> Record:
    """Read a record from a JSON or TOML file of up to 5 MB.

    The file's ending says which (`.json`, `.toml`); without one of these, text that begins with a brace is JSON.

    Raises:
        InputError: with every fault; an unreadable file is a fault too.

    >>> read_record("nowhere.json")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $: CANNOT_READ: got 'nowhere.json', expected a file; check the path: No such file or directory
    """
    try:
        plain = read_plain(path)
    except InputError as error:
        raise InputError(_of_a_transcript(path, error.faults)) from None
    _refuse_another_kind(plain)
    return parse_record(plain)


_OF_A_RECORD = frozenset({"schema", "holder", "credentials", "activities"})
_BADGE = frozenset({"badge", "credentialSubject", "issuanceDate", "validFrom"})


def _refuse_another_kind(plain: object) -> None:
    """Refuse a file that has nothing of a record with one fault that names its kind, in place of one for each key."""
    ours = our_schema(plain)
    if ours is not None and not ours.startswith("cmprules.record/"):
        raise InputError([Fault(path="$.schema", code="WRONG_SCHEMA", value=ours, expected=f"'{Record.schema}'",
                                hint="this is another document of cmprules; give the record itself")])
    first = plain[0] if isinstance(plain, list) and plain else plain
    if isinstance(first, Mapping) and first and not _OF_A_RECORD & first.keys():
        kind, hint = _kind_of(first)
        raise InputError([Fault(path="$", code="WRONG_SCHEMA", value=kind, expected=f"'{Record.schema}'", hint=hint)])


def _kind_of(plain: Mapping[str, Any]) -> tuple[str, str]:
    """Name the kind of a file from outside, and what to do with it."""
    foreign = foreign_kind(plain)
    if foreign is not None:
        return foreign.name, f"this kind is not read: {foreign.advice}"
    statements = "statements" in plain or plain.keys() >= {"actor", "verb"}
    if statements or _BADGE & plain.keys():
        return "xAPI statements" if statements else "a badge", "`cmprules intake` makes a record of it"
    return "a file of another kind", "check which file was meant; `cmprules new` begins a record"


_TRANSCRIPTS = frozenset({".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".pdf", ".htm", ".html", ".zip",
                          ".doc", ".docx", ".rtf"})
"""Endings of files that people have, and that are no records yet."""


def _of_a_transcript(path: object, faults: Sequence[Fault]) -> list[Fault]:
    """Explain how a transcript becomes a record, if one was given instead."""
    if not isinstance(path, str | PathLike) or Path(path).suffix.lower() not in _TRANSCRIPTS:
        return list(faults)
    return [attrs.evolve(fault, expected="a record, in JSON or TOML",
                         hint="a transcript becomes a record with `cmprules intake`, or cmprules.intake")
            if fault.code in {"NOT_TOML", "NOT_UTF8"} else fault for fault in faults]


def read_plain(path: str | PathLike[str], largest: int = LARGEST_FILE) -> Any:
    """Read the plain data of a JSON or TOML file.

    Raises:
        InputError: the file cannot be read, or is neither.
    """
    return parse_text(read_bytes(path, largest), ending=Path(path).suffix.lower(), largest=largest)


def read_bytes(path: str | PathLike[str], largest: int = LARGEST_FILE) -> bytes:
    """Read a file, up to just over the largest size allowed.

    Raises:
        InputError: the file cannot be read, or the argument is no path.
    """
    faults: list[Fault] = []
    refuse_no_path(path, "$.path", faults)
    if faults:
        raise InputError(faults)
    try:
        with Path(path).open("rb") as stream:
            return stream.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Fault(path="$", code="CANNOT_READ", value=str(path), expected="a file",
                                hint=f"check the path: {reason}")]) from None


def parse_text(raw: bytes, *, ending: str = "", largest: int = LARGEST_FILE) -> Any:
    """Parse the bytes of a JSON or TOML file as plain data with exact numbers.

    Raises:
        InputError: the file is too large, empty, not UTF-8, or neither JSON nor TOML.
    """
    text = decoded(raw, largest)
    as_json = ending == ".json" or (ending != ".toml" and text.lstrip().startswith("{"))
    try:
        return _parse_json(text) if as_json else parse_toml(text, _number)
    except RecursionError:
        raise _unreadable("TOO_DEEP", "at most a few levels", "a record has four levels") from None
    except (json.JSONDecodeError, NotTomlError) as error:
        code = "NOT_JSON" if as_json else "NOT_TOML"
        raise _unreadable(code, code.removeprefix("NOT_"), f"correct it: {error}") from None
    except ValueError as error:  # a number or a date that the parser does not accept
        code = "NOT_JSON" if as_json else "NOT_TOML"
        raise _unreadable(code, "numbers and dates that can be read", f"correct it: {error}") from None


def decoded(raw: bytes, largest: int = LARGEST_FILE) -> str:
    """Read the text of a file.

    Raises:
        InputError: the file is too large, empty, or not UTF-8.
    """
    if len(raw) > largest:
        raise _unreadable("FILE_TOO_LARGE", f"at most {largest // 1_000_000} MB",
                          "leave out what is not part of a record")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = "UTF-16" if raw.startswith(_UTF16) else f"the byte 0x{raw[error.start]:02X} in line {line}"
        raise _unreadable("NOT_UTF8", "UTF-8", "save the file as UTF-8", found) from None
    if not text.strip():
        raise _unreadable("EMPTY_FILE", "a record", "check which file was meant")
    return text


_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _unreadable(code: str, expected: str, hint: str, found: str | None = None) -> InputError:
    return InputError([Fault(path="$", code=code, value=found, expected=expected, hint=hint)])


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys occurred twice."""

    repeated_keys: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        times = Counter(key for key, _ in pairs)
        found.repeated_keys = tuple(key for key in found if times[key] > 1)
    return found


def _parse_json(text: str) -> Any:
    return json.loads(text, parse_float=_number, parse_int=_whole, object_pairs_hook=_object)


def _number(text: str) -> Decimal:
    try:
        return decimal_of(text)
    except InvalidOperation:  # an exponent too large even for Decimal
        return Decimal("Infinity")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) < sys.int_info.str_digits_check_threshold else Decimal(text)
