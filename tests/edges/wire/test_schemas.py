"""The JSON Schemas: what is written validates, and the reader refuses what a schema refuses."""

from __future__ import annotations

import copy
import json
import runpy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules._facts.schemas import SCHEMAS
from cmprules._words import vocabulary as words
from tests import strategies as ours
from tests.edges.wire.test_bad_input import MISSING, ONE_FAULT, RECORD, sound_but_for
from tests.examples import scaled

ROOT = Path(__file__).resolve().parents[3]
WRITER: dict[str, Any] = runpy.run_path(str(ROOT / "tasks" / "write_schemas.py"))
NAMES = SCHEMAS
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*.*") if path.suffix in {".json", ".toml"}
                  and path.stem != "full-of-mistakes")
ON = date(2026, 3, 10)


def _validator(name: str) -> Draft202012Validator:
    schema = cmprules.json_schema(name)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


VALIDATORS = {name: _validator(name) for name in NAMES}


def _refuses(name: str, plain: Any) -> bool:
    """Return whether a schema refuses what a JSON reader would get."""
    return not VALIDATORS[name].is_valid(json.loads(json.dumps(plain, default=float)))


def _why(name: str, plain: Any) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(json.loads(json.dumps(plain)))]


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_written_from_the_declarations(name: str) -> None:
    """The file in the package is what the task would write."""
    written = (ROOT / "src" / "cmprules" / "data" / "schemas" / f"{name}.json").read_text(encoding="utf-8")

    assert WRITER["text_of"](name) == written, "run tasks/write_schemas.py"


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_schemas(name: str) -> None:
    """Each is valid in the 2020-12 dialect, names it, and describes every part."""
    schema = cmprules.json_schema(name)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"]
    assert all(part["description"] for part in schema["$defs"].values() if part.get("type") == "object")


# ---------------------------------------------------------------------------------------------------------
# Everything written validates.


def _written(record: cmprules.Record, on: date) -> dict[str, dict[str, Any]]:
    """Write a record and every answer about it."""
    decision = cmprules.decide(record, ours.edition(), on=on)
    tracking = cmprules.track(record, ours.edition(), on=on)
    line = cmprules.timeline(record, ours.edition(), on=on)
    return {name: cmprules.to_mapping(value) for name, value in {
        "record": record, "decision": decision, "fees": decision.fees, "tracking": tracking, "timeline": line,
        "changes": cmprules.changes(tracking, cmprules.track(record, ours.edition(), on=date(2026, 6, 1))),
    }.items()}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_and_its_answer_validate(path: Path) -> None:
    """Examples and answers validate, as values and as printed by the command line."""
    record = cmprules.read_record(path)
    printed = json.loads(cmprules.render(cmprules.decide(record, ours.edition(), on=ON), "json"))

    assert [(name, why) for name, plain in _written(record, ON).items() for why in _why(name, plain)] == []
    assert _why("decision", printed) == []


@settings(max_examples=scaled(60))
@given(ours.cases())
def test_whatever_is_written_validates(case: ours.Case) -> None:
    """Covers records of every kind, their decisions and their fees."""
    for name, plain in _written(case.record, case.on).items():
        assert _why(name, plain) == []


@pytest.mark.parametrize(("code", "body"), ours.CODES)
def test_every_policy_validates(code: str, body: str) -> None:
    """Every table validates, established or not, as a value and as printed."""
    policy = ours.edition().policy_for(code, body=body, expires_on=date(2026, 5, 31))

    assert _why("policy", cmprules.to_mapping(policy)) == []
    assert _why("policy", json.loads(cmprules.render(policy, "json"))) == []


# ---------------------------------------------------------------------------------------------------------
# Everything that a schema refuses, the reader refuses.


def _accepted(reader: Callable[[Any], object], plain: Any) -> bool:
    try:
        reader(plain)
    except cmprules.InputError:
        return False
    return True


_CODES_OF_A_SCHEMA = {"NOT_POSITIVE", "NEGATIVE", "WRONG_TYPE", "UNKNOWN_CODE", "UNKNOWN_KIND", "UNKNOWN_AREA",
                      "UNKNOWN_UNIT", "UNKNOWN_WORD", "MISSING_KEY", "UNKNOWN_KEY", "WRONG_UNIT", "CODE_NOT_IN_BODY",
                      "WRONG_SCHEMA", "NOT_A_DATE", "DATETIME", "EMPTY_LIST", "NOT_A_LIST", "REPEATED", "NO_SUCH_DATE"}


