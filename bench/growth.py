"""How time grows with the number of holders, and with the number of activities of each.

    python -m bench.growth

Growth is linear if a line fits the points well, and if the slope between logarithms is 1.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import log
from pathlib import Path
from typing import NamedTuple

import attrs
import duckdb

import cmprules
from bench._measure import Say, alone, folder_for_data, in_turns, say
from bench._people import ON, records_of, write_people
from bench._result import Figure, Ratio, Result, Row, command, environment, figure_of, ratio_of, row_of, today
from bench._sql import connect, join_of
from bench.population import ACTIVITIES, decider
from cmprules.batch import decide_table

__all__ = ["Line", "Sizes", "measure", "slope"]

FILES, TABLE, RECORD = "cmprules batch", "cmprules.batch.decide_table", "cmprules.decide"
HOLDERS, EACH = "holders", "activities each"
JOIN = "DuckDB's join"
PACKAGES = ("cmprules", "duckdb", "numba", "numpy", "pyarrow")
Runs = dict[str, Callable[[], object]]


@attrs.frozen(kw_only=True)
class Sizes:
    """The sizes: numbers of holders, numbers of activities each, and how many holders have those activities."""

    holders: tuple[int, ...]
    activities: tuple[int, ...]
    people: int
    records: int
    repeats: int = 3


FULL = Sizes(holders=(10_000, 30_000, 100_000, 300_000, 1_000_000), activities=(10, 30, 100, 300, 1_000), people=1_000,
             records=50)
QUICK = Sizes(holders=(1_000, 3_000, 10_000), activities=(10, 30, 100), people=300, records=20)


def measure(*, quick: bool = False, sizes: Sizes | None = None, told: Say = say) -> Result:
    """Measure at growing sizes, and fit a line to each."""
    sizes = sizes or (QUICK if quick else FULL)
    book = cmprules.load_book(edition="2026.1")
    with folder_for_data() as name:
        folder, duck = Path(name), connect(Path(name))
        decider(write_people(folder, 1_100, ACTIVITIES), folder, book, 1)()  # compile everything first
        rows = [*_by_holders(sizes, folder, duck, book, told), *_by_activities(sizes, folder, duck, book, told)]
    return Result(
        name="growth", title="Growth",
        what=f"From {min(sizes.holders):,} to {max(sizes.holders):,} holders with {ACTIVITIES} activities each, "
             f"and from {min(sizes.activities):,} to {max(sizes.activities):,} activities for each of {sizes.people:,} "
             f"holders (of {sizes.records:,} records for `decide`), with one thread.",
        size={"holders": [*sizes.holders], "activities each": [*sizes.activities]}, quick=quick, beside=JOIN,
        rows=tuple(rows), ratios=tuple(_ratios(rows)), figures=tuple(_figures(rows)),
        date=today(), command=command("growth", quick=quick), environment=environment(PACKAGES))


def _by_holders(
    sizes: Sizes, folder: Path, duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, told: Say
) -> Iterator[Row]:
    """Measure files with more and more holders."""
    for count in sizes.holders:
        told(f"{count:,} holders")
        paths = write_people(folder, count, ACTIVITIES)
        join = join_of(paths, ON, folder / "join.parquet")
        contestants: Runs = {FILES: decider(paths, folder, book, 1), JOIN: partial(duck.execute, join)}
        for name, runs in in_turns(contestants, sizes.repeats, told).items():
            yield row_of(name, [run.processor for run in runs], "s", "processor time", (HOLDERS, count))


def _by_activities(
    sizes: Sizes, folder: Path, duck: duckdb.DuckDBPyConnection, book: cmprules.PolicyBook, told: Say
) -> Iterator[Row]:
    """Measure the same number of holders with more and more activities each."""
    for each in sizes.activities:
        told(f"{each:,} activities each")
        paths = write_people(folder, sizes.people, each)
        join = join_of(paths, ON, folder / "join.parquet")
        records = records_of(paths, sizes.records)
        contestants: Runs = {
            TABLE: partial(decide_table, paths["credentials"], paths["activities"], book, on=ON),
            JOIN: partial(duck.execute, join),
            RECORD: partial(_decide_each, records, book),
        }
        for name, runs in in_turns(contestants, sizes.repeats, told).items():
            count = sizes.records if name == RECORD else sizes.people
            yield row_of(name, [run.processor / count * 1e6 for run in runs], "µs a holder", "processor time",
                         (EACH, each))


def _decide_each(records: Sequence[cmprules.Record], book: cmprules.PolicyBook) -> list[cmprules.Decision]:
    """Decide one record after another."""
    return [cmprules.decide(record, book, on=ON) for record in records]


def _ratios(rows: Sequence[Row]) -> Iterator[Ratio]:
    """Compare each with the join at the same size."""
    joins = {(row.growing, row.size): row for row in rows if row.contestant == JOIN}
    for row in rows:
        if row.contestant in {FILES, TABLE}:
            yield ratio_of(row, joins[row.growing, row.size])


def _figures(rows: Sequence[Row]) -> Iterator[Figure]:
    """Fit a line to the points of each contestant."""
    for name, growing in dict.fromkeys((row.contestant, row.growing) for row in rows):
        points = [(row.size or 0, row.median) for row in rows if (row.contestant, row.growing) == (name, growing)]
        steep = slope([(log(x), log(y)) for x, y in points]).steep
        yield figure_of(f"{name}, more {growing}: slope between logarithms", steep, "")
        yield figure_of(f"{name}, more {growing}: what a straight line explains of the spread (R²)",
                        slope(points).explained, "")


class Line(NamedTuple):
    """A least-squares line: its slope, and the share of the variance that it explains."""

    steep: float
    explained: float


def slope(points: Sequence[tuple[float, float]]) -> Line:
    """Fit a line by least squares.

    >>> slope([(1, 3), (2, 5), (3, 7)])
    Line(steep=2.0, explained=1.0)
    """
    xs, ys = zip(*points, strict=True)
    fit = statistics.linear_regression(xs, ys)
    return Line(fit.slope, statistics.correlation(xs, ys) ** 2)


if __name__ == "__main__":
    alone(measure, __doc__)
