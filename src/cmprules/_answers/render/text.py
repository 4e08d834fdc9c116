"""A report for a terminal: wrapped to its width, without characters that a terminal would act on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap
from typing import Any, NamedTuple

from cmprules._answers.render.blocks import (
    KEEP_TOGETHER,
    Bar,
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

GAP = "  "
_SIGNS = {"good": "[+] ", "bad": "[-] ", "open": "[?] ", "plain": ""}
_COLORS = {"good": "32", "bad": "31", "open": "33", "plain": "1"}


class Terminal(NamedTuple):
    """The target of a text: its columns, and whether it shows colors."""

    width: int = 80
    color: bool = False

    def painted(self, text: str, tone: str) -> str:
        """Color a line, if there are colors."""
        return f"\x1b[1;{_COLORS[tone]}m{text}\x1b[0m" if self.color else text


def write_text(blocks: Iterable[Block], terminal: Terminal | None = None) -> str:
    """Write a report as plain text."""
    lines = _Lines(terminal or Terminal())
    return "\n".join(line.replace(KEEP_TOGETHER, " ").rstrip() for line in lines.of_all(blocks)) + "\n"


class _Lines(NamedTuple):
    """Turns blocks into lines."""

    terminal: Terminal

    def of_all(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Write blocks from top to bottom."""
        for block in blocks:
            yield from self._of(block)

    def _of(self, block: Block) -> Iterable[str]:
        return _WRITERS[type(block)](self, block)

    def title(self, title: Title) -> list[str]:
        """Write the title."""
        return [*self._under(title.text, "="), ""]

    def heading(self, heading: Heading) -> list[str]:
        """Write a heading."""
        return self._under(heading.text, "-") if heading.level == 2 else [f"  {clean(heading.text)}"]

    def verdict(self, verdict: Verdict) -> Iterator[str]:
        """Write the sign of a verdict, its words, and its sentences."""
        sign = _SIGNS[verdict.tone]
        yield from (self.terminal.painted(line, verdict.tone) for line in self._wrapped(verdict.text, f"  {sign}"))
        yield from (line for detail in verdict.details for line in self._wrapped(detail, "  "))
        yield ""

    def facts(self, block: Facts) -> Iterator[str]:
        """Write facts, one per line."""
        widest = max(len(name) for name, _, _ in block.facts) + 1
        for name, value, more in block.facts:
            yield from self._wrapped(f"{value}{f' ({more})' if more else ''}", f"  {f'{name}:'.ljust(widest)} ")
        yield ""

    def steps(self, block: Steps) -> Iterator[str]:
        """Write numbered steps."""
        yield f"  {clean(block.title)}"
        yield from (line for place, step in enumerate(block.steps, 1) for line in self._wrapped(step, f"  {place}. "))
        yield ""

    def bars(self, block: Bars) -> Iterator[str]:
        """Write bars of signs: # for what counts, ? for what is not confirmed, . for what is missing."""
        widest = max(len(bar.name) for bar in block.bars)
        yield f"  {clean(block.title)}"
        for bar in block.bars:
            yield from self._wrapped(bar.words, f"  {bar.name.ljust(widest)}  [{_signs(bar)}]  ")
        yield ""

    def question(self, question: Question) -> Iterator[str]:
        """Write a question with its subjects."""
        yield from self._wrapped(question.text, "  ? ")
        yield from (line for item in question.about for line in self._wrapped(item, "    - "))
        yield from [*(self._wrapped(question.hint, "    ") if question.hint else []), ""]

    def paragraph(self, paragraph: Paragraph) -> list[str]:
        """Write some sentences."""
        return [*self._wrapped(paragraph.text, "  "), ""]

    def bullets(self, bullets: Bullets) -> list[str]:
        """Write a list."""
        return [*(line for item in bullets.items for line in self._wrapped(item, "  - ")), ""]

    def outline(self, outline: Outline) -> list[str]:
        """Write lines within lines."""
        return [*(line for branch in _shown(outline.branches) for line in self._branch(branch, "  ")), ""]

    def details(self, details: Details) -> list[str]:
        """Write a folded part under its heading."""
        return [*self._under(details.title, "-"), *self.of_all(details.blocks)]

    def _under(self, text: str, rule: str) -> list[str]:
        """Underline a heading as far as its longest line goes."""
        lines = self._wrapped(text, "")
        return [*lines, rule * max(map(len, lines))]

    def _wrapped(self, text: str, first: str, other: str | None = None) -> list[str]:
        shown = clean(text)
        if shown and len(first) + len(shown) <= self.terminal.width and not shown[-1].isspace():
            return [first + shown]  # as most are: `wrap` is a slow way to find that out
        return wrap(shown, self.terminal.width, initial_indent=first,
                    subsequent_indent=" " * len(first) if other is None else other, break_long_words=False,
                    break_on_hyphens=False)

    def _branch(self, branch: Branch, indent: str) -> list[str]:
        """Write a line of an outline and the lines below it; folded lines are left out."""
        aside = f" ({branch.aside})" if branch.aside else ""
        lines = self._wrapped(branch.text + aside, indent + _MARKS[branch.mark], indent + "    ")
        return [*lines, *(line for child in _shown(branch.branches) for line in self._branch(child, indent + "    "))]

    def table(self, table: Table) -> Iterator[str]:
        """Lay out columns; the widest column of words shrinks until the rows fit the page."""
        rows = [table.columns, *(tuple(clean(cell) for cell in row) for row in table.rows)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(table.columns))]
        words = [column for column in range(len(widths)) if column not in {*table.right, *table.keep}]
        while (sum(widths) + len(GAP) * len(widths) > self.terminal.width
               and max((widths[column] for column in words), default=0) > 14):
            widths[max(words, key=lambda column: widths[column])] -= 1
        head, *body = [_row(row, widths, table.right) for row in rows]
        yield from self._wrapped(table.caption, "  ")
        yield from ["", *head, "  " + GAP.join("-" * width for width in widths)]
        yield from (line for row in body for line in row)
        yield ""


