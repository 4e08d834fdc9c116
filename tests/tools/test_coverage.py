"""The gate of coverage: whole but for what is listed, and a list that only shrinks."""

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


def test_the_list_is_written_as_it_was_measured() -> None:
    """Whole modules are left out; no floor is above what was found, so that the report itself has no complaint."""
    found = {"b/c.py": 99.996, "a.py": 100.0, "b/a.py": 12.345, "zero.py": 0.0}
    debts = tomllib.loads(GATE["written"](found))["debts"]

    assert debts == {"b/a.py": 12.34, "b/c.py": 99.99, "zero.py": 0}
    assert GATE["complaints"](found, debts) == GATE["paid"](found, debts) == []
