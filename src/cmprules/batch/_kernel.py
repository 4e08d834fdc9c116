"""The kernel: the outcome of one credential after another, over arrays.

It is the scalar path in closed form.  For every set of areas, what it needs less what may serve any of it is a
shortfall that no placement avoids; the largest is what the best placement leaves.  Where that does not settle an answer
(an activity that might have to be divided, many open questions), the kernel says `ASK`, and the scalar path answers.

Days are numbered from 1970-01-01, points are hundredths, sets of areas are bits.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from cmprules._outcome import SETTLED_ONE_BY_ONE
from cmprules.batch._compiled import CAPS, WIDTH

__all__ = ["ASK", "MET", "NEEDS_REVIEW", "NOT_MET", "decide_all", "repeated", "same_sums"]

Array = np.ndarray[Any, np.dtype[Any]]

MET, NOT_MET, NEEDS_REVIEW, ASK = 0, 1, 2, 3
UNDATED, MONTH_OF_PREVIOUS_END, KIND_UNCONFIRMED = 0, 1, 2
SHORT, FULL, UNKNOWN = 0, 1, 2


SETS = 1 << WIDTH
NO_DAY = -(2**31)

_jit = numba.njit(cache=True, nogil=True)


@_jit
def _ones(bits):
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@_jit
def _shortfall(number, chosen, points, masks, caps, tables, room, proof):
    """Find the shortfall of the mandatory areas, its smallest proof, and all usable points, of some items.

    `proof` becomes: the shortfall of the mandatory areas, the set that proves it, the usable points.
    """
    width, needs, most = tables[0][number], tables[1][number], tables[5][number]
    single, capped_useful, everything = True, False, 0
    brought = room[0]
    brought[:CAPS] = 0
    for i in chosen:
        if caps[i] < 0:
            everything += points[i]
        else:
            brought[caps[i]] += points[i]
            capped_useful |= masks[i] != 0
        single &= masks[i] & (masks[i] - 1) == 0
    for cap in range(CAPS):
        everything += min(most[cap], brought[cap])
    proof[2] = everything
    if single and not capped_useful:
        _shortfall_of_single_areas(width, needs, chosen, points, masks, room[1], proof)
    else:
        _shortfall_of_sets(width, needs, most, chosen, points, masks, caps, room, proof)


@_jit
def _shortfall_of_single_areas(width, needs, chosen, points, masks, supply, proof):
    """No activity may serve two areas: each area is short by itself."""
    supply[:SETS] = 0
    for i in chosen:
        supply[masks[i]] += points[i]
    short, found = 0, 0
    for bit in range(width):
        lacking = needs[bit] - supply[1 << bit]
        if lacking > 0:
            short += lacking
            found |= 1 << bit
    proof[0], proof[1] = short, found


@_jit
def _shortfall_of_sets(width, needs, most, chosen, points, masks, caps, room, proof):
    """For every set of areas: what it needs, less what may serve any of it, those of each cap apart."""
    sets = 1 << width
    within = room[1:2 + CAPS]  # what serves nothing but areas of a set: of no cap, then of each cap
    within[:, :sets] = 0
    for i in chosen:
        within[caps[i] + 1, masks[i]] += points[i]
    for row in range(CAPS + 1):
        for bit in range(width):
            for areas in range(sets):
                if areas >> bit & 1:
                    within[row, areas] += within[row, areas ^ (1 << bit)]
    short, found = 0, 0
    for areas in range(1, sets):
        others = sets - 1 - areas
        lacking = within[0, others] - within[0, sets - 1]
        for cap in range(CAPS):
            lacking -= min(most[cap], within[cap + 1, sets - 1] - within[cap + 1, others])
        for bit in range(width):
            if areas >> bit & 1:
                lacking += needs[bit]
        if lacking > short or (lacking == short > 0 and _ones(areas) < _ones(found)):
            short, found = lacking, areas
    proof[0], proof[1] = short, found


@_jit
def _short(number, tables, proof):
    """The shortfall of the whole table: the larger of the two proofs."""
    return max(proof[0], tables[4][number] - proof[2], 0)


@_jit
def _level(number, chosen, points, masks, caps, tables, room, proof):
    """How far a table gets with some items: short, full with no item divided, or full and that is not known."""
    _shortfall(number, chosen, points, masks, caps, tables, room, proof)
    if _short(number, tables, proof):
        return SHORT
    left = room[0]
    width = tables[0][number]
    for bit in range(width):
        left[bit] = tables[1][number][bit]
    several = False
    for i in chosen:
        mask = masks[i]
        if mask & (mask - 1):
            several = True
            if caps[i] >= 0:
                return UNKNOWN
        elif mask and caps[i] < 0:
            for bit in range(width):
                if mask >> bit & 1:
                    left[bit] -= points[i]
    if not several:
        return FULL
    for size in range(2, width + 1):
        for i in chosen:
            if _ones(masks[i]) == size:
                best = -1
                for bit in range(width):
                    if masks[i] >> bit & 1 and (best < 0 or left[bit] > left[best]):
                        best = bit
                left[best] -= points[i]
    for bit in range(width):
        if left[bit] > 0:
            return UNKNOWN
    return FULL


@_jit
def _items_of(number, first, last, kinds, areas, tables, pool_only, masks, caps):
    """Say what each activity of a holder can bring to a table: a set of its areas, and the cap of its kind."""
    bit_of, cap_of = tables[2][number], tables[3][number]
    for i in range(first, last):
        kind, mask = kinds[i], 0
        if not pool_only[kind]:
            left = areas[i]
            area = 0
            while left:
                if left & 1 and bit_of[area] >= 0:
                    mask |= 1 << bit_of[area]
                left >>= 1
                area += 1
        masks[i - first] = mask
        caps[i - first] = cap_of[kind]


@_jit
def _judge(first, last, days, kinds, duplicate, cycle, kind_rules, verdict):
    """Put every activity of a holder through the tests: 1 accepted, 2 open, 0 neither; `reason` of the open ones."""
    start, end, doubt_start, doubt_end = cycle
    established, done_from, done_until = kind_rules
    for i in range(first, last):
        day, kind = days[i], kinds[i]
        reason, counts = -1, not duplicate[i]
        if day == NO_DAY:
            reason = UNDATED
        elif not start <= day <= end:
            if doubt_start <= day <= doubt_end:
                reason = MONTH_OF_PREVIOUS_END
            else:
                counts = False
        if day != NO_DAY and not done_from[kind] <= day <= done_until[kind]:
            counts = False
        if not established[kind] and reason < 0:
            reason = KIND_UNCONFIRMED
        verdict[0, i - first] = 0 if not counts else 1 if reason < 0 else 2
        verdict[1, i - first] = reason


@_jit
def _weakest_kind(number, accepted, points, masks, caps, days, kinds, first, tables, kind_grade, table_grade, proof,
                  room, ids):
    """The weakest grade of the table and of the kinds whose points are placed; -1 where that is not known here."""
    weakest = table_grade
    for i in accepted:
        weakest = max(weakest, kind_grade[kinds[first + i]])
    if weakest == table_grade or tables[4][number] - _short(number, tables, proof) == proof[2]:
        return weakest  # all usable points are placed, and so some of every kind
    if _surely_placed(number, accepted, points, caps, days, kinds, first, tables, kind_grade, weakest, proof):
        return weakest
    for i in accepted:
        if caps[i] >= 0 and masks[i]:
            return -1
    return _weakest_placed(number, accepted, points, masks, caps, days, kinds, first, tables, kind_grade, table_grade,
                           proof, room[0], ids)


@_jit
def _pool_filled(number, tables, proof):
    """How many points the best placement puts into the pool."""
    pool = tables[4][number] - _short(number, tables, proof) + proof[0]
    for bit in range(tables[0][number]):
        pool -= tables[1][number][bit]
    return max(0, pool)


@_jit
def _surely_placed(number, accepted, points, caps, days, kinds, first, tables, kind_grade, grade, proof):
    """Whether an activity whose kind has a grade has its turn while there is room in the pool, come what may."""
    pool = _pool_filled(number, tables, proof)
    for i in accepted:
        if kind_grade[kinds[first + i]] == grade and caps[i] < 0:
            before = 0
            for j in accepted:
                if j != i and days[first + j] <= days[first + i]:
                    before += points[j]
            if before < pool:
                return True
    return False


@_jit
def _before(here, there, ids):
    """Whether the id of a row comes before that of another: by code point, which is by byte in UTF-8."""
    offsets, letters, rows = ids
    first, second = offsets[rows[here]], offsets[rows[there]]
    length, other = offsets[rows[here] + 1] - first, offsets[rows[there] + 1] - second
    for place in range(min(length, other)):
        if letters[first + place] != letters[second + place]:
            return letters[first + place] < letters[second + place]
    return length < other


@_jit
def _order_by_id(order, accepted, days, first, ids):
    """Put activities of the same day in the order of their ids."""
    for position in range(1, len(order)):
        here = position
        while here > 0:
            one, other = first + accepted[order[here]], first + accepted[order[here - 1]]
            if days[one] != days[other] or not _before(one, other, ids):
                break
            order[here], order[here - 1] = order[here - 1], order[here]
            here -= 1


@_jit
def _weakest_placed(number, accepted, points, masks, caps, days, kinds, first, tables, kind_grade, weakest, proof,
                    left, ids):
    """Place one activity after another, each as far as there is room; -1 where it matters which area one of them takes."""
    width = tables[0][number]
    order = np.argsort(np.array([days[first + i] for i in accepted]), kind="mergesort")
    _order_by_id(order, accepted, days, first, ids)
    for bit in range(width):
        left[bit] = tables[1][number][bit]
    for cap in range(CAPS):
        left[WIDTH + cap] = tables[5][number][cap]
    pool = _pool_filled(number, tables, proof)
    rest = np.zeros(WIDTH, dtype=np.int64)  # what later activities of one area alone bring to it
    for i in accepted:
        for bit in range(width):
            if masks[i] == 1 << bit:
                rest[bit] += points[i]
    for position in order:
        i = accepted[position]
        taken = points[i] if caps[i] < 0 else min(points[i], left[WIDTH + caps[i]])
        area, several = -1, 0
        for bit in range(width):
            if masks[i] == 1 << bit:
                rest[bit] -= points[i]
            if masks[i] >> bit & 1 and left[bit]:
                several += 1
                if area < 0 or min(taken, left[bit] + pool) > min(taken, left[area] + pool):
                    area = bit
        in_area = min(taken, left[area]) if area >= 0 else 0
        if area >= 0:
            left[area] -= in_area
        if several > 1:
            if proof[0]:
                return -1
            for bit in range(width):
                if left[bit] > rest[bit]:
                    return -1
        to_pool = min(taken - in_area, pool)
        pool -= to_pool
        if caps[i] >= 0:
            left[WIDTH + caps[i]] -= in_area + to_pool
        if in_area + to_pool:
            weakest = max(weakest, kind_grade[kinds[first + i]])
    return weakest


@_jit
def _one(credential, first, last, numbers, days, kinds, points, areas, duplicate, cycle, tables, kinds_are, grades, ids,
         room, masks, caps, verdict, out, needs, needs_count):
    """Decide one credential; see `decide_all` for what is written where."""
    established, pool_only, done_from, done_until = kinds_are
    size = last - first
    _judge(first, last, days, kinds, duplicate, cycle, (established, done_from, done_until), verdict)
    accepted = np.empty(size, dtype=np.int64)
    possible = np.empty(size, dtype=np.int64)
    opened = np.empty(size, dtype=np.int64)
    n_accepted, n_possible, n_open = 0, 0, 0
    for i in range(size):
        if verdict[0, i] == 1:
            accepted[n_accepted] = i
            n_accepted += 1
        if verdict[0, i] == 2:
            opened[n_open] = i
            n_open += 1
        if verdict[0, i]:
            possible[n_possible] = i
            n_possible += 1
    accepted, possible, opened = accepted[:n_accepted], possible[:n_possible], opened[:n_open]
    own = points[first:last]
    proof = np.zeros(3, dtype=np.int64)
    levels = np.zeros(2, dtype=np.int64)
    favour = np.zeros(2, dtype=np.int64)
    count = 1 if numbers[1] < 0 else 2
    shown, worst, worst_mandatory, grade = 0, -1, -1, -1
    for k in range(count):
        number = numbers[k]
        _items_of(number, first, last, kinds, areas, tables, pool_only, masks[k], caps[k])
        levels[k] = _level(number, accepted, own, masks[k], caps[k], tables, room, proof)
        short = _short(number, tables, proof)
        if short > worst or (short == worst and proof[0] >= worst_mandatory):
            shown, worst, worst_mandatory = k, short, proof[0]
            out[1], out[2], out[4], out[5] = number, short, proof[0], proof[1]
            out[6] = proof[2]
            grade = _weakest_kind(number, accepted, own, masks[k], caps[k], days, kinds, first, tables, grades[1],
                                  max(numbers[2], grades[0][numbers[0]], grades[0][numbers[count - 1]]), proof, room, ids)
        favour[k] = short
        if n_open:
            _shortfall(number, possible, own, masks[k], caps[k], tables, room, proof)
            favour[k] = _short(number, tables, proof)
    out[3], out[7] = min(favour[0], favour[count - 1]), grade
    if levels[0] == UNKNOWN or levels[count - 1] == UNKNOWN or grade < 0:
        return ASK, needs_count
    if levels[0] == FULL and levels[count - 1] == FULL:
        return MET, needs_count
    if favour[0] and favour[count - 1]:
        return NOT_MET, needs_count
    if n_open > SETTLED_ONE_BY_ONE:
        return ASK, needs_count
    return _review(credential, first, count, numbers, accepted, opened, own, tables, room, masks, caps, verdict, proof,
                   out, needs, needs_count)


@_jit
def _review(credential, first, count, numbers, accepted, opened, own, tables, room, masks, caps, verdict, proof, out,
            needs, needs_count):
    """Find the open questions on which the answer hangs: each that changes a level, however the others are settled."""
    n_open, n_accepted = len(opened), len(accepted)
    ways = 1 << n_open
    level = np.empty((count, ways), dtype=np.int64)
    chosen = np.empty(n_accepted + n_open, dtype=np.int64)
    chosen[:n_accepted] = accepted
    for way in range(ways):
        size = n_accepted
        for j in range(n_open):
            if way >> j & 1:
                chosen[size] = opened[j]
                size += 1
        for k in range(count):
            level[k, way] = _level(numbers[k], chosen[:size], own, masks[k], caps[k], tables, room, proof)
            if level[k, way] == UNKNOWN:
                return ASK, needs_count
    for j in range(n_open):
        matters = False
        for way in range(ways):
            for k in range(count):
                matters |= level[k, way] != level[k, way | 1 << j]
        if matters:
            if needs_count >= len(needs):
                return ASK, needs_count
            needs[needs_count, 0] = credential
            needs[needs_count, 1] = verdict[1, opened[j]]
            needs[needs_count, 2] = first + opened[j]
            needs_count += 1
    if count > 1:
        for way in range(ways):
            if level[0, way] != level[1, way]:
                out[8] = 1
    return NEEDS_REVIEW, needs_count


@_jit
def decide_all(holders, bounds, numbers, cycles, days, kinds, points, areas, duplicate, tables, kinds_are, grades, ids,
               out, needs):
    """Decide every credential of some holders.

    `out` has a row for each: the outcome, the table shown, short, short if confirmed, short of the mandatory areas and
    the set that proves it, usable points, grade, whether the answer hangs on the table.  `needs` gets a row for each
    open question: the credential, the reason, the activity.  Gives the number of these.
    """
    room = np.zeros((CAPS + 2, SETS), dtype=np.int64)
    longest = 1
    for c in range(len(holders)):
        longest = max(longest, bounds[holders[c] + 1] - bounds[holders[c]])
    masks = np.zeros((2, longest), dtype=np.int64)
    caps = np.zeros((2, longest), dtype=np.int64)
    verdict = np.zeros((2, longest), dtype=np.int64)
    asked = 0
    for c in range(len(holders)):
        if numbers[c, 0] < 0:
            continue
        first, last = bounds[holders[c]], bounds[holders[c] + 1]
        before = asked
        cycle = (cycles[c, 0], cycles[c, 1], cycles[c, 2], cycles[c, 3])
        out[c, 0], asked = _one(c, first, last, numbers[c], days, kinds, points, areas, duplicate, cycle, tables,
                                kinds_are, grades, ids, room, masks, caps, verdict, out[c], needs, asked)
        if out[c, 0] == ASK:
            asked = before
    return asked


@_jit
def same_sums(bounds, days, kinds, points, found):
    """Mark every activity that shares day, kind and points with another of its holder: duplicates are among them."""
    for h in range(len(bounds) - 1):
        first, last = bounds[h], bounds[h + 1]
        if last - first < 2:
            continue
        keys = np.empty(last - first, dtype=np.int64)
        for i in range(first, last):
            keys[i - first] = ((days[i] + (1 << 31)) << 30) + (kinds[i] << 20) + points[i]
        order = np.argsort(keys)
        for j in range(1, len(order)):
            here, there = first + order[j], first + order[j - 1]
            if keys[order[j]] == keys[order[j - 1]] and days[here] != NO_DAY:
                found[here] = True
                found[there] = True


@_jit
def repeated(bounds, hashes, found):
    """Mark every holder of whom two rows have ids with the same hash: repeated ids are among them."""
    for h in range(len(bounds) - 1):
        first, last = bounds[h], bounds[h + 1]
        if last - first > 1:
            ordered = np.sort(hashes[first:last])
            for j in range(1, len(ordered)):
                if ordered[j] == ordered[j - 1]:
                    found[h] = True
