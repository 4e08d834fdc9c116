"""Records with activities that may be one, or with proposed areas, against the second implementation."""

from __future__ import annotations

from random import Random

import pytest

from tests.core.reference.compare import by_the_library, differences
from tests.core.reference.decision import decide
from tests.core.reference.enriching import draw

PARTS = 80
DRAWN = [(record, on, trust, edition, user)
         for edition, count in (("2026.2", 280), ("2026.1", 120)) for number in range(count)
         for record, on, trust, user in [draw(Random(f"alike/{number}"), edition)]]
ANSWERS = [decide(*drawn) for drawn in DRAWN]
"""The answers of the second implementation, which has no mutants."""


@pytest.mark.parametrize("part", range(PARTS))
def test_drawn_records(part: int) -> None:
    """Each test draws a few records."""
    for drawn, answer in zip(DRAWN[part::PARTS], ANSWERS[part::PARTS], strict=True):
        assert differences(answer, by_the_library(*drawn)) == []
