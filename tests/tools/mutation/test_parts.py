"""The table of the mutated parts: every module of the rules and answers has a part, or a reason."""

from __future__ import annotations

import tomllib
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from tests.promises.golden.files import FOLDER

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "cmprules"
TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("parts.toml").read_text(encoding="utf-8"))
MODULES = [module for part in TABLE["part"].values() for module in part["modules"]]
ROOMS = ("_rules", "_answers", "audit", "comparing", "declaring", "exam", "explaining", "participation", "planning",
         "receipts", "renewal", "timelines", "tracking")


def left_out(module: str) -> bool:
    """Return whether the table has a reason why a module has no mutants."""
    return any(fnmatch(module, pattern) for pattern in TABLE["left_out"])


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_has_a_part_or_is_left_out_for_a_reason(room: str) -> None:
    """A new module of the rules or of an answer must be added to the table."""
    found = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in (PACKAGE / room).rglob("*.py")}
    assert found
    assert sorted(module for module in found if module not in MODULES and not left_out(module)) == []


def test_no_module_has_two_parts_or_is_left_out_as_well() -> None:
    """Each mutant is counted once."""
    assert [module for module, times in Counter(MODULES).items() if times > 1] == []
    assert [module for module in MODULES if left_out(module)] == []


@pytest.mark.parametrize("name", TABLE["part"])
def test_a_part_names_modules_and_tests_that_there_are(name: str) -> None:
    """A renamed file would leave its mutants without tests."""
    part = TABLE["part"][name]
    assert set(part) == {"about", "modules", "golden", "tests"}
    assert [folder for folder in part["golden"] if not (FOLDER / folder).is_dir()] == []
    assert [module for module in part["modules"] if not (PACKAGE / f"{module}.py").is_file()] == []
    assert [test for test in part["tests"] if not (ROOT / test.partition("::")[0]).exists()] == []


def test_a_reason_is_a_few_words_and_leaves_something_out() -> None:
    """A pattern that matches no module is useless."""
    modules = [path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py")]
    for pattern, why in TABLE["left_out"].items():
        assert len(why.split()) >= 2
        assert any(fnmatch(module, pattern) for module in modules)
