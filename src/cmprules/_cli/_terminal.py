"""Output for terminals, without characters that a terminal would act on."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import TextIO, cast

from cmprules._answers.render.blocks import clean

_LEFT = r"[\r\n\t\u200b]+"  # line ends, tabs, and the character that keeps Markdown from making a list
_KEPT = {False: f"({_LEFT})", True: f"({_LEFT}|\x1b\\[[0-9;]*m)"}
"""What stays as it is: without colors, and in a report that we have painted."""


def on_terminal(text: str, *, painted: bool = False) -> str:
    r"""Replace control and direction characters; files and other programs get every character as it is.

    Colors stay only where the text is `painted`: a report, in which everything that people wrote is already clean.

    >>> on_terminal("a\x1b[31mb\r\n")
    'a�[31mb\r\n'
    >>> on_terminal("\x1b[1;32mmet\x1b[0m\x1b[2J", painted=True)
    '\x1b[1;32mmet\x1b[0m�[2J'
    """
    kept = re.compile(_KEPT[painted])
    return "".join(piece if kept.fullmatch(piece) else clean(piece) for piece in kept.split(text))


_USUAL_WIDTH = 80


def columns() -> int:
    """Return the width of the terminal, as `shutil.get_terminal_size` finds it.

    `shutil` loads every way to compress a file, which takes longer than placing the points of a record.
    """
    with suppress(KeyError, ValueError):
        if (told := int(os.environ["COLUMNS"])) > 0:
            return told
    with suppress(AttributeError, ValueError, OSError):  # there is no output, it is closed, or it is no terminal
        return os.get_terminal_size(cast("TextIO", sys.__stdout__).fileno()).columns or _USUAL_WIDTH
    return _USUAL_WIDTH


class StatusLine:
    """The line of progress on standard error, if that is a terminal; whatever is written next replaces it."""

    def __init__(self) -> None:
        self.width = 0

    def show(self, text: str, *, done: bool = False) -> bool:
        """Write the line over the last one, and leave it there if it is done; return whether there is a terminal."""
        if sys.stderr is None or not sys.stderr.isatty():
            return False
        sys.stderr.write(f"\r{text.ljust(self.width)}" + ("\n" if done else ""))
        sys.stderr.flush()
        self.width = 0 if done else len(text)
        return True

    def clear(self) -> None:
        """Remove the line, if there is one."""
        if self.width and self.show(""):
            sys.stderr.write("\r")
            self.width = 0


STATUS = StatusLine()
"""The line of this process."""


def complain(message: str) -> None:
    """Write a line to standard error if possible; the exit status does not depend on it."""
    try:
        STATUS.clear()
        sys.stderr.write(f"{on_terminal(message)}\n")
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        sys.stderr = None
