"""Bringing ends together: the earliest end, the months given up, the points needed, and the cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.renewal import Synchronization, renew, synchronize
from cmprules.renewal._synchronizing_values import Saving
from cmprules.testing import cases
from tests import reckoning
from tests.answers.renewal.samples import course, credential, record
from tests.core.laws.test_fees import amounts_on, partitions
from tests.examples import scaled
from tests.strategies import edition

BOOK = edition()
ON = date(2026, 3, 10)
ENDS = st.dates(ON, date(2029, 4, 30))
MONTH_ENDS = ENDS.map(lambda day: (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1))
CODES = ("MLS", "SBB", "BB", "QLS", "QIHC", "HT")


def _held(ends: Sequence[date], codes: Sequence[str] = CODES) -> cmprules.Record:
    return record(*(credential(code, end.isoformat(), id=f"c{index}")
                    for index, (code, end) in enumerate(zip(codes, ends, strict=False))))


def test_the_report_tells_the_gain_and_the_months_where_there_are_fewer() -> None:
    """It shows only dollars if as many months are paid for, and nothing if the rounds save nothing."""
    answer = synchronize(_held([date(2026, 10, 31), date(2027, 3, 31)]), BOOK, on=ON)
    last = answer.savings[-1]
    assert last.saved
    told = f"Over {last.rounds} rounds it saves ${last.saved}"
    for months, words in ((last.apart_months, f"{told}."), (
            last.apart_months - 1, f"{told} and pays for 1 fewer months of validity.")):
        changed = attrs.evolve(answer, savings=(*answer.savings[:-1], attrs.evolve(last, together_months=months)))
        assert words in " ".join(cmprules.render(changed).split())
    unsaved = attrs.evolve(answer, savings=(*answer.savings[:-1], attrs.evolve(last, saved=None)))
    assert f"Over {last.rounds} rounds it saves" not in " ".join(cmprules.render(unsaved).split())


def test_a_report_without_rules_has_no_part_for_them() -> None:
    """An answer from another release may have no rules."""
    answer = synchronize(_held([date(2026, 10, 31), date(2027, 3, 31)]), BOOK, on=ON)
    assert "\nRules\n-----\n" in cmprules.render(answer)
    assert "\nRules\n-----\n" not in cmprules.render(attrs.evolve(answer, rules=()))


def _codes(found: Sequence[cmprules.Finding]) -> list[str]:
    return [one.code for one in found]


# ---------------------------------------------------------------------------------------------------------
# The common end.


def test_the_example_of_the_older_page() -> None:
    """MLS of October 2013 and SBB of March 2014 meet in October 2013."""
    held = record(credential("MLS", "2013-10-31"), credential("SBB", "2014-03-31"))
    answer = synchronize(held, BOOK, on=date(2013, 5, 6))

    assert answer.common_end == date(2013, 10, 31)
    assert [(one.id, one.months_given_up, one.days_given_up, one.early) for one in answer.credentials] == [
        ("mls", 0, 0, False), ("sbb", 5, 151, True)]
    assert [one.renewed_until for one in answer.credentials] == [date(2016, 10, 31)] * 2
    assert answer.request == ("full_name", "customer_id", "categories", "certification_numbers")
    assert [rule.name for rule in answer.open] == ["renewal/sync_wait"]


@settings(max_examples=scaled(40))
@given(st.lists(ENDS, min_size=2, max_size=4))
def test_no_later_end_keeps_every_credential_valid_and_every_cycle_within_three_years(ends: list[date]) -> None:
    """Oracle: the common end is the last day on which none has expired, and no cycle grows."""
    held = _held(ends)
    answer = synchronize(held, BOOK, on=ON)
    starts = [reckoning.add_months(end + timedelta(days=1), -36) for end in ends]
    candidates = [ON + timedelta(days=days) for days in range((date(2029, 7, 31) - ON).days)]
    lawful = [day for day in candidates
              if all(day <= end for end in ends)
              and all(reckoning.add_months(day + timedelta(days=1), -36) <= start for start in starts)]

    if answer.common_end is None:
        assert "CYCLE_NOT_BEGUN" in _codes(answer.refused)
        return
    able = [one.old_end for one in answer.credentials]
    if len(able) == len(ends):
        assert answer.common_end == max(lawful) == min(ends)
    for one in answer.credentials:
        assert one.new_end == answer.common_end <= one.old_end
        assert one.cycle.end == one.new_end
        assert reckoning.add_months(one.cycle.end + timedelta(days=1), -36) <= one.cycle.start
        assert one.days_given_up == (one.old_end - one.new_end).days


@given(st.lists(MONTH_ENDS, min_size=2, max_size=4))
def test_a_renewal_from_the_common_end_is_that_of_renew(ends: list[date]) -> None:
    """Law: `renew` with the confirmed common end gives the dates that `synchronize` announces."""
    held = _held(ends)
    answer = synchronize(held, BOOK, on=ON)
    for one in answer.credentials:
        given_one = next(each for each in held.credentials if each.id == one.id)
        assert answer.common_end is not None
        renewed = renew(given_one, BOOK, on=ON, synchronized_to=answer.common_end)
        assert renewed.valid is not None
        assert renewed.valid.end == one.renewed_until


@settings(max_examples=scaled(40))
@given(cases())
def test_the_order_of_the_record_does_not_matter(case: Any) -> None:
    """Law: the reversed record gives the same end and the same costs."""
    turned = cmprules.Record(holder=case.record.holder, credentials=case.record.credentials[::-1],
                             activities=case.record.activities, placements=case.record.placements)
    one, other = (synchronize(each, BOOK, on=case.on) for each in (case.record, turned))

    assert (one.common_end, one.same_day) == (other.common_end, other.same_day)
    assert [(saving.rounds, saving.together, saving.apart) for saving in one.savings] == [
        (saving.rounds, saving.together, saving.apart) for saving in other.savings]
    assert {each.id: each.after.outcome for each in one.credentials} == {
        each.id: each.after.outcome for each in other.credentials}


# ---------------------------------------------------------------------------------------------------------
# Who takes part.


@pytest.mark.parametrize(("other", "code"), [
    ({"code": "SBB", "end": "2026-03-09"}, "EXPIRED"),
    ({"code": "SBB", "end": None, "certified_on": "2001-01-01"}, "NO_END_DATE"),
    ({"code": "SBB", "end": "2026-03-09", "certified_on": "2001-01-01", "voluntary": True}, "NO_END_DATE"),
])
def test_an_end_that_is_not_there_or_has_passed_is_left_out(other: dict[str, Any], code: str) -> None:
    """Expired credentials are reinstated, and those without an end have none to move."""
    held = record(credential("MLS", "2026-10-31"), credential("BB", "2027-03-31"), credential(**other))
    answer = synchronize(held, BOOK, on=ON)

    assert [(found.code, found.subject) for found in answer.refused] == [(code, "sbb")]
    assert [one.id for one in answer.credentials] == ["mls", "bb"]


@pytest.mark.parametrize(("end", "able"), [("2026-03-10", 2), ("2026-03-09", 0)])
def test_the_last_day_is_still_in_time(end: str, able: int) -> None:
    """Checks both sides of an end that is today; a single credential has no other end to meet."""
    answer = synchronize(record(credential("MLS", end), credential("SBB", "2027-03-31")), BOOK, on=ON)

    assert len(answer.credentials) == able
    assert ("NOTHING_TO_SYNCHRONIZE" in _codes(answer.findings)) is (able == 0)


@pytest.mark.parametrize(("end", "begun"), [("2026-05-31", False), ("2026-06-01", True)])
def test_a_cycle_that_begins_after_the_common_end_stays_out(end: str, begun: bool) -> None:
    """A renewed credential's new cycle begins on June 1: checks both sides of that day."""
    held = record(credential("MLS", end), credential("SBB", "2029-05-31", cycle_start="2026-06-01"),
                  credential("BB", "2027-05-31"))
    answer = synchronize(held, BOOK, on=date(2026, 5, 4))

    assert ([one.id for one in answer.credentials] == ["mls", "sbb", "bb"]) is begun
    assert _codes(answer.refused) == ([] if begun else ["CYCLE_NOT_BEGUN"])


