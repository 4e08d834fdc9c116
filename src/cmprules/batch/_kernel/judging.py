"""Each activity by itself: it counts, it is open, or it does not count."""

from __future__ import annotations

from cmprules.batch._compiling import inlined, jit
from cmprules.batch._kernel.records import (
    ACCEPTED,
    CERTAIN,
    END_OF_MONTH,
    KIND_UNCONFIRMED,
    MONTH_OF_PREVIOUS_END,
    NO_DAY,
    NOT_KNOWN,
    OPEN,
    OUT,
    POSSIBLE,
    REASON,
    STATE,
    UNDATED,
    UNIT_UNCONFIRMED,
    WHY,
    Array,
    Job,
    Records,
    Row,
)


@inlined
def judge(credential: Row, activities: Records, job: Job) -> tuple[int, int]:
    """Judge every activity of a holder; list the accepted and the open ones, and count them."""
    kinds, lists = job.kinds, job.lists
    for i in range(len(activities)):
        day, kind = activities[i].day, kinds[activities[i].kind]
        reason, counts = NOT_KNOWN, not activities[i].duplicate
        if day == NO_DAY:
            reason = UNDATED
        elif not credential.first <= day <= credential.last:
            reason = MONTH_OF_PREVIOUS_END
            counts &= credential.doubtful_first <= day <= credential.doubtful_last
        elif day <= credential.odd_last:
            reason = END_OF_MONTH
        if day != NO_DAY and not kind.done_from <= day <= kind.done_until:
            counts = False
        if not kind.established and reason == NOT_KNOWN:
            reason = KIND_UNCONFIRMED
        if job.units[activities[i].unit].doubted and reason == NOT_KNOWN:
            reason = UNIT_UNCONFIRMED
        lists[WHY, i] = reason
        lists[STATE, i] = OUT if not counts else CERTAIN if reason == NOT_KNOWN else POSSIBLE
    return list_by_state(len(activities), lists)


@jit
def list_by_state(count: int, lists: Array) -> tuple[int, int]:
    """List the accepted activities (those without a reason) and the open ones, and count both."""
    n_accepted, n_opened = 0, 0
    for i in range(count):
        if lists[STATE, i] != OUT:
            if lists[WHY, i] == NOT_KNOWN:
                lists[ACCEPTED, n_accepted] = i
                n_accepted += 1
            else:
                lists[OPEN, n_opened], lists[REASON, n_opened] = i, lists[WHY, i]
                n_opened += 1
    return n_accepted, n_opened
