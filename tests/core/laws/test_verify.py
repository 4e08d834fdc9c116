"""The verifier accepts what the finder finds, and refuses anything altered."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import cmprules
from cmprules._rules.results import ActivityResult, AreaResult, PlacedPoints
from cmprules._words.codes.faults import FAULTS
from tests.reckoning import cap_of, counted, hundredths, points_of
from tests.strategies import Placing, placings

CENT = Decimal("0.01")


def allocated(placing: Placing) -> cmprules.Allocation:
    """Allocate the activities of a drawn placing."""
    return cmprules.allocate(placing.activities, placing.policy, cycle=placing.cycle)


def faults_of(placing: Placing, alloc: object) -> set[str]:
    """Verify, and return the codes of the faults."""
    found = cmprules.verify_allocation(alloc, placing.activities, placing.policy,  # type: ignore[arg-type]
                                       cycle=placing.cycle)
    assert all(fault.code in FAULTS for fault in found)
    return {fault.code for fault in found}


def picked(data: st.DataObject, alloc: cmprules.Allocation) -> int:
    """Pick one placement from an allocation that has some."""
    assume(alloc.placements)
    return data.draw(st.integers(0, len(alloc.placements) - 1))


def replaced(alloc: cmprules.Allocation, index: int, *new: PlacedPoints) -> cmprules.Allocation:
    """Replace one placement with others."""
    placed = (*alloc.placements[:index], *new, *alloc.placements[index + 1 :])
    return attrs.evolve(alloc, placements=placed)


class TestWhatIsFoundIsAccepted:
    """Part 3, placement: `verify_allocation`, written independently of the finder, checks any placement."""

    @given(placings())
    def test_an_allocation(self, placing: Placing) -> None:
        """It finds no fault in any allocation, nor in its placements alone."""
        alloc = allocated(placing)
        assert faults_of(placing, alloc) == set()
        assert faults_of(placing, alloc.placements) == set()

    @given(placings())
    def test_as_the_holders_own(self, placing: Placing) -> None:
        """The same placement, entered as the holder's own, is lawful too."""
        own = [cmprules.Placement(credential="c", activity=one.activity, area=one.area, points=one.points)
               for one in allocated(placing).placements]
        assert faults_of(placing, own) == set()


