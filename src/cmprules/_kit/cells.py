"""Text in cells of a spreadsheet: none of it is ever run."""

from __future__ import annotations

import re

RUNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""A spreadsheet takes a cell that begins with one of these for a formula, or might."""

_TO_GUARD = re.compile(f"\\A'*[{RUNS}]")


def guarded(text: str) -> str:
    """Add an apostrophe before a text that a spreadsheet would run, even if the text already has one.

    >>> guarded("=1+1"), guarded("'=1"), guarded("plain")
    ("'=1+1", "''=1", 'plain')
    """
    return f"'{text}" if _TO_GUARD.match(text) else text
