"""Behavior at every door: values that are not books, days as text, short reprs, parts found by id."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

import cmprules
from cmprules import audit, batch, declaring, exam, explaining, participation, planning, renewal
from tests.strategies import edition

ON = "2026-03-10"
RECORD = cmprules.parse_record({
    "schema": "cmprules.record/1", "holder": {"id": "h-1"},
    "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"},
                    {"id": "qls", "code": "QLS", "expires_on": "2026-06-30"}],
    "activities": [{"id": "a", "title": "Safety", "kind": "in_service", "amount": 3, "areas": ["safety"],
                    "completed_on": "2025-01-02"}]})
PBT = RECORD.credentials[0]
CATALOGUE = planning.parse_catalogue({"schema": "cmprules.catalogue/1", "courses": []})
REPORT = exam.ScoreReport(code="MLS", taken_on="2026-01-20", score=352)
LIFE = declaring.begin(PBT, edition(), on=ON)
DECISION = cmprules.decide(RECORD, edition(), on=ON)

WITH_NAMES = ("audit", "batch", "declaring", "exam", "explaining", "intake", "participation", "planning", "receipts",
              "renewal", "timelines", "tracking", "comparing")
DOORS: dict[str, Callable[[Any], object]] = {
    "decide": lambda book: cmprules.decide(RECORD, book, on=ON),
    "explain": lambda book: cmprules.explain(DECISION, record=RECORD, book=book),
    "plan": lambda book: cmprules.plan(RECORD, book, CATALOGUE, on=ON),
    "quote_fees": lambda book: cmprules.quote_fees([PBT], book, on=ON),
    "receipt": lambda book: cmprules.receipt(DECISION, record=RECORD, book=book),
    "replay": lambda book: cmprules.replay(cmprules.receipt(DECISION, record=RECORD), book),
    "timeline": lambda book: cmprules.timeline(RECORD, book, on=ON),
    "track": lambda book: cmprules.track(RECORD, book, on=ON),
    "appeal_grounds": audit.appeal_grounds,
    "manifest": lambda book: audit.manifest(RECORD, book, on=ON),
    "readiness": lambda book: audit.readiness(RECORD, book, on=ON),
    "substitute": lambda book: audit.substitute(RECORD, book, on=ON, rejected=["a"]),
    "advance": lambda book: declaring.advance(LIFE, next(iter(declaring.Event)), book, on=ON),
    "begin": lambda book: declaring.begin(PBT, book, on=ON),
    "declaration_form": lambda book: declaring.declaration_form(RECORD, book, on=ON, credential="pbt"),
    "lawful_events": lambda book: declaring.lawful_events(LIFE, book),
    "appeal_deadline": lambda book: exam.appeal_deadline("2026-01-22", book),
    "application_fee": lambda book: exam.application_fee("MLS", book, on=ON),
    "attempts": lambda book: exam.attempts([REPORT], book),
    "award": lambda book: exam.award(REPORT, book),
    "exam_outlook": lambda book: exam.exam_outlook(exam.ExamRecord(candidate="c", reports=[REPORT]), book, on=ON),
    "next_attempt": lambda book: exam.next_attempt(REPORT, book),
    "pass_rates": exam.pass_rates,
    "read_score": lambda book: exam.read_score(REPORT, book),
    "retake_plan": lambda book: exam.retake_plan(REPORT, book, on=ON),
    "review_placement": lambda book: explaining.review_placement(RECORD, book, on=ON),
    "slack": lambda book: explaining.slack(RECORD, book, on=ON),
    "designation": lambda book: participation.designation([PBT], book, on=ON),
    "participation": lambda book: participation.participation(PBT, book),
    "front": lambda book: planning.front(RECORD, book, CATALOGUE, on=ON),
    "inactive": lambda book: renewal.inactive(PBT, book, on=ON),
    "reinstate": lambda book: renewal.reinstate(RECORD, book, on=ON, credential="pbt"),
    "renew": lambda book: renewal.renew(PBT, book, on=ON),
    "stacked": lambda book: renewal.stacked(RECORD, book, on=ON),
    "stop_taking_part": lambda book: renewal.stop_taking_part(PBT, book, on=ON),
    "synchronize": lambda book: renewal.synchronize(RECORD, book, on=ON),
}


def _public() -> Iterator[tuple[str, Callable[..., object]]]:
    """Return every function of the public doors."""
    for name in ("", *sorted({*dir(cmprules)} & {*WITH_NAMES})):
        module = importlib.import_module(f"cmprules.{name}".rstrip("."))
        for public in module.__all__ if hasattr(module, "__all__") else ():
            value = getattr(module, public)
            if inspect.isfunction(value):
                yield public, value


FROM_FILES: dict[str, dict[str, Any]] = {"intake": {"holder": "h"}, "people": {}}


def test_every_door_that_takes_a_book_is_tried() -> None:
    """A new one cannot be forgotten here; tables of people have their own tests."""
    taking = {name for name, door in _public() if "book" in inspect.signature(door).parameters}
    assert taking - {*DOORS} <= {"decide_table", "records_of", "reports", "answers_of", *FROM_FILES}


@pytest.mark.parametrize("name", FROM_FILES)
def test_a_door_that_reads_files_refuses_a_book_that_is_none(name: str) -> None:
    """It does so before any file is opened."""
    with pytest.raises(cmprules.InputError) as refused:
        getattr(importlib.import_module("cmprules.intake"), name)(["no-such-file.csv"], "2026.1", **FROM_FILES[name])
    assert ("$.book", "WRONG_TYPE") in [(fault.path, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize(("book", "hint"), [
    ("2026.1", "load it first, with cmprules.load_book(edition='2026.1')"),
    (5, "load it first, with cmprules.load_book()"), (RECORD, "load it first, with cmprules.load_book()"),
])
def test_a_book_that_is_none_says_what_to_load(name: str, book: object, hint: str) -> None:
    """Every door does, with the code and the path of a fault."""
    with pytest.raises(cmprules.InputError) as caught:
        DOORS[name](book)
    assert [(fault.path, fault.code, fault.hint) for fault in caught.value.faults] == [("$.book", "WRONG_TYPE", hint)]


def test_faults_of_all_arguments_come_together() -> None:
    """They are in record, book, day and trust."""
    with pytest.raises(cmprules.InputError) as caught:
        cmprules.decide("record.json", "2026.1", on="soon", trust="much")  # type: ignore[arg-type]
    assert [fault.path for fault in caught.value.faults] == ["$.record", "$.book", "$.on", "$.trust"]


def test_every_day_of_a_public_function_may_be_text() -> None:
    """The annotations say so."""
    strict = [(name, parameter.name) for name, door in _public()
              for parameter in inspect.signature(door).parameters.values()
              if "date" in str(parameter.annotation).split(" | ") and "str" not in str(parameter.annotation)]
    assert strict == []


# ---------------------------------------------------------------------------------------------------------
# Sequences of parts that are found by id.

HELD: dict[str, Any] = {
    "decision": DECISION, "tracking": cmprules.track(RECORD, edition(), on=ON),
    "explanation": cmprules.explain(DECISION), "slack": explaining.slack(RECORD, edition(), on=ON),
    "review": explaining.review_placement(RECORD, edition(), on=ON),
    "readiness": audit.readiness(RECORD, edition(), on=ON), "manifest": audit.manifest(RECORD, edition(), on=ON),
    "substitution": audit.substitute(RECORD, edition(), on=ON, rejected=["a"]),
}


@pytest.mark.parametrize("name", HELD)
def test_an_answer_is_a_sequence_of_its_credentials(name: str) -> None:
    """Access by id, index, negative index, slice and iteration; `in` takes an id or a part."""
    answer = HELD[name]
    first, last = answer.credentials
    assert (answer["pbt"], answer["qls"]) == (answer[0], answer[-1]) == (first, last)
    assert answer[:1] == (first,)
    assert list(answer) == [first, last] == [*reversed(answer)][::-1]
    assert len(answer) == 2
    assert "pbt" in answer
    assert last in answer
    assert "mls" not in answer
    with pytest.raises(KeyError, match=r"no credential 'mls' in this \w+; it has: pbt, qls"):
        answer["mls"]
    with pytest.raises(IndexError):
        answer[2]


@pytest.mark.parametrize(("value", "text"), [
    (DECISION, "<Decision of 'h-1' on 2026-03-10: pbt NOT_MET, qls NOT_MET>"),
    (DECISION["pbt"], "<CredentialDecision pbt: PBT(ASCP) NOT_MET, current>"),
    (RECORD, "<Record of 'h-1': 2 credentials, 1 activity>"),
    (HELD["tracking"], "<Tracking: pbt, qls>"), (HELD["slack"], "<Slack: pbt, qls>"),
    (edition().policy_for("PBT", expires_on="2026-05-31"), "<Policy PBT(ASCP), expires on 2026-05-31: 9 points>"),
    (edition().policy_for("MLA", expires_on="2026-05-31"),
     "<Policy MLA(ASCP), expires on 2026-05-31: not established>"),
])
def test_a_value_shows_itself_on_one_short_line(value: object, text: str) -> None:
    """It does so at a prompt, in a debugger, in a failing test."""
    assert repr(value) == text


def test_a_book_shows_its_edition() -> None:
    """It also shows the day of the last check."""
    assert repr(edition()).startswith("<PolicyBook 2026.1, last checked 2026-")
    assert len(repr(edition())) < 60


def test_many_credentials_are_counted() -> None:
    """The repr stays on one line."""
    many = cmprules.Record(holder={"id": "h"}, activities=[], credentials=[
        {"id": f"c{at}", "code": "PBT", "expires_on": "2026-05-31"} for at in range(8)])
    assert repr(cmprules.decide(many, edition(), on=date(2026, 3, 10))).endswith("c4 NOT_MET and 3 more>")


def test_the_package_lists_its_names_and_its_doors_and_nothing_else() -> None:
    """That is what tab completion shows."""
    listed = dir(cmprules)
    assert {"decide", "Record", "exam", "renewal", "batch", "audit"} <= {*listed}
    assert [name for name in listed if name.startswith("_") and name != "__version__"] == []
    assert not {"import_module", "annotations"} & {*listed}
    assert batch.__name__ == "cmprules.batch"
