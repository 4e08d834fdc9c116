"""The form of a declaration: what it lists, what it costs, and when it is not ready."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import cmprules
from cmprules.declaring import DeclarationForm, declaration_form
from tests import strategies as ours
from tests.answers.declaring import day, met_record, path_codes, without
from tests.examples import scaled

ROOT = Path(__file__).resolve().parents[3]
VALIDATOR = Draft202012Validator(cmprules.json_schema("declaration-form"),
                                 format_checker=Draft202012Validator.FORMAT_CHECKER)


def _example(name: str) -> cmprules.Record:
    return cmprules.read_record(ROOT / "examples" / name)


def _form(record: cmprules.Record, on: str, **more: str) -> DeclarationForm:
    credential = more.pop("credential", record.credentials[0].id)
    return declaration_form(record, ours.edition(), on=day(on), credential=credential, **more)


def _own(record: cmprules.Record, *placed: tuple[str, str, object]) -> cmprules.Record:
    return attrs.evolve(record, placements=[
        {"credential": "pbt", "activity": activity, "area": area, "points": points}
        for activity, area, points in placed])


WHOLE = (("safety", "safety", 1), ("ethics", "ethics", 1), ("draw", "phlebotomy", 2), ("rest", "pool", 5))


# ---------------------------------------------------------------------------------------------------------
# Ready or not.


@pytest.mark.parametrize(("on", "why_not"), [
    ("2026-03-01", ("not_open",)), ("2026-03-02", ()), ("2026-05-01", ()), ("2026-05-02", ()), ("2026-05-31", ()),
])
def test_a_form_is_ready_within_the_window(on: str, why_not: tuple[str, ...]) -> None:
    """It is not ready the day before the window opens; it is from then until the end itself."""
    form = _form(met_record(), on)

    assert (form.ready, form.why_not) == (not why_not, why_not)
    assert form.outcome is cmprules.Outcome.MET


@pytest.mark.parametrize(("on", "fees", "ready"), [
    ("2026-05-31", ["application"], True), ("2026-06-01", ["application", "reinstatement"], True),
    ("2028-02-02", ["application", "reinstatement"], False),
])
def test_after_the_end_it_is_a_form_for_reinstatement(on: str, fees: list[str], ready: bool) -> None:
    """The day after the end both fees are owed, and activities older than three years no longer count."""
    form = _form(met_record(), on)

    assert [line.item for line in form.fees.lines] == fees
    assert form.ready is ready
    assert ("for reinstatement" in cmprules.render(form)) == (ready and len(fees) == 2)


def test_a_form_that_is_not_met_is_made_and_says_what_is_short() -> None:
    """It has the proof of the shortfall, and room to sign later."""
    form = _form(without(met_record(), "ethics"), "2026-03-10")
    text = " ".join(cmprules.render(form).split())

    assert (form.ready, form.why_not) == (False, ("not_met",))
    assert next((proof.areas, proof.short) for proof in form.shortfalls) == (("ethics",), Decimal(1))
    assert "Not ready to send The requirements are not met." in text
    assert "None of yours can count there. 1 - 0 = 1 missing." in text
    assert "Pledge, to be signed once it is ready" in text


def test_a_form_without_a_table_says_so() -> None:
    """Without an established table the form lists nothing."""
    form = _form(_example("mla.json"), "2026-03-10")

    assert form.why_not == ("needs_review",)
    assert (form.lines, form.areas, form.total, form.shortfalls) == ((), (), None, ())
    assert [need.code for need in form.needs] == ["TABLE_NOT_ESTABLISHED"]
    assert "What does the Board of Certification ask of" in cmprules.render(form)
    own = _form(_example("mla.json"), "2026-03-10", placement="own")
    assert (own.why_not, own.lines, own.total) == (("needs_review",), (), None)


def test_nothing_is_declared_where_nothing_is_required() -> None:
    """The form has no fee and no pledge."""
    form = _form(_example("no-end-date.json"), "2026-03-10", credential="mt")
    text = cmprules.render(form)

    assert (form.why_not, form.fees.total, form.cycle, form.declaration) == (("not_required",), Decimal("0.00"), None,
                                                                            None)
    assert "Pledge" not in text
    assert "Fee\n" not in text
    assert "(entered as MT)" in text


def test_a_volunteer_without_an_end_has_no_window() -> None:
    """The form is ready whenever the requirements are met."""
    form = _form(_example("no-end-date.json"), "2026-03-10", credential="bb")

    assert (form.ready, form.declaration) == (True, None)
    assert "Window" not in cmprules.render(form)


# ---------------------------------------------------------------------------------------------------------
# What it lists.


def test_the_lines_go_by_area_then_by_day() -> None:
    """Areas come in the order of the table, the pool last."""
    form = _form(met_record(), "2026-03-10")

    assert [(line.area, line.activity, str(line.points)) for line in form.lines] == [
        ("safety", "safety", "1"), ("ethics", "ethics", "1"), ("phlebotomy", "draw", "2"), ("pool", "rest", "5")]
    assert form.lines[0].completed_on == day("2025-02-01")
    assert (form.lines[0].title, form.lines[0].provider, form.lines[0].kind) == (
        "Course safety", "Sample Society", "formal_ce")


@settings(max_examples=scaled(40))
@given(ours.cases())
def test_a_form_is_the_decision_on_one_credential(case: ours.Case) -> None:
    """Outcome, window, points and placements are the same; the JSON validates and the form can be shown."""
    decision = cmprules.decide(case.record, ours.edition(), on=case.on)
    for decided in decision.credentials:
        form = declaration_form(case.record, ours.edition(), on=case.on, credential=decided.id)
        assert form.ready == (decided.outcome == "MET"
                              and (decided.declaration is None or decided.declaration.status != "not_open"))
        assert {(line.activity, line.area, line.points) for line in form.lines} == {
            (one.activity, one.area, one.points) for one in decided.placements or ()}
        assert (form.areas, form.total) == (decided.areas or (), decided.total)
        assert [error.message for error in VALIDATOR.iter_errors(json.loads(cmprules.render(form, "json")))] == []
        assert {*cmprules.render(form).splitlines()[-1:]} == {form.notice}
        assert pickle.loads(pickle.dumps(form)) == form


# ---------------------------------------------------------------------------------------------------------
# The holder's own placement.


def test_a_whole_own_placement_is_ready() -> None:
    """The form lists the holder's placement, though the decision would place otherwise."""
    record = _own(met_record(), *WHOLE[:2], ("draw", "phlebotomy", 2), ("rest", "pool", 5))
    form = _form(record, "2026-03-10", placement="own")

    assert (form.ready, form.why_not, form.placement) == (True, (), "own")
    assert form.total is not None
    assert (form.total.placed, form.total.short, form.total.short_if_confirmed) == (Decimal(9), Decimal(0), Decimal(0))


