"""Tables of answers, kept in files: Parquet, or CSV with lists written as text."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from cmprules.batch._sources import CSV

__all__ = ["keep"]


def keep(table: pa.Table, path: Path) -> None:
    """Write a table to a file by its ending, CSV or else Parquet; it appears when it is whole.

    Raises:
        OSError: it cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        if path.suffix == CSV:
            pyarrow.csv.write_csv(_flat(table), unfinished)
        else:
            pq.write_table(table, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


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
