"""Runs contestants in turns, and measures the time or memory of programs."""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from bench._result import RESULTS, Result, read, summary, write

__all__ = ["DATA", "ROOT", "Child", "Say", "Timing", "alone", "folder_for_data", "in_turns", "run_program", "say"]

ROOT = Path(__file__).resolve().parent.parent
DATA = "CMPRULES_BENCH_DATA"
Say = Callable[[str], None]


class Timing(NamedTuple):
    """One run: seconds of wall clock, and seconds of processor time."""

    wall: float
    processor: float


class Child(NamedTuple):
    """A program that has ended: its output, its run time, and its peak memory in bytes."""

    printed: str
    seconds: float
    peak: int


def say(text: str) -> None:
    """Print progress on the terminal."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()


def in_turns(contestants: Mapping[str, Callable[[], object]], repeats: int, told: Say = say) -> dict[str, list[Timing]]:
    """Let every contestant run once, then again, and so on, so that a busy machine affects all of them alike."""
    found: dict[str, list[Timing]] = {name: [] for name in contestants}
    for number in range(repeats):
        told(f"round {number + 1} of {repeats}")
        for name, run in contestants.items():
            found[name].append(timed(run))
    return found


def timed(run: Callable[[], object]) -> Timing:
    """Time one run."""
    gc.collect()
    wall, processor = time.perf_counter(), time.process_time()
    run()
    return Timing(time.perf_counter() - wall, time.process_time() - processor)


def run_program(arguments: Sequence[str], variables: Mapping[str, str] = MappingProxyType({})) -> Child:
    """Run Python with some arguments and further variables; it keeps what it compiles, as an installed package does.

    The memory is that of the program alone as long as this process is smaller: Linux also counts the memory that a
    process held before it became another program.

    Raises:
        RuntimeError: the program fails; the message has its output.
    """
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env={**_environment(), **variables},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        printed = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"python {' '.join(arguments)} ended with {process.returncode}: {printed.strip()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Child(printed, time.perf_counter() - began, usage.ru_maxrss * unit)


def _environment() -> dict[str, str]:
    """Return the variables of this process, without the one by which Python compiles its sources at every start."""
    return {name: value for name, value in {**os.environ, "PYTHONPATH": _path()}.items()
            if name != "PYTHONDONTWRITEBYTECODE"}


def _path() -> str:
    """Let child programs import what this one can."""
    return os.pathsep.join(path or str(ROOT) for path in sys.path)


def folder_for_data() -> AbstractContextManager[str | Path]:
    """Return a folder for made-up people: the one that all benchmarks share, or one for this benchmark."""
    kept = os.environ.get(DATA)
    return nullcontext(Path(kept)) if kept else TemporaryDirectory()


def alone(measure: Callable[..., Result], text: str | None, *counts: str) -> None:
    """Run one benchmark as a program: measure, and keep the result; `counts` names sizes that options may set."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, to check that it works")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the folder for the result")
    for name in counts:
        parser.add_argument(f"--{name}", type=int, default=0, metavar="COUNT", help=f"how many {name}")
    options = vars(parser.parse_args())
    folder = options.pop("results")
    print(summary(read(write(measure(**options), folder))))
