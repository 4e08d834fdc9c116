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
from cmprules.intake._pdf import read_pdf
from cmprules.intake._rows import Source, Stop
from cmprules.intake._words import Words

_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|head|body|thead|tbody|tr)[\s>]", re.IGNORECASE)
_HEAD = 4_096
_ZIP, _PDF = b"PK", b"%PDF"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_NOT_READ = (
    (re.compile(rb"\xd0\xcf\x11\xe0"), "Excel, old or with a password", "OLD_WORKBOOK"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*"), "picture", "PICTURE"),
    (re.compile(rb"\s*eyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*)?\s*\Z"), "signed token", "SIGNED_TOKEN"),
)
"""The first bytes of files that are not read, with their code."""


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
    return letters.startswith((b"{", b"["))


def _table(raw: bytes, mapping: IntakeMapping, words: Words) -> tuple[str, TextRead]:
    """Read a file with tables."""
    for begins, kind, code in _NOT_READ:
        if begins.match(raw):
            return kind, TextRead(stop=Stop.of(code))
    if raw.startswith(_ZIP):
        return "OpenDocument" if _OPEN_DOCUMENT in raw[:_HEAD] else "Excel", read_excel(raw)
    if raw.startswith(_PDF):
        return "PDF", read_pdf(raw)
    if _HTML.search(raw[:_HEAD].replace(b"\0", b"")):
        return "HTML", read_html(raw, mapping.encoding)
    return "CSV", read_csv(raw, mapping.encoding, mapping.separator, lambda text: bool(words.meanings(text)))
