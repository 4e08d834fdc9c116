"""Hypothesis strategies only for our own laws: arguments of `allocate`, and made-up tables to test it with.

Records, activities, days and policies come from `cmprules.testing`, as for every user.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

import cmprules
from cmprules.testing import Case, activities, amounts, cases, days, policies
from cmprules.testing._credentials import CODES
from cmprules.testing._entries import CLAIMED, COVID, ESTABLISHED
from cmprules.testing._plans import near, needs_of, traps

__all__ = [
    "CLAIMED",
    "CODES",
    "CYCLE",
    "ESTABLISHED",
    "Case",
    "Placing",
    "cases",
    "edition",
    "overloaded",
    "own_tables",
    "placings",
    "small_placings",
]

SMALL_CODES = ("PBT", "QBRS", "QIHC", "QLS", "QIA")


class Placing(NamedTuple):
    """The arguments of `allocate`."""

    activities: tuple[cmprules.Activity, ...]
    policy: cmprules.Policy
    cycle: cmprules.Period


@cache
def edition() -> cmprules.PolicyBook:
    """Return the book of the shipped edition."""
    return cmprules.load_book(edition="2026.1")


def own_tables(tables: dict[int, dict[str, str]]) -> str:
    """Write a user's tables, one for the expiries from each year on, in the format of the shipped ones."""
    cited = 'source = "cmprules-reading", pin = "a test", grade = "official"'
    lines = ['schema = "cmprules.table/1"', 'table = "points"', 'title = "Small tables"', 'unit = "point"',
             'keyed_on = "expires_on"', "last_checked = 2026-01-01", 'code = "MLA"', 'body = "ASCP"']
    for year, table in tables.items():
        figures = {"total": str(sum(map(Decimal, table.values()))), **table}
        cells = [f'{{ of = "{of}", value = "{value}", {cited} }}' for of, value in figures.items()]
        lines += ["[[row]]", f'id = "MLA/{year}"', f"from = {year}-01-01", f"begins = {{ {cited} }}",
                  f"cells = [{', '.join(cells)}]"]
    return "\n".join(lines)


CYCLE = cmprules.Period(start=date(2020, 6, 1), end=date(2023, 5, 31))


@st.composite
def placings(draw: st.DrawFn, policy: st.SearchStrategy[cmprules.Policy] | None = None) -> Placing:
    """Draw activities that nearly meet a table, a few of which do not count."""
    table = draw(policies(book=edition()) if policy is None else policy)
    good = draw(near(needs_of(table), CYCLE.start, CYCLE.end))
    holder = cmprules.Credential(id="c", code="MLS", expires_on=CYCLE.end)
    found = [*good, *draw(traps(good, holder, CYCLE.end))]
    return Placing(tuple(draw(st.permutations(found))), table, CYCLE)


@st.composite
def overloaded(draw: st.DrawFn) -> Placing:
    """Draw college courses and pandemic work beyond their caps, with enough other points to leave some over."""
    table = draw(policies(book=edition()))
    areas = [figure.area for figure in table.areas or ()]
    found = []
    for number in range(draw(st.integers(2, 6))):
        kind = draw(st.sampled_from(("college_course", "college_course", "covid_work", "formal_ce")))
        day = draw(days(CYCLE.start, COVID[1]))
        served = draw(st.sampled_from(((), (), tuple(areas[:1]), tuple(areas))))
        found.append(draw(activities(id=draw(st.sampled_from("ab")) + str(number), kinds=(kind,), points=amounts(20),
                                     areas=served, completed_on=day)))
    return Placing(tuple(found), table, CYCLE)


@st.composite
def small_placings(draw: st.DrawFn, policy: st.SearchStrategy[cmprules.Policy] | None = None) -> Placing:
    """Draw at most five activities of whole and half points for a small table: few enough to try every placement."""
    table = draw(policies(codes=SMALL_CODES) if policy is None else policy)
    areas = [figure.area for figure in table.areas or ()]
    sizes = [int(figure.value * 2) for figure in table.areas or ()] + [int(table.pool.value * 2) if table.pool else 0]
    halves = st.one_of(st.integers(1, 4), st.sampled_from([size for size in sizes if size]), st.integers(1, 12))
    found = []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(("formal_ce", "formal_ce", "formal_ce", "college_course", "covid_work")))
        day = draw(days(CYCLE.start, COVID[1] if kind == "covid_work" else CYCLE.end))
        served = draw(st.lists(st.sampled_from(areas), max_size=3, unique=True)) if areas else []
        found.append(draw(activities(id=draw(st.sampled_from("zyx")) + str(number), kinds=(kind,), areas=served,
                                     points=Decimal(draw(halves)) / 2, completed_on=day)))
    return Placing(tuple(found), table, CYCLE)
