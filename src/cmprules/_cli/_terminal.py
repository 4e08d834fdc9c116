"""Output for terminals, without characters that a terminal would act on."""

from __future__ import annotations

import re

from cmprules._answers.render.blocks import clean

_LEFT = re.compile(r"([\r\n\t\u200b]+)")  # line ends, tabs, and the character that keeps Markdown from making a list


def on_terminal(text: str) -> str:
    r"""Replace control and direction characters; files and other programs get every character as it is.

    >>> on_terminal("a\x1b[31mb\r\n")
    'a�[31mb\r\n'
    """
    return "".join(piece if _LEFT.fullmatch(piece) else clean(piece) for piece in _LEFT.split(text))
