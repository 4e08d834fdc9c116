"""Loops over rows for which NumPy has no function."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from cmprules.batch._compiling import inlined, jit

Array = np.ndarray[Any, np.dtype[Any]]

_BASIS, _PRIME = np.uint64(14695981039346656037), np.uint64(1099511628211)
_ZERO, _BYTE, _WORD = np.uint64(0), np.uint64(8), 8


# ---------------------------------------------------------------------------------------------------------
# Names: ids, holders, titles.  The bytes of a name are at `starts[row]` to `starts[row + 1]`.


@jit
def look_at_names(starts: Array, letters: Array, plain: Array) -> None:
    """Return which names are surely not blank, judging by the first byte."""
    for row in range(len(plain)):
        begin = letters[starts[row]] if starts[row + 1] > starts[row] else 0
        plain[row] = 32 < begin < 127 or (begin > 0xC2 and not 0xE1 <= begin <= 0xE3)


@jit
def _hash(starts: Array, letters: Array, row: int) -> Any:
    mixed = _BASIS
    for place in range(starts[row], starts[row + 1]):
        mixed = (mixed ^ np.uint64(letters[place])) * _PRIME
    return mixed


@jit
def hash_names(starts: Array, letters: Array, hashes: Array) -> None:
    """Hash every name."""
    for row in range(len(hashes)):
        hashes[row] = _hash(starts, letters, row)


# ---------------------------------------------------------------------------------------------------------
# The rows of each holder.


@jit
def count_and_place(numbers: Array, bounds: Array, order: Array) -> None:
    """Sort rows by a number (none if negative), keeping the order of the table; return where each number begins."""
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


@jit
def longest(bounds: Array) -> int:
    """Return the largest number of rows of one holder; a holder's rows begin at one bound and end at the next."""
    most = 0
    for holder in range(len(bounds) - 1):
        most = max(most, bounds[holder + 1] - bounds[holder])
    return most


@jit
def _slots(bounds: Array) -> int:
    """Return the size of a hash table for the rows of any holder: a power of two, at most half full."""
    slots = 2
    while slots < 2 * longest(bounds):
        slots *= 2
    return slots


@jit
def _seat(key: Any, holder: int, keys: Array, owners: Array) -> int:
    """Find the slot of a holder's key: the one that has it, or the next free one."""
    last = np.uint64(len(keys) - 1)
    slot = (key ^ (key >> np.uint64(29))) & last
    while owners[slot] == holder and keys[slot] != key:
        slot = (slot + np.uint64(1)) & last
    return int(slot)


@inlined
def _byte(letters: Array, end: int, back: int) -> Any:
    """Take a byte by its distance from the end of a name, shifted to its place in a number of eight bytes."""
    return np.uint64(letters[np.uint64(end) - np.uint64(back)]) << np.uint64(8 * (back - 1))


@inlined
def _ending(begin: int, end: int, letters: Array) -> Any:
    """Read the last eight bytes of a name as one number; of a shorter name, all of them."""
    if end < _WORD:
        number = _ZERO
        for place in range(begin, end):
            number = number << _BYTE | np.uint64(letters[place])
        return number
    number = (  # written out, this is compiled to one instruction
        _byte(letters, end, 8) | _byte(letters, end, 7) | _byte(letters, end, 6) | _byte(letters, end, 5)
        | _byte(letters, end, 4) | _byte(letters, end, 3) | _byte(letters, end, 2) | _byte(letters, end, 1))
    length = end - begin
    return number if length >= _WORD else number & (np.uint64(1) << np.uint64(8 * length)) - np.uint64(1)


@jit
def _ascend(first: int, last: int, order: Array, starts: Array, letters: Array) -> bool:
    """Return whether the ending of every id, as a number, is larger than that of the one before: none is repeated."""
    before = _ZERO
    for place in range(first, last):
        row = order[place]
        number = _ending(starts[row], starts[row + 1], letters)
        if place > first and number <= before:
            return False
        before = number
    return True


