"""The answers under two books, row by row: their differences and their sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._kit.points import tidy
from cmprules._kit.terms import ASCP
from cmprules._words import vocabulary
from cmprules._words.enums import Outcome
from cmprules._words.spellings import code_written
from cmprules.batch._answers import ANSWERS
from cmprules.batch._kernel.records import Array
from cmprules.batch._responsible import PART, Flips, Responsible, causes_of, outcome_numbers
from cmprules.batch._table import DecidedTable
from cmprules.batch._whatif_values import OutcomeFlow, Tally

_SAME = ("holder", "id", "standing")
_ABOUT = ("code", "body", "expires_on", "last_day", "days_left")
"""The columns that describe the credential and are the same under every book."""

_DIFFERENCES = ("short", "fee")
_MET = [*Outcome].index(Outcome.MET)
_COMPARED = tuple(name for name in ANSWERS.names if name not in {*_SAME, *_ABOUT})


def _changes_schema() -> pa.Schema:
    """List the columns of changes: the credential, the difference, its cause, then everything before and after."""
    fields = [("holder", pa.string()), ("id", pa.string()), ("code", pa.string()), ("body", pa.string()),
              ("standing", pa.string()), ("differs", pa.list_(pa.string())), ("how", pa.string()),
              ("because", pa.list_(PART))]
    for name in _COMPARED:
        kind = ANSWERS.field(name).type
        fields += [(f"{name}_before", kind), (f"{name}_after", kind)]
        if name in _DIFFERENCES:
            fields.append((f"{name}_difference", pa.decimal128(kind.precision + 1, kind.scale)))
    return pa.schema(fields)


CHANGES = _changes_schema()


@attrs.frozen(kw_only=True, eq=False)
class Pair:
    """The answers under both books, in the same order, and the rows of their credentials.

    Attributes:
        code: the code of each; a former code is replaced by its new name.
        body: the body of each.
        differs: for each compared column, which answers differ in it.
        numbers: the outcomes of both, by their place in the enumeration.
        faults: the rows that cannot be read, under either book.
    """

    given: pa.Table
    code: pa.Array
    body: pa.Array
    sides: tuple[pa.Table, pa.Table]
    differs: dict[str, Array]
    numbers: tuple[Array, Array]
    faults: pa.Table

    @classmethod
    def of(cls, credentials: pa.Table, decided: Sequence[DecidedTable]) -> Pair:
        """Pair the answers of both books; both refuse the same rows."""
        first, second = (side.answers.combine_chunks() for side in decided)
        given = credentials.filter(pa.array(_decided_rows(credentials, decided[0].faults)))
        code, body = _categories(given)
        return cls(given=given, code=code, body=body,
                   faults=decided[0].faults, sides=(first, second),
                   differs={name: _differ(first[name], second[name]) for name in _COMPARED},
                   numbers=(outcome_numbers(first["outcome"]), outcome_numbers(second["outcome"])))

    @property
    def count(self) -> int:
        """The number of decided credentials."""
        return int(self.given.num_rows)

    @property
    def changed(self) -> Array:
        """The answers that differ in any way."""
        found: Array = np.logical_or.reduce([*self.differs.values()])
        return found

    def flips(self, activities: pa.Table) -> Flips:
        """Return the credentials whose outcome changes, with the activities of their holders."""
        names = pc.binary_join_element_wise(self.code, pc.binary_join_element_wise("(", self.body, ")", ""), "")
        every = Flips(credentials=self.given, activities=activities, credential=names.to_numpy(zero_copy_only=False),
                      before=self.numbers[0], after=self.numbers[1])
        return every.of(self.differs["outcome"])

    # -----------------------------------------------------------------------------------------------------
    # The table of changes.

    def changes(self, found: Sequence[Responsible]) -> pa.Table:
        """Make a row for each credential whose answer differs."""
        rows = np.flatnonzero(self.changed)
        how, because = causes_of(found, np.cumsum(self.differs["outcome"])[rows] - 1, self.differs["outcome"][rows])
        first, second = (side.take(pa.array(rows)) for side in self.sides)
        columns = {name: first[name] for name in _SAME}
        columns |= {"code": self.code.take(pa.array(rows)), "body": self.body.take(pa.array(rows)), "how": how,
                    "because": because, "differs": self._differs(rows)}
        for name in _COMPARED:
            columns |= {f"{name}_before": first[name], f"{name}_after": second[name]}
            if name in _DIFFERENCES:
                columns[f"{name}_difference"] = pc.subtract(second[name], first[name])
        return pa.table({name: columns[name] for name in CHANGES.names}, schema=CHANGES)

    def _differs(self, rows: Array) -> pa.Array:
        """Name the columns in which answers differ."""
        table = np.stack([which[rows] for which in self.differs.values()], axis=1)
        ends = np.concatenate([[0], np.cumsum(table.sum(axis=1))]).astype(np.int32)
        names = pa.array(_COMPARED).take(pa.array(np.nonzero(table)[1]))
        return pa.ListArray.from_arrays(pa.array(ends), names)

    # -----------------------------------------------------------------------------------------------------
    # The sums.

    def outcomes(self) -> Iterator[OutcomeFlow]:
        """Count the credentials that go from one outcome to another."""
        kinds = tuple(Outcome)
        counts = np.bincount(self.numbers[0] * len(kinds) + self.numbers[1], minlength=len(kinds) ** 2).tolist()
        for (before, after), count in zip(product(kinds, kinds), counts, strict=True):
            yield OutcomeFlow(before=before, after=after, credentials=count)

    def tallies(self) -> Iterator[Tally]:
        """Sum up the credentials of each code and body."""
        for code, body in ((code, body) for code, bodies in vocabulary.BODIES.items() for body in bodies):
            chosen = pc.and_(pc.equal(self.code, code), pc.equal(self.body, body)).to_numpy(zero_copy_only=False)
            if chosen.any():
                yield self.tally(chosen, code, body)

    def tally(self, chosen: Array | None = None, code: str | None = None, body: str | None = None) -> Tally:
        """Sum up some credentials, or all of them."""
        chosen = np.ones(self.count, dtype=np.bool_) if chosen is None else chosen
        first, second = (side.filter(pa.array(chosen)) for side in self.sides)
        met_before, met_after = (int((numbers[chosen] == _MET).sum()) for numbers in self.numbers)
        short, fee = (pc.subtract(second[name], first[name]) for name in _DIFFERENCES)
        known = pc.is_valid(fee)
        return Tally(
            code=code, body=body, credentials=int(chosen.sum()), changed=int(self.changed[chosen].sum()),
            flipped=int(self.differs["outcome"][chosen].sum()), met_before=met_before, met_after=met_after,
            short_added=_sum(short.filter(pc.greater(short, 0))),
            short_removed=abs(_sum(short.filter(pc.less(short, 0)))),
            short_unknown=_count(pc.xor(pc.is_valid(first["short"]), pc.is_valid(second["short"]))),
            fee_before=_sum(first["fee"].filter(known)), fee_after=_sum(second["fee"].filter(known)),
            fee_unknown=_count(pc.invert(known)))


def _sum(column: pa.ChunkedArray) -> Decimal:
    """Add up a column; an empty column adds up to zero."""
    return tidy(pc.sum(column).as_py() or Decimal(0))


def _count(column: pa.ChunkedArray) -> int:
    """Count the true values."""
    return int(pc.sum(column, min_count=0).as_py())


def _decided_rows(credentials: pa.Table, faults: pa.Table) -> Array:
    """Return which credentials were decided; every other row is among the faults."""
    decided = np.ones(credentials.num_rows, dtype=np.bool_)
    decided[faults.filter(pc.equal(faults["table"], "credentials"))["row"].to_numpy()] = False
    return decided


def _categories(given: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Return the current code of each row, and its body: from its own column, from the parentheses, or ASCP."""
    codes = _texts(given, "code")
    read = [code_written(text) for text in codes.dictionary.to_pylist()]
    code = pa.array([None if spelling is None else spelling.code for spelling in read], pa.string()).take(codes.indices)
    bracketed = pa.array([None if spelling is None else spelling.body for spelling in read],
                         pa.string()).take(codes.indices)
    body = _texts(given, "body").dictionary_decode()
    return code, pc.fill_null(pc.coalesce(body, bracketed), ASCP)


