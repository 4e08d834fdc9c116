"""Compile the kernel of `batch` once for all workers, in a process that no measurement of coverage slows down.

The first worker with tests of the kernel starts the process, which holds a lock until it ends.  In the meantime every
worker runs its other tests, and waits for the lock before its first test of the kernel.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["begin", "end", "share", "wait"]

_PLACE = "CMPRULES_TESTS_COMPILED"
_TRACING = ("COV_CORE_", "COVERAGE_")
_started: list[subprocess.Popen[bytes]] = []


def share() -> None:
    """Name the file with the lock, before any worker starts."""
    handle, path = tempfile.mkstemp(prefix="cmprules-compiled-")
    os.close(handle)
    os.environ[_PLACE] = path


if sys.platform == "win32":  # each worker compiles what it needs

    def begin() -> None:
        """Start nothing."""

    def wait() -> None:
        """Wait for nothing."""

else:
    import fcntl

    def begin() -> None:
        """Start compiling, unless another worker has."""
        with Path(os.environ[_PLACE]).open("r+b") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if not lock.read():
                lock.write(b"started")
                lock.flush()
                _started.append(_compile(lock.fileno()))

    def _compile(lock: int) -> subprocess.Popen[bytes]:
        """Start the process; it inherits the lock, which its end releases."""
        variables = {name: value for name, value in os.environ.items() if not name.startswith(_TRACING)}
        return subprocess.Popen([sys.executable, "-m", "cmprules", "batch", "--warm"], env=variables, pass_fds=[lock],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait() -> None:
        """Wait until the kernel is compiled."""
        with Path(os.environ[_PLACE]).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)


def end(*, shared: bool) -> None:
    """Wait for the process if this worker started it; remove the file with the lock if this process named it."""
    for process in _started:
        process.wait()
    if shared:
        Path(os.environ.pop(_PLACE)).unlink()
