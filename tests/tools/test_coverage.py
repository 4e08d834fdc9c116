"""The gate of coverage: whole but for what is listed, and a list that only shrinks."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

GATE: dict[str, Any] = runpy.run_path(str(Path(__file__).resolve().parents[2] / "tasks" / "covered.py"))


@pytest.mark.parametrize(("found", "debts", "says"), [
    ({"a.py": 100.0}, {}, []),
    ({"a.py": 99.99}, {}, ["a.py: 99.99 % of lines and branches are run, 100 % are asked for"]),
    ({"a.py": 95.0}, {"a.py": 95}, []),
    ({"a.py": 94.9}, {"a.py": 95}, ["a.py: 94.90 % of lines and branches are run, 95 % are asked for"]),
])
def test_complaints(found: dict[str, float], debts: dict[str, float], says: list[str]) -> None:
    """Both sides of a floor."""
    assert GATE["complaints"](found, debts) == says


@pytest.mark.parametrize(("found", "debts", "says"), [
    ({"a.py": 99.99}, {"a.py": 95}, []),
    ({"a.py": 100.0}, {"a.py": 95}, ["a.py: covered whole, so take it off the list"]),
    ({}, {"gone.py": 95}, ["gone.py: covered whole, so take it off the list"]),
])
def test_paid(found: dict[str, float], debts: dict[str, float], says: list[str]) -> None:
    """A debt that is open, one that is paid, and one about a module that is gone."""
    assert GATE["paid"](found, debts) == says
