"""The relation of two entries under one title: the same, alike, or further apart in time."""

from __future__ import annotations

from cmprules.batch._compiling import jit
from cmprules.batch._kernel.records import Array, Records, Row


@jit
def is_same(one: Row, other: Row, activities: Records) -> bool:
    """Return whether two members agree in day, kind, points and provider, and are not in different sessions."""
    first, second = activities[one.place], activities[other.place]
    return bool(one.provider == other.provider and first.day == second.day and first.kind == second.kind
                and first.points == second.points and not are_apart(one, other))


@jit
def are_apart(one: Row, other: Row) -> bool:
    """Return whether two members name different sessions."""
    return bool(one.session != other.session and one.session >= 0 and other.session >= 0)


@jit
def agree(one: Row, other: Row) -> bool:
    """Return whether two members' providers agree (no provider agrees with any), and not in different sessions."""
    providers = one.provider == other.provider or one.provider < 0 or other.provider < 0
    return bool(providers and not are_apart(one, other))


@jit
def is_near(one: Row, other: Row, activities: Records) -> bool:
    """Return whether two members on close days are the same or alike: their points or providers agree."""
    points = activities[one.place].points == activities[other.place].points
    return bool(agree(one, other) or (points and not are_apart(one, other)))


@jit
def is_related(earlier: Row, later: Row, activities: Records, close: int) -> bool:
    """Return whether two members are the same or alike, or of one provider."""
    days = days_between(earlier, later, activities)
    return is_near(earlier, later, activities) if days <= close else agree(earlier, later)


@jit
def days_between(earlier: Row, later: Row, activities: Records) -> int:
    """Count the days from one member to another."""
    return int(activities[later.place].day - activities[earlier.place].day)


@jit
def first_of(chain: Array, k: int) -> int:
    """Find the first member of a chain, and shorten the path to it."""
    while chain[k] != k:
        chain[k] = chain[chain[k]]
        k = chain[k]
    return k


@jit
def join(chain: Array, k: int, other: int) -> None:
    """Join two chains of members; the result begins with the earlier of their first members."""
    one, two = first_of(chain, k), first_of(chain, other)
    chain[max(one, two)] = min(one, two)


@jit
def end_of_title(members: Records, begin: int) -> int:
    """Find the end of the members under one title, given the first."""
    end = begin + 1
    while end < len(members) and members[end].title == members[begin].title:
        end += 1
    return end
