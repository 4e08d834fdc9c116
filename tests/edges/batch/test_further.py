"""Own placements, areas and placements of a population equal those of `decide`, holder by holder."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.batch import decide_table
from cmprules.testing import cases
from tests.edges.batch.populations import as_tables, decided, differences
from tests.examples import scaled
from tests.strategies import edition

pytestmark = pytest.mark.slow

ON = date(2026, 3, 10)
PLACEMENT = {"holder": "h", "credential": "c", "activity": "a", "area": "safety", "points": "1"}


@settings(max_examples=scaled(25))
@given(st.lists(cases(on=ON).map(lambda case: case.record), min_size=1, max_size=4))
def test_areas_and_placements_are_those_of_decide(records: list[cmprules.Record]) -> None:
    """Every area and placement of every credential is the same, and the answers do not change."""
    tables = as_tables(records)
    found = decide_table(tables["credentials"], tables["activities"], edition(), on=ON, also=("areas", "placements"))
    answers = [(f"h{number}", one) for number, record in enumerate(records)
               for one in cmprules.decide(record, edition(), on=ON).credentials]
    assert found.areas is not None
    assert found.areas.to_pylist() == [
        {"holder": holder, "id": one.id, "area": area.area, "required": area.required, "placed": area.placed,
         "short": area.short, "row": area.row, "grade": area.grade.value}
        for holder, one in answers for area in one.areas or ()]
    assert found.placements is not None
    assert found.placements.to_pylist() == [
        {"holder": holder, "credential": one.id, "activity": placed.activity, "area": placed.area,
         "points": placed.points} for holder, one in answers for placed in one.placements or ()]
    plain = decide_table(tables["credentials"], tables["activities"], edition(), on=ON)
    assert found.answers.equals(plain.answers)
    assert (plain.areas, plain.placements) == (None, None)


def _decide(placements: list[dict[str, Any]], more: list[dict[str, Any]] | None = None) -> Any:
    credentials = pa.Table.from_pylist([
        {"holder": holder, "id": "c", "code": "PBT", "expires_on": date(2026, 5, 31)} for holder in "gh"])
    activities = pa.Table.from_pylist([
        {"holder": holder, "id": "a", "title": "Sharps", "kind": "formal_ce", "amount": 2,
         "completed_on": date(2025, 3, 4), "areas": "safety"} for holder in "gh"] + (more or []))
    columns = {key: pa.array([row.get(key) for row in placements], pa.string()) for key in PLACEMENT}
    return decide_table(credentials, activities, edition(), on=ON, placements=pa.table(columns))


def _faults(found: Any) -> list[tuple[str, int, str, str]]:
    return [(fault["table"], fault["row"], fault["path"], fault["code"]) for fault in found.faults.to_pylist()]


def test_own_placements_are_checked() -> None:
    """Each finding of an unlawful or incomplete placement has its code; without placements the list is empty."""
    found = _decide([PLACEMENT | {"points": "3"}])
    assert found.answers["own_placement"].to_pylist() == [
        [], ["PLACEMENT_UNLAWFUL"] * 2 + ["PLACEMENT_INCOMPLETE"] * 3]
    assert found.counts["placements"] == found.counts["placements_used"] == 1


def test_without_placements_there_is_no_such_column() -> None:
    """The column exists exactly if placements were given, even none."""
    assert _decide([]).answers["own_placement"].to_pylist() == [[], []]
    tables = as_tables([])
    assert "own_placement" not in decide_table(
        tables["credentials"], tables["activities"], edition(), on=ON).answers.column_names


def test_bad_placements_refuse_their_holder() -> None:
    """The codes are those of a record; the other holder is decided."""
    cases_of: list[tuple[dict[str, Any], str, str]] = [
        ({"area": "saftey"}, "$.area", "UNKNOWN_AREA"), ({"points": "0"}, "$.points", "NOT_POSITIVE"),
        ({"points": None}, "$.points", "MISSING_KEY"), ({"credential": "d"}, "$.credential", "NO_SUCH_CREDENTIAL"),
        ({"activity": "b"}, "$.activity", "NO_SUCH_ACTIVITY"),
    ]
    for wrong, path, code in cases_of:
        found = _decide([PLACEMENT, PLACEMENT | wrong])
        assert _faults(found) == [("credentials", 1, "$", "HOLDER_REFUSED"), ("activities", 1, "$", "HOLDER_REFUSED"),
                                  ("placements", 0, "$", "HOLDER_REFUSED"), ("placements", 1, path, code)]
        assert found.answers["holder"].to_pylist() == ["g"]
        assert found.counts["placements_used"] == 0


def test_placements_of_nobody_and_of_one_who_is_refused() -> None:
    """Every placement row is used or among the faults."""
    found = _decide([PLACEMENT | {"holder": "x"}, PLACEMENT], [
        {"holder": "h", "id": "a", "title": "Again", "kind": "formal_ce", "amount": 2}])
    assert _faults(found) == [
        ("credentials", 1, "$", "HOLDER_REFUSED"), ("activities", 1, "$", "HOLDER_REFUSED"),
        ("activities", 2, "$.id", "REPEATED_ID"), ("placements", 0, "$.holder", "NO_SUCH_HOLDER"),
        ("placements", 1, "$", "HOLDER_REFUSED")]


@settings(max_examples=scaled(25))
@given(st.lists(cases(on=ON).map(lambda case: case.record), min_size=2, max_size=6))
def test_own_placements_of_any_record(records: list[cmprules.Record]) -> None:
    """The findings on own placements, often many, equal `decide`, and change nothing else."""
    assert differences(decided(records, edition(), ON), records, edition(), ON) == []
