"""What a report is made of, before anybody knows how it will be written."""

from __future__ import annotations

import attrs

__all__ = ["KEEP_TOGETHER", "Block", "Branch", "Bullets", "Heading", "Notice", "Outline", "Paragraph", "Picture",
           "Table", "Verdict", "Worded", "clean"]


KEEP_TOGETHER = "\N{NO-BREAK SPACE}"


@attrs.frozen
class Heading:
    """A heading; level 1 is the report's own."""

    level: int
    text: str


@attrs.frozen
class Verdict:
    """The one thing that a reader looks for first: the outcome in words, its tone, and what goes with it."""

    text: str
    tone: str
    details: tuple[str, ...]


@attrs.frozen
class Paragraph:
    """Some sentences."""

    text: str


@attrs.frozen
class Bullets:
    """A list of short points."""

    items: tuple[str, ...]


@attrs.frozen
class Table:
    """Rows under named columns.

    `right` marks columns of numbers, `keep` columns of words that are never broken, `strong` rows that want attention.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    keep: tuple[int, ...] = ()
    strong: tuple[int, ...] = ()


@attrs.frozen
class Picture:
    """A drawing for HTML, which says nothing that the words beside it do not; `svg` is escaped by whoever draws it."""

    svg: str


@attrs.frozen
class Branch:
    """A line of an outline, and what lies below it.

    `mark` is `yes`, `no`, `open` or nothing; `aside` goes with the text and is less than it; what is `folded` is left
    out where it cannot be opened.
    """

    text: str
    mark: str = ""
    aside: str = ""
    branches: tuple[Branch, ...] = ()
    folded: bool = False


@attrs.frozen
class Outline:
    """Lines within lines."""

    branches: tuple[Branch, ...]


@attrs.frozen
class Notice:
    """The last line of every report."""

    text: str


Worded = Heading | Verdict | Paragraph | Bullets | Outline | Table | Notice
Block = Worded | Picture


def clean(text: str) -> str:
    r"""Replace what a terminal or a page would act on instead of showing it: control and direction characters.

    >>> clean("Anti\x1b[31mbodies")
    'Anti�[31mbodies'
    """
    shown = (" " if letter.isspace() and letter != KEEP_TOGETHER else letter for letter in text)
    return "".join(letter if letter.isprintable() or letter == KEEP_TOGETHER else "\N{REPLACEMENT CHARACTER}"
                   for letter in shown)
