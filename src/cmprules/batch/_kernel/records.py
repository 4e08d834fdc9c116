"""What the kernel is given, what it works with, and what it finds: arrays of records, and names for their numbers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Records = Any
"""An array of records."""

Row = Any
"""One record."""

# ---------------------------------------------------------------------------------------------------------
# Bounds.

WIDTH = 7
"""The most mandatory areas that the kernel takes; a table with more goes the slow way."""

CAPS = 2
"""The most capped kinds that the kernel takes."""

MOST_OPEN = 8
"""With more open activities than these, not every way of settling them is looked at."""

MOST_WAYS = 64
"""The most ways of keeping activities whole that are tried."""

SETS = 1 << WIDTH

# ---------------------------------------------------------------------------------------------------------
# Names for numbers.

NOT_DECIDED, MET, NOT_MET, NEEDS_REVIEW, ASK = -1, 0, 1, 2, 3
"""Outcomes; `ASK` leaves the credential to the scalar path."""

UNDATED, MONTH_OF_PREVIOUS_END, END_OF_MONTH, KIND_UNCONFIRMED, UNIT_UNCONFIRMED = range(5)
DUPLICATE, LOOKS_ALIKE, REPEATED_COURSE = range(5, 8)
"""Why an activity is open."""

OUT, POSSIBLE, CERTAIN = 0, 1, 2
"""What an activity is by itself: it does not count, counts if a doubt is settled in favor of the holder, or counts."""

ACCEPTED, OPEN, REASON, CHOSEN, STATE, WHY, CONFIRMED, COUNTS = range(8)
"""Rows of `Job.lists`.

The first four are lists: the activities that count for certain, the open ones, the reasons for these in the same order,
and a choice.  The others have a figure for each activity: what it is by itself, why it is open, whether it is confirmed
in the case that is looked at, and whether it counts then.
"""

CLUSTER, GROUP, PICKED = range(3)
"""Rows of `Job.chains`: for each member the next one towards the first of its cluster, the same for its group, and a
list of members.
"""

SHORT, FULL, UNKNOWN = 0, 1, 2
"""How far a table gets."""

DIVIDED, WHOLE = 0, 1
"""Whether a placement divides an activity between two areas."""

ALL = -1
"""Every open activity is confirmed."""

NO_DAY = -(2**31)
UNCAPPED = -1
NOT_KNOWN = -1
TOTAL = WIDTH
"""The place in a vector that has all points placed; the places before it are those of the areas."""

# ---------------------------------------------------------------------------------------------------------
# What the kernel is given.

TABLE = np.dtype([
    ("width", np.int64), ("total", np.int64), ("grade", np.int64), ("needs", np.int64, WIDTH),
    ("set_needs", np.int64, SETS), ("caps", np.int64, CAPS), ("cap_grades", np.int64, CAPS),
    ("bit_of", np.int64, 31), ("cap_of", np.int64, 63),
])
"""A table: how many mandatory areas it has, what all, each, every set of them and the caps come to, its weakest grade.

`cap_grades` are those that the caps lend to what they bear on; `bit_of` says which bit an area is, `cap_of` under which
of the caps a kind comes, -1 for none.
"""

KIND = np.dtype([("established", np.bool_), ("pool_only", np.bool_), ("done_from", np.int64), ("done_until", np.int64),
                 ("grade", np.int64), ("open_again", np.bool_), ("again_grade", np.int64), ("bounded", np.bool_)])
"""A kind of activity: whether its value is known, whether it is for the pool alone, when it was acceptable.

`open_again` says that it is open whether a repeat counts, `again_grade` is the grade of the row that says so, and
`bounded` that the kind has a cap or is for the pool alone.
"""

UNIT = np.dtype([("doubted", np.bool_), ("grade", np.int64)])
"""A unit: whether its worth is in doubt, and the grade that it lends to what is placed."""

ACTIVITY = np.dtype([("day", np.int32), ("points", np.int32), ("areas", np.int32), ("kind", np.int8), ("unit", np.int8),
                     ("duplicate", np.bool_)])
"""An activity.  What is the same as others, or alike, has the areas of all of them."""

MEMBER = np.dtype([*((name, np.int32) for name in ("place", "title", "provider", "session")), ("loud", np.bool_)])
"""An activity with a title that another one of its holder has: its place among the holder's activities.

