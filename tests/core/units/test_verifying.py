"""The verifier on allocations with several errors, or without a valid proof."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import cmprules
from cmprules._rules.results import PlacedPoints, Shortfall

BOOK = cmprules.load_book(edition="2026.1")
CYCLE = cmprules.Period(start=date(2022, 1, 1), end=date(2024, 12, 31))
PBT = BOOK.policy_for("PBT", expires_on=CYCLE.end)  # safety 1, ethics 1, phlebotomy 2, pool 5
NEWEST = cmprules.load_book(edition="2026.2").policy_for("PBT", expires_on=CYCLE.end)
BOTH = pytest.mark.parametrize("policy", [PBT, NEWEST], ids=["2026.1", "2026.2"])
"""One edition without rules on entries that may be one, and one with them: the verifier has a way for each."""


def course(id: str, amount: str, *areas: str, kind: str = "formal_ce") -> cmprules.Activity:
    """Make an activity in 2022."""
    return cmprules.Activity(id=id, title=f"Course {id}", kind=kind, amount=amount, areas=areas,
                             completed_on=date(2022, 5, 5))


def faults(alloc: object, *activities: cmprules.Activity) -> list[tuple[str, str]]:
    """Return path and code of the faults."""
    found = cmprules.verify_allocation(alloc, activities, PBT, cycle=CYCLE)  # type: ignore[arg-type]
    return [(fault.path, fault.code) for fault in found]


def proof(*areas: str, required: str, available: str) -> Shortfall:
    """Make a proof."""
    return Shortfall(areas=areas, required=Decimal(required), available=Decimal(available),
                     short=Decimal(required) - Decimal(available))


def test_work_in_the_pandemic_may_not_serve_an_area_though_it_names_it() -> None:
    """It serves only the pool."""
    work = course("work", "2", "safety", kind="covid_work")
    for area, expected in (("pool", []), ("safety", [("$.placements[0].area", "AREA_NOT_SERVED")])):
        placed = PlacedPoints(activity="work", area=area, points=Decimal(1))
        assert faults([placed], work) == expected


def test_each_of_two_wrong_proofs_is_named() -> None:
    """An unreadable proof does not hide the faults of the next."""
    activities = [course("free", "2")]
    best = cmprules.allocate(activities, PBT, cycle=CYCLE)
    mandatory, total = best.shortfalls
    strange, wrong = attrs.evolve(mandatory, areas=("nowhere",)), attrs.evolve(total, available=Decimal(3))
    found = faults(attrs.evolve(best, shortfalls=(strange, wrong)), *activities)
    assert found[:2] == [("$.shortfalls[0]", "PROOF_WRONG"), ("$.shortfalls[1]", "PROOF_WRONG")]


def test_a_proof_that_nothing_is_missing_is_none() -> None:
    """A full area proves no shortfall, though its sums are right."""
    activities = [course("s", "1", "safety"), course("e", "1", "ethics"), course("p", "2", "phlebotomy"),
                  course("free", "5")]
    best = cmprules.allocate(activities, PBT, cycle=CYCLE)
    assert best.shortfalls == ()
    nothing = proof("phlebotomy", required="2", available="2")
    assert faults(attrs.evolve(best, shortfalls=(nothing,)), *activities) == [("$.shortfalls[0]", "PROOF_WRONG")]


def test_a_proof_over_two_areas_is_refused_where_one_proves_as_much() -> None:
    """Safety has its point; only ethics is short."""
    activities = [course("s", "1", "safety"), course("p", "2", "phlebotomy"), course("free", "6")]
    best = cmprules.allocate(activities, PBT, cycle=CYCLE)
    assert [found.areas for found in best.shortfalls] == [("ethics",)]
    wide = proof("safety", "ethics", required="2", available="1")
    assert faults(attrs.evolve(best, shortfalls=(wide,)), *activities) == [("$.shortfalls[0]", "PROOF_WRONG")]


@pytest.mark.parametrize(("providers", "points"), [
    (("Sample Vendor", "sample vendor."), "1"), (("Sample Vendor", "Sample Society"), "3"),
    ((None, "Sample Vendor"), "1"),
])
def test_providers_decide_whether_a_course_was_taken_again(providers: tuple[str | None, str], points: str) -> None:
    """The verifier compares providers with its own code; one that is not given agrees with any."""
    entries = [attrs.evolve(course(name, amount), title="One title", provider=provider, completed_on=day)
               for name, amount, provider, day in zip("ab", ("1", "2"), providers,
                                                      (date(2022, 5, 5), date(2023, 5, 5)), strict=True)]
    best = cmprules.allocate(entries, NEWEST, cycle=CYCLE)
    assert sum(placed.points for placed in best.placements) == Decimal(points)
    assert cmprules.verify_allocation(best, entries, NEWEST, cycle=CYCLE) == ()


def test_an_entry_outside_the_cycle_brings_nothing_to_the_one_that_it_may_be() -> None:
    """Entered for the day before the cycle and for its first day: against the holder neither counts."""
    entries = [attrs.evolve(course(name, "1"), title="One title", completed_on=day)
               for name, day in (("a", date(2021, 12, 31)), ("b", date(2022, 1, 1)))]
    best = cmprules.allocate(entries, NEWEST, cycle=CYCLE)
    assert best.placements == ()
    assert cmprules.verify_allocation(best, entries, NEWEST, cycle=CYCLE) == ()
    alone = cmprules.allocate(entries[1:], NEWEST, cycle=CYCLE)
    assert [placed.activity for placed in alone.placements] == ["b"]


def test_an_activity_that_was_entered_twice_serves_the_areas_of_both_entries() -> None:
    """Safety has its point; the entry that counts fills ethics, which only its copy lists."""
    entries = [course("s", "1", "safety"), *(attrs.evolve(course(name, "1", area), title="One title")
                                             for name, area in (("a", "safety"), ("b", "ethics")))]
    best = cmprules.allocate(entries, NEWEST, cycle=CYCLE)
    assert [(placed.activity, placed.area) for placed in best.placements] == [("s", "safety"), ("a", "ethics")]
    assert cmprules.verify_allocation(best, entries, NEWEST, cycle=CYCLE) == ()


def test_what_is_no_activity_is_refused_by_its_place() -> None:
    """The finder and the verifier name it alike."""
    for ask in (lambda given: cmprules.allocate(given, PBT, cycle=CYCLE),
                lambda given: cmprules.verify_allocation([], given, PBT, cycle=CYCLE)):
        with pytest.raises(cmprules.InputError, match=r"\$\.activities: WRONG_TYPE: got 'a course'"):
            ask(["a course"])


def refused(policy: cmprules.Policy, activity: cmprules.Activity, *areas: str) -> list[str]:
    """Place a point of an activity in each area; return the codes of the faults."""
    placed = [PlacedPoints(activity=activity.id, area=area, points=Decimal(1)) for area in areas]
    return [fault.code for fault in cmprules.verify_allocation(placed, [activity], policy, cycle=CYCLE)]


@BOTH
@pytest.mark.parametrize(("day", "codes"), [
    (date(2021, 12, 31), ["NOT_ACCEPTED"]), (date(2022, 1, 1), []), (date(2024, 12, 31), []),
    (date(2025, 1, 1), ["NOT_ACCEPTED"]), (None, ["NOT_ACCEPTED"]),
])
def test_only_what_was_done_within_the_cycle_may_be_placed(
    policy: cmprules.Policy, day: date | None, codes: list[str]
) -> None:
    """Both its first and its last day count; a course without a day may count only in favor of the holder."""
    one = attrs.evolve(course("a", "1"), completed_on=day)
    assert refused(policy, one, "pool") == codes
    best = cmprules.allocate([one], policy, cycle=CYCLE)
    assert best.total.short_if_confirmed == (8 if day is None or not codes else 9)
    assert cmprules.verify_allocation(best, [one], policy, cycle=CYCLE) == ()


@BOTH
def test_an_open_kind_or_area_counts_only_in_favor_of_the_holder(policy: cmprules.Policy) -> None:
    """An examination may bring points, and a proposed area may be served; neither may be placed as it stands."""
    examination, proposing = course("x", "1", kind="exam_pass"), attrs.evolve(course("a", "1", "ethics"),
                                                                              proposed_areas=("safety",))
    assert refused(policy, examination, "pool") == ["NOT_ACCEPTED"]
    assert (refused(policy, proposing, "ethics"), refused(policy, proposing, "safety")) == ([], ["AREA_NOT_SERVED"])
    for one in (examination, proposing):
        best = cmprules.allocate([one], policy, cycle=CYCLE)
        assert cmprules.verify_allocation(best, [one], policy, cycle=CYCLE) == ()


@BOTH
@pytest.mark.parametrize(("areas", "codes"), [
    (("safety", "pool"), []), (("pool", "pool"), []), (("ethics",), ["AREA_NOT_SERVED", "ACTIVITY_EXCEEDED"]),
    (("safety", "safety"), ["NEED_EXCEEDED", "ACTIVITY_EXCEEDED"]),
])
def test_what_a_certificate_gives_to_an_area_serves_it_or_the_pool(
    policy: cmprules.Policy, areas: tuple[str, ...], codes: list[str]
) -> None:
    """One of two points is certified for safety; the other one serves the pool alone."""
    assert refused(policy, attrs.evolve(course("a", "2"), certified={"safety": "1"}), *areas) == codes
