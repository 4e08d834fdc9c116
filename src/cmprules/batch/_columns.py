"""From columns to arrays: every distinct value is read once, by the same reader as that of a record.

A row of which every value reads well is plain.  Any other is given to the reader of records whole, which says what is
wrong with it, or that nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._facts.records import Activity, Credential, Holder, Placement, Settled
from cmprules._kit.calendar import EARLIEST_DAY, LATEST_DAY
from cmprules._kit.points import exact_hundredths
from cmprules._kit.shapes import BAD, Shape, fields_of
from cmprules._words import vocabulary
from cmprules._words.limits import MOST_POINTS
from cmprules._words.spellings import code_written
from cmprules.batch._compiled import BODIES, CODES, day_number
from cmprules.batch._kernel.records import NO_DAY, Array
from cmprules.batch._loops import Meanings, Rows, fill_areas, look_at_names
from cmprules.batch._plain import LISTS, NAMES, is_list
from cmprules.errors import Fault

_SEPARATORS = re.compile("[;,]")
FLAGS = ("voluntary", "previous_nca")
COLUMNS = {
    "credentials": ("holder", "name", "id", "code", "body", "certified_on", "expires_on", "cycle_start", "voluntary",
                    "previous_nca", "extended_until", "fee_region"),
    "activities": ("holder", "id", "title", "provider", "session", "completed_on", "kind", "amount", "unit", "areas",
                   "proposed_areas", "documents", "source"),
    "placements": ("holder", "credential", "activity", "area", "points"),
    "settled": ("holder", "code", "subjects", "answer", "others"),
}
"""The columns of each table, named as the keys of a record."""

_NEEDED = {"credentials": ("holder", "id", "code"), "activities": ("holder", "title", "kind", "amount"),
           "placements": COLUMNS["placements"], "settled": COLUMNS["settled"][:-1]}
_SHAPES: dict[str, Shape] = {
    field.key: field.shape for cls in (Settled, Placement, Activity, Credential, Holder) for field in fields_of(cls)
}
_KINDS = tuple(vocabulary.KINDS)
_UNITS = {unit: number for number, unit in enumerate(vocabulary.UNITS)}
_WORTHS = tuple(sorted(set(vocabulary.UNITS.values())))


@attrs.frozen(kw_only=True, eq=False)
class Given:
    """Rows of a table, and their numbers within the whole of it; what an engine deals out has none to `show`."""

    table: pa.Table
    numbers: Array
    show: bool = True

    @classmethod
    def whole(cls, table: pa.Table) -> Given:
        """Take a table as the whole."""
        return cls(table=table, numbers=np.arange(table.num_rows))

    def with_ids(self) -> Given:
        """Name rows by their numbers where there is no column that names them."""
        if "id" in self.table.column_names:
            return self
        ids = pa.array([f"row-{number}" for number in self.numbers.tolist()], pa.string())
        return attrs.evolve(self, table=self.table.append_column("id", ids))

    def named(self, row: int) -> str:
        """Name a row to a reader."""
        return f"row {self.numbers[row]}" if self.show else "another row"


def column_faults(table: pa.Table, name: str, extra: Sequence[str] = (), carried: Sequence[str] = ()) -> list[Fault]:
    """Note columns that a table lacks, that stand twice, or whose type no cell could have.

    Args:
        table: what is left of the table once its extra columns are left out.
        name: which table it is.
        extra: the columns that were left out, one of which may be meant.
        carried: columns that are only to be carried along, whatever they hold.
    """
    found = table.column_names
    missing = (_fault(name, column, "MISSING_KEY", None, f"a column '{column}'", _column_hint(column, extra))
               for column in (*_NEEDED[name], *carried) if column not in found)
    repeated = (_fault(name, column, "REPEATED_KEY", column, "each column once", "keep one of them")
                for column in dict.fromkeys(found) if found.count(column) > 1)
    wrong = (_fault(name, field.name, "WRONG_TYPE", str(field.type), _expected(field.name), "convert the column")
             for field in table.schema if field.name not in carried and not _may_hold(field))
    return [*missing, *repeated, *wrong]


def _column_hint(column: str, extra: Sequence[str]) -> str:
    """Tell what to do about a missing column: rename the one that differs by nothing but spelling, or add it."""
    plain = {"".join(filter(str.isalnum, name)).casefold(): name for name in extra}
    meant = plain.get(column.replace("_", ""))
    if meant is not None:
        return f"rename '{meant}', or say so with columns={{{meant!r}: {column!r}}}"
    return f"add it, or rename one with columns={{'Theirs': {column!r}}}"


def _fault(table: str, column: str, code: str, value: object, expected: str, hint: str) -> Fault:
    return Fault(path=f"$.{table}.{column}", code=code, value=value, expected=expected, hint=hint)


def _expected(column: str) -> str:
    return "a column of text or of whole numbers" if column in NAMES else "a column of plain values"


def _may_hold(field: pa.Field) -> bool:
    """Whether the cells of a column could be read at all, each by itself."""
    kind = field.type
    if is_list(kind):
        return field.name in LISTS and not pa.types.is_nested(kind.value_type)
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if field.name in NAMES:
        return bool(pa.types.is_string(plain) or pa.types.is_null(plain))
    return bool(pa.types.is_null(plain) or pa.types.is_boolean(plain) or pa.types.is_integer(plain)
                or pa.types.is_floating(plain) or pa.types.is_decimal(plain) or pa.types.is_date(plain)
                or pa.types.is_timestamp(plain) or pa.types.is_string(plain))


# ---------------------------------------------------------------------------------------------------------
# One column.


@attrs.frozen(kw_only=True, eq=False)
class Words:
    """A column by its distinct values: the number of each row's value, and the values; -1 is an empty cell."""

    codes: Array
    values: list[Any]

    def map(self, what: Callable[[Any], int], absent: int) -> Array:
        """Give each row a number that follows from its value."""
        return np.array([*map(what, self.values), absent], dtype=np.int32)[self.codes]

    def reads(self, name: str) -> Array | None:
        """Say of which rows the reader of records takes the value; None for all.  An empty cell reads well."""
        well_read = [_read(name, value) is not BAD for value in self.values]
        return None if all(well_read) else np.array([*well_read, True], dtype=np.bool_)[self.codes]


