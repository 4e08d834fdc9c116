"""The new points that would close a shortfall of the mandatory areas, from the sums of its proof."""

from __future__ import annotations

from collections.abc import Sequence

from cmprules._rules.placing.sets import areas_of


def closing_sets(shorts: Sequence[int], within: int) -> tuple[tuple[int, int], ...]:
    """Find the sets of areas that new points must satisfy, and the smallest number of points for each.

    A set needs its requirement minus the points that may serve any of its areas.  If disjoint smaller sets inside it
    need as much together, it follows from these and is left out.  New points of uncapped kinds, each placed in one
    area, close the shortfall exactly if every remaining set gets what it needs.

    Args:
        shorts: for every set of areas (area 0 is bit 0), its need minus the points that may serve any of them, in
            hundredths.
        within: the smallest of the sets with the largest difference; all sets to satisfy are inside it.

    Returns:
        The sets as bits, each with its hundredths; smaller sets first, then in the order of the table.

    >>> closing_sets((0, 100, 0, 100), 1)       # the first of two areas needs a point, and so do both together
    ((1, 100),)
    >>> closing_sets((0, 0, 0, 100), 3)         # the two need a point together
    ((3, 100),)
    """
    owed, found, areas = {0: 0}, list[tuple[int, int]](), 0
    while areas != within:
        areas = (areas - within) & within  # the next set inside it: after all that are inside this one
        follows = max([points + owed[areas ^ part] for part, points in found if not part & ~areas], default=0)
        if shorts[areas] > follows:
            found.append((areas, shorts[areas]))
        owed[areas] = max(shorts[areas], follows)
    return tuple(sorted(found, key=lambda pair: (pair[0].bit_count(), areas_of(pair[0]))))
