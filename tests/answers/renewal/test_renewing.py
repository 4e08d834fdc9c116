"""Renewing: three years from the day after the old end, without drift; and the refusals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules._kit.calendar import add_months, end_of_span_starting, is_last_of_month, whole_months
from cmprules.renewal import Renewal, renew
from cmprules.testing import credentials, days
from tests import reckoning
from tests.answers.renewal.samples import credential
from tests.strategies import edition

BOOK = edition()
ENDS = st.dates(date(2008, 1, 1), date(2900, 12, 31))
MONTH_ENDS = ENDS.map(lambda day: (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def _renewed(end: date, times: int = 1) -> cmprules.Credential:
    found = credential(end=end.isoformat())
    for _ in range(times):
        assert found.expires_on is not None
        answer = renew(found, BOOK, on=found.expires_on)
        assert answer.renewed is not None
        found = answer.renewed
    return found


# ---------------------------------------------------------------------------------------------------------
# The dates.


@pytest.mark.parametrize(("end", "start", "new_end"), [
    ("2026-05-31", "2026-06-01", "2029-05-31"),
    ("2024-02-29", "2024-03-01", "2027-02-28"),  # a leap day: the month has no 29th three years later
    ("2025-02-28", "2025-03-01", "2028-02-29"),  # and the other way round
    ("2023-02-28", "2023-03-01", "2026-02-28"),
    ("2024-02-28", "2024-02-29", "2027-02-27"),  # not an end of a month: the cycle begins on the leap day
    ("2026-04-30", "2026-05-01", "2029-04-30"),
    ("2026-01-30", "2026-01-31", "2029-01-30"),
    ("2025-12-31", "2026-01-01", "2028-12-31"),
    ("2026-01-01", "2026-01-02", "2029-01-01"),
    ("2026-05-15", "2026-05-16", "2029-05-15"),
])
def test_the_new_cycle_has_three_years_from_the_day_after_the_old_end(end: str, start: str, new_end: str) -> None:
    """Worked cases, with traps of the calendar among them."""
    answer = renew(credential(end=end), BOOK, on=date.fromisoformat(end))

    assert answer.valid == cmprules.Period(start=start, end=new_end)
    assert answer.renewed == credential(end=new_end, cycle_start=start)


@given(MONTH_ENDS, st.integers(1, 8))
def test_ends_of_months_stay_ends_of_months_however_often_they_are_renewed(end: date, times: int) -> None:
    """Law: after n cycles the end is the last day of the month 36 n months later, without drift."""
    found = _renewed(end, times).expires_on

    assert found == reckoning.add_months(end, 36 * times)
    assert found is not None
    assert is_last_of_month(found)


@given(ENDS)
def test_three_cycles_are_nine_years(end: date) -> None:
    """Law: from any day three renewals end nine years later, counted from the day after the old end."""
    assert _renewed(end, 3).expires_on == reckoning.add_months(end + timedelta(days=1), 108) - timedelta(days=1)


@given(ENDS)
def test_cycles_follow_without_a_gap_and_the_decision_counts_the_same_days(end: date) -> None:
    """Law: the new cycle starts on the day after the old end, and `decide` finds it so."""
    found = _renewed(end)
    held = cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[found], activities=[])
    cycle = cmprules.decide(held, BOOK, on=found.expires_on or end)[found.id].cycle

    assert cycle == cmprules.Period(start=end + timedelta(days=1), end=found.expires_on or end)


@given(days("2008-01-01", "2900-12-31"), st.integers(1, 120))
def test_a_span_of_months_ends_on_the_day_before_the_next_begins(start: date, months: int) -> None:
    """Law of the calendar: the day after a span is its first day plus that many months."""
    assert end_of_span_starting(start, months) + timedelta(days=1) == reckoning.add_months(start, months)


@given(days("2008-01-01", "2100-12-31"), days("2008-01-01", "2100-12-31"))
def test_whole_months_are_the_most_that_fit(since: date, until: date) -> None:
    """Law of the calendar: one more month is too long, and a day less is not a whole month."""
    months = whole_months(since, until)

    assert add_months(since, months + 1) > until
    assert months == 0 or reckoning.add_months(since, months) <= until


def test_the_last_days_of_the_reader_are_refused_and_not_wrong() -> None:
    """A new end beyond the years that a record may have is a fault."""
    with pytest.raises(cmprules.InputError, match=r"expires_on: DATE_OUT_OF_RANGE: got '3001-05-31'"):
        renew(credential(end="2998-05-31"), BOOK, on=date(2998, 5, 1))


# ---------------------------------------------------------------------------------------------------------
# What the renewal brings.


@pytest.mark.parametrize(("end", "shows"), [
    ("2026-05-31", "2026-05-01"), ("2026-06-01", "2026-06-01"), ("2024-02-29", "2024-02-01"),
    ("2025-12-31", "2025-12-01"), ("2026-01-01", "2026-01-01"),
])
def test_the_new_cycle_shows_from_the_first_day_of_the_month_of_expiry(end: str, shows: str) -> None:
    """It does so for every day of declaration in the window."""
    for earlier in (0, 30, 90):
        on = date.fromisoformat(end) - timedelta(days=earlier)
        assert renew(credential(end=end), BOOK, on=on).shows_from == date.fromisoformat(shows)


@pytest.mark.parametrize(("on", "badge"), [("2025-12-31", False), ("2026-01-01", True)])
def test_a_badge_comes_free_with_a_renewal_from_2026_on(on: str, *, badge: bool) -> None:
    """Checks both sides of the first day, in January 2026."""
    found = renew(credential(end="2026-01-31"), BOOK, on=date.fromisoformat(on)).badge

    assert (found is not None) is badge
    if found is not None:
        assert found.free
        assert found.fee_inside_cycle == Decimal(25)


def test_every_rule_leads_to_a_source() -> None:
    """The answer lists the sources of its rules and refusals."""
    answer = renew(credential(), BOOK, on=date(2026, 5, 4))

    assert {rule.citation.source for rule in (*answer.rules, *answer.open)} == set(answer.sources)
    assert "renewal/rolls_forward" in {rule.name for rule in answer.rules}
    assert [rule.name for rule in answer.open] == ["declaration/in_review_at_end"]


# ---------------------------------------------------------------------------------------------------------
# Refusals.


@pytest.mark.parametrize(("end", "on", "codes"), [
    ("2026-05-31", "2026-03-01", ["WINDOW_NOT_OPEN"]), ("2026-05-31", "2026-03-02", []),
    ("2026-05-31", "2026-05-31", []), ("2026-05-31", "2026-06-01", ["EXPIRED"]),
    ("2026-03-31", "2025-12-30", ["WINDOW_NOT_OPEN"]), ("2026-03-31", "2025-12-31", []),  # opens in another year
    ("2025-12-31", "2025-12-31", []), ("2025-12-31", "2026-01-01", ["EXPIRED"]),
    ("2024-02-29", "2024-02-29", []), ("2024-02-29", "2024-03-01", ["EXPIRED"]),
    ("2024-02-29", "2023-11-30", ["WINDOW_NOT_OPEN"]), ("2024-02-29", "2023-12-01", []),
])
def test_a_renewal_is_refused_before_the_window_and_after_the_end(end: str, on: str, codes: list[str]) -> None:
    """Checks both sides of the window's first day and of the last day."""
    answer = renew(credential(end=end), BOOK, on=date.fromisoformat(on))

    assert [found.code for found in answer.refused] == codes
    assert (answer.renewed is None) is bool(codes)
    assert (answer.valid is None, answer.shows_from is None) == (bool(codes), bool(codes))
    assert answer.badge is None or not codes


