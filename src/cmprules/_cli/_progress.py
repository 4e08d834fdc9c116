"""A progress bar."""

from __future__ import annotations

import sys
import time

_WIDTH = 30


class Bar:
    """Shows the progress of a run and the remaining time, only on a terminal."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = time.monotonic()
        self.first: int | None = None

    def begin(self, doing: str) -> None:
        """Show what is being done before anything can be counted."""
        self._show(f"[{'.' * _WIDTH}] {doing}")

    def __call__(self, done: int, count: int) -> None:
        """Show how many are done, and of how many."""
        self.first = max(done - 1, 0) if self.first is None else self.first
        rate = (done - self.first) / max(time.monotonic() - self.began, 1e-9)
        left = round((count - done) / rate) if rate else None
        full = _WIDTH * done // max(count, 1)
        rest = "" if left is None else f", {rate * 60:,.0f} a minute, {left // 60}:{left % 60:02d} left"
        self._show(f"[{'#' * full}{'.' * (_WIDTH - full)}] {done}/{count} {self.what}{rest}"
                   + ("\n" if done >= count else ""))

    @staticmethod
    def _show(text: str) -> None:
        if sys.stderr is not None and sys.stderr.isatty():
            sys.stderr.write(f"\r{text}")
            sys.stderr.flush()
