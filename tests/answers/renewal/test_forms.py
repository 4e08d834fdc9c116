"""How the answers are written: golden reports, JSON that validates and reads back, pickles."""

from __future__ import annotations

import decimal
import json
import pickle
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import cmprules
from cmprules import renewal
from cmprules._answers.answer import Answer
from cmprules._kit.shapes import read_part
from cmprules.errors import Fault
from cmprules.renewal import inactive, reinstate, renew, stacked, stop_taking_part, synchronize
from cmprules.testing import cases
from tests.answers.citing import cited
from tests.answers.renewal.samples import credential, record
from tests.answers.renewal.written import answers, reports
from tests.examples import scaled
from tests.promises.determinism.everything import loosen, spoil
from tests.promises.golden.files import names_in
from tests.strategies import edition

BOOK = edition()
ON = date(2026, 3, 10)
REPORTS = names_in("renewal")
ANSWERS = [name.removesuffix(".txt") for name in REPORTS]
VALIDATORS = {name: Draft202012Validator(cmprules.json_schema(name),
                                         format_checker=Draft202012Validator.FORMAT_CHECKER)
              for name in ("inactive", "reinstatement", "renewal", "stacked", "stopping", "synchronization")}


_kept_answers = cache(answers)
_kept_reports = cache(reports)


def _faults(answer: Answer) -> list[str]:
    """Return the errors of the schema in a written answer."""
    plain = json.loads(cmprules.render(answer, "json"))
    name = plain["schema"].removeprefix("cmprules.").removesuffix("/1")
    return [error.message for error in VALIDATORS[name].iter_errors(plain)]


def _again(answer: Answer) -> Any:
    """Read a written answer back."""
    plain = json.loads(cmprules.render(answer, "json"))
    del plain["schema"]
    faults: list[Fault] = []
    found = read_part(type(answer), plain, "$", faults)
    assert faults == []
    return found


# ---------------------------------------------------------------------------------------------------------
# Reports.


@pytest.mark.parametrize("name", ANSWERS)
def test_every_form_has_the_notice(name: str) -> None:
    """Text, Markdown, HTML and JSON end with the notice; a notebook shows the same."""
    answer = _kept_answers()[name]
    for form in ("text", "markdown", "html", "json"):
        assert "Independent of ASCP; this is not a decision of ASCP" in cmprules.render(answer, form)
    assert list(cmprules.to_mapping(answer))[-1] == "notice"
    assert "<article" in answer._repr_html_()
    assert answer._repr_markdown_().startswith("# ")


@pytest.mark.parametrize("name", REPORTS)
def test_words_are_wrapped(name: str) -> None:
    """No sentence is wider than the terminal; addresses, captions and the notice have their own lines."""
    long = [line for line in _kept_reports()[name].splitlines() if len(line) > 80]

    assert [line for line in long if not line.lstrip().startswith(("<http", "Independent"))] == []


# ---------------------------------------------------------------------------------------------------------
# JSON, pickles, equality.


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_comes_back(name: str) -> None:
    """It is equal with the same hash after JSON and pickling; the JSON validates."""
    answer = _kept_answers()[name]

    assert _faults(answer) == []
    assert _again(answer) == answer
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert hash(pickle.loads(pickle.dumps(answer))) == hash(answer)
    assert answers()[name] == answer


@pytest.mark.parametrize("change", [spoil, loosen])
def test_the_decimal_context_of_the_program_does_not_matter(change: Any) -> None:
    """A context that rounds, raises or ignores everything changes no answer and no report."""
    unchanged = _kept_reports()
    with decimal.localcontext() as context:
        change(context)
        assert reports() == unchanged


def _answers(case: Any) -> Iterator[Answer]:
    yield synchronize(case.record, BOOK, on=case.on)
    yield stacked(case.record, BOOK, on=case.on)
    for held in case.record.credentials:
        yield renew(held, BOOK, on=case.on)
        yield reinstate(case.record, BOOK, on=case.on, credential=held.id)
        yield inactive(held, BOOK, on=case.on)
        yield stop_taking_part(held, BOOK, on=case.on)


@settings(max_examples=scaled(25))
@given(cases())
def test_whatever_is_answered_validates_and_comes_back(case: Any) -> None:
    """Law: for any record every answer validates, reads back equal, and can be shown."""
    for answer in _answers(case):
        assert _faults(answer) == []
        assert _again(answer) == answer
        assert cmprules.render(answer)


@settings(max_examples=scaled(25))
@given(cases())
def test_every_citation_is_in_the_sources(case: Any) -> None:
    """Law: an answer lists every source that it cites."""
    for answer in _answers(case):
        found = set(cited(cmprules.to_mapping(answer)))
        assert found <= set(answer.sources)


# ---------------------------------------------------------------------------------------------------------
# Bad input.


ONE: Any = {"renew": renew, "inactive": inactive, "stop_taking_part": stop_taking_part}
MANY: Any = {"reinstate": reinstate, "stacked": stacked, "synchronize": synchronize}


@pytest.mark.parametrize("name", [*ONE, *MANY])
def test_a_wrong_value_and_a_wrong_day_are_reported_together(name: str) -> None:
    """Two faults have their places and codes."""
    path = "$.credential" if name in ONE else "$.record"
    with pytest.raises(cmprules.InputError) as raised:
        {**ONE, **MANY}[name]({"id": "mls"}, BOOK, on=datetime(2026, 3, 10))  # noqa: DTZ001

    assert [(fault.path, fault.code) for fault in raised.value.faults] == [(path, "WRONG_TYPE"), ("$.on", "DATETIME")]


@pytest.mark.parametrize("name", [*MANY])
def test_a_trust_that_is_no_grade_is_refused(name: str) -> None:
    """It must be a grade of the scale; that of a user's row is not on it."""
    with pytest.raises(cmprules.InputError) as raised:
        MANY[name](record(credential(end="2025-05-31")), BOOK, on=ON, trust="user")

    assert [(fault.path, fault.code) for fault in raised.value.faults] == [("$.trust", "UNKNOWN_WORD")]


def test_all_faults_of_a_reinstatement_come_together() -> None:
    """The faults are in record, day, trust and region; the id cannot be looked up."""
    wrong: Any = "x"
    with pytest.raises(cmprules.InputError) as raised:
        reinstate(wrong, BOOK, on=wrong, credential="mls", fee_region=wrong, trust=wrong)

    assert [(fault.path, fault.code) for fault in raised.value.faults] == [
        ("$.record", "WRONG_TYPE"), ("$.on", "NOT_A_DATE"), ("$.trust", "UNKNOWN_WORD"),
        ("$.fee_region", "UNKNOWN_WORD")]


def test_a_common_end_that_is_no_day_is_refused() -> None:
    """Other faults come with it."""
    wrong: Any = "soon"
    with pytest.raises(cmprules.InputError) as raised:
        renew(credential(), BOOK, on=wrong, synchronized_to=wrong)

    assert [(fault.path, fault.code) for fault in raised.value.faults] == [
        ("$.on", "NOT_A_DATE"), ("$.synchronized_to", "NOT_A_DATE")]


def test_the_public_names_are_sorted_and_described() -> None:
    """Every exported name exists and has a docstring."""
    assert renewal.__all__ == sorted(renewal.__all__)
    assert all(getattr(renewal, name).__doc__ for name in renewal.__all__)
