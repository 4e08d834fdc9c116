"""Bad rows do not stop the run: they come back with the record reader's codes, and the counts add up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cmprules
from cmprules._words import vocabulary as words
from cmprules.batch import DecidedTable, decide_table
from tests.examples import scaled
from tests.strategies import edition

ON = date(2026, 3, 10)
Row = dict[str, Any]
GOOD: dict[str, Row] = {
    "credentials": {"holder": "h", "id": "c", "code": "PBT", "expires_on": "2026-05-31"},
    "activities": {"holder": "h", "id": "a", "title": "Order of draw", "kind": "formal_ce", "amount": "1"},
}


def _table(rows: list[dict[str, Any]], name: str) -> pa.Table:
    columns = dict.fromkeys(key for row in [*rows, GOOD[name]] for key in row)
    return pa.table({key: pa.array([row.get(key) for row in rows], pa.string()) for key in columns})


def _decide(credentials: list[dict[str, Any]], activities: list[dict[str, Any]]) -> DecidedTable:
    return decide_table(_table(credentials, "credentials"), _table(activities, "activities"), edition(), on=ON)


def _faults(found: DecidedTable) -> list[tuple[str, int, str, str]]:
    return [(fault["table"], fault["row"], fault["path"], fault["code"]) for fault in found.faults.to_pylist()]


CREDENTIALS: list[Row] = [
    {"id": None}, {"id": "  "}, {"code": None}, {"code": "PBTT"}, {"body": "ASCPI"}, {"code": "PBT", "body": "ASCPi"},
    {"code": "DPT", "body": "ASCPi"}, {"expires_on": None}, {"expires_on": "2026-02-30"}, {"expires_on": "31/05/2026"},
    {"expires_on": "1812-05-31"}, {"expires_on": "2026-05-31T00:00"}, {"certified_on": "2026-06-01"},
    {"voluntary": "true"}, {"voluntary": "maybe"}, {"previous_nca": "true", "expires_on": None},
    {"cycle_start": "2026-06-01"}, {"cycle_start": "2020-06-01"}, {"extended_until": "2026-05-30"},
    {"expires_on": None, "extended_until": "2026-05-30"}, {"code": "PBTT", "body": "X", "expires_on": "x"},
    {"code": "MLS", "voluntary": "true", "expires_on": None, "certified_on": "2004-01-01"},
]
ACTIVITIES: list[Row] = [
    {"id": None}, {"id": ""}, {"title": None}, {"title": " "}, {"kind": None}, {"kind": "formal"}, {"amount": None},
    {"amount": "0"}, {"amount": "-1"}, {"amount": "one"}, {"amount": "nan"}, {"amount": "1001"}, {"amount": "0.001"},
    {"amount": "100", "unit": "ceu"}, {"amount": "100.1", "unit": "ceu"}, {"unit": "hour"}, {"unit": "exam"},
    {"provider": " "}, {"completed_on": "2026-02-29"}, {"source": "else"}, {"documents": ";;"},
    {"areas": "safety;safety"}, {"areas": "safety;saftey"}, {"areas": "pool"}, {"areas": ";"},
    {"kind": "formal", "amount": "x", "areas": "y", "completed_on": "z"},
]


def _as_record(credential: dict[str, Any], activity: dict[str, Any]) -> dict[str, Any]:
    def part(row: dict[str, Any]) -> dict[str, Any]:
        plain = {key: value for key, value in row.items() if key != "holder" and value is not None}
        for key in ("areas", "documents"):
            if key in plain:
                plain[key] = [area for area in plain[key].split(";") if area]
        return plain | {key: True for key in ("voluntary", "previous_nca") if plain.get(key) == "true"}

    return {"schema": "cmprules.record/1", "holder": {"id": "h"}, "credentials": [part(credential)],
            "activities": [part(activity)]}


def _said_of_record(mapping: dict[str, Any]) -> list[tuple[str, str]]:
    """List the record reader's faults, each with its path within its row."""
    try:
        cmprules.parse_record(mapping)
    except cmprules.InputError as error:
        return sorted((fault.path.replace("$.credentials[0]", "$").replace("$.activities[0]", "$"), fault.code)
                      for fault in error.faults)
    return []


@pytest.mark.parametrize("wrong", CREDENTIALS, ids=str)
def test_a_credential_has_the_faults_that_the_reader_of_records_finds(wrong: dict[str, Any]) -> None:
    """Paths and codes are the same; without faults there is an answer."""
    credential, activity = GOOD["credentials"] | wrong, GOOD["activities"]
    found = _decide([credential], [activity])
    said = _said_of_record(_as_record(credential, activity))
    assert sorted((path, code) for table, _, path, code in _faults(found) if table == "credentials") == said
    assert found.answers.num_rows == (0 if said else 1)
    assert [code for table, *_, code in _faults(found) if table == "activities"] == ["HOLDER_REFUSED"] * bool(said)


