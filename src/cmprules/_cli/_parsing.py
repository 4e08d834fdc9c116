"""The parser: it loads only the command that was typed, and suggests what may have been meant."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from importlib import import_module
from itertools import takewhile
from textwrap import fill
from typing import Any, NoReturn

from cmprules._cli._lines import LINES, MODULES
from cmprules._cli._options import WIDTH, Commands, help_writer
from cmprules._kit.shapes import nearest
from cmprules._version import __version__
from cmprules._words.codes.notices import NOTICE
from cmprules.errors import CmpRulesError

EXAMPLES = """\
examples:
  cmprules new --holder me --credential "MLS(ASCP) 2026-05-31" -o me.json
  cmprules intake transcript.csv --into me.json --dates us -o record.json
  cmprules decide record.json
  cmprules help decide"""
_OPTIONAL = r"\s*\[--?[^\[\]]*(?:\[[^\]]*\][^\[\]]*)?\]"
"""An option of a usage that may be left out, with the choices of its values."""
_AT_THE_TOP = ("-h", "--help", "--version")
"""The options of no command."""
_PROPOSED = r"did you mean '(.*)'\?"
_CHOICE = r"invalid choice: '(?P<given>.*?)' \(choose from (?P<known>.*)\)"


class WrongUsageError(CmpRulesError):
    """A command line that cannot be read: what is wrong, and the lines that lead to it."""

    def __init__(self, message: str, before: str) -> None:
        super().__init__(message)
        self.before = before


class Parser(argparse.ArgumentParser):
    """A parser whose error messages suggest the nearest word."""

    def error(self, message: str) -> NoReturn:
        """Report the error below what the command needs and an example.

        Raises:
            WrongUsageError: always.
        """
        choice = re.search(_CHOICE, message)
        known = re.findall(r"[\w.-]+", choice["known"]) if choice else []
        _, _, example = (self.description or "").partition("\n\nexample:\n")
        shown = f"example: {example.strip()}\n" if example else ""
        raise WrongUsageError(message + (meant(choice["given"], known) if choice else ""),
                              f"{self._needed()}\n{shown}{self.prog}: error: ")

    def _needed(self) -> str:
        """Write the usage in one line, without what may be left out."""
        usage = " ".join(re.sub(_OPTIONAL, "", self.format_usage()).split())
        return usage.replace(self.prog, f"{self.prog} [options]", 1)


def meant(given: str, known: Sequence[str]) -> str:
    """Suggest the nearest known word, or nothing; the dashes of options are alike anyway."""
    bare = {word.lstrip("-"): word for word in known}
    close = re.fullmatch(_PROPOSED, nearest(given.lstrip("-"), tuple(bare)))
    return f"; did you mean '{bare[close[1]]}'?" if close else ""


def parser_of(command: str | None) -> tuple[argparse.ArgumentParser, Commands]:
    """Make the parser with one command alone, with only the help lines of all (of no command), or with all loaded."""
    parser: argparse.ArgumentParser = Parser(
        prog="cmprules", allow_abbrev=False, formatter_class=help_writer,
        description=f"Rules for maintaining ASCP Board of Certification credentials.\n\n{EXAMPLES}",
        epilog=fill(NOTICE, WIDTH))
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in LINES:
        if name == "help":
            _add_help(commands)
        elif command in {name, None}:
            load(name).add(commands)
        elif not command:
            commands.add_parser(name, help=LINES[name], add_help=False)
    return parser, commands


def load(name: str) -> Any:
    """Import the module of a command, and return the function that adds the command."""
    module = import_module(f"cmprules._cli.{MODULES.get(name, f'_{name}')}")
    return getattr(module, "COMMANDS", {}).get(name) or getattr(module, "COMMAND", module)


def _add_help(commands: Commands) -> None:
    """Accept `help` as a command, for users who do not know `--help`."""
    command = commands.add_parser("help", help=LINES["help"], allow_abbrev=False, formatter_class=help_writer)
    command.add_argument("command", nargs="?", metavar="COMMAND", help="all are listed if absent")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line.

    Raises:
        SystemExit: help was asked for.
        WrongUsageError: the usage is wrong.
    """
    words = _with_numbers_joined(_with_command_first(_without_help(arguments)))
    named = next((word for word in words if not word.startswith("-")), None)
    parser, commands = parser_of(named if named in LINES and words[0] == named else "")
    if not words:
        raise WrongUsageError("name a command", parser.format_help())
    if named is None and words[0] not in _AT_THE_TOP:
        parser.error(f"there is no option {words[0]!r}{meant(words[0], _AT_THE_TOP)}")
    if named is not None and named not in LINES and words[0] == named:
        parser.error(f"there is no command {named!r}{meant(named, list(LINES))}; 'cmprules --help' lists them")
    options, rest = parser.parse_known_args(words)
    if rest:
        command = dict(commands.choices)[str(named)]
        command.error(_unknown(rest, command))
    return options


def _without_help(arguments: Sequence[str]) -> list[str]:
    """Read `help COMMAND` as `COMMAND --help`, and `help compare policy` likewise."""
    if list(arguments[:1]) != ["help"]:
        return list(arguments)
    asked = [word for word in arguments[1:] if word != "help" and not word.startswith("-")]
    return [*asked, "--help"]


def _with_command_first(words: Sequence[str]) -> list[str]:
    """Read `--format json decide FILE` as `decide --format json FILE`."""
    place = next((place for place, word in enumerate(words) if word in LINES), 0)
    if not words or not words[0].startswith("-") or words[0] in _AT_THE_TOP:
        return list(words)
    return [words[place], *words[:place], *words[place + 1:]]


def _with_numbers_joined(words: Sequence[str]) -> list[str]:
    """Read `--remind 60 14` as `--remind=60,14`, so that the name of a file may follow."""
    if "--remind" not in words:
        return list(words)
    place = words.index("--remind")
    numbers = [*takewhile(re.compile(r"-?\d[\d,]*").fullmatch, words[place + 1:])]
    rest = words[place + 1 + len(numbers):]
    return [*words[:place], f"--remind={','.join(numbers)}", *rest]


def _unknown(rest: Sequence[str], command: argparse.ArgumentParser) -> str:
    """Explain what was not accepted: an unknown option, or an extra word."""
    option = next((word for word in rest if word.startswith("-") and word != "-"), None)
    if option is None:
        return f"{' '.join(map(repr, rest))}: it takes no more words"
    known = [*re.findall(r"--[\w-]+", command.format_help()), "-o", "-h"]
    return f"there is no option {option.partition('=')[0]!r}{meant(option.partition('=')[0], known)}"
