"""Libraries of the extra `intake`, imported when a file needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cmprules.errors import MissingExtraError


def library(name: str) -> Any:
    """Import a library of the extra.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        raise MissingExtraError(
            f"reading files from outside needs {missing.name}, which is not installed; install the extra `intake`: "
            "from a checkout with pip install '.[intake]', from a wheel with pip install 'PATH_OF_THE_WHEEL[intake]'"
        ) from None
