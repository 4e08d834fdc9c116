"""Bad input: every fault has its path and code, all faults of an input come together, nothing crashes."""

from __future__ import annotations

import codecs
import copy
import datetime as dt
import json
import pickle
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import attrs
import pytest

import cmprules
from cmprules._facts.reading import parse_text
from cmprules._words import vocabulary as words

ROOT = Path(__file__).resolve().parents[3]
MISSING = object()
ONE_DAY = timedelta(days=1)

RECORD: dict[str, Any] = {
    "schema": "cmprules.record/1",
    "holder": {"id": "h-1", "fee_region": "standard"},
    "credentials": [
        {"id": "mls", "code": "MLS", "body": "ASCP", "certified_on": "2014-05-20", "expires_on": "2026-05-31"},
    ],
    "activities": [
        {"id": "a1", "title": "Safe handling of formalin", "provider": "ASCP", "completed_on": "2025-02-11",
         "kind": "formal_ce", "amount": "1.5", "unit": "contact_hour", "areas": ["safety"],
         "documents": ["certificate"], "source": "upload"},
    ],
    "placements": [{"credential": "mls", "activity": "a1", "area": "safety", "points": "1"}],
}


class Hostile:
    """An object that raises when it is shown."""

    def __repr__(self) -> NoReturn:
        """Raise when shown."""
        raise RuntimeError("no")

    def __str__(self) -> NoReturn:
        """Raise when written."""
        raise RuntimeError("no")


class Sloppy(str):
    """A subclass of str, as other libraries make them."""

    __slots__ = ()


def sound_but_for(*changes: tuple[str, Any]) -> dict[str, Any]:
    """Return the valid record with some values changed (`activities.0.amount`), or removed."""
    record = copy.deepcopy(RECORD)
    for path, value in changes:
        holder: Any = record
        *steps, last = path.split(".")
        for step in steps:
            holder = holder[int(step)] if step.isdigit() else holder[step]
        if value is MISSING:
            del holder[last]
        else:
            holder[int(last) if last.isdigit() else last] = value
    return record


def _faults(mapping: Any) -> list[tuple[str, str]]:
    """Return path and code of every fault; check that each message can be written and is reasonably short."""
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.parse_record(mapping)
    return _paths_and_codes(caught.value)


def _paths_and_codes(error: cmprules.InputError) -> list[tuple[str, str]]:
    text = str(error)
    for fault in error.faults:
        line = str(fault)
        assert line in text
        assert fault.path in line
        assert fault.expected
        assert fault.hint
        assert "\n" not in line
        assert len(line) < 600
        line.encode()
    return [(fault.path, fault.code) for fault in error.faults]


def test_the_record_that_all_of_this_is_made_from_is_sound() -> None:
    """The record has no fault before a test adds one."""
    record = cmprules.parse_record(RECORD)
    assert cmprules.parse_record(cmprules.to_mapping(record)) == record


# ---------------------------------------------------------------------------------------------------------
# One fault at a time.

_FOUR_TIMES_TEN = "1." + "0" * 38 + "1"