@pytest.mark.parametrize("wrong", ACTIVITIES, ids=str)
def test_an_activity_has_the_faults_that_the_reader_of_records_finds(wrong: dict[str, Any]) -> None:
    """Paths and codes are the same; without faults there is an answer."""
    credential, activity = GOOD["credentials"], GOOD["activities"] | wrong
    found = _decide([credential], [activity])
    said = _said_of_record(_as_record(credential, activity))
    assert sorted((path, code) for table, _, path, code in _faults(found) if table == "activities") == said
    assert found.answers.num_rows == (0 if said else 1)
    assert [code for table, *_, code in _faults(found) if table == "credentials"] == ["HOLDER_REFUSED"] * bool(said)


def test_other_holders_are_decided() -> None:
    """A bad row excludes only its holder."""
    found = _decide([GOOD["credentials"], GOOD["credentials"] | {"holder": "g"}],
                    [GOOD["activities"], GOOD["activities"] | {"id": "b", "amount": "x"},
                     GOOD["activities"] | {"holder": "g"}])
    assert found.answers["holder"].to_pylist() == ["g"]
    assert _faults(found) == [("credentials", 0, "$", "HOLDER_REFUSED"), ("activities", 0, "$", "HOLDER_REFUSED"),
                              ("activities", 1, "$.amount", "NOT_A_NUMBER")]
    assert found.counts == {"credentials": 2, "credentials_used": 1, "activities": 3, "activities_used": 1}


def test_a_fault_says_what_to_do() -> None:
    """It has everything that a fault of the record reader has, and the place of the row."""
    found = _decide([GOOD["credentials"]], [GOOD["activities"] | {"kind": "formal"}])
    assert found.faults.to_pylist()[1] == {
        "table": "activities", "row": 0, "holder": "h", "id": "a", "path": "$.kind", "code": "UNKNOWN_KIND",
        "value": "formal", "expected": "a kind of activity",
        "hint": f"known: {', '.join(words.KINDS)}; `cmprules kinds` explains them"}


def test_activities_of_nobody() -> None:
    """An activity without a holder, or of a holder without a credential, belongs to no record."""
    found = _decide([GOOD["credentials"]], [GOOD["activities"] | {"holder": holder} for holder in ("h", "i", None)])
    assert _faults(found) == [("activities", 1, "$.holder", "NO_SUCH_HOLDER"),
                              ("activities", 2, "$.holder", "NO_SUCH_HOLDER")]
    assert found.answers.num_rows == 1


def test_credentials_of_nobody() -> None:
    """Only the credential without a holder is refused."""
    found = _decide([GOOD["credentials"] | {"holder": holder} for holder in (None, " ", None, "h")], [])
    assert _faults(found) == [
        ("credentials", 0, "$.holder", "MISSING_KEY"), ("credentials", 1, "$.holder", "EMPTY_TEXT"),
        ("credentials", 2, "$.holder", "MISSING_KEY")]
    assert found.answers["holder"].to_pylist() == ["h"]


def test_repeated_ids() -> None:
    """An id is unique among the credentials of a holder, and among the activities."""
    credentials = [GOOD["credentials"] | {"holder": holder, "id": name} for holder, name in ("gc", "gc", "hc", "id")]
    activities = [GOOD["activities"] | {"holder": holder, "id": name}
                  for holder, name in ("gx", "ha", "hb", "ha", "ia")]
    found = _decide(credentials, activities)
    assert _faults(found) == [
        ("credentials", 0, "$", "HOLDER_REFUSED"), ("credentials", 1, "$.id", "REPEATED_ID"),
        ("credentials", 2, "$", "HOLDER_REFUSED"), ("activities", 0, "$", "HOLDER_REFUSED"),
        ("activities", 1, "$", "HOLDER_REFUSED"), ("activities", 2, "$", "HOLDER_REFUSED"),
        ("activities", 3, "$.id", "REPEATED_ID")]
    assert found.faults["hint"][6].as_py() == "row 1 has it already"
    assert found.answers["holder"].to_pylist() == ["i"]


def test_fee_regions_that_differ() -> None:
    """A holder has one fee region; an empty one is `standard`."""
    rows = [GOOD["credentials"] | {"id": name, "fee_region": region}
            for name, region in (("c", None), ("d", "standard"), ("e", "low_middle_income"))]
    assert _faults(_decide(rows[:2], [])) == []
    found = _decide(rows, [])
    assert _faults(found) == [("credentials", 0, "$", "HOLDER_REFUSED"), ("credentials", 1, "$", "HOLDER_REFUSED"),
                              ("credentials", 2, "$.fee_region", "REGIONS_DIFFER")]
    assert found.faults["expected"][2].as_py() == "'standard', as in row 0"


