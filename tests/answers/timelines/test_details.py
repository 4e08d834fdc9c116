"""The citations and keys of every event of a timeline, the fees of a region, and every line of a calendar file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._policy.book import FeeRow, PolicyBook
from cmprules._words.limits import MOST_REMINDERS, MOST_SITTINGS
from cmprules.timelines._icalendar import coming_events, in_file
from tests.answers.timelines.test_timeline import days, line, record
from tests.strategies import edition

BOOK = edition()
ON = date(2026, 3, 10)
MAY = {"expires_on": "2026-05-31"}
RULES = {
    "CYCLE_STARTS": ["cycle_months"], "PREVIOUS_CYCLE_ENDED": ["cycle_months"],
    "ACTIVITIES_COUNT": ["rule/current_cycle_only"], "WINDOW_OPENS": ["opens_days_before_end"],
    "ADVISED_DAY": ["advised_days_before_end"], "NEW_CYCLE_SHOWS": ["renewal/rolls_forward"],
    "LAST_DAY": ["reading/last_day"], "EXTENSION": ["expiry/inactive"], "MARK_LAPSES": ["expiry/voluntary_stops"],
    "EXPIRED_FROM": ["expiry/expired"],
    "COMMON_END": ["renewal/sync_earliest", "renewal/sync_early", "renewal/sync_offered", "renewal/sync_wait"],
    "RETAKE_BY_DAYS": ["exam/retake_wait_days"], "RETAKE_BY_PERIOD": ["exam/retake_period", "exam/admission_months"],
    "RETAKE_OPENS": ["reading/exam_wait"], "APPEAL_DEADLINE": ["exam/appeal_days"],
}
ASKED = {"LAST_DAY": "reading/last_day", "COMMON_END": "renewal/sync_wait", "RETAKE_OPENS": "reading/exam_wait"}


def _cited(name: str, book: PolicyBook = BOOK) -> Any:
    return book.cite(name) if name in book.statements else book.figure(name).citation


def _sitting(**more: Any) -> cmprules.Sitting:
    return cmprules.Sitting(**{"code": "MLS", "taken_on": "2026-01-10", **more})


class TestEvents:
    """Each event cites its own rules and has its own key."""

    RICH = ({"expires_on": "2026-05-31", "extended_until": "2026-08-31", "certified_on": "2014-05-20"},
            {"code": "MB", "certified_on": "2001-05-20", "voluntary": True, "expires_on": "2026-12-31"})

    def test_every_event_cites_its_rules_and_asks_its_question(self) -> None:
        """Every event appears once."""
        found = line(*self.RICH, sittings=[_sitting(notified_on="2026-01-12")])
        seen = {event.code: event for event in found.events if not event.code.startswith("FEE")}
        assert {code: list(event.citations) for code, event in seen.items()} == {
            code: list(dict.fromkeys(map(_cited, rules))) for code, rules in RULES.items()}
        assert {code: event.question for code, event in seen.items()} == {
            code: BOOK.statements[ASKED[code]].question if code in ASKED else None for code in RULES}

    def test_the_last_three_years_cite_their_length(self) -> None:
        """They are a different span from the cycle, with their own key."""
        (event,) = line({"certified_on": "2001-05-20", "voluntary": True}).events
        assert (event.key, event.name, event.citations) == (
            "c0/last_years/ACTIVITIES_COUNT", "MLS(ASCP)", (_cited("last_years_months"),))

    def test_an_older_wait_cites_its_own_figure(self) -> None:
        """Edition 2026.2 has two numbers of days."""
        newer = cmprules.load_book(edition="2026.2")
        found = cmprules.timeline(record(MAY), newer, on=ON, sittings=[_sitting()])
        cited = {event.code: event.citations for event in found.events}
        assert cited["RETAKE_BY_OLDER_DAYS"] == (_cited("exam/retake_wait_days_older", newer),)
        assert cited["RETAKE_BY_DAYS"] == (_cited("exam/retake_wait_days", newer),)

    def test_keys_name_whose_event_it_is_and_of_what(self) -> None:
        """A key names a credential and its cycle, an examination and its day, or the fees and their change."""
        found = line({"id": "a/b%", "expires_on": "2026-02-28"}, sittings=[_sitting(body="ASCPi")])
        keys = {event.code: event.key for event in found.events if event.key.split("/")[1] != "last_years"}
        assert keys["LAST_DAY"] == "a%2Fb%25/2026/LAST_DAY"
        assert keys["RETAKE_OPENS"] == "MLS(ASCPi)/examination/2026-01-10/RETAKE_OPENS"
        assert keys["FEE_RISES_AFTER"] == "fees/2026/1/FEE_RISES_AFTER"

    def test_events_of_one_day_stand_in_the_order_of_the_record(self) -> None:
        """The last three years of the second and third credential begin with the cycle of the first."""
        by_choice = {"certified_on": "2001-05-20", "voluntary": True}
        found = line(MAY, by_choice, by_choice, on=date(2026, 5, 31))
        first = [(event.code, event.credentials) for event in found.events if event.starts_on == date(2023, 6, 1)]
        assert first == [("ACTIVITIES_COUNT", ("c0",)), ("CYCLE_STARTS", ("c0",)), ("ACTIVITIES_COUNT", ("c1",)),
                         ("ACTIVITIES_COUNT", ("c2",))]

    def test_the_days_of_an_examination_stand_behind_those_of_the_credentials(self) -> None:
        """A credential's last day is also the day of a new attempt, in both readings of the wait."""
        found = line({"expires_on": "2026-04-20"}, sittings=[_sitting(taken_on="2026-01-20")])
        assert [event.code for event in found.events if event.starts_on == date(2026, 4, 20)] == [
            "LAST_DAY", "RETAKE_BY_DAYS", "RETAKE_BY_PERIOD", "RETAKE_OPENS"]

    def test_a_change_of_fees_names_the_credentials_that_it_is_about(self) -> None:
        """They come in the order of the record, with both totals and the sources of the amounts."""
        found = line({"code": "SBB", "expires_on": "2026-02-28"}, {"expires_on": "2026-03-31"})
        (event,) = [event for event in found.events if event.code == "FEE_RISES_AFTER"]
        assert (event.name, event.credentials) == ("SBB(ASCP), MLS(ASCP)", ("c0", "c1"))
        assert (event.fee_before, event.fee_after) == (Decimal(185), Decimal(205))
        assert event.citations == tuple(dict.fromkeys(
            BOOK.fee(item, region="standard", on=day)[1].citation
            for day in (date(2025, 12, 31), date(2026, 1, 1)) for item in ("application", "reduced_application")))