def test_the_schema_of_a_record_sees_most_single_faults() -> None:
    """The schema finds at least nine in ten faults that concern one value and its type."""
    plain = [(name, code, sound_but_for((where, value))) for name, where, value, code, *_ in ONE_FAULT
             if code in _CODES_OF_A_SCHEMA and _is_json(value)]
    missed = [(name, code) for name, code, record in plain if not _refuses("record", record)]

    assert len(plain) >= 80
    assert len(missed) * 10 <= len(plain), missed


def _is_json(value: Any) -> bool:
    if value is MISSING:
        return True
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 1_001), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(("", " ", "\ufeff", "1", "-0", "1.", ".5", "1e2", "1e-400", "nan", "1_000", "x", "\u00a0", "pool",
                     "2026-05-31", "2026-02-30", "1899-12-31", "2026-5-31", "20260531", "2026-05-31T00:00:00",
                     "ASCP", "ASCPi", "MT", "CTGYN", "QIHC", "exam", "semester_hour", "safety", "cmprules.record/1")),
)
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=2), st.dictionaries(st.sampled_from(("id", "x")), SCALARS))


@st.composite
def _spoilt(draw: st.DrawFn, sound: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """Return valid data in which one or two values are replaced, removed or added."""
    plain = copy.deepcopy(draw(sound))
    for _ in range(draw(st.integers(1, 2))):
        place: Any = plain
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and place[key] and draw(st.integers(0, 5)):
                place = place[key]
                continue
            how = draw(st.sampled_from(("replace", "replace", "replace", "remove", "add")))
            if how == "remove":
                del place[key]
            elif how == "add" and isinstance(place, dict):
                place[draw(st.sampled_from(("x", "unit", "body", "schema", "areas")))] = draw(VALUES)
            else:
                place[key] = draw(VALUES)
            break
    return plain


@settings(max_examples=scaled(400))
@given(_spoilt(st.one_of(st.just(RECORD), ours.cases().map(lambda case: cmprules.to_mapping(case.record)))))
def test_the_schema_of_a_record_is_never_narrower_than_the_reader(plain: dict[str, Any]) -> None:
    """`parse_record` refuses whatever the schema refuses."""
    if _refuses("record", plain):
        assert not _accepted(cmprules.parse_record, plain), _why("record", plain)


_DECISIONS = st.sampled_from(EXAMPLES).map(
    lambda path: cmprules.to_mapping(cmprules.decide(cmprules.read_record(path), ours.edition(), on=ON)))


@settings(max_examples=scaled(200))
@given(_spoilt(_DECISIONS))
def test_the_schema_of_a_decision_is_never_narrower_than_the_reader(plain: dict[str, Any]) -> None:
    """`parse_decision` refuses whatever the schema refuses."""
    if _refuses("decision", plain):
        assert not _accepted(cmprules.parse_decision, plain), _why("decision", plain)


@pytest.mark.parametrize("kind", words.KINDS)
@pytest.mark.parametrize("unit", words.UNITS)
def test_kind_and_unit_go_together_in_the_schema_as_in_the_reader(kind: str, unit: str) -> None:
    """Both refuse the same pairs."""
    plain = sound_but_for(("activities.0.kind", kind), ("activities.0.unit", unit))

    assert _refuses("record", plain) is not _accepted(cmprules.parse_record, plain)


@pytest.mark.parametrize("code", [*words.NAMES, *words.ALIASES])
@pytest.mark.parametrize("body", ["ASCP", "ASCPi", MISSING], ids=["ASCP", "ASCPi", "none"])
def test_code_and_body_go_together_in_the_schema_as_in_the_reader(code: str, body: Any) -> None:
    """Both refuse the same pairs."""
    plain = sound_but_for(("credentials.0.code", code), ("credentials.0.body", body))

    assert _refuses("record", plain) is not _accepted(cmprules.parse_record, plain)


def test_an_amount_of_just_over_a_thousand_is_refused_by_both() -> None:
    """The schema has the reader's limit."""
    for amount in (1000, 1000.0, "1000"):
        assert not _refuses("record", sound_but_for(("activities.0.amount", amount)))
        assert _accepted(cmprules.parse_record, sound_but_for(("activities.0.amount", amount)))
    assert _refuses("record", sound_but_for(("activities.0.amount", 1000.01)))
    assert not _accepted(cmprules.parse_record, sound_but_for(("activities.0.amount", Decimal("1000.01"))))
