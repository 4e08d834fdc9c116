"""Compiled functions, and the folder that keeps their machine code between processes.

Numba decides by the age of a file whether the code it has cached for a function is still valid; it does not look at the
functions that this function calls.  So the folder is named after the text of everything that is compiled: another text,
another folder.  If no folder can be written, as in some containers, every process compiles its functions.

Compiling takes more than a minute.  A small table does not wait for it: the same functions run as plain Python, and the
scalar path decides what they leave open, as always.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

_CONFIG: Any = numba.config
_NJIT: Any = numba.njit
_HERE = Path(__file__).parent
_LAST_TO_BE_COMPILED = "decide_all"
_BY_HAND: ContextVar[bool | None] = ContextVar("by_hand", default=None)
_COMPILED_HERE: dict[str, Any] = {}
"""The functions of this process, by name; each knows whether it has been compiled."""

SMALL = (1_000, 50_000)
"""The most credentials and activities to decide in plain Python instead of waiting for the compiler."""


def _sources() -> Iterator[Path]:
    """List every file with compiled functions."""
    yield _HERE / "_loops.py"
    yield from sorted(_HERE.glob("_kernel*.py"))
    yield from sorted(_HERE.glob("_kernel/*.py"))


def _mark(sources: Iterable[Path]) -> str:
    """Return a digest of the text of some files."""
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
    """Make a folder in the first place that allows it; None if none does."""
    for place in places:
        try:
            (place / mark).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=place / mark):
                return place / mark
        except (OSError, RuntimeError):
            continue
    return None


FOLDER = _folder(_places(), _mark(_sources()))
"""The folder of compiled code; None if there is none."""


def jit(function: Function) -> Function:
    """Compile a function when it is first called, and keep the code if there is a folder for it."""
    return _jit_in(FOLDER, function)


def inlined(function: Function) -> Function:
    """Compile a function as a part of every function that calls it.

    For functions that are called for every holder, from few places: a call passes each array of the working
    space again, which takes longer than many of these functions do.
    """
    return _jit_in(FOLDER, function, inline="always")


def _jit_in(folder: Path | None, function: Function, **options: str) -> Function:
    if folder is None:
        return cast("Function", _switching(_NJIT(nogil=True, **options)(function)))
    before, _CONFIG.CACHE_DIR = _CONFIG.CACHE_DIR, str(folder)
    try:
        return cast("Function", _switching(_NJIT(cache=True, nogil=True, **options)(function)))
    finally:
        _CONFIG.CACHE_DIR = before


def _switching(compiled: Any) -> Any:
    """Let a compiled function run as plain Python on request; for other compiled code it stays compiled."""
    if not hasattr(compiled, "py_func"):  # the compiler is switched off
        return compiled
    plain, usual = compiled.py_func, type(compiled)

    class Switching(usual):  # type: ignore[misc, valid-type]  # Numba's class, which depends on its version
        def __call__(self, *arguments: Any) -> Any:
            return plain(*arguments) if _BY_HAND.get() else usual.__call__(self, *arguments)

    compiled.__class__ = Switching
    _COMPILED_HERE[plain.__name__] = compiled
    return compiled


def read_only(array: Any) -> Any:
    """View an array that compiled code only reads.

    Whether an array of Arrow's may be written to depends on where it came from, and for each of the two answers every
    function would be compiled once more.
    """
    view = array.view()
    view.flags.writeable = False
    return view


# ---------------------------------------------------------------------------------------------------------
# Plain Python.


@contextmanager
def without_waiting(credentials: int, activities: int) -> Iterator[bool]:
    """Run the kernel as plain Python if a table of this size is decided that way; yield whether it is."""
    chosen = goes_by_hand(credentials, activities)
    with by_hand(wanted=chosen):
        yield chosen


@contextmanager
def by_hand(*, wanted: bool | None) -> Iterator[None]:
    """Run the kernel as plain Python or as machine code; None lets the size of the table decide."""
    before = _BY_HAND.set(wanted)
    try:
        yield
    finally:
        _BY_HAND.reset(before)


def goes_by_hand(credentials: int, activities: int) -> bool:
    """Return whether plain Python decides a table: it is small, and the kernel would have to be compiled first."""
    said = _BY_HAND.get()
    if said is not None:
        return said
    last = _COMPILED_HERE.get(_LAST_TO_BE_COMPILED)
    ready = _CONFIG.DISABLE_JIT or is_compiled() or (last is not None and bool(last.signatures))
    return not ready and credentials <= SMALL[0] and activities <= SMALL[1]


def announce(remark: Callable[[str], None], credentials: int, activities: int) -> None:
    """Announce that the kernel must be compiled first, if a table of this size waits for it."""
    if not (is_compiled() or goes_by_hand(credentials, activities)):
        remark("compiling, once after an installation: it takes more than a minute")


def is_compiled() -> bool:
    """Return whether an earlier process has kept the code of the kernel."""
    return FOLDER is not None and any(FOLDER.glob(f"**/*{_LAST_TO_BE_COMPILED}*.nbi"))
