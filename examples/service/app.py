"""A small service that answers over HTTP: decisions, pages, receipts.

    uvicorn --app-dir examples/service app:app
"""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated, Any

from fastapi import Body, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response

import cmprules

EDITION = "2026.2"  # pinned: an upgrade of the package changes no answer
FORMATS = ("record", "decision", "receipt", "policy")


class Service(FastAPI):
    """An application whose formats are described by the package's own JSON Schemas."""

    def openapi(self) -> dict[str, Any]:
        """Describe the service, with the formats as components."""
        described = super().openapi()
        described.setdefault("components", {}).setdefault("schemas", {}).update(components())
        return described


app = Service(title="Credential maintenance", version=cmprules.__version__)


@cache
def book() -> cmprules.PolicyBook:
    """Load the tables once per process; its threads share them."""
    return cmprules.load_book(EDITION)


# ---------------------------------------------------------------------------------------------------------
# Input that cannot be read gets 422 with every fault; what does not exist gets 404.


def fault(path: str, code: str, value: object, expected: str, hint: str) -> dict[str, str | None]:
    """Write a fault as data; its value may be anything, so it is written as text."""
    return {"path": path, "code": code, "value": None if value is None else str(value)[:200], "expected": expected,
            "hint": hint}


@app.exception_handler(cmprules.InputError)
def unreadable(_request: Request, error: cmprules.InputError) -> JSONResponse:
    """List the faults of a record, a receipt or a day."""
    found = [fault(one.path, one.code, one.value, one.expected, one.hint) for one in error.faults]
    return JSONResponse({"faults": found}, status_code=422)


@app.exception_handler(RequestValidationError)
def not_a_request(_request: Request, error: RequestValidationError) -> JSONResponse:
    """List what FastAPI itself refuses, such as text that is not JSON, in the same form."""
    found = [fault("$" if one["loc"][0] == "body" else f"$.{one['loc'][-1]}", str(one["type"]).upper(), None,
                   str(one["msg"]), "correct the request") for one in error.errors()]
    return JSONResponse({"faults": found}, status_code=422)


@app.exception_handler(cmprules.UnknownCodeError)
@app.exception_handler(cmprules.NotInForceError)
def not_there(_request: Request, error: cmprules.CmpRulesError) -> JSONResponse:
    """Answer 404: the tables do not have the credential, or did not have it on that day."""
    return JSONResponse({"detail": str(error)}, status_code=404)


# ---------------------------------------------------------------------------------------------------------
# The formats in OpenAPI are the package's own JSON Schemas.


def of_format(name: str) -> dict[str, Any]:
    """Refer to a format."""
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


def components() -> dict[str, Any]:
    """Write each schema and its definitions as components; OpenAPI keeps all of them in one place."""
    found: dict[str, Any] = {}
    for name in FORMATS:
        schema = renamed(cmprules.json_schema(name), name)
        definitions = schema.pop("$defs")
        found |= {name: {key: value for key, value in schema.items() if not key.startswith("$")},
                  **{f"{name}.{key}": value for key, value in definitions.items()}}
    return found


def renamed(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """Rename every reference within a schema to its component."""
    found: dict[str, Any] = json.loads(json.dumps(schema).replace('"#/$defs/', f'"#/components/schemas/{name}.'))
    return found


Plain = Annotated[Any, Body()]
RECORD: dict[str, Any] = {"requestBody": {**of_format("record"), "required": True}}
RECEIPT: dict[str, Any] = {"requestBody": {**of_format("receipt"), "required": True}}


# ---------------------------------------------------------------------------------------------------------
# The answers. Functions without `async` run in threads, so that a decision does not block other requests.


def decided(plain: Any, on: str) -> tuple[cmprules.Record, cmprules.Decision]:
    """Read a record and decide it."""
    record = cmprules.parse_record(plain)
    return record, cmprules.decide(record, book(), on=on)


@app.post("/decisions", openapi_extra=RECORD, responses={200: of_format("decision")})
def decision(plain: Plain, on: str) -> Response:
    """Decide a record on a day."""
    return Response(cmprules.render(decided(plain, on)[1], "json"), media_type="application/json")


@app.get("/policies/{code}", responses={200: of_format("policy")})
def policy(code: str, expires_on: str) -> dict[str, Any]:
    """Show what a credential that ends on a day must meet; write the code as MLS or MLS(ASCPi)."""
    return cmprules.to_mapping(book().policy_for(code, expires_on=expires_on))


@app.post("/pages", openapi_extra=RECORD, response_class=HTMLResponse)
def page(plain: Plain, on: str) -> str:
    """Show a decision as a page."""
    record, answer = decided(plain, on)
    return cmprules.render(answer, "html", record=record)


@app.post("/receipts", openapi_extra=RECORD, responses={200: of_format("receipt")})
def receipt(plain: Plain, on: str) -> Response:
    """Decide a record, and return a receipt that reproduces the decision: keep it byte for byte."""
    record, answer = decided(plain, on)
    return Response(cmprules.receipt(answer, record=record, explanation=False).text, media_type="application/json")


@app.post("/replays", openapi_extra=RECEIPT)
def replay(plain: Plain) -> dict[str, Any]:
    """Repeat the decision of a receipt, whatever edition it names, and return whether it is the same."""
    return cmprules.to_mapping(cmprules.replay(cmprules.parse_receipt(plain)))
