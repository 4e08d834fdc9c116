"""A report for a terminal: as wide as it is where words can be wrapped, and nothing that a terminal would act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

import attrs

from cmprules._answers.render.blocks import (
    KEEP_TOGETHER,
    Bar,
    Bars,
    Block,
    Branch,
    Bullets,
    Details,
    Facts,
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

__all__ = ["Terminal", "write_text"]

GAP = "  "
_SIGNS = {"good": "[+] ", "bad": "[-] ", "open": "[?] ", "plain": ""}
_COLORS = {"good": "32", "bad": "31", "open": "33", "plain": "1"}


@attrs.frozen
class Terminal:
    """What a text is written for: columns, and whether colors are shown."""

    width: int = 80
    color: bool = False

    def painted(self, text: str, tone: str) -> str:
        """Color a line, where there are colors."""
        return f"\x1b[1;{_COLORS[tone]}m{text}\x1b[0m" if self.color else text


def write_text(blocks: Iterable[Block], terminal: Terminal | None = None) -> str:
    """Write a report as plain text."""
    lines = _Lines(terminal or Terminal())
    return "\n".join(line.replace(KEEP_TOGETHER, " ").rstrip() for line in lines.of_all(blocks)) + "\n"


@attrs.frozen
class _Lines:
    """Turns blocks into lines."""

    terminal: Terminal

    def of_all(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Write blocks one below the other."""
        for block in blocks:
            yield from self._of(block)

    def _of(self, block: Block) -> Iterator[str]:
        match block:
            case Title(text):
                yield from self._under(text, "=")
                yield ""
            case Heading(level, text):
                yield from self._under(text, "-") if level == 2 else [f"  {clean(text)}"]
            case Paragraph(text):
                yield from [*self._wrapped(text, "  "), ""]
            case Bullets(items):
                yield from [*(line for item in items for line in self._wrapped(item, "  - ")), ""]
            case Notice(text):
                yield clean(text)
            case Outline(branches):
                yield from [*(line for branch in _shown(branches) for line in self._branch(branch, "  ")), ""]
            case Table():
                yield from [*self._table(block), ""]
            case Picture():
                return
            case _:
                yield from self._grouped(block)

    def _grouped(self, block: Verdict | Facts | Steps | Bars | Question | Details) -> Iterator[str]:
        """Write a block that has parts of its own."""
        match block:
            case Verdict(text, tone, details):
                first, *rest = self._wrapped(text, f"  {_SIGNS[tone]}", " " * (2 + len(_SIGNS[tone])))
                yield from (self.terminal.painted(line, tone) for line in (first, *rest))
                yield from [*(line for detail in details for line in self._wrapped(detail, "  ")), ""]
            case Facts(facts):
                yield from [*self._facts(facts), ""]
            case Steps(title, steps):
                yield f"  {clean(title)}"
                yield from (line for place, step in enumerate(steps, 1)
                            for line in self._wrapped(step, f"  {place}. "))
                yield ""
            case Bars():
                yield from [*self._bars(block), ""]
            case Question(text, about, hint):
                yield from self._wrapped(text, "  ? ")
                yield from (line for item in about for line in self._wrapped(item, "    - "))
                yield from [*(self._wrapped(hint, "    ") if hint else []), ""]
            case Details(title, blocks):
                yield from self._under(title, "-")
                yield from self.of_all(blocks)

    def _under(self, text: str, rule: str) -> list[str]:
        """Underline a heading as far as its longest line goes."""
        lines = self._wrapped(text, "")
        return [*lines, rule * max(map(len, lines))]

    def _wrapped(self, text: str, first: str, other: str | None = None) -> list[str]:
        return wrap(clean(text), self.terminal.width, initial_indent=first,
                    subsequent_indent=" " * len(first) if other is None else other, break_long_words=False,
                    break_on_hyphens=False)

    def _facts(self, facts: tuple[tuple[str, str, str], ...]) -> Iterator[str]:
        widest = max(len(name) for name, _, _ in facts) + 1
        for name, value, more in facts:
            yield from self._wrapped(f"{value}{f' ({more})' if more else ''}", f"  {f'{name}:'.ljust(widest)} ")

    def _bars(self, block: Bars) -> Iterator[str]:
        """Write bars of signs: # for what counts, ? for what is not confirmed, . for what is missing."""
        widest = max(len(bar.name) for bar in block.bars)
        yield f"  {clean(block.title)}"
        for bar in block.bars:
            yield from self._wrapped(bar.words, f"  {bar.name.ljust(widest)}  [{_signs(bar)}]  ")

    def _branch(self, branch: Branch, indent: str) -> list[str]:
        """Write a line of an outline and what lies below it; what is folded stays out altogether."""
        aside = f" ({branch.aside})" if branch.aside else ""
        lines = self._wrapped(branch.text + aside, indent + _MARKS[branch.mark], indent + "    ")
        return [*lines, *(line for one in _shown(branch.branches) for line in self._branch(one, indent + "    "))]

    def _table(self, table: Table) -> Iterator[str]:
        """Lay out columns; the widest column of words gives way until the rows fit the page."""
        rows = [table.columns, *(tuple(clean(cell) for cell in row) for row in table.rows)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(table.columns))]
        words = [column for column in range(len(widths)) if column not in {*table.right, *table.keep}]
        while (sum(widths) + len(GAP) * len(widths) > self.terminal.width and words
               and max(widths[column] for column in words) > 14):
            widths[max(words, key=lambda column: widths[column])] -= 1
        head, *body = [_row(row, widths, table.right) for row in rows]
        yield from self._wrapped(table.caption, "  ")
        yield from ["", *head, "  " + GAP.join("-" * width for width in widths)]
        yield from (line for row in body for line in row)


_MARKS = {"yes": "[+] ", "no": "[-] ", "open": "[?] ", "": "- "}
_LONG = 10


def _shown(branches: Iterable[Branch]) -> list[Branch]:
    return [branch for branch in branches if not branch.folded]


def _signs(bar: Bar) -> str:
    """Draw a bar in signs, each part as long as its share, but never too short to be seen."""
    parts = [("?" if bar.open else "#", bar.counted), ("?", bar.unconfirmed), (".", bar.missing)]
    drawn = [(sign, max(1, int(amount * _LONG / bar.required))) for sign, amount in parts if amount]
    spare = _LONG - sum(length for _, length in drawn)
    longest = max(range(len(drawn)), key=lambda place: drawn[place][1])
    return "".join(sign * (length + spare * (place == longest)) for place, (sign, length) in enumerate(drawn))


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
