"""One activity placed after another, each as well as the rest allows."""

from __future__ import annotations

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.proving import pool_filled
from cmprules.batch._kernel.records import CAPS, TOTAL, UNCAPPED, WIDTH, Array, Proof, Records, Row


@jit
def place(table: Row, items: Records, ordered: Array, proof: Proof, desk: Row, placed: Array) -> bool:
    """Place the activities in turn, each as well as the rest allows; return whether none is divided between areas.

    If none is divided, no placement that keeps activities whole is better, so this is the one that the rules ask for.
    """
    pool, whole = pool_filled(table, proof), True
    placed[:len(ordered)] = 0
    set_desk(table, items, ordered, desk)
    for k, i in enumerate(ordered):
        item = items[i]
        count_in(table, item, -1, desk)
        if sum_up(table, desk) + pool == 0:
            break
        most = most_of(table, item, item.mask, desk.rest, proof.short, pool, desk)
        left = _divide(table, item, most, proof.short, desk, placed[k])
        whole &= _areas_used(placed[k]) <= 1
        pool -= left
        placed[k, TOTAL] = most
    return whole


@jit
def _areas_used(vector: Array) -> int:
    """Count the areas that have points of an activity."""
    used = 0
    for bit in range(WIDTH):
        used += vector[bit] > 0
    return used


@jit
def set_desk(table: Row, items: Records, ordered: Array, desk: Row) -> None:
    """Set up the need of every area, the room under the caps, and what all activities bring to every set of areas."""
    desk.needs[:] = table.needs
    desk.caps[:] = table.caps
    desk.brought[:] = 0
    desk.sums[0] = 0
    desk.rest[:, :1 << table.width] = 0
    for i in ordered:
        count_in(table, items[i], 1, desk)


@jit
def count_in(table: Row, item: Row, sign: int, desk: Row) -> None:
    """Add an activity to the rest (sign 1), or remove it (-1)."""
    if item.cap != UNCAPPED:
        desk.brought[item.cap] += sign * item.points
    spread(table, item, item.mask, sign, desk.rest)


@jit
def spread(table: Row, item: Row, mask: int, sign: int, supply: Array) -> None:
    """Add what an activity with the areas of `mask` brings to every set of areas, or remove it."""
    if mask:
        for areas in range(1, 1 << table.width):
            if areas & mask:
                supply[item.cap + 1, areas] += sign * item.points


@jit
def sum_up(table: Row, desk: Row) -> int:
    """Add up the remaining need of every set of areas; return that of all areas."""
    for bit in range(table.width):
        for areas in range(1 << bit):
            desk.sums[areas | 1 << bit] = desk.sums[areas] + desk.needs[bit]
    return int(desk.sums[(1 << table.width) - 1])


@jit
def _supply(areas: int, without: int, rest: Array, desk: Row) -> int:
    """Return what the rest can bring to a set of areas after caps, leaving out the activities of one cap."""
    supply = rest[0, areas]
    for cap in range(CAPS):
        if cap != without:
            supply += min(desk.caps[cap], rest[cap + 1, areas])
    return int(supply)


@jit
def most_of(table: Row, item: Row, mask: int, rest: Array, slack: int, pool: int, desk: Row) -> int:
    """Return how many points of an activity can be placed in areas of `mask` and the pool if the rest fills its part.

    A point under a cap may go to a useless place only if no useful place lacks it.
    """
    most = min(item.points, desk.sums[mask] + pool)
    if item.cap == UNCAPPED:
        return int(most)
    left = desk.caps[item.cap]
    most = min(most, left)
    if desk.brought[item.cap] + item.points > left:
        for areas in range(1 << table.width):
            owed = desk.sums[areas] - slack - _supply(areas, item.cap, rest, desk) - desk.sums[areas & mask]
            most = min(most, left - owed)
    return int(most)


@jit
def _divide(table: Row, item: Row, most: int, slack: int, desk: Row, vector: Array) -> int:
    """Place points of an activity, as many as the rest allows in the earliest area; return the remaining points."""
    left = most
    if item.cap != UNCAPPED:
        desk.caps[item.cap] -= most
    if desk.sums[item.mask]:
        for areas in range(1 << table.width):
            desk.owed[areas] = desk.sums[areas] - slack - _supply(areas, UNCAPPED, desk.rest, desk)
        for bit in range(table.width):
            if item.mask >> bit & 1 and desk.needs[bit]:
                vector[bit] = min(desk.needs[bit], left - _owed_elsewhere(table, bit, desk))
                _pay(table, bit, vector[bit], desk)
                left -= vector[bit]
    return int(left)


@jit
def _owed_elsewhere(table: Row, bit: int, desk: Row) -> int:
    """Return the most that an activity owes to a set without one of the areas."""
    owed = 0
    for areas in range(1 << table.width):
        if not areas >> bit & 1:
            owed = max(owed, desk.owed[areas])
    return int(owed)


@jit
def _pay(table: Row, bit: int, points: int, desk: Row) -> None:
    """Place points in an area: the area and every set that contains it need them no longer."""
    desk.needs[bit] -= points
    for areas in range(1 << table.width):
        if areas >> bit & 1:
            desk.owed[areas] -= points
