"""What would settle an outcome: every answer and set of answers, checked against every way to settle the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import combinations
from typing import NamedTuple

import attrs
import pytest
from hypothesis import assume, given, settings

import cmprules
from cmprules._rules.entries import entries
from cmprules._rules.placing import Steps
from cmprules.explaining import ExplanationStep
from cmprules.explaining import _settling as settling
from cmprules.testing import Case, cases
from tests.examples import scaled
from tests.strategies import edition

ON = date(2026, 3, 10)
HALF = settings(max_examples=scaled(50))
HOLDS = {True: {"MET"}, False: {"NOT_MET"}, None: {"MET", "NOT_MET"}}


class World(NamedTuple):
    """One way to settle everything: which open activities count, whether they may be divided, which table applies."""

    counts: frozenset[str]
    divided: bool
    row: str


class Question:
    """A credential under review, and its outcome in every world."""

    def __init__(self, case: Case, answer: cmprules.CredentialDecision) -> None:
        self.record, self.answer, self.on = case.record, answer, case.on
        self.credential = next(one for one in case.record.credentials if one.id == answer.id)
        self.names = {need.subject for need in answer.needs if need.code in CLAIMS}
        self.rows = [finding.rule for finding in answer.findings if finding.code == "TABLE_APPLIED"]

    def worlds(self) -> dict[World, str]:
        """List every way to settle everything; open activities that change nothing stay out."""
        found = {}
        for size in range(len(self.names) + 1):
            for counts in map(frozenset, combinations(sorted(self.names), size)):
                for row in self.rows:
                    level = self._level(counts, row)
                    for divided in (False, True):
                        met = level == "whole" or (level == "divided" and divided)
                        found[World(counts, divided, row)] = "MET" if met else "NOT_MET"
        return found

    def _level(self, counts: frozenset[str], row: str) -> str:
        cycle = self.answer.cycle
        assert cycle is not None
        period = cycle.until(self.on)
        assert period is not None
        policy = next(policy for policy in self._policies() if policy.row.id == row)
        best = cmprules.allocate(list(self._settled(counts, period)), policy, cycle=period)
        assert not best.search_limit
        return "short" if best.total.short else "divided" if best.divided else "whole"

    def _policies(self) -> Iterator[cmprules.Policy]:
        for day in (self.credential.expires_on, self.on):
            if day is not None:
                with suppress(cmprules.NotInForceError):  # a table before the first one has no row
                    yield edition().policy_for(self.credential.code, expires_on=day, body=self.credential.body)

    def _settled(self, counts: frozenset[str], period: cmprules.Period) -> Iterator[cmprules.Activity]:
        """Return what counts for certain, with an open activity counted as certain."""
        assert self.answer.activities is not None
        listed = entries(self.record.activities, edition().counting).listed
        merged = {entry.activity.id: entry.areas for entry in listed}
        for activity, result in zip(self.record.activities, self.answer.activities, strict=True):
            if result.placed + result.surplus + result.over_cap:
                yield attrs.evolve(activity, title=f"sure {activity.id}", areas=merged[activity.id])
            elif activity.id in counts:
                kind = activity.kind if activity.kind in {"covid_work", "college_course"} else "formal_ce"
                day = period.end if kind != "covid_work" else min(period.end, date(2022, 12, 31))
                assume(day in period)
                yield cmprules.Activity(id=activity.id, title=f"settled {activity.id}", kind=kind, unit="point",
                                        amount=activity.points, areas=merged[activity.id], completed_on=day)


CLAIMS = {"UNDATED", "MONTH_OF_PREVIOUS_END", "KIND_UNCONFIRMED"}


def agrees(world: World, answer: ExplanationStep) -> bool:
    """Return whether an answer is right in a world."""
    return {
        "IF_COUNTS": answer.subject in world.counts,
        "IF_DOES_NOT_COUNT": answer.subject not in world.counts,
        "IF_DIVIDED": world.divided,
        "IF_NOT_DIVIDED": not world.divided,
        "IF_TABLE": world.row == answer.subject,
    }[answer.code]


def left(worlds: dict[World, str], answers: tuple[ExplanationStep, ...]) -> set[str]:
    """Return the outcomes still possible after some answers."""
    return {outcome for world, outcome in worlds.items() if all(agrees(world, answer) for answer in answers)}


def questions(case: Case) -> Iterator[tuple[Question, ExplanationStep]]:
    """Return every credential under review with few questions, and the step that says what would settle it."""
    decision = cmprules.decide(case.record, edition(), on=case.on)
    explanation = cmprules.explain(decision, record=case.record, book=edition())
    for answer in decision.credentials:
        if answer.outcome == "NEEDS_REVIEW" and answer.total is not None and len(answer.needs) <= 5:
            yield Question(case, answer), next(
                step for step in explanation[answer.id].step.children if step.code == "SETTLING")


class TestEveryAnswerForReview:
    """Each step is checked against all the ways to settle what is open."""

    @HALF
    @given(cases(outcome="NEEDS_REVIEW", most_activities=14))
    def test_each_answer_leads_to_what_is_said(self, case: Case) -> None:
        """Checks both answers to each question while the others stay open."""
        for question, step in questions(case):
            worlds = question.worlds()
            assert left(worlds, ()) == {"MET", "NOT_MET"}
            for asked in step.children:
                if asked.code == "OPEN_QUESTION":
                    assert len(asked.children) >= 2
                    for answer in asked.children:
                        assert left(worlds, (answer,)) == HOLDS[answer.holds]

    @HALF
    @given(cases(outcome="NEEDS_REVIEW", most_activities=14))
    def test_the_smallest_sets_settle_it_and_no_smaller_one_does(self, case: Case) -> None:
        """The answers of a set settle the outcome whatever happens to the rest; no smaller set does."""
        for question, step in questions(case):
            worlds = question.worlds()
            every = [ExplanationStep(code=code, subject=name) for code in ("IF_COUNTS", "IF_DOES_NOT_COUNT")
                     for name in sorted(question.names)]
            every += [ExplanationStep(code=code, subject="any") for code in ("IF_DIVIDED", "IF_NOT_DIVIDED")]
            every += [ExplanationStep(code="IF_TABLE", subject=row) for row in question.rows]
            found = {child.code: child for child in step.children if child.code != "OPEN_QUESTION"}
            assert set(found) == {"SMALLEST_FOR_MET", "SMALLEST_FOR_NOT_MET"}
            for child in found.values():
                assert left(worlds, child.children) == HOLDS[child.holds]
                for fewer in combinations(every, len(child.children) - 1):
                    assert left(worlds, fewer) != HOLDS[child.holds]


# ---------------------------------------------------------------------------------------------------------
# In plain words.


def explained(activities: list[dict[str, object]], expires_on: str = "2026-05-31", on: date = ON) -> ExplanationStep:
    """Explain a phlebotomist's record: 1 safety, 1 ethics, 2 phlebotomy, 5 for the pool."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": expires_on}],
        "activities": [{"id": f"a{number}", "title": f"Sample {number}", "kind": "formal_ce",
                        "completed_on": "2025-02-01", **fields} for number, fields in enumerate(activities)]})
    decision = cmprules.decide(record, edition(), on=on)
    return cmprules.explain(decision, record=record, book=edition())["pbt"].step