def test_the_refusal_names_the_day_on_which_the_window_opens() -> None:
    """A refusal for being early names the day from which to try again."""
    assert renew(credential(), BOOK, on=date(2026, 2, 1)).refused[0].subject == "2026-03-02"


@pytest.mark.parametrize(("fields", "rule"), [
    ({"end": None, "certified_on": "1998-05-20"}, "participation/voluntary"),
    ({"end": None, "certified_on": "1998-05-20", "voluntary": True}, "expiry/voluntary_stops"),
    ({"end": "2026-02-28", "certified_on": "1998-05-20", "voluntary": True}, "expiry/voluntary_stops"),
])
@pytest.mark.parametrize("common", [None, date(2026, 2, 28)])
def test_what_has_no_end_cannot_be_renewed(fields: dict[str, str], rule: str, common: date | None) -> None:
    """Cases: a credential that is not required, and a voluntary participant without an end or past it."""
    (found,) = renew(credential(**fields), BOOK, on=date(2026, 3, 10), synchronized_to=common).refused

    assert (found.code, found.rule) == ("NO_END_DATE", rule)


def test_a_voluntary_participant_is_renewed_on_the_last_day() -> None:
    """A cycle with an end is renewed like any other, and stays voluntary."""
    held = credential(end="2026-02-28", certified_on="1998-05-20", voluntary=True)
    found = renew(held, BOOK, on=date(2026, 2, 28)).renewed

    assert found is not None
    assert (found.voluntary, found.expires_on) == (True, date(2029, 2, 28))


