"""Write the corpus of a release, `tests/promises/compat/VERSION/`: what every later version must reproduce.

Run once, when the release is made, from the root of the project:

python -m tasks.write_corpus 0.2.0

It writes 200 records with their answers for each edition in the release, the digests of the editions, the codes, and
the public surface.  The records are the examples, then records from the generator of the second implementation that
show a feature no earlier record has.  `--try` makes the records, prints their features, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tests.core.reference import coverage, decision
from tests.core.reference.enriching import draw, odd_end
from tests.core.reference.tables import RULES

import cmprules
from cmprules._kit.canonical import canonical_json
from cmprules._words.codes import every as codes

ROOT = Path(__file__).resolve().parent.parent
EDITIONS = ("2026.1", "2026.2")
RECORDS = 200
"""For each edition."""
SEED = 20_261_201
NEEDED = frozenset({"session", "certified", "proposed_areas", "settled", "odd end", "cluster", "chain of clusters"})
"""Features that the records of every edition must show."""
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


def cases(edition: str, records: int = RECORDS, drawn: int = 20 * RECORDS) -> list[Case]:
    """Choose the records: the examples, those with a new feature, and others up to the number."""
    chosen = list(_examples())
    seen = coverage.empty()
    plain: list[Case] = []
    for number in range(drawn):
        record, on, trust, user = draw(Random(f"{SEED}/{edition}/{number}"), edition)
        if user:
            continue  # a user's rows are not part of an edition
        case = {"id": f"generated-{number}", "on": on.isoformat(), "trust": trust, "record": record}
        before = sum(len(found) for found in seen.values())
        coverage.add(seen, record, on, trust, decision.decide(record, on, trust, edition), RULES[edition])
        new = sum(len(found) for found in seen.values()) > before
        (chosen if new and len(chosen) < records else plain).append(case)
    return [{**case, "edition": edition} for case in [*chosen, *plain][:records]]


def lacking(chosen: Iterable[Case], edition: str) -> frozenset[str]:
    """Return the required features that no record of a corpus shows."""
    return NEEDED - {name for case in chosen for name in _features(case, edition)}


def _features(case: Case, edition: str) -> Iterator[str]:
    record = case["record"]
    for activity in record["activities"]:
        yield from NEEDED & {key for key, value in activity.items() if value}
    yield from NEEDED & {key for key, value in record.items() if value}
    if any(odd_end(credential) for credential in record["credentials"]):
        yield "odd end"
    for name, _ in coverage.of_relations(record, date.fromisoformat(case["on"]), RULES[edition]):
        yield name


def _examples() -> Iterator[Case]:
    for path in sorted([*(ROOT / "examples").glob("*.json"), *(ROOT / "examples").glob("*.toml")]):
        try:
            record = cmprules.read_record(path)
        except cmprules.InputError:
            continue
        yield {"id": path.stem, "on": "2026-03-10", "trust": "inferred", "record": cmprules.to_mapping(record)}


def write(folder: Path) -> None:
    """Write everything that a release promises."""
    lines, digests = [], {}
    for edition in EDITIONS:
        book, chosen = cmprules.load_book(edition=edition), cases(edition)
        if absent := lacking(chosen, edition):
            raise SystemExit(f"no record of {edition} has: {', '.join(sorted(absent))}")
        lines += [canonical_json({**case, "answer": written(answer(case, book))}) for case in chosen]
        digests[edition] = book.sha256
    folder.mkdir(parents=True)
    (folder / "corpus.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    release = {"version": cmprules.__version__, "records": len(lines), "editions": digests}
    kept = [f"{table} {code}" for table in ("FINDINGS", "NEEDS", "FAULTS") for code in getattr(codes, table)]
    (folder / "codes.txt").write_text("".join(f"{line}\n" for line in kept), encoding="utf-8", newline="\n")
    (folder / "release.json").write_text(json.dumps(release, indent=2) + "\n", encoding="utf-8", newline="\n")
    shutil.copytree(ROOT / "tests" / "promises" / "surface" / "cmprules", folder / "surface" / "cmprules")


def attempt() -> None:
    """Make the records of every edition, and print what they show and lack."""
    for edition in EDITIONS:
        chosen = cases(edition)
        found = sorted({name for case in chosen for name in _features(case, edition)} & NEEDED)
        print(f"{edition}: {len(chosen)} records with {', '.join(found)}; "
              f"lacking: {', '.join(sorted(lacking(chosen, edition))) or 'nothing'}")


def main() -> None:
    """Write the corpus of the package's own version; refuse any other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", help="the version that is being released")
    parser.add_argument("--try", action="store_true", dest="attempt", help="make the records, and write nothing")
    options = parser.parse_args()
    if options.attempt:
        attempt()
        return
    if options.version != cmprules.__version__:
        parser.error(f"the package says that it is {cmprules.__version__}")
    folder = ROOT / "tests" / "promises" / "compat" / options.version
    if folder.exists():
        parser.error(f"{folder.relative_to(ROOT)} is there already; what a release promised never changes")
    write(folder)


if __name__ == "__main__":
    main()
