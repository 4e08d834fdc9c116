# ruff: noqa: INP001  # read by mkdocstrings from its path, never imported as part of a package
"""Prepare docstrings for the reference: doctests become an Examples section, and every field is listed.

What the docstring does not say of a field is taken from the pages of the formats.
Used by mkdocstrings alone; the package does not know of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import griffe

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
SECTION = re.compile(r"^Attributes:\n((?: +.*\n|\n(?= ))*)", re.MULTILINE)
ENTRY = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)$", re.MULTILINE)
FORMATS = {
    "Activity": ("record-format.md", "## `activities`"),
    "Allocation": ("decision-format.md", "## A credential"),
    "Citation": ("decision-format.md", "### `citations`"),
    "CredentialDecision": ("decision-format.md", "## A credential"),
    "FeeQuote": ("decision-format.md", "## `fees`"),
    "Finding": ("decision-format.md", "### `findings`"),
    "Holder": ("record-format.md", "## `holder`"),
    "Placement": ("record-format.md", "## `placements`"),
    "Policy": ("policy-format.md", "## `cmprules.policy/1`"),
    "Record": ("record-format.md", "## The record"),
    "Shortfall": ("decision-format.md", "### `shortfalls`"),
    "Source": ("decision-format.md", "## `sources`"),
}


def meanings(name: str) -> dict[str, str]:
    """Read what a page says of the keys of a class."""
    if name not in FORMATS:
        return {"start": "the first day.", "end": "the last day, included."} if name == "Period" else {}
    page, heading = FORMATS[name]
    _, _, part = (REFERENCE / page).read_text(encoding="utf-8").partition(f"\n{heading}\n")
    rows = [[cell.strip() for cell in line.strip("| \n").split(" | ")]
            for line in re.split(r"^##", part, maxsplit=1, flags=re.MULTILINE)[0].splitlines() if line.startswith("|")]
    if not rows:
        raise ValueError(f"{page}: no table below {heading!r}")
    column = rows[0].index("Meaning")
    plain = [re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", row[column]) for row in rows]
    return {key: f"{meaning}." for row, meaning in zip(rows[2:], plain[2:], strict=True)
            for key in re.findall(r"`(\w+)`", row[0])}


def with_examples(text: str) -> str:
    """Put a doctest, which ends a docstring, in a section that the reference knows."""
    before, mark, doctest = text.partition("\n>>> ")
    if not mark:
        return text
    indented = "\n".join(f"    {line}".rstrip() for line in f">>> {doctest}".splitlines())
    return f"{before.rstrip()}\n\nExamples:\n{indented}"


def with_fields(text: str, name: str, fields: dict[str, bool]) -> str:
    """List the fields: those that the docstring speaks of, and those that are written on the wire."""
    text = f"{text.rstrip()}\n"
    found = SECTION.search(text)
    said = dict(ENTRY.findall(found[1])) if found else {}
    known = {} if all(field in said for field in fields) else meanings(name)
    listed = [field for field, wired in fields.items() if wired or field in said]
    section = "Attributes:\n" + "".join(
        f"    {field}: {said.get(field) or known.get(field, '')}\n" for field in listed
    )
    if found:
        return f"{text[: found.start()]}{section}\n{text[found.end() :]}"
    head, mark, examples = text.partition("\n\nExamples:\n")
    return f"{head.rstrip()}\n\n{section}\n" + (f"Examples:\n{examples}" if mark else "")


class Docstrings(griffe.Extension):
    """Rewrites docstrings once everything is read."""

    def on_object(self, *, obj: griffe.Object, loader: griffe.GriffeLoader, **kwargs: Any) -> None:
        """Rewrite one docstring."""
        if obj.docstring is None:
            return
        text = with_examples(obj.docstring.value)
        fields = {
            name: "wire(" in str(member.value)
            for name, member in obj.members.items()
            if obj.is_class and member.is_attribute and member.annotation is not None
            and "property" not in member.labels and not name.startswith("_")
        }
        obj.docstring.value = with_fields(text, obj.name, fields) if fields else text
