"""Each benchmark at a tiny size: it completes, its contestants agree, and its result has the common shape."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from bench import answers, engines, first, growth, memory, population, reports, start
from bench._engines import ENGINES, Engine, cases, plain
from bench._measure import DATA, Timing
from bench._result import Figure, Ratio, Result, read, write
from bench._sql import rule_of

pytestmark = pytest.mark.slow

NAMES = (population.OURS, population.JOIN, population.RULE,
         *(f"{name}, {which}" for name in (population.OURS, population.JOIN)
           for which in (population.UNORDERED, population.HABITS)))


def quiet(text: str) -> None:
    """Print nothing."""


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make up people in a folder of this test."""
    monkeypatch.setenv(DATA, str(tmp_path))
    return tmp_path


def holds(result: Result, folder: Path, contestants: set[str]) -> None:
    """Check that a result has the common shape."""
    assert read(write(result, folder)) == result
    assert {row.contestant for row in result.rows} == contestants
    assert result.beside in contestants
    assert all(row.spread[0] <= row.median <= row.spread[1] and row.median > 0 for row in result.rows)
    assert {ratio.of for ratio in result.ratios} | {ratio.to for ratio in result.ratios} <= contestants
    aimed: list[Ratio | Figure] = [*result.ratios, *result.figures]
    assert all((found.met is None) == (found.aim is None) for found in aimed)
    assert result.command == f"python -m bench --only {result.name} --quick"
    assert result.environment.packages["cmprules"]


