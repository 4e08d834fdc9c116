"""A record on which the two differ, made smaller while some difference stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

Mapping = dict[str, Any]

LISTS = ("credentials", "activities", "placements", "settled")
"""What elements may be left out of."""
SPARE = ("documents", "source", "provider", "areas", "proposed_areas", "certified", "session", "certified_on",
         "cycle_start", "voluntary", "previous_nca", "extended_until", "others", "fee_region", "name", "unit", "body")
"""The keys that may be left out of an element."""


def smaller(record: Mapping, differ: Callable[[Mapping], bool]) -> Mapping:
    """Leave out whatever can be left out; `differ` says whether a record is valid and the two still differ."""
    while True:
        for step in steps(record):
            if differ(step):
                record = step
                break
        else:
            return record


def steps(record: Mapping) -> Iterator[Mapping]:
    """The record with one thing left out, the largest things first."""
    for name in LISTS:
        elements = record.get(name, [])
        for n in range(len(elements)):
            if name != "credentials" or len(elements) > 1:
                yield without_activity(record | {name: elements[:n] + elements[n + 1:]})
    for name in (*LISTS, "holder"):
        elements = [record[name]] if name == "holder" else record.get(name, [])
        for n, element in enumerate(elements):
            for key in SPARE:
                if key in element:
                    yield without(record, name, n, key)
            for area in element.get("areas", []) if isinstance(element.get("areas"), list) else []:
                changed = deepcopy(record)
                changed[name][n]["areas"].remove(area)
                yield changed


def without(record: Mapping, name: str, number: int, key: str) -> Mapping:
    """The record without one key."""
    changed = deepcopy(record)
    del (changed[name] if name == "holder" else changed[name][number])[key]
    return changed


def without_activity(record: Mapping) -> Mapping:
    """The record without what names an activity or a credential that it no longer has."""
    ids = {element["id"] for name in ("credentials", "activities") for element in record.get(name, [])}
    placements = [one for one in record.get("placements", []) if {one["credential"], one["activity"]} <= ids]
    settled = []
    for given in record.get("settled", []):
        subjects = [one for one in given["subjects"] if one in ids]
        left = given | {"subjects": subjects}
        if "others" in given:
            left["others"] = [one for one in given["others"] if one in ids]
        if subjects and left.get("others", True):
            settled.append(left)
    changed = record | {"placements": placements, "settled": settled}
    return {key: value for key, value in changed.items() if value or key not in {"placements", "settled"}}