def test_a_credential_is_not_brought_to_a_day_before_its_certification() -> None:
    """One of two credentials was not held yet, so there is nothing to bring together."""
    held = record(credential("MLS", "2024-01-31"), credential("SBB", "2026-05-31", certified_on="2024-03-01"))
    answer = synchronize(held, BOOK, on=date(2024, 1, 10))

    assert (_codes(answer.refused), answer.common_end) == (["CYCLE_NOT_BEGUN"], None)


def test_only_the_chosen_credentials_are_moved() -> None:
    """Their earliest end is the common one."""
    held = record(credential("MLS", "2026-10-31"), credential("BB", "2027-03-31"), credential("HT", "2027-06-30"))
    answer = synchronize(held, BOOK, on=ON, credentials=["ht", "bb"])

    assert ([one.id for one in answer.credentials], answer.common_end) == (["bb", "ht"], date(2027, 3, 31))


def test_an_extension_counts_with_its_end_and_keeps_its_table() -> None:
    """An extension is shortened to the common end; the cycle keeps its start, and the table is that of the expiry."""
    held = record(credential("BB", "2023-12-31", extended_until="2024-09-30"), credential("SBB", "2024-06-30"))
    answer = synchronize(held, BOOK, on=date(2024, 2, 1))
    bb = answer.credentials[0]

    assert (bb.old_end, bb.new_end, bb.months_given_up) == (date(2024, 9, 30), date(2024, 6, 30), 3)
    assert bb.cycle == cmprules.Period(start="2021-01-01", end="2024-06-30")
    assert bb.after.areas == bb.before.areas


