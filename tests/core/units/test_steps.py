"""The step limit of the search for whole placements: steps are counted, and the limit is part of the rules.

The point where it gives up depends on every step, so trying things in another order is a change of logic.
"""

from __future__ import annotations

from random import Random

import pytest

from cmprules._rules.placing import NO_CAP, Demand, Item, Steps, can_stay_whole, place, prove

PLENTY = 100_000


def puzzle(seed: int) -> tuple[list[Item], Demand]:
    """Draw items that nearly all may serve several areas, some under caps, and that barely fit."""
    chance = Random(seed)
    width = chance.randint(2, 5)
    areas = tuple(chance.randint(2, 9) for _ in range(width))
    caps = tuple(chance.randint(2, 8) for _ in range(chance.choice((0, 0, 1, 2))))
    items, left = [], sum(areas)
    while left > 0:
        item = Item(points=chance.randint(1, 5), mask=chance.randint(1, (1 << width) - 1),
                    cap=chance.randint(NO_CAP, len(caps) - 1) if caps else NO_CAP)
        items.append(item)
        left -= item.points
    return items, Demand(areas=areas, pool=chance.randint(0, 4), caps=caps)


def steps_of(seed: int) -> tuple[int, int]:
    """Return the steps needed to see whether a puzzle has a whole placement, and to place it."""
    items, demand = puzzle(seed)
    proof = prove(items, demand)
    asking, placing = Steps(PLENTY), Steps(PLENTY)
    can_stay_whole(items, demand, proof, asking)
    place(items, demand, proof, placing)
    return PLENTY - asking.left, PLENTY - placing.left


STEPS: dict[int, tuple[int, int]] = {
    0: (10, 565), 16: (7, 15), 17: (35, 35), 21: (7, 80), 22: (9, 12), 23: (19, 19), 25: (7, 16), 27: (6, 44),
    35: (10, 10), 38: (38, 38), 40: (8, 148), 44: (50, 50), 45: (11, 22), 50: (49, 137), 60: (9, 17), 63: (9, 20),
    64: (50, 50), 65: (14, 46), 68: (130, 130), 71: (14, 14), 73: (6, 25), 75: (79, 79), 76: (29, 29), 78: (6, 14),
    80: (8, 26), 81: (17, 39), 83: (15, 40), 84: (10, 10), 88: (13, 187), 92: (16, 26), 96: (20, 76), 99: (7, 13),
    103: (9, 21), 107: (14, 17), 110: (10, 14), 112: (119, 136), 118: (24, 24), 122: (10, 10), 130: (25, 38),
    133: (73, 205), 134: (7, 26), 135: (9, 18), 136: (31, 31), 142: (52, 52), 145: (12, 77), 146: (7, 13),
    147: (16, 16), 148: (7, 167), 150: (7, 391), 151: (7, 24), 153: (9, 14), 156: (94, 185), 157: (7, 22),
    159: (32, 32), 163: (11, 41), 166: (6, 14), 168: (11, 15), 171: (7, 22), 173: (7, 16), 175: (24, 24),
    177: (8, 22), 187: (7, 42), 192: (7, 13), 195: (11, 49), 202: (74, 158), 204: (11, 43), 205: (34, 179),
    208: (13, 33), 210: (247, 247), 211: (13, 13), 212: (27, 27), 214: (8, 33),
}
"""Puzzles and their steps.  If the steps change, increase `RULES_VERSION`."""


@pytest.mark.parametrize("seed", STEPS)
def test_a_search_takes_the_steps_that_it_took(seed: int) -> None:
    """The number is exactly the recorded one."""
    assert steps_of(seed) == STEPS[seed]


@pytest.mark.parametrize("seed", [seed for seed, (asking, placing) in STEPS.items() if asking])
def test_a_search_is_given_up_at_its_last_step_and_not_before(seed: int) -> None:
    """With exactly enough steps there is an answer; with one fewer there is none, and the result says so."""
    items, demand = puzzle(seed)
    proof, (asking, placing) = prove(items, demand), STEPS[seed]
    assert can_stay_whole(items, demand, proof, Steps(asking)) is can_stay_whole(items, demand, proof, Steps(PLENTY))
    assert can_stay_whole(items, demand, proof, Steps(asking - 1)) is False
    assert place(items, demand, proof, Steps(placing)).search_limit is False
    given_up = place(items, demand, proof, Steps(placing - 1))
    assert given_up.search_limit is True
    assert sum(map(sum, given_up.vectors)) == demand.total - proof.total_short(demand)
