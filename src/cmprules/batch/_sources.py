"""Tables from elsewhere as Arrow tables: Parquet and CSV files, pandas, Polars, Arrow, DuckDB relations."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cmprules.batch._columns.given import COLUMNS
from cmprules.batch._csv import CsvFile
from cmprules.batch._plain import plain_columns
from cmprules.batch._writing import CSV, PARQUET
from cmprules.errors import Fault

OTHER_ENDING = "its name ends in neither .parquet nor .csv; `cmprules intake` and `cmprules reports` read other files"
REPETITIVE = ("holder", "code", "body", "fee_region", "title", "provider", "kind", "unit", "source", "areas")


def arrow_table(source: Any, path: str, faults: list[Fault]) -> pa.Table | None:
    """Take a table from a file or from a library; note a fault and return None if that is impossible."""
    try:
        table = _table(source)
        if table is not None:
            return plain_columns(_without_index(table))
    except (OSError, ValueError, pa.ArrowException) as error:
        faults.append(unreadable(path, source, error))
        return None
    faults.append(Fault(path=path, code="WRONG_TYPE", value=type(source).__name__, expected="a table",
                        hint="give a Parquet or CSV file, or a table of pandas, Polars, Arrow or DuckDB"))
    return None


def _table(source: Any) -> pa.Table | None:
    if isinstance(source, str | PathLike):
        return _from_file(Path(source))
    if isinstance(source, pa.Table):
        return source
    if isinstance(source, pa.RecordBatch):
        return pa.Table.from_batches([source])
    if hasattr(source, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(source).read_all()
    return None


def _without_index(table: pa.Table) -> pa.Table:
    """Leave out the index of a pandas frame, unless it is named like a column."""
    said = (table.schema.metadata or {}).get(b"pandas")
    if said is None:
        return table
    listed = json.loads(said).get("index_columns", ())
    known = {name for names in COLUMNS.values() for name in names}
    return table.drop([name for name in listed if isinstance(name, str) and name in {*table.column_names} - known])


def left_out(name: str, extra: Sequence[str]) -> str:
    """Remark on the columns that are not part of a record."""
    return f"{name}: left out {', '.join(map(repr, extra))} (carry a column to have it among the answers)"


def unreadable(place: str, source: object, error: Exception, expected: str = "a Parquet or CSV file") -> Fault:
    """Note that a file or a table cannot be read, with the reason in one line."""
    shown = str(source) if isinstance(source, str | PathLike) else type(source).__name__
    reason = getattr(error, "hint", None) or getattr(error, "strerror", None) or _ragged(str(error))
    return Fault(path=place, code="CANNOT_READ", value=shown, expected=expected, hint=" ".join(reason.split()))


_RAGGED = re.compile(r"CSV parse error: (?:Row #\d+: )?Expected (\d+) columns, got (\d+): ", re.DOTALL)


def _ragged(reason: str) -> str:
    """Explain rows of another length than the first in the words of a reader, who may have a list without names."""
    found = _RAGGED.match(reason)
    if found is None:
        return reason
    return (f"its first line has {found[1]} cells and another row has {found[2]} ({reason[found.end():][:60]}); the "
            "first line names the columns, so that a list without names, such as a provider's roster, is not read")


def _from_file(path: Path) -> pa.Table:
    ending = path.suffix.lower()
    if ending == PARQUET:
        with pa.OSFile(os.fsencode(path)) as file:
            return pq.read_table(file, read_dictionary=list(REPETITIVE))
    if ending == CSV:
        return CsvFile.of(path).whole()
    raise OSError(OTHER_ENDING)


def spelled_out(table: pa.Table) -> pa.Table:
    """Write numbered holders as text, so that those of two tables can be compared."""
    place = table.schema.get_field_index("holder")
    if place < 0 or not pa.types.is_dictionary(table.schema.field(place).type):
        return table
    return table.set_column(place, "holder", pc.cast(table.column(place), pa.string()))
