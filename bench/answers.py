"""What follows from a decision, compared with making it: explaining, tracking, slack, a plan, a receipt.

    python -m bench.answers

Records of one credential with few and many activities; all take turns in one process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from math import log
from pathlib import Path

import cmprules
from bench._measure import ROOT, Say, alone, folder_for_data, in_turns, say
from bench._people import ON, records_of, write_people
from bench._result import Aim, Figure, Ratio, Result, Row, command, environment, figure_of, ratio_of, row_of, today
from bench.growth import slope
from cmprules.explaining import slack
from cmprules.planning import Catalogue, read_catalogue

__all__ = ["measure"]

DECIDE, EXPLAIN, TRACK, SLACK, PLAN = "decide", "explain", "track", "slack", "plan"
BARE, WHOLE = "receipt without an explanation", "receipt with an explanation"
AIMS = {BARE: Aim(bound="at most", value=3), WHOLE: Aim(bound="at most", value=20)}
SIZE = Aim(bound="at most", value=2)
EACH = "activities"
FULL, QUICK = (24, 100, 400), (8, 24)
CATALOGUE = ROOT / "examples" / "catalogues" / "samples.csv"
PEOPLE = 8
Runs = dict[str, Callable[[], object]]


def measure(*, quick: bool = False, rounds: int = 0, people: int = 0, told: Say = say) -> Result:
    """Time every answer with the decision, at growing numbers of activities."""
    sizes, count, holders = (QUICK if quick else FULL), rounds or (1 if quick else 5), people or PEOPLE
    book = cmprules.load_book(edition="2026.2")
    rows, figures = list[Row](), list[Figure]()
    with folder_for_data() as name:
        for size in sizes:
            told(f"{size} activities")
            records = records_of(write_people(Path(name), holders, size), holders)
            for answer, runs in in_turns(_contestants(records, book), count, told).items():
                rows.append(row_of(answer, [run.processor / holders * 1e6 for run in runs], "µs a record",
                                   "processor time", (EACH, size)))
            figures.append(_size_of_receipts(records, book, size))
    return Result(
        name="answers", title="What follows from a decision",
        what=f"Made-up records with one credential and {min(sizes)} to {max(sizes)} activities under edition 2026.2: "
             "what each answer takes, compared with `decide` on the same records. "
             "Each begins with the record or with its decision, as a program would have it; `track`, `slack` and "
             "`plan` decide the record themselves.",
        size={EACH: [*sizes], "records": holders}, quick=quick, beside=DECIDE, rows=tuple(rows),
        ratios=tuple(_ratios(rows)), figures=(*_receipts(rows, min(sizes)), *figures, *_slopes(rows)),
        left_out=() if find_spec("highspy") else (f"`{PLAN}`: highspy is not installed.",),
        date=today(), command=command("answers", quick=quick),
        environment=environment(("attrs", "cmprules", "highspy")))


def _contestants(records: list[cmprules.Record], book: cmprules.PolicyBook) -> Runs:
    """List the answers to time; each goes over all records, whose decisions were made once."""
    decided = [cmprules.decide(record, book, on=ON) for record in records]
    pairs = [*zip(records, decided, strict=True)]
    runs: Runs = {
        DECIDE: lambda: [cmprules.decide(record, book, on=ON) for record in records],
        EXPLAIN: lambda: [cmprules.explain(decision, record=record, book=book) for record, decision in pairs],
        TRACK: lambda: [cmprules.track(record, book, on=ON) for record in records],
        SLACK: lambda: [slack(record, book, on=ON) for record in records],
        BARE: lambda: [_receipt(record, decision, book, explained=False) for record, decision in pairs],
        WHOLE: lambda: [_receipt(record, decision, book, explained=True) for record, decision in pairs],
    }
    if find_spec("highspy"):
        runs[PLAN] = partial(_plan_each, records, book, read_catalogue(CATALOGUE))
    for run in runs.values():
        run()  # once that does not count
    return runs


def _plan_each(records: list[cmprules.Record], book: cmprules.PolicyBook, catalogue: Catalogue) -> list[object]:
    return [cmprules.plan(record, book, catalogue, on=ON) for record in records]


def _receipt(
    record: cmprules.Record, decision: cmprules.Decision, book: cmprules.PolicyBook, *, explained: bool
) -> cmprules.receipts.Receipt:
    return cmprules.receipt(decision, record=record, book=book, explanation=None if explained else False)


def _size_of_receipts(records: list[cmprules.Record], book: cmprules.PolicyBook, size: int) -> Figure:
    """Compare the JSON of receipts without an explanation with that of their decisions and records."""
    decided = [cmprules.decide(record, book, on=ON) for record in records]
    kept = [_receipt(record, decision, book, explained=False)
            for record, decision in zip(records, decided, strict=True)]
    beside = sum(map(_bytes_of, decided)) + sum(map(_bytes_of, records))
    return figure_of(f"bytes of receipts without an explanation, per byte of decision and record, {size} {EACH}",
                     sum(map(_bytes_of, kept)) / beside, "", SIZE)


def _bytes_of(value: cmprules.Record | cmprules.Decision | cmprules.receipts.Receipt) -> int:
    return len(json.dumps(cmprules.to_mapping(value)).encode())


def _ratios(rows: list[Row]) -> Iterator[Ratio]:
    """Compare each answer with the decision at the same size."""
    decided = {row.size: row for row in rows if row.contestant == DECIDE}
    yield from (ratio_of(row, decided[row.size]) for row in rows if row.contestant != DECIDE)


def _receipts(rows: list[Row], size: int) -> Iterator[Figure]:
    """Hold the receipts of the smallest records to their aims."""
    for ratio in _ratios(rows):
        if ratio.size == size and ratio.of in AIMS:
            yield figure_of(f"{ratio.of}, times {DECIDE}, {size} {EACH}", ratio.value, "", AIMS[ratio.of])


def _slopes(rows: list[Row]) -> Iterator[Figure]:
    """Fit a line to the growth of every answer: a slope of 1 is growth in proportion to the activities."""
    for name in dict.fromkeys(row.contestant for row in rows):
        points = [(log(row.size or 1), log(row.median)) for row in rows if row.contestant == name]
        yield figure_of(f"{name}, more activities: slope between logarithms", slope(points).steep, "")


if __name__ == "__main__":
    alone(measure, __doc__, "rounds", "people")
