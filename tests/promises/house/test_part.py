"""The picture of how a part of a population is decided names existing modules."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PART: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "draw_part.py"))
BATCH = ROOT / "src" / "cmprules" / "batch"
PAGE = ROOT / "docs" / "explanation" / "a-population.md"


def test_the_picture_is_drawn_from_the_steps() -> None:
    """Run `python tasks/draw_part.py` when they change."""
    assert PART["draw"]() == PART["TARGET"].read_text(encoding="utf-8")


def test_every_module_of_the_picture_stands_in_the_tree() -> None:
    """No module was renamed or removed."""
    names = [name.replace(".", "/") for step in PART["STEPS"] for name in step.modules] + [PART["ENDS"]["decide"][1]]

    assert [name for name in names if not (BATCH / f"{name}.py").exists() and not (BATCH / name).is_dir()] == []


def test_every_room_of_the_kernel_is_in_the_picture() -> None:
    """Exceptions are the one that runs the others, the one with the arrays, and the one that borrows them."""
    rooms = {path.stem for path in (BATCH / "_kernel").glob("*.py")} - {
        "__init__", "borrowing", "deciding", "records"}
    shown = {name.removeprefix("_kernel.") for step in PART["STEPS"] for name in step.modules if "." in name}

    assert shown == rooms


def test_the_page_names_the_reasons_for_the_scalar_path_as_the_code_does() -> None:
    """The page has the reasons that `reasons` counts."""
    source = (BATCH / "_part.py").read_text(encoding="utf-8") + (BATCH / "_doubts.py").read_text(encoding="utf-8")
    reasons = re.findall(r"^\\| `([^`]+)` \\|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert len(reasons) > 3
    assert [reason for reason in reasons if f'"{reason}"' not in source] == []
