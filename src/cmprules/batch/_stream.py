"""A population that is larger than memory: parted by holder, decided part by part, joined at the end.

Files whose row groups stand in the order of their holders are read as they are, others are split first.

Everything that is finished is kept in a folder beside the answers, so that a run that was cut off goes on where it
stopped.  A file has its name only when it is whole: it is written under another, brought to the disk, and renamed.
"""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import feather

from cmprules.batch._answers import ANSWERS, FAULTS, answers_of, faults_of
from cmprules.batch._columns import Given, ids_of
from cmprules.batch._files import Source
from cmprules.batch._keeping import unfinished, whole
from cmprules.batch._kernel import Array
from cmprules.batch._loops import hash_names
from cmprules.batch._part import Context, decide_part, stamp_of
from cmprules.batch._ranges import Group, cuts_of, groups_of, parts_of
from cmprules.errors import Fault, InputError

__all__ = ["Progress", "Summary", "decide_files"]

_ROW = "row number"
_BYTES_OF_A_ROW = 1_000
"""What an activity is taken to need of memory, all arrays together: a generous guess, since more parts cost little."""

_MOST_PARTS = 512
_MANIFEST = "manifest.json"

GivenTables = dict[str, Given]

Progress = Callable[[int, int], None]
"""Told after each part how many parts of how many are decided."""


@attrs.frozen(kw_only=True)
class Summary:
    """What came of a run: how many credentials were decided, and how many faults there are."""

    credentials: int
    faults: int
    parts: int


