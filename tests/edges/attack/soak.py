"""Disturb `cmprules batch` in every way that a machine can: `python -m tests.edges.attack.soak --hours 2 --seed 1`.

A round is a series of runs of one command in one folder: killed, paused while another begins, interrupted, out of
disk, or with parts damaged since the last run, with changing days, threads and memory.  Whatever happened, an answer is
there completely or not at all.  The last run is not disturbed.  It leaves the answers of an undisturbed folder, byte by
byte, and no other file.

Moments are drawn as numbers of calls, never by a clock, and no run waits for time to pass.  Each run is a fork of this
process; the kernel runs without its compiler, so that a fork begins at once.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

DAYS = ("2026-03-10", "2026-09-01")
ENDINGS = ("parquet", "csv")
OUR_PLACES = ("_kit/files.py", "_kit/locks.py", "batch/_stream/", "batch/_writing.py")
"""The functions that write files: half of the moments are drawn among their calls."""

MOST_BYTES = 40_000
"""More bytes than any file of a run has."""

Files = dict[str, bytes]


class Run(NamedTuple):
    """One run of the command: its arguments, and the disturbance and the call at which it happens."""

    day: str
    ending: str
    memory: int
    threads: int
    what: str = "nothing"
    at: int = 0
    among_ours: bool = False


# ---------------------------------------------------------------------------------------------------------
# A run in its own process.


def command(folder: Path, run: Run) -> list[str]:
    """Return the command line of a run."""
    return ["batch", str(folder / "credentials.parquet"), str(folder / "activities.parquet"),
            "-o", str(folder / f"answers.{run.ending}"), "--on", run.day, "--edition", "2026.1",
            "--memory", str(run.memory), "--threads", str(run.threads)]


def begin(folder: Path, run: Run) -> int:
    """Begin a run; return the number of its process."""
    pid = os.fork()
    if pid == 0:
        status = 70
        try:
            said = os.open(folder.parent / f"said-{os.getpid()}", os.O_WRONLY | os.O_CREAT)
            os.dup2(said, 1)
            os.dup2(said, 2)
            _disturb(run)
            status = import_module("cmprules._cli").main(command(folder, run))
        except KeyboardInterrupt:  # before the command handles signals, or after
            status = 130
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        finally:
            sys.setprofile(None)
            os._exit(status)
    return pid


def end(folder: Path, pid: int, status: int | None = None) -> tuple[int, str]:
    """Wait until a run ends; return its status (negative: the signal that ended it) and its output."""
    if status is None:
        _, status = os.waitpid(pid, 0)
    path = folder.parent / f"said-{pid}"
    said = path.read_text("utf-8") if path.exists() else ""
    path.unlink(missing_ok=True)
    return os.waitstatus_to_exitcode(status), said


def _disturb(run: Run) -> None:
    """Make this process disturb itself at a call."""
    if run.what == "no room":
        resource.setrlimit(resource.RLIMIT_FSIZE, (run.at, run.at))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    acts: dict[str, Callable[[], object]] = {
        "kill": lambda: os.kill(os.getpid(), signal.SIGKILL), "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
        "interrupt": lambda: os.kill(os.getpid(), signal.SIGINT)}
    if run.what in acts:
        hook = _at(run.at, acts[run.what], among_ours=run.among_ours)
        threading.setprofile(hook)
        sys.setprofile(hook)


def _at(wanted: int, act: Callable[[], object], *, among_ours: bool) -> Callable[[FrameType, str, Any], None]:
    """Return a function that counts calls, and does something at one of them."""
    count = 0

    def hook(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        if "call" in event and (not among_ours or any(place in frame.f_code.co_filename for place in OUR_PLACES)):
            count += 1
            if count == wanted:
                act()

    return hook


def calls_of(folder: Path, run: Run, *, among_ours: bool) -> int:
    """Count the calls of an undisturbed run."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        count = 0

        def hook(frame: FrameType, event: str, _argument: Any) -> None:
            nonlocal count
            count += "call" in event and (not among_ours or any(
                place in frame.f_code.co_filename for place in OUR_PLACES))

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        threading.setprofile(hook)
        sys.setprofile(hook)
        import_module("cmprules._cli").main(command(folder, run))
        sys.setprofile(None)
        os.write(writing, str(count).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        counted = int(pipe.read())
    os.waitpid(pid, 0)
    return counted


# ---------------------------------------------------------------------------------------------------------
# A folder.


def fill(folder: Path, *, ordered: bool) -> None:
    """Write a population, with some unreadable rows, in its own process, because Arrow has threads."""
    pid = os.fork()
    if pid == 0:
        pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
        worked = import_module("tests.core.cases.test_cases")
        on = date.fromisoformat(DAYS[0])
        tables = import_module("tests.edges.batch.populations").as_tables(
            [worked._record(case) for case in worked.CASES["case"] if case["on"] == on])
        bad = {"credentials": {"holder": "h1", "id": "bad", "code": "PBTT"},
               "activities": {"holder": "x", "id": "orphan"}}
        for name, row in bad.items():
            table = pa.concat_tables([tables[name], pa.Table.from_pylist([row], schema=tables[name].schema)])
            pq.write_table(table, folder / f"{name}.parquet", row_group_size=7, write_statistics=ordered)
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0


def outputs_in(folder: Path) -> Files:
    """Read the answers and faults in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()
            if path.name.startswith("answers.") and path.is_file()}


@cache
def wanted(day: str, ending: str) -> Files:
    """Make the answers of a day in an undisturbed folder."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "folder"
        folder.mkdir()
        fill(folder, ordered=True)
        status, said = end(folder, begin(folder, Run(day, ending, 1_000, 1)))
        assert status == 0, said
        return outputs_in(folder)


def damage(folder: Path, luck: random.Random) -> str:
    """Damage a file that a run left among its parts; return its name."""
    left = sorted(path for parts in folder.glob("*.parts") for path in parts.iterdir() if path.name != "lock")
    if not left:
        return ""
    path = luck.choice(left)
    raw, way = bytearray(path.read_bytes()), luck.choice(("flip", "flip", "cut", "gone", "another"))
    if way == "flip" and raw:
        raw[luck.randrange(len(raw))] ^= 1 << luck.randrange(8)
    if way == "cut":
        del raw[luck.randrange(len(raw) + 1):]
    path.write_bytes(luck.choice(left).read_bytes() if way == "another" else raw)
    if way == "gone":
        path.unlink()
    return f"{way} {path.name}"


# ---------------------------------------------------------------------------------------------------------
# Rounds.


class Soak:
    """Rounds with one seed, and their counts."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self.calls = {among_ours: self._calls(among_ours=among_ours) for among_ours in (True, False)}

    def _calls(self, *, among_ours: bool) -> int:
        with tempfile.TemporaryDirectory() as place:
            fill(Path(place), ordered=False)
            return calls_of(Path(place), Run(DAYS[0], "parquet", 1, 1), among_ours=among_ours)

    def round(self) -> None:
        """Disturb some runs in one folder, and end with an undisturbed one."""
        with tempfile.TemporaryDirectory() as place:
            folder, luck = Path(place) / "folder", self.luck
            folder.mkdir()
            fill(folder, ordered=luck.random() < 0.5)
            ending, said = luck.choice(ENDINGS), list[str]()
            for _ in range(luck.randint(1, 5)):
                run = self._drawn(ending)
                said.append(f"{run}: {self._try(folder, run)}")
                if luck.random() < 0.5:
                    said.append(damage(folder, luck))
                self._check(folder, ending, said)
            last = self._drawn(ending)._replace(what="nothing")
            status, words = end(folder, begin(folder, last))
            assert status == 0, (said, words)
            assert outputs_in(folder) == wanted(last.day, ending), said
            assert {path.name for path in folder.iterdir()} == {
                "credentials.parquet", "activities.parquet", *outputs_in(folder)}, said
            self.seen["rounds"] += 1

    def _drawn(self, ending: str) -> Run:
        luck = self.luck
        what = luck.choice(("kill", "kill", "kill", "stop", "interrupt", "no room", "nothing"))
        among_ours = luck.random() < 0.5
        at = luck.randrange(MOST_BYTES) if what == "no room" else luck.randint(1, self.calls[among_ours])
        memory, threads = luck.choice((1, 1, 1, 2, 1_000)), luck.choice((1, 1, 3))
        return Run(luck.choice((DAYS[0], *DAYS)), ending, memory, threads, what, at,
                   among_ours)

    def _try(self, folder: Path, run: Run) -> str:
        """Disturb a run; return what happened."""
        pid = begin(folder, run)
        ended = self._meanwhile(folder, run, pid) if run.what == "stop" else None
        status, said = end(folder, pid, ended)
        allowed = {"kill": {0, -signal.SIGKILL}, "interrupt": {0, 130}, "no room": {0, 4}, "stop": {0, 4}}
        assert status in allowed.get(run.what, {0}), (run, status, said)
        assert run.what == "interrupt" or "Traceback" not in said, (run, said)
        if status == 0:  # the other run may have come after this one had released the folder
            days = DAYS if run.what == "stop" else (run.day,)
            assert outputs_in(folder) in [wanted(day, run.ending) for day in days], run
        self.seen[f"{run.what}: status {status}"] += 1
        return f"status {status}"

    def _meanwhile(self, folder: Path, run: Run, stopped: int) -> int | None:
        """While a run is paused, begin another one for another day: it is refused, unless the folder is not locked.

        Return how the first one ended, if it did before it was paused.
        """
        _, ended = os.waitpid(stopped, os.WUNTRACED)
        if os.WIFSTOPPED(ended):
            other = run._replace(day=DAYS[run.day == DAYS[0]], what="nothing")
            status, said = end(folder, begin(folder, other))
            os.kill(stopped, signal.SIGCONT)
            assert status == 0 or (status == 4 and "another run is writing to" in said), (run, status, said)
            self.seen[f"second of two: status {status}"] += 1
            return None
        return ended

    def _check(self, folder: Path, ending: str, said: list[str]) -> None:
        """Check that no answer is there in part, whatever happened."""
        for name, content in outputs_in(folder).items():
            assert content in [wanted(day, ending)[name] for day in DAYS], (name, said)


def main() -> int:
    """Run rounds until the time is over, or a number of rounds."""
    parser = argparse.ArgumentParser(prog="python -m tests.edges.attack.soak", description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=float, default=0.05)
    parser.add_argument("--rounds", type=int, help="run this many rounds, whatever the time")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    stream, joining = (import_module(f"cmprules.batch._stream{more}") for more in ("", ".joining"))
    vars(stream)["_BYTES_OF_A_ROW"] = 50_000  # so that a small population has many parts
    vars(joining)["ROWS_OF_A_WINDOW"], vars(joining)["_FEWEST_ROWS"] = 16, 2
    soak, until = Soak(options.seed), time.monotonic() + options.hours * 3600
    while (soak.seen["rounds"] < options.rounds) if options.rounds else (time.monotonic() < until):
        soak.round()
    sys.stdout.write("\n".join(f"{count:8} {what}" for what, count in sorted(soak.seen.items())) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
