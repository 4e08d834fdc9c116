"""Compares many records in several processes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.core.reference import coverage
from tests.core.reference.compare import by_the_library, differences
from tests.core.reference.decision import decide
from tests.core.reference.enriching import draw
from tests.core.reference.tables import RULES, with_user_rows

CHUNK = 250
"""The number of records that a process gets at a time."""


@dataclass
class Run:
    """The number of records compared, their coverage, and the records with differences."""

    compared: int = 0
    covered: coverage.Coverage = field(default_factory=coverage.empty)
    different: list[dict[str, Any]] = field(default_factory=list)

    def add(self, other: Run) -> None:
        """Add the results of another run, in the order of the records."""
        self.compared += other.compared
        coverage.merge(self.covered, other.covered)
        self.different = sorted([*self.different, *other.different], key=lambda found: found["number"])


def some(seed: str, numbers: range, edition: str = "2026.1") -> Run:
    """Compare the records with these numbers; number and seed determine a record."""
    run = Run()
    for number in numbers:
        record, on, trust, user = draw(Random(f"{seed}/{number}"), edition)
        try:
            reference = decide(record, on, trust, edition, user)
            coverage.add(run.covered, record, on, trust, reference, with_user_rows(RULES[edition], user))
            found = differences(reference, by_the_library(record, on, trust, edition, user))
        except AssertionError as error:  # a record that cannot be compared must not lose earlier results
            found = [f"cannot be compared: {error}"]
        if found:
            run.different.append({"number": number, "on": on.isoformat(), "trust": trust, "edition": edition,
                                  "user": user, "differences": found, "record": record})
        run.compared += 1
    return run


def many(seed: str, count: int, jobs: int, progress: Callable[[int], None], edition: str = "2026.1") -> Run:
    """Compare a number of records in several processes; `progress` gets the number done."""
    run = Run()
    with ProcessPoolExecutor(jobs) as pool:
        chunks = [range(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK)]
        for done in as_completed([pool.submit(some, seed, numbers, edition) for numbers in chunks]):
            run.add(done.result())
            progress(run.compared)
    return run
