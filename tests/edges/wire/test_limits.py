"""The limits of the library: both sides of each, checked before any work is done, with the work counted in calls."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules._cli import main
from cmprules._facts.reading import parse_text
from cmprules._kit import points
from cmprules._words import limits
from cmprules._words.codes import every as codes
from cmprules.planning import parse_catalogue
from cmprules.renewal import stacked, synchronize
from tests.strategies import edition
from tests.work import calls

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ON = date(2026, 3, 10)
Plain = dict[str, Any]


def record(**more: Any) -> Plain:
    """Make the plain data of a record with one credential."""
    return {"schema": "cmprules.record/1", "holder": {"id": "h"}, "activities": [],
            "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}], **more}


def activity(number: int = 0, **more: Any) -> Plain:
    """Make the plain data of an activity."""
    return {"id": f"a{number}", "title": f"Course {number}", "kind": "formal_ce", "amount": "1",
            "completed_on": f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}", **more}


def faults(plain: Any, read: Callable[[Any], Any] = cmprules.parse_record) -> list[tuple[str, str]]:
    """List path and code of every fault."""
    try:
        read(plain)
    except cmprules.InputError as error:
        return [(fault.path, fault.code) for fault in error.faults]
    return []


# ---------------------------------------------------------------------------------------------------------
# Numbers.


@pytest.mark.parametrize(("written", "code"), [
    ("1e999999999", "TOO_MUCH"), ("-1e999999999", "NOT_POSITIVE"), ("0e999999999", "NOT_POSITIVE"),
    ("1e100", "TOO_MUCH"),
    ("1" * 101, "TOO_MUCH"), ("1" * 5_000, "TOO_MUCH"), ("1e-999999999", "TOO_FINE"), ("1e-100", "TOO_FINE"),
    ("0." + "0" * 100 + "1", "TOO_FINE"), ('"1e999999"', "TOO_MUCH"), ('"1e-999999"', "TOO_FINE"),
    ("1e99", "TOO_MUCH"), ("1" * 100, "TOO_MUCH"),  # short enough to read, and far more than an activity may claim
    ("1." + "0" * 99, None), ("1e2", None), ("1000", None), ("1000.01", "TOO_MUCH"), ("1.001", "TOO_FINE"),
])
def test_a_number_is_never_written_out_to_be_refused(
    written: str, code: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checks both sides of 100 digits; the digits of a longer number are never written."""
    text = json.dumps(record(activities=[activity()])).replace('"amount": "1"', f'"amount": {written}')
    written_out: list[int] = []
    plain_text = points.decimal_text
    monkeypatch.setattr("cmprules._kit.points.decimal_text", lambda value: _noted(plain_text(value), written_out))

    found = faults(parse_text(text.encode(), ending=".json"))
    assert found == ([] if code is None else [("$.activities[0].amount", code)])
    assert max(written_out, default=0) <= limits.LONGEST_NUMBER + 1


def _noted(text: str, lengths: list[int]) -> str:
    lengths.append(len(text))
    return text


