"""How much work a population takes, in counts that are the same on every machine: calls, objects, bytes, compilations.

Each limit is the figure of the day on which it was written down plus a quarter; lower it when the cost falls.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cmprules
from cmprules._cli import main
from cmprules.batch import DecidedTable, _compiling, decide_table
from cmprules.batch import _stream as stream
from cmprules.batch._compiled import compile_book
from cmprules.batch._loops import hash_names
from cmprules.batch._stream import splitting
from cmprules.batch._warm import warm
from tests.work import calls

pytestmark = pytest.mark.slow  # as plain Python, the kernel makes calls and objects for each row
ON = date(2026, 3, 10)
FEW, MANY, ENTRIES = 50, 250, 30
KINDS, AREAS, AMOUNTS = ("in_service", "formal_ce", "formal_ce"), ("safety", "", "ethics", "phlebotomy"), ("1", "2")


@pytest.fixture(autouse=True)
def compiled_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the work on the book too, which other tests of this folder share."""
    monkeypatch.setattr("cmprules.batch._part.compile_book", compile_book)


@cache
def people(count: int, asked: int = 0) -> tuple[pa.Table, pa.Table]:
    """Make some people with a training entered three times; the first have a former code, and a question."""
    whose = [f"h{number:05}" for number in range(count)]
    rows = range(count * ENTRIES)
    return pa.table({
        "holder": whose, "id": ["c"] * count, "code": ["MT"] * asked + ["PBT"] * (count - asked),
        "expires_on": ["2026-05-31"] * count, "certified_on": ["2015-05-05"] * count,
    }), pa.table({
        "holder": [whose[row // ENTRIES] for row in rows], "id": [f"a{row % ENTRIES:02}" for row in rows],
        "title": [f"Course {min(row % ENTRIES, 27)}" for row in rows], "kind": [KINDS[row % 3] for row in rows],
        "amount": [AMOUNTS[row % 2] for row in rows], "areas": [AREAS[row % 4] for row in rows],
        "completed_on": [f"{2023 + row // 7 % 3}-{row % 12 + 1:02}-{row % 28 + 1:02}" for row in rows],
    })


def decided(*tables: Any) -> DecidedTable:
    """Decide a population under the newest edition."""
    credentials, activities = tables
    return decide_table(credentials, activities, cmprules.load_book(), on=ON)


def calls_for(count: int, asked: int = 0) -> int:
    """Count the calls to decide some people, once everything is imported, compiled and cached."""
    decided(*people(count, asked))
    return calls(lambda: decided(*people(count, asked)))


def test_no_call_is_made_for_each_row() -> None:
    """Python makes as many calls for many people as for few: only compiled loops grow."""
    few, many = calls_for(FEW), calls_for(MANY)
    assert abs(many - few) <= 10
    assert few < 46_000


def test_who_is_asked_about_costs_and_none_else() -> None:
    """A holder decided one by one takes thousands of calls; the others are never made into records."""
    none, one, four = (calls_for(FEW, asked) for asked in (0, 1, 4))
    assert 1_000 < (four - one) / 3 < 14_500
    assert one - none < 20_000


def test_no_object_is_kept_for_each_row() -> None:
    """Answers are arrays, whatever their number."""
    kept = []
    for count in (FEW, MANY):
        decided(*people(count))
        gc.collect()
        before = sys.getallocatedblocks()
        found = decided(*people(count))
        kept.append(sys.getallocatedblocks() - before)
        assert found.answers.num_rows == count
    assert kept[1] - kept[0] < 200


def test_the_memory_of_a_row() -> None:
    """The peak of numpy and Arrow arrays has a limit in bytes per activity."""
    peaks: list[list[int]] = []
    for count in (FEW, MANY):
        decided(*people(count))
        tracemalloc.start()
        decided(*people(count))
        peaks.append([tracemalloc.get_traced_memory()[1]])
        tracemalloc.stop()
        before, pool = pa.default_memory_pool(), pa.proxy_memory_pool(pa.default_memory_pool())
        pa.set_memory_pool(pool)
        try:
            decided(*people(count))
        finally:
            pa.set_memory_pool(before)
        peaks[-1].append(pool.max_memory())
    of_numpy, of_arrow = ((many - few) / ((MANY - FEW) * ENTRIES) for few, many in zip(*peaks, strict=True))
    assert of_numpy < 118
    assert of_arrow < 56


def test_nothing_is_compiled_for_another_layout() -> None:
    """What `--warm` compiles is all that tables of other libraries, in other chunks, and empty ones need."""
    def signatures() -> dict[str, int]:
        return {name: len(function.signatures) for name, function in _compiling._COMPILED_HERE.items()}

    tables = people(FEW)
    warm()
    before = signatures()
    assert before["decide_all"] == 1
    assert before["mark_alike"] == 1  # the older edition needs it
    decided(*tables)
    decided(*(table.slice(0, 0) for table in tables))
    decided(*(pl.from_arrow(table) for table in tables))
    decided(*(table.to_pandas().astype("category") for table in tables))
    decided(*(pa.concat_tables([table.slice(0, 7), table.slice(7)]) for table in tables))
    assert signatures() == before


# ---------------------------------------------------------------------------------------------------------
# Files.


def test_a_name_is_hashed_once_where_a_file_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of rows makes no hashes, and no part is written with the names of another."""
    hashed, honest = list[int](), hash_names

    def counting(starts: Any, letters: Any, hashes: Any) -> None:
        hashed.append(len(hashes))
        honest(starts, letters, hashes)

    monkeypatch.setattr(splitting, "hash_names", counting)
    _, activities = people(FEW)
    parts = [rows for _, rows in splitting._divided(activities, 4)]
    names = [name for rows in parts for name in rows["holder"].chunk(0).dictionary.to_pylist()]
    assert hashed == [FEW + 1]  # one more for rows without a name
    assert sum(rows.num_rows for rows in parts) == FEW * ENTRIES
    assert sorted(names) == activities["holder"].unique().to_pylist()


def _moved() -> tuple[int, int]:
    """Count the bytes that this process has read and written, as the system reports them."""
    counted = dict(line.split(": ") for line in Path("/proc/self/io").read_text("ascii").splitlines())
    return int(counted["rchar"]), int(counted["wchar"])


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="the system does not count what a process reads")
@pytest.mark.parametrize(("ordered", "most_read", "most_written"), [(True, 1.75, 0.05), (False, 2.0, 0.17)])
def test_how_often_a_file_is_read(ordered: bool, most_read: float, most_written: float, tmp_path: Path,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorted files are read once per row, even in several parts; unsorted ones are split first, then read again."""
    monkeypatch.setattr(stream, "_BYTES_OF_A_ROW", 1_000)
    for name, table in zip(("credentials", "activities"), people(MANY * 4), strict=True):
        pq.write_table(table, tmp_path / f"{name}.parquet", row_group_size=2_000, write_statistics=ordered,
                       compression="none", use_dictionary=False)
    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    arguments = ["batch", str(tmp_path / "credentials.parquet"), str(tmp_path / "activities.parquet"),
                 "--on", "2026-03-10", "--threads", "1", "--memory", "12"]
    assert main([*arguments, "-o", str(tmp_path / "first.parquet")]) == 0
    read, written = _moved()
    assert main([*arguments, "-o", str(tmp_path / "answers.parquet")]) == 0
    read, written = (after - before for after, before in zip(_moved(), (read, written), strict=True))
    assert read < most_read * size
    assert written < most_written * size
