"""Timelines: worked cases on both sides of every boundary, with the traps of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._policy.book import FeeRow
from cmprules._words.codes import every as codes
from tests.strategies import edition

BOOK = edition()
ON = date(2026, 3, 10)
Events = dict[str, str]


def record(*credentials: dict[str, Any], region: str = "standard") -> cmprules.Record:
    """Make a record with only credentials."""
    held = [{"id": f"c{number}", "code": "MLS", **credential} for number, credential in enumerate(credentials)]
    return cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": "sample-1", "fee_region": region},
                                  "credentials": held, "activities": []})


def line(*credentials: dict[str, Any], on: date = ON, sittings: Sequence[cmprules.Sitting] = (),
         **more: Any) -> cmprules.Timeline:
    """Make a timeline of only credentials."""
    return cmprules.timeline(record(*credentials, **more), BOOK, on=on, sittings=sittings)


def days(found: cmprules.Timeline, credential: str | None = "c0") -> Events:
    """Write each event of one credential, or of the examinations, as its day or span."""
    return {event.code: str(event.starts_on) if event.starts_on == event.ends_on
            else f"{event.starts_on} {event.ends_on}"
            for event in found.events
            if (credential in event.credentials if credential is not None else not event.credentials)}


# ---------------------------------------------------------------------------------------------------------
# One credential, cycle and window.


@pytest.mark.parametrize(("what", "credential", "expected"), [
    ("the end of May", {"expires_on": "2026-05-31"}, {
        "CYCLE_STARTS": "2023-06-01", "ACTIVITIES_COUNT": "2023-06-01 2026-05-31", "WINDOW_OPENS": "2026-03-02",
        "ADVISED_DAY": "2026-05-01", "NEW_CYCLE_SHOWS": "2026-05-01", "LAST_DAY": "2026-05-31",
        "EXPIRED_FROM": "2026-06-01"}),
    ("29 February", {"expires_on": "2028-02-29"}, {
        "CYCLE_STARTS": "2025-03-01", "ACTIVITIES_COUNT": "2025-03-01 2028-02-29", "WINDOW_OPENS": "2027-12-01",
        "ADVISED_DAY": "2028-01-30", "NEW_CYCLE_SHOWS": "2028-02-01", "LAST_DAY": "2028-02-29",
        "EXPIRED_FROM": "2028-03-01"}),
    ("28 February of a leap year", {"expires_on": "2028-02-28"}, {
        "CYCLE_STARTS": "2025-02-28", "ACTIVITIES_COUNT": "2025-02-28 2028-02-28", "WINDOW_OPENS": "2027-11-30",
        "ADVISED_DAY": "2028-01-29", "NEW_CYCLE_SHOWS": "2028-02-01", "LAST_DAY": "2028-02-28",
        "EXPIRED_FROM": "2028-02-29"}),
    ("28 February of a common year", {"expires_on": "2027-02-28"}, {
        "CYCLE_STARTS": "2024-03-01", "ACTIVITIES_COUNT": "2024-03-01 2027-02-28", "WINDOW_OPENS": "2026-11-30",
        "ADVISED_DAY": "2027-01-29", "NEW_CYCLE_SHOWS": "2027-02-01", "LAST_DAY": "2027-02-28",
        "EXPIRED_FROM": "2027-03-01"}),
    ("the end of April", {"expires_on": "2026-04-30"}, {
        "CYCLE_STARTS": "2023-05-01", "ACTIVITIES_COUNT": "2023-05-01 2026-04-30", "WINDOW_OPENS": "2026-01-30",
        "ADVISED_DAY": "2026-03-31", "NEW_CYCLE_SHOWS": "2026-04-01", "LAST_DAY": "2026-04-30",
        "EXPIRED_FROM": "2026-05-01"}),
    ("the end of a year", {"expires_on": "2027-12-31"}, {
        "CYCLE_STARTS": "2025-01-01", "ACTIVITIES_COUNT": "2025-01-01 2027-12-31", "WINDOW_OPENS": "2027-10-02",
        "ADVISED_DAY": "2027-12-01", "NEW_CYCLE_SHOWS": "2027-12-01", "LAST_DAY": "2027-12-31",
        "EXPIRED_FROM": "2028-01-01"}),
    ("a window that opens in another year", {"expires_on": "2027-01-31"}, {
        "CYCLE_STARTS": "2024-02-01", "ACTIVITIES_COUNT": "2024-02-01 2027-01-31", "WINDOW_OPENS": "2026-11-02",
        "ADVISED_DAY": "2027-01-01", "NEW_CYCLE_SHOWS": "2027-01-01", "LAST_DAY": "2027-01-31",
        "EXPIRED_FROM": "2027-02-01"}),
    ("a first cycle", {"expires_on": "2026-05-31", "certified_on": "2023-05-16"}, {
        "CYCLE_STARTS": "2023-05-16", "ACTIVITIES_COUNT": "2023-05-16 2026-05-31", "WINDOW_OPENS": "2026-03-02",
        "ADVISED_DAY": "2026-05-01", "NEW_CYCLE_SHOWS": "2026-05-01", "LAST_DAY": "2026-05-31",
        "EXPIRED_FROM": "2026-06-01"}),
    ("a start that is known", {"expires_on": "2026-05-31", "cycle_start": "2023-05-20", "certified_on": "2014-05-20"}, {
        "PREVIOUS_CYCLE_ENDED": "2023-05-19", "CYCLE_STARTS": "2023-05-20",
        "ACTIVITIES_COUNT": "2023-05-20 2026-05-31", "WINDOW_OPENS": "2026-03-02", "ADVISED_DAY": "2026-05-01",
        "NEW_CYCLE_SHOWS": "2026-05-01", "LAST_DAY": "2026-05-31", "EXPIRED_FROM": "2026-06-01"}),
])
def test_the_days_of_one_credential(what: str, credential: dict[str, str], expected: Events) -> None:
    """They are those of its cycle, its window and its end."""
    assert days(line(credential)) == expected, what


@pytest.mark.parametrize(("certified", "ended"), [
    ("2014-05-20", "2023-05-31"), ("2023-04-30", "2023-05-31"), ("2023-05-01", None), ("2023-05-31", None),
    (None, None),
])
def test_the_previous_end_is_shown_where_there_was_one_for_certain(certified: str | None, ended: str | None) -> None:
    """Certification before the month three years before the expiry proves an earlier cycle."""
    credential = {"expires_on": "2026-05-31", **({"certified_on": certified} if certified else {})}

    assert days(line(credential)).get("PREVIOUS_CYCLE_ENDED") == ended


def test_a_first_cycle_that_began_later_in_the_month_of_certification_has_none_before_it() -> None:
    """Certified on the 16th, in a cycle that is known to start on the 20th."""
    credential = {"expires_on": "2026-05-31", "cycle_start": "2023-05-20", "certified_on": "2023-05-16"}

    assert "PREVIOUS_CYCLE_ENDED" not in days(line(credential))


@pytest.mark.parametrize(("on", "past", "today", "coming"), [
    ("2023-05-30", [], [], ["PREVIOUS_CYCLE_ENDED", "ACTIVITIES_COUNT", "CYCLE_STARTS", "WINDOW_OPENS", "ADVISED_DAY",
                            "NEW_CYCLE_SHOWS", "LAST_DAY", "EXPIRED_FROM"]),
    ("2023-06-01", ["PREVIOUS_CYCLE_ENDED"], ["ACTIVITIES_COUNT", "CYCLE_STARTS"],
     ["WINDOW_OPENS", "ADVISED_DAY", "NEW_CYCLE_SHOWS", "LAST_DAY", "EXPIRED_FROM"]),
    ("2026-05-31", ["PREVIOUS_CYCLE_ENDED", "CYCLE_STARTS", "WINDOW_OPENS", "ADVISED_DAY", "NEW_CYCLE_SHOWS"],
     ["ACTIVITIES_COUNT", "LAST_DAY"], ["EXPIRED_FROM"]),
    ("2026-06-01", ["PREVIOUS_CYCLE_ENDED", "ACTIVITIES_COUNT", "CYCLE_STARTS", "WINDOW_OPENS", "ADVISED_DAY",
                    "NEW_CYCLE_SHOWS", "LAST_DAY"], ["ACTIVITIES_COUNT", "EXPIRED_FROM"], []),
])
def test_past_today_and_coming(on: str, past: list[str], today: list[str], coming: list[str]) -> None:
    """A span counts as today from its first to its last day; events sort by day, then by code."""
    found = line({"expires_on": "2026-05-31", "certified_on": "2014-05-20"}, on=date.fromisoformat(on))

    for when, expected in (("past", past), ("today", today), ("coming", coming)):
        assert [event.code for event in found.events if event.when == when] == expected


# ---------------------------------------------------------------------------------------------------------
# Ends of every sort.


@pytest.mark.parametrize(("extended", "expected"), [
    ("2026-05-31", {"LAST_DAY": "2026-05-31", "EXPIRED_FROM": "2026-06-01", "WINDOW_OPENS": "2026-03-02"}),
    ("2026-06-01", {"EXTENSION": "2026-06-01", "LAST_DAY": "2026-06-01", "EXPIRED_FROM": "2026-06-02",
                    "WINDOW_OPENS": "2026-03-03"}),
    ("2026-08-31", {"EXTENSION": "2026-06-01 2026-08-31", "LAST_DAY": "2026-08-31", "EXPIRED_FROM": "2026-09-01",
                    "WINDOW_OPENS": "2026-06-02", "ADVISED_DAY": "2026-08-01", "NEW_CYCLE_SHOWS": "2026-08-01",
                    "CYCLE_STARTS": "2023-06-01"}),
])
def test_an_extension_moves_what_hangs_on_the_end(extended: str, expected: Events) -> None:
    """It moves nothing that depends on the start."""
    found = days(line({"expires_on": "2026-05-31", "extended_until": extended}))

    assert expected.items() <= found.items()
    assert ("EXTENSION" in found) is (extended > "2026-05-31")


def test_an_expired_credential_has_its_past_and_the_last_three_years() -> None:
    """The window is past; the span that counts for a reinstatement ends today."""
    found = line({"expires_on": "2026-02-28"})

    assert [(event.code, str(event.starts_on), event.when) for event in found.events] == [
        ("ACTIVITIES_COUNT", "2023-03-01", "past"), ("CYCLE_STARTS", "2023-03-01", "past"),
        ("ACTIVITIES_COUNT", "2023-03-11", "today"), ("WINDOW_OPENS", "2025-11-30", "past"),
        ("FEE_RISES_AFTER", "2025-12-31", "past"), ("ADVISED_DAY", "2026-01-29", "past"),
        ("NEW_CYCLE_SHOWS", "2026-02-01", "past"), ("LAST_DAY", "2026-02-28", "past"),
        ("EXPIRED_FROM", "2026-03-01", "past"),
    ]


def test_a_voluntary_participant_loses_the_mark_alone() -> None:
    """The credential never expires, before its end or after it."""
    held = {"certified_on": "2001-05-20", "voluntary": True, "expires_on": "2026-05-31"}
    before, after = line(held), line(held, on=date(2026, 6, 1))

    for found in (before, after):
        assert days(found)["MARK_LAPSES"] == "2026-06-01"
        assert "EXPIRED_FROM" not in days(found)
    assert len([event for event in after.events if event.code == "ACTIVITIES_COUNT"]) == 2
    assert after.events[-1].when == "today"


def test_a_voluntary_participant_without_an_end_has_the_last_three_years() -> None:
    """They end on the day of the timeline."""
    assert days(line({"certified_on": "2001-05-20", "voluntary": True}, on=date(2028, 2, 29))) == {
        "ACTIVITIES_COUNT": "2025-03-01 2028-02-29"}


def test_who_does_not_take_part_has_no_days() -> None:
    """There are no events, and the report says so."""
    found = line({"certified_on": "2001-05-20"})

    assert found.events == ()
    assert "No day is known" in cmprules.render(found)


# ---------------------------------------------------------------------------------------------------------
# Several credentials: the common end.


@pytest.mark.parametrize(("ends", "on", "common"), [
    (("2026-05-31", "2026-08-31"), "2026-03-10", {"c1": "2026-05-31"}),
    (("2026-08-31", "2026-05-31"), "2026-03-10", {"c0": "2026-05-31"}),
    (("2026-05-31", "2026-05-31"), "2026-03-10", {}),
    (("2026-05-31", "2026-06-01", "2027-05-31"), "2026-03-10", {"c1": "2026-05-31", "c2": "2026-05-31"}),
    (("2026-05-31", "2026-08-31"), "2026-05-31", {"c1": "2026-05-31"}),
    (("2026-05-31", "2026-08-31"), "2026-06-01", {}),
    (("2026-05-31", "2029-05-31"), "2026-05-31", {}),
    (("2026-05-31", "2029-05-30"), "2026-05-31", {"c1": "2026-05-31"}),
])
def test_the_common_end_is_the_earliest_of_those_that_have_one(
    ends: tuple[str, ...], on: str, common: dict[str, str],
) -> None:
    """It leaves out expired credentials, and is not before the start of another cycle."""
    found = line(*({"expires_on": end} for end in ends), on=date.fromisoformat(on))

    assert {event.credentials[0]: str(event.starts_on) for event in found.events
            if event.code == "COMMON_END"} == common


def test_the_common_end_names_its_open_question_and_its_sources() -> None:
    """No source says what follows the confirmation."""
    found = line({"expires_on": "2026-05-31"}, {"expires_on": "2026-08-31"})
    event = next(event for event in found.events if event.code == "COMMON_END")

    assert event.question == "What does the holder do after the confirmation?"
    assert {citation.source for citation in event.citations} == {"ascp-synchronize", "ascp-qihc"}


def test_an_extended_end_is_brought_together_like_another() -> None:
    """The extended end counts."""
    found = line({"expires_on": "2026-02-28", "extended_until": "2026-09-30"}, {"expires_on": "2026-10-31"})

    assert days(found, "c1")["COMMON_END"] == "2026-09-30"


# ---------------------------------------------------------------------------------------------------------
# Changes of fees.


def _fees(found: cmprules.Timeline) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    return [(event.code, str(event.starts_on), str(event.fee_before), str(event.fee_after), event.credentials)
            for event in found.events if event.fee_before is not None]


@pytest.mark.parametrize(("expires", "region", "found"), [
    ("2025-12-31", "standard", []),
    ("2026-01-01", "standard", [("FEE_RISES_AFTER", "2025-12-31", "100.00", "110.00", ("c0",))]),
    ("2026-03-31", "standard", [("FEE_RISES_AFTER", "2025-12-31", "100.00", "110.00", ("c0",))]),
    ("2026-04-01", "standard", []),
    ("2026-01-31", "low_middle_income", []),
    ("2024-09-28", "standard", [("FEE_RISES_AFTER", "2024-06-30", "95.00", "100.00", ("c0",))]),
    ("2024-09-29", "standard", []),
    ("2024-09-28", "low_middle_income", [("FEE_RISES_AFTER", "2024-06-30", "95.00", "100.00", ("c0",))]),
    ("2020-01-31", "standard", []),
])
def test_a_rise_is_shown_if_the_window_holds_both_days(expires: str, region: str, found: list[Any]) -> None:
    """The declaration must be possible on both December 31 and January 1, or there is no choice."""
    assert _fees(line({"expires_on": expires}, region=region)) == found


@pytest.mark.parametrize(("second", "found"), [
    ({"code": "SBB", "expires_on": "2026-03-31"},
     [("FEE_RISES_AFTER", "2025-12-31", "185.00", "205.00", ("c0", "c1"))]),
    ({"code": "SBB", "expires_on": "2026-01-01"},
     [("FEE_RISES_AFTER", "2025-12-31", "185.00", "205.00", ("c0", "c1"))]),
    ({"code": "QIHC", "expires_on": "2026-02-28"},
     [("FEE_RISES_AFTER", "2025-12-31", "200.00", "220.00", ("c0", "c1"))]),
    ({"code": "SBB", "expires_on": "2026-04-30"},
     [("FEE_RISES_AFTER", "2025-12-31", "100.00", "110.00", ("c0",))]),
    ({"code": "SBB", "certified_on": "2001-01-01"},
     [("FEE_RISES_AFTER", "2025-12-31", "100.00", "110.00", ("c0",))]),
])
def test_what_may_be_declared_together_is_quoted_together(second: dict[str, str], found: list[Any]) -> None:
    """The reduced fee applies where it can; a closed window does not take part."""
    assert _fees(line({"expires_on": "2026-02-28"}, second)) == found


def test_a_fall_is_dated_on_its_first_day() -> None:
    """No fee has fallen yet; with the rows of two years swapped, the one of 2026 does."""
    def dearer(row: FeeRow) -> FeeRow:
        if row.id != "fees/2026-01-01/standard":
            return row
        cells = tuple(attrs.evolve(cell, figure=attrs.evolve(cell.figure, value=Decimal(90))) for cell in row.cells)
        return attrs.evolve(row, cells=cells)

    book = attrs.evolve(BOOK, fees=tuple(map(dearer, BOOK.fees)))
    found = cmprules.timeline(record({"expires_on": "2026-01-31"}), book, on=ON)

    assert _fees(found) == [("FEE_FALLS", "2026-01-01", "100.00", "90.00", ("c0",))]
    assert "The first day at the lower fee (USD 90.00, before it 100.00)" in " ".join(cmprules.render(found).split())


def test_the_amounts_are_cited() -> None:
    """Both amounts, each with its source."""
    found = line({"expires_on": "2026-01-31"})
    rise = next(event for event in found.events if event.code == "FEE_RISES_AFTER")

    assert [(citation.source, str(citation.grade)) for citation in rise.citations] == [
        ("mlsi-mls-cm", "third_party"), ("ascp-qihc", "inferred")]
    assert "The last day at the lower fee (USD 100.00, then 110.00)" in " ".join(cmprules.render(found).split())


# ---------------------------------------------------------------------------------------------------------
# Examinations.


@pytest.mark.parametrize(("taken", "by_days", "by_period"), [
    ("2026-01-10", "2026-04-10", "2026-04-10"),
    ("2026-01-31", "2026-05-01", "2026-04-30"),
    ("2025-11-30", "2026-02-28", "2026-02-28"),
    ("2025-11-29", "2026-02-27", "2026-02-28"),
    ("2027-11-29", "2028-02-27", "2028-02-29"),
    ("2027-11-30", "2028-02-28", "2028-02-29"),
    ("2026-07-15", "2026-10-13", "2026-10-15"),
    ("2025-10-02", "2025-12-31", "2026-01-02"),
    ("2025-10-03", "2026-01-01", "2026-01-03"),
    ("2028-02-29", "2028-05-29", "2028-05-31"),
])
def test_a_new_attempt_goes_by_the_later_of_two_days(taken: str, by_days: str, by_period: str) -> None:
    """The days are ninety days later, and three months later, where an end of a month stays one."""
    found = days(line({"certified_on": "2001-05-20"}, sittings=[cmprules.Sitting(code="SBB", taken_on=taken)]), None)

    assert found == {"RETAKE_BY_DAYS": by_days, "RETAKE_BY_PERIOD": by_period,
                     "RETAKE_OPENS": max(by_days, by_period)}


def test_a_new_attempt_goes_by_thirty_days_in_the_newer_edition() -> None:
    """The older versions of the wait are separate events; the thirtieth day decides."""
    found = cmprules.timeline(record({"certified_on": "2001-05-20"}), cmprules.load_book(edition="2026.2"), on=ON,
                              sittings=[cmprules.Sitting(code="SBB", taken_on="2026-01-31")])

    assert days(found, None) == {"RETAKE_BY_DAYS": "2026-03-02", "RETAKE_BY_OLDER_DAYS": "2026-05-01",
                                 "RETAKE_BY_PERIOD": "2026-04-30", "RETAKE_OPENS": "2026-03-02"}
    assert "2026-05-01" not in cmprules.to_icalendar(found).replace("20260501", "2026-05-01")


@pytest.mark.parametrize(("notified", "last"), [
    ("2026-01-14", "2026-02-13"), ("2026-01-30", "2026-03-01"), ("2028-01-30", "2028-02-29"),
    ("2025-12-01", "2025-12-31"), ("2025-12-02", "2026-01-01"),
])
def test_an_appeal_is_received_within_thirty_days_of_the_notice(notified: str, last: str) -> None:
    """The days count across ends of months and years."""
    sitting = cmprules.Sitting(code="MLS", body="ASCPi", taken_on="2025-11-30", notified_on=notified)
    found = line({"certified_on": "2001-05-20"}, sittings=[sitting])

    assert days(found, None)["APPEAL_DEADLINE"] == last
    assert {event.name for event in found.events} == {"MLS(ASCPi)"}


@pytest.mark.parametrize(("fields", "faults"), [
    ({"code": "MLSS", "taken_on": "soon"}, [("$.code", "UNKNOWN_CODE"), ("$.taken_on", "NOT_A_DATE")]),
    ({"code": "DLM", "body": "ASCPi", "taken_on": "2026-01-10"}, [("$.body", "CODE_NOT_IN_BODY")]),
    ({"code": "MLS", "body": "NCA", "taken_on": "2026-01-10"}, [("$.body", "UNKNOWN_WORD")]),
    ({"code": "MLS", "taken_on": "2026-01-10", "notified_on": "2026-01-09"},
     [("$.notified_on", "NOTICE_BEFORE_SITTING")]),
    ({"code": "DLM", "body": "ASCPi", "taken_on": "2026-01-10", "notified_on": "2026-01-09"},
     [("$.body", "CODE_NOT_IN_BODY"), ("$.notified_on", "NOTICE_BEFORE_SITTING")]),
])
def test_an_examination_that_cannot_be_is_refused(fields: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    """Every fault has its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.Sitting(**fields)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == faults


