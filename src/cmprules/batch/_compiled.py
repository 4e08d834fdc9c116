"""Policies as arrays: every table, kind and fee that a population may need, compiled once per book and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
import numpy as np

from cmprules import _vocabulary as vocabulary
from cmprules._allocation import Table, table_of
from cmprules._calendar import EARLIEST_DAY, LATEST_DAY, ONE_DAY
from cmprules._enums import Grade
from cmprules._policy import KindRule, PolicyBook
from cmprules.batch._kernel import CAPS, WIDTH, Array, Book, Kinds, Tables
from cmprules.errors import NotInForceError

__all__ = ["BODIES", "CODES", "GRADES", "NO_TABLE", "Compiled", "Timeline", "compile_book", "day_number",
           "from_day_number"]

NO_TABLE = -1
CODES = tuple(vocabulary.NAMES)
BODIES = ("ASCP", "ASCPi")
GRADES = tuple(Grade)
EPOCH = date(1970, 1, 1)
NEVER, ALWAYS = -(2**31), 2**31 - 1


def day_number(day: date) -> int:
    """Number a day as Arrow does: days since 1970-01-01."""
    return (day - EPOCH).days


def from_day_number(number: int) -> date:
    """Give the day of a number."""
    return date.fromordinal(number + EPOCH.toordinal())


@attrs.frozen(kw_only=True, eq=False)
class Timeline:
    """What binds a credential: from each day on a table by its number, or (`NO_TABLE`) the reason why there is none."""

    days: Array
    numbers: Array
    reasons: tuple[str | None, ...]


@attrs.frozen(kw_only=True, eq=False)
class Compiled:
    """A book for one trust, as arrays.

    Attributes:
        tables: the established tables, in the order of their numbers.
        slow: which of them the kernel cannot take.
        book: the figures of tables and kinds, as the kernel takes them.
        timelines: what binds each code of each body.
    """

    tables: tuple[Table, ...]
    slow: Array
    book: Book
    timelines: dict[tuple[str, str], Timeline]


def compile_book(book: PolicyBook, trust: Grade) -> Compiled:
    """Compile every table of a book for somebody who trusts down to a grade."""
    numbered: dict[object, tuple[int, Table]] = {}
    timelines = {(code, body): _timeline(book, code, body, trust, numbered)
                 for code, bodies in vocabulary.BODIES.items() for body in bodies}
    tables = tuple(table for _, table in numbered.values())
    slow = np.array([*map(_is_slow, tables), False])  # the last stands for no table
    return Compiled(tables=tables, slow=slow, timelines=timelines,
                    book=Book(tables=_tables(tables), kinds=_kinds(book, trust)))


def _timeline(
    book: PolicyBook, code: str, body: str, trust: Grade, numbered: dict[object, tuple[int, Table]]
) -> Timeline:
    """List the days on which another row of a credential begins to bind, and what binds from then on."""
    rows = book.tables.get(f"{code}({body})", ())
    turns = {row.starts_on for row in rows} | {row.ends_on + ONE_DAY for row in rows if row.ends_on is not None}
    days = [EARLIEST_DAY, *sorted(day for day in turns if EARLIEST_DAY < day <= LATEST_DAY)]
    found = [_binding(book, code, body, day, trust, numbered) for day in days]
    return Timeline(days=np.array([day_number(day) for day in days], dtype=np.int64),
                    numbers=np.array([number for number, _ in found], dtype=np.int64),
                    reasons=tuple(reason for _, reason in found))


def _binding(
    book: PolicyBook, code: str, body: str, day: date, trust: Grade, numbered: dict[object, tuple[int, Table]]
) -> tuple[int, str | None]:
    """Give the number of the table for an expiry on a day, or the finding that says why there is none."""
    try:
        policy = book.policy_for(code, expires_on=day, body=body)
    except NotInForceError:
        return NO_TABLE, "NOT_IN_FORCE"
    trusted = policy.under(trust)
    if not trusted.established:
        return NO_TABLE, "BELOW_TRUST" if policy.established else "TABLE_NOT_ESTABLISHED"
    number, _ = numbered.setdefault(policy.row, (len(numbered), table_of(trusted, trust)))
    return number, None


def _is_slow(table: Table) -> bool:
    """Whether the kernel cannot take a table: it has no room, or a cap is in doubt or lowers the grade."""
    own = any(cap.grade is Grade.USER for cap in table.policy.caps or ())
    return len(table.demand.areas) > WIDTH or len(table.demand.caps) > CAPS or bool(table.in_doubt) or own


def _tables(tables: Sequence[Table]) -> Tables:
    """Write tables as arrays; one that the kernel cannot take stays empty."""
    count, kinds = max(len(tables), 1), tuple(vocabulary.KINDS)
    plain = np.zeros((3, count), dtype=np.int64)
    found = Tables(width=plain[0], total=plain[1], grade=plain[2],
                   needs=np.zeros((count, WIDTH), dtype=np.int64), caps=np.zeros((count, CAPS), dtype=np.int64),
                   bit_of=np.full((count, len(vocabulary.AREAS)), -1, dtype=np.int64),
                   cap_of=np.full((count, len(kinds)), -1, dtype=np.int64))
    for number, table in enumerate(tables):
        demand = table.demand
        plain[:, number] = (len(demand.areas), demand.total, _grade(table))
        if not _is_slow(table):
            found.needs[number, :len(demand.areas)] = demand.areas
            found.caps[number, :len(demand.caps)] = demand.caps
            for bit, figure in enumerate(table.areas):
                found.bit_of[number, vocabulary.AREAS.index(figure.area)] = bit
            for kind, cap in table.cap_of.items():
                found.cap_of[number, kinds.index(kind)] = cap
    return found


def _grade(table: Table) -> int:
    """Find the weakest grade of the figures of a table."""
    return max(GRADES.index(cell.figure.grade) for cell in table.policy.row.cells)


def _kinds(book: PolicyBook, trust: Grade) -> Kinds:
    """Write the kinds of activity as arrays."""
    rules: list[KindRule] = [book.rules.kinds[kind] for kind in vocabulary.KINDS]
    return Kinds(
        established=np.array([rule.established and rule.citation.grade.satisfies(trust) for rule in rules]),
        pool_only=np.array([rule.pool_only for rule in rules]),
        done_from=np.array([_limit_day(rule, "done_from", NEVER) for rule in rules], dtype=np.int64),
        done_until=np.array([_limit_day(rule, "done_until", ALWAYS) for rule in rules], dtype=np.int64),
        grade=np.array([GRADES.index(rule.citation.grade) for rule in rules], dtype=np.int64),
    )


def _limit_day(rule: KindRule, name: str, absent: int) -> int:
    """Number the day of a limit of a kind, if it has one."""
    limit = rule.limit(name)
    return absent if limit is None or limit.day is None else day_number(limit.day)
