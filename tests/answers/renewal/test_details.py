"""Details of answers about renewal: citations and sources, notes, the start of a cycle, ties of cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import cmprules
from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import PolicyBook
from cmprules.renewal import inactive, reinstate, renew, stacked, stop_taking_part, synchronize
from cmprules.renewal._common import finding, requirements_of
from cmprules.renewal._cycles import with_end
from cmprules.renewal._grouping import cheapest_groups
from cmprules.renewal._paying import shared_days
from tests.answers.renewal.samples import course, credential, record
from tests.answers.renewal.test_grouping import book_with, held_to
from tests.strategies import edition

BOOK = edition()
ON = date(2026, 3, 10)
EXPIRED = credential("BB", "2023-12-31")
COLLEGE = cmprules.Activity(id="college", title="Sample course", kind="college_course", amount="1",
                            completed_on="2023-02-01", areas=["blood_banking"])


class TestWhatIsCited:
    """Every figure leads to its source."""

    def test_requirements_cite_the_tables_and_the_values_of_the_kinds(self) -> None:
        """Both tables of an expired credential, and the chart for a college course, are cited, but no cycle or fees."""
        asked = requirements_of(cmprules.decide(record(EXPIRED, activities=(COLLEGE,)), BOOK,
                                                on=date(2024, 3, 10))["bb"])
        pins = [citation.pin for citation in asked.citations]
        assert "chart of activities, college courses" in pins
        assert "categories and points at the launch in 2004" in pins
        assert not {"passage on when to declare", "amounts named", "page as captured"} & set(pins)
        assert len(set(asked.citations)) == len(asked.citations)

    @pytest.mark.parametrize("trust", ["inferred", "official"])
    def test_requirements_have_the_grade_of_the_decision(self, trust: str) -> None:
        """The answer has the weakest grade behind the outcome, and the trust that was asked for."""
        one = cmprules.decide(record(EXPIRED), BOOK, on=ON, trust=trust)["bb"]
        asked = reinstate(EXPIRED, BOOK, on=ON, trust=trust).requirements
        assert asked is not None
        assert (asked.grade, asked.outcome) == (one.grade, one.outcome)
        assert asked.grade is not None or trust == "official"

    def test_the_source_of_the_amounts_is_in_the_sources(self) -> None:
        """The fees of 2024 have a source of their own, which no rule and no table of this answer has."""
        assert "mlsi-ascp-renewal" in reinstate(EXPIRED, BOOK, on=date(2024, 3, 10)).sources
        both = record(credential("BB", "2024-05-31"), credential("SBB", "2024-05-31"))
        assert "mlsi-ascp-renewal" in stacked(both, BOOK, on=date(2024, 3, 10)).sources

    def test_the_source_of_the_points_is_in_the_sources(self) -> None:
        """Cases: the tables of two credentials, and of an expired one."""
        assert "captoday-2004-05" in reinstate(EXPIRED, BOOK, on=date(2024, 3, 10)).sources
        both = record(credential("BB", "2023-05-31"), credential("SBB", "2023-05-31"))
        assert "captoday-2005-06" in stacked(both, BOOK, on=date(2023, 3, 10)).sources

    def test_a_finding_cites_its_rule(self) -> None:
        """The rule is a statement or a figure of the edition."""
        found = finding("EXPIRED", "expiry/reinstatement", "mls", BOOK)
        assert found.citations == (BOOK.cite("expiry/reinstatement"),)
        assert renew(credential(), BOOK, on=date(2026, 2, 1)).refused[0].citations == (
            BOOK.figure("opens_days_before_end").citation,)

    def test_a_refusal_leads_to_its_source(self) -> None:
        """The missing end date cites a rule that the answer does not apply."""
        held = credential(end=None, certified_on="1998-05-20")
        for answer in (renew(held, BOOK, on=ON), reinstate(held, BOOK, on=ON)):
            assert BOOK.cite("participation/voluntary").source in answer.sources

    def test_a_figure_is_an_established_rule(self) -> None:
        """It has a number and a source, but no text or question."""
        figures = {rule.name: rule for rule in renew(credential(), BOOK, on=ON).rules}
        assert (figures["cycle_months"].established, figures["cycle_months"].text) == (True, None)
        assert figures["renewal/rolls_forward"].text == BOOK.statements["renewal/rolls_forward"].text


class TestWhichRulesApply:
    """A rule is listed exactly where it concerns the credential."""

    def test_an_ordinary_renewal_is_not_early(self) -> None:
        """Only a confirmed common end allows a declaration before the window."""
        answer = renew(credential(), BOOK, on=ON)
        assert "renewal/sync_early" not in {rule.name for rule in answer.rules}
        assert "renewal/sync_wait" not in {rule.name for rule in answer.open}

    def test_the_rule_of_the_nca_is_not_listed_for_others(self) -> None:
        """The rule for an extension that was never granted is not listed either."""
        names = {rule.name for rule in reinstate(credential("HT", "2025-05-31"), BOOK, on=ON).rules}
        assert not {"renewal/nca_lapsed", "expiry/inactive"} & names

    def test_a_refused_renewal_says_nothing_of_the_cycle_after_an_extension(self) -> None:
        """Checks both sides of the first day of its window."""
        held = credential(extended_until="2026-11-30")
        codes = [[found.code for found in renew(held, BOOK, on=day).findings if found.code != "BEYOND_LAST_CHECK"]
                 for day in (date(2026, 8, 31), date(2026, 9, 1))]
        assert codes == [[], ["CYCLE_AFTER_EXTENSION"]]

    def test_the_table_is_that_of_the_body(self) -> None:
        """ASCPi has its own rows."""
        held = credential(body="ASCPi", extended_until="2026-11-30")
        assert inactive(held, BOOK, on=ON).table == "ASCPi/MLS/2024-01-01"
        expired = credential("HT", "2025-05-31", body="ASCPi")
        assert [table.row for table in reinstate(expired, BOOK, on=ON).tables] == ["ASCPi/HT/2024-01-01"]


class TestCycles:
    """The start of a cycle does not move."""

    def test_an_end_that_moves_keeps_the_start(self) -> None:
        """Cases: before the expiry, on it, after it, and on the extended end."""
        held, start = credential(extended_until="2026-11-30"), date(2024, 2, 1)
        moved = [with_end(held, end, start) for end in (date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 1))]
        assert [(one.expires_on, one.extended_until, one.cycle_start) for one in moved] == [
            (date(2026, 4, 30), None, start), (date(2026, 5, 31), None, start),
            (date(2026, 5, 31), date(2026, 6, 1), start)]
        assert with_end(held, date(2026, 11, 30), start) == held

    def test_the_start_of_an_extended_cycle_does_not_depend_on_the_day_of_the_question(self) -> None:
        """Cases: long before the cycle, in it, and after it."""
        held = credential(cycle_start="2024-01-01", extended_until="2026-11-30")
        starts = {inactive(held, BOOK, on=day).cycle_start for day in (date(2020, 1, 1), ON, date(2027, 1, 1))}
        assert starts == {date(2024, 1, 1)}

    def test_a_common_end_is_looked_at_in_its_own_cycle(self) -> None:
        """The common end decides the cycle, not the day of the declaration, which may be years earlier."""
        held = credential(end="2026-05-31")
        answer = renew(held, BOOK, on=date(2022, 1, 10), synchronized_to=date(2025, 12, 31))
        assert answer.valid == cmprules.Period(start="2026-01-01", end="2028-12-31")

    def test_a_window_of_one_shared_day_is_shared(self) -> None:
        """The window of SBB opens on the last day of MLS; a day later they share none."""
        held = [credential("MLS", "2026-05-31"), credential("SBB", "2026-08-29")]
        assert shared_days(held, ON, BOOK) == (date(2026, 5, 31), date(2026, 5, 31))
        assert shared_days([held[0], credential("SBB", "2026-08-30")], ON, BOOK) is None


class TestAmounts:
    """The cheapest submissions where a tie or an unknown amount decides."""

    def test_a_few_may_join_the_first_of_their_own_day(self) -> None:
        """Joining the earlier submission costs 90 each; instead one is sent for 50 and two join it for 10."""
        held = held_to([date(2026, 5, 31), *[date(2026, 6, 30)] * 3])
        book = book_with([(date(2026, 1, 1), 100, 90), (date(2026, 6, 15), 50, 10)])
        assert [[one.id for one in group] for group in cheapest_groups(held, book, "standard")] == [
            ["c0"], ["c1", "c2", "c3"]]

    def test_of_equal_costs_the_fewest_submissions_win(self) -> None:
        """Three submissions would begin with the earlier one; two cost the same."""
        held = held_to([date(2026, 5, 31), date(2026, 7, 31), date(2026, 9, 30), date(2026, 10, 15)])
        book = book_with([(date(2026, 1, 1), 50, 50), (date(2026, 9, 15), 50, 60), (date(2026, 10, 10), 50, 50)])
        assert [[one.id for one in group] for group in cheapest_groups(held, book, "standard")] == [
            ["c0"], ["c1", "c2", "c3"]]

    def test_an_amount_without_a_source_counts_as_nothing(self) -> None:
        """Joining on the day without fees costs nothing; one cent for each separate submission costs more."""
        held = held_to([date(2026, 5, 31), date(2026, 6, 30), date(2026, 6, 30)])
        book = book_with([(date(2026, 6, 15), Decimal("0.01"), Decimal(0))])
        assert [[one.id for one in group] for group in cheapest_groups(held, book, "standard")] == [
            ["c0", "c1", "c2"]]


class TestSynchronizing:
    """Details of a common end date."""

    CLOSE = record(credential("MLS"), credential("SBB", "2026-07-31"), credential("QIHC", "2026-07-31"))

    @pytest.mark.parametrize("ends", [("2025-05-31", "2025-06-30"), (None, "2025-06-30")])
    def test_where_none_can_be_moved_there_is_no_common_end(self, ends: tuple[str | None, str]) -> None:
        """One credential is voluntary, the other has expired."""
        held = record(credential("MLS", ends[0], certified_on="1998-05-20"), credential("SBB", ends[1]))
        answer = synchronize(held, BOOK, on=ON)
        assert (answer.common_end, answer.credentials) == (None, ())
        assert [found.code for found in answer.findings] == ["NOTHING_TO_SYNCHRONIZE"]

    def test_a_later_round_does_not_decide_whether_the_same_day_suffices(self) -> None:
        """Fees that rise in 2029 make the second round cheaper together, but this round saves nothing."""
        book = book_with([(date(2026, 1, 1), 110, 95), (date(2029, 6, 15), 120, 95)])
        answer = synchronize(self.CLOSE, book, on=ON)
        assert [saving.saved for saving in answer.savings] == [Decimal(0), Decimal(10)]
        assert "SAME_DAY_SUFFICES" in {found.code for found in answer.findings}

    def test_the_grade_to_trust_reaches_both_decisions(self) -> None:
        """Both decisions, with the present ends and with the common end, use the trust."""
        for asked in synchronize(self.CLOSE, BOOK, on=ON, trust="official").credentials[:2]:
            assert asked.before.outcome is cmprules.Outcome.NEEDS_REVIEW
            assert asked.after.outcome is cmprules.Outcome.NEEDS_REVIEW
        for asked in synchronize(self.CLOSE, BOOK, on=ON).credentials[:2]:
            assert asked.before.outcome is cmprules.Outcome.NOT_MET
            assert asked.after.outcome is cmprules.Outcome.NOT_MET

    def test_the_source_of_the_amounts_is_in_the_sources(self) -> None:
        """The fees of 2024 have a source of their own."""
        held = record(credential("HT", "2024-05-31"), credential("SBB", "2024-06-30"))
        assert "mlsi-ascp-renewal" in synchronize(held, BOOK, on=date(2024, 5, 10)).sources

    def test_the_question_about_a_month_names_the_activity(self) -> None:
        """A course was done in the month in which the last cycle ended."""
        held = record(credential("PBT", "2027-05-31"), credential("HT"), activities=(
            course("a", "1", "2025-01-10", "safety"), course("b", "1", "2025-01-11", "ethics"),
            course("c", "2", "2025-01-12", "phlebotomy"), course("last-month", "5", "2024-05-31")))
        after = synchronize(held, BOOK, on=ON).credentials[0].after
        (need,) = [need for need in after.needs if need.code == "MONTH_OF_PREVIOUS_END"]
        assert need.subject == "last-month"
        assert "last-month" in need.question


class TestStackedAndStopped:
    """Details of several credentials in one area, and of stopping."""

    def test_two_areas_of_one_table_are_enough_for_a_doubt(self) -> None:
        """PA has two own areas, which only another PA shares."""
        held = record(credential("PA"), credential("PA", id="other"))
        (pair,) = stacked(held, BOOK, on=ON).unclear
        assert (pair.credentials, len(pair.areas)) == (("pa", "other"), 2)

    def test_an_extension_ends_with_the_participation(self) -> None:
        """No end date or extension is left."""
        held = credential("MB", certified_on="1998-05-20", voluntary=True, extended_until="2026-11-30",
                          cycle_start="2023-06-01")
        stopped = stop_taking_part(held, BOOK, on=ON).stopped
        assert stopped == credential("MB", None, certified_on="1998-05-20")

    def test_why_there_is_nothing_to_stop_leads_to_its_source(self) -> None:
        """No rule that the answer applies has that source."""
        answer = stop_taking_part(credential(end=None, certified_on="1998-05-20"), BOOK, on=ON)
        assert BOOK.cite("participation/voluntary").source in answer.sources


class TestReinstating:
    """Details of reinstating: the questions, and the reasons for a refusal."""

    def test_the_grade_to_trust_reaches_the_decision(self) -> None:
        """Few figures are official word for word, so the table is not accepted."""
        outcomes = [reinstate(EXPIRED, BOOK, on=ON, trust=trust).requirements for trust in ("inferred", "official")]
        assert [asked.outcome for asked in outcomes if asked is not None] == [
            cmprules.Outcome.NOT_MET, cmprules.Outcome.NEEDS_REVIEW]

    def test_another_region_changes_the_fees_alone(self) -> None:
        """The holder's own placement still counts."""
        held = cmprules.Record(
            holder=cmprules.Holder(id="h"), credentials=[EXPIRED], activities=[course("a", "1", "2025-02-01")],
            placements=[cmprules.Placement(credential="bb", activity="a", area="pool", points="1")])
        both = [reinstate(held, BOOK, on=ON, fee_region=region) for region in (None, "low_middle_income")]
        assert both[0].requirements == both[1].requirements
        assert [answer.fees.total for answer in both if answer.fees is not None] == [Decimal(255), Decimal(235)]

    def test_one_that_has_passed_its_end_by_choice_shows_no_lapse(self) -> None:
        """The refusal has no first invalid day and no number of days."""
        held = credential(end="2025-05-31", certified_on="1998-05-20", voluntary=True)
        answer = reinstate(held, BOOK, on=ON)
        assert (answer.expired_since, answer.lapsed_days) == (None, None)

    def test_a_lapse_is_told_with_the_refusal_for_a_former_certification(self) -> None:
        """November 1, 2019 is 3,776 days after the end of June 2009."""
        held = credential("CLS", "2009-06-30", id="cls", previous_nca=True)
        answer = reinstate(held, BOOK, on=date(2019, 11, 1), nca_moved=False)
        assert (answer.expired_since, answer.lapsed_days) == (date(2009, 7, 1), 3776)
        assert answer.refused[0].code == "NCA_LAPSED"

    def test_the_question_names_the_credential(self) -> None:
        """A holder of several knows which one is meant."""
        held = credential("CLS", "2009-06-30", id="my-cls", previous_nca=True)
        (need,) = [need for need in reinstate(held, BOOK, on=ON).needs if need.code == "NCA_LAPSED"]
        assert "my-cls" in need.question

    def test_a_last_day_of_the_tables_goes_before_the_words_of_the_rule(self) -> None:
        """An edition may have it as a row; checks both sides of a day that the words do not name."""
        row = cmprules.load_book(edition="2026.2").last_days["renewal/nca_last_day"]
        book = attrs.evolve(BOOK, last_days=FrozenMap({row.id: attrs.evolve(row, last_day=date(2020, 1, 31))}))
        assert _refused(book, date(2020, 1, 31)) == []
        assert _refused(book, date(2020, 2, 1)) == ["NCA_LAPSED"]

    def test_without_a_day_in_the_words_no_last_day_is_made_up(self) -> None:
        """Only the holder's answer to the question remains."""
        rule = attrs.evolve(BOOK.statements["renewal/nca_lapsed"], text="Lapsed certifications were reinstated once.")
        book = attrs.evolve(BOOK, statements=FrozenMap({**BOOK.statements, "renewal/nca_lapsed": rule}))
        assert _refused(book, date(2990, 1, 1)) == []


