"""The first call after an installation, when nothing is compiled, and a later call: whole processes.

    python -m bench.first

Up to 1,000 holders wait for no compiler: plain Python decides them.  For more, the code is compiled first, which
`cmprules batch --warm` does ahead.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bench._measure import Say, alone, folder_for_data, run_program, say
from bench._result import Aim, Result, command, environment, figure_of, ratio_of, row_of, today

__all__ = ["measure"]

HOLDERS, FEW, ACTIVITIES = 1_000, 20, 30
FIRST, LATER, WARM = "the first call", "a later call", "cmprules batch --warm"
PACKAGES = ("cmprules", "llvmlite", "numba", "numpy", "pyarrow")
CACHE = "NUMBA_CACHE_DIR"
AT_MOST = Aim(bound="at most", value=3)
COMPARED = "the first call less one second, in times of a later call"


def measure(*, quick: bool = False, repeats: int = 0, told: Say = say) -> Result:
    """Call the command without compiled code, compile, and call it again; at small sizes nothing is compiled."""
    holders, count = FEW if quick else HOLDERS, repeats or (1 if quick else 5)
    with folder_for_data() as name:
        folder = Path(name)
        run_program(["-m", "bench._people", str(folder), str(holders), str(ACTIVITIES)])
        files = [str(folder / f"{table}-{holders}-{ACTIVITIES}.parquet") for table in ("credentials", "activities")]
        call = ["-m", "cmprules", "batch", *files, "-o", str(folder / "answers.parquet"), "--on", "2026-03-10",
                "--edition", "2026.1"]
        empty, full = ({CACHE: str(folder / place)} for place in ("empty", "full"))
        run_program(call, empty)  # an uncounted one, so that Python's own bytecode is kept
        told("compiling")
        warm = [] if quick else [run_program(["-m", "cmprules", "batch", "--warm"], full).seconds]
        first, later = [], []
        for number in range(count):
            told(f"round {number + 1} of {count}")
            first.append(run_program(call, empty).seconds)
            later.append(run_program(call, full).seconds)
    rows = [row_of(FIRST, first, "s"), row_of(LATER, later, "s"), *([row_of(WARM, warm, "s")] if warm else [])]
    return Result(
        name="first", title="The first call",
        what=f"The command `cmprules batch` for {holders:,} holders with {ACTIVITIES} activities each: before anything "
             "is compiled, and when everything is.",
        size={"holders": holders, "activities each": ACTIVITIES}, quick=quick, beside=LATER, rows=tuple(rows),
        ratios=tuple(ratio_of(row, rows[1]) for row in rows if row is not rows[1]),
        figures=(figure_of(COMPARED, max(0.0, median(first) - 1) / median(later), "times", AT_MOST),),
        date=today(), command=command("first", quick=quick), environment=environment(PACKAGES))


if __name__ == "__main__":
    alone(measure, __doc__)
