"""How long a population takes, beside DuckDB doing no more than the join, the date filter and one sum.

    python bench/population.py --holders 100000 --activities 30 --repeat 5

Both read the same Parquet files with one thread and write a Parquet file; the processor time of this process is
measured, so that other programs on the machine matter less.  It prints the ratio of the medians within this run, and
writes everything to `bench/results/population.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import cmprules
from cmprules.batch import decide_table
from cmprules.batch._columns import Given
from cmprules.batch._part import Context, decide_part

ON = date(2026, 3, 10)
HERE = Path(__file__).resolve().parent
EPOCH = date(1970, 1, 1)
CODES = {"MLS": 0.45, "MLT": 0.17, "PBT": 0.13, "HT": 0.07, "BB": 0.04, "SBB": 0.04, "MB": 0.03, "CT": 0.03, "PA": 0.02,
         "QIHC": 0.02}
KINDS = {"formal_ce": 0.55, "in_service": 0.2, "self_study": 0.1, "teleconference": 0.06, "college_course": 0.02,
         "journal_article": 0.04, "presentation": 0.03}
AREAS = {"": 0.4, "safety": 0.1, "ethics": 0.07, "blood_banking": 0.1, "chemistry": 0.07, "hematology": 0.07,
         "microbiology": 0.06, "phlebotomy": 0.04, "histology": 0.03, "molecular": 0.03, "safety;ethics": 0.01,
         "blood_banking;hematology": 0.01, "chemistry;microbiology": 0.01}
JOIN = """
copy (
    select c.holder, c.id, sum(a.amount) as points
    from read_parquet('{credentials}') c left join read_parquet('{activities}') a
      on a.holder = c.holder and a.completed_on > c.expires_on - interval 3 year and a.completed_on <= c.expires_on
     and a.completed_on <= date '{on}'
    group by c.holder, c.id
) to '{out}' (format parquet)
"""


def _chosen(rng: np.random.Generator, weights: dict[str, float], count: int) -> pa.DictionaryArray:
    share = np.array([*weights.values()]) / sum(weights.values())
    return pa.DictionaryArray.from_arrays(rng.choice(len(weights), count, p=share).astype(np.int32), [*weights])


def _days(numbers: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(numbers.astype(np.int32)).cast(pa.date32())


def write_population(folder: Path, holders: int, activities: int) -> dict[str, Path]:
    """Write made-up people, the same for the same numbers."""
    rng = np.random.default_rng(6)
    first = (date(2025, 6, 30) - EPOCH).days
    expires = first + rng.integers(0, 1_200, holders)
    names = pa.array([f"h{number:08d}" for number in range(holders)])
    tables = {"credentials": pa.table({"holder": names, "id": pa.array(["c"] * holders),
                                       "code": _chosen(rng, CODES, holders), "expires_on": _days(expires)})}
    whose, count = np.repeat(np.arange(holders), activities), holders * activities
    titles = {f"Course {number} on topic {number % 37}": 1.0 for number in range(2_000)}
    tables["activities"] = pa.table({
        "holder": names.take(pa.array(whose)), "id": pa.array([f"a{number}" for number in range(count)]),
        "title": _chosen(rng, titles, count), "kind": _chosen(rng, KINDS, count),
        "amount": pa.array(rng.choice([0.5, 1.0, 1.5, 2.0, 3.0, 5.0], count, p=[0.1, 0.6, 0.1, 0.1, 0.07, 0.03])),
        "completed_on": _days(expires[whose] - rng.integers(-20, 1_300, count)), "areas": _chosen(rng, AREAS, count),
    })
    paths = {name: folder / f"{name}.parquet" for name in tables}
    for name, path in paths.items():
        pq.write_table(tables[name], path)
    return paths


def _seconds(what: Callable[[], object], repeat: int) -> list[float]:
    """Measure the processor time of some runs, after one that does not count."""
    what()
    found = []
    for _ in range(repeat):
        before = time.process_time()
        what()
        found.append(time.process_time() - before)
    return found


def _share_asked(paths: dict[str, Path], book: cmprules.PolicyBook) -> float:
    """Say for which share of the credentials the scalar path was asked."""
    given = [Given.whole(pq.read_table(paths[name])) for name in ("credentials", "activities")]
    part = decide_part(given[0], given[1], None, Context.of(book, ON, cmprules.Grade.INFERRED))
    return len(part.asked) / len(part.decided)


def measure(holders: int, activities: int, repeat: int) -> dict[str, Any]:
    """Measure both, and say on what."""
    book = cmprules.load_book(edition="2026.1")
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_population(folder, holders, activities)
        duck = duckdb.connect(config={"threads": 1})
        join = JOIN.format(**paths, on=ON, out=folder / "joined.parquet")

        def decided() -> None:
            table = decide_table(paths["credentials"], paths["activities"], book, on=ON)
            pq.write_table(table.answers, folder / "answers.parquet")

        ours, theirs = _seconds(decided, repeat), _seconds(lambda: duck.execute(join), repeat)
        asked = _share_asked(paths, book)
    return {
        "holders": holders, "activities_each": activities, "on": ON.isoformat(), "seconds": ours,
        "duckdb_seconds": theirs, "ratio": statistics.median(ours) / statistics.median(theirs), "share_asked": asked,
        "environment": {"python": platform.python_version(), "machine": platform.machine(),
                        "processors": os.cpu_count(), "cmprules": cmprules.__version__, "duckdb": duckdb.__version__,
                        "pyarrow": pa.__version__, "numpy": np.__version__},
    }


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--holders", type=int, default=100_000)
    parser.add_argument("--activities", type=int, default=30)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    found = measure(options.holders, options.activities, options.repeat)
    target = HERE / "results" / "population.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(
        f"{found['holders']:,} holders with {found['activities_each']} activities each\n"
        f"decide_table: {statistics.median(found['seconds']):.2f} s, DuckDB's join and sum: "
        f"{statistics.median(found['duckdb_seconds']):.2f} s; ratio {found['ratio']:.1f}\n"
        f"asked of the scalar path: {found['share_asked']:.2%}\n")


if __name__ == "__main__":
    main()
