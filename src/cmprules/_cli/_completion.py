"""`cmprules completion`: a script for a shell, which completes commands and options without starting Python."""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from typing import Any

from cmprules._cli._lines import LINES
from cmprules._cli._notes import INPUTS
from cmprules._cli._options import DECIDED, Commands, add_command, add_format
from cmprules._cli._outputs import FOLDERS, OUTPUTS
from cmprules._cli._parsing import parser_of
from cmprules._cli._reports import add_text_output
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
    add_text_output(command, "the script", ())
    command.set_defaults(run=_run)


def _complete_files(command: argparse.ArgumentParser, shtab: Any) -> None:
    """Let the names of files be completed wherever a command or a part of it takes one."""
    for option in command._actions:  # noqa: SLF001  # argparse has no public list of them
        if option.dest in {*INPUTS, *OUTPUTS}:
            vars(option)["complete"] = shtab.FILE  # this attribute is what shtab looks for
        elif option.dest in FOLDERS:
            vars(option)["complete"] = shtab.DIRECTORY
        for part in option.choices.values() if isinstance(option.choices, dict) else ():
            part.description = part.description.partition("\n\n")[0].replace("\n", " ")
            _complete_files(part, shtab)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    try:
        shtab = import_module("shtab")
    except ModuleNotFoundError as missing:
        raise MissingExtraError(f"scripts for shells are written by {missing.name}, which is not installed; "
                                "install the extra 'completion'") from missing
    parser, commands = parser_of(None)
    for name, command in commands.choices.items():
        command.description = LINES[name]
        _complete_files(command, shtab)
    script = f"{shtab.complete(parser, shell=options.shell)}\n"
    if options.format == "json":
        return json.dumps({"shell": options.shell, "script": script}, indent=2) + "\n", DECIDED
    return script, DECIDED
