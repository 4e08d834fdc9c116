"""Numbers for equal things: keys of several numbers, and days."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cmprules.batch._people import _numbers_of
from cmprules.batch._plan import distinct_days


@given(st.lists(st.tuples(*[st.integers(-2, 2)] * 3), max_size=12))
def test_equal_keys_have_one_number(keys: list[tuple[int, ...]]) -> None:
    """Two keys have the same number if they are equal, and only then; the numbers begin at zero and leave none out."""
    numbers = _numbers_of(np.array(keys, dtype=np.int64).reshape(-1, 3).T).tolist()
    assert {(key == other) == (numbers[k] == numbers[j])
            for k, key in enumerate(keys) for j, other in enumerate(keys)} <= {True}
    assert {*numbers} == {*range(len({*keys}))}


@given(st.lists(st.integers(-40, 40), max_size=12), st.sampled_from((np.int32, np.int64)))
def test_days_are_listed_once_and_in_order(days: list[int], kind: type) -> None:
    """Each day is found at its place; days before 1970 have numbers below zero."""
    distinct, place = distinct_days(np.array(days, dtype=kind))
    assert distinct.tolist() == sorted({*days})
    assert [distinct.tolist()[index] for index in place.tolist()] == days
