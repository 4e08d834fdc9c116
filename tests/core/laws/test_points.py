"""Where points go: each to one place, and no place over its limit."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules.testing import Case, cases
from tests.reckoning import BUCKETS, CAPPED, ESTABLISHED, cap_of, counted, hundredths, points_of, same_entry
from tests.strategies import Placing, edition, overloaded, placings


def buckets_of(result: object) -> dict[str, int]:
    """Return the seven parts of an activity's answer, in hundredths."""
    return {name: hundredths(getattr(result, name)) for name in BUCKETS}


class TestEveryPointEndsInOnePlace:
    """Part 3: every point ends in one of seven places, and these add up to what was entered."""

    @given(cases())
    def test_for_each_activity_of_a_decision(self, case: Case) -> None:
        """Activities come in the order of the record, and the seven parts of each add up to its entered points."""
        for answer in cmprules.decide(case.record, edition(), on=case.on).credentials:
            if answer.outcome == "NOT_REQUIRED":
                assert answer.activities is None
                continue
            assert answer.activities is not None
            assert [result.id for result in answer.activities] == [one.id for one in case.record.activities]
            for result, one in zip(answer.activities, case.record.activities, strict=True):
                parts = buckets_of(result)
                assert min(parts.values()) >= 0
                assert sum(parts.values()) == hundredths(result.entered) == points_of(one)

    @given(cases())
    def test_in_total(self, case: Case) -> None:
        """Over all activities the seven parts are the entered points, and the placed ones are those of the total."""
        entered = sum(map(points_of, case.record.activities))
        for answer in cmprules.decide(case.record, edition(), on=case.on).credentials:
            if answer.activities is not None:
                sums: Counter[str] = Counter()
                for result in answer.activities:
                    sums.update(buckets_of(result))
                assert sum(sums.values()) == entered
                assert sums["placed"] == (hundredths(answer.total.placed) if answer.total is not None else 0)

    @given(placings())
    def test_of_an_allocation(self, placing: Placing) -> None:
        """The same holds for an allocation, and its placements add up to the placed points."""
        found = cmprules.allocate(placing.activities, placing.policy, cycle=placing.cycle)
        by_id: Counter[str] = Counter()
        for one in found.placements:
            by_id[one.activity] += hundredths(one.points)
        for result, activity in zip(found.activities, placing.activities, strict=True):
            parts = buckets_of(result)
            assert (result.id, sum(parts.values())) == (activity.id, points_of(activity))
            assert parts["placed"] == by_id[activity.id]
        assert sum(by_id.values()) == hundredths(found.total.placed)


class TestNothingIsExceeded:
    """Part 3: a point is placed once; points that an area does not need flow to the pool; caps bind placed points."""

    @given(placings())
    def test_no_activity_area_or_cap(self, placing: Placing) -> None:
        """No activity brings more than it has, no area gets more than it needs, no kind exceeds its cap."""
        activities, policy, cycle = placing
        needs = {figure.area: hundredths(figure.value) for figure in policy.areas or ()}
        assert policy.total is not None
        assert policy.pool is not None
        total, needs["pool"] = hundredths(policy.total.value), hundredths(policy.pool.value)
        serves = {one.id: areas for one, areas in counted(activities, cycle.start, cycle.end)}
        known = {one.id: one for one in activities}
        by_activity: Counter[str] = Counter()
        by_area: Counter[str] = Counter()
        by_kind: Counter[str] = Counter()
        for placed in cmprules.allocate(activities, policy, cycle=cycle).placements:
            assert placed.points > 0
            assert placed.area == "pool" or placed.area in serves[placed.activity]
            by_activity[placed.activity] += hundredths(placed.points)
            by_area[placed.area] += hundredths(placed.points)
            by_kind[known[placed.activity].kind] += hundredths(placed.points)
        assert all(points <= points_of(known[name]) for name, points in by_activity.items())
        assert all(points <= needs[name] for name, points in by_area.items())
        assert all(by_kind[kind] <= (cap_of(kind, total) or 0) for kind in CAPPED)

    @given(cases())
    def test_no_area_of_a_decision(self, case: Case) -> None:
        """In each area placed and short add up to required; the areas add up to the total."""
        for answer in cmprules.decide(case.record, edition(), on=case.on).credentials:
            if answer.areas is None or answer.total is None:
                continue
            for area in answer.areas:
                assert area.placed + area.short == area.required
                assert area.placed >= 0
                assert area.short >= 0
            assert sum(area.placed for area in answer.areas) == answer.total.placed
            assert sum(area.required for area in answer.areas) == answer.total.required
            assert answer.total.placed + answer.total.short == answer.total.required
            assert answer.total.short_if_confirmed <= answer.total.short


