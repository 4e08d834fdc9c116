"""The worked cases of the tests as vectors: a person, a day, and what follows, explained in the case files."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.vectors.records import ON, Case, Plain, decide

import cmprules

CASES = Path(__file__).resolve().parents[2] / "tests" / "core" / "cases"
TESTS: dict[str, Any] = runpy.run_path(str(CASES / "test_cases.py"))


def cases() -> Iterator[Case]:
    """Return the cases of `tests/core/cases`: decisions, windows and groups of fees."""
    for case in TESTS["CASES"]["case"]:
        yield f"worked/{slug(case['name'])}", decide(_record(case), case["on"], case.get("trust", "inferred"))
    for window in TESTS["WINDOWS"]:
        for line in window["days"]:
            on = line.split()[0]
            of = _record({"credentials": [window["credential"]]})
            yield f"window/worked/{slug(window['name'])}/{on}", decide(of, on)
    for group in TESTS["FEES"]["group"]:
        if group["credentials"]:
            yield f"fees/groups/{slug(group['name'])}", decide(_record(group), group.get("on", ON))


def _record(case: Plain) -> Plain:
    return cmprules.to_mapping(TESTS["_record"](case))


def slug(name: str) -> str:
    """Turn a name into an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
