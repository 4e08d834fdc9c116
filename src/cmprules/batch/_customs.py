"""How tables from elsewhere differ from ours: names of columns, words, the form of days, and columns to carry along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from cmprules._answers.asked import Asked
from cmprules._kit.shapes import ListOf, Text, Word
from cmprules.batch._answers import ANSWERS, OWN_PLACEMENT
from cmprules.batch._columns.given import COLUMNS
from cmprules.errors import Fault

ORDERS = ("iso", "us", "eu")
"""The orders of a day written with slashes, dots or dashes: year first, month first, day first."""

_PLACES = {"us": ("m", "d"), "eu": ("d", "m")}
_DAYS = tuple(name for names in COLUMNS.values() for name in names if name.endswith("_on") or name in {
    "cycle_start", "extended_until"})


@attrs.frozen(kw_only=True)
class Customs:
    """The translations on the way in.

    Attributes:
        columns: our name for each of their columns.
        words: for each of our columns, our word for each of theirs, in upper or lower case.
        carry: extra columns of the credentials to copy into the answers.
        dates: the order in which days are written.
    """

    columns: Mapping[str, str] = attrs.field(factory=dict)
    words: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    carry: tuple[str, ...] = ()
    dates: str = "iso"

    @classmethod
    def of(cls, asked: Asked, *, columns: Any, words: Any, carry: Any, dates: Any) -> Customs:
        """Read the arguments that say how tables differ, and note their faults."""
        carried = asked.read(ListOf(Text()), [carry] if isinstance(carry, str) else as_list(carry), "$.carry")
        order = asked.read(Word(ORDERS, "an order of days", "UNKNOWN_WORD"), dates, "$.dates")
        found = cls(
            columns=_mapping(asked, columns, "$.columns"), carry=carried if isinstance(carried, tuple) else (),
            words={name: _mapping(asked, translated, f"$.words.{name}")
                   for name, translated in _mapping_of(asked, words, "$.words").items()},
            dates=order if order in ORDERS else ORDERS[0])
        own = {*ANSWERS.names, OWN_PLACEMENT.name}
        asked.faults.extend(
            Fault(path="$.carry", code="REPEATED_KEY", value=name, expected="a column that the answers do not have",
                  hint="rename it first, with columns") for name in found.carry if name in own)
        return found


def as_list(value: Any) -> Any:
    """Make a list of a collection, in any order; anything else is left as it is, for its reader to refuse."""
    return [*value] if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping) else value


def _mapping_of(asked: Asked, value: Any, path: str) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    asked.faults.append(Fault(path=path, code="WRONG_TYPE", value=value, expected="a mapping",
                              hint="give a dict from their words to ours"))
    return {}


def _mapping(asked: Asked, value: Any, path: str) -> dict[str, str]:
    return {str(theirs): str(ours) for theirs, ours in _mapping_of(asked, value, path).items()}


def extra_columns(table: pa.Table, name: str, customs: Customs) -> tuple[str, ...]:
    """List the columns of a table that are not part of a record and not carried along."""
    known = {*COLUMNS[name], *(customs.carry if name == "credentials" else ())}
    return tuple(name for name in dict.fromkeys(_renamed(table, customs).column_names) if name not in known)


def in_our_words(table: pa.Table, name: str, customs: Customs) -> pa.Table:
    """Rename columns, drop the extra ones, and translate words and days."""
    table = _renamed(table, customs)
    extra = {*extra_columns(table, name, attrs.evolve(customs, columns={}))}
    table = table.select([place for place, column in enumerate(table.column_names) if column not in extra])
    for place, column in enumerate(table.column_names):
        if column in customs.words:
            table = _translated(table, place, _word_of(customs.words[column]))
        if column in _DAYS and customs.dates != "iso":
            table = _translated(table, place, _day_of(customs.dates))
    return table


def _renamed(table: pa.Table, customs: Customs) -> pa.Table:
    if not customs.columns.keys() & {*table.column_names}:
        return table
    return table.rename_columns([customs.columns.get(name, name) for name in table.column_names])


def _translated(table: pa.Table, place: int, translate: Callable[[str], str]) -> pa.Table:
    """Translate each distinct text of a column once; a column of other values stays unchanged."""
    column = table.column(place)
    if pa.types.is_string(column.type):
        column = column.dictionary_encode()
    if not pa.types.is_dictionary(column.type):
        return table
    chunks = [pa.DictionaryArray.from_arrays(chunk.indices, pa.array(
        [None if text is None else translate(text) for text in chunk.dictionary.to_pylist()], pa.string()))
        for chunk in column.chunks]
    plain = pc.cast(pa.chunked_array(chunks, pa.dictionary(pa.int32(), pa.string())), pa.string())
    return table.set_column(place, table.column_names[place], plain)


def _word_of(words: Mapping[str, str]) -> Callable[[str], str]:
    folded = {" ".join(theirs.split()).casefold(): ours for theirs, ours in words.items()}
    return lambda text: folded.get(" ".join(text.split()).casefold(), text)


def _day_of(order: str) -> Callable[[str], str]:
    """Write a day in our form; text that is not a day in their form stays, and becomes a fault of its cell."""
    parts = {"y": r"(?P<y>\d{4})", "m": r"(?P<m>\d{1,2})", "d": r"(?P<d>\d{1,2})"}
    form = re.compile(r"\s*" + r"\s*[/.-]\s*".join(parts[part] for part in (*_PLACES[order], "y")) + r"\s*", re.ASCII)

    def translate(text: str) -> str:
        found = form.fullmatch(text)
        return f"{found['y']}-{int(found['m']):02d}-{int(found['d']):02d}" if found else text

    return translate