def test_an_extension_is_used_up_where_the_common_end_lies_before_it() -> None:
    """The common end is before the expiry, so the cycle is an ordinary one."""
    held = record(credential("BB", "2026-08-31", extended_until="2026-12-31"), credential("SBB", "2026-06-30"))
    bb = synchronize(held, BOOK, on=ON).credentials[0]

    assert bb.cycle == cmprules.Period(start="2023-09-01", end="2026-06-30")


# ---------------------------------------------------------------------------------------------------------
# Points.


def test_points_are_asked_for_by_the_common_end_and_from_the_same_first_day() -> None:
    """An earlier end makes no activity of an older cycle count."""
    held = record(credential("PBT", "2027-05-31"), credential("HT", "2026-05-31"), activities=(
        course("old", "9", "2024-05-20"), course("new", "2", "2024-06-01")))
    pbt = synchronize(held, BOOK, on=ON).credentials[0]

    assert pbt.cycle.start == date(2024, 6, 1)
    assert pbt.before.total is not None
    assert pbt.after.total is not None
    assert (pbt.before.total.short, pbt.after.total.short) == (Decimal(7), Decimal(7))


def test_what_is_done_after_the_common_end_does_not_count() -> None:
    """On a later day, a course on the common end counts, and one on the day after does not."""
    def short(day: str) -> Decimal:
        held = record(credential("PBT", "2026-06-30"), credential("HT", "2026-05-31"),
                      activities=(course("a", "5", day),))
        pbt = synchronize(held, BOOK, on=date(2026, 5, 31)).credentials[0]
        assert pbt.after.total is not None
        return pbt.after.total.short

    assert (short("2026-05-31"), short("2026-06-01")) == (Decimal(4), Decimal(9))


def test_the_table_is_that_of_the_common_end() -> None:
    """BB moved from January 2024 to December 2023 needs two points in its area instead of eight."""
    held = record(credential("BB", "2024-01-31"), credential("MLS", "2023-12-31"))
    bb = synchronize(held, BOOK, on=date(2023, 12, 1)).credentials[0]
    needs = [{area.area: str(area.required) for area in asked.areas or ()}["blood_banking"]
             for asked in (bb.before, bb.after)]

    assert needs == ["8", "2"]