def _with_amounts(row: FeeRow, amount: str) -> FeeRow:
    cells = tuple(attrs.evolve(cell, figure=attrs.evolve(cell.figure, value=Decimal(amount))) for cell in row.cells)
    return attrs.evolve(row, cells=cells)


class TestFeesOfARegion:
    """Both days are quoted only with the rows for the holder's region."""

    HELD = ({"expires_on": "2026-03-15"},)

    def _codes(self, book: PolicyBook, region: str) -> list[str]:
        found = cmprules.timeline(record(*self.HELD, region=region), book, on=ON)
        return [event.code for event in found.events if event.code.startswith("FEE")]

    def test_a_row_of_the_other_region_is_no_change(self) -> None:
        """Only the standard fee rises on January 1."""
        standard = attrs.evolve(BOOK, fees=tuple(row for row in BOOK.fees if row.region == "standard"))
        assert self._codes(standard, "standard") == ["FEE_RISES_AFTER"]
        assert self._codes(BOOK, "low_middle_income") == []

    def test_both_days_are_quoted_for_the_region(self) -> None:
        """The old row of the region is ten dollars lower, so its fee rises, too."""
        fees = tuple(_with_amounts(row, "90") if row.id == "fees/2024-07-01/low_middle_income" else row
                     for row in BOOK.fees)
        assert self._codes(attrs.evolve(BOOK, fees=fees), "low_middle_income") == ["FEE_RISES_AFTER"]

    def test_a_row_that_changes_nothing_is_counted_and_not_shown(self) -> None:
        """The second change of the year keeps its number, though the first does not concern the holder."""
        old = BOOK.fee_row("fees/2026-01-01/standard")
        rows = (attrs.evolve(old, ends_on=date(2026, 1, 31)),
                _with_amounts(attrs.evolve(old, id="fees/2026-02-01/standard", starts_on=date(2026, 2, 1)), "50"))
        book = attrs.evolve(BOOK, fees=(*(row for row in BOOK.fees if row is not old), *rows))
        found = cmprules.timeline(record(*self.HELD), book, on=ON)
        assert [(event.code, event.key, str(event.starts_on)) for event in found.events
                if event.code.startswith("FEE")] == [
            ("FEE_RISES_AFTER", "fees/2026/1/FEE_RISES_AFTER", "2025-12-31"),
            ("FEE_FALLS", "fees/2026/2/FEE_FALLS", "2026-02-01")]