# Name, where, what, code; the fault's path is `where` with brackets, unless a fifth says another.
ONE_FAULT: list[tuple[Any, ...]] = [
    # Amounts.
    ("an amount of zero", "activities.0.amount", "0", "NOT_POSITIVE"),
    ("an amount of minus zero", "activities.0.amount", "-0.0", "NOT_POSITIVE"),
    ("an amount below zero", "activities.0.amount", -2, "NOT_POSITIVE"),
    ("an amount below zero as a float", "activities.0.amount", -0.5, "NOT_POSITIVE"),
    ("three decimals", "activities.0.amount", "1.125", "TOO_FINE"),
    ("three decimals as a float", "activities.0.amount", 1.001, "TOO_FINE"),
    ("a float that is not quite what it seems", "activities.0.amount", 0.1 + 0.2, "TOO_FINE"),
    ("four hundred zeros before the first digit", "activities.0.amount", "1e-400", "TOO_FINE"),
    ("forty digits, all but equal to one", "activities.0.amount", _FOUR_TIMES_TEN, "TOO_FINE"),
    ("forty digits, all but equal to one, as a decimal", "activities.0.amount", Decimal(_FOUR_TIMES_TEN), "TOO_FINE"),
    ("sixty digits", "activities.0.amount", Decimal("1." + "0" * 58 + "1"), "TOO_FINE"),
    ("a decimal nearer to zero than any float", "activities.0.amount", Decimal("1e-999999"), "TOO_FINE"),
    ("more than a thousand points", "activities.0.amount", "1000.01", "TOO_MUCH"),
    ("more than a thousand, and too fine", "activities.0.amount", "1000.001", "TOO_MUCH"),
    ("a number beyond every float", "activities.0.amount", "1e400", "TOO_MUCH"),
    ("a decimal beyond every float", "activities.0.amount", Decimal("1e999999"), "TOO_MUCH"),
    ("a number of ten thousand digits", "activities.0.amount", 10**9_999, "TOO_MUCH"),
    ("a text of ten thousand digits", "activities.0.amount", "9" * 10_000, "TOO_MUCH"),
    ("an exponent beyond reason", "activities.0.amount", "1e999999999999999999999", "NOT_A_NUMBER"),
    ("not a number, as a float", "activities.0.amount", float("nan"), "NOT_FINITE"),
    ("infinity, as a float", "activities.0.amount", float("inf"), "NOT_FINITE"),
    ("minus infinity, as a float", "activities.0.amount", float("-inf"), "NOT_FINITE"),
    ("not a number, in words", "activities.0.amount", "NaN", "NOT_FINITE"),
    ("infinity, in words", "activities.0.amount", "-Infinity", "NOT_FINITE"),
    ("not a number, as a decimal", "activities.0.amount", Decimal("NaN"), "NOT_FINITE"),
    ("a signalling not a number", "activities.0.amount", Decimal("sNaN"), "NOT_FINITE"),
    ("a word", "activities.0.amount", "one", "NOT_A_NUMBER"),
    ("nothing in a text", "activities.0.amount", "", "NOT_A_NUMBER"),
    ("a comma", "activities.0.amount", "1,5", "NOT_A_NUMBER"),
    ("a space", "activities.0.amount", " 1", "NOT_A_NUMBER"),
    ("a line break", "activities.0.amount", "1\n", "NOT_A_NUMBER"),
    ("an underscore", "activities.0.amount", "1_0", "NOT_A_NUMBER"),
    ("digits of another script", "activities.0.amount", "\uff11", "NOT_A_NUMBER"),
    ("a hexadecimal number", "activities.0.amount", "0x10", "NOT_A_NUMBER"),
    ("a fraction", "activities.0.amount", "1/2", "NOT_A_NUMBER"),
    ("yes as an amount", "activities.0.amount", True, "WRONG_TYPE"),
    ("no as an amount", "activities.0.amount", False, "WRONG_TYPE"),
    ("nothing as an amount", "activities.0.amount", None, "WRONG_TYPE"),
    ("a list as an amount", "activities.0.amount", ["1"], "WRONG_TYPE"),
    ("a complex number", "activities.0.amount", 1j, "WRONG_TYPE"),
    ("bytes as an amount", "activities.0.amount", b"1", "WRONG_TYPE"),
    ("a placement of zero", "placements.0.points", "0", "NOT_POSITIVE"),
    ("a placement of three decimals", "placements.0.points", "0.125", "TOO_FINE"),
    ("a placement of too much", "placements.0.points", "1000.01", "TOO_MUCH"),
    ("a placement of yes", "placements.0.points", True, "WRONG_TYPE"),
    # Days.
    ("a day that the calendar has not", "activities.0.completed_on", "2025-02-30", "NO_SUCH_DATE"),
    ("month thirteen", "credentials.0.expires_on", "2026-13-31", "NO_SUCH_DATE"),
    ("the leap day of a year without one", "credentials.0.certified_on", "2014-02-29", "NO_SUCH_DATE"),
    ("the year nought", "activities.0.completed_on", "0000-01-01", "NO_SUCH_DATE"),
    ("a day in another order", "activities.0.completed_on", "03/14/2025", "NOT_A_DATE"),
    ("a day without hyphens", "activities.0.completed_on", "20250314", "NOT_A_DATE"),
    ("a week", "activities.0.completed_on", "2025-W11-5", "NOT_A_DATE"),
    ("a month alone", "activities.0.completed_on", "2025-03", "NOT_A_DATE"),
    ("a day in digits of another script", "activities.0.completed_on", "\uff12\uff10\uff12\uff15-03-14", "NOT_A_DATE"),
    ("nothing in the text of a day", "activities.0.completed_on", "", "NOT_A_DATE"),
    ("a time beside the day", "activities.0.completed_on", "2025-03-14T09:30:00", "DATETIME"),
    ("a time after a space", "activities.0.completed_on", "2025-03-14 09:30", "DATETIME"),
    ("a datetime", "activities.0.completed_on", datetime(2025, 3, 14, 9, 30), "DATETIME"),  # noqa: DTZ001
    ("a datetime of midnight with a zone", "credentials.0.expires_on", datetime(2026, 5, 31, tzinfo=dt.UTC),
     "DATETIME"),
    ("a number as a day", "activities.0.completed_on", 20250314, "WRONG_TYPE"),
    ("a time of day as a day", "activities.0.completed_on", dt.time(9, 30), "WRONG_TYPE"),
    ("a day too long ago", "activities.0.completed_on", "1899-12-31", "DATE_OUT_OF_RANGE"),
    ("a day too far away", "credentials.0.expires_on", date(3000, 1, 1), "DATE_OUT_OF_RANGE"),
    # Words.
    ("an unknown code", "credentials.0.code", "MLSS", "UNKNOWN_CODE"),
    ("a code with an i for the international body", "credentials.0.code", "MLSi", "UNKNOWN_CODE"),
    ("a code of another board", "credentials.0.code", "MT(AMT)", "UNKNOWN_CODE"),
    ("no code at all", "credentials.0.code", "", "UNKNOWN_CODE"),
    ("a number as a code", "credentials.0.code", 5, "WRONG_TYPE"),
    ("an unknown body", "credentials.0.body", "ASCPI", "UNKNOWN_WORD"),
    ("an unknown kind", "activities.0.kind", "in_servce", "UNKNOWN_KIND"),
    ("a list as a kind", "activities.0.kind", ["formal_ce"], "WRONG_TYPE"),
    ("an unknown unit", "activities.0.unit", "hours", "UNKNOWN_UNIT"),
    ("an unknown source", "activities.0.source", "uplaod", "UNKNOWN_WORD"),
    ("an unknown region of fees", "holder.fee_region", "local", "UNKNOWN_WORD"),
    ("nothing as a region of fees", "holder.fee_region", None, "WRONG_TYPE"),
    ("an unknown area of a placement", "placements.0.area", "saftey", "UNKNOWN_AREA"),
    ("an unknown area", "activities.0.areas", ["hematolgy"], "UNKNOWN_AREA", "$.activities[0].areas[0]"),
    ("the pool as an area of an activity", "activities.0.areas", ["safety", "pool"], "UNKNOWN_AREA",
     "$.activities[0].areas[1]"),
    ("an area twice", "activities.0.areas", ["safety", "ethics", "safety"], "REPEATED", "$.activities[0].areas[2]"),
    ("a number as an area", "activities.0.areas", [1], "WRONG_TYPE", "$.activities[0].areas[0]"),
    # Text.
    ("a number as a title", "activities.0.title", 42, "WRONG_TYPE"),
    ("nothing as a title", "activities.0.title", None, "WRONG_TYPE"),
    ("a title of spaces", "activities.0.title", " \t\n", "EMPTY_TEXT"),
    ("an id of nothing", "holder.id", "", "EMPTY_TEXT"),
    ("a provider of spaces", "activities.0.provider", " ", "EMPTY_TEXT"),
    ("half a pair of characters", "activities.0.title", "formalin \ud83d", "NOT_TEXT"),
    ("half a pair in an id", "holder.id", "\udc80", "NOT_TEXT"),
    ("bytes as a title", "activities.0.title", b"formalin", "WRONG_TYPE"),
    ("a number among the documents", "activities.0.documents", ["certificate", 7], "WRONG_TYPE",
     "$.activities[0].documents[1]"),
    # Lists, and values that must be lists.
    ("a bare string for the areas", "activities.0.areas", "safety", "NOT_A_LIST"),
    ("a bare string of another class for the areas", "activities.0.areas", Sloppy("safety"), "NOT_A_LIST"),
    ("a bare string for the documents", "activities.0.documents", "certificate", "NOT_A_LIST"),
    ("a mapping for the areas", "activities.0.areas", {"safety": 1}, "NOT_A_LIST"),
    ("nothing for the areas", "activities.0.areas", None, "NOT_A_LIST"),
    ("a mapping for the activities", "activities", {"a1": {}}, "NOT_A_LIST"),
    ("a text for the credentials", "credentials", "MLS", "NOT_A_LIST"),
    ("no credential", "credentials", [], "EMPTY_LIST"),
    ("a text for the holder", "holder", "h-1", "WRONG_TYPE"),
    ("nothing for the holder", "holder", None, "WRONG_TYPE"),
    ("a text for an activity", "activities", ["a1"], "WRONG_TYPE", "$.activities[0]"),
    ("a list of pairs for an activity", "activities", [[["id", "a1"]]], "WRONG_TYPE", "$.activities[0]"),
    # Flags.
    ("one for yes", "credentials.0.voluntary", 1, "WRONG_TYPE"),
    ("yes in quotes", "credentials.0.voluntary", "true", "WRONG_TYPE"),
    ("nothing for no", "credentials.0.previous_nca", None, "WRONG_TYPE"),
    # Keys.
    ("an unknown key of the record", "activites", [], "UNKNOWN_KEY"),
    ("an unknown key of the holder", "holder.fee_regoin", "standard", "UNKNOWN_KEY"),
    ("an unknown key of a credential", "credentials.0.expires", "2026-05-31", "UNKNOWN_KEY"),
    ("an unknown key of an activity", "activities.0.complted_on", "2025-02-11", "UNKNOWN_KEY"),
    ("an unknown key of a placement", "placements.0.amount", "1", "UNKNOWN_KEY"),
    ("a key that only the answer has", "credentials.0.given_code", "MT", "UNKNOWN_KEY"),
    ("the schema twice over", "holder.schema", "cmprules.record/1", "UNKNOWN_KEY"),
    ("no holder", "holder", MISSING, "MISSING_KEY"),
    ("no credentials", "credentials", MISSING, "MISSING_KEY"),
    ("no activities", "activities", MISSING, "MISSING_KEY"),
    ("no id of the holder", "holder.id", MISSING, "MISSING_KEY"),
    ("no id of a credential", "credentials.0.id", MISSING, "MISSING_KEY"),
    ("no code", "credentials.0.code", MISSING, "MISSING_KEY"),
    ("no title", "activities.0.title", MISSING, "MISSING_KEY"),
    ("no kind", "activities.0.kind", MISSING, "MISSING_KEY"),
    ("no amount", "activities.0.amount", MISSING, "MISSING_KEY"),
    ("no area of a placement", "placements.0.area", MISSING, "MISSING_KEY"),
    ("no points of a placement", "placements.0.points", MISSING, "MISSING_KEY"),
    ("no schema", "schema", MISSING, "MISSING_KEY"),
    ("another schema", "schema", "cmprules.record/2", "WRONG_SCHEMA"),
    ("the schema of a decision", "schema", "cmprules.decision/1", "WRONG_SCHEMA"),
    ("a number as a schema", "schema", 1, "WRONG_SCHEMA"),
    ("a list as a schema", "schema", ["cmprules.record/1"], "WRONG_SCHEMA"),
    # Objects that raise.
    ("a hostile amount", "activities.0.amount", Hostile(), "WRONG_TYPE"),
    ("a hostile title", "activities.0.title", Hostile(), "WRONG_TYPE"),
    ("a hostile day", "activities.0.completed_on", Hostile(), "WRONG_TYPE"),
    ("a hostile kind", "activities.0.kind", Hostile(), "WRONG_TYPE"),
    ("a hostile list", "activities.0.areas", Hostile(), "NOT_A_LIST"),
    ("a hostile flag", "credentials.0.voluntary", Hostile(), "WRONG_TYPE"),
    ("a hostile holder", "holder", Hostile(), "WRONG_TYPE"),
    ("a hostile schema", "schema", Hostile(), "WRONG_SCHEMA"),
    ("a hostile area within a list", "activities.0.areas", [Hostile()], "WRONG_TYPE", "$.activities[0].areas[0]"),
    ("a list of hostile things as an amount", "activities.0.amount", [Hostile()], "WRONG_TYPE"),
]


def _path(where: str) -> str:
    """Convert `activities.0.amount` to the path of a fault."""
    return "$" + "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in where.split("."))


def _case(entry: tuple[Any, ...]) -> Any:
    return pytest.param(*entry[1:4], entry[4] if len(entry) > 4 else _path(entry[1]), id=entry[0])


@pytest.mark.parametrize(("where", "value", "code", "path"), [_case(entry) for entry in ONE_FAULT])
def test_one_fault_is_named_and_no_other(where: str, value: object, code: str, path: str) -> None:
    """One thing is wrong: the error has exactly its path and code."""
    mapping = sound_but_for((where, value))
    if where in {"activities", "credentials", "credentials.0.id"}:  # else the placement dangles
        mapping.pop("placements")
    assert _faults(mapping) == [(path, code)]


