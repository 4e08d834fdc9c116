"""Write the JSON Schemas of the wire formats, `src/cmprules/data/schemas/*.json`, from the declared fields.

Run after a change of a field of a record, a decision, a policy or a fee quote, or of the vocabulary:

python tasks/write_schemas.py

A test fails while a schema and the declarations differ.  A schema is never narrower than the reader: the reader
refuses whatever the schema refuses, and checks more (repeated ids, contradictory days, points that are too fine).
"""

from __future__ import annotations

import json
import re
from functools import singledispatchmethod
from inspect import cleandoc
from pathlib import Path
from typing import Any

from cmprules._answers.decision import Decision
from cmprules._facts.records import Activity, AmountsByArea, Credential, Record
from cmprules._kit import shapes
from cmprules._kit.terms import Body, Code
from cmprules._policy.book import Policy
from cmprules._rules.results import FeeQuote
from cmprules._words import vocabulary as words
from cmprules._words.limits import MOST_POINTS
from cmprules._words.spellings import BODIES
from cmprules.audit import AppealGrounds, AuditManifest, AuditReadiness, AuditSubstitution
from cmprules.batch import WhatIf
from cmprules.comparing import DecisionComparison, PolicyComparison
from cmprules.declaring import DeclarationForm, DeclarationLife
from cmprules.exam import ExamOutlook, ExamRecord, ScoreReport
from cmprules.explaining import PlacementReview, Slack
from cmprules.explaining._values import Explanation
from cmprules.intake import Intake, IntakeMapping
from cmprules.participation import Designation, Participation
from cmprules.planning import Catalogue, Course, Front, Plan
from cmprules.receipts import Receipt, Replay
from cmprules.receipts._values import Document
from cmprules.renewal import InactiveStatus, Reinstatement, Renewal, StackedChoices, Stopping, Synchronization
from cmprules.reporting import Reports
from cmprules.timelines._values import Timeline
from cmprules.tracking._values import Changes, Tracking

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "cmprules" / "data" / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
ROOTS: dict[str, type[Any]] = {
    "record": Record,
    "decision": Decision,
    "policy": Policy,
    "fees": FeeQuote,
    "audit": AuditReadiness,
    "audit-appeal": AppealGrounds,
    "audit-manifest": AuditManifest,
    "audit-substitution": AuditSubstitution,
    "catalogue": Catalogue,
    "changes": Changes,
    "decision-comparison": DecisionComparison,
    "declaration-form": DeclarationForm,
    "declaration-life": DeclarationLife,
    "designation": Designation,
    "exam": ExamRecord,
    "exam-outlook": ExamOutlook,
    "explanation": Explanation,
    "front": Front,
    "inactive": InactiveStatus,
    "intake": Intake,
    "intake-mapping": IntakeMapping,
    "participation": Participation,
    "placement-review": PlacementReview,
    "plan": Plan,
    "policy-comparison": PolicyComparison,
    "receipt": Receipt,
    "reinstatement": Reinstatement,
    "renewal": Renewal,
    "replay": Replay,
    "reports": Reports,
    "slack": Slack,
    "stacked": StackedChoices,
    "stopping": Stopping,
    "synchronization": Synchronization,
    "timeline": Timeline,
    "tracking": Tracking,
    "what-if": WhatIf,
}
TITLES = {
    "record": "What a person holds and has done",
    "decision": "Where each credential of a record stands on one day",
    "policy": "What one credential asks for, figure by figure, with sources",
    "fees": "What credentials cost if they are declared together",
    "audit": "How far the declarations of a record could be proven in an audit",
    "audit-appeal": "What is known of an appeal after a failed audit",
    "audit-manifest": "What is sent to the auditor, in order",
    "audit-substitution": "Declarations without the activities that an audit rejected",
    "declaration-form": "The declaration of one credential, as it is sent",
    "declaration-life": "What has become of one declaration so far",
    "renewal": "What the renewal of a credential brings",
    "reinstatement": "What the reinstatement of an expired credential takes",
    "inactive": "What a granted extension moves and what it leaves",
    "stopping": "What happens to a credential whose holder stops taking part",
    "synchronization": "What it takes, costs and saves to bring the ends of credentials together",
    "stacked": "The choices among credentials in one area, side by side",
    "tracking": "How far the holder of a record has come, and what to do next",
    "changes": "What differs between two trackings of one holder",
    "timeline": "What comes when: the dated events of a record",
    "policy-comparison": "What changes from one table of requirements to another",
    "decision-comparison": "What changes from one decision to another, and whose doing it is",
    "receipt": "A decision with all that is needed to make it again, under one digest",
    "replay": "Whether the decision of a receipt was made again as it was",
    "exam": "The score reports of one person",
    "exam-outlook": "What score reports say, and what follows from them on one day",
    "participation": "Whether the holder of a credential has to take part",
    "designation": "How credentials are cited on one day",
    "catalogue": "Courses and packages that can be bought",
    "plan": "What is best bought so that every credential of a record is met",
    "front": "Every trade between money and time, from the cheapest plan to the shortest",
    "explanation": "Why a decision is what it is, step by step",
    "placement-review": "The holder's own placements, the best ones, and the moves between them",
    "what-if": "What changes for a population from one book to another, and which requirement does it",
    "intake": "What files from outside have brought: a record, and a line for every row",
    "intake-mapping": "What a user says once about files of one kind",
    "reports": "What was written for several people: a row for each credential, and who is not decided",
    "slack": "How close the credentials of a record are to another outcome",
}

