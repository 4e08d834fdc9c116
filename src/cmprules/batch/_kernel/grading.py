"""The weakest grade of the placed points, and of the rows on entries that may be one activity."""

from __future__ import annotations

from cmprules.batch._compiling import inlined, jit
from cmprules.batch._kernel.grouping import regroup
from cmprules.batch._kernel.keeping import best_placement
from cmprules.batch._kernel.ordering import in_order
from cmprules.batch._kernel.proving import pool_filled, short_of
from cmprules.batch._kernel.records import (
    CAPS,
    CERTAIN,
    CHOSEN,
    CLUSTER,
    COUNTS,
    END_OF_MONTH,
    FIRST,
    GROUP,
    NOT_KNOWN,
    OUT,
    POSSIBLE,
    STATE,
    TOTAL,
    UNCAPPED,
    WHY,
    Array,
    Job,
    Own,
    Proof,
    Records,
    Row,
)
from cmprules.batch._kernel.relating import days_between, end_of_title, first_of, is_related, is_same


@inlined
def weakest_grade(table: Row, items: Records, accepted: Array, proof: Proof, weakest: int, job: Job) -> int:
    """Find the weakest grade of the tables and of the kinds with placed points; -1 if it is not known here.

    `weakest` is the grade of the tables.
    """
    weakest = max(weakest, _grade_over_caps(table, items, accepted, job.desks[0]))
    of_all = weakest
    for i in accepted:
        if items[i].cap == UNCAPPED or table.caps[items[i].cap]:
            of_all = max(of_all, items[i].grade)
    if of_all == weakest or table.total - short_of(table, proof) == proof.usable:
        return of_all  # all usable points are placed, so every kind has some
    if _surely_placed(items, accepted, of_all, pool_filled(table, proof)):
        return of_all
    return _weakest_placed(table, items, accepted, proof, weakest, job)


@inlined
def grade_of_odd_days(credential: Row, own: Own, weakest: int, job: Job) -> int:
    """Find the grade of the reading that leaves out an activity which would count if the end were meant as written.

    Without that reading such an activity counts, or does not count for another reason that is certain: the answer
    shows either.  If its kind or its unit is in doubt, the activity stays open all the same.  One that may be another
    activity is open still, or not; if the same activities count in both readings, the grade is not known here (-1).
    """
    compared = False
    if weakest >= credential.odd_grade or credential.odd_last < credential.first:
        return int(weakest)
    for i in range(len(own.activities)):
        if job.lists[WHY, i] == END_OF_MONTH and not own.activities[i].duplicate:
            out, known = job.lists[STATE, i] == OUT, _is_known(own.activities[i], job)
            loud = not out and known and _is_loud(i, own)
            if out or (known and not loud):
                return int(credential.odd_grade)
            compared |= loud
    if not compared:
        return int(weakest)
    return int(credential.odd_grade) if _others_count(own, job) else NOT_KNOWN


@jit
def _is_known(activity: Row, job: Job) -> bool:
    """Return whether neither the kind nor the unit of an activity is in doubt."""
    return bool(job.kinds[activity.kind].established and not job.units[activity.unit].doubted)


@jit
def _is_loud(i: int, own: Own) -> bool:
    """Return whether an activity may be the same activity as another."""
    for k in range(len(own.members) if own.loud else 0):
        if own.members[k].place == i:
            return bool(own.members[k].loud)
    return False


@jit
def _others_count(own: Own, job: Job) -> bool:
    """Return whether other entries count if the end of the cycle is meant as written; all is grouped as it was before.

    The members have been grouped with none confirmed.
    """
    lists, differ = job.lists, False
    for k in range(len(own.members)):
        i = own.members[k].place
        lists[CHOSEN, i] = lists[COUNTS, i]
        if lists[WHY, i] == END_OF_MONTH and lists[STATE, i] == POSSIBLE and _is_known(own.activities[i], job):
            lists[STATE, i] = CERTAIN
    regroup(own, job)
    for k in range(len(own.members)):
        i = own.members[k].place
        differ |= own.members[k].loud and lists[CHOSEN, i] != lists[COUNTS, i]
        if lists[WHY, i] == END_OF_MONTH and lists[STATE, i] == CERTAIN:
            lists[STATE, i] = POSSIBLE
    regroup(own, job)
    return bool(differ)


