"""Require full branch coverage of every module, except for the listed debts: `python tasks/covered.py REPORT.json`.

The report is what `pytest --cov --cov-report=json:REPORT.json` writes.  `tests/tools/coverage.toml` lists the modules
that are not fully covered yet, each with the percentage that it must keep.  An entry that is no longer needed is
reported, so that the list shrinks.  `--write` rewrites the list from the report of a full run.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEBTS = ROOT / "tests" / "tools" / "coverage.toml"
WHOLE = 100.0
HEAD = """\
# Modules that the tests do not cover whole yet, each with the percentage of lines and branches that it must keep.
# A module that is not listed has to be covered whole. `python tasks/covered.py REPORT.json --write` writes this list.

[debts]
"""


def measured(report: Path) -> dict[str, float]:
    """Read the percentage of each module, by its path inside the package."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {path.replace("\\", "/").rpartition("cmprules/")[2]: found["summary"]["percent_covered"]
            for path, found in files.items()}


def complaints(found: Mapping[str, float], debts: Mapping[str, float]) -> list[str]:
    """List the modules whose coverage is too low."""
    return [f"{name}: {share:.2f} % of lines and branches are run, {debts.get(name, WHOLE):g} % are asked for"
            for name, share in sorted(found.items()) if share < debts.get(name, WHOLE)]


def paid(found: Mapping[str, float], debts: Mapping[str, float]) -> list[str]:
    """List the debts that are paid, and those of modules that no longer exist."""
    return [f"{name}: covered whole, so take it off the list" for name in sorted(debts)
            if found.get(name, WHOLE) >= WHOLE]


def written(found: Mapping[str, float]) -> str:
    """Write the list of modules that are not fully covered; a floor is never above what was measured."""
    return HEAD + "".join(f'"{name}" = {math.floor(share * 100) / 100:g}\n' for name, share in sorted(found.items())
                          if share < WHOLE)


def main() -> int:
    """Compare a report with the list, and fail on any complaint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("--write", action="store_true", help="rewrite the list from this report of a full run")
    options = parser.parse_args()
    found = measured(options.report)
    if options.write:
        DEBTS.write_text(written(found), encoding="utf-8", newline="\n")
    debts = tomllib.loads(DEBTS.read_text(encoding="utf-8"))["debts"]
    problems = complaints(found, debts)
    print(*paid(found, debts), *problems, f"{len(found)} modules, {len(debts)} of them listed as debts", sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
