"""The folders of files that are shipped in the package."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

_HERE: Final = Path(__file__)


def shipped_folder(name: str) -> Path:
    """Return a folder of `cmprules/data`.

    In an archive, from which Python can import too, it is no `Path`, and answers the same questions.

    >>> (shipped_folder("examples") / "pbt.toml").is_file()
    True
    """
    folder = _HERE.parent.parent / "data" / name
    return folder if folder.is_dir() else _archived_folder(name)


def _archived_folder(name: str) -> Path:
    from importlib.resources import files  # noqa: PLC0415  # takes as long to load as an edition

    return cast("Path", files("cmprules") / "data" / name)
