"""Codes of findings, needs and faults are only ever added: those of each release are still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmprules._words.codes import every as codes

HERE = Path(__file__).parent
KEPT = sorted(HERE.glob("*/codes.txt"))


def test_the_first_release_is_among_them() -> None:
    """Otherwise the test below would test nothing."""
    assert HERE / "0.1.0" / "codes.txt" in KEPT


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.parent.name)
def test_no_code_of_a_release_is_gone(path: Path) -> None:
    """Each is still in the same table."""
    then = [tuple(line.split()) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(then) > 50
    assert [(table, code) for table, code in then if code not in getattr(codes, table)] == []
