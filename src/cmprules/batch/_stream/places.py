"""Parts of files whose holders come in no order, if the rows of each holder stand close together.

A holder belongs to the part with the last row group that has activities of theirs.  So the row groups are read once,
in the order of the file, and only the rows that belong to later parts are held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import attrs
import numpy as np
import pyarrow as pa

from cmprules.batch._columns.given import Given
from cmprules.batch._columns.words import encoded
from cmprules.batch._kernel.records import Array
from cmprules.batch._stream.ranges import DECIDED, READ, Group, read_group, together
from cmprules.batch._stream.source import Source, open_parquet
from cmprules.batch._stream.splitting import without_spaces

_HOLDER = "holder"
_MOST_BYTES_OF_NAMES = 1 << 29
"""The most bytes of names of a file to number: Arrow counts those of a column with 32 bits."""
_UNEVEN = 2
"""How many times as many rows as a part should have are too many: then the rows of holders stand far apart."""


@attrs.frozen(kw_only=True, eq=False)
class Places:
    """Where the rows of each part stand in a file.

    Attributes:
        groups: the row groups, in the order of the file.
        parts: for each row group, the part of each holder, by the number of the holder's name there.
        needed: for each part, how many row groups to read before it is complete.
        held: for each part, the estimated bytes of the rows that have been read for it and later parts.
        largest: the estimated number of rows of the largest part.
    """

    groups: tuple[Group, ...]
    parts: tuple[Array, ...]
    needed: tuple[int, ...]
    held: tuple[float, ...]
    largest: int

    @classmethod
    def of(cls, groups: Sequence[Group], parts: Sequence[Array], count: int) -> Places:
        """Estimate what each part needs, as if the holders of a row group had as many rows each."""
        rows = np.array([np.bincount(found, minlength=count) * (group.rows / len(found))
                         for group, found in zip(groups, parts, strict=True)])
        bytes_of_a_row = np.array([READ + group.size / group.rows for group in groups])
        has, place = rows > 0, np.arange(len(groups))[:, np.newaxis] + 1
        needed = np.maximum.accumulate(np.max(np.where(has, place, 0), axis=0))
        later = np.cumsum((rows * bytes_of_a_row[:, np.newaxis])[:, ::-1], axis=1)[:, ::-1]
        held = np.vstack([np.zeros(count), np.cumsum(later, axis=0)])[needed, np.arange(count)]
        return cls(groups=tuple(groups), parts=tuple(parts), needed=tuple(needed.tolist()), held=tuple(held.tolist()),
                   largest=int(rows.sum(axis=0).max()))


def places_of(
    sources: Sequence[Source], groups: Mapping[str, Sequence[Group] | None], rows: int, memory: int, threads: int
) -> dict[str, Places] | None:
    """Find where the rows of parts of about that many activities stand.

    None if the files do not name their holders, if the rows of holders stand far apart, or if reading and deciding the
    parts would take more than the memory.
    """
    in_file = {name: sorted(found or (), key=lambda group: group.first) for name, found in groups.items()}
    if not all(in_file.values()):
        return None
    with ThreadPoolExecutor(threads) as workers:
        found = workers.map(lambda source: _names_in(source, in_file[source.name], memory // 4), sources)
        names = dict(zip((source.name for source in sources), found, strict=True))
    parts_of_groups = _parts_of_groups(in_file["activities"], rows)
    parts = _parts_of_names(names, parts_of_groups)
    if parts is None:
        return None
    count = int(parts_of_groups[-1]) + 1
    places = {name: Places.of(in_file[name], found, count) for name, found in parts.items()}
    largest = places["activities"].largest
    held = max(map(sum, zip(*(place.held for place in places.values()), strict=True)))
    taken = held + largest * DECIDED * min(threads, count)
    even = largest <= _UNEVEN * max(rows, *(group.rows for group in in_file["activities"]))
    return places if even and taken <= memory else None


def _names_in(source: Source, groups: Sequence[Group], most: int) -> list[pa.Array] | None:
    """Read the holders of each row group, without spaces; None if their names take too many bytes."""
    found, size = list[pa.Array](), 0
    with source.to_its_end(), open_parquet(source.path) as file:
        for group in groups:
            table = source.taken(file.read_row_group(group.number, columns=[_HOLDER], use_threads=False))
            found.append(without_spaces(_numbered(table)[1]))
            size += found[-1].nbytes
            if size > min(most, _MOST_BYTES_OF_NAMES):
                return None
    return found


def _numbered(table: pa.Table) -> tuple[Array, pa.Array]:
    """Number the holders of some rows, and list their names, of which some may be equal."""
    column = table.column(_HOLDER)
    return encoded(column if pa.types.is_dictionary(column.type) else column.dictionary_encode())


def _parts_of_groups(groups: Sequence[Group], rows: int) -> Array:
    """Number the part that each row group of the activities begins in or continues."""
    before = np.array([0, *(group.rows for group in groups[:-1])]).cumsum()
    return np.unique(before // rows, return_inverse=True)[1]


def _parts_of_names(
    names: Mapping[str, Sequence[pa.Array] | None], parts_of_groups: Array
) -> dict[str, list[Array]] | None:
    """Find the part of each name of each row group; None if the names of a file are not known.

    Holders without activities are spread over all parts, in the order of the file.
    """
    credentials, activities = names["credentials"], names["activities"]
    if credentials is None or activities is None:
        return None
    numbered = pa.concat_arrays([*activities, *credentials]).dictionary_encode()
    ends = np.cumsum([len(found) for found in (*activities, *credentials)])
    numbers = np.split(numbered.indices.to_numpy(), ends[:-1])
    count = int(parts_of_groups[-1]) + 1
    part_of = np.full(len(numbered.dictionary), count, dtype=np.min_scalar_type(count))
    for part, found in zip(parts_of_groups, numbers, strict=False):
        part_of[found] = part
    without = np.flatnonzero(part_of == count)
    part_of[without] = np.arange(len(without)) * count // max(1, len(without))
    parts = [part_of[found] for found in numbers]
    return {"credentials": parts[len(activities):], "activities": parts[:len(activities)]}


def parts_by_place(source: Source, places: Places, wanted: Collection[int]) -> Iterator[Given]:
    """Read the wanted parts of a file one after another; row groups without wanted rows are not read."""
    held, read = defaultdict[int, list[Given]](list), 0
    with source.to_its_end(), open_parquet(source.path) as file:
        for number, needed in enumerate(places.needed):
            for place in range(read, needed):
                if np.isin(places.parts[place], [*wanted]).any():
                    _share_out(read_group(file, places.groups[place], source), places.parts[place], held)
            read = needed
            part = held.pop(number, [])
            if number in wanted:
                yield together(part, source)
            del part  # or it would stay in memory while the next one is read


def _share_out(given: Given, parts: Array, held: Mapping[int, list[Given]]) -> None:
    """Add the rows of a row group to the parts of their holders; rows that stand together are not copied."""
    # Nothing is out of bounds, except in a file that changes during the run, which is found out at the end.
    part_of = np.take(parts, _numbered(given.table)[0], mode="clip")
    if (part_of[1:] < part_of[:-1]).any():
        order = np.argsort(part_of, kind="stable")
        given, part_of = Given(table=given.table.take(pa.array(order)), numbers=given.numbers[order]), part_of[order]
    for first, last in pairwise([0, *(np.flatnonzero(np.diff(part_of)) + 1).tolist(), len(part_of)]):
        held[int(part_of[first])].append(
            Given(table=given.table.slice(first, last - first), numbers=given.numbers[first:last]))
