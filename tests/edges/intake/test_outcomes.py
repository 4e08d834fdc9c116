"""The samples give the outcomes that were written down before any reader existed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules.intake import Intake, IntakeMapping, Line, intake
from cmprules.intake._pdf import read_pdf
from cmprules.intake._rows import Row

FILES = Path(__file__).parent / "files"
EXPECTED = {path.name.removesuffix(".expected.json"): json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(FILES.glob("*.expected.json"))}
RUNS = [pytest.param(run, id=f"{name}-{number}", marks=pytest.mark.slow if name.endswith("pdf") and number > 1 else ())
        for name, expected in EXPECTED.items()
        for number, run in enumerate(expected.get("runs", ()), 1)]
BOOK = cmprules.load_book()


def took(options: dict[str, Any]) -> Intake:
    """Read files with the options of an expected outcome."""
    said = {key: options[key] for key in ("dates", "place", "unit") if options.get(key) is not None}
    return intake([FILES / name for name in options["files"]], BOOK, holder=options["holder"],
                  credentials=options["credentials"], mapping=IntakeMapping(**said))


def place_of(at: dict[str, Any]) -> str:
    """Write a place as the reader does, if it consists only of numbers."""
    parts = [f"sheet '{at['sheet']}'"] if "sheet" in at else []
    parts += [f"table {at['table']}"] if "table" in at else []
    return ", ".join([*parts, f"row {at['row']}"])


@cache
def rows_of_pdf(file: str) -> Sequence[Row]:
    """Read the rows of a PDF once for all expected places in it."""
    (table,) = read_pdf((FILES / file).read_bytes()).tables
    return table.rows


def places_in_pdf(file: str, page: int, text: str) -> list[str]:
    """List the rows of a page that contain a text."""
    return [f"{row.page}, row {row.number}" for row in rows_of_pdf(file)
            if row.page == f"page {page}" and text.replace(" ", "") in "".join(map(str, row.cells)).replace(" ", "")]


def line_at(file: str, at: dict[str, Any], lines: list[Line]) -> Line | None:
    """Find the line of a row or element."""
    if "path" in at:
        number = re.findall(r"\[(\d+)\]", at["path"])
        wanted = int(number[0]) + 1 if number else 1
        return next((line for line in lines if line.place.split()[-1] == str(wanted)), None)
    if "text" in at:
        return next((line for line in lines if line.place in places_in_pdf(file, at["page"], at["text"])), None)
    wanted_place = place_of(at)
    return next((line for line in lines if line.place == wanted_place or (
        "sheet" not in at and line.place.startswith("sheet ") and line.place.endswith(f", {wanted_place}"))), None)


def fits(fate: str | list[str], status: str) -> bool:
    """Return whether a line has its expected outcome."""
    fates = [fate] if isinstance(fate, str) else fate
    return status in fates or (status == "mapped" and "read" in fates)


def unshown(row: dict[str, Any], line: Line) -> list[Any]:
    """List the changed values whose old value is not shown."""
    return [pair for pair in row.get("changed", ())
            if not any(shows(change.was, str(pair[0])) and shows(change.now, str(pair[1])) for change in line.changes)]


def shows(shown: str, value: str) -> bool:
    """Return whether a text shows a value, or a part of it."""
    return value in shown or shown in value


def differences(run: dict[str, Any], found: Intake) -> list[str]:
    """List the differences from the expected outcome."""
    wrong: list[str] = []
    lines = [line for line in found.lines if line.file == 0]
    for row in run["rows"]:
        line = line_at(run["options"]["files"][0], row["at"], lines)
        if line is None:
            if not row.get("optional"):
                wrong.append(f"no line at {row['at']}")
        elif not fits(row["fate"], line.status) or unshown(row, line):
            wrong.append(f"{row['at']}: {line.status} instead of {row['fate']} ({row.get('why')}): {line}")
    activities = {} if found.record is None else {one.id: one for one in found.record.activities}
    for expected in run["activities"]:
        line = line_at(run["options"]["files"][0], expected["at"], lines)
        if line is None or line.activity not in activities:
            wrong.append(f"nothing came in from {expected['at']}: {line}")
        else:
            wrong += [f"{expected['at']}: {text}" for text in unlike(expected, activities[line.activity])]
    brought = sum(line.activity is not None for line in lines)
    if brought != len(run["activities"]) and found.record is not None:
        wrong.append(f"{brought} activities instead of {len(run['activities'])}")
    return wrong


def unlike(expected: dict[str, Any], activity: cmprules.Activity) -> list[str]:
    """List the keys of an activity with unexpected values."""
    plain = cmprules.to_mapping(activity)
    wrong = [f"{key}: {plain.get(key)!r} instead of {expected[key]!r}"
             for key in ("title", "provider", "completed_on", "kind", "unit") if plain.get(key) != expected[key]]
    if Decimal(plain["amount"]) != Decimal(str(expected["amount"])):
        wrong.append(f"amount: {plain['amount']} instead of {expected['amount']}")
    wrong += [f"{key}: {plain.get(key)} instead of {expected[key]}" for key in ("areas", "proposed_areas")
              if (key in plain or hasattr(activity, key)) and set(plain.get(key, ())) != set(expected[key])]
    return wrong


@pytest.mark.parametrize("run", RUNS)
def test_a_sample_comes_out_as_it_should(run: dict[str, Any]) -> None:
    """Every row has its fate, and every activity its values."""
    found = took(run["options"])
    exits = run["exit"] if isinstance(run["exit"], list) else [run["exit"]]

    assert not differences(run, found)
    assert (0 if found.record is not None else 3) in exits
    if "credentials" in run and found.record is not None:
        held = [(one.code, str(one.expires_on)) for one in found.record.credentials]
        assert held == [(one["code"], one["expires_on"]) for one in run["credentials"]]


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "refused" in expected])
def test_a_file_that_is_not_read_is_refused_by_its_kind(name: str) -> None:
    """No record is made, and the message names the kind of file."""
    found = intake(FILES / name, BOOK, holder="h-1", credentials=["MLS(ASCP) 2026-05-31"])
    said = " ".join(remark.text for line in found.lines for remark in line.remarks).casefold()

    assert found.record is None
    assert {line.status for line in found.lines} == {"refused"}
    assert any(word.casefold() in said for word in EXPECTED[name]["refused"]["message_has_one_of"])
