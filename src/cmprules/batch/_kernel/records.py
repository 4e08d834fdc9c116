"""The input, working data and output of the kernel: arrays of records, and names for their numbers."""

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
"""The most mandatory areas that the kernel handles; a table with more takes the slow path."""

CAPS = 2
"""The most capped kinds that the kernel handles."""

MOST_OPEN = 8
"""With more open activities than this, not every way of settling them is tried."""

MOST_WAYS = 64
"""The most ways of keeping activities whole to try."""

SETS = 1 << WIDTH

# ---------------------------------------------------------------------------------------------------------
# Names for numbers.

NOT_DECIDED, MET, NOT_MET, NEEDS_REVIEW, ASK = -1, 0, 1, 2, 3
"""Outcomes; `ASK` leaves the credential to the scalar path."""

UNDATED, MONTH_OF_PREVIOUS_END, END_OF_MONTH, KIND_UNCONFIRMED, UNIT_UNCONFIRMED = range(5)
DUPLICATE, LOOKS_ALIKE, REPEATED_COURSE = range(5, 8)
"""The reasons why an activity is open."""

OUT, POSSIBLE, CERTAIN = 0, 1, 2
"""The state of an activity by itself: it does not count, counts if a doubt is settled in favor, or counts."""

ACCEPTED, OPEN, REASON, CHOSEN, STATE, WHY, CONFIRMED, COUNTS = range(8)
"""Rows of `Job.lists`.

The first four are lists: the activities that certainly count, the open ones, their reasons in the same order, and a
choice.  The others have a figure for each activity: its state, why it is open, whether it is confirmed in the current
case, and whether it counts then.
"""

CLUSTER, GROUP, PICKED = range(3)
"""Rows of `Job.chains`: for each member the next one towards the first of its cluster, the same for its group, and a
list of members.
"""

SHORT, FULL, UNKNOWN = 0, 1, 2
"""The levels of a table."""

DIVIDED, WHOLE = 0, 1
"""Whether a placement divides an activity between two areas."""

ALL: Any = np.int64(-1)
NONE: Any = np.int64(0)
"""Every open activity is confirmed, or none.

For a number that Python writes out, a function would be compiled once more; for one of numpy's it is not.
"""

FIRST: Any = np.int64(0)
"""The place where a walk through the members begins; a number of numpy's for the same reason."""

NO_DAY = -(2**31)
UNCAPPED = -1
NOT_KNOWN = -1
TOTAL = WIDTH
"""The place in a vector that has all points placed; the places before it are those of the areas."""

# ---------------------------------------------------------------------------------------------------------
# Input.

TABLE = np.dtype([
    ("width", np.int64), ("total", np.int64), ("grade", np.int64), ("needs", np.int64, WIDTH),
    ("set_needs", np.int64, SETS), ("caps", np.int64, CAPS), ("cap_grades", np.int64, CAPS),
    ("area_of", np.int64, WIDTH), ("cap_of", np.int64, 63),
])
"""A table: the number of its mandatory areas; its total, areas, sums of sets of areas, and caps; its weakest grade.

`cap_grades` are the grades that the caps pass on; `area_of` gives the place of each area among all areas, `cap_of` the
cap of a kind, -1 for none.
"""

KIND = np.dtype([("established", np.bool_), ("pool_only", np.bool_), ("done_from", np.int64), ("done_until", np.int64),
                 ("grade", np.int64), ("open_again", np.bool_), ("again_grade", np.int64), ("bounded", np.bool_)])
"""A kind of activity: whether its value is known, whether it counts only in the pool, when it was acceptable.

`open_again` says that it is open whether a repeat counts, `again_grade` is the grade of the row that says so, and
`bounded` says that the kind has a cap or counts only in the pool.
"""

UNIT = np.dtype([("doubted", np.bool_), ("grade", np.int64)])
"""A unit: whether its value is in doubt, and the grade that it passes on to placed points."""

ACTIVITY = np.dtype([("day", np.int32), ("points", np.int32), ("areas", np.int32), ("kind", np.int8), ("unit", np.int8),
                     ("duplicate", np.bool_)])
"""An activity.  One that is the same as others, or alike, has the areas of all of them."""

MEMBER = np.dtype([*((name, np.int32) for name in ("place", "title", "provider", "session", "areas")),
                   ("loud", np.bool_)])
"""An activity that shares its title with another of its holder: its place among the holder's activities.

Members under one title are adjacent, sorted by day.  The `loud` ones may be one activity; the others are on days and of
kinds that make all of them count.  Provider and session are -1 if none is named; `areas` are those of the entry itself.
"""

