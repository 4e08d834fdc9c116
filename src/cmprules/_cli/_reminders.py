"""Reminders in a calendar, on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


def add_remind(command: argparse.ArgumentParser, days: Sequence[int] = ()) -> None:
    """Add the option for reminders in days before an event."""
    absent = " and ".join(map(str, days)) or "none"
    command.add_argument("--remind", type=_days, default=tuple(days), metavar="DAYS",
                         help="days before an entry on which to be reminded, such as 60 14; none if no number follows; "
                              f"{absent} if absent")


def _days(text: str) -> tuple[int, ...]:
    """Read numbers of days, separated by commas."""
    try:
        return tuple(int(number) for number in text.split(",") if number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected numbers of days, such as 60,14") from None
