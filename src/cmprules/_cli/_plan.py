"""`cmprules plan`: the best courses to buy so that every credential of a record is met."""

from __future__ import annotations

import argparse

from cmprules._cli._notes import bar_of
from cmprules._cli._options import (
    DECIDED,
    NOT_IN_GOOD_ORDER,
    UNREADABLE,
    UNWRITABLE,
    WRONG_USAGE,
    Commands,
    add_command,
    add_day,
    add_record,
    add_tables,
    add_trust,
    book_of,
    day,
    read,
)
from cmprules._cli._reports import add_report, report
from cmprules.planning import front, read_catalogue
from cmprules.planning._planning import plan
from cmprules.planning._values import GOALS

_STATUS = f"""exit status:
  {DECIDED}  answered
  {NOT_IN_GOOD_ORDER}  with --exit-code: there is no plan
  {WRONG_USAGE}  wrong usage
  {UNREADABLE}  the input cannot be read; every fault is on standard error, and nothing on standard output
  {UNWRITABLE}  the answer cannot be written
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "plan",
        description="Find the courses and packages of a catalogue that meet every credential of a record in time, at "
        "the least cost. Needs the extra 'plan'.",
        example="cmprules plan examples/mls-nearly-there.json examples/catalogues/samples.csv --on 2026-03-10",
        more=_STATUS,
    )
    add_record(command)
    command.add_argument("catalogue", metavar="CATALOGUE", help="a CSV, JSON or TOML file")
    add_day(command)
    _add_wishes(command)
    add_tables(command)
    add_trust(command)
    add_report(command)
    command.add_argument("--exit-code", action="store_true", help="exit with 1 if there is no plan")
    command.set_defaults(run=_run)


def _add_wishes(command: argparse.ArgumentParser) -> None:
    """Add the options for the wishes of the plan."""
    what = command.add_mutually_exclusive_group()
    what.add_argument("--minimise", "--minimize", choices=GOALS, default="cost",
                      help="what to minimize; cost if absent")
    what.add_argument("--front", action="store_true", help="show every trade-off between money and time instead")
    command.add_argument("--budget", metavar="USD", help="the largest total cost")
    command.add_argument("--include", action="append", default=[], metavar="ID",
                         help="a course or package that must be part of the plan; may be repeated")
    command.add_argument("--exclude", action="append", default=[], metavar="ID",
                         help="a course or package that must not be part of the plan; may be repeated")
    command.add_argument("--by", type=day, metavar="DATE",
                         help="the day of decision for expired credentials and those without an end date; the day of "
                              "--on if absent")


def _run(options: argparse.Namespace) -> tuple[str, int]:
    record, catalogue, book = read(options.record), read_catalogue(options.catalogue), book_of(options)
    wishes = {"on": options.on, "by": options.by, "budget": options.budget, "include": options.include,
              "exclude": options.exclude, "trust": options.trust}
    bar_of(options, "").begin("searching the catalog")
    if options.front:
        trades = front(record, book, catalogue, **wishes)
        return report(trades, options, record=record), _status(options, possible=bool(trades.points))
    found = plan(record, book, catalogue, minimise=options.minimise, **wishes)
    return report(found, options, record=record), _status(options, possible=found.possible)


def _status(options: argparse.Namespace, *, possible: bool) -> int:
    return NOT_IN_GOOD_ORDER if options.exit_code and not possible else DECIDED
