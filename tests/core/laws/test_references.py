"""Everything that an answer names can be looked up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import cmprules
from cmprules._words.codes.findings import FINDINGS
from cmprules._words.codes.questions import NEEDS
from cmprules.testing import Case, cases
from tests.strategies import edition

POINTS_ROWS = {row.id for rows in edition().tables.values() for row in rows}
FEE_ROWS = {row.id for row in edition().fees}
TABLE_FINDINGS = {"TABLE_APPLIED", "AREA_SHORT", "TOTAL_SHORT", "BELOW_TRUST", "TABLE_NOT_ESTABLISHED"}
SCALE = [grade for grade in cmprules.Grade if grade != "user"]


class TestCodesAreListed:
    """Part 4: codes are public and listed in one table."""

    @given(cases(), st.sampled_from(SCALE))
    def test_of_findings_and_needs(self, case: Case, trust: cmprules.Grade) -> None:
        """Every code of a finding and of a need is in its table."""
        for answer in cmprules.decide(case.record, edition(), on=case.on, trust=trust).credentials:
            assert {finding.code for finding in answer.findings} <= set(FINDINGS)
            assert {need.code for need in answer.needs} <= set(NEEDS)

    @given(cases())
    def test_needs_are_there_where_the_outcome_is_open(self, case: Case) -> None:
        """There are needs exactly if the outcome is for review: one for each subject, all of them in the record."""
        ids = {one.id for one in case.record.credentials} | {one.id for one in case.record.activities}
        for answer in cmprules.decide(case.record, edition(), on=case.on).credentials:
            assert bool(answer.needs) is (answer.outcome == "NEEDS_REVIEW")
            about = [need.subject for need in answer.needs]
            assert set(about) <= ids
            assert len(set(about)) == len(about)
            assert all(need.question for need in answer.needs)


class TestSourcesAreListed:
    """Part 1 and 4: every row has a source, a place and a grade; `sources` has every source cited."""

    @given(cases(), st.sampled_from(SCALE))
    def test_all_that_are_cited_and_no_others(self, case: Case, trust: cmprules.Grade) -> None:
        """The sources of a decision are exactly those that it cites, each as in the book."""
        decision = cmprules.decide(case.record, edition(), on=case.on, trust=trust)
        cited = [citation for answer in decision.credentials for finding in answer.findings
                 for citation in finding.citations]
        assert set(decision.sources) == {citation.source for citation in cited}
        assert all(citation.pin and citation.grade in cmprules.Grade for citation in cited)
        assert all(edition().sources[name] == source for name, source in decision.sources.items())


class TestRowsExist:
    """Part 1: every figure leads to a row of a policy table."""

    @given(cases())
    def test_of_areas_fees_and_findings(self, case: Case) -> None:
        """Every row that an area, a fee or a finding on a table names is in the book."""
        decision = cmprules.decide(case.record, edition(), on=case.on)
        assert {line.row for line in decision.fees.lines} <= FEE_ROWS
        for answer in decision.credentials:
            assert {area.row for area in answer.areas or ()} <= POINTS_ROWS
            named = {(finding.code, finding.rule) for finding in answer.findings}
            assert {rule for code, rule in named if code == "FEE_LINE"} <= FEE_ROWS
            assert {rule for code, rule in named if code in TABLE_FINDINGS} <= POINTS_ROWS

    @given(cases())
    def test_of_the_table_that_is_shown(self, case: Case) -> None:
        """A finding names the table shown, and the required points are those of its row."""
        for answer in cmprules.decide(case.record, edition(), on=case.on).credentials:
            applied = {finding.rule for finding in answer.findings if finding.code == "TABLE_APPLIED"}
            for area in answer.areas or ():
                assert area.row in applied
                row = next(row for rows in edition().tables.values() for row in rows if row.id == area.row)
                assert [area.required] == [cell.figure.value for cell in row.cells if cell.of == area.area]

    @given(cases())
    def test_the_grade_is_the_weakest_that_is_cited(self, case: Case) -> None:
        """No figure of the table shown is weaker than the grade of the answer."""
        for answer in cmprules.decide(case.record, edition(), on=case.on).credentials:
            if answer.grade is None:
                assert answer.areas is None
                continue
            applied = [citation.grade for finding in answer.findings
                       if finding.code == "KIND_VALUE" for citation in finding.citations]
            weak = [*applied, *(area.grade for area in answer.areas or ())]
            assert all(SCALE.index(grade) <= SCALE.index(answer.grade) for grade in weak)