class TestWhatWasTouchedIsRefused:
    """Part 3, placement and proof: an altered placement or proof fails the check."""

    @given(placings(), st.data())
    def test_another_area(self, placing: Placing, data: st.DataObject) -> None:
        """Points moved to another area of the table are refused."""
        alloc = allocated(placing)
        index = picked(data, alloc)
        old = alloc.placements[index]
        areas = [area.area for area in alloc.areas if area.area != old.area]
        assume(areas)
        moved = attrs.evolve(old, area=data.draw(st.sampled_from(areas)))
        assert faults_of(placing, replaced(alloc, index, moved))

    @given(placings(), st.data(), st.integers(1, 500))
    def test_more_points(self, placing: Placing, data: st.DataObject, more: int) -> None:
        """More points than were placed are refused."""
        alloc = allocated(placing)
        index = picked(data, alloc)
        old = alloc.placements[index]
        assert faults_of(placing, replaced(alloc, index, attrs.evolve(old, points=old.points + more * CENT)))

    @given(placings(), st.data())
    def test_fewer_points(self, placing: Placing, data: st.DataObject) -> None:
        """Fewer points than were placed are refused."""
        alloc = allocated(placing)
        index = picked(data, alloc)
        old = alloc.placements[index]
        assert faults_of(placing, replaced(alloc, index, attrs.evolve(old, points=old.points - CENT)))

    @given(placings(), st.data())
    def test_another_activity(self, placing: Placing, data: st.DataObject) -> None:
        """Points attributed to another activity are refused."""
        alloc = allocated(placing)
        index = picked(data, alloc)
        others = [one.id for one in placing.activities if one.id != alloc.placements[index].activity]
        other = data.draw(st.sampled_from([*others, "nobody's"]))
        assert faults_of(placing, replaced(alloc, index, attrs.evolve(alloc.placements[index], activity=other)))

    @given(placings(), st.data())
    def test_a_dropped_placement(self, placing: Placing, data: st.DataObject) -> None:
        """A placement left out is refused."""
        alloc = allocated(placing)
        assert "SUM_WRONG" in faults_of(placing, replaced(alloc, picked(data, alloc)))

    @given(placings(), st.data())
    def test_a_placement_given_twice(self, placing: Placing, data: st.DataObject) -> None:
        """A repeated placement is refused."""
        alloc = allocated(placing)
        index = picked(data, alloc)
        assert faults_of(placing, replaced(alloc, index, *[alloc.placements[index]] * 2))

    @given(placings(), st.data())
    def test_a_worse_placement_with_right_sums(self, placing: Placing, data: st.DataObject) -> None:
        """Points left out, with corrected sums, are refused: no proof shows them missing."""
        alloc = allocated(placing)
        index = picked(data, alloc)
        old = alloc.placements[index]
        out = data.draw(st.sampled_from((old.points, CENT)))
        rest = [attrs.evolve(old, points=old.points - out)] if old.points > out else []
        worse = replaced(alloc, index, *rest)
        total = attrs.evolve(alloc.total, placed=alloc.total.placed - out, short=alloc.total.short + out)
        worse = attrs.evolve(
            worse, total=total,
            areas=tuple(_less(area, out) if area.area == old.area else area for area in alloc.areas),
            activities=tuple(_surplus(one, out) if one.id == old.activity else one for one in alloc.activities),
        )
        assert "PROOF_WRONG" in faults_of(placing, worse)

    @given(placings(), st.data())
    def test_a_shifted_proof(self, placing: Placing, data: st.DataObject) -> None:
        """A proof with another figure or another set of areas is refused, and so is a missing proof."""
        alloc = allocated(placing)
        assume(alloc.shortfalls)
        index = data.draw(st.integers(0, len(alloc.shortfalls) - 1))
        proof, names = alloc.shortfalls[index], [area.area for area in alloc.areas]
        kind = data.draw(st.sampled_from(("short", "available", "required", "both", "areas", "dropped")))
        new: tuple[cmprules.Shortfall, ...] = ()
        if kind == "both":
            new = (attrs.evolve(proof, required=proof.required + CENT, short=proof.short + CENT),)
        elif kind == "areas":
            mandatory = [name for name in names if name != "pool"]
            areas = data.draw(st.lists(st.sampled_from(mandatory), min_size=1, unique=True))
            assume(set(areas) != set(proof.areas))
            new = (attrs.evolve(proof, areas=tuple(areas)),)
            assume(_required(alloc, areas) != proof.required)
        elif kind != "dropped":
            new = (attrs.evolve(proof, **{kind: getattr(proof, kind) + CENT}),)
        touched = (*alloc.shortfalls[:index], *new, *alloc.shortfalls[index + 1 :])
        assume(kind != "dropped" or _needed(alloc, index))
        assert "PROOF_WRONG" in faults_of(placing, attrs.evolve(alloc, shortfalls=touched))

    @given(placings(), st.data())
    def test_a_proof_given_twice(self, placing: Placing, data: st.DataObject) -> None:
        """Two proofs of the same shortfall are refused."""
        alloc = allocated(placing)
        assume(alloc.shortfalls)
        again = data.draw(st.sampled_from(alloc.shortfalls))
        assert "PROOF_WRONG" in faults_of(placing, attrs.evolve(alloc, shortfalls=(*alloc.shortfalls, again)))

    @given(placings(), st.data())
    def test_a_sum_that_does_not_follow(self, placing: Placing, data: st.DataObject) -> None:
        """A figure of an area, an activity or the total that does not follow from the placements is refused."""
        alloc = allocated(placing)
        part = data.draw(st.sampled_from(("areas", "activities", "total") if placing.activities else ("total",)))
        if part == "total":
            name = data.draw(st.sampled_from(("placed", "short", "required")))
            touched = attrs.evolve(alloc, total=attrs.evolve(alloc.total, **{name: getattr(alloc.total, name) + CENT}))
        else:
            listed = getattr(alloc, part)
            index = data.draw(st.integers(0, len(listed) - 1))
            names = {"areas": ("placed", "short", "required"),
                     "activities": ("placed", "entered", "surplus", "duplicate")}
            name = data.draw(st.sampled_from(names[part]))
            new = attrs.evolve(listed[index], **{name: getattr(listed[index], name) + CENT})
            changed: Any = {part: (*listed[:index], new, *listed[index + 1 :])}
            touched = attrs.evolve(alloc, **changed)
        assert faults_of(placing, touched)


