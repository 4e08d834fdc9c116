"""Checks of the tables of points: in order, complete, and adding up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from cmprules._kit.calendar import ONE_DAY
from cmprules._kit.points import exact_hundredths, from_hundredths
from cmprules._kit.shapes import nearest
from cmprules._policy import rows as tables
from cmprules._policy.checks.noting import bad, repeated
from cmprules._words import vocabulary
from cmprules._words.limits import MOST_AREAS
from cmprules.errors import Fault


def points_table(name: str, table: tables.PointsTable, parsed: tables.Parsed) -> Iterable[Fault]:
    published = {source.id: source.published_on for source in parsed.sources}
    if name != f"points/{table.code}.toml":
        yield bad(f"{name}: code", table.code, "the code in the file's name")
    yield from ascending(name, table.row)
    yield from repeated(name, [row.id for row in (*table.row, *table.announced)])
    own = next((row.areas for row in parsed.credentials if row.code == table.code), ())
    for row in (*table.row, *table.announced):
        yield from points_row(f"{name}: row {row.id}", row, ("safety", "ethics", *own))
        known_on = published.get(row.begins.source)
        if known_on is not None and known_on > row.starts_on and not row.retroactive:
            yield bad(f"{name}: row {row.id}, begins", known_on, f"a source published by {row.starts_on}",
                       "correct it, or say retroactive = true")


def ascending(name: str, rows: Sequence[tables.PointsTableRow]) -> Iterable[Fault]:
    for before, row in pairwise(rows):
        if row.starts_on <= before.starts_on:
            yield bad(f"{name}: row {row.id}, from", row.starts_on, f"a day after {before.starts_on}",
                       "put the rows in order")


def last_days_of(rows: Sequence[tables.PointsTableRow]) -> list[date | None]:
    """Return the last day of each row: its own, or the day before the next row; None if it has no end."""
    ends = [*(row.starts_on - ONE_DAY for row in rows[1:]), None][: len(rows)]
    return [end if row.until is None else row.until if end is None else min(end, row.until)
            for row, end in zip(rows, ends, strict=True)]


def points_row(path: str, row: tables.PointsTableRow, areas: Sequence[str]) -> Iterable[Fault]:
    """Check that a row's cells are areas of its credential, each once, in exact points, and add up."""
    if row.until is not None and row.until < row.starts_on:
        yield bad(f"{path}, until", row.until, f"{row.starts_on} or later")
    names = [cell.of for cell in row.cells]
    yield from repeated(path, names)
    for cell in row.cells:
        if cell.of not in {"total", vocabulary.POOL, *areas}:
            yield bad(f"{path}, {cell.of}", cell.of, "an area of the credential", nearest(cell.of, tuple(areas)))
        if exact_hundredths(cell.value) is None:
            yield bad(f"{path}, {cell.of}", cell.value, "points with at most two decimals")
    if not row.established:
        if not row.known and not row.question:
            yield bad(path, None, "what is known, or the open question", "add 'known' or 'question'")
        return
    yield from _sum(path, row, names)


def _sum(path: str, row: tables.PointsTableRow, names: Sequence[str]) -> Iterable[Fault]:
    missing = [name for name in ("total", vocabulary.POOL) if name not in names]
    for name in missing:
        yield bad(path, None, f"a cell for the {name}", "add it")
    if len(names) - 2 > MOST_AREAS:
        yield bad(path, len(names) - 2, f"at most {MOST_AREAS} areas")
    values = {cell.of: hundredths for cell in row.cells if (hundredths := exact_hundredths(cell.value)) is not None}
    parts = sum(value for name, value in values.items() if name != "total")
    if values.get("total") == 0:
        yield bad(path, 0, "a total above zero")
    if not missing and len(values) == len(names) and parts != values["total"]:
        yield bad(path, from_hundredths(values["total"]),
                   f"{from_hundredths(parts)}, the sum of the areas and the pool")


def coverage(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that every credential has a table under each of its bodies, and every table belongs to a credential."""
    found = [(table.code, table.body) for table in parsed.points] + [(row.code, row.body) for row in parsed.like]
    asked = [(row.code, body) for row in parsed.credentials for body in row.bodies]
    for code, body in sorted(set(asked) - set(found)):
        yield bad(f"points/{code}.toml", None, f"a table for {code}({body})", "add it")
    for code, body in sorted(set(found) - set(asked)):
        yield bad("credentials.toml", None, f"a credential {code}({body})", "add it, or take out its table")
    yield from _followers(parsed)


def _followers(parsed: tables.Parsed) -> Iterable[Fault]:
    """Check that an international credential follows a table in force, and replaces existing areas."""
    areas = {row.code: row.areas for row in parsed.credentials}
    followed = {table.code: table.row[0].starts_on for table in parsed.points if table.body == "ASCP"}
    for row in parsed.like:
        if row.like not in followed or followed[row.like] > row.starts_on:
            yield bad(f"ascpi.toml: row {row.id}, like", row.like, f"a table in force on {row.starts_on}")
            continue
        for old, new in row.area_for.items():
            if old not in areas.get(row.like, ()) or new not in areas.get(row.code, ()):
                yield bad(f"ascpi.toml: row {row.id}, area_for", f"{old} = {new}",
                           f"an area of {row.like} and one of {row.code}")
