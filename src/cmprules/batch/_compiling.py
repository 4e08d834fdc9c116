"""Compiled functions, and the folder in which their machine code is kept from one process to the next.

Numba tells by the age of a file whether the code that it has kept of a function is still right; it does not look at the
functions that this one calls.  So the folder is named after the text of everything that is compiled: another text,
another folder.  Where no folder can be written, as in some containers, functions are compiled in every process.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

_CONFIG: Any = numba.config
_NJIT: Any = numba.njit
_HERE = Path(__file__).parent
_LAST_TO_BE_COMPILED = "decide_all"


def _sources() -> Iterator[Path]:
    """List every file with functions that are compiled."""
    yield _HERE / "_loops.py"
    yield from sorted(_HERE.glob("_kernel*.py"))
    yield from sorted(_HERE.glob("_kernel/*.py"))


def _mark(sources: Iterable[Path]) -> str:
    """Return a name that stands for the text of some files."""
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.read_bytes())
    return f"cmprules-{digest.hexdigest()[:16]}"


def _places() -> Iterator[Path]:
    """List where compiled code may be kept, the best place first."""
    if _CONFIG.CACHE_DIR:
        yield Path(_CONFIG.CACHE_DIR)
    yield _HERE / "__pycache__"
    yield Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "cmprules"


def _folder(places: Iterable[Path], mark: str) -> Path | None:
    """Make a folder in the first place where that can be done; None if there is none."""
    for place in places:
        try:
            (place / mark).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=place / mark):
                return place / mark
        except (OSError, RuntimeError):
            continue
    return None


FOLDER = _folder(_places(), _mark(_sources()))
"""Where compiled code is kept; None if nowhere."""


def jit(function: Function) -> Function:
    """Compile a function when it is first called, and keep the code if there is a place for it."""
    return _jit_in(FOLDER, function)


def _jit_in(folder: Path | None, function: Function) -> Function:
    if folder is None:
        return cast("Function", _NJIT(nogil=True)(function))
    before, _CONFIG.CACHE_DIR = _CONFIG.CACHE_DIR, str(folder)
    try:
        return cast("Function", _NJIT(cache=True, nogil=True)(function))
    finally:
        _CONFIG.CACHE_DIR = before


def is_compiled() -> bool:
    """Whether the code of the kernel has been kept by an earlier process."""
    return FOLDER is not None and any(FOLDER.glob(f"**/*{_LAST_TO_BE_COMPILED}*.nbi"))
