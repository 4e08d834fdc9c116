"""The command line: it reads, decides, prints, and says with its exit status how that went."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from cmprules._cli import (
    _answer,
    _batch,
    _calendar,
    _compare,
    _editions,
    _exam,
    _example,
    _intake,
    _new,
    _people,
    _plan,
    _policy,
    _receipt,
    _schema,
    _verify,
    _whatif,
    _words,
)
from cmprules._cli._of_records import AUDIT, DECIDE, EXPLAIN, TIMELINE, TRACK
from cmprules._cli._options import INTERRUPTED, UNREADABLE, UNWRITABLE, WRONG_USAGE
from cmprules._cli._outputs import OutputError, check_outputs, complain
from cmprules._cli._reports import delivered
from cmprules._cli._terminal import on_terminal
from cmprules._version import __version__
from cmprules._words.codes import NOTICE
from cmprules.errors import (
    InputError,
    MissingExtraError,
    NotInForceError,
    PolicyDataError,
    UnknownCodeError,
    UnknownEditionError,
)

__all__ = ["main"]

_COMMANDS = (_new, _example, _intake, DECIDE, _answer, _people, _batch, _whatif, EXPLAIN, TRACK, TIMELINE, _calendar,
             _plan, AUDIT, _exam, _policy, _compare, _receipt, _verify, _editions, _words, _schema)
"""In the order of the help.  Commands that ask about a record are rows of a table; each of the others has a module."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status.

    >>> main(["editions"])
    2026.1
    2026.2
    0
    >>> main(["policy", "MLS", "--expires", "2026-05-31", "--format", "xml"])
    Traceback (most recent call last):
    ...
    SystemExit: 2
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        check_outputs(options)
        text, status = options.run(options)
        return int(status) if _print(delivered(text, options)) else UNWRITABLE
    except (InputError, PolicyDataError) as error:
        complain(str(error))
        return UNREADABLE
    except (UnknownEditionError, UnknownCodeError, NotInForceError, MissingExtraError) as error:
        complain(f"{parser.prog}: {error}")
        return WRONG_USAGE
    except OutputError as error:
        complain(f"{parser.prog}: {error}")
        return error.status
    except KeyboardInterrupt:
        complain(f"\n{parser.prog}: interrupted")
        return INTERRUPTED


def _print(text: str) -> bool:
    """Print UTF-8 whatever the locale; a reader that has gone away (a pager, `head`) is no error of ours."""
    if sys.stdout is None:
        complain("cmprules: the answer cannot be written: standard output is closed")
        return False
    try:
        if hasattr(sys.stdout, "reconfigure"):
            as_it_is = {"newline": ""} if "\r\n" in text else {}
            sys.stdout.reconfigure(encoding="utf-8", **as_it_is)
        sys.stdout.write(on_terminal(text) if sys.stdout.isatty() else text)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None
    except OSError as error:
        sys.stdout = None
        complain(f"cmprules: the answer cannot be written: {error}")
        return False
    return True


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints hold nothing that a terminal would act on, whatever was typed."""

    def error(self, message: str) -> NoReturn:
        """Complain, and exit with the status of wrong usage."""
        super().error(on_terminal(message))


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="cmprules", allow_abbrev=False, epilog=NOTICE,
        description="Rules for maintaining ASCP Board of Certification credentials.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return parser