def test_an_unknown_fee_region() -> None:
    """The fee regions are a closed list."""
    found = _decide([GOOD["credentials"] | {"fee_region": "moon"}], [])
    assert _faults(found) == [("credentials", 0, "$.fee_region", "UNKNOWN_WORD")]


# ---------------------------------------------------------------------------------------------------------
# Laws.


_Row = st.tuples(st.sampled_from(["g", "h", "i", None]), st.sampled_from(["a", "b", "c", "\u00e9", "\u00a0", ""]))


def _rows(base: dict[str, Any], wrong: list[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.tuples(_Row, st.one_of(st.just({}), st.just({}), st.sampled_from(wrong)))
    return st.lists(row.map(lambda drawn: {**base, "holder": drawn[0][0], "id": drawn[0][1], **drawn[1]}), max_size=8)


@settings(max_examples=scaled(80))
@given(_rows(GOOD["credentials"], CREDENTIALS), _rows(GOOD["activities"], ACTIVITIES))
def test_every_row_is_decided_or_among_the_faults(
    credentials: list[dict[str, Any]], activities: list[dict[str, Any]]
) -> None:
    """The counts add up: each row is used or has a fault, never both, and answers equal `decide`."""
    found = _decide(credentials, activities)
    faulty = {(fault[0], fault[1]) for fault in _faults(found)}
    left = {name: [row for place, row in enumerate(rows) if (name, place) not in faulty]
            for name, rows in (("credentials", credentials), ("activities", activities))}
    for name, rows in (("credentials", credentials), ("activities", activities)):
        assert found.counts[name] == len(rows)
        assert found.counts[f"{name}_used"] == len(left[name])
    again = _decide(left["credentials"], left["activities"])
    assert again.faults.num_rows == 0
    assert again.answers.equals(found.answers)


@settings(max_examples=scaled(60))
@given(_rows(GOOD["credentials"], CREDENTIALS), _rows(GOOD["activities"], ACTIVITIES))
def test_a_holder_is_refused_as_the_reader_of_records_refuses(
    credentials: list[dict[str, Any]], activities: list[dict[str, Any]]
) -> None:
    """A holder is decided exactly if the record made of all their rows can be read."""
    decided = set(_decide(credentials, activities).answers["holder"].to_pylist())
    for holder in {row["holder"] for row in credentials} - {None}:
        own = [[_as_record(row, row)["credentials"][0] for row in rows if row["holder"] == holder]
               for rows in (credentials, activities)]
        mapping = {"schema": "cmprules.record/1", "holder": {"id": holder}, "credentials": own[0], "activities": own[1]}
        assert (holder in decided) is (_said_of_record(mapping) == [])


def test_an_empty_id_is_empty_whatever_lies_beneath() -> None:
    """Arrow may keep bytes under an empty cell; they are not an id."""
    ids = pa.array(["a", "b"], pa.string())
    _, offsets, letters = ids.buffers()
    beneath = pa.StringArray.from_buffers(2, offsets, letters, pa.py_buffer(b"\x01"), 1)
    assert beneath.to_pylist() == ["a", None]
    activities = _table([GOOD["activities"]] * 2, "activities").drop(["id"]).append_column("id", beneath)
    found = decide_table(_table([GOOD["credentials"]], "credentials"), activities, edition(), on=ON)
    assert ("activities", 1, "$.id", "MISSING_KEY") in _faults(found)


def test_a_column_of_no_holders_at_all() -> None:
    """If every cell is empty, Arrow gives the column no type; the rows have no holder."""
    tables = {name: _table([GOOD[name]], name) for name in GOOD}
    nobody = tables["activities"].set_column(0, "holder", pa.nulls(1))
    found = decide_table(tables["credentials"], nobody, edition(), on=ON)
    assert _faults(found) == [("activities", 0, "$.holder", "NO_SUCH_HOLDER")]
    assert found.answers.num_rows == 1


def test_a_name_that_no_row_has_is_no_holder() -> None:
    """A numbered column may list more names than it uses; rows of such a person belong to no one."""
    listed = [pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), ["g", "h", "i"]) for numbers in ([1], [2])]
    tables = {name: _table([GOOD[name]], name).set_column(0, "holder", holder)
              for name, holder in zip(GOOD, listed, strict=True)}
    found = decide_table(tables["credentials"], tables["activities"], edition(), on=ON)
    assert _faults(found) == [("activities", 0, "$.holder", "NO_SUCH_HOLDER")]
    assert found.answers["holder"].to_pylist() == ["h"]
