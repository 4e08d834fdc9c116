"""Find the open questions that change the answer."""

from __future__ import annotations

import numpy as np

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.keeping import level_of
from cmprules.batch._kernel.proving import proof_if, proof_of, short_of
from cmprules.batch._kernel.records import (
    ALL,
    CHOSEN,
    MOST_OPEN,
    NONE,
    NOT_KNOWN,
    OPEN,
    REASON,
    UNKNOWN,
    Array,
    Job,
    Own,
    Row,
)


@jit
def review(credential: Row, answer: Row, opened: int, own: Own, needs: Array, job: Job) -> int:
    """Find the open questions on which the answer depends, and count them; -1 if they are not known here.

    The reason of each, and its activity of the holder, are written to `needs`.
    """
    if opened > MOST_OPEN:
        every = _levels_in_favor(credential, answer, opened, own, job) if own.loud else NOT_KNOWN
        opened = _keep_helpful(credential, answer, opened, own, job)
        if own.loud and (every == NOT_KNOWN or _levels_in_favor(credential, answer, opened, own, job) != every):
            return NOT_KNOWN
    if opened > len(needs):
        return NOT_KNOWN
    levels = _levels_of(credential, answer, opened, own, job)
    if not len(levels):
        return NOT_KNOWN
    asked = 0
    for j in range(opened):
        if opened > MOST_OPEN or _matters(j, levels):
            needs[asked, 1], needs[asked, 2] = job.lists[REASON, j], job.lists[OPEN, j]
            asked += 1
    return asked


@jit
def tables_of(credential: Row) -> tuple[int, int, int]:
    """Return the tables that apply, and their number: after expiry, today's table may be a second one."""
    return credential.table, credential.table_today, 1 if credential.table_today < 0 else 2


@jit
def _levels_of(credential: Row, answer: Row, opened: int, own: Own, job: Job) -> Array:
    """Find the level of each table for every way of settling the open activities; none if not known here.

    With too many open activities, only two ways are tried: none confirmed, and all confirmed.
    """
    first, second, count = tables_of(credential)
    settlements = 1 << opened if opened <= MOST_OPEN else 2
    levels = np.empty((count, settlements), dtype=np.int64)
    for settled in range(settlements):
        confirmed = ALL if settled == settlements - 1 else settled
        for k in range(count):
            table = job.tables[first if k == 0 else second]
            chosen, proof = proof_if(table, k, answer.accepted, opened, confirmed, own, job)
            levels[k, settled] = level_of(table, job.items[k], chosen, proof, job)
            if levels[k, settled] == UNKNOWN:
                return levels[:0]
    for settled in range(settlements):
        answer.hangs_on_table |= levels[0, settled] != levels[count - 1, settled]
    return levels


@jit
def _matters(j: int, levels: Array) -> bool:
    """Return whether an open activity changes a level for some way of settling the others."""
    for settled in range(levels.shape[1]):
        for k in range(len(levels)):
            if levels[k, settled] != levels[k, settled | 1 << j]:
                return True
    return False


# ---------------------------------------------------------------------------------------------------------
# Many open activities.


@jit
def _levels_in_favor(credential: Row, answer: Row, opened: int, own: Own, job: Job) -> int:
    """Find the levels of the tables, as one number, if the listed open activities are confirmed; -1 if not known here.

    Entries that are compared with others may matter together although each adds nothing; then the levels of those kept
    are not those of all, and the scalar path lists the questions.
    """
    first, second, count = tables_of(credential)
    levels = 0
    for k in range(count):
        table = job.tables[first if k == 0 else second]
        chosen, proof = proof_if(table, k, answer.accepted, opened, ALL, own, job)
        level = level_of(table, job.items[k], chosen, proof, job)
        if level == UNKNOWN:
            return NOT_KNOWN
        levels = 2 * levels + level
    return levels


@jit
def _keep_helpful(credential: Row, answer: Row, opened: int, own: Own, job: Job) -> int:
    """Keep, of many open activities, those that could matter, and count them.

    An activity that adds nothing to the certain ones never will; if no point is missing, it may keep another whole.
    If entries are compared with others, it may still matter when all others are confirmed.
    """
    first, second, count = tables_of(credential)
    helps = np.zeros(opened, dtype=np.bool_)
    for k in range(count):
        table = job.tables[first if k == 0 else second]
        chosen, proof = proof_if(table, k, answer.accepted, opened, NONE, own, job)
        _mark_adding(table, k, chosen, short_of(table, proof), helps, job)
        if own.loud:
            chosen, proof = proof_if(table, k, answer.accepted, opened, ALL, own, job)
            _mark_missed(table, k, chosen, short_of(table, proof), helps, job)
    helpful = 0
    for j in range(opened):
        if helps[j]:
            job.lists[OPEN, helpful], job.lists[REASON, helpful] = job.lists[OPEN, j], job.lists[REASON, j]
            helpful += 1
    return helpful


@jit
def _mark_adding(table: Row, k: int, chosen: Array, short: int, helps: Array, job: Job) -> None:
    """Mark the open activities that reduce the shortfall if they are added to those that count; equal ones once."""
    items, desk, size, last, adds = job.items[k], job.desks[0], len(chosen), -1, False
    for j in range(len(helps)):
        i = job.lists[OPEN, j]
        if last < 0 or not _bring_the_same(items[i], items[last]):
            job.lists[CHOSEN, size], last = i, i
            adds = short_of(table, proof_of(table, items, job.lists[CHOSEN, :size + 1], desk)) < short
            adds |= short == 0 and items[i].mask != 0
        helps[j] |= adds


@jit
def _mark_missed(table: Row, k: int, chosen: Array, short: int, helps: Array, job: Job) -> None:
    """Mark the open activities that increase the shortfall if they are left out of all that may count."""
    items, desk, size, last, missed = job.items[k], job.desks[0], len(chosen), -1, False
    for j in range(len(helps)):
        i = job.lists[OPEN, j]
        if last < 0 or not _bring_the_same(items[i], items[last]):
            last = i
            _put_last(i, chosen)
            missed = short_of(table, proof_of(table, items, chosen[:size - 1], desk)) > short
        helps[j] |= missed


@jit
def _put_last(i: int, chosen: Array) -> None:
    """Swap an activity with the last one of a list."""
    for place in range(len(chosen)):
        if chosen[place] == i:
            chosen[place], chosen[-1] = chosen[-1], chosen[place]


@jit
def _bring_the_same(one: Row, other: Row) -> bool:
    """Return whether two activities bring the same to a table."""
    return bool(one.points == other.points and one.mask == other.mask and one.cap == other.cap)
