"""Searches for a `MET` that fails when doubts about one activity or several resolve differently."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from math import prod
from random import Random

from tests.core.reference.counting import Activity
from tests.core.reference.decision import Case
from tests.core.reference.grouping import Grouping, Version
from tests.core.reference.placing import Item, met
from tests.core.reference.tables import Table

ENUMERATED = 200
"""The most ways to enumerate; if there are more, this many are drawn."""

Way = dict[str, Version]
"""The real activities, and how each counts."""


def grouping_of(case: Case) -> Grouping:
    """Return the groups of a case."""
    asked = case.asked
    return Grouping(asked.activities, case.verdicts, asked.rules, asked.answers, asked.relations)


def real_ones(groups: Grouping) -> list[list[Activity]]:
    """Return, for each group, the members any of which may be the only real one."""
    return [[member for cluster in group for member in cluster.members] for group in groups.groups]


def ways(case: Case, rng: Random) -> Iterator[Way]:
    """Yield ways of reading the groups: one member of each is real, with its points and its cluster's areas.

    A real member that does not count by itself brings nothing.  If there are too many ways, they are drawn; then
    further members and other open activities are sometimes real, too, which only adds points.
    """
    groups = grouping_of(case)
    members = real_ones(groups)
    if prod(len(group) for group in members) <= ENUMERATED:
        yield from (the_only_ones(groups, chosen) for chosen in product(*members))
    for _ in range(ENUMERATED):
        way = the_only_ones(groups, tuple(rng.choice(group) for group in members))
        for activity in case.asked.activities:
            favour = groups.places[activity.id].favour
            if favour is not None and activity.id not in way and rng.random() < .1:
                way[activity.id] = favour
        yield way


def the_only_ones(groups: Grouping, chosen: tuple[Activity, ...]) -> Way:
    """Return what is there if only these are real."""
    return {one.id: groups.serving(one).version(points, one.kind) for one in chosen
            if (points := groups.by_itself(one))}


def failing(case: Case, rng: Random, most: int = 2 * ENUMERATED) -> Way | None:
    """Return a way in which the requirements of one of the tables are not met, or None."""
    readings = case.readings
    assert readings is not None
    for way in islice(ways(case, rng), most):
        if not all(holds(case, way, table) for table in readings.tables):
            return way
    return None


def holds(case: Case, way: Way, table: Table) -> bool:
    """Return whether a table is met by what is real, without forbidden divisions."""
    assert case.readings is not None
    by_id = {activity.id: activity for activity in case.asked.activities}
    items = [Item.of(by_id[one], version, table) for one, version in way.items()]
    return met(items, table, case.readings.divisible(favour=False))
