"""A small table does not wait for the compiler: plain Python runs the same functions, with the same answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cmprules
from cmprules.batch import _compiling, records_of
from cmprules.batch._columns.given import Given
from cmprules.batch._kernel.deciding import decide_all
from cmprules.batch._part import Context, decide_part
from tests.edges.batch.again import course, pbt
from tests.edges.batch.populations import as_tables, decided, differences

ON = date(2026, 3, 10)
BOOK = cmprules.load_book(edition="2026.2")
RECORDS = [pbt(course("s", areas=["safety"]), course("x", "3", title="Day"), course("w", "3", title="Day")),
           pbt(course("s", areas=["safety"]), course("u", "20", None), course("e", areas=["ethics"]))]


def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compiling, "is_compiled", lambda: False)
    monkeypatch.setattr(_compiling, "_COMPILED_HERE", {})


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize(("credentials", "activities", "hand"), [
    (1_000, 50_000, True), (1_001, 2, False), (2, 50_001, False)])
def test_small_tables_go_by_hand_while_nothing_is_compiled(
    credentials: int, activities: int, hand: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Larger ones wait, and once the kernel is compiled it decides all."""
    _nothing_is_kept(monkeypatch)
    with _compiling.by_hand(wanted=None):
        assert _compiling.goes_by_hand(credentials, activities) is hand
        with _compiling.without_waiting(credentials, activities) as chosen:
            assert chosen is hand
        monkeypatch.setattr(_compiling, "is_compiled", lambda: True)
        assert not _compiling.goes_by_hand(credentials, activities)
    assert not _compiling.goes_by_hand(1, 1)  # the fixture of this folder turns it off


def test_what_this_process_has_compiled_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """This holds even where nothing can be kept for the next process."""
    monkeypatch.setattr(_compiling, "is_compiled", lambda: False)
    decided(RECORDS, BOOK, ON)
    with _compiling.by_hand(wanted=None):
        assert not _compiling.goes_by_hand(1, 1)


@pytest.mark.usefixtures("compiler")
def test_the_answers_are_those_of_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each holder is decided one by one, and nothing is compiled for that."""
    _nothing_is_kept(monkeypatch)
    kernel: Any = decide_all
    before = _compilations(kernel)
    tables = as_tables(RECORDS)
    with _compiling.by_hand(wanted=None):
        found = decided(RECORDS, BOOK, ON)
        part = decide_part(Given.whole(tables["credentials"]), Given.whole(tables["activities"]),
                           Context.of(BOOK, ON, cmprules.Grade.INFERRED))
        assert len(records_of(tables["credentials"], tables["activities"])) == 2
    assert differences(found, RECORDS, BOOK, ON) == []
    assert part.reasons == {"asked for": 2}
    assert _compilations(kernel) == before


def _compilations(kernel: Any) -> int:
    return len(getattr(kernel, "signatures", ()))  # in a plain run the kernel is a function like any other


def test_a_function_that_is_not_compiled_is_left_as_it_is() -> None:
    """This is the case where the compiler is turned off."""
    def plain(number: int) -> int:
        return number

    assert _compiling._switching(plain) is plain


@pytest.mark.usefixtures("compiler")
def test_compiled_code_calls_compiled_code(tmp_path: Path) -> None:
    """Functions that call each other give the same result in plain Python and compiled."""
    twice: Any = _compiling._jit_in(tmp_path, _twice)
    with _compiling.by_hand(wanted=True):
        assert twice(4) == 8
        assert twice.signatures == []
    assert twice(4) == 8
    assert len(twice.signatures) == 1


def _twice(number: int) -> int:
    return number + number
