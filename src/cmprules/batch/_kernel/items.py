"""What each activity can bring to a table."""

from __future__ import annotations

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.records import UNCAPPED, Array, Job, Own, Row


@jit
def serve(table: Row, own: Own, chosen: Array, k: int, job: Job) -> None:
    """Write what some activities of a holder can bring to a table, the first or the second."""
    for i in chosen:
        activity, item = own.activities[i], job.items[k][i]
        kind = job.kinds[activity.kind]
        item.mask = mask_of(table, activity.areas, kind)
        item.cap, item.points = table.cap_of[activity.kind], activity.points
        item.day, item.place = activity.day, own.first + i
        item.grade = max(kind.grade, job.units[activity.unit].grade)
        if item.cap != UNCAPPED:
            item.grade = max(item.grade, table.cap_grades[item.cap])


@jit
def mask_of(table: Row, areas: int, kind: Row) -> int:
    """Find the mandatory areas of a table that an activity may serve."""
    left = 0 if kind.pool_only else areas
    mask, area = 0, 0
    while left:
        if left & 1 and table.bit_of[area] >= 0:
            mask |= 1 << table.bit_of[area]
        left >>= 1
        area += 1
    return mask