CREDENTIAL = np.dtype([(name, np.int64) for name in (
    "holder", "table", "table_today", "grade", "first", "last", "doubtful_first", "doubtful_last", "odd_last",
    "odd_grade")])
"""A credential to decide: its holder; its tables (-1: none; today's only after expiry); the weakest grade of the tables
and of the readings that chose them; the first and last day that count, and the first and last doubtful day.

The days up to `odd_last` count only if the end is meant as written; `odd_grade` is the grade of the row on that.
"""

ANSWER = np.dtype([*((name, np.int64) for name in (
    "outcome", "table", "short", "short_if_confirmed", "mandatory_short", "proof", "usable", "grade", "accepted")),
    ("hangs_on_table", np.bool_)])
"""Output.

`mandatory_short` and `proof` are the shortfall of the mandatory areas and the set that proves it, `usable` all points
after caps, `accepted` the number of activities that count.
"""


class Identity(NamedTuple):
    """How to compare entries under one title, and the grades of the rows behind it.

    Attributes:
        alike_days: the largest number of days between entries that look alike.
        same_grade: the grade of the row about entries that are the same.
        alike_grade: the grade of the row about entries that look alike.
        weakest: the weakest grade of these rows and of the rows on repeats.
    """

    alike_days: int
    same_grade: int
    alike_grade: int
    weakest: int


class People(NamedTuple):
    """The activities of some holders; those of one holder begin at `bounds[holder]`.

    The id of an activity is in `letters` from `id_starts[row]` on; `rows` gives its row in the table.  The activities
    that share a title are `members` from `member_bounds[holder]` on; `loud` says which holders have loud ones.
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
    """Make some records that are all zero."""
    return np.zeros(count, dtype=kind).view(np.recarray)  # its records have attributes even without the compiler


# ---------------------------------------------------------------------------------------------------------
# Working data.

ITEM = np.dtype([(name, np.int64) for name in ("points", "mask", "cap", "day", "grade", "place", "kept_in")])
"""What an activity can bring to a table: points, a set of areas, the cap of its kind; its day, grade and place.

`kept_in` is its one area in a known way of keeping every activity whole.
"""

MARK = np.dtype([(name, np.int64) for name in ("kind", "entries", "shown", "areas")]
                + [(name, np.bool_) for name in ("several", "bounded", "brings", "varied", "limited", "joined")])
"""The state of a member, and of the cluster and the group of which it is the first.

Of the cluster: its kind, the number of its entries, whether it has several kinds (`several`) and a bounded one
(`bounded`), and whether it brings points.  Of the group: the member shown for all, the areas of all members, and again
whether there are several kinds (`varied`) and a bounded one (`limited`); `joined` says that it has several clusters.
"""

DESK = np.dtype([
    ("within", np.int64, (CAPS + 1, SETS)), ("alone", np.int64, SETS), ("left", np.int64, WIDTH),
    ("needs", np.int64, WIDTH), ("sums", np.int64, SETS), ("caps", np.int64, CAPS),
    ("rest", np.int64, (CAPS + 1, SETS)), ("kept", np.int64, (CAPS + 1, SETS)), ("brought", np.int64, CAPS),
    ("owed", np.int64, SETS),
])
"""Sums over sets of areas: points that serve only areas of a set (without a cap, then for each cap); of the points that
serve one area and are not capped, those `alone` in it.

For a placement in progress: the remaining need of each area; `sums`, that of every set; `caps`, the room under the
caps; `rest` and `brought`, what the activities not yet placed bring to every set and in total; `kept`, what they bring
if each stays in its known area; `owed`, what they cannot bring to a set.
"""


class Job(NamedTuple):
    """The data for every credential, and working space.

    Attributes:
        id_starts: the id of an activity is `letters` from `id_starts[row]` on.
        rows: the row of each activity in the table.
        items: for each of two tables, what the activities of one holder can bring to it.
        lists: activities of one holder, and figures about each of them; see `ACCEPTED` and the names after it.
        vectors: two placements: for each activity in turn its points in each area, and then all its placed points.
        desks: one desk.
        chains: the links that join the members of one holder to clusters and groups; see `CLUSTER`.
        marks: the state of each member of one holder.
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
    """The activities of one holder, the place of the first among all activities, and those that share a title."""

    activities: Records
    first: int
    members: Records
    loud: bool


class Proof(NamedTuple):
    """The shortfall of the mandatory areas, the smallest set that proves it, and all points after caps."""

    short: int
    areas: int
    usable: int
