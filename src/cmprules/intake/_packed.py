"""Measure the packed contents of a file before anything parses them."""

from __future__ import annotations

import base64
import re
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any
from xml.parsers import expat

import attrs

from cmprules._words.limits import LONGEST_CELL, MOST_CELLS, MOST_TEXT, MOST_UNPACKED
from cmprules.intake._rows import Stop
from cmprules.intake._unseen import Sheets, repeats

_MOST_PARTS = 2_000
_LOCAL_HEADER = 30
_PIECE = 4_096
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})", re.ASCII)
_STREAM = re.compile(rb"stream\r?\n")
_DEEPEST = 6
_DIGITS = b"0123456789abcdefABCDEF"
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f\s]{2,64}(?:\Z|>|[0-9A-Fa-f\s])")
_ASCII_85 = re.compile(rb"(?:<~)?[!-uz\s]{2,64}(?:\Z|~>|[!-uz\s])")
_OF_DOCUMENTS = {"[Content_Types].xml", "mimetype", "content.xml"}
_EPOCH = ("1", "true", "on")


class _TooMuchError(Exception):
    """The packed contents of a file are too large."""


@attrs.define
class Packed:
    """What is known of a workbook: why it is not read, or whether its days count from 1904, and what it hides."""

    stop: Stop | None = None
    from_1904: bool = False
    sheets: Sheets = attrs.Factory(Sheets)


def kind_of_package(raw: bytes) -> str | None:
    """Name the kind of a package that is not a workbook; None if it may be one, or is damaged."""
    try:
        names = zipfile.ZipFile(BytesIO(raw)).namelist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError):
        return None
    if any(name.startswith("word/") for name in names):
        return "a text of Word"
    return None if any(name in _OF_DOCUMENTS or name.startswith("xl/") for name in names) else "a zipped folder"


