"""`timeline`: the dated events of a record, past and coming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from cmprules._answers.answer import made_with
from cmprules._answers.asked import Asked
from cmprules._facts.records import Record
from cmprules._kit.shapes import members_of, refuse_others
from cmprules._policy.book import PolicyBook
from cmprules._words.limits import MOST_SITTINGS
from cmprules.errors import Fault
from cmprules.timelines._cycles import common_end_events, cycle_events, dated
from cmprules.timelines._events import Event
from cmprules.timelines._fee_changes import fee_events
from cmprules.timelines._sittings import Sitting, sitting_events
from cmprules.timelines._values import Timeline


def timeline(record: Record, book: PolicyBook, *, on: date | str, sittings: Iterable[Sitting] = ()) -> Timeline:
    """List the dates of the holder of a record: cycles, windows, ends, changes of fees, examinations.

    Points do not matter here: the days are the same whatever has been earned.  A record does not say whether a
    declaration was sent, so the timeline shows each expiration date as it comes without a renewal.

    Args:
        record: the record of the person.
        book: the policy tables, from `load_book`.
        on: the day of the timeline; earlier events are past.
        sittings: examinations that the holder has taken, for their waiting times and appeals.

    Returns:
        The events, by day, then in the order of the record, then by code.

    Raises:
        InputError: an argument cannot be read.
        NotEstablishedError: the edition lacks a figure that is needed to compute a day.

    >>> import cmprules
    >>> book = cmprules.load_book(edition="2026.1")
    >>> record = cmprules.read_record("examples/bb-2024-01-31.json")
    >>> for event in cmprules.timeline(record, book, on=date(2023, 12, 20)).events[-3:]:
    ...     print(event.starts_on, event.code, event.when)
    2024-01-01 NEW_CYCLE_SHOWS coming
    2024-01-31 LAST_DAY coming
    2024-02-01 EXPIRED_FROM coming
    >>> cmprules.timeline(record, book, on="2023-12-32")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.on: NO_SUCH_DATE: got '2023-12-32', expected a day that the calendar has; check the month and the day
    """
    on, taken = _arguments(record, book, on, sittings)
    events = sorted(_events(record, book, on, taken), key=lambda event: event.order)
    cited = [citation for event in events for citation in event.citations]
    return Timeline(on=on, holder=record.holder.id, last_checked=book.last_checked,
                    events=tuple(event.seen_on(on) for event in events), **made_with(book, cited))


def _arguments(
    record: Record, book: PolicyBook, on: date | str, sittings: Any
) -> tuple[date, tuple[Sitting, ...]]:
    """Check all arguments and report their faults together."""
    asked = Asked()
    asked.of_class(record, Record, "$.record")
    asked.book(book)
    day: date = asked.day(on)
    taken = members_of(sittings)
    refuse_others(taken, Sitting, "$.sittings", asked.faults)
    if len(taken) > MOST_SITTINGS:
        asked.refuse("$.sittings", "TOO_MANY", len(taken), f"at most {MOST_SITTINGS}", "leave some out")
    asked.faults.extend(_repeated(taken))
    asked.settle()
    return day, taken


def _repeated(sittings: Iterable[object]) -> Iterator[Fault]:
    """Note every repeated examination: a credential has at most one on one day."""
    seen = set()
    for index, sitting in enumerate(sittings):
        if isinstance(sitting, Sitting):
            what = (sitting.code, sitting.body, sitting.taken_on)
            if what in seen:
                yield Fault(path=f"$.sittings[{index}]", code="REPEATED", value=sitting, expected="each one once",
                            hint="leave out the second")
            seen.add(what)


def _events(record: Record, book: PolicyBook, on: date, sittings: tuple[Sitting, ...]) -> Iterator[Event]:
    """Collect the events of every credential, of common ends, of the fees and of the examinations."""
    held = []
    for place, credential in enumerate(record.credentials):
        yield from cycle_events(credential, place, book, on)
        found = dated(credential, place, book, on)
        if found is not None:
            held.append(found)
    yield from common_end_events(held, book)
    yield from fee_events(held, book, record.holder.fee_region)
    for place, sitting in enumerate(sittings, len(record.credentials)):
        yield from sitting_events(sitting, place, book)
