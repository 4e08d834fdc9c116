"""How far a holder has come, what to do next, and what changed since the last time."""

from __future__ import annotations

from cmprules.tracking import _report  # whoever has a tracking has its report
from cmprules.tracking._changes import changes
from cmprules.tracking._track import track
from cmprules.tracking._values import (
    AreaProgress,
    Change,
    Changes,
    CredentialTracking,
    Credit,
    NextStep,
    Tracking,
    WaitingCredit,
)

__all__ = [
    "AreaProgress",
    "Change",
    "Changes",
    "CredentialTracking",
    "Credit",
    "NextStep",
    "Tracking",
    "WaitingCredit",
    "changes",
    "track",
]

del _report
