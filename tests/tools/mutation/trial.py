"""A plugin of pytest that tries mutants: the tests are collected once, and each mutant has a process of its own.

`tasks/mutation.py` runs it in the copy of the project in which mutmut has put its mutants.
First it is found out which functions each test calls; a mutant then meets the tests of its function alone, those first
that have killed others of late, and the first that fails kills it.
A process begins as a copy of this one, which has imported everything and run nothing; what is cached is forgotten, so
that a mutant is called at all.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

ONLY_FOR = {
    "test_editions.py": ("_policy.checks", "_policy.book", "_kit.calendar"),
    "test_process.py": ("_policy.checks", "_policy.book"),
    "test_placement_oracle.py": ("_rules.placing", "_rules.allocation"),
    "test_fee_grouping_oracle.py": ("_rules.fees",),
    "test_fees.py": ("_rules.fees",),
    "test_order.py": ("_rules.placing", "_rules.allocation", "_rules.outcome"),
    "test_proofs.py": ("_rules.placing", "_rules.allocation"),
    "test_verify.py": ("_rules.verify",),
    "test_words_of_faults.py": (
        "_policy.checks", "_rules.verify", "_facts.records", "_policy.book", "_answers.decide", "_rules.fees",
        "_rules.allocation",
    ),
}
"""Files of tests that take long, and the modules that they are about: no other mutant meets them."""

MANY_TIMES = 4
SECONDS_MORE = 5
"""A mutant may take so many times as long as its tests take without it, and so many seconds of work beside."""


def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of running the tests once, run them on every mutant."""
    asked = json.loads(Path(os.environ["CMPRULES_MUTANTS"]).read_text(encoding="utf-8"))
    of: dict[str, str] = dict(asked["mutants"])
    with Path(asked["results"]).open("a", encoding="utf-8") as out:
        for result in Trial(session.items, asked["seconds"]).all([*of], asked["children"]):
            out.write(json.dumps({**result, "of": of[result["mutant"]]}) + "\n")
            out.flush()
    return True


class Trial:
    """The tests, and what is known of them."""

    def __init__(self, items: list[pytest.Item], most: float) -> None:
        self.items = items
        self.most = most
        self.seconds: list[float] = []
        self.calling: dict[str, list[int]] = defaultdict(list)
        self.recent = list(range(len(items)))

    def all(self, mutants: list[str], children: int) -> Iterator[dict[str, Any]]:
        """Say of every mutant what became of it, and which test has killed it."""
        self._learn()
        gc.freeze()  # or every process would copy what it looks through for garbage
        running: dict[int, tuple[str, list[int], int]] = {}
        for mutant in mutants:
            tests = self.tests_of(mutant)
            if not tests:
                yield {"mutant": mutant, "state": "no tests"}
                continue
            running.update([self._start(mutant, tests)])
            while len(running) >= children:
                yield self._finish(running)
        while running:
            yield self._finish(running)

    def tests_of(self, mutant: str) -> list[int]:
        """The tests that call the function of a mutant, those first that have killed others of late."""
        calling = set(self.calling[function_of(mutant)])
        found, left = [], self.most
        for index in self.recent:
            if left > 0 and index in calling and self._is_for(index, ".".join(mutant.split(".")[1:3])):
                found.append(index)
                left -= self.seconds[index]
        return found

    def _is_for(self, index: int, module: str) -> bool:
        return module in ONLY_FOR.get(self.items[index].path.name, (module,))

    def _learn(self) -> None:
        """Run every test once, without a mutant, and note which functions it calls and how long it takes."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _silence()
            with os.fdopen(writing, "w", encoding="utf-8") as out:
                for called in self._called():
                    out.write(json.dumps(called) + "\n")
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as lines:
            for index, line in enumerate(lines):
                seconds, passed, functions = json.loads(line)
                assert passed, f"{self.items[index].nodeid} fails without any mutant"
                self.seconds.append(seconds)
                for function in functions:
                    self.calling[function].append(index)
        os.waitpid(pid, 0)
        assert len(self.seconds) == len(self.items)
        self.recent.sort(key=lambda index: self.seconds[index])

    def _called(self) -> Iterator[tuple[float, bool, list[str]]]:
        called = import_module("mutmut.state").state()._stats
        os.environ["MUTANT_UNDER_TEST"] = "stats"
        for item in self.items:
            _forget()
            called.clear()
            before = _worked()
            passed = _passes(item)
            yield _worked() - before, passed, sorted(called)

    def _start(self, mutant: str, tests: list[int]) -> tuple[int, tuple[str, list[int], int]]:
        """Begin a process that runs tests on a mutant, and tells through a pipe which of them fails."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _silence()
            limit = int(MANY_TIMES * sum(self.seconds[index] for index in tests)) + SECONDS_MORE
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
            os.environ["MUTANT_UNDER_TEST"] = mutant
            vars(import_module("mutmut.mutation.trampoline"))["get_mutant_under_test"] = lambda: mutant  # asked often
            _forget()
            for index in tests:
                if not _passes(self.items[index]):
                    os.write(writing, str(index).encode())
                    os._exit(1)
            os._exit(0)
        os.close(writing)
        return pid, (mutant, tests, reading)

    def _finish(self, running: dict[int, tuple[str, list[int], int]]) -> dict[str, Any]:
        """Wait for any process to end, and say what became of its mutant."""
        pid, status = os.wait()
        mutant, tests, reading = running.pop(pid)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            killer = pipe.read()
        if killer:
            self.recent.remove(int(killer))
            self.recent.insert(0, int(killer))
            return {"mutant": mutant, "state": "killed", "by": self.items[int(killer)].nodeid}
        code = os.waitstatus_to_exitcode(status)
        late = -code in {signal.SIGXCPU, signal.SIGKILL}
        state = "timeout" if late else f"exit {code}" if code else "survived"
        sys.stderr.write(f"{state}: {mutant}\n")
        return {"mutant": mutant, "state": state, "tests": len(tests)}


def function_of(mutant: str) -> str:
    """The function that a mutant is a copy of."""
    return mutant.rpartition("__mutmut_")[0]


def _passes(item: pytest.Item) -> bool:
    """Run one test."""
    reports = runtestprotocol(item, log=False, nextitem=None)
    return not any(report.failed for report in reports)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _silence() -> None:
    """Let nothing that a mutant or a test prints be seen."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _forget() -> None:
    """Empty what the rules have cached."""
    for cache in _caches():
        cache.cache_clear()


def _caches() -> Iterable[Any]:
    for name, module in [*sys.modules.items()]:
        if name.startswith("cmprules.") and hasattr(module, "_mutmut_mutated"):
            yield from (value for value in vars(module).values() if hasattr(value, "cache_clear"))