def words_of(table: pa.Table, name: str) -> Words:
    """Take a column by its distinct values; one that the table lacks is empty."""
    if name not in table.column_names or pa.types.is_null(table.schema.field(name).type):
        return Words(codes=np.full(table.num_rows, -1, dtype=np.int32), values=[])
    return _distinct(table.column(name))


def _distinct(column: pa.ChunkedArray) -> Words:
    """Number the distinct values of a column."""
    codes, given = _numbered(column)
    values = [_plain(value) for value in given]
    number = {value: place for place, value in reversed([*enumerate(values)])}
    number[None] = -1
    if len(number) == len(values) + 1:
        return Words(codes=codes, values=values)
    first = np.array([*(number[value] for value in values), -1], dtype=np.int32)  # a dictionary may repeat itself
    return Words(codes=first[codes], values=values)


def _numbered(column: pa.ChunkedArray) -> tuple[Array, list[Any]]:
    """Number the values of a column (-1: none), and list them; of a type that Arrow cannot number, each by itself."""
    if not pa.types.is_dictionary(column.type):
        try:
            column = column.dictionary_encode()
        except pa.ArrowNotImplementedError:
            listed = column.to_pylist()
            return np.where([value is None for value in listed], -1, np.arange(len(listed))).astype(np.int32), listed
    codes, dictionary = _encoded(column)
    return codes, dictionary.to_pylist()


def _encoded(column: pa.ChunkedArray) -> tuple[Array, pa.Array]:
    """Take a column of words by number as numbers (-1: none) and words."""
    if not column.num_chunks:
        return np.empty(0, dtype=np.int32), pa.array([], column.type.value_type)
    whole = column.unify_dictionaries().combine_chunks()
    indices = whole.indices.fill_null(-1) if whole.null_count else whole.indices
    return indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), whole.dictionary


def _plain(value: Any) -> Any:
    """Take a value as a record would have it: pandas has no days, so that its midnights are days."""
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == time(0):
        return value.date()
    return value


def _read(name: str, value: Any) -> Any:
    return _SHAPES[name].read(_cell(name, value), "$", [])


