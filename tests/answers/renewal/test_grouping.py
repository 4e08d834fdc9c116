"""Declarations with the present ends, checked against every lawful way of sending them, while fees rise and fall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._policy.book import FeeRow, PolicyBook
from cmprules._words import vocabulary
from cmprules.errors import NotEstablishedError
from cmprules.renewal import synchronize
from cmprules.renewal._grouping import cheapest_groups
from cmprules.renewal._paying import payments_apart
from cmprules.renewal._synchronizing_values import Submission
from tests import reckoning
from tests.answers.renewal.samples import credential, record
from tests.core.laws.test_fees import partitions
from tests.examples import scaled
from tests.strategies import edition

BOOK = edition()
CODES = ("MLS", "SBB", "PBT", "HTL", "MLT", "QLS", "QIHC")


def book_with(amounts: Sequence[tuple[date, int | Decimal, int | Decimal]]) -> PolicyBook:
    """Make a book whose whole and reduced fees change on some days."""
    plain = BOOK.fee_row("fees/2026-01-01/standard")
    ends: list[date | None] = [*(day - timedelta(days=1) for day, *_ in amounts[1:]), None]

    def row(day: date, until: date | None, whole: int | Decimal, reduced: int | Decimal) -> FeeRow:
        of = {"application": whole, "reduced_application": reduced, "reinstatement": 145}
        cells = tuple(attrs.evolve(cell, figure=attrs.evolve(cell.figure, value=Decimal(of[cell.of])))
                      for cell in plain.cells)
        return attrs.evolve(plain, id=f"fees/{day}/standard", starts_on=day, ends_on=until, cells=cells)

    return attrs.evolve(BOOK, fees=tuple(row(day, until, whole, reduced)
                                         for (day, whole, reduced), until in zip(amounts, ends, strict=True)))


def cost(group: Sequence[cmprules.Credential], book: PolicyBook) -> Decimal | None:
    """Price one submission; None if it is not lawful.  An unknown amount counts as nothing."""
    ends = sorted(one.expires_on or date.max for one in group)
    kinds = {vocabulary.GROUPS[one.code] == "qualification" for one in group}
    near = all(later <= reckoning.add_months(earlier, 3) for earlier, later in combinations(ends, 2))
    if len(kinds) > 1 or not near or ends[-1] - timedelta(days=90) > ends[0]:
        return None
    total = Decimal(0)
    for item in ("application", *["reduced_application"] * (len(group) - 1)):
        try:
            total += book.fee(item, region="standard", on=ends[0])[1].value
        except NotEstablishedError:
            continue
    return total


def least(held: Sequence[cmprules.Credential], book: PolicyBook) -> Decimal:
    """Price every lawful way of grouping credentials into submissions, and return the least."""
    priced = [[cost(group, book) for group in groups] for groups in partitions(tuple(held))]
    return min(sum(filter(None, costs), Decimal(0)) for costs in priced if None not in costs)


def held_to(ends: Sequence[date], codes: Sequence[str] = CODES) -> tuple[cmprules.Credential, ...]:
    """Make credentials with these ends."""
    return record(*(credential(code, end.isoformat(), id=f"c{index}")
                    for index, (code, end) in enumerate(zip(codes, ends, strict=False)))).credentials


def sent(submissions: Sequence[Submission]) -> list[tuple[str, ...]]:
    """List what is sent together."""
    return [one.credentials for one in submissions]


class TestWhereFeesRiseBetweenTheEnds:
    """The fewest submissions are not always the cheapest."""

    HELD = record(credential("HTL", "2025-10-31"), credential("PBT", "2025-12-31"), credential("MLT", "2026-02-28"))

    def test_the_cheapest_grouping_is_found(self) -> None:
        """HTL alone costs 100, PBT with MLT 185 on the last day of the old fees; the common end saves 15."""
        answer = synchronize(self.HELD, BOOK, on=date(2025, 6, 1))
        first = answer.savings[0]
        assert sent(answer.apart[0].submissions) == [("htl",), ("pbt", "mlt")]
        assert (first.together, first.apart, first.saved) == (Decimal(270), Decimal(285), Decimal(15))

    @pytest.mark.parametrize(("end", "together"), [("2026-03-31", True), ("2026-04-01", False)])
    def test_both_sides_of_three_months(self, end: str, together: bool) -> None:
        """Checks the last end that may join the submission of December 31."""
        held = held_to([date(2025, 10, 31), date(2025, 12, 31), date.fromisoformat(end)])
        groups = [[one.id for one in group] for group in cheapest_groups(held, BOOK, "standard")]
        assert (["c1", "c2"] in groups) is together

    def test_with_equal_fees_the_fewest_submissions_win(self) -> None:
        """Where a separate submission costs no more than joining one, no needless submission is made."""
        held = held_to([date(2026, 5, 31), date(2026, 6, 30), date(2026, 6, 30)])
        assert len(cheapest_groups(held, book_with([(date(2026, 1, 1), 50, 50)]), "standard")) == 1

    def test_where_joining_costs_more_each_is_sent_by_itself(self) -> None:
        """No published fee is like that, but a user's rows may be."""
        held = held_to([date(2026, 5, 31), date(2026, 5, 31), date(2026, 6, 30)])
        assert len(cheapest_groups(held, book_with([(date(2026, 1, 1), 50, 60)]), "standard")) == 3


