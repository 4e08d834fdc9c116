"""Pairs of decisions that differ in one thing or in several, for the tests of comparisons and receipts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import attrs
from hypothesis import strategies as st

import cmprules
from tests import strategies as ours

FILES = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "files"
TRUSTS = ("inferred", "inferred", "third_party", "society", "official")


class Decided(NamedTuple):
    """A decision with its record and its book."""

    record: cmprules.Record
    book: cmprules.PolicyBook
    decision: cmprules.Decision


@cache
def books() -> tuple[cmprules.PolicyBook, ...]:
    """Return the edition as shipped, with a user's rows, and under two reforms."""
    extra, safety, cap = (FILES / f"{name}.toml" for name in ("kinds", "safety-reform", "cap-reform"))
    return (ours.edition(), ours.edition(), cmprules.load_book(edition="2026.1", extra=[extra]),
            cmprules.load_book(edition="2026.1", reform=[safety]),
            cmprules.load_book(edition="2026.1", extra=[extra], reform=[cap]), other_edition())


def other_edition() -> cmprules.PolicyBook:
    """Make another edition with the same tables and fees that end earlier."""
    fees = tuple(attrs.evolve(row, ends_on=min(row.ends_on or date.max, date(2026, 1, 31))) for row in
                 ours.edition().fees)
    return attrs.evolve(ours.edition(), edition="2026.2", sha256="0" * 64, fees=fees)


def decided(record: cmprules.Record, book: cmprules.PolicyBook, on: date, trust: str = "inferred") -> Decided:
    """Decide, and keep the inputs."""
    return Decided(record, book, cmprules.decide(record, book, on=on, trust=trust))


@st.composite
def single(draw: st.DrawFn) -> Decided:
    """Draw one decision from any of the books."""
    case = draw(ours.cases(most_activities=12))
    return decided(case.record, draw(st.sampled_from(books())), case.on, draw(st.sampled_from(TRUSTS)))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Decided, Decided]:
    """Draw two decisions; the second differs in day, record, book or trust, or in several of them."""
    first = draw(single())
    record, on = first.record, first.decision.on
    if draw(st.booleans()):
        on += timedelta(days=draw(st.sampled_from((1, 31, 90, 400, -30))))
    if draw(st.booleans()) and record.activities:
        dropped = draw(st.integers(0, len(record.activities) - 1))
        gone = record.activities[dropped].id
        record = attrs.evolve(
            record, activities=(*record.activities[:dropped], *record.activities[dropped + 1:]),
            placements=[placement for placement in record.placements if placement.activity != gone])
    book = draw(st.sampled_from((first.book, first.book, *books())))
    return first, decided(record, book, on, draw(st.sampled_from((str(first.decision.stamp.trust), *TRUSTS))))
