"""`cmprules verify`: check that a receipt is undamaged and that its decision is still the same."""

from __future__ import annotations

import argparse

from cmprules._cli._options import DECIDED, NOT_IN_GOOD_ORDER, Commands, add_command, standard_input
from cmprules._cli._reports import add_report, report
from cmprules._cli._terminal import complain
from cmprules._words.limits import LARGEST_RECEIPT
from cmprules.errors import InputError
from cmprules.receipts._reading import read_receipt, receipt_of
from cmprules.receipts._receipt import replay

_MORE = """exit status:
  0  the receipt is undamaged, and the replay gives the same decision
  1  the receipt is damaged, or the decision differs
  2  wrong usage, such as an edition that this release does not have
  3  the file cannot be read, or is not a receipt
  4  the answer cannot be written
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "verify",
        description="Check a receipt against its digest, make its decision again with the edition that it names, and "
                    "show whether it is the same.",
        example="cmprules verify tests/promises/compat/receipts/plain.json", more=_MORE,
    )
    command.add_argument("receipt", metavar="RECEIPT", help="a file written by `cmprules receipt`, or - for standard "
                                                            "input")
    add_report(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> tuple[str, int]:
    try:
        kept = read_receipt(options.receipt) if options.receipt != "-" else receipt_of(standard_input(LARGEST_RECEIPT))
    except InputError as error:
        if any(fault.code == "RECEIPT_DAMAGED" for fault in error.faults):
            complain(str(error))
            return "", NOT_IN_GOOD_ORDER
        raise
    found = replay(kept)
    return report(found, options), DECIDED if found.same else NOT_IN_GOOD_ORDER