class TestArguments:
    """Every fault of the arguments, word for word."""

    def _faults(self, **more: Any) -> list[tuple[str, str, object, str, str | None]]:
        with pytest.raises(cmprules.InputError) as refused:
            cmprules.timeline(record(MAY), BOOK, on=ON, **more)
        return [(fault.path, fault.code, fault.value, fault.expected, fault.hint) for fault in refused.value.faults]

    def test_an_examination_that_is_given_twice(self) -> None:
        """The fault names the second one; with another body or day it is a different examination."""
        twice = [_sitting(), _sitting(body="ASCPi"), _sitting(taken_on="2026-01-11"), _sitting()]
        assert self._faults(sittings=twice) == [
            ("$.sittings[3]", "REPEATED", twice[3], "each one once", "leave out the second")]

    @pytest.mark.parametrize(("taken", "notified", "path"), [
        ("soon", "2026-01-12", "$.taken_on"), ("2026-01-10", "soon", "$.notified_on"),
    ])
    def test_a_day_that_cannot_be_read_is_not_compared(self, taken: str, notified: str, path: str) -> None:
        """There is one fault, and not two."""
        with pytest.raises(cmprules.InputError) as refused:
            _sitting(taken_on=taken, notified_on=notified)
        assert [(fault.path, fault.code) for fault in refused.value.faults] == [(path, "NOT_A_DATE")]

    def test_as_many_examinations_as_there_may_be(self) -> None:
        """Checks both sides of the limit."""
        first = date(2020, 1, 1).toordinal()
        many = [_sitting(taken_on=date.fromordinal(first + number)) for number in range(MOST_SITTINGS + 1)]
        found = cmprules.timeline(record(MAY), BOOK, on=ON, sittings=many[1:]).events
        assert len([event for event in found if not event.credentials]) == 3 * MOST_SITTINGS
        assert self._faults(sittings=many) == [
            ("$.sittings", "TOO_MANY", MOST_SITTINGS + 1, f"at most {MOST_SITTINGS}", "leave some out")]

    def test_one_that_is_no_examination(self) -> None:
        """Cases: in a list, and instead of a single examination."""
        for wrong in ([_sitting(), "MLS"], 5):
            assert [fault[:2] for fault in self._faults(sittings=wrong)] == [("$.sittings", "WRONG_TYPE")]


