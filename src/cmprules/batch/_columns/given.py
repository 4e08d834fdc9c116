"""Rows of a table, and the faults of its columns."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np
import pyarrow as pa

from cmprules.batch._kernel.records import Array
from cmprules.batch._plain import LISTS, NAMES, is_list
from cmprules.errors import Fault

COLUMNS = {
    "credentials": ("holder", "name", "id", "code", "body", "certified_on", "expires_on", "cycle_start", "voluntary",
                    "previous_nca", "extended_until", "fee_region"),
    "activities": ("holder", "id", "title", "provider", "session", "completed_on", "kind", "amount", "unit", "areas",
                   "proposed_areas", "documents", "source"),
    "placements": ("holder", "credential", "activity", "area", "points"),
    "settled": ("holder", "code", "subjects", "answer", "others"),
}
"""The columns of each table, named like the keys of a record."""
_NEEDED = {"credentials": ("holder", "id", "code"), "activities": ("holder", "title", "kind", "amount"),
           "placements": COLUMNS["placements"], "settled": COLUMNS["settled"][:-1]}


@attrs.frozen(kw_only=True, eq=False)
class Given:
    """Rows of a table, with their numbers in the whole table; rows from an engine have no numbers to `show`."""

    table: pa.Table
    numbers: Array
    show: bool = True

    @classmethod
    def whole(cls, table: pa.Table) -> Given:
        """Take a whole table."""
        return cls(table=table, numbers=np.arange(table.num_rows))

    def with_ids(self) -> Given:
        """Name rows by their numbers if no column names them."""
        if "id" in self.table.column_names:
            return self
        ids = pa.array([f"row-{number}" for number in self.numbers.tolist()], pa.string())
        return attrs.evolve(self, table=self.table.append_column("id", ids))

    def named(self, row: int) -> str:
        """Name a row for a reader."""
        return f"row {self.numbers[row]}" if self.show else "another row"


def column_faults(table: pa.Table, name: str, extra: Sequence[str] = (), carried: Sequence[str] = ()) -> list[Fault]:
    """Note missing columns, repeated columns, and columns of a type that no cell can have.

    Args:
        table: the table without its extra columns.
        name: the name of the table.
        extra: the columns that were left out; one of them may be a missing one under another name.
        carried: columns that are only carried along, whatever they hold.
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
    """Return the remedy for a missing column: rename the one that differs only in spelling, or add it."""
    plain = {"".join(filter(str.isalnum, name)).casefold(): name for name in extra}
    meant = plain.get(column.replace("_", ""))
    if meant is not None:
        return f"rename '{meant}', or say so with columns={{{meant!r}: {column!r}}}"
    return (f"add it, or rename one (in Python: columns={{'Theirs': {column!r}}}); `cmprules reports` knows the "
            "columns of many exports")


def _fault(table: str, column: str, code: str, value: object, expected: str, hint: str) -> Fault:
    return Fault(path=f"$.{table}.{column}", code=code, value=value, expected=expected, hint=hint)


def _expected(column: str) -> str:
    return "a column of text or of whole numbers" if column in NAMES else "a column of plain values"


def _may_hold(field: pa.Field) -> bool:
    """Return whether the cells of a column can be read at all, each by itself."""
    kind = field.type
    if is_list(kind):
        return field.name in LISTS and not pa.types.is_nested(kind.value_type)
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if field.name in NAMES:
        return bool(pa.types.is_string(plain) or pa.types.is_null(plain))
    return bool(pa.types.is_null(plain) or pa.types.is_boolean(plain) or pa.types.is_integer(plain)
                or pa.types.is_floating(plain) or pa.types.is_decimal(plain) or pa.types.is_date(plain)
                or pa.types.is_timestamp(plain) or pa.types.is_string(plain))
