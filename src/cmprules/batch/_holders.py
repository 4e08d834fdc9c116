"""Whose is what: the holders of a part, their credentials, activities and own placements."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules.batch._columns import Activities, Credentials, Given, Names, Words, names_of, taken, words_of
from cmprules.batch._kernel import ACTIVITY, NO_DAY, Array, People, blank
from cmprules.batch._loops import count_and_place, fill_activities, mark_alike

NOBODY = -1


class Grouped:
    """Rows in the order of their holders, and within one in the order of the table."""

    def __init__(self, holder: Array, count: int) -> None:
        self.holder = holder
        self.bounds = np.zeros(count + 1, dtype=np.int64)
        self.order = np.empty(int((holder >= 0).sum()), dtype=np.int64)
        count_and_place(holder, self.bounds, self.order)

    def rows_of(self, holder: int) -> list[int]:
        """List the rows of a holder."""
        rows: list[int] = self.order[self.bounds[holder]:self.bounds[holder + 1]].tolist()
        return rows


class Holders:
    """The holders of a part by number, and which rows are whose.

    A credential without a holder belongs to a holder of its own, who will be refused.  What belongs to somebody without
    a credential is nobody's.
    """

    def __init__(self, credentials: Credentials, activities: Activities, placements: Given | None) -> None:
        names = credentials.holders.values
        whose = credentials.holders.codes.astype(np.int64)
        nameless = whose < 0
        whose[nameless] = len(names) + np.arange(nameless.sum())
        self.count = len(names) + int(nameless.sum())
        self.names = names

        self.given = {"credentials": credentials.given, "activities": activities.given}
        self.rows = {"credentials": Grouped(whose, self.count),
                     "activities": Grouped(_owners(activities.holders, names), self.count)}
        if placements is not None:
            self.given["placements"] = placements
            self.rows["placements"] = Grouped(_owners(names_of(placements.table, "holder"), names), self.count)


def _owners(holders: Names, names: pa.Array) -> Array:
    """Number holders by their place among those who have credentials."""
    owner = pc.fill_null(pc.index_in(holders.values, value_set=names), NOBODY).to_numpy()
    return np.append(owner, NOBODY)[holders.codes]


def people_of(activities: Activities, rows: Grouped) -> tuple[People, Array]:
    """Put the activities of each holder side by side; the second array says which rows of the table read well.

    Duplicates do not count, and hand their areas on.
    """
    own, well_read = blank(len(rows.order), ACTIVITY), np.zeros(len(rows.holder), dtype=np.bool_)
    fill_activities(rows.order, activities.rows, activities.meanings, own, well_read)
    people = People(bounds=rows.bounds, activities=own, id_starts=activities.ids.starts,
                    letters=activities.ids.letters, rows=rows.order)
    for group in _same(people, activities.given.table, rows.holder):
        kept = min(group)[1]
        members = [place for _, place in group]
        own.areas[kept] = np.bitwise_or.reduce(own.areas[members])
        own.duplicate[[place for place in members if place != kept]] = True
    for doubt in activities.doubts:
        well_read &= doubt
    return people, well_read


def _same(people: People, table: pa.Table, holder: Array) -> list[list[tuple[str, int]]]:
    """Group activities entered twice: equal title and provider but for case and spaces, same day, kind and points."""
    own, alike = people.activities, np.zeros(len(people.rows), dtype=np.bool_)
    with np.errstate(over="ignore"):
        mark_alike(people.bounds, own, NO_DAY, alike)
    places = np.flatnonzero(alike)
    rows = people.rows[places]
    named = taken(table.select([name for name in ("id", "title", "provider") if name in table.column_names]), rows)
    keys = [holder[rows], own.day[places], own.kind[places], own.points[places],
            *(_numbered(words_of(named, name)) for name in ("title", "provider"))]
    _, group, sizes = np.unique(np.array(keys, dtype=np.int64), axis=1, return_inverse=True, return_counts=True)
    group = group.ravel()  # NumPy 2.0 has a row for each axis
    several = np.flatnonzero(sizes[group] > 1)
    ids = named.column("id").take(pa.array(several)).to_pylist()
    groups: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for number, name, place in zip(group[several].tolist(), ids, places[several].tolist(), strict=True):
        groups[number].append((str(name), place))
    return [*groups.values()]


def _numbered(texts: Words) -> Array:
    """Give texts that are equal but for case and spaces the same number, each distinct one being looked at once."""
    number: dict[object, int] = {None: 0}
    return texts.map(lambda text: number.setdefault(_folded(text), len(number)), 0)


def _folded(text: object) -> object:
    """Take a text without case and spaces; what is no text will be refused elsewhere."""
    return "".join(text.split()).casefold() if isinstance(text, str) else None
