"""The messages on bad input equal the golden files, which a person has read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.promises.golden.faults import KINDS_OF_INPUT
from tests.promises.golden.files import cases_of, names_in

CASES = {kind: make() for kind, make in KINDS_OF_INPUT.items()}
KEPT = {kind: cases_of("faults", f"{kind}.txt") for kind in KINDS_OF_INPUT}

pytestmark = pytest.mark.usefixtures("parsed_once")


@pytest.mark.parametrize(("kind", "name", "say"), [
    pytest.param(kind, name, say, id=f"{kind}: {name}")
    for kind, cases in CASES.items() for name, say in cases.items()
])
def test_the_words_are_those_that_were_read(kind: str, name: str, say: Callable[[], list[str]]) -> None:
    """Each fault of each bad input has its recorded message."""
    assert KEPT[kind][name] == (say() or ["nothing"]), (
        "run python -m tasks.write_golden faults, and look at what changed")


def test_no_words_are_left_over() -> None:
    """Every golden file, and every case in it, still exists."""
    assert set(names_in("faults")) == {f"{kind}.txt" for kind in KINDS_OF_INPUT}
    assert {kind: set(cases) for kind, cases in KEPT.items()} == {kind: set(cases) for kind, cases in CASES.items()}
