"""The notebooks of the docs show their real output, and their pages are made from them."""

from __future__ import annotations

import ast
import importlib.util
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SPEC = importlib.util.spec_from_file_location("write_notebooks", ROOT / "tasks" / "write_notebooks.py")
assert SPEC is not None
assert SPEC.loader is not None
TASK = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(TASK)
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def test_there_are_three() -> None:
    """They are about one person, a staff, and a change for everyone; each has a page."""
    assert [path.stem for path in NOTEBOOKS] == ["one-person", "staff", "what-if"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_the_page_is_made_from_the_notebook(path: Path) -> None:
    """`python tasks/write_notebooks.py --pages` rewrites it."""
    assert TASK.page_of(path).read_text(encoding="utf-8") == TASK.page(TASK.read(path), path.name)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_the_notebook_shows_what_it_shows_when_executed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All cells run in one namespace; `python tasks/write_notebooks.py` updates the output with a real kernel."""
    if path.stem != "one-person":
        pytest.importorskip("numba")
        pytest.importorskip("pandas")
    monkeypatch.chdir(path.parent)
    module = type(sys)("__notebook__")
    for cell in TASK.read(path)["cells"]:
        if cell["cell_type"] == "code":
            printed, value = _run("".join(cell["source"]), vars(module))
            assert printed == "".join("".join(output.get("text", "")) for output in cell["outputs"])
            kept = [output["data"] for output in cell["outputs"] if "data" in output]
            assert ([] if value is None else [value._repr_html_()]) == ["".join(data["text/html"]) for data in kept]


def _run(source: str, names: dict[str, Any]) -> tuple[str, Any]:
    """Execute a cell as a kernel does: if its last line is an expression, its value is shown."""
    tree = ast.parse(source)
    end = tree.body[-1]
    last = end if isinstance(end, ast.Expr) else None
    tree.body = tree.body[:-1] if last else tree.body
    with redirect_stdout(StringIO()) as printed:
        exec(compile(tree, "cell", "exec"), names)
        value = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    return printed.getvalue(), value