class TestTheFirstTestThatFails:
    """Part 3, what counts: entered twice, no date, outside the cycle, not acceptable, unconfirmed, in this order."""

    @given(cases())
    def test_says_where_the_points_end(self, case: Case) -> None:
        """All points of an activity that does not count are in the place that the tests name."""
        decision = cmprules.decide(case.record, edition(), on=case.on)
        for answer, credential in zip(decision.credentials, case.record.credentials, strict=True):
            if answer.activities is None or answer.cycle is None:
                continue
            end = min(answer.cycle.end, case.on)
            doubtful = None if known_start(credential, answer.standing) else answer.cycle.start
            for result, one in zip(answer.activities, case.record.activities, strict=True):
                parts = buckets_of(result)
                expected = failed(one, case.record.activities, (answer.cycle.start, end), doubtful)
                if expected is not None:
                    assert parts[expected] == points_of(one)
                elif answer.total is None:
                    assert parts["unconfirmed"] == points_of(one)
                else:
                    assert parts["placed"] + parts["surplus"] + parts["over_cap"] == points_of(one)


def known_start(credential: cmprules.Credential, standing: cmprules.Standing) -> bool:
    """Return whether a cycle starts on a known day, or counts back from the day of decision."""
    end, certified = credential.expires_on, credential.certified_on
    if end is None or standing in {cmprules.Standing.EXPIRED, cmprules.Standing.NO_END_DATE}:
        return True
    first = certified is not None and (certified.year + 3, certified.month) == (end.year, end.month)
    return credential.cycle_start is not None or first


def failed(
    one: cmprules.Activity, among: tuple[cmprules.Activity, ...], span: tuple[date, date], start: date | None
) -> str | None:
    """Return the place for the first test that an activity fails; None if it counts."""
    day = one.completed_on
    if any(other.id < one.id and same_entry(one, other) for other in among):
        return "duplicate"
    if day is None:
        return "unconfirmed"
    if not span[0] <= day <= span[1]:
        before = None if start is None else start - timedelta(days=1)
        in_month = before is not None and before.replace(day=1) <= day <= before
        return "unconfirmed" if in_month else "outside_cycle"
    if one.kind == "covid_work" and not date(2020, 3, 1) <= day <= date(2022, 12, 31):
        return "not_acceptable"
    return None if one.kind in ESTABLISHED else "unconfirmed"


class TestOverCap:
    """Part 3: acceptable points beyond the cap of a kind fall on the latest points that are not placed."""

    @given(st.one_of(overloaded(), overloaded(), placings()))
    def test_the_latest_bear_what_is_over(self, placing: Placing) -> None:
        """From the latest activity back, each takes its unplaced points, until the excess over the cap is reached."""
        activities, policy, cycle = placing
        assert policy.total is not None
        total = hundredths(policy.total.value)
        found = counted(activities, cycle.start, cycle.end)
        results = {result.id: result for result in cmprules.allocate(activities, policy, cycle=cycle).activities}
        for kind in CAPPED:
            own = [one for one, _ in found if one.kind == kind]
            over = max(0, sum(map(points_of, own)) - (cap_of(kind, total) or 0))
            for one in reversed(own):
                borne = min(over, points_of(one) - hundredths(results[one.id].placed))
                assert hundredths(results[one.id].over_cap) == borne
                over -= borne
            assert over == 0
        under_no_cap = {one.id for one in activities if one.kind not in CAPPED}
        assert all(not result.over_cap for name, result in results.items() if name in under_no_cap)
