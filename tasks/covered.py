"""Hold every module to full branch coverage, but for the debts that are listed: `python tasks/covered.py REPORT.json`.

The report is what `pytest --cov --cov-report=json:REPORT.json` writes.  `tests/tools/coverage.toml` lists the modules
that are not covered whole yet, each with the percentage that it must keep; an entry that is no longer needed is named,
so that the list shrinks.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEBTS = ROOT / "tests" / "tools" / "coverage.toml"
WHOLE = 100.0


def measured(report: Path) -> dict[str, float]:
    """Read the percentage of each module, by its path inside the package."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {path.replace("\\", "/").rpartition("cmprules/")[2]: found["summary"]["percent_covered"]
            for path, found in files.items()}


def complaints(found: Mapping[str, float], debts: Mapping[str, float]) -> list[str]:
    """List the modules that are covered less than they must be."""
    return [f"{name}: {share:.2f} % of lines and branches are run, {debts.get(name, WHOLE):g} % are asked for"
            for name, share in sorted(found.items()) if share < debts.get(name, WHOLE)]


def paid(found: Mapping[str, float], debts: Mapping[str, float]) -> list[str]:
    """List the debts that are paid, and those about modules that are gone."""
    return [f"{name}: covered whole, so take it off the list" for name in sorted(debts)
            if found.get(name, WHOLE) >= WHOLE]


def main() -> int:
    """Compare a report with the list, and fail on any complaint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    debts = tomllib.loads(DEBTS.read_text(encoding="utf-8"))["debts"]
    found = measured(parser.parse_args().report)
    problems = complaints(found, debts)
    print(*paid(found, debts), *problems, f"{len(found)} modules, {len(debts)} of them listed as debts", sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