def _days(table: pa.Table, name: str) -> tuple[Array, Array | None]:
    """Number the days of a column; the second array says which rows read well, None that all do."""
    if name in table.column_names and pa.types.is_date32(table.schema.field(name).type):
        days = pc.fill_null(pc.cast(table.column(name), pa.int32()), NO_DAY).to_numpy()
        well_read = (days == NO_DAY) | ((days >= day_number(EARLIEST_DAY)) & (days <= day_number(LATEST_DAY)))
        return days, None if well_read.all() else well_read
    words = words_of(table, name)
    read = [_read(name, value) for value in words.values]
    days = np.array([*(day_number(day) if isinstance(day, date) else NO_DAY for day in read), NO_DAY], dtype=np.int32)
    return days[words.codes], words.reads(name)


def _places(table: pa.Table, name: str, known: Sequence[str], absent: int) -> Array:
    """Give the place of each word in a closed list; -1 for any other."""
    place = {word: index for index, word in enumerate(known)}
    return words_of(table, name).map(lambda value: place.get(value, -1), absent)


def _flags(table: pa.Table, name: str) -> tuple[Array, Array | None]:
    """Take a column of yes and no; an empty cell is no.  The second array says which rows read well."""
    words = words_of(table, name)
    return words.map(lambda value: _cell(name, value) is True, 0).astype(np.bool_), words.reads(name)


# ---------------------------------------------------------------------------------------------------------
# Names: ids, holders, titles and other text.


@attrs.frozen(kw_only=True, eq=False)
class Ids:
    """The names of a column: their letters, where each begins, and which surely are no blanks."""

    starts: Array
    letters: Array
    is_plain: Array


@attrs.frozen(kw_only=True, eq=False)
class Names:
    """A column of names by its distinct values: the number of each row's name, and the names; -1 is an empty cell."""

    codes: Array
    values: pa.Array

    def well_named(self) -> Array:
        """Say which rows have a name that the reader of records takes."""
        return np.append(_well_read(self.values, "id", empty=False), False)[self.codes]


def names_of(table: pa.Table, name: str) -> Names:
    """Take a column of names by its distinct values."""
    if pa.types.is_null(table.schema.field(name).type):
        return Names(codes=np.full(table.num_rows, -1, dtype=np.int32), values=pa.array([], pa.string()))
    column = table.column(name)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    codes, values = _encoded(column)
    if values.null_count or pc.count_distinct(values).as_py() != len(values):  # a dictionary may repeat itself
        codes, values = _encoded(pa.chunked_array([values.take(pa.array(codes, mask=codes < 0)).dictionary_encode()]))
    return Names(codes=codes, values=values)


def ids_of(column: pa.ChunkedArray) -> Ids:
    """Look at the letters of a column of names."""
    plain = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    ids = pa.concat_arrays(pc.cast(plain, pa.large_string()).chunks or [pa.array([], pa.large_string())])
    _, offsets, letters = ids.buffers()
    starts = np.frombuffer(offsets or bytes(8), dtype=np.int64)[ids.offset:ids.offset + len(ids) + 1]
    found = Ids(starts=starts, letters=np.frombuffer(letters or bytes(1), dtype=np.uint8),
                is_plain=np.zeros(len(ids), dtype=np.bool_))
    look_at_names(starts, found.letters, found.is_plain)
    if ids.null_count:
        found.is_plain[~ids.is_valid().to_numpy(zero_copy_only=False)] = False
    return found


def _well_read(column: pa.ChunkedArray | pa.Array, name: str, *, empty: bool) -> Array:
    """Say which texts the reader of records takes; it is asked for those that may be blanks, each distinct one once."""
    column = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    well_read = ids_of(column).is_plain
    doubtful = np.flatnonzero(~well_read)
    words = _distinct(column.take(pa.array(doubtful))) if len(doubtful) else Words(codes=doubtful, values=[])
    well_read[doubtful] = words.map(lambda value: _read(name, value) is not BAD, empty)
    return well_read


def _reads_text(table: pa.Table, name: str, *, empty: bool) -> Array | None:
    """Say in which rows the reader of records takes a text; None for all.  `empty` says whether it may be missing."""
    if name not in table.column_names or pa.types.is_null(table.schema.field(name).type):
        return None if empty else np.zeros(table.num_rows, dtype=np.bool_)
    column = table.column(name)
    if pa.types.is_string(column.type):
        well_read = _well_read(column, name, empty=empty)
    else:
        words = words_of(table, name)
        by_word = np.array([*(_read(name, value) is not BAD for value in words.values), empty], dtype=np.bool_)
        if by_word[:-1].all() and (empty or not column.null_count):
            return None
        well_read = by_word[words.codes]
    return None if well_read.all() else well_read


