"""More than `cmprules.explain`: reviews of placements, slack, and the parts of these answers."""

from __future__ import annotations

from cmprules.explaining import _report  # noqa: F401  # registers the reports
from cmprules.explaining._review import review_placement
from cmprules.explaining._slack import slack
from cmprules.explaining._values import (
    AreaSlack,
    Comparison,
    CredentialExplanation,
    CredentialPlacement,
    CredentialSlack,
    Critical,
    ExplanationStep,
    Move,
    OtherPlacement,
    PlacementProblem,
    PlacementReview,
    Slack,
)

__all__ = [
    "AreaSlack",
    "Comparison",
    "CredentialExplanation",
    "CredentialPlacement",
    "CredentialSlack",
    "Critical",
    "ExplanationStep",
    "Move",
    "OtherPlacement",
    "PlacementProblem",
    "PlacementReview",
    "Slack",
    "review_placement",
    "slack",
]
