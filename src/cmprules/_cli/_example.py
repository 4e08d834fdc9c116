"""`cmprules example`: the examples that come with the package."""

from __future__ import annotations

import argparse

from cmprules._cli._new import written
from cmprules._cli._options import Commands, add_command
from cmprules._cli._outputs import add_output
from cmprules._facts.examples import EXAMPLES, example_text


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "example",
        description="Write one of the examples that come with the package, or list them.",
        example="cmprules example mls-nearly-there -o record.json",
    )
    command.add_argument("name", nargs="?", metavar="NAME", help="which one; all are listed if absent")
    add_output(command, "the example")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    if options.name is None:
        return "".join(f"{name}\n" for name in EXAMPLES), 0
    return written(options.output, example_text(options.name))
