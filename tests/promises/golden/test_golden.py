"""Reports equal their golden files, which a person has read.

The files in the folders name the tests, so that no report is rendered before its test runs.
"""

from __future__ import annotations

from functools import cache

import pytest
from tests.promises.golden.files import FOLDER, names_in, read
from tests.promises.golden.makers import MAKERS, REPORTS, Texts

KEPT = [(folder, name) for folder in sorted(REPORTS) for name in names_in(folder)]
NO_REPORTS = {"full-of-mistakes.txt", "qualification.ics"}
"""A list of faults, and a calendar file."""


@cache
def _made(folder: str) -> Texts:
    return REPORTS[folder]()


@pytest.mark.parametrize(("folder", "name"), KEPT)
def test_report_is_as_it_was_read(folder: str, name: str) -> None:
    """Each report equals its golden file, which a person has read."""
    assert _made(folder)[name] == read(folder, name), f"run python -m tasks.write_golden {folder}, and look"


@pytest.mark.parametrize("folder", REPORTS)
def test_no_golden_file_is_missing_or_left_over(folder: str) -> None:
    """Every report has a golden file, and every golden file belongs to a report."""
    assert names_in(folder) == sorted(_made(folder))


def test_every_folder_has_its_maker() -> None:
    """One command writes all folders."""
    assert {path.name for path in FOLDER.iterdir()} == set(MAKERS)


@pytest.mark.parametrize(("folder", "name"), [kept for kept in KEPT if kept[1] not in NO_REPORTS])
def test_every_report_ends_with_the_notice(folder: str, name: str) -> None:
    """Its last line says that it is not ASCP's decision."""
    lines = [line for line in read(folder, name).splitlines() if not line.startswith("</") or "footer" in line]
    assert "Independent of ASCP; this is not a decision of ASCP" in lines[-1]
