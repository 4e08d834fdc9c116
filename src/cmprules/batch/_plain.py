"""Bring columns from other libraries to the few types that the rest of the package handles.

Polars numbers categories with unsigned integers and stores text as views; DuckDB numbers its enumerations in bytes;
pandas joins categories that differ from chunk to chunk; others store runs of values.  Only this module handles them.
"""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

LISTS = ("areas", "proposed_areas", "documents", "subjects", "others")
"""The columns whose cells may be lists."""

NAMES = ("holder", "id", "credential", "activity")
"""The columns whose cells are names: integers there are read as text."""

_FIRST_DAY, _LAST_DAY = (day.toordinal() - date(1970, 1, 1).toordinal() for day in (date.min, date.max))
BY_NUMBER = pa.dictionary(pa.int32(), pa.string())


def plain_columns(table: pa.Table) -> pa.Table:
    """Bring every column to a plain type: text as text or as numbered text; lists of text as lists of text.

    Raises:
        ArrowException: a text is not UTF-8, or the table is damaged.
    """
    table.validate()
    for place, field in enumerate(table.schema):
        column = table.column(place)
        _validate(column)
        plain = _plain_list(column) if is_list(field.type) else _plain_column(column, field.name)
        if plain is not column:
            table = table.set_column(place, field.name, plain)
    return table


def _validate(column: pa.ChunkedArray) -> None:
    """Check every value of a column; of numbered words, each word once, and the least and the largest number.

    Raises:
        ArrowException: a text is not UTF-8, or a number has no word.
    """
    if not pa.types.is_dictionary(column.type):
        column.validate(full=True)
        return
    for chunk in column.chunks:
        chunk.dictionary.validate(full=True)
        ends = pc.min_max(chunk.indices).as_py().values()
        if not all(end is None or 0 <= end < len(chunk.dictionary) for end in ends):
            raise pa.ArrowInvalid(f"a column has {len(chunk.dictionary)} words, and numbers for others")


def is_list(kind: pa.DataType) -> bool:
    """Return whether the cells of a column are lists."""
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
                or pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind))


def _plain_column(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Bring a column to its values, and the values to a plain type."""
    column = _values_of(column)
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column if name not in NAMES or name == "holder" else pc.cast(column, pa.string())
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _within_reason(column)
    if pa.types.is_float16(kind):
        return pc.cast(column, pa.float32())
    if pa.types.is_decimal(kind) and not pa.types.is_decimal128(kind):
        return pc.cast(column, pa.string())
    if _is_text(kind) or (name in NAMES and pa.types.is_integer(kind)):
        return column if pa.types.is_string(kind) else pc.cast(column, pa.string())
    return column


def _values_of(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Remove every encoding between a column and its values; text may stay numbered."""
    while True:
        kind = column.type
        if isinstance(kind, pa.BaseExtensionType):
            column = _stored(column)
        elif pa.types.is_run_end_encoded(kind):
            column = pa.chunked_array([*map(pc.run_end_decode, column.chunks)], kind.value_type)
        elif pa.types.is_dictionary(kind) and kind != BY_NUMBER:
            column = _renumbered(column) if _is_text(kind.value_type) else _decoded(column)
        else:
            return column


def _within_reason(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Keep days and times that Python can represent; if one is out of range, or finer, turn the cells into text."""
    kind = column.type
    try:
        if pa.types.is_date(kind):
            plain, numbers, per_day = column, pc.cast(pc.cast(column, pa.date32()), pa.int32()), 1
        else:
            plain, per_day = pc.cast(column, pa.timestamp("us", kind.tz)), 86_400_000_000
            numbers = pc.cast(plain, pa.int64())
    except pa.ArrowInvalid:
        return pc.cast(column, pa.string())
    ends = [end for end in pc.min_max(numbers).as_py().values() if end is not None]
    return plain if all(_FIRST_DAY <= end // per_day <= _LAST_DAY for end in ends) else pc.cast(column, pa.string())


def _stored(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take the storage of a library's own type; an identifier of 16 bytes as text."""
    if column.type.extension_name == "arrow.uuid":
        return pa.chunked_array([pa.array([None if value is None else str(value) for value in column.to_pylist()],
                                          pa.string())])
    return pa.chunked_array([chunk.storage for chunk in column.chunks], column.type.storage_type)


def _renumbered(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Number the words of a column with our own type of number, whatever its chunks use."""
    chunks = [pa.DictionaryArray.from_arrays(pc.cast(chunk.indices, pa.int32()),
                                             pc.cast(_array_of(chunk.dictionary), pa.string()))
              for chunk in column.chunks]
    return pa.chunked_array(chunks, BY_NUMBER)


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Replace each number by its value."""
    values = [_array_of(chunk.dictionary).take(chunk.indices) for chunk in column.chunks]
    return pa.chunked_array(values, values[0].type if values else column.type.value_type)


def _array_of(values: pa.Array) -> pa.Array:
    """Return the words of a dictionary, which may be numbered themselves."""
    plain = _values_of(pa.chunked_array([values]))
    found = plain.combine_chunks()
    return found.cast(pa.string()) if pa.types.is_dictionary(plain.type) else found


def _plain_list(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Bring a column of lists to lists of text; other lists stay, and are refused later."""
    kind = column.type
    if kind == pa.list_(pa.string()):
        return column
    leaf = _values_of(pa.chunked_array([], kind.value_type)).type
    if not (_is_text(leaf) or pa.types.is_dictionary(leaf) or pa.types.is_null(leaf)):
        return column
    return pa.chunked_array([pa.array(column.to_pylist(), pa.list_(pa.string()))])


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))
