"""Reinstating: points of the last three years, both tables, both fees, and no new dates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.renewal import reinstate
from cmprules.testing import cases
from tests.answers.renewal.samples import course, credential, record
from tests.examples import scaled
from tests.strategies import edition

BOOK = edition()
EXPIRED = credential("HT", "2025-05-31")


def test_a_region_of_its_own_changes_nothing_but_the_fees() -> None:
    """The result is that of the same record with that region; name and answers stay."""
    settled = {"code": "KIND_UNCONFIRMED", "subjects": ["a"], "answer": "yes"}
    activity = {"id": "a", "title": "A talk", "kind": "presentation", "amount": 9, "completed_on": "2025-02-01"}
    held = cmprules.Record(holder={"id": "h", "name": "Ada Sample"}, credentials=[EXPIRED], activities=[activity],
                           settled=[settled])
    region = attrs.evolve(held, holder={"id": "h", "name": "Ada Sample", "fee_region": "low_middle_income"})

    found = reinstate(held, BOOK, on="2026-03-10", fee_region="low_middle_income")
    assert found == reinstate(region, BOOK, on="2026-03-10")
    assert found.requirements != reinstate(attrs.evolve(held, settled=[]), BOOK, on="2026-03-10").requirements


def _codes(found: Any) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(("on", "refused", "since", "lapsed"), [
    ("2025-05-31", ["NOT_EXPIRED"], None, None), ("2025-06-01", [], "2025-06-01", 1),
    ("2026-03-10", [], "2025-06-01", 283),
])
def test_a_credential_is_reinstated_from_the_day_after_its_end(
    on: str, refused: list[str], since: str | None, lapsed: int | None
) -> None:
    """Checks both sides of the last day."""
    answer = reinstate(EXPIRED, BOOK, on=date.fromisoformat(on))

    assert _codes(answer.refused) == refused
    assert answer.expired_since == (None if since is None else date.fromisoformat(since))
    assert answer.lapsed_days == lapsed
    assert (answer.requirements is None, answer.fees is None) == (bool(refused), bool(refused))


def test_a_credential_that_is_not_expired_is_told_its_last_day() -> None:
    """December 31 is in time for that last day, January 1 is not."""
    held = credential(end="2025-12-31")

    assert reinstate(held, BOOK, on=date(2025, 12, 31)).refused[0].subject == "2025-12-31"
    assert reinstate(held, BOOK, on=date(2026, 1, 1)).refused == ()


@pytest.mark.parametrize(("on", "region", "amounts"), [
    ("2025-12-31", "standard", ["100.00", "135.00"]), ("2026-01-01", "standard", ["110.00", "145.00"]),
    ("2026-01-01", "low_middle_income", ["100.00", "135.00"]),
])
def test_both_fees_are_due_on_the_day_of_submission(on: str, region: str, amounts: list[str]) -> None:
    """Checks both sides of the change on 2026-01-01, and the region that it does not cover."""
    fees = reinstate(EXPIRED, BOOK, on=date.fromisoformat(on), fee_region=region).fees

    assert fees is not None
    assert [str(line.amount) for line in fees.lines] == amounts
    assert [line.item for line in fees.lines] == ["application", "reinstatement"]
    assert fees.total == sum(map(Decimal, amounts))


def test_the_fees_are_those_of_this_credential_alone() -> None:
    """The holder's other declarations and reinstatements do not matter."""
    held = record(EXPIRED, credential("MLS"), credential("SBB", "2025-01-31"))
    fees = reinstate(held, BOOK, on=date(2026, 3, 10), credential="ht").fees

    assert fees is not None
    assert {line.credential for line in fees.lines} == {"ht"}
    assert fees.total == Decimal(255)


def test_the_region_of_the_holder_holds_unless_another_is_given() -> None:
    """The record has a region; the argument overrides it."""
    held = record(EXPIRED, region="low_middle_income")
    totals = [reinstate(held, BOOK, on=date(2026, 3, 10), fee_region=region).fees for region in (None, "standard")]

    assert [fees.total for fees in totals if fees is not None] == [Decimal(235), Decimal(255)]


def test_amounts_that_nobody_could_source_have_a_reason() -> None:
    """Between sightings there is no total."""
    fees = reinstate(credential("HT", "2014-05-31"), BOOK, on=date(2015, 3, 10)).fees

    assert fees is not None
    assert fees.total is None
    assert "is not established" in str(fees.why)


@pytest.mark.parametrize(("day", "short"), [("2023-03-10", "9"), ("2023-03-11", "0"), ("2026-03-10", "0"),
                                            ("2026-03-11", "9")])