@pytest.mark.parametrize(("value", "code"), [
    (10 ** 5_000, "TOO_MUCH"), (-(10 ** 5_000), "NOT_POSITIVE"), (Decimal("1e999999"), "TOO_MUCH"),
    (1e300, "TOO_MUCH"), (1 << 400, "TOO_MUCH"), (5e-324, "TOO_FINE"),
], ids=["huge", "below zero", "exponent", "float", "bits", "tiny"])
def test_a_value_of_python_is_bounded_like_a_written_one(value: Any, code: str) -> None:
    """A constructor refuses what a reader refuses, with a message."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.Activity(id="a", title="A", kind="formal_ce", amount=value)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert f"{code}: got " in str(refused.value)


# ---------------------------------------------------------------------------------------------------------
# Texts and lists.


@pytest.mark.parametrize("field", ["id", "title", "provider"])
def test_a_text_that_a_person_enters_has_a_length(field: str) -> None:
    """Checks both sides for texts of activities, ids included."""
    assert faults(record(activities=[{**activity(), field: "x" * limits.LONGEST_TEXT}])) == []
    assert faults(record(activities=[{**activity(), field: "x" * (limits.LONGEST_TEXT + 1)}])) == [
        (f"$.activities[0].{field}", "TEXT_TOO_LONG")]


def test_a_record_has_so_many_credentials_and_documents_at_most() -> None:
    """Checks both sides; the members of a list that is too long are not read."""
    def held(count: int) -> Plain:
        return record(credentials=[{"id": f"c{number}", "code": "PBT", "expires_on": "2026-05-31"}
                                   for number in range(count)])

    assert faults(held(limits.MOST_CREDENTIALS)) == []
    assert faults(held(limits.MOST_CREDENTIALS + 1)) == [("$.credentials", "TOO_MANY")]
    assert faults(record(credentials=[None] * (limits.MOST_CREDENTIALS + 1))) == [("$.credentials", "TOO_MANY")]
    for count, found in ((limits.MOST_DOCUMENTS, []), (limits.MOST_DOCUMENTS + 1, ["TOO_MANY"])):
        assert [code for _, code in faults(record(activities=[activity(documents=["d"] * count)]))] == found


def test_credentials_times_activities_are_bounded() -> None:
    """With five hundred credentials, 500 activities are accepted and no more."""
    most = limits.MOST_PAIRS // limits.MOST_CREDENTIALS
    credentials = [{"id": f"c{number}", "code": "PBT", "expires_on": "2026-05-31"}
                   for number in range(limits.MOST_CREDENTIALS)]
    for count, found in ((most, []), (most + 1, [("$.activities", "TOO_MANY")])):
        activities = [cmprules.Activity(**activity(number)) for number in range(count)]
        assert faults(record(credentials=credentials, activities=activities)) == found


@pytest.mark.parametrize(("key", "most"), [("activities", limits.MOST_ACTIVITIES),
                                           ("placements", limits.MOST_PLACEMENTS)])
def test_lists_that_are_too_long_are_refused_before_they_are_read(key: str, most: int) -> None:
    """The members of such a list are not read."""
    assert faults(record(**{key: [None] * (most + 1)})) == [(f"$.{key}", "TOO_MANY")]
    assert calls(lambda: faults(record(**{key: [None] * (most + 1)}))) < 2_000


def test_a_catalogue_has_so_many_courses_and_packages_at_most() -> None:
    """Checks both sides, with the same remedy."""
    def offered(courses: int, packages: int) -> Plain:
        course = {"title": "C", "kind": "formal_ce", "amount": 1, "price": 1}
        return {"schema": "cmprules.catalogue/1", "courses": [{**course, "id": f"c{n}"} for n in range(courses)],
                "packages": [{"id": f"p{n}", "title": "P", "price": 1, "provider": "X"} for n in range(packages)]}

    assert faults(offered(2, limits.MOST_PACKAGES), parse_catalogue) == []
    assert faults(offered(2, limits.MOST_PACKAGES + 1), parse_catalogue) == [("$.packages", "TOO_MANY")]
    assert faults(offered(limits.MOST_COURSES + 1, 0), parse_catalogue) == [("$.courses", "TOO_MANY")]


def test_an_examination_file_a_timeline_and_a_calendar_are_bounded() -> None:
    """Limits apply to reports, sittings and reminders."""
    report = {"code": "MLS", "taken_on": "2026-01-20", "score": 352}
    reports = {"schema": "cmprules.exam/1", "candidate": "c", "reports": [report] * (limits.MOST_REPORTS + 1)}
    assert faults(reports, cmprules.exam.parse_exam) == [("$.reports", "TOO_MANY")]

    who = cmprules.parse_record(record())
    sittings = [cmprules.Sitting(code="MLS", taken_on=date.fromordinal(730_000 + number))
                for number in range(limits.MOST_SITTINGS + 1)]
    line = cmprules.timeline(who, edition(), on=ON, sittings=sittings[:-1])
    assert faults(sittings, lambda found: cmprules.timeline(who, edition(), on=ON, sittings=found)) == [
        ("$.sittings", "TOO_MANY")]
    most = [*range(limits.MOST_REMINDERS)]
    assert faults(most, lambda found: cmprules.to_icalendar(line, remind=found)) == []
    assert faults([*most, 99], lambda found: cmprules.to_icalendar(line, remind=found)) == [("$.remind", "TOO_MANY")]


def test_files_are_bounded_by_what_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record has at most 5 MB; a tracking may be larger, because it contains a record."""
    path = tmp_path / "record.json"
    path.write_bytes(b" " * limits.LARGEST_FILE + b"{}")
    assert faults(path, cmprules.read_record) == [("$", "FILE_TOO_LARGE")]
    written = tmp_path / "tracking.json"
    arguments = ["track", str(EXAMPLES / "pbt.toml"), "--on", "2026-03-10"]
    text = cmprules.render(cmprules.track(cmprules.read_record(EXAMPLES / "pbt.toml"), cmprules.load_book(), on=ON),
                           "json")
    written.write_bytes(b" " * limits.LARGEST_FILE + text.encode())
    assert main([*arguments, "--since", str(written)]) == 0
    size = len(text.encode())
    for largest, status in ((size, 0), (size - 1, 3)):
        monkeypatch.setattr("cmprules._cli._track.LARGEST_TRACKING", largest)
        assert main([*arguments, "--format", "json"]) == status


