"""`cmprules policy`: what a credential requires."""

from __future__ import annotations

import argparse

from cmprules._cli._options import DECIDED, Commands, add_command, add_tables, book_of, day
from cmprules._cli._reports import add_report, report
from cmprules._kit.terms import NOT_SAID


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "policy",
        description="Show what a credential requires, with sources.",
        example="cmprules policy MLS --expires 2026-05-31 --format json",
    )
    command.add_argument("code", metavar="CODE", help="the credential, such as MLS or 'MLS(ASCPi)'")
    command.add_argument("--expires", type=day, required=True, metavar="DATE", help="its last valid day")
    command.add_argument("--body", choices=("ASCP", "ASCPi"), default=NOT_SAID, help="ASCP, unless CODE names one")
    add_tables(command)
    add_report(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    policy = book_of(options).policy_for(options.code, expires_on=options.expires, body=options.body)
    return report(policy, options), DECIDED
