"""Substitution after a failed audit: a new placement without the rejected activities, and none from after the end."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules.audit import AuditSubstitution, substitute
from tests import strategies as ours
from tests.answers.audit import day, met_record
from tests.answers.declaring import path_codes, without
from tests.examples import scaled

VALIDATOR = Draft202012Validator(cmprules.json_schema("audit-substitution"),
                                 format_checker=Draft202012Validator.FORMAT_CHECKER)


def _found(record: cmprules.Record, *rejected: str, on: str = "2026-07-01", **more: Any) -> AuditSubstitution:
    return substitute(record, ours.edition(), on=day(on), rejected=rejected, **more)


def _with(record: cmprules.Record, **changes: Any) -> cmprules.Record:
    """Add one more activity to a record."""
    more = attrs.evolve(record.activities[1], id="more", title="Another course", **changes)
    return attrs.evolve(record, activities=[*record.activities, more])


# ---------------------------------------------------------------------------------------------------------
# Laws.


@settings(max_examples=scaled(40))
@given(ours.cases(most_activities=12), st.data())
def test_it_is_the_decision_without_the_rejected(case: ours.Case, data: st.DataObject) -> None:
    """Substitution decides without the rejected activities, on the day asked about or on the end if that is earlier."""
    if not case.record.activities:
        return
    names = [one.id for one in case.record.activities]
    rejected = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    found = substitute(case.record, ours.edition(), on=case.on, rejected=rejected)
    rest = attrs.evolve(case.record, activities=[one for one in case.record.activities if one.id not in rejected],
                        placements=[one for one in case.record.placements if one.activity not in rejected])
    for held, part in zip(case.record.credentials, found.credentials, strict=True):
        ends = [case.on, *(end for end in (held.extended_until or held.expires_on,) if end is not None)]
        assert part.counted_on == min(ends)
        before = cmprules.decide(case.record, ours.edition(), on=part.counted_on)[held.id]
        after = cmprules.decide(rest, ours.edition(), on=part.counted_on)[held.id]
        assert (part.decision, part.outcome_before) == (after, before.outcome)
        assert part.whole == (after.outcome == "MET")
        assert {one.activity for one in part.left_out} == {
            one.activity for one in before.placements or ()} & {*rejected}
        _gains_are_right(part.substitutes, before, after)
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(cmprules.render(found, "json")))] == []
    assert cmprules.render(found).splitlines()[-1] == found.notice
    assert pickle.loads(pickle.dumps(found)) == found


def _gains_are_right(
    substitutes: Any, before: cmprules.CredentialDecision, after: cmprules.CredentialDecision
) -> None:
    """Check that before plus gained is at least what counts now, area by area, and that every gain is new."""
    placed = [{(one.activity, one.area): one.points for one in decided.placements or ()} for decided in (before, after)]
    gained = {key: points - placed[0].get(key, 0) for key, points in placed[1].items()}
    assert {(one.activity, one.area): one.points for new in substitutes for one in new.gained} == {
        key: points for key, points in gained.items() if points > 0}
    for new in substitutes:
        assert new.gained
        assert new.new == (new.proof.activity not in {activity for activity, _ in placed[0]})


# ---------------------------------------------------------------------------------------------------------
# Both sides of the end.


@pytest.mark.parametrize(("done", "whole"), [("2026-05-31", True), ("2026-06-01", False), ("2023-06-01", True),
                                             ("2023-05-31", False)])
def test_what_steps_in_was_done_before_the_end(done: str, whole: bool) -> None:
    """The last day counts, the day after it does not, nor does any day before the cycle."""
    record = _with(met_record(), completed_on=day(done))
    found = _found(record, "ethics")["pbt"]

    assert found.whole is whole
    assert found.counted_on == day("2026-05-31")
    assert ("more" in [one.activity for one in found.decision.placements or ()]) is whole
    assert found.decision.outcome == ("MET" if whole else "NOT_MET" if done > "2026" else "NEEDS_REVIEW")


@pytest.mark.parametrize(("end", "done", "whole"), [
    ("2024-02-29", "2024-02-29", True), ("2024-02-29", "2024-03-01", False), ("2025-12-31", "2025-12-31", True),
    ("2025-12-31", "2026-01-01", False),
])
def test_the_end_of_a_year_and_of_february(end: str, done: str, whole: bool) -> None:
    """The rule holds for ends on December 31 and in February."""
    record = met_record(expires_on=end)
    earlier = [attrs.evolve(one, completed_on=day("2023-05-01")) for one in record.activities]
    record = _with(attrs.evolve(record, activities=earlier), completed_on=day(done))

    assert _found(record, "ethics")["pbt"].whole is whole


@pytest.mark.parametrize(("on", "counted_on", "whole"), [
    ("2026-03-31", "2026-03-31", False), ("2026-04-01", "2026-04-01", True), ("2026-05-31", "2026-05-31", True),
    ("2026-06-01", "2026-05-31", True),
])
def test_before_the_end_only_what_is_done_counts(on: str, counted_on: str, whole: bool) -> None:
    """A course next week does not count yet."""
    found = _found(_with(met_record(), completed_on=day("2026-04-01")), "ethics", on=on)["pbt"]

    assert (found.counted_on, found.whole) == (day(counted_on), whole)


def test_an_extension_moves_the_end() -> None:
    """Activities count until the last day of the extension."""
    record = _with(met_record(extended_until="2026-11-30"), completed_on=day("2026-11-30"))

    assert _found(record, "ethics", on="2027-01-01")["pbt"].counted_on == day("2026-11-30")
    assert _found(record, "ethics", on="2027-01-01")["pbt"].whole


def test_a_volunteer_without_an_end_is_counted_on_the_day() -> None:
    """Without an end, the day asked about is the limit."""
    volunteer = cmprules.Credential(id="pbt", code="PBT", voluntary=True, certified_on="2001-05-20")
    record = attrs.evolve(_with(met_record(), completed_on=day("2026-06-20")), credentials=[volunteer])

    assert _found(record, "ethics")["pbt"].counted_on == day("2026-07-01")
    assert _found(record, "ethics")["pbt"].whole


# ---------------------------------------------------------------------------------------------------------
# Worked cases.


def test_what_is_short_has_its_proof() -> None:
    """No other activity may serve ethics."""
    found = _found(met_record(), "ethics")["pbt"]

    assert (found.whole, found.proven, found.outcome_before) == (False, True, "MET")
    assert [(one.activity, one.area, str(one.points)) for one in found.left_out] == [("ethics", "ethics", "1")]
    assert next((one.areas, one.short) for one in found.decision.shortfalls or ()) == (("ethics",), Decimal(1))


def test_what_steps_in_has_to_be_proven_too() -> None:
    """`whole` is about points, `proven` about documents."""
    record = _with(met_record(), documents=[], completed_on=day("2026-01-05"))
    found = _found(record, "ethics")["pbt"]

    assert (found.whole, found.proven) == (True, False)
    assert [(one.proof.activity, one.proof.status, one.new) for one in found.substitutes] == [
        ("more", "missing", True)]
    assert [(one.area, str(one.points)) for one in found.substitutes[0].gained] == [("ethics", "1")]
    assert "Not every activity that counts now is proven." in cmprules.render(_found(record, "ethics"))


def test_what_was_on_the_declaration_may_move() -> None:
    """A course that filled the pool moves to ethics, and surplus points fill the pool."""
    record = _with(met_record(), completed_on=day("2025-02-03"))
    found = _found(record, "ethics")["pbt"]

    assert [(one.proof.activity, one.new, [(at.area, str(at.points)) for at in one.gained])
            for one in found.substitutes] == [
        ("more", False, [("ethics", "1")]), ("rest", False, [("pool", "1")])]


@pytest.mark.parametrize("name", ["2026.1", "2026.2"])
@pytest.mark.parametrize("kept", ["a-twin", "z-twin"])
def test_a_second_entry_of_what_was_rejected_is_named(kept: str, name: str) -> None:
    """A course entered twice counts once; without the rejected entry the other counts, and is named as its copy."""
    book = cmprules.load_book(edition=name)
    record = met_record()
    twin = attrs.evolve(record.activities[1], id=kept, title=record.activities[1].title.upper())
    record = attrs.evolve(record, activities=[*record.activities, twin])
    rejected = "ethics" if kept == "z-twin" else kept
    other = kept if kept == "z-twin" else "ethics"
    found = substitute(record, book, on=day("2026-07-01"), rejected=[rejected])

    assert [(one.proof.activity, one.same_as) for one in found["pbt"].substitutes] == [(other, rejected)]
    assert f"{other} ({other}) is a second entry of {rejected}, which was rejected" in " ".join(
        cmprules.render(found).split())
    both = substitute(record, book, on=day("2026-07-01"), rejected=["ethics", kept])
    assert both["pbt"].substitutes == ()


def test_what_was_not_on_the_declaration_changes_nothing() -> None:
    """Rejecting a surplus activity changes nothing."""
    record = _with(met_record(), areas=(), completed_on=day("2026-01-05"))
    found = _found(record, "more", on="2026-03-10")

    assert (found["pbt"].left_out, found["pbt"].substitutes, found["pbt"].whole) == ((), (), True)
    assert "Requirements met: nothing of it was rejected" in cmprules.render(found)
    assert "Counted as on" not in cmprules.render(found)


def test_nothing_that_is_left_is_not_proven() -> None:
    """Without any activity nothing is proven."""
    found = _found(met_record(), "safety", "ethics", "draw", "rest")["pbt"]

    assert (found.proven, found.whole, found.substitutes) == (False, False, ())


def test_the_holders_own_placement_loses_the_rejected() -> None:
    """The holder's placements of rejected activities are removed with them."""
    record = attrs.evolve(met_record(), placements=[
        {"credential": "pbt", "activity": name, "area": area, "points": 1}
        for name, area in (("safety", "safety"), ("ethics", "ethics"))])
    codes = [(finding.code, finding.subject) for finding in _found(record, "ethics")["pbt"].decision.findings]

    assert ("PLACEMENT_INCOMPLETE", "ethics") in codes
    assert "PLACEMENT_UNLAWFUL" not in [code for code, _ in codes]


