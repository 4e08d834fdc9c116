"""`cmprules decide`: where every credential of a record stands."""

from __future__ import annotations

import argparse

from cmprules._answers.decide import decide
from cmprules._cli._options import (
    DECIDED,
    NOT_IN_GOOD_ORDER,
    STATUS_HELP,
    Commands,
    add_command,
    add_day,
    add_record,
    add_tables,
    add_trust,
    book_of,
    read,
)
from cmprules._cli._reports import add_report, report
from cmprules._words.enums import Outcome, Standing


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "decide", help="say where every credential of a record stands",
        description="Say where every credential of a record stands on a day.",
        example="cmprules decide examples/mls-nearly-there.json --on 2026-03-10", more=STATUS_HELP,
    )
    add_record(command)
    add_day(command)
    add_tables(command)
    add_trust(command)
    add_report(command)
    command.add_argument("--exit-code", action="store_true", help="exit with 1 if anything is not in good order")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    record = read(options.record)
    decision = decide(record, book_of(options), on=options.on, trust=options.trust)
    trouble = any(
        credential.outcome in {Outcome.NOT_MET, Outcome.NEEDS_REVIEW} or credential.standing is Standing.EXPIRED
        for credential in decision.credentials
    )
    status = NOT_IN_GOOD_ORDER if options.exit_code and trouble else DECIDED
    return report(decision, options, record=record), status
