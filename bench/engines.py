"""Rules engines on one small decision that each of them can make, and the larger decisions that only cmprules makes.

    python -m bench.engines

The decision: a total of at least 36, at least one point of safety, no day late; all get the same made-up cases.
None of the engines knows cycles, places points or proves a shortfall, so their figures and those of cmprules answer
different questions; the page shows both to tell what the larger answer costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import cmprules
from bench._engines import ENGINES, cases, plain, whole_decision
from bench._measure import Say, alone, folder_for_data, in_turns, say
from bench._people import ON, records_of, write_people
from bench._result import Aim, Ratio, Result, Row, command, environment, ratio_of, row_of, today
from cmprules.batch import decide_table

__all__ = ["measure"]

PLAIN, WHOLE = "plain Python", "lk-tax, a whole decision of another field"
SMALL, EXPLAINED = "cmprules.decide, 5 activities", "cmprules.decide and explain, 5 activities"
USUAL, TABLE = "cmprules.decide, 25 activities", "cmprules.batch.decide_table, 30 activities"
PACKAGES = ("cmprules", "lk-tax", *{engine.package for engine in ENGINES.values()})
SLOW = 20
REPEATS = 5
AIMS = (
    (SMALL, "business-rules", Aim(bound="at most", value=1)),
    (SMALL, "jsonlogic-rs", Aim(bound="at most", value=1)),
    (SMALL, "zen-engine, graph with trace", Aim(bound="at most", value=1 / 3)),
    (SMALL, WHOLE, Aim(bound="at most", value=1)),
    (USUAL, "OpenFisca-Core with trace", Aim(bound="at most", value=0.4)),
)
"""A whole decision should take no longer than a comparison of three numbers in the slower engines, a third of a traced
graph, no longer than a whole decision elsewhere; and 25 activities two fifths of one traced variable."""

Contestants = dict[str, tuple[Callable[[], object], int]]


def measure(*, quick: bool = False, count: int = 0, told: Say = say) -> Result:
    """Measure every installed engine, after comparing its answers with those of plain Python."""
    count = count or (1_000 if quick else 10_000)
    contestants, left_out, checked = _engines(count)
    with folder_for_data() as name:
        contestants |= _ours(Path(name), count)
        timings = in_turns({name: run for name, (run, _) in contestants.items()}, REPEATS, told)
    rows = {name: row_of(name, [run.wall / contestants[name][1] * 1e6 for run in runs], "µs a record")
            for name, runs in timings.items()}
    return Result(
        name="engines", title="Rules engines",
        what=f"One decision (a total of at least 36, at least one point of safety, no day late) on {count:,} made-up "
             f"cases; the slow ones are given one in {SLOW} of them. Beside it whole decisions of cmprules, of which "
             "the engines can do no more than the last comparison.",
        size={"cases": count}, quick=quick, beside=PLAIN, rows=tuple(rows.values()), ratios=tuple(_ratios(rows)),
        checks=(f"The same answers as plain Python, case by case: {', '.join(checked)}.",) if checked else (),
        left_out=tuple(left_out), date=today(), command=command("engines", quick=quick),
        environment=environment(PACKAGES))


def _engines(count: int) -> tuple[Contestants, list[str], list[str]]:
    """Prepare the engines that are installed, and check their answers."""
    given, found, left_out, checked = cases(count), Contestants(), list[str](), list[str]()
    found[PLAIN] = (lambda: plain(given), count)
    for name, engine in ENGINES.items():
        if not installed(engine.package):
            left_out.append(f"{name}: {engine.package} is not installed.")
            continue
        mine = given[:count // SLOW] if engine.slow else given
        decide = engine.ready()
        if decide(mine) != plain(mine):
            raise AssertionError(f"{name} answers otherwise than plain Python")
        found[name] = (partial(decide, mine), len(mine))
        checked.append(name)
    if installed("lk-tax"):
        tax, pays = whole_decision(), [case["total"] * 10_000 for case in given[:count // SLOW]]
        found[WHOLE] = (lambda: [tax(pay) for pay in pays], len(pays))
    else:
        left_out.append(f"{WHOLE}: lk-tax is not installed.")
    return found, left_out, checked


def installed(package: str) -> bool:
    """Return whether a package is installed."""
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _ours(folder: Path, count: int) -> Contestants:
    """Decide records, and a table of them."""
    book = cmprules.load_book(edition="2026.1")
    small, usual = (records_of(write_people(folder, count // SLOW, each), count // SLOW) for each in (5, 25))
    tables = write_people(folder, count, 30)

    def decided(records: Sequence[cmprules.Record]) -> Callable[[], object]:
        return lambda: [cmprules.decide(record, book, on=ON) for record in records]

    def explained() -> object:
        return [cmprules.explain(cmprules.decide(record, book, on=ON), record=record, book=book) for record in small]

    def table() -> object:
        return decide_table(tables["credentials"], tables["activities"], book, on=ON)

    table()  # compile before the clock starts
    return {SMALL: (decided(small), len(small)), EXPLAINED: (explained, len(small)),
            USUAL: (decided(usual), len(usual)), TABLE: (table, count)}


def _ratios(rows: dict[str, Row]) -> Iterator[Ratio]:
    """Compare decisions with their aims, where the other engines are installed."""
    for of, to, aim in AIMS:
        if to in rows:
            yield ratio_of(rows[of], rows[to], aim)


if __name__ == "__main__":
    alone(measure, __doc__)
