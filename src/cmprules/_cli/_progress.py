"""A progress bar."""

from __future__ import annotations

import time
from collections.abc import Callable

from cmprules._cli._terminal import STATUS

_WIDTH = 30


class Bar:
    """Shows the progress of a run and the remaining time: on a terminal as a bar, elsewhere as notes."""

    def __init__(self, what: str, tell: Callable[[str], None]) -> None:
        self.what = what
        self.tell = tell
        self.began = time.monotonic()
        self.first: int | None = None
        self.tenth = -1

    def begin(self, doing: str) -> None:
        """Show what is being done before anything can be counted."""
        if not STATUS.show(f"[{'.' * _WIDTH}] {doing}"):
            self.tell(doing)

    def __call__(self, done: int, count: int) -> None:
        """Show how many are done, and of how many; without a terminal, at every tenth."""
        if not STATUS.show(self._drawn(done, count), done=done >= count) and 10 * done // max(count, 1) > self.tenth:
            self.tell(f"{done} of {count} {self.what}")
        self.tenth = 10 * done // max(count, 1)

    def _drawn(self, done: int, count: int) -> str:
        self.first = max(done - 1, 0) if self.first is None else self.first
        rate = (done - self.first) / max(time.monotonic() - self.began, 1e-9)
        left = round((count - done) / rate) if rate else None
        full = _WIDTH * done // max(count, 1)
        rest = "" if left is None else f", {rate * 60:,.0f} a minute, {left // 60}:{left % 60:02d} left"
        return f"[{'#' * full}{'.' * (_WIDTH - full)}] {done}/{count} {self.what}{rest}"
