"""A timeline as an iCalendar file (RFC 5545): all-day events that a calendar can import repeatedly.

The same event has the same UID in every file, whatever day it falls on, so a second import moves it instead of adding
another.  SEQUENCE and DTSTAMP come from the day of the timeline: a later file supersedes an earlier one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from cmprules._answers.render.blocks import clean
from cmprules._kit.calendar import ONE_DAY
from cmprules._kit.canonical import digest
from cmprules._kit.shapes import Maybe, Text, members_of, refuse_others
from cmprules._version import __version__
from cmprules._words.codes.events import EVENTS
from cmprules._words.codes.notices import NOTICE
from cmprules._words.limits import MOST_REMINDER_DAYS, MOST_REMINDERS
from cmprules.errors import Fault, InputError
from cmprules.timelines._report import summary
from cmprules.timelines._values import PAST, Timeline, TimelineEvent

REMIND = (30, 7)
"""The default reminders, in days before the event."""

_LEFT_OUT = ("ACTIVITIES_COUNT", "RETAKE_BY_DAYS", "RETAKE_BY_OLDER_DAYS", "RETAKE_BY_PERIOD")
"""Events left out of calendars: a bar across three years would hide everything else, and only one of several days for a
new attempt counts."""

_TO_ACT_ON = ("WINDOW_OPENS", "ADVISED_DAY", "LAST_DAY", "FEE_RISES_AFTER", "FEE_FALLS", "APPEAL_DEADLINE",
              "RETAKE_OPENS")
_LONGEST_LINE = 75

BEGINNING = (f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//cmprules//cmprules {__version__}//EN\r\n"
             "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Credential maintenance\r\n")
END = "END:VCALENDAR\r\n"
"""What stands before and after the events of a file."""


def to_icalendar(timeline: Timeline, *, remind: Iterable[int] = REMIND, before: Timeline | None = None,
                 name: str | None = None) -> str:
    """Write a timeline as an iCalendar file.

    Every event is an all-day one and leaves the holder free.  Spans of years, and the days that only explain
    `RETAKE_OPENS` (`RETAKE_BY_DAYS`, `RETAKE_BY_OLDER_DAYS`, `RETAKE_BY_PERIOD`), are left out.

    The UID of an event is made of the holder and the event's key, never of its day or of the order of the record.  A
    calendar keeps an event that a later file no longer has; `before` cancels it.

    Args:
        timeline: what comes when.
        remind: reminders, in days before each coming event that needs action.
        before: the timeline imported last; its events that this timeline no longer has are cancelled.
        name: whose credentials these are; it stands before the title of every event, and nowhere if it is not given.

    Returns:
        The text of the file, with lines that end in CR and LF; write it as UTF-8 without converting line ends.

    Raises:
        InputError: an argument cannot be read.

    >>> import cmprules
    >>> record = cmprules.read_record("examples/pbt.toml")
    >>> line = cmprules.timeline(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> [text for text in cmprules.to_icalendar(line).splitlines() if "20260531" in text]
    ['DTSTART;VALUE=DATE:20260531']
    >>> cmprules.to_icalendar(line, remind=[-1])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.remind[0]: NEGATIVE: got -1, expected a number of days from 0 to 1000; days before the event
    """
    days = _arguments(timeline, remind, before, name)
    shown = [event for event in timeline.events if event.code not in _LEFT_OUT]
    events = [line for event in shown for line in _event(event, timeline, days, name)]
    cancelled = () if before is None else _cancelled(before, timeline, shown, name)
    return "".join((BEGINNING, in_file([*events, *cancelled]), END))


def coming_events(timeline: Timeline, codes: Collection[str], name: str, remind: Sequence[int] = ()) -> str:
    """Write the coming events with some codes, for a file with those of several people."""
    shown = [event for event in timeline.events if event.code in codes and event.when != PAST]
    return in_file(line for event in shown for line in _event(event, timeline, remind, name))


def in_file(lines: Iterable[str]) -> str:
    """Write lines of events as they stand in a file."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _arguments(timeline: Timeline, remind: Any, before: Timeline | None, name: Any) -> list[int]:
    """Check the arguments, and sort the reminders, the earliest first."""
    faults: list[Fault] = []
    refuse_others((timeline,), Timeline, "$.timeline", faults)
    refuse_others(() if before is None else (before,), Timeline, "$.before", faults)
    Maybe(Text()).read(name, "$.name", faults)
    found = reminders(remind, faults)
    if faults:
        raise InputError(faults)
    return found


def reminders(remind: Any, faults: list[Fault]) -> list[int]:
    """Read the days of reminders, the earliest first; notes what is wrong with them."""
    before = len(faults)
    listed = members_of(remind)
    for index, days in enumerate(listed):
        code = "WRONG_TYPE" if isinstance(days, bool) or not isinstance(days, int) else (
            "NEGATIVE" if days < 0 else "TOO_MUCH" if days > MOST_REMINDER_DAYS else None)
        if code is not None:
            faults.append(Fault(path=f"$.remind[{index}]", code=code, value=days,
                                expected=f"a number of days from 0 to {MOST_REMINDER_DAYS}",
                                hint="days before the event"))
    if len(listed) > MOST_REMINDERS:
        faults.append(Fault(path="$.remind", code="TOO_MANY", value=len(listed), expected=f"at most {MOST_REMINDERS}",
                            hint="leave some out"))
    return [] if len(faults) > before else sorted(set(listed), reverse=True)


# ---------------------------------------------------------------------------------------------------------
# One event.


def _cancelled(before: Timeline, now: Timeline, shown: Iterable[TimelineEvent],
               name: str | None) -> Iterator[str]:
    """Cancel the events of an earlier timeline that are no longer shown."""
    still = {_uid(event, now) for event in shown}
    for event in before.events:
        if event.code not in _LEFT_OUT and _uid(event, before) not in still:
            yield "BEGIN:VEVENT"
            yield from _identity(event, before, now.on)
            yield f"SUMMARY:{_text(_titled(event, name))}"
            yield "STATUS:CANCELLED"
            yield "TRANSP:TRANSPARENT"
            yield "END:VEVENT"


def _uid(event: TimelineEvent, timeline: Timeline) -> str:
    return f"{digest({'holder': timeline.holder, 'event': event.key})[:32]}@cmprules"


def _identity(event: TimelineEvent, timeline: Timeline, on: date) -> Iterator[str]:
    """Write the identity of an event, its version, and its dates."""
    yield f"UID:{_uid(event, timeline)}"
    yield f"DTSTAMP:{_day(on)}T000000Z"
    yield f"SEQUENCE:{on.toordinal()}"
    yield f"DTSTART;VALUE=DATE:{_day(event.starts_on)}"
    yield f"DTEND;VALUE=DATE:{_day(event.ends_on + ONE_DAY)}"


def _titled(event: TimelineEvent, name: str | None) -> str:
    """Name what happens, and to whom if the name is to be said."""
    return summary(event) if name is None else f"{name}: {summary(event)}"


def _event(event: TimelineEvent, timeline: Timeline, remind: Iterable[int], name: str | None) -> Iterator[str]:
    """Write one event."""
    yield "BEGIN:VEVENT"
    yield from _identity(event, timeline, timeline.on)
    yield f"SUMMARY:{_text(_titled(event, name))}"
    yield f"DESCRIPTION:{_text(_description(event, timeline))}"
    yield f"CATEGORIES:Credential maintenance,{event.code}"
    yield "TRANSP:TRANSPARENT"
    if event.when != PAST and event.code in _TO_ACT_ON:
        for days in remind:
            yield from _alarm(event, days, name)
    yield "END:VEVENT"


def _alarm(event: TimelineEvent, days: int, name: str | None) -> Iterator[str]:
    """Write one reminder, a number of days before the event begins."""
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:-P{days}D"
    yield f"DESCRIPTION:{_text(f'{event.starts_on}: {_titled(event, name)}')}"
    yield "END:VALARM"


def _description(event: TimelineEvent, timeline: Timeline) -> str:
    """Write the event, what to do, what is not established, the sources, and the notice."""
    what = EVENTS[event.code]
    cited = (f"{timeline.sources[citation.source].title}: {citation.pin} ({citation.grade})"
             for citation in event.citations)
    remedy = None if what.remedy == "Nothing." else what.remedy
    said = [what.when, remedy, event.question and f"Not established: {event.question}",
            f"Sources: {'; '.join(dict.fromkeys(cited))}", f"Policy edition {timeline.edition}.", NOTICE]
    return "\n".join(line for line in said if line)


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


# ---------------------------------------------------------------------------------------------------------
# Text.


def _text(text: str) -> str:
    r"""Write a value of type TEXT: without control characters, and with special characters escaped.

    >>> _text("MLS(ASCP), SBB(ASCP); a\nb")
    'MLS(ASCP)\\, SBB(ASCP)\\; a\\nb'
    """
    shown = "\n".join(clean(line) for line in text.split("\n"))
    return shown.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line into lines of at most 75 octets without splitting a character."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += octets
    return "\r\n".join([*pieces, piece])