def check_workbook(raw: bytes) -> Packed:
    """Unpack every part of a workbook in pieces, and measure it: bytes, cells, text."""
    measured = _Measured()
    try:
        for name, part in _parts(raw):
            if name.endswith("workbook.bin"):
                return Packed(Stop.of("KIND_NOT_READ", text="a binary workbook (.xlsb)", hint=": save it as .xlsx"))
            if part.startswith((b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")):
                measured.take(name, part)
    except _TooMuchError as error:
        return Packed(Stop.of("TOO_LARGE", text=error))
    except (zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, EOFError, ValueError, NotImplementedError,
            RuntimeError, OSError):
        return Packed(Stop.of("NOT_A_WORKBOOK"))
    return Packed(measured.verdict(), measured.from_1904, measured.sheets)


def _parts(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every part of a package with its name, unpacked; stated sizes are not trusted."""
    left = MOST_UNPACKED
    infos = zipfile.ZipFile(BytesIO(raw)).infolist()
    if len(infos) > _MOST_PARTS:
        raise _TooMuchError(f"{len(infos):,} parts")
    for info in sorted(infos, key=lambda info: not info.filename.endswith("styles.xml")):  # before their cells
        if info.flag_bits & 1 or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ValueError("packed in a way that is not read")
        name, extra = struct.unpack_from("<HH", raw, info.header_offset + _LOCAL_HEADER - 4)
        start = info.header_offset + _LOCAL_HEADER + name + extra
        packed = raw[start:start + info.compress_size]
        part = packed if info.compress_type == zipfile.ZIP_STORED else _inflated(packed, -zlib.MAX_WBITS, left)
        if len(part) != info.file_size:
            raise ValueError("another size than the package states")
        left -= len(part)
        yield info.filename, part


def _inflated(packed: bytes, window: int, most: int) -> bytes:
    """Unpack up to a limit."""
    machine = zlib.decompressobj(window)
    part = machine.decompress(packed, most + 1)
    if len(part) > most:
        raise _TooMuchError(f"more than {MOST_UNPACKED // 1_000_000} MB packed in it")
    return part


@attrs.define
class _Measured:
    """Counts the cells and the text of a workbook without making values."""

    lengths: list[int] = attrs.Factory(list)
    indexes: dict[int, int] = attrs.Factory(dict)
    cells: int = 0
    longest: int = 0
    from_1904: bool = False
    at_row: int = 0
    at_column: int = 0
    wide: int = 0
    deep: int = 0
    is_shared: bool = False
    inside: str = ""
    length: int = 0
    index: str = ""
    sheets: Sheets = attrs.Factory(Sheets)

    def take(self, name: str, part: bytes) -> None:
        """Measure one part."""
        self.sheets.begin(name)
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.EntityDeclHandler = self._letters, _no_entities
        self.at_row = self.at_column = self.wide = self.deep = 0
        parser.Parse(part, True)  # noqa: FBT003  # expat takes it by position
        self.cells += self.wide * self.deep
        if self.cells > MOST_CELLS:
            raise _TooMuchError(f"more than {MOST_CELLS:,} cells, empty ones between others included")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "workbookPr":
            self.from_1904 = self.from_1904 or attributes.get("date1904", "0").casefold() in _EPOCH
        elif local == "row":
            self.at_row, self.at_column = _number(attributes.get("r"), self.at_row + 1), 0
        elif local == "c":
            self._place(attributes)
        elif local in {"table", "table-row", "table-cell"}:
            self._place_open(local, attributes)
        elif local in {"si", "is"}:
            self.length = 0
        self.inside = local
        self.index = ""
        self.sheets.see(local, attributes, self.at_row, self.at_column)

    def _place_open(self, local: str, attributes: dict[str, str]) -> None:
        """Note the position of a table, row or cell of OpenDocument; one element may stand for many."""
        if local == "table":
            self.cells += self.wide * self.deep
            self.at_row = self.at_column = self.wide = self.deep = 0
        elif local == "table-row":
            self.at_row, self.at_column = self.at_row + repeats(attributes, "rows"), 0
        else:
            self.at_column += repeats(attributes, "columns")
            if any(key.endswith("value-type") for key in attributes):
                self.wide, self.deep = max(self.wide, self.at_column), max(self.deep, self.at_row)

    def _place(self, attributes: dict[str, str]) -> None:
        """Note the position of a cell; the whole rectangle up to it needs memory."""
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.at_column = _column(match[1]) if match else self.at_column + 1
        self.at_row = int(match[2]) if match else self.at_row
        self.wide, self.deep = max(self.wide, self.at_column), max(self.deep, self.at_row)
        self.is_shared = attributes.get("t") == "s"

    def _letters(self, text: str) -> None:
        if self.inside == "t":
            self.length += len(text)
        elif self.inside == "v":
            self.index += text

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            self.lengths.append(self.length)
            self.longest = max(self.longest, self.length)
        elif local == "is":
            self.longest = max(self.longest, self.length)
        elif local == "v" and self.is_shared and self.index.strip().isdecimal():
            index = int(self.index.strip()[:9])
            self.indexes[index] = self.indexes.get(index, 0) + 1
        self.inside = ""

    def verdict(self) -> Stop | None:
        """Refuse text that is too long, in one cell or in all."""
        times = (self.lengths[index] * count for index, count in self.indexes.items() if index < len(self.lengths))
        if self.longest <= LONGEST_CELL and sum(times) <= MOST_TEXT:
            return None
        return Stop.of("TOO_LARGE", text=f"more than {MOST_TEXT:,} characters, or {LONGEST_CELL:,} in a cell")


def _no_entities(*_: object) -> None:
    raise ValueError("a workbook declares no entities")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


# ---------------------------------------------------------------------------------------------------------
# PDF.


def _inflated_so_far(packed: bytes, most: int) -> bytes:
    """Unpack up to a limit, or up to the first damage: readers of PDF use what comes before it."""
    machine, found = zlib.decompressobj(), bytearray()
    for start in range(0, len(packed), _PIECE):
        piece, before = packed[start:start + _PIECE], machine.copy()
        try:
            found += machine.decompress(piece, most - len(found) + 1)
        except zlib.error:
            return bytes(found + _by_bytes(piece, before))
        if machine.eof or len(found) > most:
            break
    return bytes(found)


def _by_bytes(piece: bytes, machine: Any) -> bytes:
    """Unpack byte by byte, up to the damaged one."""
    found = bytearray()
    with suppress(zlib.error):
        deque(map(found.extend, map(machine.decompress, (bytes([letter]) for letter in piece))), maxlen=0)
    return bytes(found)


def check_streams(raw: bytes) -> Stop | None:
    """Unpack every stream of a PDF up to the limit, including those packed twice, before its reader does."""
    left = MOST_UNPACKED
    try:
        for match in _STREAM.finditer(raw):
            left -= _stream_size(raw[match.end():raw.find(b"endstream", match.end())], left)
    except _TooMuchError as error:
        return Stop.of("TOO_LARGE", text=error)
    if b"LZWDecode" in raw or b"RunLengthDecode" in raw:
        return Stop.of("NOT_A_PDF")
    return None


def _stream_size(packed: bytes, most: int) -> int:
    """Measure a stream and everything packed in it."""
    size = 0
    for _ in range(_DEEPEST):
        found = _unpacked(packed, most - size)
        if found is None:
            return size
        packed = found
        size += len(packed)
        if size > most:
            raise _TooMuchError(f"more than {MOST_UNPACKED // 1_000_000} MB packed in it")
    raise _TooMuchError(f"a stream that is packed more than {_DEEPEST} times")


def _unpacked(packed: bytes, most: int) -> bytes | None:
    """Undo one layer of packing; None if it is not packed."""
    found = _inflated_so_far(packed, most)
    if found:
        return found
    text = packed.strip()
    if _HEXADECIMAL.match(text):
        digits = bytes(letter for letter in text.partition(b">")[0] if letter in _DIGITS)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if _ASCII_85.match(text):
        with suppress(ValueError):
            return base64.a85decode(text.removeprefix(b"<~").partition(b"~>")[0])
    return None