@jit
def mark_repeated(bounds: Array, order: Array, starts: Array, letters: Array, found: Array) -> None:
    """Mark every holder with two rows whose ids have the same hash; holders with repeated ids are among them.

    Ids whose endings ascend, as most do, need no hashes.
    """
    slots = _slots(bounds)
    keys, owners = np.zeros(slots, dtype=np.uint64), np.full(slots, -1, dtype=np.int64)
    for holder in range(len(bounds) - 1):
        first, last = bounds[holder], bounds[holder + 1]
        if not _ascend(first, last, order, starts, letters):
            for place in range(first, last):
                key = _hash(starts, letters, order[place])
                slot = _seat(key, holder, keys, owners)
                found[holder] |= owners[slot] == holder
                keys[slot], owners[slot] = key, holder


@jit
def mark_alike(bounds: Array, activities: Any, no_day: int, found: Array) -> None:
    """Mark every activity that shares day, kind and points with another of its holder; duplicates are among them."""
    slots = _slots(bounds)
    keys, owners = np.zeros(slots, dtype=np.uint64), np.full(slots, -1, dtype=np.int64)
    places = np.zeros(slots, dtype=np.int64)
    for holder in range(len(bounds) - 1):
        for place in range(bounds[holder], bounds[holder + 1]):
            day, kind, points = activities[place].day, activities[place].kind, activities[place].points
            if day != no_day:
                key = np.uint64((np.int64(day) - no_day << 30) + (np.int64(kind) << 22) + points) * _PRIME
                slot = _seat(key, holder, keys, owners)
                if owners[slot] == holder:
                    found[place] = True
                    found[places[slot]] = True
                keys[slot], owners[slot], places[slot] = key, holder, place


@jit
def mark_different(bounds: Array, values: Array, found: Array) -> None:
    """Mark every holder whose rows differ in a value."""
    for holder in range(len(bounds) - 1):
        for row in range(bounds[holder] + 1, bounds[holder + 1]):
            if values[row] != values[bounds[holder]]:
                found[holder] = True


@jit
def mark_further(order: Array, together: Array, ends: Array, latest: Array, further: Array) -> None:
    """Mark, of the credentials that share an application, all except the first in the table.

    `order` has the rows sorted by who may share (`together`, -1: no one), then by end; each application includes the
    credentials that end by `latest` of its earliest.
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


# ---------------------------------------------------------------------------------------------------------
# Activities, by the numbers of their words.


class Rows(NamedTuple):
    """The contents of activity rows: days, bits of areas, and the words for kind, unit and amount by number."""

    days: Array
    areas: Array
    kinds: Array
    units: Array
    amounts: Array


class Meanings(NamedTuple):
    """The meaning of the words: the kind of each; the points of each amount, with a row for each value of a unit.

    For a kind and a word for a unit, `worths` gives that row (-1: the unit does not fit), and `units` gives the unit.
    The last entry of each is for an empty cell.
    """

    kinds: Array
    worths: Array
    units: Array
    points: Array


@jit
def fill_activities(order: Array, rows: Rows, meanings: Meanings, own: Any, well_read: Array) -> None:
    """Fill the records of activities in the given order; `well_read` marks readable rows with points above zero."""
    for place in range(len(order)):
        row = order[place]
        kind, areas, points = meanings.kinds[rows.kinds[row]], rows.areas[row], 0
        worth = meanings.worths[kind, rows.units[row]]
        if kind >= 0 and worth >= 0:
            points = meanings.points[worth, rows.amounts[row]]
        own[place].day, own[place].kind, own[place].points = rows.days[row], kind, points
        own[place].areas, own[place].unit = max(areas, 0), meanings.units[kind, rows.units[row]]
        well_read[row] = points > 0 and areas >= 0


@jit
def fill_areas(starts: Array, bits: Array, areas: Array) -> None:
    """Gather the areas of each list as bits; -1 if an area is unknown (no bit) or repeated."""
    for row in range(len(areas)):
        for place in range(starts[row], starts[row + 1]):
            if bits[place] <= 0 or areas[row] < 0 or areas[row] & bits[place]:
                areas[row] = -1
            else:
                areas[row] |= bits[place]
