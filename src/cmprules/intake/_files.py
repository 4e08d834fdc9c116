"""Open and measure files, recognize their format by content, and pass them to its reader."""

from __future__ import annotations

import hashlib
import re
from os import PathLike
from pathlib import Path

from cmprules._facts.reading import read_bytes
from cmprules._words.limits import LARGEST_FROM_OUTSIDE
from cmprules.intake._csv import TextRead, read_csv
from cmprules.intake._excel import read_excel
from cmprules.intake._folding import shown
from cmprules.intake._html import read_html
from cmprules.intake._json import read_json
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._packed import kind_of_package
from cmprules.intake._pdf import read_pdf
from cmprules.intake._rows import Source, Stop
from cmprules.intake._words import Words

_UNPACK = ": unpack it, and read the files in it"
_WRITE = ": write the title, the day and the hours into a table"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|head|body|thead|tbody|tr)[\s>]", re.IGNORECASE)
_HEAD = 4_096
_ZIP, _PDF = b"PK", b"%PDF"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def _not_read(text: str, hint: str) -> Stop:
    """Refuse a file by its kind, with what to do instead."""
    return Stop.of("KIND_NOT_READ", text=text, hint=hint)


_NOT_READ = (
    (re.compile(rb"\xd0\xcf\x11\xe0"), "Excel, old or with a password", Stop.of("OLD_WORKBOOK")),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*"), "picture", Stop.of("PICTURE")),
    (re.compile(rb"\s*eyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*)?\s*\Z"), "signed token",
     Stop.of("SIGNED_TOKEN")),
    (re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!"), "package", _not_read("a packed file", _UNPACK)),
    (re.compile(rb"\{\\rtf"), "RTF", _not_read("a text of a word processor (RTF)", _WRITE)),
    (re.compile(rb"[A-Za-z-]+: .{0,4000}\n(?:MIME-Version|Message-ID): ", re.IGNORECASE | re.DOTALL), "e-mail",
     _not_read("an e-mail", ": save what is attached to it, or write the title, the day and the hours into a table")),
    (re.compile(rb"(?:\xef\xbb\xbf)?BEGIN:VCALENDAR"), "calendar", _not_read("a calendar (iCalendar)", _WRITE)),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s(?!.{0,4000}<(?:html|table)[\s>])", re.IGNORECASE | re.DOTALL), "XML",
     _not_read("XML", ": save it as CSV or .xlsx")),
    (re.compile(rb"PAR1"), "Parquet", _not_read("a table in Parquet", ": save it as CSV, or use `cmprules batch`")),
)
"""The first bytes of files that are not read, with the reason."""


def read_source(path: str | PathLike[str], mapping: IntakeMapping, words: Words) -> Source:
    """Read one file, whatever its ending.

    Raises:
        InputError: the file does not exist or cannot be opened.
        MissingExtraError: a library that reads files of this kind is not installed.
    """
    raw = read_bytes(path, LARGEST_FROM_OUTSIDE)
    name, digest = shown(Path(path).name) or "file", hashlib.sha256(raw).hexdigest()
    if len(raw) > LARGEST_FROM_OUTSIDE:
        most = f"more than {LARGEST_FROM_OUTSIDE // 1_000_000} MB"
        return Source(name, digest, "a file", stop=Stop.of("TOO_LARGE", text=most))
    if _begins_as_json(raw):
        read = read_json(raw, mapping.encoding, lambda text: [meaning for meaning, _ in words.meanings(text)])
        return Source(name, digest, read.format, read.details, elements=read.elements, stop=read.stop,
                      guess=read.guess)
    kind, found = _table(raw, mapping, words)
    return Source(name, digest, kind, found.details, found.tables, stop=found.stop, guess=found.guess)


def _begins_as_json(raw: bytes) -> bool:
    letters = raw[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return letters.startswith((b"{", b"[")) and not letters.startswith(b"{\\rtf")


def _package(raw: bytes) -> tuple[str, TextRead]:
    """Read a workbook; refuse another package by its kind."""
    kind = kind_of_package(raw)
    if kind is not None:
        return "package", TextRead(stop=_not_read(kind, _UNPACK if kind.endswith("folder") else _WRITE))
    return "OpenDocument" if _OPEN_DOCUMENT in raw[:_HEAD] else "Excel", read_excel(raw)


def _table(raw: bytes, mapping: IntakeMapping, words: Words) -> tuple[str, TextRead]:
    """Read a file with tables."""
    for begins, kind, stop in _NOT_READ:
        if begins.match(raw):
            return kind, TextRead(stop=stop)
    if raw.startswith(_ZIP):
        return _package(raw)
    if raw.startswith(_PDF):
        return "PDF", read_pdf(raw)
    if _HTML.search(raw[:_HEAD].replace(b"\0", b"")):
        return "HTML", read_html(raw, mapping.encoding)
    return "CSV", read_csv(raw, mapping.encoding, mapping.separator, lambda text: bool(words.meanings(text)))
