"""Made-up people with credentials and activities as Parquet files; the same numbers give the same people.

    python -m bench._people FOLDER HOLDERS ACTIVITIES

The frequencies are listed at the top; they say nothing about real members.  With `habits` everyone also has what real
records have: a yearly training, a weekly conference, an import that ran twice, a vendor's course taken again.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import cmprules

__all__ = ["ON", "activities_with_habits", "records_of", "write_people"]

ON = date(2026, 3, 10)
EPOCH = date(1970, 1, 1)
FIRST_EXPIRY = date(2025, 6, 30)
DAYS_OF_EXPIRY = 1_200
ROWS_AT_ONCE = 600_000
ENTERED_TWICE = 1 / 500
CODES = {"MLS": 0.45, "MLT": 0.17, "PBT": 0.13, "HT": 0.07, "BB": 0.04, "SBB": 0.04, "MB": 0.03, "CT": 0.03, "PA": 0.02,
         "QIHC": 0.02}
KINDS = {"formal_ce": 0.55, "in_service": 0.2, "self_study": 0.1, "teleconference": 0.06, "college_course": 0.02,
         "journal_article": 0.04, "presentation": 0.03}
AREAS = {"": 0.4, "safety": 0.1, "ethics": 0.07, "blood_banking": 0.1, "chemistry": 0.07, "hematology": 0.07,
         "microbiology": 0.06, "phlebotomy": 0.04, "histology": 0.03, "molecular": 0.03, "safety;ethics": 0.01,
         "blood_banking;hematology": 0.01, "chemistry;microbiology": 0.01}
AMOUNTS = {"0.5": 0.1, "1": 0.6, "1.5": 0.1, "2": 0.1, "3": 0.07, "5": 0.03}
TITLES = {f"Course {number} on topic {number % 37}": 1.0 for number in range(2_000)}
WEEKLY, WEEKS, WEEKLY_KINDS = 1 / 10, 150, {"in_service": 0.5, "formal_ce": 0.5}
IMPORTED_TWICE = 1 / 50
VENDORS = 3 / 20
YEARS = 3
Numbers = np.ndarray[Any, np.dtype[Any]]


def write_people(
    folder: Path, holders: int, activities: int, *, ordered: bool = True, habits: bool = False
) -> dict[str, Path]:
    """Write the files unless they exist; return their paths.

    The rows of a holder are adjacent; holders come in the order of their names, or in no order.
    """
    order = ("-habits" if habits else "") + ("" if ordered else "-unordered")
    drawn = activities_with_habits if habits else _activities
    paths = {name: folder / f"{name}-{holders}-{activities}{order}.parquet" for name in ("credentials", "activities")}
    if all(path.exists() for path in paths.values()):
        return paths
    expires = (FIRST_EXPIRY - EPOCH).days + np.random.default_rng(6).integers(0, DAYS_OF_EXPIRY, holders)
    names = _names(np.arange(holders) if ordered else np.random.default_rng(9).permutation(holders))
    pq.write_table(_credentials(names, expires), paths["credentials"])
    unfinished = paths["activities"].with_suffix(".unfinished")
    at_once = max(1, ROWS_AT_ONCE // activities)
    with pq.ParquetWriter(unfinished, drawn(names[:0], expires[:0], 0, activities).schema) as writer:
        for first in range(0, holders, at_once):
            some = slice(first, first + at_once)
            writer.write_table(drawn(names[some], expires[some], first, activities))
    unfinished.rename(paths["activities"])
    return paths


def records_of(paths: Mapping[str, Path], count: int) -> list[cmprules.Record]:
    """Read the first holders as records."""
    credentials = pq.read_table(paths["credentials"]).slice(0, count).to_pylist()
    wanted = pa.array([row["holder"] for row in credentials])
    activities = pq.read_table(paths["activities"], filters=pc.field("holder").isin(wanted)).to_pylist()
    whose: dict[str, list[dict[str, Any]]] = {row["holder"]: [] for row in credentials}
    for row in activities:
        entered = {name: value for name, value in row.items() if value is not None}
        entered["areas"] = [area for area in row["areas"].split(";") if area]
        whose[entered.pop("holder")].append(entered)
    return [cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": (holder := row.pop("holder"))},
                                   "credentials": [row], "activities": whose[holder]}) for row in credentials]


def _credentials(names: pa.Array, expires: Numbers) -> pa.Table:
    """Make the credentials, one for each holder."""
    rng, count = np.random.default_rng(7), len(expires)
    return pa.table({"holder": names, "id": pa.array(["c"] * count),
                     "code": _chosen(rng, CODES, count), "expires_on": _days(expires)})


def _activities(names: pa.Array, expires: Numbers, first: int, each: int) -> pa.Table:
    """Make the activities of some holders, starting at the number of the first; a few are entered twice."""
    rng, count = np.random.default_rng([8, first]), len(expires) * each
    numbers = np.arange(first * each, first * each + count)
    whose = np.repeat(np.arange(len(expires)), each)
    twice = (rng.random(count) < ENTERED_TWICE) & (numbers % each > 0)
    original = pa.array(np.arange(count) - twice)
    amounts = pc.cast(_chosen(rng, AMOUNTS, count), pa.float64())
    entered = {"title": _chosen(rng, TITLES, count), "kind": _chosen(rng, KINDS, count), "amount": amounts,
               "completed_on": _days(expires[whose] - rng.integers(-20, 1_300, count))}
    return pa.table({
        "holder": names.take(pa.array(whose)), "id": _numbered("a", pc.cast(pa.array(numbers), pa.string())),
        **{name: column.take(original) for name, column in entered.items()}, "areas": _chosen(rng, AREAS, count),
    })


def activities_with_habits(names: pa.Array, expires: Numbers, first: int, each: int) -> pa.Table:
    """Make the activities of some holders, starting at the number of the first, with those that recur."""
    plain, rng, count = _activities(names, expires, first, each), np.random.default_rng([10, first]), len(expires)
    everybody = np.arange(count)
    weekly, vendors = everybody[rng.random(count) < WEEKLY], everybody[rng.random(count) < VENDORS]
    twice = np.repeat(rng.random(count) < IMPORTED_TWICE, each)
    owners, tables = [np.repeat(everybody, each)], [plain.append_column("provider", pa.nulls(len(plain), pa.string()))]
    owners, tables = [*owners, owners[0][twice]], [*tables, tables[0].filter(pa.array(twice))]
    kinds = _chosen(rng, WEEKLY_KINDS, count)
    for whose, times, apart, title, kind in (
            (everybody, YEARS, 365, "Annual safety training", None), (weekly, WEEKS, 7, "Tumor board", kinds),
            (vendors, 2, 200, "Analyzer course", _chosen(rng, {"formal_ce": 1.0}, count))):
        owner = np.repeat(whose, times)
        owners.append(owner)
        days = expires[owner] - 30 - apart * np.tile(np.arange(times), len(whose)) - rng.integers(0, 4, len(owner))
        tables.append(_habit(names.take(pa.array(owner)), days, title, kind and kind.take(pa.array(owner))))
    order = pa.array(np.argsort(np.concatenate(owners), kind="stable"))
    mixed = pa.concat_tables([table.select(tables[0].column_names) for table in tables], promote_options="permissive")
    ids = _numbered("a", pc.cast(pa.array(np.arange(len(mixed))), pa.string()))
    return mixed.set_column(mixed.column_names.index("id"), "id", ids).take(order).unify_dictionaries()


def _habit(names: pa.Array, days: Numbers, title: str, kinds: pa.Array | None) -> pa.Table:
    """Make the rows of something that recurs: by default an in-service on safety."""
    def same(text: str) -> pa.Array:
        return pa.array([text] * len(names), pa.string()).dictionary_encode()

    return pa.table({
        "holder": names, "id": names, "title": same(title), "kind": same("in_service") if kinds is None else kinds,
        "amount": np.ones(len(names)), "completed_on": _days(days), "areas": same("safety" if kinds is None else ""),
        "provider": same("Vendor" if title == "Analyzer course" else "Hospital").cast(pa.string())})


def _names(numbers: Numbers) -> pa.Array:
    """Name holders after their numbers."""
    return _numbered("h", pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), 8, "0"))


def _numbered(letter: str, digits: pa.Array) -> pa.Array:
    """Prefix each number with a letter."""
    return pc.binary_join_element_wise(letter, digits, "")


def _chosen(rng: np.random.Generator, weights: Mapping[str, float], count: int) -> pa.DictionaryArray:
    """Draw words by their weights."""
    share = np.array([*weights.values()]) / sum(weights.values())
    return pa.DictionaryArray.from_arrays(rng.choice(len(weights), count, p=share).astype(np.int32), [*weights])


def _days(numbers: Numbers) -> pa.Array:
    """Turn numbers into days."""
    return pa.array(numbers.astype(np.int32)).cast(pa.date32())


if __name__ == "__main__":
    write_people(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
