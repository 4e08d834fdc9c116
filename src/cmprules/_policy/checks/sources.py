"""Checks of sources: every figure cites a source of the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cmprules._kit.shapes import nearest
from cmprules._policy import rows as tables
from cmprules._policy.checks.noting import bad
from cmprules._words.enums import Grade
from cmprules.errors import Fault


def _cited(parsed: tables.Parsed) -> Iterator[tuple[str, tables.Cited]]:
    """Walk over everything that cites a source, with its path."""
    for name, table in sorted(parsed.files.items()):
        for key in ("row", "announced", "rule", "proof"):
            for row in getattr(table, key, ()):
                path = f"{name}: {key} {row.id if hasattr(row, 'id') else row.code}"
                yield from cited_in(path, row)


def cited_in(path: str, row: object) -> Iterator[tuple[str, tables.Cited]]:
    if isinstance(row, tables.Cited):
        yield path, row
    begins = getattr(row, "begins", None)
    if begins is not None:
        yield f"{path}, begins", begins
    for cell in getattr(row, "cells", ()):
        yield f"{path}, {cell.of}", cell


def citations(parsed: tables.Parsed, register: tuple[str, ...]) -> Iterable[Fault]:
    """Check that every figure names a known source, that an inferred one says why, and that readings exist."""
    readings = tuple(row.id for row in parsed.rows("readings"))
    for path, cited in _cited(parsed):
        yield from source_faults(path, cited, register)
        if cited.grade is Grade.USER:
            yield bad(path, "user", "a grade of the scale", "grade user is for the user's own files")
        if cited.grade is Grade.INFERRED and not cited.why:
            yield bad(path, None, "why it is inferred", "add 'why'")
        if cited.reading is not None and cited.reading not in readings:
            yield bad(path, cited.reading, "a reading of readings.toml", nearest(cited.reading, readings))


def source_faults(path: str, cited: tables.Cited, register: tuple[str, ...]) -> Iterable[Fault]:
    for source in (cited.source, *cited.also):
        if source not in register:
            hint = f"describe it under [[source]]; {nearest(source, register)}"
            yield bad(path, source, "a source of the register", hint)


def unused_sources(parsed: tables.Parsed, register: Sequence[str]) -> Iterable[Fault]:
    """Check that every document in the register is cited."""
    used = {source for _, cited in _cited(parsed) for source in (cited.source, *cited.also)}
    for source in register:
        if source not in used:
            yield bad(f"sources.toml: source {source}", source, "a source that some figure cites", "take it out")


def freshness(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that no table was last checked before its own latest row, or after the edition."""
    limit = parsed.edition.last_checked
    for name, table in sorted(parsed.files.items()):
        checked = getattr(table, "last_checked", None)
        begun = [row.starts_on for row in getattr(table, "row", ()) if getattr(row, "starts_on", None) is not None]
        latest = max((day for day in begun if day <= limit), default=None)
        if checked is not None and checked > limit:
            yield bad(f"{name}: last_checked", checked, f"{limit} (the edition's) or earlier")
        if checked is not None and latest is not None and checked < latest:
            yield bad(f"{name}: last_checked", checked, f"{latest} (its latest row) or later")
