"""Lay the user's own rows over a book: where nothing is established or, for a reform, over everything."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import attrs

from cmprules._kit.points import decimal_of
from cmprules._kit.shapes import FrozenMap
from cmprules._kit.toml import parse_toml
from cmprules._policy import rows as tables
from cmprules._policy.book import CountingRules, KindRule, OwnFile, PolicyBook
from cmprules._policy.building import citation_of, fee_row, limit_of, points_rows, process_figure, setting_of, source_of
from cmprules._policy.checks import check_extra, check_reform
from cmprules._policy.entries import kind_entries
from cmprules._policy.reform import SUFFIX, with_fees, with_figures, with_kinds, with_limits, with_points, with_settings
from cmprules.errors import Fault, PolicyDataError


def parsed_file(name: str, raw: bytes, faults: list[Fault]) -> dict[str, Any] | None:
    """Parse one file with exact decimals; for an unreadable file, note a fault and return None."""
    try:
        return parse_toml(raw.decode("utf-8"), decimal_of)
    except (ArithmeticError, RecursionError, ValueError) as error:  # bad UTF-8 and bad TOML are ValueErrors
        faults.append(Fault(path=name, code="NOT_TOML", value=None, expected="a TOML file in UTF-8",
                            hint=f"correct it: {error}"))
        return None


@attrs.frozen
class Given:
    """A user's file: its path or name for messages, its name in the book, its bytes, and whether it is a reform."""

    path: str
    name: str
    raw: bytes
    reform: bool


def lay(book: PolicyBook, files: Sequence[OwnFile]) -> PolicyBook:
    """Lay the files from a book or a receipt over an edition.

    Raises:
        PolicyDataError: they do not fit this edition; every fault is named with file, row and field.
    """
    given = [Given(file.name, file.name, file.text.encode(), file.reform) for file in files]
    return laid_over(book, given, []) if given else book


def laid_over(base: PolicyBook, given: Sequence[Given], faults: list[Fault]) -> PolicyBook:
    """Add the user's own rows: those of `extra` where nothing is established, those of a reform over everything."""
    book, earlier = base, list[tuple[str, tables.ReformTable]]()
    for file in given:
        parsed = parsed_file(file.path, file.raw, faults) if file.raw else None
        if parsed is not None and file.reform:
            book = _reformed(book, file, parsed, earlier, faults)
        elif parsed is not None:
            book = _extended(book, file, parsed, faults)
    if faults:
        raise PolicyDataError(faults)
    files = tuple(OwnFile(name=file.name, reform=file.reform, text=file.raw.decode()) for file in given)
    return attrs.evolve(book, base=base, files=files, extra_sha256=tuple(file.sha256 for file in files),
                        edition=base.edition + SUFFIX if earlier else base.edition)


def _extended(book: PolicyBook, file: Given, parsed: dict[str, Any], faults: list[Fault]) -> PolicyBook:
    """Add the rows of one file where nothing is established."""
    table = tables.parse_extra(file.path, parsed, faults)
    if table is None or check_extra(file.path, table, book, faults):
        return book
    return _merged(book, table, file.name)


def _reformed(book: PolicyBook, file: Given, parsed: dict[str, Any], earlier: list[tuple[str, tables.ReformTable]],
              faults: list[Fault]) -> PolicyBook:
    """Lay the rows of one reform file over the book."""
    table = tables.parse_reform(file.path, parsed, faults)
    if table is None or check_reform(file.path, table, book, earlier, faults):
        return book
    earlier.append((file.path, table))
    book = attrs.evolve(book, sources=FrozenMap({**book.sources, **{row.id: source_of(row) for row in table.source}}))
    if isinstance(table, tables.ExtraPoints):
        return with_points(book, f"{table.code}({table.body})", tuple(points_rows(table, file=file.name)))
    if isinstance(table, tables.ExtraFees):
        return with_fees(book, [attrs.evolve(fee_row(row), id=f"{file.name}#{row.id}") for row in table.row])
    if isinstance(table, tables.ExtraKinds):
        return _listing_kinds(with_kinds(book, [_established(book.rules.kinds[row.id], row) for row in table.row]))
    if isinstance(table, tables.ExtraLimits):
        bounds = [row for row in table.row if row.limit != "rule"]
        return _settled(with_limits(book, [(row.id, str(row.kind), limit_of(row)) for row in bounds]), table)
    return with_figures(book, [(process_figure(table.name(row), table.unit_of(row), row, row.value), row.text)
                               for row in table.row if isinstance(row.value, Decimal)])


def _settled(book: PolicyBook, table: tables.ExtraLimits) -> PolicyBook:
    """Let the rules of a file settle what the edition leaves open."""
    return with_settings(book, [setting_of(row, user=True) for row in table.row if row.limit == "rule"])


def _established(kind: KindRule, row: tables.KindRow) -> KindRule:
    """Let a user's own row decide whether a kind is established, and cite its source."""
    return attrs.evolve(kind, established=row.established, citation=citation_of(row), label=row.label,
                        proof=row.proof or kind.proof, information=row.information or kind.information)


def _listing_kinds(book: PolicyBook) -> PolicyBook:
    """List the kinds again, with the user's own rows."""
    return attrs.evolve(book, kinds=FrozenMap(kind_entries(book.rules)))


def _merged(book: PolicyBook, table: tables.ExtraTable, file: str) -> PolicyBook:
    sources = FrozenMap({**book.sources, **{row.id: source_of(row) for row in table.source}})
    book = attrs.evolve(book, sources=sources)
    if isinstance(table, tables.ExtraPoints):
        name = f"{table.code}({table.body})"
        rows = tuple(points_rows(table, file=file))
        return attrs.evolve(book, tables=FrozenMap({**book.tables, name: (*book.tables.get(name, ()), *rows)}))
    if isinstance(table, tables.ExtraKinds):
        kinds = {row.id: _established(book.rules.kinds[row.id], row) for row in table.row}
        rules = CountingRules(kinds=FrozenMap({**book.rules.kinds, **kinds}))
        return _listing_kinds(attrs.evolve(book, rules=rules))
    if isinstance(table, tables.ExtraLimits):
        return _settled(book, table)
    fees = [attrs.evolve(fee_row(row), id=f"{file}#{row.id}") for row in table.row]
    return attrs.evolve(book, fees=(*book.fees, *fees))
