"""Every example in a docstring runs, and its output is compared."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import cmprules

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ELSEWHERE = ("cmprules.batch.spark",)
"""Examples that need more than the other tests; `tests/edges/batch/test_spark.py` runs them."""

MODULES = sorted(found.name for found in pkgutil.walk_packages(cmprules.__path__, "cmprules.")
                 if not found.name.endswith("__main__") and found.name not in ELSEWHERE)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_docstrings(name: str) -> None:
    """A docstring shows what really happens."""
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert failed == 0


def test_the_examples_are_found() -> None:
    """The search finds examples: a package without any would pass silently."""
    found = [test for name in MODULES for test in doctest.DocTestFinder().find(importlib.import_module(name))]
    assert sum(len(test.examples) for test in found) > 80
