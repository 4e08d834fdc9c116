"""Open outcomes: the questions, and searches that are given up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import cmprules
from cmprules._rules.allocation import Reading, allocation_of, table_of
from cmprules._rules.counting import Cycle
from cmprules._rules.entries import entries
from cmprules._rules.judging import judge
from cmprules._rules.outcome import SETTLED_ONE_BY_ONE, Question, evaluate
from cmprules._rules.placing import Steps

BOOK = cmprules.load_book(edition="2026.1")
ON = date(2026, 3, 10)
CYCLE = cmprules.Period(start=date(2023, 6, 1), end=date(2026, 5, 31))
PBT = cmprules.Credential(id="pbt", code="PBT", expires_on=date(2026, 5, 31))


def _activity(id: str, amount: str, *areas: str, kind: str = "formal_ce", dated: bool = True) -> cmprules.Activity:
    return cmprules.Activity(id=id, title=f"Course {id}", kind=kind, amount=amount, areas=areas,
                             completed_on=date(2025, 1, 1) if dated else None)


def _decide(*activities: cmprules.Activity) -> cmprules.CredentialDecision:
    record = cmprules.Record(holder=cmprules.Holder(id="sample"), credentials=(PBT,), activities=activities)
    return cmprules.decide(record, BOOK, on=ON)["pbt"]


def test_only_the_open_questions_that_matter_are_asked() -> None:
    """Ethics depends on one undated course; another undated course changes nothing."""
    decided = _decide(
        _activity("a", "1", "safety"), _activity("b", "2", "phlebotomy"), _activity("c", "9"),
        _activity("d", "1", "ethics", dated=False), _activity("e", "3", dated=False),
    )
    assert decided.outcome == cmprules.Outcome.NEEDS_REVIEW
    assert [(need.code, need.subject) for need in decided.needs] == [("UNDATED", "d")]


def test_any_of_several_open_questions_may_settle_it() -> None:
    """Two open courses could each fill the area, so either answer matters."""
    decided = _decide(
        _activity("a", "1", "safety"), _activity("b", "2", "phlebotomy"), _activity("c", "9"),
        _activity("d", "1", "ethics", dated=False), _activity("e", "1", "ethics", kind="poster"),
    )
    assert [(need.code, need.subject) for need in decided.needs] == [("UNDATED", "d"), ("KIND_UNCONFIRMED", "e")]


def test_with_very_many_open_questions_those_are_asked_that_may_serve_something_short() -> None:
    """Beyond the number that can be tried one by one, exactly what may help is asked."""
    helpful = [_activity(f"h{index}", "0.5", "ethics", dated=False) for index in range(SETTLED_ONE_BY_ONE)]
    idle = [_activity(f"i{index}", "1", dated=False) for index in range(3)]
    decided = _decide(_activity("a", "1", "safety"), _activity("b", "2", "phlebotomy"), _activity("c", "9"),
                      *helpful, *idle)
    assert decided.outcome == cmprules.Outcome.NEEDS_REVIEW
    assert [need.subject for need in decided.needs] == [activity.id for activity in helpful]


def test_with_very_many_open_questions_a_short_total_asks_them_all() -> None:
    """If the total itself is short, any point may help."""
    idle = [_activity(f"i{index}", "1", dated=False) for index in range(SETTLED_ONE_BY_ONE + 1)]
    decided = _decide(_activity("a", "1", "safety"), _activity("b", "2", "phlebotomy"), _activity("e", "1", "ethics"),
                      *idle)
    assert decided.outcome == cmprules.Outcome.NEEDS_REVIEW
    assert len(decided.needs) == SETTLED_ONE_BY_ONE + 1


def test_with_very_many_open_questions_an_idle_area_is_not_asked_about() -> None:
    """Open courses for a full area add nothing, and are not asked about, however many there are."""
    idle = [_activity(f"s{index}", "1", "safety", kind="presentation") for index in range(SETTLED_ONE_BY_ONE + 1)]
    decided = _decide(_activity("a", "1", "safety"), _activity("b", "2", "phlebotomy"), _activity("c", "9"),
                      _activity("d", "1", "ethics", dated=False), *idle)
    assert [need.subject for need in decided.needs] == ["d"]


def test_with_very_many_open_questions_a_division_may_hang_on_any_of_them() -> None:
    """The table is met if one course is divided; any open course for a mandatory area could avoid that."""
    many = [_activity(f"s{index}", "1", "safety", kind="presentation") for index in range(SETTLED_ONE_BY_ONE + 1)]
    idle = [_activity(f"i{index}", "1", kind="presentation") for index in range(2)]
    decided = _decide(_activity("a", "2", "safety", "ethics"), _activity("b", "9", "phlebotomy"), *many, *idle)
    assert {need.subject for need in decided.needs} == {"a", *(activity.id for activity in many)}


def test_an_expired_credential_with_very_many_open_questions_still_asks_for_the_table() -> None:
    """The table for a reinstatement matters where the two differ."""
    expired = cmprules.Credential(id="ht", code="HT", expires_on=date(2023, 6, 30))
    full = [_activity("a", "1", "safety"), _activity("b", "1", "ethics"), _activity("c", "2", "histology"),
            _activity("d", "40")]
    many = [_activity(f"h{index}", "1", "histology", kind="presentation") for index in range(SETTLED_ONE_BY_ONE + 1)]
    record = cmprules.Record(holder=cmprules.Holder(id="sample"), credentials=(expired,), activities=(*full, *many))
    decided = cmprules.decide(record, BOOK, on=ON)["ht"]
    assert decided.outcome == cmprules.Outcome.NEEDS_REVIEW
    assert [need.code for need in decided.needs] == ["KIND_UNCONFIRMED"] * len(many) + ["TABLE_AFTER_EXPIRY"]


def test_an_activity_that_is_open_and_divided_has_one_item_with_both_questions() -> None:
    """Each activity has one need."""
    decided = _decide(_activity("a", "2", "safety", "ethics", dated=False), _activity("b", "9", "phlebotomy"))
    assert [(need.code, need.subject) for need in decided.needs] == [("UNDATED", "a")]
    assert "divided between two mandatory areas" in decided.needs[0].question


def test_a_division_alone_is_asked_about() -> None:
    """The points suffice only if one course fills two areas."""
    decided = _decide(_activity("a", "2", "safety", "ethics"), _activity("b", "9", "phlebotomy"))
    assert decided.outcome == cmprules.Outcome.NEEDS_REVIEW
    assert decided.total is not None
    assert decided.total.short == 0
    assert [(need.code, need.subject) for need in decided.needs] == [("DIVIDED_ACTIVITY", "a")]


def test_a_search_that_is_given_up_is_for_review_and_never_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound the credential is for review, the limit is named, and all points are placed."""
    activities = [_activity(f"a{index}", "1", "safety", "ethics", "phlebotomy") for index in range(9)]
    assert _decide(*activities).outcome == cmprules.Outcome.MET
    counted = judge(entries(activities, BOOK.counting), BOOK.counting, Cycle(period=CYCLE, counted=CYCLE))
    table = table_of(BOOK.policy_for("PBT", expires_on=date(2026, 5, 31)))
    reading = Reading.of(table, counted.against())
    limited = allocation_of(reading, reading, counted, Steps(1))
    assert limited.search_limit
    assert limited.total.short == 0
    policy = BOOK.policy_for("PBT", expires_on=date(2026, 5, 31))
    assert not cmprules.verify_allocation(limited, activities, policy, cycle=CYCLE)
    monkeypatch.setattr("cmprules._rules.outcome.Steps", lambda: Steps(1))
    verdict = evaluate([table], counted)
    assert verdict.outcome == cmprules.Outcome.NEEDS_REVIEW
    assert Question(codes=("SEARCH_LIMIT",)) in verdict.needs
    decided = _decide(*activities)
    assert "SEARCH_LIMIT" in {finding.code for finding in decided.findings}
    assert "SEARCH_LIMIT" in {need.code for need in decided.needs}