COMPLETE = (course("a", "1", "2025-01-10", "safety"), course("b", "1", "2025-01-11", "ethics"),
            course("c", "2", "2025-01-12", "phlebotomy"))


@pytest.mark.parametrize(("day", "outcome", "needs"), [
    ("2024-04-30", "NOT_MET", []), ("2024-05-01", "NEEDS_REVIEW", ["MONTH_OF_PREVIOUS_END"]),
    ("2024-05-31", "NEEDS_REVIEW", ["MONTH_OF_PREVIOUS_END"]), ("2024-06-01", "MET", []),
])
def test_the_month_of_the_previous_end_stays_in_doubt(day: str, outcome: str, needs: list[str]) -> None:
    """Moving the end does not settle the start: checks both sides of both ends of that month."""
    held = record(credential("PBT", "2027-05-31"), credential("HT", "2026-05-31"),
                  activities=(*COMPLETE, course("d", "5", day)))
    pbt = synchronize(held, BOOK, on=ON).credentials[0]

    assert (str(pbt.before.outcome), str(pbt.after.outcome)) == (outcome, outcome)
    assert [need.code for need in pbt.after.needs] == needs
    assert [need.subject for need in pbt.after.needs] == (["d"] if needs else [])


def test_a_known_start_leaves_no_doubt() -> None:
    """With `cycle_start` the month before it does not count."""
    held = record(credential("PBT", "2027-05-31", cycle_start="2024-06-01"), credential("HT", "2026-05-31"),
                  activities=(*COMPLETE, course("d", "5", "2024-05-31")))

    assert str(synchronize(held, BOOK, on=ON).credentials[0].after.outcome) == "NOT_MET"


def test_trust_is_handed_on() -> None:
    """Figures below the caller's trust are not established here either."""
    held = record(credential("MLS", "2026-10-31"), credential("SBB", "2027-03-31"))
    answer = synchronize(held, BOOK, on=ON, trust="official")

    assert {str(one.after.outcome) for one in answer.credentials} == {"NEEDS_REVIEW"}


@settings(max_examples=scaled(40))
@given(cases())
def test_a_common_end_never_makes_it_easier(case: Any) -> None:
    """Law: `before` is the decision for the present end; where no table changes, `after` is never better."""
    decision = cmprules.decide(case.record, BOOK, on=case.on)
    for one in synchronize(case.record, BOOK, on=case.on).credentials:
        before = decision[one.id]
        assert (one.before.outcome, one.before.total) == (before.outcome, before.total)
        if one.before.total is not None and one.after.total is not None and _same_table(one.before, one.after):
            assert one.after.total.short >= one.before.total.short or not one.early


def _same_table(one: Any, other: Any) -> bool:
    return [area.row for area in one.areas] == [area.row for area in other.areas]


# ---------------------------------------------------------------------------------------------------------
# Windows, and ends that are close.


@pytest.mark.parametrize(("first", "second", "code", "saved", "shared"), [
    ("2026-05-31", "2026-05-31", "ALREADY_TOGETHER", "0", True),
    ("2026-05-31", "2026-07-31", "SAME_DAY_SUFFICES", "0", True),
    ("2026-05-31", "2026-08-29", "SAME_DAY_SUFFICES", "0", True),  # the window opens on the very last day
    ("2026-05-31", "2026-08-30", "NO_SHARED_DAY", "15", False),  # and a day too late
    ("2026-05-31", "2026-08-31", "NO_SHARED_DAY", "15", False),  # three months are up to 92 days
    ("2026-05-31", "2026-09-01", None, "15", False),  # a day more than three months
    ("2026-11-30", "2027-02-28", "SAME_DAY_SUFFICES", "0", True),  # three months of 90 days
    ("2027-11-30", "2028-02-29", "NO_SHARED_DAY", "15", False),  # of 91 in a leap year
    ("2027-11-30", "2028-02-28", "SAME_DAY_SUFFICES", "0", True),
    ("2028-02-29", "2028-05-31", "NO_SHARED_DAY", "15", False),
])
def test_ends_that_are_close_need_not_be_moved(
    first: str, second: str, code: str | None, saved: str, *, shared: bool
) -> None:
    """Checks both sides of three months, and of a window that opens before the other credential ends."""
    held = record(credential("MLS", first), credential("SBB", second))
    answer = synchronize(held, BOOK, on=ON)
    codes = [found for found in _codes(answer.findings) if found != "BEYOND_LAST_CHECK"]

    assert codes == ([] if code is None else [code])
    assert answer.savings[0].saved == Decimal(saved)
    assert (answer.same_day is not None) is shared


