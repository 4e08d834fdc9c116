"""Parts of files whose row groups are sorted by holder: each group is read once, and nothing is split."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cmprules.batch._columns.given import Given
from cmprules.batch._kernel.records import Array
from cmprules.batch._stream.source import Source, open_parquet
from cmprules.batch._writing import PARQUET

LARGE = 3
"""How many times the rows wanted a row group has that is not read at once: pieces take less memory, but more time."""

READ, DECIDED = 60, 140
"""The bytes of a row that is read, and those that deciding it takes besides: measured for parts of 600,000 rows."""


@attrs.frozen(kw_only=True)
class Group:
    """A row group of a file: where it begins, its size, and its first and last holder.

    If its rows are sorted too, a large row group is read in pieces of `step` rows; `steps` are the last holders of all
    but the last piece.
    """

    number: int
    first: int
    rows: int
    size: int
    low: str
    high: str
    step: int = 0
    steps: tuple[str, ...] = ()


def groups_of(source: Source) -> tuple[Group, ...] | None:
    """List the row groups of a file in the order of their holders; None if the file does not name their holders."""
    if source.path.suffix.lower() != PARQUET:
        return None
    found, first = [], 0
    with open_parquet(source.path) as file:
        names = [file.metadata.schema.column(place).path for place in range(file.metadata.num_columns)]
        if "holder" not in names:  # the column has another name in this file
            return None
        for number in range(file.num_row_groups):
            group = file.metadata.row_group(number)
            if group.num_rows:
                bounds = _bounds(group.column(names.index("holder")))
                if bounds is None:
                    return None
                found.append(Group(number=number, first=first, rows=group.num_rows, size=group.total_byte_size,
                                   low=bounds[0], high=bounds[1]))
            first += group.num_rows
    return tuple(sorted(found, key=lambda group: (group.low, group.high)))


def _bounds(column: pq.ColumnChunkMetaData) -> tuple[str, str] | None:
    """Return the first and the last holder of a row group; None if that is not known, or a holder is missing."""
    said = column.statistics
    if said is None or not said.has_min_max or not said.has_null_count or said.null_count:
        return None
    return (said.min, said.max) if isinstance(said.min, str) and isinstance(said.max, str) else None


def with_steps(source: Source, groups: tuple[Group, ...] | None, rows: int) -> tuple[Group, ...] | None:
    """Look into large row groups, and find the last holders of pieces of that many rows."""
    if groups is None or all(group.rows < LARGE * rows for group in groups):
        return groups
    with source.to_its_end(), open_parquet(source.path) as file:
        return tuple(group if group.rows < LARGE * rows else attrs.evolve(group, step=rows,
                                                                         steps=_steps(file, group, rows))
                     for group in groups)


def _steps(file: pq.ParquetFile, group: Group, rows: int) -> tuple[str, ...]:
    """Find the last holder of each piece but the last; none if the rows are not sorted."""
    holders = file.read_row_group(group.number, columns=["holder"], use_threads=False).column(0).cast(pa.string())
    if not pc.all(pc.less_equal(holders.slice(0, len(holders) - 1), holders.slice(1))).as_py():
        return ()
    return tuple(holders[row].as_py() for row in range(rows - 1, len(holders) - rows // 2, rows))


def cuts_in_order(groups: Mapping[str, Sequence[Group] | None], rows: int) -> tuple[str, ...] | None:
    """Find the last holder of every part except the last, so that each part has about that number of activities.

    None if the row groups are in no order.
    """
    cuts = _cuts(groups, rows)
    sources = [of_source for of_source in groups.values() if of_source is not None]
    in_order = cuts is not None and all(_is_in_order(of_source, cuts) for of_source in sources)
    return cuts if in_order else None


def cuts_of(
    groups: Mapping[str, Sequence[Group] | None], rows: int, memory: int, threads: int = 1
) -> tuple[str, ...] | None:
    """Find the last holder of every part except the last, so that each part has about that number of activities.

    None if the row groups are in no order, and reading and deciding the parts would take more than the memory: such
    files are better split.  To split files in order would take more than it saves.
    """
    cuts = _cuts(groups, rows)
    if cuts is None or cuts_in_order(groups, rows) is not None:
        return cuts
    at_once = min(threads, len(cuts) + 1)
    sources = [of_source for of_source in groups.values() if of_source is not None]
    taken = sum(_most_taken(of_source, cuts, at_once) for of_source in sources)
    return cuts if taken <= memory else None


def _cuts(groups: Mapping[str, Sequence[Group] | None], rows: int) -> tuple[str, ...] | None:
    """Find the last holder of every part except the last; None if a file does not name its holders."""
    activities = groups["activities"]
    if activities is None or groups["credentials"] is None:
        return None
    cuts, counted = list[str](), 0
    for group in sorted(activities, key=lambda group: group.high):
        for end in (*group.steps, group.high):
            counted += group.step if group.steps else group.rows
            if counted >= rows:
                cuts.append(end)
                counted = 0
    last = max((group.high for group in activities), default="")
    return tuple(sorted({*cuts} - {last}))


def _is_in_order(groups: Sequence[Group], cuts: Sequence[str]) -> bool:
    """Return whether at most one row group of a file goes on in the next part, whichever part is read."""
    return all(sum(_touches(group, before, last) and not _ends_in(group, before, last) for group in groups) <= 1
               for before, last in pairwise([None, *cuts, None]))


def _most_taken(groups: Sequence[Group], cuts: Sequence[str], threads: int) -> int:
    """Estimate the most bytes at once: the row groups that a part touches, and the parts that threads decide."""
    return max(sum(group.size + group.rows * READ for group in groups if _touches(group, before, last))
               + sum(group.rows * DECIDED for group in groups if _ends_in(group, before, last)) * threads
               for before, last in pairwise([None, *cuts, None]))


def _touches(group: Group, before: str | None, last: str | None) -> bool:
    """Return whether a row group has holders of the part that begins after one holder and ends with another."""
    return (last is None or group.low <= last) and (before is None or group.high > before)


def _ends_in(group: Group, before: str | None, last: str | None) -> bool:
    """Return whether the last holder of a row group is in the part: nearly all of its rows are decided there."""
    return (last is None or group.high <= last) and (before is None or group.high > before)


def parts_of(
    source: Source, groups: Sequence[Group], cuts: Sequence[str], wanted: Collection[int]
) -> Iterator[Given]:
    """Read the wanted parts of a file one after another; row groups without wanted rows are not read."""
    waiting, begun, held = deque(groups), list[_Reading](), list[Given]()
    with source.to_its_end(), open_parquet(source.path) as file:
        for number, last in enumerate([*cuts, None]):
            while waiting and (last is None or waiting[0].low <= last):
                group = waiting.popleft()
                if number in wanted or (last is not None and group.high > last):
                    begun.append(_Reading(_pieces(file, group, source)))
            for reading in begun:
                held.extend(reading.up_to(last))
            begun = [reading for reading in begun if not reading.ended]
            part = _taken(held, last)
            if number in wanted:
                yield together(part, source)
            del part  # or it would stay in memory while the next one is read


def read_group(file: pq.ParquetFile, group: Group, source: Source) -> Given:
    """Read a row group in the thread that will decide it: Arrow's own threads would each keep memory of theirs."""
    return Given(table=source.taken(file.read_row_group(group.number, use_threads=False)),
                 numbers=_numbers(group.first, group.rows))