def test_no_receipt_is_larger_than_its_reader_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks both sides: the size of the receipt, and one byte less."""
    who = cmprules.read_record(EXAMPLES / "pbt.toml")
    decision = cmprules.decide(who, edition(), on=ON)
    size = len(cmprules.receipt(decision, record=who).text.encode())
    for largest, found in ((size, []), (size - 1, [("$", "ANSWER_TOO_LARGE")])):
        monkeypatch.setattr("cmprules.receipts._values.LARGEST_RECEIPT", largest)
        assert faults(decision, lambda made: cmprules.receipt(made, record=who)) == found
    assert len(cmprules.receipt(decision, record=who, explanation={}).text.encode()) < size


# ---------------------------------------------------------------------------------------------------------
# Work, in calls.


def _misspelt(count: int) -> Plain:
    return record(activities=[activity(number, kind=f"kind-{number}") for number in range(count)])


def _dangling(count: int) -> Plain:
    placements = [{"credential": "pbt", "activity": f"x{number}", "area": "pool", "points": 1}
                  for number in range(count)]
    return record(activities=[activity(number) for number in range(400)], placements=placements)


def _unknown_keys(count: int) -> Plain:
    return record(**{f"key-{number}": 1 for number in range(count)})


def _huge(count: int) -> Plain:
    return record(activities=[activity(number, amount="1e999999") for number in range(count)])


@pytest.mark.parametrize("made", [_misspelt, _dangling, _unknown_keys, _huge])
def test_many_faults_take_little_work_each(made: Callable[[int], Plain]) -> None:
    """Beyond the first hundred each fault costs a bounded number of calls, without a search for near words."""
    few, many = made(1_000), made(3_000)
    count = [calls(partial(faults, plain)) for plain in (few, many)]

    assert len(faults(many)) == 3_000
    assert (count[1] - count[0]) / 2_000 < 200


def test_near_words_are_looked_for_at_the_first_faults_alone() -> None:
    """The hint of the hundredth fault names a word, that of the next says where to look."""
    with pytest.raises(cmprules.InputError) as refused:
        cmprules.parse_record(record(activities=[activity(number, providr="P") for number in range(102)]))
    hints = [fault.hint for fault in refused.value.faults]
    assert (hints[limits.MOST_HINTS - 1], hints[limits.MOST_HINTS]) == (hints[0], "check its spelling")
    assert "'provider'" in hints[0]


@pytest.mark.parametrize("answer", [synchronize, stacked])
def test_many_credentials_take_bounded_work(answer: Callable[..., object]) -> None:
    """Twice as many credentials take about twice the work, or four times where pairs are compared."""
    def held(count: int) -> cmprules.Record:
        return cmprules.parse_record(record(credentials=[
            {"id": f"c{number}", "code": ("BB", "SBB", "MLS", "QIHC")[number % 4],
             "expires_on": f"2026-{number % 9 + 4:02d}-{number % 28 + 1:02d}"} for number in range(count)]))

    count = [calls(partial(answer, some, edition(), on=ON))
             for some in (held(50), held(100))]
    assert count[1] < 5 * count[0]


# ---------------------------------------------------------------------------------------------------------
# The table.


def test_the_table_has_every_limit_once() -> None:
    """Every constant of the module is in the table under its name, with a code that has a page."""
    constants = {name: value for name, value in vars(limits).items()
                 if name.isupper() and not name.startswith("_") and name != "LIMITS"}

    assert {name: one.most for name, one in limits.LIMITS.items()} == constants
    for one in limits.LIMITS.values():
        named = set() if one.code is None else set(one.code.split(" or "))
        assert named <= {*codes.FAULTS, *codes.FINDINGS}
        assert one.unit
        assert one.of
