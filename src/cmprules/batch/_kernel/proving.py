"""Shortfalls and their proofs: the need of every set of areas, minus the points that may serve any of them."""

from __future__ import annotations

from cmprules.batch._compiling import inlined, jit
from cmprules.batch._kernel.grouping import chosen_if, fit
from cmprules.batch._kernel.records import CAPS, UNCAPPED, Array, Job, Own, Proof, Records, Row


@inlined
def proof_if(table: Row, k: int, accepted: int, opened: int, settled: int, own: Own, job: Job) -> tuple[Array, Proof]:
    """List the activities that count if the open ones with set bits are confirmed, and prove their shortfall."""
    chosen = chosen_if(accepted, opened, settled, own, job)
    fit(table, k, own, job)
    return chosen, proof_of(table, job.items[k], chosen, job.desks[0])


@inlined
def proof_of(table: Row, items: Records, chosen: Array, desk: Row) -> Proof:
    """Find the shortfall of the best placement of some activities, and its proof.

    An area is linked if an activity may serve it and another, or serves it under a cap.  Every other area is short by
    itself; the linked ones are short together, as a set.
    """
    desk.brought[:] = 0
    desk.alone[:] = 0
    usable, linked = 0, 0
    for i in chosen:
        item = items[i]
        if item.cap == UNCAPPED:
            usable += item.points
        else:
            desk.brought[item.cap] += item.points
        if item.mask & (item.mask - 1) or (item.mask and item.cap != UNCAPPED):
            linked |= item.mask
        else:
            desk.alone[item.mask] += item.points
    for cap in range(CAPS):
        usable += min(table.caps[cap], desk.brought[cap])
    short, areas = _short_of_single_areas(table, linked, desk)
    if linked:
        lacking, found = _short_of_sets(table, items, chosen, linked, desk)
        short, areas = short + lacking, areas | found
    return Proof(short, areas, usable)


@jit
def _short_of_single_areas(table: Row, linked: int, desk: Row) -> tuple[int, int]:
    """Add up what lacks in the areas that are not linked; return the sum, and the areas that lack anything."""
    short, found = 0, 0
    for bit in range(table.width):
        lacking = table.needs[bit] - desk.alone[1 << bit]
        if lacking > 0 and not linked >> bit & 1:
            short += lacking
            found |= 1 << bit
    return short, found


@jit
def _short_of_sets(table: Row, items: Records, chosen: Array, linked: int, desk: Row) -> tuple[int, int]:
    """Find the set of linked areas with the largest need minus the points that may serve it; in a tie, the smallest.

    Subtracting the linked areas from a set and keeping their bits gives the set with the next larger number.  The
    smallest of several sets with that difference is a part of each of the others, so its number comes first.
    """
    capped = _fill_within(items, chosen, linked, desk)
    short, found, areas = 0, 0, linked & -linked
    while areas:
        lacking = table.set_needs[areas] - desk.within[0, linked] + desk.within[0, linked - areas]
        for cap in range(capped):
            brought = desk.within[cap + 1, linked] - desk.within[cap + 1, linked - areas]
            lacking -= min(table.caps[cap], brought)
        if lacking > short:
            short, found = lacking, areas
        areas = areas - linked & linked
    return short, found


@jit
def _fill_within(items: Records, chosen: Array, linked: int, desk: Row) -> int:
    """Add up, for each set of linked areas, the points that serve only areas of the set; return how many caps apply."""
    capped, areas = 0, linked
    desk.within[:, 0] = 0
    while areas:
        desk.within[:, areas] = 0
        areas = areas - 1 & linked
    for i in chosen:
        if items[i].mask & linked:
            desk.within[items[i].cap + 1, items[i].mask] += items[i].points
            capped = max(capped, items[i].cap + 1)
    for row in range(capped + 1):
        left = linked
        while left:
            _pass_on(left & -left, linked, desk.within[row])
            left &= left - 1
    return capped


@jit
def _pass_on(area: int, linked: int, within: Array) -> None:
    """Add to every set of linked areas with an area what that set without it has."""
    areas = linked & -linked
    while areas:
        if areas & area:
            within[areas] += within[areas - area]
        areas = areas - linked & linked


@inlined
def short_of(table: Row, proof: Proof) -> int:
    """Return the shortfall of the whole table: the larger of the two proofs."""
    return int(max(proof.short, table.total - proof.usable, 0))


@jit
def pool_filled(table: Row, proof: Proof) -> int:
    """Return how many points the best placement puts in the pool."""
    mandatory = table.set_needs[(1 << table.width) - 1]
    return int(max(0, table.total - short_of(table, proof) + proof.short - mandatory))
