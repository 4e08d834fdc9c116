"""The sources of figures and rules, and the rules in words."""

from __future__ import annotations

from datetime import date

import attrs

from cmprules._kit.shapes import LEAVE_OUT, Checked
from cmprules._kit.values import Value
from cmprules._words.enums import Grade


@attrs.frozen(kw_only=True)
class Citation(Checked):
    """The source of a figure or a rule: a document of the register, a place in it, and how certain it is.

    >>> Citation(source="nsh-2020", pin="passage on ethics", grade=Grade.SOCIETY).grade
    <Grade.SOCIETY: 'society'>
    """

    source: str
    pin: str
    grade: Grade


@attrs.frozen(kw_only=True)
class Source(Checked):
    """One document of the register.

    Attributes:
        published_on: the day of publication; None if it is not known.
        published: what is known about it without a day, such as `2018-04`.
    """

    title: str
    issuer: str
    published_on: date | None = None
    url: str | None = None
    published: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    note: str | None = attrs.field(default=None, metadata=LEAVE_OUT)


@attrs.frozen(kw_only=True)
class Statement(Value):
    """A rule or a reading in words, with its source, its open `question`, and the `words` that a rule needs.

    If it is not `established`, it states what no source gives; `ends_on` is the last day on which it holds, if known.
    """

    id: str
    text: str
    citation: Citation
    question: str | None = None
    established: bool = True
    words: tuple[str, ...] = ()
    ends_on: date | None = None

    def holds_on(self, day: date | None) -> bool:
        """Return whether the rule still holds on a day; without a day, whether it has no last day."""
        return self.ends_on is None or (day is not None and day <= self.ends_on)


@attrs.frozen(kw_only=True)
class Setting(Value):
    """The decision, by an edition or a user's own row, on a rule that differs between editions.

    Attributes:
        id: the row that decides, such as `rule/alike`.
        value: `each`, `once` or `open` for activities that may be one; `certain` where the row of an edition says yes
            and leaves nothing open; for other rules a word of their own.
        citation: its source.
        user: whether a row of the user's own decides, so that the question is settled.

    >>> import cmprules
    >>> cmprules.load_book(edition="2026.1").setting("rule/duplicates").value
    'certain'
    >>> cmprules.load_book(edition="2026.1").setting("rule/alike") is None        # this edition has no such rule
    True
    """

    id: str
    value: str
    citation: Citation
    user: bool = False


@attrs.frozen(kw_only=True)
class LastDay(Value):
    """A day after which something ended, such as a former code, with its source."""

    id: str
    last_day: date
    citation: Citation
