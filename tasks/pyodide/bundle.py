"""Compile the packages of the playground; this runs on Pyodide, started by `bundle.mjs`."""

from __future__ import annotations

import compileall
import gzip
import json
import pickle
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

EXAMPLE, DAY = "mls-nearly-there", "2026-03-10"


def pack(folder: str, target: str) -> None:
    """Compile every module of a folder, and pack the compiled modules without their sources.

    A pack is compressed with gzip.  It holds the length of its list in four bytes, the list of paths and sizes as JSON,
    and all files, one after another.  A browser unpacks this many times faster than Python does.
    """
    compiled = compileall.compile_dir(folder, quiet=1, legacy=True, stripdir=folder,
                                      invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    if not compiled:
        raise SystemExit(f"{folder} cannot be compiled")
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(Path(folder).rglob("*"))
             if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts}
    listed = json.dumps([[name, len(content)] for name, content in files.items()]).encode()
    raw = b"".join((len(listed).to_bytes(4, "little"), listed, *files.values()))
    Path(target).write_bytes(gzip.compress(raw, 9, mtime=0))


def shelve(folder: str) -> None:
    """Read and check the books now, and pickle each."""
    sys.path.insert(0, folder)
    import cmprules  # noqa: PLC0415  # it has just been unpacked

    books = Path(folder) / "books"
    books.mkdir()
    for edition in cmprules.editions():
        (books / f"{edition}.pickle").write_bytes(pickle.dumps(cmprules.load_book(edition)))


def shown() -> dict[str, str]:
    """Return what the page shows before Python has started: the words of its fields, and an example."""
    import desk  # type: ignore[import-not-found]  # noqa: PLC0415  # it has just been unpacked

    draft = json.loads(desk.answer("example", json.dumps({"name": EXAMPLE})))["record"]
    asked = {"part": "answer", "more": {}, "draft": draft, "on": DAY, "edition": None, "trust": "inferred"}
    return {"words.json": desk.answer("words", "{}"),
            "example.html": json.loads(desk.answer("view", json.dumps(asked)))["html"]}
