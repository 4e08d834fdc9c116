"""Changes that may never make an answer worse, or never change it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import cmprules
from cmprules._words import vocabulary as words
from cmprules.testing import Case, activities, cases, days
from tests.strategies import CYCLE, Placing, edition, overloaded, own_tables

BETTER = {"NOT_MET": 0, "NEEDS_REVIEW": 1, "MET": 2}
SCALE = [grade for grade in cmprules.Grade if grade != "user"]


def limited(*answers: cmprules.CredentialDecision) -> bool:
    """Return whether a search was given up, so that the answer is for review for that reason."""
    return any(finding.code == "SEARCH_LIMIT" for answer in answers for finding in answer.findings)


@st.composite
def one_more(draw: st.DrawFn) -> tuple[Case, cmprules.Activity]:
    """Draw a case and an activity to add: a new one, a second entry of one, or one that fills a gap."""
    case = draw(cases())
    held = case.record.credentials[0]
    end = min(case.on, held.expires_on or case.on)
    anywhen = days(case.on - timedelta(days=2_000), case.on)
    day = draw(st.one_of(st.none(), days(end - timedelta(days=900), end), anywhen))
    areas = draw(st.lists(st.sampled_from(words.AREAS[:6]), max_size=3, unique=True))
    if case.record.activities and draw(st.integers(0, 4)) == 0:
        twin = draw(st.sampled_from(case.record.activities))
        return case, attrs.evolve(twin, id=draw(st.sampled_from(("0", "zz"))), areas=tuple(areas))
    answer = cmprules.decide(case.record, edition(), on=case.on).credentials[0]
    gaps = {area.area: area.short for area in answer.areas or () if area.short}
    fill: bool = draw(st.booleans())
    if gaps and fill:
        gap = draw(st.sampled_from(list(gaps)))
        areas = [] if gap == "pool" else [gap]
        return case, draw(activities(id="zz", points=gaps[gap], areas=areas, completed_on=day))
    return case, draw(activities(id=draw(st.sampled_from(("0", "zz"))), areas=areas, completed_on=day))


class TestOneMoreActivity:
    """Part 1: a decision fills no gap with a guess, so knowing more never makes an outcome worse."""

    @given(one_more())
    def test_never_makes_an_outcome_worse(self, more: tuple[Case, cmprules.Activity]) -> None:
        """From not met to review to met, an outcome only rises, and no shortfall grows."""
        (record, on), activity = more
        fuller = attrs.evolve(record, activities=(*record.activities, activity))
        before, after = (cmprules.decide(each, edition(), on=on).credentials for each in (record, fuller))
        for old, new in zip(before, after, strict=True):
            if old.outcome == "NOT_REQUIRED" or limited(old, new):
                assert old.outcome == new.outcome or limited(old, new)
                continue
            assert BETTER[new.outcome] >= BETTER[old.outcome]
            if old.total is not None and new.total is not None:
                assert new.total.short <= old.total.short
                assert new.total.short_if_confirmed <= old.total.short_if_confirmed


class TestStricterTrust:
    """Part 1: weaker rows count as not established, so a stricter trust may remove an answer, but never reverse it."""

    @given(cases(), st.sampled_from(SCALE), st.sampled_from(SCALE))
    def test_keeps_the_answer_or_takes_it_away(self, case: Case, one: cmprules.Grade, other: cmprules.Grade) -> None:
        """With a stronger grade required, the outcome is the same or the credential is for review."""
        strict, lax = sorted((one, other), key=SCALE.index)
        before = cmprules.decide(case.record, edition(), on=case.on, trust=lax)
        after = cmprules.decide(case.record, edition(), on=case.on, trust=strict)
        for old, new in zip(before.credentials, after.credentials, strict=True):
            assert new.outcome in {old.outcome, cmprules.Outcome.NEEDS_REVIEW}
            assert (new.standing, new.cycle, new.declaration) == (old.standing, old.cycle, old.declaration)

    @given(cases(), st.sampled_from(SCALE))
    def test_leaves_nothing_weaker_in_the_answer(self, case: Case, trust: cmprules.Grade) -> None:
        """No figure of an area is weaker than the trust; an answer without a table says why."""
        for answer in cmprules.decide(case.record, edition(), on=case.on, trust=trust).credentials:
            kinds = [citation.grade for finding in answer.findings if finding.code == "KIND_VALUE"
                     for citation in finding.citations]
            assert all(SCALE.index(grade) <= SCALE.index(trust)
                       for grade in (*kinds, *(area.grade for area in answer.areas or ())))
            if answer.total is None and answer.outcome != "NOT_REQUIRED":
                assert answer.outcome == "NEEDS_REVIEW"
                assert {need.code for need in answer.needs} <= {"BELOW_TRUST", "TABLE_NOT_ESTABLISHED", "NOT_IN_FORCE"}
                assert len(answer.needs) == 1


class TestTrustInCaps:
    """Part 1: caps and kinds below the trust count as not established, too; a user's rows are always used."""

    @pytest.fixture(scope="class")
    @staticmethod
    def own(tmp_path_factory: pytest.TempPathFactory) -> cmprules.PolicyBook:
        """Return a book with a user's table, so that there is a table at any trust."""
        file = tmp_path_factory.mktemp("own") / "own.toml"
        file.write_text(own_tables({2010: {"safety": "1", "pool": "29"}}), encoding="utf-8")
        return cmprules.load_book(edition="2026.1", extra=[file])

    @given(overloaded(), st.integers(1, 2_000), st.sampled_from(SCALE), st.sampled_from(SCALE))
    def test_never_turn_an_answer_round(
        self, own: cmprules.PolicyBook, placing: Placing, more: int, one: cmprules.Grade, other: cmprules.Grade
    ) -> None:
        """With a stronger grade required, work under a weaker cap leaves the outcome unchanged or open."""
        course = cmprules.Activity(id="z", title="More", kind="formal_ce", amount=Decimal(more) / 100, areas=["safety"],
                                   completed_on=CYCLE.start)
        record = cmprules.Record(
            holder=cmprules.Holder(id="h"), activities=(*placing.activities, course),
            credentials=(cmprules.Credential(id="c", code="MLA", expires_on=CYCLE.end),),
        )
        strict, lax = sorted((one, other), key=SCALE.index)
        before, after = (cmprules.decide(record, own, on=CYCLE.end, trust=trust)["c"] for trust in (lax, strict))
        assert after.outcome in {before.outcome, cmprules.Outcome.NEEDS_REVIEW}
        assert before.grade == after.grade == "user"
        assert before.total is not None
        assert after.total is not None
        assert after.total.placed <= before.total.placed
        assert after.total.short_if_confirmed <= before.total.short_if_confirmed

    def test_leave_an_answer_open(self, own: cmprules.PolicyBook) -> None:
        """Twenty points of work under a cap of 12 are for review if the cap is below the trust."""
        record = cmprules.parse_record({
            "schema": "cmprules.record/1", "holder": {"id": "h"},
            "credentials": [{"id": "c", "code": "MLA", "expires_on": "2023-05-31"}],
            "activities": [
                {"id": "a", "title": "Swabs", "kind": "covid_work", "amount": 20, "completed_on": "2022-01-01"},
                {"id": "b", "title": "Course", "kind": "formal_ce", "amount": 10, "completed_on": "2022-02-02",
                 "areas": ["safety"]},
            ],
        })
        on = date(2023, 3, 1)
        assert cmprules.decide(record, own, on=on, trust="society")["c"].outcome == "NOT_MET"
        assert cmprules.decide(record, own, on=on, trust="official")["c"].outcome == "NEEDS_REVIEW"


