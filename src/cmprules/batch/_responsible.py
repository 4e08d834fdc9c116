"""Find the requirement that flips an outcome, by deciding again with books between the two books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._words.enums import Outcome
from cmprules.batch._between import Between, Requirement, Requirements, in_order
from cmprules.batch._kernel.records import Array
from cmprules.batch._table import decide_table

HOWS = ("alone", "each", "together", "mixed")
ALONE, EACH, TOGETHER, MIXED = range(4)
PART = pa.struct([("requirement", pa.string()), ("of", pa.string()), ("alone", pa.bool_()), ("undone", pa.bool_())])
_OUTCOMES = pa.array([str(outcome) for outcome in Outcome])


def outcome_numbers(outcomes: pa.ChunkedArray) -> Array:
    """Number outcomes by their place in the enumeration."""
    found: Array = pc.index_in(outcomes, value_set=_OUTCOMES).to_numpy()
    return found


@attrs.frozen(kw_only=True, eq=False)
class Flips:
    """The credentials whose outcome changes under the second book, and all activities of their holders.

    Attributes:
        credential: the name of each, such as `MLS(ASCP)`.
        before: the outcome under the first book, by its place in the enumeration.
        after: the outcome under the second.
    """

    credentials: pa.Table
    activities: pa.Table
    credential: Array
    before: Array
    after: Array

    def of(self, chosen: Array) -> Flips:
        """Return some of them."""
        credentials = self.credentials.filter(pa.array(chosen))
        holders = credentials.column("holder").combine_chunks()
        mine = pc.is_in(self.activities.column("holder"), value_set=holders)
        return Flips(credentials=credentials, activities=self.activities.filter(mine),
                     credential=self.credential[chosen], before=self.before[chosen], after=self.after[chosen])


@attrs.frozen(kw_only=True, eq=False)
class Responsible:
    """The cause of each flip, for flips whose tables differ in the same requirements.

    Attributes:
        rows: which flips these are.
        requirements: the differences between their tables.
        enough: for each flip and requirement, whether the requirement alone gives the new outcome.
        needed: for each flip and requirement, whether the old outcome stays without the requirement.
        how: the place in `HOWS`.
    """

    rows: Array
    requirements: tuple[Requirement, ...]
    enough: Array
    needed: Array
    how: Array

    @property
    def took_part(self) -> Array:
        """The requirements involved in each flip: those that are enough or needed; all of them if none is."""
        found = self.enough | self.needed
        return np.where(found.any(axis=1, keepdims=True), found, np.True_)


def responsible_for(flips: Flips, between: Between, on: date) -> Iterator[Responsible]:
    """Find the cause of each flip, together for all credentials whose tables differ in the same requirements."""
    names, back = np.unique(flips.credential, return_inverse=True)
    groups: dict[Requirements, list[int]] = {}
    for number, name in enumerate(names.tolist()):
        groups.setdefault(between.requirements_of(name), []).append(number)
    for differ, numbers in groups.items():
        chosen = np.isin(back, numbers)
        yield _Trials(flips.of(chosen), between, differ, on).responsible(np.flatnonzero(chosen))


class _Trials:
    """Decide some credentials with books between the two, once for each book."""

    def __init__(self, flips: Flips, between: Between, differ: Requirements, on: date) -> None:
        self.flips, self.between, self.on = flips, between, on
        self.differ, self.requirements = differ, in_order(differ)
        self.known = {frozenset[Requirement](): flips.before, differ: flips.after}

    def outcomes(self, changed: Requirements) -> Array:
        """Decide with some requirements changed."""
        if changed not in self.known:
            found = decide_table(self.flips.credentials, self.flips.activities, self.between.book(changed), on=self.on,
                                 trust=self.between.trust)
            self.known[changed] = outcome_numbers(found.answers["outcome"])
        return self.known[changed]

    def responsible(self, rows: Array) -> Responsible:
        """Try each requirement alone, from both ends, as `compare` does with causes."""
        enough = np.stack([self.outcomes(frozenset([requirement])) == self.flips.after
                           for requirement in self.requirements], axis=1)
        needed = np.stack([self.outcomes(self.differ - {requirement}) == self.flips.before
                           for requirement in self.requirements],
                          axis=1)
        return Responsible(rows=rows, requirements=self.requirements, enough=enough, needed=needed,
                           how=self._how(enough, needed))

    def _how(self, enough: Array, needed: Array) -> Array:
        """Return in one word how the requirements cause each flip."""
        several = enough.sum(axis=1), needed.sum(axis=1)
        alone = (several[0] == 1) & (enough == needed).all(axis=1)
        each = (several[0] > 1) & (several[1] == 0)
        together = (several[0] == 0) & (several[1] > 1)
        together[together] = self._enough_together(needed, np.flatnonzero(together))
        return np.select([alone, each, together], [ALONE, EACH, TOGETHER], MIXED)

    def _enough_together(self, needed: Array, rows: Array) -> Array:
        """Try whether the needed requirements are enough if they change together."""
        found = np.zeros(len(rows), dtype=np.bool_)
        patterns, back = np.unique(needed[rows], axis=0, return_inverse=True)
        for number, pattern in enumerate(patterns):
            changed = frozenset(requirement
                                for requirement, is_needed in zip(self.requirements, pattern, strict=True) if is_needed)
            mine = back.ravel() == number
            found[mine] = (self.outcomes(changed) == self.flips.after)[rows[mine]]
        return found


# ---------------------------------------------------------------------------------------------------------
# As columns.


def causes_of(found: Sequence[Responsible], place: Array, flipped: Array) -> tuple[pa.Array, pa.Array]:
    """Return the cause of each change; nothing for a change that is not a flip.

    `place` is the number of each change among the flips.
    """
    how = np.zeros(int(flipped.sum()), dtype=np.int64)
    lists, patterns = np.zeros(len(how), dtype=np.int64), list[list[dict[str, Any]]]()
    for group in found:
        how[group.rows] = group.how
        distinct, back = np.unique(np.hstack([group.enough, group.needed]), axis=0, return_inverse=True)
        lists[group.rows] = len(patterns) + back.ravel()
        patterns += [_parts(group.requirements, *np.split(row, 2)) for row in distinct]
    index = pa.array(np.where(flipped, place, 0), mask=~flipped)
    return (pa.array(HOWS).take(pa.array(how)).take(index),
            pa.array(patterns, pa.list_(PART)).take(pa.array(lists)).take(index))


def _parts(requirements: Sequence[Requirement], enough: Array, needed: Array) -> list[dict[str, Any]]:
    """List the requirements involved in a flip, and the part of each."""
    listed = [{"requirement": requirement.requirement, "of": requirement.of, "alone": bool(alone),
               "undone": bool(undone)}
              for requirement, alone, undone in zip(requirements, enough, needed, strict=True)]
    return [row for row in listed if row["alone"] or row["undone"]] or listed
