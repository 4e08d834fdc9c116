"""The makers of all golden files, by folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.answers.exam import written as exam
from tests.answers.explaining import written as explaining
from tests.answers.participation import written as participation
from tests.answers.planning import written as planning
from tests.answers.renewal import written as renewal
from tests.answers.timelines import written as timelines
from tests.answers.tracking import written as tracking
from tests.core.cases import findings
from tests.promises.golden import examples, faults
from tests.promises.golden.files import text_of

Texts = Mapping[str, str]

REPORTS: dict[str, Callable[[], Texts]] = {
    "examples": examples.of_records,
    "exam": exam.reports,
    "explaining": explaining.reports,
    "participation": participation.reports,
    "planning": planning.reports,
    "populations": examples.of_populations,
    "renewal": renewal.reports,
    "timelines": timelines.reports,
    "tracking": tracking.reports,
}
"""Whole reports."""


def _faults() -> Texts:
    return {f"{kind}.txt": text_of({name: say() for name, say in make().items()})
            for kind, make in faults.KINDS_OF_INPUT.items()}


def _findings() -> Texts:
    return {"cases.txt": text_of({name: say() for name, say in findings.TOLD.items()})}


MAKERS: dict[str, Callable[[], Texts]] = {**REPORTS, "faults": _faults, "findings": _findings}
"""Reports, messages on bad input, and findings on worked cases; the last two have one test for each case."""
