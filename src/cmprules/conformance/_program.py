"""Another implementation, run as a program: one line per case on its input, one line per reply on its output."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, Final

from cmprules._kit.canonical import canonical_json
from cmprules.conformance._runner import Report, judge
from cmprules.conformance._vectors import Vector

PATIENCE: Final = 60.0
"""Seconds without a line after which the program is stopped."""

_LONGEST: Final = 10_000_000
_MOST_GARBAGE: Final = 5
_LEFT_ALONE: Final = 5.0
_SHOWN: Final = 80


def run_program(
    command: str, of: Sequence[Vector], *, patience: float = PATIENCE, progress: Callable[[int], None] | None = None
) -> Report:
    """Start a program, send it every case, and compare its replies.

    Cases are written while replies are read, so neither side waits for the other, whether the program answers line by
    line or only at the end.  Replies may come in any order.

    Args:
        command: the program and its arguments, split as a shell would split them; no shell is used.
        of: the vectors.
        patience: seconds to wait for the next line.
        progress: called with the number of replies so far.
    """
    replies = _Replies(of)
    try:
        process = subprocess.Popen(shlex.split(command, posix=os.name != "nt"),  # noqa: S603  # named by the user
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    except (OSError, IndexError, ValueError) as error:
        replies.problems.append(f"the program could not be started: {error}")
        return replies.report()
    threads: list[Thread] = []
    try:
        _converse(process, replies, patience, progress or _quiet, threads)
    finally:
        _end(process, threads, 0 if replies.problems else _LEFT_ALONE)
    return replies.report()


def _quiet(done: int) -> None:
    """Show no progress."""


class _Replies:
    """The replies that have come, by the id of the case."""

    def __init__(self, of: Sequence[Vector]) -> None:
        self.of = of
        self.found: dict[str, Mapping[str, Any]] = {}
        self.asked = {vector.id for vector in of}
        self.problems: list[str] = []

    @property
    def wanted(self) -> bool:
        """Whether more replies are still expected."""
        return len(self.found) < len(self.asked) and len(self.problems) < _MOST_GARBAGE

    def take(self, line: bytes) -> None:
        """Note one line: a reply, or a problem."""
        try:
            reply = json.loads(line)
        except (ValueError, RecursionError):
            reply = None
        if not isinstance(reply, Mapping) or "id" not in reply:
            self.problems.append(f"a line is not a reply (a JSON object with an id): {_short(line)}")
        elif not isinstance(reply["id"], str) or reply["id"] not in self.asked:
            self.problems.append(f"a reply to an unknown case: {_short(line)}")
        elif reply["id"] in self.found:
            self.problems.append(f"a second reply to the same case: {_short(line)}")
        else:
            self.found[reply["id"]] = reply

    def report(self) -> Report:
        """Compare the replies."""
        return judge(self.of, (self.found.get(vector.id, "no reply") for vector in self.of), self.problems)


def _short(line: bytes) -> str:
    text = line.decode(errors="replace").strip()
    return ascii(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def _converse(
    process: subprocess.Popen[bytes], replies: _Replies, patience: float, progress: Callable[[int], None],
    threads: list[Thread],
) -> None:
    """Write from one thread, read from another, and collect replies until all have come."""
    lines: Queue[bytes | None] = Queue()
    requests = [f"{canonical_json(vector.request)}\n".encode() for vector in replies.of]
    threads += [Thread(target=_write, args=(process.stdin, requests), daemon=True),
                Thread(target=_read, args=(process.stdout, lines), daemon=True)]
    for thread in threads:
        thread.start()
    while replies.wanted:
        try:
            line = lines.get(timeout=patience)
        except Empty:
            replies.problems.append(f"no line for {patience:g} seconds, after {len(replies.found)} replies")
            return
        if line is None:
            status = process.wait()
            replies.problems.append(f"the program ended with status {status}, after {len(replies.found)} replies")
            return
        if line.strip():
            replies.take(line)
            progress(len(replies.found))


def _write(stream: IO[bytes], requests: Iterable[bytes]) -> None:
    """Write every case, unless the program has stopped listening."""
    try:
        with stream:
            for request in requests:
                stream.write(request)
                stream.flush()
    except OSError:
        return  # the reader will see why it ended


def _read(stream: IO[bytes], lines: Queue[bytes | None]) -> None:
    """Pass on every line, and the end of the output."""
    with stream:
        for line in iter(lambda: stream.readline(_LONGEST), b""):
            lines.put(line)
    lines.put(None)


def _end(process: subprocess.Popen[bytes], threads: Iterable[Thread], seconds: float) -> None:
    """Wait a moment for a finished program to end by itself; stop an unfinished one at once."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for thread in threads:
        thread.join(timeout=_LEFT_ALONE)
