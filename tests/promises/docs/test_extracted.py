"""A type checker reads the same code of the pages that is run; pyright reads it in step 2 of CI, under `strict`."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

import cmprules

ROOT = Path(__file__).resolve().parents[3]
TASK: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "extract_examples.py"))
PAGE = ("# A page\n\n```python\nimport json\n```\n\nWords.\n\n"
        "```sh\nls\n```\n\n```python title='b'\nprint(\n    json)\n```\n")
HELD = {"mls-nearly-there.json": "NOT_MET", "mls-met.json": "MET", "mla.json": "NEEDS_REVIEW",
        "no-end-date.json": "NOT_REQUIRED"}
"""An example of each outcome."""


def test_each_line_stands_where_it_stands_on_the_page() -> None:
    """The module has only Python, with the line numbers of the page."""
    lines = TASK["module"](PAGE).splitlines()
    assert {place: line for place, line in enumerate(lines, 1) if line} == {
        4: "import json", 14: "print(", 15: "    json)"}


def test_every_page_with_python_has_a_module() -> None:
    """Each can be parsed, including that of the README."""
    found: dict[str, str] = TASK["modules"]()
    assert {"README.py", "docs_how_to_twelve_jobs.py", "docs_start_first_decision.py"} <= set(found)
    assert all(ast.parse(text).body for text in found.values())


@pytest.mark.parametrize("name", HELD)
def test_the_example_of_the_readme_holds_for_every_outcome(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It works with other records: a credential without a table, one without an end, one that is met."""
    monkeypatch.chdir(ROOT)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    held = cmprules.read_record(ROOT / "examples" / name).credentials[0].id
    exec(code.replace("mls-nearly-there.json", name), {})
    assert capsys.readouterr().out.split()[:2] == [held, HELD[name]]
