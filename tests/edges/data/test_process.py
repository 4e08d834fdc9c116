"""The tables of the process: figures, fees of examinations, pass rates, the life of a declaration, proof, words."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules._policy import rows as tables
from cmprules._policy.book import ExamFeeRow
from cmprules._words import vocabulary

EXPECTED: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("expected_process.toml").read_text(encoding="utf-8"))
PERIODS = ((date(2018, 1, 1), date(2022, 12, 31)), (date(2023, 1, 1), date(2024, 12, 31)),
           (date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 11, 23)))
GRADES = {"S": "third_party", "I": "inferred"}


# ---------------------------------------------------------------------------------------------------------
# Figures and rules.


def test_the_figures_are_those_of_the_facts(book: cmprules.PolicyBook) -> None:
    """Every figure of the process has the value, unit and grade of the facts, and there are no others."""
    found = {name: f"{figure.value} {figure.unit} {figure.grade}" for name, figure in book.figures.items()}

    assert found == EXPECTED["figure"]
    assert all(book.figure(name).name == name for name in found)


def test_a_figure_may_have_a_first_day(book: cmprules.PolicyBook) -> None:
    """The fee for a badge begins in January 2026; the others have no first day."""
    dated = {name: figure.starts_on for name, figure in book.figures.items() if figure.starts_on is not None}

    assert dated == {"renewal/badge_usd": date(2026, 1, 1)}


def test_what_is_not_established_is_stated_with_its_question(book: cmprules.PolicyBook) -> None:
    """Asking for a figure without a source gives the open question."""
    unknown = [statement for statement in book.statements.values() if not statement.established]

    assert sorted(statement.id for statement in unknown) == EXPECTED["unknown"]["statements"]
    assert not {statement.id for statement in unknown} & set(book.figures)
    with pytest.raises(cmprules.NotEstablishedError, match="Within how many days has an audit to be answered"):
        book.figure("audit/days_to_answer")
    with pytest.raises(KeyError, match="exam/pass"):
        book.figure("exam/pass")


def test_every_figure_of_the_process_can_be_cited(book: cmprules.PolicyBook) -> None:
    """With its prefix a figure is a statement, so findings can cite it like a rule."""
    for name in book.figures:
        if "/" in name:
            assert book.cite(name) == book.figure(name).citation
            assert book.statements[name].text


def test_the_words_that_code_takes_are_those_of_the_facts(book: cmprules.PolicyBook) -> None:
    """The words of rules were typed a second time."""
    assert {name: list(rule.words) for name, rule in book.statements.items() if rule.words} == EXPECTED["words"]


# ---------------------------------------------------------------------------------------------------------
# Fees of examinations.


def _cells() -> Iterator[tuple[str, str, str, date]]:
    for body, codes in EXPECTED["exam_fees"].items():
        for code, cells in codes.items():
            for cell, days in zip(cells, PERIODS, strict=True):
                for day in days:
                    yield code, body, cell, day


def _fee_rows(book: cmprules.PolicyBook, code: str, body: str, day: date) -> list[ExamFeeRow]:
    return [row for row in book.exam_fees if row.covers(code, body, day)]


def test_the_fees_of_examinations_are_those_of_the_facts(book: cmprules.PolicyBook) -> None:
    """On each period's first and last day one row applies, with the amount and its grade, or the question."""
    for code, body, cell, day in _cells():
        (row,) = _fee_rows(book, code, body, day)
        if cell == "?":
            assert row.figure is None, (code, body, day)
            assert row.question
        else:
            amount, mark = cell.split()
            assert row.figure is not None, (code, body, day)
            assert (row.figure.value, str(row.figure.grade)) == (Decimal(amount), GRADES[mark]), (code, body, day)
            assert row.figure.citation == row.citation


def test_every_examination_has_a_row_whenever_somebody_applies(book: cmprules.PolicyBook) -> None:
    """From 2018 on each examination has one row under each body, and none before."""
    examined = {code for body in EXPECTED["exam_fees"].values() for code in body}
    for code in examined:
        for body in vocabulary.BODIES[code]:
            assert len(_fee_rows(book, code, body, date(2026, 11, 23))) == 1, (code, body)
            assert not _fee_rows(book, code, body, date(2017, 12, 31)), (code, body)