def test_whole_again_in_words() -> None:
    """The report names each replacement, its points, its place and its proof."""
    record = _with(met_record(), completed_on=day("2026-05-31"))
    text = " ".join(cmprules.render(_found(record, "ethics")).split())

    assert "Requirements still met Every activity that counts now is proven." in text
    assert "Activities count up to May 31, 2026, the last day of the credential" in text
    assert "Left out: ethics (1 in ethics)." in text
    assert "2026-05-31 more: Another course 1 in ethics new proven" in text
    short = " ".join(cmprules.render(_found(met_record(), "ethics")).split())
    assert "Still short after the rejection: requirements not met Before: requirements met." in short
    assert "Why points are missing" in short


def test_a_credential_without_a_table_can_be_asked_about() -> None:
    """Nothing is placed, and the answer names what is open."""
    record = attrs.evolve(met_record(), credentials=[cmprules.Credential(id="mla", code="MLA",
                                                                         expires_on="2026-05-31")])
    found = _found(record, "ethics")

    assert (found["mla"].left_out, found["mla"].substitutes, found["mla"].whole) == ((), (), False)
    text = " ".join(cmprules.render(found).split())
    assert "What does the Board of Certification require for this credential?" in text


# ---------------------------------------------------------------------------------------------------------
# The call.


