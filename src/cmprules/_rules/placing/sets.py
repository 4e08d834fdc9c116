"""Sets of areas as bit masks: which of them share an area, and sums over all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from struct import Struct


@lru_cache(maxsize=1024)
def sets_touching(mask: int, width: int) -> tuple[int, ...]:
    """List the sets of areas that share an area with `mask`."""
    return tuple(areas for areas in range(1 << width) if areas & mask)


@lru_cache(maxsize=64)
def sets_without(bit: int, width: int) -> tuple[int, ...]:
    """List the sets of areas that do not have one area."""
    return tuple(areas for areas in range(1 << width) if not areas >> bit & 1)


@lru_cache(maxsize=1024)
def sets_losing(mask: int, bit: int, width: int) -> tuple[int, ...]:
    """List the sets of areas that an item of `mask` no longer serves once it is assigned to one area."""
    return tuple(areas for areas in sets_without(bit, width) if areas & mask)


@lru_cache(maxsize=1024)
def areas_of(mask: int) -> tuple[int, ...]:
    return tuple(bit for bit in range(mask.bit_length()) if mask >> bit & 1)


def mask_of(needs: Iterable[int]) -> int:
    """Return the set of areas with a need."""
    return sum([1 << bit for bit, need in enumerate(needs) if need])


def sums_of(needs: Sequence[int]) -> list[int]:
    """Add up the needs of every set of areas."""
    sums = [0]
    for need in needs:
        sums += [need + before for before in sums]
    return sums


def serving(rows: Iterable[Mapping[int, int]], width: int) -> list[int]:
    """Add up the points that may serve any area of each set.

    The rows have the points that may serve exactly the areas of each mask.
    One long number holds the sums of all sets next to each other, so that one multiplication and one addition reach
    every set that the points may serve.
    """
    sums = 0
    for row in rows:
        for mask, points in row.items():
            sums += points * _once_each(mask, width)
    return list(_side_by_side(width).unpack(sums.to_bytes(_BYTES << width, "little")))


_BYTES = 8
"""Bytes for one sum: more than any number of activities needs, so sums never carry into their neighbors."""


@lru_cache(maxsize=1024)
def _once_each(mask: int, width: int) -> int:
    """Return a number with a one at the position of every set that shares an area with a mask."""
    return sum(1 << 8 * _BYTES * areas for areas in sets_touching(mask, width))


@lru_cache(maxsize=64)
def _side_by_side(width: int) -> Struct:
    """Return the layout of the sums of all sets in a number."""
    return Struct(f"<{1 << width}q")


@lru_cache(maxsize=64)
def needs_of_sets(areas: tuple[int, ...]) -> tuple[int, ...]:
    """Add up the needs of every set of areas, once for each table."""
    return tuple(sums_of(areas))
