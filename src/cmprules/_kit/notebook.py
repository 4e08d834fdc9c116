"""How a value of a lower room shows itself in a notebook, without importing the room that writes reports."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Displayed:
    """A value that a notebook shows as a report instead of a line of text.

    The writers stand two floors above the values, so they are loaded only when a notebook asks for them.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(_writers().render_fragment(self))

    def _repr_markdown_(self) -> str:
        return str(_writers().render_markdown(self))


def _writers() -> Any:
    return import_module("cmprules._answers.render")
