"""Compares the library with the second implementation on random records, and checks what those records reach."""

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
from tests.core.reference.answers import CLUSTER_CODES
from tests.core.reference.compare import by_the_library, differences
from tests.core.reference.coverage import Coverage, fee_row
from tests.core.reference.decision import BUCKETS, cases, decide
from tests.core.reference.enriching import ANSWERABLE, draw
from tests.core.reference.fees import STANDARD
from tests.core.reference.generation import generate
from tests.core.reference.months import ONE_DAY
from tests.core.reference.placing import Item, Part, closers, mandatory_shortfall
from tests.core.reference.run import Run, some
from tests.core.reference.smaller import smaller
from tests.core.reference.soundness import failing
from tests.core.reference.tables import ALIASES, CODES, ERAS, GRADES, NEVER_ESTABLISHED, RULES, UNITS, VALUE, table_for
from tests.examples import scaled

COUNT = {"2026.1": 3000, "2026.2": 1500}
"""`python -m tests.core.reference` compares as many more as you want."""

RECORD: dict[str, Any] = {
    "schema": "cmprules.record/1", "holder": {"id": "h"},
    "credentials": [{"id": "mls", "code": "CLS", "expires_on": "2026-05-31"}],
    "activities": [
        {"id": "all", "title": "A course", "kind": "formal_ce", "amount": 35, "completed_on": "2025-02-11",
         "areas": ["safety", "ethics", "blood_banking", "chemistry", "hematology", "microbiology"]},
        {"id": "paper", "title": "A paper", "kind": "journal_article", "amount": 1, "completed_on": "2025-02-11"},
    ],
}
"""One point short unless a claim is confirmed, and even then met only if a course may be divided."""


FIRST: dict[str, set[str]] = {
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
    "closer": {"of 1", "of 2", "of 3"},
    "fee item": {"application", "reduced_application", "reinstatement"},
    "fee row": {f"{region}, {fee_row(day)}" for region in ("standard", "low_middle_income")
                for first, last, _ in STANDARD for day in (first, *([] if last == date.max else [last + ONE_DAY]))},
    "code": set(CODES) - set(NEVER_ESTABLISHED),
    "body": {"ASCP", "ASCPi"},
    "era": set(ERAS),
    "code without a table": set(NEVER_ESTABLISHED),
}
"""What the records of the first edition must reach, class by class."""

MIXED = {"of 2", "of 3", "of 4", "capped and other kinds", "several kinds", "certificates that agree",
         "certificates that differ", "over the end of a month", "over the end of a cycle", "with a session"}
SECOND: dict[str, set[str]] = {
    "outcome": FIRST["outcome"], "standing": FIRST["standing"], "bucket": FIRST["bucket"],
    "cap hit": FIRST["cap hit"], "placement": FIRST["placement"], "trust": FIRST["trust"],
    "grade": {*GRADES[3:], "user", "None"},
    "uncertainty": {*FIRST["uncertainty"], *CLUSTER_CODES, "AREA_PROPOSED", "END_OF_MONTH", "UNIT_UNCONFIRMED",
                    "FORMER_CODE_LATE"},
    "finding": {"AMOUNT_UNUSUAL", "FEE_OPEN"},
    "pair": {f"{pair}{by}" for pair in ("the same", "alike", "repeated") for by in ("", ", settled by a row")},
    "cluster": MIXED,
    "chain of clusters": MIXED,
    "answer": {"not needed", *(f"{code} {answer}{others}" for code in CLUSTER_CODES for answer in ("yes", "no")
                               for others in ("", " with others")),
               *(f"{code} {answer}" for code in (*ANSWERABLE, "TABLE_AFTER_EXPIRY", "FORMER_CODE_LATE")
                 for answer in ("yes", "no"))},
    "row of a user": {"rule/duplicates", "rule/alike", "rule/repeated", "rule/repeated/formal_ce",
                      "rule/repeated/in_service"},
    "written": {"session", "certified", "proposed_areas", "a bracket", "a bracket with a digit", "no provider",
                "a code as people write it"},
    "end": {"within its month"},
    "former code given": {"in time", "late"},
    "placement of the holder": {"on a member", "elsewhere"},
    "by the first edition and by this": {"MET and NEEDS_REVIEW", "NOT_MET and NEEDS_REVIEW"},
    "closer": {"of 1", "of 2", "of 3"},
}
"""The same for those of the second."""
CASES = {"2026.1": FIRST, "2026.2": SECOND}


def occurred(covered: Coverage) -> dict[str, set[str]]:
    """Return what the records reached, with tables split into code, body and era."""
    found = {name: set(cases) for name, cases in covered.items()}
    for part, name in enumerate(("code", "body", "era")):
        found[name] = {table.split()[part] for table in covered["table"]}
    found["code without a table"] = {table.split()[0] for table in covered["table not used"]} - found["code"]
    return found


def compared(count: int, edition: str) -> Run:
    """Compare the first of the random records, and find no difference."""
    run = some("test", range(count), edition)
    assert run.compared == count
    assert not run.different, run.different[0]
    return run


