"""The books of editions as they are shipped: made from the tables ahead of time, and kept next to them.

Reading 59 tables, checking them and making a book of them takes ten times as long as reading the book.  The tables stay
the one source: a kept book counts only while they are, byte for byte, those that it was made from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Any, Final

from cmprules._kit.kept import Pool, made_again
from cmprules._kit.shapes import Day, Later, ListOf, MapOf, Part, Shape, Text
from cmprules._policy.book import (
    CountingRules,
    ExamFeeRow,
    FeeRow,
    LastDay,
    PassRateRow,
    PointsRow,
    PolicyBook,
    ProcessFigure,
    ProofRule,
    Setting,
    Source,
    Statement,
    TransitionRow,
)

KEPT: Final = "book.jsonl"
"""The file in the folder of an edition: digests in one line, and the book in another."""


def _entry(name: str) -> type[Any]:
    """Return the class of the words of a record; it is loaded when a word is asked for."""
    from cmprules._policy import entries  # noqa: PLC0415  # few programs ask for one

    found: type[Any] = getattr(entries, name)
    return found


_SHAPES: Final[dict[str, Shape]] = {
    "last_checked": Day(), "extra_sha256": ListOf(Text()), "sources": MapOf(Part(Source)),
    "tables": MapOf(ListOf(Part(PointsRow))), "rules": Part(CountingRules), "fees": ListOf(Part(FeeRow)),
    "figures": MapOf(Part(ProcessFigure)), "statements": MapOf(Part(Statement)), "readings": ListOf(Part(Statement)),
    "exam_fees": ListOf(Part(ExamFeeRow)), "pass_rates": ListOf(Part(PassRateRow)),
    "transitions": ListOf(Part(TransitionRow)), "proofs": MapOf(Part(ProofRule)), "own_areas": MapOf(ListOf(Text())),
    "settings": MapOf(Part(Setting)), "last_days": MapOf(Part(LastDay)),
    "codes": MapOf(Later(partial(_entry, "CodeEntry"))), "kinds": MapOf(Later(partial(_entry, "KindEntry"))),
    "areas": MapOf(Later(partial(_entry, "AreaEntry"))), "units": MapOf(Later(partial(_entry, "UnitEntry"))),
    "advisories": ListOf(Text()), "announced": ListOf(Part(PointsRow)),
}
"""How each field of a book is kept; its name and its digest are text."""


def kept_text(book: PolicyBook, tables: Mapping[str, bytes]) -> bytes:
    """Write a book and the digests that guard it; `tables` are the files that it was made from."""
    from cmprules._kit.keeping import keep  # noqa: PLC0415  # a program that reads a book keeps none

    body = json.dumps(keep(book), ensure_ascii=False, separators=(",", ":")).encode()
    return _guard(tables, body) + body


def kept_book(text: bytes, tables: Mapping[str, bytes]) -> PolicyBook | None:
    """Read a kept book; None if it was made from other tables, or is not what was written."""
    body = text.partition(b"\n")[2]
    if text != _guard(tables, body) + body:
        return None
    again, plain = json.loads(body)
    pool = Pool(again)
    return PolicyBook(**{name: made_again(_SHAPES.get(name, _TEXT), value, pool) for name, value in plain.items()})


_TEXT: Final = Text()


def _guard(tables: Mapping[str, bytes], body: bytes) -> bytes:
    """Return the line of digests: of the tables, their names included, and of the book."""
    listed = json.dumps({name: sha256(table).hexdigest() for name, table in sorted(tables.items())})
    digests = {"tables": sha256(listed.encode()).hexdigest(), "book": sha256(body).hexdigest()}
    return json.dumps(digests).encode() + b"\n"
