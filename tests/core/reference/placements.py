"""The holder's own placements that are unlawful for their activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from tests.core.reference.counting import ACCEPTED, Activity
from tests.core.reference.placing import POOL, Item
from tests.core.reference.readings import Readings
from tests.core.reference.tables import Table

Placed = dict[str, dict[str, int]]
"""Hundredths of a point by activity and area."""


def of_credential(placements: Sequence[dict[str, Any]], credential: str) -> Placed:
    """Return the holder's placements for one credential."""
    found: Placed = {}
    for one in placements:
        if one["credential"] == credential:
            areas = found.setdefault(one["activity"], {})
            areas[one["area"]] = areas.get(one["area"], 0) + int(Decimal(str(one["points"])) * 100)
    return found


def fits(item: Item | None, areas: dict[str, int]) -> bool:
    """Return whether the points suffice for the placements in each area and in every set of areas."""
    if item is None or not set(areas) <= {POOL, *item.areas}:
        return False
    for size in range(1, len(areas) + 1):
        for some in combinations(areas, size):
            there = item.points if POOL in some else item.serving(some)
            if sum(areas[area] for area in some) > there:
                return False
    return True


def unlawful(readings: Readings, placements: Sequence[dict[str, Any]]) -> list[str]:
    """Return the activities with more placed on them, or elsewhere, than they can serve in favor of the holder.

    Points of entries settled as one may be placed under the id of any of them, but they count only once.
    """
    table, found = readings.tables[readings.shown], []
    placed = of_credential(placements, readings.credential)
    for activity in readings.activities:
        one = readings.places[activity.id]
        item = None if one.shared is None else Item.of(activity, one.shared, table)
        together = Counter[str]()
        for other in one.one_with:
            together.update(placed.get(other, {}))
        if activity.id in placed and not (fits(item, placed[activity.id]) and suffices(item, together)):
            found.append(activity.id)
    return found


def suffices(item: Item | None, areas: dict[str, int]) -> bool:
    """Return whether there are enough points in total, and for the areas in which points are placed."""
    if item is None or sum(areas.values()) > item.points:
        return False
    return fits(item, {area: points for area, points in areas.items() if area in {POOL, *item.areas}})


def not_filled(readings: Readings, placements: Sequence[dict[str, Any]], groups: Sequence[list[Activity]]) -> list[str]:
    """Return the areas, the pool last, that the holder has not filled with points that count for certain.

    Placements on members of a group count together, up to what the one that counts brings.  Our reading: if that is too
    little for all of them, it fills the areas in the order of the table.
    """
    table = readings.tables[readings.shown]
    placed, needs = of_credential(placements, readings.credential), {**table.needs, POOL: table.pool_need}
    if not placed:
        return []
    filled = dict.fromkeys(needs, 0)
    for group in groups:
        together = Counter[str]()
        for member in group:
            together.update(placed.get(member.id, {}))
        for area, points in brought(group, together, readings, table).items():
            filled[area] = filled.get(area, 0) + points
    return [area for area, need in needs.items() if filled[area] < need]


def brought(group: list[Activity], placed: Counter[str], readings: Readings, table: Table) -> dict[str, int]:
    """Return how much of the placements on a group it fills.

    For a single activity with nothing certified or proposed, the holder's placement is taken as it is: whether it is
    lawful is another finding.
    """
    one, *others = group
    if not others and not one.certified and not one.proposed:
        return dict(placed) if readings.places[one.id].bucket == ACCEPTED else {}
    versions = ((member, readings.places[member.id].against) for member in group)
    counting = next(((member, version) for member, version in versions if version is not None), None)
    if counting is None:
        return {}
    item, found = Item.of(*counting, table), dict[str, int]()
    for area in (*item.areas, POOL):
        found[area] = most_that_fits(item, found, area, placed[area])
    return found


def most_that_fits(item: Item, found: dict[str, int], area: str, wanted: int) -> int:
    """Return the most of the wanted points that still fit in an activity, given what it already fills."""
    low, high = 0, wanted
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(item, {**found, area: middle}) else (low, middle - 1)
    return low