@pytest.mark.parametrize("edition", sorted(COUNT))
def test_the_two_say_the_same_of_the_first_records(edition: str) -> None:
    """Compares as many as a quick run has time for."""
    assert compared(COUNT[edition] // 10, edition).covered["outcome"]


@pytest.mark.slow
@pytest.mark.parametrize("edition", sorted(COUNT))
def test_the_two_say_the_same_of_every_case(edition: str) -> None:
    """No figure, word, question or fee differs in any record, and every case occurs in them.

    This is one test, so that the records are compared only once, however tests are distributed.
    """
    run = compared(COUNT[edition], edition)
    found = occurred(run.covered)
    missing = {name: cases - found.get(name, set()) for name, cases in CASES[edition].items()}
    assert {name: cases for name, cases in missing.items() if cases} == {}


def change(answer: dict[str, Any], path: Sequence[str | int], value: object) -> dict[str, Any]:
    """Return the answer with one thing changed."""
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
    library = by_the_library(RECORD, date(2026, 3, 10), "inferred")
    assert differences(answer, library) == []
    assert len(differences(answer, change(library, path, "another"))) == 1


def test_only_the_comparison_imports_the_library() -> None:
    """The rules of the second implementation share nothing with the library."""
    importing = {path.name for path in Path(__file__).parent.glob("*.py")
                 if re.search(r"^\s*(import|from) cmprules", path.read_text(encoding="utf-8"), re.MULTILINE)}
    assert importing == {"__main__.py", "compare.py", Path(__file__).name}


@pytest.mark.parametrize("number", [124, 11744])
def test_a_division_under_either_table_is_asked_about(number: int) -> None:
    """Two tables of an expired credential need different divisions: both are asked about."""
    record, on, trust = generate(Random(f"1/{number}"))
    assert differences(decide(record, on, trust), by_the_library(record, on, trust)) == []


def test_what_is_met_stays_met_however_the_doubts_fall() -> None:
    """Any entry of each group may be the real one: all ways are tried where few, drawn where many."""
    met = 0
    for number in range(scaled(400)):
        rng = Random(f"sound/{number}")
        record, on, trust, user = draw(rng, "2026.2")
        for case in cases(record, on, trust, "2026.2", user):
            if case.readings is not None and case.readings.outcome == "MET":
                met += 1
                assert failing(case, rng) is None, (number, case.credential.id)
    assert met > min(scaled(30), 30)


def test_a_way_in_which_it_fails_is_found() -> None:
    """A course in two entries is met only if they are two, as a user's row may say."""
    half = {"title": "A course", "kind": "formal_ce", "amount": "4.5", "completed_on": "2025-02-11",
            "certified": {"safety": "1", "ethics": "1", "phlebotomy": "2"}}
    record = {**RECORD, "credentials": [{"id": "pbt", "code": "PBT", "expires_on": "2026-05-31"}],
              "activities": [{"id": "one", **half}, {"id": "two", **half}]}
    rows = [("rule/duplicates", "each"), ("rule/alike", "each")]
    case, = cases(record, date(2026, 3, 10), "inferred", "2026.2", rows)
    assert case.readings is not None
    assert case.readings.outcome == "MET"
    assert failing(case, Random(1)) is None
    doubtful, = cases(record, date(2026, 3, 10), "inferred", "2026.2")
    case.asked = doubtful.asked
    assert failing(case, Random(1)) is not None


def test_a_record_is_made_smaller() -> None:
    """Everything not needed for a difference is removed, with whatever names it."""
    record = {**RECORD, "placements": [{"credential": "mls", "activity": "paper", "area": "pool", "points": "1"}],
              "settled": [{"code": "UNDATED", "subjects": ["paper", "all"], "answer": "yes", "others": ["all"]}]}
    found = smaller(record, lambda one: any(activity["id"] == "all" and "safety" in activity["areas"]
                                            for activity in one["activities"] if "areas" in activity))
    assert [(one["id"], one["areas"]) for one in found["activities"]] == [("all", ["safety"])]
    assert "placements" not in found
    assert "settled" not in found


@pytest.mark.parametrize("number", range(60))
def test_points_that_satisfy_all_closers_close_the_shortfall_and_no_others_do(number: int) -> None:
    """New points, each in one area, against all sets of areas: with caps, certified parts and small tables."""
    rng = Random(f"closers/{number}")
    table = table_for(rng.choice(["PBT", "MLS", "PA", "QIHC", "HT"]), "ASCP", date(2026, 5, 31), "inferred",
                      RULES["2026.2"])
    assert table is not None
    names = list(table.needs)
    items = [some_item(rng, str(n), names) for n in range(rng.randint(0, 6))]
    asked = closers(items, table)
    assert bool(asked) == (mandatory_shortfall(items, table) is not None)
    for _ in range(40):
        new = {area: rng.choice([0, 0, 50, 100, 150, 200, 300, 1000, 2000]) for area in names}
        if asked and rng.random() < .7:  # just enough, or one hundredth less
            new = just_enough(rng, asked, names)
        added = [Item(f"new {area}", ((1, ""), area), "formal_ce", (Part(points, (area,)),), tuple(names))
                 for area, points in new.items()]
        satisfied = all(sum(new[area] for area in areas) >= points for areas, points in asked)
        assert satisfied == (mandatory_shortfall([*items, *added], table) is None)


def some_item(rng: Random, name: str, areas: list[str]) -> Item:
    """Draw an activity of any kind, in one part or two, that serves some areas."""
    parts = [Part(rng.choice([50, 100, 150, 400, 1500]), tuple(a for a in areas if rng.random() < .35))
             for _ in range(rng.choice([1, 1, 2]))]
    return Item(name, ((1, ""), name), rng.choice(["formal_ce", "formal_ce", "college_course"]), tuple(parts),
                tuple(areas))


def just_enough(rng: Random, asked: list[tuple[tuple[str, ...], int]], areas: list[str]) -> dict[str, int]:
    """Draw points that satisfy all closers exactly, smaller sets first, perhaps one hundredth less in one."""
    new = dict.fromkeys(areas, 0)
    for names, points in asked:
        new[rng.choice(names)] += max(0, points - sum(new[area] for area in names))
    if rng.random() < .5:
        area = rng.choice(areas)
        new[area] = max(0, new[area] - 1)
    return new
