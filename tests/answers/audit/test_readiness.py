"""Readiness: every placed activity is in exactly one class, and no proof is lost or invented."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules._policy import rows as tables
from cmprules._words import vocabulary as words
from cmprules.audit import AuditReadiness, CredentialReadiness, ProofStatus, readiness
from cmprules.audit._names import CALLED, PROVIDER_LIST
from tests import strategies as ours
from tests.answers.audit import ON, changed, day, met_record, proof_of
from tests.answers.declaring import path_codes
from tests.examples import scaled

ROOT = Path(__file__).resolve().parents[3]
VALIDATOR = Draft202012Validator(cmprules.json_schema("audit"),
                                 format_checker=Draft202012Validator.FORMAT_CHECKER)
CERTIFICATE_KINDS = ("formal_ce", "teleconference", "self_study", "journal_test")
CLAIMS = tuple(kind for kind in words.KINDS if kind not in {
    *CERTIFICATE_KINDS, "in_service", "college_course", "covid_work", "exam_pass"})


def _ready(record: cmprules.Record, **more: Any) -> AuditReadiness:
    return readiness(record, ours.edition(), on=more.pop("on", ON), **more)


def _counts(part: CredentialReadiness) -> list[tuple[int, Any]]:
    counts = (part.placed, part.proven, part.missing, part.not_established)
    return [(one.activities, one.points) for one in counts if one is not None]


# ---------------------------------------------------------------------------------------------------------
# What serves.


@pytest.mark.parametrize(("kind", "document", "proven"), [
    *((kind, "certificate", True) for kind in (*CERTIFICATE_KINDS, "in_service")),
    *((kind, "letter", False) for kind in CERTIFICATE_KINDS),
    ("in_service", "letter", True), ("in_service", "attendance_record", True), ("in_service", "transcript", False),
    ("college_course", "transcript", True), ("college_course", "certificate", False),
])
def test_one_of_the_documents_of_its_kind_proves_an_activity(kind: str, document: str, proven: bool) -> None:
    """One accepted document is enough; another document is reported as not serving."""
    proof = proof_of(changed(met_record(), "rest", kind=kind, unit=None, amount=4, documents=[document]), "rest")

    assert proof.status == ("proven" if proven else "missing")
    assert (proof.at_hand, proof.not_serving) == (((document,), ()) if proven else ((), (document,)))
    assert proof.citation == ours.edition().proofs[kind].citation


@pytest.mark.parametrize(("written", "serves"), [
    ("Certificate", True), (" certificate ", True), ("certificates", True), ("certificate.pdf", True),
    ("Signed attendance", False), ("my certificate", False),
])
def test_the_name_of_a_document_is_read_with_care(written: str, serves: bool) -> None:
    """Common names are read; a word of a name is not enough, and a different document does not serve."""
    assert (proof_of(changed(met_record(), "rest", documents=[written]), "rest").status == "proven") is serves


@pytest.mark.parametrize(("kind", "written"), [
    ("in_service", "attendance-record"), ("in_service", "Signed attendance"), ("in_service", "signed_letter"),
    ("in_service", "signed attendance record"), ("college_course", "Official transcript"),
])
def test_other_names_of_documents(kind: str, written: str) -> None:
    """Holders' own names, those in the sample records included, each stand for one document of the tables."""
    record = changed(met_record(), "rest", kind=kind, unit=None, amount=4, documents=[written])

    assert proof_of(record, "rest").at_hand == (written,)
    assert {*CALLED} == {*tables.DOCUMENTS, PROVIDER_LIST}


def test_several_documents_are_sorted_out() -> None:
    """Each document is listed once, as serving or not, in the order of the record."""
    proof = proof_of(changed(met_record(), "rest", documents=["photo", "certificate", "letter"]), "rest")

    assert (proof.status, proof.at_hand, proof.not_serving) == ("proven", ("certificate",), ("photo", "letter"))


@pytest.mark.parametrize(("source", "missing"), [("self", ("provider",)), (None, ("provider",)), ("ascp", ()),
                                                 ("upload", ())])
def test_a_provider_is_needed_of_what_the_holder_entered(source: str | None, missing: tuple[str, ...]) -> None:
    """Entries by ASCP or the provider need none; an entry without a source is treated as the holder's."""
    proof = proof_of(changed(met_record(), "rest", provider=None, source=source), "rest")

    assert proof.fields_missing == missing
    assert proof.status == ("missing" if missing else "proven")
    assert proof.at_hand == ("certificate",)


