"""Commands that ask something about a record on a day: `decide`, `explain`, `track`, `timeline` and `audit`.

They are one table.  To add a command, write its answer and add a row; see `CONTRIBUTING.md`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from cmprules._answers.decide import decide
from cmprules._answers.decision import Decision
from cmprules._cli._options import (
    DECIDED,
    NOT_IN_GOOD_ORDER,
    STATUS_HELP,
    Commands,
    add_command,
    add_day,
    add_record,
    add_sittings,
    add_tables,
    add_trust,
    book_of,
    read,
)
from cmprules._cli._reports import add_report, report
from cmprules._facts.reading import read_plain
from cmprules._facts.records import Record
from cmprules._kit.shapes import Checked
from cmprules._policy.book import PolicyBook
from cmprules._words.enums import Outcome, Standing
from cmprules._words.limits import LARGEST_TRACKING
from cmprules.audit import manifest, readiness, substitute
from cmprules.errors import Fault, InputError
from cmprules.explaining import review_placement, slack
from cmprules.explaining._explain import explain
from cmprules.timelines._timeline import timeline
from cmprules.tracking._changes import changes
from cmprules.tracking._reading import parse_tracking
from cmprules.tracking._track import track


@attrs.frozen(kw_only=True)
class OfRecord:
    """A command that reads a record, asks about it on a day, and prints the report of the answer.

    Attributes:
        answer: makes the answer from the record, the tables and the options.
        takes: adds its own options that come before those of the tables.
        also: adds its own options that come last.
        trusts: whether it takes the weakest grade to accept.
        status: returns the exit status, from the answer, the printed text, and the options; it may refuse the answer.
    """

    name: str
    help: str
    description: str
    example: str
    more: str = ""
    answer: Callable[[Record, PolicyBook, argparse.Namespace], Checked]
    takes: Callable[[argparse.ArgumentParser], None] | None = None
    also: Callable[[argparse.ArgumentParser], None] | None = None
    trusts: bool = True
    status: Callable[[Any, str, argparse.Namespace], int] = lambda *_: DECIDED

    def add(self, commands: Commands) -> None:
        """Add the command."""
        command = add_command(commands, self.name, help=self.help, description=self.description, example=self.example,
                              more=self.more)
        add_record(command)
        add_day(command)
        if self.takes is not None:
            self.takes(command)
        add_tables(command)
        if self.trusts:
            add_trust(command)
        add_report(command)
        if self.also is not None:
            self.also(command)
        command.set_defaults(run=self._run)

    def _run(self, options: argparse.Namespace) -> tuple[str, int]:
        record, book = read(options.record), book_of(options)
        answer = self.answer(record, book, options)
        text = report(answer, options, record=record)
        return text, self.status(answer, text, options)


# ---------------------------------------------------------------------------------------------------------
# decide


def _decide(record: Record, book: PolicyBook, options: argparse.Namespace) -> Decision:
    return decide(record, book, on=options.on, trust=options.trust)


def _take_exit_code(command: argparse.ArgumentParser) -> None:
    command.add_argument("--exit-code", action="store_true", help="exit with 1 if anything is not in good order")


def _in_good_order(decision: Decision, _: str, options: argparse.Namespace) -> int:
    trouble = any(
        credential.outcome in {Outcome.NOT_MET, Outcome.NEEDS_REVIEW} or credential.standing is Standing.EXPIRED
        for credential in decision.credentials
    )
    return NOT_IN_GOOD_ORDER if options.exit_code and trouble else DECIDED


# ---------------------------------------------------------------------------------------------------------
# explain


def _explain(record: Record, book: PolicyBook, options: argparse.Namespace) -> Checked:
    if options.moves:
        return review_placement(record, book, on=options.on, trust=options.trust, credential=options.credential)
    if options.slack:
        return slack(record, book, on=options.on, trust=options.trust, credential=options.credential)
    return explain(_decide(record, book, options), record=record, book=book, credential=options.credential,
                   activity=options.activity)


def _take_what_to_explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("--credential", metavar="ID", help="only one credential")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--activity", metavar="ID", help="only one activity")
    what.add_argument("--moves", action="store_true",
                      help="instead: your own placement, the best one, and the moves between them")
    what.add_argument("--slack", action="store_true",
                      help="instead: the points to spare, the activities that the outcome depends on, and other "
                           "placements")


# ---------------------------------------------------------------------------------------------------------
# track


def _track(record: Record, book: PolicyBook, options: argparse.Namespace) -> Checked:
    earlier = None if options.since is None else parse_tracking(read_plain(options.since, LARGEST_TRACKING))
    tracking = track(record, book, on=options.on, trust=options.trust)
    return tracking if earlier is None else changes(earlier, tracking)


def _take_since(command: argparse.ArgumentParser) -> None:
    command.add_argument("--since", type=Path, metavar="FILE",
                         help="a tracking written earlier with --format json: show what has changed since")


def _small_enough(_: Checked, text: str, options: argparse.Namespace) -> int:
    """Refuse a tracking that could not be read back later."""
    if options.format == "json" and len(text.encode()) > LARGEST_TRACKING:
        raise InputError([Fault(path="$.record", code="ANSWER_TOO_LARGE", value=len(text.encode()),
                                expected=f"at most {LARGEST_TRACKING} bytes, so that it can be read back",
                                hint="leave out what no cycle of these credentials needs")])
    return DECIDED


# ---------------------------------------------------------------------------------------------------------
# audit


def _audit(record: Record, book: PolicyBook, options: argparse.Namespace) -> Checked:
    if options.reject:
        return substitute(record, book, on=options.on, rejected=options.reject, credential=options.credential)
    ask = manifest if options.manifest else readiness
    return ask(record, book, on=options.on, credential=options.credential)


def _take_what_to_audit(command: argparse.ArgumentParser) -> None:
    command.add_argument("--credential", metavar="ID", help="the id of one credential; all of them if absent")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--manifest", action="store_true", help="list what to send to the auditor")
    what.add_argument("--reject", action="append", default=[], metavar="ID",
                      help="the id of an activity that the audit rejected; may be repeated")


# ---------------------------------------------------------------------------------------------------------
# The table.

DECIDE = OfRecord(
    name="decide", help="decide every credential of a record",
    description="Decide every credential of a record on a day: are the requirements met, and what is missing?",
    example="cmprules decide examples/mls-nearly-there.json --on 2026-03-10", more=STATUS_HELP,
    answer=_decide, also=_take_exit_code, status=_in_good_order)

EXPLAIN = OfRecord(
    name="explain", help="explain a decision",
    description="Explain a decision step by step; or show what to move in your own placement, or how close it is.",
    example="cmprules explain examples/mls-nearly-there.json --on 2026-03-10 --activity a10",
    answer=_explain, takes=_take_what_to_explain)

TRACK = OfRecord(
    name="track", help="show the progress of a holder, and what to do next",
    description="Show the progress of the holder of a record on a day, and what to do next.",
    example="cmprules track examples/pbt.toml --on 2026-03-10",
    answer=_track, takes=_take_since, status=_small_enough)

TIMELINE = OfRecord(
    name="timeline", help="list the dates of a record",
    description="List the dates of the holder of a record: cycles, windows, ends, changes of fees.",
    example="cmprules timeline examples/mls-and-sbb.json --on 2026-03-10",
    answer=lambda record, book, options: timeline(record, book, on=options.on, sittings=options.sitting),
    takes=add_sittings, trusts=False)

AUDIT = OfRecord(
    name="audit", help="show how much of the declarations of a record can be proven",
    description="Show how much of the declarations of a record could be proven in an audit; list what to send; or "
                "place again after some activities were rejected.",
    example="cmprules audit examples/mls-met.json --on 2026-03-10 --credential mls\n"
            "  cmprules audit examples/mls-met.json --on 2026-03-10 --manifest\n"
            "  cmprules audit examples/mls-met.json --on 2026-06-10 --reject m05 --reject m06",
    answer=_audit, takes=_take_what_to_audit, trusts=False)
