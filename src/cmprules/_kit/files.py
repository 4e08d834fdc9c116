"""Files that are written completely or not at all, and checks for two names of one file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path

from cmprules.errors import Fault

_ANY_FLAG_OF_THIS_SYSTEM = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def refuse_no_path(value: object, path: str, faults: list[Fault]) -> None:
    """Note an argument that names no file.

    >>> faults = []
    >>> refuse_no_path(5, "$.path", faults)
    >>> print(faults[0])
    $.path: WRONG_TYPE: got 5, expected the path of a file; write it as text, or as a pathlib.Path
    """
    if not isinstance(value, str | PathLike):
        faults.append(Fault(path=path, code="WRONG_TYPE", value=value, expected="the path of a file",
                            hint="write it as text, or as a pathlib.Path"))


def new_mark() -> str:
    """Make a mark that no other program uses; a file with this mark in its name is ours."""
    return os.urandom(8).hex()


def unfinished(path: Path, mark: str) -> Path:
    """Return the name of a file until it is complete: in the same folder, and no longer than a long name may be."""
    return path.with_name(f".cmprules-{mark}.unfinished")


@contextmanager
def whole(path: Path, mark: str | None = None, *, durable: bool = True) -> Iterator[Path]:
    """Write a file under a temporary name; rename it once it is complete and on disk.

    If the name is a symbolic link, the file that it points to is replaced.  The temporary file is always newly created,
    so no link in its place is followed.  A failure leaves nothing behind.

    Args:
        path: the file to write.
        mark: part of the temporary name.  A file that an earlier run left with the same mark is removed.
        durable: whether to wait for the disk; without that, a file may be empty after a power failure.

    Raises:
        OSError: the file cannot be written.
    """
    target = Path(os.path.realpath(path))
    begun = unfinished(target, mark or new_mark())
    begun.unlink(missing_ok=True)
    try:
        _create(begun, target)
        yield begun
        if durable:
            _to_disk(begun)
        begun.replace(target)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
    with suppress(PermissionError):  # not every system lets a program open a folder
        if durable:
            _to_disk(target.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears only when it is complete.

    Raises:
        OSError: the file cannot be written.
    """
    with whole(path) as begun:
        begun.write_bytes(content)


def _create(begun: Path, target: Path) -> None:
    """Create a new, empty file with the permissions of the file that it will replace."""
    os.close(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _ANY_FLAG_OF_THIS_SYSTEM, 0o666))
    if target.exists():
        begun.chmod(stat.S_IMODE(target.stat().st_mode))


def _to_disk(path: Path) -> None:
    """Flush a file, or the entries of a folder, to disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def same_file(one: Path, other: Path) -> bool:
    """Return whether two names are those of one file, there or not yet there: links count as what they lead to."""
    with suppress(OSError):
        if one.samefile(other):
            return True
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))
