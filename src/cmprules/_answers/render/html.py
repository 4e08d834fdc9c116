"""A report in HTML: plain, semantic, everything escaped, readable without style and in a notebook."""

from __future__ import annotations

import re
from html import escape

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

__all__ = ["write_html"]

_STYLE = """
.cmprules { max-width: 60rem; line-height: 1.45; font-family: system-ui, sans-serif; }
.cmprules h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
.cmprules h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #8886; padding-bottom: .25rem; }
.cmprules h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
.cmprules p { margin: .4rem 0; }
.cmprules table { border-collapse: collapse; margin: .5rem 0 1rem; font-size: .92rem; }
.cmprules caption { text-align: left; font-weight: 600; padding: .25rem 0; }
.cmprules th, .cmprules td { text-align: left; padding: .22rem .7rem .22rem 0; vertical-align: top;
  border-bottom: 1px solid #8884; background: none; }
.cmprules .keep { white-space: nowrap; }
.cmprules .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.cmprules tr.strong td { font-weight: 600; }
.cmprules .verdict { border-left: .35rem solid #777; padding: .35rem .8rem; margin: .6rem 0; }
.cmprules .verdict strong { font-size: 1.1rem; display: block; }
.cmprules .good { border-color: #18794e; } .cmprules .bad { border-color: #b42318; }
.cmprules .open { border-color: #b45309; }
body > .cmprules { margin: 2rem auto; padding: 0 1rem; }
.cmprules svg { width: 100%; height: auto; margin: .5rem 0; }
.cmprules footer { margin-top: 2rem; font-size: .85rem; opacity: .75; }
@page { margin: 16mm 14mm; }
@media print {
  body { margin: 0; }
  body > .cmprules { margin: 0; padding: 0; }
  .cmprules { max-width: none; font-size: 10pt; line-height: 1.35; color: #000; }
  .cmprules table { font-size: 9pt; }
  .cmprules h1 { font-size: 15pt; } .cmprules h2 { font-size: 12pt; margin-top: 6mm; }
  .cmprules h1, .cmprules h2, .cmprules h3, .cmprules caption { break-after: avoid; }
  .cmprules tr, .cmprules li, .cmprules p { break-inside: avoid; }
  .cmprules thead { display: table-header-group; }
  .cmprules a { color: inherit; text-decoration: none; overflow-wrap: anywhere; }
}
"""


_OUTLINE_STYLE = """.cmprules ul.outline, .cmprules .outline ul { list-style: none; padding-left: 0; margin: .2rem 0; }
.cmprules .outline ul { padding-left: 1.1rem; border-left: 1px solid #8884; margin-left: .4rem; }
.cmprules .outline li { margin: .15rem 0; }
.cmprules .outline summary { cursor: pointer; }
.cmprules .outline li > p { margin: 0; padding-left: 1.05rem; }
.cmprules .outline .aside { opacity: .75; font-size: .88em; }
.cmprules .outline .mark { font-weight: 600; }
.cmprules .outline .yes { color: #18794e; } .cmprules .outline .no { color: #b42318; }
.cmprules .outline .unclear { color: #b45309; }
@media print { .cmprules .outline li { break-inside: avoid-page; } }
"""


def write_html(blocks: list[Block], *, page: bool = True) -> str:
    """Write a report as a whole page, or as a piece that can stand in another."""
    body = "\n".join(block.svg if isinstance(block, Picture) else _piece(block) for block in blocks)
    style = _STYLE + (_OUTLINE_STYLE if any(isinstance(block, Outline) for block in blocks) else "")
    article = f'<article class="cmprules">\n<style>{style}</style>\n{body}\n</article>\n'
    if not page:
        return article
    title = next((block.text for block in blocks if isinstance(block, Heading)), "cmprules")
    return (f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{_escaped(title)}</title>\n'
            f"</head>\n<body>\n{article}</body>\n</html>\n")


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)


_ADDRESS = re.compile(r"<(https?://[^\s<>]+)>")


def _linked(text: str) -> str:
    """Escape a text, and make links of the addresses in it."""
    pieces = _ADDRESS.split(text)
    return "".join(f'<a href="{_escaped(piece)}">{_escaped(piece)}</a>' if index % 2 else _escaped(piece)
                   for index, piece in enumerate(pieces))


def _piece(block: Worded) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{_escaped(text)}</h{level}>"
        case Verdict(text, tone, details):
            lines = "<br>\n".join(map(_escaped, details))
            return f'<p class="verdict {tone}"><strong>{_escaped(text)}</strong>\n{lines}</p>'
        case Paragraph(text):
            return f"<p>{_escaped(text)}</p>"
        case Bullets(items):
            return "<ul>\n" + "\n".join(f"<li>{_linked(item)}</li>" for item in items) + "\n</ul>"
        case Notice(text):
            return f"<footer>{_escaped(text)}</footer>"
    return _branches(block.branches, "outline") if isinstance(block, Outline) else _table(block)


_MARKS = {"yes": ("yes", "✓", "yes"), "no": ("no", "✗", "no"), "open": ("unclear", "?", "open")}


def _branches(branches: tuple[Branch, ...], name: str = "") -> str:
    class_ = f' class="{name}"' if name else ""
    return f"<ul{class_}>\n" + "\n".join(map(_branch, branches)) + "\n</ul>"


def _branch(branch: Branch) -> str:
    """Write a line of an outline; one with lines below it can be folded, with the keyboard too."""
    line = _mark(branch.mark) + _escaped(branch.text)
    if branch.aside:
        line += f' <span class="aside">({_escaped(branch.aside)})</span>'
    if not branch.branches:
        return f"<li><p>{line}</p></li>"
    open_ = "" if branch.folded else " open"
    return f"<li><details{open_}><summary>{line}</summary>\n{_branches(branch.branches)}\n</details></li>"


def _mark(mark: str) -> str:
    """Write a mark for those who see it, and a word for those who hear it."""
    if mark not in _MARKS:
        return ""
    name, sign, word = _MARKS[mark]
    return f'<span class="mark {name}" role="img" aria-label="{word}">{sign}</span> '


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col"{_class_of(table, column)}>{_escaped(name)}</th>'
                   for column, name in enumerate(table.columns))
    rows = "\n".join(_row(table, index, row) for index, row in enumerate(table.rows))
    return (f"<table>\n<caption>{_escaped(table.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
            f"<tbody>\n{rows}\n</tbody>\n</table>")


def _row(table: Table, index: int, row: tuple[str, ...]) -> str:
    cells = "".join(f"<td{_class_of(table, column)}>{_escaped(cell)}</td>" for column, cell in enumerate(row))
    return f'<tr class="strong">{cells}</tr>' if index in table.strong else f"<tr>{cells}</tr>"


def _class_of(table: Table, column: int) -> str:
    return ' class="number"' if column in table.right else ' class="keep"' if column in table.keep else ""
