"""Makes a record with a difference smaller while some difference stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

Mapping = dict[str, Any]

LISTS = ("credentials", "activities", "placements", "settled")
"""The lists whose elements may be removed."""
SPARE = ("documents", "source", "provider", "areas", "proposed_areas", "certified", "session", "certified_on",
         "cycle_start", "voluntary", "previous_nca", "extended_until", "others", "fee_region", "name", "unit", "body")
"""The keys that may be removed from an element."""


def smaller(record: Mapping, differ: Callable[[Mapping], bool]) -> Mapping:
    """Remove whatever can be removed; `differ` tells whether a record is valid and the two still differ."""
    while True:
        for step in steps(record):
            if differ(step):
                record = step
                break
        else:
            return record


def steps(record: Mapping) -> Iterator[Mapping]:
    """Yield the record with one thing removed, the largest things first."""
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
    """Return the record without one key."""
    changed = deepcopy(record)
    del (changed[name] if name == "holder" else changed[name][number])[key]
    return changed


def without_activity(record: Mapping) -> Mapping:
    """Remove everything that names an activity or a credential no longer in the record."""
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
