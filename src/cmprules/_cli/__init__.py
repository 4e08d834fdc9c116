"""The command line: it reads, decides, prints, and sets the exit status."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

__all__ = ["main", "program"]

_SELDOM = 200_000
"""After how many new things the collector looks for garbage in a process of a command."""


def program() -> int:
    """Run the command of a process that ends with it, and return its exit status.

    What a command makes are mostly modules and tables, which stay until its end.  Looking through them for garbage,
    after every 700 new things and again at the end, took a fifth of the time of a short command.
    """
    gc.set_threshold(_SELDOM)
    sys.meta_path.insert(0, _WithoutPandas())
    try:
        return main()
    finally:
        gc.freeze()


class _WithoutPandas:
    """Let pandas count as not installed.

    No command needs it.  Arrow loads it wherever it finds it, only to ask whether a list is one of its columns: for a
    population that is a fifth of a second and 40 MB.
    """

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Refuse pandas, and leave everything else to the next finder."""
        if name == "pandas":
            raise ModuleNotFoundError("no command needs pandas", name=name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    >>> main(["editions"])
    2026.1
    2026.2
    0
    >>> main(["policy", "MLS", "--expires", "2026-05-31", "--format", "xml"])
    Traceback (most recent call last):
    ...
    SystemExit: 2
    """
    from cmprules._cli._running import run  # noqa: PLC0415  # so that a process can be prepared before it is loaded

    return run(arguments)
