"""The values of comparisons; `cmprules.compare` makes them."""

from __future__ import annotations

from cmprules.comparing import _report as _report  # registers the reports
from cmprules.comparing._values import (
    Attribution,
    Cause,
    ChangedValue,
    DecisionChange,
    DecisionComparison,
    DecisionSide,
    FigureChange,
    PolicyComparison,
    PolicySide,
)

__all__ = [
    "Attribution",
    "Cause",
    "ChangedValue",
    "DecisionChange",
    "DecisionComparison",
    "DecisionSide",
    "FigureChange",
    "PolicyComparison",
    "PolicySide",
]
