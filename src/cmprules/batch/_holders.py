"""The holders of a part, with their credentials, activities and own placements."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules.batch._columns.activities import Activities
from cmprules.batch._columns.credentials import Credentials
from cmprules.batch._columns.given import Given
from cmprules.batch._columns.names import Names, names_of
from cmprules.batch._kernel.records import Array
from cmprules.batch._loops import count_and_place

NOBODY = -1
NO_FURTHER: Mapping[str, Given] = MappingProxyType({})


class Grouped:
    """Rows in the order of their holders; within a holder, in the order of the table."""

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
    """The holders of a part, by number, and the rows of each.

    A credential without a holder gets a holder of its own, who will be refused.  Rows of a person without a credential
    have no holder.  The `further` tables are `placements` and `settled`: what holders placed and answered.
    """

    def __init__(
        self, credentials: Credentials, activities: Activities, further: Mapping[str, Given] = NO_FURTHER
    ) -> None:
        names = credentials.holders.values
        whose = credentials.holders.codes.astype(np.int64)
        nameless = whose < 0
        whose[nameless] = len(names) + np.arange(nameless.sum())
        self.count = len(names) + int(nameless.sum())
        self.names = names

        self.given = {"credentials": credentials.given, "activities": activities.given}
        self.rows = {"credentials": Grouped(whose, self.count),
                     "activities": Grouped(_owners(activities.holders, names), self.count)}
        for name, given in further.items():
            self.given[name] = given
            self.rows[name] = Grouped(_owners(names_of(given.table, "holder"), names), self.count)


def _owners(holders: Names, names: pa.Array) -> Array:
    """Number holders by their place among the holders of credentials; nothing to do if the two columns are the same."""
    if holders.values.equals(names):
        return holders.codes.astype(np.int64)
    owner = pc.fill_null(pc.index_in(holders.values, value_set=names), NOBODY).to_numpy()
    return np.append(owner, NOBODY)[holders.codes]
