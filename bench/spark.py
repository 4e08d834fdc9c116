"""What Spark costs: the same population by `decide_table`, by the shuffle of Spark alone, and by `decide_frames`.

    python bench/spark.py --holders 100000 --activities 30 --repeat 3

All read the same Parquet files; the first and the last write Parquet.  The processor time of this process and of all
that it started (Java, and the Python of the executors) is measured, so that other programs on the machine matter less.
It prints the rates, and writes everything to `bench/results/spark.json`; the page "Decide on Spark" reckons with it.
Linux alone says how long processes have run in the way that is read here.
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
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from population import ON, write_population
from pyspark.sql import DataFrame, SparkSession

import cmprules
from cmprules.batch import decide_table
from cmprules.batch.spark import _together, decide_frames

HERE = Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")
NAMES = ("credentials", "activities")


def _started() -> dict[int, tuple[str, float]]:
    """List the programs that this process started, and theirs: which, and how long each has run, its dead included."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text(encoding="utf-8").partition("(")[2].rpartition(") ")
        except OSError:  # it has ended meanwhile
            continue
        cells = rest.split()
        found[int(path.parent.name)] = (name, int(cells[1]), sum(map(int, cells[11:15])) / TICKS)
    ours = {os.getpid()}
    while more := {number for number, (_, parent, _) in found.items() if parent in ours} - ours:
        ours |= more
    return {number: (found[number][0], found[number][2]) for number in ours - {os.getpid()}}


def _processor_time() -> dict[str, float]:
    """Say how long Java, and the Python of the executors, have run."""
    total = {"java": 0.0, "python": 0.0}
    for name, seconds in _started().values():
        total["java" if name == "java" else "python"] += seconds
    return total


def _most_memory() -> int:
    """Say how many bytes the largest of the Pythons of the executors has taken at once."""
    most = 0
    for number, (name, _) in _started().items():
        if name != "java":
            status = Path(f"/proc/{number}/status").read_text(encoding="utf-8")
            most = max([most, *(int(line.split()[1]) * 1024 for line in status.splitlines() if "VmHWM" in line)])
    return most


def _seconds(what: Callable[[], object], repeat: int) -> dict[str, Any]:
    """Measure some runs, after one that does not count but for what it takes on a clock."""
    begun = time.perf_counter()
    what()
    first = time.perf_counter() - begun
    runs = []
    for _ in range(repeat):
        before, begun = _processor_time(), time.perf_counter()
        what()
        runs.append({"clock": time.perf_counter() - begun,
                     **{name: after - before[name] for name, after in _processor_time().items()}})
    middle = {name: statistics.median(run[name] for run in runs) for name in ("clock", "java", "python")}
    return {"first_clock": first, "runs": runs, **middle, "processor": middle["java"] + middle["python"]}


def _in_memory(paths: dict[str, Path], book: cmprules.PolicyBook, out: Path, repeat: int) -> float:
    """Measure `decide_table`, from files to a file, with one thread."""
    found = []
    for _ in range(repeat + 1):
        before = time.process_time()
        pq.write_table(decide_table(*(paths[name] for name in NAMES), book, on=ON).answers, out)
        found.append(time.process_time() - before)
    return statistics.median(found[1:])


def _session(cores: int, folder: Path) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local[{cores}]")
    for name, value in {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "3g", "spark.local.dir": str(folder), "spark.sql.session.timeZone": "UTC",
        "spark.ui.showConsoleProgress": "false", "spark.sql.files.maxPartitionBytes": "8m",
        "spark.sql.adaptive.enabled": "false", "spark.sql.shuffle.partitions": str(cores),
    }.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _on_spark(paths: dict[str, Path], book: cmprules.PolicyBook, folder: Path, cores: int,
              repeat: int) -> dict[str, Any]:
    """Measure the shuffle alone, and everything."""
    session = _session(cores, folder / "local")
    frames = [session.read.parquet(str(paths[name])) for name in NAMES]
    answers = folder / "answers"

    def shuffle() -> None:
        _nowhere(_together(*frames))

    def everything() -> None:
        decided = decide_frames(*frames, book, on=ON)
        decided.answers.write.mode("overwrite").parquet(str(answers))

    shuffle()
    written = sum(path.stat().st_size for path in (folder / "local").rglob("shuffle_*.data"))
    found = {"shuffle": _seconds(shuffle, repeat), "everything": _seconds(everything, repeat),
             "shuffle_bytes": written, "python_memory": _most_memory()}
    assert session.read.parquet(str(answers)).count() == pq.read_metadata(paths["credentials"]).num_rows
    session.stop()
    return found


def _nowhere(frame: DataFrame) -> None:
    frame.write.format("noop").mode("overwrite").save()


def measure(holders: int, activities: int, cores: int, repeat: int) -> dict[str, Any]:
    """Measure all, and say on what."""
    book = cmprules.load_book(edition="2026.1")
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_population(folder, holders, activities)
        in_memory = _in_memory(paths, book, folder / "answers.parquet", repeat)
        found = _on_spark(paths, book, folder, cores, repeat)
        size = sum(paths[name].stat().st_size for name in NAMES)
    rows = holders * (activities + 1)
    return {
        "holders": holders, "activities_each": activities, "rows": rows, "on": ON.isoformat(), "cores": cores,
        "input_bytes": size, "decide_table_seconds": in_memory, **found,
        "rows_a_core_second": {"decide_table": rows / in_memory, "shuffle": rows / found["shuffle"]["processor"],
                               "everything": rows / found["everything"]["processor"]},
        "environment": {"python": platform.python_version(), "machine": platform.machine(),
                        "processors": os.cpu_count(), "cmprules": cmprules.__version__, "pyspark": pyspark.__version__,
                        "pyarrow": pa.__version__},
    }


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--holders", type=int, default=100_000)
    parser.add_argument("--activities", type=int, default=30)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    found = measure(options.holders, options.activities, options.cores, options.repeat)
    target = HERE / "results" / "spark.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    rates = found["rows_a_core_second"]
    sys.stdout.write(
        f"{found['rows']:,} rows of {found['holders']:,} holders\n"
        f"rows for each second of a core: decide_table {rates['decide_table']:,.0f}, shuffle of Spark "
        f"{rates['shuffle']:,.0f}, all of decide_frames {rates['everything']:,.0f}\n")


if __name__ == "__main__":
    main()