_MADE = {"holder": cmprules.Holder, "credentials.0": cmprules.Credential, "activities.0": cmprules.Activity,
         "placements.0": cmprules.Placement}
_CONSTRUCTED = [entry for entry in ONE_FAULT
                if entry[1].rpartition(".")[0] in _MADE and entry[2] is not MISSING and entry[3] != "UNKNOWN_KEY"]


@pytest.mark.parametrize(("where", "value", "code", "path"), [_case(entry) for entry in _CONSTRUCTED])
def test_a_constructor_refuses_what_the_reader_refuses(where: str, value: object, code: str, path: str) -> None:
    """A value made in Python is checked by the same rules, with the same codes."""
    part, _, name = where.rpartition(".")
    fields = RECORD
    for step in part.split("."):
        fields = fields[int(step)] if step.isdigit() else fields[step]  # type: ignore[index]
    with pytest.raises(cmprules.InputError) as caught:
        _MADE[part](**{**fields, name: value})
    tail = path.removeprefix(_path(part))
    assert _paths_and_codes(caught.value) == [(f"${tail}", code)]


@pytest.mark.parametrize(("where", "value", "code", "path"), [_case(entry) for entry in _CONSTRUCTED])
def test_a_change_is_checked_like_a_new_value(where: str, value: object, code: str, path: str) -> None:
    """`attrs.evolve` refuses what the constructor refuses."""
    part, _, name = where.rpartition(".")
    record = cmprules.parse_record(RECORD)
    sound: Any = {"holder": record.holder, "credentials.0": record.credentials[0], "activities.0": record.activities[0],
                  "placements.0": record.placements[0]}[part]
    with pytest.raises(cmprules.InputError) as caught:
        attrs.evolve(sound, **{name: value})
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [
        (f"${path.removeprefix(_path(part))}", code)]


@pytest.mark.parametrize(("amount", "points"), [
    ("1", "1"), ("+1", "1"), (".5", "0.5"), ("1.", "1"), ("1e2", "100"), ("1E-2", "0.01"), (0.1, "0.1"), (1.15, "1.15"),
    (3, "3"), (Decimal("1.50"), "1.5"), ("1." + "0" * 60, "1"), (Decimal("1e3"), "1000"), ("1000.00", "1000"),
    ("0.01", "0.01"), (1e3, "1000"), ("000001.5", "1.5"),
])
def test_an_amount_may_be_written_in_many_ways(amount: object, points: str) -> None:
    """Integers, decimals, floats in their shortest form and strings are read exactly."""
    record = cmprules.parse_record(sound_but_for(("activities.0.amount", amount)))
    assert record.activities[0].points == Decimal(points)
    assert str(record.activities[0].points) == points


@pytest.mark.parametrize(("kind", "unit", "amount", "code"), [
    ("formal_ce", "ceu", "100", None), ("formal_ce", "ceu", "100.001", "TOO_MUCH"), ("formal_ce", "ceu", "0.001", None),
    ("formal_ce", "ceu", "0.0001", "TOO_FINE"), ("formal_ce", "ceu", "0.0125", "TOO_FINE"),
    ("college_course", "semester_hour", "66.66", None), ("college_course", "semester_hour", "66.67", "TOO_MUCH"),
    ("college_course", "semester_hour", "0.002", None), ("college_course", "semester_hour", "0.001", "TOO_FINE"),
    ("college_course", "quarter_hour", "100", None), ("college_course", "quarter_hour", "100.001", "TOO_MUCH"),
    ("exam_pass", "exam", "40", None), ("exam_pass", "exam", "40.01", "TOO_MUCH"),
    ("exam_pass", "exam", "0.0004", None), ("exam_pass", "exam", "0.0003", "TOO_FINE"),
])
def test_bounds_hold_after_conversion(kind: str, unit: str, amount: str, code: str | None) -> None:
    """The limits of two decimals and of a thousand apply to the points, not to the hours."""
    changes = (("activities.0.kind", kind), ("activities.0.unit", unit), ("activities.0.amount", amount))
    if code is None:
        worth = words.UNITS[unit]
        assert cmprules.parse_record(sound_but_for(*changes)).activities[0].points == Decimal(amount) * worth
    else:
        assert _faults(sound_but_for(*changes)) == [("$.activities[0].amount", code)]


@pytest.mark.parametrize("kind", words.KINDS)
def test_each_kind_takes_its_units_and_refuses_the_others(kind: str) -> None:
    """A kind's units are read, the first is its default; for any other the fault names the valid ones."""
    for unit, worth in words.UNITS.items():
        changes = sound_but_for(("activities.0.kind", kind), ("activities.0.unit", unit), ("activities.0.amount", 1))
        if unit in words.KINDS[kind]:
            assert cmprules.parse_record(changes).activities[0].points == worth
        else:
            assert _faults(changes) == [("$.activities[0].unit", "WRONG_UNIT")]
            with pytest.raises(cmprules.InputError, match=" or ".join(words.KINDS[kind])):
                cmprules.parse_record(changes)
    default = cmprules.parse_record(sound_but_for(("activities.0.kind", kind), ("activities.0.unit", MISSING)))
    assert default.activities[0].unit == words.KINDS[kind][0]


def test_the_units_of_each_kind_are_those_of_the_format() -> None:
    """The closed lists of kinds and units were typed a second time."""
    hours = ("point", "contact_hour", "cmle", "ceu")
    one_by_one = ("competence_assessment", "journal_article", "book_chapter", "presentation", "poster", "teaching",
                  "committee_service", "item_writing", "research", "proficiency_testing", "inspection", "covid_work")
    asked = {
        **dict.fromkeys(("formal_ce", "in_service", "teleconference", "self_study", "journal_test"), hours),
        "college_course": ("point", "quarter_hour", "semester_hour"), "exam_pass": ("exam",),
        **dict.fromkeys(one_by_one, ("point",)),
    }
    assert asked == words.KINDS
    assert words.UNITS == {"point": 1, "contact_hour": 1, "cmle": 1, "ceu": 10, "quarter_hour": 10,
                           "semester_hour": 15, "exam": 25}


NEAREST = [
    ("activities.0.source", "uplaod", "upload"), ("activities.0.complted_on", "2025-01-01", "completed_on"),
    ("holder.fee_regoin", "standard", "fee_region"), ("credentials.0.body", "ascp", "ASCP"),
    ("placements.0.activity", "A1", "a1"), ("placements.0.credential", "mlss", "mls"),
]


@pytest.mark.parametrize(("where", "value", "word"), NEAREST)
def test_a_misspelt_word_names_the_nearest_known_one(where: str, value: str, word: str) -> None:
    """The hint for a misspelling is the intended word."""
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.parse_record(sound_but_for((where, value)))
    assert [fault.hint for fault in caught.value.faults] == [f"did you mean '{word}'?"]


def test_keys_that_are_no_text_are_faults_too() -> None:
    """A key in a Python mapping may be anything; any key that is not a known word is unknown."""
    assert _faults({**RECORD, 7: 1, None: 2}) == [("$.7", "UNKNOWN_KEY"), ("$.None", "UNKNOWN_KEY")]
    assert _faults({**RECORD, "a\nb": 1}) == [("$.'a\\nb'", "UNKNOWN_KEY")]
    [(path, code)] = _faults({**RECORD, "x" * 10_000: 1})
    assert (len(path) <= 70, code) == (True, "UNKNOWN_KEY")


@pytest.mark.parametrize("mapping", [None, 7, "record", [], [RECORD], (), {1, 2}, b"{}", Hostile()],
                         ids=lambda mapping: type(mapping).__name__)
def test_what_is_no_mapping_is_no_record(mapping: object) -> None:
    """A record must be a mapping."""
    assert _faults(mapping) == [("$", "WRONG_TYPE")]


def test_an_empty_mapping_lacks_everything() -> None:
    """All four required keys are named at once."""
    assert _faults({}) == [(f"$.{key}", "MISSING_KEY") for key in ("schema", "holder", "credentials", "activities")]


# ---------------------------------------------------------------------------------------------------------
# Faults between the parts of a record.


def test_ids_that_are_given_twice() -> None:
    """Each repeated id of a credential or an activity is a fault."""
    credential, activity = RECORD["credentials"][0], RECORD["activities"][0]
    assert _faults(sound_but_for(("credentials", [credential] * 3), ("activities", [activity] * 2))) == [
        ("$.credentials[1].id", "REPEATED_ID"), ("$.credentials[2].id", "REPEATED_ID"),
        ("$.activities[1].id", "REPEATED_ID")]
    other = {**activity, "id": "A1"}
    assert len(cmprules.parse_record(sound_but_for(("activities", [activity, other]))).activities) == 2