def settles(activities: list[dict[str, object]], *, expires_on: str = "2026-05-31", on: date = ON) -> ExplanationStep:
    """Find what would settle the record."""
    return next(step for step in explained(activities, expires_on, on).children if step.code == "SETTLING")


SURE: list[dict[str, object]] = [{"amount": 1, "areas": ["safety"]}, {"amount": 1, "areas": ["ethics"]},
                                 {"amount": 2, "areas": ["phlebotomy"]}]


def answers(step: ExplanationStep, code: str) -> list[tuple[str, str]]:
    """Return the answers of a set."""
    return [(one.code, one.subject) for child in step.children if child.code == code for one in child.children]


def test_any_one_of_three_articles_is_enough_and_all_three_are_needed_to_refuse() -> None:
    """Five points are missing, and each of three articles claims five."""
    step = settles([*SURE, *({"amount": 5, "kind": "journal_article"} for _ in range(3))])
    assert answers(step, "SMALLEST_FOR_MET") == [("IF_COUNTS", "a3")]
    assert answers(step, "SMALLEST_FOR_NOT_MET") == [
        ("IF_DOES_NOT_COUNT", "a3"), ("IF_DOES_NOT_COUNT", "a4"), ("IF_DOES_NOT_COUNT", "a5")]
    assert [[(one.code, one.holds) for one in child.children] for child in step.children[:3]] == [
        [("IF_COUNTS", True), ("IF_DOES_NOT_COUNT", None)]] * 3


def test_all_of_two_are_needed_and_either_refuses() -> None:
    """Five points are missing, and two undated activities bring three and two."""
    step = settles([*SURE, {"amount": 3, "completed_on": None}, {"amount": 2, "completed_on": None}])
    assert answers(step, "SMALLEST_FOR_MET") == [("IF_COUNTS", "a3"), ("IF_COUNTS", "a4")]
    assert answers(step, "SMALLEST_FOR_NOT_MET") == [("IF_DOES_NOT_COUNT", "a3")]


