"""Arguments of the wrong type are refused at every public door, with reasons, and never by an internal error.

People without a type checker get its message in words.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

import cmprules
from cmprules import Grade, conformance, declaring, exam, planning, testing
from cmprules._kit.shapes import Checked, fields_of
from tests.doors import ANSWERS
from tests.strategies import edition

ON = "2026-03-10"
RECORD = cmprules.example("mls-nearly-there")
MLS = RECORD.credentials[0]
POLICY = edition().policy_for("MLS", expires_on="2026-05-31")
CYCLE = cmprules.Period(start="2023-06-01", end="2026-05-31")
DECISION = cmprules.decide(RECORD, edition(), on=ON)
REPORT = exam.ScoreReport(code="MLS", taken_on="2026-01-20", score=352)
TABLES = {
    "credentials": {"holder": ["h"], "id": ["c"], "code": ["PBT"], "expires_on": ["2026-05-31"]},
    "activities": {"holder": ["h"], "id": ["a"], "title": ["Order of draw"], "kind": ["in_service"], "amount": [1]},
}
COURSE = planning.Course(id="c", title="Order of draw", kind="in_service", amount=1, areas=["safety"], price=0)
CATALOGUE = planning.Catalogue(courses=[COURSE])
LINE = cmprules.timeline(RECORD, edition(), on=ON)
TRACKING = cmprules.track(RECORD, edition(), on=ON)
LIFE = declaring.begin(MLS, edition(), on=ON)

WRONG: dict[str, Any] = {
    "nothing": None, "a text": "safety", "a number": -1, "a float": 0.5, "a flag": True, "bytes": b"x",
    "an object": object(), "a class": cmprules.Record, "a mapping": {"a": 1}, "an empty list": [],
    "a list of texts": ["x"], "a list of nothing": [None], "a list of mappings": [{}], "a set": {1},
    "a day and a time": datetime(2026, 3, 10, 12, tzinfo=UTC), "no number": Decimal("NaN"), "a path": Path("nowhere"),
    "a record": RECORD, "a credential": MLS, "a decision": DECISION, "a policy": POLICY, "a book": edition(),
}


def _of_a_record(**more: Any) -> dict[str, Any]:
    return {"record": RECORD, "book": edition(), "on": ON, **more}


def _of_a_credential(**more: Any) -> dict[str, Any]:
    return {"credential": MLS, "book": edition(), "on": ON, **more}


TAKEN: dict[str, dict[str, Any]] = {
    "allocate": {"activities": RECORD.activities, "policy": POLICY, "cycle": CYCLE},
    "changes": {"before": TRACKING, "after": TRACKING},
    "compare": {"a": DECISION, "b": DECISION, "records": [RECORD, RECORD], "books": [edition(), edition()]},
    "decide": _of_a_record(trust="inferred"),
    "editions": {},
    "example": {"name": "mla"},
    "explain": {"decision": DECISION, "record": RECORD, "book": edition(), "credential": "mls", "activity": None},
    "json_schema": {"name": "record"},
    "load_book": {"edition": "2026.1", "extra": [], "reform": []},
    "parse_decision": {"mapping": cmprules.to_mapping(DECISION)},
    "parse_receipt": {"mapping": cmprules.to_mapping(cmprules.receipt(DECISION, record=RECORD))},
    "parse_record": {"mapping": cmprules.to_mapping(RECORD)},
    "parse_tracking": {"mapping": cmprules.to_mapping(TRACKING)},
    "plan": _of_a_record(catalogue=CATALOGUE, minimise="cost", budget=None, include=(), exclude=(), by=None,
                         trust="inferred", node_limit=10),
    "quote_fees": {"credentials": [MLS], "book": edition(), "on": ON, "fee_region": "standard"},
    "read_receipt": {"path": "nowhere"},
    "read_record": {"path": "nowhere"},
    "receipt": {"decision": DECISION, "record": RECORD, "book": edition(), "explanation": False},
    "render": {"value": DECISION, "format": "text", "record": RECORD, "summary": True},
    "replay": {"receipt": cmprules.receipt(DECISION, record=RECORD, explanation=False), "book": edition()},
    "timeline": _of_a_record(sittings=()),
    "to_icalendar": {"timeline": LINE, "remind": (30, 7), "before": LINE, "name": None},
    "to_mapping": {"value": MLS},
    "track": _of_a_record(trust="inferred"),
    "verify_allocation": {"alloc": cmprules.allocate(RECORD.activities, POLICY, cycle=CYCLE),
                          "activities": RECORD.activities, "policy": POLICY, "cycle": CYCLE},
    "appeal_grounds": {"book": edition(), "illness": None, "notified_on": None},
    "manifest": _of_a_record(credential="mls"),
    "readiness": _of_a_record(credential="mls"),
    "substitute": _of_a_record(rejected=["a1"], credential="mls"),
    "advance": {"life": LIFE, "event": "window_opens", "book": edition(), "on": ON, "decision": DECISION,
                "first_sent_on": None, "evidence": None},
    "begin": _of_a_credential(),
    "declaration_form": _of_a_record(credential="mls", placement="best", together_with=()),
    "lawful_events": {"life": LIFE, "book": edition()},
    "parse_life": {"mapping": cmprules.to_mapping(LIFE)},
    "appeal_deadline": {"notified_on": "2026-01-22", "book": edition(), "on": None},
    "application_fee": {"code": "MLS", "book": edition(), "on": ON, "body": "ASCP"},
    "attempts": {"reports": [REPORT], "book": edition()},
    "award": {"report": REPORT, "book": edition(), "id": None},
    "exam_outlook": {"exam": exam.ExamRecord(candidate="c", reports=[REPORT]), "book": edition(), "on": ON,
                     "hours_per_week": None},
    "next_attempt": {"report": REPORT, "book": edition(), "history": ()},
    "parse_exam": {"mapping": {"schema": "cmprules.exam/1", "candidate": "c", "reports": []}},
    "pass_rates": {"book": edition(), "code": None, "body": None},
    "read_exam": {"path": "nowhere"},
    "read_score": {"report": REPORT, "book": edition()},
    "retake_plan": {"report": REPORT, "book": edition(), "on": ON, "hours_per_week": None, "sit_on": None,
                    "history": ()},
    "review_placement": _of_a_record(trust="inferred", credential="mls"),
    "slack": _of_a_record(trust="inferred", credential="mls", most_others=1),
    "intake": {"files": [], "book": edition(), "holder": "h", "credentials": ("MLS(ASCP) 2026-05-31",), "into": None,
               "mapping": None, "name": None},
    "people": {"files": [], "book": edition(), "mapping": None},
    "read_mapping": {"path": "nowhere"},
    "designation": {"credentials": [MLS], "book": edition(), "on": ON},
    "participation": {"credential": MLS, "book": edition()},
    "front": _of_a_record(catalogue=CATALOGUE, budget=None, include=(), exclude=(), by=None, trust="inferred",
                          node_limit=10),
    "parse_catalogue": {"mapping": cmprules.to_mapping(CATALOGUE)},
    "read_catalogue": {"path": "nowhere"},
    "inactive": _of_a_credential(),
    "reinstate": _of_a_record(credential="mls", fee_region=None, trust="inferred", nca_moved=None),
    "renew": _of_a_credential(synchronized_to=None),
    "stacked": _of_a_record(trust="inferred"),
    "stop_taking_part": _of_a_credential(),
    "synchronize": _of_a_record(credentials=None, trust="inferred"),
    "tables_of": {"record": RECORD, "decision": DECISION},
    "decide_table": {**TABLES, "book": edition(), "on": ON, "trust": "inferred", "placements": None, "also": (),
                     "columns": {}, "words": {}, "carry": (), "dates": "iso", "settled": None},
    "records_of": {**TABLES, "columns": {}, "words": {}, "dates": "iso", "settled": None},
    "what_if": {**TABLES, "before": edition(), "after": edition(), "on": ON, "trust": "inferred"},
    "reports": {"people": [], "book": edition(), "on": ON, "to": "reports", "trust": "inferred", "remind": (),
                "not_decided": (), "remarks": ()},
    "write_tables": {"tables": {}, "path": "record.xlsx"},
    "answer": {"case": {}, "book": edition()},
    "answer_lines": {"lines": []},
    "comparable": {"reply": {}},
    "thresholds": {"book": edition()},
    "vectors": {"edition": "2026.1"},
    "messy": {"found": testing.cases(), "book": edition()},
    "placements": {"record": RECORD, "most": 3},
}
"""Valid arguments for each function; the tests make one of them wrong in turn."""


ELSEWHERE = {"decide_frames", "run"}
"""Functions that need Spark, and one that calls its argument, whose errors are its caller's."""


