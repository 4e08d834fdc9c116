"""Tests only for mutants: many small parts of larger comparisons, so that they can fail early."""

from __future__ import annotations

from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from cmprules._policy import load as _load
from cmprules._policy import rows as _tables
from cmprules._policy.checks import check_edition
from cmprules._policy.laying import parsed_file
from cmprules.conformance import run, vectors
from cmprules.errors import Fault
from tests.core.reference.compare import by_the_library, differences
from tests.core.reference.decision import decide
from tests.core.reference.generation import generate
from tests.edges.data import test_editions as editions
from tests.promises.golden import examples
from tests.promises.golden.files import cases_of, read

EDITION = "2026.1"
PARTS = 150
RECORDS = [generate(Random(f"mutation/{number}")) for number in range(1200)]
ANSWERS = [decide(*record) for record in RECORDS]
"""The answers of the second implementation, which has no mutants."""
VECTORS = vectors(EDITION)


def _read(patches: list[dict[str, Any]]) -> _tables.Parsed | None:
    """Return the files of an edition after some patches, read but not checked; None if they cannot be read."""
    with TemporaryDirectory() as folder:
        edition = Path(copytree(editions.SHIPPED, Path(folder) / "2026.1"))
        for patch in patches:
            editions._apply(edition, patch)
        faults: list[Fault] = []
        raw = {name: parsed_file(name, table, faults) for name, table in _load.tables_in(edition).items()}
        parsed = None if faults else _tables.parse_edition(raw, faults)
        return None if faults else parsed


BROKEN = {member["name"]: parsed for member in editions.ZOO if (parsed := _read(member["patch"])) is not None}
"""The broken editions whose files can be read; they are read once, because reading is slow and has no mutants."""
SOUND = {name: _read([{"file": file, "old": old, "new": new} for file, old, new in changes])
         for name, changes in editions.AT_THE_EDGE.items()}
WORDS = cases_of("faults", "editions.txt")


@pytest.mark.parametrize("part", range(PARTS))
def test_vectors(part: int) -> None:
    """Runs the conformance vectors."""
    assert run(of=VECTORS[part::PARTS]).conforms


@pytest.mark.parametrize("part", range(PARTS))
def test_generated_records(part: int) -> None:
    """The second implementation decides random records the same way."""
    for record, answer in zip(RECORDS[part::PARTS], ANSWERS[part::PARTS], strict=True):
        assert differences(answer, by_the_library(*record)) == []


def test_reports() -> None:
    """Runs the reports of the examples."""
    for folder, make in (("examples", examples.of_records), ("populations", examples.of_populations)):
        for name, text in make().items():
            assert text == read(folder, name)


@pytest.mark.parametrize("name", BROKEN)
def test_words_of_broken_editions(name: str) -> None:
    """The messages on a broken edition equal the golden file."""
    faults: list[Fault] = []
    check_edition(BROKEN[name], faults)
    assert [str(fault) for fault in faults] == WORDS[name]


@pytest.mark.parametrize("name", SOUND)
def test_editions_at_the_edge(name: str) -> None:
    """An edition that is only just valid has no fault."""
    faults: list[Fault] = []
    parsed = SOUND[name]
    assert parsed is not None
    check_edition(parsed, faults)
    assert faults == []