def test_a_division_is_one_question_for_all() -> None:
    """One two-point activity has to serve both safety and ethics."""
    step = settles([{"amount": 2, "areas": ["safety", "ethics"]}, {"amount": 2, "areas": ["phlebotomy"]},
                    {"amount": 5}])
    assert [(one.code, one.holds) for one in step.children[0].children] == [
        ("IF_DIVIDED", True), ("IF_NOT_DIVIDED", False)]
    assert answers(step, "SMALLEST_FOR_MET") == [("IF_DIVIDED", "pbt")]


def test_an_article_may_settle_what_a_division_would() -> None:
    """With an additional claim for ethics, either the division or the claim is enough."""
    step = settles([{"amount": 2, "areas": ["safety", "ethics"]}, {"amount": 2, "areas": ["phlebotomy"]},
                    {"amount": 5}, {"amount": 1, "areas": ["ethics"], "kind": "journal_article"}])
    assert answers(step, "SMALLEST_FOR_MET") == [("IF_COUNTS", "a3")]
    assert answers(step, "SMALLEST_FOR_NOT_MET") == [("IF_DOES_NOT_COUNT", "a3"), ("IF_NOT_DIVIDED", "pbt")]


def test_which_table_applies_can_be_the_question() -> None:
    """Before 2023 the table asked for no point in ethics."""
    step = settles([{"amount": 1, "areas": ["safety"]}, {"amount": 2, "areas": ["phlebotomy"]}, {"amount": 6}],
                   expires_on="2022-12-31")
    asked = step.children[0]
    assert [(one.code, one.subject, one.holds) for one in asked.children] == [
        ("IF_TABLE", "PBT/2007-01-01", True), ("IF_TABLE", "PBT/2024-01-01", False)]
    assert answers(step, "SMALLEST_FOR_MET") == [("IF_TABLE", "PBT/2007-01-01")]
    assert answers(step, "SMALLEST_FOR_NOT_MET") == [("IF_TABLE", "PBT/2024-01-01")]


def test_beyond_the_bound_a_set_without_a_spare_answer_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the search for the smallest set is cut off, every answer in the returned set is still needed."""
    monkeypatch.setattr(settling, "MOST_ANSWER_SETS", 1)
    step = settles([*SURE, {"amount": 1, "completed_on": None}, {"amount": 4, "completed_on": None},
                    {"amount": 2, "completed_on": None}])
    assert answers(step, "ENOUGH_FOR_MET") == [("IF_COUNTS", "a4"), ("IF_COUNTS", "a5")]
    assert answers(step, "SMALLEST_FOR_NOT_MET") == []
    assert answers(step, "ENOUGH_FOR_NOT_MET") == [("IF_DOES_NOT_COUNT", "a4")]


def test_a_search_that_was_given_up_is_not_settled_by_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The step names the question, and promises nothing about answers."""
    monkeypatch.setattr("cmprules._rules.outcome.Steps", lambda: Steps(0))
    step = settles([{"amount": 2, "areas": ["safety", "ethics"]}, {"amount": 2, "areas": ["phlebotomy", "ethics"]},
                    {"amount": 5}])
    assert {(child.code, child.children) for child in step.children} == {("OPEN_QUESTION", ())}
    assert step.children[-1].rule == "SEARCH_LIMIT"


def test_a_search_that_was_given_up_is_told_with_the_reading_against_the_holder(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is short there may be less."""
    monkeypatch.setattr("cmprules._rules.outcome.Steps", lambda: Steps(0))
    root = explained([{"amount": 2, "areas": ["safety", "ethics"]}, {"amount": 2, "areas": ["phlebotomy", "ethics"]},
                      {"amount": 5}])
    (against,) = (step for step in root.children if step.code == "AGAINST")
    assert [step.code for step in against.children] == ["SEARCH_LIMIT"]


def test_without_the_record_the_questions_are_told_alone() -> None:
    """Their effects need the record and the tables."""
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "h"},
        "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
        "activities": [{"id": "a", "title": "Sample", "kind": "formal_ce", "amount": 9,
                        "areas": ["safety", "ethics", "phlebotomy"], "completed_on": "2025-02-01"}]})
    decision = cmprules.decide(record, edition(), on=ON)
    step = next(step for step in cmprules.explain(decision)["pbt"].step.children if step.code == "SETTLING")
    assert [(child.code, child.subject, child.children) for child in step.children] == [("OPEN_QUESTION", "a", ())]
