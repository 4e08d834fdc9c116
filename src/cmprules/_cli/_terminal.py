"""What a terminal is shown: nothing that it would act on, whatever wrote it."""

from __future__ import annotations

import re

from cmprules._answers.render.blocks import clean

_LEFT = re.compile(r"([\r\n\t\u200b]+)")  # ends of lines, tabs, and what keeps Markdown from making a list


def on_terminal(text: str) -> str:
    r"""Replace control and direction characters; a file or another program gets every character as it is.

    >>> on_terminal("a\x1b[31mb\r\n")
    'a�[31mb\r\n'
    """
    return "".join(piece if _LEFT.fullmatch(piece) else clean(piece) for piece in _LEFT.split(text))
