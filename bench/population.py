"""How long a population takes, Parquet to Parquet, compared with DuckDB.

    python -m bench.population

The command `cmprules batch` runs `decide_files`.  The benchmark compares it with DuckDB doing only the join, the date
filter and one sum over the same files with the same number of threads, and with DuckDB running the same rule as plain
SQL.  People with habits (a yearly training, a weekly conference, imports that ran twice, courses taken again) are
decided under the edition that asks whether entries are one activity.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import cmprules
from bench._measure import Say, Timing, alone, folder_for_data, in_turns, say
from bench._people import ON, write_people
from bench._result import Aim, Ratio, Result, Row, command, environment, figure_of, ratio_of, row_of, today
from bench._sql import connect, differences, join_of, prepare, rule_of
from cmprules.batch._columns.given import Given
from cmprules.batch._compiling import by_hand
from cmprules.batch._part import Context, decide_part
from cmprules.batch._stream import Outputs, decide_files
from cmprules.batch._stream.source import open_sources

__all__ = ["measure"]

OURS, JOIN, RULE = "cmprules", "DuckDB: join, filter and sum", "DuckDB: the rule as SQL"
UNORDERED = "holders in no order"
HABITS = "people with habits"
PACKAGES = ("cmprules", "duckdb", "numba", "numpy", "pyarrow")
ACTIVITIES = 30
FEW = 10_000
THREADS = tuple(dict.fromkeys((1, os.cpu_count() or 1)))
"""Numbers of threads, each for one measurement."""

CHECKED = ("The rule as SQL and cmprules give the same shortfall, and the same outcome where it hangs on no open "
           "question, for all {compared:,} credentials that have figures.")
MEMORY = 300_000_000
"""The command's default for each thread."""

MOST_ASKED = Aim(bound="at most", value=1)
AT_MOST = (Aim(bound="at most", value=2), Aim(bound="at most", value=3.5))
UNORDERED_AT_MOST = (Aim(bound="at most", value=6), Aim(bound="at most", value=7))
"""With one thread, and with several."""
AT_LEAST = Aim(bound="at least", value=8)


def measure(*, quick: bool = False, holders: int = 0, told: Say = say) -> Result:
    """Measure all three with each number of threads in turn, after checking that they agree."""
    count, repeats = holders or (10_000 if quick else 1_000_000), 3
    book, newest = (cmprules.load_book(edition=edition) for edition in ("2026.1", "2026.2"))
    timings: dict[int, dict[str, list[Timing]]] = {}
    with folder_for_data() as name:
        folder = Path(name)
        told(f"made-up people: {count:,} holders")
        paths, few = (write_people(folder, size, ACTIVITIES) for size in (count, min(count, FEW)))
        unordered = write_people(folder, count, ACTIVITIES, ordered=False)
        habits, few_habits = (write_people(folder, size, ACTIVITIES, habits=True) for size in (count, min(count, FEW)))
        with connect(folder) as duck:
            prepare(duck, book)
            for threads in THREADS:
                told(f"{threads} threads")
                decider(few, folder, book, threads)()  # compile before the clock starts
                contestants = {**_other(unordered, UNORDERED, folder, duck, book, threads),
                               **_other(habits, HABITS, folder, duck, newest, threads),
                               **_contestants(paths, folder, duck, book, threads)}
                timings[threads] = in_turns(contestants, repeats, told)
            compared, different = differences(duck, folder / "answers.parquet", folder / "rule.parquet")
        asked = {"": share_asked(few, book), f", {HABITS}": share_asked(few_habits, newest)}
    if different:
        raise AssertionError(f"{different} of {compared} credentials differ between cmprules and the rule as SQL")
    return _result(count, timings, compared, asked, quick=quick)


