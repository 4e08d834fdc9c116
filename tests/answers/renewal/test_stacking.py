"""Credentials in one area: each choice with its points, its fees and the effects of letting one go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings

import cmprules
from cmprules.renewal import stacked
from cmprules.testing import cases
from tests.answers.renewal.samples import course, credential, record
from tests.examples import scaled
from tests.strategies import edition

BOOK = edition()
ON = date(2026, 3, 10)
BB, SBB, MLS = credential("BB", "2026-05-31"), credential("SBB", "2026-08-31"), credential("MLS", "2026-05-31")


def test_bb_and_sbb_side_by_side() -> None:
    """The choices are one, the other, and both, with points, shortfalls, fees and what happens to the other."""
    held = record(BB, SBB, activities=(course("a", "9", "2025-02-01", "blood_banking"),))
    (group,) = stacked(held, BOOK, on=ON).groups
    found = [(choice.keep, str(choice.fees.total), [str(amount) for amount in (
        *_both(choice.required), *_both(choice.short))]) for choice in group.choices]

    assert (group.area, group.credentials) == ("blood_banking", ("bb", "sbb"))
    assert found == [(("bb",), "110.00", ["36", "36", "27", "27"]), (("sbb",), "110.00", ["36", "36", "27", "27"]),
                     (("bb", "sbb"), "205.00", ["36", "72", "27", "54"])]
    assert [[(one.id, str(one.last_day), str(one.becomes)) for one in choice.let_go] for choice in group.choices] == [
        [("sbb", "2026-08-31", "expired")], [("bb", "2026-05-31", "expired")], []]


def _both(extent: Any) -> tuple[Decimal, Decimal]:
    return extent.least, extent.most


def test_each_area_has_what_all_of_them_need_and_what_each_needs() -> None:
    """BB needs eight points in its area, SBB ten: ten if every activity serves both, eighteen if none does."""
    both = stacked(record(BB, SBB), BOOK, on=ON).groups[0].choices[-1]
    areas = {area.area: tuple(map(str, _both(area.required))) for area in both.areas or ()}

    assert list(areas) == ["safety", "ethics", "blood_banking", "pool"]
    assert areas["blood_banking"] == ("10", "18")
    assert areas["safety"] == ("1", "2")


@pytest.mark.parametrize(("codes", "areas"), [
    (("C", "SC"), ["chemistry"]), (("AT", "HP", "QIA"), ["apheresis"]), (("HT", "HTL"), ["histology"]),
    (("BB", "SC"), []), (("I", "SI", "DMLI"), ["immunology"]), (("BB", "SBB", "C", "SC"), ["blood_banking",
                                                                                           "chemistry"]),
])
def test_who_shares_one_own_area_is_in_one_area(codes: tuple[str, ...], areas: list[str]) -> None:
    """The own areas of the edition decide, in their order."""
    answer = stacked(record(*(credential(code) for code in codes)), BOOK, on=ON)

    assert [group.area for group in answer.groups] == areas
    assert answer.unclear == ()
    assert answer.open == ()


def test_a_credential_of_several_areas_is_unclear() -> None:
    """MLS with BB is not established: it is not offered as a choice, and the question is named."""
    answer = stacked(record(MLS, BB, SBB, credential("MLT")), BOOK, on=ON)

    assert [(pair.credentials, pair.areas) for pair in answer.unclear] == [
        (("mls", "bb"), ("blood_banking",)), (("mls", "sbb"), ("blood_banking",)),
        (("mls", "mlt"), ("blood_banking", "chemistry", "hematology", "microbiology")),
        (("bb", "mlt"), ("blood_banking",)), (("sbb", "mlt"), ("blood_banking",))]
    assert [group.credentials for group in answer.groups] == [("bb", "sbb")]
    assert [rule.name for rule in answer.open] == ["renewal/several_areas"]
    assert list(answer.requirements) == ["mls", "bb", "sbb", "mlt"]


def test_what_is_not_maintained_is_no_choice() -> None:
    """A credential without an end whose holder does not take part needs and costs nothing."""
    old = credential("BB", None, certified_on="1998-05-20")

    assert stacked(record(old, SBB), BOOK, on=ON).groups == ()


@pytest.mark.parametrize(("fields", "last_day", "becomes"), [
    ({"end": "2026-05-31"}, "2026-05-31", "no_end_date"), ({"end": None}, "None", "no_end_date"),
    ({"end": "2026-03-09"}, "None", "no_end_date"), ({"end": "2026-03-10"}, "2026-03-10", "no_end_date"),
])
def test_a_voluntary_credential_that_is_let_go_never_expires(
    fields: dict[str, Any], last_day: str, becomes: str
) -> None:
    """Only the mark is lost; checks both sides of its last day."""
    old = credential("BB", certified_on="1998-05-20", voluntary=True, **fields)
    choice = stacked(record(old, SBB), BOOK, on=ON).groups[0].choices[1]

    assert [(one.id, str(one.last_day), str(one.becomes)) for one in choice.let_go] == [("bb", last_day, becomes)]


def test_an_expired_credential_can_still_be_chosen() -> None:
    """Choosing it costs the reinstatement fee; letting it go leaves it expired."""
    gone = credential("BB", "2025-05-31")
    choices = stacked(record(gone, SBB), BOOK, on=ON).groups[0].choices

    assert [str(choice.fees.total) for choice in choices] == ["255.00", "110.00", "365.00"]
    assert str(choices[1].let_go[0].becomes) == "expired"


def test_without_a_table_there_are_no_points_to_compare() -> None:
    """DMLI has no established table: choices that keep it have no figures, the others do."""
    choices = stacked(record(credential("I"), credential("DMLI")), BOOK, on=ON).groups[0].choices

    assert [choice.required is None for choice in choices] == [False, True, True]
    assert [choice.areas is None for choice in choices] == [False, True, True]
    assert [str(choice.outcomes[-1]) for choice in choices] == ["NOT_MET", "NEEDS_REVIEW", "NEEDS_REVIEW"]


def test_trust_is_handed_on() -> None:
    """Figures below the caller's trust are not established."""
    choices = stacked(record(BB, SBB), BOOK, on=ON, trust="official").groups[0].choices

    assert {choice.required for choice in choices} == {None}


