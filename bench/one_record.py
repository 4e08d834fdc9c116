"""How long one record takes, compared with maximum-flow solvers that produce the same results.

    python -m bench.one_record

`bench.allocation` lists the contestants, and checks that all give the same shortfalls with the same proofs.
"""

from __future__ import annotations

import statistics
from importlib import import_module

import cmprules
from bench._measure import Say, alone, in_turns, say
from bench._result import Aim, Ratio, Result, Row, command, environment, ratio_of, row_of, today

__all__ = ["measure"]

LABELS = {"ortools": "OR-Tools SimpleMaxFlow", "allocate": "cmprules.allocate", "decide": "cmprules.decide",
          "scipy": "SciPy maximum_flow", "networkx": "NetworkX maximum_flow"}
AIMS = {"allocate": Aim(bound="at most", value=1), "decide": Aim(bound="at most", value=4)}
PACKAGES = ("cmprules", "networkx", "numpy", "ortools", "scipy")


def measure(*, quick: bool = False, count: int = 0, told: Say = say) -> Result:
    """Measure all contestants on the same records, after comparing their answers."""
    records, rounds = count or (20 if quick else 100), 3 if quick else 30
    allocation = import_module("bench.allocation")  # needs solvers that may not be installed
    book = cmprules.load_book(edition="2026.1")
    made = allocation.records_of(records)
    allocation.check(made, book)
    contestants = allocation.contestants(made, book)
    for run in contestants.values():
        run()  # an uncounted warm-up
    timings = in_turns(contestants, rounds, told)
    rows = {name: row_of(label, [run.processor / records * 1e6 for run in timings[name]], "µs a record",
                         "processor time") for name, label in LABELS.items()}
    each = statistics.mean(len(record.activities) for record in made)
    return Result(
        name="allocation", title="One record",
        what=f"{records} made-up records with one credential and {each:.0f} activities on the average, placed (and by "
             "`decide` decided) one after the other. The solvers build their networks from the same activities, judged "
             "by the same rules, and their flows are read into the same results, with placements and proofs.",
        size={"records": records}, quick=quick, beside=LABELS["ortools"], rows=tuple(rows.values()),
        ratios=tuple(_ratios(rows)),
        checks=("All contestants give the same total and the same proofs of shortfalls for every record.",
                "`decide` gives the placements of `allocate`."),
        date=today(), command=command("allocation", quick=quick), environment=environment(PACKAGES))


def _ratios(rows: dict[str, Row]) -> list[Ratio]:
    """Compare both with OR-Tools as the aim, and with the others for information."""
    return [ratio_of(rows[name], rows[peer], AIMS[name] if peer == "ortools" else None)
            for name in AIMS for peer in ("ortools", "scipy", "networkx")]


if __name__ == "__main__":
    alone(measure, __doc__)