def _less(area: AreaResult, points: Decimal) -> AreaResult:
    return attrs.evolve(area, placed=area.placed - points, short=area.short + points)


def _surplus(result: ActivityResult, points: Decimal) -> ActivityResult:
    return attrs.evolve(result, placed=result.placed - points, surplus=result.surplus + points)


def _required(alloc: cmprules.Allocation, areas: list[str]) -> Decimal:
    return sum((area.required for area in alloc.areas if area.area in areas), Decimal(0))


def _needed(alloc: cmprules.Allocation, index: int) -> bool:
    """Return whether the shortfall is no longer proven without one proof."""
    rest = [proof.short for number, proof in enumerate(alloc.shortfalls) if number != index]
    return "pool" not in alloc.shortfalls[index].areas or max(rest, default=Decimal(0)) < alloc.total.short


class TestLawfulOrNot:
    """Part 3: placements alone are lawful if each is where it may be, and no limit is exceeded."""

    @given(placings(), st.data())
    def test_as_plain_reading_says(self, placing: Placing, data: st.DataObject) -> None:
        """Placements are refused exactly if a plain reading of the rules refuses them."""
        activities, policy, _ = placing
        assume(activities)
        names = [*(figure.area for figure in policy.areas or ()), "pool", "virology"]
        own = [
            cmprules.Placement(credential="c", activity=data.draw(st.sampled_from(activities)).id,
                               area=data.draw(st.sampled_from(names)),
                               points=data.draw(st.sampled_from((1, 10, 50, 100, 700, 1_900))) * CENT)
            for _ in range(data.draw(st.integers(0, 4)))
        ]
        assert bool(faults_of(placing, own)) is not self.lawful(own, placing)

    @given(placings(), st.data())
    def test_as_plain_reading_says_of_small_changes(self, placing: Placing, data: st.DataObject) -> None:
        """The same holds for the finder's placements with one small change."""
        alloc = allocated(placing)
        index = picked(data, alloc)
        old = alloc.placements[index]
        change = data.draw(st.sampled_from(("alone", "area", "more", "less", "twice")))
        new = [old]
        if change == "alone":
            new = [attrs.evolve(old, area=data.draw(st.sampled_from([area.area for area in alloc.areas])), points=CENT)]
            alloc = attrs.evolve(alloc, placements=(old,))
            index = 0
        elif change == "area":
            new = [attrs.evolve(old, area=data.draw(st.sampled_from([area.area for area in alloc.areas])))]
        elif change == "twice":
            new = [old, attrs.evolve(old, points=CENT)]
        elif change == "more":
            new = [attrs.evolve(old, points=old.points + CENT)]
        elif old.points > CENT:
            new = [attrs.evolve(old, points=old.points - CENT)]
        changed = replaced(alloc, index, *new).placements
        assert bool(faults_of(placing, changed)) is not self.lawful(changed, placing)

    @staticmethod
    def lawful(own: object, placing: Placing) -> bool:
        """Apply the rules in the plainest way."""
        activities, policy, cycle = placing
        assert policy.total is not None
        assert policy.pool is not None
        total = hundredths(policy.total.value)
        needs = {figure.area: hundredths(figure.value) for figure in policy.areas or ()}
        needs["pool"] = hundredths(policy.pool.value)
        found = {one.id: (one, areas) for one, areas in counted(activities, cycle.start, cycle.end)}
        sums: Counter[tuple[str, str]] = Counter()
        for placed in own:  # type: ignore[attr-defined]
            if placed.activity not in found or placed.area not in needs:
                return False
            one, areas = found[placed.activity]
            if placed.area != "pool" and placed.area not in areas:
                return False
            for key in (("activity", one.id), ("area", placed.area), ("kind", one.kind)):
                sums[key] += hundredths(placed.points)
        room = {("activity", name): points_of(one) for name, (one, _) in found.items()}
        room |= {("area", name): points for name, points in needs.items()}
        room |= {("kind", kind): cap for kind in ("college_course", "covid_work")
                 if (cap := cap_of(kind, total)) is not None}
        return all(points <= room.get(key, points) for key, points in sums.items())


