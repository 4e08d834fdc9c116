"""Whether every activity can be kept whole, in one area, and the best way of doing it."""

from __future__ import annotations

import numpy as np

from cmprules.batch._compiling import inlined, jit
from cmprules.batch._kernel.ordering import in_order
from cmprules.batch._kernel.placing import count_in, most_of, place, set_desk, spread, sum_up
from cmprules.batch._kernel.proving import pool_filled, proof_of, short_of
from cmprules.batch._kernel.records import (
    CAPS,
    DIVIDED,
    FULL,
    MOST_WAYS,
    NOT_KNOWN,
    SHORT,
    TOTAL,
    UNCAPPED,
    UNKNOWN,
    WHOLE,
    WIDTH,
    Array,
    Job,
    Proof,
    Records,
    Row,
)


@jit
def _ones(bits: int) -> int:
    """Count the areas of a set."""
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@inlined
def level_of(table: Row, items: Records, chosen: Array, proof: Proof, job: Job) -> int:
    """Return the level of a table: short, full with no activity divided, or full but perhaps with one divided."""
    return SHORT if short_of(table, proof) else _level_if_enough(table, items, chosen, proof, job)


@jit
def _level_if_enough(table: Row, items: Records, chosen: Array, proof: Proof, job: Job) -> int:
    """Return the level of a table whose points suffice, if activities may be divided."""
    several = False
    for i in chosen:
        several |= _ones(items[i].mask) > 1
    if not several or _keep(table, items, chosen, proof, job.desks[0]):
        return FULL
    found = best_placement(table, items, in_order(items, chosen, job), proof, job)
    return FULL if found == WHOLE else UNKNOWN


@jit
def best_placement(table: Row, items: Records, ordered: Array, proof: Proof, job: Job) -> int:
    """Place activities as the rules ask, in the first vectors; return whether all stay whole, or -1 if not known.

    An activity is divided only if no placement keeps all of them whole.
    """
    if place(table, items, ordered, proof, job.desks[0], job.vectors[0]):
        return WHOLE
    if _place_as_known(table, items, ordered, proof, job.desks[0], job.vectors[1]):
        job.vectors[0, :len(ordered)] = job.vectors[1, :len(ordered)]
        return WHOLE
    return _place_whole(table, items, ordered, proof, job)


@jit
def _keep(table: Row, items: Records, ordered: Array, proof: Proof, desk: Row) -> bool:
    """Keep each activity in its emptiest area, beginning with activities without a cap and with few areas.

    Returns whether the shortfall stays the same.
    """
    desk.left[:] = table.needs
    desk.caps[:] = table.caps
    desk.kept[:, :1 << table.width] = 0
    for capped in range(2):
        for size in range(1, table.width + 1):
            for i in ordered:
                item = items[i]
                if (item.cap != UNCAPPED) == capped and _ones(item.mask) == size:
                    points, bit = item.points, _emptiest(item.mask, desk)
                    if capped:
                        points = min(points, desk.caps[item.cap], max(0, desk.left[bit]))
                        desk.caps[item.cap] -= points
                    desk.left[bit] -= points
                    item.kept_in = 1 << bit
                    spread(table, item, item.kept_in, 1, desk.kept)
                elif not item.mask:
                    item.kept_in = 0
    short = 0
    for bit in range(table.width):
        short += max(0, desk.left[bit])
    return short == proof.short


@jit
def _emptiest(mask: int, desk: Row) -> int:
    """Find the area of a set that lacks most."""
    found = -1
    for bit in range(WIDTH):
        if mask >> bit & 1 and (found < 0 or desk.left[bit] > desk.left[found]):
            found = bit
    return found


