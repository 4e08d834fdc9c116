"""Policies as arrays: the tables, kinds and units that a population may need, compiled once for each book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
import numpy as np

from cmprules._answers.ground import without_table
from cmprules._kit.calendar import EARLIEST_DAY, LATEST_DAY, ONE_DAY
from cmprules._policy.book import CapFigure, IdentityRules, KindRule, PolicyBook
from cmprules._rules.allocation import Table, table_of
from cmprules._words import vocabulary
from cmprules._words.enums import Grade
from cmprules.batch._kernel.records import CAPS, KIND, SETS, TABLE, UNIT, WIDTH, Array, Identity, Records, blank
from cmprules.errors import NotInForceError

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
    """Return the day of a number."""
    return date.fromordinal(number + EPOCH.toordinal())


@attrs.frozen(kw_only=True, eq=False)
class Timeline:
    """The table of a credential from each day on, by number, or (`NO_TABLE`) the reason why none (else empty)."""

    days: Array
    numbers: Array
    reasons: tuple[str, ...]


@attrs.frozen(kw_only=True, eq=False)
class Compiled:
    """A book at one accepted grade, as arrays.

    Attributes:
        tables: the established tables, in the order of their numbers.
        slow: the tables that the kernel cannot handle.
        figures: the figures of the tables, in the kernel's form.
        kinds: the rules for the kinds of activity, in the kernel's form.
        units: the units, in the kernel's form.
        odd_grade: the grade of the reading that cycles end with a month; -1 if the book does not have it.
        timelines: the tables of each code and body over time.
        identity: how the kernel compares entries under one title; None if no question about them is open, or if the
            user's own rows settle one.
    """

    tables: tuple[Table, ...]
    slow: Array
    figures: Records
    kinds: Records
    units: Records
    odd_grade: int
    timelines: dict[tuple[str, str], Timeline]
    identity: Identity | None


def compile_book(book: PolicyBook, trust: Grade) -> Compiled:
    """Compile every table of a book at an accepted grade."""
    numbered: dict[object, tuple[int, Table]] = {}
    timelines = {(code, body): _timeline(book, code, body, trust, numbered)
                 for code, bodies in vocabulary.BODIES.items() for body in bodies}
    tables = tuple(table for _, table in numbered.values())
    slow = np.array([*map(_is_slow, tables), False])  # the last one means: no table
    return Compiled(tables=tables, slow=slow, timelines=timelines,
                    figures=_figures(tables), kinds=_kinds(book, trust), identity=_identity(book),
                    units=_units(book, trust), odd_grade=_odd_grade(book))


def _timeline(
    book: PolicyBook, code: str, body: str, trust: Grade, numbered: dict[object, tuple[int, Table]]
) -> Timeline:
    """List the days on which another row of a credential takes effect, and the table from each day on."""
    rows = book.tables.get(f"{code}({body})", ())
    turns = {row.starts_on for row in rows} | {row.ends_on + ONE_DAY for row in rows if row.ends_on is not None}
    days = [EARLIEST_DAY, *sorted(day for day in turns if EARLIEST_DAY < day <= LATEST_DAY)]
    found = [_binding(book, code, body, day, trust, numbered) for day in days]
    return Timeline(days=np.array([day_number(day) for day in days], dtype=np.int64),
                    numbers=np.array([number for number, _ in found], dtype=np.int64),
                    reasons=tuple(reason for _, reason in found))


def _binding(
    book: PolicyBook, code: str, body: str, day: date, trust: Grade, numbered: dict[object, tuple[int, Table]]
) -> tuple[int, str]:
    """Return the number of the table for an expiration date, and the finding that says why none (else empty)."""
    try:
        policy = book.policy_for(code, expires_on=day, body=body)
    except NotInForceError:
        return NO_TABLE, "NOT_IN_FORCE"
    trusted = policy.under(trust)
    missing = without_table([policy], [trusted])
    if missing is not None:
        return NO_TABLE, missing
    number, _ = numbered.setdefault(policy.row, (len(numbered), table_of(trusted, trust)))
    return number, ""


def _is_slow(table: Table) -> bool:
    """Return whether the kernel cannot handle a table: it has too many areas or caps, or a cap is in doubt."""
    return len(table.demand.areas) > WIDTH or len(table.demand.caps) > CAPS or bool(table.in_doubt)


def _figures(tables: Sequence[Table]) -> Records:
    """Write tables as records; one that the kernel cannot handle has only its total and its grade."""
    found, kinds = blank(max(len(tables), 1), TABLE), tuple(vocabulary.KINDS)
    found.cap_of = NO_TABLE
    for row, table in zip(found, tables, strict=False):
        demand = table.demand
        row.width, row.total, row.grade = len(demand.areas), demand.total, _grade(table)
        if not _is_slow(table):
            row.needs[:len(demand.areas)] = demand.areas
            row.caps[:len(demand.caps)] = demand.caps
            row.cap_grades[:len(demand.caps)] = [_cap_grade(cap) for cap in table.policy.caps or ()]
            row.set_needs[:] = _ALL_SETS @ row.needs
            for bit, figure in enumerate(table.areas):
                row.area_of[bit] = vocabulary.AREAS.index(figure.area)
            for kind, cap in table.cap_of.items():
                row.cap_of[kinds.index(kind)] = cap
    return found


def _cap_grade(cap: CapFigure) -> int:
    """Return the grade that a cap passes on: `user` for a user's own row, none for a sourced one."""
    return GRADES.index(Grade.USER) if cap.grade is Grade.USER else 0


