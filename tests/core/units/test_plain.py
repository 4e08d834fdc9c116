"""Plain data becomes immutable in one pass; what is not of Python's own types is looked at part by part."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmprules._kit.shapes import BAD, FrozenMap, Plain
from cmprules._kit.shapes.compound import _PartByPart
from cmprules.errors import Fault


class _Word(str):
    """Text of a class of its own."""

    __slots__ = ()


WORDS = st.sampled_from(("", " ", "a", "h\u00e9", "\ud800", _Word("b"), _Word(" ")))
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS
KEYS = st.sampled_from(("a", "b", _Word("c"), 1))


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    maps = st.dictionaries(KEYS, inner, max_size=3)
    return st.lists(inner, max_size=3) | st.lists(inner, max_size=2).map(tuple) | maps | maps.map(OrderedDict)


def _both(value: Any) -> tuple[Any, list[Fault], Any, list[Fault]]:
    """Read a value, and read it again part by part."""
    first, second = list[Fault](), list[Fault]()
    return Plain().read(value, "$", first), first, _PartByPart().read(value, "$", second), second


def _kinds(value: Any) -> Any:
    """List the classes of a value and its parts."""
    if isinstance(value, FrozenMap):
        return FrozenMap, {(key, type(key)): _kinds(item) for key, item in value.items()}
    return (tuple, [*map(_kinds, value)]) if isinstance(value, tuple) else type(value)


@given(st.recursive(LEAVES, _nested, max_leaves=8))
def test_both_ways_read_the_same(value: Any) -> None:
    """The result and the faults are those of looking at each part."""
    found, faults, checked, noted = _both(value)
    assert faults == noted
    assert (found is BAD) is bool(faults)
    assert found == checked
    assert _kinds(found) == _kinds(checked)


@pytest.mark.parametrize(("value", "code"), [
    ({"a": [1.5]}, "WRONG_TYPE"), ({1: "a"}, "WRONG_TYPE"), (["\ud800"], "NOT_TEXT"), ({"a": {2}}, "WRONG_TYPE")])
def test_what_is_not_plain_is_refused(value: Any, code: str) -> None:
    """The fault names the part."""
    faults = list[Fault]()
    assert Plain().read(value, "$", faults) is BAD
    assert [fault.code for fault in faults] == [code]
    assert faults[0].path in {"$.a[0]", "$", "$[0]", "$.a"}


def test_what_is_read_cannot_change() -> None:
    """No list or dict of the caller is kept."""
    given_away: dict[str, Any] = {"a": [{"b": []}]}
    found = Plain().read(given_away, "$", [])
    given_away["a"][0]["b"].append(1)
    given_away["c"] = 1
    assert found == FrozenMap({"a": (FrozenMap({"b": ()}),)})
