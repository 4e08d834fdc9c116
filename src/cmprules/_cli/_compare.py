"""`cmprules compare`: what changes from one table to another, or from one decision to another."""

from __future__ import annotations

import argparse

from cmprules._answers.decide import decide
from cmprules._cli._options import (
    DECIDED,
    Commands,
    add_both_tables,
    add_command,
    add_day,
    add_trust,
    books_of,
    day,
    grades,
    read,
)
from cmprules._cli._reports import add_report, report
from cmprules._kit.terms import NOT_SAID
from cmprules.comparing._compare import compare

_EXAMPLE = """cmprules compare policy BB --expires 2023-12-31 --and 2024-01-31
  cmprules compare policy MLS --expires 2027-05-31 --and-reform docs/how-to/files/safety-reform.toml
  cmprules compare decision examples/ht-expired.json --on 2026-01-31 --and-on 2026-06-30"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "compare",
        description="Show what changes from one table of requirements to another, or from one decision to another. "
                    "Anything not given for the second is as for the first.",
        example=_EXAMPLE,
    )
    kinds = command.add_subparsers(title="what to compare", required=True, metavar="WHAT")
    _add_policy(kinds)
    _add_decision(kinds)


def _add_policy(kinds: Commands) -> None:
    command = add_command(
        kinds, "policy", help="two tables of requirements",
        description="Show what changes from one table of requirements to another, with the sources of both.",
        example="cmprules compare policy BB --expires 2023-12-31 --and 2024-01-31",
    )
    command.add_argument("code", metavar="CODE", help="the credential, such as MLS or 'MLS(ASCPi)'")
    command.add_argument("--expires", type=day, required=True, metavar="DATE", help="its last valid day")
    command.add_argument("--and", type=day, dest="and_expires", metavar="DATE", help="the last valid day of the second")
    command.add_argument("--and-code", metavar="CODE", help="the credential of the second")
    command.add_argument("--body", choices=("ASCP", "ASCPi"), default=NOT_SAID, help="ASCP, unless CODE names one")
    command.add_argument("--and-body", choices=("ASCP", "ASCPi"), help="the body of the second")
    add_both_tables(command)
    add_report(command)
    command.set_defaults(run=_policies)


def _add_decision(kinds: Commands) -> None:
    command = add_command(
        kinds, "decision", help="two decisions",
        description="Show what changes from one decision to another, and the cause: the record, the day, the tables or "
                    "the trust.",
        example="cmprules compare decision examples/ht-expired.json --on 2026-01-31 --and-on 2026-06-30",
    )
    command.add_argument("record", metavar="RECORD", help="a JSON or TOML file, or - for standard input")
    command.add_argument("second", metavar="RECORD2", nargs="?", help="the record of the second")
    add_day(command)
    command.add_argument("--and-on", type=day, metavar="DATE", help="the day of the second")
    add_both_tables(command)
    add_trust(command)
    command.add_argument("--and-trust", choices=grades(), metavar="GRADE", help="the trust of the second")
    add_report(command)
    command.set_defaults(run=_decisions)


def _policies(options: argparse.Namespace) -> tuple[str, int]:
    first, second = books_of(options)
    before = first.policy_for(options.code, expires_on=options.expires, body=options.body)
    after = second.policy_for(options.and_code or options.code, expires_on=options.and_expires or options.expires,
                              body=options.and_body or (NOT_SAID if options.and_code else options.body))
    return report(compare(before, after), options), DECIDED


def _decisions(options: argparse.Namespace) -> tuple[str, int]:
    books = books_of(options)
    record = read(options.record)
    records = (record, record if options.second is None else read(options.second))
    before = decide(records[0], books[0], on=options.on, trust=options.trust)
    after = decide(records[1], books[1], on=options.and_on or options.on, trust=options.and_trust or options.trust)
    return report(compare(before, after, records=records, books=books), options, record=records[1]), DECIDED
