"""Compiled code is kept where possible, under a digest of its source."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numba
import pytest

from cmprules.batch import _compiling as compiling

CONFIG: Any = numba.config


def _added(one: int, other: int) -> int:
    return one + other


def test_the_first_place_that_can_be_written_is_taken(tmp_path: Path) -> None:
    """Others are skipped, whatever is wrong with them; there may be none."""
    (tmp_path / "file").touch()
    places = [tmp_path / "file" / "below", tmp_path / "good", tmp_path / "other"]
    assert compiling._folder(places, "mark") == tmp_path / "good" / "mark"
    assert [*(tmp_path / "good" / "mark").iterdir()] == []
    assert not (tmp_path / "other").exists()
    assert compiling._folder(places[:1], "mark") is None


@pytest.mark.usefixtures("compiler")
def test_without_a_place_functions_are_compiled_all_the_same() -> None:
    """This is so in a container where neither package nor home can be written."""
    assert compiling._jit_in(None, _added)(1, 2) == 3


@pytest.mark.usefixtures("compiler")
def test_code_is_kept_in_the_folder_and_numba_is_left_as_it_was(tmp_path: Path) -> None:
    """Other programs keep their setting."""
    before = CONFIG.CACHE_DIR
    assert compiling._jit_in(tmp_path, _added)(1, 2) == 3
    assert before == CONFIG.CACHE_DIR
    assert [*tmp_path.glob("**/*_added*.nbi")]


def test_another_text_has_another_folder(tmp_path: Path) -> None:
    """Code compiled from an older source is never used."""
    path = tmp_path / "kernel.py"
    path.write_text("one")
    first = compiling._mark([path])
    path.write_text("two")
    assert compiling._mark([path]) != first
    path.write_text("one")
    assert compiling._mark([path]) == first


def test_everything_that_is_compiled_is_in_the_mark() -> None:
    """The digest covers every module that uses the compiler."""
    package = Path(compiling.__file__).parent
    compiled = re.compile("^@(jit|inlined)", re.MULTILINE)
    using = {path for path in package.glob("**/*.py") if compiled.search(path.read_text("utf-8"))}
    assert using
    assert using <= {*compiling._sources()}


@pytest.mark.parametrize("home", ["", "elsewhere"])
def test_the_places(home: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's own folder comes first, the home last."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path) if home else "")
    monkeypatch.setattr(CONFIG, "CACHE_DIR", home)
    places = [*compiling._places()]
    assert (places[0] == Path("elsewhere")) == bool(home)
    assert places[-1].name == "cmprules"
    assert (tmp_path in places[-1].parents) == bool(home)


def test_whether_the_kernel_is_compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The contents of the folder tell."""
    monkeypatch.setattr(compiling, "FOLDER", None)
    assert not compiling.is_compiled()
    monkeypatch.setattr(compiling, "FOLDER", tmp_path)
    assert not compiling.is_compiled()
    (tmp_path / "kernel.decide_all-1.py311.nbi").touch()
    assert compiling.is_compiled()
