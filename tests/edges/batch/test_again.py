"""The kernel settles entries that may be one activity, with the answers of `decide`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.batch._columns.given import Given
from cmprules.batch._kernel.gathering import MOVED_ONE_BY_ONE
from cmprules.batch._part import Context, decide_part
from tests.edges.batch.again import course, mattering_together, pbt, records_with_repeats
from tests.edges.batch.populations import as_tables, decided, differences
from tests.examples import scaled

ON = date(2026, 3, 10)
BOOK = cmprules.load_book(edition="2026.2")
FULL = (course("s", areas=["safety"]), course("e", areas=["ethics"]), course("p", "7", areas=["phlebotomy"]))
SHORT = (*FULL[:2], course("p", "5", areas=["phlebotomy"]))
OWN = """\
schema = "cmprules.table/1"
table = "limits"
title = "Own rows"
unit = "point"
keyed_on = "none"
last_checked = 2026-11-29
[[row]]
id = "{name}"
limit = "rule"
value = "{value}"
source = "mine"
pin = "letter"
grade = "official"
[[source]]
id = "mine"
title = "Letter"
issuer = "ASCP Board of Certification"
"""


@pytest.fixture(scope="module")
def own_books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, cmprules.PolicyBook]:
    """Load the newest edition with a user's row."""
    folder, found = tmp_path_factory.mktemp("rows"), {}
    for place, (name, value) in enumerate((
            ("rule/repeated", "each"), ("rule/repeated", "once"), ("rule/duplicates", "each"), ("rule/alike", "once"),
            ("rule/repeated/in_service", "open"))):
        path = folder / f"{place}.toml"
        path.write_text(OWN.format(name=name, value=value), encoding="utf-8")
        found[f"{name} {value}"] = cmprules.load_book(edition="2026.2", extra=[path])
    return found


def _reasons(*records: cmprules.Record, book: cmprules.PolicyBook = BOOK) -> dict[str, int]:
    """Count what the kernel leaves to the scalar path, by reason."""
    tables = as_tables(records)
    return decide_part(Given.whole(tables["credentials"]), Given.whole(tables["activities"]),
                       Context.of(book, ON, cmprules.Grade.INFERRED)).reasons


class TestTheLaw:
    """Whatever entries are repeated, the table equals `decide` in every column."""

    @settings(max_examples=scaled(80))
    @given(st.lists(records_with_repeats(BOOK), min_size=1, max_size=8),
           st.sampled_from((ON, ON, date(2026, 6, 15), date(2024, 3, 1))),
           st.sampled_from(("inferred", "inferred", "third_party", "official")))
    def test_every_column_is_what_decide_says(self, records: list[cmprules.Record], on: date, trust: str) -> None:
        """Clusters, chains, repeats, sessions, mixed kinds, caps, doubtful days, imports that ran twice."""
        assert differences(decided(records, BOOK, on, trust), records, BOOK, on, trust) == []

    @settings(max_examples=scaled(30))
    @given(records=st.lists(records_with_repeats(BOOK), min_size=1, max_size=8), which=st.integers(0, 4))
    def test_rows_of_the_user_are_followed(
        self, records: list[cmprules.Record], which: int, own_books: dict[str, cmprules.PolicyBook]
    ) -> None:
        """Only the opposite row shows whether such a row is used, and the scalar path checks that."""
        book = [*own_books.values()][which]
        assert differences(decided(records, book, ON), records, book, ON) == []


# ---------------------------------------------------------------------------------------------------------
# Worked by hand: outcome, points placed, and questions.


def _yearly(kind: str, points: str = "1", **more: Any) -> list[cmprules.Activity]:
    return [course(f"y{year}", points, f"{year}-02-11", title="Every year", kind=kind, **more)
            for year in (2024, 2025, 2026)]


