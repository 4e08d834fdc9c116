"""A hint never leads to points: words that bring points are listed, and none is suggested for its spelling."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules._words import vocabulary as words
from cmprules.errors import Fault
from cmprules.planning import Course
from cmprules.testing import Case, cases
from tests.strategies import edition

PROPOSED = re.compile(r"(?:did you mean|write|take) '?([\w-]+)'?")


def _faults(plain: Any) -> tuple[Fault, ...]:
    try:
        cmprules.parse_record(plain)
    except cmprules.InputError as error:
        return error.faults
    return ()


def followed(plain: dict[str, Any], fault: Fault) -> Iterator[dict[str, Any]]:
    """Apply the hint for a word of an activity at the place of the fault."""
    place = re.fullmatch(r"\$\.activities\[(\d+)\]\.(kind|unit|areas)(?:\[(\d+)\])?", fault.path)
    if place is None:
        return
    for word in PROPOSED.findall(fault.hint):
        after = copy.deepcopy(plain)
        activity = after["activities"][int(place[1])]
        if place[3] is None:
            activity[place[2]] = word
        else:
            activity[place[2]][int(place[3])] = word
        yield after


def points(plain: dict[str, Any], on: date) -> Decimal | None:
    """Return all points that an answer places or leaves open; none if the record still cannot be read."""
    if _faults(plain):
        return None
    answer = cmprules.decide(cmprules.parse_record(plain), edition(), on=on).credentials[0]
    return sum((activity.placed + activity.surplus + activity.unconfirmed for activity in answer.activities or ()),
               Decimal(0))


def more_than_without(plain: dict[str, Any], fault: Fault, on: date) -> list[Decimal]:
    """Return how many more points following a hint brings than leaving out its activity."""
    index = int(re.findall(r"\[(\d+)\]", fault.path)[0])
    without = copy.deepcopy(plain)
    del without["activities"][index]
    least = points({**without, "placements": []}, on) or Decimal(0)
    return [brought for after in followed({**plain, "placements": []}, fault)
            if (brought := points(after, on)) is not None and brought > least]


MISSPELT = st.one_of(
    st.sampled_from(("minute", "hours", "contact_hours", "Contact Hour", "cme", "ceus", "CEU", "credit", "points",
                     "quarter", "semester", "semester_hours", "Webinar", "formal", "in-service", "In_Service",
                     "college", "saftey", "Safety", "ethic", "heme", "exam")),
    st.builds(lambda word, at: word[:at] + word[at + 1:], st.sampled_from((*words.KINDS, *words.UNITS, *words.AREAS)),
              st.integers(0, 8)),
    st.sampled_from((*words.UNITS, *words.KINDS, *words.AREAS)),
)


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[dict[str, Any], date]:
    """Draw a record with a misspelled word in one of its activities."""
    case: Case = draw(cases().filter(lambda case: bool(case.record.activities)))
    plain = cmprules.to_mapping(case.record)
    activity = draw(st.sampled_from(plain["activities"]))
    field = draw(st.sampled_from(("kind", "unit", "areas")))
    word = draw(MISSPELT)
    activity[field] = [word] if field == "areas" else word
    return plain, case.on


@given(misspelt())
def test_following_a_hint_never_brings_points(drawn: tuple[dict[str, Any], date]) -> None:
    """No hint for a kind, a unit or an area brings more points than leaving the activity out."""
    plain, on = drawn
    assert [more for fault in _faults(plain) for more in more_than_without(plain, fault, on)] == []


def test_the_law_sees_a_hint_that_brings_points() -> None:
    """An earlier kind of hint, for a college course in contact hours, would break the law."""
    plain: dict[str, Any] = {
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "c", "code": "MLS", "expires_on": "2026-05-31"}],
        "activities": [{"id": "a", "title": "Chemistry", "kind": "college_course", "amount": 1, "unit": "contact_hour",
                        "completed_on": "2025-01-02"}]}
    (fault,) = _faults(plain)
    assert more_than_without(plain, fault, date(2026, 3, 10)) == []
    for hint in ("did you mean 'quarter_hour'?", "take 'point'"):
        assert more_than_without(plain, attrs.evolve(fault, hint=hint), date(2026, 3, 10))


@pytest.mark.parametrize(("field", "word", "code", "listed"), [
    ("kind", "Webinar", "UNKNOWN_KIND", words.KINDS), ("unit", "minute", "UNKNOWN_UNIT", words.UNITS),
    ("areas", ["Safety"], "UNKNOWN_AREA", words.AREAS), ("areas", ["pool"], "UNKNOWN_AREA", words.AREAS),
])
def test_a_fault_lists_what_there_is(field: str, word: object, code: str, listed: dict[str, object]) -> None:
    """It lists every word, and the command that explains them, and suggests none."""
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.Activity(**{"id": "a", "title": "A", "kind": "formal_ce", "amount": 1, field: word})  # type: ignore[arg-type]
    (fault,) = caught.value.faults
    name = field.removesuffix("s")
    assert (fault.code, fault.hint) == (code, f"known: {', '.join(listed)}; `cmprules {name}s` explains them")


@pytest.mark.parametrize("kind", words.KINDS)
@pytest.mark.parametrize("cls", [cmprules.Activity, Course])
def test_a_wrong_unit_lists_those_of_the_kind(kind: str, cls: Any) -> None:
    """It lists exactly the units of the kind, in the order of the table."""
    for unit in words.UNITS:
        if unit in words.KINDS[kind]:
            continue
        with pytest.raises(cmprules.InputError) as caught:
            cls(id="a", title="A", kind=kind, amount=1, unit=unit)
        (fault,) = caught.value.faults
        assert (fault.path, fault.code, fault.expected) == ("$.unit", "WRONG_UNIT", " or ".join(words.KINDS[kind]))
        assert not {*PROPOSED.findall(fault.hint)} & {*words.UNITS}
