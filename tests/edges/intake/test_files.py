"""The samples match their descriptions, and their expected outcomes are valid records; no reader runs here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cmprules
from tests.edges.intake import damage

FILES = Path(__file__).parent / "files"
EXPECTED = {path.name.removesuffix(".expected.json"): json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(FILES.glob("*.expected.json"))}
FATES = {"read", "mapped", "doubtful", "set_aside", "refused"}
RUNS = [pytest.param(name, run, id=f"{name}-{number}") for name, expected in EXPECTED.items()
        for number, run in enumerate(expected.get("runs", ()), 1)]
TABLES = [name for name in EXPECTED if name.endswith(".csv") and "runs" in EXPECTED[name]]


def _fates(line: dict[str, Any]) -> set[str]:
    return {line["fate"]} if isinstance(line["fate"], str) else set(line["fate"])


def _rows(content: bytes) -> list[list[str]]:
    """Read separated text with the separator that splits its fullest line into the most cells."""
    text = content.decode(damage.encoding_of(content))
    return max((list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)) for mark in ",;\t|"),
               key=lambda rows: max(map(len, rows)))


def test_every_file_has_its_expected_outcome_and_the_folder_is_small() -> None:
    """Files come in pairs, and all of them together stay under 600 kB."""
    files = {path.name for path in FILES.iterdir()} - {"README.md"}

    assert files == set(EXPECTED) | {f"{name}.expected.json" for name in EXPECTED}
    assert all(expected["file"] == name for name, expected in EXPECTED.items())
    assert sum(path.stat().st_size for path in FILES.iterdir()) < 600_000


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_what_has_to_come_out_is_a_record(name: str, run: dict[str, Any]) -> None:
    """Days, amounts, kinds, units and areas of the expected activities are valid in a record."""
    activities = [{"id": f"a{number}", **{key: activity[key] for key in ("title", "kind", "amount", "unit")},
                   "areas": [*activity["areas"], *activity["proposed_areas"]],
                   **{key: activity[key] for key in ("provider", "completed_on") if activity[key] is not None}}
                  for number, activity in enumerate(run["activities"], 1)]
    credential = {"id": "c", "code": "MLS", "expires_on": "2026-05-31"}
    record = cmprules.parse_record({"schema": "cmprules.record/1", "holder": {"id": run["options"]["holder"]},
                                    "credentials": [credential], "activities": activities})

    assert [activity.title for activity in record.activities] == [activity["title"] for activity in run["activities"]]
    assert run["options"]["files"][0] == name


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_every_line_has_a_fate_and_agrees_with_the_activities(name: str, run: dict[str, Any]) -> None:
    """Rows set aside or refused bring nothing; read or mapped ones have their day; reasons are named."""
    brought = {json.dumps(activity["at"]): activity for activity in run["activities"]}

    for line in run["rows"]:
        activity = brought.pop(json.dumps(line["at"]), None)
        assert _fates(line) <= FATES, line
        assert line.get("why") or _fates(line) <= {"read", "mapped"}, line
        if activity is not None:
            assert (activity["completed_on"] is None) == (line["fate"] == "doubtful"), line
            assert date.fromisoformat(activity["completed_on"] or "2024-01-01") < date(2026, 6, 1), line
        else:
            assert _fates(line) <= {"set_aside", "refused"} or line["why"] == "a credential", line
    assert not brought, name


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_separated_file_has_its_line(name: str) -> None:
    """Rows are numbered as in a spreadsheet: blank ones count, and a two-line cell is one row."""
    rows = _rows((FILES / name).read_bytes())

    for run in EXPECTED[name]["runs"]:
        assert [line["at"] for line in run["rows"]] == [{"row": number} for number in range(1, len(rows) + 1)]
        for activity in run["activities"]:
            assert activity["title"] in [cell.replace("\n", " ") for cell in rows[activity["at"]["row"] - 1]]


def test_twenty_kinds_of_source_have_three_forms_each() -> None:
    """Checks the styles of sources, and how many forms each has."""
    forms: dict[str, int] = {}
    for name in EXPECTED:
        stem = name.split(".")[0]
        if stem[-2:] in {"-a", "-b", "-c"}:
            forms[stem[:-2]] = forms.get(stem[:-2], 0) + 1

    assert len(forms) == 20
    assert set(forms.values()) == {3}


@pytest.mark.parametrize("harm", [damage.cut_off, damage.bytes_changed, damage.other_encoding, damage.encoded_twice,
                                  damage.lines_dropped, damage.lines_doubled, damage.lines_shuffled,
                                  damage.dates_mixed, damage.columns_moved, damage.cells_shifted,
                                  damage.cell_emptied])
def test_damage_is_drawn_from_its_seed_and_is_damage(harm: Callable[[bytes, int], bytes]) -> None:
    """Equal seeds give equal bytes, and twenty seeds give several kinds of damage."""
    content = (FILES / "northlight-a.csv").read_bytes()
    drawn = [harm(content, seed) for seed in range(20)]

    assert drawn == [harm(content, seed) for seed in range(20)]
    assert len(set(drawn)) > 1
    assert any(made != content for made in drawn)


def test_damage_does_what_its_name_says() -> None:
    """Counts lines, cells and days after the damage."""
    content = (FILES / "northlight-a.csv").read_bytes()
    rows = _rows(content)

    for seed in range(10):
        assert content.startswith(damage.cut_off(content, seed))
        assert len(_rows(damage.lines_dropped(content, seed))) in range(len(rows) - 3, len(rows))
        assert len(_rows(damage.lines_doubled(content, seed))) in range(len(rows) + 1, len(rows) + 4)
        assert sorted(_rows(damage.lines_shuffled(content, seed))) == sorted(rows)
        assert [sorted(row) for row in _rows(damage.columns_moved(content, seed))] == [sorted(row) for row in rows]
        mixed = damage.dates_mixed(content, seed).decode()
        assert "05/05/2024" in mixed
        assert ("03/14/2024" in mixed) != ("14/03/2024" in mixed)
        shifted = _rows(damage.cells_shifted(content, seed))
        assert sum(row != old for row, old in zip(shifted, rows, strict=True)) <= 1
        emptied = _rows(damage.cell_emptied(content, seed))
        assert sum(cell != old for row, kept in zip(emptied, rows, strict=True)
                   for cell, old in zip(row, kept, strict=True)) == 1


def test_a_dropped_key_is_one_key() -> None:
    """A JSON file without one of its keys is still JSON."""
    content = (FILES / "xapi-a.json").read_bytes()

    for seed in range(10):
        kept = damage.key_dropped(content, seed)
        assert json.loads(kept) != json.loads(content)
        assert kept.count(b'":') < content.count(b'":')
