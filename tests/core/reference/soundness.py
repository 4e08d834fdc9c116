"""May a `MET` fail, however the doubts about one activity or several fall?"""

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
"""Ways that are enumerated; of more, as many are drawn."""

Way = dict[str, Version]
"""What is real, and how it counts."""


def grouping_of(case: Case) -> Grouping:
    """The groups of a case."""
    asked = case.asked
    return Grouping(asked.activities, case.verdicts, asked.rules, asked.answers, asked.relations)


def real_ones(groups: Grouping) -> list[list[Activity]]:
    """For each group, the members of which any may be the only one that is real."""
    return [[member for cluster in group for member in cluster.members] for group in groups.groups]


def ways(case: Case, rng: Random) -> Iterator[Way]:
    """Ways of reading the groups: any member of each is real, alone, with its points and the areas of its cluster.

    A member that does not count by itself is real and counts for nothing.  Where there are many ways they are drawn;
    and then further members, and what is open otherwise, are real now and then, too, which only adds to what there is.
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
    """What is there if just these are real."""
    return {one.id: groups.serving(one).version(points, one.kind) for one in chosen
            if (points := groups.by_itself(one))}


def failing(case: Case, rng: Random, most: int = 2 * ENUMERATED) -> Way | None:
    """A way in which the requirements are not met by one of the tables, or None."""
    readings = case.readings
    assert readings is not None
    for way in islice(ways(case, rng), most):
        if not all(holds(case, way, table) for table in readings.tables):
            return way
    return None


def holds(case: Case, way: Way, table: Table) -> bool:
    """Is a table met by what is real, without dividing what may not be divided?"""
    assert case.readings is not None
    by_id = {activity.id: activity for activity in case.asked.activities}
    items = [Item.of(by_id[one], version, table) for one, version in way.items()]
    return met(items, table, case.readings.divisible(favour=False))
