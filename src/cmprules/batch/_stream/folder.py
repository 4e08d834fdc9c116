"""The folder for the parts of a run: one process holds it, and it is never mistaken for another folder.

This module names everything in the folder, and a lock file says who holds it.  A folder with anything else in it is
left alone.  The operating system releases the lock when its owner ends, for whatever reason, and the next run takes
over.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa

from cmprules._kit.files import new_mark, unfinished, whole, write_whole
from cmprules._kit.locks import HeldError, foreign_in, lock
from cmprules.errors import CmpRulesError

_SCHEMA = "cmprules.batch-lock/1"
_LOCK, _MANIFEST = "lock", "manifest.json"
_OURS = re.compile(r"lock|manifest\.json|(credentials|activities)\.split|part-\d{4}"
                   r"|(credentials|activities|answers|faults)-\d{4}|\.cmprules-[0-9a-f]{16}\.unfinished")


class PartsError(CmpRulesError):
    """The folder for the parts cannot be used: another run holds it, it is not ours, or the disk damages it."""


@contextmanager
def held(path: Path, plan: Mapping[str, Any], outputs: Sequence[Path]) -> Iterator[Folder]:
    """Hold a folder for one run; continue with its content if the plan is the same.

    Args:
        path: the folder, which is made if it does not exist.
        plan: everything that determines the content of the parts.
        outputs: the files that the parts will be joined into.

    Raises:
        PartsError: another run holds the folder, or it is not one of ours.
        OSError: it cannot be made.
    """
    stream = _lock(path)
    try:
        yield _enter(path, {**plan, "outputs": [os.path.realpath(output) for output in outputs]})
    finally:
        stream.close()


@attrs.frozen(kw_only=True)
class Folder:
    """A folder that this run holds.

    Attributes:
        run: the mark of the run, which is written in every part.
    """

    path: Path
    run: str

    def place(self, name: str, number: int) -> Path:
        """Return the path of a table of a part."""
        return self.path / f"{name}-{number:04d}"

    # -----------------------------------------------------------------------------------------------------
    # Decided parts.

    def save(self, number: int, tables: Mapping[str, pa.Table], rows_at_once: int) -> None:
        """Keep the tables of a part; its seal is written last and says that the part is complete.

        Raises:
            OSError: they cannot be written.
        """
        seal: dict[str, object] = {"run": self.run, "number": number}
        for name, table in tables.items():
            content = _packed(table, self._stamp(name, number), rows_at_once)
            write_whole(self.place(name, number), content)
            seal[name] = [len(content), zlib.crc32(content)]
        write_whole(self._seal(number), json.dumps(seal).encode())

    def read(self, name: str, number: int) -> pa.Table:
        """Read a table of a part."""
        with pa.memory_map(os.fsencode(self.place(name, number))) as file:
            return pa.ipc.open_file(file).read_all()

    def damage(self, number: int, names: Sequence[str]) -> str | None:
        """Return the damage to a kept part; None if it is complete and belongs to this run."""
        try:
            seal = json.loads(self._seal(number).read_bytes())
            if not isinstance(seal, dict) or (seal.get("run"), seal.get("number")) != (self.run, number):
                return f"{self._seal(number).name} is not of this run"
        except (OSError, ValueError):
            return f"{self._seal(number).name} cannot be read"
        return next((f"{self.place(name, number).name} is damaged" for name in names
                     if not self._is_kept(name, number, seal.get(name))), None)

    def _is_kept(self, name: str, number: int, sealed: object) -> bool:
        """Return whether the table of a part is unchanged."""
        try:
            content = self.place(name, number).read_bytes()
        except OSError:
            return False
        if sealed != [len(content), zlib.crc32(content)]:
            return False
        with pa.ipc.open_file(pa.py_buffer(content)) as file:
            return bool((file.schema.metadata or {}).get(b"part") == self._stamp(name, number)[b"part"])

    def is_done(self, number: int) -> bool:
        """Return whether a part has been decided."""
        return self._seal(number).exists()

    def forget(self, number: int) -> None:
        """Remove the seal of a part, so that it is decided again."""
        self._seal(number).unlink(missing_ok=True)

    def _seal(self, number: int) -> Path:
        return self.path / f"part-{number:04d}"

    def _stamp(self, name: str, number: int) -> dict[bytes, bytes]:
        return {b"part": f"{self.run} {name} {number}".encode()}

    # -----------------------------------------------------------------------------------------------------
    # Split sources.

    def is_split(self, name: str) -> bool:
        """Return whether this run has split a source."""
        with suppress(OSError):
            return self._split(name).read_text("utf-8") == self.run
        return False

    def mark_split(self, name: str) -> None:
        """Mark a source as split."""
        write_whole(self._split(name), self.run.encode())

    def forget_split(self, name: str) -> None:
        """Remove the mark, so that the source is split again."""
        self._split(name).unlink(missing_ok=True)

    def _split(self, name: str) -> Path:
        return self.path / f"{name}.split"

    def leave(self) -> None:
        """Remove the folder after all parts are joined."""
        _clear(self.path)
        (self.path / _LOCK).unlink()
        with suppress(OSError):  # something was added to it, or another run holds it
            self.path.rmdir()


def _packed(table: pa.Table, stamp: Mapping[bytes, bytes], rows_at_once: int) -> pa.Buffer:
    """Write a table in Arrow's format, with a stamp."""
    stream = pa.BufferOutputStream()
    schema = table.schema.with_metadata(stamp)
    with pa.ipc.new_file(stream, schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table.cast(schema), max_chunksize=rows_at_once)
    return stream.getvalue()


