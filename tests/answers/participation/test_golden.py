"""The reports on taking part and citing, kept as a person has read them."""

from __future__ import annotations

import pytest

from tests.answers.participation.written import FOLDER, reports

REPORTS = reports()


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_report_is_as_it_was_read(name: str) -> None:
    """Each report equals its golden file, which a person has read."""
    assert REPORTS[name] == (FOLDER / name).read_text(encoding="utf-8"), "run tests.answers.participation.written"


def test_no_golden_file_is_left_over() -> None:
    """Every golden file belongs to a report."""
    assert {path.name for path in FOLDER.iterdir()} == set(REPORTS)
