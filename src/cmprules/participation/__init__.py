"""Participation: who must take part, and how to cite a credential.

    from cmprules.participation import designation, participation

    print(designation(record.credentials, book, on=date(2026, 3, 10)).together.unicode)

The package is independent of ASCP, and its answers are not ASCP's decision.
"""

from __future__ import annotations

from cmprules.participation import _report as _report  # registers the reports
from cmprules.participation._designation import designation
from cmprules.participation._participation import participation
from cmprules.participation._values import CitedForm, CredentialDesignation, Designation, Participation

__all__ = [
    "CitedForm",
    "CredentialDesignation",
    "Designation",
    "Participation",
    "designation",
    "participation",
]
