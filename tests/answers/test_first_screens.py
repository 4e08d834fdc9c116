"""What reports show without unfolding anything: the last day, and the first step."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules import audit, declaring, explaining, participation, planning, renewal
from cmprules._words.declarations import Event
from cmprules.intake import intake

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
ON = date(2026, 3, 10)


@pytest.fixture(scope="module")
def book() -> cmprules.PolicyBook:
    """Load an edition that never changes."""
    return cmprules.load_book(edition="2026.1")


def example(name: str) -> cmprules.Record:
    """Read an example."""
    return cmprules.read_record(next(EXAMPLES.glob(f"{name}.*")))


def words(value: Any, record: cmprules.Record | None = None) -> str:
    """Write a report without its line breaks."""
    return " ".join(cmprules.render(value, record=record).split())


def test_a_declaration_asks_for_the_step_that_is_the_holders(book: cmprules.PolicyBook) -> None:
    """A step that only the Board can take is waited for."""
    met = example("mls-met")
    life = declaring.begin(met.credentials[0], book, on=ON)
    drafted = words(life, met)
    ready = declaring.advance(life, "complete", book, on=ON, decision=cmprules.decide(met, book, on=ON))
    others = attrs.evolve(ready, may_follow=tuple(one for one in ready.may_follow if one.event is Event.EDIT))

    assert "What to do 1. Fill all areas." in drafted
    assert "What to do 1. Send the declaration by April 30, 2026." in words(ready, met)
    assert "What to do 1. Wait for the Board: nothing can be done by you now." in words(others, met)


def test_an_audit_asks_for_what_is_missing_though_all_is_proven(book: cmprules.PolicyBook) -> None:
    """Proof of too few points does not help; if all is there, nothing is asked for."""
    nearly, division, met = example("mls-nearly-there"), example("needs-division"), example("mls-met")

    assert "What to do 1. Earn the points that are missing" in words(audit.readiness(nearly, book, on=ON), nearly)
    assert "Settle the open questions; the report of decide" in words(audit.readiness(division, book, on=ON), division)
    assert "What to do" not in words(audit.readiness(met, book, on=ON), met)


def test_a_renewal_asks_for_the_declaration(book: cmprules.PolicyBook) -> None:
    """On the last day itself there is no other day to name."""
    mls = example("mls-met").credentials[0]

    assert "Send the declaration on April 20, 2026, and by April 30, 2026 at the latest." in words(
        renewal.renew(mls, book, on=date(2026, 4, 20)))
    assert "Send the declaration on April 30, 2026. " in words(renewal.renew(mls, book, on=date(2026, 4, 30)))


def test_participation_names_the_last_day_of_the_credential(book: cmprules.PolicyBook) -> None:
    """Without the record the last day is not known."""
    met = example("mls-met")
    found = participation.participation(met.credentials[0], book)

    assert "Last day: April 30, 2026" in words(found, met)
    assert "Last day" not in words(found)


def test_the_answer_for_one_credential_and_the_plans_name_the_last_day(book: cmprules.PolicyBook) -> None:
    """Plans take it from the record."""
    nearly = example("mls-nearly-there")
    plans = planning.front(nearly, book, planning.read_catalogue(EXAMPLES / "catalogues" / "samples.csv"), on=ON)

    assert "Last day: May 31, 2026" in words(cmprules.decide(nearly, book, on=ON)["mls"])
    assert "Last day: May 31, 2026 (82 days left)" in words(plans, nearly)


def test_an_intake_names_the_last_day_of_what_it_is_for(book: cmprules.PolicyBook) -> None:
    """That is the day given with the credential."""
    found = intake(ROOT / "docs" / "how-to" / "files" / "transcript.csv", book, holder="sample-5",
                   credentials=["PBT(ASCP) 2026-05-31"])

    assert "Last day: May 31, 2026" in words(found)


def test_changes_are_in_words_and_name_holder_and_activity(book: cmprules.PolicyBook) -> None:
    """Codes stay in the data; without the record, activities have their ids."""
    nearly = example("mls-nearly-there")
    found = cmprules.changes(cmprules.track(nearly, book, on=date(2026, 2, 1)), cmprules.track(nearly, book, on=ON))
    report = words(found, nearly)

    assert report.startswith("sample-mls-01: changes from February 1, 2026 to March 10, 2026")
    assert "Last day: May 31, 2026 (82 days left)" in report
    assert "not open yet open now" in report
    assert "not_open" not in report
    assert '"Designing' in report
    assert "a24" in words(found)


def test_an_explanation_asks_the_first_open_questions_by_title(book: cmprules.PolicyBook) -> None:
    """Of many, three; an outcome that is certain depends on none."""
    division, met = example("needs-division"), example("mls-met")
    why = cmprules.explain(cmprules.decide(division, book, on=ON), record=division, book=book)
    one = why.credentials[0]
    settling = next(step for step in one.step.children if step.code == "SETTLING")
    many = tuple(attrs.evolve(settling.children[0], clause=f"Question {number}?") for number in range(5))
    parts = tuple(attrs.evolve(step, children=many) if step is settling else step for step in one.step.children)
    asked = attrs.evolve(why, credentials=(attrs.evolve(one, step=attrs.evolve(one.step, children=parts)),))
    certain = cmprules.explain(cmprules.decide(met, book, on=ON), record=met, book=book)

    assert 'What it depends on 1. May the points of "Patient safety' in words(why, division)
    assert "What it depends on 1. Question 0? 2. Question 1? 3. Question 2? 4. 2 more; all are below." in words(
        asked, division)
    assert "What it depends on" not in words(certain, met)


@pytest.mark.parametrize(("name", "headings"), [("mls-and-sbb", ["## mls", "## sbb"]), ("mls-nearly-there", [])])
def test_points_to_spare_have_a_heading_for_each_of_several_credentials(
    name: str, headings: list[str], book: cmprules.PolicyBook
) -> None:
    """One credential needs no heading."""
    record = example(name)
    report = cmprules.render(explaining.slack(record, book, on=ON), "markdown", record=record)
    assert [line for line in report.splitlines() if line in {"## mls", "## sbb"}] == headings
