"""From columns to arrays: every distinct value is read once, by the same reader as that of a record.

A row of which every value reads well is plain.  Any other is given to the reader of records whole, which says what is
wrong with it, or that nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import attrs
import numba
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules import _vocabulary as vocabulary
from cmprules._calendar import EARLIEST_DAY, LATEST_DAY
from cmprules._facts import MOST_POINTS, Activity, Credential, Holder
from cmprules._points import exact_hundredths
from cmprules._shapes import BAD, Shape, fields_of, nearest
from cmprules.batch._compiled import Array, day_number
from cmprules.batch._kernel import NO_DAY
from cmprules.errors import Fault, InputError

__all__ = ["ACTIVITY_COLUMNS", "CREDENTIAL_COLUMNS", "Activities", "Credentials", "Text", "check_columns",
           "raw_rows", "read_activities", "read_credentials"]

AREA_SEPARATOR = ";"
CREDENTIAL_COLUMNS = ("holder", "id", "code", "body", "certified_on", "expires_on", "cycle_start", "voluntary",
                      "previous_nca", "extended_until", "fee_region")
ACTIVITY_COLUMNS = ("holder", "id", "title", "provider", "completed_on", "kind", "amount", "unit", "areas",
                    "documents", "source")
_NEEDED = {"credentials": ("holder", "id", "code"), "activities": ("holder", "id", "title", "kind", "amount")}
_LISTS = ("areas", "documents")
_SHAPES: dict[str, Shape] = {
    **{field.key: field.shape for cls in (Activity, Credential, Holder) for field in fields_of(cls)}
}
_KINDS, _UNITS = tuple(vocabulary.KINDS), tuple(vocabulary.UNITS)
_WORTHS = tuple(sorted(set(vocabulary.UNITS.values())))
_BODIES = ("ASCP", "ASCPi")


def check_columns(table: pa.Table, known: Sequence[str], name: str) -> None:
    """Refuse a table that lacks a column, or has one that no record has."""
    faults = [Fault(path=f"$.{name}.{column}", code="MISSING_KEY", value=None, expected=f"a column '{column}'",
                    hint="add it") for column in _NEEDED[name] if column not in table.column_names]
    faults.extend(Fault(path=f"$.{name}.{column}", code="UNKNOWN_KEY", value=column, expected="a column of a record",
                        hint=f"{nearest(column, tuple(known))}; leave out what has no bearing")
                  for column in table.column_names if column not in known)
    faults.extend(Fault(path=f"$.{name}.{column}", code="REPEATED_KEY", value=column, expected="each column once",
                        hint="keep one of them")
                  for column in dict.fromkeys(table.column_names) if table.column_names.count(column) > 1)
    if faults:
        raise InputError(faults)


# ---------------------------------------------------------------------------------------------------------
# One column.


@attrs.frozen(kw_only=True, eq=False)
class Text:
    """A column of words: the number of each row's word, and the words; -1 is an empty cell."""

    codes: Array
    values: list[Any]

    def map(self, what: Callable[[Any], int], absent: int) -> Array:
        """Give each row a number that follows from its word."""
        numbers = np.array([*(what(value) for value in self.values), absent], dtype=np.int64)
        return numbers[self.codes]


def _words(table: pa.Table, name: str) -> Text | None:
    """Take a column as words; None if the table lacks it."""
    if name not in table.column_names:
        return None
    column = table.column(name)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    column = column.unify_dictionaries().combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks else pa.array([], pa.string()).dictionary_encode()
    codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return Text(codes=codes, values=[plain(value) for value in column.dictionary.to_pylist()])


def plain(value: Any) -> Any:
    """Take a value as a record would have it: pandas has no days, so that its midnights are days."""
    if isinstance(value, datetime) and value.time() == time(0) and value.tzinfo is None:
        return value.date()
    return value


def _reads(name: str, value: Any) -> bool:
    """Whether the reader of records takes a value."""
    return _read(name, value) is not BAD


def _read(name: str, value: Any) -> Any:
    return _SHAPES[name].read(value, "$", [])


def _days(table: pa.Table, name: str) -> tuple[Array, Array]:
    """Number the days of a column; the second array says which rows read well."""
    count = table.num_rows
    if name not in table.column_names:
        return np.full(count, NO_DAY, dtype=np.int32), np.ones(count, dtype=np.bool_)
    column = table.column(name)
    if pa.types.is_date32(column.type):
        days = pc.cast(column, pa.int32()).fill_null(NO_DAY).to_numpy().astype(np.int32, copy=False)
        return days, (days == NO_DAY) | ((days >= day_number(EARLIEST_DAY)) & (days <= day_number(LATEST_DAY)))
    words = _words(table, name)
    read = {value: _read(name, value) for value in words.values}
    days = words.map(lambda value: NO_DAY if read[value] is BAD else day_number(read[value]), NO_DAY)
    return days.astype(np.int32), words.map(lambda value: read[value] is not BAD, 1).astype(np.bool_)


