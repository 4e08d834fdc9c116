"""What would close a shortfall of the mandatory areas, from the sums of its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def closing_sets(shorts: Sequence[int], within: int) -> tuple[tuple[int, int], ...]:
    """Find the sets of areas that new points have to satisfy, and how many points each needs at least.

    A set needs what it asks for less what may serve any area of it.  Where smaller sets of it, none sharing an area
    with another, need as much together, it follows from these and is left out.  New points of kinds without a cap, each
    placed in one area, close the shortfall exactly if every set that is left has what it needs.

    Args:
        shorts: for every set of areas (area 0 being bit 0), what it needs less what may serve any of it, in hundredths.
        within: the smallest set of those with the largest difference; what has to be satisfied lies within it.

    Returns:
        The sets as bits, each with its hundredths; the smaller ones first, then in the order of the table.

    >>> closing_sets((0, 100, 0, 100), 1)       # the first of two areas needs a point, and so do both together
    ((1, 100),)
    >>> closing_sets((0, 0, 0, 100), 3)         # the two need a point together
    ((3, 100),)
    """
    owed = [0] * len(shorts)
    found = []
    for areas in sorted((*_parts(within), within)):
        follows = max([owed[part] + owed[areas ^ part] for part in _parts(areas)])
        if areas and shorts[areas] > follows:
            found.append((areas, shorts[areas]))
        owed[areas] = max(shorts[areas], follows)
    return tuple(sorted(found, key=lambda pair: (pair[0].bit_count(), _positions(pair[0]))))


def _parts(areas: int) -> Iterator[int]:
    """List the parts of a set that are smaller than it, the empty one included."""
    part = (areas - 1) & areas
    while part:
        yield part
        part = (part - 1) & areas
    yield 0


def _positions(areas: int) -> tuple[int, ...]:
    return tuple(bit for bit in range(areas.bit_length()) if areas >> bit & 1)
