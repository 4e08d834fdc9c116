"""The cost of a page for each of thousands of people, by part, compared with only reading and deciding.

    python -m bench.reports

Each part runs in a separate program, so that its memory can be measured.  The parts are: all of `reports`, a second run
in which nothing has changed, and reading and deciding alone, with the same readers and the same `decide`.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench._measure import Child, Say, alone, folder_for_data, run_program, say
from bench._result import Aim, Result, Row, command, environment, figure_of, ratio_of, row_of, today

__all__ = ["measure"]

PEOPLE, QUICK, ACTIVITIES = 4_000, 100, 30
REPEATS = 3
ON = "2026-03-10"
ALONE, ALL, AGAIN = "reading and deciding alone", "reports", "reports, nothing changed"
PARTS = {"decide": "deciding", "render": "pages", "events_of": "calendar", "put": "writing pages",
         "_workbook": "workbook", "write_index": "index", "key": "digests of records"}
PACKAGES = ("cmprules", "numba", "numpy", "pyarrow", "xlsxwriter")
MB = 2**20
AT_MOST = Aim(bound="at most", value=6)
SMALL = Aim(bound="at most", value=1024)


def measure(*, quick: bool = False, people: int = 0, told: Say = say) -> Result:
    """Measure every part; the process that starts the programs stays small."""
    count, repeats = people or (QUICK if quick else PEOPLE), 1 if quick else REPEATS
    found: dict[str, list[Child]] = {ALONE: [], ALL: [], AGAIN: []}
    with folder_for_data() as name:
        folder = Path(name)
        run_program(["-m", "bench._people", str(folder), str(count), str(ACTIVITIES)])
        run_program(["-m", "bench.reports", ALONE, str(folder), "10"])  # compile before the clock starts
        for number in range(repeats):
            told(f"round {number + 1} of {repeats}")
            shutil.rmtree(folder / "reports", ignore_errors=True)
            for what, children in found.items():
                children.append(run_program(["-m", "bench.reports", what, str(folder), str(count)]))
        size = sum(path.stat().st_size for path in (folder / "reports").rglob("*") if path.is_file())
        shutil.rmtree(folder / "reports")
    return _result(count, found, size, quick=quick)


def _result(count: int, found: dict[str, list[Child]], size: int, *, quick: bool) -> Result:
    """Collect rows and ratios."""
    times = {what: [json.loads(child.printed) for child in children] for what, children in found.items()}
    rows = {what: row_of(what, [run["all"] for run in runs], "s") for what, runs in times.items()}
    parts = [row_of(f"of that, {what}", [run[what] for run in times[ALL]], "s") for what in PARTS.values()]
    peaks = [row_of(what, [child.peak / MB for child in children], "MB", "peak memory")
             for what, children in found.items()]
    return Result(
        name="reports", title="A page for each person",
        what=f"{count:,} people with a credential and {ACTIVITIES} activities each, from Parquet files to a folder "
             "with a page for each, an index, a workbook and a calendar.",
        size={"people": count, "activities each": ACTIVITIES}, quick=quick, beside=ALONE,
        rows=(*rows.values(), *parts, *peaks),
        ratios=(ratio_of(rows[ALL], rows[ALONE], AT_MOST), ratio_of(rows[AGAIN], rows[ALONE])),
        figures=(figure_of("size of the folder", size / MB, "MB"), *(_peak(row) for row in peaks[1:2])),
        date=today(), command=command("reports", quick=quick), environment=environment(PACKAGES))


def _peak(row: Row) -> Any:
    return figure_of("peak memory", row.median, "MB", SMALL)


# ---------------------------------------------------------------------------------------------------------
# The program that is measured.


def run(what: str, folder: Path, count: int) -> dict[str, float]:
    """Run one of the three parts, and print how long it took; for reports, how long each step took."""
    import cmprules  # noqa: PLC0415  # the process that measures memory must import none of this
    from cmprules.batch._records import people_in  # noqa: PLC0415

    book = cmprules.load_book(edition="2026.1")
    files = [folder / f"{name}-{_there(folder, count)}-{ACTIVITIES}.parquet" for name in ("credentials", "activities")]
    times = dict.fromkeys(PARTS.values(), 0.0)
    began = time.perf_counter()
    people = people_in(*map(str, files))
    if what == ALONE:
        for record in people.records:
            cmprules.decide(record, book, on=ON)
    else:
        from cmprules.reporting import _reports  # noqa: PLC0415

        with _clocked(_reports, times):
            _reports.reports(people.records, book, on=ON, to=folder / "reports")
    return {"all": time.perf_counter() - began, **times}


def _there(folder: Path, count: int) -> int:
    """Find the people in the folder; a few of them are enough to compile."""
    path = folder / f"credentials-{count}-{ACTIVITIES}.parquet"
    return count if path.exists() else int(next(folder.glob("credentials-*.parquet")).name.split("-")[1])


@contextmanager
def _clocked(module: Any, times: dict[str, float]) -> Iterator[None]:
    """Time each step."""
    homes_within = [getattr(module, name) for name in ("Folder", "_Run", "_Job")]
    homes = {name: next(home for home in (module, *homes_within) if hasattr(home, name))
             for name in PARTS}
    honest = {name: getattr(home, name) for name, home in homes.items()}
    for name, home in homes.items():
        setattr(home, name, _with_clock(honest[name], PARTS[name], times))
    try:
        yield
    finally:
        for name, home in homes.items():
            setattr(home, name, honest[name])


def _with_clock(call: Callable[..., Any], what: str, times: dict[str, float]) -> Callable[..., Any]:
    def clocked(*arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            found = call(*arguments, **named)
            return [*found] if what == "index" else found
        finally:
            times[what] += time.perf_counter() - began

    return clocked


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in {ALONE, ALL, AGAIN}:
        print(json.dumps(run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        alone(measure, __doc__, "people")
