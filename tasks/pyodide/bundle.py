"""Compile the packages of the playground; this runs on Pyodide, started by `bundle.mjs`."""

from __future__ import annotations

import compileall
import json
import sys
import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode

EXAMPLE, DAY = "mls-nearly-there", "2026-03-10"


def pack(folder: str, target: str) -> None:
    """Compile every module of a folder, and pack the compiled modules without their sources."""
    compiled = compileall.compile_dir(folder, quiet=1, legacy=True, stripdir=folder,
                                      invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    if not compiled:
        raise SystemExit(f"{folder} cannot be compiled")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts:
                packed.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix(), (2020, 1, 1, 0, 0, 0)),
                                path.read_bytes(), zipfile.ZIP_DEFLATED)


def shown(folder: str) -> dict[str, str]:
    """Ask the package for what the page shows before Python has started: the words of its fields, and an example."""
    sys.path.insert(0, folder)
    import desk  # type: ignore[import-not-found]  # noqa: PLC0415  # it has just been unpacked

    draft = json.loads(desk.answer("example", json.dumps({"name": EXAMPLE})))["record"]
    asked = {"part": "answer", "more": {}, "draft": draft, "on": DAY, "edition": None, "trust": "inferred"}
    return {"words.json": desk.answer("words", "{}"),
            "example.html": json.loads(desk.answer("view", json.dumps(asked)))["html"]}
