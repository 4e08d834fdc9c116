"""Files from outside that are not records and that nothing here reads: which kind each is, and what to do instead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Foreign", "foreign_kind", "our_schema", "words_of_type"]


class Foreign(NamedTuple):
    """A kind of file that is known and not read: its name in a sentence, and what to do instead."""

    name: str
    advice: str


_TRANSCRIPT = Foreign("a learner transcript as CME accreditors exchange it (ACCME)",
                      "ask the provider for a transcript as CSV or Excel")
_DESCRIPTION = Foreign("a description of a credential from a registry (CTDL)",
                       "it says what a credential is, not what a person has done")
_LEARNER_RECORD = Foreign("a comprehensive learner record (CLR)", "give the badges in it one by one")


def foreign_kind(plain: Any) -> Foreign | None:
    """Name the kind of a file that is known and not read; None for any other."""
    if not isinstance(plain, Mapping):
        return None
    if _has(plain, "ACCMETranscripts", "ACCMETranscript"):
        return _TRANSCRIPT
    if _is_ctdl(plain):
        return _DESCRIPTION
    return _LEARNER_RECORD if _is_clr(plain) else None


def our_schema(plain: Any) -> str | None:
    """Return the schema that a document of this package names; None for any other document."""
    schema = plain.get("schema") if isinstance(plain, Mapping) else None
    return schema if isinstance(schema, str) and schema.startswith("cmprules.") else None


def words_of_type(plain: Any) -> list[str]:
    """List the types of an element of linked data."""
    if not isinstance(plain, Mapping):
        return []
    value = plain.get("type", plain.get("@type"))
    listed = value if isinstance(value, list) else [value]
    return [word for word in listed if isinstance(word, str)]


def _has(plain: Mapping[str, Any], *keys: str) -> bool:
    return any(key in plain for key in keys)


def _is_ctdl(plain: Mapping[str, Any]) -> bool:
    named = words_of_type(plain) or [*plain]
    return "credreg.net" in json.dumps(plain.get("@context"), default=str) or any(
        word.startswith(("ceterms:", "ceasn:")) for word in named)


def _is_clr(plain: Mapping[str, Any]) -> bool:
    return any(word.startswith("Clr") for word in words_of_type(plain)) or _has(plain, "clrId", "clr")