WORKED: dict[str, tuple[cmprules.Record, str, str, list[tuple[str, str]]]] = {
    "an in-service counts every year": (
        pbt(*FULL[:2], course("p", "4", areas=["phlebotomy"]), *_yearly("in_service")), "MET", "9", []),
    "a course may count once": (
        pbt(*SHORT, *_yearly("formal_ce")), "NEEDS_REVIEW", "8",
        [("REPEATED_COURSE", "y2025"), ("REPEATED_COURSE", "y2026")]),
    "a course that is not needed again": (pbt(*FULL, *_yearly("formal_ce")), "MET", "9", []),
    "twice on one day": (
        pbt(*SHORT, course("x", "1", title="Sharps"), course("w", "1", title="sharps (online)")), "NEEDS_REVIEW", "8",
        [("DUPLICATE", "x")]),
    "alike: on the next day": (
        pbt(*SHORT, course("x", "1", title="Sharps"), course("w", "1", "2025-02-12", title="Sharps")), "NEEDS_REVIEW",
        "8", [("LOOKS_ALIKE", "w")]),
    "alike: on the next day, of two providers": (
        pbt(*SHORT, course("x", "1", title="Sharps", provider="X"),
            course("w", "1", "2025-02-12", title="Sharps", provider="Y")), "NEEDS_REVIEW", "8", [("LOOKS_ALIKE", "w")]),
    "alike, of two kinds without a limit": (
        pbt(*SHORT, course("x", "2", title="Sharps"),
            course("w", "2", "2025-02-12", title="Sharps", kind="in_service")), "MET", "9", []),
    "alike, and one of a kind with a limit: neither counts": (
        pbt(*SHORT, course("x", "2", title="Sharps"),
            course("w", "2", title="Sharps", kind="college_course", unit="point")), "NEEDS_REVIEW", "7",
        [("LOOKS_ALIKE", "x"), ("LOOKS_ALIKE", "w")]),
    "alike, and one of them taken again; what the other repeats is from the last cycle": (
        pbt(*SHORT, course("k", "2", title="Sharps", provider="P"),
            course("m", "2", "2025-02-12", title="Sharps", provider="Q"),
            course("z", "1", "2024-02-11", title="Sharps", provider="Q"),
            course("w", "1", "2022-02-11", title="Sharps", provider="P")), "NEEDS_REVIEW", "8",
        [("LOOKS_ALIKE", "k"), ("REPEATED_COURSE", "m")]),
    "twice, and one id begins with the other": (
        pbt(*SHORT, course("x1", "1", title="Sharps"), course("x", "1", title="Sharps")), "NEEDS_REVIEW", "8",
        [("DUPLICATE", "x1")]),
    "two days apart, of one provider": (
        pbt(*SHORT, course("x", "1", title="Sharps"), course("w", "1", "2025-02-13", title="Sharps")), "NEEDS_REVIEW",
        "8", [("REPEATED_COURSE", "w")]),
    "two days apart, of two providers": (
        pbt(*SHORT, course("x", "1", title="Sharps", provider="X"),
            course("w", "1", "2025-02-13", title="Sharps", provider="Y")), "MET", "9", []),
    "close days, other points and other providers": (
        pbt(*SHORT, course("x", "1", title="Sharps", provider="X"), course("w", "2", title="Sharps", provider="Y")),
        "MET", "9", []),
    "different sessions": (
        pbt(*SHORT, course("x", "1", title="Day", session="1"), course("w", "1", title="Day", session="2")), "MET",
        "9", []),
    "the areas of both entries": (
        pbt(FULL[2], course("x", "1", title="Sharps", areas=["safety"]), FULL[1],
            course("w", "1", title="Sharps", areas=["ethics"])), "MET", "9", []),
    "a chain over the beginning of the cycle brings nothing": (
        pbt(*SHORT, course("x", "2", "2023-06-01", title="Day"), course("w", "2", "2023-05-31", title="Day"),
            course("v", "2", "2023-04-30", title="Day")), "NEEDS_REVIEW", "7",
        [("LOOKS_ALIKE", "x"), ("MONTH_OF_PREVIOUS_END", "w")]),
    "the last day that counts only if the end is meant as written": (
        pbt(*FULL[:2], course("p", "7", "2023-05-31", areas=["phlebotomy"]), expires_on=date(2026, 5, 15)),
        "NEEDS_REVIEW", "2", [("END_OF_MONTH", "p")]),
    "the day after it": (
        pbt(*FULL[:2], course("p", "7", "2023-06-01", areas=["phlebotomy"]), expires_on=date(2026, 5, 15)), "MET", "9",
        []),
}


