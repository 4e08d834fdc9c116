"""Made-up results."""

from __future__ import annotations

from bench._result import Aim, Environment, Result, figure_of, ratio_of, row_of

__all__ = ["BARS", "CURVES"]

ENVIRONMENT = Environment(python="CPython 3.11", system="Linux", machine="x86_64", processor="a processor",
                          processors=2, memory_gb=8, packages={"cmprules": "0.1.0"})
SLOW, FAST = row_of("cmprules", [3.0, 2.0, 4.0], "s"), row_of("a peer", [1.0], "s")
BARS = Result(
    name="population", title="A sample", what="Two contestants. Both made up.", size={"holders": 10}, quick=True,
    beside="a peer", rows=(SLOW, FAST),
    ratios=(ratio_of(SLOW, FAST, Aim(bound="at most", value=2)), ratio_of(SLOW, FAST, Aim(bound="at least", value=2))),
    figures=(figure_of("a size", 12.5, "KB"),), checks=("They agree.",), left_out=("another peer: not installed.",),
    date="2026-01-31", command="python -m bench --only population --quick", environment=ENVIRONMENT)
GROWN = [row_of(name, [factor * size / 100], "s", grown=("holders", size))
         for size in (100, 1_000) for name, factor in (("cmprules", 3.0), ("a peer", 1.0))]
CURVES = Result(
    name="growth", title="A sample that grows", what="More and more.", size={"holders": [100, 1_000]}, quick=False,
    beside="a peer", rows=tuple(GROWN), ratios=tuple(ratio_of(GROWN[place], GROWN[place + 1]) for place in (0, 2)),
    figures=(figure_of("the most", 30, "s", Aim(bound="at most", value=20)),),
    date="2026-01-31", command="python -m bench --only growth", environment=ENVIRONMENT)
