"""The one canonical form of a value in JSON, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cmprules._kit.shapes import Checked, write_part

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def to_mapping(value: Any) -> dict[str, Any]:
    """Write any value of this package as plain data: dicts, lists and strings, with numbers as normalized strings.

    Records, decisions and policies begin with their `schema`; `parse_record` and `parse_decision` read them back.

    Raises:
        TypeError: the value does not belong to this package.

    >>> import cmprules
    >>> to_mapping(cmprules.Period(start="2023-06-01", end="2026-05-31"))
    {'start': '2023-06-01', 'end': '2026-05-31'}
    >>> to_mapping("a string")
    Traceback (most recent call last):
    ...
    TypeError: 'str' is not a value that can be written
    """
    if not isinstance(value, Checked):
        raise TypeError(f"{type(value).__name__!r} is not a value that can be written")
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
