"""The book as a value: its answers on tables that are not established, and its figures in decisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import PointsRow
from cmprules._rules.results import Declaration

BOOK = cmprules.load_book(edition="2026.1")
END = date(2026, 5, 31)
ON = date(2026, 3, 10)
EVERY_ROW = [pytest.param(row, id=f"{row.body} {row.id}") for rows in BOOK.tables.values() for row in rows]


def policy_of(row: PointsRow) -> cmprules.Policy:
    """Return the policy for an expiry on the first day of a row."""
    return BOOK.policy_for(row.code, expires_on=row.starts_on, body=row.body)


@pytest.mark.parametrize("row", EVERY_ROW)
def test_a_policy_names_just_the_documents_that_its_figures_cite(row: PointsRow) -> None:
    """A policy has exactly the sources that it cites."""
    policy = policy_of(row)
    figures = [*(cell.figure for cell in policy.row.cells), *(policy.caps or ())] if policy.established else []
    assert dict(policy.sources) == {figure.source: BOOK.sources[figure.source] for figure in figures}


@pytest.mark.parametrize("row", EVERY_ROW)
def test_a_policy_has_either_figures_or_notes(row: PointsRow) -> None:
    """A table that is not established has what is known and its open question; others need neither."""
    policy = policy_of(row)
    question = [policy.row.question] if policy.row.question else []
    assert list(policy.notes) == ([] if policy.established else [*policy.row.known, *question])
    assert (policy.grade is None) is not policy.established


@pytest.mark.parametrize("note", [{"known": ("a remark",)}, {"question": "what of it?"}], ids=["known", "question"])
def test_a_remark_on_an_established_row_is_no_note_of_its_policy(note: dict[str, object]) -> None:
    """Notes replace figures, and never come with them."""
    rows = tuple(attrs.evolve(row, **note) for row in BOOK.tables["MLS(ASCP)"])
    book = attrs.evolve(BOOK, tables=FrozenMap({**BOOK.tables, "MLS(ASCP)": rows}))
    assert book.policy_for("MLS", expires_on=END).notes == ()


def test_a_table_below_the_trust_has_no_figure_left() -> None:
    """With a trust in official figures, a third party's table shows none."""
    policy = BOOK.policy_for("MLS", expires_on=END)
    read = policy.under(cmprules.Grade.OFFICIAL)
    assert policy.total is not None
    assert (read.established, read.grade) == (False, None)
    assert (read.total, read.areas, read.pool, read.caps) == (None, None, None, None)
    assert read.notes == ("a figure of this table is weaker than the grade asked for, official",)
    assert (read.row, read.expires_on, read.code) == (policy.row, END, "MLS")


def test_a_table_that_is_sure_enough_or_not_established_is_left_as_it_is() -> None:
    """Trust only removes: the notes on unknown figures stay those of the table."""
    for code, trust in (("MLS", cmprules.Grade.THIRD_PARTY), ("MLA", cmprules.Grade.OFFICIAL)):
        policy = BOOK.policy_for(code, expires_on=END)
        assert policy.under(trust) is policy


@pytest.mark.parametrize(("former", "code"), [("MT", "MLS"), ("CLS", "MLS"), ("MP", "MB")])
def test_a_former_code_finds_the_table_of_todays(former: str, code: str) -> None:
    """A holder with MT on the certificate gets the table of MLS."""
    assert BOOK.policy_for(former, expires_on=END) == BOOK.policy_for(code, expires_on=END)


# ---------------------------------------------------------------------------------------------------------
# A decision goes by the figures of the book that it is given.


def with_figures(**numbers: int) -> cmprules.PolicyBook:
    """Make the book with other figures of the process."""
    figures = {name: attrs.evolve(BOOK.figures[name], value=Decimal(number)) for name, number in numbers.items()}
    return attrs.evolve(BOOK, figures=FrozenMap({**BOOK.figures, **figures}))


def decided(book: cmprules.PolicyBook, on: date, **facts: object) -> cmprules.CredentialDecision:
    """Decide one medical laboratory scientist without activities."""
    credential = cmprules.Credential(**{"id": "mls", "code": "MLS", "expires_on": END, **facts})  # type: ignore[arg-type]
    record = cmprules.Record(holder=cmprules.Holder(id="h"), credentials=(credential,), activities=())
    return cmprules.decide(record, book, on=on)["mls"]


@pytest.mark.parametrize(("on", "first"), [(ON, date(2024, 6, 1)), (date(2026, 8, 10), date(2025, 8, 11))],
                         ids=["before the end", "after it"])
def test_the_two_spans_of_months_are_those_of_the_book(on: date, first: date) -> None:
    """A cycle of two years, and the last year after the end, are each used in the right place."""
    cycle = decided(with_figures(cycle_months=24, last_years_months=12), on).cycle
    assert cycle is not None
    assert cycle.start == first


def test_the_window_is_that_of_the_book() -> None:
    """The days on which a declaration opens, and until which it is advised, come from the book."""
    declaration = decided(with_figures(opens_days_before_end=60, advised_days_before_end=10), ON).declaration
    assert declaration == Declaration(
        opens_on=date(2026, 4, 1), advised_by=date(2026, 5, 21), last_day=END, status="not_open")


def test_a_known_error_of_the_edition_is_in_the_decision() -> None:
    """A decision shows errors that were found in its tables after their release."""
    record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=(), credentials=(
        cmprules.Credential(id="mls", code="MLS", expires_on=END),))
    warned = attrs.evolve(BOOK, advisories=("The total for PBT is under review.",))
    assert cmprules.decide(record, warned, on=ON).advisories == ("The total for PBT is under review.",)
    assert cmprules.decide(record, BOOK, on=ON).advisories == BOOK.advisories
    assert cmprules.decide(record, cmprules.load_book(edition="2026.2"), on=ON).advisories == ()


def test_what_is_refused_for_its_day_cites_the_days_alone() -> None:
    """The finding on pandemic work that was too early cites the passage on days, not the one on points."""
    rule = BOOK.rules.kinds["covid_work"]
    limits = tuple(attrs.evolve(limit, citation=attrs.evolve(limit.citation, pin=f"passage on {limit.limit}"))
                   for limit in rule.limits)
    kinds = FrozenMap({**BOOK.rules.kinds, "covid_work": attrs.evolve(rule, limits=limits)})
    book = attrs.evolve(BOOK, rules=attrs.evolve(BOOK.rules, kinds=kinds))
    early = cmprules.Activity(id="w", title="Work", kind="covid_work", amount=1, completed_on=date(2020, 2, 29))
    record = cmprules.Record(holder=cmprules.Holder(id="h"), activities=(early,), credentials=(
        cmprules.Credential(id="mls", code="MLS", expires_on=date(2022, 12, 31)),))
    findings = cmprules.decide(record, book, on=date(2022, 12, 1))["mls"].findings
    [cited] = [finding.citations for finding in findings if finding.code == "NOT_ACCEPTABLE"]
    assert [citation.pin for citation in cited] == ["passage on done_from", "passage on done_until"]
