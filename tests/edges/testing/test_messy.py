"""Records like those of real people: which ends of credentials `messy` moves into the middle of their month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import find, settings
from hypothesis.errors import NoSuchExample

import cmprules
from cmprules.testing._messy import _with_odd_end

FEW = settings(max_examples=200, derandomize=True, database=None, deadline=None)
"""More than the four ways to draw an end."""


def _moved(**days: Any) -> cmprules.Credential:
    """Look for a draw that moves the end of a credential.

    Raises:
        NoSuchExample: no draw moves it.
    """
    credential = cmprules.Credential(id="pbt", code="PBT", **days)
    return find(_with_odd_end(credential), lambda drawn: drawn != credential, settings=FEW)


@pytest.mark.parametrize("days", [
    {"expires_on": "2026-05-31"}, {"expires_on": "2026-05-16"},
    {"expires_on": "2026-05-31", "certified_on": "2026-05-15"},
    {"expires_on": "2026-05-31", "cycle_start": "2026-05-15"},
], ids=str)
def test_an_end_after_the_middle_of_its_month_may_be_moved(days: dict[str, Any]) -> None:
    """It moves to the fifteenth, and nothing else changes."""
    wanted = days | {"expires_on": date(2026, 5, 15)}
    assert _moved(**days) == cmprules.Credential(id="pbt", code="PBT", **wanted)


@pytest.mark.parametrize("days", [
    {"expires_on": "2026-05-15"}, {"certified_on": "2002-05-31"},
    {"expires_on": "2026-05-31", "certified_on": "2026-05-16"},
    {"expires_on": "2026-05-31", "cycle_start": "2026-05-16"},
    {"expires_on": "2026-05-31", "certified_on": "2002-05-31", "voluntary": True},
], ids=str)
def test_an_end_stays_where_another_day_would_lie_behind_it(days: dict[str, Any]) -> None:
    """So does an end in the first half of its month, and that of a voluntary participant."""
    with pytest.raises(NoSuchExample):
        _moved(**days)
