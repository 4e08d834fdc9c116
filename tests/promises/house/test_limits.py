"""All limits are in one table, which has a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import cmprules
from cmprules._words import limits

PACKAGE = Path(cmprules.__file__).parent
PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "limits.md"
LIMIT = re.compile(r"(MOST|LARGEST|LONGEST)_[A-Z_]+")
ELSEWHERE = {
    "MOST_DEAD_ENDS": "a bound of the search for placements, which docs/explanation/placement.md describes",
    "MOST_KEPT": "how many policies a book remembers: memory, on which no answer depends",
    "MOST_MOVED": "how many entries the kernel orders one by one before it sorts: time, on which no answer depends",
    "MOST_OPEN": "how many open activities the kernel tries in every combination, as the decision does",
    "MOST_ROWS_OF_A_SHEET": "what a sheet of Excel holds, which is a fact of the format",
    "MOST_WAYS": "the size of the kernel's tables: memory, on which no answer depends",
}
"""Public constants that may be in other modules, with the reason."""


def _constants(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def test_every_limit_is_a_constant_of_the_table() -> None:
    """Every constant named like a limit is in `_words/limits`; exceptions are listed with their reasons."""
    table = PACKAGE / "_words" / "limits.py"
    own = {name for path in PACKAGE.rglob("*.py") if path != table for name in _constants(path)
           if LIMIT.fullmatch(name)}
    assert own <= set(ELSEWHERE)
    assert {name for name in _constants(table) if LIMIT.fullmatch(name)} == set(limits.LIMITS)


def test_the_page_has_every_limit_with_its_number() -> None:
    """`docs/reference/limits.md` agrees with the code."""
    rows = [line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    shown = {row[1].strip(" `"): int(row[2].replace(",", "")) for row in rows}
    assert shown == {name: one.most for name, one in limits.LIMITS.items()}
