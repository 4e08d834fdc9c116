"""Why a decision is what it is, what is between the holder's placement and the best one, and how close it is.

`explain` is also `cmprules.explain`.
"""

from __future__ import annotations

from cmprules.explaining import _report  # noqa: F401  # whoever has an explanation has its report
from cmprules.explaining._explain import explain
from cmprules.explaining._review import review_placement
from cmprules.explaining._slack import slack
from cmprules.explaining._values import (
    AreaSlack,
    Comparison,
    CredentialExplanation,
    CredentialPlacement,
    CredentialSlack,
    Critical,
    Explanation,
    Move,
    OtherPlacement,
    PlacementProblem,
    PlacementReview,
    Slack,
    Step,
)

__all__ = [
    "AreaSlack",
    "Comparison",
    "CredentialExplanation",
    "CredentialPlacement",
    "CredentialSlack",
    "Critical",
    "Explanation",
    "Move",
    "OtherPlacement",
    "PlacementProblem",
    "PlacementReview",
    "Slack",
    "Step",
    "explain",
    "review_placement",
    "slack",
]
