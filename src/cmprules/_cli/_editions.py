"""`cmprules editions`: the policy tables in this release."""

from __future__ import annotations

import argparse
import json

from cmprules._cli._options import DECIDED, Commands, add_command, add_format
from cmprules._cli._reports import add_text_output, format_of
from cmprules._policy.load import editions, load_book
from cmprules._words.codes.notices import NOTICE


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "editions",
        description="List the editions of the policy tables in this release, the newest last.",
        example="cmprules editions --format json",
    )
    add_format(command, ("text", "json"))
    add_text_output(command, "the list", ("text", "json"))
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    if format_of(options) == "text":
        return "".join(f"{name}\n" for name in editions()), DECIDED
    books = [load_book(name) for name in editions()]
    listed = [{"edition": book.edition, "sha256": book.sha256, "last_checked": book.last_checked.isoformat(),
               "advisories": list(book.advisories)} for book in books]
    return json.dumps({"editions": listed, "notice": NOTICE}, indent=2) + "\n", DECIDED