Those under one title stand together, by day.  The `loud` ones may be one activity; the others are so far apart, and of
such kinds, that all count.  Provider and session are -1 where none is named.
"""

CREDENTIAL = np.dtype([(name, np.int64) for name in (
    "holder", "table", "table_today", "grade", "first", "last", "doubtful_first", "doubtful_last", "odd_last",
    "odd_grade")])
"""A credential to decide: whose, by which tables (-1: none; today's only once expired), the weakest grade of them and
of what they were chosen by, the first and last day that count and that are in doubt.

The days up to `odd_last` count only if the end is meant as it is written; `odd_grade` is the grade of the row on that.
"""

ANSWER = np.dtype([*((name, np.int64) for name in (
    "outcome", "table", "short", "short_if_confirmed", "mandatory_short", "proof", "usable", "grade", "accepted")),
    ("hangs_on_table", np.bool_)])
"""What the kernel finds.

`mandatory_short` and `proof` are the shortfall of the mandatory areas and the set that proves it, `usable` all points
after caps, `accepted` the number of activities that count.
"""


class Identity(NamedTuple):
    """How entries under one title are compared, and how sure the rows are that say so.

    Attributes:
        alike_days: how many days apart entries may be that look alike.
        same_grade: the grade of the row about entries that are the same.
        alike_grade: that of the row about those that look alike.
        weakest: the weakest grade of these rows, and of those on repeats.
    """

    alike_days: int
    same_grade: int
    alike_grade: int
    weakest: int


class People(NamedTuple):
    """The activities of some holders, those of each side by side from `bounds[holder]` on.

    The id of an activity is `letters` from `id_starts[row]` on, `rows` saying which row of the table it was.  The
    activities that share a title are `members` from `member_bounds[holder]` on; `loud` says who has loud ones.
    """

    bounds: Array
    activities: Records
    id_starts: Array
    letters: Array
    rows: Array
    member_bounds: Array
    members: Records
    loud: Array


def blank(count: int | tuple[int, int], kind: np.dtype[Any]) -> Records:
    """Make room for some records, all of them zero."""
    return np.zeros(count, dtype=kind).view(np.recarray)  # whose records have attributes without the compiler too


# ---------------------------------------------------------------------------------------------------------
# What it works with.

ITEM = np.dtype([(name, np.int64) for name in ("points", "mask", "cap", "day", "grade", "place", "kept_in")])
"""What an activity can bring to a table: points, a set of areas, the cap of its kind; its day, grade and place.

`kept_in` is the one area of the set that it has in a known way of keeping every activity whole.
"""

MARK = np.dtype([(name, np.int64) for name in ("kind", "entries", "shown", "areas")]
                + [(name, np.bool_) for name in ("several", "bounded", "brings", "varied", "limited", "joined")])
"""What is known of a member, and of the cluster and the group of which it is the first.

Of the cluster: its kind, the number of its entries, whether it has several kinds (`several`) and a bounded one
(`bounded`), and whether it brings points.  Of the group: who is shown for all, the areas that all may serve, and again
whether there are several kinds (`varied`) and a bounded one (`limited`); `joined` says that it has several clusters.
"""

DESK = np.dtype([
    ("within", np.int64, (CAPS + 1, SETS)), ("supply", np.int64, SETS), ("left", np.int64, WIDTH),
    ("needs", np.int64, WIDTH), ("sums", np.int64, SETS), ("caps", np.int64, CAPS),
    ("rest", np.int64, (CAPS + 1, SETS)), ("kept", np.int64, (CAPS + 1, SETS)), ("brought", np.int64, CAPS),
    ("owed", np.int64, SETS),
])
"""Sums over sets of areas: what serves nothing but areas of a set (of no cap first, then of each), what may serve any.

Of a placement in the making: what each area still needs, `sums` that of every set, `caps` what the caps leave, `rest`
and `brought` what the activities not yet placed bring to every set and in all, `kept` what they do if each is kept in
the one area that is known; `owed` is what they cannot bring to it.
"""


class Job(NamedTuple):
    """What holds for every credential, and room to work in.

    Attributes:
        id_starts: the id of an activity is `letters` from `id_starts[row]` on.
        rows: which row of the table an activity was.
        items: for each of two tables, what the activities of one holder can bring to it.
        lists: activities of one holder, and figures about each of them; see `ACCEPTED` and the names after it.
        vectors: two placements: for each activity in its turn its points in each area, and last all that are placed.
        desks: one desk.
        chains: what joins the members of one holder to clusters and groups; see `CLUSTER`.
        marks: what is known of each member of one holder.
    """

    tables: Records
    kinds: Records
    units: Records
    identity: Identity
    id_starts: Array
    letters: Array
    rows: Array
    items: Records
    lists: Array
    vectors: Array
    desks: Records
    chains: Array
    marks: Records

    @classmethod
    def of(cls, tables: Records, kinds: Records, units: Records, identity: Identity, people: People) -> Job:
        """Make room for the holder with the most activities."""
        longest, crowd = (int(np.diff(bounds).max(initial=1)) for bounds in (people.bounds, people.member_bounds))
        return cls(tables, kinds, units, identity, people.id_starts, people.letters, people.rows,
                   blank((2, longest), ITEM), np.zeros((COUNTS + 1, longest), dtype=np.int64),
                   np.zeros((2, longest, WIDTH + 1), dtype=np.int64), blank(1, DESK),
                   np.zeros((PICKED + 1, crowd), dtype=np.int64), blank(crowd, MARK))


class Own(NamedTuple):
    """What one holder has: activities, the place of the first of them among all, and those that share a title."""

    activities: Records
    first: int
    members: Records
    loud: bool


class Proof(NamedTuple):
    """The shortfall of the mandatory areas, the smallest set of them that proves it, and all points after caps."""

    short: int
    areas: int
    usable: int
