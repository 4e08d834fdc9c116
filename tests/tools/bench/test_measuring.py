"""Turns, programs, and made-up people."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench._measure import DATA, folder_for_data, in_turns, run_program
from bench._people import records_of, write_people


def test_contestants_take_turns() -> None:
    """Each runs once before any runs again."""
    ran: list[str] = []
    said: list[str] = []
    found = in_turns({name: partial(ran.append, name) for name in "ab"}, 2, said.append)

    assert ran == ["a", "b", "a", "b"]
    assert {name: len(runs) for name, runs in found.items()} == {"a": 2, "b": 2}
    assert said == ["round 1 of 2", "round 2 of 2"]


def test_a_program_says_what_it_printed_and_held() -> None:
    """A program that holds a hundred megabytes is measured so, if a small one starts it."""
    inner = "from bench._measure import run_program; print(run_program(['-c', 'print(len(bytearray(b\"x\") * {}))']))"
    little, much = (run_program(["-c", inner.format(size)]).printed for size in (1, 100_000_000))
    peaks = [int(printed.rpartition("peak=")[2].rstrip(")\n")) for printed in (little, much)]

    assert "printed='100000000\\n'" in much
    assert 70_000_000 < peaks[1] - peaks[0] < 120_000_000


def test_a_program_that_fails_says_why() -> None:
    """The message has its last output."""
    with pytest.raises(RuntimeError, match=r"ended with 1: .*no such luck"):
        run_program(["-c", "raise SystemExit('no such luck')"])


def test_the_folder_for_data_is_the_one_that_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All benchmarks use the people made up once."""
    monkeypatch.setenv(DATA, str(tmp_path))
    with folder_for_data() as folder:
        assert Path(folder) == tmp_path

    monkeypatch.delenv(DATA)
    with folder_for_data() as folder:
        kept = Path(folder)
    assert not kept.exists()


def test_people_are_the_same_for_the_same_numbers(tmp_path: Path) -> None:
    """Two runs measure the same people."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    one, other = (write_people(tmp_path / name, 40, 7) for name in ("one", "other"))

    for name in ("credentials", "activities"):
        assert pq.read_table(one[name]).equals(pq.read_table(other[name]))
    assert pq.read_metadata(one["activities"]).num_rows == 280


def test_the_order_of_holders_changes_nothing_else(tmp_path: Path) -> None:
    """The rows are the same under other names."""
    ordered, other = (write_people(tmp_path, 40, 7, ordered=order) for order in (True, False))
    names = pq.read_table(other["credentials"])["holder"].to_pylist()

    assert sorted(names) == pq.read_table(ordered["credentials"])["holder"].to_pylist() != names
    assert pq.read_table(other["activities"])["holder"].to_pylist() == [name for name in names for _ in range(7)]
    for name in ("credentials", "activities"):
        assert pq.read_table(other[name]).drop("holder").equals(pq.read_table(ordered[name]).drop("holder"))


def test_a_few_activities_are_entered_twice(tmp_path: Path) -> None:
    """About one in five hundred repeats the previous one of its holder, with another id and other areas."""
    rows = pq.read_table(write_people(tmp_path, 300, 30)["activities"]).to_pylist()
    same = ("holder", "title", "kind", "amount", "completed_on")
    twice = [[one[name] for name in same] == [other[name] for name in same] for one, other in pairwise(rows)]

    assert 5 < sum(twice) < 40
    assert len({row["id"] for row in rows}) == len(rows) == 9_000
    assert len({row["title"] for row in rows}) > 1_500


def test_people_who_are_there_are_not_made_up_anew(tmp_path: Path) -> None:
    """An existing file is kept."""
    paths = write_people(tmp_path, 3, 2)
    before = {path: path.stat().st_mtime_ns for path in paths.values()}

    assert write_people(tmp_path, 3, 2) == paths
    assert {path: path.stat().st_mtime_ns for path in paths.values()} == before


def test_records_are_the_rows_of_the_files(tmp_path: Path) -> None:
    """`decide` and `decide_table` get the same data."""
    paths = write_people(tmp_path, 5, 4)
    records = records_of(paths, 3)
    rows = pq.read_table(paths["activities"]).to_pylist()

    assert [record.holder.id for record in records] == ["h00000000", "h00000001", "h00000002"]
    assert [piece.id for record in records for piece in record.activities] == [row["id"] for row in rows[:12]]
    assert [";".join(piece.areas) for piece in records[0].activities] == [row["areas"] for row in rows[:4]]
