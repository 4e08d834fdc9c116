"""Before deciding: find the activities of a holder that share a title, and those that may be one activity."""

from __future__ import annotations

import numpy as np

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.borrowing import borrowed, borrowed_people
from cmprules.batch._kernel.records import FIRST, Array, Identity, Own, People, Records
from cmprules.batch._kernel.relating import days_between, end_of_title, first_of, is_near, join
from cmprules.batch._loops import longest

MOVED_ONE_BY_ONE = 16
"""Up to this number of members, sort by insertion: it needs no memory, but the square of their number in steps."""


@jit
def mark_shared(bounds: Array, titles: Array, latest: Array, shared: Array, member_bounds: Array) -> None:
    """Mark and count the activities that share their title (a number; below zero: none) with another of their holder.

    `latest` has room for the last holder of each title, at first no one (-1), and for the place.
    """
    for holder in range(len(bounds) - 1):
        for place in range(bounds[holder], bounds[holder + 1]):
            title = titles[place]
            if title >= 0:
                if latest[0, title] == holder:
                    shared[place] = shared[latest[1, title]] = True
                latest[0, title], latest[1, title] = holder, place
        member_bounds[holder + 1] = member_bounds[holder]
        for place in range(bounds[holder], bounds[holder + 1]):
            member_bounds[holder + 1] += shared[place]


@jit
def gather(people: People, texts: Array, shared: Array, kinds: Records, identity: Identity) -> None:
    """Write the members of every holder by title and day, and mark those that may be one activity.

    Members that are the same or alike share their areas.  `texts` has for each activity the numbers of its title, its
    provider and its session.
    """
    room = np.empty(longest(people.member_bounds), dtype=np.int64)
    people, texts, shared, kinds = borrowed_people(people), borrowed(texts), borrowed(shared), borrowed(kinds)
    for holder in range(len(people.loud)):
        first, last = people.member_bounds[holder], people.member_bounds[holder + 1]
        if first < last:
            begin, end = people.bounds[holder], people.bounds[holder + 1]
            own = Own(people.activities[begin:end], begin, people.members[first:last], people.loud[holder])
            _write_members(own, texts[:, begin:end], shared[begin:end], room)
            people.loud[holder] = _find_loud(own, kinds, identity.alike_days, room)


@jit
def _write_members(own: Own, texts: Array, shared: Array, room: Array) -> None:
    """Write the members of a holder, in order."""
    size, titles = 0, texts[0]
    for place in range(len(own.activities)):
        if shared[place]:
            room[size] = place
            size += 1
    places = room[:size]
    if size > MOVED_ONE_BY_ONE:
        _sort(places, titles, own.activities)
    else:
        _move_into_order(places, titles, own.activities)
    for k in range(size):
        place = places[k]
        own.members[k].place, own.members[k].title = place, titles[place]
        own.members[k].provider, own.members[k].session = texts[1, place], texts[2, place]
        own.members[k].areas = own.activities[place].areas


@jit
def _move_into_order(places: Array, titles: Array, activities: Records) -> None:
    """Sort activities by title and day, otherwise in their given order, by insertion."""
    for k in range(1, len(places)):
        moved, here = places[k], k
        while here > 0 and _stands_before(moved, places[here - 1], titles, activities):
            places[here] = places[here - 1]
            here -= 1
        places[here] = moved


@jit
def _stands_before(one: int, other: int, titles: Array, activities: Records) -> bool:
    """Return whether an activity has a smaller title than another, or an earlier day under the same title."""
    if titles[one] != titles[other]:
        return bool(titles[one] < titles[other])
    return bool(activities[one].day < activities[other].day)


@jit
def _sort(places: Array, titles: Array, activities: Records) -> None:
    """Sort many activities by title and day, otherwise in their given order."""
    keys = np.empty(len(places), dtype=np.int64)
    for k in range(len(places)):
        keys[k] = activities[places[k]].day
    places[:] = places[np.argsort(keys, kind="mergesort")]
    for k in range(len(places)):
        keys[k] = titles[places[k]]
    places[:] = places[np.argsort(keys, kind="mergesort")]


@jit
def _find_loud(own: Own, kinds: Records, close: int, room: Array) -> bool:
    """Mark the members that may be one activity; those that are the same or alike share their areas."""
    begin, loud = FIRST, False
    while begin < len(own.members):
        end = end_of_title(own.members, begin)
        if _may_be_one(begin, end, own, kinds, close):
            loud = True
            for k in range(begin, end):
                own.members[k].loud = True
            _share_areas(begin, end, own, close, room)
        begin = end
    return loud


@jit
def _may_be_one(begin: int, end: int, own: Own, kinds: Records, close: int) -> bool:
    """Return whether two members under one title are on close days, or of kinds whose repeats may not count."""
    repeats = 0
    for k in range(begin, end):
        repeats += kinds[own.activities[own.members[k].place].kind].open_again
        if k > begin and days_between(own.members[k - 1], own.members[k], own.activities) <= close:
            return True
    return repeats > 1


@jit
def _share_areas(begin: int, end: int, own: Own, close: int, chain: Array) -> None:
    """Let the members that are the same or alike, in chains, share their areas."""
    members, activities = own.members, own.activities
    for k in range(begin, end):
        chain[k], other = k, k - 1
        while other >= begin and days_between(members[other], members[k], activities) <= close:
            if is_near(members[other], members[k], activities):
                join(chain, k, other)
            other -= 1
    for k in range(begin, end):
        first = members[first_of(chain, k)].place
        activities[first].areas |= activities[members[k].place].areas
    for k in range(begin, end):
        activities[members[k].place].areas = activities[members[first_of(chain, k)].place].areas
