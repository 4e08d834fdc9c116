"""Build a book from the rows of an edition: each row becomes a value for the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast

import attrs

from cmprules._kit.shapes import FrozenMap, trusted
from cmprules._policy import rows as tables
from cmprules._policy.book import (
    Cell,
    Citation,
    CountingRules,
    ExamFeeRow,
    FeeRow,
    Figure,
    KindRule,
    LastDay,
    Limit,
    PassRateRow,
    PointsRow,
    PolicyBook,
    ProcessFigure,
    ProofRule,
    Setting,
    Source,
    Statement,
    TransitionRow,
)
from cmprules._policy.checks import last_days_of
from cmprules._policy.entries import AreaEntry, CodeEntry, UnitEntry, kind_entries
from cmprules._words.enums import Grade

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Edition:
    """The checked rows of one edition."""

    id: str
    last_checked: date
    summary: str
    sha256: str
    sources: tuple[tables.SourceRow, ...]
    points: tuple[tables.PointsTable, ...]
    like: tuple[tables.LikeRow, ...]
    kinds: tuple[tables.KindRow, ...]
    units: tuple[tables.UnitRow, ...]
    limits: tuple[tables.LimitRow, ...]
    fees: tuple[tables.FeeTableRow, ...]
    figures: tuple[tuple[str, str, tables.FigureRow | tables.ProcessRow], ...]
    statements: tuple[tuple[str, tables.TextRow], ...]
    credentials: tuple[tables.CredentialRow, ...]
    areas: tuple[tables.AreaRow, ...]
    exam_fees: tuple[tables.ExamFeeTableRow, ...]
    pass_rates: tuple[tables.PassRateTableRow, ...]
    transitions: tuple[tables.TransitionTableRow, ...]
    proofs: tuple[tables.ProofTableRow, ...]
    advisories: tuple[str, ...]


def edition_of(parsed: tables.Parsed, sha256: str) -> Edition:
    return Edition(id=parsed.edition.id, last_checked=parsed.edition.last_checked, summary=parsed.edition.summary,
                   sha256=sha256, sources=parsed.sources, points=parsed.points, like=parsed.like, kinds=parsed.kinds,
                   units=parsed.units, limits=parsed.limits, fees=parsed.fees, figures=parsed.named_figures,
                   statements=parsed.statements, credentials=parsed.credentials, areas=parsed.rows("areas"),
                   advisories=parsed.advisories,
                   exam_fees=parsed.rows("exam_fees"), pass_rates=parsed.rows("pass_rates"),
                   transitions=parsed.rows("declaration"), proofs=tuple(parsed.files["audit.toml"].proof))


def book_of(edition: Edition) -> PolicyBook:
    rows = [row for table in edition.points for row in points_rows(table)]
    by_table: dict[str, list[PointsRow]] = {}
    for row in [*rows, *_like_rows(rows, edition.like)]:
        by_table.setdefault(f"{row.code}({row.body})", []).append(row)
    statements = _statements(edition)
    rules = CountingRules(kinds=FrozenMap({row.id: _kind(row, edition.limits) for row in edition.kinds}))
    return PolicyBook(
        edition=edition.id, last_checked=edition.last_checked, sha256=edition.sha256, extra_sha256=(),
        sources=FrozenMap({row.id: source_of(row) for row in edition.sources}),
        tables=FrozenMap({name: tuple(rows) for name, rows in by_table.items()}),
        rules=rules,
        fees=tuple(fee_row(row) for row in edition.fees),
        figures=FrozenMap({figure.name: figure for figure in _process_figures(edition)}),
        statements=FrozenMap({statement.id: statement for statement in statements}),
        readings=tuple(statement for statement in statements if statement.id.startswith("reading/")),
        settings=FrozenMap({row.id: setting_of(row) for row in edition.limits if row.limit == "rule"}),
        last_days=FrozenMap({day.id: day for day in _last_days(edition)}),
        codes=FrozenMap({row.code: _code_entry(row) for row in edition.credentials}),
        kinds=FrozenMap(kind_entries(rules)),
        areas=FrozenMap({row.id: carried(AreaEntry, row, area=row.id, citation=citation_of(row))
                         for row in edition.areas}),
        units=FrozenMap({row.id: carried(UnitEntry, row, unit=row.id, citation=citation_of(row))
                         for row in edition.units}),
        exam_fees=tuple(_exam_fee_row(row) for row in edition.exam_fees),
        pass_rates=tuple(_pass_rate_row(row) for row in edition.pass_rates),
        transitions=tuple(_transition_row(row) for row in edition.transitions),
        proofs=FrozenMap({row.id: _proof_rule(row) for row in edition.proofs}),
        own_areas=FrozenMap({row.code: row.areas for row in edition.credentials}),
        advisories=edition.advisories,
        announced=tuple(row for table in edition.points for row in points_rows(table, announced=True)),
    )


def carried(cls: Callable[..., T], row: object, **named: Any) -> T:
    """Make a value from a row that is checked: what is not named here is the field of the row with the same name."""
    same = {name: getattr(row, name) for name in _names_of(cls) if name not in named and hasattr(row, name)}
    return trusted(cls, **same, **named)


@cache
def _names_of(cls: Callable[..., object]) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(cast("type[attrs.AttrsInstance]", cls)))


def citation_of(row: tables.Cited) -> Citation:
    return carried(Citation, row)


def _code_entry(row: tables.CredentialRow) -> CodeEntry:
    return carried(CodeEntry, row, former=row.aliases, citation=citation_of(row))


def figure_of(row: tables.CellRow | tables.PassRateTableRow | tables.ExamFeeTableRow) -> Figure:
    return carried(Figure, row)


def _process_figures(edition: Edition) -> Iterable[ProcessFigure]:
    """Make the figures of the process; a figure that is not established becomes only a statement."""
    for name, unit, row in edition.figures:
        if isinstance(row.value, Decimal):
            yield process_figure(name, unit, row, row.value)
    for limit in edition.limits:
        if limit.limit in tables.FIGURES_OF_LIMITS and isinstance(limit.value, Decimal):
            yield process_figure(limit.id, tables.FIGURES_OF_LIMITS[limit.limit], limit, limit.value)


def _last_days(edition: Edition) -> Iterable[LastDay]:
    """Make the days after which something ended, from rules about what counts and from the process."""
    limits = [(row.id, row) for row in edition.limits if row.limit == "last_day"]
    for name, row in [*limits, *((name, row) for name, _, row in edition.figures)]:
        if isinstance(row.value, date):
            yield LastDay(id=name, last_day=row.value, citation=citation_of(row))


def setting_of(row: tables.LimitRow, *, user: bool = False) -> Setting:
    return Setting(id=row.id, value=row.value if isinstance(row.value, str) else "certain", citation=citation_of(row),
                   user=user)


def process_figure(name: str, unit: str, row: tables.Cited, value: Decimal) -> ProcessFigure:
    return carried(ProcessFigure, row, name=name, value=value, unit=unit, ends_on=getattr(row, "until", None))


def source_of(row: tables.SourceRow) -> Source:
    return carried(Source, row)


def points_rows(
    table: tables.PointsTable, *, announced: bool = False, file: str | None = None
) -> Iterable[PointsRow]:
    """Turn the rows of a file into rows in force; each ends on the day before the next.

    The ids of a user's own rows begin with the name of their `file`, so that no two rows of a book share one.
    """
    rows = table.announced if announced else table.row
    for row, ends_on in zip(rows, last_days_of(rows), strict=True):
        yield carried(
            PointsRow, row, id=row.id if file is None else f"{file}#{row.id}", code=table.code, body=table.body,
            ends_on=ends_on, begins=citation_of(row.begins), cells=_cells(row.cells), user=file is not None,
        )


def _cells(cells: Iterable[tables.CellRow]) -> tuple[Cell, ...]:
    return tuple(Cell(of=cell.of, figure=figure_of(cell)) for cell in cells)


def _like_rows(rows: Sequence[PointsRow], like: Iterable[tables.LikeRow]) -> Iterable[PointsRow]:
    """Derive the international tables: the figures of the ASCP row, each with grade `inferred`."""
    for follower in like:
        followed = [row for row in rows if row.code == follower.like and row.body == "ASCP"]
        last_before = max(row.starts_on for row in followed if row.starts_on <= follower.starts_on)
        for row in followed:
            if row.starts_on >= last_before:
                yield _like_row(row, follower)


def _like_row(row: PointsRow, follower: tables.LikeRow) -> PointsRow:
    starts_on = max(row.starts_on, follower.starts_on)
    cells = tuple(
        Cell(of=follower.area_for.get(cell.of, cell.of), figure=attrs.evolve(cell.figure, grade=Grade.INFERRED))
        for cell in row.cells
    )
    return attrs.evolve(row, id=f"{follower.id}/{starts_on}", code=follower.code, body=follower.body,
                        starts_on=starts_on, begins=citation_of(follower), cells=cells)


def _kind(row: tables.KindRow, limits: Iterable[tables.LimitRow]) -> KindRule:
    own = tuple(limit_of(limit) for limit in limits if limit.kind == row.id)
    return carried(KindRule, row, kind=row.id, citation=citation_of(row), limits=own)


def limit_of(row: tables.LimitRow) -> Limit:
    return Limit(limit=row.limit, citation=citation_of(row),
                 value=row.value if isinstance(row.value, Decimal) else None,
                 day=row.value if isinstance(row.value, date) else None)


def fee_row(row: tables.FeeTableRow) -> FeeRow:
    return carried(FeeRow, row, ends_on=row.until, cells=_cells(row.cells))


def _exam_fee_row(row: tables.ExamFeeTableRow) -> ExamFeeRow:
    return carried(ExamFeeRow, row, ends_on=row.until, first_seen=row.from_is == "first_seen",
                   last_seen=row.until_is == "last_seen", figure=None if row.value is None else figure_of(row),
                   citation=citation_of(row))


def _pass_rate_row(row: tables.PassRateTableRow) -> PassRateRow:
    return carried(PassRateRow, row, text=row.text or "", figure=figure_of(row))


def _transition_row(row: tables.TransitionTableRow) -> TransitionRow:
    return carried(TransitionRow, row, text=row.text or "", citation=citation_of(row))


def _proof_rule(row: tables.ProofTableRow) -> ProofRule:
    return carried(ProofRule, row, kind=row.id, citation=citation_of(row))


def _statements(edition: Edition) -> list[Statement]:
    """Collect every rule in words, under the name by which findings cite it."""
    spoken = [carried(Statement, row, id=name, text=row.text or "", citation=citation_of(row),
                      ends_on=row.until if isinstance(row, tables.RuleRow | tables.ProcessRow) else None)
              for name, row in edition.statements]
    limits = [carried(Statement, row, text=row.text or "", citation=citation_of(row)) for row in edition.limits]
    units = [Statement(id=f"unit/{row.id}", text=row.label, citation=citation_of(row)) for row in edition.units]
    return [*spoken, *limits, *units]
