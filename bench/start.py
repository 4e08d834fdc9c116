"""How long an import and a whole command take, and how large the wheel is.

    python -m bench.start

Each import runs in fresh processes, which time it themselves.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bench._measure import Say, alone, run_program, say
from bench._result import Aim, Figure, Result, command, environment, figure_of, ratio_of, row_of, today

__all__ = ["measure"]

PEERS = "import attrs, dateutil.relativedelta"
OURS = "import cmprules"
FIRST = "import cmprules; cmprules.decide"
PACKAGES = ("attrs", "cmprules", "hatchling", "python-dateutil")
TIMED = "from time import perf_counter; began = perf_counter(); {code}; print(perf_counter() - began)"
KB = 1024
AT_MOST = Aim(bound="at most", value=1.6)
PROCESS, COMMAND = 'python -c "import attrs, dateutil"', "cmprules decide, one record"
PROCESSES = {PROCESS: ("-c", "import attrs, dateutil"),
             COMMAND: ("-m", "cmprules", "decide", "examples/mls-nearly-there.json", "--on", "2026-03-10")}
WHOLE_AT_MOST = Aim(bound="at most", value=2)


def measure(*, quick: bool = False, repeats: int = 0, told: Say = say) -> Result:
    """Import in fresh processes, in turns; the start of Python itself is not counted."""
    count = repeats or (3 if quick else 15)
    seconds: dict[str, list[float]] = {code: [] for code in (PEERS, OURS, FIRST)}
    whole: dict[str, list[float]] = {name: [] for name in PROCESSES}
    for arguments in (*(("-c", code) for code in seconds), *PROCESSES.values()):
        run_program(arguments)  # an uncounted warm-up, so that everything is compiled and cached
    for number in range(count):
        told(f"round {number + 1} of {count}")
        for code, found in seconds.items():
            found.append(float(run_program(["-c", TIMED.format(code=code)]).printed) * 1_000)
        for name, arguments in PROCESSES.items():
            whole[name].append(run_program(arguments).seconds * 1_000)
    rows = {code: row_of(code, found, "ms") for code, found in {**seconds, **whole}.items()}
    left_out, figures = _wheel(told)
    return Result(
        name="start", title="Import, and the wheel",
        what=f"Each import in {count} fresh processes, in turns; what starting Python takes is not counted. "
             "Names of cmprules are imported when they are first asked for, so that the third line says what a program "
             "pays that decides something. The last two lines are whole processes, from start to end.",
        size={"processes": count}, quick=quick, beside=PEERS, rows=tuple(rows.values()),
        ratios=(ratio_of(rows[OURS], rows[PEERS], AT_MOST), ratio_of(rows[FIRST], rows[PEERS]),
                ratio_of(rows[COMMAND], rows[PROCESS], WHOLE_AT_MOST)),
        figures=figures, left_out=left_out, date=today(), command=command("start", quick=quick),
        environment=environment(PACKAGES))


def _wheel(told: Say) -> tuple[tuple[str, ...], tuple[Figure, ...]]:
    """Build the wheel and measure its size; or explain why it was left out."""
    told("the wheel")
    with TemporaryDirectory() as folder:
        try:
            run_program(["-m", "hatchling", "build", "-t", "wheel", "-d", folder])
        except RuntimeError as failed:
            return (f"The wheel: it could not be built ({str(failed).splitlines()[-1]}).",), ()
        size = next(Path(folder).glob("*.whl")).stat().st_size
    return (), (figure_of("size of the wheel", size / KB, "KB"),)


if __name__ == "__main__":
    alone(measure, __doc__)