def test_an_own_placement_differs_from_the_best_one() -> None:
    """The holder chooses which of two courses fills an area."""
    record = met_record()
    more = attrs.evolve(record.activities[2], id="later", title="Another", completed_on=day("2025-06-01"))
    record = _own(attrs.evolve(record, activities=[*record.activities, more]), *WHOLE[:2], ("later", "phlebotomy", 2),
                  ("rest", "pool", 5))

    assert "later" in [line.activity for line in _form(record, "2026-03-10", placement="own").lines]
    assert ("phlebotomy", "draw") in [(line.area, line.activity) for line in _form(record, "2026-03-10").lines]


def _incomplete() -> Iterator[tuple[tuple[tuple[str, str, object], ...], tuple[str, ...], str]]:
    yield (), ("own_placement_absent",), "9"
    yield WHOLE[:3], ("own_placement_incomplete",), "5"
    yield (*WHOLE[:3], ("rest", "pool", "4.99")), ("own_placement_incomplete",), "0.01"
    yield (*WHOLE[:3], ("rest", "safety", 1), ("rest", "pool", 4)), (
        "own_placement_unlawful", "own_placement_incomplete"), "1"


@pytest.mark.parametrize(("placed", "why_not", "short"), list(_incomplete()))
def test_an_own_placement_that_is_not_whole_is_not_ready(
    placed: tuple[tuple[str, str, object], ...], why_not: tuple[str, ...], short: str
) -> None:
    """The requirements are met, but a placement that is a hundredth of a point short may not be sent."""
    form = _form(_own(met_record(), *placed), "2026-03-10", placement="own")

    assert (form.ready, form.why_not, form.outcome) == (False, why_not, "MET")
    assert form.total is not None
    assert form.total.short == Decimal(short)
    assert "missing in your own placement" in " ".join(cmprules.render(form).split())