def test_points_of_the_last_three_years_count(day: str, short: str) -> None:
    """The three years end on the day of the declaration; checks both sides of both ends."""
    held = record(credential("PBT", "2024-05-31"), activities=(
        course("a", "1", day, "safety"), course("b", "1", day, "ethics"), course("c", "2", day, "phlebotomy"),
        course("d", "5", day)))
    answer = reinstate(held, BOOK, on=date(2026, 3, 10))

    assert answer.requirements is not None
    assert answer.requirements.total is not None
    assert str(answer.requirements.total.short) == short
    assert answer.requirements.cycle == cmprules.Period(start="2023-03-11", end="2026-03-10")


@pytest.mark.parametrize(("end", "bases"), [
    ("2023-12-31", ["old_end", "today"]), ("2024-01-01", ["old_end"]), ("2022-12-31", ["old_end", "today"]),
])
def test_both_tables_are_shown_where_they_differ(end: str, bases: list[str]) -> None:
    """BB expired before and after the change of 2024."""
    answer = reinstate(credential("BB", end), BOOK, on=date(2026, 3, 10))

    assert [table.basis for table in answer.tables] == bases
    assert answer.tables[-1].row == BOOK.policy_for("BB", expires_on=date(2026, 3, 10)).row.id
    assert answer.requirements is not None
    assert {area.area: str(area.required) for area in answer.requirements.areas or ()}["blood_banking"] == "8"


def test_a_table_that_was_not_in_force_or_is_not_known_has_no_figures() -> None:
    """Cases: an end before the first table, and a credential without a table."""
    early = reinstate(credential("SBB", "2008-12-31"), BOOK, on=date(2026, 3, 10))
    unknown = reinstate(credential("MLA", "2024-05-31"), BOOK, on=date(2026, 3, 10))

    assert (early.tables[0].row, early.tables[0].total) == (None, None)
    assert early.requirements is not None
    assert early.requirements.outcome is cmprules.Outcome.NEEDS_REVIEW
    assert [(table.row, table.total, table.areas) for table in unknown.tables] == [("MLA/2023-01-01", None, None)]


@pytest.mark.parametrize(("end", "of_tables"), [
    ("2002-02-05", {"ce-tracking-article"}), ("2022-12-31", {"captoday-2004-05", "ce-tracking-article"}),
])
def test_the_sources_are_those_of_every_table(end: str, of_tables: set[str]) -> None:
    """At the first end no table was in force; at the second it was the older one."""
    answer = reinstate(credential("PBT", end), BOOK, on="2024-01-01")

    assert {table.total.source for table in answer.tables if table.total is not None} == of_tables
    assert of_tables <= set(answer.sources)


def test_nothing_is_made_up_about_what_follows() -> None:
    """New dates, the longest lapse and the examination stay open; the answer has no new date."""
    answer = reinstate(EXPIRED, BOOK, on=date(2026, 3, 10))

    assert [rule.name for rule in answer.open] == [
        "expiry/dates_after_reinstatement", "renewal/longest_lapse_months", "renewal/reinstatement_warning",
        "reading/expired_tables"]
    assert not {"renewed", "valid", "new_end"} & set(cmprules.to_mapping(answer))
    with pytest.raises(cmprules.NotEstablishedError):
        BOOK.figure("renewal/longest_lapse_months")


@pytest.mark.parametrize(("code", "named"), [("QIHC", True), ("HT", False)])
def test_qualifications_are_reinstated_likewise(code: str, *, named: bool) -> None:
    """A rule for qualifications is named where the credential is one."""
    answer = reinstate(credential(code, "2025-05-31"), BOOK, on=date(2026, 3, 10))

    assert ("renewal/reinstatement_of_qualifications" in {rule.name for rule in answer.rules}) is named
    assert answer.fees is not None
    assert answer.fees.total == Decimal(255)


@pytest.mark.parametrize(("on", "moved", "refused", "needs"), [
    ("2019-10-31", False, [], []), ("2019-11-01", False, ["NCA_LAPSED"], []),
    ("2019-11-01", True, [], []), ("2019-11-01", None, [], ["NCA_LAPSED"]),
    ("2019-10-31", None, [], ["NCA_LAPSED"]),
])
def test_a_lapsed_certification_of_the_nca_was_reinstated_until_the_end_of_october_2019(
    on: str, *, moved: bool | None, refused: list[str], needs: list[str]
) -> None:
    """Checks both sides of that day, and the question if the record does not say that it moved to the Board."""
    held = credential("CLS", "2009-06-30", id="cls", previous_nca=True)
    answer = reinstate(held, BOOK, on=date.fromisoformat(on), nca_moved=moved)

    assert _codes(answer.refused) == refused
    assert [need.code for need in answer.needs if need.code == "NCA_LAPSED"] == needs
    assert answer.expired_since == date(2009, 7, 1)
    assert "renewal/nca_lapsed" in {rule.name for rule in answer.rules}


