"""CSV files: UTF-8 with or without a byte order mark; commas, semicolons or tabs between cells; every cell is text."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cmprules.batch._writing import unguarded

_BYTES_OF_A_HEAD = 1 << 16
_SEPARATORS = (",", ";", "\t")
_MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32",
          codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
"""The byte order marks of other encodings; longer ones first, because one begins like the other."""


class NotUtf8Error(ValueError):
    """A file is in another encoding: `found` says which, `hint` what to do."""

    def __init__(self, found: str) -> None:
        super().__init__(f"it is {found}")
        self.hint = f"it is {found}; save it as CSV in UTF-8"


@attrs.frozen(kw_only=True)
class CsvFile:
    """A CSV file, its separator, and its columns as they stand in the file."""

    path: Path
    separator: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> CsvFile:
        """Look at the beginning of a file.

        Raises:
            OSError: it cannot be opened.
            ArrowInvalid: it has no columns.
            NotUtf8Error: it is in another encoding than UTF-8.
        """
        with path.open("rb") as file:
            head = _text_of(file.read(_BYTES_OF_A_HEAD))
        separator = _separator_of(head)
        with pa.OSFile(os.fsencode(path)) as file, \
                pyarrow.csv.open_csv(file, parse_options=_parse(separator)) as reader:
            return cls(path=path, separator=separator, columns=tuple(reader.schema.names))

    @property
    def schema(self) -> pa.Schema:
        """The columns, under their names without the apostrophe that keeps a spreadsheet from running them."""
        return pa.schema([(name, pa.string()) for name in self._names()])

    def pieces(self) -> Iterator[pa.Table]:
        """Read the file piece by piece; every cell is text, so an id keeps its zeros, and an empty cell stays empty.

        Raises:
            ArrowInvalid: a row has more or fewer cells than there are columns, or a text is not UTF-8.
        """
        convert = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(self.columns, pa.string()), null_values=[""],
                                             strings_can_be_null=True)
        with pa.OSFile(os.fsencode(self.path)) as file, \
                pyarrow.csv.open_csv(file, parse_options=_parse(self.separator), convert_options=convert) as reader:
            for batch in reader:
                table = pa.Table.from_batches([batch]).rename_columns(self._names())
                yield pa.table([*map(_as_it_was, table.columns)], names=table.column_names)

    def whole(self) -> pa.Table:
        """Read the file in one piece."""
        return pa.concat_tables([self.schema.empty_table(), *self.pieces()])

    def _names(self) -> list[str]:
        names: list[str] = _as_it_was(pa.chunked_array([pa.array(self.columns, pa.string())])).to_pylist()
        return names


def _parse(separator: str) -> pyarrow.csv.ParseOptions:
    return pyarrow.csv.ParseOptions(delimiter=separator, newlines_in_values=True)


def _as_it_was(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Remove the apostrophe that keeps a spreadsheet from running a cell."""
    return unguarded(column) if pc.any(pc.starts_with(column, "'")).as_py() else column


def _text_of(head: bytes) -> str:
    """Decode the beginning of a file; the last character may be cut off.

    Raises:
        NotUtf8Error: it is not UTF-8.
    """
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            raise NotUtf8Error(name)
    if b"\0" in head:
        raise NotUtf8Error("UTF-16 without a mark, or no text")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError as error:
        raise NotUtf8Error(f"in a code page such as Windows-1252 (byte 0x{head[error.start]:02X} "
                           f"in line {head.count(10, 0, error.start) + 1})") from None


def _separator_of(head: str) -> str:
    """Find the separator of the cells in the first line; in a tie, the comma."""
    line = head.lstrip("\r\n").splitlines()[0] if head.strip("\r\n") else ""
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