def test_population(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All three contestants answer, and cmprules agrees with the rule as SQL."""
    monkeypatch.setattr(population, "THREADS", (1,))
    result = population.measure(quick=True, holders=60, told=quiet)

    holds(result, kept, {*NAMES})
    assert "for all 60 credentials" in result.checks[0]
    assert [ratio.aim is not None for ratio in result.ratios] == [True, True, True, *[False] * 5]
    assert all(0 <= figure.value <= 1 for figure in result.figures)
    assert len(result.figures) == 2


def test_a_population_with_several_numbers_of_threads(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each number has its rows and aims, next to the others with that number."""
    monkeypatch.setattr(population, "THREADS", (1, 2))
    result = population.measure(quick=True, holders=30, told=quiet)

    holds(result, kept, {*NAMES, *(f"{name}, 2 threads" for name in NAMES)})
    assert [(ratio.of, ratio.to) for ratio in result.ratios if ratio.aim][3:] == [
        ("cmprules, 2 threads", "DuckDB: join, filter and sum, 2 threads"),
        ("DuckDB: the rule as SQL, 2 threads", "cmprules, 2 threads"),
        ("cmprules, holders in no order, 2 threads", "DuckDB: join, filter and sum, holders in no order, 2 threads")]


def test_a_population_on_which_they_differ_has_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """A contestant with wrong answers is not measured."""
    def wrong(*arguments: Any) -> str:
        return rule_of(*arguments).replace("date '2026-03-10') + 1", "date '2026-03-10') + 300")

    monkeypatch.setattr(population, "rule_of", wrong)

    with pytest.raises(AssertionError, match="of 60 credentials differ"):
        population.measure(quick=True, holders=60, told=quiet)


def test_growth(kept: Path) -> None:
    """Each contestant has a row for each size, and each line has two figures."""
    sizes = growth.Sizes(holders=(20, 40), activities=(2, 4), people=10, records=3, repeats=1)
    result = growth.measure(quick=True, sizes=sizes, told=quiet)

    holds(result, kept, {growth.FILES, growth.TABLE, growth.RECORD, growth.JOIN})
    assert [(row.growing, row.size) for row in result.rows] == [
        *[("holders", size) for size in (20, 20, 40, 40)], *[("activities each", size) for size in (2, 2, 2, 4, 4, 4)]]
    assert len(result.figures) == 10


def test_times_of_each_holder_are_those_of_as_many_as_there_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are fewer records than holders in a table; a second for all is a different time for each."""
    seconds = count(1)

    def in_turns(contestants: dict[str, object], *_: object) -> dict[str, list[Timing]]:
        second = next(seconds)
        return {name: [Timing(9, second)] for name in contestants}

    monkeypatch.setattr(growth, "in_turns", in_turns)
    sizes = growth.Sizes(holders=(20, 40), activities=(2, 4), people=10, records=4, repeats=1)
    rows = growth.measure(quick=True, sizes=sizes, told=quiet).rows

    assert [(row.contestant, row.median, row.unit) for row in rows] == [
        (growth.FILES, 1, "s"), (growth.JOIN, 1, "s"), (growth.FILES, 2, "s"), (growth.JOIN, 2, "s"),
        (growth.TABLE, 3e5, "µs a holder"), (growth.JOIN, 3e5, "µs a holder"), (growth.RECORD, 7.5e5, "µs a holder"),
        (growth.TABLE, 4e5, "µs a holder"), (growth.JOIN, 4e5, "µs a holder"), (growth.RECORD, 1e6, "µs a holder")]


def test_a_line_is_fitted() -> None:
    """Linear growth has a slope of one between logarithms; a square has two, and does not fit a line."""
    assert growth.slope([(1, 3), (2, 5), (3, 7)]) == growth.Line(2.0, 1.0)
    assert growth.slope([(0, 0), (1, 2), (2, 4)]).steep == 2.0
    assert growth.slope([(1, 1), (2, 4), (3, 9), (4, 16)]).explained < 0.99


def test_memory(kept: Path) -> None:
    """The command takes more memory than its imports alone; the process that starts it here is large, and counts."""
    result = memory.measure(quick=True, sizes=(20,), told=quiet)

    holds(result, kept, {memory.COMMAND, memory.SPARING, memory.IMPORTS})
    assert [(figure.aim, figure.value <= 2 * 1024) for figure in result.figures] == [
        (memory.AT_MOST, True), (memory.SPARING_AT_MOST, True), (memory.SLOWER, True)]
    assert result.ratios[0].value >= 1


def test_answers(kept: Path) -> None:
    """Every answer is compared with the decision at each size; receipts are held to their aims at the smallest."""
    result = answers.measure(quick=True, rounds=1, people=1, told=quiet)

    names = {answers.DECIDE, answers.EXPLAIN, answers.TRACK, answers.SLACK, answers.BARE, answers.WHOLE, answers.PLAN}
    holds(result, kept, names)
    assert [row.size for row in result.rows if row.contestant == answers.PLAN] == [8, 24]
    assert [figure.name for figure in result.figures if figure.aim][:2] == [
        f"{name}, times decide, 8 activities" for name in (answers.BARE, answers.WHOLE)]


def test_start(kept: Path) -> None:
    """The result has three imports, and the wheel where it can be built."""
    result = start.measure(quick=True, repeats=1, told=quiet)

    holds(result, kept, {start.PEERS, start.OURS, start.FIRST, *start.PROCESSES})
    assert len(result.figures) + len(result.left_out) == 1


def test_the_first_call(kept: Path) -> None:
    """At a small size nothing is compiled, so that both calls are decided in plain Python."""
    result = first.measure(quick=True, told=quiet)

    holds(result, kept, {first.FIRST, first.LATER})
    assert [(figure.name, figure.unit) for figure in result.figures] == [(first.COMPARED, "times")]


def test_engines(kept: Path) -> None:
    """Every installed engine is measured, and every other one is named."""
    result = engines.measure(quick=True, count=60, told=quiet)
    there = {name for name, engine in ENGINES.items() if engines.installed(engine.package)}
    ours = {engines.SMALL, engines.EXPLAINED, engines.USUAL, engines.TABLE}
    whole = {engines.WHOLE} if engines.installed("lk-tax") else set()

    holds(result, kept, {engines.PLAIN} | ours | there | whole)
    assert len(result.left_out) == len(ENGINES) - len(there) + 1 - len(whole)


def test_an_engine_that_answers_otherwise_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine with wrong answers is not measured."""
    wrong = Engine("pytest", lambda: lambda given: [False] * len(given))
    monkeypatch.setattr(engines, "ENGINES", {"a wrong one": wrong})

    with pytest.raises(AssertionError, match="a wrong one answers otherwise than plain Python"):
        engines.measure(quick=True, count=60, told=quiet)


@pytest.mark.parametrize("name", [*ENGINES])
def test_an_engine_decides_as_python_does(name: str) -> None:
    """Checks both sides of each bound."""
    if not engines.installed(ENGINES[name].package):
        pytest.skip(f"{ENGINES[name].package} is not installed; it comes with the extra `bench`")
    edges = [{"total": total, "safety": safety, "days_late": late}
             for total in (35, 36) for safety in (0, 1) for late in (0, 1)]
    decide = ENGINES[name].ready()

    assert decide(edges) == plain(edges) == [False] * 6 + [True, False]
    assert decide(cases(50)) == plain(cases(50))


def test_one_record(kept: Path) -> None:
    """All solvers are measured."""
    for name in ("bench.allocation", "networkx", "ortools", "scipy"):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not there; solvers come with the extra `bench`")
    from bench import one_record  # noqa: PLC0415 - it needs optional packages

    holds(one_record.measure(quick=True, count=3, told=quiet), kept, {*one_record.LABELS.values()})


def test_reports(kept: Path) -> None:
    """Pages, a second run and deciding alone have the time and memory of each part."""
    result = reports.measure(quick=True, people=8, told=quiet)

    parts = {f"of that, {what}" for what in reports.PARTS.values()}
    holds(result, kept, {reports.ALONE, reports.ALL, reports.AGAIN, *parts})
    assert [ratio.aim is not None for ratio in result.ratios] == [True, False]
