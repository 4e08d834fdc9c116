"""The finder on plain numbers: the contents of a proof, and that the unit of points does not matter."""

from __future__ import annotations

from random import Random

import pytest

from cmprules._rules.placing import NO_CAP, Demand, Item, Placed, Proof, Steps, place, prove

AREAS = Demand(areas=(2, 1, 3), pool=4)


@pytest.mark.parametrize("items", [
    pytest.param([Item(points=2, mask=1), Item(points=1, mask=2), Item(points=3, mask=4)], id="just enough"),
    pytest.param([Item(points=9, mask=7), Item(points=9, mask=7)], id="more than enough"),
])
def test_where_nothing_is_short_there_is_no_set_to_prove_it(items: list[Item]) -> None:
    """The proof of no shortfall names no area and no activity."""
    usable = sum(item.points for item in items)
    assert prove(items, AREAS) == Proof(short=0, mask=0, available=0, usable=usable)


@pytest.mark.parametrize(("items", "mask", "short", "available"), [
    pytest.param([], 0b111, 6, 0, id="every area is empty"),
    pytest.param([Item(points=2, mask=1)], 0b110, 4, 0, id="a full area is left out"),
    pytest.param([Item(points=3, mask=1)], 0b110, 4, 0, id="so is one that is more than full"),
    pytest.param([Item(points=1, mask=1)], 0b111, 5, 1, id="one that is partly filled is not"),
    pytest.param([Item(points=2, mask=3), Item(points=3, mask=4)], 0b011, 1, 2, id="two that share too little"),
    pytest.param([Item(points=1, mask=1), Item(points=1, mask=2), Item(points=2, mask=4)], 0b101, 2, 3,
                 id="two apart"),
])
def test_a_shortfall_is_proven_by_the_smallest_set(items: list[Item], mask: int, short: int, available: int) -> None:
    """A proof names no area that adds nothing to it."""
    proof = prove(items, AREAS)
    assert (proof.mask, proof.short, proof.available) == (mask, short, available)


def test_an_item_is_never_placed_on_the_strength_of_an_assignment_that_would_not_bear_it() -> None:
    """An assignment found for one choice is not reused for another, which could leave no place for the last items."""
    items = [(6, 0b011, 0), (5, 0b111, NO_CAP), (1, 0b011, NO_CAP), (2, 0b111, 0), (2, 0, 0), (6, 0b100, 0)]
    assert placed(items, (3, 2, 2), 3, (5, 8), 1).vectors == (
        (3, 0, 0, 1), (0, 0, 2, 2), (0, 1, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("times", [3, 50, 100])
def test_the_unit_in_which_points_are_counted_changes_nothing(seed: int, times: int) -> None:
    """Whole points and hundredths have the same best placement, whatever halving finds."""
    chance = Random(seed)
    for _ in range(25):
        width = chance.randint(1, 3)
        caps = tuple(chance.randint(1, 6) for _ in range(chance.randint(1, 2)))
        items = [(chance.randint(1, 6), chance.choice(range(1 << width)), chance.choice((NO_CAP, 0, len(caps) - 1)))
                 for _ in range(chance.randint(2, 6))]
        needs = tuple(chance.randint(1, 5) for _ in range(width))
        pool = chance.randint(0, 4)
        coarse = placed(items, needs, pool, caps, 1)
        assert placed(items, needs, pool, caps, times).vectors == tuple(
            tuple(points * times for points in vector) for vector in coarse.vectors), (items, needs, pool, caps)


def placed(
    items: list[tuple[int, int, int]], needs: tuple[int, ...], pool: int, caps: tuple[int, ...], times: int
) -> Placed:
    """Place items with every amount multiplied by a factor."""
    demand = Demand(areas=tuple(need * times for need in needs), pool=pool * times,
                    caps=tuple(cap * times for cap in caps))
    brought = [Item(points=points * times, mask=mask, cap=cap) for points, mask, cap in items]
    return place(brought, demand, prove(brought, demand), Steps())
