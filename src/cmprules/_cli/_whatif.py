"""`cmprules what-if`: what changes for a population from one book to another."""

from __future__ import annotations

import argparse
from functools import partial
from importlib import import_module
from typing import Any

from cmprules._answers.render.words import counted
from cmprules._cli._batch import add_population, faults_beside, remark
from cmprules._cli._notes import bar_of
from cmprules._cli._options import (
    DECIDED,
    UNWRITABLE,
    Commands,
    add_both_tables,
    add_command,
    add_day,
    add_trust,
    books_of,
)
from cmprules._cli._outputs import OutputError, check_outputs, shown, write_output
from cmprules._cli._reports import add_report, report

_EXAMPLE = """cmprules what-if credentials.parquet activities.parquet -o changes.parquet --on 2026-03-10 \\
      --and-reform docs/how-to/files/cap-reform.toml"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands, "what-if",
        description="Decide a population under two books: who gets another outcome, by how much, and because of which "
                    "requirement. Anything not given for the second is as for the first. It works in memory: a "
                    "gigabyte for three million activities. It needs the extra `batch`.",
        example=_EXAMPLE,
    )
    add_population(command, "the changes, one row for each credential whose answer differs")
    add_day(command)
    add_both_tables(command)
    add_trust(command)
    add_report(command, to_file=False)
    command.set_defaults(run=partial(_run, command))


def _run(command: argparse.ArgumentParser, options: argparse.Namespace) -> tuple[str, int]:
    if options.and_edition is None and options.and_extra is None and options.and_reform is None:
        command.error("there is no second book: give --and-edition, --and-extra or --and-reform")
    bar = bar_of(options, "")
    bar.begin("reading")
    module: Any = import_module("cmprules.batch._whatif")
    writing: Any = import_module("cmprules.batch._writing")
    faults_beside(options)
    check_outputs(options)
    writing.check_ending(options.output)
    writing.check_ending(options.faults)
    found = module.told_what_if(str(options.credentials), str(options.activities), books_of(options), on=options.on,
                                trust=options.trust, step=bar.begin, remark=remark)
    try:
        writing.keep(found.changes, options.output)
        writing.keep(found.faults, options.faults)
    except OSError as error:
        raise OutputError(f"the changes cannot be written: {error}", UNWRITABLE) from error
    text = report(found, options)
    if options.report is None:
        return text, DECIDED
    write_output(options.report, text)
    much = counted(found.changes.num_rows, "answer differs", "answers differ")
    return f"{much}: {shown(options.output)}; {shown(options.report)}\n", DECIDED
