"""Attack one door, guided by coverage: `python -m tests.edges.attack.guided record --minutes 10`.

It needs atheris (`python -m pip install atheris`), which has wheels only for Linux and is in no extra.  A document
that breaks the door is written to `tests/edges/attack/corpus`, and a test reads it from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent / "corpus"


class BrokenError(Exception):
    """A door broke; this ends the run."""


def main() -> None:
    """Let atheris change the documents of a door until one breaks it, or the time is over."""
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=["cmprules"]):
        doors: Any = import_module("tests.edges.attack.doors")
    named = {door.name.replace(" ", "-"): door for door in doors.DOORS}
    parser = argparse.ArgumentParser(prog="python -m tests.edges.attack.guided", description=__doc__.splitlines()[0])
    parser.add_argument("door", choices=named)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    door = named[options.door]

    def try_one(raw: bytes) -> None:
        found = doors.try_door(door, raw)
        if found.startswith("broken"):
            name = f"{options.door}-{hashlib.sha256(raw).hexdigest()[:12]}"
            (CORPUS / name).write_bytes(raw)
            raise BrokenError(f"{name}: {found}")

    with tempfile.TemporaryDirectory() as place:
        seeds = Path(place) / "seeds"
        seeds.mkdir()
        for number, raw in enumerate(door.seeds()):
            (seeds / str(number)).write_bytes(raw)
        atheris.Setup([sys.argv[0], str(seeds), f"-max_total_time={round(60 * options.minutes)}",
                       f"-seed={options.seed}", "-rss_limit_mb=0", f"-artifact_prefix={place}/"], try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