def test_a_notice_on_the_day_itself_is_possible() -> None:
    """This is the other side of that boundary."""
    sitting = cmprules.Sitting(code="MLS", taken_on="2026-01-10", notified_on="2026-01-10")

    assert sitting.notified_on == sitting.taken_on


# ---------------------------------------------------------------------------------------------------------
# Order, keys, sources, and bad input.


def test_events_of_one_day_stand_in_the_order_of_the_record_then_by_code() -> None:
    """Credentials come first, then examinations in their order."""
    sittings = [cmprules.Sitting(code=code, taken_on="2026-02-10", notified_on="2026-05-01") for code in ("SM", "C")]
    found = line({"expires_on": "2026-05-31", "id": "z"}, {"expires_on": "2026-05-31", "id": "a"}, sittings=sittings)

    assert [(event.credentials or event.name, event.code) for event in found.events
            if event.starts_on in {date(2026, 5, 1), date(2026, 5, 31)}] == [
        (("z",), "ADVISED_DAY"), (("z",), "NEW_CYCLE_SHOWS"), (("a",), "ADVISED_DAY"), (("a",), "NEW_CYCLE_SHOWS"),
        (("z",), "LAST_DAY"), (("a",), "LAST_DAY"), ("SM(ASCP)", "APPEAL_DEADLINE"), ("C(ASCP)", "APPEAL_DEADLINE")]


