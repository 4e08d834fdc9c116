"""The activities of some holders as arrays of numbers, with the meanings of the numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._kit.points import exact_hundredths
from cmprules._kit.shapes import BAD
from cmprules._words import vocabulary
from cmprules._words.limits import MOST_POINTS
from cmprules.batch._columns.given import Given
from cmprules.batch._columns.names import Ids, Names, ids_of, names_of, reads_text
from cmprules.batch._columns.reading import cell_of, read_value
from cmprules.batch._columns.words import Words, days_of, words_of
from cmprules.batch._compiling import read_only
from cmprules.batch._kernel.records import Array
from cmprules.batch._loops import Meanings, Rows, fill_areas
from cmprules.batch._plain import is_list

_KINDS = tuple(vocabulary.KINDS)
_UNITS = {unit: number for number, unit in enumerate(vocabulary.UNITS)}
_WORTHS = tuple(sorted(set(vocabulary.UNITS.values())))


@attrs.frozen(kw_only=True, eq=False)
class Activities:
    """The activities of some holders, column by column.

    Each of the `doubts` says for one column which rows are readable.
    """

    given: Given
    holders: Names
    days: Array
    ids: Ids
    doubts: tuple[Array, ...]


def read_activities(given: Given) -> Activities:
    """Read the activities of some holders; activities without ids get ids."""
    given = given.with_ids()
    table = given.table
    days, days_well_read = days_of(table, "completed_on")
    ids = ids_of(table.column("id"))
    doubts = (days_well_read, None if ids.is_plain.all() else ids.is_plain, reads_text(table, "title", empty=False),
              reads_text(table, "provider", empty=True), reads_text(table, "session", empty=True),
              _proposed(table), words_of(table, "source").reads("source"), _documents(table))
    return Activities(given=given, holders=names_of(table, "holder"), days=days, ids=ids,
                      doubts=tuple(doubt for doubt in doubts if doubt is not None))


def numbered(activities: Activities) -> tuple[Rows, Meanings]:
    """Number the words of all rows, and say what they mean; this takes much memory, and is needed only once."""
    table = activities.given.table
    kinds, units, amounts = (words_of(table, name) for name in ("kind", "unit", "amount"))
    rows = Rows(*map(read_only, (activities.days, _areas(table), kinds.codes, units.codes, amounts.codes)))
    return rows, _meanings(kinds, units, amounts)


def _meanings(kinds: Words, units: Words, amounts: Words) -> Meanings:
    """Return the meanings of words; amounts become exact hundredths of a point, for each value of a unit."""
    place = {kind: number for number, kind in enumerate(_KINDS)}
    return Meanings(
        kinds=np.array([*(place.get(kind, -1) for kind in kinds.values), -1], dtype=np.int8),
        worths=np.array([[*(_worth(kind, unit) for unit in units.values), _worth(kind, vocabulary.KINDS[kind][0])]
                         for kind in _KINDS], dtype=np.int8),
        units=np.array([[*(_UNITS.get(unit, 0) for unit in units.values), _UNITS[vocabulary.KINDS[kind][0]]]
                        for kind in _KINDS], dtype=np.int8),
        points=np.array([[*(_hundredths(amount, worth) for amount in amounts.values), 0] for worth in _WORTHS],
                        dtype=np.int32))


def _worth(kind: str, unit: Any) -> int:
    """Return the place of a unit's value; -1 if it is not a unit or does not fit the kind."""
    return _WORTHS.index(vocabulary.UNITS[unit]) if unit in vocabulary.KINDS[kind] else -1


def _hundredths(amount: Any, worth: int) -> int:
    read = read_value("amount", amount)
    if not isinstance(read, Decimal) or read > MOST_POINTS:
        return 0
    hundredths = exact_hundredths(read, worth)
    return hundredths if hundredths is not None and hundredths <= MOST_POINTS * 100 else 0


def _areas(table: pa.Table) -> Array:
    """Turn the areas that each activity may serve into bits; -1 if the reader of records has to check them."""
    if "areas" in table.column_names and is_list(table.schema.field("areas").type):
        return _areas_of_lists(table.column("areas"))
    return words_of(table, "areas").map(lambda value: _bits(cell_of("areas", value)), 0)


def _areas_of_lists(column: pa.ChunkedArray) -> Array:
    lists = pa.concat_arrays([chunk.cast(pa.large_list(column.type.value_type)) for chunk in column.chunks]
                             or [pa.array([], pa.large_list(pa.string()))])
    words = words_of(pa.table({"areas": lists.flatten()}), "areas")
    lengths = pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False)
    found = np.zeros(len(lists), dtype=np.int32)
    fill_areas(np.concatenate([[0], np.cumsum(lengths)]), words.map(lambda value: _bits([value]), -1), found)
    return found


def _bits(names: Any) -> int:
    """Return the bits of some areas, or -1 if they are not readable."""
    if not isinstance(names, list) or len(set(names)) != len(names):
        return -1
    return sum(1 << vocabulary.AREAS.index(name) for name in names) if set(names) <= set(vocabulary.AREAS) else -1


def _proposed(table: pa.Table) -> Array | None:
    """Return which rows propose no areas, None for all; the reader of records checks the others."""
    if "proposed_areas" not in table.column_names:
        return None
    column = table.column("proposed_areas")
    found: Array = column.is_null().to_numpy()
    return found


def _documents(table: pa.Table) -> Array | None:
    """Return which rows have readable documents, None for all; lists are checked one by one."""
    if "documents" in table.column_names and is_list(table.schema.field("documents").type):
        lists = table.column("documents").to_pylist()
        return np.array([value is None or read_value("documents", value) is not BAD for value in lists], dtype=np.bool_)
    return words_of(table, "documents").reads("documents")
