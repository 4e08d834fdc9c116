"""Split unsorted files so that all rows of a holder are in the same part."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cmprules.batch._columns.given import Given
from cmprules.batch._columns.names import ids_of, names_of
from cmprules.batch._kernel.records import Array
from cmprules.batch._loops import hash_names
from cmprules.batch._plain import BY_NUMBER
from cmprules.batch._stream.folder import Folder
from cmprules.batch._stream.source import Source
from cmprules.batch._writing import closing, sink
from cmprules.errors import CmpRulesError

_HOLDER, _ROW = "holder", "row number"


class SplitDamagedError(CmpRulesError):
    """A part of a source is damaged."""

    def __init__(self, path: Path, source: str) -> None:
        super().__init__(f"{path.name} is damaged")
        self.source = source


def split(sources: Sequence[Source], folder: Folder, count: int) -> None:
    """Split each file into parts; files that are split already stay."""
    for source in sources:
        if not folder.is_split(source.name):
            _split(source, folder, count)
            folder.mark_split(source.name)


def _split(source: Source, folder: Folder, count: int) -> None:
    """Write the rows of every part to a file of its own, with their numbers; numbered words stay numbered."""
    schema = source.schema.set(source.schema.get_field_index(_HOLDER), pa.field(_HOLDER, BY_NUMBER))
    schema, first = schema.append(pa.field(_ROW, pa.int64())), 0
    words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    with ExitStack() as files:
        writers = [files.enter_context(closing(pq.ParquetWriter(
            files.enter_context(sink(folder.place(source.name, number))), schema, compression="lz4",
            use_dictionary=words, write_statistics=False, write_page_checksum=True))) for number in range(count)]
        for piece in source.pieces():
            numbers = pa.array(np.arange(first, first + piece.num_rows))
            for number, rows in _divided(piece.append_column(_ROW, numbers), count):
                writers[number].write_table(rows.select(schema.names))
            first += piece.num_rows


@attrs.frozen(kw_only=True, eq=False)
class _ByPart:
    """Things in the order of their parts: the number of each thing, and where each part begins and ends."""

    order: Array
    bounds: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, parts: Array, count: int) -> _ByPart:
        """Sort things by the parts that they are in."""
        ends = np.cumsum(np.bincount(parts, minlength=count)).tolist()
        return cls(order=np.argsort(parts, kind="stable"), bounds=tuple(pairwise([0, *ends])))


def _divided(piece: pa.Table, count: int) -> Iterator[tuple[int, pa.Table]]:
    """Divide the rows of a piece into parts; the holders of each part are numbered, with no names of other parts."""
    names = names_of(piece, _HOLDER)
    part_of = (hashes(names.values) % np.uint64(count)).astype(np.uint16)
    rows, listed = _ByPart.of(part_of[names.codes], count), _ByPart.of(part_of[:-1], count)
    codes = np.append(np.argsort(listed.order), -1)[names.codes[rows.order]]
    texts, others = names.values.take(pa.array(listed.order)), piece.drop([_HOLDER]).take(pa.array(rows.order))
    for number, ((first, last), (low, high)) in enumerate(zip(rows.bounds, listed.bounds, strict=True)):
        if last > first:
            own = codes[first:last]
            holders = pa.DictionaryArray.from_arrays(pa.array((own - low).astype(np.int32), mask=own < 0),
                                                     texts.slice(low, high - low))
            yield number, others.slice(first, last - first).append_column(_HOLDER, holders)


def hashes(names: pa.Array) -> Array:
    """Hash names without spaces, so that all spellings of one holder are in the same part; the last is of no name."""
    squeezed = without_spaces(pa.concat_arrays([names, pa.array([""])]))
    ids, found = ids_of(pa.chunked_array([squeezed])), np.zeros(len(squeezed), dtype=np.uint64)
    with np.errstate(over="ignore"):
        hash_names(ids.starts, ids.letters, found)
    return found >> np.uint64(32)


def without_spaces(names: pa.Array) -> pa.Array:
    """Leave out the spaces of names; most names have none, which is found out faster."""
    _, _, letters = names.buffers()
    has_space = (np.frombuffer(letters or b"", dtype=np.uint8) <= ord(" ")).any()
    return pc.replace_substring_regex(names, r"\s+", "") if has_space else names


def read_split(folder: Folder, name: str, number: int) -> Given:
    """Read a part of a split source.

    Raises:
        SplitDamagedError: the part is damaged.
    """
    path = folder.place(name, number)
    try:
        with pa.OSFile(os.fsencode(path)) as file:
            table = pq.ParquetFile(file, page_checksum_verification=True).read()
    except (OSError, pa.ArrowException) as error:
        raise SplitDamagedError(path, name) from error
    return Given(table=table.drop([_ROW]), numbers=table.column(_ROW).to_numpy())
