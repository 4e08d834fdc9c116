"""Runs the benchmarks, each in its own process, keeps the results as JSON, and draws them.

    python -m bench --quick                 all of them at small sizes, to see that they work
    python -m bench                         all of them at full size, about 40 minutes on two processors
    python -m bench --only population       one of them

Results go to `bench/results`, and the page and its pictures in `docs/explanation` are made from them; results of small
sizes go to `build/bench`, unless `--results` names another folder.  Install the extras `bench` and `test`:
`python -m pip install -e '.[bench,test]'`.  Contestants that are not installed are left out, and named.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench._measure import DATA, ROOT
from bench._page import PICTURES, write_page
from bench._result import RESULTS

__all__ = ["BENCHMARKS", "main"]

QUICK = ROOT / "build" / "bench"


class Benchmark(NamedTuple):
    """A benchmark: its module, its subject, and the packages that it needs."""

    module: str
    about: str
    needs: tuple[str, ...]


BATCH = ("duckdb", "numba", "numpy", "pyarrow")
BENCHMARKS = {
    "allocation": Benchmark("bench.one_record", "one record, compared with solvers of maximum flow",
                            ("bench.allocation", "networkx", "ortools", "scipy")),
    "population": Benchmark("bench.population", "a million holders, compared with DuckDB", BATCH),
    "growth": Benchmark("bench.growth", "more holders, and more activities of each", BATCH),
    "memory": Benchmark("bench.memory", "the most memory that a population takes", BATCH),
    "identity": Benchmark("bench.identity", "many activities of one title, compared with different titles", ()),
    "answers": Benchmark("bench.answers", "what follows from a decision, compared with making it", ("bench.growth",)),
    "rendering": Benchmark("bench.rendering", "writing a decision, compared with making it", ()),
    "reports": Benchmark("bench.reports", "a page for each of thousands of people", (*BATCH, "xlsxwriter")),
    "start": Benchmark("bench.start", "the import, and the size of the wheel", ("hatchling",)),
    "first": Benchmark("bench.first", "a call before anything is compiled, and one after", BATCH),
    "spark": Benchmark("bench.spark", "a population on Spark", (*BATCH, "pyspark")),
    "engines": Benchmark("bench.engines", "rules engines, on what they can do", BATCH),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen benchmarks; return 1 if one fails."""
    options = _parser().parse_args(arguments)
    results = (options.results or (QUICK if options.quick else RESULTS)).resolve()
    results.mkdir(parents=True, exist_ok=True)
    failed = []
    with TemporaryDirectory() as data:
        for name in options.only or BENCHMARKS:
            missing = [need for need in BENCHMARKS[name].needs if not _there(need)]
            if missing:
                print(f"{name}: left out, {', '.join(missing)} not installed", flush=True)
                continue
            print(f"{name}: {BENCHMARKS[name].about}", flush=True)
            if not _run(name, results, data, quick=options.quick):
                failed.append(name)
    _draw(results, PICTURES if results == RESULTS else results)
    if results == RESULTS:
        write_page()
    if failed:
        print(f"failed: {', '.join(failed)}", flush=True)
    return int(bool(failed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=[*BENCHMARKS], metavar="NAME",
                        help=f"one of {', '.join(BENCHMARKS)}; may be given again")
    parser.add_argument("--quick", action="store_true", help="small sizes, to check that they work")
    parser.add_argument("--results", type=Path, metavar="FOLDER", help="where the results go")
    return parser


def _there(need: str) -> bool:
    """Return whether a module can be imported."""
    return find_spec(need) is not None


def _run(name: str, results: Path, data: str, *, quick: bool) -> bool:
    """Run one benchmark in its own process; return whether it completed."""
    arguments = [sys.executable, "-m", BENCHMARKS[name].module, "--results", str(results)]
    ended = subprocess.run([*arguments, *(["--quick"] if quick else [])], cwd=ROOT, check=False,
                           env={**os.environ, DATA: data})
    return ended.returncode == 0


def _draw(results: Path, pictures: Path) -> None:
    """Draw the results, if Matplotlib is installed."""
    if not _there("matplotlib"):
        print("pictures: left out, matplotlib not installed", flush=True)
        return
    from bench._draw import draw_all  # noqa: PLC0415 - Matplotlib comes only with the extra `bench`

    for path in draw_all(results, pictures):
        print(f"drawn: {path.name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
