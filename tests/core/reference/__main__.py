"""Compare the library with the second implementation: `python -m tests.core.reference 100000 --seed 1 --jobs 2`."""
# ruff: noqa: T201  (a command prints)

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date
from typing import Any

from cmprules import InputError
from tests.core.reference.compare import compare
from tests.core.reference.coverage import Coverage
from tests.core.reference.run import many
from tests.core.reference.smaller import smaller
from tests.core.reference.tables import RULES


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.core.reference", description=__doc__)
    parser.add_argument("count", type=int, help="how many records")
    parser.add_argument("--seed", default="1", help="the same seed makes the same records (default: 1)")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes (default: 1)")
    parser.add_argument("--edition", action="append", choices=sorted(RULES), help="an edition (default: both)")
    return parser.parse_args()


def show(coverage: Coverage) -> None:
    """Print each class with its cases and their counts."""
    for name, cases in sorted(coverage.items()):
        print(f"\n{name}: {cases.total()} in {len(cases)} cases")
        for case, count in sorted(cases.items()):
            print(f"  {count:>8}  {case}")


def main() -> int:
    """Compare, print what was covered, and fail on any difference."""
    asked = arguments()
    return max(one_edition(asked, edition) for edition in asked.edition or sorted(RULES))


def one_edition(asked: argparse.Namespace, edition: str) -> int:
    """Compare the records of one edition."""
    began = time.monotonic()

    def progress(done: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{edition}: {done} of {asked.count}")
            sys.stderr.flush()

    run = many(asked.seed, asked.count, asked.jobs, progress, edition)
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    show(run.covered)
    seconds = time.monotonic() - began
    print(f"\n{edition}: {run.compared} records in {seconds:.0f} s, seed {asked.seed}: "
          f"{len(run.different)} with a difference")
    if run.different:
        for found in run.different:
            print(f"{found['number']}: {found['differences']}")
        print(json.dumps(made_smaller(run.different[0]), indent=2))
        return 1
    return 0


def made_smaller(found: dict[str, Any]) -> dict[str, Any]:
    """Return a difference with the smallest record that still has one."""
    on, trust, edition, user = date.fromisoformat(found["on"]), found["trust"], found["edition"], found["user"]

    def differ(record: dict[str, Any]) -> bool:
        try:
            return bool(compare(record, on, trust, edition, user))
        except (InputError, AssertionError):
            return False

    record = smaller(found["record"], differ)
    return found | {"record": record, "differences": compare(record, on, trust, edition, user)}


if __name__ == "__main__":
    sys.exit(main())
