"""Write the corpus of a release, `tests/promises/compat/VERSION/`: what every later version must reproduce.

Run once, when the release is made, from the root of the project:

python -m tasks.write_corpus 0.1.0

It writes 200 records with their answers, and the public surface.  The records are the
examples, and then those of the generator of the second implementation that bring a class that no earlier one has.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tests.core.reference import coverage, decision
from tests.core.reference.generation import generate
from tests.core.reference.tables import RULES

import cmprules
from cmprules._kit.canonical import canonical_json
from cmprules._words import codes

ROOT = Path(__file__).resolve().parent.parent
RECORDS = 200
SEED = 20_260_101
EDITION = "2026.1"
Case = dict[str, Any]


def answer(case: Case, book: cmprules.PolicyBook) -> cmprules.Decision:
    """Decide one case of a corpus."""
    record = cmprules.parse_record(case["record"])
    return cmprules.decide(record, book, on=date.fromisoformat(case["on"]), trust=case["trust"])


def written(decided: cmprules.Decision) -> dict[str, Any]:
    """Write an answer without the version of the library, the one thing that may differ between releases."""
    plain = cmprules.to_mapping(decided)
    plain["stamp"] = {key: value for key, value in plain["stamp"].items() if key != "library"}
    return plain


def cases() -> list[Case]:
    """Choose the records: the examples, those that bring something new, and others up to the number."""
    chosen = list(_examples())
    seen = coverage.empty()
    plain: list[Case] = []
    for number in range(20 * RECORDS):
        record, on, trust = generate(Random(f"{SEED}/{number}"))
        case = {"id": f"generated-{number}", "on": on.isoformat(), "trust": trust, "record": record}
        before = sum(len(found) for found in seen.values())
        coverage.add(seen, record, on, trust, decision.decide(record, on, trust), RULES[EDITION])
        new = sum(len(found) for found in seen.values()) > before
        (chosen if new and len(chosen) < RECORDS else plain).append(case)
    return [*chosen, *plain][:RECORDS]


def _examples() -> Iterator[Case]:
    for path in sorted([*(ROOT / "examples").glob("*.json"), *(ROOT / "examples").glob("*.toml")]):
        try:
            record = cmprules.read_record(path)
        except cmprules.InputError:
            continue
        yield {"id": path.stem, "on": "2026-03-10", "trust": "inferred", "record": cmprules.to_mapping(record)}


def write(folder: Path) -> None:
    """Write everything that a release promises."""
    folder.mkdir(parents=True)
    book = cmprules.load_book(edition=EDITION)
    chosen = cases()
    lines = [canonical_json({**case, "answer": written(answer(case, book))}) for case in chosen]
    (folder / "corpus.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    release = {"version": cmprules.__version__, "edition": EDITION, "edition_sha256": book.sha256}
    kept = [f"{table} {code}" for table in ("FINDINGS", "NEEDS", "FAULTS") for code in getattr(codes, table)]
    (folder / "codes.txt").write_text("".join(f"{line}\n" for line in kept), encoding="utf-8", newline="\n")
    (folder / "release.json").write_text(json.dumps(release, indent=2) + "\n", encoding="utf-8", newline="\n")
    shutil.copytree(ROOT / "tests" / "promises" / "surface" / "cmprules", folder / "surface" / "cmprules")


def main() -> None:
    """Write the corpus of the version that the package says it is, and of no other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", help="the version that is being released")
    options = parser.parse_args()
    if options.version != cmprules.__version__:
        parser.error(f"the package says that it is {cmprules.__version__}")
    folder = ROOT / "tests" / "promises" / "compat" / options.version
    if folder.exists():
        parser.error(f"{folder.relative_to(ROOT)} is there already; what a release promised never changes")
    write(folder)


if __name__ == "__main__":
    main()