def test_a_placement_of_what_is_not_there() -> None:
    """A placement must name credentials and activities of the record; a code is not an id."""
    dangling = [{"credential": "MLS", "activity": "a9", "area": "pool", "points": 1}]
    assert _faults(sound_but_for(("placements", dangling))) == [
        ("$.placements[0].credential", "NO_SUCH_CREDENTIAL"), ("$.placements[0].activity", "NO_SUCH_ACTIVITY")]
    assert _faults(sound_but_for(("activities", []))) == [("$.placements[0].activity", "NO_SUCH_ACTIVITY")]


def test_the_same_faults_in_a_record_that_is_made_in_python() -> None:
    """The constructor of a record checks across its parts, too."""
    record = cmprules.parse_record(RECORD)
    with pytest.raises(cmprules.InputError) as caught:
        attrs.evolve(record, activities=record.activities * 2)
    assert _paths_and_codes(caught.value) == [("$.activities[1].id", "REPEATED_ID")]
    with pytest.raises(cmprules.InputError) as caught:
        attrs.evolve(record, activities=())
    assert _paths_and_codes(caught.value) == [("$.placements[0].activity", "NO_SUCH_ACTIVITY")]


def test_ids_are_compared_even_where_something_else_is_wrong() -> None:
    """One fault does not hide others: an unreadable amount leaves the id known."""
    broken = {**RECORD["activities"][0], "amount": "many"}
    dangling = [*RECORD["placements"], {"credential": "mls", "activity": "a7", "area": "pool", "points": 1}]
    assert _faults(sound_but_for(("activities", [broken, broken]), ("placements", dangling))) == [
        ("$.activities[0].amount", "NOT_A_NUMBER"), ("$.activities[1].amount", "NOT_A_NUMBER"),
        ("$.activities[1].id", "REPEATED_ID"), ("$.placements[1].activity", "NO_SUCH_ACTIVITY")]


# ---------------------------------------------------------------------------------------------------------
# Areas of an activity that contradict each other, and answers that name too much.

AREA_FAULTS = [
    ("areas that are listed and certified", {"certified": {"ethics": "1"}}, [("certified", "AREAS_AND_CERTIFIED")]),
    ("an area that is listed and proposed", {"proposed_areas": ["safety", "ethics"]},
     [("proposed_areas", "AREA_TWICE")]),
    ("more certified than entered", {"areas": [], "certified": {"safety": "1", "ethics": "0.51"}},
     [("certified", "CERTIFIED_TOO_MUCH")]),
    ("exactly as much certified as entered", {"areas": [], "certified": {"safety": "1", "ethics": "0.5"}}, []),
    ("another area proposed than is listed", {"proposed_areas": ["ethics"]}, []),
]


@pytest.mark.parametrize(("fields", "expected"), [case[1:] for case in AREA_FAULTS],
                         ids=[case[0] for case in AREA_FAULTS])
