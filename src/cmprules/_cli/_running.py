"""Running a command: its answer is printed or its faults are, and its exit status says which."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import pairwise

from cmprules._cli._notes import note, note_start
from cmprules._cli._options import INTERRUPTED, UNREADABLE, UNWRITABLE, WRONG_USAGE
from cmprules._cli._outputs import OutputError, check_outputs
from cmprules._cli._parsing import WrongUsageError, parsed
from cmprules._cli._reports import delivered, terminal_for
from cmprules._cli._terminal import STATUS, complain, on_terminal
from cmprules.errors import (
    CmpRulesError,
    Fault,
    InputError,
    MissingExtraError,
    NotInForceError,
    PolicyDataError,
    UnknownCodeError,
    UnknownEditionError,
    shorten,
)

_LONGEST = 200
"""Letters of a value that a fault shows in JSON."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        options = parsed(words)
        note_start(options)
        status = _run(options)
    except WrongUsageError as error:
        complain(_as_json(error, WRONG_USAGE) if _wants_json(words) else f"{error.before}{error}")
        raise SystemExit(WRONG_USAGE) from None
    note(options, f"exit status {status}")
    return status


def _wants_json(words: Sequence[str]) -> bool:
    """Return whether a command line that cannot be read asks for JSON."""
    return "--format=json" in words or ("--format", "json") in pairwise(words)


def _run(options: argparse.Namespace) -> int:
    """Run a command, print its answer or its faults, and return its exit status."""
    try:
        check_outputs(options)
        text, status = options.run(options)
        terminal = terminal_for(options)
        painted = terminal is not None and terminal.color
        return int(status) if _print(delivered(text, options), painted=painted) else UNWRITABLE
    except (InputError, PolicyDataError) as error:
        return _refused(error, options, UNREADABLE)
    except (UnknownEditionError, UnknownCodeError, NotInForceError, MissingExtraError) as error:
        return _refused(error, options, WRONG_USAGE)
    except OutputError as error:
        return _refused(error, options, error.status)
    except KeyboardInterrupt:
        complain("\ncmprules: interrupted")
        return INTERRUPTED


def _refused(error: CmpRulesError, options: argparse.Namespace, status: int) -> int:
    """Complain in words, or as JSON where the answer was asked for as JSON."""
    faults = getattr(error, "faults", ())
    if getattr(options, "format", None) == "json":
        complain(_as_json(error, status))
    else:
        complain(str(error) if faults or isinstance(error, PolicyDataError) else f"cmprules: {error}")
    return status


def _as_json(error: CmpRulesError, status: int) -> str:
    faults = list(map(_plain, getattr(error, "faults", ())))
    return json.dumps({"error": str(error).splitlines()[0], "status": status, "faults": faults}, indent=2)


def _plain(fault: Fault) -> dict[str, object]:
    """Write a fault as plain data; a value that is no word of JSON is shown as the message shows it."""
    value = fault.value if fault.value is None or isinstance(fault.value, bool | int) else (
        fault.value[:_LONGEST] if isinstance(fault.value, str) else shorten(fault.value))
    return {"path": fault.path, "code": fault.code, "value": value, "expected": fault.expected, "hint": fault.hint}


def _print(text: str, *, painted: bool) -> bool:
    """Print UTF-8 whatever the locale; a reader that has closed (a pager, `head`) is not an error."""
    STATUS.clear()
    if sys.stdout is None:
        complain("cmprules: the answer cannot be written: standard output is closed")
        return False
    try:
        if hasattr(sys.stdout, "reconfigure"):
            as_it_is = {"newline": ""} if "\r\n" in text else {}
            sys.stdout.reconfigure(encoding="utf-8", **as_it_is)
        sys.stdout.write(on_terminal(text, painted=painted) if sys.stdout.isatty() else text)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None
    except OSError as error:
        sys.stdout = None
        complain(f"cmprules: the answer cannot be written: {error}")
        return False
    return True
