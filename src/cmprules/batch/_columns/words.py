"""A column by its distinct values, each of which is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._kit.calendar import EARLIEST_DAY, LATEST_DAY
from cmprules._kit.shapes import BAD
from cmprules.batch._columns.reading import cell_of, plain_values, read_value
from cmprules.batch._compiled import day_number
from cmprules.batch._kernel.records import NO_DAY, Array


@attrs.frozen(kw_only=True, eq=False)
class Words:
    """A column by its distinct values: the number of each row's value, and the values; -1 for an empty cell."""

    codes: Array
    values: list[Any]

    def map(self, what: Callable[[Any], int], absent: int) -> Array:
        """Return for each row a number that follows from its value."""
        return np.array([*map(what, self.values), absent], dtype=np.int32)[self.codes]

    def where(self, what: Callable[[Any], bool]) -> Array | None:
        """Return which rows have a value with a property; None if no value has it."""
        found = [*map(what, self.values), False]
        return np.array(found, dtype=np.bool_)[self.codes] if any(found) else None

    def reads(self, name: str) -> Array | None:
        """Return for which rows the reader of records accepts the value; None for all.  An empty cell is accepted."""
        well_read = [read_value(name, value) is not BAD for value in self.values]
        return None if all(well_read) else np.array([*well_read, True], dtype=np.bool_)[self.codes]


def words_of(table: pa.Table, name: str) -> Words:
    """Return a column by its distinct values; a missing column is empty."""
    if name not in table.column_names or pa.types.is_null(table.schema.field(name).type):
        return Words(codes=np.full(table.num_rows, -1, dtype=np.int32), values=[])
    return distinct(table.column(name))


def distinct(column: pa.ChunkedArray) -> Words:
    """Number the distinct values of a column."""
    codes, values = _numbered(column)
    number = {value: place for place, value in reversed([*enumerate(values)])}
    number[None] = -1
    if len(number) == len(values) + 1:
        return Words(codes=codes, values=values)
    first = np.array([*(number[value] for value in values), -1], dtype=np.int32)  # a dictionary may repeat a value
    return Words(codes=first[codes], values=values)


def _numbered(column: pa.ChunkedArray) -> tuple[Array, list[Any]]:
    """Number the values of a column (-1: none), and list them; if Arrow cannot number the type, one by one."""
    if not pa.types.is_dictionary(column.type):
        try:
            column = column.dictionary_encode()
        except pa.ArrowNotImplementedError:
            listed = plain_values(column)
            return np.where([value is None for value in listed], -1, np.arange(len(listed))).astype(np.int32), listed
    codes, dictionary = encoded(column)
    return codes, plain_values(dictionary)


def encoded(column: pa.ChunkedArray) -> tuple[Array, pa.Array]:
    """Split a column of numbered words into numbers (-1: none) and words."""
    if not column.num_chunks:
        return np.empty(0, dtype=np.int32), pa.array([], column.type.value_type)
    whole = column.chunk(0) if column.num_chunks == 1 else column.unify_dictionaries().combine_chunks()
    indices = whole.indices.fill_null(-1) if whole.null_count else whole.indices
    return indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), whole.dictionary


def days_of(table: pa.Table, name: str) -> tuple[Array, Array | None]:
    """Number the days of a column; the second array says which rows are readable, None for all."""
    if name in table.column_names and pa.types.is_date32(table.schema.field(name).type):
        days = pc.fill_null(pc.cast(table.column(name), pa.int32()), NO_DAY).to_numpy()
        well_read = (days == NO_DAY) | ((days >= day_number(EARLIEST_DAY)) & (days <= day_number(LATEST_DAY)))
        return days, None if well_read.all() else well_read
    words = words_of(table, name)
    read = [read_value(name, value) for value in words.values]
    days = np.array([*(day_number(day) if isinstance(day, date) else NO_DAY for day in read), NO_DAY], dtype=np.int32)
    return days[words.codes], words.reads(name)


def places_of(table: pa.Table, name: str, known: Sequence[str], absent: int) -> Array:
    """Return the place of each word in a closed list; -1 for any other."""
    place = {word: index for index, word in enumerate(known)}
    return words_of(table, name).map(lambda value: place.get(value, -1), absent)


def flags_of(table: pa.Table, name: str) -> tuple[Array, Array | None]:
    """Read a column of yes and no; an empty cell is no.  The second array says which rows are readable."""
    words = words_of(table, name)
    return words.map(lambda value: cell_of(name, value) is True, 0).astype(np.bool_), words.reads(name)
