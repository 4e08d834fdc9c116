"""Names get numbers by comparing neighbors where the rows of each are adjacent, and by hashing elsewhere."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmprules.batch._columns import names as module
from cmprules.batch._columns.names import _are_distinct, _of_runs, ids_of, names_of
from cmprules.batch._loops import _ascend


def _column(names: list[str | None], cut: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(names[:cut], pa.string()), pa.array(names[cut:], pa.string())])


@given(st.lists(st.tuples(st.sampled_from(("", "a", "b", "aa", "h\u00e9")), st.integers(2, 4)), max_size=8),
       st.integers(0, 20), st.booleans())
def test_both_ways_give_the_same(runs: list[tuple[str, int]], cut: int, missing: bool) -> None:
    """The numbers and their order are the same, wherever the column is cut."""
    names: list[str | None] = [name for name, count in runs for _ in range(count)]
    column = _column([*names, *([None] if missing else [])], cut)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_FEW", 2)
        found = names_of(pa.table({"holder": column}), "holder")
    wanted = names_of(pa.table({"holder": column.dictionary_encode()}), "holder")
    assert found.codes.tolist() == wanted.codes.tolist()
    assert found.values.equals(wanted.values)


@pytest.mark.parametrize(("names", "together"), [
    (["b", "b", "a", "a", "a"], True), (["a", "a", "b", "b", "a", "a"], False), (["a", "b", "c", "c"], False),
    (["a", "a", None], False), (["a"], False)])
def test_only_rows_that_stand_together_are_compared(
    names: list[str | None], together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This works in any order of names, but not if a name returns, is missing, or mostly has one row."""
    monkeypatch.setattr(module, "_FEW", 2)
    found = _of_runs(_column(names, 1))
    assert (found is not None) is together


def test_few_rows_are_numbered_as_they_always_were() -> None:
    """For few rows the way does not matter."""
    assert _of_runs(_column(["a", "a", "b", "b"], 2)) is None


@given(st.lists(st.sampled_from(("", "a", "ab", "b", "h\u00e9")), max_size=6))
def test_names_that_repeat_are_noticed(names: list[str]) -> None:
    """In order or not, the answer is that of counting."""
    assert _are_distinct(pa.array(names, pa.string())) is (len({*names}) == len(names))


def test_the_bytes_of_many_names_are_the_same() -> None:
    """Text of more bytes than 32 bits can number is laid out in the same way, whatever the first row of a slice."""
    column = _column(["ab", None, "", "h\u00e9", "c"], 2).slice(1)
    few = ids_of(column)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_MOST_BYTES", 0)
        many = ids_of(column)
    for found in (few, many):
        texts = [bytes(found.letters[begin:end]).decode() for begin, end in pairwise(found.starts)]
        assert texts == ["", "", "h\u00e9", "c"]
        assert found.is_plain.tolist() == [False, False, True, True]
        assert (found.starts.dtype, found.starts.flags.writeable) == (few.starts.dtype, False)


@given(st.lists(st.text(st.sampled_from("\x00ab\u00e9"), max_size=10), max_size=8))
def test_ids_whose_endings_ascend_are_distinct(names: list[str]) -> None:
    """The last eight bytes, read as one number, ascend exactly if that number does."""
    ids = ids_of(pa.chunked_array([pa.array(names, pa.string())]))
    found = _ascend(0, len(names), np.arange(len(names)), ids.starts, ids.letters)
    endings = [int.from_bytes(name.encode()[-8:], "big") for name in names]
    assert found is all(before < after for before, after in pairwise(endings))
    assert not found or len({*names}) == len(names)


@pytest.mark.parametrize("names", [["a9", "a10", "b10"], ["row-00000009", "row-00000010"]])
def test_counted_ids_need_no_hashes(names: list[str]) -> None:
    """Numbers that grow, with a word before them or not, ascend."""
    ids = ids_of(pa.chunked_array([pa.array(names, pa.string())]))
    assert _ascend(0, len(names), np.arange(len(names)), ids.starts, ids.letters)
