"""Which of the holder's own placements are unlawful for the activity that they are on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from tests.core.reference.placing import POOL, Item
from tests.core.reference.readings import Readings

Placed = dict[str, dict[str, int]]
"""Hundredths of a point by activity and area."""


def of_credential(placements: Sequence[dict[str, Any]], credential: str) -> Placed:
    """What the holder placed for one credential."""
    found: Placed = {}
    for one in placements:
        if one["credential"] == credential:
            areas = found.setdefault(one["activity"], {})
            areas[one["area"]] = areas.get(one["area"], 0) + int(Decimal(str(one["points"])) * 100)
    return found


def fits(item: Item | None, areas: dict[str, int]) -> bool:
    """Do the points of an activity suffice for what is placed, area by area and for any areas together?"""
    if item is None or not set(areas) <= {POOL, *item.areas}:
        return False
    for size in range(1, len(areas) + 1):
        for some in combinations(areas, size):
            there = item.points if POOL in some else item.serving(some)
            if sum(areas[area] for area in some) > there:
                return False
    return True


def unlawful(readings: Readings, placements: Sequence[dict[str, Any]]) -> list[str]:
    """The activities on which more is placed, or elsewhere, than they can serve in favour of the holder.

    What is settled to be one may be placed under the id of any of its members.
    """
    table, found = readings.tables[readings.shown], []
    placed = of_credential(placements, readings.credential)
    for activity in readings.activities:
        version = readings.places[activity.id].shared
        item = None if version is None else Item.of(activity, version, table)
        if activity.id in placed and not fits(item, placed[activity.id]):
            found.append(activity.id)
    return found
