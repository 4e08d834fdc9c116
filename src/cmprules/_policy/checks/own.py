"""Checks of the user's own rows: they may fill in only what is not established."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cmprules._kit.shapes import nearest
from cmprules._policy import rows as tables
from cmprules._policy.book import FeeRow, PolicyBook, Source
from cmprules._policy.checks.noting import bad, overlap, repeated
from cmprules._policy.checks.points import ascending, last_days_of, points_row
from cmprules._policy.checks.sources import cited_in, source_faults
from cmprules._policy.checks.words import BY_KIND, WORD_OF_RULE, fees
from cmprules._words import vocabulary
from cmprules.errors import Fault


def check_extra(name: str, table: tables.ExtraTable, book: PolicyBook, faults: list[Fault]) -> bool:
    """Check that a user's rows have sources, add up, and replace nothing established; return whether one is wrong."""
    before = len(faults)
    faults.extend(own_sources(name, table, book))
    if isinstance(table, tables.ExtraPoints):
        faults.extend(_extra_points(name, table, book))
    elif isinstance(table, tables.ExtraFees):
        faults.extend(_extra_fees(name, table.row, book))
    elif isinstance(table, tables.ExtraLimits):
        faults.extend(_extra_limits(name, table.row, book))
    else:
        faults.extend(_extra_kinds(name, table.row, book))
    return len(faults) > before


def own_sources(name: str, table: tables.ReformTable, book: PolicyBook) -> Iterable[Fault]:
    """Check that a user's rows cite documents of the register or of their own file."""
    yield from repeated(f"{name}: source", [row.id for row in table.source])
    for source in table.source:
        if source.id in book.sources and not _is_same(source, book.sources[source.id]):
            yield bad(f"{name}: source", source.id, "an id of its own", "the book has another document of that id")
    register = (*book.sources, *(row.id for row in table.source))
    for row in table.row:
        for path, cited in cited_in(f"{name}: row {row.id}", row):
            yield from source_faults(path, cited, register)


def _is_same(row: tables.SourceRow, source: Source) -> bool:
    """Return whether a user's file names a document that the book already has."""
    return (row.title, row.issuer, row.url, row.published_on) == (source.title, source.issuer, source.url,
                                                                  source.published_on)


def _extra_kinds(name: str, rows: Sequence[tables.KindRow], book: PolicyBook) -> Iterable[Fault]:
    """Check that a user's kinds establish what is not established, and change nothing else."""
    yield from repeated(name, [row.id for row in rows])
    for row in rows:
        path = f"{name}: row {row.id}"
        if book.rules.kinds[row.id].established:
            yield bad(path, row.id, "a kind that is not established")
        if not row.established:
            yield bad(f"{path}, established", "false", "true", "a row of your own establishes the kind")
        yield from units(path, row)


def units(path: str, row: tables.KindRow) -> Iterable[Fault]:
    if row.units not in {(), vocabulary.KINDS[row.id]}:
        yield bad(f"{path}, units", row.units, f"{vocabulary.KINDS[row.id]}, or nothing")


def own_points(name: str, table: tables.ExtraPoints) -> Iterable[Fault]:
    """Check that a user's table is in order, adds up, and has a body that awards the credential."""
    if table.body not in vocabulary.BODIES[table.code]:
        yield bad(f"{name}: body", table.body, " or ".join(vocabulary.BODIES[table.code]))
    if table.announced:
        yield bad(f"{name}: announced", len(table.announced), "rows that bind", "take it out: it would not be used")
    yield from ascending(name, table.row)
    yield from repeated(name, [row.id for row in table.row])
    for row in table.row:
        yield from points_row(f"{name}: row {row.id}", row, vocabulary.AREAS)
        if not row.established:
            yield bad(f"{name}: row {row.id}, established", "false", "an established row", "leave it out")


def _extra_points(name: str, table: tables.ExtraPoints, book: PolicyBook) -> Iterable[Fault]:
    yield from own_points(name, table)
    last_days = last_days_of(table.row)
    for own, last_day in zip(table.row, last_days, strict=True):
        for shipped in book.tables.get(f"{table.code}({table.body})", ()):
            if shipped.established and overlap(own.starts_on, last_day, shipped.starts_on, shipped.ends_on):
                yield bad(f"{name}: row {own.id}", own.id, "expiries for which nothing is established",
                           f"the edition's row {shipped.id} stands already")


def _extra_fees(name: str, rows: Sequence[tables.FeeTableRow], book: PolicyBook) -> Iterable[Fault]:
    yield from fees(name, rows)
    for own in rows:
        for shipped in book.fees:
            overlaps = own.region == shipped.region and same_group(own, shipped) and overlap(
                own.starts_on, own.until, shipped.starts_on, shipped.ends_on)
            both = {cell.of for cell in own.cells} & {cell.of for cell in shipped.cells}
            if overlaps and both:
                yield bad(f"{name}: row {own.id}", ", ".join(sorted(both)), "amounts that are not established",
                           f"the edition's row {shipped.id} gives them already")


def same_group(one: tables.FeeTableRow, other: FeeRow | tables.FeeTableRow) -> bool:
    """Return whether two rows of fees may be about the same credential."""
    return one.group is None or other.group in {None, one.group}


def _extra_limits(name: str, rows: Sequence[tables.LimitRow], book: PolicyBook) -> Iterable[Fault]:
    """Check that a user's rows settle only what the edition leaves open, and move no bound."""
    yield from repeated(name, [row.id for row in rows])
    for row in rows:
        if row.limit == "rule":
            yield from own_setting(f"{name}: row {row.id}", row, book)
        else:
            yield bad(f"{name}: row {row.id}, limit", row.limit, "rule", "only a reform moves a bound")


def own_setting(path: str, row: tables.LimitRow, book: PolicyBook) -> Iterable[Fault]:
    """Check that a user's own rule settles, once, a rule that the edition leaves open, with each, once or open."""
    known = tuple(_settable(book))
    kind = row.id.removeprefix("rule/repeated/")
    if row.id not in known:
        yield bad(path, row.id, "a rule that this edition leaves to you",
                   nearest(row.id, known) if known else f"edition {book.edition} has none")
    elif book.settings[row.id].user:
        yield bad(path, row.id, "a rule that no other file of yours settles", "put them together")
    elif row.kind not in {None, kind}:
        yield bad(f"{path}, kind", row.kind, f"{kind}, or nothing")
    elif row.value not in tables.OPEN_WORDS:
        yield bad(f"{path}, value", row.value, "each, once or open", "write one of the three")


def _settable(book: PolicyBook) -> Iterator[str]:
    """Name the rules that a user's own rows may settle: those that the edition answers with each, once or open."""
    for name, setting in book.settings.items():
        if setting.value in {*tables.OPEN_WORDS, BY_KIND} and (
                name == "rule/repeated" or WORD_OF_RULE.get(name) == tables.OPEN_WORDS):
            yield name
