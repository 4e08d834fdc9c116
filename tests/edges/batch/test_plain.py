"""Columns of other libraries in the few plain types, one sample at a time; nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pytest

from cmprules.batch._columns.words import distinct
from cmprules.batch._customs import Customs, in_our_words
from cmprules.batch._plain import plain_columns

IDENTIFIER = UUID("12345678-1234-5678-1234-567812345678")
DAY = date(2025, 2, 11)
NUMBERED = pa.dictionary(pa.int32(), pa.string())


def _runs(values: list[Any]) -> pa.Array:
    """Store two equal cells, and a third."""
    return pa.RunEndEncodedArray.from_arrays([2, 3], values)


def _by_number(values: Any, indices: Sequence[int | None]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(indices, pa.uint8()), values)


SAMPLES: dict[str, tuple[pa.Array, pa.DataType, list[Any]]] = {
    "halves": (pa.array(np.array([1, 2.5], np.float16)), pa.float32(), [1.0, 2.5]),
    "long decimals": (pa.array([Decimal("1.50"), None], pa.decimal256(40, 2)), pa.string(), ["1.50", None]),
    "short decimals": (pa.array([Decimal("1.50")], pa.decimal128(9, 2)), pa.decimal128(9, 2), [Decimal("1.50")]),
    "identifiers": (pa.ExtensionArray.from_storage(pa.uuid(), pa.array([IDENTIFIER.bytes, None], pa.binary(16))),
                    pa.string(), [str(IDENTIFIER), None]),
    "another library's own type": (pa.ExtensionArray.from_storage(pa.opaque(pa.string(), "word", "theirs"),
                                                                  pa.array(["safety", None])),
                                   pa.string(), ["safety", None]),
    "another library's own numbers": (pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, None], pa.int8())),
                                      pa.int8(), [1, None]),
    "runs of text": (_runs(["safety", "ethics"]), pa.string(), ["safety", "safety", "ethics"]),
    "runs of days": (_runs([DAY, None]), pa.date32(), [DAY, DAY, None]),
    "words by number": (_by_number(["safety", "1"], [1, None, 0]), NUMBERED, ["1", None, "safety"]),
    "words whose numbers have numbers": (_by_number(_by_number(["safety", "1"], [1, 0]), [0, None]), pa.string(),
                                         ["1", None]),
    "runs by number": (_by_number(_runs(["safety", "1"]), [2, None, 0]), pa.string(), ["1", None, "safety"]),
    "no words by number": (_by_number(_by_number(["safety"], []), []), pa.string(), []),
    "days by number": (_by_number(pa.array([DAY]), [0, None]), pa.date32(), [DAY, None]),
    "lists of views": (pa.array([["safety"], None, []], pa.list_view(pa.string_view())), pa.list_(pa.string()),
                       [["safety"], None, []]),
    "lists of numbers": (pa.array([[1], None]), pa.list_(pa.int64()), [[1], None]),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_column_has_a_plain_type_and_the_same_cells(name: str) -> None:
    """A column that already has a plain type keeps it."""
    given, kind, cells = SAMPLES[name]
    found = plain_columns(pa.table({"areas": given}))["areas"]
    assert found.type == kind
    assert found.to_pylist() == cells


def test_names_are_text_and_other_whole_numbers_stay() -> None:
    """The id 7 is read as the text `7`, and so is one read by its number."""
    numbers = pa.array([7, None])
    found = plain_columns(pa.table({"id": numbers, "holder": _by_number(["a", "b"], [1, 0]),
                                    "credential": _by_number(["c"], [0, 0]), "amount": numbers}))
    assert found.schema.types == [pa.string(), NUMBERED, pa.string(), pa.int64()]
    assert found["id"].to_pylist() == ["7", None]


@pytest.mark.parametrize("column", [pa.array(["safety", "safety", None]), _runs(["safety", None])],
                         ids=["text", "runs, which Arrow cannot number"])
def test_the_distinct_values_of_a_column_are_read_once(column: pa.Array) -> None:
    """Equal cells share a number, even if Arrow cannot number their type; empty cells have none."""
    words = distinct(pa.chunked_array([column]))
    assert words.codes.tolist() == [0, 0, -1]
    assert words.values[0] == "safety"
    assert words.map(lambda value: 6 if value == "safety" else 1, 0).tolist() == [6, 6, 0]


def test_only_text_is_translated() -> None:
    """Numeric amounts stay unchanged; words become ours."""
    customs = Customs(words={"amount": {"One": "1"}}, dates="us")
    numbers = pa.table({"amount": [1.0, 2.5], "completed_on": pa.array([DAY, None])})
    assert in_our_words(numbers, "activities", customs).equals(numbers)
    words = pa.table({"amount": ["one ", "2.5"], "completed_on": ["2/11/2025", None]})
    assert in_our_words(words, "activities", customs).to_pydict() == {
        "amount": ["1", "2.5"], "completed_on": ["2025-02-11", None]}


@pytest.mark.parametrize(("numbers", "words"), [([0, 2], ["a", "b"]), ([-1, 0], ["a"]), ([0], [])])
def test_a_number_without_a_word_is_damage(numbers: list[int], words: list[str]) -> None:
    """Every piece of a column is checked, empty cells aside."""
    sound = pa.DictionaryArray.from_arrays(pa.array([0, None], pa.int32()), pa.array(["a"]))
    damaged = pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), pa.array(words, pa.string()), safe=False)
    assert plain_columns(pa.table({"kind": pa.chunked_array([sound])})).num_rows == 2
    with pytest.raises(pa.ArrowInvalid, match=f"{len(words)} words, and numbers for others"):
        plain_columns(pa.table({"kind": pa.chunked_array([sound, damaged])}))


def test_a_word_that_is_no_text_is_damage() -> None:
    """The words of a column are checked, as the cells of other columns are."""
    wrong = pa.StringArray.from_buffers(1, pa.array(["a"]).buffers()[1], pa.py_buffer(b"\xff"))
    for column in (wrong, pa.DictionaryArray.from_arrays(pa.array([0], pa.int32()), wrong)):
        with pytest.raises(pa.ArrowInvalid, match="UTF"):
            plain_columns(pa.table({"title": column}))
