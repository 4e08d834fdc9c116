"""A pytest plugin that tries mutants: it collects the tests once, and runs each mutant in its own process.

`tasks/mutation.py` runs it in the copy of the project in which mutmut has put its mutants.
First it records which functions each test calls, or reads that from an earlier run.  A mutant then runs only the tests
of its function, the likeliest to kill for their time first, and the first failure kills it.
A process begins as a fork of this one, which has imported everything and, to warm up, run the quickest test of each
file, unless the book itself has mutants.  Caches are emptied, so that the mutant is really called.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import signal
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
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
"""Slow test files and the modules that they test; no other mutant runs them."""

MANY_TIMES = 4
SECONDS_MORE = 5
"""A mutant may take this many times as long as its tests without it, plus some seconds."""

SECONDS_TO_START = 0.01
"""The time that pytest needs to begin and end any test."""


def pytest_configure() -> None:
    """Record what is called while tests are collected."""
    os.environ["MUTANT_UNDER_TEST"] = "stats"


def pytest_collection_finish() -> None:
    """Record the functions called by then: their results had no mutant, and must not be compared."""
    os.environ["MUTANT_UNDER_TEST"] = ""
    called = sorted(import_module("mutmut.state").state()._stats)
    if called:
        sys.stderr.write(f"called while tests are collected: {', '.join(called)}\n")


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running the tests once, run them on every mutant."""
    asked = json.loads(Path(os.environ["CMPRULES_MUTANTS"]).read_text(encoding="utf-8"))
    of: dict[str, str] = dict(asked["mutants"])
    with Path(asked["results"]).open("a", encoding="utf-8") as out:
        for result in Trial(session.items, asked).all([*of], asked["children"]):
            out.write(json.dumps({**result, "of": of[result["mutant"]]}) + "\n")
            out.flush()
    return True


