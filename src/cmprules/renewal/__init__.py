"""Renewing credentials: on time, late, and several together.

    from cmprules.renewal import renew, reinstate, synchronize

    renewal = renew(credential, book, on=date(2026, 5, 4))
    print(cmprules.render(renewal, "text"))

Every answer names its rules and their sources, and what is not established.
This package uses the answers of `cmprules.decide`, which decides whether the points are sufficient.
"""

from __future__ import annotations

from cmprules.renewal import _report as _report
from cmprules.renewal._inactive import inactive
from cmprules.renewal._reinstating import reinstate
from cmprules.renewal._renewing import renew
from cmprules.renewal._renewing_values import (
    Badge,
    InactiveStatus,
    MovedDay,
    Reinstatement,
    Renewal,
    Stopping,
    TableAsked,
)
from cmprules.renewal._shared_values import Requirements, Rule
from cmprules.renewal._stacking import stacked
from cmprules.renewal._stacking_values import (
    AreaExtent,
    Choice,
    Extent,
    LetGo,
    StackedChoices,
    StackedGroup,
    UnclearStack,
)
from cmprules.renewal._stopping import stop_taking_part
from cmprules.renewal._synchronizing import synchronize
from cmprules.renewal._synchronizing_values import (
    CostPerYear,
    Round,
    Saving,
    Submission,
    Synchronization,
    SynchronizedCredential,
)

__all__ = [
    "AreaExtent",
    "Badge",
    "Choice",
    "CostPerYear",
    "Extent",
    "InactiveStatus",
    "LetGo",
    "MovedDay",
    "Reinstatement",
    "Renewal",
    "Requirements",
    "Round",
    "Rule",
    "Saving",
    "StackedChoices",
    "StackedGroup",
    "Stopping",
    "Submission",
    "Synchronization",
    "SynchronizedCredential",
    "TableAsked",
    "UnclearStack",
    "inactive",
    "reinstate",
    "renew",
    "stacked",
    "stop_taking_part",
    "synchronize",
]
