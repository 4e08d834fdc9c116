"""Laws of tracking, on records of every kind."""

from __future__ import annotations

import json
import pickle
from datetime import date, timedelta

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._words import vocabulary
from cmprules._words.codes import every as codes
from cmprules.testing import Case, cases
from tests.examples import scaled
from tests.strategies import edition

SWAPPED = {"ADDED": "REMOVED", "REMOVED": "ADDED"}


def _track(case: Case) -> cmprules.Tracking:
    return cmprules.track(case.record, edition(), on=case.on)


@given(cases())
def test_ready_only_if_met_and_open_and_in_standing(case: Case) -> None:
    """A holder is ready only if the requirements are certainly met and the window is open."""
    tracking = _track(case)
    for one in tracking.credentials:
        decided = tracking.decision[one.id]
        if one.ready_to_declare:
            assert decided.outcome is cmprules.Outcome.MET
            assert decided.standing in {cmprules.Standing.CURRENT, cmprules.Standing.INACTIVE}
            assert decided.declaration is not None
            assert decided.declaration.opens_on <= case.on <= decided.declaration.last_day
            assert all(area.placed_by_holder >= area.needed for area in one.areas or ())
        assert (codes.READY_TO_DECLARE in one.message) is one.ready_to_declare


@given(cases(outcome="MET", most_credentials=1))
def test_whoever_takes_over_the_placement_of_the_decision_is_ready_in_the_window(case: Case) -> None:
    """The placement in the answer leaves nothing to place or to correct."""
    decided = cmprules.decide(case.record, edition(), on=case.on).credentials[0]
    own = [cmprules.Placement(credential=decided.id, activity=one.activity, area=one.area, points=one.points)
           for one in decided.placements or ()]
    one = cmprules.track(attrs.evolve(case.record, placements=own), edition(), on=case.on).credentials[0]

    assert one.next_step.code not in {"PLACE_CREDITS", "CORRECT_PLACEMENT"}
    assert one.ready_to_declare is (one.window in {"open", "late"})


@given(cases())
def test_what_waits_and_what_is_placed_are_what_counts(case: Case) -> None:
    """Waiting points, alone or with lawful placements, never exceed the points that count."""
    tracking = _track(case)
    for one in tracking.credentials:
        decided = tracking.decision[one.id]
        results = {result.id: result for result in decided.activities or ()}
        asked = {area.area for area in decided.areas or ()}
        for credit in one.waiting or ():
            assert 0 < credit.points <= results[credit.activity].entered
            assert results[credit.activity].placed + results[credit.activity].surplus > 0 or (
                results[credit.activity].over_cap > 0)
            assert set(credit.areas) <= asked
        waiting = sum(credit.points for credit in one.waiting or ())
        assert waiting <= sum(result.placed + result.surplus for result in results.values())


@given(cases())
def test_the_steps_fit_the_outcome(case: Case) -> None:
    """Every answer has a next step; each step appears once, in the order of the table."""
    tracking = _track(case)
    order = list(codes.STEPS)
    for one in tracking.credentials:
        steps = [one.next_step.code, *(step.code for step in one.further_steps)]
        assert [order.index(step) for step in steps] == sorted({order.index(step) for step in steps})
        assert ("SETTLE_QUESTION" in steps) is (one.outcome is cmprules.Outcome.NEEDS_REVIEW)
        assert ("NOTHING_REQUIRED" in steps) is (one.outcome is cmprules.Outcome.NOT_REQUIRED)
        assert ("EARN_POINTS" in steps) is bool(one.short)
        if one.outcome is cmprules.Outcome.NOT_MET:
            assert "EARN_POINTS" in steps


@given(cases())
def test_days_left_count_to_the_last_day(case: Case) -> None:
    """Adding them to the day gives the last day."""
    tracking = _track(case)
    for one in tracking.credentials:
        declaration = tracking.decision[one.id].declaration
        if one.days_left is not None:
            assert declaration is not None
            assert case.on + timedelta(days=one.days_left) == declaration.last_day
        else:
            assert declaration is None or declaration.last_day < case.on


