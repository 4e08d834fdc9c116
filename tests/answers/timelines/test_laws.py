"""Laws of timelines, on records of every kind."""

from __future__ import annotations

import json
import pickle
from datetime import date, timedelta

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._words.codes import every as codes
from cmprules.testing import Case, cases
from tests.examples import scaled
from tests.strategies import edition


def _line(case: Case) -> cmprules.Timeline:
    return cmprules.timeline(case.record, edition(), on=case.on)


@given(cases())
def test_the_days_agree_with_the_decision(case: Case) -> None:
    """The timeline has the decision's cycle and window, wherever the decision has them."""
    decision, line = cmprules.decide(case.record, edition(), on=case.on), _line(case)
    for one in decision.credentials:
        days = {event.code: event for event in line.events if event.credentials == (one.id,)}
        declared = one.declaration
        if declared is not None:
            assert days["WINDOW_OPENS"].starts_on == declared.opens_on
            assert days["ADVISED_DAY"].starts_on == declared.advised_by
            assert days["LAST_DAY"].starts_on == declared.last_day
        if one.cycle is not None:
            spans = {(event.starts_on, event.ends_on) for event in line.events
                     if event.code == "ACTIVITIES_COUNT" and one.id in event.credentials}
            assert (one.cycle.start, one.cycle.end) in spans
        expired = one.standing is cmprules.Standing.EXPIRED
        assert ("EXPIRED_FROM" in days and days["EXPIRED_FROM"].when != "coming") is expired
        assert bool(days) is (one.outcome is not cmprules.Outcome.NOT_REQUIRED)


@given(cases())
def test_events_are_in_order_each_under_its_own_key(case: Case) -> None:
    """They come by day, then by record order, then by code; the day tells past, today and coming."""
    events = _line(case).events
    place = {credential.id: index for index, credential in enumerate(case.record.credentials)}
    order = [(event.starts_on, place[event.credentials[0]], event.code) for event in events]

    assert order == sorted(order)
    assert len({event.key for event in events}) == len(events)
    for event in events:
        assert event.starts_on <= event.ends_on
        assert event.when == ("past" if event.ends_on < case.on else "coming" if event.starts_on > case.on else "today")
        assert event.code in codes.EVENTS
        assert event.citations


@given(cases(), st.randoms())
def test_activities_have_no_bearing(case: Case, random: st.DataObject) -> None:
    """The timeline is the same for any order of activities, and without them."""
    shuffled = list(case.record.activities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    without = attrs.evolve(case.record, activities=(), placements=())

    for record in (attrs.evolve(case.record, activities=shuffled), without):
        assert cmprules.timeline(record, edition(), on=case.on) == _line(case)


@given(cases(most_credentials=1), st.integers(1, 900))
def test_days_stay_where_they_are_as_time_goes_by(case: Case, later: int) -> None:
    """Nothing moves except the last three years, which end on the day itself."""
    def dated(line: cmprules.Timeline) -> set[tuple[str, date, date]]:
        return {(event.key, event.starts_on, event.ends_on) for event in line.events
                if "/last_years/" not in event.key}

    on = case.on + timedelta(days=later)
    assert dated(cmprules.timeline(case.record, edition(), on=on)) == dated(_line(case))


@given(cases())
def test_a_change_of_fees_is_what_the_two_quotes_say(case: Case) -> None:
    """The amounts are those of `quote_fees` on both days, and the declaration may be sent on both."""
    held = {credential.id: credential for credential in case.record.credentials}
    region = case.record.holder.fee_region
    for event in _line(case).events:
        if event.code == "FEE_RISES_AFTER":
            quotes = [cmprules.quote_fees([held[name] for name in event.credentials], edition(), on=day,
                                          fee_region=region).total
                      for day in (event.starts_on, event.starts_on + timedelta(days=1))]
            assert quotes == [event.fee_before, event.fee_after]
            for name in event.credentials:
                end = held[name].extended_until or held[name].expires_on
                assert end is not None
                assert end - timedelta(days=90) <= event.starts_on < end


@settings(max_examples=scaled(50))
@given(cases())
def test_a_timeline_is_a_value(case: Case) -> None:
    """It can be pickled, compared and hashed; its JSON begins with the schema and ends with the notice."""
    line = _line(case)
    plain = json.loads(cmprules.render(line, "json"))

    assert pickle.loads(pickle.dumps(line)) == line
    assert hash(pickle.loads(pickle.dumps(line))) == hash(line)
    assert (next(iter(plain)), list(plain)[-1]) == ("schema", "notice")
    assert {citation["source"] for event in plain["events"] for citation in event["citations"]} == set(plain["sources"])
    for form in ("text", "markdown", "html"):
        assert codes.NOTICE in cmprules.render(line, form)
