"""The kernel without its compiler, the figures that it shares with the rules, and the messages if it is missing."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from cmprules import Activity, Credential, Holder, Record, load_book
from cmprules._policy.book import PolicyBook
from cmprules._rules.outcome import SETTLED_ONE_BY_ONE
from cmprules._words import vocabulary
from cmprules._words.enums import Grade
from cmprules.batch._compiled import compile_book
from cmprules.batch._kernel import records as kernel
from cmprules.batch._loops import look_at_names
from tests.edges.batch.populations import decided, differences
from tests.strategies import own_tables

ROOT = Path(__file__).resolve().parents[3]
BY_HAND = """
from datetime import date
import cmprules
from tests.edges.batch.populations import decided, differences
from tests.core.cases.test_cases import CASES, _record

book, on = cmprules.load_book(edition="2026.1"), date(2026, 3, 10)
records = [_record(case) for case in CASES["case"] if case["on"] == on]
found = decided(records, book, on)
assert differences(found, records, book, on) == []
print(len(records))
"""


def _run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": paths, **environment})


@pytest.mark.slow
def test_the_kernel_is_plain_python_too() -> None:
    """Compiled code gives the same answers as the same lines in plain Python."""
    done = _run(BY_HAND, NUMBA_DISABLE_JIT="1")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20


def test_the_kernel_asks_where_the_rules_look_at_other_settlements() -> None:
    """The kernel reads no figure from another file, so compiled code never goes stale."""
    assert kernel.MOST_OPEN == SETTLED_ONE_BY_ONE


def test_every_table_of_the_edition_fits(book: PolicyBook) -> None:
    """No table of the edition has more areas or caps than the kernel supports."""
    compiled = compile_book(book, Grade.INFERRED)
    assert not compiled.slow.any()
    assert len(vocabulary.AREAS) < 31
    assert set(compiled.timelines) == {(code, body) for code in vocabulary.BODIES for body in vocabulary.BODIES[code]}


def test_a_table_that_does_not_fit_goes_the_slow_way(tmp_path: Path) -> None:
    """A user's table with more areas than the kernel supports is still decided."""
    areas = dict.fromkeys(vocabulary.AREAS[:kernel.WIDTH + 1], "1")
    tables = {2020: {**areas, vocabulary.POOL: "2"}, 2025: {"safety": "1", "pool": "1"}}
    (tmp_path / "own.toml").write_text(own_tables(tables), encoding="utf-8")
    book = load_book(edition="2026.1", extra=[tmp_path / "own.toml"])
    assert compile_book(book, Grade.INFERRED).slow.sum() == 1
    entered = [Activity(id=area, title=area, kind="formal_ce", amount=1, areas=[area], completed_on=date(2023, 3, 4))
               for area in areas]
    records = [Record(holder=Holder(id="h"), activities=entered[:count],
                      credentials=[Credential(id="mla", code="MLA", expires_on=expires)])
               for count in (0, 7, 8) for expires in (date(2024, 5, 31), date(2025, 5, 31))]
    for on in (date(2024, 3, 10), date(2026, 3, 10)):
        assert differences(decided(records, book, on), records, book, on) == []


def test_the_extra_is_asked_for_by_name() -> None:
    """If something is missing, the module says what to install."""
    done = _run("import sys; sys.modules['numba'] = None; import cmprules.batch")
    assert "cmprules.batch needs numba, which is not installed" in done.stderr
    assert "pip install '.[batch]'" in done.stderr


def test_the_error_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the module and the cause."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "cmprules.batch")
    with pytest.raises(ImportError, match=r"pip install '\.\[batch\]'") as raised:
        importlib.import_module("cmprules.batch")
    assert raised.value.name == "pyarrow"


def test_no_space_passes_for_a_plain_id() -> None:
    """An id that begins with a Python whitespace character goes to the record reader."""
    for number in range(sys.maxunicode + 1):
        letter = chr(number)
        if letter.isspace():
            letters = np.frombuffer(letter.encode(), dtype=np.uint8)
            plain = np.zeros(1, dtype=np.bool_)
            look_at_names(np.frombuffer(np.array([0, len(letters)], dtype=np.int64).tobytes(), dtype=np.int64), letters,
                          plain)
            assert not plain[0], hex(number)
