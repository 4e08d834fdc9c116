"""What commands that print a report share: its format, its length, and the terminal that it is printed on."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Mapping

from cmprules._answers.render import FORMATS, render, render_text
from cmprules._answers.render.text import Terminal
from cmprules._cli._options import add_format
from cmprules._facts.records import Record
from cmprules._kit.shapes import Checked

__all__ = ["add_report", "report", "terminal_of"]

_NARROWEST, _WIDEST = 60, 120


def add_report(command: argparse.ArgumentParser) -> None:
    """Take the format of a report, and whether it is to fit one page."""
    add_format(command, FORMATS)
    command.add_argument("--summary", action="store_true", help="the answer and what to do, on one page, without the "
                                                                "details")


def report(value: Checked, options: argparse.Namespace, *, record: Record | None = None) -> str:
    """Write an answer as the options say; text is fitted to the terminal, if it is printed on one."""
    terminal = terminal_of(os.environ) if options.format == "text" and sys.stdout is not None else None
    if terminal is not None:
        return render_text(value, terminal, record=record, summary=options.summary)
    return render(value, options.format, record=record, summary=options.summary)


def terminal_of(environment: Mapping[str, str]) -> Terminal | None:
    """Find the width of the terminal and whether it shows colors; None where output goes to a file or a program."""
    if not sys.stdout.isatty():
        return None
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    color = not environment.get("NO_COLOR") and environment.get("TERM", "") not in {"", "dumb"}
    return Terminal(width=width, color=color)
