"""Detect and name the encoding of a text file."""

from __future__ import annotations

import codecs
import re

import attrs

from cmprules.intake._pages import PAGES
from cmprules.intake._rows import Guess, Stop

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a mark"), (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
          (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"), (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
          (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"))
_SAMPLE = 20_000
_HEAD = 2_048
_ONE_IN = 20
"""UTF-16 has a zero byte in each comma, digit and end of a line: at least one in 20.  A stray one is damage."""
_REPLACED = "\N{REPLACEMENT CHARACTER}".encode()
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


@attrs.frozen
class Decoded:
    """A text and the encoding that it was read in, or why it cannot be read."""

    text: str = ""
    encoding: str = ""
    stop: Stop | None = None
    guess: Guess | None = None


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
    if raw.count(0) * _ONE_IN >= len(raw):
        name = "utf-16-le" if raw[1::2].count(0) >= raw[::2].count(0) else "utf-16-be"
        return _in(_whole(raw, name), name, "UTF-16 without a mark")
    raw = raw.replace(b"\0", _REPLACED)
    try:
        return Decoded(raw.decode(), "UTF-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(raw):
            return Decoded(raw[:error.start].decode(), "UTF-8, cut off within a letter")
    return _mixed(raw) or _code_page(raw)


def _mixed(raw: bytes) -> Decoded | None:
    """Read a text whose lines are of several encodings, most of them UTF-8: each line by itself."""
    lines = raw.splitlines(keepends=True)
    others = [line for line in lines if _text_in(line, "utf-8", whole=True) is None]
    if 2 * len(others) > sum(not line.isascii() for line in lines):
        return None
    page = _code_page(b"".join(others))
    name = page.guess.encoding if page.guess is not None else ""
    text = "".join(_text_in(line, "utf-8", whole=True) or _text_in(line, name) or "" for line in lines)
    return attrs.evolve(page, text=text, encoding=f"UTF-8, and in {len(others)} of its lines {page.encoding}")


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
    """Guess the encoding in which the text looks most like words, and note all others in which it does, too."""
    sample = _marked_lines(raw)
    scores = {page.name: page.likeness(text) for page in PAGES if (text := _text_in(sample, page.name)) is not None}
    ranked = sorted(scores, key=lambda page: -scores[page])
    name, text = next((page, found) for page in ranked if (found := _text_in(raw, page)) is not None)
    guess = Guess(name, tuple(other for other in ranked if other != name and scores[other] > 0))
    words = f"{name}, guessed; if letters are wrong, name the encoding (--encoding)"
    return Decoded(text, words, guess=guess)


def _marked_lines(raw: bytes) -> bytes:
    """Return the first lines that are not ASCII."""
    lines = (line for line in raw.splitlines(keepends=True) if not line.isascii())
    return b"".join(lines)[:_SAMPLE]


def _text_in(raw: bytes, encoding: str, *, whole: bool = False) -> str | None:
    """Read bytes, or the whole characters at their beginning, in an encoding; None if that is not possible."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(raw, whole)
    except UnicodeDecodeError:
        return None
