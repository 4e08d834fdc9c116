"""Caps below the trust: they bind in the reading against the holder, and not in the one in favor."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import PointsRow, PolicyBook
from cmprules._rules.allocation import Table, table_of

BOOK = cmprules.load_book(edition="2026.1")
END = date(2022, 12, 31)
AREAS = {"safety": 1, "blood_banking": 2, "chemistry": 2, "hematology": 2, "microbiology": 2}


def officially(row: PointsRow) -> PointsRow:
    """Return the row with every figure official."""
    return attrs.evolve(row, cells=tuple(
        attrs.evolve(cell, figure=attrs.evolve(cell.figure, grade=cmprules.Grade.OFFICIAL)) for cell in row.cells))


def official_book() -> PolicyBook:
    """Make the book with an official table for MLS, and a society's cap on pandemic work."""
    rows = tuple(officially(row) for row in BOOK.tables["MLS(ASCP)"])
    return attrs.evolve(BOOK, tables=FrozenMap({**BOOK.tables, "MLS(ASCP)": rows}))


def decided(pandemic: int, trust: str) -> cmprules.CredentialDecision:
    """Decide courses in every area, seven more points, and some hours of pandemic work."""
    courses = [cmprules.Activity(id=area, title=area, kind="formal_ce", amount=points, areas=[area],
                                 completed_on=date(2021, 5, 5)) for area, points in AREAS.items()]
    free = cmprules.Activity(id="free", title="Free", kind="formal_ce", amount=7, completed_on=date(2021, 5, 6))
    work = cmprules.Activity(id="work", title="Work", kind="covid_work", amount=pandemic,
                             completed_on=date(2021, 5, 7))
    record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=(*courses, free, work),
                             credentials=(cmprules.Credential(id="mls", code="MLS", expires_on=END),))
    return cmprules.decide(record, official_book(), on=END, trust=trust)["mls"]


@pytest.mark.parametrize(("pandemic", "trust", "outcome", "short", "if_confirmed"), [
    (20, "society", "NOT_MET", "8", "8"),  # the cap of twelve points meets the trust
    (20, "booklet", "NEEDS_REVIEW", "20", "0"),  # neither the work nor its cap does
    (19, "booklet", "NOT_MET", "20", "1"),
])
def test_a_cap_below_the_trust_is_lifted_in_the_holders_favour(
    pandemic: int, trust: str, outcome: str, short: str, if_confirmed: str
) -> None:
    """A weak figure counts against the holder in one reading, and for the holder in the other."""
    answer = decided(pandemic, trust)
    assert answer.total is not None
    assert (answer.outcome, str(answer.total.short), str(answer.total.short_if_confirmed)) == (
        outcome, short, if_confirmed)


def lenient(trust: str) -> tuple[Table, Table]:
    """Return a table and its lenient reading."""
    table = table_of(official_book().policy_for("MLS", expires_on=END), cmprules.Grade(trust))
    return table, table.lenient()


def test_only_the_caps_in_doubt_are_lifted() -> None:
    """The cap on college courses is official, and stays."""
    table, reading = lenient("booklet")
    assert set(table.cap_of) == {"college_course", "covid_work"}
    assert reading.cap_of == {"college_course": table.cap_of["college_course"]}


def test_where_no_cap_is_in_doubt_the_reading_is_the_table() -> None:
    """No cap is lifted, and no table is rebuilt."""
    table, reading = lenient("society")
    assert reading is table
