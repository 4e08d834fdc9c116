"""Build a book from the rows of an edition: every row becomes a value that answers use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

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


@attrs.frozen(kw_only=True)
class Edition:
    """The files of one edition, read and checked, row by row."""

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
        areas=FrozenMap({row.id: AreaEntry(area=row.id, label=row.label, belongs=row.belongs, citation=citation_of(row))
                         for row in edition.areas}),
        units=FrozenMap({row.id: UnitEntry(unit=row.id, label=row.label, points=row.points, citation=citation_of(row))
                         for row in edition.units}),
        exam_fees=tuple(_exam_fee_row(row) for row in edition.exam_fees),
        pass_rates=tuple(_pass_rate_row(row) for row in edition.pass_rates),
        transitions=tuple(_transition_row(row) for row in edition.transitions),
        proofs=FrozenMap({row.id: _proof_rule(row) for row in edition.proofs}),
        own_areas=FrozenMap({row.code: row.areas for row in edition.credentials}),
        advisories=edition.advisories,
        announced=tuple(row for table in edition.points for row in points_rows(table, announced=True)),
    )


def citation_of(row: tables.Cited) -> Citation:
    return trusted(Citation, source=row.source, pin=row.pin, grade=row.grade)


def _code_entry(row: tables.CredentialRow) -> CodeEntry:
    return CodeEntry(code=row.code, name=row.name, group=row.group, bodies=row.bodies, former=row.aliases,
                     areas=row.areas, examined=row.examined, note=row.note, citation=citation_of(row))


def figure_of(row: tables.CellRow | tables.PassRateTableRow) -> Figure:
    return trusted(Figure, value=row.value, grade=row.grade, source=row.source, pin=row.pin)


def _process_figures(edition: Edition) -> Iterable[ProcessFigure]:
    """Make the figures of the process; a figure that is not established becomes only a statement."""
    for name, unit, row in edition.figures:
        if isinstance(row.value, Decimal):
            yield process_figure(name, unit, row, row.value)
    for limit in edition.limits:
        if limit.limit in tables.FIGURES_OF_LIMITS and isinstance(limit.value, Decimal):
            yield process_figure(limit.id, tables.FIGURES_OF_LIMITS[limit.limit], limit, limit.value)


def _last_days(edition: Edition) -> Iterable[LastDay]:
    """Make the days after which something ended, from rules on what counts and from the process."""
    limits = [(row.id, row) for row in edition.limits if row.limit == "last_day"]
    for name, row in [*limits, *((name, row) for name, _, row in edition.figures)]:
        if isinstance(row.value, date):
            yield LastDay(id=name, last_day=row.value, citation=citation_of(row))


def setting_of(row: tables.LimitRow, *, user: bool = False) -> Setting:
    return Setting(id=row.id, value=row.value if isinstance(row.value, str) else "certain", citation=citation_of(row),
                   user=user)


def process_figure(name: str, unit: str, row: tables.Cited, value: Decimal) -> ProcessFigure:
    return trusted(ProcessFigure, name=name, value=value, unit=unit, grade=row.grade, source=row.source, pin=row.pin,
                   starts_on=getattr(row, "starts_on", None), ends_on=getattr(row, "until", None))


def source_of(row: tables.SourceRow) -> Source:
    return trusted(Source, title=row.title, issuer=row.issuer, published_on=row.published_on, url=row.url,
                   published=row.published, note=row.note)


def points_rows(
    table: tables.PointsTable, *, announced: bool = False, file: str | None = None
) -> Iterable[PointsRow]:
    """Turn the rows of a file into rows in force, each ending on the day before the next.

    The ids of a user's own rows begin with the name of their `file`, so that no two rows of a book share one.
    """
    rows = table.announced if announced else table.row
    for row, ends_on in zip(rows, last_days_of(rows), strict=True):
        yield PointsRow(
            id=row.id if file is None else f"{file}#{row.id}", code=table.code, body=table.body,
            starts_on=row.starts_on, ends_on=ends_on,
            begins=citation_of(row.begins), established=row.established,
            cells=tuple(Cell(of=cell.of, figure=figure_of(cell)) for cell in row.cells),
            known=row.known, question=row.question, user=file is not None,
        )


def _like_rows(rows: Sequence[PointsRow], like: Iterable[tables.LikeRow]) -> Iterable[PointsRow]:
    """Derive the international tables: the figures of the ASCP row, every one of them inferred."""
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
    return KindRule(kind=row.id, label=row.label, established=row.established, citation=citation_of(row), limits=own,
                    proof=row.proof, information=row.information)


def limit_of(row: tables.LimitRow) -> Limit:
    return Limit(limit=row.limit, citation=citation_of(row),
                 value=row.value if isinstance(row.value, Decimal) else None,
                 day=row.value if isinstance(row.value, date) else None)


def fee_row(row: tables.FeeTableRow) -> FeeRow:
    return FeeRow(id=row.id, region=row.region, group=row.group, starts_on=row.starts_on, ends_on=row.until,
                  cells=tuple(Cell(of=cell.of, figure=figure_of(cell)) for cell in row.cells))


def _exam_fee_row(row: tables.ExamFeeTableRow) -> ExamFeeRow:
    figure = (None if row.value is None else
              trusted(Figure, value=row.value, grade=row.grade, source=row.source, pin=row.pin))
    return ExamFeeRow(id=row.id, codes=row.codes, body=row.body, starts_on=row.starts_on, ends_on=row.until,
                      first_seen=row.from_is == "first_seen", last_seen=row.until_is == "last_seen", figure=figure,
                      citation=citation_of(row), question=row.question, note=row.note)


def _pass_rate_row(row: tables.PassRateTableRow) -> PassRateRow:
    return PassRateRow(id=row.id, measure=row.measure, code=row.code, body=row.body, first_year=row.first_year,
                       last_year=row.last_year, years=row.years, said_by=row.said_by, text=row.text or "",
                       figure=figure_of(row))


def _transition_row(row: tables.TransitionTableRow) -> TransitionRow:
    return TransitionRow(id=row.id, from_states=row.from_states, event=row.event, to=row.to, needs=row.needs,
                         text=row.text or "", citation=citation_of(row), question=row.question)


def _proof_rule(row: tables.ProofTableRow) -> ProofRule:
    return ProofRule(kind=row.id, established=row.established, documents=row.documents, fields=row.fields,
                     text=row.text, citation=citation_of(row), question=row.question)


def _statements(edition: Edition) -> list[Statement]:
    """Collect every rule in words under the name by which findings cite it."""
    spoken = [Statement(id=name, text=row.text or "", citation=citation_of(row), question=row.question,
                        established=row.established, words=getattr(row, "words", ()),
                        ends_on=_last_day_of(row))
              for name, row in edition.statements]
    limits = [Statement(id=row.id, text=row.text or "", citation=citation_of(row), question=row.question)
              for row in edition.limits]
    units = [Statement(id=f"unit/{row.id}", text=row.label, citation=citation_of(row)) for row in edition.units]
    return [*spoken, *limits, *units]


def _last_day_of(row: tables.TextRow) -> date | None:
    """Return the last day on which a rule or a figure in words holds, if its row has one."""
    return row.until if isinstance(row, tables.RuleRow | tables.ProcessRow) else None
