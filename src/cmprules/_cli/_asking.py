"""Commands that ask one question about records: the options of each, and the function that answers."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NamedTuple

from cmprules._cli._notes import bar_of
from cmprules._cli._options import (
    DECIDED,
    NOT_IN_GOOD_ORDER,
    STATUS_HELP,
    WRONG_USAGE,
    Commands,
    add_command,
    add_day,
    add_records,
    add_tables,
    add_trust,
    book_of,
    read_all,
)
from cmprules._cli._outputs import OutputError
from cmprules._cli._reports import add_report, report
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook

Answers = Callable[[argparse.Namespace, Record, PolicyBook], Any]


def _nothing(_command: argparse.ArgumentParser) -> None:
    """Add no options of its own."""


class RecordCommand(NamedTuple):
    """A command that asks one question about each of its records.

    Attributes:
        name: the name to type.
        description: a sentence for its help.
        example: a line that works, or several.
        answers: the function that answers for one record.
        options: adds the command's own options.
        trust: whether the weakest grade of figures can be chosen.
        good: whether an answer is in good order, for `--exit-code`; None without that option.
    """

    name: str
    description: str
    example: str
    answers: Answers
    options: Callable[[argparse.ArgumentParser], None] = _nothing
    trust: bool = True
    good: Callable[[Any], bool] | None = None

    def add(self, commands: Commands) -> None:
        """Add the command."""
        command = add_command(commands, self.name, description=self.description, example=self.example,
                              more=STATUS_HELP if self.good else "")
        add_records(command)
        add_day(command)
        self.options(command)
        add_tables(command)
        if self.trust:
            add_trust(command)
        add_report(command)
        if self.good:
            command.add_argument("--exit-code", action="store_true",
                                 help="exit with 1 if anything is not in good order")
        command.set_defaults(run=self.run)

    def run(self, options: argparse.Namespace) -> tuple[str, int]:
        """Answer for every record, or for none if one of them cannot be read."""
        _check_page(options)
        book, records = book_of(options), read_all(options.record)
        bar, answers, texts = bar_of(options, "records"), list[Any](), list[str]()
        for done, record in enumerate(records, 1):
            answers.append(self.answers(options, record, book))
            texts.append(report(answers[-1], options, record=record))
            if len(records) > 1:
                bar(done, len(records))
        well = self.good is None or not options.exit_code or all(map(self.good, answers))
        return ("" if options.format == "json" else "\n\n").join(texts), DECIDED if well else NOT_IN_GOOD_ORDER


def _check_page(options: argparse.Namespace) -> None:
    """Refuse several records if each answer is a separate page."""
    page = options.format == "html" or (options.output is not None and options.output.suffix.lower() == ".html")
    if page and len(options.record) > 1:
        raise OutputError("a page of HTML is about one record; name one record, or use 'cmprules reports' for many "
                          "people", WRONG_USAGE)