def _functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in (cmprules, *ANSWERS, conformance, testing):
        for name in module.__all__:
            if inspect.isfunction(getattr(module, name)):
                yield name, getattr(module, name)


FUNCTIONS = dict(_functions())
BOOK = edition()
METHODS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "book.cite": (BOOK.cite, {"name": "reading/voluntary_table"}),
    "book.fee": (BOOK.fee, {"item": "application", "region": "standard", "on": ON, "group": "certification"}),
    "book.fee_row": (BOOK.fee_row, {"id": BOOK.fees[0].id}),
    "book.figure": (BOOK.figure, {"name": "opens_days_before_end"}),
    "book.former_code_until": (BOOK.former_code_until, {"code": "MT", "body": "ASCP"}),
    "book.number": (BOOK.number, {"name": "opens_days_before_end"}),
    "book.policy_for": (BOOK.policy_for, {"code": "MLS", "expires_on": "2026-05-31", "body": "ASCP"}),
    "book.repeated": (BOOK.repeated, {"kind": "formal_ce"}),
    "book.setting": (BOOK.setting, {"name": "rule/alike"}),
    "course.done_on": (COURSE.done_on, {"day": ON}),
    "package.opens": (planning.Package(id="p", title="All", price=1, courses=["c"]).opens, {"course": COURSE}),
    "period.until": (CYCLE.until, {"day": ON}),
    "policy.under": (POLICY.under, {"trust": "official"}),
}
CALLS = {**{name: (FUNCTIONS[name], arguments) for name, arguments in TAKEN.items()}, **METHODS}
CLASSES = sorted({value for module in (cmprules, *ANSWERS) for value in map(vars(module).get, module.__all__)
                  if isinstance(value, type) and issubclass(value, Checked)}, key=lambda cls: cls.__name__)


