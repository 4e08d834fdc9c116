"""The finder against every possible placement, on inputs small enough to list them all.

Part 3, placement: first the most points in the mandatory areas, then in the pool; among these, no activity divided
between two mandatory areas, if such a placement exists; then, activity by activity in order of date and id, as many
of its points in total as possible, then as many in the earliest area of the table, and so on, the pool last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._rules.placing import (
    NO_CAP,
    Demand,
    Item,
    Placed,
    Steps,
    can_place_dividing,
    can_stay_whole,
    place,
    place_dividing,
    prove,
)
from cmprules.testing import activities, days
from tests.examples import scaled
from tests.reckoning import CAPPED, Brought, best_plan, cap_of, counted, hundredths, points_of, preferred_plan
from tests.strategies import CYCLE, Placing, own_tables, small_placings

FEW_HUNDREDS = settings(max_examples=scaled(2) * settings().max_examples)

TABLES: dict[int, dict[str, str]] = {
    2010: {"safety": "1", "ethics": "1", "laboratory_assisting": "2", "pool": "4"},
    2011: {"safety": "2", "ethics": "2", "pool": "0"},
    2012: {"laboratory_assisting": "1", "chemistry": "1", "safety": "2", "pool": "2"},
    2013: {"immunology": "3", "pool": "4"},
    2014: {"safety": "0.5", "ethics": "1.5", "histology": "1", "pool": "2"},
    2015: {"safety": "1", "pool": "26"},
    2016: {"virology": "1", "safety": "1.5", "ethics": "1", "pool": "1.5"},
    2017: {"safety": "0", "pool": "4"},
    2018: {"ethics": "1", "safety": "2", "pool": "2"},
}
"""Small tables, one for the expiries of each year, in points; areas keep the order of the table."""

ODD_TABLES: dict[int, tuple[int, dict[str, str]]] = {
    2020: (33, {"safety": "0.33", "ethics": "0.66", "chemistry": "0.66", "pool": "0.99"}),
    2021: (7, {"microbiology": "0.07", "safety": "0.21", "ethics": "0.14", "pool": "0.14"}),
    2022: (1, {"chemistry": "0.03", "safety": "0.02", "ethics": "0.03", "pool": "0.04"}),
}
"""Tables whose figures are multiples of an odd number of hundredths, which comes first."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[int, cmprules.Policy]:
    """Return the small tables as policies, by year: a user's rows for a credential that has none."""
    file: Path = tmp_path_factory.mktemp("own") / "own.toml"
    odd = {year: table for year, (_, table) in ODD_TABLES.items()}
    file.write_text(own_tables({**TABLES, **odd}), encoding="utf-8")
    book = cmprules.load_book(edition="2026.1", extra=[file])
    return {year: book.policy_for("MLA", expires_on=date(year, 6, 30)) for year in (*TABLES, *ODD_TABLES)}


