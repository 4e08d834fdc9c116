"""A population larger than memory: divided by holder, decided part by part, joined at the end.

Files whose row groups are sorted by holder are read in place, and so are those in which the rows of each holder stand
close together; others are split first.

Finished parts are kept in a folder next to the answers, so an interrupted run continues where it stopped.  The output
files depend only on the input, not on the number of parts or threads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from cmprules.batch._answers import FAULTS, answers_of, answers_schema, fault_line, faults_of
from cmprules.batch._columns.given import Given
from cmprules.batch._part import Context, decide_part, stamp_of
from cmprules.batch._refusals import squeezed
from cmprules.batch._stream.folder import Folder, PartsError, held
from cmprules.batch._stream.joining import join, keyed, rows_at_once
from cmprules.batch._stream.places import Places, parts_by_place, places_of
from cmprules.batch._stream.ranges import Group, cuts_in_order, cuts_of, groups_of, parts_of, with_steps
from cmprules.batch._stream.source import Source
from cmprules.batch._stream.splitting import SplitDamagedError, read_split, split
from cmprules.errors import Fault, InputError

__all__ = ["Outputs", "PartsError", "Progress", "Summary", "decide_files", "parts_folder"]

_BYTES_OF_A_ROW = 1_000
"""The assumed memory for an activity, all arrays together: a generous guess, because more parts cost little."""

_MOST_ROWS = 1 << 19
"""The most rows of a part, if there is memory for more: larger parts take longer, and keep fewer threads busy."""

_CREDENTIALS_AT_ONCE = 1 << 16
"""The credentials to read at once from a large row group, if its rows are sorted."""

_MOST_PARTS = 512
FIRST_FAULTS = 5
_KEPT = ("answers", "faults")
_MOST_TRIES = 3
"""How often to decide damaged parts again before giving up."""

GivenTables = dict[str, Given]
_Groups = dict[str, tuple[Group, ...] | None]

Progress = Callable[[int, int], None]
"""Called after each part with the number of decided parts and of all parts."""

Remark = Callable[[str], None]
"""Called with each problem that was repaired during the run."""


@attrs.frozen(kw_only=True)
class Summary:
    """The result of a run: the number of decided credentials, the number of faults, and the first faults."""

    credentials: int
    faults: int
    parts: int
    first_faults: tuple[str, ...] = ()


class Outputs(NamedTuple):
    """The files that a run writes."""

    answers: Path
    faults: Path


def parts_folder(answers: Path) -> Path:
    """Return the folder that holds the parts of the answers during a run."""
    return answers.with_name(f"{answers.name}.parts")


def decide_files(
    sources: Sequence[Source], context: Context, outputs: Outputs, *, memory: int, threads: int = 1,
    progress: Progress, remark: Remark,
) -> Summary:
    """Decide a population of files in bounded memory.

    Args:
        sources: credentials and activities.
        context: the book, day and grade for the decisions.
        outputs: the files to write.
        memory: the most bytes for all parts in progress together.
        threads: how many parts are in progress at a time.
        progress: called after each part.
        remark: called with each problem that was repaired.

    Raises:
        InputError: a file cannot be read to its end, or changed during the run.
        PartsError: the folder for the parts has other content, or another run holds it.
        OSError: the answers, or the parts, cannot be written.
    """
    layout = Layout.of(sources, memory, threads)
    plan = {"count": layout.count, "cuts": layout.cuts, "by place": layout.places is not None,
            "stamp": stamp_of(context), "sources": [source.state() for source in sources]}
    with held(parts_folder(outputs.answers), plan, outputs) as folder:
        run = _Run(sources=sources, context=context, folder=folder, layout=layout, threads=threads,
                   progress=progress, remark=remark)
        run.decide_all()
        pa.default_memory_pool().release_unused()  # the threads have ended, and what they kept is free
        _check_unchanged(sources, plan["sources"])
        first: list[dict[str, Any]] = []

        def notice(table: pa.Table) -> None:
            of_their_own = table.filter(pc.not_equal(table["code"], "HOLDER_REFUSED"))
            first.extend(of_their_own.slice(0, FIRST_FAULTS - len(first)).to_pylist())

        refused = join(folder, "faults", layout.count, outputs.faults, FAULTS.with_metadata(stamp_of(context)), notice)
        schema = answers_schema(sources[0].schema, context.carry).with_metadata(stamp_of(context))
        decided = join(folder, "answers", layout.count, outputs.answers, schema)
        folder.leave()
    return Summary(credentials=decided, faults=refused, parts=layout.count, first_faults=tuple(map(fault_line, first)))


def _check_unchanged(sources: Sequence[Source], states: object) -> None:
    """Check that no file was replaced during the run.

    Raises:
        InputError: a file was replaced.
    """
    if [source.state() for source in sources] != states:
        raise InputError([Fault(path="$", code="CANNOT_READ", value=None, expected="files that do not change",
                                hint="one was changed while it was read; run the command again")])


@attrs.frozen(kw_only=True)
class Layout:
    """How to divide files.

    Attributes:
        count: the number of parts.
        cuts: the last holder of each part, if holders come in order.
        places: where the rows of each part stand, if holders come in no order; without either, a hash of the holder
            says the part.
        groups: the row groups of each file.
    """

    count: int
    cuts: tuple[str, ...] | None
    places: dict[str, Places] | None
    groups: _Groups

    @classmethod
    def of(cls, sources: Sequence[Source], memory: int, threads: int) -> Layout:
        """Choose parts of which one for each thread fits into a given amount of memory."""
        rows = max(1, min(memory // threads // _BYTES_OF_A_ROW, _MOST_ROWS))
        groups = {source.name: groups_of(source) for source in sources}
        cuts, places = cuts_in_order(groups, rows), None
        if cuts is not None:
            groups, cuts = _cut_finer(sources, groups, cuts, rows)
        else:
            places = places_of(sources, groups, rows, memory, threads)
            cuts = None if places else cuts_of(groups, rows, memory, threads)
        if places is not None:
            count = len(places["activities"].needed)
        elif cuts is not None:
            count = len(cuts) + 1
        else:
            count = max(1, min(_MOST_PARTS, -(-sum(source.rows() for source in sources) // rows)))
        return cls(count=count, cuts=cuts, places=places, groups=groups)


def _cut_finer(
    sources: Sequence[Source], groups: _Groups, cuts: tuple[str, ...], rows: int
) -> tuple[_Groups, tuple[str, ...]]:
    """Cut large row groups too, if their rows are sorted; the credentials are only read piece by piece."""
    steps = {"activities": rows, "credentials": _CREDENTIALS_AT_ONCE}
    finer = {source.name: with_steps(source, groups[source.name], steps[source.name]) for source in sources}
    cuts_of_finer = cuts_in_order(finer, rows)
    return (groups, cuts) if cuts_of_finer is None else (finer, cuts_of_finer)


class _Supply:
    """Parts to decide, read one at a time by the thread that asks for it; after it is closed, there are none.

    No part is kept here, nor where it is read: it would stay in memory while the next one is read.
    """

    def __init__(self, numbers: Iterable[int], parts: Iterator[GivenTables]) -> None:
        self._numbers, self._parts, self._lock = iter(numbers), parts, Lock()

    def take(self) -> tuple[int, GivenTables] | None:
        """Read the next part."""
        with self._lock:
            number = next(self._numbers, None)
            return None if number is None else (number, next(self._parts))

    def close(self) -> None:
        """Read no more."""
        with self._lock:
            self._numbers = iter(())


@attrs.define(kw_only=True, eq=False)
class _Run:
    """One run over the undecided parts."""

    sources: Sequence[Source]
    context: Context
    folder: Folder
    layout: Layout
    threads: int
    progress: Progress
    remark: Remark
    suspects: set[str] = attrs.field(factory=set)

    def decide_all(self) -> None:
        """Decide the undecided parts, and those that the disk has damaged.

        Raises:
            PartsError: the disk repeatedly returns something else than was written.
        """
        for _ in range(_MOST_TRIES + 1):  # one more round, for holders who may be meant by rows of another part
            try:
                self._decide([number for number in range(self.layout.count) if not self.folder.is_done(number)])
            except SplitDamagedError as damaged:
                self.remark(f"{damaged}; {damaged.source} is split again")
                self.folder.forget_split(damaged.source)
            else:
                if not self._forget_damaged() and not self._forget_suspects():
                    return
        raise PartsError(f"{self.folder.path} does not keep what is written to it; choose a place on another disk")

    def _decide(self, wanted: Sequence[int]) -> None:
        """Decide parts: each thread reads one, decides it, writes it, and goes on to the next."""
        parts = _Supply(wanted, self._read(wanted))
        with ThreadPoolExecutor(self.threads) as workers:
            deciding = [workers.submit(self._decide_next, parts) for _ in wanted]
            try:
                for done, future in enumerate(as_completed(deciding), self.layout.count - len(wanted)):
                    future.result()
                    self.progress(done + 1, self.layout.count)
            finally:
                parts.close()

    def _decide_next(self, parts: _Supply) -> None:
        """Decide the next part, if there is one."""
        taken = parts.take()
        if taken is not None:
            self._decide_one(*taken)
        del taken  # or the part would stay while the next one is read
        pa.default_memory_pool().release_unused()

    def _decide_one(self, number: int, given: GivenTables) -> None:
        context = attrs.evolve(self.context, suspects=frozenset(self.suspects))
        part = decide_part(given["credentials"], given["activities"], context)
        answers, faults = answers_of(part, self.context), faults_of(part)
        rows = pa.array(part.credentials.given.numbers[part.decided])
        self.folder.save(number, {"faults": keyed(faults, faults["row"], faults["table"]),
                                  "answers": keyed(answers, rows)}, rows_at_once(self.layout.count))

    def _read(self, wanted: Collection[int]) -> Iterator[GivenTables]:
        """Read the wanted parts one after another, as often as one is asked for."""
        if self.layout.count > 1 and self.layout.places is None and self.layout.cuts is None:
            split(self.sources, self.folder, self.layout.count)
        files = {source.name: self._read_file(source, wanted) for source in self.sources}
        while True:
            yield {name: next(file) for name, file in files.items()}

    def _read_file(self, source: Source, wanted: Collection[int]) -> Iterator[Given]:
        """Read the wanted parts of a file one after another."""
        layout = self.layout
        if layout.count == 1:
            return (source.whole() for _ in wanted)
        if layout.places is not None:
            return parts_by_place(source, layout.places[source.name], wanted)
        if layout.cuts is not None:
            return parts_of(source, layout.groups[source.name] or (), layout.cuts, wanted)
        return (read_split(self.folder, source.name, number) for number in wanted)

    def _forget_suspects(self) -> bool:
        """Mark parts to decide again if another part may have rows of their holders, under a name with other spaces."""
        found: set[str] = set()
        for number in range(self.layout.count):
            faults = self.folder.read("faults", number)
            orphans = faults.filter(pc.equal(faults["code"], "NO_SUCH_HOLDER"))["holder"].drop_null()
            found.update(map(squeezed, orphans.unique().to_pylist()))
        suspects = found - self.suspects
        self.suspects |= suspects
        return suspects != set() and any([*map(self._forget_if_suspect, range(self.layout.count))])

    def _forget_if_suspect(self, number: int) -> bool:
        """Remove the seal of a part with a decided holder who may be meant by rows elsewhere."""
        holders = self.folder.read("answers", number)["holder"].unique().to_pylist()
        suspect = not self.suspects.isdisjoint(map(squeezed, holders))
        if suspect:
            self.folder.forget(number)
        return suspect

    def _forget_damaged(self) -> bool:
        """Remove the seal of every damaged part; return whether there is any."""
        damaged = [(number, damage) for number in range(self.layout.count)
                   if (damage := self.folder.damage(number, _KEPT))]
        for number, damage in damaged:
            self.remark(f"{damage}; part {number + 1} of {self.layout.count} is decided again")
            self.folder.forget(number)
        return bool(damaged)
