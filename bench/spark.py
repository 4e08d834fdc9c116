"""What Spark costs: the same population by `decide_table`, by Spark's shuffle alone, and by `decide_frames`.

    python -m bench.spark

All read the same Parquet files; the first and the last write Parquet.  The benchmark measures the processor time of
this process and of its children (Java, and the Python executors), so that other programs on the machine matter less.
The page "Decide on Spark" calculates with the result.  The processor times come from a source that only Linux has.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession

import cmprules
from bench._measure import Say, alone, say
from bench._people import ON, write_people
from bench._result import Figure, Result, Row, command, environment, figure_of, ratio_of, row_of, today
from cmprules.batch import decide_table
from cmprules.batch.spark import _together, decide_frames

__all__ = ["measure"]

FULL, QUICK = 100_000, 2_000
ACTIVITIES, REPEATS, CORES = 30, 3, 2
TABLE, SHUFFLE, FRAMES = "decide_table", "reading, shuffling and sorting alone", "decide_frames"
TIME = "processor time"
PACKAGES = ("cmprules", "numba", "numpy", "pyarrow", "pyspark")
TICKS = os.sysconf("SC_CLK_TCK")


def _started() -> dict[int, tuple[str, float]]:
    """List the programs that this process started, and their children: name and run time, ended children included."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text(encoding="utf-8").partition("(")[2].rpartition(") ")
        except OSError:  # it has ended in the meantime
            continue
        cells = rest.split()
        found[int(path.parent.name)] = (name, int(cells[1]), sum(map(int, cells[11:15])) / TICKS)
    ours = {os.getpid()}
    while more := {number for number, (_, parent, _) in found.items() if parent in ours} - ours:
        ours |= more
    return {number: (found[number][0], found[number][2]) for number in ours - {os.getpid()}}


def _processor_time() -> dict[str, float]:
    """Measure the processor time of Java and of the Python executors."""
    total = {"java": 0.0, "python": 0.0}
    for name, seconds in _started().values():
        total["java" if name == "java" else "python"] += seconds
    return total


def _most_memory() -> int:
    """Return the peak memory of a single Python executor in bytes."""
    most = 0
    for number, (name, _) in _started().items():
        if name != "java":
            status = Path(f"/proc/{number}/status").read_text(encoding="utf-8")
            most = max([most, *(int(line.split()[1]) * 1024 for line in status.splitlines() if "VmHWM" in line)])
    return most


def _runs(what: Callable[[], object], repeats: int) -> dict[str, list[float]]:
    """Measure the processor time of several runs, Java's and Python's, after an uncounted warm-up."""
    what()
    found: dict[str, list[float]] = {"java": [], "python": []}
    for _ in range(repeats):
        before = _processor_time()
        what()
        for name, after in _processor_time().items():
            found[name].append(after - before[name])
    return found


def _in_memory(paths: Mapping[str, Path], book: cmprules.PolicyBook, out: Path, repeats: int) -> list[float]:
    """Measure `decide_table` from files to a file, with one thread."""
    found = []
    for _ in range(repeats + 1):
        before = time.process_time()
        pq.write_table(decide_table(paths["credentials"], paths["activities"], book, on=ON).answers, out)
        found.append(time.process_time() - before)
    return found[1:]


def _session(folder: Path) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{CORES}]")
    for name, value in {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "3g", "spark.local.dir": str(folder), "spark.sql.session.timeZone": "UTC",
        "spark.ui.showConsoleProgress": "false", "spark.sql.files.maxPartitionBytes": "8m",
        "spark.sql.adaptive.enabled": "false", "spark.sql.shuffle.partitions": str(CORES),
    }.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _on_spark(
    paths: Mapping[str, Path], book: cmprules.PolicyBook, folder: Path, repeats: int
) -> tuple[dict[str, dict[str, list[float]]], dict[str, float]]:
    """Measure the shuffle alone, then everything; return the runs, and the MB shuffled and held."""
    session = _session(folder / "local")
    credentials, activities = (session.read.parquet(str(paths[name])) for name in ("credentials", "activities"))
    answers = folder / "answers"

    def shuffle() -> None:
        _nowhere(_together(credentials, activities))

    def everything() -> None:
        decided = decide_frames(credentials, activities, book, on=ON)
        decided.answers.write.mode("overwrite").parquet(str(answers))

    shuffle()
    shuffled = sum(path.stat().st_size for path in (folder / "local").rglob("shuffle_*.data")) / 1e6
    runs = {SHUFFLE: _runs(shuffle, repeats), FRAMES: _runs(everything, repeats)}
    if session.read.parquet(str(answers)).count() != pq.read_metadata(paths["credentials"]).num_rows:
        raise RuntimeError("not every credential was decided")
    held = _most_memory() / 1e6
    session.stop()
    return runs, {"shuffled": shuffled, "the largest Python": held}


def _nowhere(frame: DataFrame) -> None:
    frame.write.format("noop").mode("overwrite").save()


def measure(*, quick: bool = False, holders: int = 0, repeats: int = 0, told: Say = say) -> Result:
    """Measure all three, and describe the sizes."""
    holders, repeats = holders or (QUICK if quick else FULL), repeats or REPEATS
    book = cmprules.load_book(edition="2026.1")
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_people(folder, holders, ACTIVITIES)
        told(TABLE)
        in_memory = _in_memory(paths, book, folder / "answers.parquet", repeats)
        told("Spark")
        runs, figures = _on_spark(paths, book, folder, repeats)
        figures["files"] = sum(path.stat().st_size for path in paths.values()) / 1e6
    rows = {TABLE: row_of(TABLE, in_memory, "s", TIME)}
    for which, found in runs.items():
        both = [java + python for java, python in zip(found["java"], found["python"], strict=True)]
        rows[which] = row_of(which, both, "s", TIME)
    parts = (row_of(f"{FRAMES}, {name}", found, "s", TIME) for name, found in runs[FRAMES].items())
    return Result(
        name="spark", title="Spark",
        what=f"The same files by `decide_table` on one thread, and by Spark on {CORES} cores of one machine: reading, "
             "shuffling and sorting alone, and all of `decide_frames`. The seconds are those of all processors "
             "together, Java and Python.",
        size={"holders": holders, "activities each": ACTIVITIES, "cores": CORES}, quick=quick, beside=TABLE,
        rows=(*rows.values(), *parts), ratios=tuple(ratio_of(rows[FRAMES], rows[name]) for name in (TABLE, SHUFFLE)),
        figures=(*_rates(rows, holders), *(figure_of(name, value, "MB") for name, value in figures.items())),
        checks=("Every credential has an answer; the tests compare the answers.",), date=today(),
        command=command("spark", quick=quick), environment=environment(PACKAGES))


def _rates(rows: Mapping[str, Row], holders: int) -> list[Figure]:
    """Return how many rows of the two tables one core handles per second."""
    count = holders * (ACTIVITIES + 1)
    rates = {f"rows for each second of a core, {name}": count / row.median for name, row in rows.items()}
    return [figure_of(name, value, "") for name, value in {"rows": count, **rates}.items()]


if __name__ == "__main__":
    alone(measure, __doc__, "holders", "repeats")
