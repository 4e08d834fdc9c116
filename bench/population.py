"""How long a population takes, Parquet to Parquet, beside DuckDB.

    python -m bench.population

`decide_files` is what the command `cmprules batch` runs.  Beside it stand DuckDB doing no more than the join, the date
filter and one sum over the same files with as many threads, and DuckDB with the same rule as plain SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa

import cmprules
from bench._measure import Say, Timing, alone, folder_for_data, in_turns, say
from bench._people import ON, write_people
from bench._result import Aim, Result, command, environment, ratio_of, row_of, today
from bench._sql import differences, join_of, prepare, rule_of
from cmprules.batch._files import open_sources
from cmprules.batch._part import Context
from cmprules.batch._stream import decide_files

__all__ = ["measure"]

OURS, JOIN, RULE = "cmprules", "DuckDB: join, filter and sum", "DuckDB: the rule as SQL"
PACKAGES = ("cmprules", "duckdb", "numba", "numpy", "pyarrow")
ACTIVITIES = 30
CHECKED = ("The rule as SQL and cmprules give the same shortfall, and the same outcome where it hangs on no open "
           "question, for all {compared:,} credentials that have figures.")
MEMORY = 1_000_000_000
"""What the command takes for a part if nobody says otherwise."""

AT_MOST = Aim(bound="at most", value=2)
AT_LEAST = Aim(bound="at least", value=5)


def measure(*, quick: bool = False, holders: int = 0, told: Say = say) -> Result:
    """Measure all three, after making sure that they agree."""
    count, repeats = holders or (10_000 if quick else 1_000_000), 3
    book = cmprules.load_book(edition="2026.1")
    with folder_for_data() as name:
        folder = Path(name)
        told(f"made-up people: {count:,} holders")
        paths = write_people(folder, count, ACTIVITIES)
        duck = duckdb.connect(config={"threads": 1})
        prepare(duck, book)
        contestants = _contestants(paths, folder, duck, book)
        decider(write_people(folder, 100, ACTIVITIES), folder, book)()  # what is compiled is compiled before the clock
        timings = in_turns(contestants, repeats, told)
        compared, different = differences(duck, folder / "answers.parquet", folder / "rule.parquet")
    if different:
        raise AssertionError(f"{different} of {compared} credentials differ between cmprules and the rule as SQL")
    return _result(count, timings, compared, quick=quick)


def decider(paths: dict[str, Path], folder: Path, book: cmprules.PolicyBook) -> Callable[[], object]:
    """Decide files with one thread, as the command does."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    context = Context.of(book, ON, cmprules.Grade.INFERRED)
    return lambda: decide_files(open_sources(paths), context, folder / "answers.parquet",
                                faults=folder / "faults.parquet", memory=MEMORY, progress=lambda *_: None)


def _contestants(
    paths: dict[str, Path], folder: Path, duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook
) -> dict[str, Callable[[], object]]:
    """Say what each does."""
    join = join_of(paths, ON, folder / "join.parquet")
    rule = rule_of(paths, book, ON, folder / "rule.parquet")
    return {OURS: decider(paths, folder, book), JOIN: lambda: duck.execute(join), RULE: lambda: duck.execute(rule)}


def _result(holders: int, timings: dict[str, list[Timing]], compared: int, *, quick: bool) -> Result:
    """Put rows and ratios together; what one waits for is what the aims are about."""
    wall = {name: row_of(name, [run.wall for run in runs], "s") for name, runs in timings.items()}
    processor = {name: row_of(name, [run.processor for run in runs], "s", "processor time")
                 for name, runs in timings.items()}
    return Result(
        name="population", title="A population, Parquet to Parquet",
        what=f"{holders:,} holders with a credential and {ACTIVITIES} activities each, read from Parquet files, "
             "decided, and written to a Parquet file, with one thread.",
        size={"holders": holders, "activities each": ACTIVITIES}, quick=quick, beside=JOIN,
        rows=(*wall.values(), *processor.values()),
        ratios=(ratio_of(wall[OURS], wall[JOIN], AT_MOST), ratio_of(wall[RULE], wall[OURS], AT_LEAST),
                ratio_of(processor[OURS], processor[JOIN]), ratio_of(processor[RULE], processor[OURS])),
        checks=(CHECKED.format(compared=compared),),
        date=today(), command=command("population", quick=quick), environment=environment(PACKAGES))


if __name__ == "__main__":
    alone(measure, __doc__, "holders")
