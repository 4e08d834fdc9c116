"""A report in Markdown; text that people entered is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from cmprules._answers.render.blocks import (
    SIGNS,
    Bars,
    Block,
    Branch,
    Bullets,
    Details,
    Facts,
    Form,
    Heading,
    Notice,
    Outline,
    Paragraph,
    Picture,
    Question,
    Steps,
    Table,
    Title,
    Verdict,
    clean,
)
from cmprules._kit.points import decimal_text

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&]|^[#+-]|^\d+(?=[.)]))")


def write_markdown(blocks: Iterable[Block]) -> str:
    """Write a report as Markdown."""
    return _pieces(blocks) + "\n"


def _pieces(blocks: Iterable[Block]) -> str:
    return "\n\n".join(_piece(block) for block in blocks if not isinstance(block, Picture))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_mask, clean(text))


def _mask(found: re.Match[str]) -> str:
    """Escape what Markdown would act on; a number at the start would begin a list."""
    mark = found.group()
    return f"{mark}\N{ZERO WIDTH SPACE}" if mark.isdigit() else f"\\{mark}"


def _piece(block: Block) -> str:
    return _WRITERS[type(block)](block)


def _verdict(verdict: Verdict) -> str:
    text = f"{SIGNS[verdict.tone]} {verdict.text}".strip()
    return "  \n".join([f"**{_escaped(text)}**", *map(_escaped, verdict.details)])


def _facts(block: Facts) -> str:
    return "\n".join(f"* {_escaped(name)}: **{_escaped(value)}**{f' {_escaped(more)}' if more else ''}"
                     for name, value, more in block.facts)


def _steps(block: Steps) -> str:
    numbered = "\n".join(f"{place}. {_escaped(step)}" for place, step in enumerate(block.steps, 1))
    return f"## {_escaped(block.title)}\n\n{numbered}"


def _question(question: Question) -> str:
    parts = (_escaped(question.text), _list(question.about), _escaped(question.hint))
    return "\n\n".join(part for part in parts if part)


def _list(items: tuple[str, ...]) -> str:
    return "\n".join(f"* {_escaped(item)}" for item in items)


def _bars(block: Bars) -> str:
    """Write bars as a table."""
    rows = [(f"{bar.name} (depends on an open question)" if bar.open else bar.name,
             *map(decimal_text, (bar.required, bar.counted, bar.unconfirmed, bar.missing))) for bar in block.bars]
    lines = [("Area", "Needed", "Counted", "Not confirmed", "Missing"), ("---", *["---:"] * 4),
             *([_escaped(cell) for cell in row] for row in rows)]
    return f"## {_escaped(block.title)}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in lines)


_MARKS = {"yes": "✓ ", "no": "✗ ", "open": "? ", "": ""}


def _outline(outline: Outline) -> str:
    return "\n".join(line for branch in outline.branches if not branch.folded for line in _branch(branch, ""))


def _branch(branch: Branch, indent: str) -> list[str]:
    """Write a line of an outline and the lines below it; folded lines are left out."""
    aside = f" *({_escaped(branch.aside)})*" if branch.aside else ""
    below = [child for child in branch.branches if not child.folded]
    return [f"{indent}* {_escaped(_MARKS[branch.mark] + branch.text)}{aside}",
            *(line for child in below for line in _branch(child, indent + "    "))]


def _table(table: Table) -> str:
    marks = ["---:" if column in table.right else "---" for column in range(len(table.columns))]
    rows = [
        [f"**{_escaped(cell)}**" if index in table.strong and cell else _escaped(cell) for cell in row]
        for index, row in enumerate(table.rows)
    ]
    lines = [table.columns, marks, *rows]
    return f"*{_escaped(table.caption)}*\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in lines)


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Title: lambda block: f"# {_escaped(block.text)}",
    Heading: lambda block: f"{'#' * block.level} {_escaped(block.text)}",
    Verdict: _verdict,
    Facts: _facts,
    Steps: _steps,
    Bars: _bars,
    Question: _question,
    Paragraph: lambda block: _escaped(block.text),
    Bullets: lambda block: _list(block.items),
    Outline: _outline,
    Table: _table,
    Form: lambda block: "\n\n".join(_escaped(f"{line} {'_' * 40}") for line in block.lines),
    Details: lambda block: f"## {_escaped(block.title)}\n\n{_pieces(block.blocks)}",
    Notice: lambda block: clean(block.text),
}
