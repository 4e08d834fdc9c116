"""Files that appear when they are whole, and tables of answers kept in them: Parquet, or CSV with lists as text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from cmprules.batch._sources import CSV

__all__ = ["keep", "unfinished", "whole"]


def unfinished(path: Path) -> Path:
    """Give the name that a file has until it is whole."""
    return path.with_name(f"{path.name}.unfinished")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Write a file under another name; it gets its own once it is whole and on the disk."""
    begun = unfinished(path)
    try:
        yield begun
        _to_disk(begun)
        begun.replace(path)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
    _to_disk(path.parent)


def _to_disk(path: Path) -> None:
    """Bring a file, or the names of a folder, to the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def keep(table: pa.Table, path: Path) -> None:
    """Write a table to a file by its ending, CSV or else Parquet; it appears when it is whole.

    Raises:
        OSError: it cannot be written.
    """
    with whole(path) as begun:
        if path.suffix == CSV:
            pyarrow.csv.write_csv(_flat(table), begun)
        else:
            pq.write_table(table, begun)


def _flat(table: pa.Table) -> pa.Table:
    """Write lists as text, their members parted by semicolons, since CSV has none."""
    return pa.table({name: _as_text(table[name]) if pa.types.is_list(table[name].type) else table[name]
                     for name in table.column_names})


def _as_text(lists: pa.ChunkedArray) -> pa.Array:
    """Write each list as one text; of members with several parts, those that are text."""
    found = lists.combine_chunks()
    members = found.flatten()
    if pa.types.is_struct(members.type):
        members = pc.binary_join_element_wise(*(part for part in members.flatten() if pa.types.is_string(part.type)),
                                              " ")
        found = pa.ListArray.from_arrays(_ends(found), members, mask=found.is_null())
    return pc.binary_join(found, ";")


def _ends(lists: pa.ListArray) -> pa.Array:
    """Give where each list begins among the members of all, and where the last one ends."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0)
    return pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths).cast(pa.int32())])