class TestCalendar:
    """A calendar file, line by line."""

    def _file(self, **more: Any) -> str:
        return cmprules.to_icalendar(line(MAY, on=date(2026, 5, 20)), **more).replace("\r\n ", "")

    def _event(self, code: str, text: str) -> list[str]:
        """Return the lines of one event."""
        blocks = [block.split("\r\nEND:VEVENT")[0].split("\r\n") for block in text.split("BEGIN:VEVENT\r\n")[1:]]
        return next(block for block in blocks if f"CATEGORIES:Credential maintenance,{code}" in block)

    def test_every_line_of_an_event(self) -> None:
        """The last day has its question, its sources and its reminders, the earliest first."""
        uid, *rest = self._event("LAST_DAY", self._file(remind=[3, 30, 3], name="A. Sample"))
        assert uid.startswith("UID:")
        assert uid.endswith("@cmprules")
        assert len(uid) == len("UID:@cmprules") + 32
        alarm = ["ACTION:DISPLAY", "DESCRIPTION:2026-05-31: A. Sample: MLS(ASCP): The last day", "END:VALARM"]
        assert rest == [
            "DTSTAMP:20260520T000000Z", "SEQUENCE:739756", "DTSTART;VALUE=DATE:20260531", "DTEND;VALUE=DATE:20260601",
            "SUMMARY:A. Sample: MLS(ASCP): The last day",
            ("DESCRIPTION:The last day of the cycle: for its activities\\, for the declaration\\, and\\, without a "
            "renewal\\, for the credential.\\nSend the declaration by this day.\\nNot established: Is a declaration "
            "in the last 30 days on time?\\nSources: Readings of the cmprules project: reading last_day (inferred)\\n"
            "Policy edition 2026.1.\\nIndependent of ASCP\\; this is not a decision of ASCP or of its Board of "
            "Certification."),
            "CATEGORIES:Credential maintenance,LAST_DAY", "TRANSP:TRANSPARENT",
            "BEGIN:VALARM", alarm[0], "TRIGGER:-P30D", *alarm[1:], "BEGIN:VALARM", alarm[0], "TRIGGER:-P3D",
            *alarm[1:]]

    def test_an_event_without_a_remedy_or_a_question_does_not_name_them(self) -> None:
        """The event is the start of the cycle."""
        said = self._event("CYCLE_STARTS", self._file())[6]
        assert said == ("DESCRIPTION:The first day of the cycle.\\nSources: Participation in the maintenance program: "
                        "page as captured (official)\\nPolicy edition 2026.1.\\nIndependent of ASCP\\; this is not a "
                        "decision of ASCP or of its Board of Certification.")

    def test_sources_are_parted_by_semicolons_and_named_once(self) -> None:
        """The common end has four rules, two of which may share a passage."""
        text = cmprules.to_icalendar(line(MAY, {"expires_on": "2026-08-31"})).replace("\r\n ", "")
        (event,) = [event for event in line(MAY, {"expires_on": "2026-08-31"}).events if event.code == "COMMON_END"]
        said = "\\; ".join(dict.fromkeys(
            f"{BOOK.sources[citation.source].title}: {citation.pin} ({citation.grade})".replace(",", "\\,")
            for citation in event.citations))
        assert f"\\nSources: {said}\\nPolicy edition" in self._event("COMMON_END", text)[6]

    def test_without_a_name_no_person_is_named(self) -> None:
        """The title begins with the credential, and the reminder with the day."""
        lines = self._event("LAST_DAY", self._file())
        assert lines[5] == "SUMMARY:MLS(ASCP): The last day"
        assert lines[-2] == "DESCRIPTION:2026-05-31: MLS(ASCP): The last day"

    def test_the_beginning_and_the_end_of_a_file(self) -> None:
        """Keywords are in capitals, and the file has the version of the library."""
        first = self._file().split("BEGIN:VEVENT")[0]
        made_by = f"-//cmprules//cmprules {cmprules.__version__}//EN"
        assert first == (f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{made_by}\r\n"
                         "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Credential maintenance\r\n")
        assert self._file().endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")

    def test_what_is_gone_is_cancelled_line_by_line(self) -> None:
        """A renewed cycle's old window is canceled; events left out of a file are not."""
        before = line(MAY, on=date(2026, 5, 20))
        now = line({"expires_on": "2029-05-31"}, on=date(2026, 6, 2))
        text = cmprules.to_icalendar(now, before=before, name="A. Sample").replace("\r\n ", "")
        gone = [block.split("\r\nEND:VEVENT")[0].split("\r\n") for block in text.split("BEGIN:VEVENT\r\n")[1:]
                if "STATUS:CANCELLED" in block]
        assert len(gone) == len([event for event in before.events if event.code != "ACTIVITIES_COUNT"])
        last = next(block for block in gone if "SUMMARY:A. Sample: MLS(ASCP): The last day" in block)
        assert last[1:] == [
            "DTSTAMP:20260602T000000Z", "SEQUENCE:739769", "DTSTART;VALUE=DATE:20260531", "DTEND;VALUE=DATE:20260601",
            "SUMMARY:A. Sample: MLS(ASCP): The last day", "STATUS:CANCELLED", "TRANSP:TRANSPARENT"]
        assert last[0] == self._event("LAST_DAY", cmprules.to_icalendar(before).replace("\r\n ", ""))[0]

    def test_a_name_is_escaped(self) -> None:
        """Backslashes, semicolons, commas and line ends have a meaning in a calendar."""
        assert "SUMMARY:a\\\\b\\;c\\,d: MLS(ASCP): The last day\r\n" in self._file(name="a\\b;c,d")

    @pytest.mark.parametrize(("letters", "pieces"), [
        ("a" * 67, 1), ("a" * 68, 2), ("a" * (67 + 74), 2), ("a" * (67 + 75), 3), ("\u00e9" * 33 + "a", 1),
        ("\u00e9" * 34, 2),
    ])
    def test_a_line_has_at_most_75_octets(self, letters: str, pieces: int) -> None:
        """Checks both sides of the first and second fold; a two-octet letter is not split."""
        lines = in_file([f"SUMMARY:{letters}"]).split("\r\n")
        assert (len(lines) - 1, lines[-1]) == (pieces, "")
        assert all(part.startswith(" ") for part in lines[1:-1])
        assert "".join([lines[0], *(part[1:] for part in lines[1:-1])]) == f"SUMMARY:{letters}"

    def test_only_the_coming_events_of_some_codes(self) -> None:
        """Today's events count as coming, past ones do not."""
        found = line(MAY, on=date(2026, 5, 31))
        text = coming_events(found, ("LAST_DAY", "WINDOW_OPENS", "EXPIRED_FROM"), "A. Sample", [7])
        assert text.count("BEGIN:VEVENT") == 2
        assert text.count("SUMMARY:A. Sample: MLS(ASCP): The last day\r\n") == 1
        assert text.count("TRIGGER:-P7D") == 1
        assert "BEGIN:VALARM" not in coming_events(found, ("LAST_DAY",), "A. Sample")

    @pytest.mark.parametrize(("remind", "faults"), [
        ([0, 1000], []), ([-1], [("$.remind[0]", "NEGATIVE", -1)]), ([7, 1001], [("$.remind[1]", "TOO_MUCH", 1001)]),
        ([True], [("$.remind[0]", "WRONG_TYPE", True)]), ("30", [("$.remind[0]", "WRONG_TYPE", "30")]),
        (7, []), ([1.5], [("$.remind[0]", "WRONG_TYPE", 1.5)]),
    ])
    def test_reminders_are_days_from_0_to_1000(self, remind: Any, faults: list[tuple[str, str, object]]) -> None:
        """A single number is one reminder; text and booleans are refused."""
        if not faults:
            assert "BEGIN:VALARM" in self._file(remind=remind)
            return
        with pytest.raises(cmprules.InputError) as refused:
            self._file(remind=remind)
        assert [(fault.path, fault.code, fault.value) for fault in refused.value.faults] == faults
        assert {(fault.expected, fault.hint) for fault in refused.value.faults} == {
            ("a number of days from 0 to 1000", "days before the event")}

    def test_as_many_reminders_as_there_may_be(self) -> None:
        """Checks both sides of the limit."""
        assert "TRIGGER:-P19D" in self._file(remind=range(MOST_REMINDERS))
        with pytest.raises(cmprules.InputError) as refused:
            self._file(remind=range(MOST_REMINDERS + 1))
        (fault,) = refused.value.faults
        assert (fault.path, fault.code, fault.value, fault.expected, fault.hint) == (
            "$.remind", "TOO_MANY", MOST_REMINDERS + 1, f"at most {MOST_REMINDERS}", "leave some out")

    def test_what_is_no_timeline_and_no_name(self) -> None:
        """All faults come together."""
        wrong: Any = {}
        with pytest.raises(cmprules.InputError) as refused:
            cmprules.to_icalendar(wrong, before=wrong, name="", remind=[-1])
        assert [(fault.path, fault.code) for fault in refused.value.faults] == [
            ("$.timeline", "WRONG_TYPE"), ("$.before", "WRONG_TYPE"), ("$.name", "EMPTY_TEXT"),
            ("$.remind[0]", "NEGATIVE")]


def test_days_are_still_found_by_their_credential() -> None:
    """Days of an examination belong to no credential."""
    found = line(MAY, sittings=[_sitting(notified_on="2026-01-12")])
    assert set(days(found, None)) == {"RETAKE_BY_DAYS", "RETAKE_BY_PERIOD", "RETAKE_OPENS", "APPEAL_DEADLINE"}