def _flags(table: pa.Table, name: str) -> tuple[Array, Array]:
    """Take a column of yes and no; an empty cell is no."""
    words = _words(table, name)
    if words is None:
        return np.zeros(table.num_rows, dtype=np.bool_), np.ones(table.num_rows, dtype=np.bool_)
    return (words.map(lambda value: value is True, 0).astype(np.bool_),
            words.map(lambda value: isinstance(value, bool), 1).astype(np.bool_))


def _well_read(table: pa.Table, name: str, *, needed: bool = False) -> Array:
    """Say which rows of a column the reader takes."""
    words = _words(table, name)
    if words is None:
        return np.ones(table.num_rows, dtype=np.bool_)
    return words.map(lambda value: _reads(name, value), not needed).astype(np.bool_)


@numba.njit(cache=True, nogil=True)
def _look_at_ids(offsets, letters, plain_ids, hashes):
    """Hash every id, and say which of them surely are no blanks."""
    for row in range(len(hashes)):
        first, last = offsets[row], offsets[row + 1]
        mixed = np.uint64(14695981039346656037)
        for position in range(first, last):
            mixed = (mixed ^ np.uint64(letters[position])) * np.uint64(1099511628211)
        hashes[row] = mixed
        plain_ids[row] = last > first and 32 < letters[first] < 127


def _ids(table: pa.Table) -> tuple[Array, Array, tuple[Array, Array]]:
    """Hash the ids of a table; the second array says which rows surely have one, the last two are their letters."""
    ids = pc.cast(table.column("id"), pa.large_string()).combine_chunks()
    ids = ids.chunk(0) if isinstance(ids, pa.ChunkedArray) and ids.num_chunks else ids
    count = table.num_rows
    hashes, plain_ids = np.zeros(count, dtype=np.uint64), np.zeros(count, dtype=np.bool_)
    if not count:
        return hashes, plain_ids, (np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint8))
    _, offsets, letters = ids.buffers()
    begins = np.frombuffer(offsets, dtype=np.int64)[ids.offset:ids.offset + count + 1]
    bytes_ = np.frombuffer(letters, dtype=np.uint8) if letters is not None else np.zeros(0, dtype=np.uint8)
    _look_at_ids(begins, bytes_, plain_ids, hashes)
    if ids.null_count:
        plain_ids &= ids.is_valid().to_numpy(zero_copy_only=False)
    return hashes, plain_ids, (begins, bytes_)


# ---------------------------------------------------------------------------------------------------------
# The two tables.


@attrs.frozen(kw_only=True, eq=False)
class Credentials:
    """The credentials of some holders as arrays; `is_plain` says which rows need no second look."""

    table: pa.Table
    holders: Text
    code: Array
    body: Array
    certified_on: Array
    expires_on: Array
    cycle_start: Array
    extended_until: Array
    voluntary: Array
    region: Array
    hashes: Array
    is_plain: Array


CODES = tuple(vocabulary.NAMES)


def read_credentials(table: pa.Table) -> Credentials:
    """Read a table of credentials, or of those of some holders."""
    known = {**{code: index for index, code in enumerate(CODES)},
             **{alias: CODES.index(code) for alias, code in vocabulary.ALIASES.items()}}
    codes, bodies = _words(table, "code"), _words(table, "body")
    regions = _words(table, "fee_region")
    code = codes.map(lambda value: known.get(value, -1), -1)
    body = np.zeros(table.num_rows, dtype=np.int64) if bodies is None else bodies.map(
        lambda value: _BODIES.index(value) if value in _BODIES else -1, 0)
    region = np.zeros(table.num_rows, dtype=np.int64) if regions is None else regions.map(
        lambda value: vocabulary.FEE_REGIONS.index(value) if value in vocabulary.FEE_REGIONS else -1, 0)
    days = {name: _days(table, name) for name in ("certified_on", "expires_on", "cycle_start", "extended_until")}
    voluntary, voluntary_read = _flags(table, "voluntary")
    nca, nca_read = _flags(table, "previous_nca")
    hashes, has_id, _ = _ids(table)
    certified, expires = days["certified_on"][0], days["expires_on"][0]
    in_body = np.array([[name in vocabulary.BODIES[one] for name in _BODIES] for one in CODES])
    simple = (code >= 0) & (body >= 0) & (region >= 0) & has_id & voluntary_read & nca_read & ~voluntary
    for _, well_read in days.values():
        simple &= well_read
    simple &= in_body[code, body] & (expires != NO_DAY) & (certified <= expires)
    simple &= (days["cycle_start"][0] == NO_DAY) & (days["extended_until"][0] == NO_DAY)
    holders = _words(table, "holder")
    simple &= holders.map(lambda value: isinstance(value, str) and bool(value.strip()), 0).astype(np.bool_)
    return Credentials(table=table, holders=holders, code=code, body=body, certified_on=certified, expires_on=expires,
                       cycle_start=days["cycle_start"][0], extended_until=days["extended_until"][0],
                       voluntary=voluntary, region=region, hashes=hashes, is_plain=simple)


@attrs.frozen(kw_only=True, eq=False)
class Activities:
    """The activities of some holders as arrays."""

    table: pa.Table
    holders: Text
    days: Array
    kinds: Array
    points: Array
    areas: Array
    hashes: Array
    id_letters: tuple[Array, Array]
    is_plain: Array