def test_a_claim_in_an_own_placement_counts_only_if_it_is_confirmed() -> None:
    """The points of a journal article are the holder's claim."""
    record = met_record()
    article = {"id": "article", "title": "On needles", "kind": "journal_article", "amount": 5,
               "completed_on": "2025-03-01"}
    record = attrs.evolve(record, activities=[*record.activities, article])
    form = _form(_own(record, *WHOLE[:3], ("article", "pool", 5)), "2026-03-10", placement="own")

    assert form.why_not == ("own_placement_incomplete",)
    assert form.total is not None
    assert (form.total.placed, form.total.short, form.total.short_if_confirmed) == (Decimal(4), Decimal(5), Decimal(0))
    assert [area.placed for area in form.areas] == [1, 1, 2, 0]


# ---------------------------------------------------------------------------------------------------------
# Fees.


def test_a_declaration_by_itself_takes_the_whole_fee() -> None:
    """Only credentials that are named count as sent on the same business day."""
    record = _example("mls-and-sbb.json")

    def items(credential: str, *together: str) -> list[str]:
        form = declaration_form(record, ours.edition(), on=day("2026-03-10"), credential=credential,
                                together_with=together)
        assert form.fees.total == sum(line.amount for line in form.fees.lines)
        return [line.item for line in form.fees.lines]

    assert items("mls") == items("sbb") == items("mls", "sbb") == items("sbb", "sbb") == ["application"]
    assert items("sbb", "mls") == ["reduced_application"]
    form = declaration_form(record, ours.edition(), on=day("2026-03-10"), credential="sbb", together_with=["mls"])
    assert (form.together_with, str(form.fees.total)) == (("mls",), "95.00")
    assert "if sent on the same business day as mls" in cmprules.render(form)
    assert "fees/reduced" in [clause.rule for clause in form.clauses]
    assert "fees/reduced" not in [clause.rule for clause in _form(record, "2026-03-10").clauses]


def test_a_fee_that_nobody_can_source_is_said_to_be_open() -> None:
    """No amount is shown for a day between two sightings."""
    form = _form(met_record(expires_on="2016-05-31"), "2016-03-10")

    assert form.fees.total is None
    assert "Fee --- The fee item 'application'" in " ".join(cmprules.render(form).split())


# ---------------------------------------------------------------------------------------------------------
# Bad input, and looks.


def test_every_fault_of_the_arguments_comes_at_once() -> None:
    """All faults come at once, each with its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        declaration_form(met_record(), ours.edition(), on="soon", credential="pb", placement="mine",
                         together_with=["x"])
    assert path_codes(refused) == [
        ("$.on", "NOT_A_DATE"), ("$.credential", "NO_SUCH_CREDENTIAL"), ("$.placement", "UNKNOWN_WORD"),
        ("$.together_with[0]", "NO_SUCH_CREDENTIAL")]
    with pytest.raises(cmprules.InputError) as refused:
        declaration_form("me", ours.edition(), on=day("2026-03-10"), credential="", together_with="pbt")  # type: ignore[arg-type]
    assert path_codes(refused) == [("$.credential", "EMPTY_TEXT"), ("$.record", "WRONG_TYPE"),
                                   ("$.together_with", "NOT_A_LIST")]


def test_the_page_can_be_printed() -> None:
    """The page has rules for paper, and lines to sign on."""
    page = cmprules.render(_form(met_record(), "2026-03-10"), "html")

    assert "@media print" in page
    assert "<span>Signature</span>" in page
