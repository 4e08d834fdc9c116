"""The one canonical form of a value in JSON, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cmprules._kit.shapes import Checked, write_part
from cmprules.errors import Fault, InputError

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class _NotOursError(InputError, TypeError):
    """A value that does not belong to this package; a `TypeError` too, which is all that version 0.1.0 raised."""


def to_mapping(value: Any) -> dict[str, Any]:
    """Write any value of this package as plain data: dicts, lists and strings, with numbers as normalized strings.

    Records, decisions and policies begin with their `schema`; `parse_record` and `parse_decision` read them back.

    Raises:
        InputError: the value does not belong to this package; it is a `TypeError` too.

    >>> import cmprules
    >>> to_mapping(cmprules.Period(start="2023-06-01", end="2026-05-31"))
    {'start': '2023-06-01', 'end': '2026-05-31'}
    >>> try:
    ...     to_mapping("a string")
    ... except cmprules.InputError as error:
    ...     print(error)
    input has 1 fault:
      $.value: WRONG_TYPE: got 'a string', expected a value of this package; give a record, a decision or a part of one
    """
    if not isinstance(value, Checked):
        raise _NotOursError([Fault(path="$.value", code="WRONG_TYPE", value=value, expected="a value of this package",
                                   hint="give a record, a decision or a part of one")])
    schema = getattr(value, "schema", None)
    plain = write_part(value)
    return plain if schema is None else {"schema": schema, **plain}


def canonical_json(plain: Mapping[str, object]) -> str:
    """Write plain data with sorted keys and no spaces.

    >>> canonical_json({"b": "1.5", "a": None})
    '{"a":null,"b":"1.5"}'
    """
    return _CANONICAL.encode(plain)


def digest(plain: Mapping[str, object]) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()