@pytest.mark.parametrize("name", WORKED)
def test_worked_by_hand(name: str) -> None:
    """The kernel answers alone, with the answers of `decide`."""
    record, outcome, placed, needs = WORKED[name]
    found = decided([record], BOOK, ON)
    (row,) = found.answers.to_pylist()
    assert (row["outcome"], str(row["placed"].normalize())) == (outcome, placed)
    assert [(need["code"], need["subject"]) for need in row["needs"]] == needs
    assert differences(found, [record], BOOK, ON) == []
    assert _reasons(record) == {}


ODD = {"expires_on": date(2026, 5, 15)}
"""An end inside a month: the days from 16 to 31 May 2023 count only if it is meant as written."""

GRADES: dict[str, tuple[cmprules.Record, str]] = {
    "no day is odd": (pbt(*FULL, course("x", "1", "2023-06-01"), **ODD), "third_party"),
    "an odd day": (pbt(*FULL, course("x", "1", "2023-05-20"), **ODD), "inferred"),
    "an odd day of a kind in doubt": (
        pbt(*FULL, course("x", "1", "2023-05-20", kind="journal_article"), **ODD), "third_party"),
    "an odd day of a kind that no longer counts": (
        pbt(*FULL, course("x", "1", "2023-05-20", kind="covid_work"), **ODD), "inferred"),
    "an odd day, instead of a repeat": (
        pbt(*FULL, course("x", "1", "2023-05-20", title="Day"), course("w", "1", title="Day"), **ODD), "inferred"),
    "areas of another entry, needed in favor": (
        pbt(*FULL[1:], course("x", "0.5", "2023-05-31", title="Day", areas=["safety"]),
            course("w", "0.5", "2023-05-31", title="Day")), "inferred"),
    "areas of another entry, not needed": (
        pbt(*FULL[1:], course("x", "1", "2023-05-31", title="Day", areas=["safety"]),
            course("w", "1", "2023-05-31", title="Day")), "third_party"),
    "the same areas": (
        pbt(*FULL[1:], *(course(name, "0.5", "2023-05-31", title="Day", areas=["safety"]) for name in "xw")),
        "third_party"),
}


@pytest.mark.parametrize("name", GRADES)
def test_the_grade_of_the_readings(name: str) -> None:
    """The kernel knows whether an answer rests on a reading: by the opposite, what is shown would be another."""
    record, grade = GRADES[name]
    found = decided([record], BOOK, ON)
    assert found.answers["grade"].to_pylist() == [grade]
    assert differences(found, [record], BOOK, ON) == []
    assert _reasons(record) == {}


def test_an_odd_day_that_changes_no_count_is_left_to_the_scalar_path() -> None:
    """The other entry of the cluster is in doubt as well, so neither counts in either reading."""
    record = pbt(*FULL, course("x", "1", "2023-05-16", title="Day"), course("w", "1", "2023-05-15", title="Day"), **ODD)
    assert differences(decided([record], BOOK, ON), [record], BOOK, ON) == []
    assert _reasons(record) == {"placement": 1}


PANDEMIC = {day: pbt(*SHORT, course("v", "2", day, kind="covid_work"), expires_on=date(2025, 11, 30))
            for day in ("2022-12-31", "2023-01-01")}
"""Pandemic work on the last day that counts and a day late; the credential is still current on `BEFORE`."""
FOR_ETHICS = pbt(FULL[0], FULL[2], course("v", "2", "2022-12-31", kind="covid_work", areas=["ethics"]),
                 expires_on=date(2025, 11, 30))
"""Pandemic work with an area: it fills the pool alone."""
BEFORE = date(2025, 3, 10)