@jit
def _grade_over_caps(table: Row, items: Records, accepted: Array, desk: Row) -> int:
    """Find the weakest grade of the exceeded caps: some placed points depend on it in every placement."""
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
def _surely_placed(items: Records, accepted: Array, grade: int, pool: int) -> bool:
    """Return whether, in every placement, an activity whose kind has a grade is placed while the pool has room.

    If any is, the first of them is: the earliest, and on that day the one with the most points.
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
def _weakest_placed(table: Row, items: Records, accepted: Array, proof: Proof, weakest: int, job: Job) -> int:
    """Find the weakest grade of the points that the rules place; -1 if it is not known here."""
    ordered = in_order(items, accepted, job)
    if best_placement(table, items, ordered, proof, job) == NOT_KNOWN:
        return NOT_KNOWN
    for k, i in enumerate(ordered):
        if job.vectors[0, k, TOTAL]:
            weakest = max(weakest, items[i].grade)
    return weakest


# ---------------------------------------------------------------------------------------------------------
# Entries under one title.


@inlined
def grade_of_identity(own: Own, weakest: int, job: Job) -> int:
    """Find the weakest grade of the rows that distinguish entries under one title, and of the grades known so far.

    The members have been grouped with none confirmed.  The search stops when nothing weaker can follow.
    """
    begin = FIRST
    while begin < len(own.members):
        end = end_of_title(own.members, begin)
        for k in range(begin, end):
            if weakest < job.identity.weakest and job.lists[STATE, own.members[k].place] == CERTAIN:
                weakest = max(weakest, _grade_of_member(k, begin, end, own, job))
        begin = end
    return weakest


@inlined
def any_widened(own: Own, job: Job) -> bool:
    """Return whether a member that may count also has areas of entries that are the same or alike.

    Then the reading in favor may depend on the rows that distinguish entries.  Nothing else in it does: members that
    repeat each other all count there.
    """
    for k in range(len(own.members)):
        if is_widened(k, own, job):
            return True
    return False


@inlined
def is_widened(k: int, own: Own, job: Job) -> bool:
    """Return whether a member may count, and also has areas of entries that are the same or alike."""
    i = own.members[k].place
    return bool(own.members[k].areas != own.activities[i].areas and job.lists[STATE, i] == POSSIBLE)


@inlined
def _grade_of_member(k: int, begin: int, end: int, own: Own, job: Job) -> int:
    """Find the weakest grade of the rows applied to one member and each other one under its title."""
    again = job.kinds[own.activities[own.members[k].place].kind].again_grade
    brings, grade = _brings(k, own, job), 0
    if brings and own.members[k].loud and job.marks[first_of(job.chains[GROUP], k)].joined:
        grade = again
    for other in range(begin, end):
        one, two = own.members[min(k, other)], own.members[max(k, other)]
        if k == other or not is_related(one, two, own.activities, job.identity.alike_days):
            continue
        if days_between(one, two, own.activities) <= job.identity.alike_days:
            same = is_same(one, two, own.activities)
            grade = max(grade, job.identity.same_grade if same else job.identity.alike_grade)
        elif brings and _brings(other, own, job) and not _is_open_again(one, two, own, job):
            grade = max(grade, again)
    return grade


@inlined
def _brings(k: int, own: Own, job: Job) -> bool:
    """Return whether a member, and every member that is the same or alike, counts by itself."""
    counts = job.lists[STATE, own.members[k].place] == CERTAIN
    return bool(counts and (not own.members[k].loud or job.marks[first_of(job.chains[CLUSTER], k)].brings))


@jit
def _is_open_again(one: Row, two: Row, own: Own, job: Job) -> bool:
    """Return whether it is open that the later of two members also counts."""
    first, second = own.activities[one.place].kind, own.activities[two.place].kind
    return bool(job.kinds[first].open_again and job.kinds[second].open_again)