@pytest.mark.parametrize(("on", "codes"), [("2026-09-01", []), ("2026-11-30", []), ("2026-12-01", ["EXPIRED"]),
                                           ("2026-08-31", ["WINDOW_NOT_OPEN"])])
def test_an_extension_moves_the_window_and_the_last_day(on: str, codes: list[str]) -> None:
    """The new cycle counts from the extended end, and the answer says that no source covers this."""
    answer = renew(credential(extended_until="2026-11-30"), BOOK, on=date.fromisoformat(on))

    assert [found.code for found in answer.refused] == codes
    if not codes:
        assert answer.renewed == credential(end="2029-11-30", cycle_start="2026-12-01")
        assert "CYCLE_AFTER_EXTENSION" in {found.code for found in answer.findings}


@given(credentials(on="2026-03-10"))
def test_a_renewal_is_whole_or_refused(held: cmprules.Credential) -> None:
    """Law: an answer has either new dates or a reason, never both or neither."""
    answer = renew(held, BOOK, on=date(2026, 3, 10))

    assert (answer.renewed is None) is bool(answer.refused)
    assert isinstance(answer, Renewal)


# ---------------------------------------------------------------------------------------------------------
# Early, to bring ends together.


def test_a_confirmed_common_end_takes_the_place_of_the_own_end() -> None:
    """SBB moves to the end of MLS, and may be declared before its window opens."""
    sbb = credential("SBB", "2014-03-31")
    answer = renew(sbb, BOOK, on=date(2013, 7, 1), synchronized_to=date(2013, 10, 31))

    assert answer.refused == ()
    assert answer.valid == cmprules.Period(start="2013-11-01", end="2016-10-31")
    assert "renewal/sync_early" in {rule.name for rule in answer.rules}
    assert "renewal/sync_wait" in {rule.name for rule in answer.open}


def test_after_the_common_end_it_has_expired() -> None:
    """The day after the common end is too late."""
    answer = renew(credential("SBB", "2014-03-31"), BOOK, on=date(2013, 11, 1), synchronized_to=date(2013, 10, 31))

    assert [found.code for found in answer.refused] == ["EXPIRED"]


@pytest.mark.parametrize(("common", "code"), [
    ("2026-06-01", "LATER_THAN_END"), ("2026-05-31", None), ("2023-06-01", None), ("2023-05-31", "END_BEFORE_START"),
])
def test_a_common_end_lies_in_the_present_cycle(common: str, code: str | None) -> None:
    """Checks both sides of the cycle's first and last day."""
    on = date.fromisoformat(common)
    if code is None:
        assert renew(credential(), BOOK, on=on, synchronized_to=on).refused == ()
        return
    with pytest.raises(cmprules.InputError) as raised:
        renew(credential(), BOOK, on=date(2026, 3, 10), synchronized_to=on)
    assert [(fault.path, fault.code) for fault in raised.value.faults] == [("$.synchronized_to", code)]


def test_a_common_end_does_not_come_before_the_certification() -> None:
    """Whatever the cycle is, a credential that was not held yet cannot be renewed."""
    held = credential(certified_on="2024-01-15")
    with pytest.raises(cmprules.InputError, match="END_BEFORE_START: got '2024-01-14', expected 2024-01-15 or later"):
        renew(held, BOOK, on=date(2024, 1, 1), synchronized_to=date(2024, 1, 14))


def test_an_extension_that_is_cut_short_is_renewed_from_the_common_end() -> None:
    """Between expiry and extended end, the common end replaces the extension."""
    held = credential(extended_until="2026-11-30")
    answer = renew(held, BOOK, on=date(2026, 7, 1), synchronized_to=date(2026, 9, 30))

    assert answer.renewed == credential(end="2029-09-30", cycle_start="2026-10-01")


def test_a_common_end_on_the_expiry_leaves_no_extension() -> None:
    """Checks both sides of the expiry: on it the cycle is ordinary, a day later it is extended."""
    held = credential(extended_until="2026-11-30")
    codes = [[found.code for found in renew(held, BOOK, on=date(2026, 5, 1), synchronized_to=common).findings]
             for common in (date(2026, 5, 31), date(2026, 6, 1))]

    assert codes == [[], ["CYCLE_AFTER_EXTENSION"]]


def test_a_day_beyond_the_last_check_is_noted() -> None:
    """Checks both sides of the day on which the tables were last compared with their sources."""
    end = (BOOK.last_checked + timedelta(days=1)).isoformat()
    codes = [[found.code for found in renew(credential(end=end), BOOK, on=BOOK.last_checked + timedelta(days=later)
                                            ).findings] for later in (0, 1)]

    assert codes == [[], ["BEYOND_LAST_CHECK"]]
