"""What all tests share: Hypothesis profiles, and the book of the shipped edition."""

from __future__ import annotations

import gc
import os
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

import cmprules
from cmprules._kit.toml import parse_toml
from cmprules._policy.rows import read_table
from cmprules.errors import Fault
from tests import compiled_once
from tests.drawn import draws

BY_THE_CLOCK = [HealthCheck.too_slow]
"""Health checks that depend on the clock: on a busy machine they would fail a valid law."""

settings.register_profile("quick", max_examples=10, derandomize=True, deadline=None, suppress_health_check=BY_THE_CLOCK)
settings.register_profile("dev", max_examples=60, deadline=None, suppress_health_check=BY_THE_CLOCK)
settings.register_profile("ci", max_examples=100, derandomize=True, deadline=None, suppress_health_check=BY_THE_CLOCK)
settings.register_profile("nightly", max_examples=3000, deadline=None, suppress_health_check=BY_THE_CLOCK)
settings.register_profile("mutation", max_examples=int(os.environ.get("CMPRULES_EXAMPLES", "60")), derandomize=True,
                          deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("CMPRULES_HYPOTHESIS", "quick"))


@pytest.fixture(scope="session")
def book() -> cmprules.PolicyBook:
    """Return the tables of the shipped edition."""
    return cmprules.load_book(edition="2026.1")


PLAIN_RUN = "not slow"
"""The marks that `pytest` without options asks for, as in pyproject.toml."""

KERNEL = re.compile(r"/batch/|cmprules\.batch|rule_as_sql|population|what.?if|attack|cli/test_edges|as_written")
"""Parts of the names of tests that run the kernel of populations."""

POPULATIONS = "tests/edges/batch/"
"""The folder of the tests that are repeated with the compiled kernel."""

WITHOUT_COMPILER = "NUMBA_DISABLE_JIT"
"""Numba's own setting: with 1 the kernel runs as plain Python."""


UNTRACED = re.compile(r"^tests/core/(laws|oracle|reference)/|/attack/")
"""In the names of drawn tests whose lines other tests run as well, so that tracing them would only take time."""


def _needs_kernel(item: pytest.Item) -> bool:
    """Return whether a test runs the kernel of populations."""
    return KERNEL.search(item.nodeid) is not None


def _is_worker(config: pytest.Config) -> bool:
    """Return whether this process runs tests for another one."""
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """Run the kernel as plain Python in a plain run, since compiling it takes longer than all of its quick tests.

    The collector of garbage pauses until all tests are collected: nothing made by then is garbage, and looking for some
    takes half of the collection.
    """
    gc.disable()
    if config.option.markexpr == PLAIN_RUN:
        os.environ.setdefault(WITHOUT_COMPILER, "1")
    if not _is_worker(config):
        compiled_once.share()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no process and no file behind."""
    compiled_once.end(shared=not _is_worker(config))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Compile the kernel while other tests run, if there are tests of it; without them, small tables need none.

    Whatever stands by then stays to the end, so the collector of garbage need not look at it again and again.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)
    items = getattr(session, "items", ())
    if session.config.option.collectonly or os.environ.get(WITHOUT_COMPILER) == "1":
        return
    if any(POPULATIONS in item.nodeid for item in items):
        compiled_once.begin()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a test of the kernel wait until it is compiled."""
    if _needs_kernel(item):
        compiled_once.wait()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of the kernel last, so that it is compiled while the others run.

    Tests whose number of examples depends on the profile are marked as drawn, and those of the kernel as `kernel`: the
    second step of CI repeats only those, with more examples and with the compiled kernel.
    """
    items.sort(key=_needs_kernel)
    for item in items:
        if POPULATIONS in item.nodeid:
            item.add_marker(pytest.mark.kernel)
        if draws(getattr(item, "function", None)):
            item.add_marker(pytest.mark.drawn)
            if UNTRACED.search(item.nodeid):
                item.add_marker(pytest.mark.no_cover)


_parsed = cache(parse_toml)
_read: dict[tuple[type, int, str], tuple[Any, Any, list[Fault]]] = {}
"""The tables already read: by class, content and name; the content itself is kept, so that no other gets its number."""


def _read_once(cls: type, raw: Any, name: str, faults: list[Fault]) -> Any:
    """Read a table, or return what the same content gave before; tables are frozen."""
    key = (cls, id(raw), name)
    if key not in _read:
        found: list[Fault] = []
        _read[key] = (raw, read_table(cls, raw, name, found), found)
    _, table, own = _read[key]
    faults.extend(own)
    return table


@pytest.fixture
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse and read the same text of a table once, for tests that read an edition repeatedly with one change.

    A mutant of what reads tables has to be called, so with mutants each is read again.
    """
    monkeypatch.setattr("cmprules._policy.laying.parse_toml", _parsed)
    if os.environ.get("CMPRULES_HYPOTHESIS") != "mutation":
        monkeypatch.setattr("cmprules._policy.rows.files.read_table", _read_once)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what this run leaves out, so that it is not taken for everything."""
    terminalreporter.section("left out, since it needs more packages or more time")
    terminalreporter.write_line("the documentation site: pip install '.[docs]' && mkdocs build --strict")
    terminalreporter.write_line("many records by the second implementation: "
                                    "python -m tests.core.reference 100000 --jobs 2")
    if os.environ.get(WITHOUT_COMPILER) == "1":
        terminalreporter.write_line("the compiled kernel of populations: NUMBA_DISABLE_JIT=0, or -m 'slow or not slow'")
    terminalreporter.write_line("the conformance vectors in WebAssembly: step 2 of .ci/run, which needs Node")
    terminalreporter.write_line("populations on Spark: step 2 of .ci/run, which needs Java 17 or later")
    terminalreporter.write_line("pyright, two builds compared, tests from the wheel alone: step 2 of .ci/run")
    terminalreporter.write_line("benchmarks at full size: pip install -e '.[bench,test]' && python -m bench")
    terminalreporter.write_line("more examples of every law: CMPRULES_HYPOTHESIS=nightly")
    terminalreporter.write_line("mutants of the rules: pip install '.[mutation]' && python tasks/mutation.py run")