def decide_files(
    sources: Sequence[Source], context: Context, answers: Path, *, faults: Path, memory: int, progress: Progress,
    threads: int = 1,
) -> Summary:
    """Decide a population of files in bounded memory.

    Args:
        sources: credentials and activities.
        context: what it is decided with.
        answers: the Parquet file to write.
        faults: the Parquet file for the faults.
        memory: how many bytes the parts that are in work may take together.
        progress: told after each part.
        threads: how many parts are in work at a time.

    Raises:
        InputError: a file cannot be read to its end, or the folder for the parts is somebody else's.
    """
    layout = Layout.of(sources, memory // threads)
    folder = answers.with_name(f"{answers.name}.parts")
    _enter(folder, {"count": layout.count, "cuts": layout.cuts, "stamp": stamp_of(context),
                    "sources": [source.state() for source in sources]})
    wanted = [number for number in range(layout.count) if not _part(folder, "answers", number).exists()]
    with ThreadPoolExecutor(threads) as workers:
        parts = zip(wanted, _parts(sources, folder, layout, wanted), strict=True)
        for done, _ in enumerate(_at_most(threads, workers, folder, context, parts), layout.count - len(wanted)):
            progress(done + 1, layout.count)
    refused = _join(folder, "faults", layout.count, faults, FAULTS.with_metadata(stamp_of(context)))
    decided = _join(folder, "answers", layout.count, answers, ANSWERS.with_metadata(stamp_of(context)))
    _leave(folder)
    return Summary(credentials=decided, faults=refused, parts=layout.count)


@attrs.frozen(kw_only=True)
class Layout:
    """How files are parted: in how many parts, and by which holders; without `cuts` by a hash of the holder."""

    count: int
    cuts: tuple[str, ...] | None
    groups: dict[str, tuple[Group, ...] | None]

    @classmethod
    def of(cls, sources: Sequence[Source], memory: int) -> Layout:
        """Choose parts that take no more than so much memory each."""
        rows = max(1, memory // _BYTES_OF_A_ROW)
        groups = {source.name: groups_of(source) for source in sources}
        cuts = cuts_of(groups, rows, memory // 2)
        by_hash = max(1, min(_MOST_PARTS, -(-sum(source.rows() for source in sources) // rows)))
        return cls(count=by_hash if cuts is None else len(cuts) + 1, cuts=cuts, groups=groups)


def _at_most(
    threads: int, workers: Executor, folder: Path, context: Context, parts: Iterable[tuple[int, GivenTables]]
) -> Iterator[int]:
    """Decide parts, no more than so many at a time; gives the number of each when it is done."""
    waiting: deque[Future[int]] = deque()
    for number, given in parts:
        waiting.append(workers.submit(_decide, folder, number, given, context))
        if len(waiting) == threads:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _parts(
    sources: Sequence[Source], folder: Path, layout: Layout, wanted: Collection[int]
) -> Iterator[GivenTables]:
    """Read the parts that are wanted, one after another."""
    if layout.count == 1:
        yield from ({source.name: source.whole() for source in sources} for _ in wanted)
    elif layout.cuts is None:
        _split_all(sources, folder, layout.count)
        yield from ({source.name: _read(_part(folder, source.name, number)) for source in sources} for number in wanted)
    else:
        names = [source.name for source in sources]
        files = (parts_of(source, layout.groups[source.name] or (), layout.cuts, wanted) for source in sources)
        yield from (dict(zip(names, given, strict=True)) for given in zip(*files, strict=True))


# ---------------------------------------------------------------------------------------------------------
# The folder of the parts.


def _enter(folder: Path, manifest: dict[str, object]) -> None:
    """Go on with a folder if it is of the same run, and begin anew if the files or the tables have changed."""
    known = folder / _MANIFEST
    text = json.dumps(manifest, indent=1, sort_keys=True)
    found = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if found - {unfinished(known).name} and _MANIFEST not in found:
        raise InputError([Fault(path="$.output", code="CANNOT_READ", value=str(folder),
                                expected="a folder of parts that this command left", hint="move it away")])
    if _MANIFEST in found and known.read_text(encoding="utf-8") == text:
        return
    _leave(folder)
    folder.mkdir()
    with whole(known) as path:
        path.write_text(text, encoding="utf-8")


def _leave(folder: Path) -> None:
    """Take a folder away: under another name, so that one that is half gone passes for nothing."""
    gone = folder.with_name(f"{folder.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    if folder.exists():
        folder.rename(gone)
        shutil.rmtree(gone)


def _part(folder: Path, name: str, number: int) -> Path:
    return folder / f"{name}-{number:04d}"


# ---------------------------------------------------------------------------------------------------------
# Splitting by holder.


def _split_all(sources: Sequence[Source], folder: Path, count: int) -> None:
    """Split each file so that all rows of a holder are in the same part; what is split already stays."""
    for source in sources:
        done = folder / f"{source.name}.split"
        if not done.exists():
            _split(source, folder, count)
            with whole(done) as path:
                path.touch()


def _split(source: Source, folder: Path, count: int) -> None:
    schema = source.schema.set(source.schema.get_field_index("holder"), pa.field("holder", pa.string()))
    schema = schema.append(pa.field(_ROW, pa.int64()))
    writers = [pq.ParquetWriter(_part(folder, source.name, number), schema, compression="lz4")
               for number in range(count)]
    try:
        for piece in _numbered(source):
            part = (_hashes(piece) % np.uint64(count)).astype(np.int64)
            ordered = piece.take(pa.array(np.argsort(part, kind="stable")))
            ends = np.cumsum(np.bincount(part, minlength=count)).tolist()
            for writer, first, last in zip(writers, [0, *ends], ends, strict=False):
                if last > first:
                    writer.write_table(ordered.slice(first, last - first))
    finally:
        for writer in writers:
            writer.close()


def _hashes(piece: pa.Table) -> Array:
    """Hash the holder of every row."""
    ids, hashes = ids_of(piece.column("holder")), np.zeros(piece.num_rows, dtype=np.uint64)
    with np.errstate(over="ignore"):
        hash_names(ids.starts, ids.letters, hashes)
    return hashes >> np.uint64(32)


def _numbered(source: Source) -> Iterator[pa.Table]:
    """Read a file piece by piece, with the number of each row."""
    first, place = 0, source.schema.get_field_index("holder")
    for piece in source.pieces():
        numbers = pa.array(np.arange(first, first + piece.num_rows))
        names = pc.cast(piece.column("holder"), pa.string())  # or every part would be given all names of the piece
        yield piece.set_column(place, "holder", names).append_column(_ROW, numbers)
        first += piece.num_rows


# ---------------------------------------------------------------------------------------------------------
# Deciding, and joining.


def _decide(folder: Path, number: int, given: GivenTables, context: Context) -> int:
    """Decide a part; its answers stand last, since they say that it is done."""
    part = decide_part(given["credentials"], given["activities"], None, context)
    for name, table in (("faults", faults_of(part)), ("answers", answers_of(part, context.compiled))):
        with whole(_part(folder, name, number)) as path:
            feather.write_feather(table, path, compression="lz4")
    return number


def _read(path: Path) -> Given:
    table = pq.read_table(path, partitioning=None)
    numbers = table.column(_ROW).to_numpy()
    return Given(table=table.drop([_ROW]), numbers=numbers)


def _join(folder: Path, name: str, count: int, target: Path, schema: pa.Schema) -> int:
    """Join the parts to one file; gives the number of its rows."""
    rows = 0
    with whole(target) as path, pq.ParquetWriter(path, schema) as writer:
        for number in range(count):
            table = feather.read_table(_part(folder, name, number))
            writer.write_table(table.replace_schema_metadata(schema.metadata))
            rows += table.num_rows
    return rows
