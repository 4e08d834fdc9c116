"""The identity of events: laws over records whose rows are reordered, added and removed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._cli import main
from cmprules.testing import Case, cases
from cmprules.timelines._icalendar import _LEFT_OUT
from tests.answers.timelines.test_timeline import record
from tests.examples import scaled
from tests.strategies import edition

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ON = date(2025, 12, 1)
MLS = {"id": "mls", "expires_on": "2026-01-31"}
SBB = {"id": "sbb", "code": "SBB", "expires_on": "2026-02-28"}
JOINT = {"FEE_RISES_AFTER", "FEE_FALLS"}
Read = Any
"""An event as the parser gives it."""


def line(*credentials: dict[str, Any], on: date = ON) -> cmprules.Timeline:
    """Make the timeline of some credentials."""
    return cmprules.timeline(record(*credentials), edition(), on=on)


def of(whom: cmprules.Record, on: date) -> dict[str, cmprules.TimelineEvent]:
    """Return the events of a record by their keys."""
    return {event.key: event for event in cmprules.timeline(whom, edition(), on=on).events}


def own(event: cmprules.TimelineEvent) -> bool:
    """Return whether an event follows from one credential alone."""
    return event.code not in {*JOINT, "COMMON_END"}


def read(text: str) -> dict[str, Read]:
    """Read a file with an independent parser: events by UID."""
    calendar: Any = icalendar.Calendar.from_ical(text)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def imported(*texts: str) -> dict[str, Read]:
    """Import files one after another into a model calendar: an equal or later event replaces, or cancels."""
    model: dict[str, Read] = {}
    for text in texts:
        model |= read(text)
    return {uid: event for uid, event in model.items() if str(event.get("STATUS", "")) != "CANCELLED"}


def days(events: Iterable[Read]) -> list[tuple[str, str, date]]:
    """List code, words and day of events."""
    return sorted((str(event["CATEGORIES"].cats[1]), str(event["SUMMARY"]), event["DTSTART"].dt) for event in events)


# ---------------------------------------------------------------------------------------------------------
# Laws.


@settings(max_examples=scaled(60))
@given(cases(), st.randoms())
def test_the_order_of_the_record_makes_no_other_event(case: Case, random: Any) -> None:
    """Law: reordered credentials and activities give the same keys, days and amounts."""
    credentials, activities = list(case.record.credentials), list(case.record.activities)
    random.shuffle(credentials)
    random.shuffle(activities)
    before = of(case.record, case.on)
    after = of(attrs.evolve(case.record, credentials=credentials, activities=activities, placements=()), case.on)

    assert before.keys() == after.keys()
    for key, event in before.items():
        other = after[key]
        assert set(event.credentials) == set(other.credentials)
        assert attrs.evolve(event, name="-", credentials=(), citations=()) == attrs.evolve(
            other, name="-", credentials=(), citations=())


@settings(max_examples=scaled(100))
@given(cases(), st.data())
def test_what_stays_the_same_keeps_its_identity(case: Case, data: st.DataObject) -> None:
    """Law: without some credentials the others' events do not change; a change of fees keeps its key."""
    kept = data.draw(st.lists(st.sampled_from(case.record.credentials), min_size=1, unique=True))
    whole, part = of(case.record, case.on), of(attrs.evolve(case.record, credentials=kept, placements=()), case.on)
    names = {credential.id for credential in kept}

    assert {key: event for key, event in part.items() if own(event)} == {
        key: event for key, event in whole.items() if own(event) and set(event.credentials) <= names}
    for code in JOINT:
        keys = [{event.starts_on: key for key, event in events.items() if event.code == code}
                for events in (whole, part)]
        assert all(keys[0].get(day, key) == key for day, key in keys[1].items())
    for key in whole.keys() & part.keys():
        assert (whole[key].code, own(whole[key])) == (part[key].code, own(part[key]))
        assert own(whole[key]) or whole[key].credentials[0] in names or whole[key].code in JOINT


