"""The lowest versions that CI installs and tries are those that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOWEST = dict(line.split("==") for line in (ROOT / "tasks" / "lowest.txt").read_text(encoding="utf-8").splitlines()
              if line and not line.startswith("#"))
OF_USERS = ("plan", "testing", "intake", "batch", "excel", "completion")
"""The extras that people install; Spark and the notebooks have their own steps."""


def _bounds(extra: str) -> dict[str, str]:
    """Return the lowest version of each requirement of an extra, or of the package itself; some extras are pinned."""
    listed = PROJECT["optional-dependencies"].get(extra, PROJECT["dependencies"])
    found = (re.fullmatch(r"([\w-]+)(?:\[\w+\])?>=([\d.]+)(?:,<[\d.]+)?", one) for one in listed)
    return {one[1].lower(): one[2] for one in found if one}


def _parts(version: str) -> list[int]:
    numbers = [*map(int, version.split("."))]
    return numbers + [0] * (3 - len(numbers))


def test_what_people_install_is_tried_at_its_lowest() -> None:
    """This covers every requirement of the package and its extras, and the libraries of tables."""
    wanted = {name: version for extra in ("", *OF_USERS) for name, version in _bounds(extra).items()}
    wanted |= {name: _bounds("test")[name] for name in ("duckdb", "pandas", "polars")}
    assert {name: _parts(version) for name, version in LOWEST.items()} == {
        name: _parts(version) for name, version in wanted.items()}


def test_every_extra_agrees_on_what_is_lowest() -> None:
    """No extra allows an older version of a package than another extra."""
    for extra in PROJECT["optional-dependencies"]:
        for name, version in _bounds(extra).items():
            assert _parts(LOWEST.get(name, version)) == _parts(version), (extra, name)


def test_the_step_installs_them() -> None:
    """CI reads that file."""
    assert "-r tasks/lowest.txt" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
