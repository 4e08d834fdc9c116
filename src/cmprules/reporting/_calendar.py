"""One calendar with everyone's dates, with names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules.timelines._icalendar import coming_events
from cmprules.timelines._timeline import timeline

SHOWN = frozenset({"WINDOW_OPENS", "ADVISED_DAY", "LAST_DAY"})
"""The events that a coordinator acts on; changes of fees would appear once for each person."""


def events_of(record: Record, book: PolicyBook, on: date, remind: Sequence[int]) -> str:
    """Write the events of one person as they appear in the file."""
    return coming_events(timeline(record, book, on=on), SHOWN, record.holder.shown, remind)
