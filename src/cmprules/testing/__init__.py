"""Hypothesis strategies with which users of the package test their own code: records, credentials, activities, days.

    from hypothesis import given
    from cmprules.testing import Case, cases

    @given(cases(outcome="NOT_MET"))
    def test_my_letter_says_what_is_short(case: Case) -> None:
        ...

Everything that is drawn is valid: whatever the readers of records would refuse is never drawn.
Beyond that it is biased to what answers hang on: records that a table is nearly full with, ends of months, days of
expiry, undated courses, entries made twice, capped kinds, former codes.

It needs Hypothesis, which the package itself does not: install the extra `testing`.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis
except ImportError as missing:
    raise ImportError(
        "cmprules.testing needs Hypothesis, which is not installed; "
        "install the extra `testing`: from a checkout, pip install '.[testing]'", name="hypothesis",
    ) from missing

from cmprules.testing._cases import Case, cases, records
from cmprules.testing._credentials import credentials
from cmprules.testing._entries import activities, placements
from cmprules.testing._policies import policies
from cmprules.testing._values import amounts, days

__all__ = [
    "Case",
    "activities",
    "amounts",
    "cases",
    "credentials",
    "days",
    "placements",
    "policies",
    "records",
]

del _hypothesis
