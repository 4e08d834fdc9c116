"""The public surface: recorded, so that no change goes unseen, and kept, so that no release breaks a caller."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import Any

import griffe
import pytest

ROOT = Path(__file__).resolve().parents[3]
RECORDED = ROOT / "tests" / "promises" / "surface"
COMPAT = ROOT / "tests" / "promises" / "compat"
RELEASES = sorted(path.name for path in COMPAT.iterdir() if (path / "surface").is_dir())
WRITER: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "write_surface.py"))


def _stubs(folder: Path) -> griffe.Object | griffe.Alias:
    """Read the stubs in a folder, and nothing else of the package."""
    return griffe.load("cmprules", search_paths=[folder], allow_inspection=False)


def _broken(before: Path, now: Path) -> list[str]:
    """List what a caller of one surface would miss in the other."""
    return [change.explain(griffe.ExplanationStyle.ONE_LINE)
            for change in griffe.find_breaking_changes(_stubs(before), _stubs(now))]


def test_the_recorded_surface_is_that_of_the_package() -> None:
    """A change of the surface changes a file that people read."""
    folder = RECORDED / "cmprules"
    recorded = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.pyi")}

    assert WRITER["surface"]() == recorded, "run tasks/write_surface.py, and read the difference"


def test_there_is_a_release_to_compare_with() -> None:
    """Otherwise the comparison below would compare nothing."""
    assert "0.1.0" in RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_nothing_that_a_release_promised_is_gone(release: str) -> None:
    """Every name, parameter and attribute of a release still exists."""
    assert _broken(ROOT / "tests" / "promises" / "compat" / release / "surface", RECORDED) == []


@pytest.mark.parametrize(("promised", "changed"), [
    ("def editions() -> tuple[str, ...]: ...", ""),
    ("trust: Grade | str = 'inferred'", "trust: Grade | str"),
    ("class Period(Checked):", "class Span(Checked):"),
    ("    def __contains__(self, day: object) -> bool: ...\n", ""),
    ("    MET = 'MET'\n", ""),
])
def test_a_broken_promise_is_seen(promised: str, changed: str, tmp_path: Path) -> None:
    """The comparison finds each kind of break, so its silence means something."""
    shutil.copytree(RECORDED / "cmprules", tmp_path / "cmprules")
    door = tmp_path / "cmprules" / "__init__.pyi"
    text = door.read_text(encoding="utf-8")
    assert promised in text
    door.write_text(text.replace(promised, changed, 1), encoding="utf-8")

    assert _broken(RECORDED, tmp_path) != []
