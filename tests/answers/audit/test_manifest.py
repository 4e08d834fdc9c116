"""The manifest: exactly the placed activities, in order, each with a file name."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import cmprules
from cmprules.audit import manifest, readiness
from tests import strategies as ours
from tests.answers.audit import ON, changed, met_record
from tests.answers.declaring import path_codes
from tests.examples import scaled

ROOT = Path(__file__).resolve().parents[3]
VALIDATOR = Draft202012Validator(cmprules.json_schema("audit-manifest"),
                                 format_checker=Draft202012Validator.FORMAT_CHECKER)
SAFE = re.compile(r"[0-9]{2,}_([0-9-]{10}|undated)_[a-z0-9-]{1,40}_[a-z0-9-]{1,40}")


@settings(max_examples=scaled(40))
@given(ours.cases())
def test_a_manifest_lists_exactly_the_placed_activities(case: ours.Case) -> None:
    """Each activity appears once, by day, with its points; the JSON validates and the manifest can be shown."""
    decision = cmprules.decide(case.record, ours.edition(), on=case.on)
    found = manifest(case.record, ours.edition(), on=case.on)
    known = {one.id: one for one in case.record.activities}
    for decided, part in zip(decision.credentials, found.credentials, strict=True):
        assert sorted(entry.activity for entry in part.entries) == sorted(
            {one.activity for one in decided.placements or ()})
        assert [entry.number for entry in part.entries] == [*range(1, len(part.entries) + 1)]
        assert [(entry.completed_on, entry.activity) for entry in part.entries] == sorted(
            (entry.completed_on, entry.activity) for entry in part.entries)
        for entry in part.entries:
            activity = known[entry.activity]
            assert (entry.title, entry.provider, entry.kind, entry.amount, entry.unit) == (
                activity.title, activity.provider, activity.kind, activity.amount, activity.unit)
            assert entry.points == sum(one.points for one in entry.areas)
            assert SAFE.fullmatch(entry.file_name), entry.file_name
        assert len({entry.file_name for entry in part.entries}) == len(part.entries)
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(cmprules.render(found, "json")))] == []
    assert cmprules.render(found).splitlines()[-1] == found.notice
    assert pickle.loads(pickle.dumps(found)) == found


@settings(max_examples=scaled(40))
@given(ours.cases())
def test_a_manifest_and_readiness_agree(case: ours.Case) -> None:
    """Both list the same activities with the same status."""
    found = manifest(case.record, ours.edition(), on=case.on)
    ready = readiness(case.record, ours.edition(), on=case.on)
    for part, proofs in zip(found.credentials, ready.credentials, strict=True):
        assert [(one.activity, one.status) for one in part.entries] == [
            (one.activity, one.status) for one in proofs.activities or ()]


@pytest.mark.parametrize(("title", "plain"), [
    ("Order of draw: why?", "order-of-draw-why"),
    ("../../etc/passwd", "etc-passwd"),
    ("CON", "con"),
    ("Qualité de l'eau \N{EN DASH} 2025", "qualite-de-l-eau-2025"),
    ("\N{HIRAGANA LETTER A}\N{HIRAGANA LETTER I}", "activity"),
    ("a" * 41, "a" * 40),
    ("a" * 40, "a" * 40),
    ("a" * 39 + " b", "a" * 39),
    ("a" * 38 + " b", "a" * 38 + "-b"),
    ("b " + "a" * 50, "b"),
])
def test_the_name_of_a_file_is_safe(title: str, plain: str) -> None:
    """A name has only letters, digits and hyphens; a long one is cut between words."""
    part = manifest(changed(met_record(), "rest", title=title), ours.edition(), on=ON)["pbt"]

    assert part.entries[-1].file_name == f"04_2025-02-04_{plain}_certificate"


def test_a_document_of_a_strange_name_still_gives_a_safe_file_name() -> None:
    """For an unknown document the file name says "proof"."""
    record = changed(met_record(expires_on="2023-05-31"), "rest", kind="covid_work", completed_on="2021-05-01")
    entry = manifest(record, ours.edition(), on=ON.replace(year=2023))["pbt"]

    assert entry.entries[0].file_name == "01_2021-05-01_course-rest_proof"


def test_a_hundred_entries_keep_their_order_by_name() -> None:
    """All numbers are padded to the digits of the last one."""
    course = met_record().activities[3]
    many = [attrs.evolve(course, id=f"r{number:03}", title=f"Course {number}", amount="0.05") for number in range(100)]
    record = attrs.evolve(met_record(), activities=[*met_record().activities[:3], *many])
    names = [entry.file_name for entry in manifest(record, ours.edition(), on=ON)["pbt"].entries]

    assert len(names) == 103
    assert names == sorted(names)
    assert names[0].startswith("001_")


def test_a_manifest_in_words() -> None:
    """The report says what to send and how, and names missing proof plainly."""
    record = changed(changed(met_record(), "rest", documents=[]), "draw", amount="0.2", unit="ceu", provider=None,
                     source="upload")
    found = manifest(record, ours.edition(), on=ON)
    text = " ".join(cmprules.render(found, "markdown").split())

    assert "| 4 | 2025-02-04 | Course rest, Sample Society | 5 contact hours" not in text
    assert "| **5 points** | **5 as other CE** | **MISSING: certificate** |" in text
    assert "CEU | 2 in phlebotomy | certificate |" in text
    assert "| 1 | 2025-02-01 | Course safety, Sample Society | 1 point | 1 in safety | certificate |" in text
    assert "The proof is in English." in text
    assert "Copies are sent, never originals." in text
    assert "Within how many days has an audit to be answered?" in text
    nameless = changed(record, "draw", source="self")
    assert "certificate; NOT IN THE RECORD: the provider** |" in cmprules.render(
        manifest(nameless, ours.edition(), on=ON), "markdown")
    mla = cmprules.read_record(ROOT / "examples" / "mla.json")
    assert "so there is nothing to send." in cmprules.render(manifest(mla, ours.edition(), on=ON))
    old = cmprules.read_record(ROOT / "examples" / "no-end-date.json")
    assert "mt, MLS(ASCP)\n" in cmprules.render(manifest(old, ours.edition(), on=ON))
    covid = changed(met_record(expires_on="2023-05-31"), "rest", kind="covid_work", completed_on="2021-05-01")
    found = manifest(covid, ours.edition(), on=ON.replace(year=2023))
    assert "| **open question: which one** |" in cmprules.render(found, "markdown")


def test_every_fault_of_the_arguments_comes_at_once() -> None:
    """All faults come at once, each with its path and code."""
    with pytest.raises(cmprules.InputError) as refused:
        manifest(met_record(), ours.edition(), on=5, credential=" ")  # type: ignore[arg-type]
    assert path_codes(refused) == [("$.on", "WRONG_TYPE"), ("$.credential", "EMPTY_TEXT")]