def test_one_credential_or_all_of_them() -> None:
    """Rejected ids come once each, in the order of the record."""
    record = attrs.evolve(met_record(), credentials=[
        *met_record().credentials, cmprules.Credential(id="ht", code="HT", expires_on="2026-04-30")])
    found = _found(record, "rest", "ethics", "rest")

    assert found.rejected == ("ethics", "rest")
    assert [(part.id, part.counted_on) for part in found.credentials] == [
        ("pbt", date(2026, 5, 31)), ("ht", date(2026, 4, 30))]
    assert [part.id for part in _found(record, "rest", credential="ht").credentials] == ["ht"]
    text = cmprules.render(found).splitlines()
    assert [line for line in text if line in {"pbt, PBT(ASCP)", "ht, HT(ASCP)"}] == ["pbt, PBT(ASCP)", "ht, HT(ASCP)"]


@pytest.mark.parametrize(("rejected", "faults"), [
    (["ethic", "rest", "x"], [("$.rejected[0]", "NO_SUCH_ACTIVITY"), ("$.rejected[2]", "NO_SUCH_ACTIVITY")]),
    ("ethics", [("$.rejected", "NOT_A_LIST")]),
    ([], [("$.rejected", "EMPTY_LIST")]),
    ([5], [("$.rejected[0]", "WRONG_TYPE")]),
])
def test_what_cannot_be_rejected_is_refused(rejected: Any, faults: list[tuple[str, str]]) -> None:
    """Each fault has its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        substitute(met_record(), ours.edition(), on=day("2026-07-01"), rejected=rejected)
    assert path_codes(refused) == faults


def test_every_fault_of_the_arguments_comes_at_once() -> None:
    """All faults come at once, each with its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        substitute("me", ours.edition(), on="soon", rejected=["a"], credential="b")  # type: ignore[arg-type]
    assert path_codes(refused) == [("$.on", "NOT_A_DATE"), ("$.record", "WRONG_TYPE")]


def test_a_record_stays_as_it_was() -> None:
    """The caller's record is not changed."""
    record = met_record()
    _found(record, "ethics")

    assert record == met_record()
    assert without(record, "ethics") != record
