"""How much of a population the kernel leaves to the single-record path: a count on made-up people."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench._people import ON, records_of, write_people

import cmprules
from cmprules.batch._columns.given import Given
from cmprules.batch._part import Context, Part, decide_part
from tests.edges.batch.populations import decided, differences

MOST = 0.01


def _decided(folder: Path, edition: str, holders: int, *, habits: bool) -> Part:
    paths = write_people(folder, holders, 30, habits=habits)
    credentials, activities = (Given.whole(pq.read_table(paths[name])) for name in ("credentials", "activities"))
    return decide_part(credentials, activities,
                       Context.of(cmprules.load_book(edition=edition), ON, cmprules.Grade.INFERRED))


@pytest.mark.slow
@pytest.mark.parametrize("habits", [True, False], ids=["habits", "plain"])
@pytest.mark.parametrize("edition", ["2026.1", "2026.2"])
def test_at_most_one_in_a_hundred_is_asked_about(tmp_path: Path, edition: str, habits: bool) -> None:
    """All have a yearly training, a tenth a weekly conference; some imports ran twice, some courses repeat."""
    part = _decided(tmp_path, edition, 2_000, habits=habits)

    assert len(part.decided) == 2_000
    assert len(part.asked) <= MOST * len(part.decided)
    assert sum(part.reasons.values()) == len(part.asked)


def test_the_people_with_habits_have_them(tmp_path: Path) -> None:
    """All have the training three times, about a tenth the conference, one in fifty every row twice."""
    activities = pq.read_table(write_people(tmp_path, 1_000, 30, habits=True)["activities"]).to_pandas()
    rows = activities.groupby("holder", observed=True).size()
    titles = activities.groupby(["title", "holder"], observed=True).size()

    assert set(titles["Annual safety training"]) == {3}
    assert len(titles["Annual safety training"]) == 1_000
    assert 70 <= len(titles["Tumor board"]) <= 130
    assert set(titles["Tumor board"]) == {150}
    assert 100 <= len(titles["Analyzer course"]) <= 200
    assert 5 <= sum(size % 30 in {3, 5} and size >= 63 for size in rows if size < 150) <= 40
    assert activities["id"].is_unique


def test_the_people_with_habits_are_decided_as_one_by_one(tmp_path: Path) -> None:
    """The first of them are compared in every column."""
    records = records_of(write_people(tmp_path, 40, 30, habits=True), 40)
    book = cmprules.load_book(edition="2026.2")

    assert differences(decided(records, book, ON), records, book, ON) == []