def by_hand(placing: Placing, step: int) -> tuple[set[tuple[str, str, int]], set[str]]:
    """Try every placement in steps; return the preferred one, and the activities divided in it."""
    acts, policy, cycle = placing
    assert policy.total is not None
    assert policy.pool is not None
    names = [figure.area for figure in policy.areas or ()]
    figures = [*(policy.areas or ()), policy.pool]
    needs = tuple(hundredths(figure.value) // step for figure in figures)
    total = hundredths(policy.total.value)
    found = counted(acts, cycle.start, cycle.end)
    brought = [
        Brought(points_of(one) // step, frozenset(names.index(area) for area in areas if area in names),
                CAPPED.index(one.kind) if one.kind in CAPPED else None)
        for one, areas in found
    ]
    (_, _, vectors), _ = preferred_plan(brought, needs, tuple((cap_of(kind, total) or 0) // step for kind in CAPPED))
    placed = {(one.id, [*names, "pool"][bit], steps * step)
              for (one, _), (_, vector) in zip(found, vectors, strict=True)
              for bit, steps in enumerate(vector) if steps}
    divided = {one.id for (one, _), (_, vector) in zip(found, vectors, strict=True)
               if sum(1 for steps in vector[:-1] if steps) > 1}
    return placed, divided


def by_the_finder(placing: Placing) -> tuple[set[tuple[str, str, int]], set[str]]:
    """Allocate; return the placement, and the activities divided in it."""
    alloc = cmprules.allocate(placing.activities, placing.policy, cycle=placing.cycle)
    assert not alloc.search_limit
    placed = [(one.activity, one.area, hundredths(one.points)) for one in alloc.placements]
    assert len(set(placed)) == len(placed)
    return set(placed), set(alloc.divided)


@st.composite
def tangled(draw: st.DrawFn, policy: cmprules.Policy, step: int) -> Placing:
    """Draw up to five activities that nearly all may serve several areas, with amounts that barely fit."""
    names = [figure.area for figure in policy.areas or ()]
    needs = [hundredths(figure.value) // step for figure in policy.areas or ()] or [1]
    found = []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(("formal_ce", "formal_ce", "formal_ce", "college_course")))
        areas = draw(st.lists(st.sampled_from(names), min_size=min(2, len(names)), unique=True)) if names else []
        steps = draw(st.one_of(st.sampled_from((*needs, sum(needs), max(needs) + 1)), st.integers(1, 5)))
        found.append(draw(activities(id=draw(st.sampled_from("ba")) + str(number), kinds=(kind,), areas=areas,
                                     points=Decimal(max(1, steps) * step) / 100,
                                     completed_on=days(CYCLE.start, CYCLE.end))))
    return Placing(tuple(found), policy, CYCLE)


class TestEveryPlacement:
    """The finder's placement is the preferred one of all, to the hundredth."""

    @FEW_HUNDREDS
    @given(st.data(), st.sampled_from(sorted(TABLES)))
    def test_in_half_points(self, small: dict[int, cmprules.Policy], data: st.DataObject, year: int) -> None:
        """Whole and half points in small tables, with capped college courses and pandemic work."""
        placing = data.draw(small_placings(st.just(small[year])))
        assert by_the_finder(placing) == by_hand(placing, 50)

    @given(small_placings())
    def test_in_shipped_tables(self, placing: Placing) -> None:
        """The same in the small shipped tables."""
        assert by_the_finder(placing) == by_hand(placing, 50)

    @FEW_HUNDREDS
    @given(st.data(), st.sampled_from(sorted(set(TABLES) - {2015, 2017})))
    def test_where_areas_compete(self, small: dict[int, cmprules.Policy], data: st.DataObject, year: int) -> None:
        """Activities may serve several areas and barely fit: one is divided only where nothing else is as good."""
        placing = data.draw(tangled(small[year], 50))
        assert by_the_finder(placing) == by_hand(placing, 50)

    @FEW_HUNDREDS
    @given(st.data(), st.sampled_from(sorted(ODD_TABLES)))
    def test_in_odd_hundredths(self, small: dict[int, cmprules.Policy], data: st.DataObject, year: int) -> None:
        """The same in steps of 33, 7 and one hundredth."""
        placing = data.draw(tangled(small[year], ODD_TABLES[year][0]))
        assert by_the_finder(placing) == by_hand(placing, ODD_TABLES[year][0])

    @pytest.mark.slow  # about what is drawn, not about the rules
    def test_the_cases_are_worth_it(self, small: dict[int, cmprules.Policy]) -> None:
        """Among the competing ones some are divided, many are not though they might be, and many meet a cap.

        How many of each are drawn depends on the loaded modules, whose constants Hypothesis uses.
        """
        seen: Counter[str] = Counter()

        @settings(max_examples=300, derandomize=True, database=None, phases=[Phase.generate], deadline=None)
        @given(st.data(), st.sampled_from(sorted(set(TABLES) - {2015, 2017})))
        def look(data: st.DataObject, year: int) -> None:
            alloc = cmprules.allocate(*data.draw(tangled(small[year], 50))[:2], cycle=CYCLE)
            seen["divided"] += bool(alloc.divided)
            seen["whole and full"] += not alloc.divided and not alloc.total.short
            seen["short"] += bool(alloc.total.short)
            seen["over cap"] += any(one.over_cap for one in alloc.activities)

        look()
        assert len(seen) == 4
        assert seen.pop("divided") >= 3
        assert min(seen.values()) >= 15


# ---------------------------------------------------------------------------------------------------------
# The finder alone, in whole numbers.


Instance = tuple[list[Item], Demand]


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Draw up to five items for up to three areas, under up to two caps."""
    width = draw(st.integers(1, 3))
    caps = tuple(draw(st.lists(st.integers(0, 8), max_size=2)))
    items = [
        Item(points=draw(st.integers(1, 6)), mask=draw(st.integers(0, (1 << width) - 1)),
             cap=draw(st.integers(NO_CAP, len(caps) - 1)))
        for _ in range(draw(st.integers(0, 5)))
    ]
    areas = tuple(draw(st.lists(st.integers(1, 5), min_size=width, max_size=width)))
    return items, Demand(areas=areas, pool=draw(st.integers(0, 5)), caps=caps)


def as_brought(items: Sequence[Item], width: int) -> list[Brought]:
    """Translate items into the terms of the plain arithmetic."""
    return [Brought(item.points, frozenset(bit for bit in range(width) if item.mask >> bit & 1),
                    None if item.cap == NO_CAP else item.cap) for item in items]


def has_divided(placed: Placed) -> bool:
    """Return whether an item is in two mandatory areas."""
    return any(sum(1 for points in vector[:-1] if points) > 1 for vector in placed.vectors)


class TestTheFinderAlone:
    """`place` and `prove` on plain numbers, in the order of the items."""

    @FEW_HUNDREDS
    @given(instances())
    def test_places_as_trying_everything_does(self, instance: Instance) -> None:
        """Every item has the same points in the same areas, and is divided only where necessary."""
        items, demand = instance
        needs = (*demand.areas, demand.pool)
        (mandatory, pool, vectors), divided = preferred_plan(as_brought(items, len(demand.areas)), needs, demand.caps)
        proof = prove(items, demand)
        placed = place(items, demand, proof, Steps())
        assert [*placed.vectors] == [vector for _, vector in vectors]
        assert (has_divided(placed), placed.search_limit) == (divided, False)
        assert can_stay_whole(items, demand, proof, Steps()) is not divided
        assert proof.short == demand.mandatory - mandatory
        assert proof.total_short(demand) == demand.total - mandatory - pool

    @pytest.mark.parametrize(("items", "areas", "pool", "caps"), [
        ([(6, 2, 0), (2, 3, -1), (3, 3, 0), (4, 3, 0), (5, 3, 0)], (1, 5), 1, (4,)),
        ([(3, 0, 1), (4, 1, 0), (5, 2, 1), (3, 0, 1), (3, 3, -1), (2, 3, 1)], (5, 1), 3, (4, 1)),
        ([(6, 5, 0), (5, 6, 0), (4, 3, -1), (2, 7, 1), (4, 0, -1), (1, 6, 0)], (3, 2, 4), 4, (5, 1)),
        ([(6, 3, 0), (5, 7, -1), (1, 3, -1), (2, 7, 0), (2, 0, 0), (6, 4, 0)], (3, 2, 2), 3, (5, 8)),
    ])
    def test_of_the_rarest_kind(
        self, items: list[tuple[int, int, int]], areas: tuple[int, ...], pool: int, caps: tuple[int, ...]
    ) -> None:
        """A capped item may go somewhere, but with fewer points than it seems at first."""
        brought = [Item(points=points, mask=mask, cap=cap) for points, mask, cap in items]
        self.check_against_everything(brought, Demand(areas=areas, pool=pool, caps=caps))

    @pytest.mark.parametrize("seed", range(4))
    def test_under_tight_caps(self, seed: int) -> None:
        """Many items under few caps may serve nearly every area: the hardest case for the search."""
        chance = Random(seed)
        for _ in range(60):
            width = chance.randint(2, 3)
            caps = tuple(chance.randint(1, 5) for _ in range(chance.randint(1, 2)))
            every = (1 << width) - 1
            items = [Item(points=chance.randint(1, 5), mask=chance.choice((every, every, *range(every + 1))),
                          cap=chance.choice((NO_CAP, 0, 0, len(caps) - 1))) for _ in range(chance.randint(4, 6))]
            areas = tuple(chance.randint(1, 4) for _ in range(width))
            self.check_against_everything(items, Demand(areas=areas, pool=chance.randint(0, 3), caps=caps))

    @staticmethod
    def check_against_everything(items: list[Item], demand: Demand) -> None:
        """Place, and compare with every placement there is."""
        needs = (*demand.areas, demand.pool)
        (_, _, vectors), divided = preferred_plan(as_brought(items, len(demand.areas)), needs, demand.caps)
        placed = place(items, demand, prove(items, demand), Steps())
        assert ([*placed.vectors], has_divided(placed)) == ([vector for _, vector in vectors], divided), (items, demand)

    @FEW_HUNDREDS
    @given(instances(), st.sets(st.integers(0, 4)))
    def test_divides_only_what_may_be_divided_as_trying_everything_does(
        self, instance: Instance, free: set[int]
    ) -> None:
        """Of the placements that keep the others whole and lose nothing, the preferred one; or None."""
        items, demand = instance
        needs, brought = (*demand.areas, demand.pool), as_brought(items, len(demand.areas))
        ways = product(*([one.serves] if index in free else [frozenset({bit}) for bit in one.serves] or [one.serves]
                         for index, one in enumerate(brought)))
        bound = ([replace(one, serves=serves) for one, serves in zip(brought, way, strict=True)] for way in ways)
        best = max(best_plan(each, needs, demand.caps, whole=False) for each in bound)
        most = best_plan(brought, needs, demand.caps, whole=False)[:2]
        proof = prove(items, demand)
        placed = place_dividing(items, demand, proof, Steps(), free)
        assert placed == (tuple(vector for _, vector in best[2]) if best[:2] == most else None)
        assert can_place_dividing(items, demand, proof, Steps(), free) is (placed is not None)

    @given(instances(), st.integers(0, 3))
    def test_is_never_wrong_when_it_gives_up(self, instance: Instance, limit: int) -> None:
        """With very few steps it says that it gave up, and still places the most points possible."""
        items, demand = instance
        proof = prove(items, demand)
        placed, best = place(items, demand, proof, Steps(limit)), place(items, demand, proof, Steps())
        assert can_stay_whole(items, demand, proof, Steps(limit)) <= (not has_divided(best))
        if not placed.search_limit:
            assert placed == best
        self.check_room(items, demand, placed)
        sums = [sum(column) for column in zip(*placed.vectors, strict=True)] or [0] * (len(demand.areas) + 1)
        assert demand.mandatory - sum(sums[:-1]) == proof.short
        assert demand.total - sum(sums) == proof.total_short(demand)

    @staticmethod
    def check_room(items: Sequence[Item], demand: Demand, placed: Placed) -> None:
        """Check that no limit is exceeded."""
        under = [0] * len(demand.caps)
        for item, vector in zip(items, placed.vectors, strict=True):
            assert min(vector) >= 0
            assert sum(vector) <= item.points
            assert not any(points for bit, points in enumerate(vector[:-1]) if not item.mask >> bit & 1)
            if item.cap != NO_CAP:
                under[item.cap] += sum(vector)
        assert all(points <= cap for points, cap in zip(under, demand.caps, strict=True))
        for need, column in zip((*demand.areas, demand.pool), zip(*placed.vectors, strict=True), strict=False):
            assert sum(column) <= need


# ---------------------------------------------------------------------------------------------------------
# The search for a placement that keeps every activity whole.


NASTY = (33, 70, 190, 100, 145, 50, 67)


@st.composite
def planted(draw: st.DrawFn, slack: bool = False) -> Instance:
    """Draw items with two to four areas each, and needs that a hidden whole assignment fills exactly."""
    width = draw(st.integers(2, 4))
    needs = [0] * width
    items = []
    for number in range(draw(st.integers(width, 9))):
        bits = draw(st.permutations(range(width)))[: draw(st.integers(2, width))]
        if number < width and number not in bits:
            bits = [number, *bits]
        bits = sorted(bits, key=lambda bit: bit != number)  # the first items make sure that every area has one
        points = draw(st.sampled_from(NASTY))
        needs[bits[0]] += points
        items.append(Item(points=points, mask=sum(1 << bit for bit in bits)))
    areas = [need + (draw(st.sampled_from((0, 0, -1, 1, 33, -20))) if slack else 0) for need in needs]
    pool = draw(st.sampled_from((0, 50, 1_000)))
    return draw(st.permutations(items)), Demand(areas=tuple(areas), pool=pool)


def most_when_whole(items: Sequence[Item], areas: Sequence[int]) -> int:
    """Assign every item to one of its areas in every way, and return the most points the areas can get."""
    reached = {(0,) * len(areas)}
    for item in items:
        bits = [bit for bit in range(len(areas)) if item.mask >> bit & 1]
        reached = {tuple(min(need, have + item.points) if at == bit else have
                         for at, (have, need) in enumerate(zip(state, areas, strict=True)))
                   for state in reached for bit in bits} if bits else reached
    return max(map(sum, reached))


def most_when_tried(items: Sequence[Item], areas: Sequence[int]) -> int:
    """Do the same by brute force, for a few items."""
    choices = [[bit for bit in range(len(areas)) if item.mask >> bit & 1] for item in items]
    best = 0
    for choice in product(*choices):
        sums = [0] * len(areas)
        for item, bit in zip(items, choice, strict=True):
            sums[bit] += item.points
        best = max(best, sum(map(min, sums, areas)))
    return best


def most_when_greedy(items: Sequence[Item], areas: Sequence[int]) -> int:
    """Take the largest first, each where most is missing."""
    left = list(areas)
    for item in sorted(items, key=lambda item: -item.points):
        bit = max((bit for bit in range(len(left)) if item.mask >> bit & 1), key=left.__getitem__)
        left[bit] -= min(left[bit], item.points)
    return sum(areas) - sum(left)


class TestTheSearchForWholePlacements:
    """No activity divided between two mandatory areas, if any such placement exists."""

    @given(planted())
    def test_finds_the_one_that_is_hidden(self, instance: Instance) -> None:
        """It finds a whole placement that fills every area to the hundredth."""
        items, demand = instance
        placed = place(items, demand, prove(items, demand), Steps())
        assert (has_divided(placed), placed.search_limit) == (False, False)
        assert [sum(column) for column in zip(*placed.vectors, strict=True)][:-1] == [*demand.areas]
        assert all(sum(1 for points in vector[:-1] if points) <= 1 for vector in placed.vectors)

    @FEW_HUNDREDS
    @given(planted(slack=True))
    def test_divides_only_where_it_has_to(self, instance: Instance) -> None:
        """An activity is divided exactly if no assignment of whole activities fills the areas as well."""
        items, demand = instance
        proof = prove(items, demand)
        placed = place(items, demand, proof, Steps())
        best = most_when_whole(items, demand.areas)
        assert not placed.search_limit
        assert has_divided(placed) is (best < demand.mandatory - proof.short)
        assert can_stay_whole(items, demand, proof, Steps()) is not has_divided(placed)
        assert sum(sum(vector[:-1]) for vector in placed.vectors) == demand.mandatory - proof.short
        if len(items) <= 5:
            assert most_when_tried(items, demand.areas) == best

    def test_greed_would_not_do(self) -> None:
        """In many of the hidden ones, taking the largest first where most is missing fails."""
        seen: Counter[bool] = Counter()

        @settings(max_examples=200, derandomize=True, database=None, phases=[Phase.generate], deadline=None)
        @given(planted())
        def look(instance: Instance) -> None:
            items, demand = instance
            seen[most_when_greedy(items, demand.areas) < demand.mandatory] += 1

        look()
        assert seen[True] >= 40

    @given(planted(slack=True), st.data())
    def test_through_allocate(self, small: dict[int, cmprules.Policy], instance: Instance, data: st.DataObject) -> None:
        """The same through `allocate`, with the activities of a record."""
        items, _ = instance
        policy = small[data.draw(st.sampled_from((2010, 2012, 2014, 2016)))]
        names = [figure.area for figure in policy.areas or ()]
        acts = [data.draw(activities(id=f"a{number}", kinds=("formal_ce",), points=Decimal(item.points) / 100,
                                     completed_on=CYCLE.start,
                                     areas=[name for bit, name in enumerate(names) if item.mask >> bit & 1]))
                for number, item in enumerate(items)]
        alloc = cmprules.allocate(acts, policy, cycle=CYCLE)
        areas = [hundredths(figure.value) for figure in policy.areas or ()]
        best = most_when_whole([Item(points=item.points, mask=item.mask & 7) for item in items], areas)
        filled = sum(hundredths(area.placed) for area in alloc.areas if area.area != "pool")
        assert best <= filled
        assert bool(alloc.divided) is (best < filled)
