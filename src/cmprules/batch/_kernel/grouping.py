"""For entries under one title that may be one activity: which of them counts for all.

Members that are the same or alike, in chains, are a cluster.  Clusters whose members all count by themselves bring
points; clusters that repeat each other, in chains, are a group, of which one member counts.  A member that is confirmed
as an activity of its own is in none of these and counts by itself; the others are chained without it, so every case
needs new chains.
"""

from __future__ import annotations

from cmprules.batch._compiling import inlined, jit
from cmprules.batch._kernel.items import mask_of
from cmprules.batch._kernel.judging import list_by_state
from cmprules.batch._kernel.ordering import comes_first
from cmprules.batch._kernel.records import (
    ACCEPTED,
    ALL,
    CERTAIN,
    CHOSEN,
    CLUSTER,
    CONFIRMED,
    COUNTS,
    DUPLICATE,
    FIRST,
    GROUP,
    LOOKS_ALIKE,
    OPEN,
    OUT,
    PICKED,
    REPEATED_COURSE,
    STATE,
    WHY,
    Array,
    Job,
    Own,
    Row,
)
from cmprules.batch._kernel.relating import agree, days_between, end_of_title, first_of, is_near, is_same, join


@inlined
def hold_together(own: Own, job: Job) -> tuple[int, int]:
    """Find the entries compared with others; list the accepted and the open activities again, and count them."""
    lists = job.lists
    lists[CONFIRMED, :len(own.activities)] = 0
    regroup(own, job)
    for k in range(len(own.members)):
        i = own.members[k].place
        if own.members[k].loud and lists[STATE, i] == CERTAIN and not lists[COUNTS, i]:
            lists[WHY, i] = _question_about(k, own, job)
    return list_by_state(len(own.activities), lists)


@inlined
def _question_about(k: int, own: Own, job: Job) -> int:
    """Choose the question about an entry that is compared with others."""
    cluster = first_of(job.chains[CLUSTER], k)
    shown = job.marks[first_of(job.chains[GROUP], k)].shown
    if shown != k and is_same(own.members[k], own.members[shown], own.activities):
        return DUPLICATE
    near = cluster == first_of(job.chains[CLUSTER], shown) and not (shown == k and job.marks[cluster].brings)
    if job.marks[cluster].entries > 1 and (near or not _repeats_any(k, own, job)):
        return LOOKS_ALIKE
    return REPEATED_COURSE


@inlined
def _repeats_any(k: int, own: Own, job: Job) -> bool:
    """Return whether an entry repeats one whose cluster brings points, or the reverse."""
    members, activities = own.members, own.activities
    for other in range(len(members) if job.kinds[activities[members[k].place].kind].open_again else 0):
        open_again = job.kinds[activities[members[other].place].kind].open_again
        if members[other].title == members[k].title and open_again and agree(members[k], members[other]):
            days = abs(days_between(members[k], members[other], activities))
            if days > job.identity.alike_days and job.marks[first_of(job.chains[CLUSTER], other)].brings:
                return True
    return False


# ---------------------------------------------------------------------------------------------------------
# The activities that count if some open ones are confirmed.


@inlined
def chosen_if(accepted: int, opened: int, settled: int, own: Own, job: Job) -> Array:
    """List the activities that count if the open activities with set bits are confirmed (`ALL`: all of them)."""
    lists, size = job.lists, accepted
    if own.loud:
        return _chosen_of_groups(opened, settled, own, job)
    lists[CHOSEN, :accepted] = lists[ACCEPTED, :accepted]
    for j in range(opened):
        if settled == ALL or settled >> j & 1:
            lists[CHOSEN, size] = lists[OPEN, j]
            size += 1
    return lists[CHOSEN, :size]


@inlined
def _chosen_of_groups(opened: int, settled: int, own: Own, job: Job) -> Array:
    """List the activities that count if some open ones are confirmed, when entries are compared with others."""
    lists, count, size = job.lists, len(own.activities), 0
    lists[CONFIRMED, :count] = 0
    for j in range(opened):
        lists[CONFIRMED, lists[OPEN, j]] = settled == ALL or settled >> j & 1
    for i in range(count):
        lists[COUNTS, i] = lists[STATE, i] == CERTAIN or (lists[STATE, i] != OUT and lists[CONFIRMED, i])
    regroup(own, job)
    for i in range(count):
        if lists[COUNTS, i]:
            lists[CHOSEN, size] = i
            size += 1
    return lists[CHOSEN, :size]


@inlined
def fit(table: Row, k: int, own: Own, job: Job) -> None:
    """Let each entry that counts for others serve all areas of its group, in the case that was grouped last."""
    for number in range(len(own.members) if own.loud else 0):
        i = own.members[number].place
        if own.members[number].loud and job.lists[COUNTS, i]:
            kind = job.kinds[own.activities[i].kind]
            job.items[k][i].mask = mask_of(table, job.marks[number].areas, kind)