@jit
def _place_as_known(table: Row, items: Records, ordered: Array, proof: Proof, desk: Row, placed: Array) -> bool:
    """Place the activities in turn, each in its best area, while the later ones keep their known areas.

    Returns whether that is possible: if the later ones would have to move, it stops.
    """
    if not _keep(table, items, ordered, proof, desk):
        return False
    pool = pool_filled(table, proof)
    placed[:len(ordered)] = 0
    set_desk(table, items, ordered, desk)
    for k, i in enumerate(ordered):
        item = items[i]
        count_in(table, item, -1, desk)
        spread(table, item, item.kept_in, -1, desk.kept)
        if sum_up(table, desk) + pool == 0:
            break
        area, most = _best_area(table, item, proof.short, pool, desk)
        if not _rest_can_be_kept(table, item, area, most, proof.short, pool, desk):
            return False
        for bit in range(table.width):
            if area >> bit & 1:
                placed[k, bit] = min(most, desk.needs[bit])
                desk.needs[bit] -= placed[k, bit]
                pool += placed[k, bit]
        pool -= most
        if item.cap != UNCAPPED:
            desk.caps[item.cap] -= most
        placed[k, TOTAL] = most
    return True


@jit
def _best_area(table: Row, item: Row, slack: int, pool: int, desk: Row) -> tuple[int, int]:
    """Find where most of an activity can be placed, and how much; in a tie the earliest area, with the pool last."""
    best, most, still_open = 0, -1, 0
    for bit in range(table.width):
        if item.mask >> bit & 1 and desk.needs[bit]:
            points = most_of(table, item, 1 << bit, desk.rest, slack, pool, desk)
            still_open += 1
            if points > most:
                best, most = 1 << bit, points
    if still_open != 1:
        points = most_of(table, item, 0, desk.rest, slack, pool, desk)
        if points > most:
            best, most = 0, points
    return best, most


@jit
def _rest_can_be_kept(table: Row, item: Row, area: int, most: int, slack: int, pool: int, desk: Row) -> bool:
    """Return whether the later activities, in their known areas, still suffice if a number of points is in one area."""
    for areas in range(1, 1 << table.width):
        touched = item.points if areas & area else 0
        supply = desk.kept[0, areas] + (touched if item.cap == UNCAPPED else 0)
        for cap in range(CAPS):
            supply += min(desk.caps[cap], desk.kept[cap + 1, areas] + (touched if item.cap == cap else 0))
        if desk.sums[areas] - supply > slack:
            return False
    return bool(most_of(table, item, area, desk.kept, slack, pool, desk) >= most)


@jit
def _place_whole(table: Row, items: Records, ordered: Array, proof: Proof, job: Job) -> int:
    """Try every way of keeping each activity in one area with the same shortfall; the best is in the first vectors.

    Returns whether there is one; -1 if there are too many ways to try.
    """
    desk, masks, placed, tried = job.desks[0], _masks(items), job.vectors[0], job.vectors[1]
    ways = _ways(ordered, masks)
    if ways > MOST_WAYS:
        return NOT_KNOWN
    found = DIVIDED
    for way in range(ways):
        _restrict(items, ordered, masks, way)
        if proof_of(table, items, ordered, desk).short == proof.short:
            place(table, items, ordered, proof, desk, tried)
            if found == DIVIDED or _is_better(tried, placed, len(ordered)):
                placed[:len(ordered)] = tried[:len(ordered)]
            found = WHOLE
    for i in ordered:
        items[i].mask = masks[i]
    return found


@jit
def _ways(chosen: Array, masks: Array) -> int:
    """Count the ways of keeping each activity in one of its areas, up to one more than the limit."""
    ways = 1
    for i in chosen:
        ways = min(ways * max(1, _ones(masks[i])), MOST_WAYS + 1)
    return ways


@jit
def _masks(items: Array) -> Array:
    """List the areas that each activity may serve."""
    masks = np.empty(len(items), dtype=np.int64)
    for i in range(len(items)):
        masks[i] = items[i].mask
    return masks


@jit
def _restrict(items: Records, ordered: Array, masks: Array, way: int) -> None:
    """Assign each activity with several areas to one of them, according to the number of a way."""
    for i in ordered:
        mask, choices = masks[i], _ones(masks[i])
        if choices > 1:
            for _ in range(way % choices):
                mask &= mask - 1
            items[i].mask = mask & -mask
            way //= choices


@jit
def _is_better(placed: Array, other: Array, count: int) -> bool:
    """Return whether, activity by activity, more points are placed, or the same points in earlier areas."""
    for k in range(count):
        for column in range(-1, WIDTH):
            if placed[k, column] != other[k, column]:
                return bool(placed[k, column] > other[k, column])
    return False