@pytest.mark.parametrize(("count", "choices"), [(2, 3), (3, 7), (4, 15), (5, 6)])
def test_among_many_credentials_each_alone_and_all_of_them_are_shown(count: int, choices: int) -> None:
    """Up to four credentials every choice is shown; beyond that, only each alone and all together."""
    held = record(*(credential("BB", f"2026-0{index + 4}-30", id=f"bb{index}") for index in range(count)))

    assert len(stacked(held, BOOK, on=ON).groups[0].choices) == choices


def test_amounts_that_nobody_could_source_have_a_reason() -> None:
    """Between sightings there is no total."""
    held = record(credential("BB", "2015-05-31"), credential("SBB", "2015-05-31"))
    choices = stacked(held, BOOK, on=date(2015, 3, 10)).groups[0].choices

    assert {choice.fees.total for choice in choices} == {None}
    assert all(choice.fees.why for choice in choices)


@settings(max_examples=scaled(40))
@given(cases())
def test_every_choice_is_what_the_decision_and_the_fees_say(case: Any) -> None:
    """Law: each figure is that of `decide` or `quote_fees`; keeping more never costs or needs less."""
    answer = stacked(case.record, BOOK, on=case.on)
    decision = cmprules.decide(case.record, BOOK, on=case.on)
    held = {one.id: one for one in case.record.credentials}
    for group in answer.groups:
        assert {BOOK.own_areas[held[name].code] for name in group.credentials} == {(group.area,)}
        for choice in group.choices:
            totals = [decision[name].total for name in choice.keep]
            shorts = [total.short for total in totals if total is not None]
            if choice.short is not None:
                assert (choice.short.least, choice.short.most) == (max(shorts), sum(shorts))
            assert {*choice.keep, *(one.id for one in choice.let_go)} == set(group.credentials)
    for one, other in ((one, other) for group in answer.groups for one, other in combinations(group.choices, 2)):
        if set(one.keep) < set(other.keep) and one.fees.total is not None and other.fees.total is not None:
            assert one.fees.total < other.fees.total


@settings(max_examples=scaled(40))
@given(cases())
def test_nothing_that_is_shared_is_missed(case: Any) -> None:
    """Law: two credentials that share an area are in a group or unclear, and never both."""
    answer = stacked(case.record, BOOK, on=case.on)
    held = [one for one in case.record.credentials if one.expires_on is not None or one.voluntary]
    grouped = {pair for group in answer.groups for pair in combinations(group.credentials, 2)}
    unclear = {pair.credentials for pair in answer.unclear}
    shared = {(one.id, other.id) for one, other in combinations(held, 2)
              if set(BOOK.own_areas[one.code]) & set(BOOK.own_areas[other.code])}

    assert grouped | unclear == shared
    assert not grouped & unclear