def test_what_a_document_has_to_show_is_listed() -> None:
    """The record cannot show it, so the answer lists it; where it is not established, the answer has the question."""
    course = changed(met_record(), "rest", kind="college_course", unit=None, amount=4, documents=["transcript"])

    assert proof_of(met_record(), "rest").must_show == ("date", "title", "provider", "participant", "hours")
    assert proof_of(met_record(), "rest").question is None
    assert proof_of(course, "rest").must_show == ()
    assert proof_of(course, "rest").question == "Which fields does a transcript have to show?"


# ---------------------------------------------------------------------------------------------------------
# The third class.


def test_work_of_which_nobody_knows_the_document_is_neither_proven_nor_missing() -> None:
    """No document that the holder has changes that."""
    record = changed(met_record(expires_on="2023-05-31"), "rest", kind="covid_work", completed_on=day("2021-05-01"),
                     documents=["letter"])
    proof = proof_of(record, "rest", day("2023-03-10"))

    assert proof.status == "not_established"
    assert (proof.documents_needed, proof.at_hand, proof.not_serving) == ((), (), ("letter",))
    assert proof.question == "Which document proves work during the pandemic?"


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_value_of_your_own_does_not_make_a_proof_established(kind: str, tmp_path: Path) -> None:
    """A user's row makes the points count, but leaves the proof open."""
    path = tmp_path / "own.toml"
    path.write_text("\n".join([
        'schema = "cmprules.table/1"', 'table = "kinds"', 'title = "Own values"', 'unit = "name"', 'keyed_on = "none"',
        "last_checked = 2026-01-01", "[[row]]", f'id = "{kind}"', 'label = "Own"', 'units = ["point"]',
        "established = true", 'source = "cmprules-reading"', 'pin = "a test"', 'grade = "official"']))
    book = cmprules.load_book(edition="2026.1", extra=[path])
    record = changed(met_record(), "rest", kind=kind, unit=None, documents=["certificate"])
    part = readiness(record, book, on=ON)["pbt"]

    assert _counts(part) == [(4, 9), (3, 4), (0, 0), (1, 5)]
    assert not part.all_proven
    assert "Open question: 5 of 9 points, 1 of 4 activities" in cmprules.render(readiness(record, book, on=ON))


# ---------------------------------------------------------------------------------------------------------
# Counts.


def test_the_figure_is_exact() -> None:
    """Points and activities are exact, without rounding."""
    record = changed(changed(met_record(), "rest", amount="4.99", documents=[]), "draw", amount="2.01")
    part = _ready(record)["pbt"]

    assert _counts(part) == [(4, Decimal(9)), (3, Decimal("4.01")), (1, Decimal("4.99")), (0, 0)]
    assert not part.all_proven
    assert _ready(met_record())["pbt"].all_proven


def test_only_what_is_placed_has_to_be_proven() -> None:
    """Surplus points are not on the declaration, and need no proof."""
    spare = cmprules.Activity(id="spare", title="To spare", kind="formal_ce", amount=5, completed_on="2025-12-01")
    record = met_record()
    record = attrs.evolve(record, activities=[*record.activities, spare])

    assert "spare" not in [proof.activity for proof in _ready(record)["pbt"].activities or ()]
    assert _ready(record)["pbt"].all_proven


def test_nothing_placed_is_not_all_proven() -> None:
    """A declaration without activities is not proven, nor is one without a table."""
    empty = attrs.evolve(met_record(), activities=[])
    mla = cmprules.read_record(ROOT / "examples" / "mla.json")

    assert (_counts(_ready(empty)["pbt"]), _ready(empty)["pbt"].all_proven) == ([(0, 0)] * 4, False)
    assert (_counts(_ready(mla)["mla"]), _ready(mla)["mla"].all_proven) == ([], False)
    assert _ready(mla)["mla"].activities is None
    assert "No activity counts." in cmprules.render(_ready(empty))
    assert "no source says what is" in cmprules.render(_ready(mla))


