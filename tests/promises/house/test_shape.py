"""The shape of the house: few floors, no cycles, short functions, and pages that describe it correctly."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "cmprules"
HOUSE: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "draw_house.py"))
LONGEST, MOST_FLOORS, NINE_OF_TEN = 40, 10, 13


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE), ast.parse(path.read_text(encoding="utf-8"))


def _functions() -> Iterator[tuple[str, int]]:
    """Measure every function from its first line after the docstring to its last, signature included."""
    for path, tree in _trees():
        for node in HOUSE["statements"](tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                doc = node.body[0] if ast.get_docstring(node) else None
                spent = 0 if doc is None else (doc.end_lineno or doc.lineno) - doc.lineno + 1
                yield f"{path}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1 - spent


def test_functions_are_short_enough_to_see_whole() -> None:
    """None has more than 40 lines, and nine of ten have at most 13."""
    lengths = dict(_functions())

    assert [name for name, lines in lengths.items() if lines > LONGEST] == []
    assert quantiles(lengths.values(), n=10)[-1] <= NINE_OF_TEN


def test_there_are_few_floors() -> None:
    """There are at most ten, and every room is on one of them."""
    floors = HOUSE["floors"]()

    assert len(floors) <= MOST_FLOORS
    assert {room for floor in floors for room in floor} == set(HOUSE["modules"]()) - {"__init__"}


def _names() -> dict[str, str]:
    """List every module as it is imported."""
    paths = (path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))
    return {".".join(("cmprules", *path.with_suffix("").parts)).removesuffix(".__init__"): str(path) for path in paths}


def test_no_module_imports_in_circles() -> None:
    """The modules have an order in which each imports only earlier ones; packages and their parts aside."""
    known, graph = _names(), {}
    for path, tree in _trees():
        here = ".".join(("cmprules", *path.with_suffix("").parts)).removesuffix(".__init__")
        wanted = {f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in known else str(node.module)
                  for node in HOUSE["statements"](tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        graph[here] = {name for name in wanted & set(known) if not here.startswith(f"{name}.")} - {here, "cmprules"}

    assert len([*TopologicalSorter(graph).static_order()]) == len(graph)


def test_the_picture_is_of_the_house_that_stands() -> None:
    """It is drawn from the imports; run `python tasks/draw_house.py` when they change."""
    assert HOUSE["draw"]() == HOUSE["TARGET"].read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "which"), [
    ("CONTRIBUTING.md", "every"), ("docs/explanation/architecture.md", "core")])
def test_the_tables_of_rooms_are_those_of_the_tree(page: str, which: str) -> None:
    """The table for contributors lists exactly the existing rooms."""
    text = (ROOT / page).read_text(encoding="utf-8")
    table = re.search(r"\| Room \|.*?\n\n", text, re.DOTALL)
    assert table is not None
    first = [line.split("|")[1] for line in table[0].splitlines()[2:] if line]
    named = {room for cell in first for room in re.findall(r"`(\w+)`", cell)}
    rooms = set(HOUSE["modules"]()) - {"__init__"}
    core = {room for room in rooms if room.startswith("_") and (SOURCE / room).is_dir()} - {"_cli"}

    assert named == (rooms if which == "every" else core)


def test_the_modules_that_read_files_are_those_that_the_page_names() -> None:
    """The page on architecture lists exactly the exceptions to purity inside the core."""
    plan = (ROOT / ".importlinter").read_text(encoding="utf-8")
    excepted = set(re.findall(r"^    cmprules\.(_(?!cli)\w+\.\w+) -> ", plan, re.MULTILINE))
    page = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")

    assert excepted
    assert all(f"`{name}`" in page for name in excepted)
