"""The mutants of the compiled kernel: each can still be applied, and each unnoticeable one has a reason."""

from __future__ import annotations

import ast
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.tools.mutation.kernel_trial import MUTANTS, ROOMS, mutated


@pytest.mark.parametrize("number", range(len(MUTANTS)))
def test_a_mutant_changes_one_line_into_another(number: int, tmp_path: Path) -> None:
    """If a line was rewritten, it needs another mutant, and a run of the trial."""
    mutant = MUTANTS[number]
    assert {"room", "old", "new"} <= set(mutant) <= {"room", "old", "new", "survives"}
    shutil.copy(ROOMS / f"{mutant['room']}.py", tmp_path)
    before = (tmp_path / f"{mutant['room']}.py").read_text(encoding="utf-8")
    mutated(mutant, tmp_path)
    after = (tmp_path / f"{mutant['room']}.py").read_text(encoding="utf-8")
    assert ast.dump(ast.parse(after)) != ast.dump(ast.parse(before))


def test_sixty_mutants_in_every_room_that_decides() -> None:
    """Rooms have as many as they have decisions; named numbers, and arrays without an owner, decide nothing."""
    rooms = Counter(mutant["room"] for mutant in MUTANTS)
    assert rooms.total() == 60
    assert set(rooms) == {path.stem for path in ROOMS.glob("*.py")} - {"__init__", "borrowing", "records"}


def test_what_is_not_there_is_not_put_in(tmp_path: Path) -> None:
    """Otherwise the mutant would be the unchanged kernel, and look like a survivor."""
    shutil.copy(ROOMS / "items.py", tmp_path)
    with pytest.raises(ValueError, match="does not have exactly one: x = 1"):
        mutated({"room": "items", "old": "x = 1", "new": "x = 2"}, tmp_path)


def test_a_survivor_says_why() -> None:
    """The reason is at least a sentence."""
    for mutant in MUTANTS:
        if "survives" in mutant:
            assert mutant["survives"].endswith(".")
            assert len(mutant["survives"].split()) >= 6
