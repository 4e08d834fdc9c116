"""`cmprules codes`, `kinds`, `areas` and `units`: the words that a record may use."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import attrs

from cmprules._answers.render.blocks import Block, Notice, Table, Title
from cmprules._answers.render.text import write_text
from cmprules._cli._options import DECIDED, Commands, add_command, add_format, add_tables, book_of
from cmprules._cli._reports import add_text_output, format_of, terminal_for
from cmprules._kit.canonical import to_mapping
from cmprules._kit.points import decimal_text
from cmprules._policy.book import PolicyBook
from cmprules._policy.entries import AreaEntry, CodeEntry, KindEntry, UnitEntry

Row = tuple[str, ...]


def _code(entry: CodeEntry) -> Row:
    return entry.code, entry.name, ", ".join(entry.bodies), ", ".join(entry.former)


def _kind(entry: KindEntry) -> Row:
    return entry.kind, entry.label, ", ".join(entry.units), "yes" if entry.established else "no"


def _area(entry: AreaEntry) -> Row:
    return entry.area, entry.label, entry.belongs


def _unit(entry: UnitEntry) -> Row:
    return entry.unit, decimal_text(entry.points), entry.label


_LISTS: dict[str, tuple[str, Row, Callable[[Any], Row]]] = {
    "codes": ("the credentials that a record may name", ("Code", "Name", "Body", "Former codes"), _code),
    "kinds": ("the kinds of activity that a record may name", ("Kind", "What it is", "Units", "Points established"),
              _kind),
    "areas": ("the areas that an activity may serve", ("Area", "Name", "What belongs to it"), _area),
    "units": ("the units that an amount may have", ("Unit", "Points", "What it is"), _unit),
}
"""For each command: what it lists, its column heads, and how an entry becomes a row."""


@attrs.frozen
class ListCommand:
    """A command that lists the words of one kind."""

    name: str

    def add(self, commands: Commands) -> None:
        """Add the command."""
        command = add_command(commands, self.name, description=f"List {_LISTS[self.name][0]}, each with its words.",
                              example=f"cmprules {self.name} --format json")
        add_tables(command)
        add_format(command, ("text", "json"))
        add_text_output(command, "the list", ("text", "json"))
        command.set_defaults(run=partial(_run, self.name), painted=True)


def _run(name: str, options: argparse.Namespace) -> tuple[str, int]:
    book = book_of(options)
    entries = getattr(book, name).values()
    if format_of(options) == "text":
        return write_text(list(_report(name, entries, book)), terminal_for(options)), DECIDED
    listed = {"edition": book.edition, name: [to_mapping(entry) for entry in entries], "notice": book.notice}
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n", DECIDED


def _report(name: str, entries: Iterable[Any], book: PolicyBook) -> Iterable[Block]:
    """Write a list as one table."""
    what, heads, row = _LISTS[name]
    yield Title(f"{what[:1].upper()}{what[1:]}")
    yield Table(f"Policy edition {book.edition}", heads, tuple(row(entry) for entry in entries), keep=(0,))
    yield Notice(book.notice)


COMMANDS = {name: ListCommand(name) for name in _LISTS}