def test_the_days_on_which_all_windows_are_open() -> None:
    """They run from the later opening to the earlier end, and not before the day asked about."""
    held = record(credential("MLS", "2026-05-31"), credential("SBB", "2026-07-31"))

    assert synchronize(held, BOOK, on=ON).same_day == cmprules.Period(start="2026-05-02", end="2026-05-31")
    assert synchronize(held, BOOK, on=date(2026, 5, 20)).same_day == cmprules.Period(start="2026-05-20",
                                                                                      end="2026-05-31")


def test_pairs_within_three_months_may_be_further_apart_together() -> None:
    """Of three ends in steps of two months, the first and the last are four months apart."""
    held = record(credential("MLS", "2026-04-30"), credential("SBB", "2026-06-30"), credential("BB", "2026-08-31"))
    answer = synchronize(held, BOOK, on=ON)

    assert _codes(answer.findings) == ["BEYOND_LAST_CHECK"] * len(answer.findings)
    assert [sent.credentials for sent in answer.apart[0].submissions] == [("mls", "sbb"), ("bb",)]
    assert (answer.savings[0].together, answer.savings[0].apart) == (Decimal(300), Decimal(315))


def test_each_kind_of_credential_is_grouped_by_itself() -> None:
    """A qualification that ends first does not keep two certifications from being sent together."""
    held = record(credential("QLS", "2026-04-01"), credential("MLS", "2026-05-31"), credential("SBB", "2026-07-15"))
    answer = synchronize(held, BOOK, on=ON)

    assert [sent.credentials for sent in answer.apart[0].submissions] == [("qls",), ("mls", "sbb")]
    assert answer.savings[0].apart == Decimal(315)


def test_certifications_and_qualifications_do_not_share_the_fee() -> None:
    """Each kind has its own application fee, and the answer says why."""
    held = record(credential("MLS", "2026-10-31"), credential("QLS", "2027-03-31"))
    answer = synchronize(held, BOOK, on=ON)

    assert "FEES_NOT_COMBINED" in _codes(answer.findings)
    assert (answer.savings[0].together, answer.savings[0].saved) == (Decimal(220), Decimal(0))


# ---------------------------------------------------------------------------------------------------------
# Costs.


def _amounts(saving: Saving) -> list[str]:
    return [str(amount) for amount in (saving.together, saving.apart, saving.saved, saving.costs_more)]


def test_two_rounds_show_what_a_shorter_cycle_costs() -> None:
    """Five months are paid for and given up; the cost of a year is an exact fraction."""
    held = record(credential("MLS", "2026-10-31"), credential("SBB", "2027-03-31"))
    one, two = synchronize(held, BOOK, on=ON).savings

    assert _amounts(one) == ["205.00", "220.00", "15.00", "0.00"]
    assert (one.together_months, one.apart_months) == (36 + 31, 72)
    assert one.together_per_year is not None
    assert one.apart_per_year is not None
    assert Fraction(one.together_per_year.numerator, one.together_per_year.denominator) == Fraction(20500 * 12, 67)
    assert (one.apart_per_year.numerator, one.apart_per_year.denominator) == (11000, 3)
    assert _amounts(two) == ["410.00", "440.00", "30.00", "0.00"]
    assert (one.rounds, two.rounds) == (1, 2)
    assert (two.together_months, two.apart_months) == (72 + 67, 144)