def decider(
    paths: dict[str, Path], folder: Path, book: cmprules.PolicyBook, threads: int
) -> Callable[[], object]:
    """Decide files just as the command does."""
    pa.set_cpu_count(threads)
    pa.set_io_thread_count(threads)
    context = Context.of(book, ON, cmprules.Grade.INFERRED)
    return lambda: decide_files(
        open_sources(paths), context, Outputs(folder / "answers.parquet", folder / "faults.parquet"),
        memory=MEMORY * threads, threads=threads, progress=lambda *_: None, remark=lambda *_: None)


def share_asked(paths: dict[str, Path], book: cmprules.PolicyBook) -> float:
    """Return the share of credentials that the kernel leaves to the single-record path."""
    credentials, activities = (Given.whole(pq.read_table(paths[name])) for name in ("credentials", "activities"))
    with by_hand(wanted=False):
        part = decide_part(credentials, activities, Context.of(book, ON, cmprules.Grade.INFERRED))
    return len(part.asked) / len(part.decided)


def _contestants(
    paths: dict[str, Path], folder: Path, duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, threads: int
) -> dict[str, Callable[[], object]]:
    """List the contestants; all of them use the same number of threads."""
    duck.execute(f"set threads to {threads}")
    join = join_of(paths, ON, folder / "join.parquet")
    rule = rule_of(paths, book, ON, folder / "rule.parquet")
    return {OURS: decider(paths, folder, book, threads), JOIN: lambda: duck.execute(join),
            RULE: lambda: duck.execute(rule)}


def _other(
    paths: dict[str, Path], which: str, folder: Path, duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook,
    threads: int,
) -> dict[str, Callable[[], object]]:
    """Measure two contestants on other files: unsorted holders, or people with habits."""
    join = join_of(paths, ON, folder / "join.parquet")
    return {f"{OURS}, {which}": decider(paths, folder, book, threads),
            f"{JOIN}, {which}": lambda: duck.execute(join)}


def _result(
    holders: int, timings: dict[int, dict[str, list[Timing]]], compared: int, asked: dict[str, float], *, quick: bool
) -> Result:
    """Collect rows and ratios; the aims concern the time that a user waits."""
    rows, ratios = list[Row](), list[Ratio]()
    for threads, found in timings.items():
        several = threads > 1
        in_seconds = {OURS: AT_MOST[several], RULE: AT_LEAST, UNORDERED: UNORDERED_AT_MOST[several]}
        for what, aims in (("wall clock", in_seconds), ("processor time", dict[str, Aim]())):
            mine = {name: row_of(_named(name, threads), [run[what == "processor time"] for run in runs], "s", what)
                    for name, runs in found.items()}
            rows += mine.values()
            ratios += [ratio_of(mine[OURS], mine[JOIN], aims.get(OURS)),
                       ratio_of(mine[RULE], mine[OURS], aims.get(RULE)),
                       *(ratio_of(mine[f"{OURS}, {which}"], mine[f"{JOIN}, {which}"], aims.get(which))
                         for which in (UNORDERED, HABITS))]
    return Result(
        name="population", title="A population, Parquet to Parquet",
        what=f"{holders:,} holders with a credential and {ACTIVITIES} activities each, read from Parquet files, "
             "decided, and written to a Parquet file. One thread, if no other number is named; the holders stand in "
             "the order of their names, if nothing else is said. People with habits have a training every year, a "
             "tenth of them a conference every week, and some an import that ran twice or a course taken again.",
        size={"holders": holders, "activities each": ACTIVITIES}, quick=quick, beside=JOIN, rows=tuple(rows),
        ratios=tuple(ratios),
        figures=tuple(figure_of(f"credentials for which the kernel asks the path of single records{which}",
                                100 * share, "%", aim=MOST_ASKED) for which, share in asked.items()),
        checks=(CHECKED.format(compared=compared),),
        date=today(), command=command("population", quick=quick), environment=environment(PACKAGES))


def _named(name: str, threads: int) -> str:
    """Add the number of threads to the name of a contestant, if there are several."""
    return name if threads == 1 else f"{name}, {threads} threads"


if __name__ == "__main__":
    alone(measure, __doc__, "holders")
