"""The texts that a person has read, each in a folder named after what makes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "kept"


def names_in(folder: str) -> list[str]:
    """List the files of a folder."""
    return sorted(path.name for path in (FOLDER / folder).iterdir())


def read(folder: str, name: str) -> str:
    """Read a text as it was kept, its line ends included."""
    return (FOLDER / folder / name).read_bytes().decode("utf-8")


def write(folder: str, name: str, text: str) -> None:
    """Keep a text."""
    (FOLDER / folder).mkdir(parents=True, exist_ok=True)
    (FOLDER / folder / name).write_bytes(text.encode("utf-8"))


def cases_of(folder: str, name: str) -> dict[str, list[str]]:
    """Read a file of cases: each has a line with its name, and then its own lines, indented."""
    found: dict[str, list[str]] = {}
    for line in read(folder, name).splitlines():
        if line.startswith("  "):
            found[[*found][-1]].append(line[2:])
        elif line:
            found[line] = []
    return found


def text_of(cases: Mapping[str, Iterable[str]]) -> str:
    """Write cases as text; a case without lines says `nothing`."""
    return "\n".join("\n  ".join([case, *(list(lines) or ["nothing"])]) + "\n" for case, lines in cases.items())
