"""Words and mappings from files, and time zones by their names."""

from __future__ import annotations

import tomllib
from functools import cache
from os import PathLike
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cmprules._facts.reading import document, read_plain
from cmprules._kit.shapes import nearest
from cmprules._kit.shipped import shipped_folder
from cmprules.errors import Fault, InputError
from cmprules.intake._mapping import IntakeMapping
from cmprules.intake._words import Words, with_own, words_of

_TABLES = ("words.toml", "tongues.toml")
"""English first, then other languages."""


@cache
def _words() -> Words:
    folder = shipped_folder("intake")
    return words_of(*(tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in _TABLES))


def words_for(mapping: IntakeMapping) -> Words:
    """Make the table of words, with those of a mapping first."""
    return with_own(_words(), mapping)


def read_mapping(path: str | PathLike[str]) -> IntakeMapping:
    """Read a mapping file, TOML or JSON.

    Raises:
        InputError: with every fault.

    >>> read_mapping("nowhere.toml")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $: CANNOT_READ: got 'nowhere.toml', expected a file; check the path: No such file or directory
    """
    return document(IntakeMapping, read_plain(path))


def time_zone(name: str | None) -> ZoneInfo | None:
    """Find a time zone.

    Raises:
        InputError: there is no time zone of that name.

    >>> time_zone("America/New_York").key
    'America/New_York'
    >>> time_zone("America/NewYork")
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.place: UNKNOWN_WORD: got 'America/NewYork', expected a time zone such as America/New_York; did you mean
      'America/New_York'?
    """
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError([Fault(path="$.place", code="UNKNOWN_WORD", value=name,
                                expected="a time zone such as America/New_York", hint=_nearest_zone(name))]) from None


def _nearest_zone(name: str) -> str:
    """Name the nearest zone of the same part of the world."""
    world = name.partition("/")[0].casefold()
    known = tuple(sorted(zone for zone in available_timezones() if zone.partition("/")[0].casefold() == world))
    return nearest(name, known) if known else "take one such as America/Chicago, Europe/London, Asia/Manila"
