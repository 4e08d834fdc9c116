"""The reports of the examples, kept as a person has read them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


def _task(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tasks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REPORTS: dict[str, str] = _task("write_golden").reports()


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_report_is_as_it_was_read(name: str) -> None:
    """Each report equals its golden file, which a person has read."""
    assert REPORTS[name] == (ROOT / "tests" / "promises" / "golden" / name).read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    """Every golden file belongs to an example."""
    folder = ROOT / "tests" / "promises" / "golden"
    kept = {path.name for path in folder.iterdir() if path.suffix in {".txt", ".md", ".html"}}
    assert kept == set(REPORTS)


@pytest.mark.parametrize("name", [name for name in sorted(REPORTS) if name != "full-of-mistakes.txt"])
def test_every_report_ends_with_the_notice(name: str) -> None:
    """The last line of a report says whose decision it is not."""
    lines = [line for line in REPORTS[name].splitlines() if not line.startswith("</") or "footer" in line]
    assert "Independent of ASCP; this is not a decision of ASCP" in lines[-1]