SOMETHING = r"[^\t\n\u000b\f\r ]"
NUMBER = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,6})?$"
DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
DAY_OF_A_RECORD = r"^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

class Writer:
    """Writes the schema of one document, and keeps the schemas of the classes within it."""

    def __init__(self) -> None:
        self.parts: dict[str, Any] = {}

    @singledispatchmethod
    def of(self, shape: shapes.Shape) -> dict[str, Any]:
        """Describe what one shape accepts."""
        raise TypeError(f"no schema is known for {shape!r}")

    @of.register
    def _(self, shape: shapes.Text) -> dict[str, Any]:
        return self._named("Text", {"type": "string", "pattern": SOMETHING})

    @of.register
    def _(self, shape: shapes.Day) -> dict[str, Any]:
        name, pattern = ("Day", DAY_OF_A_RECORD) if shape.bounded else ("AnyDay", DAY)
        return self._named(name, {"type": "string", "format": "date", "pattern": pattern})

    @of.register
    def _(self, shape: shapes.Number) -> dict[str, Any]:
        bounds = {"exclusiveMinimum": 0, "maximum": MOST_POINTS} if shape.above_zero else {"minimum": 0}
        name = "Amount" if shape.above_zero else "Number"
        if shape.signed:
            name, bounds = "SignedNumber", {}
        return self._named(name, {
            "description": "An exact number, best written as text.",
            "anyOf": [{"type": "string", "pattern": NUMBER}, {"type": "number", **bounds}],
        })

    @of.register
    def _(self, shape: shapes.Whole) -> dict[str, Any]:
        return {"type": "integer"}

    @of.register
    def _(self, shape: shapes.Flag) -> dict[str, Any]:
        return {"type": "boolean"}

    @of.register
    def _(self, shape: shapes.Word) -> dict[str, Any]:
        return {"enum": list(shape.known)}

    @of.register
    def _(self, shape: Code) -> dict[str, Any]:
        return self._named("Code", {
            "description": "A credential; it may be written in any case, with the body in brackets and the CM mark.",
            "anyOf": [{"enum": [*words.NAMES, *words.ALIASES]}, {"type": "string", "pattern": "[^A-Z]"}],
        })

    @of.register
    def _(self, shape: Body) -> dict[str, Any]:
        return {"enum": list(BODIES)}

    @of.register
    def _(self, shape: shapes.Member) -> dict[str, Any]:
        return {"enum": [str(member) for member in shape.enum]}

    @of.register
    def _(self, shape: shapes.Maybe) -> dict[str, Any]:
        return {"anyOf": [self.of(shape.inner), {"type": "null"}]}

    @of.register
    def _(self, shape: shapes.ListOf) -> dict[str, Any]:
        least = {"minItems": shape.at_least} if shape.at_least else {}
        once = {"uniqueItems": True} if shape.order is not None else {}
        return {"type": "array", "items": self.of(shape.item), **least, **once}

    @of.register
    def _(self, shape: shapes.MapOf) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.of(shape.item)}

    @of.register
    def _(self, shape: AmountsByArea) -> dict[str, Any]:
        return {"type": "object", "propertyNames": {"enum": list(words.AREAS)},
                "additionalProperties": self.of(shape.amount)}

    @of.register
    def _(self, shape: shapes.Plain) -> dict[str, Any]:
        return self._named("Plain", {"description": "Plain data of any form; a number with a fraction is text."})

    @of.register
    def _(self, shape: Document) -> dict[str, Any]:
        plain = self.object(shape.cls)
        plain["properties"] = {"schema": {"const": shape.cls.schema}, **plain["properties"]}
        return self._named(shape.cls.__name__, {**plain, "required": ["schema", *plain["required"]]})

    @of.register
    def _(self, shape: shapes.Part) -> dict[str, Any]:
        return self._named(shape.cls.__name__, self.object(shape.cls))

    @of.register
    def _(self, shape: shapes.Later) -> dict[str, Any]:
        cls = shape.cls()
        if cls.__name__ not in self.parts:
            self.parts[cls.__name__] = {}  # a class may contain itself: its name must be known before its parts
            self._named(cls.__name__, self.object(cls))
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def _named(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        self.parts[name] = schema
        return {"$ref": f"#/$defs/{name}"}

    def object(self, cls: type[Any]) -> dict[str, Any]:
        """Describe the mapping of one class: every key, the required ones, and no others."""
        fields = shapes.fields_of(cls)
        about = attributes_of(cls)
        return {
            "type": "object",
            "description": first_words(cls),
            "properties": {field.key: {**self.of(field.shape), **about.get(field.name, {})} for field in fields},
            "required": [field.key for field in fields if field.required],
            "additionalProperties": False,
            **BETWEEN_FIELDS.get(cls, {}),
        }


def first_words(cls: type[Any]) -> str:
    """Return the first paragraph of a class's docstring as one line."""
    return " ".join(cleandoc(cls.__doc__ or "").partition("\n\n")[0].split())


def attributes_of(cls: type[Any]) -> dict[str, dict[str, str]]:
    """Return the description of each attribute from the docstring of a class."""
    _, _, listed = cleandoc(cls.__doc__ or "").partition("Attributes:\n")
    listed = listed.partition("\n\n")[0]
    found = re.findall(r"^    (\w+): (.*(?:\n {8,}.*)*)", listed, re.MULTILINE)
    return {name: {"description": " ".join(text.replace("`", "").split())} for name, text in found}


# ---------------------------------------------------------------------------------------------------------
# What two fields of one mapping ask of each other.


def _units_by_kind() -> list[dict[str, Any]]:
    """Each kind takes some units alone."""
    kinds_of: dict[tuple[str, ...], list[str]] = {}
    for kind, units in words.KINDS.items():
        kinds_of.setdefault(tuple(units), []).append(kind)
    return [{"if": {"properties": {"kind": {"enum": kinds}}, "required": ["kind"]},
             "then": {"properties": {"unit": {"enum": [*units, None]}}}}
            for units, kinds in kinds_of.items()]


def _bodies_by_code() -> list[dict[str, Any]]:
    """Most codes stand under one body alone; where none is written, it is ASCP."""
    codes_of: dict[tuple[str, ...], list[str]] = {}
    for code, now in {**{code: code for code in words.NAMES}, **words.ALIASES}.items():
        codes_of.setdefault(tuple(words.BODIES[now]), []).append(code)
    return [{"if": {"properties": {"code": {"enum": codes}}, "required": ["code"]},
             "then": {"properties": {"body": {"enum": list(bodies)}},
                      **({} if "ASCP" in bodies else {"required": ["body"]})}}
            for bodies, codes in codes_of.items() if len(bodies) == 1]


BETWEEN_FIELDS = {Activity: {"allOf": _units_by_kind()}, Credential: {"allOf": _bodies_by_code()},
                  ScoreReport: {"allOf": _bodies_by_code()}}
BETWEEN_FIELDS = {Activity: {"allOf": _units_by_kind()}, Course: {"allOf": _units_by_kind()},
                  Credential: {"allOf": _bodies_by_code()}}


# ---------------------------------------------------------------------------------------------------------
# Whole documents.


def document(name: str) -> dict[str, Any]:
    """Make one whole schema."""
    cls, writer = ROOTS[name], Writer()
    whole = writer.object(cls)
    schema = getattr(cls, "schema", None)
    if schema is not None:
        whole["properties"] = {"schema": {"const": schema}, **whole["properties"]}
        whole["required"] = ["schema", *whole["required"]]
    return {"$schema": DIALECT, "$id": f"urn:{schema or f'cmprules.{name}/1'}".replace(".", ":"), "title": TITLES[name],
            **whole, "$defs": dict(sorted(writer.parts.items()))}


def text_of(name: str) -> str:
    """Write one schema."""
    return json.dumps(document(name), indent=2, ensure_ascii=False) + "\n"


def documents() -> dict[str, str]:
    """Return every schema by the name of its file."""
    return {f"{name}.json": text_of(name) for name in ROOTS}


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
