"""Days: which are certain, which are asked about, and the rule by which each was read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmprules.intake._days import day_key, read_day, says_utc, without_utc
from cmprules.intake._rows import EPOCH_1900, Cell
from tests.edges.intake.making import codes, one_row

NEW_YORK, MANILA = ZoneInfo("America/New_York"), ZoneInfo("Asia/Manila")
HEADER = "Title,Completed,Hours"


@pytest.mark.parametrize(("cell", "order", "day", "rule"), [
    ("2024-02-05", None, "2024-02-05", None),
    ("2024-2-5", None, "2024-02-05", "YEAR_FIRST"),
    ("2024/02/05", None, "2024-02-05", "YEAR_FIRST"),
    ("20240205", None, "2024-02-05", "YEAR_FIRST"),
    ("02/05/2024", "us", "2024-02-05", "DATE_ORDER"),
    ("02/05/2024", "eu", "2024-05-02", "DATE_ORDER"),
    ("5.2.24", "eu", "2024-02-05", "DATE_ORDER"),
    ("2-5-79", "us", "2079-02-05", "DATE_ORDER"),
    ("02/13/2024", None, "2024-02-13", "ONLY_ORDER"),
    ("13/02/2024", None, "2024-02-13", "ONLY_ORDER"),
    ("05/05/2024", None, "2024-05-05", "ONLY_ORDER"),
    ("Feb 5, 2024", None, "2024-02-05", "MONTH_IN_LETTERS"),
    ("February 5th 2024", "eu", "2024-02-05", "MONTH_IN_LETTERS"),
    ("Sept. 5, 2024", None, "2024-09-05", "MONTH_IN_LETTERS"),
    ("5 Feb 2024", None, "2024-02-05", "MONTH_IN_LETTERS"),
    ("05-FEB-2024", "iso", "2024-02-05", "MONTH_IN_LETTERS"),
    ("5-Feb-24", "us", "2024-02-05", "MONTH_IN_LETTERS"),
    ("Monday, February 5, 2024", None, "2024-02-05", "MONTH_IN_LETTERS"),
    ("Mon 5 February 2024", None, "2024-02-05", "MONTH_IN_LETTERS"),
    ("2024-02-05 23:59", None, "2024-02-05", "TIME_DROPPED"),
    ("2/5/2024 12:30 AM", "us", "2024-02-05", "TIME_DROPPED"),
    ("2/5/2024, at 11:59:59 p.m.", "us", "2024-02-05", "TIME_DROPPED"),
    ("\N{LEFT-TO-RIGHT MARK}2\N{LEFT-TO-RIGHT MARK}/5/2024\N{ZERO WIDTH SPACE}", "us", "2024-02-05", "DATE_ORDER"),
    ("45327", None, "2024-02-05", "EXCEL_SERIAL"),
    ("45327.99", None, "2024-02-05", "EXCEL_SERIAL"),
    (Decimal("45327.5"), None, "2024-02-05", "EXCEL_SERIAL"),
    (Decimal(32874), None, "1990-01-01", "EXCEL_SERIAL"),
    (Decimal(73050), None, "2099-12-31", "EXCEL_SERIAL"),
    (date(2024, 2, 5), None, "2024-02-05", "DAY_OF_WORKBOOK"),
    (datetime(2024, 2, 5), None, "2024-02-05", "DAY_OF_WORKBOOK"),  # noqa: DTZ001  # as a workbook has it
    (datetime(2024, 2, 5, 14, 15), None, "2024-02-05", "TIME_DROPPED"),  # noqa: DTZ001
])
def test_a_day_that_is_certain(cell: Cell, order: str | None, day: str, rule: str | None) -> None:
    """It is read, and a rule says how, unless it is written as in a record."""
    read = read_day(cell, order, None, EPOCH_1900)

    assert (str(read.day), read.rule, read.question) == (day, rule, None)


@pytest.mark.parametrize(("cell", "order", "question"), [
    ("02/05/2024", None, "DATE_ORDER_OPEN"),
    ("5.2.2024", None, "DATE_ORDER_OPEN"),
    ("02/05/24", None, "YEAR_OPEN"),
    ("5-Feb-24", None, "YEAR_OPEN"),
    ("2/5/80", "us", "YEAR_OPEN"),
    ("02/05/2024", "iso", "OTHER_ORDER"),
    ("03/14/2024", "eu", "OTHER_ORDER"),
    ("14/03/2024", "us", "OTHER_ORDER"),
    ("02/30/2024", "us", "NO_SUCH_DATE"),
    ("31/06/2026", None, "NO_SUCH_DATE"),
    ("2026-06-31", None, "NO_SUCH_DATE"),
    ("June 31, 2026", None, "NO_SUCH_DATE"),
    ("1899-12-31", None, "NO_SUCH_DATE"),
    ("2024", None, "NOT_A_DATE"),
    ("32873", None, "NOT_A_DATE"),
    ("73051", None, "NOT_A_DATE"),
    (Decimal(2024), None, "NOT_A_DATE"),
    ("February 2024", None, "NOT_A_DATE"),
    ("Floréal 5, 2024", None, "NOT_A_DATE"),
    ("Foo 5, 2024", None, "NOT_A_DATE"),
    ("5 Foo 2024", None, "NOT_A_DATE"),
    ("05/29/2026 - 06/02/2026", "us", "NOT_A_DATE"),
    ("02/05-2024", "us", "NOT_A_DATE"),
    ("2024-02-05 25:00", None, "NOT_A_DATE"),
    ("2024-02-05 13:00 PM", None, "NOT_A_DATE"),
    ("soon 10:00", None, "NOT_A_DATE"),
    (time(14, 15), None, "NOT_A_DATE"),
    (timedelta(hours=1), None, "NOT_A_DATE"),
    (True, None, "NOT_A_DATE"),
    ("2024-02-05 23:30 EST", None, "ZONE_OPEN"),
    ("2024-02-05T23:30:00+25:00", None, "ZONE_OPEN"),
    ("2024-02-05T23:30:00-04:00", None, "PLACE_OPEN"),
    ("2024-02-05T12:00Z", None, "PLACE_OPEN"),
])
def test_a_day_that_is_asked_about(cell: Cell, order: str | None, question: str) -> None:
    """It has a question and no day."""
    read = read_day(cell, order, None, EPOCH_1900)

    assert (read.day, read.question) == (None, question)


@pytest.mark.parametrize(("cell", "place", "day"), [
    ("2026-06-01T03:30:00.000Z", NEW_YORK, "2026-05-31"),
    ("2026-06-01T03:59:59Z", NEW_YORK, "2026-05-31"),
    ("2026-06-01T04:00:00Z", NEW_YORK, "2026-06-01"),
    ("2026-05-31T16:00:00Z", MANILA, "2026-06-01"),
    ("2026-05-31T23:30:00-0400", NEW_YORK, "2026-05-31"),
    ("2026-05-31 23:30 GMT", NEW_YORK, "2026-05-31"),
    ("2024-11-03T04:30:00Z", NEW_YORK, "2024-11-03"),
    ("2024-11-04T04:30:00Z", NEW_YORK, "2024-11-03"),
    ("2016-12-31T23:59:60Z", MANILA, "2017-01-01"),
])
def test_a_time_with_an_offset_is_the_day_at_the_place(cell: str, place: ZoneInfo, day: str) -> None:
    """Checks both sides of midnight, in summer and in winter."""
    read = read_day(cell, None, place, EPOCH_1900)

    assert (str(read.day), read.rule) == (day, "TIME_AT_PLACE")


def test_a_time_at_the_end_of_the_calendar_is_asked_about() -> None:
    """At no place does the day before the first one exist."""
    assert read_day("0001-01-01T00:00:00Z", None, NEW_YORK, EPOCH_1900).question == "NOT_A_DATE"


def test_a_header_may_say_that_times_are_utc() -> None:
    """Times without an offset then have one, and days without a time are asked about."""
    def read(cell: Cell, place: ZoneInfo | None) -> tuple[str, str | None]:
        found = read_day(cell, "us", place, EPOCH_1900, utc=True)
        return str(found.day), found.question or found.rule

    assert read("2026-06-01 03:30", NEW_YORK) == ("2026-05-31", "TIME_AT_PLACE")
    assert read("2026-06-01 03:30", None) == ("None", "PLACE_OPEN")
    assert read(datetime(2026, 6, 1, 3, 30), NEW_YORK) == ("2026-05-31", "TIME_AT_PLACE")  # noqa: DTZ001
    assert read("2026-06-01", NEW_YORK) == ("None", "PLACE_OPEN")
    assert read(date(2026, 6, 1), NEW_YORK) == ("None", "PLACE_OPEN")
    assert read("soon", NEW_YORK) == ("None", "NOT_A_DATE")
    assert says_utc("Completed (UTC)")
    assert says_utc("completed_at_utc")
    assert not says_utc("Completed in Utca")
    assert without_utc("Completed (UTC)").strip() == "Completed"


@given(st.dates(date(1990, 1, 1), date(2079, 12, 31)), st.sampled_from(["us", "eu"]))
def test_no_day_is_ever_another_one(day: date, order: str) -> None:
    """In any form a day is read correctly or asked about, never as another day."""
    month_first, day_first = f"{day:%m/%d/%Y}", f"{day:%d/%m/%Y}"
    written = {"us": month_first, "eu": day_first}[order]

    assert read_day(written, order, None, EPOCH_1900).day == day
    assert read_day(day.strftime("%B %d, %Y"), None, None, EPOCH_1900).day == day
    assert read_day(str((day - EPOCH_1900).days), None, None, EPOCH_1900).day == day
    for text in (month_first, day_first):
        assert read_day(text, None, None, EPOCH_1900).day in {day, None}
    keys = {day_key(cell, EPOCH_1900) for cell in (day, day.isoformat(), month_first, day_first,
                                                   day.strftime("%d %b %Y"), f"{day_first} 10:00",
                                                   str((day - EPOCH_1900).days), Decimal((day - EPOCH_1900).days))}
    assert len(keys) == 1


@given(st.datetimes(datetime(1990, 1, 1), datetime(2079, 12, 31)), st.integers(-14, 14))  # noqa: DTZ001
def test_a_moment_has_one_day_at_a_place(moment: datetime, hours: int) -> None:
    """With any offset, a moment is on the same day in New York."""
    aware = moment.replace(microsecond=0, tzinfo=UTC)
    text = aware.astimezone(timezone(timedelta(hours=hours))).isoformat()

    assert read_day(text, None, NEW_YORK, EPOCH_1900).day == aware.astimezone(NEW_YORK).date()


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_question(text: str) -> None:
    """No text causes an error."""
    read = read_day(text, "us", NEW_YORK, EPOCH_1900)

    assert (read.day is None) == (read.question is not None)
    assert isinstance(day_key(text, EPOCH_1900), str)


@pytest.mark.parametrize(("header", "row", "said"), [
    (HEADER, "Safe needles,,1", "NO_DAY"),
    ("Title,Date Issued,Hours", "Safe needles,2024-02-05,1", "ISSUE_DAY_ONLY"),
    (HEADER, "Safe needles,02/05/2024,1", "DATE_ORDER_OPEN"),
    (HEADER, "Safe needles,2024-02-05T10:00:00Z,1", "PLACE_OPEN"),
])
def test_what_is_asked_about_comes_in_without_its_day(tmp_path: Path, header: str, row: str, said: str) -> None:
    """The activity comes in, and has no day."""
    line, activity = one_row(tmp_path, header, row)

    assert line.status == "doubtful"
    assert codes(line)[0] == said
    assert activity is not None
    assert activity.completed_on is None


@pytest.mark.parametrize("cell", ["", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\N{WORD JOINER} -"])
def test_a_cell_that_shows_nothing_is_empty(tmp_path: Path, cell: str) -> None:
    """Signs without a width come along when a cell is copied from a page."""
    line, activity = one_row(tmp_path, HEADER, f"Needles,{cell},1")

    assert activity is not None
    assert codes(line)[0] == "NO_DAY"


def test_the_event_is_preferred_to_the_claim(tmp_path: Path) -> None:
    """If both are there, the day of the event is used."""
    line, activity = one_row(tmp_path, "Claimed On,Title,Session Date,Hours", "2024-03-30,Needles,2023-04-20,1")

    assert line.status == "mapped"
    assert activity is not None
    assert str(activity.completed_on) == "2023-04-20"


def test_a_day_that_no_calendar_has_is_a_fault(tmp_path: Path) -> None:
    """The row is refused, and the fault names the day."""
    line, activity = one_row(tmp_path, HEADER, "Safe needles,31/06/2026,1")

    assert (line.status, codes(line)) == ("refused", ["NO_SUCH_DATE"])
    assert "31/06/2026" in line.remarks[0].text
    assert activity is None
