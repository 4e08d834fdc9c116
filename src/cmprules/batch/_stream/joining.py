"""Join parts into one table, in the order of the input rows: the result does not depend on the division."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa

from cmprules.batch._kernel.records import Array
from cmprules.batch._stream.folder import Folder
from cmprules.batch._writing import writing

_KEY = "key"
ROWS_OF_A_WINDOW = 1 << 16
"""The number of keys gathered at a time: the rows of one row group of the joined file."""

_FEWEST_ROWS = 1 << 10
_TABLES = ("credentials", "activities", "placements", "settled")
_ROWS_OF_A_TABLE = 1 << 48


def rows_at_once(parts: int) -> int:
    """Return how many rows of a part to read at once, so that all parts together hold about one window."""
    return max(_FEWEST_ROWS, ROWS_OF_A_WINDOW // parts)


def keyed(table: pa.Table, rows: pa.Array, of: pa.Array | None = None) -> pa.Table:
    """Add the overall place of each row to a table of answers or faults, and sort it by place.

    Args:
        table: the answers or the faults of a part.
        rows: the number of the input row for each.
        of: the table of that row; credentials if absent.
    """
    keys = np.asarray(rows).astype(np.int64)
    if of is not None:
        keys = keys + np.array([_TABLES.index(name) for name in of.to_pylist()], dtype=np.int64) * _ROWS_OF_A_TABLE
    return _sorted(table.append_column(_KEY, pa.array(keys)), keys)


def _sorted(table: pa.Table, keys: Array) -> pa.Table:
    """Sort a table by the keys of its rows; one that is in order, as the rows of sorted files are, is not copied."""
    if (keys[1:] >= keys[:-1]).all():
        return table
    return table.take(pa.array(np.argsort(keys, kind="stable")))


def join(
    folder: Folder, name: str, parts: int, target: Path, schema: pa.Schema,
    notice: Callable[[pa.Table], None] = lambda _: None,
) -> int:
    """Join a table of all parts into one file; return the number of its rows.

    `notice` is shown each piece that is written.

    Raises:
        OSError: it cannot be written.
    """
    rows = 0
    with writing(target, schema, folder.run) as write:
        for table in _in_order([folder.place(name, number) for number in range(parts)]):
            write(table.replace_schema_metadata(schema.metadata))
            rows += table.num_rows
            notice(table)
            del table  # or it would stay in memory while the next one is read
    return rows


def _in_order(paths: Sequence[Path]) -> Iterator[pa.Table]:
    """Read the rows of all parts, window by window of their keys."""
    with ExitStack() as files:
        parts = [_Part(files.enter_context(pa.OSFile(os.fsencode(path)))) for path in paths]
        while keys := [part.next_key for part in parts if part.next_key is not None]:
            yield _before((min(keys) // ROWS_OF_A_WINDOW + 1) * ROWS_OF_A_WINDOW, parts)


def _before(end: int, parts: Sequence[_Part]) -> pa.Table:
    """Read the next rows of all parts whose keys are before a bound, in order."""
    found = pa.concat_tables(piece for part in parts for piece in part.before(end))
    return _sorted(found, found[_KEY].to_numpy()).drop([_KEY]).combine_chunks()


class _Part:
    """One part; only the rows being read are in memory, and of a part whose turn has not come only the first key."""

    def __init__(self, file: pa.NativeFile) -> None:
        self._reader = pa.ipc.open_file(file)
        self._nothing = self._held = self._reader.schema.empty_table()
        self._next_batch = 0
        self.next_key: int | None = None
        self._read_on()
        self._next_batch, self._held = self._next_batch - 1, self._nothing

    def before(self, end: int) -> Iterator[pa.Table]:
        """Read the rows with keys before a bound."""
        while self.next_key is not None and self.next_key < end:
            if not self._held.num_rows:
                self._read_on()
            count = int(np.searchsorted(self._held[_KEY].to_numpy(), end))
            yield self._held.slice(0, count)
            self._held = self._held.slice(count)
            if not self._held.num_rows:
                self._read_on()
            else:
                self.next_key = self._held[_KEY][0].as_py()

    def _read_on(self) -> None:
        """Read the next rows, and note the key of the first of them; None at the end."""
        self._held, self.next_key = self._nothing, None
        while not self._held.num_rows and self._next_batch < self._reader.num_record_batches:
            self._held = pa.Table.from_batches([self._reader.get_batch(self._next_batch)])
            self._next_batch += 1
        if self._held.num_rows:
            self.next_key = self._held[_KEY][0].as_py()