def _refused(book: PolicyBook, on: date) -> list[str]:
    held = credential("CLS", "2009-06-30", id="cls", previous_nca=True)
    return [found.code for found in reinstate(held, book, on=on, nca_moved=False).refused]


class TestWhatIsSaidOfFaults:
    """The value, place, expectation and hint of faults, word for word."""

    def test_a_region_that_is_none(self) -> None:
        """The message names both regions."""
        with pytest.raises(cmprules.InputError) as raised:
            reinstate(EXPIRED, BOOK, on=ON, fee_region="europe")
        (fault,) = raised.value.faults
        assert (fault.path, fault.code, fault.expected) == ("$.fee_region", "UNKNOWN_WORD", "a fee region")

    def test_a_credential_that_the_record_does_not_have(self) -> None:
        """The message has the argument's place, and the ids in the record."""
        with pytest.raises(cmprules.InputError) as raised:
            reinstate(record(EXPIRED, credential("MLS")), BOOK, on=ON, credential="b")
        (fault,) = raised.value.faults
        assert (fault.path, fault.code, fault.hint) == ("$.credential", "NO_SUCH_CREDENTIAL", "did you mean 'bb'?")

    def test_none_of_several(self) -> None:
        """The caller must name one."""
        with pytest.raises(cmprules.InputError) as raised:
            reinstate(record(credential("MLS"), credential("SBB")), BOOK, on=ON)
        assert raised.value.faults[0].expected == "the id of one credential"

    def test_a_common_end_before_the_cycle(self) -> None:
        """The message names the first day of the cycle, and the reason."""
        with pytest.raises(cmprules.InputError) as raised:
            renew(credential(), BOOK, on=ON, synchronized_to=date(2023, 5, 31))
        (fault,) = raised.value.faults
        assert (fault.expected, fault.hint) == ("2023-06-01 or later", "the present cycle begins on that day")


@pytest.mark.parametrize("others", [("MLS",), ("MLS", "SBB")])
def test_why_one_keeps_its_end_leads_to_its_source(others: tuple[str, ...]) -> None:
    """A voluntary participant past the end has a source that no other rule of the answer has."""
    held = record(credential("MB", "2026-02-28", certified_on="1998-05-20", voluntary=True), *map(credential, others))
    assert BOOK.cite("expiry/voluntary_stops").source in synchronize(held, BOOK, on=ON).sources
