"""A command gives back the memory of a part that is done."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cmprules._cli import main
from cmprules.batch import _stream as stream
from cmprules.batch._allocator import LARGE, give_back_large
from cmprules.batch._stream.source import Source

GIVEN_BACK = """
import pyarrow
from cmprules.batch._allocator import give_back
large = give_back()
print(pyarrow.default_memory_pool().backend_name, large)
"""


def test_a_process_chooses_the_allocator_of_the_system() -> None:
    """The choice cannot be taken back, so a process of its own makes it; glibc alone has the other setting."""
    done = subprocess.run([sys.executable, "-c", GIVEN_BACK], check=True, capture_output=True, text=True)
    pool, large = done.stdout.split()
    assert pool == "system"
    assert large in {"True", "False"} if sys.platform == "linux" else large == "False"


@pytest.mark.parametrize(("refused", "expected"), [((), True), ((-1,), False), ((-3,), False)])
def test_both_settings_are_made(refused: tuple[int, ...], expected: bool) -> None:
    """The C library answers with 0 if it does not take one."""
    made: list[tuple[int, int]] = []

    def mallopt(name: int, value: int) -> int:
        made.append((name, value))
        return int(name not in refused)

    assert give_back_large(SimpleNamespace(mallopt=mallopt)) is expected
    assert made == [(-3, LARGE), (-1, LARGE)]


def test_another_c_library_has_no_settings() -> None:
    """Musl, and what other systems have."""
    assert not give_back_large(SimpleNamespace())


@pytest.mark.parametrize(("arguments", "megabytes"), [
    (["--threads", "1"], 300), (["--threads", "3"], 900), (["--threads", "3", "--memory", "7"], 7)])
def test_each_thread_has_memory_for_a_part(
    arguments: list[str], megabytes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More threads have more parts in progress; `--memory` is for all of them together."""
    files = {"credentials": {"holder": ["a"], "id": ["c"], "code": ["PBT"]},
             "activities": {"holder": ["a"], "id": ["1"], "title": ["T"], "kind": ["formal_ce"], "amount": ["1"]}}
    for name, columns in files.items():
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
    asked: list[tuple[int, int]] = []
    honest = stream.Layout.of

    def noted(sources: Sequence[Source], memory: int, threads: int) -> stream.Layout:
        asked.append((memory, threads))
        return honest(sources, memory, threads)

    monkeypatch.setattr(stream.Layout, "of", noted)
    given_back: list[bool] = []
    monkeypatch.setattr("cmprules.batch._allocator.give_back", lambda: given_back.append(True))
    paths = [str(tmp_path / f"{name}.parquet") for name in (*files, "answers")]
    assert main(["batch", *paths[:2], "-o", paths[2], "--on", "2026-03-10", *arguments]) == 0
    assert given_back == [True] * arguments.count("--memory")  # it takes time, so the user asks for it
    assert asked == [(megabytes * 1_000_000, int(arguments[1]))]