# ---------------------------------------------------------------------------------------------------------
# The tables.


@attrs.frozen(kw_only=True, eq=False)
class Credentials:
    """The credentials of some holders as arrays; `is_plain` says which rows need no second look."""

    given: Given
    holders: Names
    code: Array
    body: Array
    certified_on: Array
    expires_on: Array
    cycle_start: Array
    extended_until: Array
    voluntary: Array
    region: Array
    ids: Ids
    is_plain: Array


def read_credentials(given: Given) -> Credentials:
    """Read the credentials of some holders."""
    table = given.table
    code, body = _categories(table)
    region = _places(table, "fee_region", vocabulary.FEE_REGIONS, 0)
    days = {name: _days(table, name) for name in ("certified_on", "expires_on", "cycle_start", "extended_until")}
    flags = {name: _flags(table, name) for name in FLAGS}
    ids, holders = ids_of(table.column("id")), names_of(table, "holder")
    certified, expires = days["certified_on"][0], days["expires_on"][0]
    plain = (code >= 0) & (region >= 0) & (body >= 0) & ids.is_plain & holders.well_named()
    plain &= _EXISTS[code, body] & (expires != NO_DAY) & (certified <= expires) & ~flags["voluntary"][0]
    plain &= (days["cycle_start"][0] == NO_DAY) & (days["extended_until"][0] == NO_DAY)
    for well_read in (_reads_text(table, "name", empty=True), *(read for _, read in (*days.values(), *flags.values()))):
        plain &= True if well_read is None else well_read
    return Credentials(given=given, holders=holders, code=code, body=body, certified_on=certified, expires_on=expires,
                       cycle_start=days["cycle_start"][0], extended_until=days["extended_until"][0],
                       voluntary=flags["voluntary"][0], region=region, ids=ids, is_plain=plain)


def _categories(table: pa.Table) -> tuple[Array, Array]:
    """Number the code and the body of each row; -1 where the reader of records has to be asked."""
    words = words_of(table, "code")
    read = [code_written(value) if isinstance(value, str) else None for value in words.values]
    code = np.array([*(-1 if one is None else CODES.index(one.code) for one in read), -1], dtype=np.int32)
    within = np.array([*(-1 if one is None or one.body is None else BODIES.index(one.body) for one in read), -1])
    given = words_of(table, "body")
    body = given.map(lambda value: _BODY_NUMBERS.get(value, -1), _NO_BODY)
    bracketed = within[words.codes]
    body = np.where((body == _NO_BODY) & (bracketed >= 0), bracketed, body)
    body[body == _NO_BODY] = 0
    return code[words.codes], np.where((bracketed >= 0) & (bracketed != body), -1, body)


_BODY_NUMBERS = {body: number for number, body in enumerate(BODIES)}
_NO_BODY = -2
_EXISTS = np.array([[body in vocabulary.BODIES[code] for body in BODIES] for code in CODES])


@attrs.frozen(kw_only=True, eq=False)
class Activities:
    """The activities of some holders as columns of numbers, and what these mean.

    `doubts` say, each for one column, which rows read well.
    """

    given: Given
    holders: Names
    rows: Rows
    meanings: Meanings
    ids: Ids
    doubts: tuple[Array, ...]


def read_activities(given: Given) -> Activities:
    """Read the activities of some holders; those without ids get some."""
    given = given.with_ids()
    table = given.table
    days, days_well_read = _days(table, "completed_on")
    kinds, units, amounts = (words_of(table, name) for name in ("kind", "unit", "amount"))
    ids = ids_of(table.column("id"))
    doubts = (days_well_read, None if ids.is_plain.all() else ids.is_plain, _reads_text(table, "title", empty=False),
              _reads_text(table, "provider", empty=True), _reads_text(table, "session", empty=True),
              _proposed(table), words_of(table, "source").reads("source"), _documents(table))
    return Activities(
        given=given, holders=names_of(table, "holder"), ids=ids, meanings=_meanings(kinds, units, amounts),
        rows=Rows(days=days, areas=_areas(table), kinds=kinds.codes, units=units.codes, amounts=amounts.codes),
        doubts=tuple(doubt for doubt in doubts if doubt is not None))


def _meanings(kinds: Words, units: Words, amounts: Words) -> Meanings:
    """Say what words mean; amounts are converted to hundredths of a point exactly, for each worth of a unit."""
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
    """Give the place of what a unit is worth; -1 if it is none, or does not fit the kind."""
    return _WORTHS.index(vocabulary.UNITS[unit]) if unit in vocabulary.KINDS[kind] else -1


