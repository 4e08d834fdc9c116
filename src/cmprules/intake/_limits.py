"""How much of a file is read; what is more is refused before it is taken apart.  The numbers stand in the table."""

from __future__ import annotations

from cmprules._words.limits import LARGEST_FROM_OUTSIDE as LARGEST
from cmprules._words.limits import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FILES,
    MOST_PAGES,
    MOST_ROWS,
    MOST_TEXT,
    MOST_UNPACKED,
)

__all__ = ["LARGEST", "LONGEST_CELL", "MOST_CELLS", "MOST_COLUMNS", "MOST_FILES", "MOST_PAGES", "MOST_ROWS",
           "MOST_TEXT", "MOST_UNPACKED"]