@pytest.mark.parametrize(("end", "together", "apart"), [("2025-12-31", "185", "210"), ("2026-01-01", "205", "220")])
def test_the_fees_are_those_of_the_day_of_submission(end: str, together: str, apart: str) -> None:
    """Checks a common end on the last day of the old fees, and on the first day of the new ones."""
    held = record(credential("MLS", end), credential("SBB", "2026-09-30"))
    first = synchronize(held, BOOK, on=date(2025, 7, 1)).savings[0]

    assert (first.together, first.apart) == (Decimal(together), Decimal(apart))


def test_amounts_that_nobody_could_source_leave_the_totals_open() -> None:
    """Between the sightings of 2012 and 2020 no amount is known, and none is invented."""
    held = record(credential("MLS", "2012-12-31"), credential("SBB", "2013-05-31"))
    one, two = synchronize(held, BOOK, on=date(2012, 6, 1)).savings

    assert _amounts(one) == ["135.00", "None", "None", "None"]
    assert one.together_per_year is not None
    assert one.apart_per_year is None
    assert _amounts(two) == ["None"] * 4
    assert two.together_per_year is None


def test_amounts_of_days_that_nobody_has_checked_are_named() -> None:
    """The newest row has no end and covers later days; each of them is noted."""
    held = record(credential("MLS", "2026-10-31"), credential("SBB", "2027-03-31"))
    late = [found.subject for found in synchronize(held, BOOK, on=ON).findings if found.code == "BEYOND_LAST_CHECK"]

    assert late == ["2027-03-31", "2029-10-31", "2030-03-31"]


def test_more_than_it_saves(tmp_path: Any) -> None:
    """Falling fees, in a user's rows, can make the common end more expensive."""
    own = tmp_path / "own.toml"
    own.write_text(_falling_fees(), encoding="utf-8")
    book = cmprules.load_book(edition="2026.1", extra=[own])
    held = record(credential("MLS", "2014-01-31"), credential("SBB", "2015-01-31"))
    first = synchronize(held, book, on=date(2014, 1, 2)).savings[0]

    assert _amounts(first) == ["390.00", "210.00", "0.00", "180.00"]


def _falling_fees() -> str:
    cited = 'source = "cmprules-reading", pin = "a test", grade = "official"'
    lines = ['schema = "cmprules.table/1"', 'table = "fees"', 'title = "Falling fees"', 'unit = "usd"',
             'keyed_on = "submitted_on"', "last_checked = 2026-01-01", 'currency = "USD"']
    for start, until, whole, reduced in (("2014-01-01", "2014-06-30", 200, 190), ("2014-07-01", "2016-12-31", 10, 5)):
        cells = ", ".join(f'{{ of = "{of}", value = "{value}.00", {cited} }}' for of, value in (
            ("application", whole), ("reduced_application", reduced)))
        lines += ["[[row]]", f'id = "fees/{start}/standard"', 'region = "standard"', f"from = {start}",
                  f"until = {until}", 'from_is = "effective"', 'until_is = "effective"', f"cells = [{cells}]"]
    return "\n".join(lines)


@settings(max_examples=scaled(40))
@given(st.lists(st.one_of(MONTH_ENDS, ENDS), min_size=2, max_size=5), st.permutations(CODES),
       st.sampled_from(("standard", "low_middle_income")))
def test_apart_is_the_cheapest_that_the_ends_allow(ends: list[date], codes: list[str], region: str) -> None:
    """Oracle: every way of grouping the credentials into submissions, each on a day when all windows are open."""
    held = cmprules.Record(holder=cmprules.Holder(id="h", fee_region=region),
                           credentials=_held(ends, codes).credentials, activities=[])
    answer = synchronize(held, BOOK, on=ON)
    able = [one for one in held.credentials if one.id in {each.id for each in answer.credentials}]
    if able:
        priced = [_cost(groups, region) for groups in partitions(able)]
        assert answer.savings[0].apart == min(price for price in priced if price is not None)
        assert answer.savings[0].together == _together(able, answer, region)


