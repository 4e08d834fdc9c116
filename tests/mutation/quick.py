"""Tests for mutants alone, many small ones: what other tests compare in one go, in parts that can fail early."""

from __future__ import annotations

import doctest
import pkgutil
import re
from importlib import import_module
from random import Random

import pytest
from tasks.write_golden import GOLDEN, reports

import cmprules
from cmprules.conformance import run, vectors
from tests.reference.compare import EDITION, by_the_library, differences
from tests.reference.decision import decide
from tests.reference.generation import generate

PARTS = 150
RECORDS = [generate(Random(f"mutation/{number}")) for number in range(1200)]
ANSWERS = [decide(*record) for record in RECORDS]
"""The answers of the second implementation, which has no mutants."""
VECTORS = vectors(EDITION)


@pytest.mark.parametrize("part", range(PARTS))
def test_vectors(part: int) -> None:
    """The conformance vectors."""
    assert run(of=VECTORS[part::PARTS]).conforms


@pytest.mark.parametrize("part", range(PARTS))
def test_generated_records(part: int) -> None:
    """Records made at random, as the second implementation decides them."""
    for record, answer in zip(RECORDS[part::PARTS], ANSWERS[part::PARTS], strict=True):
        assert differences(answer, by_the_library(*record)) == []


def test_reports() -> None:
    """The reports of the examples."""
    for name, text in reports().items():
        assert text == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(found.name for found in pkgutil.iter_modules(cmprules.__path__)
                                        if found.name != "__main__"))
def test_examples_of_the_docstrings(name: str) -> None:
    """The examples of each function, once: every mutant of it has them too."""
    module = import_module(f"cmprules.{name}")
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(module):
        if not re.search(r"__mutmut_\d+$", test.name):
            assert runner.run(test, out=lambda _: None).failed == 0