class TestWithoutATable:
    """Part 5: a policy that is not established has no figures to place points in, or to check against."""

    def test_there_is_nothing_to_check_against(self, book: cmprules.PolicyBook) -> None:
        """Both refuse with `NotEstablishedError`."""
        policy = book.policy_for("MLA", expires_on="2026-05-31")
        cycle = cmprules.Period(start="2023-06-01", end="2026-05-31")
        with pytest.raises(cmprules.NotEstablishedError):
            cmprules.allocate([], policy, cycle=cycle)
        with pytest.raises(cmprules.NotEstablishedError):
            cmprules.verify_allocation([], [], policy, cycle=cycle)


class TestFiguresThatAreNotThePolicys:
    """Part 3: the verifier checks against the table and the activities, not against the figures in the allocation."""

    @given(placings())
    def test_requirements_lowered_to_what_is_placed(self, placing: Placing) -> None:
        """An allocation that lowers the requirements to the placed points is refused."""
        alloc = allocated(placing)
        assume(alloc.total.short)
        areas = tuple(attrs.evolve(area, required=area.placed, short=Decimal(0)) for area in alloc.areas)
        total = attrs.evolve(alloc.total, required=alloc.total.placed, short=Decimal(0))
        assert faults_of(placing, attrs.evolve(alloc, areas=areas, shortfalls=(), total=total))

    @given(placings())
    def test_areas_left_out(self, placing: Placing) -> None:
        """An allocation without areas and placements is refused."""
        alloc, nothing = allocated(placing), Decimal(0)
        total = attrs.evolve(alloc.total, required=nothing, placed=nothing, short=nothing)
        activities = tuple(_surplus(one, one.placed) for one in alloc.activities)
        assert faults_of(placing, attrs.evolve(alloc, areas=(), shortfalls=(), placements=(), total=total,
                                               activities=activities))

    @given(placings(), st.data())
    def test_more_entered(self, placing: Placing, data: st.DataObject) -> None:
        """An activity with more points than it has is refused."""
        alloc = allocated(placing)
        assume(alloc.activities)
        index = data.draw(st.integers(0, len(alloc.activities) - 1))
        old = alloc.activities[index]
        new = attrs.evolve(old, entered=old.entered + 1, surplus=old.surplus + 1)
        touched = (*alloc.activities[:index], new, *alloc.activities[index + 1 :])
        assert faults_of(placing, attrs.evolve(alloc, activities=touched))

    @given(placings(), st.sampled_from(("over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")))
    def test_surplus_said_to_be_something_else(self, placing: Placing, name: str) -> None:
        """Points listed in the wrong place are refused."""
        alloc = allocated(placing)
        index = next((number for number, one in enumerate(alloc.activities) if one.surplus), None)
        assume(index is not None)
        assert index is not None
        old = alloc.activities[index]
        changed: Any = {name: getattr(old, name) + old.surplus, "surplus": Decimal(0)}
        touched = (*alloc.activities[:index], attrs.evolve(old, **changed), *alloc.activities[index + 1 :])
        assert faults_of(placing, attrs.evolve(alloc, activities=touched))

    @given(placings(), st.data())
    def test_what_is_said_beside_the_sums(self, placing: Placing, data: st.DataObject) -> None:
        """A changed shortfall if all were confirmed, or a changed list of divided activities, is refused."""
        alloc = allocated(placing)
        about_division: bool = data.draw(st.booleans())
        if alloc.activities and about_division:
            name = data.draw(st.sampled_from(alloc.activities)).id
            divided = tuple(one for one in alloc.divided if one != name) if name in alloc.divided else (name,)
            assert faults_of(placing, attrs.evolve(alloc, divided=divided))
        else:
            total = attrs.evolve(alloc.total, short_if_confirmed=alloc.total.short_if_confirmed + CENT)
            assert faults_of(placing, attrs.evolve(alloc, total=total))

    @given(placings())
    def test_a_proof_over_an_area_that_the_table_lacks(self, placing: Placing) -> None:
        """A proof over an area outside the table is a fault, and no crash."""
        alloc = allocated(placing)
        assume(alloc.shortfalls)
        strange = attrs.evolve(alloc.shortfalls[0], areas=("nowhere",))
        assert "PROOF_WRONG" in faults_of(placing, attrs.evolve(alloc, shortfalls=(strange, *alloc.shortfalls[1:])))
