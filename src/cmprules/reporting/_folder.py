"""The folder of reports: one run at a time holds it, a run can be continued, and no file of the user is overwritten.

Next to the pages is a folder of our own with a lock and a journal.  Before a file is put in place, a line of the
journal describes its content.  So a continued run knows which pages are still valid.  A file that the journal does not
know, or knows with other content, belongs to the user: the run stops and names it.
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
"""Our own folder, inside the folder of reports."""

_LOCK_SCHEMA, _SCHEMA = "cmprules.reports-lock/1", "cmprules.reports-journal/1"
_JOURNAL = "journal.jsonl"
_OURS = re.compile(r"lock|journal\.jsonl|\.cmprules-[0-9a-f]{16}\.unfinished")
_ALL = (OWN, PAGES, "index.html", "people.xlsx", "calendar.ics")
"""The files that this package puts in the folder; it leaves everything else alone."""


class FolderError(CmpRulesError):
    """The folder of reports cannot be used: it, or a file in it, is not ours, or another run holds it."""


@attrs.frozen(kw_only=True)
class Kept:
    """A file in the journal: its name, the key of its input, its digest, and where its line begins."""

    file: str
    key: str
    sha256: str
    offset: int


@contextmanager
def held(path: Path) -> Iterator[Folder]:
    """Hold a folder for one run; make it if it does not exist.

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
    """Check that a folder is new, empty, or a folder of reports.

    Raises:
        FolderError: it is none of these.
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
    """Check that our own folder has only files of a run.

    Raises:
        FolderError: it has another file.
    """
    foreign = foreign_in(path, _OURS, _LOCK_SCHEMA)
    if foreign is not None:
        raise FolderError(f"{path} is not ours: {foreign!r} is in it; move it away, or name a new folder")


@attrs.define(kw_only=True, eq=False)
class Folder:
    """A folder of reports that this run holds.

    Attributes:
        run: the mark in the names of unfinished files.
        journal: the journal, open for appending.
        kept: the last line of the journal about each file.
        known: the digests that each file has had.
        found: the present digest of each file.
        current: the files of this run, in order.
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
        """Open the journal; begin a new one if there is none or it cannot be read."""
        place = path / OWN / _JOURNAL
        run, kept, known = _read_journal(place)
        if run is None:
            run = new_mark()
            with whole(place) as begun:
                begun.write_bytes(_line({"schema": _SCHEMA, "run": run}))
        return cls(path=path, run=run, journal=_opened(place), kept=kept, known=known)

    def check(self) -> None:
        """Check that each of our files is unchanged.

        Raises:
            FolderError: one was changed, or another file is in its place.
        """
        for name in _ALL[2:]:
            self._check_one(name)
        pages = self.path / PAGES
        for name in sorted(self.kept):
            if name.startswith(f"{PAGES}/"):
                self._check_one(name)
        pages.mkdir(exist_ok=True)

    def _check_one(self, name: str) -> None:
        """Check that a file is missing, or in the journal.

        Raises:
            FolderError: it belongs to the user.
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
        """Keep a file that is still valid: made from the same input, and unchanged."""
        kept = self.kept.get(name)
        if kept is None or kept.key != key or self.found.get(name) != kept.sha256:
            return False
        self.current[name] = kept
        return True

    def put(self, name: str, key: str, content: bytes, data: Any) -> None:
        """Write a page, and keep the data that the index and the other files need.

        Raises:
            FolderError: a file of the user is in its place.
            OSError: it cannot be written.
        """
        if name not in self.known:
            self._check_one(name)
        self._note(name, key, hashlib.sha256(content).hexdigest(), data)
        with whole(self.path / name, self.run, durable=False) as begun:
            begun.write_bytes(content)

    def fill(self, name: str, key: str, write: Callable[[Path], None]) -> None:
        """Write a file about all people, unless it was made from the same input.

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
        """Record in the journal what a file will contain."""
        offset = self.journal.tell()
        self.journal.write(_line({"file": name, "key": key, "sha256": sha256, "data": data}))
        self.journal.flush()
        self.current[name] = self.kept[name] = Kept(file=name, key=key, sha256=sha256, offset=offset)
        self.known.setdefault(name, set()).add(sha256)

    def key(self) -> str:
        """Return the key of the input of this run's pages, in order."""
        lines = [f"{kept.file} {kept.key}" for kept in self.current.values()]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def data(self) -> Iterator[Any]:
        """Yield the data kept for each page, in the order of this run."""
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
        """Shorten the journal to the files in the folder.

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
    """Open a journal for appending; end a line that an earlier run could not finish."""
    journal = path.open("r+b")
    journal.seek(-1, os.SEEK_END)
    if journal.read(1) != b"\n":
        journal.write(b"\n")
    return journal


def _line(plain: Any) -> bytes:
    return json.dumps(plain, separators=(",", ":")).encode() + b"\n"


def _read_journal(path: Path) -> tuple[str | None, dict[str, Kept], dict[str, set[str]]]:
    """Read the lines of an earlier run; skip those that it could not finish."""
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
    """Return whether a name is one of ours, so that nothing outside the folder is ever touched."""
    return name in _ALL or re.fullmatch(rf"{PAGES}/[a-z0-9-]+\.html", name) is not None


def sha256_of(path: Path) -> str:
    """Return the digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
