"""The kernel: the outcome of one credential after another, over arrays.

It is the scalar path in closed form.  For every set of areas, what it needs less what may serve any of it is a
shortfall that no placement avoids; the largest is what the best placement leaves.  Where that does not settle an answer
(an activity has to be divided, or there are very many ways of keeping activities whole), the kernel says `ASK`, and the
scalar path answers.

Days are numbered from 1970-01-01, points are hundredths, sets of areas are bits.  Functions take records and few
arrays, since every array that is handed on costs as much as a dozen sums.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from cmprules.batch._compiling import jit

__all__ = ["ACTIVITY", "ANSWER", "ASK", "CAPS", "CREDENTIAL", "KIND", "MET", "MOST_OPEN", "NEEDS_REVIEW", "NOT_DECIDED",
           "NOT_MET", "NO_DAY", "SETS", "TABLE", "WIDTH", "Array", "Job", "People", "Records", "blank", "decide_all"]

Array = np.ndarray[Any, np.dtype[Any]]
Records = Any
"""An array of records."""

Row = Any
"""One record."""

WIDTH = 7
"""The most mandatory areas that the kernel takes; a table with more goes the slow way."""

CAPS = 2
"""The most capped kinds that the kernel takes."""

MOST_OPEN = 8
"""With more open activities than these, not every way of settling them is looked at."""

MOST_WAYS = 64
"""So many ways of keeping activities whole are tried."""

NOT_DECIDED, MET, NOT_MET, NEEDS_REVIEW, ASK = -1, 0, 1, 2, 3
UNDATED, MONTH_OF_PREVIOUS_END, KIND_UNCONFIRMED = 0, 1, 2
SHORT, FULL, UNKNOWN = 0, 1, 2
ACCEPTED, OPEN, REASON, CHOSEN = 0, 1, 2, 3
ALL = -1

DIVIDED, WHOLE = 0, 1

NO_DAY = -(2**31)
UNCAPPED = -1
NOT_KNOWN = -1
SETS = 1 << WIDTH
TOTAL = WIDTH


# ---------------------------------------------------------------------------------------------------------
# What the kernel is given.


TABLE = np.dtype([
    ("width", np.int64), ("total", np.int64), ("grade", np.int64), ("needs", np.int64, WIDTH),
    ("set_needs", np.int64, SETS), ("caps", np.int64, CAPS), ("cap_grades", np.int64, CAPS),
    ("bit_of", np.int64, 31), ("cap_of", np.int64, 63),
])
"""A table: how many mandatory areas it has, what all, each, every set of them and the caps come to, its weakest grade.