_WRITERS: dict[type[Block], Callable[[_Lines, Any], Iterable[str]]] = {
    Title: _Lines.title,
    Heading: _Lines.heading,
    Verdict: _Lines.verdict,
    Facts: _Lines.facts,
    Steps: _Lines.steps,
    Bars: _Lines.bars,
    Question: _Lines.question,
    Paragraph: _Lines.paragraph,
    Bullets: _Lines.bullets,
    Outline: _Lines.outline,
    Table: _Lines.table,
    Form: lambda _, block: [*(f"  {line} ".ljust(14) + "_" * 50 for line in block.lines), ""],
    Details: _Lines.details,
    Picture: lambda _, __: (),
    Notice: lambda _, block: [clean(block.text)],
}
_MARKS = {"yes": "[+] ", "no": "[-] ", "open": "[?] ", "": "- "}
_LONG = 10


def _shown(branches: Iterable[Branch]) -> list[Branch]:
    return [branch for branch in branches if not branch.folded]


def _signs(bar: Bar) -> str:
    """Draw a bar in signs, each part as long as its share, but always visible."""
    parts = [("?" if bar.open else "#", bar.counted), ("?", bar.unconfirmed), (".", bar.missing)]
    drawn = [(sign, max(1, int(amount * _LONG / bar.required))) for sign, amount in parts if amount]
    spare = _LONG - sum(length for _, length in drawn)
    longest = max(range(len(drawn)), key=lambda place: drawn[place][1])
    return "".join(sign * (length + spare * (place == longest)) for place, (sign, length) in enumerate(drawn))


def _in_column(cell: str, width: int) -> list[str]:
    """Wrap a cell; a word is broken at its hyphens only if it is too long for the column."""
    if len(cell) <= width and cell == " ".join(cell.split()):
        return [cell]  # here, too, most do
    long = max(map(len, cell.split()), default=0) > width
    return wrap(cell, width, break_on_hyphens=long) or [""]


def _row(row: tuple[str, ...], widths: list[int], right: tuple[int, ...]) -> list[str]:
    cells = [_in_column(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(len(cell) for cell in cells)
    padded = [cell + [""] * (height - len(cell)) for cell in cells]
    return [
        "  " + GAP.join(
            part.rjust(width) if column in right else part.ljust(width)
            for column, (part, width) in enumerate(zip(parts, widths, strict=True))
        )
        for parts in zip(*padded, strict=True)
    ]
