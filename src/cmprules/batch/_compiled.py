"""Policies as arrays: every table, kind and fee that a population may need, compiled once per book and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs
import numpy as np

from cmprules import _vocabulary as vocabulary
from cmprules._allocation import Table, table_of
from cmprules._calendar import EARLIEST_DAY, LATEST_DAY, ONE_DAY
from cmprules._enums import Grade
from cmprules._policy import KindRule, PolicyBook
from cmprules.errors import NotEstablishedError, NotInForceError

__all__ = ["CAPS", "NO_TABLE", "WIDTH", "Compiled", "Fees", "compile_book", "day_number"]

Array = np.ndarray[Any, np.dtype[Any]]

WIDTH = 7
"""The most mandatory areas that the kernel takes; a table with more goes the slow way."""

CAPS = 2
"""The most capped kinds that the kernel takes."""

NO_TABLE = -1
GRADES = tuple(Grade)
EPOCH = date(1970, 1, 1)
NEVER, ALWAYS = -(2**31), 2**31 - 1


def day_number(day: date) -> int:
    """Number a day as Arrow does: days since 1970-01-01."""
    return (day - EPOCH).days


@attrs.frozen(kw_only=True, eq=False)
class Fees:
    """The fees of one region on one day, in cents, or why they are not established."""

    application: int
    reduced: int
    reinstatement: int
    known: frozenset[str]


@attrs.frozen(kw_only=True, eq=False)
class Compiled:
    """A book on one day for one trust, as arrays; tables are numbered, the codes that are not established too.

    Attributes:
        tables: the tables that are established, in the order of their numbers.
        slow: tables that the kernel cannot take (more areas or caps than it has room for, caps in doubt).
        starts: for each code and body the days on which another table begins, and the number of the table from
            then on; where none is in force or established, the code of the finding instead.
    """

    tables: tuple[Table, ...]
    slow: Array
    width: Array
    needs: Array
    pool: Array
    total: Array
    bit_of: Array
    cap_of: Array
    caps: Array
    table_grade: Array
    kind_established: Array
    kind_pool_only: Array
    kind_from: Array
    kind_until: Array
    kind_grade: Array
    starts: dict[tuple[str, str], tuple[Array, Array, tuple[str | None, ...]]]


def compile_book(book: PolicyBook, trust: Grade) -> Compiled:
    """Compile every table of a book for somebody who trusts down to a grade."""
    tables: dict[object, tuple[int, Table]] = {}
    starts = {}
    for code, bodies in vocabulary.BODIES.items():
        for body in bodies:
            starts[code, body] = _timeline(book, code, body, trust, tables)
    listed = [table for _, table in sorted(tables.values(), key=lambda pair: pair[0])]
    return Compiled(tables=tuple(listed), starts=starts, **_table_arrays(listed), **_kind_arrays(book, trust))


def _timeline(
    book: PolicyBook, code: str, body: str, trust: Grade, tables: dict[object, tuple[int, Table]]
) -> tuple[Array, Array, tuple[str | None, ...]]:
    """List the days on which another row of a credential begins to bind, and what binds from then on."""
    rows = book.tables.get(f"{code}({body})", ())
    days = {EARLIEST_DAY}
    for row in rows:
        days |= {row.starts_on} | ({row.ends_on + ONE_DAY} if row.ends_on is not None else set())
    ordered = sorted(day for day in days if EARLIEST_DAY <= day <= LATEST_DAY)
    found = [_binding(book, code, body, day, trust, tables) for day in ordered]
    return (np.array([day_number(day) for day in ordered], dtype=np.int64),
            np.array([number for number, _ in found], dtype=np.int64), tuple(why for _, why in found))


def _binding(
    book: PolicyBook, code: str, body: str, day: date, trust: Grade, tables: dict[object, tuple[int, Table]]
) -> tuple[int, str | None]:
    """Give the number of the table for an expiry on a day, or the finding that says why there is none."""
    try:
        policy = book.policy_for(code, expires_on=day, body=body)
    except NotInForceError:
        return NO_TABLE, "NOT_IN_FORCE"
    trusted = policy.under(trust)
    if not trusted.established:
        return NO_TABLE, "BELOW_TRUST" if policy.established else "TABLE_NOT_ESTABLISHED"
    if policy.row not in tables:
        tables[policy.row] = (len(tables), table_of(trusted, trust))
    return tables[policy.row][0], None


def _table_arrays(tables: Sequence[Table]) -> dict[str, Any]:
    count = max(len(tables), 1)
    needs, caps = np.zeros((count, WIDTH), dtype=np.int64), np.zeros((count, CAPS), dtype=np.int64)
    bit_of = np.full((count, len(vocabulary.AREAS)), -1, dtype=np.int64)
    cap_of = np.full((count, len(vocabulary.KINDS)), -1, dtype=np.int64)
    slow = np.zeros(count, dtype=np.bool_)
    plain = np.zeros((4, count), dtype=np.int64)
    kinds = list(vocabulary.KINDS)
    for number, table in enumerate(tables):
        demand = table.demand
        plain[:, number] = (len(demand.areas), demand.pool, demand.total, _grade(table))
        slow[number] = len(demand.areas) > WIDTH or len(demand.caps) > CAPS or bool(table.in_doubt)
        if slow[number]:
            continue
        needs[number, :len(demand.areas)] = demand.areas
        caps[number, :len(demand.caps)] = demand.caps
        for bit, figure in enumerate(table.areas):
            bit_of[number, vocabulary.AREAS.index(figure.area)] = bit
        for kind, cap in table.cap_of.items():
            cap_of[number, kinds.index(kind)] = cap
    return {"slow": slow, "needs": needs, "caps": caps, "bit_of": bit_of, "cap_of": cap_of, "width": plain[0],
            "pool": plain[1], "total": plain[2], "table_grade": plain[3]}


def _grade(table: Table) -> int:
    return max(GRADES.index(cell.figure.grade) for cell in table.policy.row.cells)


def _kind_arrays(book: PolicyBook, trust: Grade) -> dict[str, Any]:
    rules: list[KindRule] = [book.rules.kinds[kind] for kind in vocabulary.KINDS]
    return {
        "kind_established": np.array([rule.established and rule.citation.grade.satisfies(trust) for rule in rules]),
        "kind_pool_only": np.array([rule.pool_only for rule in rules]),
        "kind_from": np.array([_limit_day(rule, "done_from", NEVER) for rule in rules], dtype=np.int64),
        "kind_until": np.array([_limit_day(rule, "done_until", ALWAYS) for rule in rules], dtype=np.int64),
        "kind_grade": np.array([GRADES.index(rule.citation.grade) for rule in rules], dtype=np.int64),
    }


def _limit_day(rule: KindRule, name: str, absent: int) -> int:
    limit = rule.limit(name)
    return absent if limit is None or limit.day is None else day_number(limit.day)


def fees_on(book: PolicyBook, region: str, on: date) -> dict[str, int]:
    """Give the cents of every fee item that is established for a region on a day."""
    found = {}
    for item in ("application", "reduced_application", "reinstatement"):
        try:
            found[item] = book.fee(item, region=region, on=on)[1].hundredths
        except NotEstablishedError:
            continue
    return found
