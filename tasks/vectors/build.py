"""Turns cases into vectors: each case with the library's own answer, without its wording."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tasks.vectors import doubts, faults, points, relations, rows, worked
from tasks.vectors.records import Case

import cmprules
from cmprules.conformance import Vector, answer, comparable

EDITION = "2026.1"
EDITIONS = cmprules.editions()


def cases(book: cmprules.PolicyBook) -> Iterator[Case]:
    """List every case, group by group; the last group covers rules that the first edition does not have."""
    return chain(points.cases(book), rows.cases(book), worked.cases(), doubts.cases(book), faults.cases(),
                 relations.cases(book))


def build(edition: str = EDITION) -> tuple[Vector, ...]:
    """Build every vector of an edition."""
    book = cmprules.load_book(edition=edition)
    found = tuple(_vector(name, {**case, "edition": edition}, book) for name, case in cases(book))
    if len({vector.id for vector in found}) < len(found):
        raise AssertionError("two vectors share an id")
    return found


def _vector(id: str, case: dict[str, object], book: cmprules.PolicyBook) -> Vector:
    return Vector(id=id, case=case, expected=comparable(answer({"id": id, **case}, book=book)))
