"""An answer lists exactly the sources that it cites; the rules that it applies are listed in one order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules import exam
from cmprules._answers.answer import citations_in
from cmprules.audit import appeal_grounds, manifest, readiness, substitute
from cmprules.declaring import advance, begin, declaration_form
from cmprules.explaining import review_placement, slack
from cmprules.participation import designation, participation
from tests.answers.citing import cited
from tests.strategies import edition

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ON = date(2026, 3, 10)
SENT = ("declaration/nothing_sent_along", "audit/keep_originals", "audit/random", "audit/all_activities",
        "declaration/email")


@cache
def _record(name: str = "mls-met") -> cmprules.Record:
    return cmprules.read_record(EXAMPLES / f"{name}.json")


def _held(code: str = "MLS", **more: Any) -> cmprules.Credential:
    return cmprules.Credential(**{"id": code.lower(), "code": code, "expires_on": "2026-05-31", **more})


def _decision() -> cmprules.Decision:
    return cmprules.decide(_record(), edition(), on=ON)


def _ready() -> Any:
    return advance(begin(_held(), edition(), on=ON), "complete", edition(), on=ON,
                   evidence={"requirements_met": "alert"})


def _form(**more: Any) -> Any:
    return declaration_form(_record("mls-and-sbb"), edition(), on=ON, credential="sbb", **more)


def _outlook(name: str) -> Any:
    return exam.exam_outlook(exam.read_exam(EXAMPLES / "exam" / f"{name}.json"), edition(), on=date(2026, 2, 9),
                             hours_per_week=6)


ANSWERS: dict[str, Callable[[], Any]] = {
    "readiness": lambda: readiness(_record(), edition(), on=ON),
    "manifest": lambda: manifest(_record(), edition(), on=ON),
    "substitution": lambda: substitute(_record(), edition(), on=date(2026, 6, 10), rejected=["m02", "m06"]),
    "grounds": lambda: appeal_grounds(edition(), illness=13, notified_on="2026-07-01"),
    "grounds of 2026.2": lambda: appeal_grounds(cmprules.load_book(edition="2026.2"), illness=13),
    "life begun": lambda: begin(_held(), edition(), on=ON),
    "life expired": lambda: begin(_held(), edition(), on="2026-06-01"),
    "life ready": _ready,
    "participation": lambda: participation(_held(certified_on="1999-01-01"), edition()),
    "participation, mandatory": lambda: participation(_held(certified_on="2010-01-01"), edition()),
    "participation, NCA": lambda: participation(_held("CLS", previous_nca=True), edition()),
    "designation": lambda: designation([_held(), _held("SBB")], edition(), on=ON),
    "designation, one": lambda: designation([_held()], edition(), on=ON),
    "designation, expired": lambda: designation([_held()], edition(), on=date(2026, 6, 1)),
    "designation, inactive": lambda: designation([_held(extended_until="2026-08-31")], edition(), on=date(2026, 6, 1)),
    "outlook, failed": lambda: _outlook("mls-failed"),
    "outlook, passed": lambda: _outlook("pbt-passed"),
    "explanation": lambda: cmprules.explain(_decision(), record=_record(), book=edition()),
    "timeline": lambda: cmprules.timeline(_record("mls-and-sbb"), edition(), on=ON),
}
"""All answers except those with sources of parts that they do not show, such as the table of a declaration."""


@pytest.mark.parametrize("name", ANSWERS)
def test_sources_are_those_that_are_cited(name: str) -> None:
    """There are no more and no fewer, under the names of the edition."""
    answer = ANSWERS[name]()
    plain = cmprules.to_mapping(answer)
    sources = plain.pop("sources")
    assert set(sources) == set(cited(plain))
    assert all(answer.sources[source] == edition().sources.get(source, answer.sources[source]) for source in sources)


@pytest.mark.parametrize(("together", "clauses", "source"), [
    ((), SENT, "ascp-qihc"), (("mls",), (*SENT, "fees/reduced"), "ascp-qihc"),
])
def test_a_form_cites_its_clauses_its_table_its_window_and_its_fees(
    together: tuple[str, ...], clauses: tuple[str, ...], source: str
) -> None:
    """The rule on the reduced fee is cited only where several are declared together."""
    form = _form(together_with=together)
    assert tuple(clause.rule for clause in form.clauses) == clauses
    decided = cmprules.decide(_record("mls-and-sbb"), edition(), on=ON)["sbb"]
    table = {citation.source for found in decided.findings if found.code in {"TABLE_APPLIED", "DECLARATION"}
             for citation in found.citations}
    assert set(form.sources) == table | {clause.citation.source for clause in form.clauses} | {source}


def test_a_form_without_a_table_cites_why_there_is_none() -> None:
    """For MLA the question is in a row of the edition."""
    form = declaration_form(_record("mla"), edition(), on=ON, credential=_record("mla").credentials[0].id)
    decided = cmprules.decide(_record("mla"), edition(), on=ON).credentials[0]
    row = {citation.source for found in decided.findings if found.code == "TABLE_NOT_ESTABLISHED"
           for citation in found.citations}
    assert row
    assert row <= set(form.sources)


@pytest.mark.parametrize("make", [review_placement, slack])
def test_reviews_cite_their_tables(make: Callable[..., Any]) -> None:
    """The table of MLS has a source that the answer shows nowhere else."""
    assert "mlsi-mls-cm" in make(_record(), edition(), on=ON).sources


@pytest.mark.parametrize(("name", "rules"), [
    ("readiness", ["audit/only_if_selected", "audit/all_activities", "audit/keep_originals", "audit/retention_months",
                   "audit/share_percent"]),
    ("manifest", ["audit/all_activities", "audit/in_english", "audit/copies", "audit/by_email", "audit/keep_originals",
                  "audit/days_to_answer", "audit/retention_months"]),
    ("substitution", ["audit/substitution", "audit/in_english", "audit/copies", "audit/by_email",
                      "audit/days_to_answer", "audit/appeal_letter"]),
    ("grounds", ["audit/appeal_grounds", "audit/appeal_letter", "exam/appeal_form"]),
    ("participation", ["participation/ascp/technician", "participation/voluntary"]),
    ("participation, mandatory", ["participation/ascp/technician"]),
    ("participation, NCA", ["participation/former-nca", "participation/ascp/technician"]),
    ("designation", ["designation/first", "designation/second", "designation/second_ascpi",
                     "designation/mark_of_second"]),
    ("designation, one", []),
])
def test_the_rules_of_an_answer(name: str, rules: list[str]) -> None:
    """Each rule has its words and its state, established or not, from the edition."""
    answer = ANSWERS[name]()
    listed = answer.clauses if hasattr(answer, "clauses") else answer.rules
    assert [clause.rule for clause in listed] == rules
    for clause in listed:
        stated = edition().statements[clause.rule]
        assert (clause.text, clause.established, clause.question, clause.citation) == (
            stated.text, stated.established, stated.question, stated.citation)


def test_a_figure_is_cited_by_its_source_and_once() -> None:
    """A figure that stands next to its own citation adds nothing."""
    figure = edition().policy_for("MLS", expires_on=date(2026, 5, 31)).total
    assert figure is not None
    assert citations_in((figure.citation, figure)) == [figure.citation]