def read_activities(table: pa.Table) -> Activities:
    """Read a table of activities, or of those of some holders."""
    days, simple = _days(table, "completed_on")
    kinds, points, counted = _points(table)
    areas, areas_read = _areas(table)
    hashes, has_id, letters = _ids(table)
    simple = simple & counted & areas_read & has_id & _well_read(table, "title", needed=True)
    simple &= _well_read(table, "provider") & _well_read(table, "source") & _documents(table)
    return Activities(table=table, holders=_words(table, "holder"), days=days, kinds=kinds, points=points, areas=areas,
                      hashes=hashes, id_letters=letters, is_plain=simple)


def _points(table: pa.Table) -> tuple[Array, Array, Array]:
    """Convert amounts to hundredths of a point, exactly: each distinct amount once for each worth of a unit."""
    kinds = _words(table, "kind").map(lambda value: _KINDS.index(value) if value in _KINDS else -1, -1)
    amounts, units = _words(table, "amount"), _words(table, "unit")
    default = np.array([_UNITS.index(vocabulary.KINDS[kind][0]) for kind in _KINDS])
    unit = default[kinds]
    if units is not None:
        given = units.map(lambda value: _UNITS.index(value) if value in _UNITS else -2, -1)
        unit = np.where(given == -1, unit, given)
    fits = np.array([[name in vocabulary.KINDS[kind] for name in _UNITS] for kind in _KINDS])
    worth = np.array([_WORTHS.index(vocabulary.UNITS[name]) for name in _UNITS])
    value = np.array([[_hundredths(amount, one) for amount in amounts.values] + [0] for one in _WORTHS],
                     dtype=np.int64)
    points = value[worth[unit], amounts.codes]
    good = (kinds >= 0) & (unit >= 0) & fits[kinds, unit] & (points > 0)
    return kinds.astype(np.int8), points.astype(np.int32), good


def _hundredths(amount: Any, worth: int) -> int:
    """Give hundredths of a point, or 0 where the reader of records has to be asked."""
    read = _read("amount", amount)
    if not isinstance(read, Decimal) or read > MOST_POINTS:
        return 0
    hundredths = exact_hundredths(read, worth)
    return hundredths if hundredths is not None and hundredths <= MOST_POINTS * 100 else 0


def _areas(table: pa.Table) -> tuple[Array, Array]:
    """Turn the areas that an activity may serve into bits, whether they are a list or parted by semicolons."""
    count = table.num_rows
    if "areas" not in table.column_names:
        return np.zeros(count, dtype=np.int32), np.ones(count, dtype=np.bool_)
    column = table.column("areas")
    if _is_list(column.type):
        return _areas_of_lists(column)
    words = _words(table, "areas")
    bits = {value: _bits(split(value)) for value in words.values}
    found = words.map(lambda value: bits[value], 0)
    return np.maximum(found, 0).astype(np.int32), found >= 0


def _areas_of_lists(column: pa.ChunkedArray) -> tuple[Array, Array]:
    lists = pa.concat_arrays([chunk.cast(pa.list_(pa.string())) for chunk in column.chunks]) if column.num_chunks \
        else pa.array([], pa.list_(pa.string()))
    lengths = pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    words = _words(pa.table({"areas": lists.flatten()}), "areas")
    bits = words.map(lambda value: _bits([value]), -1)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    found, bad = np.zeros(len(lengths), dtype=np.int64), np.zeros(len(lengths), dtype=np.bool_)
    np.bitwise_or.at(found, rows, np.maximum(bits, 0))
    np.logical_or.at(bad, rows, bits < 0)
    return found.astype(np.int32), ~bad & (np.bitwise_count(found) == lengths)


def _bits(names: Sequence[Any]) -> int:
    """Give the bits of some areas, or -1 if they do not read well."""
    known = [name for name in names if name in vocabulary.AREAS]
    return sum(1 << vocabulary.AREAS.index(name) for name in known) if len(set(known)) == len(names) else -1


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
                or pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind))


def _documents(table: pa.Table) -> Array:
    """Say which rows have documents that read well; lists are looked at one by one if there are any."""
    if "documents" not in table.column_names:
        return np.ones(table.num_rows, dtype=np.bool_)
    if _is_list(table.column("documents").type):
        lists = table.column("documents").to_pylist()
        return np.array([value is None or _reads("documents", value) for value in lists], dtype=np.bool_)
    words = _words(table, "documents")
    return words.map(lambda value: _reads("documents", split(value)), 1).astype(np.bool_)


def split(value: Any) -> Any:
    """Part a text at its semicolons."""
    return [part.strip() for part in value.split(AREA_SEPARATOR) if part.strip()] if isinstance(value, str) else value


def raw_rows(table: pa.Table, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Give rows as a record would have them: no empty cells, lists as lists."""
    taken = table.take(pa.array(rows, pa.int64())).to_pylist()
    return [_raw(row) for row in taken]


def _raw(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: split(value) if name in _LISTS else plain(value) for name, value in row.items() if value is not None}
