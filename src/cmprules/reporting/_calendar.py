"""One calendar for all: what comes, with names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules.timelines._icalendar import coming_events
from cmprules.timelines._timeline import timeline

SHOWN = frozenset({"WINDOW_OPENS", "ADVISED_DAY", "LAST_DAY"})
"""What a coordinator acts on; changes of fees would stand there once for each person."""


def events_of(record: Record, book: PolicyBook, on: date, remind: Sequence[int]) -> str:
    """Write what comes for one person, as it stands in the file."""
    return coming_events(timeline(record, book, on=on), SHOWN, record.holder.shown, remind)