def test_areas_of_an_activity_that_contradict_each_other(
    fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """The course of 1.5 points lists safety; each contradiction is a fault of its own field."""
    changed = sound_but_for(("activities.0", {**RECORD["activities"][0], **fields}), ("placements", []))
    if expected:
        assert _faults(changed) == [(f"$.activities[0].{name}", code) for name, code in expected]
    else:
        assert str(cmprules.parse_record(changed).activities[0].points) == "1.5"


@pytest.mark.parametrize(("code", "faults"), [("LOOKS_ALIKE", []), ("UNDATED", [("$.others", "NOT_NEEDED")])])
def test_only_a_question_about_two_activities_names_others(code: str, faults: list[tuple[str, str]]) -> None:
    """A day is missing from one activity by itself; two activities look alike."""
    answer: dict[str, Any] = {"code": code, "subjects": ["a1"], "others": ["a2"], "answer": "yes"}
    if faults:
        with pytest.raises(cmprules.InputError) as caught:
            cmprules.Settled(**answer)
        assert _paths_and_codes(caught.value) == faults
    else:
        assert cmprules.Settled(**answer).others == ("a2",)


# ---------------------------------------------------------------------------------------------------------
# Credentials whose days contradict each other.

CREDENTIAL_FAULTS = [
    ("expires before it was certified", {"certified_on": "2026-06-01", "expires_on": "2026-05-31"},
     [("expires_on", "EXPIRES_BEFORE_CERTIFIED")]),
    ("an extension of nothing", {"certified_on": "1999-01-01", "extended_until": "2026-05-31"},
     [("extended_until", "EXTENDED_WITHOUT_EXPIRY")]),
    ("an extension before the expiry", {"expires_on": "2026-05-31", "extended_until": "2026-05-30"},
     [("extended_until", "EXTENDED_BEFORE_EXPIRY")]),
    ("a cycle that starts after the expiry", {"expires_on": "2026-05-31", "cycle_start": "2026-06-01"},
     [("cycle_start", "CYCLE_AFTER_EXPIRY")]),
    ("a cycle longer than three years", {"expires_on": "2026-05-31", "cycle_start": "2023-04-30"},
     [("cycle_start", "CYCLE_TOO_LONG")]),
    ("a cycle of four years", {"expires_on": "2026-05-15", "cycle_start": "2022-05-15"},
     [("cycle_start", "CYCLE_TOO_LONG")]),
    ("three contradictions at once",
     {"certified_on": "2026-06-01", "expires_on": "2026-05-31", "extended_until": "2026-05-30",
      "cycle_start": "2020-01-01"},
     [("expires_on", "EXPIRES_BEFORE_CERTIFIED"), ("extended_until", "EXTENDED_BEFORE_EXPIRY"),
      ("cycle_start", "CYCLE_TOO_LONG")]),
    ("no expiry and no day of certification", {}, [("expires_on", "MISSING_EXPIRY")]),
    ("no expiry, and a day of certification that is not known", {"previous_nca": True},
     [("expires_on", "MISSING_EXPIRY")]),
    ("voluntary, though certified when taking part was mandatory",
     {"certified_on": "2014-05-20", "expires_on": "2026-05-31", "voluntary": True}, [("voluntary", "NOT_VOLUNTARY")]),
    ("voluntary, though over from the former NCA", {"certified_on": "1999-05-20", "voluntary": True,
                                                    "previous_nca": True}, [("voluntary", "NOT_VOLUNTARY")]),
    ("no expiry, though over from the former NCA", {"certified_on": "1999-05-20", "previous_nca": True},
     [("expires_on", "MISSING_EXPIRY")]),
]


@pytest.mark.parametrize(("fields", "expected"), [case[1:] for case in CREDENTIAL_FAULTS],
                         ids=[case[0] for case in CREDENTIAL_FAULTS])
def test_days_of_a_credential_that_contradict_each_other(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """Each contradiction is reported at the day most likely wrong, for files and constructors alike."""
    credential = {"id": "mls", "code": "MLS", **fields}
    assert _faults(sound_but_for(("credentials", [credential]))) == [
        (f"$.credentials[0].{name}", code) for name, code in expected]
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.Credential(**credential)  # type: ignore[arg-type]
    assert _paths_and_codes(caught.value) == [(f"$.{name}", code) for name, code in expected]


UNREADABLE = [
    ({"certified_on": "May 2002"}, "certified_on", "NOT_A_DATE"),
    ({"certified_on": "May 2014", "expires_on": "2026-05-31", "voluntary": True}, "certified_on", "NOT_A_DATE"),
    ({"expires_on": "soon"}, "expires_on", "NOT_A_DATE"),
    ({"certified_on": "2014-05-20", "expires_on": "soon", "voluntary": True}, "expires_on", "NOT_A_DATE"),
    ({"certified_on": "1999-05-20", "expires_on": "soon", "extended_until": "2026-05-31"}, "expires_on", "NOT_A_DATE"),
    ({"certified_on": "1999-05-20", "voluntary": "yes"}, "voluntary", "WRONG_TYPE"),
    ({"certified_on": "2014-05-20", "voluntary": "yes"}, "voluntary", "WRONG_TYPE"),
    ({"certified_on": "1999-05-20", "previous_nca": "yes"}, "previous_nca", "WRONG_TYPE"),
    ({"certified_on": "1999-05-20", "voluntary": True, "previous_nca": "yes"}, "previous_nca", "WRONG_TYPE"),
    ({"code": "MLSS", "body": "ASCPi", "voluntary": True}, "code", "UNKNOWN_CODE"),
    ({"code": "CTGYN", "body": "ASCPii"}, "body", "UNKNOWN_WORD"),
]


@pytest.mark.parametrize(("fields", "name", "code"), UNREADABLE, ids=str)
def test_a_field_that_cannot_be_read_leads_to_no_second_fault(
    fields: dict[str, object], name: str, code: str
) -> None:
    """A misspelled day leads to no advice to add an expiry or to remove a word."""
    credential = {"id": "mls", "code": "MLS", **fields}
    assert _faults(sound_but_for(("credentials", [credential]))) == [(f"$.credentials[0].{name}", code)]


@pytest.mark.parametrize("fields", [
    {"certified_on": "2026-05-31", "expires_on": "2026-05-31"},
    {"expires_on": "2026-05-31", "extended_until": "2026-05-31"},
    {"expires_on": "2026-05-31", "cycle_start": "2026-05-31"},
    {"expires_on": "2026-05-31", "cycle_start": "2023-06-01"},
    {"expires_on": "2026-05-31", "cycle_start": "2023-05-01"},  # a first cycle begins within the month
    {"expires_on": "2026-05-15", "cycle_start": "2023-05-01"},
    {"certified_on": "1999-01-01"},
    {"certified_on": "1999-01-01", "voluntary": True},
    {"certified_on": "1999-01-01", "voluntary": True, "expires_on": "2026-05-31"},
    {"voluntary": True},
    {"certified_on": "1999-01-01", "previous_nca": True, "expires_on": "2026-05-31"},
], ids=str)
def test_days_of_a_credential_that_agree(fields: dict[str, object]) -> None:
    """Days that are only just valid are accepted."""
    record = cmprules.parse_record(sound_but_for(("credentials", [{"id": "mls", "code": "MLS", **fields}])))
    assert record.credentials[0].code == "MLS"


# Group, body, a code of the group, and the day from which taking part is mandatory (none: always).
PARTICIPATION = [
    ("technician", "ASCP", ("HT", "MLT", "PBT", "AT", "DPT"), date(2004, 1, 1)),
    ("technologist", "ASCP", ("MLS", "BB", "C", "CG", "CT", "H", "HTL", "I", "M", "MB"), date(2004, 1, 1)),
    ("assistant", "ASCP", ("MLA",), date(2004, 1, 1)),
    ("specialist", "ASCP", ("SBB", "SC", "SCT", "SH", "SLS", "SM", "SV", "SCYM", "SMB", "SI"), date(2006, 1, 1)),
    ("diplomate", "ASCP", ("DLM", "DMLI"), date(2006, 1, 1)),
    ("practitioner", "ASCP", ("HP",), date(2006, 1, 1)),
    ("pathologists' assistant", "ASCP", ("PA",), None),
    ("qualification", "ASCP", ("QIHC", "QLS", "QIA", "QBRS", "QLC", "QCYM", "QLI"), None),
    ("international", "ASCPi", ("MLT", "HT", "PBT", "MLS", "BB", "C", "CG", "CT", "CTGYN", "H", "HTL", "M", "MB", "SBB",
                                "SC", "SCT", "SH", "SM", "SCYM", "SMB"), date(2012, 1, 1)),
]


@pytest.mark.parametrize(("code", "body", "since"), [
    pytest.param(code, body, since, id=f"{code}({body})") for _, body, codes, since in PARTICIPATION for code in codes])
def test_taking_part_on_both_sides_of_the_day_from_which_it_is_mandatory(
    code: str, body: str, since: date | None
) -> None:
    """Certified the day before, participation is optional; certified on the day, an end is required, with no choice."""
    plain = {"id": "c", "code": code, "body": body}
    first = date(2000, 1, 1) if since is None else since
    alone = ("placements", MISSING)
    on_the_day = sound_but_for(("credentials", [{**plain, "certified_on": first, "voluntary": True}]), alone)
    assert _faults(on_the_day) == [("$.credentials[0].voluntary", "NOT_VOLUNTARY")]
    without_end = sound_but_for(("credentials", [{**plain, "certified_on": first}]), ("placements", MISSING))
    assert _faults(without_end) == [("$.credentials[0].expires_on", "MISSING_EXPIRY")]
    if since is not None:
        for voluntary in (True, False):
            before = {**plain, "certified_on": since - ONE_DAY, "voluntary": voluntary}
            record = cmprules.parse_record(sound_but_for(("credentials", [before]), ("placements", MISSING)))
            assert record.credentials[0].expires_on is None


def test_every_code_is_in_the_table_of_participation() -> None:
    """The cases above cover every code."""
    listed = {(code, body) for _, body, codes, _ in PARTICIPATION for code in codes}
    assert listed == {(code, body) for code, bodies in words.BODIES.items() for body in bodies}


@pytest.mark.parametrize(("code", "body"), [
    (code, body) for code, bodies in words.BODIES.items() for body in ("ASCP", "ASCPi") if body not in bodies])
def test_a_code_that_does_not_exist_under_a_body(code: str, body: str) -> None:
    """CTGYN is only international; qualifications and others are never international."""
    credential = {"id": "mls", "code": code, "body": body, "expires_on": "2026-05-31"}
    assert _faults(sound_but_for(("credentials", [credential]))) == [("$.credentials[0].body", "CODE_NOT_IN_BODY")]


def test_a_code_and_a_body_that_do_not_fit_do_not_hide_the_days() -> None:
    """The days are compared even if the body is wrong."""
    credential = {"id": "mls", "code": "CTGYN", "certified_on": "2027-01-01", "expires_on": "2026-05-31"}
    assert _faults(sound_but_for(("credentials", [credential]))) == [
        ("$.credentials[0].body", "CODE_NOT_IN_BODY"), ("$.credentials[0].expires_on", "EXPIRES_BEFORE_CERTIFIED")]


# ---------------------------------------------------------------------------------------------------------
# Many faults at once.


def test_twelve_faults_of_one_record_come_together() -> None:
    """Someone who corrects a record sees every fault at once."""
    record = sound_but_for(
        ("schema", "cmprules.record/2"),
        ("holder", {"id": "", "fee_region": "local", "nick": "N."}),
        ("credentials", [{"id": "mls", "code": "MLSS"}, {"id": "mls", "code": "BB", "expires_on": "2026-13-01"}]),
        ("activities", [{"id": "a1", "title": "T", "kind": "formal_ce", "amount": 0},
                        {"id": "a2", "title": "T", "kind": "formal_ce", "amount": "1.125"},
                        {"id": "a3", "kind": "formal_ce", "amount": 1, "areas": "safety"}]),
        ("placements", [{"credential": "mls", "activity": "a4", "area": "pool", "points": 1}]),
    )
    assert _faults(record) == [
        ("$.schema", "WRONG_SCHEMA"),
        ("$.holder.nick", "UNKNOWN_KEY"),
        ("$.holder.id", "EMPTY_TEXT"),
        ("$.holder.fee_region", "UNKNOWN_WORD"),
        ("$.credentials[0].code", "UNKNOWN_CODE"),
        ("$.credentials[1].expires_on", "NO_SUCH_DATE"),
        ("$.activities[0].amount", "NOT_POSITIVE"),
        ("$.activities[1].amount", "TOO_FINE"),
        ("$.activities[2].title", "MISSING_KEY"),
        ("$.activities[2].areas", "NOT_A_LIST"),
        ("$.credentials[1].id", "REPEATED_ID"),
        ("$.placements[0].activity", "NO_SUCH_ACTIVITY"),
    ]


def test_the_example_full_of_mistakes_has_those_that_its_page_lists() -> None:
    """The page of the examples lists exactly the faults that the library finds."""
    page = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    section = page.split("## The mistakes in `full-of-mistakes.json`")[1]
    listed = re.findall(r"^\| `(\$\.[^`]+)` \|", section, flags=re.MULTILINE)
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.read_record(ROOT / "examples" / "full-of-mistakes.json")
    found = [path for path, _ in _paths_and_codes(caught.value)]
    assert len(listed) == len(set(listed)) == 31
    assert sorted(found) == sorted(listed)


# ---------------------------------------------------------------------------------------------------------
# Files.


def _read(folder: Path, raw: bytes, name: str = "record.json") -> list[tuple[str, str]]:
    path = folder / name
    path.write_bytes(raw)
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.read_record(path)
    return _paths_and_codes(caught.value)


def _json(record: Any = None) -> str:
    return json.dumps(RECORD if record is None else record)


TOML = """
schema = "cmprules.record/1"
activities = [{ id = "a1", title = "T", kind = "formal_ce", amount = AMOUNT, completed_on = DAY }]
[holder]
id = "h-1"
[[credentials]]
id = "mls"
code = "MLS"
expires_on = 2026-05-31
"""


def _toml(amount: str = "1.5", day: str = "2025-02-11") -> bytes:
    return TOML.replace("AMOUNT", amount).replace("DAY", day).encode()


FILES: list[tuple[str, str, bytes, str]] = [
    ("an empty JSON file", "r.json", b"", "EMPTY_FILE"),
    ("an empty TOML file", "r.toml", b"", "EMPTY_FILE"),
    ("an empty file without an ending", "r", b"", "EMPTY_FILE"),
    ("a blank file", "r.json", b" \n\t\r\n ", "EMPTY_FILE"),
    ("a file of nothing but a byte order mark", "r.json", b"\xef\xbb\xbf", "EMPTY_FILE"),
    ("text that is not JSON", "r.json", b"id = 1", "NOT_JSON"),
    ("JSON that is cut off", "r.json", _json().encode()[:-1], "NOT_JSON"),
    ("JSON with more behind it", "r.json", _json().encode() + b"{}", "NOT_JSON"),
    ("JSON with a comma too many", "r.json", b'{"a": 1,}', "NOT_JSON"),
    ("JSON in a file called TOML", "r.toml", _json().encode(), "NOT_TOML"),
    ("text that is not TOML", "r.toml", b"[[[", "NOT_TOML"),
    ("a key twice in TOML", "r.toml", _toml() + b'code = "BB"\n', "NOT_TOML"),
    ("a day in TOML that the calendar has not", "r.toml", _toml(day="2025-02-30"), "NOT_TOML"),
    ("a month in TOML that the calendar has not", "r.toml", _toml(day="2025-13-01"), "NOT_TOML"),
    ("a number of ten thousand digits in TOML", "r.toml", _toml(amount="9" * 10_000), "NOT_TOML"),
    ("bytes that are not UTF-8", "r.json", b'{"schema": "\xff"}', "NOT_UTF8"),
    ("UTF-16", "r.json", _json().encode("utf-16"), "NOT_UTF8"),
    ("Latin-1", "r.toml", 'title = "Zürich"'.encode("latin-1"), "NOT_UTF8"),
    ("an encoded half of a pair", "r.json", b'{"schema": "\xed\xa0\x80"}', "NOT_UTF8"),
    ("lists nested 200,000 deep in JSON", "r.json", b"[" * 200_000, "TOO_DEEP"),
    ("mappings nested 200,000 deep in JSON", "r.json", b'{"a":' * 200_000, "TOO_DEEP"),
    ("lists nested 200,000 deep in a sound JSON", "r.json", b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
     "TOO_DEEP"),
    ("lists nested 200,000 deep in TOML", "r.toml", b"a = " + b"[" * 200_000, "TOO_DEEP"),
    ("mappings nested 200,000 deep in TOML", "r.toml", b"a = " + b"{a = " * 200_000, "TOO_DEEP"),
    ("a list at the top", "r.json", b"[]", "WRONG_TYPE"),
    ("a list of a record at the top", "r.json", f"[{_json()}]".encode(), "WRONG_TYPE"),
    ("a number at the top", "r.json", b"7", "WRONG_TYPE"),
    ("nothing at the top", "r.json", b"null", "WRONG_TYPE"),
    ("a text at the top", "r.json", b'"record"', "WRONG_TYPE"),
]


@pytest.mark.parametrize(("name", "raw", "code"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_a_file_that_is_no_record(tmp_path: Path, name: str, raw: bytes, code: str) -> None:
    """An unreadable file has one fault, at its root, that says what is wrong."""
    assert _read(tmp_path, raw, name) == [("$", code)]


@pytest.mark.parametrize(("raw", "found"), [
    (b'{\n"a": "caf\xe9"}', "the byte 0xE9 in line 2"),
    (codecs.BOM_UTF16_BE + "{}".encode("utf-16-be"), "UTF-16"), (codecs.BOM_UTF16_LE + b"{}", "UTF-16")])
def test_an_encoding_that_is_not_read_is_named(tmp_path: Path, raw: bytes, found: str) -> None:
    """The fault says what was found, and where."""
    path = tmp_path / "r.json"
    path.write_bytes(raw)
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.read_record(path)
    assert (caught.value.faults[0].value, caught.value.faults[0].hint) == (found, "save the file as UTF-8")


@pytest.mark.parametrize(("plain", "kind", "hint"), [
    ({"statements": [], "more": ""}, "xAPI statements", "`cmprules intake` makes a record of it"),
    ({"actor": {}, "verb": {}}, "xAPI statements", "`cmprules intake` makes a record of it"),
    ({"@context": "", "type": "Assertion", "badge": {}}, "a badge", "`cmprules intake` makes a record of it"),
    ({"ACCMETranscripts": []}, "a learner transcript as CME accreditors exchange it (ACCME)",
     "this kind is not read: ask the provider for a transcript as CSV or Excel"),
    ({"@id": "", "ceterms:name": ""}, "a description of a credential from a registry (CTDL)",
     "this kind is not read: it says what a credential is, not what a person has done"),
    ({"type": "ClrCredential", "credentialSubject": {}}, "a comprehensive learner record (CLR)",
     "this kind is not read: give the badges in it one by one"),
    ({"name": "x"}, "a file of another kind", "check which file was meant; `cmprules new` begins a record"),
])
def test_a_file_of_another_kind_is_named(tmp_path: Path, plain: dict[str, object], kind: str, hint: str) -> None:
    """One fault that names the kind, and none for each of its keys; the data themselves are refused key by key."""
    path = tmp_path / "r.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.read_record(path)
    assert [(fault.path, fault.code, fault.value, fault.hint) for fault in caught.value.faults] == [
        ("$", "WRONG_SCHEMA", kind, hint)]
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.parse_record(plain)
    assert {"MISSING_KEY", "UNKNOWN_KEY"} == {fault.code for fault in caught.value.faults}


def test_a_list_of_another_kind_is_named(tmp_path: Path) -> None:
    """Exports are lists of statements; a list of records has its own fault."""
    path = tmp_path / "r.json"
    path.write_text(json.dumps([{"actor": {}, "verb": {}}]), encoding="utf-8")
    with pytest.raises(cmprules.InputError, match="WRONG_SCHEMA: got 'xAPI statements'"):
        cmprules.read_record(path)
    for raw in (b"[]", b"[1]", b'[{"schema": "cmprules.record/1"}]'):
        assert _read(tmp_path, raw, "r.json") == [("$", "WRONG_TYPE")]


@pytest.mark.parametrize("ending", [".csv", ".ods", ".zip", ".docx", ".txt"])
def test_a_file_that_people_have_is_for_intake(tmp_path: Path, ending: str) -> None:
    """The hint says how a transcript becomes a record."""
    path = tmp_path / f"transcript{ending}"
    path.write_bytes(b"PK\x03\x04\x81")
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.read_record(path)
    assert "`cmprules intake`" in str(caught.value.faults[0].hint)


def test_another_document_of_ours_is_named(tmp_path: Path) -> None:
    """A decision is no record, however much of one it has; another version of a record keeps its other faults."""
    assert _read(tmp_path, b'{"schema": "cmprules.decision/1", "holder": {"id": "h"}, "stamp": {}}', "r.json") == [
        ("$.schema", "WRONG_SCHEMA")]
    assert {("$.schema", "WRONG_SCHEMA"), ("$.credentials", "MISSING_KEY")} <= {
        *_read(tmp_path, b'{"schema": "cmprules.record/9", "holder": {"id": "h"}}', "r.json")}


def test_a_file_with_one_key_of_a_record_is_a_record(tmp_path: Path) -> None:
    """Its other faults are listed one by one."""
    assert ("$.credentials", "MISSING_KEY") in _read(tmp_path, b'{"holder": {"id": "h"}, "statements": []}', "r.json")


JSON_VALUES = [
    ("not a number", '"amount": "1.5"', '"amount": NaN', "$.activities[0].amount", "NOT_FINITE"),
    ("infinity", '"amount": "1.5"', '"amount": Infinity', "$.activities[0].amount", "NOT_FINITE"),
    ("minus infinity", '"amount": "1.5"', '"amount": -Infinity', "$.activities[0].amount", "NOT_FINITE"),
    ("a number beyond every float", '"amount": "1.5"', '"amount": 1e400', "$.activities[0].amount", "TOO_MUCH"),
    ("a number beyond every decimal", '"amount": "1.5"', '"amount": 1e999999999999999999999',
     "$.activities[0].amount", "NOT_FINITE"),
    ("a number near nothing", '"amount": "1.5"', '"amount": 1e-400', "$.activities[0].amount", "TOO_FINE"),
    ("forty digits", '"amount": "1.5"', f'"amount": {_FOUR_TIMES_TEN}', "$.activities[0].amount", "TOO_FINE"),
    ("ten thousand digits", '"amount": "1.5"', f'"amount": {"9" * 10_000}', "$.activities[0].amount", "TOO_MUCH"),
    ("ten thousand digits below zero", '"amount": "1.5"', f'"amount": -{"9" * 10_000}', "$.activities[0].amount",
     "NOT_POSITIVE"),
    ("half a pair of characters", "formalin", "\\ud83d", "$.activities[0].title", "NOT_TEXT"),
    ("a key twice", '"id": "h-1"', '"id": "h-1", "id": "h-2"', "$.holder.id", "REPEATED_KEY"),
    ("a key twice with the same value", '"id": "a1"', '"id": "a1", "id": "a1"', "$.activities[0].id", "REPEATED_KEY"),
    ("the schema twice", '"schema":', '"schema": "cmprules.record/1", "schema":', "$.schema", "REPEATED_KEY"),
    ("a key twice at the top", '"holder":', '"activities": [], "holder":', "$.activities", "REPEATED_KEY"),
]


@pytest.mark.parametrize(("old", "new", "path", "code"), [case[1:] for case in JSON_VALUES],
                         ids=[case[0] for case in JSON_VALUES])
def test_what_only_json_can_say(tmp_path: Path, old: str, new: str, path: str, code: str) -> None:
    """Cases: numbers that Python would round, constants outside JSON, keys that a dict would drop."""
    text = _json()
    assert old in text
    assert _read(tmp_path, text.replace(old, new, 1).encode()) == [(path, code)]


TOML_VALUES = [
    ("not a number", {"amount": "nan"}, "amount", "NOT_FINITE"),
    ("infinity", {"amount": "-inf"}, "amount", "NOT_FINITE"),
    ("a number beyond every float", {"amount": "1e400"}, "amount", "TOO_MUCH"),
    ("a number beyond every decimal", {"amount": "1e999999999999999999999"}, "amount", "NOT_FINITE"),
    ("a number near nothing", {"amount": "1e-400"}, "amount", "TOO_FINE"),
    ("yes", {"amount": "true"}, "amount", "WRONG_TYPE"),
    ("a datetime", {"day": "2025-02-11T09:30:00"}, "completed_on", "DATETIME"),
    ("a datetime with a zone", {"day": "2025-02-11T00:00:00Z"}, "completed_on", "DATETIME"),
    ("a time of day", {"day": "09:30:00"}, "completed_on", "WRONG_TYPE"),
]


@pytest.mark.parametrize(("changes", "name", "code"), [case[1:] for case in TOML_VALUES],
                         ids=[case[0] for case in TOML_VALUES])
def test_what_only_toml_can_say(tmp_path: Path, changes: dict[str, str], name: str, code: str) -> None:
    """Cases: days with times, and invalid numbers."""
    assert _read(tmp_path, _toml(**changes), "r.toml") == [(f"$.activities[0].{name}", code)]


def test_sound_files_are_read(tmp_path: Path) -> None:
    """JSON and TOML, with or without byte order mark and ending, in uppercase or lowercase."""
    as_json, as_toml = _json().encode(), _toml()
    mark = b"\xef\xbb\xbf"
    for name, raw in [("r.json", as_json), ("r.json", mark + as_json), ("r", b"\n " + as_json), ("R.JSON", as_json),
                      ("r.txt", as_json), ("r.toml", as_toml), ("r.toml", mark + as_toml), ("r", as_toml),
                      ("r.TOML", as_toml)]:
        path = tmp_path / name
        path.write_bytes(raw)
        assert cmprules.read_record(path).credentials[0].code == "MLS"
        assert cmprules.read_record(str(path)).activities[0].points == Decimal("1.5")


def test_numbers_of_a_file_are_exact(tmp_path: Path) -> None:
    """1.15 in a file is 1.15, not the nearest float."""
    path = tmp_path / "r.json"
    path.write_text(_json().replace('"amount": "1.5"', '"amount": 1.15'), encoding="utf-8")
    assert cmprules.read_record(path).activities[0].points == Decimal("1.15")


def test_a_file_of_five_megabytes_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    """The limit is exactly five million bytes."""
    text = _json()
    path = tmp_path / "r.json"
    path.write_bytes(text.encode() + b" " * (5_000_000 - len(text)))
    assert path.stat().st_size == 5_000_000
    assert cmprules.read_record(path) == cmprules.parse_record(RECORD)
    assert _read(tmp_path, text.encode() + b" " * (5_000_001 - len(text)), "r.json") == [("$", "FILE_TOO_LARGE")]
    with pytest.raises(cmprules.InputError) as caught:
        parse_text(b" " * 5_000_001)
    assert _paths_and_codes(caught.value) == [("$", "FILE_TOO_LARGE")]


@pytest.mark.parametrize("name", ["nowhere.json", "folder", "folder/nowhere/at/all.json", "nul\0byte.json", "\0", "",
                                  "x" * 5_000])
def test_what_is_no_file(tmp_path: Path, name: str) -> None:
    """A missing file, a folder and an invalid path are faults that name the path."""
    (tmp_path / "folder").mkdir()
    path = f"{tmp_path}/{name}"
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.read_record(path)
    assert _paths_and_codes(caught.value) == [("$", "CANNOT_READ")]


def test_messages_can_be_written_down_whatever_was_in_the_file() -> None:
    """Half of a surrogate pair in an id or key still gives a printable message."""
    raw = _json().replace('"mls"', '"ml\\ud800"', 1).replace('"holder":', '"\\ud800": 1, "holder":')
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.parse_record(parse_text(raw.encode()))
    assert ("$.credentials[0].id", "NOT_TEXT") in [(fault.path, fault.code) for fault in caught.value.faults]
    str(caught.value).encode()


def test_a_repeated_key_can_be_written_down_whatever_it_is() -> None:
    """The same holds for a repeated key."""
    for key in ("\\ud800", "a\\nb", "x" * 10_000):
        raw = _json().replace('"holder":', f'"{key}": 1, "{key}": 2, "holder":')
        with pytest.raises(cmprules.InputError) as caught:
            cmprules.parse_record(parse_text(raw.encode()))
        assert {code for _, code in _paths_and_codes(caught.value)} == {"REPEATED_KEY", "UNKNOWN_KEY"}


# ---------------------------------------------------------------------------------------------------------
# Values.


def _values() -> list[Any]:
    record = cmprules.parse_record(RECORD)
    return [record, record.holder, *record.credentials, *record.activities, *record.placements,
            cmprules.Period(start="2023-06-01", end="2026-05-31"), cmprules.Credential(id="a", code="MT",
                                                                                     expires_on="2026-05-31")]


@pytest.mark.parametrize("value", _values(), ids=lambda value: type(value).__name__)
def test_values_are_values(value: Any) -> None:
    """They compare by value, can be hashed, pickled and evolved, are frozen and have no dict."""
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    assert hash(again) == hash(value)
    assert attrs.evolve(value) == value
    assert not hasattr(value, "__dict__")
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)
    with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError, TypeError)):
        value.something = 1


@pytest.mark.parametrize("cls", [cmprules.Record, cmprules.Holder, cmprules.Credential, cmprules.Activity,
                                 cmprules.Placement, cmprules.Period])
def test_values_are_made_by_keyword_alone(cls: type[Any]) -> None:
    """The order of arguments does not matter."""
    with pytest.raises(TypeError, match="positional"):
        cls("a")


def test_different_values_are_different() -> None:
    """A change to any field makes an unequal value."""
    record = cmprules.parse_record(RECORD)
    activity = record.activities[0]
    changes: tuple[dict[str, Any], ...] = (
        {"amount": 2}, {"title": "Other"}, {"areas": []}, {"unit": "point"}, {"source": None},
        {"completed_on": None}, {"kind": "in_service"}, {"documents": ()}, {"provider": None},
    )
    for change in changes:
        assert attrs.evolve(activity, **change) != activity
    assert attrs.evolve(activity, amount="1.50") == activity
    assert activity not in {record, *record.credentials, *record.placements}


@pytest.mark.parametrize("make", [list, tuple, set, frozenset])
def test_collections_of_any_sort_are_taken(make: Any) -> None:
    """Lists, tuples and sets are equivalent where the order does not matter."""
    activity = cmprules.Activity(id="a", title="T", kind="formal_ce", amount=1, areas=make(["ethics", "safety"]))
    assert activity.areas == ("safety", "ethics")
    assert activity == cmprules.Activity(id="a", title="T", kind="formal_ce", amount=1, areas=["safety", "ethics"])


@pytest.mark.parametrize("make", [set, frozenset])
def test_a_set_is_refused_where_the_order_is_kept(make: Any) -> None:
    """The order of a set changes from run to run, and an answer must not."""
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.Activity(id="a", title="T", kind="formal_ce", amount=1, documents=make(["letter", "certificate"]))
    assert _paths_and_codes(caught.value) == [("$.documents", "NOT_A_LIST")]


def test_functions_take_values_and_say_what_is_none() -> None:
    """The fault names a mapping, number or None given instead of a value."""
    book = cmprules.load_book(edition="2026.1")
    record = cmprules.parse_record(RECORD)
    policy = book.policy_for("MLS", expires_on=date(2026, 5, 31))
    cycle = cmprules.Period(start="2023-06-01", end="2026-05-31")
    asked: list[tuple[Any, str]] = [
        (lambda: cmprules.quote_fees([RECORD["credentials"][0]], book, on=date(2026, 3, 10)), "$.credentials"),
        (lambda: cmprules.quote_fees(7, book, on=date(2026, 3, 10)), "$.credentials"),  # type: ignore[arg-type]
        (lambda: cmprules.allocate([RECORD["activities"][0]], policy, cycle=cycle), "$.activities"),
        (lambda: cmprules.allocate(None, policy, cycle=cycle), "$.activities"),  # type: ignore[arg-type]
    ]
    for call, path in asked:
        with pytest.raises(cmprules.InputError) as caught:
            call()
        assert [(found, code) for found, code in _paths_and_codes(caught.value) if found.startswith(path)] == [
            (path, "WRONG_TYPE")]
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.quote_fees(record.credentials * 2, book, on="2026-02-30", fee_region="local")
    assert {code for _, code in _paths_and_codes(caught.value)} == {"NO_SUCH_DATE", "UNKNOWN_WORD", "REPEATED_ID"}


def test_a_record_is_made_of_values_or_of_mappings() -> None:
    """The constructor accepts its parts in both forms."""
    parsed = cmprules.parse_record(RECORD)
    made = cmprules.Record(holder=parsed.holder, credentials=list(parsed.credentials),
                           activities=RECORD["activities"], placements=tuple(parsed.placements))
    assert made == parsed
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.Record(holder={"id": "h"}, credentials=[{"id": "a", "code": "XX"}], activities="none")  # type: ignore[arg-type]
    assert _paths_and_codes(caught.value) == [("$.credentials[0].code", "UNKNOWN_CODE"), ("$.activities", "NOT_A_LIST")]


def test_a_former_code_is_read_as_todays() -> None:
    """The answer keeps the written code, and a change of code drops it."""
    for given, code in {"MT": "MLS", "MP": "MB", "CLM": "MLS", "CLS": "MLS"}.items():
        body = "ASCPi" if given == "CLM" else "ASCP"
        credential = cmprules.Credential(id="a", code=given, body=body, expires_on="2026-05-31")
        assert (credential.code, credential.given_code) == (code, given)
        assert cmprules.to_mapping(credential)["code"] == given
        assert attrs.evolve(credential, id="b").given_code == given
        assert attrs.evolve(credential, code="PBT").given_code is None
        again = attrs.evolve(credential, code=given)
        assert again == credential


def test_a_period_has_both_its_days() -> None:
    """A one-day period is valid, and one that ends before it starts is not."""
    period = cmprules.Period(start="2026-05-31", end=date(2026, 5, 31))
    assert period.days == 1
    assert date(2026, 5, 31) in period
    assert date(2026, 6, 1) not in period
    assert "2026-05-31" not in period
    for fields, expected in [({"start": "2026-06-01", "end": "2026-05-31"}, [("$.end", "END_BEFORE_START")]),
                             ({"start": "2026-06-31", "end": 5}, [("$.start", "NO_SUCH_DATE"),
                                                                  ("$.end", "WRONG_TYPE")])]:
        with pytest.raises(cmprules.InputError) as caught:
            cmprules.Period(**fields)  # type: ignore[arg-type]
        assert _paths_and_codes(caught.value) == expected


def test_a_long_value_is_cut_short_in_the_message() -> None:
    """A title of a megabyte, or an endless list, does not fill the screen."""
    for where, value in [("activities.0.kind", "x" * 1_000_000), ("activities.0.title", ["x" * 1_000] * 1_000),
                         ("activities.0.amount", {"a": {"b": {"c": {"d": 1}}}}), ("holder", ["h"] * 100_000)]:
        with pytest.raises(cmprules.InputError) as caught:
            cmprules.parse_record(sound_but_for((where, value)))
        assert len(str(caught.value)) < 600


def test_a_period_does_not_take_a_time_for_a_day() -> None:
    """A datetime would compare like its day; it is refused with the remedy."""
    period = cmprules.Period(start="2023-06-01", end="2026-05-31")
    with pytest.raises(TypeError, match=re.escape(".date()")):
        assert datetime(2024, 1, 1) in period  # noqa: DTZ001
    assert (period.until(date(2023, 6, 1)), period.until(date(2023, 5, 31))) == (
        cmprules.Period(start="2023-06-01", end="2023-06-01"), None)


@pytest.mark.parametrize("text", ["a" + ".a" * 100_000 + " = 1\n", "[a" + " . 'a'" * 1_000 + "]\n"],
                         ids=["a key", "a table"])
def test_a_dotted_key_without_end_is_too_deep(tmp_path: Path, text: str) -> None:
    """A key with very many parts is nested too deeply, and is rejected as quickly as a short one."""
    assert _read(tmp_path, text.encode(), "r.toml") == [("$", "TOO_DEEP")]


def test_a_title_full_of_dots_is_no_dotted_key(tmp_path: Path) -> None:
    """Dot leaders of a table of contents, or an outline number, stay text."""
    path = tmp_path / "r.toml"
    title = "Contents " + "." * 200 + " 7; e.g., i.e., U.S.A., 1.2.3"
    path.write_bytes(_toml().replace(b'title = "T"', f'title = "{title}"'.encode()))
    assert cmprules.read_record(path).activities[0].title == title


# ---------------------------------------------------------------------------------------------------------
# Decisions that are read back.


def _decision() -> dict[str, Any]:
    book = cmprules.load_book(edition="2026.1")
    return cmprules.to_mapping(cmprules.decide(cmprules.parse_record(RECORD), book, on=date(2026, 3, 10)))


DECISION_FAULTS: list[tuple[str, str, Any, str, str]] = [
    ("another schema", "schema", "cmprules.record/1", "$.schema", "WRONG_SCHEMA"),
    ("no schema", "schema", MISSING, "$.schema", "MISSING_KEY"),
    ("a datetime", "on", "2026-03-10T00:00:00", "$.on", "DATETIME"),
    ("a number of rules that is text", "stamp.rules", "1", "$.stamp.rules", "WRONG_TYPE"),
    ("a number of rules that is a flag", "stamp.rules", True, "$.stamp.rules", "WRONG_TYPE"),
    ("an unknown trust", "stamp.trust", "certain", "$.stamp.trust", "UNKNOWN_WORD"),
    ("an unknown outcome", "credentials.0.outcome", "YES", "$.credentials[0].outcome", "UNKNOWN_WORD"),
    ("an outcome that is a number", "credentials.0.outcome", 1, "$.credentials[0].outcome", "UNKNOWN_WORD"),
    ("an unknown standing", "credentials.0.standing", "lapsed", "$.credentials[0].standing", "UNKNOWN_WORD"),
    ("points below zero", "credentials.0.total.placed", "-1", "$.credentials[0].total.placed", "NEGATIVE"),
    ("points that are a word", "credentials.0.areas.0.required", "one", "$.credentials[0].areas[0].required",
     "NOT_A_NUMBER"),
    ("an unknown key", "credentials.0.result", "MET", "$.credentials[0].result", "UNKNOWN_KEY"),
    ("sources in a list", "sources", [], "$.sources", "WRONG_TYPE"),
    ("a source whose id is a number", "sources", {7: {"title": "T", "issuer": "I"}}, "$.sources", "WRONG_TYPE"),
    ("a source that is text", "sources", {"x": "y"}, "$.sources.x", "WRONG_TYPE"),
    ("no fees", "fees", MISSING, "$.fees", "MISSING_KEY"),
    ("findings in a text", "credentials.0.findings", "none", "$.credentials[0].findings", "NOT_A_LIST"),
]


@pytest.mark.parametrize(("where", "value", "path", "code"), [case[1:] for case in DECISION_FAULTS],
                         ids=[case[0] for case in DECISION_FAULTS])
def test_a_decision_that_was_changed_by_hand(where: str, value: object, path: str, code: str) -> None:
    """A decision that is read back is checked like any other input."""
    mapping = _decision()
    holder: Any = mapping
    *steps, last = where.split(".")
    for step in steps:
        holder = holder[int(step)] if step.isdigit() else holder[step]
    if value is MISSING:
        del holder[last]
    else:
        holder[last] = value
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.parse_decision(mapping)
    assert _paths_and_codes(caught.value) == [(path, code)]


def test_a_decision_goes_through_json_and_back() -> None:
    """The plain data of a decision is complete."""
    mapping = _decision()
    decision = cmprules.parse_decision(json.loads(json.dumps(mapping)))
    assert cmprules.to_mapping(decision) == mapping
    again = pickle.loads(pickle.dumps(decision))
    assert (again, hash(again), repr(again)) == (decision, hash(decision), repr(decision))
    nothings: tuple[Any, ...] = (None, [], 7)
    for nothing in nothings:
        with pytest.raises(cmprules.InputError):
            cmprules.parse_decision(nothing)


def test_an_id_that_cannot_be_read_is_no_missing_one() -> None:
    """A placement for a credential with faults gets no second fault."""
    assert _faults(sound_but_for(("credentials.0", None))) == [("$.credentials[0]", "WRONG_TYPE")]
    assert _faults(sound_but_for(("placements.0.credential", 3), ("activities.0.title", MISSING))) == [
        ("$.activities[0].title", "MISSING_KEY"), ("$.placements[0].credential", "WRONG_TYPE")]
