"""The one canonical form of a value in JSON, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from cmprules import _vocabulary as vocabulary
from cmprules._facts import Record
from cmprules._shapes import write_part

__all__ = ["RECORD_SCHEMA", "canonical_json", "digest", "record_digest"]

RECORD_SCHEMA = "cmprules.record/1"


def canonical_json(plain: Mapping[str, object]) -> str:
    """Write plain data with sorted keys and no spaces.

    >>> canonical_json({"b": "1.5", "a": None})
    '{"a":null,"b":"1.5"}'
    """
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(plain: Mapping[str, object]) -> str:
    """Give the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()


def record_digest(record: Record) -> str:
    """Give the digest of a record: defaults left out, numbers as normalised strings.

    Two records that say the same have the same digest, however they were written.
    """
    plain = write_part(record, bare=True)
    for activity in plain["activities"]:
        if activity["unit"] == vocabulary.KINDS[activity["kind"]][0]:
            del activity["unit"]
    return digest({"schema": RECORD_SCHEMA, **plain})
