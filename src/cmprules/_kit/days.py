"""Days written in other forms: what to write instead.  Nothing is guessed."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterator
from datetime import date, datetime

EXPECTED = "a day such as 2026-05-31"
IN_ISO = "write the day as YYYY-MM-DD"
_AT_THE_PLACE = "at the place where it was done or issued; for a time in UTC that can be the day before"

_MONTHS = {name[:length].casefold(): number for number, name in enumerate(month_name) if name
           for length in (3, 4, len(name))}
_YEAR_FIRST = r"(?a)(\d{4})[-/. ]?(\d{2}|(?<=\D)\d)[-/. ]?(\d{2}|(?<=\D)\d)"
_YEAR_LAST = r"(?a)(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})"
_SHORT_YEAR = r"(?a)\d{1,2}[-/. ]\d{1,2}[-/. ]'?\d{2}"
_NUMBERED = r"(?:(\d{1,2})(?:st|nd|rd|th)?)?"
_NAMED = rf"(?ai){_NUMBERED}[-\s]*([a-z]{{3,9}})\.?[-\s]*{_NUMBERED}[,\s-]+(\d{{4}})"
_MONTH = r"(?a)(\d{4})[-/. ](\d{1,2})|(\d{1,2})[-/. ](\d{4})"
_TIME = r"(?a)\d:\d\d"
_ENDS = {"expires_on", "extended_until", "available_until", "end"}
_ASKED = {"on", "the day"}
"""The names of the day of a question, in a program and on the command line."""


def time_remedy(moment: datetime | None = None) -> str:
    """Return what to write in place of a day with a time; `moment` is a datetime object, if that is what was passed.

    >>> time_remedy()
    'write only the day (YYYY-MM-DD) at the place where it was done or issued; for a time in UTC that can be ...'
    """
    if moment is None:
        return f"write only the day (YYYY-MM-DD) {_AT_THE_PLACE}"
    if moment.tzinfo is None:
        return "take only the day, with .date()"
    return f"take only the day, with .astimezone(place).date(), {_AT_THE_PLACE}"


def day_remedy(text: str, field: str) -> str:
    """Return what to write in place of a text that is not an ISO day; `field` is the name of the field.

    >>> day_remedy("05/31/2026", "completed_on")
    'write 2026-05-31'
    >>> day_remedy("05/06/2026", "completed_on")
    'write 2026-05-06 for May 6 or 2026-06-05 for June 5'
    >>> day_remedy("May 2026", "expires_on")
    'a month is not a day; for an end, write its last day: 2026-05-31'
    >>> day_remedy("2026-05", "completed_on")
    'a month is not a day; write the day on the certificate, or leave it out'
    """
    text = text.strip()
    if re.search(_TIME, text):
        return time_remedy()
    month = _month_in(text)
    if month is not None:
        return _month_remedy(*month, field)
    days = list(dict.fromkeys(_days_in(text)))
    if len(days) == 1:
        return f"write {days[0]}"
    if days:
        return "write " + " or ".join(f"{day} for {_spoken(day)}" for day in days)
    return "write the year with four digits, as YYYY-MM-DD" if re.fullmatch(_SHORT_YEAR, text) else IN_ISO


def _month_in(text: str) -> tuple[int, int] | None:
    """Find the year and the month of a text that names no day."""
    found, named = re.fullmatch(_MONTH, text), re.fullmatch(_NAMED, text)
    if found is not None:
        year, month = int(found[1] or found[4]), int(found[2] or found[3])
    elif named is not None and not (named[1] or named[3]):
        year, month = int(named[4]), _MONTHS.get(named[2].casefold(), 0)
    else:
        return None
    return (year, month) if year and 1 <= month <= 12 else None


def _month_remedy(year: int, month: int, field: str) -> str:
    last = date(year, month, monthrange(year, month)[1])
    if field in _ENDS:
        return f"a month is not a day; for an end, write its last day: {last}"
    if field in _ASKED:
        return f"a month is not a day; write one of its days, such as its last: {last}"
    if field == "completed_on":
        return "a month is not a day; write the day on the certificate, or leave it out"
    return f"a month is not a day; {IN_ISO}"


def _days_in(text: str) -> Iterator[date]:
    """List the days that a text may mean."""
    first, last, named = re.fullmatch(_YEAR_FIRST, text), re.fullmatch(_YEAR_LAST, text), re.fullmatch(_NAMED, text)
    if first is not None:
        yield from _day(first[1], first[2], first[3])
    elif last is not None:
        yield from _day(last[3], last[1], last[2])
        yield from _day(last[3], last[2], last[1])
    elif named is not None and bool(named[1]) != bool(named[3]):
        yield from _day(named[4], _MONTHS.get(named[2].casefold(), 0), named[1] or named[3])


def _day(year: str, month: str | int, day: str) -> Iterator[date]:
    """Yield the day if the calendar has it."""
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


def _spoken(day: date) -> str:
    return f"{month_name[day.month]} {day.day}"