@pytest.mark.parametrize(("day", "outcome"), [("2022-12-31", "MET"), ("2023-01-01", "NOT_MET")])
def test_the_last_day_of_a_kind(day: str, outcome: str) -> None:
    """A kind acceptable until a day counts on that day, and not on the next one."""
    record = PANDEMIC[day]
    found = decided([record], BOOK, BEFORE)
    assert found.answers["outcome"].to_pylist() == [outcome]
    assert differences(found, [record], BOOK, BEFORE) == []


def test_a_kind_for_the_pool_fills_no_area() -> None:
    """Ethics lacks a point, whatever area was entered for the pandemic work."""
    found = decided([FOR_ETHICS], BOOK, BEFORE)
    (row,) = found.answers.to_pylist()
    assert (row["outcome"], row["shortfall_areas"], row["shortfall"]) == ("NOT_MET", ["ethics"], 1)
    assert differences(found, [FOR_ETHICS], BOOK, BEFORE) == []


def test_every_week_of_three_years() -> None:
    """In-services with one title all count; of courses one is certain, and the others are asked about."""
    for kind, asked in (("in_service", 0), ("formal_ce", 149)):
        weeks = [course(f"w{week:03}", "0.5", (date(2023, 7, 1) + timedelta(days=6 * week)).isoformat(),
                        title="Conference", kind=kind) for week in range(150)]
        record = pbt(*FULL[:2], course("p", "6", areas=["phlebotomy"]), *weeks)
        found = decided([record], BOOK, ON)
        assert len(found.answers["needs"][0].as_py()) == asked
        assert differences(found, [record], BOOK, ON) == []
        assert _reasons(record) == {}


def very_many(providers: tuple[str | None, ...]) -> list[cmprules.Activity]:
    """Make more entries than are sorted by moving them, under two titles."""
    return [course(f"v{number:04}", "1", (date(2024, 1, 1) + timedelta(days=3 * (number // 2))).isoformat(),
                   title=f"Title {number % 2}", provider=providers[number % len(providers)])
            for number in range(MOVED_ONE_BY_ONE + 10)]


@pytest.mark.parametrize("providers", [("X",), ("X", None),
                                       pytest.param(("X", "Y", None), marks=pytest.mark.slow)])
def test_very_many_entries_of_one_holder(providers: tuple[str | None, ...]) -> None:
    """They are more than are sorted by moving them; the reverse order gives the same."""
    entered = very_many(providers)
    for order in (entered, entered[::-1]):
        record = pbt(*order)
        assert differences(decided([record], BOOK, ON), [record], BOOK, ON) == []
        assert _reasons(record) == {}


def test_entries_that_matter_only_together_are_left_to_the_scalar_path() -> None:
    """The kernel sees that the entries it would keep do not bring the table as far as all of them."""
    record = mattering_together()
    found = decided([record], BOOK, ON)
    assert len(found.answers["needs"][0].as_py()) == 10
    assert differences(found, [record], BOOK, ON) == []
    assert _reasons(record) == {"placement": 1}


def test_what_is_left_to_the_scalar_path_is_counted_by_reason(own_books: dict[str, cmprules.PolicyBook]) -> None:
    """Each credential counts under its first reason; those the kernel settles are not counted."""
    twice = pbt(*SHORT, course("x", title="Day"), course("w", title="Day"))
    certified = pbt(FULL[2], course("x", "3", certified={"safety": "1", "ethics": "1"}))
    proposed = pbt(*FULL[1:], course("x", "2", proposed_areas=["safety"]))
    late = pbt(*FULL, code="MT", certified_on=date(2015, 5, 5))
    assert _reasons(twice, certified, proposed, late) == {"former code": 1, "certified or proposed areas": 2}
    for name in ("each", "once"):
        assert sum(_reasons(twice, book=own_books[f"rule/repeated {name}"]).values()) == 1
    tables = as_tables([twice])
    every = Context.of(BOOK, ON, cmprules.Grade.INFERRED, every=True)
    part = decide_part(Given.whole(tables["credentials"]), Given.whole(tables["activities"]), every)
    assert part.reasons == {"asked for": 1}
