"""Activities: their points, their duplicates, and the tests that each one meets before any table is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.reference.cycles import Cycle
from tests.reference.months import month_of
from tests.reference.tables import below

COURSE_UNITS = ("point", "contact_hour", "cmle", "ceu")
UNITS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(["formal_ce", "in_service", "teleconference", "self_study", "journal_test"], COURSE_UNITS),
    "college_course": ("point", "quarter_hour", "semester_hour"),
    "covid_work": ("point",),
    "exam_pass": ("exam",),
    **dict.fromkeys(["competence_assessment", "journal_article", "book_chapter", "presentation", "poster", "teaching",
                     "committee_service", "item_writing", "research", "proficiency_testing", "inspection"],
                    ("point",)),
}
"""The units of each kind; the first is understood where none is given."""
VALUE = {"point": 1, "contact_hour": 1, "cmle": 1, "ceu": 10, "quarter_hour": 10, "semester_hour": 15, "exam": 25}

KIND_GRADE = {
    "formal_ce": "official", "in_service": "official", "teleconference": "third_party", "self_study": "inferred",
    "journal_test": "inferred", "college_course": "official", "covid_work": "society",
}
"""The kinds whose value in points is established; of the others the points are the holder's claim."""
COVID_FIRST, COVID_LAST = date(2020, 3, 1), date(2022, 12, 31)
"""The days on which work in the pandemic counts."""


@dataclass(frozen=True)
class Activity:
    """An activity as the record gives it, its amount as points."""

    id: str
    title: str
    provider: str
    kind: str
    points: int
    """In hundredths."""
    completed_on: date | None
    areas: frozenset[str]

    @classmethod
    def read(cls, mapping: dict[str, Any]) -> Activity:
        """Read one that is known to be valid."""
        kind = mapping["kind"]
        unit = mapping.get("unit") or UNITS[kind][0]
        hundredths = Decimal(str(mapping["amount"])) * VALUE[unit] * 100
        assert hundredths == int(hundredths) > 0, mapping
        day = mapping.get("completed_on")
        return cls(id=mapping["id"], title=mapping["title"], provider=mapping.get("provider") or "", kind=kind,
                   points=int(hundredths), completed_on=None if day is None else date.fromisoformat(day),
                   areas=frozenset(mapping.get("areas") or ()))


def plain(text: str) -> str:
    """Equal texts but for case and spaces become equal."""
    return "".join(text.casefold().split())


def without_duplicates(activities: list[Activity]) -> tuple[list[Activity], set[str]]:
    """The activities kept, with the areas they take over, and the ids of the duplicates.

    Duplicates have the same title, provider, day, kind and points; the smallest id is kept.  An activity without a day
    is never one.
    """
    groups: dict[tuple[object, ...], list[Activity]] = {}
    for activity in activities:
        if activity.completed_on is not None:
            key = (plain(activity.title), plain(activity.provider), activity.completed_on, activity.kind,
                   activity.points)
            groups.setdefault(key, []).append(activity)
    kept_areas: dict[str, frozenset[str]] = {}
    duplicates: set[str] = set()
    for group in groups.values():
        first = min(group, key=lambda activity: activity.id)
        kept_areas[first.id] = frozenset[str]().union(*(activity.areas for activity in group))
        duplicates.update(activity.id for activity in group if activity is not first)
    kept = [replace(a, areas=kept_areas.get(a.id, a.areas)) for a in activities if a.id not in duplicates]
    return kept, duplicates


ACCEPTED = "accepted"


def tests(activity: Activity, cycle: Cycle, on: date, trust: str) -> Iterator[tuple[str, str | None]]:
    """Every test, in the order of the rules, that an activity which is no duplicate does not simply pass.

    Gives ("outside_cycle" or "not_acceptable", None), which is the end of it, or ("unconfirmed", why), after which the
    reading in the holder's favour goes on to the next test.
    """
    day = activity.completed_on
    if day is None:
        yield "unconfirmed", "UNDATED"
    elif day > on or not cycle.start <= day <= cycle.end:
        if day <= on and day < cycle.start and month_of(day) == cycle.month_before:
            yield "unconfirmed", "MONTH_OF_PREVIOUS_END"
        else:
            yield "outside_cycle", None
    if activity.kind == "covid_work" and day is not None and not COVID_FIRST <= day <= COVID_LAST:
        yield "not_acceptable", None
    grade = KIND_GRADE.get(activity.kind)
    if grade is None or below(grade, trust):
        yield "unconfirmed", "KIND_UNCONFIRMED"


@dataclass(frozen=True)
class Verdict:
    """Where an activity goes before any table is looked at."""

    shown: str
    """accepted, outside_cycle, not_acceptable or unconfirmed."""
    favourable: bool
    """Does it count in the reading in the holder's favour?"""
    why: str | None
    """The first reason for which it is unconfirmed."""


def verdict(activity: Activity, cycle: Cycle, on: date, trust: str) -> Verdict:
    """Both readings of one activity: shown is the first test that it fails, favourable goes past what is open."""
    outcome, why = ACCEPTED, None
    for name, reason in tests(activity, cycle, on, trust):
        if outcome == ACCEPTED:
            outcome, why = name, reason
        if name != "unconfirmed":
            return Verdict(outcome, favourable=False, why=why)
    return Verdict(outcome, favourable=True, why=why)