AMOUNT = st.integers(1, 12).map(lambda number: number * 10)
CHANGES = st.lists(st.tuples(st.dates(date(2026, 4, 1), date(2026, 12, 31)), AMOUNT, AMOUNT), min_size=0, max_size=4,
                   unique_by=lambda change: change[0]).map(sorted)
ENDS = st.lists(st.dates(date(2026, 4, 1), date(2026, 12, 31)), min_size=1, max_size=6)
OLD_ENDS = st.lists(st.one_of(
    st.sampled_from((date(2025, 10, 31), date(2025, 12, 31), date(2026, 2, 28), date(2026, 3, 31))),
    st.dates(date(2025, 9, 1), date(2026, 5, 31)), st.dates(date(2012, 10, 1), date(2013, 3, 31)),
    st.dates(date(2024, 4, 1), date(2024, 10, 31))), min_size=1, max_size=6)


@settings(max_examples=scaled(60))
@given(ENDS, st.permutations(CODES), CHANGES, AMOUNT, AMOUNT)
def test_nothing_costs_less_while_fees_rise_and_fall(
    ends: list[date], codes: list[str], changes: list[tuple[date, int, int]], whole: int, reduced: int
) -> None:
    """Oracle: every lawful way of grouping the credentials into submissions."""
    book, held = book_with([(date(2026, 1, 1), whole, reduced), *changes]), held_to(ends, codes)
    groups = cheapest_groups(held, book, "standard")
    prices = [cost(group, book) for group in groups]
    assert None not in prices
    assert sum(filter(None, prices), Decimal(0)) == least(held, book)
    assert sorted(one.id for group in groups for one in group) == sorted(one.id for one in held)


@settings(max_examples=scaled(60))
@given(OLD_ENDS, st.permutations(CODES))
def test_nothing_costs_less_with_the_fees_of_the_edition(ends: list[date], codes: list[str]) -> None:
    """Oracle: the same across the changes of 2024 and 2026, and with unknown amounts."""
    held = held_to(ends, codes)
    first = payments_apart(held, BOOK, "standard").rounds[0]
    amounts = [one.fees.total for one in first.submissions]
    assert first.total == (None if None in amounts else least(held, BOOK))
    priced = [cost([one for one in held if one.id in sending.credentials], BOOK) for sending in first.submissions]
    assert sum(filter(None, priced), Decimal(0)) == least(held, BOOK)


@settings(max_examples=scaled(40))
@given(OLD_ENDS, st.permutations(CODES), st.randoms())
def test_the_order_of_the_record_changes_no_cost(ends: list[date], codes: list[str], random: st.DataObject) -> None:
    """Law: every order gives the same totals."""
    held = list(held_to(ends, codes))
    before = payments_apart(held, BOOK, "standard")
    random.shuffle(held)  # type: ignore[attr-defined]
    after = payments_apart(held, BOOK, "standard")
    assert [one.total for one in before.rounds] == [one.total for one in after.rounds]


