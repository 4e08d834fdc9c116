"""Find the best placement: by the greedy walk if it settles the question, otherwise by the search."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cmprules._rules.placing.greedy import GreedyPlacing
from cmprules._rules.placing.items import Demand, Item, Placed, Proof
from cmprules._rules.placing.placement import Placing
from cmprules._rules.placing.proving import prove
from cmprules._rules.placing.sets import areas_of
from cmprules._rules.placing.steps import SearchLimitError, Steps


def can_stay_whole(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> bool:
    """Return whether some best placement divides no item between mandatory areas; False if that cannot be settled."""
    most = most_steps(items)
    walk = GreedyPlacing(items, demand, proof)
    # the answer of the walk is the search's own, but the search must still pay its steps: see `Steps`
    if steps.can_put_off(most) and walk.settles():
        steps.put_off(lambda steps: Placing(items, demand, proof, steps).find_witness(), most)
        return walk.finished
    try:
        return Placing(items, demand, proof, steps).find_witness()
    except SearchLimitError:
        return False


def place(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> Placed:
    """Place the items, given in order of preference.

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
        return Placed(vectors=tuple(walk.vectors))
    return Placed(vectors=Placing(items, demand, proof, steps).run_divided(), whole=False)


def place_by_search(items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps) -> Placed:
    """Place the items with a search for a placement that divides none; if there is none, divide items."""
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
    """Place the items as well as possible, dividing only some of them; None if that is impossible or not settled.

    Of the placements that leave no more short, the preferred one is found, as in `place`.  If the search for it takes
    more steps than are left, each item that must stay whole is bound to the area in which the first search leaves it.
    """
    try:
        found = Placing(items, demand, proof, steps, free).find_whole()
    except SearchLimitError:
        return None
    if found is None:
        return None
    try:
        return _preferred(items, demand, proof, steps, free)
    except SearchLimitError:
        bound = [item._replace(mask=found[index]) if index in found else item for index, item in enumerate(items)]
        return Placing(bound, demand, prove(bound, demand), steps).run_divided()


def can_place_dividing(
    items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps, free: Collection[int]
) -> bool:
    """Return whether some best placement divides only some of the items.

    Raises:
        SearchLimitError: the search was given up, so neither is known.
    """
    return Placing(items, demand, proof, steps, free).find_whole() is not None


def _preferred(
    items: Sequence[Item], demand: Demand, proof: Proof, steps: Steps, free: Collection[int]
) -> tuple[tuple[int, ...], ...] | None:
    """Find the preferred placement among those that divide only some of the items, branch by branch.

    Dividing freely, an item that must stay whole may be divided: then it is bound to each of its areas in turn.  A
    branch ends where it leaves more short, or where even dividing freely is not preferred to the best placement found.
    """
    best: tuple[tuple[int, ...], ...] | None = None
    waiting = [tuple(items)]
    while waiting:
        steps.spend()
        branch = waiting.pop()
        known = prove(branch, demand)
        if known.short > proof.short or known.total_short(demand) > proof.total_short(demand):
            continue
        vectors = Placing(branch, demand, known, steps).run_divided()
        if best is not None and _preference(vectors) <= _preference(best):
            continue
        divided = [index for index, vector in enumerate(vectors) if index not in free and is_divided(vector)]
        if divided:
            waiting += _bound(branch, divided[0])
        else:
            best = vectors
    return best


def _bound(items: tuple[Item, ...], index: int) -> list[tuple[Item, ...]]:
    """Bind one item to each of its areas, the earliest last, because the last one is tried first."""
    return [(*items[:index], items[index]._replace(mask=1 << bit), *items[index + 1:])
            for bit in reversed(areas_of(items[index].mask))]


def _preference(vectors: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Order placements: item by item, its points in all, then in the earliest area, and so on, the pool last."""
    return [(sum(vector), *vector) for vector in vectors]


def most_steps(items: Sequence[Item]) -> int:
    """Return an upper bound for the steps of one search for a whole placement.

    The search tries at most every item in every area that it may serve, level by level.  With two or more areas to try,
    each level has at most half the steps of the next, so all levels together have less than twice those of the last.
    """
    ways = 1
    for item in items:
        ways *= item.mask.bit_count() or 1
    return 2 * ways if ways > 1 else 0


def most_steps_to_place(items: Sequence[Item], binding: Collection[int]) -> int:
    """Return an upper bound for the steps of one placement, whatever the order of the items.

    Without caps that bind, five searches are enough: see `GreedyPlacing.searches`.  An item under a cap that binds may
    need a bisection over its points, for each area that it may serve and for none.
    """
    bisections = [(item.mask.bit_count() + 2) * (item.points.bit_length() + 4) for item in items if item.cap in binding]
    return most_steps(items) * (5 + sum(bisections))


def is_divided(vector: Sequence[int]) -> bool:
    """Return whether points of one item are in more than one mandatory area."""
    return sum(1 for points in vector[:-1] if points) > 1