@settings(max_examples=scaled(60))
@given(cases(), cases())
def test_after_a_second_import_the_calendar_is_that_of_the_second_file(case: Case, other: Case) -> None:
    """Law: given the earlier timeline, the import removes every event that the later one does not have."""
    before, after = (cmprules.timeline(one.record, edition(), on=max(case.on, other.on)) for one in (case, other))
    texts = [cmprules.to_icalendar(before), cmprules.to_icalendar(after, before=before)]

    assert days(imported(*texts).values()) == days(read(cmprules.to_icalendar(after)).values())
    shown = [[event.key for event in one.events if event.code not in _LEFT_OUT] for one in (before, after)]
    assert texts[1].count("STATUS:CANCELLED") == len(
        {(before.holder, key) for key in shown[0]} - {(after.holder, key) for key in shown[1]})


# ---------------------------------------------------------------------------------------------------------
# Cases.


@pytest.mark.parametrize("later", [(SBB, MLS), (MLS, SBB), (SBB,)])
def test_a_change_of_fees_is_one_entry(later: tuple[dict[str, Any], ...]) -> None:
    """MLS alone, then with SBB before it, after it, or instead of it: one entry, with the last file's amounts."""
    calendar = imported(cmprules.to_icalendar(line(MLS)), cmprules.to_icalendar(line(*later)))
    fees = [event for event in calendar.values() if str(event["CATEGORIES"].cats[1]) == "FEE_RISES_AFTER"]

    assert [event["DTSTART"].dt for event in fees] == [date(2025, 12, 31)]
    assert [("USD 185.00" in str(event["SUMMARY"])) for event in fees] == [len(later) == 2]


def test_two_changes_are_two_entries() -> None:
    """The changes of 2024 and 2026 share nothing."""
    keys = [[event.key for event in line(one, on=date(2024, 6, 1)).events if event.code == "FEE_RISES_AFTER"]
            for one in (MLS, {**MLS, "expires_on": "2024-08-31"})]

    assert keys == [["fees/2026/1/FEE_RISES_AFTER"], ["fees/2024/1/FEE_RISES_AFTER"]]


def test_a_credential_called_fees_has_keys_of_its_own() -> None:
    """A credential's id is never taken for a change of fees."""
    events = line({**MLS, "id": "fees"}, {**SBB, "id": "fees/2026/1"}).events

    assert len({event.key for event in events}) == len(events)


def test_what_is_gone_is_cancelled_without_reminders() -> None:
    """Every entry of a credential that was let go is canceled on its own day."""
    before, after = line(MLS, SBB), line(MLS)
    gone = [event for event in read(cmprules.to_icalendar(after, before=before)).values()
            if str(event.get("STATUS", "")) == "CANCELLED"]

    assert {event["DTSTART"].dt for event in gone} == {
        event.starts_on for event in before.events if event.code not in _LEFT_OUT
        and event.credentials == ("sbb",)}
    assert all("SBB" in str(event["SUMMARY"]) and not event.walk("VALARM") for event in gone)
    assert "STATUS" not in cmprules.to_icalendar(after)


def test_something_else_cannot_come_before() -> None:
    """The argument is checked like the others."""
    wrong: Any = "x"
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.to_icalendar(line(MLS), before=wrong)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("$.before", "WRONG_TYPE")]


def test_the_command_cancels_what_an_earlier_record_had(capsys: pytest.CaptureFixture[str]) -> None:
    """`--before` reads the earlier record."""
    record, earlier = str(EXAMPLES / "pbt.toml"), str(EXAMPLES / "mls-and-sbb.json")
    arguments = ["calendar", record, "--on", "2026-03-10", "--edition", "2026.1"]

    assert main(arguments) == 0
    assert "STATUS" not in capsys.readouterr().out
    assert main([*arguments, "--before", earlier]) == 0
    assert "STATUS:CANCELLED" in capsys.readouterr().out


def test_an_expired_credential_has_the_days_of_both_spans() -> None:
    """The ended cycle, as past, and the three years up to the day have different keys."""
    spans = [(event.key, event.when) for event in line({"id": "pbt", "code": "PBT", "expires_on": "2025-11-30"}).events
             if event.code == "ACTIVITIES_COUNT"]

    assert spans == [("pbt/2025/ACTIVITIES_COUNT", "past"), ("pbt/last_years/ACTIVITIES_COUNT", "today")]