class TestAnotherDayOfDecision:
    """Part 3: activities after the day of decision do not count; within a cycle the day has no other effect."""

    @given(cases(most_credentials=1), st.data())
    def test_within_the_cycle(self, case: Case, data: st.DataObject) -> None:
        """Points, proofs and outcome are the same on two days of a cycle with no activity between them."""
        record, on = case
        credential = record.credentials[0]
        last = credential.extended_until or credential.expires_on
        before = cmprules.decide(record, edition(), on=on)[credential.id]
        assume(last is not None and before.cycle is not None and before.cycle.start <= on <= last)
        assert last is not None
        done = [one.completed_on for one in record.activities
                if one.completed_on is not None and one.completed_on > on]
        until = min([last, *(day - timedelta(days=1) for day in done)])
        later: date = data.draw(days(on, until))
        after = cmprules.decide(record, edition(), on=later)[credential.id]
        for name in ("outcome", "cycle", "total", "areas", "shortfalls", "placements", "activities", "needs", "grade"):
            assert getattr(before, name) == getattr(after, name), name

    @given(cases(most_credentials=1), st.integers(1, 700))
    def test_later_is_never_less(self, case: Case, more: int) -> None:
        """Within a cycle a later day of decision never finds fewer points."""
        record, on = case
        credential = record.credentials[0]
        last = credential.extended_until or credential.expires_on
        assume(last is not None and on < last)
        assert last is not None
        before, after = (cmprules.decide(record, edition(), on=day)[credential.id]
                         for day in (on, min(last, on + timedelta(days=more))))
        if before.total is not None and after.total is not None:
            assert after.total.placed >= before.total.placed
            assert BETTER[after.outcome] >= BETTER[before.outcome] or limited(before, after)
