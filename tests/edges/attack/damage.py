"""Ways to damage a document: its bytes, its words, and the values in plain data."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["damaged"]

WORDS = (b"1e999999999", b"1e-999999999", b"NaN", b"-Infinity", b"null", b"true", b"[]", b"{}", b'""', b'"\\ud800"',
         b'"\\u0000"', b"0" * 400, b"9" * 400, b"\x00", b"\xff", b"\xef\xbb\xbf", b"\x1b[31m", b"\xe2\x80\xae",
         b"[" * 300, b'{"a":' * 300, b"2026-02-30", b"2999-12-31", b"0001-01-01", b"2026-05-31T00:00:00Z", b"MLS(AMT)",
         b"MT", b"pool", b"safety", b"point", b"\r", b"\t", b",", b";", b'"', b"'", b"=1+1", b"\n[[row]]\n")
PLAIN: tuple[Any, ...] = (None, True, 0, -1, 10 ** 30, "", " ", "x", "1", "-1", "1e999", "MLS", "pool", "safety",
                          "2026-02-30", [], {}, [[]], {"": ""}, ["x"], "\ud800", "\x1b[31m", "1970-01-01")


def damaged(raw: bytes, luck: random.Random) -> bytes:
    """Damage a document in one to three ways."""
    for _ in range(luck.choice((1, 1, 1, 2, 3))):
        raw = luck.choice(_WAYS)(raw, luck)
    return raw


def _flip(raw: bytes, luck: random.Random) -> bytes:
    if not raw:
        return raw
    place = luck.randrange(len(raw))
    return raw[:place] + bytes([luck.randrange(256)]) + raw[place + 1:]


def _cut(raw: bytes, luck: random.Random) -> bytes:
    start = luck.randrange(len(raw) + 1)
    return raw[:start] + raw[start + luck.randrange(40):]


def _end(raw: bytes, luck: random.Random) -> bytes:
    return raw[:luck.randrange(len(raw) + 1)]


def _repeat(raw: bytes, luck: random.Random) -> bytes:
    start = luck.randrange(len(raw) + 1)
    return raw[:start] + raw[start:start + luck.randrange(60)] * 2 + raw[start:]


def _word(raw: bytes, luck: random.Random) -> bytes:
    start = luck.randrange(len(raw) + 1)
    return raw[:start] + luck.choice(WORDS) + raw[start + luck.choice((0, 1, 5)):]


def _value(raw: bytes, luck: random.Random) -> bytes:
    """Replace a number or a quoted text with a word."""
    start = raw.find(b": ", luck.randrange(len(raw) + 1))
    stop = min([found for mark in (b",", b"}", b"\n") if (found := raw.find(mark, start)) > 0], default=-1)
    return raw if min(start, stop) < 0 else raw[:start + 2] + luck.choice(WORDS) + raw[stop:]


def _place(raw: bytes, luck: random.Random) -> bytes:
    """Remove something from JSON, add something, or copy something from elsewhere."""
    try:
        plain = json.loads(raw)
    except (ValueError, RecursionError):
        return raw
    places = list(_places(plain))
    if not places:
        return raw
    *path, key = luck.choice(places)
    parent = plain
    for step in path:
        parent = parent[step]
    if luck.random() < 0.2:
        del parent[key]
    else:
        parent[key] = luck.choice((*PLAIN, parent, [parent[key]] * 2))
    try:
        return json.dumps(plain, ensure_ascii=luck.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):  # it would contain itself
        return raw


def _places(plain: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, item in inner:
        yield (*path, key)
        yield from _places(item, (*path, key))


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _cut, _end, _repeat, _word, _word, _value, _value, _place, _place, _place)
