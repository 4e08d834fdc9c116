"""A report for a terminal: 80 columns where words can be wrapped, and nothing that a terminal would act on."""

from __future__ import annotations

from textwrap import wrap

from cmprules._answers.render.blocks import (
    KEEP_TOGETHER,
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

__all__ = ["write_text"]

WIDTH = 80
GAP = "  "


def write_text(blocks: list[Block]) -> str:
    """Write a report as plain text."""
    worded = (block for block in blocks if not isinstance(block, Picture))
    lines = (line.replace(KEEP_TOGETHER, " ").rstrip() for block in worded for line in _lines(block))
    return "\n".join(lines) + "\n"


def _lines(block: Worded) -> list[str]:
    match block:
        case Heading(level, text):
            return _heading(level, clean(text))
        case Verdict(text, _, details):
            return [f"  {clean(text)}", *(f"  {clean(line)}" for line in details), ""]
        case Paragraph(text):
            return [*_wrapped(clean(text), "  ", "  "), ""]
        case Bullets(items):
            return [*(line for item in items for line in _wrapped(clean(item), "  - ", "    ")), ""]
        case Notice(text):
            return [clean(text)]
    return [*(_outline(block) if isinstance(block, Outline) else _table(block)), ""]


def _outline(outline: Outline) -> list[str]:
    return [line for branch in outline.branches if not branch.folded for line in _branch(branch, "  ")]


_MARKS = {"yes": "[+] ", "no": "[-] ", "open": "[?] ", "": "- "}


def _branch(branch: Branch, indent: str) -> list[str]:
    """Write a line of an outline and what lies below it; what is folded stays out altogether."""
    aside = f" ({branch.aside})" if branch.aside else ""
    lines = _wrapped(clean(branch.text + aside), indent + _MARKS[branch.mark], indent + "    ")
    below = [one for one in branch.branches if not one.folded]
    return [*lines, *(line for one in below for line in _branch(one, indent + "    "))]


def _heading(level: int, text: str) -> list[str]:
    if level == 1:
        return [text, "=" * len(text), ""]
    return [text, "-" * len(text)] if level == 2 else [f"  {text}"]


def _wrapped(text: str, first: str, other: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=other, break_long_words=False,
                break_on_hyphens=False)


def _table(table: Table) -> list[str]:
    """Lay out columns; the widest column of words gives way until the rows fit the page."""
    rows = [table.columns, *(tuple(clean(cell) for cell in row) for row in table.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.columns))]
    words = [column for column in range(len(widths)) if column not in {*table.right, *table.keep}]
    while sum(widths) + len(GAP) * len(widths) > WIDTH and max(widths[column] for column in words) > 14:
        widths[max(words, key=lambda column: widths[column])] -= 1
    rule = "  " + GAP.join("-" * width for width in widths)
    head, *body = [_row(row, widths, table.right) for row in rows]
    return [f"  {table.caption}", "", *head, rule, *(line for row in body for line in row)]


def _row(row: tuple[str, ...], widths: list[int], right: tuple[int, ...]) -> list[str]:
    cells = [wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    height = max(len(cell) for cell in cells)
    padded = [cell + [""] * (height - len(cell)) for cell in cells]
    return [
        "  " + GAP.join(
            part.rjust(width) if column in right else part.ljust(width)
            for column, (part, width) in enumerate(zip(parts, widths, strict=True))
        )
        for parts in zip(*padded, strict=True)
    ]
