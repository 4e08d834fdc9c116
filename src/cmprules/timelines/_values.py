"""The values of a timeline, named like the keys of the JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import attrs

from cmprules._answers.answer import Answer
from cmprules._kit.shapes import LEAVE_OUT, Checked, Day, Maybe, Money, wire
from cmprules._policy.book import Citation

PAST, TODAY, COMING = "past", "today", "coming"


@attrs.frozen(kw_only=True)
class TimelineEvent(Checked):
    """Something that happens on a day, or in a span of days, both ends included.

    Attributes:
        key: its identity: its credential, cycle and code, without any day that may move; for a change of fees, its
            year, its number in that year and its code; unique in a timeline.
        code: stable and public, such as `WINDOW_OPENS`; the reference has a table of them.
        name: the credential or the examination that it is about, such as `MLS(ASCP)`.
        credentials: the ids of the credentials that it is about; none for an examination.
        starts_on: its first day.
        ends_on: its last day; the same day for a one-day event.
        when: `past`, `today` (also within a span) or `coming`.
        fee_before: the cost of the declarations on the day before a change of fees, in US dollars.
        fee_after: their cost from the day of the change on.
        question: the open question about it.
        citations: the sources of the rule.
    """

    key: str
    code: str
    name: str
    credentials: tuple[str, ...]
    starts_on: date = attrs.field(metadata=wire(Day(bounded=False)))
    ends_on: date = attrs.field(metadata=wire(Day(bounded=False)))
    when: str
    fee_before: Decimal | None = attrs.field(default=None, metadata=wire(Maybe(Money()), leave_out=True))
    fee_after: Decimal | None = attrs.field(default=None, metadata=wire(Maybe(Money()), leave_out=True))
    question: str | None = attrs.field(default=None, metadata=LEAVE_OUT)
    citations: tuple[Citation, ...]


@attrs.frozen(kw_only=True, repr=False)
class Timeline(Answer):
    """The dates of one holder, as of a day.

    Attributes:
        on: the day.
        holder: the id of the holder.
        last_checked: when the policy tables were last compared with their sources; later changes are missing.
        events: by day, then in the order of the record, then by code.

    >>> import cmprules
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> line = cmprules.timeline(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> [event.code for event in line.events if event.when == "coming"]
    ['ADVISED_DAY', 'NEW_CYCLE_SHOWS', 'LAST_DAY', 'EXPIRED_FROM']
    >>> cmprules.render(line, "ics")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.format: UNKNOWN_WORD: got 'ics', expected a format; known: text, markdown, html, json
    """

    schema: ClassVar[str] = "cmprules.timeline/1"

    on: date
    holder: str
    last_checked: date
    events: tuple[TimelineEvent, ...]
