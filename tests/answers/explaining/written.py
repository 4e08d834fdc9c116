"""Explanations, reviews of placements and slack of some records, in outline: every field, a line for each step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import cmprules
from cmprules._kit.points import decimal_text
from cmprules.explaining import ExplanationStep, review_placement, slack

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ON = date(2026, 3, 10)
NAMES = ("mls-nearly-there.json", "ht-expired.json", "needs-division.toml", "mla.json")


def _activity(id: str, amount: str, day: str | None, **more: Any) -> dict[str, Any]:
    return {"id": id, "title": f"Course {id}", "kind": "formal_ce", "amount": amount, "completed_on": day, **more}


DOUBTFUL: dict[str, Any] = {
    "schema": "cmprules.record/1", "holder": {"id": "h"},
    "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    "activities": [
        _activity("a", "1", "2025-02-01", title="Sharps", areas=["safety"]),
        _activity("b", "1", "2025-02-01", title="Sharps (online)", areas=["ethics"]),
        _activity("c", "1", "2025-02-02", title="Sharps", areas=["ethics"]),
        _activity("d", "2", "2024-02-01", title="Order of draw", areas=["phlebotomy"]),
        _activity("e", "2", "2025-02-01", title="Order of draw", areas=["phlebotomy"]),
        _activity("f", "6", "2024-03-01", kind="college_course", unit="point", areas=["phlebotomy"]),
        _activity("g", "1", "2023-05-20"), _activity("i", "1", None), _activity("j", "1", "2022-01-01"),
        _activity("k", "2", "2025-03-01", kind="presentation", unit="point", proposed_areas=["ethics"]),
        _activity("l", "3", "2025-04-01", certified={"safety": "1", "ethics": "1"}),
        _activity("m", "1", "2025-05-01", proposed_areas=["ethics"])],
    "placements": [{"credential": "pbt", "activity": name, "area": area, "points": points} for name, area, points in (
        ("b", "safety", "1"), ("d", "phlebotomy", "2"), ("f", "pool", "4"), ("g", "pool", "1"), ("k", "ethics", "1"))],
    "settled": [{"code": "DUPLICATE", "subjects": ["b"], "answer": "no", "others": ["a"]},
                {"code": "AREA_PROPOSED", "subjects": ["m"], "answer": "yes"}],
}
"""Entries that may be one, one of them answered, courses over a cap, days in doubt, and proposed areas."""

PANDEMIC: dict[str, Any] = {
    "schema": "cmprules.record/1", "holder": {"id": "h"},
    "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2025-05-31"}],
    "activities": [
        _activity("a", "2", "2022-12-01", areas=["safety"]),
        _activity("b", "2", "2022-12-01", areas=["ethics", "safety"]),
        _activity("c", "3", "2022-12-02", areas=["phlebotomy"]),
        _activity("v", "14", "2022-12-03", kind="covid_work", areas=["safety"]),
        _activity("w", "3", "2022-12-04", areas=["ethics"])],
    "placements": [{"credential": "pbt", "activity": "b", "area": area, "points": "1"}
                   for area in ("ethics", "safety")],
}
"""Pandemic work, which fills the pool alone and more than its cap; points to spare."""

CAPPED: dict[str, Any] = {
    "schema": "cmprules.record/1", "holder": {"id": "h"},
    "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
    "activities": [_activity("a", "8", "2025-02-01", kind="college_course", unit="point", areas=["phlebotomy"]),
                   _activity("b", "1", "2025-02-02", areas=["safety"])],
}
"""Too few points, most of them over a cap."""


def reports() -> dict[str, str]:
    """Write all of them, each in a file."""
    older, newest = (cmprules.load_book(edition=name) for name in ("2026.1", "2026.2"))
    cases = [(Path(name).stem, cmprules.read_record(EXAMPLES / name), older, ON) for name in NAMES]
    cases += [("doubtful", cmprules.parse_record(DOUBTFUL), newest, ON),
              ("capped", cmprules.parse_record(CAPPED), newest, ON),
              ("pandemic", cmprules.parse_record(PANDEMIC), newest, date(2025, 3, 10))]
    found = {}
    for name, record, book, on in cases:
        decision = cmprules.decide(record, book, on=on)
        found[f"{name}.txt"] = _explained(cmprules.explain(decision, record=record, book=book))
        found[f"{name}-placement.txt"] = _plainly(review_placement(record, book, on=on))
        found[f"{name}-slack.txt"] = _plainly(slack(record, book, on=on))
    return found


def _explained(explanation: cmprules.Explanation) -> str:
    steps = [part.step for part in explanation.credentials] + ([explanation.fees] if explanation.fees else [])
    lines = [line for step in steps for line in _outline(step, "")]
    return "\n".join([*lines, f"sources: {', '.join(explanation.sources)}", explanation.notice, ""])


def _outline(step: ExplanationStep, indent: str) -> Iterator[str]:
    """Write a step and all below it."""
    said = {
        "holds": step.holds, **{name: decimal_text(amount) for name, amount in step.numbers.items()},
        **{name: day.isoformat() for name, day in step.days.items()},
        "compared": step.compared and f"{step.compared.left} {step.compared.relation} {step.compared.right}",
        "rule": step.rule, "clause": step.clause and f"{step.clause[:20]}...",
        "cited": ", ".join(f"{one.source} ({one.grade})" for one in step.citations) or None}
    parts = [f"{name}: {value}" for name, value in said.items() if value is not None]
    yield f"{indent}{step.code} {step.subject}; {'; '.join(parts)}".rstrip("; ")
    for child in step.children:
        yield from _outline(child, f"{indent}  ")


def _plainly(answer: Any) -> str:
    """Write each field of the answer for each credential on a line, in JSON."""
    plain = cmprules.to_mapping(answer)
    lines = [f"{one['id']} {name}: {json.dumps(value)}" for one in plain["credentials"] for name, value in one.items()]
    return "\n".join([*lines, f"sources: {', '.join(plain['sources'])}", plain["notice"], ""])