def _cost(groups: list[list[cmprules.Credential]], region: str) -> Decimal | None:
    """Price some submissions; None if one of them has no day on which all windows are open."""
    total = Decimal(0)
    for group in groups:
        ends = [one.expires_on or date.max for one in group]
        if max(ends) - timedelta(days=90) > min(ends):
            return None
        quote = cmprules.quote_fees(group, BOOK, on=min(ends), fee_region=region)
        assert quote.total is not None
        total += quote.total
    return total


def _together(able: list[cmprules.Credential], answer: Synchronization, region: str) -> Decimal:
    """Price one submission with the common end: one full fee for each kind of credential, the others reduced."""
    assert answer.common_end is not None
    amounts = amounts_on(answer.common_end, region)
    assert amounts is not None
    kinds = {one.code.startswith("Q") for one in able}
    return Decimal(amounts[0] * len(kinds) + amounts[1] * (len(able) - len(kinds)))


@given(st.lists(ENDS, min_size=2, max_size=4))
def test_totals_are_the_sums_of_what_is_sent(ends: list[date]) -> None:
    """Law: every credential is in one submission of each round, and the amounts add up."""
    answer = synchronize(_held(ends), BOOK, on=ON)
    ids = sorted(one.id for one in answer.credentials)
    for rounds, totals in ((answer.together, [one.together for one in answer.savings]),
                           (answer.apart, [one.apart for one in answer.savings])):
        assert [sorted(name for sent in one.submissions for name in sent.credentials) for one in rounds] == [
            ids for _ in rounds]
        amounts = [sum((line.amount for sent in one.submissions for line in sent.fees.lines), Decimal(0))
                   for one in rounds]
        assert [one.total for one in rounds] == amounts
        assert totals == [sum(amounts[:count + 1], Decimal(0)) for count in range(len(amounts))]


@given(st.lists(MONTH_ENDS, min_size=2, max_size=4))
def test_months_paid_for_are_the_rounds_less_what_is_given_up(ends: list[date]) -> None:
    """Law: for ends of months, each round pays for 36 months of each credential, less the months already used."""
    answer = synchronize(_held(ends), BOOK, on=ON)
    given_up = sum(one.months_given_up for one in answer.credentials)
    for saving in answer.savings:
        assert saving.apart_months == 36 * saving.rounds * len(answer.credentials)
        assert saving.together_months == saving.apart_months - given_up


# ---------------------------------------------------------------------------------------------------------
# Bad input.


def test_all_faults_of_the_arguments_come_together() -> None:
    """The faults are a wrong record, day, trust and list."""
    wrong: Any = "x"
    with pytest.raises(cmprules.InputError) as raised:
        synchronize(wrong, BOOK, on=wrong, credentials=wrong, trust=wrong)

    assert [(fault.path, fault.code) for fault in raised.value.faults] == [
        ("$.record", "WRONG_TYPE"), ("$.on", "NOT_A_DATE"), ("$.trust", "UNKNOWN_WORD"),
        ("$.credentials", "NOT_A_LIST")]


@pytest.mark.parametrize(("chosen", "found"), [
    (["mls", "mls"], [("$.credentials[1]", "REPEATED")]), (["mls", 3], [("$.credentials[1]", "WRONG_TYPE")]),
    (["nobody", "mls", "noone"], [("$.credentials[0]", "NO_SUCH_CREDENTIAL"),
                                  ("$.credentials[2]", "NO_SUCH_CREDENTIAL")]),
])
def test_bad_ids_are_named(chosen: Any, found: list[tuple[str, str]]) -> None:
    """Each bad id has its place."""
    with pytest.raises(cmprules.InputError) as raised:
        synchronize(record(credential()), BOOK, on=ON, credentials=chosen)

    assert [(fault.path, fault.code) for fault in raised.value.faults] == found
