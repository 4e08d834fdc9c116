"""A population under two books: who flips, by how much, and which requirement does it."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules._codes import HYPOTHETICAL, NOTICE
from cmprules.batch import WhatIf, decide_table, what_if
from cmprules.testing import cases
from tests.batch.populations import as_tables, said
from tests.batch.reforms import Changes, changes_of, laid, made_responsible
from tests.reforms.test_reforms import fee_row, fees, reformed, table
from tests.strategies import edition

ON = date(2026, 3, 10)
FILES = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "files"
COMPARED = ("outcome", "required", "placed", "short", "short_if_confirmed", "shortfall_areas", "shortfall",
            "declaration", "fee", "grade", "needs")
SAFETY, ETHICS, OWN, TOTAL = ("area", "safety"), ("area", "ethics"), ("area", "phlebotomy"), ("total", "total")
CODES = ("PBT", "MLS", "HT", "SBB", "MLA")


def compared(records: Iterable[cmprules.Record], before: cmprules.PolicyBook, after: cmprules.PolicyBook,
             on: date = ON, trust: str = "inferred") -> WhatIf:
    """Ask what changes for records, as one population."""
    tables = as_tables(records)
    return what_if(tables["credentials"], tables["activities"], before, after, on=on, trust=trust)


def wanted(records: Iterable[cmprules.Record], books: tuple[cmprules.PolicyBook, cmprules.PolicyBook], on: date,
           trust: str = "inferred") -> list[dict[str, Any]]:
    """Say what differs, by comparing what `decide` says of each record."""
    found = []
    for number, record in enumerate(records):
        pair = [said(cmprules.decide(record, book, on=on, trust=trust)) for book in books]
        for credential, first, second in zip(record.credentials, *pair, strict=True):
            differs = [name for name in COMPARED if first[name] != second[name]]
            if differs:
                sides = {f"{name}_{when}": side[name] for name in COMPARED
                         for when, side in (("before", first), ("after", second))}
                found.append({
                    "holder": f"h{number}", "id": credential.id, "code": credential.code, "body": credential.body,
                    "standing": first["standing"], "differs": differs, **sides,
                    **{f"{name}_difference": None if first[name] is None or second[name] is None
                       else second[name] - first[name] for name in ("short", "fee")}})
    return found


# ---------------------------------------------------------------------------------------------------------
# The laws.

RECORDS = st.lists(st.one_of(cases(codes=["PBT"], on=ON), cases(codes=CODES, on=ON), cases(on=ON))
                   .map(lambda case: case.record), min_size=1, max_size=4)


@settings(max_examples=40)
@given(RECORDS, changes_of("PBT"), st.one_of(st.just({}), changes_of("PBT")))
def test_changes_are_those_of_decide(records: list[cmprules.Record], first: Changes, second: Changes) -> None:
    """Every row and every cell is what deciding each record under both books gives, and no row is missing."""
    books = laid(first, "PBT"), laid(second, "PBT")
    found = compared(records, *books)

    rows = [{name: cell for name, cell in row.items() if name not in {"how", "because"}}
            for row in found.changes.to_pylist()]
    assert rows == wanted(records, books, ON)
    assert found.total.credentials == sum(len(record.credentials) for record in records)


@settings(max_examples=40)
@given(RECORDS, changes_of("PBT"), st.one_of(st.just({}), changes_of("PBT")))
def test_what_flips_an_outcome_is_what_flips_it_alone(
    records: list[cmprules.Record], first: Changes, second: Changes
) -> None:
    """For each flip, each change was tried alone from both ends, by laying files over the edition."""
    found = compared(records, laid(first, "PBT"), laid(second, "PBT"))

    for row in found.changes.to_pylist():
        if "outcome" not in row["differs"]:
            assert (row["how"], row["because"]) == (None, None)
            continue
        record = records[int(row["holder"][1:])]
        place = [one.id for one in record.credentials].index(row["id"])
        how, because = made_responsible(record, place, ON, first, second, ["PBT"])
        assert row["how"] == how
        assert sorted(tuple(part.values()) for part in row["because"]) == because


@settings(max_examples=30)
@given(RECORDS, changes_of("PBT"))
def test_to_swap_the_books_swaps_before_and_after(records: list[cmprules.Record], changes: Changes) -> None:
    """What is added one way is removed the other; one requirement alone stays alone, and enough becomes needed."""
    there, back = (compared(records, *pair) for pair in (
        (edition(), laid(changes, "PBT")), (laid(changes, "PBT"), edition())))

    turned, rows = _swapped(there), back.changes.to_pylist()
    assert [row | {"how": None} for row in turned] == [row | {"how": None} for row in rows]
    assert all(row["how"] in _other_way(was["how"]) for row, was in zip(rows, there.changes.to_pylist(), strict=True))
    assert (there.total.short_added, there.total.short_removed) == (back.total.short_removed, back.total.short_added)
    assert (there.total.met_before, there.total.fee_after) == (back.total.met_after, back.total.fee_before)
    assert {(one.before, one.after, one.credentials) for one in there.outcomes} == {
        (one.after, one.before, one.credentials) for one in back.outcomes}


def _swapped(found: WhatIf) -> list[dict[str, Any]]:
    """Turn the rows of changes around."""
    turned = []
    for row in found.changes.to_pylist():
        sides = {f"{name}_{other}": row[f"{name}_{when}"] for name in COMPARED
                 for when, other in (("before", "after"), ("after", "before"))}
        differences = {name: None if row[name] is None else -row[name] for name in ("short_difference",
                                                                                  "fee_difference")}
        parts = row["because"] and [part | {"alone": part["undone"], "undone": part["alone"]}
                                    for part in row["because"]]
        turned.append({**row, **sides, **differences, "because": parts})
    return turned


def _other_way(how: str | None) -> tuple[str | None, ...]:
    """What is enough one way is needed the other: each of several becomes all together, unless others would do too."""
    return {"each": ("together", "mixed"), "together": ("each",), "mixed": ("mixed", "together")}.get(str(how), (how,))


@settings(max_examples=30)
@given(RECORDS, changes_of("PBT"))
def test_the_sums_are_those_of_the_rows(records: list[cmprules.Record], changes: Changes) -> None:
    """Flows, sums and flips by requirement are counted from the answers; the codes add up to the whole."""
    found = compared(records, edition(), laid(changes, "PBT"))
    rows = found.changes.to_pylist()
    flips = [row for row in rows if "outcome" in row["differs"]]
    grown = [row["short_difference"] for row in rows if row["short_difference"] is not None]

    assert (found.total.changed, found.total.flipped) == (len(rows), len(flips))
    assert found.total.short_added == sum(amount for amount in grown if amount > 0)
    assert found.total.short_removed == -sum(amount for amount in grown if amount < 0)
    assert Counter({(str(one.before), str(one.after)): one.credentials for one in found.outcomes
                    if one.credentials and one.before != one.after}) == Counter(
        (row["outcome_before"], row["outcome_after"]) for row in flips)
    assert sum(one.credentials for one in found.outcomes) == found.total.credentials
    parts = Counter((part["requirement"], part["of"], row["how"]) for row in flips for part in row["because"])
    assert parts == Counter({(one.requirement, one.of, how): getattr(one, how) for one in found.requirements
                             for how in ("alone", "each", "together", "mixed") if getattr(one, how)})
    for field in attrs.fields_dict(type(found.total)):
        if field not in {"code", "body"}:
            assert sum(getattr(one, field) for one in found.codes) == getattr(found.total, field), field


@settings(max_examples=15)
@given(RECORDS, st.sampled_from(("official", "society", "inferred")))
def test_nobody_flips_between_a_book_and_itself(records: list[cmprules.Record], trust: str) -> None:
    """No row, no requirement, nothing added; the same under a reform that sets what is set already."""
    same = reformed(table("cycle", 'id = "last_years_months"\nvalue = 36', unit="month"))
    for other in (edition(), same):
        found = compared(records, edition(), other, trust=trust)
        assert (found.changes.num_rows, found.requirements, found.total.flipped) == (0, (), 0)
        assert found.total.short_added == found.total.short_removed == 0
