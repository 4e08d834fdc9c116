"""The library against the second implementation, on records made at random, and what those records reach."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

import cmprules
from tests.core.reference.compare import by_the_library, differences
from tests.core.reference.coverage import Coverage, fee_row
from tests.core.reference.decision import BUCKETS, decide
from tests.core.reference.fees import STANDARD
from tests.core.reference.generation import generate
from tests.core.reference.months import ONE_DAY
from tests.core.reference.run import some
from tests.core.reference.tables import ALIASES, CODES, ERAS, GRADES, NEVER_ESTABLISHED, UNITS, VALUE

COUNT = 3000
"""`python -m tests.core.reference` compares as many more as there is time for."""

RECORD: dict[str, Any] = {
    "schema": "cmprules.record/1", "holder": {"id": "h"},
    "credentials": [{"id": "mls", "code": "CLS", "expires_on": "2026-05-31"}],
    "activities": [
        {"id": "all", "title": "A course", "kind": "formal_ce", "amount": 35, "completed_on": "2025-02-11",
         "areas": ["safety", "ethics", "blood_banking", "chemistry", "hematology", "microbiology"]},
        {"id": "paper", "title": "A paper", "kind": "journal_article", "amount": 1, "completed_on": "2025-02-11"},
    ],
}
"""One point short unless a claim is confirmed, and met then only if a course may be divided."""


CASES: dict[str, set[str]] = {
    "outcome": {str(outcome) for outcome in cmprules.Outcome},
    "standing": {str(standing) for standing in cmprules.Standing},
    "trust": set(GRADES),
    "bucket": set(BUCKETS),
    "kind": set(UNITS),
    "unit": set(VALUE),
    "former code": set(ALIASES),
    "cap hit": {"college_course", "covid_work"},
    "placement": {"whole", "divided"},
    "declaration": {"not_open", "open", "late", "expired", "none"},
    "uncertainty": {"UNDATED", "MONTH_OF_PREVIOUS_END", "KIND_UNCONFIRMED", "DIVIDED_ACTIVITY", "TABLE_AFTER_EXPIRY",
                    "TABLE_NOT_ESTABLISHED", "NOT_IN_FORCE"},
    "fee item": {"application", "reduced_application", "reinstatement"},
    "fee row": {f"{region}, {fee_row(day)}" for region in ("standard", "low_middle_income")
                for first, last, _ in STANDARD for day in (first, *([] if last == date.max else [last + ONE_DAY]))},
    "code": set(CODES) - set(NEVER_ESTABLISHED),
    "body": {"ASCP", "ASCPi"},
    "era": set(ERAS),
    "code without a table": set(NEVER_ESTABLISHED),
}
"""What the records must reach, class by class."""


def occurred(covered: Coverage) -> dict[str, set[str]]:
    """What the records did reach, the tables taken apart into code, body and era."""
    found = {name: set(cases) for name, cases in covered.items()}
    for part, name in enumerate(("code", "body", "era")):
        found[name] = {table.split()[part] for table in covered["table"]}
    found["code without a table"] = {table.split()[0] for table in covered["table not used"]} - found["code"]
    return found


def test_the_two_say_the_same_of_every_case() -> None:
    """No figure, word, question or fee differs in any record; and every case occurs, or nothing was shown of it.

    One test, so that the records are compared once, however the tests are shared out.
    """
    run = some("test", range(COUNT))
    assert run.compared == COUNT
    assert not run.different, run.different[0]
    found = occurred(run.covered)
    assert {name: cases - found[name] for name, cases in CASES.items() if cases - found[name]} == {}


def change(answer: dict[str, Any], path: Sequence[str | int], value: object) -> dict[str, Any]:
    """The answer with one thing changed."""
    changed = deepcopy(answer)
    at: Any = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return changed


@pytest.mark.parametrize("path", [
    ["on"], ["fees", "total"], ["fees", "currency"], ["fees", "lines", 0, "amount"], ["fees", "lines", 0, "item"],
    ["fees", "lines", 0, "grade"],
    *(["credentials", 0, *path] for path in (
        ["id"], ["code"], ["given_code"], ["body"], ["outcome"], ["standing"], ["grade"], ["cycle", "start"],
        ["cycle", "end"], ["total", "short"], ["total", "short_if_confirmed"], ["areas", 0, "grade"],
        ["areas", 0, "placed"], ["shortfalls", 0, "available"], ["placements", 0, "area"],
        ["placements", 0, "points"], ["activities", 0, "surplus"], ["declaration", "status"],
        ["needs", 0, "subject"], ["needs", 0, "code"])),
], ids=lambda path: ".".join(map(str, path)))
def test_a_difference_is_seen(path: list[str | int]) -> None:
    """One changed word or figure is one difference."""
    answer = decide(RECORD, date(2026, 3, 10))
    assert differences(answer, by_the_library(RECORD, date(2026, 3, 10), "inferred")) == []
    assert len(differences(answer, change(answer, path, "another"))) == 1


def test_only_the_comparison_imports_the_library() -> None:
    """The rules of the second implementation share nothing with the library."""
    importing = {path.name for path in Path(__file__).parent.glob("*.py")
                 if re.search(r"^\s*(import|from) cmprules", path.read_text(encoding="utf-8"), re.MULTILINE)}
    assert importing == {"compare.py", Path(__file__).name}


@pytest.mark.parametrize("number", [124, 11744])
def test_a_division_under_either_table_is_asked_about(number: int) -> None:
    """Records of an expired credential in which each of two tables hangs on another division: both are asked about."""
    record, on, trust = generate(Random(f"1/{number}"))
    assert differences(decide(record, on, trust), by_the_library(record, on, trust)) == []
