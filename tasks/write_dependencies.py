"""Write `docs/reference/dependencies.md`: what cmprules and its extras install, with licenses and versions.

Run where the extra `test` is installed, after a change of the dependencies:

    python tasks/write_dependencies.py

A package that is not installed here keeps the line that it had.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "dependencies.md"
EXTRAS = ("plan", "testing", "intake", "batch", "completion", "excel", "service", "spark")
"""The extras for users; those for work on the project itself are left out."""

_NAMES = {"apache license 2.0": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache software license": "Apache-2.0",
          "apache license, version 2.0": "Apache-2.0", "http://www.apache.org/licenses/license-2.0": "Apache-2.0",
          "bsd license": "BSD", "mit license": "MIT", "bsd": "BSD", "dual license": "Apache-2.0 OR BSD-3-Clause"}
Row = tuple[str, str, str, str, str]


def required() -> dict[str, tuple[str, str]]:
    """List the direct requirements: for each package, who requires it and which versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = {"cmprules": project["dependencies"],
              **{extra: project["optional-dependencies"][extra] for extra in EXTRAS}}
    found: dict[str, tuple[str, str]] = {}
    for by, requirements in listed.items():
        for text in requirements:
            requirement = Requirement(text)
            name = canonical(requirement.name)
            by_before = found[name][0] + ", " if name in found else ""
            found[name] = (by_before + by, str(requirement.specifier))
    return found


def canonical(name: str) -> str:
    """Normalize the name of a package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def license_of(name: str) -> str | None:
    """Find the license of an installed package; None if it is not installed."""
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:
        return None
    classifiers = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or ()
                   if line.startswith("License :: ")]
    said = next((text for key in ("License-Expression", "License") for text in metadata.get_all(key) or () if text), "")
    first = said.strip().splitlines()[0].strip() if said.strip() and len(said) < 200 else ""
    text = first or " / ".join(classifiers) or "see the package"
    return _NAMES.get(text.lower(), text)


def _further(name: str) -> Iterator[str]:
    """List what an installed package requires on every platform."""
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonical(requirement.name)


def rows() -> list[Row]:
    """Return a row for each package: name, required by, versions, the version here, license."""
    before = {row[0]: row for row in kept()}
    direct = required()
    waiting = {name: (by, versions) for name, (by, versions) in direct.items()}
    found: dict[str, Row] = {}
    while waiting:
        name, (by, versions) = waiting.popitem()
        said = license_of(name)
        if said is None:
            found[name] = before.get(name, (name, by, versions, "not installed", "see the package"))
            continue
        found[name] = (name, by, versions, distribution(name).version, said)
        for other in _further(name):
            if other not in found and other not in waiting:
                waiting[other] = (name, "")
    return sorted(found.values())


def kept() -> list[Row]:
    """Read the rows of the current page."""
    if not PAGE.exists():
        return []
    lines = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()
             if line.startswith("| `")]
    return [(cells[0].strip("`"), cells[1], cells[2].strip("`- "), cells[3], cells[4]) for cells in lines]


def page() -> str:
    """Write the page."""
    table = [f"| `{name}` | {by} | {f'`{versions}`' if versions else '-'} | {version} | {said} |"
             for name, by, versions, version, said in rows()]
    return "\n".join([
        "# Dependencies", "", "<!-- Written by tasks/write_dependencies.py; run it again, never change this page. -->",
        "", "What cmprules and its extras install, what these packages need in turn, and the license that each names.",
        "The version is the one that was installed when this page was written.", "",
        "| Package | Required by | Versions | Version here | License |", "| --- | --- | --- | --- | --- |", *table, "",
        "*cmprules is independent of ASCP, and what it answers is not a decision of ASCP.*", ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
