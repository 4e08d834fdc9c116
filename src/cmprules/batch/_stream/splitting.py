"""Split unsorted files so that all rows of a holder are in the same part."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cmprules.batch._columns.given import Given
from cmprules.batch._columns.names import ids_of
from cmprules.batch._kernel.records import Array
from cmprules.batch._loops import hash_names
from cmprules.batch._stream.folder import Folder
from cmprules.batch._stream.source import Source
from cmprules.batch._writing import closing, sink
from cmprules.errors import CmpRulesError

_ROW = "row number"


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
    schema = source.schema.set(source.schema.get_field_index("holder"), pa.field("holder", pa.string()))
    schema = schema.append(pa.field(_ROW, pa.int64()))
    with ExitStack() as files:
        writers = [files.enter_context(closing(pq.ParquetWriter(
            files.enter_context(sink(folder.place(source.name, number))), schema, compression="lz4",
            write_page_checksum=True))) for number in range(count)]
        for piece in _numbered(source):
            part = (hashes(piece) % np.uint64(count)).astype(np.int64)
            ordered = piece.take(pa.array(np.argsort(part, kind="stable")))
            ends = np.cumsum(np.bincount(part, minlength=count)).tolist()
            for writer, first, last in zip(writers, [0, *ends], ends, strict=False):
                if last > first:
                    writer.write_table(ordered.slice(first, last - first))


def hashes(piece: pa.Table) -> Array:
    """Hash the holder of every row, without spaces, so that all spellings of one holder are in the same part."""
    names = pc.replace_substring_regex(pc.cast(piece.column("holder"), pa.string()), r"\s+", "")
    ids, hashes = ids_of(names), np.zeros(piece.num_rows, dtype=np.uint64)
    with np.errstate(over="ignore"):
        hash_names(ids.starts, ids.letters, hashes)
    return hashes >> np.uint64(32)


def _numbered(source: Source) -> Iterator[pa.Table]:
    """Read a file piece by piece, with the number of each row."""
    first, place = 0, source.schema.get_field_index("holder")
    for piece in source.pieces():
        numbers = pa.array(np.arange(first, first + piece.num_rows))
        names = pc.cast(piece.column("holder"), pa.string())  # otherwise every part would get all names of the piece
        yield piece.set_column(place, "holder", names).append_column(_ROW, numbers)
        first += piece.num_rows


def read_split(folder: Folder, name: str, number: int) -> Given:
    """Read a part of a split source.

    Raises:
        SplitDamagedError: the part is damaged.
    """
    path = folder.place(name, number)
    try:
        with pa.OSFile(os.fsencode(path)) as file:
            table = pq.read_table(file, page_checksum_verification=True)
    except (OSError, pa.ArrowException) as error:
        raise SplitDamagedError(path, name) from error
    return Given(table=table.drop([_ROW]), numbers=table.column(_ROW).to_numpy())
