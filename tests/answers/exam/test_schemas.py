"""The JSON Schemas of the new formats: written from the declarations, and never narrower than the reader."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import cmprules
from cmprules.exam import parse_exam
from tests.answers.exam.drawn import exams
from tests.edges.wire.test_schemas import VALUES, WRITER
from tests.examples import scaled

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("designation", "exam", "exam-outlook", "participation")
EXAM = Draft202012Validator(cmprules.json_schema("exam"), format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_written_from_the_declarations(name: str) -> None:
    """The file in the package is what the task would write today, and is a schema."""
    written = (ROOT / "src" / "cmprules" / "data" / "schemas" / f"{name}.json").read_text(encoding="utf-8")

    assert WRITER["text_of"](name) == written, "run tasks/write_schemas.py"
    Draft202012Validator.check_schema(json.loads(written))


@st.composite
def _spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """Return valid reports in which one value is replaced, removed or added."""
    plain = copy.deepcopy(cmprules.to_mapping(draw(exams())))
    report = draw(st.sampled_from(plain["reports"]))
    place: Any = draw(st.sampled_from([plain, report, *report.get("areas", [])]))
    key = draw(st.sampled_from([*place, "x"]))
    if draw(st.booleans()):
        place[key] = draw(VALUES)
    else:
        place.pop(key, None)
    return plain


@settings(max_examples=scaled(200))
@given(_spoilt())
def test_the_schema_of_an_exam_is_never_narrower_than_the_reader(plain: dict[str, Any]) -> None:
    """`parse_exam` refuses whatever the schema refuses."""
    if EXAM.is_valid(json.loads(json.dumps(plain))):
        return
    with pytest.raises(cmprules.InputError):
        parse_exam(plain)
