"""The command line: it reads, decides, prints, and says with its exit status how that went."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cmprules._codes import NOTICE
from cmprules._decide import decide
from cmprules._enums import Grade, Outcome, Standing
from cmprules._facts import Record
from cmprules._load import editions, load_book
from cmprules._reading import LARGEST_FILE
from cmprules._render import FORMATS, render
from cmprules._schemas import SCHEMAS, json_schema
from cmprules._shapes import Day
from cmprules._version import __version__
from cmprules._wire import parse_record, parse_text, read_record
from cmprules.errors import Fault, InputError, NotInForceError, PolicyDataError, UnknownCodeError, UnknownEditionError

__all__ = ["main"]

DECIDED, NOT_IN_GOOD_ORDER, WRONG_USAGE, UNREADABLE, UNWRITABLE = 0, 1, 2, 3, 4

_STATUS_HELP = f"""exit status:
  {DECIDED}  decided
  {NOT_IN_GOOD_ORDER}  with --exit-code: a credential is NOT_MET, NEEDS_REVIEW or expired
  {WRONG_USAGE}  wrong usage
  {UNREADABLE}  the input cannot be read; every fault is on standard error, and nothing on standard output
  {UNWRITABLE}  the answer cannot be written
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status.

    >>> main(["editions"])
    2026.1
    0
    >>> main(["policy", "MLS", "--expires", "2026-05-31", "--format", "xml"])
    Traceback (most recent call last):
    ...
    SystemExit: 2
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        text, status = options.run(options)
    except (InputError, PolicyDataError) as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    except (UnknownEditionError, UnknownCodeError, NotInForceError) as error:
        sys.stderr.write(f"{parser.prog}: {error}\n")
        return WRONG_USAGE
    return int(status) if _print(text) else UNWRITABLE


def _print(text: str) -> bool:
    """Print UTF-8 whatever the locale; a reader that has gone away (a pager, `head`) is no error of ours."""
    if sys.stdout is None:
        sys.stderr.write("cmprules: the answer cannot be written: standard output is closed\n")
        return False
    try:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None
    except OSError as error:
        sys.stdout = None
        sys.stderr.write(f"cmprules: the answer cannot be written: {error}\n")
        return False
    return True


# ---------------------------------------------------------------------------------------------------------
# What the commands do.


def _decide(options: argparse.Namespace) -> tuple[str, int]:
    record = _read(options.record)
    book = load_book(options.edition, extra=options.extra)
    decision = decide(record, book, on=options.on, trust=options.trust)
    trouble = any(
        credential.outcome in {Outcome.NOT_MET, Outcome.NEEDS_REVIEW} or credential.standing is Standing.EXPIRED
        for credential in decision.credentials
    )
    status = NOT_IN_GOOD_ORDER if options.exit_code and trouble else DECIDED
    return render(decision, options.format, record=record), status


def _read(path: str) -> Record:
    """Read a record from a file, or from standard input."""
    if path != "-":
        return read_record(path)
    if sys.stdin is None:
        raise InputError([Fault(path="$", code="CANNOT_READ", value="-", expected="standard input",
                                hint="it is closed; give a file, or write the record to it")])
    return parse_record(parse_text(sys.stdin.buffer.read(LARGEST_FILE + 1)))


def _policy(options: argparse.Namespace) -> tuple[str, int]:
    book = load_book(options.edition, extra=options.extra)
    policy = book.policy_for(options.code, expires_on=options.expires, body=options.body)
    return render(policy, options.format), DECIDED


def _editions(options: argparse.Namespace) -> tuple[str, int]:
    if options.format == "text":
        return "".join(f"{name}\n" for name in editions()), DECIDED
    books = [load_book(name) for name in editions()]
    listed = [{"edition": book.edition, "sha256": book.sha256, "last_checked": book.last_checked.isoformat(),
               "advisories": list(book.advisories)} for book in books]
    return json.dumps({"editions": listed, "notice": NOTICE}, indent=2) + "\n", DECIDED


def _schema(options: argparse.Namespace) -> tuple[str, int]:
    return json.dumps(json_schema(options.name), indent=2, ensure_ascii=False) + "\n", DECIDED


# ---------------------------------------------------------------------------------------------------------
# What the commands take.


def _day(text: str) -> date:
    faults: list[Fault] = []
    day: date = Day().read(text, "the day", faults)
    if faults:
        raise argparse.ArgumentTypeError(str(faults[0]))
    return day


def _today() -> date:
    """Ask the clock: here and nowhere else."""
    return date.today()  # noqa: DTZ011  # the day where the person sits is the day they mean


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cmprules", allow_abbrev=False, epilog=NOTICE,
        description="Rules for maintaining ASCP Board of Certification credentials.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_decide(commands)
    _add_policy(commands)
    _add_editions(commands)
    _add_schema(commands)
    return parser


def _add_decide(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "decide", allow_abbrev=False, help="say where every credential of a record stands",
        description="Say where every credential of a record stands on a day.",
        epilog=f"example:\n  cmprules decide examples/mls-nearly-there.json --on 2026-03-10\n\n{_STATUS_HELP}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("record", metavar="RECORD", help="a JSON or TOML file, or - for standard input")
    command.add_argument("--on", type=_day, default=_today(), metavar="DATE", help="today if absent")
    _add_tables(command)
    command.add_argument("--trust", choices=[str(grade) for grade in Grade if grade is not Grade.USER],
                         default="inferred", metavar="GRADE",
                         help="rely on figures down to this grade: official, official_old, booklet, society, "
                              "third_party, inferred (the default)")
    command.add_argument("--format", choices=FORMATS, default="text", help="how to print it; text if absent")
    command.add_argument("--exit-code", action="store_true", help="exit with 1 if anything is not in good order")
    command.set_defaults(run=_decide)


def _add_policy(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "policy", allow_abbrev=False, help="show what a credential asks for",
        description="Show what a credential asks for, with sources.",
        epilog="example:\n  cmprules policy MLS --expires 2026-05-31 --format json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("code", metavar="CODE", help="the credential, such as MLS")
    command.add_argument("--expires", type=_day, required=True, metavar="DATE", help="its last valid day")
    command.add_argument("--body", choices=("ASCP", "ASCPi"), default="ASCP", help="ASCP if absent")
    _add_tables(command)
    command.add_argument("--format", choices=("text", "json", "markdown", "html"), default="text",
                         help="how to print it; text if absent")
    command.set_defaults(run=_policy)


def _add_editions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "editions", allow_abbrev=False, help="list the editions of the policy tables",
        description="List the editions of the policy tables that this release carries, the newest last.",
        epilog="example:\n  cmprules editions --format json", formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="how to print it; text if absent")
    command.set_defaults(run=_editions)


def _add_schema(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "schema", allow_abbrev=False, help="print the JSON Schema of a wire format",
        description="Print the JSON Schema (2020-12) of a wire format.",
        epilog="example:\n  cmprules schema record", formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("name", metavar="NAME", choices=SCHEMAS, help=", ".join(SCHEMAS))
    command.add_argument("--format", choices=("json",), default="json", help="a schema is JSON")
    command.set_defaults(run=_schema)


def _add_tables(command: argparse.ArgumentParser) -> None:
    command.add_argument("--edition", metavar="ID", help="the edition of the policy tables; the newest if absent")
    command.add_argument("--extra", action="append", default=[], type=Path, metavar="FILE",
                         help="a TOML file with rows of your own; may be given again")