_ALL_SETS = np.arange(SETS)[:, np.newaxis] >> np.arange(WIDTH) & 1


def _grade(table: Table) -> int:
    """Find the weakest grade of the figures of a table."""
    return max(GRADES.index(cell.figure.grade) for cell in table.policy.row.cells)


def _kinds(book: PolicyBook, trust: Grade) -> Records:
    """Write the kinds of activity as records."""
    found = blank(len(vocabulary.KINDS), KIND)
    for row, kind in zip(found, vocabulary.KINDS, strict=True):
        rule: KindRule = book.rules.kinds[kind]
        row.established = rule.established and rule.citation.grade.satisfies(trust)
        row.pool_only, row.grade = rule.pool_only, GRADES.index(rule.citation.grade)
        row.done_from, row.done_until = _limit_day(rule, "done_from", NEVER), _limit_day(rule, "done_until", ALWAYS)
        again, identity = book.counting.repeated(kind), book.counting.identity
        row.open_again = again is not None and again.value == "open"
        row.again_grade = 0 if again is None else GRADES.index(again.citation.grade)
        row.bounded = identity is not None and kind in identity.bounded
    return found


def _units(book: PolicyBook, trust: Grade) -> Records:
    """Write the units as records; without the row `rule/unit_grade` they pass on no grade."""
    found, counts = blank(len(vocabulary.UNITS), UNIT), book.setting("rule/unit_grade") is not None
    for row, unit in zip(found, vocabulary.UNITS, strict=True):
        row.doubted = unit in book.counting.doubted_units[trust]
        row.grade = GRADES.index(book.cite(f"unit/{unit}").grade) if counts else 0
    return found


def _odd_grade(book: PolicyBook) -> int:
    """Find the grade of the reading that cycles end with a month, if the book has it."""
    return -1 if book.setting("rule/month_end") is None else GRADES.index(book.cite("rule/month_end").grade)


def _identity(book: PolicyBook) -> Identity | None:
    """Record how to compare entries under one title, if the kernel can do so."""
    rules, duplicates, alike = book.counting.identity, book.setting("rule/duplicates"), book.setting("rule/alike")
    if rules is None or duplicates is None or alike is None or not _are_open(rules):
        return None
    again = [setting for kind in book.rules.kinds if (setting := book.counting.repeated(kind)) is not None]
    if any(setting.user for setting in (duplicates, alike, *again)):
        return None  # whether a row of the user's own mattered shows only if the opposite is tried
    grades = [GRADES.index(setting.citation.grade) for setting in (duplicates, alike, *again)]
    return Identity(alike_days=rules.alike_days, same_grade=grades[0], alike_grade=grades[1], weakest=max(grades))


def _are_open(rules: IdentityRules) -> bool:
    """Return whether every question is open, except about repeats that count each time."""
    return rules.duplicates == rules.alike == "open" and {"open", "each"}.issuperset(rules.repeated.values())


def _limit_day(rule: KindRule, name: str, absent: int) -> int:
    """Number the day of a limit of a kind, if it has one."""
    limit = rule.limit(name)
    return absent if limit is None or limit.day is None else day_number(limit.day)
