"""What a holder enters: activities of every kind and unit, and the holder's own placements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from types import EllipsisType
from typing import cast

from hypothesis import strategies as st

from cmprules._facts.records import Activity, Placement, Record
from cmprules._kit.points import from_hundredths, tidy
from cmprules._kit.shapes import refuse_others
from cmprules._kit.terms import AREAS, KIND
from cmprules._words import vocabulary as words
from cmprules.errors import Fault, InputError
from cmprules.testing._values import (
    Choice,
    chosen,
    day_or_days,
    days,
    hundredths,
    points_or_strategy,
    read_argument,
    read_count,
)

ESTABLISHED = ("formal_ce", "in_service", "teleconference", "self_study", "journal_test")
CLAIMED = tuple(kind for kind in words.KINDS if kind not in {*ESTABLISHED, "college_course", "covid_work"})
COVID = (date(2020, 3, 1), date(2022, 12, 31))

_TITLES = st.sampled_from(("Safe handling of formalin", "Antibody identification", "Ethics in the laboratory",
                           "Rare cells", "Größe, Maß & Wert <b>| *heute*"))
_PROVIDERS = st.sampled_from((None, "ASCP", "A vendor"))
_DOCUMENTS = st.sampled_from(((), ("certificate",)))
_SOURCES = st.sampled_from((None, *words.ACTIVITY_SOURCES))

Areas = Sequence[str]


def activities(
    *, id: str = "a1", kinds: Sequence[str] | None = None, points: Choice[Decimal] | float | str = ...,
    areas: Choice[Areas] = ..., completed_on: Choice[date | None] | str = ...,
) -> st.SearchStrategy[Activity]:
    """Draw activities; every argument that is absent is drawn.

    The unit is any in which the points can be written exactly.
    `points`, `areas` and `completed_on` may be values, or strategies of values.

    Args:
        id: the name of each within its record.
        kinds: the kinds to choose from.
        points: the amount entered, in points.
        areas: the mandatory areas that it may serve.
        completed_on: the day of completion, or None for an activity without one.

    Raises:
        InputError: an argument cannot be read.

    >>> from hypothesis import find
    >>> draw = activities(kinds=["college_course"], points=30, completed_on=days("2025-01-01", "2025-12-31"))
    >>> course = find(draw, lambda one: one.unit == "semester_hour")
    >>> course.amount, course.points, course.completed_on
    (Decimal('2'), Decimal('30'), datetime.date(2025, 1, 1))
    >>> activities(kinds=["inservice"])
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.kinds[0]: UNKNOWN_KIND: got 'inservice', expected a kind of activity; known: formal_ce, in_service, ...
    """
    day = st.none() if completed_on is None else day_or_days(
        cast("Choice[date]", completed_on), "$.completed_on", st.one_of(days(), days(), st.none()))
    return _activities(id, chosen(KIND, kinds, "$.kinds", words.KINDS), points_or_strategy(points, "$.points"),
                       _areas_or_strategy(areas), day)


def _areas_or_strategy(areas: Choice[Areas]) -> st.SearchStrategy[tuple[str, ...]]:
    """Make a strategy of an argument for areas."""
    if isinstance(areas, EllipsisType):
        return st.lists(st.sampled_from(words.AREAS), max_size=3, unique=True).map(tuple)
    if isinstance(areas, st.SearchStrategy):
        return areas.map(lambda some: cast("tuple[str, ...]", read_argument(AREAS, some, "$.areas")))
    return st.just(cast("tuple[str, ...]", read_argument(AREAS, areas, "$.areas")))


@st.composite
def _activities(
    draw: st.DrawFn, id: str, kinds: tuple[str, ...], points: st.SearchStrategy[int] | None,
    areas: st.SearchStrategy[tuple[str, ...]], day: st.SearchStrategy[date | None],
) -> Activity:
    """Draw the given arguments, then the rest."""
    kind = draw(st.sampled_from(kinds))
    whole = draw(hundredths(4_000) if points is None else points)
    if points is None and kind == "exam_pass":
        whole = max(25, whole - whole % 25)  # hundredths of an examination, unless an argument asks for less
    return draw(activity_of(id, kind, whole, draw(areas), draw(day)))


@st.composite
def activity_of(
    draw: st.DrawFn, id: str, kind: str, points: int, areas: Sequence[str], day: date | None
) -> Activity:
    """Draw an activity with given points in hundredths, in any unit that holds them exactly."""
    units = [unit for unit in words.KINDS[kind] if unit in {"ceu", "exam"} or points % words.UNITS[unit] == 0]
    unit = draw(st.sampled_from((None, *units))) or words.KINDS[kind][0]
    title, provider = draw(_TITLES), draw(_PROVIDERS)
    return Activity(
        id=id, title=f"{title} {id}", provider=provider, completed_on=day, kind=kind, unit=unit,
        amount=tidy(Decimal(f"{points * 100 // words.UNITS[unit]}e-4")), areas=tuple(areas),
        documents=draw(_DOCUMENTS), source=draw(_SOURCES),
    )


def placements(record: Record, *, most: int = 3) -> st.SearchStrategy[tuple[Placement, ...]]:
    """Draw a holder's own placements for a record, lawful or not.

    Each names a credential and an activity of the record, and an area of that activity or the pool.

    Args:
        record: the record with the activities to place; without activities there are no placements.
        most: the largest number of placements.

    Raises:
        InputError: `record` is not a record, or `most` is not a count.

    >>> from hypothesis import find
    >>> record = Record(holder={"id": "h"}, credentials=[{"id": "c", "code": "MLS", "expires_on": "2026-05-31"}],
    ...                 activities=[{"id": "a", "title": "Cells", "kind": "in_service", "amount": 2}])
    >>> [(one.area, one.points) for one in find(placements(record), lambda some: len(some) == 1)]
    [('pool', Decimal('0.5'))]
    >>> placements({"schema": "cmprules.record/1"})
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.record: WRONG_TYPE: got {'schema': 'cmprules.record/1'}, expected a value of the class Record; make one of it
      first
    """
    faults: list[Fault] = []
    refuse_others((record,), Record, "$.record", faults)
    if faults:
        raise InputError(faults)
    return _placements(record, read_count(most, 0, "$.most") if record.activities else 0)


@st.composite
def _placements(draw: st.DrawFn, record: Record, most: int) -> tuple[Placement, ...]:
    """Draw the number of placements, then each one."""
    return tuple(draw(_placement(record)) for _ in range(draw(st.integers(0, most))))


@st.composite
def _placement(draw: st.DrawFn, record: Record) -> Placement:
    """Draw one placement."""
    activity = draw(st.sampled_from(record.activities))
    return Placement(credential=draw(st.sampled_from(record.credentials)).id, activity=activity.id,
                     area=draw(st.sampled_from((words.POOL, *activity.areas))),
                     points=from_hundredths(draw(hundredths(1_000))))
