"""`cmprules audit`: what of the declarations of a record can be proven, and what steps in for what was rejected."""

from __future__ import annotations

import argparse

from cmprules._cli._options import (
    DECIDED,
    Commands,
    add_command,
    add_day,
    add_record,
    add_tables,
    book_of,
    read,
)
from cmprules._cli._reports import add_report, report
from cmprules.audit import manifest, readiness, substitute


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "audit", help="say how far the declarations of a record can be proven",
        description="Say how far the declarations of a record could be proven in an audit; list what is sent; or place "
                    "again after some activities were rejected.",
        example="cmprules audit examples/mls-met.json --on 2026-03-10 --credential mls\n"
                "  cmprules audit examples/mls-met.json --on 2026-03-10 --manifest\n"
                "  cmprules audit examples/mls-met.json --on 2026-06-10 --reject m05 --reject m06",
    )
    add_record(command)
    add_day(command)
    command.add_argument("--credential", metavar="ID", help="the id of one credential; all of them if absent")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--manifest", action="store_true", help="list what is sent to the auditor")
    what.add_argument("--reject", action="append", default=[], metavar="ID",
                      help="the id of an activity that the audit rejected; may be given again")
    add_tables(command)
    add_report(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    record, book = read(options.record), book_of(options)
    if options.reject:
        found = substitute(record, book, on=options.on, rejected=options.reject, credential=options.credential)
        return report(found, options, record=record), DECIDED
    ask = manifest if options.manifest else readiness
    return report(ask(record, book, on=options.on, credential=options.credential), options,
                  record=record), DECIDED
