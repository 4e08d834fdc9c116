"""`cmprules schema`: the JSON Schema of a wire format."""

from __future__ import annotations

import argparse
import json

from cmprules._cli._options import DECIDED, Commands, add_command
from cmprules._cli._reports import add_text_output
from cmprules._facts.schemas import SCHEMAS, json_schema


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "schema",
        description="Print the JSON Schema (2020-12) of a wire format.", example="cmprules schema record",
    )
    command.add_argument("name", metavar="NAME", choices=SCHEMAS, help=", ".join(SCHEMAS))
    command.add_argument("--format", choices=("json",), default="json", help="a schema is JSON")
    add_text_output(command, "the schema", ("json",))
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    return json.dumps(json_schema(options.name), indent=2, ensure_ascii=False) + "\n", DECIDED
