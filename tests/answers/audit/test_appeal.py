"""Grounds for appeal: the length of an illness, and the time for a formal appeal."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import cmprules
from cmprules.audit import appeal_grounds
from tests.answers.declaring import day, path_codes


@pytest.mark.parametrize(("months", "longer"), [(1, False), (11, False), (12, False), (13, True), (600, True)])
def test_an_illness_lasts_longer_than_the_figure(months: int, longer: bool, book: cmprules.PolicyBook) -> None:
    """An illness must last longer than a year; exactly a year is not longer."""
    found = appeal_grounds(book, illness=months)

    assert (found.illness_long_enough, found.illness_lasted_months, found.illness) == (longer, months, None)


@pytest.mark.parametrize(("start", "end", "longer"), [
    ("2024-03-10", "2025-03-09", False), ("2024-03-10", "2025-03-10", True),
    ("2025-01-01", "2025-12-31", False), ("2025-01-01", "2026-01-01", True),
    ("2023-03-01", "2024-02-29", False), ("2023-03-01", "2024-03-01", True),
    ("2024-02-29", "2025-02-27", False), ("2024-02-29", "2025-02-28", True),
    ("2023-02-28", "2024-02-28", False), ("2023-02-28", "2024-02-29", True),
    ("2024-02-28", "2025-02-27", False), ("2024-02-28", "2025-02-28", True),
    ("2024-12-31", "2025-12-30", False), ("2024-12-31", "2025-12-31", True),
])
def test_an_illness_in_days(start: str, end: str, longer: bool, book: cmprules.PolicyBook) -> None:
    """A year and a day is long enough; the first and the last day of the illness both count."""
    period = cmprules.Period(start=start, end=end)
    found = appeal_grounds(book, illness=period)

    assert (found.illness_long_enough, found.illness, found.illness_lasted_months) == (longer, period, None)


@pytest.mark.parametrize(("notified", "last"), [
    ("2026-07-01", "2026-07-31"), ("2026-01-31", "2026-03-02"), ("2024-01-30", "2024-02-29"),
    ("2025-12-02", "2026-01-01"), ("2025-12-01", "2025-12-31"),
])
def test_a_formal_appeal_has_thirty_days(notified: str, last: str, book: cmprules.PolicyBook) -> None:
    """The time is counted in days, not as a month."""
    found = appeal_grounds(book, notified_on=day(notified))

    assert (found.notified_on, found.last_day) == (day(notified), day(last))
    assert found.illness_long_enough is None


def test_every_figure_leads_to_its_source(book: cmprules.PolicyBook) -> None:
    """Both figures and every rule cite a source, and the answer names what is not known of the grounds."""
    found = appeal_grounds(book)

    assert found.grounds == ("illness", "military_overseas")
    assert found.illness_months == book.figure("audit/illness_months")
    assert found.appeal_days == book.figure("exam/appeal_days")
    assert {found.illness_months.source, found.appeal_days.source} <= {*found.sources}
    assert [one.question for one in found.clauses] == ["Which further circumstances are considered?", None, None]
    assert (found.notified_on, found.last_day, found.illness_long_enough) == (None, None, None)


def test_it_can_be_written_and_pickled(book: cmprules.PolicyBook) -> None:
    """The JSON validates, with and without each optional argument."""
    validator = Draft202012Validator(cmprules.json_schema("audit-appeal"),
                                     format_checker=Draft202012Validator.FORMAT_CHECKER)
    asked = appeal_grounds(book, illness=cmprules.Period(start="2024-01-01", end="2025-02-01"),
                           notified_on=day("2026-07-01"))
    for found in (asked, appeal_grounds(book), appeal_grounds(book, illness=13)):
        assert [error.message for error in validator.iter_errors(json.loads(cmprules.render(found, "json")))] == []
        assert pickle.loads(pickle.dumps(found)) == found


def test_an_appeal_in_words(book: cmprules.PolicyBook) -> None:
    """The report answers each question that was asked, and no other."""
    def text(**asked: Any) -> str:
        return " ".join(cmprules.render(appeal_grounds(book, **asked)).split())

    assert "An illness of 12 months is not longer than 12 months." in text(illness=12)
    assert "An illness from January 1, 2024 to February 1, 2025 is longer than 12 months." in text(
        illness=cmprules.Period(start="2024-01-01", end="2025-02-01"))
    assert "The appeal must arrive by July 31, 2026 That is 30 days after the notice of July 1, 2026." in text(
        notified_on=day("2026-07-01"))
    assert "An illness" not in text()
    assert "The Board decides whether it allows an appeal." in text()


@pytest.mark.parametrize(("asked", "faults"), [
    ({"illness": True}, [("$.illness", "WRONG_TYPE")]),
    ({"illness": 0}, [("$.illness", "NOT_POSITIVE")]),
    ({"illness": 12.5, "notified_on": "soon"}, [("$.notified_on", "NOT_A_DATE"), ("$.illness", "WRONG_TYPE")]),
    ({"illness": cmprules.Period(start="1600-01-01", end="9999-12-31")},
     [("$.illness.start", "DATE_OUT_OF_RANGE"), ("$.illness.end", "DATE_OUT_OF_RANGE")]),
])
def test_what_cannot_be_read_is_refused(
    asked: dict[str, Any], faults: list[tuple[str, str]], book: cmprules.PolicyBook
) -> None:
    """All faults come at once, each with its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        appeal_grounds(book, **asked)
    assert path_codes(refused) == faults