def test_a_key_keeps_ids_apart() -> None:
    """Separators of a key inside an id do not merge two events."""
    found = line({"expires_on": "2026-01-31", "id": "a"}, {"expires_on": "2026-01-31", "id": "a+a"},
                 {"expires_on": "2026-01-31", "id": "a/2026"}, {"expires_on": "2026-01-31", "id": "a%2F2026"})
    keys = [event.key for event in found.events]

    assert len(keys) == len(set(keys))
    assert "a%2F2026/2026/LAST_DAY" in keys
    assert "a%252F2026/2026/LAST_DAY" in keys


@pytest.mark.parametrize(("arguments", "faults"), [
    ({"on": "2026-02-30"}, [("$.on", "NO_SUCH_DATE")]),
    ({"on": ON, "sittings": ["MLS"]}, [("$.sittings", "WRONG_TYPE")]),
    ({"on": ON, "sittings": 7}, [("$.sittings", "WRONG_TYPE")]),
    ({"on": None, "sittings": [None, None]},
     [("$.on", "WRONG_TYPE"), ("$.sittings", "WRONG_TYPE"), ("$.sittings", "WRONG_TYPE")]),
    ({"on": ON, "sittings": [cmprules.Sitting(code="MLS", taken_on="2026-01-10"),
                             cmprules.Sitting(code="MLS", taken_on="2026-01-10", notified_on="2026-01-14")]},
     [("$.sittings[1]", "REPEATED")]),
])
def test_bad_arguments_are_refused_together(arguments: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    """Every fault has its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.timeline(record({"expires_on": "2026-05-31"}), BOOK, **arguments)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == faults


def test_a_record_of_another_sort_is_refused() -> None:
    """A mapping is not a record."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.timeline({}, BOOK, on=ON)  # type: ignore[arg-type]

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("$.record", "WRONG_TYPE")]


def test_every_code_of_an_event_comes_up_in_these_cases() -> None:
    """A code that never occurs would be an empty promise."""
    held: list[dict[str, Any]] = [{"expires_on": "2026-01-31", "certified_on": "2014-05-20"},
            {"expires_on": "2026-02-28", "extended_until": "2026-05-31"},
            {"expires_on": "2026-05-31", "certified_on": "2001-05-20", "voluntary": True}]
    sitting = cmprules.Sitting(code="SBB", taken_on="2025-11-30", notified_on="2025-12-03")
    newest = cmprules.load_book(edition="2026.2")
    found = {event.code for book in (BOOK, newest)
             for event in cmprules.timeline(record(*held), book, on=date(2026, 1, 20), sittings=[sitting]).events}

    assert found | {"FEE_FALLS"} == set(codes.EVENTS)
