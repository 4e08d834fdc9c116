"""Blocks, and how each writer shows them."""

from __future__ import annotations

from decimal import Decimal
from textwrap import wrap
from typing import get_args

import pytest

from cmprules._answers.render.blocks import (
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
    for_summary,
    with_mark,
)
from cmprules._answers.render.html import write_html
from cmprules._answers.render.markdown import write_markdown
from cmprules._answers.render.text import Terminal, write_text

NASTY = '</style><b>"x"</b>'


def _bar(counted: str = "0", unconfirmed: str = "0", missing: str = "0", *, open: bool = False) -> Bar:
    return Bar(name="Ethics", counted=Decimal(counted), unconfirmed=Decimal(unconfirmed), missing=Decimal(missing),
               open=open)


EVERY: list[Block] = [
    Title("h: MLS(ASCP)", "last day May 31, 2026, 82 days left"), Heading(2, "Part"),
    Verdict("Needs review", "open", ("One", "Two")), Facts((("Cost", "$110.00", "together"), ("As of", "today", ""))),
    Steps("What to do", ("Wait.", "Send it.")), Bars("Points", (_bar("1", "1", "2"), _bar("1"))),
    Question("When?", ("a", "b"), "Look."), Question("Why?"), Paragraph("Words."), Bullets(("b",)),
    Outline((Branch("line", "yes", "aside", (Branch("below"), Branch("hidden", folded=True))),)),
    Table("Caption", ("A", "B"), (("x", "1"),), right=(1,), strong=(0,)), Details("More", (Paragraph("Folded."),)),
    Details("Open", (Paragraph("Unfolded."),), unfolded=True), Picture("<svg></svg>"), Form(("Name",)),
    Notice("The end."),
]


def test_the_sample_has_every_kind_of_block() -> None:
    """So the tests below cover every kind."""
    assert {type(block) for block in EVERY} == set(get_args(Block))


def test_every_block_as_text() -> None:
    """Signs replace colors; folded parts are written out."""
    assert write_text(EVERY) == """\
h: MLS(ASCP)
============

Part
----
  [?] Needs review
  One
  Two

  Cost:  $110.00 (together)
  As of: today

  What to do
  1. Wait.
  2. Send it.

  Points
  Ethics  [##??......]  1 of 4, 1 not confirmed, 2 missing
  Ethics  [##########]  1 of 1

  ? When?
    - a
    - b
    Look.

  ? Why?

  Words.

  - b

  [+] line (aside)
      - below

  Caption

  A  B
  -  -
  x  1

More
----
  Folded.

Open
----
  Unfolded.

  Name        __________________________________________________

The end.
"""


def test_every_block_as_markdown() -> None:
    """Bars become a table; pictures are left out."""
    assert write_markdown(EVERY) == """\
# h: MLS(ASCP)

## Part

**? Needs review**__
One__
Two

* Cost: **$110.00** together
* As of: **today**

## What to do

1. Wait.
2. Send it.

## Points

| Area | Needed | Counted | Not confirmed | Missing |
| --- | ---: | ---: | ---: | ---: |
| Ethics | 4 | 1 | 1 | 2 |
| Ethics | 1 | 1 | 0 | 0 |

When?

* a
* b

Look.

Why?

Words.

* b

* ✓ line *(aside)*
    * below

*Caption*

| A | B |
| --- | ---: |
| **x** | **1** |

## More

Folded.

## Open

Unfolded.

{name}

The end.
""".replace("__", "  ").replace("{name}", "Name " + "\\_" * 40)


def test_a_page_has_a_title_and_the_head_of_each_printed_page() -> None:
    """The head names the holder, the subject, the last day and the days left."""
    page = write_html(EVERY)
    assert "<title>h: MLS(ASCP) - last day May 31, 2026, 82 days left</title>" in page
    assert '@top-left{content:"h: MLS(ASCP) - last day May 31, 2026, 82 days left";' in page
    assert "<details>\n<summary><h2>More</h2></summary>" in page
    assert "<details open>\n<summary><h2>Open</h2></summary>" in page
    assert write_html([Notice("n")]).count("<title>cmprules</title>") == 1


def test_a_fragment_lays_out_no_page() -> None:
    """A notebook keeps its own colors, title and paper."""
    piece = write_html(EVERY, page=False)
    for word in ("@page", ":root", "<title>h:", "color-scheme", "<main"):
        assert word not in piece
    assert piece.startswith('<article class="cmprules">')


