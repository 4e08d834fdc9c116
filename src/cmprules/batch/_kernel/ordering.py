"""The order in which activities are placed."""

from __future__ import annotations

import numpy as np

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.records import Array, Job, Records


@jit
def in_order(items: Records, accepted: Array, job: Job) -> Array:
    """Sort activities by day, then by id."""
    days = np.empty(len(accepted), dtype=np.int64)
    for place in range(len(accepted)):
        days[place] = items[accepted[place]].day
    ordered = accepted[np.argsort(days, kind="mergesort")]
    for place in range(1, len(ordered)):
        here = place
        while here > 0 and items[ordered[here]].day == items[ordered[here - 1]].day and comes_first(
                items[ordered[here]].place, items[ordered[here - 1]].place, job):
            ordered[here], ordered[here - 1] = ordered[here - 1], ordered[here]
            here -= 1
    return ordered


@jit
def comes_first(one: int, other: int, job: Job) -> bool:
    """Return whether the id of one activity comes before that of another: by code point, which is by byte in UTF-8."""
    starts, letters, row, other_row = job.id_starts, job.letters, job.rows[one], job.rows[other]
    first, second = starts[row], starts[other_row]
    length, other_length = starts[row + 1] - first, starts[other_row + 1] - second
    for place in range(min(length, other_length)):
        if letters[first + place] != letters[second + place]:
            return bool(letters[first + place] < letters[second + place])
    return bool(length < other_length)