class TestWhatIsSaidAboutFees:
    """The sentences follow from the figures, kind by kind."""

    @pytest.mark.parametrize(("ends", "codes"), [
        ({"MLS": "2025-12-31", "QIHC": "2026-02-28"}, ["FEES_NOT_COMBINED"]),  # saves ten: the fees rise between
        ({"MLS": "2026-05-31", "QIHC": "2026-06-30"}, ["FEES_NOT_COMBINED"]),  # nothing to share
        ({"MLS": "2026-05-31", "QIHC": "2026-05-31"}, ["ALREADY_TOGETHER", "FEES_NOT_COMBINED"]),
        ({"MLS": "2026-05-31", "SBB": "2026-07-31", "QIHC": "2026-12-31"}, ["SAME_DAY_SUFFICES", "FEES_NOT_COMBINED"]),
        ({"MLS": "2025-12-31", "SBB": "2026-02-28", "QIHC": "2026-02-28"}, ["FEES_NOT_COMBINED"]),
        ({"QLS": "2026-05-31", "QIHC": "2026-07-31", "MLS": "2026-05-31", "SBB": "2026-08-31"},
         ["NO_SHARED_DAY", "FEES_NOT_COMBINED"]),
        ({"QLS": "2026-05-31", "QIHC": "2026-09-01", "MLS": "2026-05-31", "SBB": "2026-06-30"}, ["FEES_NOT_COMBINED"]),
    ])
    def test_kinds_are_looked_at_apart(self, ends: dict[str, str], codes: list[str]) -> None:
        """A certification and a qualification never share the reduced fee."""
        answer = synchronize(record(*(credential(code, end) for code, end in ends.items())), BOOK,
                             on=date(2025, 6, 1) if min(ends.values()) < "2026" else date(2026, 3, 10))
        assert [one.code for one in answer.findings if one.code != "BEYOND_LAST_CHECK"] == codes

    @settings(max_examples=scaled(60))
    @given(OLD_ENDS, st.permutations(CODES))
    def test_nothing_is_to_be_saved_only_where_nothing_is_saved(self, ends: list[date], codes: list[str]) -> None:
        """Law: `SAME_DAY_SUFFICES` appears only if nothing is saved, and a kind has several ends."""
        held = held_to([*ends, date(2026, 3, 31)], codes)
        answer = synchronize(record(*held), BOOK, on=date(2025, 8, 1))
        if "SAME_DAY_SUFFICES" in {one.code for one in answer.findings}:
            assert answer.savings[0].saved == 0
            ends_of = [{one.old_end for one in answer.credentials if one.code.startswith("Q") is kind}
                       for kind in (False, True)]
            assert max(map(len, ends_of)) > 1


def test_months_that_are_lost_are_not_shown_as_none() -> None:
    """One round from the common end leaves BB eleven months short of its present end."""
    held = record(credential("BB", "2026-05-31", extended_until="2030-05-31"), credential("MLS", "2026-06-30"))
    one, two = synchronize(held, BOOK, on=date(2026, 3, 10)).savings
    assert (one.together_months, two.together_months) == (36 - 11, 72 + 25)


@pytest.mark.parametrize(("until", "months", "rated"), [
    ("2032-05-31", 36 - 35, True), ("2032-06-30", 36 - 36, False), ("2032-07-31", 36 - 37, False),
])
def test_a_year_has_no_cost_where_no_month_is_gained(until: str, months: int, rated: bool) -> None:
    """Checks both sides of gaining nothing."""
    held = record(credential("BB", "2026-05-31", extended_until=until), credential("MLS", "2026-06-30"))
    saving = synchronize(held, BOOK, on=date(2026, 3, 10)).savings[0]
    assert saving.together_months == months
    assert (saving.together_per_year is not None) is rated
    assert cmprules.to_mapping(saving)["together_months"] == months
