"""How much memory a population takes: the command `cmprules batch`, run as a separate program.

    python -m bench.memory

The operating system reports the peak memory of the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench._measure import Child, Say, alone, folder_for_data, run_program, say
from bench._result import Aim, Figure, Result, Row, command, environment, figure_of, ratio_of, row_of, today

__all__ = ["measure"]

FULL, QUICK = (10_000, 100_000, 1_000_000), (1_000, 10_000)
ACTIVITIES = 30
COMMAND, IMPORTS = "cmprules batch", "importing alone"
PACKAGES = ("cmprules", "numba", "numpy", "pyarrow")
MB = 2**20
AT_MOST = Aim(bound="at most", value=500)
NOTHING = "import cmprules.batch, pyarrow.parquet"


def measure(*, quick: bool = False, sizes: Sequence[int] = (), told: Say = say) -> Result:
    """Run the command at growing sizes; the process that starts it stays small, and makes up no people itself."""
    sizes = sizes or (QUICK if quick else FULL)
    with folder_for_data() as name:
        folder = Path(name)
        alone_takes = row_of(IMPORTS, [run_program(["-c", NOTHING]).peak / MB for _ in range(3)], "MB", "peak memory")
        rows = [row_of(COMMAND, [_run(folder, count, told).peak / MB], "MB", "peak memory", ("holders", count))
                for count in sizes]
    return Result(
        name="memory", title="Memory",
        what=f"The most memory that the command `{COMMAND}` holds while it decides holders with {ACTIVITIES} "
             "activities each, as the system counts it.",
        size={"holders": [*sizes], "activities each": ACTIVITIES}, quick=quick, beside=IMPORTS,
        rows=(alone_takes, *rows), ratios=tuple(ratio_of(row, alone_takes) for row in rows),
        figures=tuple(_figures(rows)), date=today(), command=command("memory", quick=quick),
        environment=environment(PACKAGES))


def _run(folder: Path, holders: int, told: Say) -> Child:
    """Run the command once."""
    told(f"{holders:,} holders")
    run_program(["-m", "bench._people", str(folder), str(holders), str(ACTIVITIES)])
    files = [str(folder / f"{name}-{holders}-{ACTIVITIES}.parquet") for name in ("credentials", "activities")]
    return run_program(["-m", "cmprules", "batch", *files, "-o", str(folder / "answers.parquet"), "--on", "2026-03-10",
                        "--edition", "2026.1"])


def _figures(rows: Sequence[Row]) -> Iterator[Figure]:
    """Compare each size with the aim."""
    for row in rows:
        yield figure_of(f"peak memory at {row.size:,} holders", row.median, "MB", AT_MOST)


if __name__ == "__main__":
    alone(measure, __doc__)
