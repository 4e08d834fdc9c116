"""The golden files, each in a folder named after its maker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "kept"


def names_in(folder: str) -> list[str]:
    """List the files in a folder."""
    return sorted(path.name for path in (FOLDER / folder).iterdir())


def read(folder: str, name: str) -> str:
    """Read a golden file with its line ends."""
    return (FOLDER / folder / name).read_bytes().decode("utf-8")


def write(folder: str, name: str, text: str) -> None:
    """Write a golden file."""
    (FOLDER / folder).mkdir(parents=True, exist_ok=True)
    (FOLDER / folder / name).write_bytes(text.encode("utf-8"))


def cases_of(folder: str, name: str) -> dict[str, list[str]]:
    """Read a file of cases: each has a line with its name, followed by its own lines, indented."""
    found: dict[str, list[str]] = {}
    for line in read(folder, name).splitlines():
        if line.startswith("  "):
            found[[*found][-1]].append(line[2:])
        elif line:
            found[line] = []
    return found


def text_of(cases: Mapping[str, Iterable[str]]) -> str:
    """Write cases as text; a case without lines has the line `nothing`."""
    return "\n".join("\n  ".join([case, *(list(lines) or ["nothing"])]) + "\n" for case, lines in cases.items())