@settings(max_examples=scaled(40))
@given(ours.cases())
def test_every_placed_activity_is_in_one_class(case: ours.Case) -> None:
    """The classes add up to the placed points of the decision; the JSON validates and the answer can be shown."""
    decision, ready = cmprules.decide(case.record, ours.edition(), on=case.on), _ready(case.record, on=case.on)
    for decided, part in zip(decision.credentials, ready.credentials, strict=True):
        assert (part.id, part.outcome, part.cycle) == (decided.id, decided.outcome, decided.cycle)
        assert (part.activities is None) == (decided.placements is None)
        proofs = part.activities or ()
        assert {one for proof in proofs for one in proof.areas} == {*(decided.placements or ())}
        assert len({proof.activity for proof in proofs}) == len(proofs)
        if part.placed is not None and decided.total is not None:
            assert part.placed.points == decided.total.placed
            placed, *classes = _counts(part)
            assert placed == (sum(one[0] for one in classes), sum(one[1] for one in classes))
        for proof in proofs:
            assert {*proof.at_hand, *proof.not_serving} == {*next(
                one.documents for one in case.record.activities if one.id == proof.activity)}
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(cmprules.render(ready, "json")))] == []
    assert cmprules.render(ready).splitlines()[-1] == ready.notice
    assert pickle.loads(pickle.dumps(ready)) == ready


@settings(max_examples=scaled(40))
@given(ours.cases(), st.data())
def test_removing_a_proof_never_raises_readiness(case: ours.Case, data: st.DataObject) -> None:
    """Fewer documents, or a missing provider, never prove more."""
    if not case.record.activities:
        return
    name = data.draw(st.sampled_from([one.id for one in case.record.activities]))
    activity = next(one for one in case.record.activities if one.id == name)
    kept = data.draw(st.lists(st.sampled_from(activity.documents), unique=True)) if activity.documents else []
    less = changed(case.record, name, documents=kept)
    for before, after in zip(_ready(case.record, on=case.on).credentials, _ready(less, on=case.on).credentials,
                             strict=True):
        assert after.placed == before.placed
        if before.proven is not None and after.proven is not None:
            assert after.proven.points <= before.proven.points
            assert after.proven.activities <= before.proven.activities


# ---------------------------------------------------------------------------------------------------------
# The call, and its words.


def test_one_credential_or_all_of_them() -> None:
    """Credentials come in the order of the record, or one by id."""
    record = cmprules.read_record(ROOT / "examples" / "mls-and-sbb.json")

    assert [part.id for part in _ready(record).credentials] == ["mls", "sbb"]
    assert [part.id for part in _ready(record, credential="sbb").credentials] == ["sbb"]
    with pytest.raises(KeyError, match="no credential 'ht' in this answer; it has: mls, sbb"):
        _ready(record)["ht"]
    assert [part.id for part in _ready(record)] == ["mls", "sbb"]


def test_every_fault_of_the_arguments_comes_at_once() -> None:
    """All faults come at once, each with its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        readiness(met_record(), ours.edition(), on="soon", credential="pb")
    assert path_codes(refused) == [("$.on", "NOT_A_DATE"), ("$.credential", "NO_SUCH_CREDENTIAL")]
    with pytest.raises(cmprules.InputError) as refused:
        readiness("me", ours.edition(), on=ON, credential=5)  # type: ignore[arg-type]
    assert path_codes(refused) == [("$.credential", "WRONG_TYPE"), ("$.record", "WRONG_TYPE")]


def test_readiness_in_words() -> None:
    """The report names what is missing, what does not serve, what a document must show, and what stays open."""
    record = changed(changed(changed(met_record(), "rest", documents=["letter"]), "draw", provider=None), "ethics",
                     kind="in_service", documents=[])
    text = " ".join(cmprules.render(_ready(record), record=record).split())

    assert "Not everything is proven Requirements met. Last day: May 31, 2026 (82 days left) Proven: 1 of 9" in text
    assert 'For "Course rest" (rest), get a certificate. A letter is not enough.' in text
    assert 'For "Course draw" (draw), add the provider to the record.' in text
    assert 'For "Course ethics" (ethics), get a letter, certificate or attendance record.' in text
    assert "Each certificate has to show the date, the title, the provider, who took part and the contact" in text
    assert "For how long after the end of a cycle is proof to be kept?" in text
    assert "Ready for an audit" in cmprules.render(_ready(met_record()))
    short = attrs.evolve(met_record(), activities=met_record().activities[:1])
    assert "Everything that counts is proven, but requirements not met" in cmprules.render(_ready(short))
    assert "1 of 1 activity" in cmprules.render(_ready(short))
    course = changed(short, "safety", kind="college_course", unit=None, documents=["transcript"])
    assert "What to check on each document" not in cmprules.render(_ready(course))
    assert "Which fields does a transcript have to show?" in cmprules.render(_ready(course))
    former = cmprules.read_record(ROOT / "examples" / "no-end-date.json")
    assert "(entered as MT)" in cmprules.render(_ready(former))


def test_the_statuses_are_words() -> None:
    """The JSON has them as words."""
    assert [str(status) for status in ProofStatus] == ["proven", "missing", "not_established"]