def test_a_search_that_is_given_up_never_ends_in_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where points are missing, the credential is for review, and nothing is called settled."""
    activities = [_activity(f"a{index}", "0.5", "safety", "ethics", "phlebotomy") for index in range(9)]
    assert _decide(*activities).outcome == cmprules.Outcome.NOT_MET
    monkeypatch.setattr("cmprules._rules.outcome.Steps", lambda: Steps(1))
    decided = _decide(*activities)
    assert decided.outcome == cmprules.Outcome.NEEDS_REVIEW
    assert [(need.code, need.subject) for need in decided.needs] == [("SEARCH_LIMIT", "pbt")]


def _pbt_allocation() -> tuple[cmprules.Allocation, list[cmprules.Activity], cmprules.Policy]:
    activities = [_activity("a", "1", "safety"), _activity("b", "1", "ethics"), _activity("c", "9", "phlebotomy")]
    policy = BOOK.policy_for("PBT", expires_on=date(2026, 5, 31))
    return cmprules.allocate(activities, policy, cycle=CYCLE), activities, policy


def test_the_verifier_refuses_a_forged_row_and_a_missing_activity() -> None:
    """A figure with another row, or a missing activity, does not belong to this record."""
    best, activities, policy = _pbt_allocation()
    assert not cmprules.verify_allocation(best, activities, policy, cycle=CYCLE)
    forged = attrs.evolve(best, areas=(attrs.evolve(best.areas[0], row="PBT/1999-01-01"), *best.areas[1:]))
    assert "$.areas.safety.row" in {fault.path for fault in
                                    cmprules.verify_allocation(forged, activities, policy, cycle=CYCLE)}
    fewer = attrs.evolve(best, activities=best.activities[:-1])
    assert "$.activities" in {fault.path for fault in
                              cmprules.verify_allocation(fewer, activities, policy, cycle=CYCLE)}


def test_the_verifier_holds_a_proof_to_the_smallest_set() -> None:
    """A full area adds nothing to a proof, and does not belong in it."""
    activities = [_activity("c", "2", "phlebotomy"), _activity("d", "20")]
    policy = BOOK.policy_for("PBT", expires_on=date(2026, 5, 31))
    best = cmprules.allocate(activities, policy, cycle=CYCLE)
    assert best.shortfalls[0].areas == ("safety", "ethics")
    wide = attrs.evolve(best.shortfalls[0], areas=("safety", "ethics", "phlebotomy"), required=Decimal(4),
                        available=Decimal(2))
    faults = cmprules.verify_allocation(attrs.evolve(best, shortfalls=(wide,)), activities, policy, cycle=CYCLE)
    assert [fault.code for fault in faults] == ["PROOF_WRONG"]


def test_the_verifier_refuses_points_that_are_too_fine_or_none() -> None:
    """Placed points are positive whole hundredths; anything else is a fault and no crash."""
    best, activities, policy = _pbt_allocation()
    for points in (Decimal("0.125"), Decimal(0)):
        odd = attrs.evolve(best, placements=(attrs.evolve(best.placements[0], points=points), *best.placements[1:]))
        faults = cmprules.verify_allocation(odd, activities, policy, cycle=CYCLE)
        assert "TOO_FINE" in {fault.code for fault in faults}


def test_the_verifier_refuses_activities_that_share_an_id() -> None:
    """`allocate` refuses them as well."""
    best, activities, policy = _pbt_allocation()
    with pytest.raises(cmprules.InputError, match="REPEATED_ID"):
        cmprules.verify_allocation(best, [*activities, activities[0]], policy, cycle=CYCLE)


def test_a_policy_is_asked_for_by_a_code_that_is_text() -> None:
    """A list instead of a code is a fault with a path."""
    with pytest.raises(cmprules.InputError, match=r"\$\.code: WRONG_TYPE"):
        BOOK.policy_for(["MLS"], expires_on=date(2026, 5, 31))  # type: ignore[arg-type]


def test_an_allocation_without_a_table_is_refused() -> None:
    """Without an established table there is nothing to allocate to."""
    mla = BOOK.policy_for("MLA", expires_on=date(2026, 5, 31))
    with pytest.raises(cmprules.NotEstablishedError, match="MLA"):
        cmprules.allocate([], mla, cycle=CYCLE)
    with pytest.raises(cmprules.NotEstablishedError, match="MLA"):
        cmprules.verify_allocation([], [], mla, cycle=CYCLE)


def test_a_decision_answers_by_id_and_refuses_to_be_a_truth_value() -> None:
    """An unknown id leads to an error that lists the known ones; no answer is a boolean."""
    record = cmprules.Record(holder=cmprules.Holder(id="sample"), credentials=(PBT,), activities=())
    decision = cmprules.decide(record, BOOK, on=ON)
    assert "pbt" in decision
    assert "mls" not in decision
    with pytest.raises(KeyError, match="it has: pbt"):
        decision["mls"]
    for value, words in ((decision, "a decision has no"), (decision["pbt"], "a decision has no"),
                         (decision["pbt"].outcome, "and no")):
        with pytest.raises(TypeError, match=f"{words} truth value"):
            bool(value)
    assert list(decision) == list(decision.credentials) == [decision["pbt"]]