class Trial:
    """The tests, and what is known about them."""

    def __init__(self, items: list[pytest.Item], asked: dict[str, Any]) -> None:
        self.items = items
        self.most: float = asked["seconds"]
        self.kept = Path(asked["results"]).with_name("learned.json")
        self.modules: list[str] = asked["modules"]
        code = "".join(Path("src", "cmprules", f"{name}.py").read_text(encoding="utf-8") for name in self.modules)
        self.functions = " ".join(sorted(re.findall(r"def (\w+)__mutmut_orig", code)))
        self.digests: dict[Path, str] = {}
        self.seconds: list[float] = []
        self.calling: dict[str, list[int]] = defaultdict(list)
        self.met = [0] * len(items)
        self.killed = [0] * len(items)

    def all(self, mutants: list[str], children: int) -> Iterator[dict[str, Any]]:
        """Report what happened to every mutant, and which test killed it."""
        self._learn()
        if not any(name.startswith("_policy/book") for name in self.modules):
            self._warm()
        gc.freeze()  # otherwise garbage collection would copy memory in every process
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
        """Return the tests that call the function of a mutant, the likeliest to kill for their time first."""
        found, left = [], self.most
        for index in sorted(self.calling[function_of(mutant)], key=self._worth, reverse=True):
            if left > 0 and self._is_for(index, ".".join(mutant.split(".")[1:3])):
                found.append(index)
                left -= self.seconds[index]
        return found

    def _worth(self, index: int) -> float:
        """Return how often a test has killed its mutants, relative to the time to start and run it."""
        return (self.killed[index] + 1) / (self.met[index] + 2) / (self.seconds[index] + SECONDS_TO_START)

    def _is_for(self, index: int, module: str) -> bool:
        return module in ONLY_FOR.get(self.items[index].path.name, (module,))

    def _learn(self) -> None:
        """Record which functions each test calls and how long it takes; results for unchanged tests are kept."""
        known: dict[str, Any] = json.loads(self.kept.read_text(encoding="utf-8")) if self.kept.exists() else {}
        keys = [self._key(item) for item in self.items]
        known.update(self._tried([index for index, key in enumerate(keys) if key not in known], keys))
        self.kept.write_text(json.dumps(known), encoding="utf-8")
        for index, key in enumerate(keys):
            self.seconds.append(known[key][0])
            for function in known[key][1]:
                self.calling[function].append(index)

    def _warm(self) -> None:
        """Run the quickest test of each file that calls a function of the part, without a mutant."""
        os.environ["MUTANT_UNDER_TEST"] = ""
        quickest: dict[Path, int] = {}
        for index in sorted({index for calling in self.calling.values() for index in calling},
                            key=lambda index: self.seconds[index]):
            quickest.setdefault(self.items[index].path, index)
        for index in quickest.values():
            assert _passes(self.items[index])

    def _key(self, item: pytest.Item) -> str:
        """Identify a test by name, file and mutated functions; if the digest changes, the test runs again."""
        path = item.path
        if path not in self.digests:
            self.digests[path] = sha256(path.read_bytes() + self.functions.encode()).hexdigest()[:12]
        return f"{item.nodeid} {self.digests[path]}"

    def _tried(self, indices: list[int], keys: list[str]) -> dict[str, Any]:
        """Run some tests once, without a mutant, in a separate process."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _silence()
            with os.fdopen(writing, "w", encoding="utf-8") as out:
                for called in self._called(indices):
                    out.write(json.dumps(called) + "\n")
            os._exit(0)
        os.close(writing)
        found = {}
        with os.fdopen(reading, encoding="utf-8") as lines:
            for index, line in zip(indices, lines, strict=True):
                seconds, passed, functions = json.loads(line)
                assert passed, f"{self.items[index].nodeid} fails without any mutant"
                found[keys[index]] = (seconds, functions)
        os.waitpid(pid, 0)
        return found

    def _called(self, indices: list[int]) -> Iterator[tuple[float, bool, list[str]]]:
        called = import_module("mutmut.state").state()._stats
        os.environ["MUTANT_UNDER_TEST"] = "stats"
        for index in indices:
            _forget()
            called.clear()
            before = _worked()
            passed = _passes(self.items[index])
            yield _worked() - before, passed, sorted(called)

    def _start(self, mutant: str, tests: list[int]) -> tuple[int, tuple[str, list[int], int]]:
        """Start a process that runs tests on a mutant, and reports through a pipe which of them fails."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _silence()
            limit = int(MANY_TIMES * sum(self.seconds[index] for index in tests)) + SECONDS_MORE
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
            os.environ["MUTANT_UNDER_TEST"] = mutant
            vars(import_module("mutmut.mutation.trampoline"))["get_mutant_under_test"] = lambda: mutant  # called often
            _forget()
            for index in tests:
                if not _passes(self.items[index]):
                    os.write(writing, str(index).encode())
                    os._exit(1)
            os._exit(0)
        os.close(writing)
        return pid, (mutant, tests, reading)

    def _finish(self, running: dict[int, tuple[str, list[int], int]]) -> dict[str, Any]:
        """Wait for any process to end, and record what happened to its mutant."""
        pid, status = os.wait()
        mutant, tests, reading = running.pop(pid)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            killer = pipe.read()
        if killer:
            self._note(tests[:tests.index(int(killer)) + 1])
            self.killed[int(killer)] += 1
            return {"mutant": mutant, "state": "killed", "by": self.items[int(killer)].nodeid}
        self._note(tests)
        code = os.waitstatus_to_exitcode(status)
        late = -code in {signal.SIGXCPU, signal.SIGKILL}
        state = "timeout" if late else f"exit {code}" if code else "survived"
        sys.stderr.write(f"{state}: {mutant}\n")
        return {"mutant": mutant, "state": state, "tests": len(tests)}

    def _note(self, tests: list[int]) -> None:
        """Count the mutants that each test has run on."""
        for index in tests:
            self.met[index] += 1


def function_of(mutant: str) -> str:
    """Return the function that a mutant was made from."""
    return mutant.rpartition("__mutmut_")[0]


def _passes(item: pytest.Item) -> bool:
    """Run one test."""
    reports = runtestprotocol(item, log=False, nextitem=None)
    return not any(report.failed for report in reports)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _silence() -> None:
    """Hide everything that a mutant or a test prints."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _forget() -> None:
    """Empty the caches of the mutated modules, and the answers that tests have cached."""
    for cache in _caches():
        cache.cache_clear()


def _caches() -> Iterable[Any]:
    for name, module in [*sys.modules.items()]:
        mutated = name.startswith("cmprules.") and hasattr(module, "_mutmut_mutated")
        if mutated or name.startswith(("cmprules._rules.", "tests.answers.", "tests.tools.")):
            yield from (value for value in vars(module).values() if hasattr(value, "cache_clear"))
