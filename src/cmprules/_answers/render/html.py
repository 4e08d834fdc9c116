"""A report in HTML: plain, semantic, fully escaped, readable without style and in a notebook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
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
from cmprules._answers.render.drawing import bars_svg
from cmprules._answers.render.style import FRAGMENT_STYLE, PAGE_STYLE, paper_style


class Page(str):
    """A page of HTML as text; a notebook shows its report as part of the notebook's own page."""

    __slots__ = ("blocks",)

    blocks: list[Block]

    @classmethod
    def of(cls, blocks: list[Block]) -> Page:
        """Write a report as a page, and keep its blocks."""
        page = cls(write_html(blocks))
        page.blocks = blocks
        return page

    def _repr_html_(self) -> str:
        return write_html(self.blocks, page=False)


def write_html(blocks: list[Block], *, page: bool = True) -> str:
    """Write a report as a whole page, or as a piece of another page."""
    body = "\n".join(map(_piece, blocks))
    if not page:
        return f'<article class="cmprules">\n<style>{FRAGMENT_STYLE}</style>\n{body}\n</article>\n'
    title = next((block.full for block in blocks if isinstance(block, Title)), "cmprules")
    return f"{page_head(title)}{body}{PAGE_END}"


def page_head(title: str, more_style: str = "") -> str:
    """Write the head of a page."""
    return (f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="color-scheme" content="light dark">\n<title>{_escaped(title)}</title>\n'
            f"<style>{paper_style(clean(title))}{PAGE_STYLE}{more_style}</style>\n"
            f'</head>\n<body>\n<main class="cmprules">\n')


PAGE_END = "\n</main>\n</body>\n</html>\n"


def pieces(blocks: Iterable[Block]) -> str:
    """Write blocks for a page."""
    return "\n".join(map(_piece, blocks))


def escaped(text: str) -> str:
    """Escape a text, so that a browser acts on nothing in it."""
    return _escaped(text)


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)


_ADDRESS = re.compile(r"<(https?://[^\s<>]+)>")


def _linked(text: str) -> str:
    """Escape a text, and turn its addresses into links."""
    pieces = _ADDRESS.split(text)
    return "".join(f'<a href="{_escaped(piece)}">{_escaped(piece)}</a>' if index % 2 else _escaped(piece)
                   for index, piece in enumerate(pieces))


def _piece(block: Block) -> str:
    return _WRITERS[type(block)](block)


def _heading(heading: Heading) -> str:
    return f"<h{heading.level}>{_escaped(heading.text)}</h{heading.level}>"


def _verdict(verdict: Verdict) -> str:
    lines = "<br>\n".join(map(_escaped, verdict.details))
    return (f'<p class="verdict {verdict.tone}"><strong>{_sign(verdict.tone)}{_escaped(verdict.text)}</strong>\n'
            f"{lines}</p>")


def _facts(block: Facts) -> str:
    return '<dl class="facts">\n' + "\n".join(_fact(*fact) for fact in block.facts) + "\n</dl>"


def _section(kind: str, title: str, inner: str) -> str:
    return f'<section class="{kind}">\n<h2>{_escaped(title)}</h2>\n{inner}\n</section>'


def _details(details: Details) -> str:
    open_ = " open" if details.unfolded else ""
    inner = "\n".join(map(_piece, details.blocks))
    return f"<details{open_}>\n<summary><h2>{_escaped(details.title)}</h2></summary>\n{inner}\n</details>"


def _sign(tone: str) -> str:
    return f'<span aria-hidden="true">{SIGNS[tone]}</span> ' if SIGNS[tone] else ""


def _list(tag: str, items: tuple[str, ...]) -> str:
    return f"<{tag}>\n" + "\n".join(f"<li>{_linked(item)}</li>" for item in items) + f"\n</{tag}>"


def _fact(name: str, value: str, remark: str) -> str:
    more = f" <span>{_escaped(remark)}</span>" if remark else ""
    return f"<div><dt>{_escaped(name)}</dt><dd>{_escaped(value)}{more}</dd></div>"


def _question(question: Question) -> str:
    """Write a question with its subjects."""
    about = f"\n{_list('ul', question.about)}" if question.about else ""
    hint = f'\n<p class="soft">{_escaped(question.hint)}</p>' if question.hint else ""
    return f'<div class="question">\n<p>{_escaped(question.text)}</p>{about}{hint}\n</div>'


_MARKS = {"yes": ("good", "✓", "yes"), "no": ("bad", "✗", "no"), "open": ("open", "?", "open")}


def _branches(branches: tuple[Branch, ...], name: str = "") -> str:
    class_ = f' class="{name}"' if name else ""
    return f"<ul{class_}>\n" + "\n".join(map(_branch, branches)) + "\n</ul>"


def _branch(branch: Branch) -> str:
    """Write a line of an outline; a line with lines below it can be folded, with the keyboard too."""
    line = _mark(branch.mark) + _escaped(branch.text)
    if branch.aside:
        line += f' <span class="aside">({_escaped(branch.aside)})</span>'
    if not branch.branches:
        return f"<li><p>{line}</p></li>"
    open_ = "" if branch.folded else " open"
    return f"<li><details{open_}><summary>{line}</summary>\n{_branches(branch.branches)}\n</details></li>"


def _mark(mark: str) -> str:
    """Write a mark for the screen, and a word for screen readers."""
    if mark not in _MARKS:
        return ""
    name, sign, word = _MARKS[mark]
    return f'<span class="mark {name}" role="img" aria-label="{word}">{sign}</span> '


def _table(table: Table) -> str:
    """Write a table in its own frame, which scrolls on a narrow screen."""
    head = "".join(f'<th scope="col"{_class_of(table, column)}>{_escaped(name)}</th>'
                   for column, name in enumerate(table.columns))
    rows = "\n".join(_row(table, index, row) for index, row in enumerate(table.rows))
    caption = _escaped(table.caption)
    return _scrolling(table.caption, f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
                                     f"<tbody>\n{rows}\n</tbody>\n</table>")


def _scrolling(name: str, inner: str) -> str:
    """Wrap wide content in a frame that scrolls, with the keyboard too."""
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{_escaped(name)}">\n{inner}\n</div>'


def _row(table: Table, index: int, row: tuple[str, ...]) -> str:
    cells = "".join(f"<td{_class_of(table, column)}>{_escaped(cell)}</td>" for column, cell in enumerate(row))
    return f'<tr class="strong">{cells}</tr>' if index in table.strong else f"<tr>{cells}</tr>"


def _class_of(table: Table, column: int) -> str:
    return ' class="number"' if column in table.right else ' class="keep"' if column in table.keep else ""


_WRITERS: dict[type[Block], Callable[[Any], str]] = {
    Title: lambda block: f"<h1>{_escaped(block.text)}</h1>",
    Heading: _heading,
    Verdict: _verdict,
    Facts: _facts,
    Steps: lambda block: _section("steps", block.title, _list("ol", block.steps)),
    Bars: lambda block: _section("bars", block.title, bars_svg(block)),
    Question: _question,
    Paragraph: lambda block: f"<p>{_escaped(block.text)}</p>",
    Bullets: lambda block: _list("ul", block.items),
    Outline: lambda block: _branches(block.branches, "outline"),
    Table: _table,
    Form: lambda block: "\n".join(f'<p class="line"><span>{_escaped(line)}</span></p>' for line in block.lines),
    Details: _details,
    Picture: lambda block: _scrolling(block.wide, block.svg) if block.wide else str(block.svg),
    Notice: lambda block: f"<footer>{_escaped(block.text)}</footer>",
}
