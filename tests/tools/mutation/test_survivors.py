"""The list of mutants that no test can notice: each entry is still correct, and has a reason."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SURVIVORS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).with_name("survivors.toml")).read_text(encoding="utf-8"))["survivor"]
PARTS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).with_name("parts.toml")).read_text(encoding="utf-8"))["part"]
MUTATED = {module for part in PARTS.values() for module in part["modules"]}


def lines_of(module: str, function: str) -> list[str]:
    """Return the lines of a function, or of a method such as `Placing.most`, without indentation."""
    text = (ROOT / "src" / "cmprules" / f"{module}.py").read_text(encoding="utf-8")
    found: Any = ast.parse(text)
    for name in function.split("."):
        [found] = [node for node in found.body
                   if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name]
    return [line.strip() for line in text.splitlines()[found.lineno - 1:found.end_lineno]]


@pytest.mark.parametrize("one", SURVIVORS, ids=lambda one: f"{one['module']} {one['function']}: {one['line']}")
class TestEverySurvivor:
    """Checks on every entry of the list."""

    def test_says_what_is_changed_and_into_what(self, one: dict[str, Any]) -> None:
        """Nothing is missing, changed into itself, or listed twice."""
        assert set(one) == {"module", "function", "line", "becomes", "why"}
        assert one["becomes"]
        assert one["line"] not in one["becomes"]
        assert len(set(one["becomes"])) == len(one["becomes"])

    def test_still_stands_in_the_rules(self, one: dict[str, Any]) -> None:
        """An entry for rewritten code is useless, and must be removed."""
        assert one["module"] in MUTATED
        lines = lines_of(one["module"], one["function"])
        assert [line for line in one["line"].splitlines() if line not in lines] == []

    def test_says_why_no_test_can_notice_it(self, one: dict[str, Any]) -> None:
        """The reason is at least a sentence."""
        assert one["why"].endswith(".")
        assert len(one["why"].split()) >= 6


def test_no_survivor_is_listed_twice() -> None:
    """Each change of each line of a function has one entry."""
    times = Counter((one["module"], one["function"], one["line"]) for one in SURVIVORS)
    assert [entry for entry, number in times.items() if number > 1] == []
