"""Inactive status, and holders who stop taking part."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given

import cmprules
from cmprules.renewal import inactive, stop_taking_part
from cmprules.testing import credentials
from tests.answers.renewal.samples import credential
from tests.strategies import edition

BOOK = edition()
EXTENDED = credential(extended_until="2026-11-30")


# ---------------------------------------------------------------------------------------------------------
# Inactive.


@pytest.mark.parametrize(("on", "standing"), [
    ("2026-05-31", "current"), ("2026-06-01", "inactive"), ("2026-11-30", "inactive"), ("2026-12-01", "expired"),
])
def test_the_standing_follows_the_two_ends(on: str, standing: str) -> None:
    """Checks both sides of the expiry and of the end of the extension."""
    answer = inactive(EXTENDED, BOOK, on=date.fromisoformat(on))

    assert str(answer.standing) == standing
    assert ("EXPIRED" in {found.code for found in answer.findings}) is (standing == "expired")


def test_the_end_the_window_and_the_last_day_move_and_nothing_else() -> None:
    """Compares each day with and without the extension."""
    answer = inactive(EXTENDED, BOOK, on=date(2026, 6, 15))

    assert [(day.what, str(day.before), str(day.after)) for day in answer.moved] == [
        ("cycle_end", "2026-05-31", "2026-11-30"), ("opens_on", "2026-03-02", "2026-09-01"),
        ("advised_by", "2026-05-01", "2026-10-31"), ("last_day", "2026-05-31", "2026-11-30")]
    assert answer.cycle_start == date(2023, 6, 1)
    assert answer.refused == ()
    assert [rule.name for rule in answer.open] == ["expiry/inactive"]


def test_the_table_goes_by_the_expiry_and_never_by_the_extension() -> None:
    """An extension beyond the change of 2024 keeps the table of 2023."""
    answer = inactive(credential("BB", "2023-12-31", extended_until="2024-06-30"), BOOK, on=date(2024, 2, 1))

    assert answer.table == BOOK.policy_for("BB", expires_on=date(2023, 12, 31)).row.id
    assert answer.table != BOOK.policy_for("BB", expires_on=date(2024, 6, 30)).row.id


@pytest.mark.parametrize(("fields", "table"), [
    ({}, "MLS/2024-01-01"), ({"end": None, "certified_on": "1998-05-20"}, None), ({"end": "2005-05-31"}, None),
])
def test_without_an_extension_no_day_moves(fields: dict[str, Any], table: str | None) -> None:
    """No extension is assumed, whatever else is in the record."""
    answer = inactive(credential(**fields), BOOK, on=date(2026, 3, 10))

    assert [found.code for found in answer.refused] == ["NO_EXTENSION"]
    assert (answer.moved, answer.cycle_start, answer.table) == ((), None, table)


def test_a_day_beyond_the_last_check_is_noted() -> None:
    """An extension may end after the day to which the tables were checked."""
    codes = [found.code for found in inactive(EXTENDED, BOOK, on=date(2026, 11, 24)).findings]

    assert codes == ["BEYOND_LAST_CHECK"]


@given(credentials(on="2026-03-10"))
def test_the_days_are_those_of_the_decision(held: cmprules.Credential) -> None:
    """Law: with the extension the days are those of `decide`, and the start is the same without it."""
    answer = inactive(held, BOOK, on=date(2026, 3, 10))
    if not answer.refused:
        until = held.extended_until or date.max
        one = cmprules.decide(cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[held], activities=[]),
                              BOOK, on=until)[held.id]
        plain = attrs.evolve(held, extended_until=None)
        other = cmprules.decide(cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[plain], activities=[]),
                                BOOK, on=held.expires_on or until)[held.id]
        assert one.declaration is not None
        assert one.cycle is not None
        assert other.cycle is not None
        assert [day.after for day in answer.moved] == [one.cycle.end, one.declaration.opens_on,
                                                       one.declaration.advised_by, one.declaration.last_day]
        assert answer.cycle_start == one.cycle.start == other.cycle.start


# ---------------------------------------------------------------------------------------------------------
# Stopping.


@pytest.mark.parametrize(("code", "body", "before", "after"), [
    ("MLS", "ASCP", "MLS(ASCP)CM", "MT(ASCP)"), ("MB", "ASCP", "MB(ASCP)CM", "MP(ASCP)"),
    ("SBB", "ASCP", "SBB(ASCP)CM", "SBB(ASCP)"), ("MLS", "ASCPi", "MLS(ASCPi)CM", None),
    ("MLT", "ASCPi", "MLT(ASCPi)CM", "MLT(ASCPi)"),
])
def test_only_the_mark_is_lost(code: str, body: str, before: str, after: str | None) -> None:
    """MLS and MB return to their former names; for ASCPi that is not established."""
    held = credential(code, None, body=body, certified_on="1998-05-20", voluntary=True)
    answer = stop_taking_part(held, BOOK, on=date(2026, 3, 10))

    assert (answer.written_before, answer.written_after) == (before, after)
    assert (answer.refused, answer.expires_on, answer.mark_until) == ((), None, None)


@pytest.mark.parametrize(("on", "until"), [("2026-05-31", date(2026, 5, 31)), ("2026-06-01", None)])
def test_a_voluntary_credential_has_no_end_date_afterwards(on: str, until: date | None) -> None:
    """The mark stays for the cycle it was earned for; after that none can be lost."""
    held = credential(certified_on="1998-05-20", voluntary=True, cycle_start="2023-06-01")
    answer = stop_taking_part(held, BOOK, on=date.fromisoformat(on))

    assert answer.mark_until == until
    assert answer.stopped == credential(end=None, certified_on="1998-05-20")
    decision = cmprules.decide(cmprules.Record(holder=cmprules.Holder(id="h"), credentials=[answer.stopped],
                                               activities=[]), BOOK, on=date(2030, 1, 1))
    assert decision["mls"].standing is cmprules.Standing.NO_END_DATE
    assert decision["mls"].outcome is cmprules.Outcome.NOT_REQUIRED


def test_without_a_day_of_certification_no_record_can_say_so() -> None:
    """The answer is the same, but has no credential to continue with."""
    answer = stop_taking_part(credential(end=None, voluntary=True), BOOK, on=date(2026, 3, 10))

    assert (answer.refused, answer.stopped, answer.written_after) == ((), None, "MT(ASCP)")


@pytest.mark.parametrize(("fields", "rule"), [
    ({"certified_on": "2004-01-01"}, "participation/ascp/technician"),
    ({"code": "HT"}, "participation/ascp/technician"),
    ({"code": "SBB", "certified_on": "2006-01-01"}, "participation/ascp/specialist"),
    ({"code": "DLM"}, "participation/ascp/specialist"), ({"code": "HP"}, "participation/ascp/practitioner"),
    ({"code": "PA", "certified_on": "1999-01-01"}, "participation/ascp/pathologists_assistant"),
    ({"code": "QIHC", "certified_on": "1999-01-01"}, "participation/ascp/qualification"),
    ({"code": "MLA"}, "participation/ascp/assistant"), ({"body": "ASCPi"}, "participation/ascpi"),
    ({"certified_on": "1999-01-01", "previous_nca": True}, "participation/former-nca"),
])
def test_who_has_to_take_part_is_told_the_rule_and_the_last_day(fields: dict[str, Any], rule: str) -> None:
    """Each group of credentials has its own rule."""
    answer = stop_taking_part(credential(**fields), BOOK, on=date(2026, 3, 10))

    assert [(found.code, found.rule) for found in answer.refused] == [("MUST_TAKE_PART", rule)]
    assert (answer.expires_on, answer.stopped, answer.written_after) == (date(2026, 5, 31), None, None)


@pytest.mark.parametrize(("certified", "refused"), [("2003-12-31", []), ("2004-01-01", ["MUST_TAKE_PART"])])
def test_the_day_of_certification_decides(certified: str, refused: list[str]) -> None:
    """Checks both sides of the day from which participation is mandatory, without `voluntary`."""
    answer = stop_taking_part(credential(certified_on=certified), BOOK, on=date(2026, 3, 10))

    assert [found.code for found in answer.refused] == refused


def test_the_last_day_of_an_extension_is_the_one_to_name() -> None:
    """An extension moves the last day."""
    assert stop_taking_part(EXTENDED, BOOK, on=date(2026, 3, 10)).expires_on == date(2026, 11, 30)


def test_who_does_not_take_part_has_nothing_to_stop() -> None:
    """The credential has no end, and its holder does nothing for it."""
    answer = stop_taking_part(credential(end=None, certified_on="1998-05-20"), BOOK, on=date(2026, 3, 10))

    assert [found.code for found in answer.refused] == ["NOT_REQUIRED"]
    assert answer.expires_on is None


@given(credentials(on="2026-03-10"))
def test_nobody_stops_who_has_to_take_part(held: cmprules.Credential) -> None:
    """Law: only voluntary participants may stop, and their credentials do not expire afterwards."""
    answer = stop_taking_part(held, BOOK, on=date(2026, 3, 10))
    participates = held.expires_on is not None or held.voluntary

    assert (not answer.refused) == (participates and (held.voluntary or held.before_mandatory))
    if answer.stopped is not None:
        assert answer.stopped.expires_on is None
        assert not answer.stopped.voluntary


def test_a_record_in_place_of_a_credential_is_told_what_to_take() -> None:
    """The answer is about one credential of it."""
    record: Any = cmprules.example("mls-and-sbb")
    for question in (inactive, stop_taking_part):
        with pytest.raises(cmprules.InputError) as caught:
            question(record, BOOK, on="2026-03-10")
        assert (caught.value.faults[0].path, caught.value.faults[0].hint) == (
            "$.credential", "take one of record.credentials")
