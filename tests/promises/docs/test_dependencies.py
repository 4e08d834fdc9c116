"""The page of the dependencies lists every requirement, and the license of each installed package."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[3]
TASK: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "write_dependencies.py"))
KEPT = {row[0]: row for row in TASK["kept"]()}


def test_the_page_has_what_the_project_requires() -> None:
    """It has exactly the direct requirements, with versions and who requires them."""
    direct = {name: (by, versions) for name, by, versions, *_ in KEPT.values() if versions}
    assert direct == TASK["required"]()


def test_what_they_need_in_turn_is_there() -> None:
    """The page written here has no package that the committed page lacks."""
    assert {row[0] for row in TASK["rows"]()} <= set(KEPT)


@pytest.mark.parametrize("name", sorted(KEPT))
def test_licenses_are_those_that_the_packages_name(name: str) -> None:
    """For installed packages the license agrees, and the version on the page is allowed."""
    _, _, versions, version, said = KEPT[name]
    assert TASK["license_of"](name) in {said, None}
    assert version == "not installed" or SpecifierSet(versions).contains(version)
    assert said != "see the package"


def test_security_links_to_pages_that_are_there() -> None:
    """The pages that `SECURITY.md` links to exist."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert links
    assert all((ROOT / link).is_file() for link in links)
