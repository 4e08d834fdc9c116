"""The blocks of a report, independent of the format."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from cmprules._kit.points import decimal_text

KEEP_TOGETHER = "\N{NO-BREAK SPACE}"
SIGNS = {"good": "\N{CHECK MARK}", "bad": "\N{BALLOT X}", "open": "?", "plain": ""}
"""The sign of each tone, used where there is no color."""


class Title(NamedTuple):
    """The heading of a report, and the additional text for the title of a page and the head of printed pages.

    `text` names the holder and the subject; `more` is the last day and the days left.
    """

    text: str
    more: str = ""

    @property
    def full(self) -> str:
        """Both on one line."""
        return f"{self.text} - {self.more}" if self.more else self.text


class Heading(NamedTuple):
    """A heading below the title; its level is 2 or 3."""

    level: int
    text: str


class Verdict(NamedTuple):
    """The answer in a few words, its tone (`good`, `bad`, `open` or `plain`), and sentences about it."""

    text: str
    tone: str
    details: tuple[str, ...] = ()


class Facts(NamedTuple):
    """A few key facts: the name of each, its value, and a remark or nothing."""

    facts: tuple[tuple[str, str, str], ...]


class Steps(NamedTuple):
    """What to do, in order, as instructions."""

    title: str
    steps: tuple[str, ...]


class Bar(NamedTuple):
    """One requirement, in points: `counted`, `unconfirmed` and `missing` add up to the points required.

    `open` marks a requirement that is filled only if an open question goes in the holder's favor.
    """

    name: str
    counted: Decimal
    unconfirmed: Decimal
    missing: Decimal
    open: bool = False

    @property
    def required(self) -> Decimal:
        """The points required."""
        return self.counted + self.unconfirmed + self.missing

    @property
    def words(self) -> str:
        """The points counted and missing, in words."""
        parts = [f"{decimal_text(self.counted)} of {decimal_text(self.required)}"]
        parts += [f"{decimal_text(self.unconfirmed)} not confirmed"] if self.unconfirmed else []
        parts += [f"{decimal_text(self.missing)} missing"] if self.missing else []
        parts += ["depends on an open question"] if self.open else []
        return ", ".join(parts)


class Bars(NamedTuple):
    """Requirements side by side: counted, unconfirmed and missing points."""

    title: str
    bars: tuple[Bar, ...]


class Question(NamedTuple):
    """An open question, all its subjects, and how to settle it."""

    text: str
    about: tuple[str, ...] = ()
    hint: str = ""


class Paragraph(NamedTuple):
    """Some sentences."""

    text: str


class Bullets(NamedTuple):
    """A list of short points."""

    items: tuple[str, ...]


class Table(NamedTuple):
    """Rows under named columns.

    `right` marks columns of numbers, `keep` columns whose words never break, `strong` rows to emphasize.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    keep: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()


class Picture(NamedTuple):
    """A drawing for HTML that repeats the text; its author must escape what people wrote.

    `wide` names a drawing that does not shrink; on a narrow screen it scrolls.
    """

    svg: str
    wide: str = ""


class Branch(NamedTuple):
    """A line of an outline, and the lines below it.

    `mark` is `yes`, `no`, `open` or nothing; `aside` is a less important addition to the text; `folded` lines are left
    out where they cannot be opened.
    """

    text: str
    mark: str = ""
    aside: str = ""
    branches: tuple[Branch, ...] = ()
    folded: bool = False


class Outline(NamedTuple):
    """Lines within lines."""

    branches: tuple[Branch, ...]


class Form(NamedTuple):
    """Lines to fill in by hand on paper."""

    lines: tuple[str, ...]


class Notice(NamedTuple):
    """The last line of every report."""

    text: str


class Details(NamedTuple):
    """A part that is folded on a screen and open on paper; text and Markdown show it under its heading."""

    title: str
    blocks: tuple[Block, ...]
    unfolded: bool = False


Block = (Title | Heading | Verdict | Facts | Steps | Bars | Question | Paragraph | Bullets | Outline | Table | Form |
         Notice | Picture | Details)


def for_summary(blocks: list[Block]) -> list[Block]:
    """Leave out everything that is folded on a screen."""
    return [block for block in blocks if not isinstance(block, Details)]


def unfold(blocks: Iterable[Block]) -> list[Block]:
    """Show everything: the parts that are folded on a screen, and the lines that are left out where none can open."""
    return [_unfolded(block) for block in blocks]


def _unfolded(block: Block) -> Block:
    if isinstance(block, Details):
        return Details(block.title, tuple(unfold(block.blocks)), unfolded=True)
    return Outline(_opened(block.branches)) if isinstance(block, Outline) else block


def _opened(branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    return tuple(branch._replace(branches=_opened(branch.branches), folded=False) for branch in branches)


def with_mark(blocks: list[Block], mark: Block) -> list[Block]:
    """Insert a block right below the title."""
    place = next((place for place, block in enumerate(blocks) if isinstance(block, Title)), -1)
    return [*blocks[:place + 1], mark, *blocks[place + 1:]]


def clean(text: str) -> str:
    r"""Replace characters that a terminal or a page would act on instead of showing: control and direction characters.

    >>> clean("Anti\x1b[31mbodies")
    'Anti�[31mbodies'
    """
    if text.isprintable():
        return text
    shown = (" " if letter.isspace() and letter != KEEP_TOGETHER else letter for letter in text)
    return "".join(letter if letter.isprintable() or letter == KEEP_TOGETHER else "\N{REPLACEMENT CHARACTER}"
                   for letter in shown)
