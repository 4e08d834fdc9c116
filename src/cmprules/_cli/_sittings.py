"""Examinations on the command line."""

from __future__ import annotations

import argparse

from cmprules.errors import InputError
from cmprules.timelines._sittings import Sitting


def add_sittings(command: argparse.ArgumentParser) -> None:
    """Add the option for examinations that were taken."""
    command.add_argument("--sitting", action="append", default=[], type=_sitting, metavar="CODE,TAKEN[,NOTIFIED]",
                         help="an examination: its credential as MLS or MLS(ASCPi), the day on which it was taken, and "
                              "the day of the notice of its result; may be repeated")


def _sitting(text: str) -> Sitting:
    """Read an examination from the command line."""
    what, *days = text.split(",")
    if not 1 <= len(days) <= 2:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected CODE,TAKEN or CODE,TAKEN,NOTIFIED")
    try:
        return Sitting(code=what, taken_on=days[0], notified_on=days[1] if len(days) > 1 else None)
    except InputError as error:
        raise argparse.ArgumentTypeError("; ".join(map(str, error.faults))) from None