def _numbers(first: int, rows: int) -> Array:
    """Number rows from the first one on, in 32 bits if they suffice."""
    return np.arange(first, first + rows, dtype=np.min_scalar_type(-first - rows))


def _pieces(file: pq.ParquetFile, group: Group, source: Source) -> Iterator[Given]:
    """Read a row group: piece by piece if its rows are sorted, or else at once."""
    if not group.steps:
        yield read_group(file, group, source)
        return
    first = group.first
    for rows in file.iter_batches(batch_size=group.step, row_groups=[group.number], use_threads=False):
        yield Given(table=source.taken(pa.Table.from_batches([rows])), numbers=_numbers(first, len(rows)))
        first += len(rows)


class _Reading:
    """A row group that is being read, no further than a part needs; it has ended when there is nothing left."""

    def __init__(self, pieces: Iterator[Given]) -> None:
        self._pieces, self._reached, self.ended = pieces, "", False

    def up_to(self, last: str | None) -> Iterator[Given]:
        """Read on until a piece ends after a holder."""
        while last is None or self._reached <= last:
            piece = next(self._pieces, None)
            if piece is None:
                self.ended = True
                return
            self._reached = piece.table.column("holder")[-1].as_py()
            yield piece


def _taken(held: list[Given], last: str | None) -> list[Given]:
    """Take the rows of holders up to a given one; those of later holders stay."""
    divided = [_cut(given, last) for given in held]
    held[:] = [later for _, later in divided if later.table.num_rows]
    return [mine for mine, _ in divided]


def _cut(given: Given, last: str | None) -> tuple[Given, Given]:
    """Separate the rows of holders up to a given one from those of later holders."""
    mine, count = np.ones(given.table.num_rows, dtype=np.bool_), given.table.num_rows
    if last is not None:
        mine = _up_to(given.table.column("holder"), last)
        count = int(mine.sum())
    if mine[:count].all():
        return (Given(table=given.table.slice(0, count), numbers=given.numbers[:count]),
                Given(table=given.table.slice(count), numbers=given.numbers[count:]))
    return (Given(table=given.table.filter(pa.array(mine)), numbers=given.numbers[mine]),
            Given(table=given.table.filter(pa.array(~mine)), numbers=given.numbers[~mine]))


def _up_to(holders: pa.ChunkedArray, last: str) -> Array:
    """Return which rows belong to holders up to a given one; of numbered words, each word is compared once."""
    if pa.types.is_dictionary(holders.type):
        return np.concatenate([_words_up_to(chunk, last) for chunk in holders.chunks])
    found: Array = pc.less_equal(holders, last).to_numpy()
    return found


def _words_up_to(words: pa.DictionaryArray, last: str) -> Array:
    """Return which rows have a word up to a given one; in most row groups all have."""
    found: Array = pc.less_equal(words.dictionary, last).to_numpy(zero_copy_only=False)
    return np.ones(len(words), dtype=np.bool_) if found.all() else found[words.indices]


def together(parts: Sequence[Given], source: Source) -> Given:
    """Join the rows of a part, in the order of the file: row groups were sorted by their holders."""
    parts = sorted((part for part in parts if part.table.num_rows), key=lambda part: int(part.numbers[0]))
    if not parts:
        return Given(table=source.schema.empty_table(), numbers=np.arange(0))
    return Given(table=pa.concat_tables([part.table for part in parts]),
                 numbers=np.concatenate([part.numbers for part in parts]))
