"""The folder of reports: held by one run at a time, gone on with, and never written over what is not ours.

Besides the pages there is a folder of our own with a lock and a journal.  Before a file is put in its place, a line of
the journal says what will be in it.  So a run that was cut off knows which pages hold, and a file of which the journal
knows nothing, or something else, is somebody's: the run stops and names it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import attrs

from cmprules._kit.files import new_mark, whole
from cmprules._kit.locks import HeldError, foreign_in, lock
from cmprules.errors import CmpRulesError
from cmprules.reporting._person import PAGES

OWN = ".cmprules-reports"
"""The folder of our own, within that of the reports."""

_LOCK_SCHEMA, _SCHEMA = "cmprules.reports-lock/1", "cmprules.reports-journal/1"
_JOURNAL = "journal.jsonl"
_OURS = re.compile(r"lock|journal\.jsonl|\.cmprules-[0-9a-f]{16}\.unfinished")
_ALL = (OWN, PAGES, "index.html", "people.xlsx", "calendar.ics")
"""What this package puts into the folder; anything else there is let be."""


class FolderError(CmpRulesError):
    """The folder of the reports cannot be used: it, or a file in it, is somebody else's, or another run holds it."""


@attrs.frozen(kw_only=True)
class Kept:
    """A file that the journal knows: its name, what it was made from, its digest, and where its line begins."""

    file: str
    key: str
    sha256: str
    offset: int


@contextmanager
def held(path: Path) -> Iterator[Folder]:
    """Hold a folder for a run, alone; it is made if it is not there.

    Raises:
        FolderError: it is not a folder of reports, a file in it was changed, or another run holds it.
        OSError: it cannot be made or written.
    """
    _check_folder(path)
    path.mkdir(exist_ok=True)
    try:
        stream = lock(path / OWN, _LOCK_SCHEMA, _check_own)
    except HeldError as by:
        raise FolderError(f"another run is writing to {path}: {by}; wait until it ends, or write to another folder") \
            from None
    try:
        folder = Folder.opened(path)
        try:
            folder.check()
            yield folder
        finally:
            folder.journal.close()
    finally:
        stream.close()


def _check_folder(path: Path) -> None:
    """Check that a folder is new, empty or of reports.

    Raises:
        FolderError: it is not.
    """
    if not os.path.lexists(path):
        return
    if not path.is_dir():
        raise FolderError(f"{path} is a file; name a folder")
    found = {entry.name: entry for entry in os.scandir(path)}
    if found and OWN not in found:
        raise FolderError(f"{path} is not empty, and these reports did not make it: {min(found)!r} is in it; name a "
                          "new folder")
    for name in (OWN, PAGES):
        if name in found and not found[name].is_dir(follow_symlinks=False):
            raise FolderError(f"{path / name} is a file or a link; move it away")


def _check_own(path: Path) -> None:
    """Check that nothing is in our own folder but what a run left there.

    Raises:
        FolderError: something else is.
    """
    foreign = foreign_in(path, _OURS, _LOCK_SCHEMA)
    if foreign is not None:
        raise FolderError(f"{path} is not ours: {foreign!r} is in it; move it away, or name a new folder")


