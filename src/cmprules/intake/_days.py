"""Read a day from a cell, and whether it is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

import attrs

from cmprules._kit.calendar import EARLIEST_DAY, LATEST_DAY
from cmprules.intake._folding import shown, visible
from cmprules.intake._rows import Cell

ORDERS = ("us", "eu", "iso")
"""Orders of a date in digits: month first, day first, year first."""

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")
_OTHER_MONTHS = (
    "januar jan janvier janv enero ene", "februar feb février fevrier févr fevr fév fev febrero",
    "märz maerz mrz mär mars marzo",
    "april apr avril avr abril abr", "mai mayo", "juni jun juin junio", "juli jul juillet juil julio",
    "august aug août aout agosto ago", "september sep sept septembre septiembre setiembre",
    "oktober okt octobre oct octubre", "november nov novembre noviembre",
    "dezember dez décembre decembre déc dec diciembre dic")
"""The names of the months in German, French and Spanish, and their usual short forms."""
_BY_NAME = {name: number for number, names in enumerate(_OTHER_MONTHS, 1) for name in names.split()}
_DIGITS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_RUN = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_WEEKDAY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\.?,?\s+",
    re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[\s-]+)(\d{4}|\d{2})",
                          re.IGNORECASE)
_MONTH_SECOND = re.compile(
    r"(\d{1,2})(?:(?:st|nd|rd|th|er|º|°)?[\s-]+|\.\s*)(?:(?:of|de)\s+)?([^\W\d_]{3,10})\.?"
    r"(?:\s*,\s*|[\s-]+)(?:del?\s+)?(\d{4}|\d{2})", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?P<day>.+?)(?:[Tt]|,?\s+(?:at\s+)?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>[Zz]|UTC|GMT|[+-]\d{2}:?\d{2}|\(?[A-Z]{2,4}\)?)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_050
"""1990-01-01 and 2099-12-31: a smaller number may be a year, a larger one is not a plausible day."""

_UTC = re.compile(r"[\s(\[_-]*\b(?:UTC|GMT)\b[\s)\]]*", re.IGNORECASE)

_NEWEST_SHORT_YEAR = 79
"""A two-digit year is a year from 2000 to 2079; any other becomes a question."""


@attrs.frozen
class DayRead:
    """A day and the rule by which it was read, or the question if it is not certain, with the values for its text."""

    day: date | None = None
    rule: str | None = None
    question: str | None = None
    values: tuple[tuple[str, object], ...] = ()


def _asked(code: str, **values: object) -> DayRead:
    return DayRead(question=code, values=tuple(values.items()))


def says_utc(header: str) -> bool:
    """Return whether a header says that the times under it are UTC."""
    return _UTC.search(header.replace("_", " ")) is not None


def without_utc(header: str) -> str:
    """Remove the mark of UTC from a header."""
    return _UTC.sub(" ", header.replace("_", " "))


def read_day(cell: Cell, order: str | None, place: tzinfo | None, epoch: date, *, utc: bool = False) -> DayRead:
    """Read a day; if the cell is ambiguous, ask.

    A day in the form of a record needs no rule.  `utc`: the header says that times are UTC.
    """
    if utc:
        return _within_reason(_in_utc(cell, order, place, epoch))
    if isinstance(cell, datetime):
        return DayRead(cell.date(), "TIME_DROPPED" if cell.time() != time() else "DAY_OF_WORKBOOK")
    if isinstance(cell, date):
        return DayRead(cell, "DAY_OF_WORKBOOK")
    if isinstance(cell, Decimal):
        return _from_serial(cell, epoch)
    if not isinstance(cell, str):
        return _not_a_day(shown(cell))
    return _within_reason(_from_text(" ".join(visible(cell).split()), order, place, epoch))


def _within_reason(read: DayRead) -> DayRead:
    if read.day is not None and not EARLIEST_DAY <= read.day <= LATEST_DAY:
        return _asked("NO_SUCH_DATE", text=read.day)
    return read


def _from_serial(number: Decimal, epoch: date) -> DayRead:
    if not _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return _not_a_day(shown(number))
    return DayRead(epoch + timedelta(days=int(number)), "EXCEL_SERIAL")


def _not_a_day(text: str) -> DayRead:
    return _asked("NOT_A_DATE", text=text)


def _from_text(text: str, order: str | None, place: tzinfo | None, epoch: date) -> DayRead:
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return _from_clock(clock, text, order, place)
    if _SERIAL.fullmatch(text):
        return _from_serial(Decimal(text), epoch)
    return _from_day(text, order)


def _from_day(text: str, order: str | None) -> DayRead:
    """Read a day without a time."""
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    digits = _DIGITS.fullmatch(text)
    if digits is not None:
        return _from_digits(text, digits, order)
    found = _named(text)
    if found is None:
        return _not_a_day(text)
    year, month, day, rule = found
    return _made(text, year, month, day, rule, asked=order is None)


def _named(text: str) -> tuple[str, int, int, str | None] | None:
    """Split a text with a certain order: the year first, or the month in letters."""
    if (match := _YEAR_FIRST.fullmatch(text)) is not None:
        as_in_a_record = len(text) == 10 and match[2] == "-"
        return match[1], int(match[3]), int(match[4]), None if as_in_a_record else "YEAR_FIRST"
    if (match := _RUN.fullmatch(text)) is not None:
        return match[1], int(match[2]), int(match[3]), "YEAR_FIRST"
    if (match := _MONTH_FIRST.fullmatch(text)) is not None and (month := _month(match[1])):
        return match[3], month, int(match[2]), "MONTH_IN_LETTERS"
    if (match := _MONTH_SECOND.fullmatch(text)) is not None and (month := _month(match[2])):
        return match[3], month, int(match[1]), "MONTH_IN_LETTERS"
    return None


def _month(word: str) -> int:
    """Find a month by its name, or in English its first letters; zero if it is not a month."""
    word = word.casefold()
    return next((number for number, name in enumerate(MONTHS, 1) if name.startswith(word)), _BY_NAME.get(word, 0))


def _made(text: str, year: str, month: int, day: int, rule: str | None, *, asked: bool) -> DayRead:
    """Make a day from its parts, unless the calendar has no such day or the century is uncertain."""
    if len(year) == 2 and (asked or int(year) > _NEWEST_SHORT_YEAR):
        return _asked("YEAR_OPEN", text=text)
    try:
        return DayRead(date(int(year) + (2000 if len(year) == 2 else 0), month, day), rule)
    except ValueError:
        return _asked("NO_SUCH_DATE", text=text)


def _from_digits(text: str, match: re.Match[str], order: str | None) -> DayRead:
    """Read a day in digits with the year last: by the given order, or if only one order is possible."""
    first, second, year = int(match[1]), int(match[3]), match[4]
    if order == "iso":
        return _asked("OTHER_ORDER", text=text)
    if order is not None:
        return _in_order(text, year, (first, second) if order == "us" else (second, first))
    if len(year) == 2:
        return _made(text, year, 1, 1, None, asked=True)
    return _either_order(text, int(year), first, second)


def _in_order(text: str, year: str, month_and_day: tuple[int, int]) -> DayRead:
    """Read a day in the given order; a day that exists only in the other order becomes a question."""
    month, day = month_and_day
    read = _made(text, year, month, day, "DATE_ORDER", asked=False)
    if read.question == "NO_SUCH_DATE" and _made(text, year, day, month, None, asked=False).day is not None:
        return _asked("OTHER_ORDER", text=text)
    return read


def _either_order(text: str, year: int, first: int, second: int) -> DayRead:
    """Read a day without a given order: certain if only one order gives a day, or both give the same."""
    days = sorted({day for month, number in ((first, second), (second, first))
                   for day in _possible(year, month, number)})
    if not days:
        return _asked("NO_SUCH_DATE", text=text)
    if len(days) > 1:
        return _asked("DATE_ORDER_OPEN", text=text, first=days[0], second=days[1])
    return DayRead(days[0], "ONLY_ORDER")


def _possible(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


# ---------------------------------------------------------------------------------------------------------
# Days with a time.


def _from_clock(match: re.Match[str], text: str, order: str | None, place: tzinfo | None,
                unwritten: timezone | None = None) -> DayRead:
    """Drop a time; with an offset, the day is the one at the holder's place."""
    read = _from_day(match["day"], order)
    moment = _time_of(match)
    if read.day is None or moment is None:
        return read if read.day is None else _not_a_day(text)
    if match["zone"] is None and unwritten is None:
        return DayRead(read.day, "TIME_DROPPED")
    offset = unwritten if match["zone"] is None else _offset(match["zone"])
    if offset is None:
        return _asked("ZONE_OPEN", text=text)
    return _at_place(datetime.combine(read.day, moment, offset), text, place)