@pytest.mark.parametrize("writer", [write_html, write_text, write_markdown])
def test_nothing_that_people_wrote_gets_out_of_its_place(writer: object) -> None:
    """Not even in a title, which is also part of the style sheet."""
    assert callable(writer)
    said = writer([Title(NASTY, NASTY), Verdict(NASTY, "bad", (NASTY,)), Facts(((NASTY, NASTY, NASTY),)),
                   Steps(NASTY, (NASTY,)), Bars(NASTY, (_bar("1"),)), Question(NASTY, (NASTY,), NASTY),
                   Details(NASTY, (Paragraph(NASTY),))])
    if writer is write_html:
        assert "<b>" not in said
        assert said.count("</style>") == 1
    if writer is write_markdown:
        assert "<b>" not in said


@pytest.mark.parametrize(("bar", "words", "signs"), [
    (_bar("2"), "2 of 2", "##########"),
    (_bar("2", open=True), "2 of 2, depends on an open question", "??????????"),
    (_bar(missing="1"), "0 of 1, 1 missing", ".........."),
    (_bar("25", missing="0.5"), "25 of 25.5, 0.5 missing", "#########."),
    (_bar(unconfirmed="1.5", missing="1.5"), "0 of 3, 1.5 not confirmed, 1.5 missing", "?????....."),
])
def test_a_bar_in_words_and_in_signs(bar: Bar, words: str, signs: str) -> None:
    """Every part is visible, however short; a part that depends on a question is never shown as counted."""
    assert bar.words == words
    assert f"[{signs}]" in write_text([Bars("Points", (bar,))])


def test_bars_are_drawn_with_a_legend_where_something_is_not_counted() -> None:
    """Each of three parts has its own pattern; full bars need no legend."""
    drawn = write_html([Bars("Points", (_bar("1", "1", "2"),))])
    assert [f'class="{kind}"' in drawn for kind in "tcum"] == [True] * 4
    assert "<title>Points</title>" in drawn
    assert "<desc>Ethics: 1 of 4, 1 not confirmed, 2 missing.</desc>" in drawn
    assert "not confirmed</text>" in drawn
    assert "counted</text>" not in write_html([Bars("Points", (_bar("1"),))])
    assert "missing</text>" not in write_html([Bars("Points", (_bar("1", open=True),))])


def test_a_narrow_column_breaks_at_hyphens_only_where_it_must() -> None:
    """A day stays whole; a word longer than its column does not."""
    rows = (("on 2026-05-31 and 2026-06-01", "x" * 40), ("well-beyond-any-column-of-text", "y"))
    table = Table("T", ("A", "B"), rows)
    lines = [line.strip() for line in write_text([table], Terminal(width=60)).splitlines()]
    assert any(line.startswith("on 2026-05-31 ") for line in lines)
    assert not any(line.endswith("-") and not line.startswith("-") and "2026" in line for line in lines)
    assert any(line.startswith("well-") and "column-of-text" not in line for line in lines)


@pytest.mark.parametrize("cell", ["", "a b", " a b", "a b ", "a  b"])
def test_a_cell_that_fits_is_as_wrapping_would_leave_it(cell: str) -> None:
    """In a column of numbers, spaces at the end of a cell do not move it."""
    lines = write_text([Table("T", ("wide", "B"), ((cell, "c"),), right=(0,))]).splitlines()
    assert lines[-2] == f"  {''.join(wrap(cell, 4)).rjust(4)}  c"


def test_color_and_width_of_a_terminal() -> None:
    """A verdict has the color of its tone; lines wrap at the width of the terminal."""
    blocks: list[Block] = [Verdict("Not met", "bad"), Paragraph("word " * 30)]
    wide = write_text(blocks, Terminal(width=120, color=True))
    assert "\x1b[1;31m  [-] Not met\x1b[0m" in wide
    assert max(map(len, wide.splitlines())) > 80
    assert "\x1b" not in write_text(blocks)
    assert max(map(len, write_text(blocks, Terminal(width=40)).splitlines())) <= 40


def test_a_summary_leaves_out_what_is_folded() -> None:
    """It leaves out nothing else."""
    assert not any(isinstance(block, Details) for block in for_summary(EVERY))
    assert len(for_summary(EVERY)) == len(EVERY) - 2


def test_a_mark_stands_right_below_the_title() -> None:
    """Without a title it comes first."""
    mark = Paragraph("Mark")
    assert with_mark(EVERY, mark)[1] == mark
    assert with_mark([Notice("n")], mark)[0] == mark
