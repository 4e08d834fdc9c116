"""The reports of the examples, kept as a person has read them.

The files in the folder name the tests, so that no report is rendered before one is asked for.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(__file__).parent
KEPT = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".txt", ".md", ".html"})
OF_POPULATIONS = ("what-if.html", "what-if.txt")
"""Those that need the kernel."""


def _task(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tasks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = _task("write_golden")


@cache
def _of_records() -> dict[str, str]:
    return dict(WRITER.of_records())


@cache
def _of_populations() -> dict[str, str]:
    return dict(WRITER.of_populations())


def _report(name: str) -> str:
    return (_of_populations() if name in OF_POPULATIONS else _of_records())[name]


@pytest.mark.parametrize("name", KEPT)
def test_report_is_as_it_was_read(name: str) -> None:
    """Each report equals its golden file, which a person has read."""
    assert _report(name) == (FOLDER / name).read_text(encoding="utf-8")


def test_no_golden_file_is_missing_or_left_over() -> None:
    """Every report has a golden file, and every golden file belongs to a report."""
    assert set(KEPT) == {*_of_records(), *OF_POPULATIONS}


def test_the_reports_of_populations_are_those_listed() -> None:
    """What needs the kernel is what the list says."""
    assert set(_of_populations()) == set(OF_POPULATIONS)


@pytest.mark.parametrize("name", [name for name in KEPT if name != "full-of-mistakes.txt"])
def test_every_report_ends_with_the_notice(name: str) -> None:
    """The last line of a report says whose decision it is not."""
    lines = [line for line in _report(name).splitlines() if not line.startswith("</") or "footer" in line]
    assert "Independent of ASCP; this is not a decision of ASCP" in lines[-1]
