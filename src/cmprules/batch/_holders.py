"""Whose is what: the holders of a part, their credentials, activities and own placements."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pyarrow as pa

from cmprules.batch._columns import Activities, Credentials, Given, words_of
from cmprules.batch._kernel import Array, People
from cmprules.batch._loops import count_and_place, mark_same_sums

__all__ = ["NOBODY", "Grouped", "Holders", "people_of"]

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
        number = {name: place for place, name in reversed([*enumerate(names)])}
        whose = credentials.holders.codes.astype(np.int64)
        nameless = whose < 0
        whose[nameless] = len(names) + np.arange(nameless.sum())
        self.count = len(names) + int(nameless.sum())

        def owner(name: Any) -> int:
            return int(number.get(name, NOBODY))

        self.given = {"credentials": credentials.given, "activities": activities.given}
        self.rows = {"credentials": Grouped(whose, self.count),
                     "activities": Grouped(activities.holders.map(owner, NOBODY), self.count)}
        if placements is not None:
            self.given["placements"] = placements
            self.rows["placements"] = Grouped(words_of(placements.table, "holder").map(owner, NOBODY), self.count)


def people_of(activities: Activities, rows: Grouped) -> People:
    """Put the activities of each holder side by side; duplicates do not count, and hand their areas on."""
    order = rows.order
    people = People(bounds=rows.bounds, days=activities.days[order], kinds=activities.kinds[order],
                    points=activities.points[order], areas=activities.areas[order],
                    duplicate=np.zeros(len(order), dtype=np.bool_), id_starts=activities.ids.starts,
                    letters=activities.ids.letters, rows=order)
    for group in _same(people, activities.given.table, rows.holder):
        kept = min(group)[1]
        members = [place for _, place in group]
        people.areas[kept] = np.bitwise_or.reduce(people.areas[members])
        people.duplicate[[place for place in members if place != kept]] = True
    return people


def _same(people: People, table: pa.Table, holder: Array) -> list[list[tuple[str, int]]]:
    """Group activities entered twice: equal title and provider but for case and spaces, same day, kind and points."""
    alike = np.zeros(len(people.rows), dtype=np.bool_)
    mark_same_sums(people.bounds, people.days, people.kinds, people.points, alike)
    places = np.flatnonzero(alike)
    rows = people.rows[places]
    named = table.select([name for name in ("id", "title", "provider") if name in table.column_names])
    groups: dict[object, list[tuple[str, int]]] = defaultdict(list)
    for place, row, raw in zip(places.tolist(), rows.tolist(), named.take(pa.array(rows)).to_pylist(), strict=True):
        key = (holder[row], people.days[place], people.kinds[place], people.points[place], _folded(raw["title"]),
               _folded(raw.get("provider")))
        groups[key].append((str(raw["id"]), place))
    return [group for group in groups.values() if len(group) > 1]


def _folded(text: object) -> object:
    """Take a text without case and spaces; what is no text will be refused elsewhere."""
    return "".join(text.split()).casefold() if isinstance(text, str) else None
