"""A file of a population, read piece by piece."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from cmprules.batch._columns.given import Given, column_faults
from cmprules.batch._csv import CsvFile
from cmprules.batch._customs import Customs, extra_columns, in_our_words
from cmprules.batch._plain import plain_columns
from cmprules.batch._sources import OTHER_ENDING, REPETITIVE, left_out, unreadable
from cmprules.batch._writing import CSV, PARQUET
from cmprules.errors import Fault, InputError

_ROWS_AT_ONCE = 1 << 20
_BYTES_AT_ONCE = 1 << 16
"""The bytes of a column to read at once; Arrow would otherwise hold a whole row group as it is stored."""

_BYTES_OF_A_CSV_ROW = 60
"""A low estimate of the length of a line: too many parts are better than too few."""


@attrs.frozen(kw_only=True)
class Source:
    """A Parquet or CSV file with one of the tables, called `name`."""

    name: str
    path: Path
    schema: pa.Schema
    customs: Customs = attrs.field(factory=Customs)

    def taken(self, table: pa.Table) -> pa.Table:
        """Take some rows of the file in our form."""
        return in_our_words(plain_columns(table), self.name, self.customs)

    def pieces(self) -> Iterator[pa.Table]:
        """Read the file piece by piece."""
        with self.to_its_end():
            for table in _tables(self.path):
                yield self.taken(table)

    def whole(self) -> Given:
        """Read the file in one piece."""
        return Given.whole(pa.concat_tables([self.schema.empty_table(), *self.pieces()]))

    @contextmanager
    def to_its_end(self) -> Iterator[None]:
        """Report that the file is damaged, if Arrow or the disk notices it.

        Raises:
            InputError: the file cannot be read to its end.
        """
        try:
            yield
        except (pa.ArrowException, OSError) as error:
            raise InputError([unreadable(f"$.{self.name}", self.path, error,
                                         expected="a file that can be read to its end")]) from error

    def rows(self) -> int:
        """Estimate how many rows there are."""
        if _ending(self.path) == PARQUET:
            with pa.OSFile(os.fsencode(self.path)) as file:
                return int(pq.read_metadata(file).num_rows)
        return self.path.stat().st_size // _BYTES_OF_A_CSV_ROW

    def state(self) -> list[object]:
        """Identify the file, so that a replacement is noticed."""
        found = self.path.stat()
        return [os.fsencode(os.path.realpath(self.path)).decode("utf-8", "backslashreplace"), found.st_size,
                found.st_mtime_ns, str(self.schema), repr(self.customs)]


def _ending(path: Path) -> str:
    return path.suffix.lower()


def _tables(path: Path) -> Iterator[pa.Table]:
    if _ending(path) == CSV:
        yield from CsvFile.of(path).pieces()
        return
    with open_parquet(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
            yield pa.Table.from_batches([batch])


@contextmanager
def open_parquet(path: Path) -> Iterator[pq.ParquetFile]:
    """Open a Parquet file; repeated words are read once."""
    with pa.OSFile(os.fsencode(path)) as stream:
        schema = pq.read_schema(stream)
        words = {field.name for field in schema if pa.types.is_string(field.type)}
        repeated = REPETITIVE if "title" in schema.names else REPETITIVE[1:]  # a holder has few credentials
        stream.seek(0)
        yield pq.ParquetFile(stream, read_dictionary=[name for name in repeated if name in words], pre_buffer=False,
                             buffer_size=_BYTES_AT_ONCE)


def open_sources(
    paths: Mapping[str, Path], customs: Customs | None = None, remark: Callable[[str], None] = lambda _: None,
) -> list[Source]:
    """Open the files of a population, and check their columns; remark on the columns left out.

    Raises:
        InputError: with every fault of both files.
    """
    faults, customs = list[Fault](), customs or Customs()
    found = []
    for name, path in paths.items():
        try:
            table = plain_columns(_schema(path).empty_table())
        except (OSError, ValueError, pa.ArrowException) as error:
            faults.append(unreadable(f"$.{name}", path, error))
            continue
        ours, extra = in_our_words(table, name, customs), extra_columns(table, name, customs)
        faults.extend(column_faults(ours, name, extra, customs.carry if name == "credentials" else ()))
        found.append(Source(name=name, path=path, schema=ours.schema, customs=customs))
        if extra:
            remark(left_out(name, extra))
    if faults:
        raise InputError(faults)
    return found


def _schema(path: Path) -> pa.Schema:
    if _ending(path) == CSV:
        return CsvFile.of(path).schema
    if _ending(path) == PARQUET:
        with open_parquet(path) as file:
            return file.schema_arrow
    raise OSError(OTHER_ENDING)
