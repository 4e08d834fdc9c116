"""Hypothesis strategies for testing your own code: records, credentials, activities, days.

    from hypothesis import given
    from cmprules.testing import Case, cases

    @given(cases(outcome="NOT_MET"))
    def test_my_letter_says_what_is_short(case: Case) -> None:
        ...

All drawn values are valid: the readers of records accept them.  The strategies prefer cases that matter for answers:
records that nearly fill a table, ends of months, expiration dates, undated courses, repeated entries, capped kinds,
former codes.

They need Hypothesis, which the package itself does not: install the extra `testing`.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis
except ImportError as _missing:
    raise ImportError(
        "cmprules.testing needs Hypothesis, which is not installed; "
        "install the extra `testing`: from a checkout, pip install '.[testing]'", name="hypothesis",
    ) from _missing

from cmprules.testing._cases import Case, cases, records
from cmprules.testing._credentials import credentials
from cmprules.testing._entries import activities, placements
from cmprules.testing._messy import messy
from cmprules.testing._policies import policies
from cmprules.testing._values import amounts, days

__all__ = [
    "Case",
    "activities",
    "amounts",
    "cases",
    "credentials",
    "days",
    "messy",
    "placements",
    "policies",
    "records",
]

del _hypothesis
