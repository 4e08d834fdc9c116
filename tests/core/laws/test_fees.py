"""Fees: the cheapest lawful grouping, found by trying every one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import cmprules
from cmprules._words import vocabulary as words
from cmprules.testing import Case, cases, days
from tests.reckoning import add_months
from tests.strategies import edition

AMOUNTS = {  # first day, last day: application, reduced application, reinstatement
    "standard": [(date(2009, 10, 23), date(2012, 12, 31), (75, 60, 50)),
                 (date(2020, 1, 1), date(2024, 6, 30), (95, 80, 125)),
                 (date(2024, 7, 1), date(2025, 12, 31), (100, 85, 135)),
                 (date(2026, 1, 1), date.max, (110, 95, 145))],
    "low_middle_income": [(date(2009, 10, 23), date(2012, 12, 31), (75, 60, 50)),
                          (date(2020, 1, 1), date(2024, 6, 30), (95, 80, 125)),
                          (date(2024, 7, 1), date.max, (100, 85, 135))],
}
"""The rows of the contract; outside them the amounts are not known."""

Credentials = Sequence[cmprules.Credential]


def amounts_on(day: date, region: str) -> tuple[int, int, int] | None:
    """Look up the three amounts of a day."""
    return next((row for first, last, row in AMOUNTS[region] if first <= day <= last), None)


def partitions(members: Credentials) -> Iterator[list[list[cmprules.Credential]]]:
    """List every way of dividing members into groups."""
    if not members:
        yield []
        return
    first, *others = members
    for groups in partitions(others):
        yield [[first], *groups]
        for index, group in enumerate(groups):
            yield [*groups[:index], [first, *group], *groups[index + 1 :]]


def end_of(one: cmprules.Credential) -> date | None:
    """Return the end of the cycle of a credential."""
    return one.extended_until or one.expires_on


def lies_behind(one: cmprules.Credential, on: date) -> bool:
    """Return whether the end has passed."""
    end = end_of(one)
    return end is not None and end < on


def combine(one: cmprules.Credential, other: cmprules.Credential, on: date) -> bool:
    """Return whether two credentials may share the reduced fee."""
    ends = [end for end in (end_of(one), end_of(other)) if end is not None]
    if len(ends) < 2 or lies_behind(one, on) or lies_behind(other, on):
        return False
    qualifications = {words.GROUPS[each.code] == "qualification" for each in (one, other)}
    return len(qualifications) == 1 and add_months(min(ends), 3) >= max(ends)


def cheapest(credentials: Credentials, on: date, amounts: tuple[int, int, int]) -> int:
    """Try every grouping, and return the least cost of a lawful one."""
    application, reduced, reinstatement = amounts
    owing = [one for one in credentials if one.expires_on is not None or one.voluntary]
    late = sum(1 for one in owing if lies_behind(one, on) and not one.voluntary)
    return late * reinstatement + min(
        sum(application + reduced * (len(group) - 1) for group in groups)
        for groups in partitions(owing)
        if all(combine(one, other, on) for group in groups for one, other in combinations(group, 2))
    )


@st.composite
def declared(draw: st.DrawFn) -> tuple[tuple[cmprules.Credential, ...], date]:
    """Draw credentials whose ends lie close together, many of them exactly three months apart, or a day more."""
    on = draw(st.one_of(days(date(2020, 1, 1), date(2027, 12, 31)), days(date(2009, 10, 23), date(2012, 12, 31))))
    ends = [draw(days(on, on + timedelta(days=200)))]
    held = []
    for number in range(draw(st.integers(1, 5))):
        step = draw(st.sampled_from((0, 1, -1, 3, -3, 6)))
        end = add_months(draw(st.sampled_from(ends)), step) + timedelta(days=draw(st.sampled_from((0, 0, 0, 1, -1))))
        if draw(st.integers(0, 5)) == 0:
            end = on - timedelta(days=draw(st.integers(1, 80)))
        ends.append(end)
        code = draw(st.sampled_from(("MLS", "SBB", "PBT", "QLS", "QIHC")))
        form = draw(st.sampled_from(("plain", "plain", "plain", "plain", "extended", "voluntary", "not required")))
        facts: dict[str, object] = {"expires_on": end}
        if form == "extended":
            facts = {"expires_on": end - timedelta(days=100), "extended_until": end}
        elif form != "plain" and not code.startswith("Q"):
            facts = {"voluntary": form == "voluntary", "certified_on": date(2001, 5, 5)}
            facts |= {"expires_on": end} if draw(st.booleans()) and form == "voluntary" else {}
        held.append(cmprules.Credential(id=f"c{number}", code=code, **facts))  # type: ignore[arg-type]
    return tuple(held), on


class TestTheCheapestGrouping:
    """Part 3, fees: reduced if ends lie at most three months apart, pairwise within a group; the cheapest grouping."""

    @given(declared(), st.sampled_from(("standard", "low_middle_income")))
    def test_is_what_trying_every_grouping_finds(
        self, case: tuple[tuple[cmprules.Credential, ...], date], region: str
    ) -> None:
        """No lawful grouping costs less than the one that was found."""
        credentials, on = case
        amounts = amounts_on(on, region)
        assert amounts is not None
        quote = cmprules.quote_fees(credentials, edition(), on=on, fee_region=region)
        assert quote.total == cheapest(credentials, on, amounts)

    @given(declared(), st.data())
    def test_does_not_follow_the_order(self, case: tuple[tuple[cmprules.Credential, ...], date],
                                       data: st.DataObject) -> None:
        """Reordered credentials cost the same, and owe each item as often."""
        credentials, on = case
        shuffled = data.draw(st.permutations(credentials))
        one, other = (cmprules.quote_fees(each, edition(), on=on) for each in (credentials, shuffled))
        assert one.total == other.total
        assert sorted(line.item for line in one.lines) == sorted(line.item for line in other.lines)

    @given(declared())
    def test_lines_add_up(self, case: tuple[tuple[cmprules.Credential, ...], date]) -> None:
        """The lines add up to the total, with exactly one application for each credential that owes one."""
        credentials, on = case
        quote = cmprules.quote_fees(credentials, edition(), on=on)
        assert quote.total == sum((line.amount for line in quote.lines), Decimal(0))
        owing = [one.id for one in credentials if one.expires_on is not None or one.voluntary]
        assert [line.credential for line in quote.lines if line.item != "reinstatement"] == owing
        late = [one.id for one in credentials if lies_behind(one, on) and not one.voluntary]
        assert [line.credential for line in quote.lines if line.item == "reinstatement"] == late
        reduced = {line.credential for line in quote.lines if line.item == "reduced_application"}
        assert not reduced & {one.id for one in credentials if lies_behind(one, on)}


class TestAmounts:
    """Part 3, fees: amounts come from dated rows; where no row holds there is a reason instead of a total."""

    @given(cases())
    def test_are_never_negative_and_whole_cents(self, case: Case) -> None:
        """Every amount of a decision, and the total, is above zero and in whole cents."""
        fees = cmprules.decide(case.record, edition(), on=case.on).fees
        for amount in (*(line.amount for line in fees.lines), *(() if fees.total is None else (fees.total,))):
            assert amount >= 0
            assert amount.as_tuple().exponent == -2

    @given(cases())
    def test_are_those_of_the_day(self, case: Case) -> None:
        """The total is the cheapest by the amounts of the day; without amounts it is null, with the reason."""
        record, on = case
        fees = cmprules.decide(record, edition(), on=on).fees
        amounts = amounts_on(on, record.holder.fee_region)
        owing = any(one.expires_on is not None or one.voluntary for one in record.credentials)
        if amounts is not None or not owing:
            assert fees.total == cheapest(record.credentials, on, amounts or (0, 0, 0))
            assert fees.why is None
        else:
            assert (fees.total, fees.lines) == (None, ())
            assert fees.why
            with pytest.raises(cmprules.NotEstablishedError):
                cmprules.quote_fees(record.credentials, edition(), on=on)

    @given(declared())
    def test_of_lines_are_those_of_their_row(self, case: tuple[tuple[cmprules.Credential, ...], date]) -> None:
        """Each line names a row that holds on the day and has its amount."""
        credentials, on = case
        assume(credentials)
        for line in cmprules.quote_fees(credentials, edition(), on=on).lines:
            row = edition().fee_row(line.row)
            assert row.starts_on <= on
            assert row.ends_on is None or on <= row.ends_on
            figure = row.figure(line.item)
            assert figure is not None
            assert (figure.value, figure.grade) == (line.amount, line.grade)