@pytest.mark.parametrize("fields", [{"code": "MLT", "previous_nca": True}, {"code": "MLS"}])
def test_the_rule_of_the_nca_is_about_its_cls_alone(fields: dict[str, Any]) -> None:
    """Other credentials, and those never held with the NCA, raise no question."""
    answer = reinstate(credential(end="2009-06-30", **fields), BOOK, on=date(2026, 3, 10), nca_moved=False)

    assert answer.refused == ()
    assert "NCA_LAPSED" not in _codes(answer.needs)


@pytest.mark.parametrize("fields", [
    {"end": None, "certified_on": "1998-05-20"}, {"end": None, "certified_on": "1998-05-20", "voluntary": True},
    {"end": "2025-05-31", "certified_on": "1998-05-20", "voluntary": True},
])
def test_a_voluntary_participant_owes_no_reinstatement(fields: dict[str, Any]) -> None:
    """The credential never expires."""
    answer = reinstate(credential(**fields), BOOK, on=date(2026, 3, 10))

    assert _codes(answer.refused) == ["NO_END_DATE"]
    assert answer.fees is None


@pytest.mark.parametrize(("on", "refused"), [("2026-02-28", ["NOT_EXPIRED"]), ("2026-03-01", [])])
def test_after_an_extension_reinstatement_is_due(on: str, refused: list[str]) -> None:
    """Checks both sides of the extension's end, with the rule that is named for it."""
    answer = reinstate(credential("HT", "2025-08-31", extended_until="2026-02-28"), BOOK, on=date.fromisoformat(on))

    assert _codes(answer.refused) == refused
    if not refused:
        assert answer.expired_since == date(2026, 3, 1)
        assert "expiry/inactive" in {rule.name for rule in answer.rules}


def test_the_only_expired_credential_need_not_be_named() -> None:
    """With two expired credentials, or none among several, the caller must name one."""
    current, other = credential("MLS", "2027-05-31"), credential("SBB", "2025-01-31")

    assert reinstate(record(current, EXPIRED), BOOK, on=date(2026, 3, 10)).credential == EXPIRED
    assert reinstate(record(other, EXPIRED), BOOK, on=date(2026, 3, 10), credential="sbb").credential == other
    for held, hint in ((record(other, EXPIRED), "expired: sbb, ht"), (record(current, credential("SBB", "2027-05-31")),
                                                                      "expired: none")):
        with pytest.raises(cmprules.InputError, match=hint) as raised:
            reinstate(held, BOOK, on=date(2026, 3, 10))
        assert [(fault.path, fault.code) for fault in raised.value.faults] == [("$.credential", "MISSING_KEY")]


@settings(max_examples=scaled(40))
@given(cases(), st.booleans())
def test_the_points_are_those_of_the_decision(case: Any, lenient: bool) -> None:
    """Law: an expired credential needs what `decide` asks for, and costs what `quote_fees` quotes for it alone."""
    trust = "inferred" if lenient else "society"
    decision = cmprules.decide(case.record, BOOK, on=case.on, trust=trust)
    for held, one in zip(case.record.credentials, decision.credentials, strict=True):
        answer = reinstate(case.record, BOOK, on=case.on, credential=one.id, trust=trust)
        assert (answer.requirements is None) is (one.standing is not cmprules.Standing.EXPIRED)
        if answer.requirements is not None:
            assert (answer.requirements.outcome, answer.requirements.total) == (one.outcome, one.total)
            assert answer.requirements.areas == one.areas
            rows = {found.rule for found in one.findings if found.code == "TABLE_APPLIED"}
            assert rows <= {table.row for table in answer.tables}
        elif held.expires_on is not None and one.standing is not cmprules.Standing.NO_END_DATE:
            assert case.on <= (held.extended_until or held.expires_on)


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(1, 3000))
def test_days_lapsed_are_counted_from_the_day_after_the_end(end: date, days: int) -> None:
    """Law: on the nth day after the end, n days have lapsed."""
    answer = reinstate(credential(end=end.isoformat()), BOOK, on=end + timedelta(days=days))

    assert answer.lapsed_days == days
