"""Days, times and months as people write them: refused, with a remedy that leads to the right day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules._cli import main
from cmprules._kit.days import day_remedy
from tests.strategies import edition

TIME = ("write only the day (YYYY-MM-DD) at the place where it was done or issued; for a time in UTC that can be the "
        "day before")
ISO = "write the day as YYYY-MM-DD"
MONTH = "a month is not a day; "
NEW_YORK = timezone(timedelta(hours=-4))


def _record(completed_on: Any = "2026-05-31", expires_on: Any = "2026-05-31") -> cmprules.Record:
    """Make a phlebotomist who finishes a course on the last evening of the cycle."""
    done = [("x", "Order of draw", 7, "phlebotomy", completed_on), ("s", "Safe needles", 1, "safety", "2024-02-05"),
            ("e", "Ethics at the bench", 1, "ethics", "2024-02-05")]
    return cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "certified_on": "2014-05-20", "expires_on": expires_on}],
        "activities": [{"id": name, "title": title, "kind": "formal_ce", "amount": amount, "areas": [area],
                        "completed_on": day} for name, title, amount, area, day in done]})


def _fault(**days: Any) -> tuple[str, str, str]:
    with pytest.raises(cmprules.InputError) as caught:
        _record(**days)
    (fault,) = caught.value.faults
    return fault.path, fault.code, fault.hint


class TestLastEvening:
    """Finished in New York at 23:30 on the last day; the platform exports UTC, which is the next day."""

    @pytest.mark.parametrize("moment", ["2026-06-01T03:30:00Z", "2026-05-31T23:30:00-04:00", "2026-06-01 03:30"])
    def test_a_time_is_refused_and_its_remedy_is_the_day_there(self, moment: str) -> None:
        """Nothing in the remedy is only for programs."""
        assert _fault(completed_on=moment) == ("$.activities[0].completed_on", "DATETIME", TIME)

    def test_the_day_there_meets_and_the_day_of_utc_does_not(self) -> None:
        """The remedy leads to 9 of 9 points; the next day is outside the cycle."""
        there, utc = (cmprules.decide(_record(day), edition(), on=date(2026, 5, 31))["pbt"]
                      for day in ("2026-05-31", "2026-06-01"))
        assert there.total is not None
        assert utc.total is not None
        assert (str(there.outcome), there.total.placed) == ("MET", Decimal(9))
        assert (str(utc.outcome), utc.total.short) == ("NOT_MET", Decimal(7))

    @pytest.mark.parametrize(("moment", "hint"), [
        (datetime(2026, 5, 31, 23, 30), "take only the day, with .date()"),  # noqa: DTZ001
        (datetime(2026, 5, 31, 23, 30, tzinfo=NEW_YORK),
         "take only the day, with .astimezone(place).date(), " + TIME.removeprefix("write only the day (YYYY-MM-DD) ")),
    ])
    def test_a_program_is_told_how_to_take_the_day(self, moment: datetime, hint: str) -> None:
        """With an offset, it converts to the place first, then takes the day."""
        assert _fault(completed_on=moment)[1:] == ("DATETIME", hint)

    def test_on_the_command_line_nothing_is_said_of_programs(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The day of decision may be wrong, too."""
        with pytest.raises(SystemExit):
            main(["policy", "PBT", "--expires", "2026-05-31T23:30"])
        assert ".date()" not in capsys.readouterr().err


@pytest.mark.parametrize("month", ["2026-05", "May 2026", "05/2026", "5/2026", "may, 2026", "MAY 2026", "2026/05"])
def test_a_month_alone_is_not_a_day(month: str) -> None:
    """For an end the hint gives the last day; for a completion no day is certain, so it gives none."""
    assert _fault(expires_on=month) == (
        "$.credentials[0].expires_on", "NOT_A_DATE", f"{MONTH}for an end, write its last day: 2026-05-31")
    assert _fault(completed_on=month) == (
        "$.activities[0].completed_on", "NOT_A_DATE", f"{MONTH}write the day on the certificate, or leave it out")
    assert day_remedy(month, "certified_on") == f"{MONTH}{ISO}"
    assert day_remedy(month, "on") == f"{MONTH}write one of its days, such as its last: 2026-05-31"


def test_the_command_line_says_which_day_to_type(capsys: pytest.CaptureFixture[str]) -> None:
    """For a day in another order, for an open order and for a month."""
    for typed, hint in (("12/31/2026", "write 2026-12-31"), ("2026-12", "such as its last: 2026-12-31"),
                        ("05/06/2026", "write 2026-05-06 for May 6 or 2026-06-05 for June 5")):
        with pytest.raises(SystemExit):
            main(["policy", "PBT", "--expires", typed])
        assert capsys.readouterr().err.strip().endswith(hint)


@pytest.mark.parametrize(("text", "last"), [("2028-02", 29), ("Feb 2027", 28), ("Sept. 2026", 30), ("12/2026", 31)])
def test_the_last_day_is_that_of_the_month(text: str, last: int) -> None:
    """This includes leap years."""
    assert day_remedy(text, "expires_on").endswith(f"-{last}")


@pytest.mark.parametrize(("text", "remedy"), [
    ("05/31/2026", "write 2026-05-31"), ("31/05/2026", "write 2026-05-31"), ("5-31-2026", "write 2026-05-31"),
    ("31.5.2026", "write 2026-05-31"), ("2026/05/31", "write 2026-05-31"), ("2026-5-1", "write 2026-05-01"),
    ("20260531", "write 2026-05-31"), ("May 31, 2026", "write 2026-05-31"), ("31 May 2026", "write 2026-05-31"),
    ("31-MAY-2026", "write 2026-05-31"), ("May 31st 2026", "write 2026-05-31"), ("Sep 1 2026", "write 2026-09-01"),
    ("05/05/2026", "write 2026-05-05"),
    ("05/06/2026", "write 2026-05-06 for May 6 or 2026-06-05 for June 5"),
    ("1.12.2026", "write 2026-01-12 for January 12 or 2026-12-01 for December 1"),
    ("05/31/26", "write the year with four digits, as YYYY-MM-DD"),
    ("05/31/2026 11:30 PM", TIME), ("31/31/2026", ISO), ("13/2026", ISO), ("00/2026", ISO), ("May 32, 2026", ISO),
    ("Mai 31, 2026", ISO), ("1 May 2, 2026", ISO), ("0000-05", ISO), ("yesterday", ISO), ("", ISO), ("2026", ISO),
    ("Maybe 2026", ISO), ("2026-W22", ISO), ("²026-05-31", ISO),
])
def test_another_order_is_told_in_iso(text: str, remedy: str) -> None:
    """The hint gives one day if only one is possible, both if the order is open, else just the form."""
    assert day_remedy(text, "completed_on") == remedy
    assert _fault(completed_on=text)[1:] == ("NOT_A_DATE", remedy)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_in_every_order_is_among_its_remedies(day: date) -> None:
    """Each proposal can be read, and one is the written day."""
    for text in (f"{day:%m/%d/}{day.year}", f"{day:%d.%m.}{day.year}", f"{day:%B} {day.day}, {day.year}",
                 f"{day.day} {day:%b} {day.year}", f"{day.year}/{day.month}/{day.day}"):
        assert str(day) in day_remedy(text, "completed_on")


@given(st.text(max_size=30))
def test_whatever_is_written_has_a_remedy(text: str) -> None:
    """No text makes a reader of days fail."""
    assert day_remedy(text, "expires_on")
