"""The rule, the subject and the sources of every finding."""

from __future__ import annotations

import pytest

from cmprules._words.codes.findings import FINDINGS
from tests.core.cases.findings import TOLD
from tests.edges.conformance.test_vectors import ELSEWHERE
from tests.promises.golden.files import cases_of

KEPT = cases_of("findings", "cases.txt")


@pytest.mark.parametrize("name", TOLD)
def test_every_finding_leads_to_the_rule_and_the_sources_that_were_read(name: str) -> None:
    """Code, subject, rule and citations of each finding equal the golden file."""
    assert TOLD[name]() == KEPT[name], "run python -m tasks.write_golden findings, and look at what changed"


def test_no_finding_is_left_out() -> None:
    """The cases cover every finding, and the golden file has no other cases."""
    assert set(KEPT) == set(TOLD)
    codes = {line.split()[0] for lines in KEPT.values() for line in lines if line.startswith("  ")}
    assert codes == set(FINDINGS) - ELSEWHERE