# ---------------------------------------------------------------------------------------------------------
# Holding the folder.


def _lock(path: Path) -> FileIO:
    """Lock a folder; return the open lock file, which holds the lock until it is closed."""
    try:
        return lock(path, _SCHEMA, _check_ours)
    except HeldError as held_by:
        raise PartsError(f"another run is writing to {path}: {held_by}; wait until it ends, or write to another file") \
            from None


def _check_ours(path: Path) -> None:
    """Check that a folder has only files of a run.

    Raises:
        PartsError: it has another file.
    """
    foreign = foreign_in(path, _OURS, _SCHEMA)
    if foreign is not None:
        raise PartsError(f"{path} is not a folder of parts that this command left: {foreign!r} is in it; "
                         "move it away, or write to another file")


# ---------------------------------------------------------------------------------------------------------
# Continuing, or starting over.


def _enter(path: Path, plan: Mapping[str, Any]) -> Folder:
    """Continue with the content of a folder if it has the same plan; otherwise start with an empty folder."""
    known = _manifest(path)
    if known and known.get("plan") == json.loads(json.dumps(plan)):
        return Folder(path=path, run=known["run"])
    _clear(path)
    run = new_mark()
    with whole(path / _MANIFEST) as begun:
        begun.write_text(json.dumps({"run": run, "plan": plan}, indent=1, sort_keys=True), encoding="utf-8")
    return Folder(path=path, run=run)


def _manifest(path: Path) -> dict[str, Any]:
    """Read a folder's description of its run; empty if it cannot be read."""
    try:
        found = json.loads((path / _MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict) or not isinstance(found.get("plan"), dict):
        return {}
    return found if re.fullmatch("[0-9a-f]{16}", str(found.get("run"))) else {}


def _clear(path: Path) -> None:
    """Remove the files of a run, the manifest first: without a manifest, the rest counts as nothing."""
    known = _manifest(path)
    for output in known.get("plan", {}).get("outputs", ()):
        unfinished(Path(output), known["run"]).unlink(missing_ok=True)
    (path / _MANIFEST).unlink(missing_ok=True)
    for entry in os.scandir(path):
        if entry.name != _LOCK and _OURS.fullmatch(entry.name):
            Path(entry.path).unlink()
