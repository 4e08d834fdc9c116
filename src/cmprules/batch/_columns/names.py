"""Names: ids, holders, titles and other text."""

from __future__ import annotations

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._kit.shapes import BAD
from cmprules.batch._columns.reading import read_value
from cmprules.batch._columns.words import Words, distinct, encoded, words_of
from cmprules.batch._compiling import read_only
from cmprules.batch._kernel.records import Array
from cmprules.batch._loops import look_at_names

_FEW = 1_000
"""Below this number of rows, the way of numbering names does not matter."""

_MOST_BYTES = np.iinfo(np.int32).max
"""The most bytes of text that Arrow numbers with 32 bits."""


@attrs.frozen(kw_only=True, eq=False)
class Ids:
    """The names of a column: their bytes, where each begins, and which are surely not blank."""

    starts: Array
    letters: Array
    is_plain: Array


@attrs.frozen(kw_only=True, eq=False)
class Names:
    """A column of names by its distinct values: the number of each row's name, and the names; -1 for an empty cell."""

    codes: Array
    values: pa.Array

    def well_named(self) -> Array:
        """Return which rows have a name that the reader of records accepts."""
        return np.append(well_read_of(self.values, "id", empty=False), False)[self.codes]

    def in_use(self) -> Names:
        """Leave out the names that no row has, which a dictionary may list."""
        used = np.bincount(self.codes + 1, minlength=len(self.values) + 1)[1:] > 0
        if used.all():
            return self
        numbers = np.append(np.cumsum(used) - 1, -1).astype(np.int32)
        return Names(codes=numbers[self.codes], values=self.values.filter(pa.array(used)))


def names_of(table: pa.Table, name: str) -> Names:
    """Take a column of names by its distinct values."""
    if pa.types.is_null(table.schema.field(name).type):
        return Names(codes=np.full(table.num_rows, -1, dtype=np.int32), values=pa.array([], pa.string()))
    column = table.column(name)
    if not pa.types.is_dictionary(column.type):
        found = _of_runs(column)
        if found is not None:
            return found
        codes, values = encoded(column.dictionary_encode())
        return Names(codes=codes, values=values)
    codes, values = encoded(column)
    if values.null_count or not _are_distinct(values):  # a dictionary may repeat a value
        codes, values = encoded(pa.chunked_array([values.take(pa.array(codes, mask=codes < 0)).dictionary_encode()]))
    return Names(codes=codes, values=values)


def _of_runs(column: pa.ChunkedArray) -> Names | None:
    """Number names whose rows are adjacent, by comparing neighbors; None if they are not, or if a name is missing.

    Hashing every row takes several times as long; this hashes only the first row of each name.
    """
    if len(column) < _FEW or column.null_count:
        return None
    begins = pc.not_equal(column.slice(1), column.slice(0, len(column) - 1)).to_numpy()
    starts = np.append(0, np.flatnonzero(begins) + 1)
    if len(starts) > len(column) // 2:
        return None
    values = pa.concat_arrays(column.take(pa.array(starts)).chunks)
    if not _are_distinct(values):
        return None
    lengths = np.diff(np.append(starts, len(column)))
    return Names(codes=np.repeat(np.arange(len(starts), dtype=np.int32), lengths), values=values)


def _are_distinct(values: pa.Array) -> bool:
    """Return whether no name is there twice; names in order, as most are, need no hashes."""
    return bool(pc.all(pc.less(values.slice(0, max(0, len(values) - 1)), values.slice(1))).as_py()
                or pc.count_distinct(values).as_py() == len(values))


def ids_of(column: pa.ChunkedArray) -> Ids:
    """Look at the bytes of a column of names."""
    kind, number = (pa.string(), np.int32) if column.nbytes <= _MOST_BYTES else (pa.large_string(), np.int64)
    ids = pa.concat_arrays(column.cast(kind).chunks or [pa.array([], kind)])
    _, offsets, letters = ids.buffers()
    places = np.frombuffer(offsets or bytes(8), dtype=number)[ids.offset:ids.offset + len(ids) + 1]
    starts = read_only(places.astype(np.int64, copy=False))
    found = Ids(starts=starts, letters=read_only(np.frombuffer(letters or bytes(1), dtype=np.uint8)),
                is_plain=np.zeros(len(ids), dtype=np.bool_))
    look_at_names(starts, found.letters, found.is_plain)
    if ids.null_count:
        found.is_plain[~ids.is_valid().to_numpy(zero_copy_only=False)] = False
    return found


def well_read_of(column: pa.ChunkedArray | pa.Array, name: str, *, empty: bool) -> Array:
    """Return which texts the reader of records accepts; it checks each text that may be blank once."""
    column = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    well_read = ids_of(column).is_plain
    doubtful = np.flatnonzero(~well_read)
    words = distinct(column.take(pa.array(doubtful))) if len(doubtful) else Words(codes=doubtful, values=[])
    well_read[doubtful] = words.map(lambda value: read_value(name, value) is not BAD, empty)
    return well_read


def reads_text(table: pa.Table, name: str, *, empty: bool) -> Array | None:
    """Return in which rows the reader of records accepts the text; None for all.  `empty`: it may be missing."""
    if name not in table.column_names or pa.types.is_null(table.schema.field(name).type):
        return None if empty else np.zeros(table.num_rows, dtype=np.bool_)
    column = table.column(name)
    if pa.types.is_string(column.type):
        well_read = well_read_of(column, name, empty=empty)
    elif pa.types.is_dictionary(column.type):
        codes, words = encoded(column)
        by_word = np.append(well_read_of(words, name, empty=empty), empty)
        if by_word[:-1].all() and (empty or not column.null_count):
            return None
        well_read = by_word[codes]
    else:
        read = words_of(table, name)
        well_read = read.map(lambda value: read_value(name, value) is not BAD, empty).astype(np.bool_)
    return None if well_read.all() else well_read
