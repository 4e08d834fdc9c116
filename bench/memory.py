"""How much memory a population takes: the command `cmprules batch`, run as a separate program.

    python -m bench.memory

The operating system reports the peak memory of the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench._measure import Child, Say, alone, folder_for_data, run_program, say
from bench._result import Aim, Figure, Result, Row, command, environment, figure_of, ratio_of, row_of, today

__all__ = ["measure"]

FULL, QUICK = (10_000, 100_000, 1_000_000), (1_000, 10_000)
ACTIVITIES = 30
COMMAND, SPARING, IMPORTS = "cmprules batch", "cmprules batch --memory 300", "importing alone"
PACKAGES = ("cmprules", "numba", "numpy", "pyarrow")
MB = 2**20
AT_MOST, SLOWER = Aim(bound="at most", value=500), Aim(bound="at most", value=1.3)
SPARING_AT_MOST = Aim(bound="at most", value=250)
NOTHING = "import cmprules.batch, pyarrow.parquet"
OPTIONS = {COMMAND: (), SPARING: ("--memory", "300")}


def measure(*, quick: bool = False, sizes: Sequence[int] = (), told: Say = say) -> Result:
    """Run the command at growing sizes; the process that starts it stays small, and makes up no people itself."""
    sizes = sizes or (QUICK if quick else FULL)
    with folder_for_data() as name:
        folder = Path(name)
        if not quick:
            told("compiling")
            run_program(["-m", "cmprules", "batch", "--warm"])
        alone_takes = row_of(IMPORTS, [run_program(["-c", NOTHING]).peak / MB for _ in range(3)], "MB", "peak memory")
        runs = {count: _runs(folder, count, 1 if quick else 3, told) for count in sizes}
    rows = [row_of(name, [run.peak / MB for run in found], "MB", "peak memory", ("holders", count))
            for count, of_size in runs.items() for name, found in of_size.items()]
    return Result(
        name="memory", title="Memory",
        what=f"The most memory that the command `{COMMAND}` holds while it decides holders with {ACTIVITIES} "
             "activities each, as the system counts it: with its default, and when it is asked to take less.",
        size={"holders": [*sizes], "activities each": ACTIVITIES}, quick=quick, beside=IMPORTS,
        rows=(alone_takes, *rows), ratios=tuple(ratio_of(row, alone_takes) for row in rows),
        figures=(*_figures(rows), _slower(runs[sizes[-1]])), date=today(), command=command("memory", quick=quick),
        environment=environment(PACKAGES))


def _runs(folder: Path, holders: int, repeats: int, told: Say) -> dict[str, list[Child]]:
    """Run the command in both ways, in turns."""
    told(f"{holders:,} holders")
    run_program(["-m", "bench._people", str(folder), str(holders), str(ACTIVITIES)])
    files = [str(folder / f"{name}-{holders}-{ACTIVITIES}.parquet") for name in ("credentials", "activities")]
    call = ["-m", "cmprules", "batch", *files, "-o", str(folder / "answers.parquet"), "--on", "2026-03-10",
            "--edition", "2026.1"]
    found: dict[str, list[Child]] = {name: [] for name in OPTIONS}
    for _ in range(repeats):
        for name, options in OPTIONS.items():
            found[name].append(run_program([*call, *options]))
    return found


def _figures(rows: Sequence[Row]) -> Iterator[Figure]:
    """Compare each size with the aim."""
    for row in rows:
        asked, aim = ("", AT_MOST) if row.contestant == COMMAND else (" with --memory 300", SPARING_AT_MOST)
        yield figure_of(f"peak memory at {row.size:,} holders{asked}", row.median, "MB", aim)


def _slower(runs: Mapping[str, Sequence[Child]]) -> Figure:
    """Compare the times of the two ways."""
    usual, sparing = (median(run.seconds for run in runs[name]) for name in OPTIONS)
    return figure_of("time with --memory 300, compared with the default", sparing / usual, "times", SLOWER)


if __name__ == "__main__":
    alone(measure, __doc__)