@jit
def regroup(own: Own, job: Job) -> None:
    """Find the loud members that count, and their areas."""
    begin = FIRST
    while begin < len(own.members):
        end = end_of_title(own.members, begin)
        if own.members[begin].loud:
            for k in range(begin, end):
                job.chains[CLUSTER, k] = job.chains[GROUP, k] = k
            _make_clusters(begin, end, own, job)
            _weigh_clusters(begin, end, own, job)
            _make_groups(begin, end, own, job)
            _choose_shown(begin, end, own, job)
            _count_shown(begin, end, own, job)
        begin = end


@inlined
def _make_clusters(begin: int, end: int, own: Own, job: Job) -> None:
    """Chain the members that are the same or alike; sorted by day, the ones to compare are just before each member."""
    members, activities, confirmed = own.members, own.activities, job.lists[CONFIRMED]
    for k in range(begin, end):
        other = k - 1
        while other >= begin and days_between(members[other], members[k], activities) <= job.identity.alike_days:
            if not confirmed[members[k].place] and not confirmed[members[other].place] and is_near(
                    members[k], members[other], activities):
                join(job.chains[CLUSTER], k, other)
            other -= 1


@inlined
def _weigh_clusters(begin: int, end: int, own: Own, job: Job) -> None:
    """Find the clusters that bring points: every member counts by itself, and a bounded kind is the only kind."""
    for k in range(begin, end):
        i = own.members[k].place
        kind = own.activities[i].kind
        first = first_of(job.chains[CLUSTER], k)
        mark = job.marks[first]
        if first == k:
            mark.kind, mark.entries, mark.brings, mark.several, mark.bounded = kind, 0, True, False, False
        mark.entries += 1
        mark.brings &= job.lists[STATE, i] == CERTAIN and not job.lists[CONFIRMED, i]
        mark.several |= kind != mark.kind
        mark.bounded |= job.kinds[kind].bounded
    for k in range(begin, end):
        if job.chains[CLUSTER, k] == k:
            job.marks[k].brings &= not (job.marks[k].several and job.marks[k].bounded)


@inlined
def _make_groups(begin: int, end: int, own: Own, job: Job) -> None:
    """Chain the clusters that bring points and repeat each other: providers agree, and days are not close."""
    picked, count, provider, several = job.chains[PICKED], 0, -1, False
    for k in range(begin, end):
        first = first_of(job.chains[CLUSTER], k)
        job.chains[GROUP, k] = first
        if job.marks[first].brings and job.kinds[own.activities[own.members[k].place].kind].open_again:
            picked[count] = k
            count += 1
            several |= own.members[k].session >= 0
            if own.members[k].provider >= 0:
                several |= provider >= 0 and own.members[k].provider != provider
                provider = own.members[k].provider
    if several:
        _chain_repeats(picked[:count], own, job)
    elif count:
        _chain_all(picked[:count], job)


@jit
def _chain_repeats(picked: Array, own: Own, job: Job) -> None:
    """Chain members that repeat each other, by comparing every pair.

    Two on close days whose providers agree are the same or alike, so they are in one cluster and chained already.
    """
    for place in range(len(picked)):
        for earlier in range(place):
            if agree(own.members[picked[earlier]], own.members[picked[place]]):
                join(job.chains[GROUP], picked[earlier], picked[place])


@jit
def _chain_all(picked: Array, job: Job) -> None:
    """Chain members that repeat each other if all providers agree and no session is named: each repeats the first."""
    for k in picked:
        join(job.chains[GROUP], picked[0], k)


@inlined
def _choose_shown(begin: int, end: int, own: Own, job: Job) -> None:
    """Choose the member to show for each group, and gather the areas that its members may serve."""
    for k in range(begin, end):
        activity = own.activities[own.members[k].place]
        first = first_of(job.chains[GROUP], k)
        mark = job.marks[first]
        if first == k:
            mark.shown, mark.areas = k, activity.areas
            mark.varied = mark.limited = mark.joined = False
        elif _is_shown_before(k, mark.shown, own, job):
            mark.shown = k
        mark.areas &= activity.areas
        mark.varied |= activity.kind != own.activities[own.members[first].place].kind
        mark.limited |= job.kinds[activity.kind].bounded
        mark.joined |= first_of(job.chains[CLUSTER], k) != first


@jit
def _is_shown_before(k: int, other: int, own: Own, job: Job) -> bool:
    """Return whether a member goes before another: it brings fewer points, is earlier, or has the smaller id."""
    one, two = own.members[k].place, own.members[other].place
    points = own.activities[one].points if job.lists[STATE, one] == CERTAIN else 0
    others = own.activities[two].points if job.lists[STATE, two] == CERTAIN else 0
    if points != others:
        return bool(points < others)
    if own.activities[one].day != own.activities[two].day:
        return bool(own.activities[one].day < own.activities[two].day)
    return comes_first(own.first + one, own.first + two, job)


@inlined
def _count_shown(begin: int, end: int, own: Own, job: Job) -> None:
    """Let the shown member of each group count, and the confirmed members."""
    for k in range(begin, end):
        i = own.members[k].place
        group = job.marks[first_of(job.chains[GROUP], k)]
        brings = job.marks[first_of(job.chains[CLUSTER], k)].brings and not (group.varied and group.limited)
        job.lists[COUNTS, i] = job.lists[CONFIRMED, i] or (brings and group.shown == k)
        if job.lists[COUNTS, i]:
            job.marks[k].areas = group.areas
