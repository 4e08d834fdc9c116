"""A program that tries the mutants of the compiled kernel, each in its own process, without the compiler.

`python -m tests.tools.mutation.kernel_trial` tries all of them, or those whose numbers are given.  It draws records as
the tests of exactness do, and decides each once with `decide`.  Then a fork of the process imports the batch from a
folder in which one line of the kernel is replaced.  A mutant is killed if any column of any row differs, if the kernel
raises, or if it does not end.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import cmprules
from cmprules.testing import cases
from tests.core.cases.test_cases import CASES, _record

__all__ = ["MUTANTS", "ROOMS", "mutated"]

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ROOT / "src" / "cmprules" / "batch" / "_kernel"
MUTANTS: list[dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("kernel.toml").read_text(encoding="utf-8"))["mutant"]
ON = date(2026, 3, 10)
SECONDS = 120
"""The limit of processor time for one mutant: several times what the unchanged kernel takes."""


class Population(NamedTuple):
    """Records decided together; `settled` says that the kernel leaves none of them to the scalar path."""

    edition: str
    on: date
    trust: str
    records: list[cmprules.Record]
    settled: bool = False
    own: cmprules.PolicyBook | None = None

    @property
    def book(self) -> cmprules.PolicyBook:
        """The tables: those of the edition, or with a user's own rows."""
        return cmprules.load_book(edition=self.edition) if self.own is None else self.own


def mutated(mutant: dict[str, str], rooms: Path) -> None:
    """Write a mutant into a copy of the kernel.

    Raises:
        ValueError: the line to change does not occur exactly once.
    """
    path = rooms / f"{mutant['room']}.py"
    text = path.read_text(encoding="utf-8")
    if text.count(mutant["old"]) != 1:
        raise ValueError(f"{path.name} does not have exactly one: {mutant['old']}")
    path.write_text(text.replace(mutant["old"], mutant["new"]), encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------
# Populations.


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Draw some values, always the same ones."""
    found: list[Any] = []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=[*HEALTH])
    @given(strategy)
    def gather(value: Any) -> None:
        found.append(value)

    gather()
    return found


HEALTH = import_module("hypothesis").HealthCheck


def populations() -> Iterator[Population]:
    """Make the populations from the tests of exactness: worked by hand, drawn, and of every shape."""
    again, exactness, worked, placed = (import_module(f"tests.edges.batch.{name}")
                                        for name in ("again", "test_exactness", "test_again", "test_placed"))
    newest = cmprules.editions()[-1]
    book = cmprules.load_book(edition=newest)
    yield Population(newest, ON, "inferred", [record for record, *_ in worked.WORKED.values()], settled=True)
    yield Population(newest, worked.BEFORE, "inferred", [*worked.PANDEMIC.values(), worked.FOR_ETHICS], settled=True)
    for group, on, tables in placed.GROUPS:
        yield Population(newest, on, "inferred", [case.record for case in group.values()], settled=True, own=tables())
    backwards = again.pbt(*worked.very_many(("X", None))[::-1])
    yield Population(newest, ON, "inferred", [backwards], settled=True)
    for on in (ON, date(2026, 6, 15), date(2024, 3, 1)):
        for trust in ("inferred", "third_party", "official"):
            yield Population(newest, on, trust, drawn(again.records_with_repeats(book), 40))
    for on in (ON, date(2026, 9, 1)):
        yield Population(newest, on, "inferred", [*exactness.OPEN.values()])
    yield Population("2026.1", ON, "inferred", drawn(exactness.crowded(), 150))
    for edition in cmprules.editions():
        yield Population(edition, ON, "inferred", [case.record for case in drawn(cases(on=ON), 80)])
    yield Population("2026.1", ON, "inferred", [_record(case) for case in CASES["case"] if case["on"] == ON])
    rows = exactness._every_row(cmprules.load_book(edition="2026.1"))[::19]
    yield Population("2026.1", ON, "inferred", rows, settled=True)


Expected = list[tuple[Population, list[dict[str, Any]]]]


def expected() -> Expected:
    """Compute the answers of `decide` for every credential, from the rules alone."""
    said = import_module("tests.edges.batch.populations").said
    found = []
    for one in populations():
        book = one.book
        found.append((one, [{"holder": f"h{number}", **row} for number, record in enumerate(one.records)
                            for row in said(cmprules.decide(record, book, on=one.on, trust=one.trust), record)]))
    return found


def first_difference(wanted: Expected) -> str | None:
    """Decide every population as a table; return the first difference from the expected answers."""
    given_part: Any = import_module("cmprules.batch._columns.given").Given
    part: Any = import_module("cmprules.batch._part")
    answers: Any = import_module("cmprules.batch._answers").answers_of
    tables: Any = import_module("tests.edges.batch.populations").as_tables
    for place, (one, rows) in enumerate(wanted):
        found = tables(one.records)
        context = part.Context.of(one.book, one.on, cmprules.Grade(one.trust))
        further = {name: given_part.whole(found[name]) for name in ("placements", "settled")}
        decided = part.decide_part(given_part.whole(found["credentials"]), given_part.whole(found["activities"]),
                                   context, further)
        if one.settled and decided.reasons:
            return f"population {place}: left to the scalar path: {decided.reasons}"
        for want, row in zip(rows, answers(decided, context).to_pylist(), strict=True):
            for name in row:
                if row[name] != want[name]:
                    return f"population {place}: {name} is {row[name]}, not {want[name]}"
    return None


# ---------------------------------------------------------------------------------------------------------
# One mutant after another.


def tried(mutant: dict[str, str] | None, wanted: Expected) -> str:
    """Try a mutant in a fork of this process; return what killed it, or `survived`."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        with tempfile.TemporaryDirectory() as place:
            try:
                found = _with(mutant, Path(place), wanted) or "survived"
            except BaseException as error:  # noqa: BLE001  # any exception kills the mutant
                found = f"{type(error).__name__}: {error}"
        os.write(writing, found[:1_000].encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8", errors="replace") as pipe:
        found = pipe.read()
    _, status = os.waitpid(pid, 0)
    return found or f"ended by signal {os.WTERMSIG(status)}"


def _with(mutant: dict[str, str] | None, place: Path, wanted: Expected) -> str | None:
    """Import the batch from a copy with the mutant, and compare."""
    batch = place / "cmprules" / "batch"
    copytree(ROOMS.parent, batch, ignore=lambda *_: ["__pycache__"])
    if mutant is not None:
        mutated(mutant, batch / "_kernel")
    cmprules.__path__.insert(0, str(batch.parent))
    for name in [name for name in sys.modules if name.startswith(("cmprules.batch", "tests.edges.batch"))]:
        del sys.modules[name]
    found = first_difference(wanted)
    assert str(place) in str(import_module("cmprules.batch._kernel.deciding").__file__)
    return found


def main() -> int:
    """Try the mutants with the given numbers, or all; print a line of JSON for each."""
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    wanted = expected()
    numbers = [int(word) for word in sys.argv[1:]] or [*range(len(MUTANTS))]
    healthy = tried(None, wanted)
    if healthy != "survived":
        sys.exit(f"the kernel as it is: {healthy}")
    for number in numbers:
        found = {"mutant": number, **MUTANTS[number], "found": tried(MUTANTS[number], wanted)}
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
