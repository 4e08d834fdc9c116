"""The golden reports on examinations."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import cmprules
from cmprules.exam import ExamRecord, exam_outlook, read_exam

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "exam"
ON = date(2026, 2, 9)
FORMATS = {"text": "txt", "markdown": "md", "html": "html"}


def _report(code: str, taken_on: str, score: int, **more: Any) -> dict[str, Any]:
    return {"code": code, "taken_on": taken_on, "score": score, **more}


HARD = ExamRecord(candidate="sample-candidate-3", reports=[
    _report("SBB", "2023-03-01", 380, route="2"),
    *(_report("SBB", day, 390, route="1") for day in ("2023-09-01", "2024-03-01", "2024-09-01", "2025-03-01")),
    _report("SBB", "2025-09-01", 399, notified_on="2025-09-05", areas=[
        {"name": "Blood group systems"}, {"name": "Serologic problems", "score": 350, "mean": "430.5"}]),
    _report("MT", "2003-05-20", 400),
    _report("CTGYN", "2026-01-30", 399, body="ASCPi", notified_on="2026-02-01"),
    _report("PBT", "2026-02-08", 398, areas=[
        {"name": "Specimen collection", "score": 420}, {"name": "Laboratory operations"}]),
    _report("QLS", "2025-08-31", 405),
])
"""No attempt left on a route, no route named, a pass without an end, a fee that is not known, areas without scores."""


def reports() -> dict[str, str]:
    """Render every golden report, by file name."""
    book = cmprules.load_book(edition="2026.1")
    found = {}
    for name in ("mls-failed", "pbt-passed"):
        outlook = exam_outlook(read_exam(EXAMPLES / f"{name}.json"), book, on=ON, hours_per_week=6)
        for form, ending in FORMATS.items() if name == "mls-failed" else (("text", "txt"),):
            found[f"{name}.{ending}"] = cmprules.render(outlook, form)
    found["hard.txt"] = cmprules.render(exam_outlook(HARD, book, on=ON, hours_per_week="2.5"))
    found["beyond.txt"] = cmprules.render(exam_outlook(read_exam(EXAMPLES / "pbt-passed.json"), book,
                                                       on=date(2027, 1, 1)))
    return found

