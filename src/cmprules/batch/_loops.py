"""Loops over rows that numpy has no word for."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

__all__ = ["count_and_place", "look_at_ids", "mark_different", "mark_further", "mark_repeated", "mark_same_sums"]

Array = np.ndarray[Any, np.dtype[Any]]

_jit = numba.njit(cache=True, nogil=True)

_NO_DAY = -(2**31)


@_jit
def look_at_ids(starts: Array, letters: Array, plain: Array, hashes: Array) -> None:
    """Hash every id, and say which of them surely are no blanks: by the first byte, none of which begins a space."""
    for row in range(len(hashes)):
        mixed = np.uint64(14695981039346656037)
        for place in range(starts[row], starts[row + 1]):
            mixed = (mixed ^ np.uint64(letters[place])) * np.uint64(1099511628211)
        hashes[row] = mixed
        begin = letters[starts[row]] if starts[row + 1] > starts[row] else 0
        plain[row] = 32 < begin < 127 or (begin > 0xC2 and not 0xE1 <= begin <= 0xE3)


@_jit
def count_and_place(numbers: Array, bounds: Array, order: Array) -> None:
    """Order rows by a number (none if negative), in the order of the table within it; say where each begins."""
    for number in numbers:
        if number >= 0:
            bounds[number + 1] += 1
    for number in range(1, len(bounds)):
        bounds[number] += bounds[number - 1]
    place = bounds.copy()
    for row in range(len(numbers)):
        if numbers[row] >= 0:
            order[place[numbers[row]]] = row
            place[numbers[row]] += 1


@_jit
def mark_same_sums(bounds: Array, days: Array, kinds: Array, points: Array, found: Array) -> None:
    """Mark every activity that shares day, kind and points with another of its holder: duplicates are among them."""
    for holder in range(len(bounds) - 1):
        first, last = bounds[holder], bounds[holder + 1]
        if last - first < 2:
            continue
        keys = np.empty(last - first, dtype=np.int64)
        for i in range(first, last):
            keys[i - first] = (np.int64(days[i]) - _NO_DAY << 30) + (np.int64(kinds[i]) << 20) + points[i]
        order = np.argsort(keys)
        for j in range(1, len(order)):
            here, there = first + order[j], first + order[j - 1]
            if keys[order[j]] == keys[order[j - 1]] and days[here] != _NO_DAY:
                found[here] = True
                found[there] = True


@_jit
def mark_repeated(bounds: Array, hashes: Array, found: Array) -> None:
    """Mark every holder of whom two rows have ids with the same hash: repeated ids are among them."""
    for holder in range(len(bounds) - 1):
        first, last = bounds[holder], bounds[holder + 1]
        if last - first > 1:
            ordered = np.sort(hashes[first:last])
            for j in range(1, len(ordered)):
                if ordered[j] == ordered[j - 1]:
                    found[holder] = True


@_jit
def mark_different(bounds: Array, values: Array, found: Array) -> None:
    """Mark every holder whose rows differ in a value."""
    for holder in range(len(bounds) - 1):
        for row in range(bounds[holder] + 1, bounds[holder + 1]):
            if values[row] != values[bounds[holder]]:
                found[holder] = True


@_jit
def mark_further(order: Array, together: Array, ends: Array, latest: Array, further: Array) -> None:
    """Mark, of the credentials that share an application, all but the one that stands first in the table.

    `order` has the rows sorted by who may share (`together`, -1: nobody), then by end; each application takes in what
    ends by `latest` of its earliest.
    """
    place = 0
    while place < len(order):
        first = order[place]
        leading = first
        place += 1
        while place < len(order) and together[first] >= 0:
            row = order[place]
            if together[row] != together[first] or ends[row] > latest[first]:
                break
            further[max(row, leading)] = True
            leading = min(row, leading)
            place += 1
