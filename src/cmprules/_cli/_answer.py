"""`cmprules answer`: the holder's answers to open questions, written into the record."""

from __future__ import annotations

import argparse
import json
from textwrap import fill

from cmprules._answers.answering import answered, open_needs
from cmprules._answers.decide import decide
from cmprules._answers.decision import Decision
from cmprules._answers.render.blocks import clean
from cmprules._cli._options import (
    UNREADABLE,
    UNWRITABLE,
    WIDTH,
    WRONG_USAGE,
    Commands,
    add_command,
    add_day,
    add_record,
    add_tables,
    add_trust,
    book_of,
    read,
)
from cmprules._cli._outputs import output_file, shown, write_output
from cmprules._facts.records import Record
from cmprules._kit.canonical import to_mapping

_STATUS = f"""exit status:
  0  written
  {WRONG_USAGE}  wrong usage
  {UNREADABLE}  the record cannot be read, or no such question is open
  {UNWRITABLE}  the record cannot be written
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "answer",
        description="Answer questions that a decision leaves open. The answers are written into the record, and every "
                    "later decision says that it used them. Yes is in the holder's favor. Without --yes and --no, the "
                    "open questions are listed.",
        example="cmprules answer record.json --on 2026-03-10 --yes DUPLICATE --no REPEATED_COURSE:a7 -o answered.json",
        more=_STATUS,
    )
    add_record(command)
    add_day(command)
    add_tables(command)
    add_trust(command)
    for answer in ("yes", "no"):
        command.add_argument(f"--{answer}", action="append", default=[], metavar="CODE[:ID]",
                             help=f"answer {answer} to a question, or to every question of a code; may be repeated")
    command.add_argument("-o", "--output", type=output_file(".json"), metavar="RECORD",
                         help="the record to write (.json); printed if absent")
    command.set_defaults(run=_run)


def _open(decision: Decision, record: Record) -> str:
    """List the open questions, each with the words that answer it and the title of what it is about."""
    titles = {activity.id: f"{activity.title}: " for activity in record.activities}
    asked = [(f"--yes {need.code}:{need.subject}", titles.get(need.subject, "") + need.question)
             for need in open_needs(decision)]
    lines = [f"{clean(words)}\n{fill(clean(text), WIDTH, initial_indent='  ', subsequent_indent='  ')}\n"
             for words, text in asked]
    return "\n".join(lines) or "No question is open.\n"


def _run(options: argparse.Namespace) -> tuple[str, int]:
    record = read(options.record)
    decision = decide(record, book_of(options), on=options.on, trust=options.trust)
    answers = [(named, answer) for answer in ("yes", "no") for named in getattr(options, answer)]
    if not answers and options.output is None:
        return _open(decision, record), 0
    text = json.dumps(to_mapping(answered(record, decision, answers)), indent=2, ensure_ascii=False) + "\n"
    if options.output is None:
        return text, 0
    write_output(options.output, text)
    return f"{shown(options.output)}\n", 0
