"""Detect and name the encoding of a text file."""

from __future__ import annotations

import codecs
import re

import attrs

from cmprules.intake._extra import library
from cmprules.intake._rows import Stop

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a mark"), (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
          (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"), (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
          (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"))
_CODE_PAGES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp1255", "cp1256", "mac_roman"]
_WEST = "cp1252"
_TONGUES = ("àâæçèéêëîïôœùûüÿ", "áéíñóúü", "äöüß", "àáâãçéêíóôõú", "åäæöøé", "àèéìòù")
"""The letters with marks of French, Spanish, German, Portuguese, the Nordic languages and Italian."""
_WESTERN = frozenset("".join(_TONGUES))
_LETTERS = {_WEST: _WESTERN, "cp437": _WESTERN, "mac_roman": _WESTERN, "cp850": _WESTERN,
            "cp1254": frozenset("âçğıîöşüû"), "cp1250": frozenset("áâăąäćčçďđéęëěíîłńňóôőöřŕśšşťţúůűüýźžżß")}
"""The letters by which a page is known: of Windows, of the console, of old Macs; in doubt, the first page."""
_SIGNS = frozenset("\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022®©™°½¼¾\xd7·«»¡¿€£µ\xa0")
_HIGH = re.compile(r"(?<=(.))([^\x00-\x7f])(?=(.?))", re.DOTALL)
_LAST_LATIN = 0x24F
_MISFIT, _IN_A_ROW = -3, -1
_SAMPLE = 200_000
_HEAD = 2_048
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


@attrs.frozen
class Decoded:
    """A text and the encoding that it was read in, or why it cannot be read."""

    text: str = ""
    encoding: str = ""
    stop: Stop | None = None


def decode(raw: bytes, encoding: str | None) -> Decoded:
    """Read bytes as text: in the given encoding, otherwise by its mark, as UTF-8, as UTF-16, or in a code page."""
    if encoding is not None:
        return _in(raw, encoding, f"{encoding}, as given")
    for mark, name, words in _MARKS:
        if raw.startswith(mark):
            return _in(_whole(raw, name), name, words)
    return _as_declared(raw) or _unmarked(raw)


def _as_declared(raw: bytes) -> Decoded | None:
    """Read a page in its declared encoding, if that is possible."""
    declared = _DECLARED.search(raw[:_HEAD])
    if declared is None:
        return None
    found = _in(raw, declared[1].decode(), f"{declared[1].decode()}, as the page says")
    return found if found.stop is None else None


def _unmarked(raw: bytes) -> Decoded:
    """Detect the encoding of a text that does not declare it."""
    if b"\0" in raw:
        name = "utf-16-le" if raw[1::2].count(0) >= raw[::2].count(0) else "utf-16-be"
        return _in(_whole(raw, name), name, "UTF-16 without a mark")
    try:
        return Decoded(raw.decode(), "UTF-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(raw):
            return Decoded(raw[:error.start].decode(), "UTF-8, cut off within a letter")
    return _code_page(raw)


def _whole(raw: bytes, name: str) -> bytes:
    """Leave out half a character at the end of a file that is cut off."""
    width = 4 if "32" in name else 2 if "16" in name else 1
    return raw[:len(raw) - len(raw) % width]


def _in(raw: bytes, encoding: str, words: str) -> Decoded:
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return Decoded(stop=Stop.of("NOT_IN_ENCODING", text=words))
    return Decoded(text, words)


def _code_page(raw: bytes) -> Decoded:
    """Find the code page whose letters look most like a language, and like names and titles in the western ones."""
    found = library("charset_normalizer").from_bytes(raw[:_SAMPLE], cp_isolation=_CODE_PAGES)
    best = found.best()
    west = next((match for match in found if match.encoding == _WEST or _WEST in match.could_be_from_charset), None)
    name = _WEST if best is None or (west is not None and west.chaos <= best.chaos) else best.encoding
    pages = (*_LETTERS, name)
    name = max(pages, key=lambda page: _likeness(raw[:_SAMPLE].decode(page, "replace"), page))
    return _in(raw, name, f"{name}, guessed; if letters with accents are wrong, name the encoding (--encoding)")


def _likeness(text: str, page: str) -> int:
    """Score how much a text looks like names and titles: letters where they belong, best of one language in a line."""
    fits = sum(_fits(match[1], match[2], match[3], page) for match in _HIGH.finditer(text))
    lines = filter(lambda line: not line.isascii(), text.lower().splitlines()) if page in _LETTERS else ()
    return fits + sum(max(sum(map(line.count, letters)) for letters in _TONGUES) for line in lines)


def _fits(before: str, char: str, after: str, page: str) -> int:
    """Score one character that is not ASCII, with those before and after it."""
    if char in _SIGNS:
        return 1
    both = before + after
    known = char.lower() in _LETTERS[page] if page in _LETTERS else char.isalpha()
    odd_case = (char.isupper() and before.isalpha() and both.upper() != both) or (char.islower() and after.isupper())
    alone = not both.strip() or before.isdigit() or (both.isascii() and both.isalpha() and ord(char) > _LAST_LATIN)
    if not known or odd_case or alone:
        return _MISFIT
    in_a_row = page in _LETTERS and both.isalpha() and not (before.isascii() or after.isascii())
    return _IN_A_ROW if in_a_row else 2