def _time_of(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "Pp" else 0)
    return time(hour, minute, min(second, 59)) if hour <= 23 and minute <= 59 and second <= 60 else None


def _offset(zone: str) -> timezone | None:
    """Read an offset from UTC; None for letters, which name more than one zone."""
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    if zone[0] not in "+-":
        return None
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        return None
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if zone[0] == "-" else length)


def _at_place(moment: datetime, text: str, place: tzinfo | None) -> DayRead:
    """Return the day at the holder's place; without a place, ask, because the day differs around the world."""
    if place is not None:
        try:
            return DayRead(moment.astimezone(place).date(), "TIME_AT_PLACE")
        except OverflowError:
            return _not_a_day(text)
    return _asked("PLACE_OPEN", text=text)


def _in_utc(cell: Cell, order: str | None, place: tzinfo | None, epoch: date) -> DayRead:
    """Read a time that is in UTC according to its header."""
    if isinstance(cell, datetime):
        return _at_place(cell.replace(tzinfo=UTC), shown(cell), place)
    clock = _CLOCK.fullmatch(" ".join(visible(cell).split())) if isinstance(cell, str) else None
    if clock is not None:
        return _from_clock(clock, shown(cell), order, place, UTC)
    read = read_day(cell, order, place, epoch)
    if read.day is None:
        return read
    return _asked("PLACE_OPEN", text=shown(cell))


def day_key(cell: Cell, epoch: date) -> str:
    """Write the numbers of a day independently of the order, the place and the format."""
    read = read_day(cell, None, None, epoch) if not isinstance(cell, str) else DayRead()
    if read.day is not None:
        return _sorted_numbers([read.day.year, read.day.month, read.day.day])
    text = " ".join(visible(str(cell)).split())
    clock = _CLOCK.fullmatch(text)
    return _key_of_text(clock["day"] if clock is not None else text, epoch)


def _key_of_text(text: str, epoch: date) -> str:
    for order in ("us", "eu"):
        read = _from_serial(Decimal(text), epoch) if _SERIAL.fullmatch(text) else _from_day(text, order)
        if read.day is not None:
            return _sorted_numbers([read.day.year, read.day.month, read.day.day])
    return text


def _sorted_numbers(numbers: list[int]) -> str:
    return "-".join(map(str, sorted(numbers)))
