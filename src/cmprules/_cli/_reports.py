"""Shared by commands that print a report: its format, its length, and the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from cmprules._answers.render import FORMATS, render, render_report
from cmprules._answers.render.text import Terminal
from cmprules._cli._notes import is_verbose
from cmprules._cli._options import add_format
from cmprules._cli._outputs import add_output, output_file, shown, write_output
from cmprules._cli._terminal import columns
from cmprules._facts.records import Record
from cmprules._kit.shapes import Checked

_NARROWEST, _WIDEST = 60, 120

ENDINGS = {".txt": "text", ".md": "markdown", ".html": "html", ".json": "json"}
"""The format of a report by the ending of its file."""


def add_report(command: argparse.ArgumentParser, *, to_file: bool = True) -> None:
    """Add the options for the format of a report, its file, and whether it must fit one page."""
    add_format(command, FORMATS)
    if to_file:
        add_text_output(command, "the report", FORMATS)
    else:
        command.add_argument("--report", type=output_file(*ENDINGS), metavar="FILE",
                             help="write the report to a file (.txt, .md, .html or .json) instead of printing it")
    command.set_defaults(painted=True)
    command.add_argument("--summary", action="store_true", help="the answer and what to do, on one page, without the "
                                                                "details")


def add_text_output(command: argparse.ArgumentParser, what: str, formats: Sequence[str]) -> None:
    """Add the option for the file of an answer; its ending says which of the formats it has, if there are several."""
    add_output(command, what, endings=[ending for ending in ENDINGS if ENDINGS[ending] in formats])
    command.set_defaults(to_file=True)


def format_of(options: argparse.Namespace) -> str:
    """Return the format of an answer: that of its file, if one was named whose ending says a format."""
    file = options.output if getattr(options, "to_file", False) else getattr(options, "report", None)
    named: str = options.format
    return named if file is None else ENDINGS.get(file.suffix.lower(), named)


def report(value: Checked, options: argparse.Namespace, *, record: Record | None = None) -> str:
    """Write an answer as the options say, for its file or as it is printed; a terminal is fitted by its width."""
    if format_of(options) == "json":
        return render(value, "json")
    return render_report(value, format_of(options), record=record, summary=options.summary,
                         unfolded=is_verbose(options), terminal=terminal_for(options))


def terminal_for(options: argparse.Namespace) -> Terminal | None:
    """Find the terminal that shows a report as text; None if it goes elsewhere, has another format, or is none."""
    file = getattr(options, "output" if getattr(options, "to_file", False) else "report", None)
    printed = getattr(options, "painted", False) and file is None and options.format == "text"
    return terminal_of(os.environ) if printed and sys.stdout is not None else None


def delivered(text: str, options: argparse.Namespace) -> str:
    """Write a report to its file, if one was named, and return the line to print instead."""
    if not getattr(options, "to_file", False) or options.output is None:
        return text
    write_output(options.output, text)
    return f"{shown(options.output)}\n"


def terminal_of(environment: Mapping[str, str]) -> Terminal | None:
    """Find the width of the terminal and whether it shows colors; None if output goes to a file or a program."""
    if not sys.stdout.isatty():
        return None
    width = min(max(columns(), _NARROWEST), _WIDEST)
    color = not environment.get("NO_COLOR") and environment.get("TERM", "") not in {"", "dumb"}
    return Terminal(width=width, color=color)