def refusal(door: Callable[..., Any], arguments: Mapping[str, Any]) -> cmprules.CmpRulesError | None:
    """Call a public function; any error that is not the package's own is raised."""
    try:
        door(**arguments)
    except cmprules.CmpRulesError as error:
        return error
    return None


def paths(door: Callable[..., Any], arguments: Mapping[str, Any]) -> set[str]:
    """Return the arguments that are refused."""
    refused = refusal(door, arguments)
    return {fault.path.split("[")[0] for fault in refused.faults} if isinstance(refused, cmprules.InputError) else set()


def test_every_public_function_is_tried() -> None:
    """A new one cannot be forgotten here; strategies draw from their arguments only on demand."""
    strategies = {name for name in testing.__all__ if name in FUNCTIONS} - {*TAKEN}
    assert {*FUNCTIONS} - {*TAKEN} - strategies == ELSEWHERE
    untried = {name: {*inspect.signature(FUNCTIONS[name]).parameters} - {*arguments} - {"progress"}
               for name, arguments in TAKEN.items()}
    assert {name: missing for name, missing in untried.items() if missing} == {}


@pytest.mark.parametrize("name", CALLS)
def test_an_argument_of_the_wrong_type_is_refused_in_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each argument in turn has a wrong type: it is accepted, or an error of the package says why not."""
    monkeypatch.chdir(tmp_path)
    door, arguments = CALLS[name]
    for argument in arguments:
        for wrong in WRONG.values():
            refused = refusal(door, {**arguments, argument: wrong})
            assert refused is None or str(refused)


@pytest.mark.parametrize("name", CALLS)
def test_an_argument_of_no_kind_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No argument accepts a bare object, except in lookups, which answer that no such name exists."""
    monkeypatch.chdir(tmp_path)
    door, arguments = CALLS[name]
    taken = {argument for argument in arguments if refusal(door, {**arguments, argument: object()}) is None}
    assert taken == FORGIVING.get(name, set())


FORGIVING = {"comparable": {"reply"}, "book.setting": {"name"}, "book.repeated": {"kind"},
             "book.former_code_until": {"code", "body"}}


@pytest.mark.parametrize("name", CALLS)
def test_the_faults_of_all_arguments_come_together(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every argument refused by itself is also refused among others."""
    monkeypatch.chdir(tmp_path)
    door, arguments = CALLS[name]
    alone = [paths(door, {**arguments, argument: object()}) for argument in arguments]
    together = paths(door, {argument: object() for argument in arguments})
    assert {path for found in alone for path in found} - together <= DEPENDENT.get(name, set())


DEPENDENT = {"compare": {"$.records", "$.books"}, "award": {"$.report.score"}, "messy": {"$.book"},
             "placements": {"$.most"}}
"""Faults that appear only once other arguments can be read."""


@pytest.mark.parametrize("wrong", WRONG)
def test_a_constructor_refuses_what_is_no_field(wrong: str) -> None:
    """Every public value is given the same wrong value in all its fields."""
    for cls in CLASSES:
        refusal(cls, {field.name.lstrip("_"): WRONG[wrong] for field in _fields(cls) if field.init})


def _fields(cls: Any) -> tuple[attrs.Attribute[Any], ...]:
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cls)
    return fields


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_constructor_reports_all_its_fields_together(cls: type[Checked]) -> None:
    """No field accepts a bare object, and none hides another."""
    inner = {field.name: object() for field in _fields(cls) if field.init and "inner" in field.metadata}
    fields = [field.name for field in _fields(cls) if field.init and field.name not in inner]
    refused = refusal(cls, {**dict.fromkeys(fields, object()), **inner})
    assert isinstance(refused, cmprules.InputError)
    assert {f"$.{name}" for name in fields} <= {fault.path for fault in refused.faults}


@attrs.frozen(kw_only=True)
class _Weighed(Checked):
    """A value with a field that the wire format has no number for."""

    id: str
    weight: float


@attrs.frozen(kw_only=True)
class _Graded(Checked):
    """A value with a field that is a word, and one that is a value itself."""

    grade: Grade
    scale: Checked


def test_a_class_of_ours_declares_how_each_field_is_read() -> None:
    """A word and a value follow from the annotation; a float has no exact form, so the class cannot be used."""
    assert [field.name for field in fields_of(_Graded)] == ["grade", "scale"]
    with pytest.raises(TypeError, match=r"no shape follows from the annotation 'float' in .*; declare one with wire"):
        fields_of(_Weighed)
