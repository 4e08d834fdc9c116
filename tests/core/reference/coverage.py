"""Which classes of cases some records reach, counted: a comparison proves nothing of what never occurred."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.core.reference.cycles import Credential, takes_part
from tests.core.reference.decision import table_days
from tests.core.reference.fees import STANDARD, row_on
from tests.core.reference.months import ONE_DAY
from tests.core.reference.tables import UNITS, era_of

Coverage = dict[str, Counter[str]]
"""How often each case of each class occurred."""


def empty() -> Coverage:
    """Nothing has occurred yet."""
    return defaultdict(Counter)


def add(coverage: Coverage, record: dict[str, Any], on: date, trust: str, answer: dict[str, Any]) -> None:
    """Count one record and its answer."""
    coverage["trust"][trust] += 1
    for name, case in (*_of_activities(record), *_of_fees(record, on, answer["fees"])):
        coverage[name][case] += 1
    for mapping, one in zip(record["credentials"], answer["credentials"], strict=True):
        for name, case in (*_of_credential(one), *_of_tables(mapping, on, one), *_of_points(record, one)):
            coverage[name][case] += 1


def merge(coverage: Coverage, other: Coverage) -> None:
    """Count what another run has counted."""
    for name, cases in other.items():
        coverage[name].update(cases)


def _of_activities(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Kinds and units; a unit that is not given is the first of its kind."""
    for activity in record["activities"]:
        yield "kind", activity["kind"]
        yield "unit", activity.get("unit", UNITS[activity["kind"]][0])


def _of_credential(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the answer says in words."""
    yield "outcome", one["outcome"]
    yield "standing", one["standing"]
    yield "standing and outcome", f"{one['standing']} {one['outcome']}"
    yield "grade", str(one["grade"])
    if "given_code" in one:
        yield "former code", one["given_code"]
    yield "declaration", one["declaration"]["status"] if one["declaration"] else "none"
    for need in one["needs"]:
        yield "uncertainty", need["code"]


def _of_tables(mapping: dict[str, Any], on: date, one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The tables that figures were reckoned with, or that could not be used."""
    credential = Credential.read(mapping)
    if not takes_part(credential):
        return
    used = "table" if one["total"] is not None else "table not used"
    for day in table_days(credential, on):
        yield used, f"{one['code']} {one['body']} {era_of(one['code'], day)}"


def _of_points(record: dict[str, Any], one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Where points ended, which caps bound, how many shortfalls were proved, and whether an activity was divided."""
    kinds = {activity["id"]: activity["kind"] for activity in record["activities"]}
    for ends in one["activities"] or []:
        for bucket, points in ends.items():
            if bucket not in {"id", "entered", "amount", "unit"} and points != "0":
                yield "bucket", bucket
        if ends["over_cap"] != "0":
            yield "cap hit", kinds[ends["id"]]
    if one["total"] is not None:
        yield "shortfalls proved", str(len(one["shortfalls"]))
        areas = Counter(place["activity"] for place in one["placements"] if place["area"] != "pool")
        yield "placement", "divided" if any(count > 1 for count in areas.values()) else "whole"


def fee_row(on: date) -> str:
    """The row of fees of a day, or the gap between two rows, by its first day."""
    number = row_on(on)
    if number is not None:
        return f"row from {STANDARD[number][0]}"
    passed = [last for _, last, _ in STANDARD if last < on]
    return f"gap from {max(passed) + ONE_DAY}" if passed else f"gap before {STANDARD[0][0]}"


def _of_fees(record: dict[str, Any], on: date, fees: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The row or the gap in a region, what was paid, and whether there is a total."""
    region = record["holder"].get("fee_region", "standard")
    yield "fee region", region
    yield "fee row", f"{region}, {fee_row(on)}"
    yield "fees", "no total" if fees["total"] is None else "a total"
    for line in fees["lines"]:
        yield "fee item", line["item"]
