"""CI repeats the tests that draw, with more examples; those that always do the same are not repeated."""

from __future__ import annotations

import pytest
from hypothesis import given, is_hypothesis_test
from hypothesis import strategies as st
from tests import examples
from tests.drawn import draws
from tests.examples import scaled


@given(st.none())
def _law(_nothing: None) -> None:
    pass


def _counts() -> int:
    return scaled(100)


def _by_way_of_another() -> list[int]:
    return [_counts() for _ in range(1)]


def _by_its_module() -> int:
    return examples.scaled(100)


def _the_same_every_time() -> int:
    return len(pytest.__name__)


@pytest.mark.parametrize(("test", "drawn"), [
    (_law, True), (_counts, True), (_by_way_of_another, True), (_by_its_module, True), (_the_same_every_time, False),
    (None, False)])
def test_what_draws_is_found(test: object, drawn: bool) -> None:
    """A law, a number from the profile, and either by way of a function of the tests."""
    assert draws(test) is drawn


def test_every_law_is_repeated(request: pytest.FixtureRequest) -> None:
    """Each test of Hypothesis in this run is marked."""
    laws = [item for item in request.session.items if is_hypothesis_test(getattr(item, "function", None))]
    assert [item.nodeid for item in laws if item.get_closest_marker("drawn") is None] == []
