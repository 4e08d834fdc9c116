"""Parts of answers, for annotations: what a decision, a placement or a policy holds.

    from cmprules.parts import Figure

    def in_words(figure: Figure) -> str:
        return f"{figure.value} points, {figure.citation.grade}"

Nothing here is made by hand; these values come inside of others.
The parts of any other answer are in the public module of that answer, such as `cmprules.renewal`.
"""

from __future__ import annotations

from cmprules._kit.shapes import FrozenMap
from cmprules._policy.book import (
    AreaFigure,
    CapFigure,
    Cell,
    CountingRules,
    ExamFeeRow,
    FeeRow,
    Figure,
    IdentityRules,
    KindRule,
    Limit,
    PassRateRow,
    PointsRow,
    ProcessFigure,
    ProofRule,
    Statement,
    TransitionRow,
)
from cmprules._policy.clauses import Clause
from cmprules._rules.results import (
    ActivityResult,
    AreaResult,
    DecidedHolder,
    Declaration,
    FeeLine,
    Need,
    PlacedPoints,
    Stamp,
    Total,
)

__all__ = [
    "ActivityResult",
    "AreaFigure",
    "AreaResult",
    "CapFigure",
    "Cell",
    "Clause",
    "CountingRules",
    "DecidedHolder",
    "Declaration",
    "ExamFeeRow",
    "FeeLine",
    "FeeRow",
    "Figure",
    "FrozenMap",
    "IdentityRules",
    "KindRule",
    "Limit",
    "Need",
    "PassRateRow",
    "PlacedPoints",
    "PointsRow",
    "ProcessFigure",
    "ProofRule",
    "Stamp",
    "Statement",
    "Total",
    "TransitionRow",
]
