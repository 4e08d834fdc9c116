"""Which placement is the best one: by the greedy way where it is known to settle it, else by the search."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs

from cmprules._rules.placing.greedy import GreedyPlacing
from cmprules._rules.placing.items import Demand, Item, Placed, Proof, made_placed
from cmprules._rules.placing.placement import Placing
from cmprules._rules.placing.proving import prove
from cmprules._rules.placing.steps import SearchLimitError, Steps


def can_stay_whole(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> bool:
    """Whether some best placement divides no item between two mandatory areas; False if that cannot be settled."""
    most = most_steps(items)
    walk = GreedyPlacing(items, demand, proof)
    if steps.can_put_off(most) and walk.settles():
        steps.put_off(lambda steps: Placing(items, demand, proof, steps).find_witness(), most)
        return walk.finished
    try:
        return Placing(items, demand, proof, steps).find_witness()
    except SearchLimitError:
        return False


def place(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> Placed:
    """Place the items, given in order of preference, as the contract of placement asks.

    First the most points in the mandatory areas, then in the pool; no item divided between two mandatory areas
    if such a placement exists; then, item by item, as many of its points as possible, then as many in the
    earliest area, and so on, the pool last.
    """
    most = most_steps(items)
    walk = GreedyPlacing(items, demand, proof)
    if not (steps.can_put_off(most) and walk.settles() and steps.can_put_off(most * walk.searches)):
        return place_by_search(items, demand, proof, steps)
    steps.put_off(lambda steps: place_by_search(items, demand, proof, steps), most * walk.searches)
    if walk.finished:
        return made_placed(vectors=tuple(walk.vectors))
    return Placed(vectors=Placing(items, demand, proof, steps).run_divided(), whole=False)


def place_by_search(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> Placed:
    """Place the items with a search for a placement that divides none, and divided if there is none."""
    try:
        whole = Placing(items, demand, proof, steps)
        if whole.find_witness():
            return Placed(vectors=whole.run_whole())
        limited = False
    except SearchLimitError:
        limited = True
    vectors = Placing(items, demand, proof, steps).run_divided()
    return Placed(vectors=vectors, whole=False, search_limit=limited)


def place_dividing(
    items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps, free: Collection[int]
) -> tuple[tuple[int, ...], ...] | None:
    """Place the items as well as can be, dividing none but some of them; None if that cannot be, or is not settled.

    An item that must stay whole is bound to the area in which a search leaves it.
    """
    try:
        found = Placing(items, demand, proof, steps, free).find_whole()
    except SearchLimitError:
        return None
    if found is None:
        return None
    bound = [attrs.evolve(item, mask=found[index]) if index in found else item for index, item in enumerate(items)]
    return Placing(bound, demand, prove(bound, demand), steps).run_divided()


def most_steps(items: Sequence[Item]) -> int:
    """Bound the steps of one search for a whole placement.

    It tries every item in every area that it may serve at most, level by level; and where there are two areas or more
    to try, a level has at most half the steps of the next.
    """
    ways = 1
    for item in items:
        ways *= item.mask.bit_count() or 1
    return 2 * ways if ways > 1 else 0


def is_divided(vector: Sequence[int]) -> bool:
    """Whether points of one item lie in more than one mandatory area."""
    return sum(1 for points in vector[:-1] if points) > 1
