"""Folders that one process holds at a time.

The lock is one of the operating system, which goes when its owner dies, however it dies: the next run takes the folder
over.  The lock file says who holds it.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover  # the same, as that system has it
    import msvcrt

    def _lock_alone(stream: FileIO) -> bool:
        stream.seek(_LENGTH)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock_alone(stream: FileIO) -> bool:
        """Lock a file, unless another process or another opening of it has the lock."""
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

LOCK = "lock"
"""The name of a lock file."""

_LENGTH = 1_024
"""Bytes of a lock file: always as many, so that it is written at once and never read in part."""


class HeldError(Exception):
    """Another process holds the folder; the message says which."""


def lock(path: Path, schema: str, check: Callable[[Path], None]) -> FileIO:
    """Lock a folder, which is made if it is not there; gives the open lock file, which holds it until it is closed.

    Args:
        path: the folder.
        schema: what the lock file says it is.
        check: looks at what is in the folder before the lock file is opened, and raises if the folder is not ours.

    Raises:
        HeldError: another process holds it.
        OSError: it cannot be made.
    """
    while True:
        path.mkdir(exist_ok=True)
        check(path)
        place = path / LOCK
        stream = _opened(place)
        if not _lock_alone(stream):
            owner = _owner_of(stream.readall())
            stream.close()
            raise HeldError(owner)
        if is_still(place, stream):  # or its owner has just removed the folder
            stream.seek(0)
            stream.write(_owner(schema))
            return stream
        stream.close()


def foreign_in(path: Path, ours: re.Pattern[str], schema: str) -> str | None:
    """Return the name of something in a folder that no run of ours left there; None if there is nothing.

    Args:
        path: the folder.
        ours: the names that a run gives to its files, the lock's among them.
        schema: what the lock file says it is; a folder with files and without such a lock is not ours.
    """
    found = [*os.scandir(path)]
    foreign = [entry.name for entry in found
               if not ours.fullmatch(entry.name) or not entry.is_file(follow_symlinks=False)]
    if not foreign and found and not is_lock(path / LOCK, schema, alone=len(found) == 1):
        foreign = [found[0].name]
    return min(foreign, default=None)


def is_lock(path: Path, schema: str, *, alone: bool) -> bool:
    """Return whether a file is a lock of ours; one that was just begun is empty, and `alone` in its folder."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    return schema.encode() in content if content else alone


def is_still(path: Path, stream: FileIO) -> bool:
    """Return whether the file of a name is the one that is open."""
    try:
        return os.path.samestat(path.stat(), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


def _opened(path: Path) -> FileIO:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return FileIO(os.open(path, flags, 0o666), "r+")


def _owner(schema: str) -> bytes:
    """Return who holds the folder: the machine, the process, and since when."""
    owner = {"schema": schema, "host": socket.gethostname(), "pid": os.getpid(),
             "since": datetime.now(UTC).isoformat(timespec="seconds")}
    return json.dumps(owner).encode().ljust(_LENGTH)


def _owner_of(content: bytes) -> str:
    """Return in words who holds a folder."""
    try:
        owner = json.loads(content)
        return f"process {owner['pid']} on {owner['host']}, since {owner['since']}"
    except (ValueError, LookupError, TypeError):
        return "a process that has just begun"
