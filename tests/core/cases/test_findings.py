"""Where every finding leads: its rule, whom it is about, and the sources that it cites."""

from __future__ import annotations

import pytest

from cmprules._words.codes import FINDINGS
from tests.core.cases.findings import TOLD
from tests.edges.conformance.test_vectors import ELSEWHERE
from tests.promises.golden.files import cases_of

KEPT = cases_of("findings", "cases.txt")


@pytest.mark.parametrize("name", TOLD)
def test_every_finding_leads_to_the_rule_and_the_sources_that_were_read(name: str) -> None:
    """Code, subject, rule and citations of each finding are what a person has read."""
    assert TOLD[name]() == KEPT[name], "run python -m tasks.write_golden findings, and look at what changed"


def test_no_finding_is_left_out() -> None:
    """The cases have every finding that there is, and the golden file has no case more."""
    assert set(KEPT) == set(TOLD)
    codes = {line.split()[0] for lines in KEPT.values() for line in lines if line.startswith("  ")}
    assert codes == set(FINDINGS) - ELSEWHERE