@attrs.define(kw_only=True, eq=False)
class Folder:
    """A folder of reports that this run holds.

    Attributes:
        run: what the names of unfinished files carry.
        journal: the journal, open to be added to.
        kept: the last line of the journal on each file.
        known: the digests that each file has had.
        found: the digest of each file as it is now.
        current: the files of this run, in its order.
    """

    path: Path
    run: str
    journal: IO[bytes]
    kept: dict[str, Kept]
    known: dict[str, set[str]]
    found: dict[str, str] = attrs.Factory(dict)
    current: dict[str, Kept] = attrs.Factory(dict)

    @classmethod
    def opened(cls, path: Path) -> Folder:
        """Open the journal, and begin one where there is none that can be read."""
        place = path / OWN / _JOURNAL
        run, kept, known = _read_journal(place)
        if run is None:
            run = new_mark()
            with whole(place) as begun:
                begun.write_bytes(_line({"schema": _SCHEMA, "run": run}))
        return cls(path=path, run=run, journal=_opened(place), kept=kept, known=known)

    def check(self) -> None:
        """Check that every file of ours is as it was written.

        Raises:
            FolderError: one was changed, or stands where one of ours is to be.
        """
        for name in _ALL[2:]:
            self._check_one(name)
        pages = self.path / PAGES
        for name in sorted(self.kept):
            if name.startswith(f"{PAGES}/"):
                self._check_one(name)
        pages.mkdir(exist_ok=True)

    def _check_one(self, name: str) -> None:
        """Check that a file is not there, or is one that the journal knows.

        Raises:
            FolderError: it is somebody's.
        """
        place = self.path / name
        if not os.path.lexists(place):
            return
        if place.is_symlink() or not place.is_file():
            raise FolderError(f"{place} is a folder or a link; move it away, or name a new folder")
        self.found[name] = sha256_of(place)
        if place.stat().st_size and self.found[name] not in self.known.get(name, ()):
            what = "was changed since it was written" if name in self.known else "was not written by these reports"
            raise FolderError(f"{place} {what}, and would be lost; move it away, or name a new folder")

    # -----------------------------------------------------------------------------------------------------
    # Pages and other files.

    def take_up(self, name: str, key: str) -> bool:
        """Keep a file that holds: it was made from the same, and is as it was written."""
        kept = self.kept.get(name)
        if kept is None or kept.key != key or self.found.get(name) != kept.sha256:
            return False
        self.current[name] = kept
        return True

    def put(self, name: str, key: str, content: bytes, data: Any) -> None:
        """Write a page, with what the index and the other files need of it.

        Raises:
            FolderError: somebody's file stands in its place.
            OSError: it cannot be written.
        """
        if name not in self.known:
            self._check_one(name)
        self._note(name, key, hashlib.sha256(content).hexdigest(), data)
        with whole(self.path / name, self.run, durable=False) as begun:
            begun.write_bytes(content)

    def fill(self, name: str, key: str, write: Callable[[Path], None]) -> None:
        """Write a file that stands for all people, unless it was made from the same.

        Raises:
            OSError: it cannot be written.
        """
        if self.take_up(name, key):
            return
        with whole(self.path / name, self.run) as begun:
            write(begun)
            self._note(name, key, sha256_of(begun), None)
            os.fsync(self.journal.fileno())

    def _note(self, name: str, key: str, sha256: str, data: Any) -> None:
        """State in the journal what will be in a file."""
        offset = self.journal.tell()
        self.journal.write(_line({"file": name, "key": key, "sha256": sha256, "data": data}))
        self.journal.flush()
        self.current[name] = self.kept[name] = Kept(file=name, key=key, sha256=sha256, offset=offset)
        self.known.setdefault(name, set()).add(sha256)

    def key(self) -> str:
        """Name everything that the pages of this run were made from, in their order."""
        lines = [f"{kept.file} {kept.key}" for kept in self.current.values()]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def data(self) -> Iterator[Any]:
        """Yield what was kept of each page, in the order of this run."""
        with (self.path / OWN / _JOURNAL).open("rb") as journal:
            for name, kept in [*self.current.items()]:
                if name.startswith(f"{PAGES}/"):
                    journal.seek(kept.offset)
                    yield json.loads(journal.readline())["data"]

    def remove_others(self) -> int:
        """Remove our pages that belong to no person of this run; return how many."""
        gone = [name for name in self.known if name.startswith(f"{PAGES}/") and name not in self.current]
        there = [name for name in gone if (self.path / name).exists()]
        for name in there:
            (self.path / name).unlink()
        return len(there)

    def leave(self) -> None:
        """Shorten the journal to what is in the folder now.

        Raises:
            OSError: it cannot be written.
        """
        place = self.path / OWN / _JOURNAL
        self.journal.close()
        with whole(place) as begun, begun.open("wb") as shorter, place.open("rb") as journal:
            shorter.write(_line({"schema": _SCHEMA, "run": self.run}))
            for kept in self.current.values():
                journal.seek(kept.offset)
                shorter.write(journal.readline())


def _opened(path: Path) -> IO[bytes]:
    """Open a journal to add to it; a line that an earlier run could not finish is ended."""
    journal = path.open("r+b")
    journal.seek(-1, os.SEEK_END)
    if journal.read(1) != b"\n":
        journal.write(b"\n")
    return journal


def _line(plain: Any) -> bytes:
    return json.dumps(plain, separators=(",", ":")).encode() + b"\n"


def _read_journal(path: Path) -> tuple[str | None, dict[str, Kept], dict[str, set[str]]]:
    """Read what an earlier run has noted; lines that it could not finish are passed over."""
    kept: dict[str, Kept] = {}
    known: dict[str, set[str]] = {}
    with suppress(FileNotFoundError), path.open("rb") as journal:
        run = _run_of(journal.readline())
        if run is None:
            return None, {}, {}
        for found in _lines(journal):
            kept[found.file] = found
            known.setdefault(found.file, set()).add(found.sha256)
        return run, kept, known
    return None, {}, {}


def _run_of(line: bytes) -> str | None:
    """Read the mark of a run from the first line of its journal."""
    with suppress(ValueError):
        found = json.loads(line)
        if isinstance(found, dict) and found.get("schema") == _SCHEMA and re.fullmatch(
                "[0-9a-f]{16}", str(found.get("run"))):
            return str(found["run"])
    return None


def _lines(journal: IO[bytes]) -> Iterable[Kept]:
    offset = journal.tell()
    for line in journal:
        with suppress(ValueError, KeyError, TypeError):
            found = json.loads(line)
            if line.endswith(b"\n") and _is_name(str(found["file"])):
                yield Kept(file=str(found["file"]), key=str(found["key"]), sha256=str(found["sha256"]), offset=offset)
        offset += len(line)


def _is_name(name: str) -> bool:
    """Return whether a name is one that we give, so that nothing outside the folder is ever touched."""
    return name in _ALL or re.fullmatch(rf"{PAGES}/[a-z0-9-]+\.html", name) is not None


def sha256_of(path: Path) -> str:
    """Return the digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
