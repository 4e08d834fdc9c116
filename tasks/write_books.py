"""Write the kept book of every edition, `src/cmprules/data/EDITION/book.jsonl`, from its tables.

Run after a change of a table, or of the code that makes a book of tables:

python tasks/write_books.py

A test fails while a kept book differs from the tables.  Until it is written again, a changed table still counts: the
book is then made of the tables each time it is loaded.
"""

from __future__ import annotations

from pathlib import Path

from cmprules._policy.load import editions, tables_in
from cmprules._policy.reading import made_of
from cmprules._policy.shipped import KEPT, kept_text

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "cmprules" / "data"


def text_of(folder: Path) -> bytes:
    """Write the book of the edition in a folder."""
    tables = tables_in(folder)
    return kept_text(made_of(tables), tables)


if __name__ == "__main__":
    for edition in editions():
        (DATA / edition / KEPT).write_bytes(text_of(DATA / edition))
        print(f"wrote {DATA.relative_to(ROOT) / edition / KEPT}")