def _hundredths(amount: Any, worth: int) -> int:
    read = _read("amount", amount)
    if not isinstance(read, Decimal) or read > MOST_POINTS:
        return 0
    hundredths = exact_hundredths(read, worth)
    return hundredths if hundredths is not None and hundredths <= MOST_POINTS * 100 else 0


def _areas(table: pa.Table) -> Array:
    """Turn the areas that each activity may serve into bits; -1 where the reader of records has to be asked."""
    if "areas" in table.column_names and is_list(table.schema.field("areas").type):
        return _areas_of_lists(table.column("areas"))
    return words_of(table, "areas").map(lambda value: _bits(_cell("areas", value)), 0)


def _areas_of_lists(column: pa.ChunkedArray) -> Array:
    lists = pa.concat_arrays([chunk.cast(pa.large_list(column.type.value_type)) for chunk in column.chunks]
                             or [pa.array([], pa.large_list(pa.string()))])
    words = words_of(pa.table({"areas": lists.flatten()}), "areas")
    lengths = pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False)
    found = np.zeros(len(lists), dtype=np.int32)
    fill_areas(np.concatenate([[0], np.cumsum(lengths)]), words.map(lambda value: _bits([value]), -1), found)
    return found


def _bits(names: Any) -> int:
    """Give the bits of some areas, or -1 if they do not read well."""
    if not isinstance(names, list) or len(set(names)) != len(names):
        return -1
    return sum(1 << vocabulary.AREAS.index(name) for name in names) if set(names) <= set(vocabulary.AREAS) else -1


def _proposed(table: pa.Table) -> Array | None:
    """Say which rows propose no areas, None for all: the reader of records is asked about the others."""
    if "proposed_areas" not in table.column_names:
        return None
    column = table.column("proposed_areas")
    found: Array = column.is_null().to_numpy()
    return found


def _documents(table: pa.Table) -> Array | None:
    """Say which rows have documents that read well, None for all; lists are looked at one by one."""
    if "documents" in table.column_names and is_list(table.schema.field("documents").type):
        lists = table.column("documents").to_pylist()
        return np.array([value is None or _read("documents", value) is not BAD for value in lists], dtype=np.bool_)
    return words_of(table, "documents").reads("documents")


# ---------------------------------------------------------------------------------------------------------
# Rows as a record would have them.


def raw_rows(table: pa.Table, rows: Sequence[int] | Array) -> list[dict[str, Any]]:
    """Give rows as a record would have them: no empty cells, lists as lists, yes and no as such."""
    known = [name for name in table.column_names if name in _SHAPES or name == "holder"]
    return [_raw(row) for row in taken(table.select(known), np.asarray(rows, dtype=np.int64)).to_pylist()]


def taken(table: pa.Table, rows: Array) -> pa.Table:
    """Take some rows, out of each batch those that are in it: Arrow would first put all of a table in one piece."""
    if not len(rows):
        return table.slice(0, 0)
    batches = table.to_batches()
    ends = np.cumsum([len(batch) for batch in batches])
    batch_of = np.searchsorted(ends, rows, side="right")
    by_batch = np.argsort(batch_of, kind="stable")
    parts = [batches[number].take(pa.array(rows[batch_of == number] - (ends[number] - len(batches[number]))))
             for number in np.unique(batch_of).tolist()]
    return pa.Table.from_batches(parts).take(pa.array(np.argsort(by_batch)))


def _raw(row: Mapping[str, Any]) -> dict[str, Any]:
    raw = {name: _cell(name, _plain(value)) for name, value in row.items() if value is not None}
    areas = raw.get("areas")
    if isinstance(areas, list) and any(isinstance(area, str) and ":" in area for area in areas):
        raw["certified"] = {area.partition(":")[0].strip(): area.partition(":")[2].strip() for area in areas
                            if ":" in area}
        raw["areas"] = [area for area in areas if ":" not in area]
    return raw


def _cell(name: str, value: Any) -> Any:
    """Take what is text for want of a better type in a file: lists parted by semicolons, `true` and `false`."""
    if isinstance(value, str) and name in LISTS:
        return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
    if isinstance(value, str) and name in FLAGS:
        return {"true": True, "false": False}.get(value.casefold(), value)
    return value
