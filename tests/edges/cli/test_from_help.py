"""The path from `--help` to a report on your own transcript works as its page shows, step by step."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "refresh_examples.py"))
PAGE = (ROOT / "docs" / "start" / "from-help-to-report.md").read_text(encoding="utf-8")


def test_the_way_is_the_one_that_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in this order, in a folder with only the transcript, with the output shown."""
    shutil.copy(ROOT / "docs" / "start" / "my-transcript.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    sessions = "".join(re.findall(r"^```text\n(\$ cmprules.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    steps = list(EXAMPLES["commands"](sessions))
    assert len(steps) == 11
    for command, shown in steps:
        printed, _ = EXAMPLES["run_command"](command)
        assert EXAMPLES["same"](shown, printed), f"{command}{printed}"
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
