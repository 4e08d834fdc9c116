"""`cmprules completion`: a script for a shell, which completes commands and options without starting Python."""

from __future__ import annotations

import argparse
import json
from importlib import import_module

from cmprules._cli._options import DECIDED, Commands, add_command, add_format
from cmprules._cli._parsing import parser_of
from cmprules.errors import MissingExtraError

SHELLS = ("bash", "zsh", "fish")


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "completion",
        description="Print a script that completes commands, options and file names in a shell. Needs the extra "
                    "'completion'.",
        example="cmprules completion bash > ~/.local/share/bash-completion/completions/cmprules\n"
                "  cmprules completion zsh > ~/.zfunc/_cmprules\n"
                "  cmprules completion fish > ~/.config/fish/completions/cmprules.fish",
    )
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    add_format(command, ("text", "json"))
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    try:
        shtab = import_module("shtab")
    except ModuleNotFoundError as missing:
        raise MissingExtraError(f"scripts for shells are written by {missing.name}, which is not installed; "
                                "install the extra 'completion'") from missing
    parser, _ = parser_of(None)
    script = f"{shtab.complete(parser, shell=options.shell)}\n"
    if options.format == "json":
        return json.dumps({"shell": options.shell, "script": script}, indent=2) + "\n", DECIDED
    return script, DECIDED
