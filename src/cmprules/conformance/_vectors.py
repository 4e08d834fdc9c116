"""The vectors of an edition: cases with the answers that every implementation must give."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Final

import attrs

from cmprules._kit.canonical import canonical_json
from cmprules.errors import UnknownEditionError

_FOLDER: Final = files("cmprules") / "conformance" / "vectors"
_ENDING: Final = ".jsonl.gz"


@attrs.frozen(kw_only=True)
class Vector:
    """One case and its expected reply.

    Attributes:
        id: the group and the name, such as `points/MLS/2024-01-01/chemistry/short`.
        case: the request: `do` and its arguments.
        expected: `answer`, or `refused` with the path and the code of each fault, without wording.

    >>> vector = Vector(id="input/day/first/before", case={"do": "decide"}, expected={"refused": []})
    >>> vector.group, vector.request
    ('input', {'id': 'input/day/first/before', 'do': 'decide'})
    >>> vector.case = {}
    Traceback (most recent call last):
    ...
    attr.exceptions.FrozenInstanceError: can't set attribute
    """

    id: str
    case: Mapping[str, Any] = attrs.field(hash=False)
    expected: Mapping[str, Any] = attrs.field(hash=False)

    @property
    def group(self) -> str:
        """The first part of the id."""
        return self.id.partition("/")[0]

    @property
    def request(self) -> dict[str, Any]:
        """The case as it is sent, with its id."""
        return {"id": self.id, **self.case}


def carried() -> tuple[str, ...]:
    """List the editions for which this release has vectors, the newest last."""
    found = [entry.name.removesuffix(_ENDING) for entry in _FOLDER.iterdir() if entry.name.endswith(_ENDING)]
    return tuple(sorted(found, key=lambda name: [int(part) for part in name.split(".")]))


def vectors(edition: str | None = None) -> tuple[Vector, ...]:
    """Return the vectors of an edition.

    Args:
        edition: its name, such as `2026.1`; if absent, the newest edition with vectors in this release.

    Raises:
        UnknownEditionError: this release has no vectors for that edition.

    >>> vectors("2026.1")[0].id
    'points/AT/2007-01-01/from/on'
    >>> vectors("1999.1")
    Traceback (most recent call last):
    ...
    cmprules.errors.UnknownEditionError: no vectors for edition '1999.1'; this release has: 2026.1, 2026.2
    """
    known = carried()
    name = known[-1] if edition is None else edition
    if name not in known:
        raise UnknownEditionError(f"no vectors for edition {name!r}; this release has: {', '.join(known)}")
    return unpacked((_FOLDER / f"{name}{_ENDING}").read_bytes())


def unpacked(raw: bytes) -> tuple[Vector, ...]:
    """Read vectors from a compressed file of JSON lines."""
    lines = (json.loads(line) for line in gzip.decompress(raw).decode().splitlines())
    return tuple(Vector(**line) for line in lines)


def packed(found: Iterable[Vector]) -> bytes:
    """Write vectors as a compressed file of JSON lines; the same vectors always give the same bytes."""
    lines = (canonical_json({"id": vector.id, "case": vector.case, "expected": vector.expected}) + "\n"
             for vector in found)
    return gzip.compress("".join(lines).encode(), compresslevel=9, mtime=0)
