"""A file of a population, read piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from cmprules.batch._columns import Given, column_faults
from cmprules.batch._sources import CSV, PARQUET, REPETITIVE, csv_options, plain_columns
from cmprules.errors import Fault, InputError

__all__ = ["Source", "open_parquet", "open_sources"]

_ROWS_AT_ONCE = 1 << 20
_BYTES_OF_A_CSV_ROW = 60
"""A low guess at the length of a line, so that there are rather too many parts than too few."""


@attrs.frozen(kw_only=True)
class Source:
    """A Parquet or CSV file with one of the tables: `name` says which."""

    name: str
    path: Path
    schema: pa.Schema

    def pieces(self) -> Iterator[pa.Table]:
        """Read the file piece by piece."""
        with self.to_its_end():
            for batch in _batches(self.path):
                yield plain_columns(pa.Table.from_batches([batch]))

    def whole(self) -> Given:
        """Read the file in one piece."""
        return Given.whole(pa.concat_tables([self.schema.empty_table(), *self.pieces()]))

    @contextmanager
    def to_its_end(self) -> Iterator[None]:
        """Say that the file is damaged, where Arrow finds that out.

        Raises:
            InputError: the file cannot be read to its end.
        """
        try:
            yield
        except pa.ArrowException as error:
            raise InputError([Fault(path=f"$.{self.name}", code="CANNOT_READ", value=str(self.path),
                                    expected="a file that can be read to its end",
                                    hint=" ".join(str(error).split()))]) from error

    def rows(self) -> int:
        """Say how many rows there are, about."""
        if self.path.suffix == PARQUET:
            return int(pq.read_metadata(self.path).num_rows)
        return self.path.stat().st_size // _BYTES_OF_A_CSV_ROW

    def state(self) -> list[object]:
        """Say which file this is, so that another in its place is noticed."""
        found = self.path.stat()
        return [str(self.path.resolve()), found.st_size, found.st_mtime_ns, str(self.schema)]


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    if path.suffix == CSV:
        with pyarrow.csv.open_csv(path, convert_options=csv_options(str(path))) as reader:
            yield from reader
        return
    with open_parquet(path) as file:
        yield from file.iter_batches(batch_size=_ROWS_AT_ONCE)


def open_parquet(path: Path) -> pq.ParquetFile:
    """Open a Parquet file; words that stand in it again and again are read once."""
    schema = pq.read_schema(path)
    words = {field.name for field in schema if pa.types.is_string(field.type)}
    again_and_again = REPETITIVE if "title" in schema.names else REPETITIVE[1:]  # of credentials a holder has few
    return pq.ParquetFile(path, read_dictionary=[name for name in again_and_again if name in words])


def open_sources(paths: dict[str, Path]) -> list[Source]:
    """Open the files of a population, and look at their columns.

    Raises:
        InputError: with every fault of both files.
    """
    faults: list[Fault] = []
    found = []
    for name, path in paths.items():
        try:
            schema = plain_columns(_schema(path).empty_table()).schema
        except (OSError, pa.ArrowException) as error:
            faults.append(Fault(path=f"$.{name}", code="CANNOT_READ", value=str(path),
                                expected="a Parquet or CSV file", hint=" ".join(str(error).split())))
            continue
        faults.extend(column_faults(schema.empty_table(), name))
        found.append(Source(name=name, path=path, schema=schema))
    if faults:
        raise InputError(faults)
    return found


def _schema(path: Path) -> pa.Schema:
    if path.suffix == CSV:
        with pyarrow.csv.open_csv(path, convert_options=csv_options(str(path))) as reader:
            return reader.schema
    if path.suffix == PARQUET:
        with open_parquet(path) as file:
            return file.schema_arrow
    raise OSError("its name ends in neither .parquet nor .csv")
