"""Shortfalls and their proofs: the need of every set of areas, minus the points that may serve any of them."""

from __future__ import annotations

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.records import CAPS, UNCAPPED, Array, Proof, Records, Row


@jit
def ones(bits: int) -> int:
    """Count the areas of a set."""
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@jit
def proof_of(table: Row, items: Records, chosen: Array, desk: Row) -> Proof:
    """Find the shortfall of the best placement of some activities, and its proof."""
    desk.brought[:] = 0
    usable, simple = 0, True
    for i in chosen:
        mask, cap = items[i].mask, items[i].cap
        simple &= not (mask & (mask - 1) or (mask and cap != UNCAPPED))
        if cap == UNCAPPED:
            usable += items[i].points
        else:
            desk.brought[cap] += items[i].points
    for cap in range(CAPS):
        usable += min(table.caps[cap], desk.brought[cap])
    if simple:
        short, areas = _short_of_single_areas(table, items, chosen, desk)
    else:
        short, areas = _short_of_sets(table, items, chosen, desk)
    return Proof(short, areas, usable)


@jit
def _short_of_single_areas(table: Row, items: Records, chosen: Array, desk: Row) -> tuple[int, int]:
    """Prove a shortfall if no activity may serve two areas and no cap applies: each area is short by itself."""
    for bit in range(table.width):
        desk.supply[1 << bit] = 0
    for i in chosen:
        desk.supply[items[i].mask] += items[i].points
    short, found = 0, 0
    for bit in range(table.width):
        lacking = table.needs[bit] - desk.supply[1 << bit]
        if lacking > 0:
            short += lacking
            found |= 1 << bit
    return short, found


@jit
def _short_of_sets(table: Row, items: Records, chosen: Array, desk: Row) -> tuple[int, int]:
    """Find the set of areas with the largest need minus the points that may serve it; in a tie, the smallest set."""
    everything, short, found = (1 << table.width) - 1, 0, 0
    capped = _fill_within(table, items, chosen, desk)
    for areas in range(everything + 1):
        desk.supply[areas] = desk.within[0, everything] - desk.within[0, everything - areas]
    for cap in range(capped):
        for areas in range(everything + 1):
            brought = desk.within[cap + 1, everything] - desk.within[cap + 1, everything - areas]
            desk.supply[areas] += min(table.caps[cap], brought)
    for areas in range(1, everything + 1):
        lacking = table.set_needs[areas] - desk.supply[areas]
        if lacking > short or (lacking == short > 0 and ones(areas) < ones(found)):
            short, found = lacking, areas
    return short, found


@jit
def _fill_within(table: Row, items: Records, chosen: Array, desk: Row) -> int:
    """Add up, for every set, the points that serve only areas of the set; return how many caps apply."""
    sets, capped = 1 << table.width, 0
    desk.within[:, :sets] = 0
    for i in chosen:
        if items[i].mask:
            desk.within[items[i].cap + 1, items[i].mask] += items[i].points
            capped = max(capped, items[i].cap + 1)
    for row in range(capped + 1):
        for bit in range(table.width):
            step = 1 << bit
            for first in range(step, sets, 2 * step):
                for areas in range(first, first + step):
                    desk.within[row, areas] += desk.within[row, areas - step]
    return capped


@jit
def short_of(table: Row, proof: Proof) -> int:
    """Return the shortfall of the whole table: the larger of the two proofs."""
    return int(max(proof.short, table.total - proof.usable, 0))


@jit
def pool_filled(table: Row, proof: Proof) -> int:
    """Return how many points the best placement puts in the pool."""
    mandatory = table.set_needs[(1 << table.width) - 1]
    return int(max(0, table.total - short_of(table, proof) + proof.short - mandatory))
