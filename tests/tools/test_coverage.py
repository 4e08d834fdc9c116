"""The coverage gate: full coverage except for listed debts, and a list that only shrinks."""

from __future__ import annotations

import runpy
import tomllib
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
    """Checks both sides of a floor."""
    assert GATE["complaints"](found, debts) == says


@pytest.mark.parametrize(("found", "debts", "says"), [
    ({"a.py": 99.99}, {"a.py": 95}, []),
    ({"a.py": 100.0}, {"a.py": 95}, ["a.py: covered whole, so take it off the list"]),
    ({}, {"gone.py": 95}, ["gone.py: covered whole, so take it off the list"]),
])
def test_paid(found: dict[str, float], debts: dict[str, float], says: list[str]) -> None:
    """Cases: an open debt, a paid one, and one for a module that no longer exists."""
    assert GATE["paid"](found, debts) == says


def test_the_list_is_written_as_it_was_measured() -> None:
    """Fully covered modules are left out; no floor is above the measurement, so the report has no complaints."""
    found = {"b/c.py": 99.996, "a.py": 100.0, "b/a.py": 12.345, "zero.py": 0.0}
    debts = tomllib.loads(GATE["written"](found))["debts"]

    assert debts == {"b/a.py": 12.34, "b/c.py": 99.99, "zero.py": 0}
    assert GATE["complaints"](found, debts) == GATE["paid"](found, debts) == []
