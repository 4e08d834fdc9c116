"""A bar that shows how far a run is."""

from __future__ import annotations

import sys
import time

_WIDTH = 30


class Bar:
    """Shows on a terminal how far a run is, and how long the rest will take; elsewhere nothing."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = time.monotonic()
        self.first: int | None = None

    def begin(self, doing: str) -> None:
        """Say what is done before anything can be counted."""
        self._show(f"[{'.' * _WIDTH}] {doing}")

    def __call__(self, done: int, count: int) -> None:
        """Show how many of how many are done."""
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
