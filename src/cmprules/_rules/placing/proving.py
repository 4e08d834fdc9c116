"""The shortfall of the best placement, in closed form, with the set of areas that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import sub

from cmprules._rules.placing.items import NO_CAP, Demand, Item, Proof, made_proof
from cmprules._rules.placing.sets import needs_of_sets
from cmprules._rules.placing.supply import Rows, Supply, binding_caps, rows_of


def prove(items: Sequence[Item], demand: Demand) -> Proof:
    """Find the shortfall of the best placement, and the smallest set of areas that proves it."""
    return _proof_of(rows_of(items), demand)


def prove_exchanged(brought: Rows, less: Iterable[Item], more: Iterable[Item], demand: Demand) -> Proof:
    """Find the shortfall if some of the added items were replaced by others."""
    rows = {cap: row.copy() for cap, row in brought.items()}
    for sign, changed in ((-1, less), (1, more)):
        for item in changed:
            row = rows.setdefault(item.cap, {})
            row[item.mask] = row.get(item.mask, 0) + sign * item.points
    return _proof_of(rows, demand)


def _proof_of(rows: Rows, demand: Demand) -> Proof:
    """Find the shortfall of the sums of what is brought."""
    width, needs = len(demand.areas), needs_of_sets(demand.areas)
    binding = binding_caps(rows, demand.caps)
    supply = Supply(width, rows, {cap: demand.caps[cap] for cap in binding})
    shorts = tuple(map(sub, needs, supply.to_each()))
    short = max(shorts)
    mask = min((areas for areas, lack in enumerate(shorts) if lack == short), key=int.bit_count) if short else 0
    brought = {cap: sum(row.values()) for cap, row in rows.items()}
    usable = sum([points if cap == NO_CAP else min(points, demand.caps[cap]) for cap, points in brought.items()])
    return made_proof(short=short, mask=mask, available=needs[mask] - short, usable=usable, shorts=shorts,
                      binding=binding)
