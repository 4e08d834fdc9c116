"""From cases to vectors: each case with the library's own answer, its wording left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tasks.vectors import doubts, faults, points, rows, worked
from tasks.vectors.records import Case

import cmprules
from cmprules.conformance import Vector, answer, comparable

EDITION = "2026.1"


def cases() -> Iterator[Case]:
    """Give every case, group by group."""
    book = cmprules.load_book(edition=EDITION)
    return chain(points.cases(book), rows.cases(book), worked.cases(), doubts.cases(book), faults.cases())


def build() -> tuple[Vector, ...]:
    """Give every vector."""
    book = cmprules.load_book(edition=EDITION)
    found = tuple(_vector(name, {**case, "edition": EDITION}, book) for name, case in cases())
    if len({vector.id for vector in found}) < len(found):
        raise AssertionError("two vectors share an id")
    return found


def _vector(id: str, case: dict[str, object], book: cmprules.PolicyBook) -> Vector:
    return Vector(id=id, case=case, expected=comparable(answer({"id": id, **case}, book=book)))
