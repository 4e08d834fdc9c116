"""Beside `cmprules.explain`: what to move in a placement, how close it is, and the parts of these answers."""

from __future__ import annotations

from cmprules.explaining import _report  # noqa: F401  # whoever has an explanation has its report
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
