"""How much of a file is read; what is more is refused before it is taken apart."""

from __future__ import annotations

from typing import Final

__all__ = ["LARGEST", "LONGEST_CELL", "MOST_CELLS", "MOST_COLUMNS", "MOST_PAGES", "MOST_ROWS", "MOST_TEXT",
           "MOST_UNPACKED"]

LARGEST: Final = 20_000_000
"""Bytes of a file (20 MB)."""

MOST_UNPACKED: Final = 100_000_000
"""Bytes of all that is packed in a file (100 MB)."""

MOST_ROWS: Final = 20_000
"""Rows or elements of a file."""

MOST_COLUMNS: Final = 500
"""Columns of a table."""

MOST_CELLS: Final = 1_000_000
"""Cells of a file, empty ones between others included."""

MOST_TEXT: Final = 50_000_000
"""Characters of all cells of a workbook."""

LONGEST_CELL: Final = 32_767
"""Characters of a cell, as in Excel."""

MOST_PAGES: Final = 200
"""Pages of a PDF."""
