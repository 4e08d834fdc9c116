"""Conformance vectors: cases with the answers that every implementation of these rules gives, and their runner.

    python -m cmprules.conformance                               # this library
    python -m cmprules.conformance --command "node port.js"      # another implementation, in any language

From Python, `run` sends the cases to any callable.
"""

from __future__ import annotations

from cmprules.conformance._answer import answer, answer_lines
from cmprules.conformance._compare import Difference, comparable
from cmprules.conformance._runner import Failure, Report, run
from cmprules.conformance._thresholds import Threshold, thresholds
from cmprules.conformance._vectors import Vector, vectors

__all__ = [
    "Difference",
    "Failure",
    "Report",
    "Threshold",
    "Vector",
    "answer",
    "answer_lines",
    "comparable",
    "run",
    "thresholds",
    "vectors",
]
