"""The JSON Schemas of the wire formats that come with the package."""

from __future__ import annotations

import json
from typing import Any

from cmprules._kit.shapes import Word
from cmprules._kit.shipped import shipped_folder
from cmprules.errors import Fault, InputError

_DATA = shipped_folder("schemas")
SCHEMAS = tuple(sorted(file.name.removesuffix(".json") for file in _DATA.iterdir() if file.name.endswith(".json")))


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a wire format, such as `record`, `decision` or `policy`.

    Everything that this package writes in that format validates.  Everything that the schema refuses, the reader
    refuses too; the reader also checks what a schema cannot express.

    Raises:
        InputError: there is no schema of that name.

    >>> json_schema("record")["properties"]["schema"]
    {'const': 'cmprules.record/1'}
    >>> json_schema("recrod")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.name: UNKNOWN_WORD: got 'recrod', expected a wire format; did you mean 'record'?
    """
    faults: list[Fault] = []
    Word(SCHEMAS, "a wire format", "UNKNOWN_WORD").read(name, "$.name", faults)
    if faults:
        raise InputError(faults)
    schema: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return schema
