"""The calendar file: read back by an independent parser, and imported into a model of a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._answers.render.blocks import clean
from cmprules._words.codes import every as codes
from cmprules.testing import Case, cases, days
from cmprules.timelines._icalendar import _LEFT_OUT, _TO_ACT_ON, _folded, _text
from tests.answers.timelines.test_timeline import record
from tests.examples import scaled
from tests.strategies import edition

ON = date(2026, 3, 10)
HELD = {"expires_on": "2026-05-31", "certified_on": "2014-05-20"}
Read = Any
"""An event as the parser gives it; the types of its fields are too many to tell apart."""

Model = dict[str, Read]


def _line(*credentials: dict[str, Any], on: date = ON, **more: Any) -> cmprules.Timeline:
    return cmprules.timeline(record(*(credentials or (HELD,))), edition(), on=on, **more)


def _events(text: str) -> list[Read]:
    """Read a file with an independent parser."""
    calendar: Any = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    return [event for event in calendar.walk("VEVENT") if not event.errors]


def _imported(text: str, model: Model) -> Model:
    """Import a file into a model calendar: by UID, a higher or equal SEQUENCE replaces."""
    now = dict(model)
    for event in _events(text):
        old = now.get(str(event["UID"]))
        if old is None or old["SEQUENCE"] <= event["SEQUENCE"]:
            now[str(event["UID"])] = event
    return now


def _starts(model: Model) -> dict[str, date]:
    return {_code(event): event["DTSTART"].dt for event in model.values()}


def _code(event: Read) -> str:
    return str(event["CATEGORIES"].cats[1])


# ---------------------------------------------------------------------------------------------------------
# What stands in the file.


SITTINGS = st.lists(
    st.builds(lambda code, day, later: cmprules.Sitting(code=code, taken_on=day,
                                                        notified_on=day + timedelta(days=later)),
              st.sampled_from(("MLS", "SBB", "QIHC")), days(date(2020, 1, 1), date(2028, 3, 1)), st.integers(0, 9)),
    max_size=2, unique_by=lambda sitting: (sitting.code, sitting.taken_on))


@settings(max_examples=scaled(60))
@given(cases(), SITTINGS, st.lists(st.integers(0, 400), max_size=3))
def test_the_file_has_the_events_of_the_timeline(
    case: Case, sittings: list[cmprules.Sitting], remind: list[int],
) -> None:
    """An independent parser reads every event that is not left out, with its days and reminders."""
    line = cmprules.timeline(case.record, edition(), on=case.on, sittings=sittings)
    found = _events(cmprules.to_icalendar(line, remind=remind))
    expected = [event for event in line.events if event.code not in _LEFT_OUT]

    assert len({str(event["UID"]) for event in found}) == len(found) == len(expected)
    for event, ours in zip(found, expected, strict=True):
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (ours.starts_on, ours.ends_on + timedelta(days=1))
        assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
        assert event["DTSTAMP"].dt == datetime(case.on.year, case.on.month, case.on.day, tzinfo=UTC)
        assert str(event["TRANSP"]) == "TRANSPARENT"
        assert _code(event) == ours.code
        assert str(event["SUMMARY"]).startswith(f"{ours.name}: {codes.EVENTS[ours.code].title}")
        assert codes.NOTICE in str(event["DESCRIPTION"])
        alarms = event.walk("VALARM")
        asked = ours.code in _TO_ACT_ON and ours.when != "past"
        assert [alarm["TRIGGER"].dt for alarm in alarms] == (
            [timedelta(days=-days) for days in sorted(set(remind), reverse=True)] if asked else [])
        assert all(str(alarm["ACTION"]) == "DISPLAY" and str(alarm["DESCRIPTION"]) for alarm in alarms)


@settings(max_examples=scaled(60))
@given(cases())
def test_lines_are_folded_and_end_as_the_format_asks(case: Case) -> None:
    """Lines have at most 75 octets and a CRLF, no other line ends and no broken character."""
    raw = cmprules.to_icalendar(cmprules.timeline(case.record, edition(), on=case.on)).encode()

    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    for part in raw.split(b"\r\n"):
        assert len(part) <= 75
        part.decode()


@given(st.text(max_size=200))
def test_folding_changes_nothing(text: str) -> None:
    """Unfolding restores every line; no piece is too long, and none splits a character."""
    line = f"SUMMARY:{text.replace(chr(13), '').replace(chr(10), '')}"
    folded = _folded(line)

    assert folded.replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))


@pytest.mark.parametrize(("text", "pieces"), [
    ("x" * 75, [75]), ("x" * 76, [75, 2]), ("x" * 149, [75, 75]), ("x" * 150, [75, 75, 2]),
    ("\u00e9" * 37 + "x", [75]), ("\u00e9" * 38, [74, 3]), ("x" * 72 + "\U0001f9ea", [72, 5]),
])
def test_a_line_is_folded_before_it_is_too_long(text: str, pieces: list[int]) -> None:
    """A line may have 75 octets but not 76; a character of several octets moves to the next line whole."""
    assert [len(piece.encode()) for piece in _folded(text).split("\r\n")] == pieces


@given(st.text(max_size=60))
def test_text_comes_back_as_it_was_shown(text: str) -> None:
    """Backslashes, commas, semicolons and line ends are escaped; a parser restores them."""
    raw = f"BEGIN:VEVENT\r\nSUMMARY:{_text(text)}\r\nEND:VEVENT\r\n"
    shown = "\n".join(map(clean, text.split("\n")))
    found: Read = icalendar.Event.from_ical(raw)

    assert str(found.get("SUMMARY", "")).replace("\r\n", "\n") == shown


def test_a_hostile_id_does_no_harm() -> None:
    """The file has an id of the record only as part of a digest."""
    line = _line({**HELD, "id": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT"})

    assert "BEGIN:VEVENT\r\nEND" not in (text := cmprules.to_icalendar(line))
    assert len(_events(text)) == 7  # all but the span of years
    assert "sample-1" not in text


def test_what_is_not_established_stands_in_the_description() -> None:
    """The description has the sources and the edition, too."""
    last = next(event for event in _events(cmprules.to_icalendar(_line())) if _code(event) == "LAST_DAY")

    assert "Not established: Is a declaration in the last 30 days on time?" in str(last["DESCRIPTION"])
    assert "reading last_day (inferred)" in str(last["DESCRIPTION"])
    assert "Policy edition 2026.1." in str(last["DESCRIPTION"])


# ---------------------------------------------------------------------------------------------------------
# Importing it again.


@settings(max_examples=scaled(60))
@given(cases(), st.integers(0, 400))
def test_a_second_import_makes_no_doubles(case: Case, later: int) -> None:
    """Cases: the same record on the same day and on a later one."""
    first = cmprules.timeline(case.record, edition(), on=case.on)
    again = cmprules.timeline(case.record, edition(), on=case.on + timedelta(days=later))
    model = _imported(cmprules.to_icalendar(first), {})

    assert _imported(cmprules.to_icalendar(first), model).keys() == model.keys()
    now = _imported(cmprules.to_icalendar(again), model)
    days = [(_code(event), str(event["SUMMARY"]), event["DTSTART"].dt) for event in now.values()
            if _code(event) != "COMMON_END"]
    assert {uid for uid, event in now.items() if _code(event) != "COMMON_END"} == {
        uid for uid, event in model.items() if _code(event) != "COMMON_END"}
    assert len(days) == len(model) - sum(_code(event) == "COMMON_END" for event in model.values())


@pytest.mark.parametrize("extended", ["2026-06-30", "2026-12-31", "2027-05-31"])
def test_an_extension_moves_the_events_that_are_there(extended: str) -> None:
    """They keep their UIDs with other days; only the extension itself is new."""
    model = _imported(cmprules.to_icalendar(_line()), {})
    now = _imported(cmprules.to_icalendar(_line({**HELD, "extended_until": extended})), model)

    assert {_code(now[uid]) for uid in now.keys() - model.keys()} - {"FEE_RISES_AFTER"} == {"EXTENSION"}
    assert _starts(model)["LAST_DAY"] == date(2026, 5, 31)
    assert _starts(now)["LAST_DAY"] == date.fromisoformat(extended)


def test_a_fee_event_keeps_its_uid_while_its_window_moves() -> None:
    """Its UID has its number in the window, not its day."""
    held = {"expires_on": "2026-01-31"}
    model, moved = (_imported(cmprules.to_icalendar(_line({**held, **more})), {})
                    for more in ({}, {"extended_until": "2026-03-15"}))
    uids = [{uid for uid, event in one.items() if _code(event) == "FEE_RISES_AFTER"} for one in (model, moved)]

    assert uids[0] == uids[1]
    assert len(uids[0]) == 1


def test_an_older_file_does_not_undo_a_newer_one() -> None:
    """The higher SEQUENCE wins."""
    new = cmprules.to_icalendar(_line({**HELD, "extended_until": "2026-08-31"}, on=date(2026, 3, 11)))
    model = _imported(new, {})

    assert _imported(cmprules.to_icalendar(_line()), model) == model


def test_other_credentials_cycles_and_holders_are_other_events() -> None:
    """They share no UID."""
    lines = [_line(), _line({**HELD, "id": "other"}), _line({**HELD, "expires_on": "2029-05-31"}),
             attrs.evolve(_line(), holder="sample-2")]
    uids = [set(_imported(cmprules.to_icalendar(line), {})) for line in lines]

    assert len(set.union(*uids)) == sum(map(len, uids))


# ---------------------------------------------------------------------------------------------------------
# Reminders and bad input.


def test_reminders_unless_others_are_asked_for() -> None:
    """The default is thirty days and seven; an empty list gives none; each comes once, the earliest first."""
    def triggers(**more: Any) -> list[str]:
        text = cmprules.to_icalendar(_line(), **more)
        return list(dict.fromkeys(line for line in text.split("\r\n") if line.startswith("TRIGGER")))

    assert triggers() == ["TRIGGER:-P30D", "TRIGGER:-P7D"]
    assert triggers(remind=()) == []
    assert triggers(remind=(0, 1000, 7, 7)) == ["TRIGGER:-P1000D", "TRIGGER:-P7D", "TRIGGER:-P0D"]


@pytest.mark.parametrize(("remind", "faults"), [
    ([-1], [("$.remind[0]", "NEGATIVE")]), ([7, 1001], [("$.remind[1]", "TOO_MUCH")]),
    (["7", True, 1.5], [("$.remind[0]", "WRONG_TYPE"), ("$.remind[1]", "WRONG_TYPE"), ("$.remind[2]", "WRONG_TYPE")]),
    ("77", [("$.remind[0]", "WRONG_TYPE")]), (None, [("$.remind[0]", "WRONG_TYPE")]),
])
def test_bad_reminders_are_refused(remind: Any, faults: list[tuple[str, str]]) -> None:
    """Every fault has its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.to_icalendar(_line(), remind=remind)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == faults


def test_something_else_is_refused() -> None:
    """A record is not a timeline."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.to_icalendar(record(HELD))  # type: ignore[arg-type]

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("$.timeline", "WRONG_TYPE")]
