"""The kernel: the outcome of one credential after another, over arrays.

It is the scalar path in closed form.  For every set of areas, what it needs less what may serve any of it is a
shortfall that no placement avoids; the largest is what the best placement leaves.  Where that does not settle an answer
(an activity that might have to be divided, many open questions), the kernel says `ASK`, and the scalar path answers.

Days are numbered from 1970-01-01, points are hundredths, sets of areas are bits.  Functions call none but those of this
file, and take figures from no other: what is compiled is kept by the age of this file alone.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np

__all__ = ["ASK", "CAPS", "MET", "MOST_OPEN", "NEEDS_REVIEW", "NOT_DECIDED", "NOT_MET", "NO_DAY", "WIDTH", "Answers",
           "Array", "Book", "Credentials", "Kinds", "People", "Tables", "decide_all"]

Array = np.ndarray[Any, np.dtype[Any]]

WIDTH = 7
"""The most mandatory areas that the kernel takes; a table with more goes the slow way."""

CAPS = 2
"""The most capped kinds that the kernel takes."""

MOST_OPEN = 8
"""With more open activities than these the scalar path looks at other settlements, and is asked."""

NOT_DECIDED, MET, NOT_MET, NEEDS_REVIEW, ASK = -1, 0, 1, 2, 3
UNDATED, MONTH_OF_PREVIOUS_END, KIND_UNCONFIRMED = 0, 1, 2
SHORT, FULL, UNKNOWN = 0, 1, 2

NO_DAY = -(2**31)
UNCAPPED = -1
NOT_KNOWN = -1
SETS = 1 << WIDTH
POOL = WIDTH + CAPS

_jit = numba.njit(cache=True, nogil=True)


# ---------------------------------------------------------------------------------------------------------
# What the kernel is given.


class Tables(NamedTuple):
    """Every table of a book: how many mandatory areas it has, what they, all and the caps come to, its weakest grade.

    `bit_of` says which bit of a table an area is, `cap_of` under which of its caps a kind comes; -1 for none.
    """

    width: Array
    needs: Array
    total: Array
    caps: Array
    bit_of: Array
    cap_of: Array
    grade: Array


class Kinds(NamedTuple):
    """Every kind of activity: whether its value is known, whether it is for the pool alone, when it was acceptable."""

    established: Array
    pool_only: Array
    done_from: Array
    done_until: Array
    grade: Array


class Book(NamedTuple):
    """All that is the same for every credential."""

    tables: Tables
    kinds: Kinds


class People(NamedTuple):
    """The activities of some holders, those of each side by side from `bounds[holder]` on.

    The id of an activity is `letters` from `id_starts[row]` on, `rows` saying which row of the table it was.
    """

    bounds: Array
    days: Array
    kinds: Array
    points: Array
    areas: Array
    duplicate: Array
    id_starts: Array
    letters: Array
    rows: Array


class Credentials(NamedTuple):
    """The credentials to decide: whose, by which tables (two if expired, today's last), in which cycle.

    `numbers` has the two tables (-1: none) and the weakest grade of what they were chosen by; `cycles` the first and
    last day that count and that are in doubt.
    """

    holders: Array
    numbers: Array
    cycles: Array


class Answers(NamedTuple):
    """What the kernel finds, a row for each credential.

    `mandatory_short` and `proof` are the shortfall of the mandatory areas and the set that proves it, `usable` all
    points after caps.  `needs` has a row for each open question: the credential, the reason, the activity.
    """

    outcome: Array
    table: Array
    short: Array
    short_if_confirmed: Array
    mandatory_short: Array
    proof: Array
    usable: Array
    grade: Array
    hangs_on_table: Array
    needs: Array

    @classmethod
    def empty(cls, count: int) -> Answers:
        """Make room for the answers of some credentials."""
        outcome, table, short, if_confirmed, mandatory, proof, usable, grade = np.full((8, count), -1, dtype=np.int64)
        return cls(outcome, table, short, if_confirmed, mandatory, proof, usable, grade,
                   np.zeros(count, dtype=np.bool_), np.empty((4 * count + 1024, 3), dtype=np.int64))


# ---------------------------------------------------------------------------------------------------------
# What it works with.


class _Room(NamedTuple):
    """Room to work in, made once: for each of two tables what each activity may serve, and lists of activities."""

    masks: Array
    caps: Array
    reasons: Array
    accepted: Array
    opened: Array
    chosen: Array
    sums: Array


class _Job(NamedTuple):
    """All that is given, the room to work in, and where the answers go."""

    credentials: Credentials
    book: Book
    people: People
    room: _Room
    found: Answers


class _Case(NamedTuple):
    """One table, and what the activities of one holder can bring to it, `first` being the first of them."""

    width: int
    needs: Array
    total: int
    most: Array
    first: int
    points: Array
    masks: Array
    caps: Array
    sums: Array


class _Proof(NamedTuple):
    """The shortfall of the mandatory areas, the smallest set of them that proves it, and all points after caps."""

    short: int
    areas: int
    usable: int


# ---------------------------------------------------------------------------------------------------------
# Shortfalls, and their proofs.


@_jit
def _ones(bits: int) -> int:
    """Count the areas of a set."""
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@_jit
def _usable(case: _Case, chosen: Array) -> int:
    """Add up the points of some activities, after caps."""
    brought = case.sums[0]
    brought[:CAPS] = 0
    everything = 0
    for i in chosen:
        if case.caps[i] == UNCAPPED:
            everything += case.points[i]
        else:
            brought[case.caps[i]] += case.points[i]
    for cap in range(CAPS):
        everything += min(case.most[cap], brought[cap])
    return everything


@_jit
def _proof_of(case: _Case, chosen: Array) -> _Proof:
    """Find what the best placement of some activities leaves short, and why."""
    usable = _usable(case, chosen)
    for i in chosen:
        mask = case.masks[i]
        if mask & (mask - 1) or (mask and case.caps[i] != UNCAPPED):
            short, areas = _short_of_sets(case, chosen)
            return _Proof(short, areas, usable)
    short, areas = _short_of_single_areas(case, chosen)
    return _Proof(short, areas, usable)


@_jit
def _short_of_single_areas(case: _Case, chosen: Array) -> tuple[int, int]:
    """No activity may serve two areas, and no cap bears on them: each area is short by itself."""
    supply = case.sums[1]
    supply[:1 << case.width] = 0
    for i in chosen:
        supply[case.masks[i]] += case.points[i]
    short, found = 0, 0
    for bit in range(case.width):
        lacking = case.needs[bit] - supply[1 << bit]
        if lacking > 0:
            short += lacking
            found |= 1 << bit
    return short, found


@_jit
def _short_of_sets(case: _Case, chosen: Array) -> tuple[int, int]:
    """For every set of areas: what it needs, less what may serve any of it; the largest, and of these the smallest."""
    _fill_within(case, chosen)
    short, found = 0, 0
    for areas in range(1, 1 << case.width):
        lacking = _lacking(case, areas)
        if lacking > short or (lacking == short > 0 and _ones(areas) < _ones(found)):
            short, found = lacking, areas
    return short, found


@_jit
def _fill_within(case: _Case, chosen: Array) -> None:
    """Add up what serves nothing but areas of a set, for every set: of no cap first, then of each cap."""
    within, sets = case.sums[1:2 + CAPS], 1 << case.width
    within[:, :sets] = 0
    for i in chosen:
        within[case.caps[i] + 1, case.masks[i]] += case.points[i]
    for row in range(CAPS + 1):
        for bit in range(case.width):
            for areas in range(sets):
                if areas >> bit & 1:
                    within[row, areas] += within[row, areas ^ (1 << bit)]


@_jit
def _lacking(case: _Case, areas: int) -> int:
    """Give what a set of areas needs, less what may serve any of it after caps."""
    within, everything = case.sums[1:2 + CAPS], (1 << case.width) - 1
    others = everything - areas
    lacking = within[0, others] - within[0, everything]
    for cap in range(CAPS):
        lacking -= min(case.most[cap], within[cap + 1, everything] - within[cap + 1, others])
    for bit in range(case.width):
        if areas >> bit & 1:
            lacking += case.needs[bit]
    return lacking


@_jit
def _short(case: _Case, proof: _Proof) -> int:
    """Give the shortfall of the whole table: the larger of the two proofs."""
    return int(max(proof.short, case.total - proof.usable, 0))


# ---------------------------------------------------------------------------------------------------------
# How far a table gets.


@_jit
def _level(case: _Case, chosen: Array, proof: _Proof) -> int:
    """Say how far a table gets: short, full with no activity divided, or full and whether one is is not known."""
    if _short(case, proof):
        return SHORT
    several = False
    for i in chosen:
        mask = case.masks[i]
        if mask & (mask - 1):
            if case.caps[i] != UNCAPPED:
                return UNKNOWN
            several = True
    return FULL if not several or _stays_whole(case, chosen) else UNKNOWN


@_jit
def _stays_whole(case: _Case, chosen: Array) -> bool:
    """Whether a plain way of placing activities whole fills every area.

    Those of one area first, then those of two, three and so on, each where most is lacking.
    """
    left = case.sums[0]
    left[:case.width] = case.needs[:case.width]
    for size in range(1, case.width + 1):
        for i in chosen:
            if _ones(case.masks[i]) == size and (size > 1 or case.caps[i] == UNCAPPED):
                left[_emptiest(case, case.masks[i], left)] -= case.points[i]
    for bit in range(case.width):
        if left[bit] > 0:
            return False
    return True


@_jit
def _emptiest(case: _Case, mask: int, left: Array) -> int:
    """Of a set of areas, find the one that lacks most."""
    found = -1
    for bit in range(case.width):
        if mask >> bit & 1 and (found < 0 or left[bit] > left[found]):
            found = bit
    return found


# ---------------------------------------------------------------------------------------------------------
# The weakest grade of what is placed.


@_jit
def _weakest_grade(case: _Case, accepted: Array, proof: _Proof, weakest: int, job: _Job) -> int:
    """Find the weakest grade of the tables and of the kinds whose points are placed; -1 where that is not known here.

    `weakest` is that of the tables.
    """
    of_all = weakest
    for i in accepted:
        of_all = max(of_all, _grade_of(case.first + i, job))
    if of_all == weakest or case.total - _short(case, proof) == proof.usable:
        return of_all  # all usable points are placed, and so some of every kind
    if _surely_placed(case, accepted, proof, of_all, job):
        return of_all
    for i in accepted:
        if case.caps[i] != UNCAPPED and case.masks[i]:
            return NOT_KNOWN
    return _weakest_placed(case, accepted, proof, weakest, job)


@_jit
def _grade_of(activity: int, job: _Job) -> int:
    """Give the grade of the value of an activity's kind."""
    return int(job.book.kinds.grade[job.people.kinds[activity]])


@_jit
def _pool_filled(case: _Case, proof: _Proof) -> int:
    """Give how many points the best placement puts into the pool."""
    pool = case.total - _short(case, proof) + proof.short
    for bit in range(case.width):
        pool -= case.needs[bit]
    return max(0, pool)


@_jit
def _surely_placed(case: _Case, accepted: Array, proof: _Proof, grade: int, job: _Job) -> bool:
    """Whether an activity whose kind has a grade has its turn while there is room in the pool, come what may."""
    pool = _pool_filled(case, proof)
    days = job.people.days
    for i in accepted:
        if _grade_of(case.first + i, job) == grade and case.caps[i] == UNCAPPED:
            before = 0
            for j in accepted:
                if j != i and days[case.first + j] <= days[case.first + i]:
                    before += case.points[j]
            if before < pool:
                return True
    return False


@_jit
def _weakest_placed(case: _Case, accepted: Array, proof: _Proof, weakest: int, job: _Job) -> int:
    """Place one activity after another, each as far as there is room; -1 where it matters which area one takes.

    `left` is what areas, caps and the pool have room for, `rest` what later activities of one area alone bring to it.
    """
    left, rest = case.sums[0], case.sums[1]
    _open_up(case, accepted, _pool_filled(case, proof), left, rest)
    for i in _in_order(accepted, case.first, job.people):
        mask = case.masks[i]
        if mask and not mask & (mask - 1):
            rest[_emptiest(case, mask, left)] -= case.points[i]
        taken, choices = _take(case, i, left)
        if choices > 1 and _choice_matters(case, proof, left, rest):
            return NOT_KNOWN
        if taken:
            weakest = max(weakest, _grade_of(case.first + i, job))
    return weakest


@_jit
def _open_up(case: _Case, accepted: Array, pool: int, left: Array, rest: Array) -> None:
    """Say what there is room for before anything is placed."""
    left[:case.width] = case.needs[:case.width]
    left[WIDTH:POOL] = case.most[:CAPS]
    left[POOL] = pool
    rest[:WIDTH] = 0
    for i in accepted:
        mask = case.masks[i]
        if mask and not mask & (mask - 1):
            rest[_emptiest(case, mask, left)] += case.points[i]


@_jit
def _take(case: _Case, i: int, left: Array) -> tuple[int, int]:
    """Place one activity in the area that takes most of it, and then in the pool; say in how many it might go."""
    cap = WIDTH + case.caps[i]
    most = case.points[i] if case.caps[i] == UNCAPPED else min(case.points[i], left[cap])
    area, choices = -1, 0
    for bit in range(case.width):
        if case.masks[i] >> bit & 1 and left[bit]:
            choices += 1
            if area < 0 or min(most, left[bit] + left[POOL]) > min(most, left[area] + left[POOL]):
                area = bit
    in_area = min(most, left[area]) if choices else 0
    if choices:
        left[area] -= in_area
    in_pool = min(most - in_area, left[POOL])
    left[POOL] -= in_pool
    if case.caps[i] != UNCAPPED:
        left[cap] -= in_area + in_pool
    return in_area + in_pool, choices


@_jit
def _choice_matters(case: _Case, proof: _Proof, left: Array, rest: Array) -> bool:
    """Whether it may matter to later activities which of its areas one took."""
    if proof.short:
        return True
    for bit in range(case.width):
        if left[bit] > rest[bit]:
            return True
    return False


@_jit
def _in_order(accepted: Array, first: int, people: People) -> Array:
    """Order activities by day, then by id."""
    days = np.empty(len(accepted), dtype=np.int64)
    for place in range(len(accepted)):
        days[place] = people.days[first + accepted[place]]
    ordered = accepted[np.argsort(days, kind="mergesort")]
    for place in range(1, len(ordered)):
        here = place
        while here > 0 and _tie_to_turn(first + ordered[here], first + ordered[here - 1], people):
            ordered[here], ordered[here - 1] = ordered[here - 1], ordered[here]
            here -= 1
    return ordered


@_jit
def _tie_to_turn(one: int, other: int, people: People) -> bool:
    """Whether two activities of the same day stand in the wrong order: by code point, which is by byte in UTF-8."""
    if people.days[one] != people.days[other]:
        return False
    first, second = people.id_starts[people.rows[one]], people.id_starts[people.rows[other]]
    length = people.id_starts[people.rows[one] + 1] - first
    other_length = people.id_starts[people.rows[other] + 1] - second
    for place in range(min(length, other_length)):
        if people.letters[first + place] != people.letters[second + place]:
            return bool(people.letters[first + place] < people.letters[second + place])
    return bool(length < other_length)


# ---------------------------------------------------------------------------------------------------------
# One credential.


@_jit
def _judge(c: int, job: _Job) -> tuple[int, int]:
    """Put every activity of a holder through the tests; list the accepted and the open ones, and say how many."""
    cycle, kinds, people, room = job.credentials.cycles[c], job.book.kinds, job.people, job.room
    first = people.bounds[job.credentials.holders[c]]
    accepted, opened = 0, 0
    for i in range(first, people.bounds[job.credentials.holders[c] + 1]):
        day, kind = people.days[i], people.kinds[i]
        reason, counts = NOT_KNOWN, not people.duplicate[i]
        if day == NO_DAY:
            reason = UNDATED
        elif not cycle[0] <= day <= cycle[1]:
            reason = MONTH_OF_PREVIOUS_END
            counts &= cycle[2] <= day <= cycle[3]
        if day != NO_DAY and not kinds.done_from[kind] <= day <= kinds.done_until[kind]:
            counts = False
        if not kinds.established[kind] and reason == NOT_KNOWN:
            reason = KIND_UNCONFIRMED
        if counts and reason == NOT_KNOWN:
            room.accepted[accepted] = i - first
            accepted += 1
        elif counts:
            room.opened[opened] = i - first
            room.reasons[opened] = reason
            opened += 1
    return accepted, opened


@_jit
def _serve(which: int, number: int, holder: int, job: _Job) -> None:
    """Say what each activity of a holder can bring to a table: a set of its areas, and the cap of its kind."""
    people, tables, room = job.people, job.book.tables, job.room
    first = people.bounds[holder]
    for i in range(first, people.bounds[holder + 1]):
        kind = people.kinds[i]
        left = 0 if job.book.kinds.pool_only[kind] else people.areas[i]
        mask, area = 0, 0
        while left:
            if left & 1 and tables.bit_of[number, area] >= 0:
                mask |= 1 << tables.bit_of[number, area]
            left >>= 1
            area += 1
        room.masks[which, i - first] = mask
        room.caps[which, i - first] = tables.cap_of[number, kind]


@_jit
def _case(which: int, number: int, holder: int, job: _Job) -> _Case:
    """Put a table and the activities of a holder side by side."""
    tables, room = job.book.tables, job.room
    first, last = job.people.bounds[holder], job.people.bounds[holder + 1]
    return _Case(tables.width[number], tables.needs[number], tables.total[number], tables.caps[number], first,
                 job.people.points[first:last], room.masks[which], room.caps[which], room.sums)


@_jit
def _confirmed(accepted: int, opened: int, settled: int, room: _Room) -> Array:
    """List the accepted activities and those of the open ones that one way of settling them confirms."""
    room.chosen[:accepted] = room.accepted[:accepted]
    size = accepted
    for j in range(opened):
        if settled >> j & 1:
            room.chosen[size] = room.opened[j]
            size += 1
    return room.chosen[:size]


@_jit
def _short_if_confirmed(case: _Case, proof: _Proof, accepted: int, opened: int, room: _Room) -> int:
    """Give the shortfall of a table if all open activities are confirmed."""
    if not opened:
        return _short(case, proof)
    room.chosen[:accepted] = room.accepted[:accepted]
    room.chosen[accepted:accepted + opened] = room.opened[:opened]
    return _short(case, _proof_of(case, room.chosen[:accepted + opened]))


@_jit
def _show_if_worse(c: int, number: int, case: _Case, proof: _Proof, accepted: Array, job: _Job) -> None:
    """Show the table with the larger shortfall, then that of the mandatory areas; of equals the later one."""
    found, short = job.found, _short(case, proof)
    if short < found.short[c] or (short == found.short[c] and proof.short < found.mandatory_short[c]):
        return
    numbers, grades = job.credentials.numbers[c], job.book.tables.grade
    chosen_by = max(numbers[2], grades[numbers[0]])
    if numbers[1] >= 0:
        chosen_by = max(chosen_by, grades[numbers[1]])
    found.table[c], found.short[c], found.usable[c] = number, short, proof.usable
    found.mandatory_short[c], found.proof[c] = proof.short, proof.areas
    found.grade[c] = _weakest_grade(case, accepted, proof, chosen_by, job)


@_jit
def _decide_one(c: int, job: _Job, asked: int) -> int:
    """Decide one credential; give the number of open questions so far."""
    numbers, holder, found = job.credentials.numbers[c], job.credentials.holders[c], job.found
    n_accepted, n_opened = _judge(c, job)
    accepted = job.room.accepted[:n_accepted]
    emptiest, unknown = FULL, False
    for k in range(1 if numbers[1] < 0 else 2):
        _serve(k, numbers[k], holder, job)
        case = _case(k, numbers[k], holder, job)
        proof = _proof_of(case, accepted)
        level = _level(case, accepted, proof)
        unknown |= level == UNKNOWN
        emptiest = min(emptiest, level)
        _show_if_worse(c, numbers[k], case, proof, accepted, job)
        favourable = _short_if_confirmed(case, proof, n_accepted, n_opened, job.room)
        found.short_if_confirmed[c] = favourable if k == 0 else min(favourable, found.short_if_confirmed[c])
    if unknown or found.grade[c] == NOT_KNOWN:
        found.outcome[c] = ASK
    elif emptiest == FULL:
        found.outcome[c] = MET
    elif found.short_if_confirmed[c]:
        found.outcome[c] = NOT_MET
    else:
        return _review(c, n_accepted, n_opened, job, asked)
    return asked


@_jit
def _review(c: int, n_accepted: int, n_opened: int, job: _Job, asked: int) -> int:
    """Find the open questions on which the answer hangs; give their number so far."""
    found, room = job.found, job.room
    numbers, holder = job.credentials.numbers[c], job.credentials.holders[c]
    found.outcome[c] = ASK
    if n_opened > MOST_OPEN or asked + n_opened > len(found.needs):
        return asked
    count = 1 if numbers[1] < 0 else 2
    levels = np.empty((count, 1 << n_opened), dtype=np.int64)
    for k in range(count):
        case = _case(k, numbers[k], holder, job)
        for settled in range(1 << n_opened):
            chosen = _confirmed(n_accepted, n_opened, settled, room)
            levels[k, settled] = _level(case, chosen, _proof_of(case, chosen))
            if levels[k, settled] == UNKNOWN:
                return asked
    for settled in range(1 << n_opened):
        found.hangs_on_table[c] |= levels[0, settled] != levels[count - 1, settled]
    found.outcome[c] = NEEDS_REVIEW
    return _ask_about(c, n_opened, levels, job, asked)


@_jit
def _ask_about(c: int, n_opened: int, levels: Array, job: _Job, asked: int) -> int:
    """Ask about each open activity that changes a level, however the others are settled."""
    first = job.people.bounds[job.credentials.holders[c]]
    for j in range(n_opened):
        matters = False
        for settled in range(1 << n_opened):
            for k in range(len(levels)):
                matters |= levels[k, settled] != levels[k, settled | 1 << j]
        if matters:
            job.found.needs[asked, 0] = c
            job.found.needs[asked, 1] = job.room.reasons[j]
            job.found.needs[asked, 2] = first + job.room.opened[j]
            asked += 1
    return asked


@_jit
def decide_all(credentials: Credentials, book: Book, people: People, found: Answers) -> int:
    """Decide every credential that has a table; give the number of open questions."""
    longest = 1
    for c in range(len(credentials.holders)):
        holder = credentials.holders[c]
        longest = max(longest, people.bounds[holder + 1] - people.bounds[holder])
    pairs, lists = np.zeros((2, 2, longest), dtype=np.int64), np.zeros((4, longest), dtype=np.int64)
    room = _Room(pairs[0], pairs[1], lists[0], lists[1], lists[2], lists[3], np.zeros((CAPS + 2, SETS), dtype=np.int64))
    job = _Job(credentials, book, people, room, found)
    asked = 0
    for c in range(len(credentials.holders)):
        if credentials.numbers[c, 0] >= 0:
            asked = _decide_one(c, job, asked)
    return asked
