"""Markdown of the written pages: tables, lists, sentences, and links to sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cmprules._answers.render.words import label as in_words
from cmprules._policy import rows as tables

WRITTEN = "<!-- Written by tasks/write_docs.py; change what it is written from, never this page. -->"
INDEPENDENT = "*cmprules is independent of ASCP, and what it answers is not a decision of ASCP.*"
Row = Sequence[str]


def page(title: str, *parts: str) -> str:
    """Assemble a page."""
    return "\n\n".join([f"# {title}", WRITTEN, *(part for part in parts if part), INDEPENDENT]) + "\n"


def table(head: Row, rows: Iterable[Row], *, right: Sequence[int] = ()) -> str:
    """Write a table; columns in `right` are numbers."""
    rule = ["---:" if index in right else "---" for index in range(len(head))]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in (head, rule, *rows))


def bullets(entries: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"* {entry}" for entry in entries)


def indented(text: str) -> str:
    """Indent the further lines of a list entry."""
    return text.replace("\n", "\n  ")


def source_link(name: str) -> str:
    """Link to a source of the register, from a page of the tables."""
    return f"[{name}](sources.md#{name})"


def stands(row: tables.Cited) -> str:
    """Write the source of a figure."""
    also = f"; also {', '.join(map(source_link, row.also))}" if row.also else ""
    return f"{source_link(row.source)}: {row.pin}{also}"


def label(name: str) -> str:
    """Return the label of an area or a kind."""
    return "Total" if name == "total" else in_words(name)


def sentence(text: str) -> str:
    """Turn a note into sentences, one per line."""
    return lines(text[0].upper() + text[1:] + ("" if text.endswith((".", "?")) else "."))


def lines(text: str) -> str:
    """Write each sentence on its own line."""
    return re.sub(r"(?<=[a-z)`][.?!]) (?=[A-Z])", "\n", text)