def _texts(given: pa.Table, name: str) -> pa.DictionaryArray:
    """Return a column of text by its distinct values; a missing column is empty."""
    if name not in given.column_names:
        return pa.nulls(given.num_rows, pa.string()).dictionary_encode()
    return given[name].cast(pa.string()).combine_chunks().dictionary_encode()


def _differ(first: pa.ChunkedArray, second: pa.ChunkedArray) -> Array:
    """Return where two columns differ; two empty cells are equal."""
    if pa.types.is_list(first.type):
        return _lists_differ(first, second)
    same = pc.or_(pc.fill_null(pc.equal(first, second), fill_value=False),
                  pc.and_(pc.is_null(first), pc.is_null(second)))
    found: Array = pc.invert(same).to_numpy()
    return found


def _lists_differ(first: pa.ChunkedArray, second: pa.ChunkedArray) -> Array:
    """Return where two columns of lists differ: in their lengths, or in a member."""
    lengths: list[Array] = [pc.fill_null(pc.list_value_length(column), -1).to_numpy() for column in (first, second)]
    differ: Array = lengths[0] != lengths[1]
    rows = np.flatnonzero(~differ & (lengths[0] > 0))
    members = [_members(column.take(pa.array(rows))) for column in (first, second)]
    unlike: Array = pc.not_equal(*members).to_numpy(zero_copy_only=False)
    differ[np.repeat(rows, lengths[0][rows])[unlike]] = True
    return differ


def _members(lists: pa.ChunkedArray) -> pa.Array:
    """Return the members of all lists in one sequence, each as one text."""
    members = pc.list_flatten(lists.combine_chunks())
    if not pa.types.is_struct(members.type):
        return members
    return pc.binary_join_element_wise(*members.flatten(), " ")  # a code has no space in it
