"""The parts of `cmprules.track` and `cmprules.changes`: progress, credits, steps."""

from __future__ import annotations

from cmprules.tracking import _report as _report  # registers the reports
from cmprules.tracking._values import AreaProgress, Credit, WaitingCredit

__all__ = ["AreaProgress", "Credit", "WaitingCredit"]
