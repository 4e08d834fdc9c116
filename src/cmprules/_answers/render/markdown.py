"""A report in Markdown; what a person wrote is escaped, so that it reads as it was written."""

from __future__ import annotations

import re

from cmprules._answers.render.blocks import (
    Block,
    Branch,
    Bullets,
    Heading,
    Notice,
    Outline,
    Paragraph,
    Picture,
    Table,
    Verdict,
    Worded,
    clean,
)

__all__ = ["write_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&]|^[#+-]|^\d+(?=[.)]))")


def write_markdown(blocks: list[Block]) -> str:
    """Write a report as Markdown."""
    return "\n\n".join(_piece(block) for block in blocks if not isinstance(block, Picture)) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_mask, clean(text))


def _mask(found: re.Match[str]) -> str:
    """Put a backslash before what Markdown would act on; a number at the start would begin a list."""
    mark = found.group()
    return f"{mark}\N{ZERO WIDTH SPACE}" if mark.isdigit() else f"\\{mark}"


def _piece(block: Worded) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_escaped(text)}"
        case Verdict(text, _, details):
            return "  \n".join([f"**{_escaped(text)}**", *map(_escaped, details)])
        case Paragraph(text):
            return _escaped(text)
        case Bullets(items):
            return "\n".join(f"* {_escaped(item)}" for item in items)
        case Notice(text):
            return clean(text)
    return _outline(block) if isinstance(block, Outline) else _table(block)


def _outline(outline: Outline) -> str:
    return "\n".join(line for branch in outline.branches if not branch.folded for line in _branch(branch, ""))


_MARKS = {"yes": "✓ ", "no": "✗ ", "open": "? ", "": ""}


def _branch(branch: Branch, indent: str) -> list[str]:
    """Write a line of an outline and what lies below it; what is folded stays out altogether."""
    aside = f" *({_escaped(branch.aside)})*" if branch.aside else ""
    below = [one for one in branch.branches if not one.folded]
    return [f"{indent}* {_escaped(_MARKS[branch.mark] + branch.text)}{aside}",
            *(line for one in below for line in _branch(one, indent + "    "))]


def _table(table: Table) -> str:
    marks = ["---:" if column in table.right else "---" for column in range(len(table.columns))]
    rows = [
        [f"**{_escaped(cell)}**" if index in table.strong and cell else _escaped(cell) for cell in row]
        for index, row in enumerate(table.rows)
    ]
    lines = [table.columns, marks, *rows]
    return f"*{_escaped(table.caption)}*\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in lines)
