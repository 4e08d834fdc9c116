"""What each activity can bring to a table."""

from __future__ import annotations

from cmprules.batch._compiling import inlined, jit
from cmprules.batch._kernel.records import UNCAPPED, Array, Job, Own, Row


@inlined
def serve(table: Row, own: Own, chosen: Array, k: int, job: Job) -> None:
    """Write what some activities of a holder can bring to a table, the first or the second."""
    activities, items, kinds, units = own.activities, job.items[k], job.kinds, job.units
    for i in chosen:
        activity, item = activities[i], items[i]
        kind = kinds[activity.kind]
        item.mask = mask_of(table, activity.areas, kind)
        item.cap, item.points = table.cap_of[activity.kind], activity.points
        item.day, item.place = activity.day, own.first + i
        item.grade = max(kind.grade, units[activity.unit].grade)
        if item.cap != UNCAPPED:
            item.grade = max(item.grade, table.cap_grades[item.cap])


@jit
def mask_of(table: Row, areas: int, kind: Row) -> int:
    """Find the mandatory areas of a table that an activity may serve."""
    mask = 0
    for bit in range(0 if areas == 0 or kind.pool_only else table.width):
        if areas >> table.area_of[bit] & 1:
            mask |= 1 << bit
    return mask
