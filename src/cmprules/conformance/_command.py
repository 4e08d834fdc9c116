"""The command: runs the vectors, prints the result, and sets the exit status."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from cmprules.conformance._answer import answer_lines
from cmprules.conformance._compare import MISSING, Difference
from cmprules.conformance._program import PATIENCE, run_program
from cmprules.conformance._runner import Report, run
from cmprules.conformance._vectors import Vector, carried, vectors

CONFORMS, DIFFERS = 0, 1
SHOWN = 10

_EPILOG = """examples:
  python -m cmprules.conformance
  python -m cmprules.conformance --command "node port.js"
  python -m cmprules.conformance --command "node port.js" --only "points/MLS/*"
  python -m cmprules.conformance --write cases

A program is sent one case a line, as JSON, and answers each with one line:
  {"id": "...", "answer": {...}}   or   {"id": "...", "refused": [["path", "CODE"], ...]}

exit status: 0 if every vector passes, 1 if one does not, 2 if the command cannot be read"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    >>> main(["--only", "window/opens_days_before_end/o*"])
    group   passed  failed
    window       1       0
    total        1       0
    conforms: all 1 of the vectors of edition 2026.2 that were chosen pass
    0
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.serve:
        return _serve()
    chosen = _chosen(options)
    if not chosen:
        parser.error(f"no vector has an id like {' or '.join(options.only)}; --list shows them all")
    if options.list:
        print(*(vector.id for vector in chosen), sep="\n")
        return CONFORMS
    if options.write is not None:
        return _write(chosen, options.write)
    return _run(chosen, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cmprules.conformance", allow_abbrev=False, epilog=_EPILOG,
        description="Run the conformance vectors: against this library, or against another implementation.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--command", metavar="PROGRAM", help="run this program instead of the library")
    what.add_argument("--list", action="store_true", help="print the ids of the vectors and stop")
    what.add_argument("--write", type=Path, metavar="FOLDER", help="write each vector to a file of its own")
    what.add_argument("--serve", action="store_true",
                      help="act as such a program: read cases from standard input and answer with the library")
    parser.add_argument("--only", action="append", default=[], metavar="GLOB",
                        help="only vectors whose id matches, such as 'points/MLS/*'; may be repeated")
    parser.add_argument("--edition", choices=carried(), default=carried()[-1], metavar="ID",
                        help="the edition of the tables; the newest if absent")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format; text if absent")
    parser.add_argument("--patience", type=float, default=PATIENCE, metavar="SECONDS",
                        help="seconds to wait for a line of the program; 60 if absent")
    return parser


def _chosen(options: argparse.Namespace) -> tuple[Vector, ...]:
    found = vectors(options.edition)
    if not options.only:
        return found
    return tuple(vector for vector in found if any(fnmatchcase(vector.id, like) for like in options.only))


def _serve() -> int:
    """Answer cases until there are no more."""
    for line in answer_lines(sys.stdin):
        print(line, flush=True)
    return CONFORMS


def _write(chosen: Sequence[Vector], folder: Path) -> int:
    """Write each vector to a file, in folders named by its id."""
    for vector in chosen:
        path = folder / f"{vector.id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        plain = {"id": vector.id, "case": vector.case, "expected": vector.expected}
        path.write_text(json.dumps(plain, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(chosen)} vectors written to {folder}")
    return CONFORMS


def _run(chosen: Sequence[Vector], options: argparse.Namespace) -> int:
    progress = _Progress(len(chosen))
    if options.command is None:
        report = run(of=chosen, progress=progress.show)
    else:
        report = run_program(options.command, chosen, patience=options.patience, progress=progress.show)
    progress.clear()
    print(_json(report, options) if options.format == "json" else _text(report, options))
    return CONFORMS if report.conforms else DIFFERS


class _Progress:
    """The progress of the run, shown only on a terminal."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.seen = sys.stderr.isatty()

    def show(self, done: int) -> None:
        """Show how many are done, in place of the last count."""
        if self.seen and (done % 50 == 0 or done == self.count):
            sys.stderr.write(f"\r{done} of {self.count}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave an empty line to print on."""
        if self.seen:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


# ---------------------------------------------------------------------------------------------------------
# Output.


def _text(report: Report, options: argparse.Namespace) -> str:
    rows = [(group, *counts) for group, counts in report.groups.items()]
    rows.append(("total", report.passed, len(report.failures)))
    width = max(len(name) for name, *_ in rows)
    lines = [f"{'group':<{width}}  passed  failed"]
    lines += [f"{name:<{width}}  {passed:>6}  {failed:>6}" for name, passed, failed in rows]
    for failure in report.failures[:SHOWN]:
        lines.append(f"failed: {failure.id}")
        lines += [f"  {failure.problem}"] if failure.problem is not None else []
        lines += [f"  {difference}" for difference in failure.differences]
    if len(report.failures) > SHOWN:
        lines.append(f"... and {len(report.failures) - SHOWN} more; --format json lists them all")
    lines += [f"problem: {problem}" for problem in report.problems]
    return "\n".join([*lines, _closing(report, options)])


def _closing(report: Report, options: argparse.Namespace) -> str:
    """Write the result in one line."""
    count = report.passed + len(report.failures)
    which = f"the vectors of edition {options.edition}" + (" that were chosen" if options.only else "")
    if report.conforms:
        return f"conforms: all {count} of {which} pass"
    return f"does not conform: {len(report.failures)} of {count} of {which} fail"


def _json(report: Report, options: argparse.Namespace) -> str:
    plain = {
        "edition": options.edition,
        "conforms": report.conforms,
        "groups": {group: {"passed": passed, "failed": failed} for group, (passed, failed) in report.groups.items()},
        "failures": [{"id": failure.id, "problem": failure.problem,
                      "differences": [_plain(difference) for difference in failure.differences]}
                     for failure in report.failures],
        "problems": list(report.problems),
    }
    return json.dumps(plain, indent=2, ensure_ascii=False)


def _plain(difference: Difference) -> dict[str, Any]:
    """Write a difference; an empty side is left out."""
    sides = {"expected": difference.expected, "got": difference.got}
    return {"path": difference.path, **{side: value for side, value in sides.items() if value is not MISSING}}