@given(cases(), st.randoms())
def test_the_order_of_activities_has_no_bearing(case: Case, random: st.DataObject) -> None:
    """Reordered input gives the same answers, except for the order in which activities are listed."""
    shuffled = list(case.record.activities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = cmprules.track(attrs.evolve(case.record, activities=shuffled), edition(), on=case.on)
    tracking = _track(case)

    assert set(other.credits) == set(tracking.credits)
    for one in tracking.credentials:
        same = other[one.id]
        assert [step.code for step in (one.next_step, *one.further_steps)] == [
            step.code for step in (same.next_step, *same.further_steps)]
        assert (one.areas, one.ready_to_declare) == (same.areas, same.ready_to_declare)
        assert sum(credit.points for credit in one.waiting or ()) == sum(
            credit.points for credit in same.waiting or ())


@settings(max_examples=scaled(50))
@given(cases())
def test_a_tracking_comes_back_from_json_and_pickle(case: Case) -> None:
    """It reads back equal, with equal reports."""
    tracking = _track(case)
    again = cmprules.parse_tracking(json.loads(cmprules.render(tracking, "json")))

    assert again == tracking == pickle.loads(pickle.dumps(tracking))
    assert hash(again) == hash(tracking)
    assert cmprules.to_mapping(tracking)["notice"] == codes.NOTICE
    for form in ("text", "markdown", "html"):
        assert cmprules.render(again, form) == cmprules.render(tracking, form)


# ---------------------------------------------------------------------------------------------------------
# Changes.


@given(cases())
def test_nothing_differs_from_itself(case: Case) -> None:
    """`changes(a, a)` is empty."""
    assert not cmprules.changes(_track(case), _track(case))


@given(cases(), cases(), st.sampled_from(("inferred", "official", "society")))
def test_swapped_trackings_have_swapped_changes(one: Case, other: Case, trust: str) -> None:
    """The differences are the same, the other way round."""
    before, after = _track(one), cmprules.track(other.record, edition(), on=other.on, trust=trust)
    there, back = cmprules.changes(before, after), cmprules.changes(after, before)

    def swapped(change: cmprules.Change) -> cmprules.Change:
        code = change.code
        for old, new in SWAPPED.items():
            if change.code.endswith(old):
                code = change.code.removesuffix(old) + new
        return attrs.evolve(change, code=code, before=change.after, after=change.before)

    assert set(map(swapped, there.changes)) == set(back.changes)
    assert len(there) == len(back)
    assert there.days == -back.days


@given(cases(), cases())
def test_every_difference_of_what_is_compared_is_named(one: Case, other: Case) -> None:
    """There is a change exactly where a figure, an outcome, a step or an activity differs."""
    before, after = _track(one), _track(other)
    found = {(change.code, change.subject, change.where): (change.before, change.after)
             for change in cmprules.changes(before, after).changes}
    for name in {old.id for old in before.credentials} & {new.id for new in after.credentials}:
        old, new = before[name], after[name]
        for code, attribute in (("OUTCOME_CHANGED", "outcome"), ("STANDING_CHANGED", "standing"),
                                ("WINDOW_CHANGED", "window")):
            differ = getattr(old, attribute) != getattr(new, attribute)
            assert ((code, name, None) in found) is differ
        assert (("STEP_CHANGED", name, None) in found) is (old.next_step.code != new.next_step.code)
        for area in (*vocabulary.AREAS, vocabulary.POOL):
            figures = [{area.area: (area.needed, area.applied) for area in side.areas or ()}.get(area, (None, None))
                       for side in (old, new)]
            assert (("NEEDED_CHANGED", name, area) in found) is (figures[0][0] != figures[1][0])
            assert (("APPLIED_CHANGED", name, area) in found) is (figures[0][1] != figures[1][1])
    records = ({part.id: part for part in side.record.activities} for side in (before, after))
    olds, news = records
    for activity in olds.keys() | news.keys():
        named = any(subject == activity and code.startswith("ACTIVITY") for code, subject, _ in found)
        assert named is (olds.get(activity) != news.get(activity))
    assert all(old != new for old, new in found.values())


@given(cases())
def test_changes_validate_and_are_values(case: Case) -> None:
    """They can be pickled, compared and hashed, and their JSON ends with the notice."""
    found = cmprules.changes(_track(case), cmprules.track(case.record, edition(), on=date(2026, 6, 1)))

    assert pickle.loads(pickle.dumps(found)) == found
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))
    assert list(cmprules.to_mapping(found))[-1] == "notice"
