"""How long it takes to write a decision for people, compared with making it.

    python -m bench.rendering

One record with thirty activities; `decide` and each writer take turns in one process.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs

import cmprules
from bench._measure import ROOT, Say, alone, in_turns, say
from bench._result import Aim, Result, command, environment, figure_of, ratio_of, row_of, today

__all__ = ["measure"]

ON = date(2026, 3, 10)
REPEATS = 50
LABELS = {"decide": "decide", "text": "render as text", "markdown": "render as Markdown", "html": "render as HTML",
          "explain": "explain, and render as HTML"}
AT_MOST = Aim(bound="at most", value=6)
SMALL = Aim(bound="at most", value=60)
KB = 1000


def thirty() -> cmprules.Record:
    """Make a record with thirty activities from a shipped one."""
    record = cmprules.read_record(ROOT / "examples" / "mls-nearly-there.json")
    more = [attrs.evolve(activity, id=f"b{activity.id}", title=f"{activity.title}, part two")
            for activity in record.activities[:6]]
    return attrs.evolve(record, activities=(*record.activities, *more))


def measure(*, quick: bool = False, rounds: int = 0, told: Say = say) -> Result:
    """Time the decision and the writers in turns, and measure the size of the page and of the explanation."""
    record, book = thirty(), cmprules.load_book(edition="2026.2")
    decision = cmprules.decide(record, book, on=ON)
    contestants = _contestants(record, book, decision)
    for run in contestants.values():
        run()  # once that does not count
    count = rounds or (3 if quick else 30)
    timings = in_turns({name: _often(run) for name, run in contestants.items()}, count, told)
    rows = {name: row_of(LABELS[name], [run.processor / REPEATS * 1e6 for run in timings[name]], "µs a record",
                         "processor time") for name in LABELS}
    return Result(
        name="rendering", title="Writing a decision",
        what="A record with one credential and 30 activities under edition 2026.2: what it takes to decide it, and "
             "to write the decision in each format, with the titles of the activities.",
        size={"activities": len(record.activities)}, quick=quick, beside=LABELS["decide"], rows=tuple(rows.values()),
        ratios=tuple(ratio_of(rows[name], rows["decide"], AT_MOST if name == "html" else None)
                     for name in LABELS if name != "decide"),
        figures=tuple(figure_of(f"size of the page of {name}", len(str(contestants[key]()).encode()) / KB, "kB", SMALL)
                      for key, name in (("html", "a decision"), ("explain", "an explanation"))),
        date=today(), command=command("rendering", quick=quick), environment=environment(("attrs", "cmprules")))


def _contestants(record: cmprules.Record, book: cmprules.PolicyBook,
                 decision: cmprules.Decision) -> dict[str, Callable[[], object]]:
    """List the functions to time."""
    def write(form: str) -> Callable[[], object]:
        return lambda: cmprules.render(decision, form, record=record)

    def explain() -> object:
        return cmprules.render(cmprules.explain(decision, record=record, book=book), "html", record=record)

    return {"decide": lambda: cmprules.decide(record, book, on=ON), "explain": explain,
            **{form: write(form) for form in ("text", "markdown", "html")}}


def _often(run: Callable[[], object]) -> Callable[[], object]:
    """Repeat something until a clock can measure it."""
    def runs() -> None:
        for _ in range(REPEATS):
            run()

    return runs


if __name__ == "__main__":
    alone(measure, __doc__)