@pytest.mark.parametrize(("code", "body", "day", "found"), [
    ("MLS", "ASCP", date(2026, 1, 1), True), ("MLS", "ASCP", date(2025, 12, 31), False),
    ("MLS", "ASCPi", date(2026, 1, 1), False), ("PBT", "ASCP", date(2026, 1, 1), False),
    ("MLS", "ASCP", date(2999, 1, 1), True),
])
def test_a_row_of_fees_covers_its_codes_its_body_and_its_days(
    book: cmprules.PolicyBook, code: str, body: str, day: date, *, found: bool
) -> None:
    """The row for MLS from 2026 on covers no other credential, body or day."""
    row = next(row for row in book.exam_fees if row.id == "ASCP/MLS/2026-01-01")

    assert row.covers(code, body, day) is found


def test_a_closed_row_of_fees_ends_on_its_last_day(book: cmprules.PolicyBook) -> None:
    """The row includes its last day, but not the day after."""
    row = next(row for row in book.exam_fees if row.id == "ASCP/DLM/2018-01-01")

    assert row.covers("DLM", "ASCP", date(2022, 12, 31))
    assert not row.covers("DLM", "ASCP", date(2023, 1, 1))
    assert (row.first_seen, row.last_seen) == (True, True)


# ---------------------------------------------------------------------------------------------------------
# Pass rates, declarations, proof.


def test_the_pass_rates_are_those_of_the_facts(book: cmprules.PolicyBook) -> None:
    """There are five rates, each with its source; all come from third parties."""
    assert {row.id: str(row.figure.value) for row in book.pass_rates} == EXPECTED["pass_rates"]
    assert {str(row.figure.grade) for row in book.pass_rates} == {"third_party"}
    assert [(row.first_year, row.last_year, row.years) for row in book.pass_rates] == [
        (2021, 2021, None), (2022, 2022, None), (2023, 2023, None), (2016, 2018, None), (None, None, 3)]
    assert all(row.said_by and row.text for row in book.pass_rates)


def test_the_life_of_a_declaration_is_that_of_the_facts(book: cmprules.PolicyBook) -> None:
    """Each event has its states, the state it leads to, its grade and its needs."""
    found = [f"{', '.join(row.from_states)} -{row.event}-> {row.to}: {row.citation.grade}" for row in book.transitions]

    assert found == EXPECTED["declaration"]["transitions"]
    assert {row.event: list(row.needs) for row in book.transitions if row.needs} == EXPECTED["declaration"]["needs"]


def test_only_what_is_over_has_no_way_out(book: cmprules.PolicyBook) -> None:
    """A declaration ends renewed or reinstated; other states can be left, and every state can be reached."""
    left = {state for row in book.transitions for state in row.from_states}

    assert set(tables.STATES) - left == {"renewed", "reinstated"}
    assert {"drafted", *(row.to for row in book.transitions)} == set(tables.STATES)
    assert {row.event for row in book.transitions} == set(tables.EVENTS)
    assert {need for row in book.transitions for need in row.needs} == set(tables.NEEDS)


def test_the_proofs_are_those_of_the_facts(book: cmprules.PolicyBook) -> None:
    """Each kind has its documents, or else the question."""
    found = {kind: {"documents": list(rule.documents), "fields": len(rule.fields), "grade": str(rule.citation.grade)}
             for kind, rule in book.proofs.items() if rule.established}

    assert found == EXPECTED["proofs"]
    assert tuple(book.proofs) == tuple(vocabulary.KINDS)
    for rule in book.proofs.values():
        assert rule.fields or rule.question
        assert rule.established is (book.rules.kinds[rule.kind].proof is not None)


def test_credentials_in_one_area_share_their_own(book: cmprules.PolicyBook) -> None:
    """The own areas of all credentials determine which share an area: BB and SBB, C and SC, and so on."""
    single = {code: areas[0] for code, areas in book.own_areas.items() if len(areas) == 1}
    together: dict[str, list[str]] = {}
    for code, area in single.items():
        together.setdefault(area, []).append(code)

    assert set(book.own_areas) == set(vocabulary.NAMES)
    assert together["blood_banking"] == ["BB", "SBB"]
    assert together["apheresis"] == ["AT", "HP", "QIA"]
    assert set(book.own_areas) - set(single) == {"MLS", "MLT", "PA"}


def test_the_rows_of_the_process_are_values(book: cmprules.PolicyBook) -> None:
    """They are frozen, equal after copying, and usable as keys."""
    name = "text"
    for value in (book.exam_fees[0], book.pass_rates[0], book.transitions[0], book.proofs["formal_ce"]):
        assert pickle.loads(pickle.dumps(value)) == value
        assert hash(value) == hash(attrs.evolve(value))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, name, "another")
