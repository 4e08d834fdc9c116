"""Tests for the mutants of every part: examples in docstrings, reports, and the words of refusals."""

from __future__ import annotations

import doctest
import json
import os
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from tests.promises.golden.files import cases_of, names_in, read
from tests.promises.golden.makers import REPORTS, Texts
from tests.promises.golden.refusals import of_answers

ASKED = json.loads(Path(os.environ["CMPRULES_MUTANTS"]).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ASKED["modules"])
def test_examples_of_the_docstrings(name: str) -> None:
    """The examples of each function run once: its mutants have the same examples."""
    module = import_module(f"cmprules.{name.replace('/', '.')}")
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(module):
        if not re.search(r"__mutmut_\d+$", test.name):
            assert runner.run(test, out=lambda _: None).failed == 0


@cache
def _made(folder: str) -> Texts:
    return REPORTS[folder]()


@pytest.mark.parametrize(("folder", "name"), [
    (folder, name) for folder in ASKED["golden"] for name in names_in(folder)])
def test_reports(folder: str, name: str) -> None:
    """The reports of the part equal the golden files."""
    assert _made(folder)[name] == read(folder, name)


KEPT = cases_of("faults", "answers.txt")
ALL = ASKED["part"] == "answers"
"""Whether the part is what all answers share, so that every refusal is about it."""


@pytest.mark.parametrize("name", [name for name in KEPT if ALL or name.startswith(f"{ASKED['part']}, ")])
def test_words_of_refusals(name: str) -> None:
    """The messages on bad arguments equal the golden files."""
    assert of_answers()[name]() == KEPT[name]