`cap_grades` are those that the caps lend to what they bear on; `bit_of` says which bit an area is, `cap_of` under which
of the caps a kind comes, -1 for none.
"""

KIND = np.dtype([("established", np.bool_), ("pool_only", np.bool_), ("done_from", np.int64), ("done_until", np.int64),
                 ("grade", np.int64)])
"""A kind of activity: whether its value is known, whether it is for the pool alone, when it was acceptable."""

ACTIVITY = np.dtype([("day", np.int32), ("points", np.int32), ("areas", np.int32), ("kind", np.int8),
                     ("duplicate", np.bool_)])
"""An activity."""

CREDENTIAL = np.dtype([(name, np.int64) for name in (
    "holder", "table", "table_today", "grade", "first", "last", "doubtful_first", "doubtful_last")])
"""A credential to decide: whose, by which tables (-1: none; today's only once expired), the weakest grade of them and
of what they were chosen by, the first and last day that count and that are in doubt.
"""

ANSWER = np.dtype([*((name, np.int64) for name in (
    "outcome", "table", "short", "short_if_confirmed", "mandatory_short", "proof", "usable", "grade", "accepted")),
    ("hangs_on_table", np.bool_)])
"""What the kernel finds.

`mandatory_short` and `proof` are the shortfall of the mandatory areas and the set that proves it, `usable` all points
after caps, `accepted` the number of activities that count.
"""


class People(NamedTuple):
    """The activities of some holders, those of each side by side from `bounds[holder]` on.

    The id of an activity is `letters` from `id_starts[row]` on, `rows` saying which row of the table it was.
    """

    bounds: Array
    activities: Records
    id_starts: Array
    letters: Array
    rows: Array


def blank(count: int | tuple[int, int], kind: np.dtype[Any]) -> Records:
    """Make room for some records, all of them zero."""
    return np.zeros(count, dtype=kind).view(np.recarray)  # whose records have attributes without the compiler too


# ---------------------------------------------------------------------------------------------------------
# What it works with.


_ITEM = np.dtype([(name, np.int64) for name in ("points", "mask", "cap", "day", "grade", "place", "kept_in")])
"""What an activity can bring to a table: points, a set of areas, the cap of its kind; its day, grade and place.

`kept_in` is the one area of the set that it has in a known way of keeping every activity whole.
"""

_DESK = np.dtype([
    ("within", np.int64, (CAPS + 1, SETS)), ("supply", np.int64, SETS), ("left", np.int64, WIDTH),
    ("needs", np.int64, WIDTH), ("sums", np.int64, SETS), ("caps", np.int64, CAPS),
    ("rest", np.int64, (CAPS + 1, SETS)), ("kept", np.int64, (CAPS + 1, SETS)), ("brought", np.int64, CAPS),
    ("owed", np.int64, SETS),
])
"""Sums over sets of areas: what serves nothing but areas of a set (of no cap first, then of each), what may serve any.

Of a placement in the making: what each area still needs, `sums` that of every set, `caps` what the caps leave, `rest`
and `brought` what the activities not yet placed bring to every set and in all, `kept` what they do if each is kept in
the one area that is known; `owed` is what they cannot bring to it.
"""


class Job(NamedTuple):
    """What holds for every credential, and room to work in.

    The id of an activity is `letters` from `id_starts[row]` on, `rows` saying which row of the table it was.  `items`
    has for each of two tables what the activities of one holder can bring to it, `lists` have the accepted, the open
    ones, the reasons for these, and a choice; two `vectors` for each activity in its turn: its points in each area, and
    last all that are placed.
    """

    tables: Records
    kinds: Records
    id_starts: Array
    letters: Array
    rows: Array
    items: Records
    lists: Array
    vectors: Array
    desks: Records

    @classmethod
    def of(cls, tables: Records, kinds: Records, people: People) -> Job:
        """Lay out what is needed for the holder with the most activities."""
        longest = int(np.diff(people.bounds).max(initial=1))
        return cls(tables, kinds, people.id_starts, people.letters, people.rows, blank((2, longest), _ITEM),
                   np.zeros((4, longest), dtype=np.int64), np.zeros((2, longest, WIDTH + 1), dtype=np.int64),
                   blank(1, _DESK))


class _Proof(NamedTuple):
    """The shortfall of the mandatory areas, the smallest set of them that proves it, and all points after caps."""

    short: int
    areas: int
    usable: int


# ---------------------------------------------------------------------------------------------------------
# Shortfalls, and their proofs.


@jit
def _ones(bits: int) -> int:
    """Count the areas of a set."""
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@jit
def _proof_of(table: Row, items: Records, chosen: Array, desk: Row) -> _Proof:
    """Find what the best placement of some activities leaves short, and why."""
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
    return _Proof(short, areas, usable)


@jit
def _short_of_single_areas(table: Row, items: Records, chosen: Array, desk: Row) -> tuple[int, int]:
    """No activity may serve two areas, and no cap bears on them: each area is short by itself."""
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
    """For every set of areas: what it needs, less what may serve any of it; the largest, and of these the smallest."""
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
        if lacking > short or (lacking == short > 0 and _ones(areas) < _ones(found)):
            short, found = lacking, areas
    return short, found


@jit
def _fill_within(table: Row, items: Records, chosen: Array, desk: Row) -> int:
    """Add up what serves nothing but areas of a set, for every set; say how many caps bear on that."""
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
def _short(table: Row, proof: _Proof) -> int:
    """Give the shortfall of the whole table: the larger of the two proofs."""
    return int(max(proof.short, table.total - proof.usable, 0))


# ---------------------------------------------------------------------------------------------------------
# How far a table gets.


@jit
def _level(table: Row, items: Records, chosen: Array, proof: _Proof, job: Job) -> int:
    """Say how far a table gets: short, full with no activity divided, or full and whether one is is not known."""
    if _short(table, proof):
        return SHORT
    several = False
    for i in chosen:
        several |= _ones(items[i].mask) > 1
    if not several or _keep(table, items, chosen, proof, job.desks[0]):
        return FULL
    found = _best_placement(table, items, _in_order(items, chosen, job), proof, job)
    return FULL if found == WHOLE else UNKNOWN


@jit
def _emptiest(mask: int, desk: Row) -> int:
    """Of a set of areas, find the one that lacks most."""
    found = -1
    for bit in range(WIDTH):
        if mask >> bit & 1 and (found < 0 or desk.left[bit] > desk.left[found]):
            found = bit
    return found


# ---------------------------------------------------------------------------------------------------------
# The weakest grade of what is placed.


@jit
def _weakest_grade(table: Row, items: Records, accepted: Array, proof: _Proof, weakest: int, job: Job) -> int:
    """Find the weakest grade of the tables and of the kinds whose points are placed; -1 where that is not known here.

    `weakest` is that of the tables.
    """
    weakest = max(weakest, _grade_over_caps(table, items, accepted, job.desks[0]))
    of_all = weakest
    for i in accepted:
        if items[i].cap == UNCAPPED or table.caps[items[i].cap]:
            of_all = max(of_all, items[i].grade)
    if of_all == weakest or table.total - _short(table, proof) == proof.usable:
        return of_all  # all usable points are placed, and so some of every kind
    if _surely_placed(items, accepted, of_all, _pool_filled(table, proof)):
        return of_all
    return _weakest_placed(table, items, accepted, proof, weakest, job)


@jit
def _grade_over_caps(table: Row, items: Records, accepted: Array, desk: Row) -> int:
    """Find the weakest grade of the caps over which points lie: some of these bear it, whatever is placed."""
    desk.brought[:] = 0
    for i in accepted:
        if items[i].cap != UNCAPPED:
            desk.brought[items[i].cap] += items[i].points
    grade = 0
    for cap in range(CAPS):
        if desk.brought[cap] > table.caps[cap]:
            grade = max(grade, table.cap_grades[cap])
    return grade


@jit
def _pool_filled(table: Row, proof: _Proof) -> int:
    """Give how many points the best placement puts into the pool."""
    mandatory = table.set_needs[(1 << table.width) - 1]
    return int(max(0, table.total - _short(table, proof) + proof.short - mandatory))


@jit
def _surely_placed(items: Records, accepted: Array, grade: int, pool: int) -> bool:
    """Whether an activity whose kind has a grade has its turn while there is room in the pool, come what may.

    If any has, then the first of them does: the earliest, and the one with the most points of that day.
    """
    first = -1
    for i in accepted:
        if items[i].grade == grade and items[i].cap == UNCAPPED and (first < 0 or items[i].day < items[first].day or (
                items[i].day == items[first].day and items[i].points > items[first].points)):
            first = i
    before = 0
    for j in accepted:
        if first >= 0 and j != first and items[j].day <= items[first].day:
            before += items[j].points
    return first >= 0 and before < pool


@jit
def _weakest_placed(table: Row, items: Records, accepted: Array, proof: _Proof, weakest: int, job: Job) -> int:
    """Find the weakest grade of what the rules place; -1 where that is not known here."""
    ordered = _in_order(items, accepted, job)
    if _best_placement(table, items, ordered, proof, job) == NOT_KNOWN:
        return NOT_KNOWN
    for k, i in enumerate(ordered):
        if job.vectors[0, k, TOTAL]:
            weakest = max(weakest, items[i].grade)
    return weakest


@jit
def _best_placement(table: Row, items: Records, ordered: Array, proof: _Proof, job: Job) -> int:
    """Place activities as the rules ask, in the first vectors; say whether all stay whole, or -1 if that is not known.

    Only where no placement keeps all of them whole is one divided.
    """
    if _place(table, items, ordered, proof, job.desks[0], job.vectors[0]):
        return WHOLE
    if _place_as_known(table, items, ordered, proof, job.desks[0], job.vectors[1]):
        job.vectors[0, :len(ordered)] = job.vectors[1, :len(ordered)]
        return WHOLE
    return _place_whole(table, items, ordered, proof, job)


@jit
def _place(table: Row, items: Records, ordered: Array, proof: _Proof, desk: Row, placed: Array) -> bool:
    """Place one activity after another, each as well as the rest allows; say whether none is divided between areas.

    Where none is, no placement that keeps activities whole is better, and so it is the one that the rules ask for.
    """
    pool, whole = _pool_filled(table, proof), True
    placed[:len(ordered)] = 0
    _set_desk(table, items, ordered, desk)
    for k, i in enumerate(ordered):
        item = items[i]
        _count(table, item, -1, desk)
        if _sum_up(table, desk) + pool == 0:
            break
        most = _most(table, item, item.mask, desk.rest, proof.short, pool, desk)
        left = _divide(table, item, most, proof.short, desk, placed[k])
        whole &= _areas_used(placed[k]) <= 1
        pool -= left
        placed[k, TOTAL] = most
    return whole


@jit
def _areas_used(vector: Array) -> int:
    """Count the areas in which points of an activity lie."""
    used = 0
    for bit in range(WIDTH):
        used += vector[bit] > 0
    return used


@jit
def _set_desk(table: Row, items: Records, ordered: Array, desk: Row) -> None:
    """Lay out what every area needs, what the caps leave, and what all activities can bring to every set of areas."""
    desk.needs[:] = table.needs
    desk.caps[:] = table.caps
    desk.brought[:] = 0
    desk.sums[0] = 0
    desk.rest[:, :1 << table.width] = 0
    for i in ordered:
        _count(table, items[i], 1, desk)


@jit
def _count(table: Row, item: Row, sign: int, desk: Row) -> None:
    """Add an activity to the rest (sign 1), or take it away (-1)."""
    if item.cap != UNCAPPED:
        desk.brought[item.cap] += sign * item.points
    _spread(table, item, item.mask, sign, desk.rest)


@jit
def _spread(table: Row, item: Row, mask: int, sign: int, supply: Array) -> None:
    """Add what an activity brings to every set of areas if it may serve those of `mask`, or take it away."""
    if mask:
        for areas in range(1, 1 << table.width):
            if areas & mask:
                supply[item.cap + 1, areas] += sign * item.points


@jit
def _sum_up(table: Row, desk: Row) -> int:
    """Add up what every set of areas still needs; give that of all."""
    for bit in range(table.width):
        for areas in range(1 << bit):
            desk.sums[areas | 1 << bit] = desk.sums[areas] + desk.needs[bit]
    return int(desk.sums[(1 << table.width) - 1])


@jit
def _supply(areas: int, without: int, rest: Array, desk: Row) -> int:
    """Give what the rest can bring to a set of areas after caps, leaving out the activities of one cap."""
    supply = rest[0, areas]
    for cap in range(CAPS):
        if cap != without:
            supply += min(desk.caps[cap], rest[cap + 1, areas])
    return int(supply)


@jit
def _most(table: Row, item: Row, mask: int, rest: Array, slack: int, pool: int, desk: Row) -> int:
    """Say how many points of an activity can be placed in areas of `mask` and the pool, the rest doing its part.

    A point under a cap may be spent on a useless place only if no useful one lacks it.
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
    """Place so many points of an activity, as many as the rest allows in the earliest area; give what is left."""
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
    """Give the most that an activity owes to a set without one of the areas."""
    owed = 0
    for areas in range(1 << table.width):
        if not areas >> bit & 1:
            owed = max(owed, desk.owed[areas])
    return int(owed)


@jit
def _pay(table: Row, bit: int, points: int, desk: Row) -> None:
    """Put points into an area: neither it nor any set with it is owed them any more."""
    desk.needs[bit] -= points
    for areas in range(1 << table.width):
        if areas >> bit & 1:
            desk.owed[areas] -= points


# ---------------------------------------------------------------------------------------------------------
# Every activity whole.


@jit
def _place_as_known(table: Row, items: Records, ordered: Array, proof: _Proof, desk: Row, placed: Array) -> bool:
    """Place one activity after another, each in the best of its areas, the later ones being kept as is known.

    Says whether that could be done: if the later ones would have to be kept otherwise, it stops.
    """
    if not _keep(table, items, ordered, proof, desk):
        return False
    pool = _pool_filled(table, proof)
    placed[:len(ordered)] = 0
    _set_desk(table, items, ordered, desk)
    for k, i in enumerate(ordered):
        item = items[i]
        _count(table, item, -1, desk)
        _spread(table, item, item.kept_in, -1, desk.kept)
        if _sum_up(table, desk) + pool == 0:
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
def _keep(table: Row, items: Records, ordered: Array, proof: _Proof, desk: Row) -> bool:
    """Keep each activity in one area, first those without a cap, those of few areas first, where most is lacking.

    Says whether no more is short for it.
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
                    _spread(table, item, item.kept_in, 1, desk.kept)
                elif not item.mask:
                    item.kept_in = 0
    short = 0
    for bit in range(table.width):
        short += max(0, desk.left[bit])
    return short == proof.short


@jit
def _best_area(table: Row, item: Row, slack: int, pool: int, desk: Row) -> tuple[int, int]:
    """Find where most of an activity can be placed, of equals the earliest area, and last the pool; say how much."""
    best, most, still_open = 0, -1, 0
    for bit in range(table.width):
        if item.mask >> bit & 1 and desk.needs[bit]:
            points = _most(table, item, 1 << bit, desk.rest, slack, pool, desk)
            still_open += 1
            if points > most:
                best, most = 1 << bit, points
    if still_open != 1:
        points = _most(table, item, 0, desk.rest, slack, pool, desk)
        if points > most:
            best, most = 0, points
    return best, most


@jit
def _rest_can_be_kept(table: Row, item: Row, area: int, most: int, slack: int, pool: int, desk: Row) -> bool:
    """Whether the later activities, kept as is known, do their part while so many points lie in one area."""
    for areas in range(1, 1 << table.width):
        touched = item.points if areas & area else 0
        supply = desk.kept[0, areas] + (touched if item.cap == UNCAPPED else 0)
        for cap in range(CAPS):
            supply += min(desk.caps[cap], desk.kept[cap + 1, areas] + (touched if item.cap == cap else 0))
        if desk.sums[areas] - supply > slack:
            return False
    return bool(_most(table, item, area, desk.kept, slack, pool, desk) >= most)


@jit
def _place_whole(table: Row, items: Records, ordered: Array, proof: _Proof, job: Job) -> int:
    """Keep every activity in one area, in every way that leaves no more short; the best stands in the first vectors.

    Says whether there is any; -1 if there are too many ways to try.
    """
    desk, masks, placed, tried = job.desks[0], _masks(items), job.vectors[0], job.vectors[1]
    ways = _ways(ordered, masks)
    if ways > MOST_WAYS:
        return NOT_KNOWN
    found = DIVIDED
    for way in range(ways):
        _restrict(items, ordered, masks, way)
        if _proof_of(table, items, ordered, desk).short == proof.short:
            _place(table, items, ordered, proof, desk, tried)
            if found == DIVIDED or _is_better(tried, placed, len(ordered)):
                placed[:len(ordered)] = tried[:len(ordered)]
            found = WHOLE
    for i in ordered:
        items[i].mask = masks[i]
    return found


@jit
def _ways(chosen: Array, masks: Array) -> int:
    """Count the ways of keeping each activity in one of its areas; one more than are tried stands for all above."""
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
    """Give each activity that may serve several areas one of them, as the number of a way says."""
    for i in ordered:
        mask, choices = masks[i], _ones(masks[i])
        if choices > 1:
            for _ in range(way % choices):
                mask &= mask - 1
            items[i].mask = mask & -mask
            way //= choices


@jit
def _is_better(placed: Array, other: Array, count: int) -> bool:
    """Whether activity by activity more points are placed, or as many in earlier areas."""
    for k in range(count):
        for column in range(-1, WIDTH):
            if placed[k, column] != other[k, column]:
                return bool(placed[k, column] > other[k, column])
    return False


# ---------------------------------------------------------------------------------------------------------
# The order in which activities have their turn.


@jit
def _in_order(items: Records, accepted: Array, job: Job) -> Array:
    """Order activities by day, then by id."""
    days = np.empty(len(accepted), dtype=np.int64)
    for place in range(len(accepted)):
        days[place] = items[accepted[place]].day
    ordered = accepted[np.argsort(days, kind="mergesort")]
    for place in range(1, len(ordered)):
        here = place
        while here > 0 and items[ordered[here]].day == items[ordered[here - 1]].day and _comes_first(
                items[ordered[here]].place, items[ordered[here - 1]].place, job):
            ordered[here], ordered[here - 1] = ordered[here - 1], ordered[here]
            here -= 1
    return ordered


@jit
def _comes_first(one: int, other: int, job: Job) -> bool:
    """Whether the id of one activity comes before that of another: by code point, which is by byte in UTF-8."""
    starts, letters, row, other_row = job.id_starts, job.letters, job.rows[one], job.rows[other]
    first, second = starts[row], starts[other_row]
    length, other_length = starts[row + 1] - first, starts[other_row + 1] - second
    for place in range(min(length, other_length)):
        if letters[first + place] != letters[second + place]:
            return bool(letters[first + place] < letters[second + place])
    return bool(length < other_length)


# ---------------------------------------------------------------------------------------------------------
# One credential.


@jit
def _judge(credential: Row, activities: Records, job: Job) -> tuple[int, int]:
    """Put every activity of a holder through the tests; list the accepted and the open ones, and say how many."""
    n_accepted, n_opened = 0, 0
    kinds, lists = job.kinds, job.lists
    for i in range(len(activities)):
        day, kind = activities[i].day, kinds[activities[i].kind]
        reason, counts = NOT_KNOWN, not activities[i].duplicate
        if day == NO_DAY:
            reason = UNDATED
        elif not credential.first <= day <= credential.last:
            reason = MONTH_OF_PREVIOUS_END
            counts &= credential.doubtful_first <= day <= credential.doubtful_last
        if day != NO_DAY and not kind.done_from <= day <= kind.done_until:
            counts = False
        if not kind.established and reason == NOT_KNOWN:
            reason = KIND_UNCONFIRMED
        if counts and reason == NOT_KNOWN:
            lists[ACCEPTED, n_accepted] = i
            n_accepted += 1
        elif counts:
            lists[OPEN, n_opened], lists[REASON, n_opened] = i, reason
            n_opened += 1
    return n_accepted, n_opened


@jit
def _serve(table: Row, activities: Records, first: int, chosen: Array, kinds: Records, items: Records) -> None:
    """Say what some activities of a holder, whose begin at `first`, can bring to a table."""
    for i in chosen:
        activity, item = activities[i], items[i]
        kind = kinds[activity.kind]
        left = 0 if kind.pool_only else activity.areas
        mask, area = 0, 0
        while left:
            if left & 1 and table.bit_of[area] >= 0:
                mask |= 1 << table.bit_of[area]
            left >>= 1
            area += 1
        item.mask, item.cap, item.points = mask, table.cap_of[activity.kind], activity.points
        item.day, item.grade, item.place = activity.day, kind.grade, first + i
        if item.cap != UNCAPPED:
            item.grade = max(item.grade, table.cap_grades[item.cap])


@jit
def _confirmed(accepted: int, opened: int, settled: int, lists: Array) -> Array:
    """List the accepted activities and those of the open ones that one way of settling them confirms (`ALL`: all)."""
    lists[CHOSEN, :accepted] = lists[ACCEPTED, :accepted]
    size = accepted
    for j in range(opened):
        if settled == ALL or settled >> j & 1:
            lists[CHOSEN, size] = lists[OPEN, j]
            size += 1
    return lists[CHOSEN, :size]


@jit
def _decide_one(credential: Row, answer: Row, activities: Records, first: int, job: Job) -> int:
    """Decide one credential; give how many activities are open.

    Shown is the table with the larger shortfall, then that of the mandatory areas; of equals the later one.
    """
    n_accepted, n_opened = _judge(credential, activities, job)
    accepted, desk = job.lists[ACCEPTED, :n_accepted], job.desks[0]
    lowest, unknown = FULL, False
    for k in range(1 if credential.table_today < 0 else 2):
        number, items = credential.table if k == 0 else credential.table_today, job.items[k]
        table = job.tables[number]
        _serve(table, activities, first, accepted, job.kinds, items)
        _serve(table, activities, first, job.lists[OPEN, :n_opened], job.kinds, items)
        proof = _proof_of(table, items, accepted, desk)
        short = favourable = _short(table, proof)
        level = _level(table, items, accepted, proof, job)
        unknown, lowest = unknown or level == UNKNOWN, min(lowest, level)
        if short > answer.short or (short == answer.short and proof.short >= answer.mandatory_short):
            answer.table, answer.short, answer.usable = number, short, proof.usable
            answer.mandatory_short, answer.proof = proof.short, proof.areas
            answer.grade = _weakest_grade(table, items, accepted, proof, credential.grade, job)
        if n_opened:
            everything = _confirmed(n_accepted, n_opened, ALL, job.lists)
            favourable = _short(table, _proof_of(table, items, everything, desk))
        answer.short_if_confirmed = favourable if k == 0 else min(favourable, answer.short_if_confirmed)
    if unknown or answer.grade == NOT_KNOWN:
        answer.outcome = ASK
    elif lowest == FULL:
        answer.outcome = MET
    else:
        answer.outcome = NOT_MET if answer.short_if_confirmed else NEEDS_REVIEW
    answer.accepted = n_accepted
    return n_opened


@jit
def _helpful(credential: Row, answer: Row, opened: int, job: Job) -> int:
    """Keep, of very many open activities, those that could matter at all, and give their number.

    One that adds nothing to what counts for certain never will; where no point is short, it may keep another whole.
    """
    lists, desk, helpful = job.lists, job.desks[0], 0
    n_accepted = answer.accepted
    accepted = lists[ACCEPTED, :n_accepted]
    lists[CHOSEN, :n_accepted] = accepted
    for j in range(opened):
        helps, i = False, lists[OPEN, j]
        lists[CHOSEN, n_accepted] = i
        for k in range(1 if credential.table_today < 0 else 2):
            table, items = job.tables[credential.table if k == 0 else credential.table_today], job.items[k]
            short = _short(table, _proof_of(table, items, accepted, desk))
            with_it = _short(table, _proof_of(table, items, lists[CHOSEN, :n_accepted + 1], desk))
            helps |= with_it < short or (short == 0 and items[i].mask != 0)
        if helps:
            lists[OPEN, helpful], lists[REASON, helpful] = i, lists[REASON, j]
            helpful += 1
    return helpful


@jit
def _levels_of(credential: Row, answer: Row, opened: int, job: Job) -> Array:
    """Find how far each table gets under every settlement of the open activities; none if that is not known here.

    Of very many, none being confirmed and all being confirmed are looked at.
    """
    count = 1 if credential.table_today < 0 else 2
    settlements = 1 << opened if opened <= MOST_OPEN else 2
    levels = np.empty((count, settlements), dtype=np.int64)
    for k in range(count):
        table, items = job.tables[credential.table if k == 0 else credential.table_today], job.items[k]
        for settled in range(settlements):
            confirmed = ALL if settled == settlements - 1 else settled
            chosen = _confirmed(answer.accepted, opened, confirmed, job.lists)
            proof = _proof_of(table, items, chosen, job.desks[0])
            levels[k, settled] = _level(table, items, chosen, proof, job)
            if levels[k, settled] == UNKNOWN:
                return levels[:0]
    for settled in range(settlements):
        answer.hangs_on_table |= levels[0, settled] != levels[count - 1, settled]
    return levels


@jit
def _matters(j: int, levels: Array) -> bool:
    """Whether an open activity changes a level, however the others are settled."""
    for settled in range(levels.shape[1]):
        for k in range(len(levels)):
            if levels[k, settled] != levels[k, settled | 1 << j]:
                return True
    return False


@jit
def _review(credential: Row, answer: Row, opened: int, needs: Array, job: Job) -> int:
    """Find the open questions on which the answer hangs, and give their number; -1 if that is not known here.

    The reason of each, and which of the holder's activities it is about, are written to `needs`.
    """
    if opened > MOST_OPEN:
        opened = _helpful(credential, answer, opened, job)
    if opened > len(needs):
        return NOT_KNOWN
    levels = _levels_of(credential, answer, opened, job)
    if not len(levels):
        return NOT_KNOWN
    asked = 0
    for j in range(opened):
        if opened > MOST_OPEN or _matters(j, levels):
            needs[asked, 1], needs[asked, 2] = job.lists[REASON, j], job.lists[OPEN, j]
            asked += 1
    return asked


@jit
def decide_all(credentials: Records, people: People, job: Job, found: Records, needs: Array) -> int:
    """Decide every credential that has a table; give the number of open questions.

    `needs` gets a row for each of them: the credential, the reason, the activity.
    """
    asked = 0
    for c in range(len(credentials)):
        credential, answer = credentials[c], found[c]
        if credential.table < 0:
            continue
        first, last = people.bounds[credential.holder], people.bounds[credential.holder + 1]
        opened = _decide_one(credential, answer, people.activities[first:last], first, job)
        if answer.outcome == NEEDS_REVIEW:
            count = _review(credential, answer, opened, needs[asked:], job)
            if count == NOT_KNOWN:
                answer.outcome = ASK
            for question in range(asked, asked + max(count, 0)):
                needs[question, 0] = c
                needs[question, 2] += first
            asked += max(count, 0)
    return asked
