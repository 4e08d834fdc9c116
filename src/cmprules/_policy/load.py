"""From the files of an edition to a book: read, checked, and refused with every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from cmprules._kit.canonical import digest
from cmprules._kit.points import decimal_of
from cmprules._kit.shapes import FrozenMap, trusted
from cmprules._kit.toml import parse_toml
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
    OwnFile,
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
from cmprules._policy.checks import check_edition, check_extra, check_reform, last_days_of
from cmprules._policy.entries import AreaEntry, CodeEntry, UnitEntry, kind_entries
from cmprules._policy.reform import SUFFIX, with_fees, with_figures, with_kinds, with_limits, with_points, with_settings
from cmprules._words.enums import Grade
from cmprules._words.limits import LARGEST_FILE
from cmprules.errors import Fault, PolicyDataError, UnknownEditionError

_DATA = files("cmprules") / "data"


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


def editions() -> tuple[str, ...]:
    """List the editions that this release carries, the newest last.

    >>> "2026.1" in editions()
    True
    """
    found = [entry.name for entry in _DATA.iterdir() if entry.is_dir() and (entry / "edition.toml").is_file()]
    return tuple(sorted(found, key=lambda name: [int(part) for part in name.split(".")]))


def load_book(
    edition: str | None = None, *, extra: Sequence[str | PathLike[str]] = (),
    reform: Sequence[str | PathLike[str]] = (),
) -> PolicyBook:
    """Load an edition of the policy tables.

    Args:
        edition: its name, such as `2026.1`; without one, the newest that this release carries.  An application
            that wants the same answers for ever names it.
        extra: TOML files with rows of your own, in the format of the shipped tables.  They fill what is not
            established, have grade `user`, and are named in every answer that uses them.
        reform: TOML files with rows that stand in place of established ones, to see what would be if they bound.
            Every answer of such a book says that it is hypothetical.

    Raises:
        UnknownEditionError: this release has no such edition.
        PolicyDataError: a file breaks a check; every fault is named with file, row and field.

    >>> import cmprules
    >>> cmprules.load_book(edition="2026.1").edition
    '2026.1'
    >>> cmprules.load_book(edition="1999.1")
    Traceback (most recent call last):
    ...
    cmprules.errors.UnknownEditionError: no edition '1999.1'; this release has: 2026.1, 2026.2
    """
    known = editions()
    name = known[-1] if edition is None else edition
    if name not in known:
        raise UnknownEditionError(f"no edition {name!r}; this release has: {', '.join(known)}")
    faults = [*_not_paths(extra, "extra"), *_not_paths(reform, "reform")]
    if faults:
        raise PolicyDataError(faults)
    book = _shipped_book(name)
    own = [[Path(path) for path in paths] for paths in (extra, reform)]
    return _with_files(book, *own) if any(own) else book


def _not_paths(paths: Sequence[str | PathLike[str]], name: str) -> Iterable[Fault]:
    """Refuse what is no list of paths."""
    if isinstance(paths, str | PathLike) or not all(isinstance(path, str | PathLike) for path in paths):
        yield Fault(path=name, code="NOT_A_LIST", value=str(paths), expected="a list of files",
                    hint="put their paths in square brackets")


@cache
def _shipped_book(name: str) -> PolicyBook:
    return _book(read_edition(_DATA / name))


# ---------------------------------------------------------------------------------------------------------
# Reading files.


def _parse_toml(name: str, raw: bytes, faults: list[Fault]) -> dict[str, Any] | None:
    """Parse one file, decimals exact; an unreadable one is a fault and gives None."""
    try:
        return parse_toml(raw.decode("utf-8"), decimal_of)
    except (ArithmeticError, RecursionError, ValueError) as error:  # not UTF-8 and not TOML are ValueErrors
        faults.append(Fault(path=name, code="NOT_TOML", value=None, expected="a TOML file in UTF-8",
                            hint=f"correct it: {error}"))
        return None


def read_edition(folder: Traversable) -> Edition:
    """Read and check the files of one edition.

    Raises:
        PolicyDataError: with every fault.
    """
    faults: list[Fault] = []
    raw = {name: _parse_toml(name, entry.read_bytes(), faults) for name, entry in sorted(_toml_files(folder))}
    if faults:
        raise PolicyDataError(faults)
    parsed = tables.parse_edition(raw, faults)
    if not faults:
        check_edition(parsed, faults)
    if faults:
        raise PolicyDataError(faults)
    return _edition(parsed, _digest_of(raw))


def _toml_files(folder: Traversable, prefix: str = "") -> Iterable[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _toml_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield f"{prefix}{entry.name}", entry


def _digest_of(raw: Mapping[str, Any]) -> str:
    """Give the digest of an edition: of what its rows say, not of how the files are written; advisories left out."""
    return digest({name: _plain(value) for name, value in raw.items() if name != "advisories.toml"})


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal | date) else value


def _edition(parsed: tables.Parsed, sha256: str) -> Edition:
    return Edition(id=parsed.edition.id, last_checked=parsed.edition.last_checked, summary=parsed.edition.summary,
                   sha256=sha256, sources=parsed.sources, points=parsed.points, like=parsed.like, kinds=parsed.kinds,
                   units=parsed.units, limits=parsed.limits, fees=parsed.fees, figures=parsed.named_figures,
                   statements=parsed.statements, credentials=parsed.credentials, areas=parsed.rows("areas"),
                   advisories=parsed.advisories,
                   exam_fees=parsed.rows("exam_fees"), pass_rates=parsed.rows("pass_rates"),
                   transitions=parsed.rows("declaration"), proofs=tuple(parsed.files["audit.toml"].proof))


# ---------------------------------------------------------------------------------------------------------
# Building the book.


def _book(edition: Edition) -> PolicyBook:
    rows = [row for table in edition.points for row in _points_rows(table)]
    by_table: dict[str, list[PointsRow]] = {}
    for row in [*rows, *_like_rows(rows, edition.like)]:
        by_table.setdefault(f"{row.code}({row.body})", []).append(row)
    statements = _statements(edition)
    rules = CountingRules(kinds=FrozenMap({row.id: _kind(row, edition.limits) for row in edition.kinds}))
    return PolicyBook(
        edition=edition.id, last_checked=edition.last_checked, sha256=edition.sha256, extra_sha256=(),
        sources=FrozenMap({row.id: _source(row) for row in edition.sources}),
        tables=FrozenMap({name: tuple(rows) for name, rows in by_table.items()}),
        rules=rules,
        fees=tuple(_fee_row(row) for row in edition.fees),
        figures=FrozenMap({figure.name: figure for figure in _process_figures(edition)}),
        statements=FrozenMap({statement.id: statement for statement in statements}),
        readings=tuple(statement for statement in statements if statement.id.startswith("reading/")),
        settings=FrozenMap({row.id: _setting(row) for row in edition.limits if row.limit == "rule"}),
        last_days=FrozenMap({day.id: day for day in _last_days(edition)}),
        codes=FrozenMap({row.code: _code_entry(row) for row in edition.credentials}),
        kinds=FrozenMap(kind_entries(rules)),
        areas=FrozenMap({row.id: AreaEntry(area=row.id, label=row.label, belongs=row.belongs, citation=_citation(row))
                         for row in edition.areas}),
        units=FrozenMap({row.id: UnitEntry(unit=row.id, label=row.label, points=row.points, citation=_citation(row))
                         for row in edition.units}),
        exam_fees=tuple(_exam_fee_row(row) for row in edition.exam_fees),
        pass_rates=tuple(_pass_rate_row(row) for row in edition.pass_rates),
        transitions=tuple(_transition_row(row) for row in edition.transitions),
        proofs=FrozenMap({row.id: _proof_rule(row) for row in edition.proofs}),
        own_areas=FrozenMap({row.code: row.areas for row in edition.credentials}),
        advisories=edition.advisories,
        announced=tuple(row for table in edition.points for row in _points_rows(table, announced=True)),
    )


def _citation(row: tables.Cited) -> Citation:
    return trusted(Citation, source=row.source, pin=row.pin, grade=row.grade)


def _code_entry(row: tables.CredentialRow) -> CodeEntry:
    return CodeEntry(code=row.code, name=row.name, group=row.group, bodies=row.bodies, former=row.aliases,
                     areas=row.areas, examined=row.examined, note=row.note, citation=_citation(row))


def _figure(row: tables.CellRow | tables.PassRateTableRow) -> Figure:
    return trusted(Figure, value=row.value, grade=row.grade, source=row.source, pin=row.pin)


def _process_figures(edition: Edition) -> Iterable[ProcessFigure]:
    """Make the figures of the process; one that is not established is a statement alone."""
    for name, unit, row in edition.figures:
        if isinstance(row.value, Decimal):
            yield _process_figure(name, unit, row, row.value)
    for limit in edition.limits:
        if limit.limit in tables.FIGURES_OF_LIMITS and isinstance(limit.value, Decimal):
            yield _process_figure(limit.id, tables.FIGURES_OF_LIMITS[limit.limit], limit, limit.value)


def _last_days(edition: Edition) -> Iterable[LastDay]:
    """Make the days after which something is over, of rules on what counts and of the process."""
    limits = [(row.id, row) for row in edition.limits if row.limit == "last_day"]
    for name, row in [*limits, *((name, row) for name, _, row in edition.figures)]:
        if isinstance(row.value, date):
            yield LastDay(id=name, last_day=row.value, citation=_citation(row))


def _setting(row: tables.LimitRow, *, user: bool = False) -> Setting:
    return Setting(id=row.id, value=row.value if isinstance(row.value, str) else "certain", citation=_citation(row),
                   user=user)


def _process_figure(name: str, unit: str, row: tables.Cited, value: Decimal) -> ProcessFigure:
    return trusted(ProcessFigure, name=name, value=value, unit=unit, grade=row.grade, source=row.source, pin=row.pin,
                   starts_on=getattr(row, "starts_on", None), ends_on=getattr(row, "until", None))


def _source(row: tables.SourceRow) -> Source:
    return trusted(Source, title=row.title, issuer=row.issuer, published_on=row.published_on, url=row.url,
                   published=row.published, note=row.note)


def _points_rows(
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
            begins=_citation(row.begins), established=row.established,
            cells=tuple(Cell(of=cell.of, figure=_figure(cell)) for cell in row.cells),
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
                        starts_on=starts_on, begins=_citation(follower), cells=cells)


def _kind(row: tables.KindRow, limits: Iterable[tables.LimitRow]) -> KindRule:
    own = tuple(_limit(limit) for limit in limits if limit.kind == row.id)
    return KindRule(kind=row.id, label=row.label, established=row.established, citation=_citation(row), limits=own,
                    proof=row.proof, information=row.information)


def _limit(row: tables.LimitRow) -> Limit:
    return Limit(limit=row.limit, citation=_citation(row), value=row.value if isinstance(row.value, Decimal) else None,
                 day=row.value if isinstance(row.value, date) else None)


def _fee_row(row: tables.FeeTableRow) -> FeeRow:
    return FeeRow(id=row.id, region=row.region, group=row.group, starts_on=row.starts_on, ends_on=row.until,
                  cells=tuple(Cell(of=cell.of, figure=_figure(cell)) for cell in row.cells))


def _exam_fee_row(row: tables.ExamFeeTableRow) -> ExamFeeRow:
    figure = (None if row.value is None else
              trusted(Figure, value=row.value, grade=row.grade, source=row.source, pin=row.pin))
    return ExamFeeRow(id=row.id, codes=row.codes, body=row.body, starts_on=row.starts_on, ends_on=row.until,
                      first_seen=row.from_is == "first_seen", last_seen=row.until_is == "last_seen", figure=figure,
                      citation=_citation(row), question=row.question, note=row.note)


def _pass_rate_row(row: tables.PassRateTableRow) -> PassRateRow:
    return PassRateRow(id=row.id, measure=row.measure, code=row.code, body=row.body, first_year=row.first_year,
                       last_year=row.last_year, years=row.years, said_by=row.said_by, text=row.text or "",
                       figure=_figure(row))


def _transition_row(row: tables.TransitionTableRow) -> TransitionRow:
    return TransitionRow(id=row.id, from_states=row.from_states, event=row.event, to=row.to, needs=row.needs,
                         text=row.text or "", citation=_citation(row), question=row.question)


def _proof_rule(row: tables.ProofTableRow) -> ProofRule:
    return ProofRule(kind=row.id, established=row.established, documents=row.documents, fields=row.fields,
                     text=row.text, citation=_citation(row), question=row.question)


def _statements(edition: Edition) -> list[Statement]:
    """Gather every rule in words under the name by which findings cite it."""
    spoken = [Statement(id=name, text=row.text or "", citation=_citation(row), question=row.question,
                        established=row.established, words=getattr(row, "words", ()),
                        ends_on=_last_day_of(row))
              for name, row in edition.statements]
    limits = [Statement(id=row.id, text=row.text or "", citation=_citation(row), question=row.question)
              for row in edition.limits]
    units = [Statement(id=f"unit/{row.id}", text=row.label, citation=_citation(row)) for row in edition.units]
    return [*spoken, *limits, *units]


def _last_day_of(row: tables.TextRow) -> date | None:
    """Give the last day on which a rule or a figure in words holds, if its row has one."""
    return row.until if isinstance(row, tables.RuleRow | tables.ProcessRow) else None


# ---------------------------------------------------------------------------------------------------------
# The user's own rows.


@attrs.frozen
class _Given:
    """A file that somebody gave: its path or name for messages, its name in the book, its bytes, and its part."""

    path: str
    name: str
    raw: bytes
    reform: bool


def _with_files(book: PolicyBook, extra: Sequence[Path], reform: Sequence[Path]) -> PolicyBook:
    """Read the user's own files and lay them over a book."""
    faults: list[Fault] = []
    paths = [*extra, *reform]
    given = [_Given(path.name, name, _read_extra(path, faults), place >= len(extra))
             for place, (path, name) in enumerate(zip(paths, _names_of(paths), strict=True))]
    return _laid_over(book, given, faults)


def lay(book: PolicyBook, files: Sequence[OwnFile]) -> PolicyBook:
    """Lay files that a book or a receipt has kept over an edition.

    Raises:
        PolicyDataError: they do not go with this edition; every fault is named with file, row and field.
    """
    given = [_Given(file.name, file.name, file.text.encode(), file.reform) for file in files]
    return _laid_over(book, given, []) if given else book


def _laid_over(base: PolicyBook, given: Sequence[_Given], faults: list[Fault]) -> PolicyBook:
    """Add the user's own rows: those of `extra` where nothing is established, those of a reform over all of it."""
    book, earlier = base, list[tuple[str, tables.ReformTable]]()
    for file in given:
        parsed = _parse_toml(file.path, file.raw, faults) if file.raw else None
        if parsed is not None and file.reform:
            book = _reformed(book, file, parsed, earlier, faults)
        elif parsed is not None:
            book = _extended(book, file, parsed, faults)
    if faults:
        raise PolicyDataError(faults)
    files = tuple(OwnFile(name=file.name, reform=file.reform, text=file.raw.decode()) for file in given)
    return attrs.evolve(book, base=base, files=files, extra_sha256=tuple(file.sha256 for file in files),
                        edition=base.edition + SUFFIX if earlier else base.edition)


def _extended(book: PolicyBook, file: _Given, parsed: dict[str, Any], faults: list[Fault]) -> PolicyBook:
    """Add the rows of one file where nothing is established."""
    table = tables.parse_extra(file.path, parsed, faults)
    if table is None or check_extra(file.path, table, book, faults):
        return book
    return _merged(book, table, file.name)


def _reformed(book: PolicyBook, file: _Given, parsed: dict[str, Any], earlier: list[tuple[str, tables.ReformTable]],
              faults: list[Fault]) -> PolicyBook:
    """Lay the rows of one file of a reform over whatever there is."""
    table = tables.parse_reform(file.path, parsed, faults)
    if table is None or check_reform(file.path, table, book, earlier, faults):
        return book
    earlier.append((file.path, table))
    book = attrs.evolve(book, sources=FrozenMap({**book.sources, **{row.id: _source(row) for row in table.source}}))
    if isinstance(table, tables.ExtraPoints):
        return with_points(book, f"{table.code}({table.body})", tuple(_points_rows(table, file=file.name)))
    if isinstance(table, tables.ExtraFees):
        return with_fees(book, [attrs.evolve(_fee_row(row), id=f"{file.name}#{row.id}") for row in table.row])
    if isinstance(table, tables.ExtraKinds):
        return _listing_kinds(with_kinds(book, [_established(book.rules.kinds[row.id], row) for row in table.row]))
    if isinstance(table, tables.ExtraLimits):
        bounds = [row for row in table.row if row.limit != "rule"]
        return _settled(with_limits(book, [(row.id, str(row.kind), _limit(row)) for row in bounds]), table)
    return with_figures(book, [(_process_figure(table.name(row), table.unit_of(row), row, row.value), row.text)
                               for row in table.row if isinstance(row.value, Decimal)])


def _settled(book: PolicyBook, table: tables.ExtraLimits) -> PolicyBook:
    """Let the rules of a file settle what the edition leaves open."""
    return with_settings(book, [_setting(row, user=True) for row in table.row if row.limit == "rule"])


def _names_of(paths: Sequence[Path]) -> list[str]:
    """Name each file by its own name, and by its place in the list too if another has the same."""
    times = Counter(path.name for path in paths)
    return [path.name if times[path.name] == 1 else f"{path.name}({place})" for place, path in enumerate(paths, 1)]


def _read_extra(path: Path, faults: list[Fault]) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        faults.append(Fault(path=path.name, code="CANNOT_READ", value=str(path), expected="a TOML file",
                            hint=f"check the path: {reason}"))
        return b""
    if not raw.strip() or len(raw) > LARGEST_FILE:
        code = "FILE_TOO_LARGE" if raw.strip() else "EMPTY_FILE"
        faults.append(Fault(path=path.name, code=code, value=len(raw), expected="a table of up to 5 MB",
                            hint="check which file was meant"))
        return b""
    return raw


def _established(kind: KindRule, row: tables.KindRow) -> KindRule:
    """Let a user's own row say whether a kind is established, and by what."""
    return attrs.evolve(kind, established=row.established, citation=_citation(row), label=row.label,
                        proof=row.proof or kind.proof, information=row.information or kind.information)


def _listing_kinds(book: PolicyBook) -> PolicyBook:
    """List the kinds as the user's own rows have them."""
    return attrs.evolve(book, kinds=FrozenMap(kind_entries(book.rules)))


def _merged(book: PolicyBook, table: tables.ExtraTable, file: str) -> PolicyBook:
    sources = FrozenMap({**book.sources, **{row.id: _source(row) for row in table.source}})
    book = attrs.evolve(book, sources=sources)
    if isinstance(table, tables.ExtraPoints):
        name = f"{table.code}({table.body})"
        rows = tuple(_points_rows(table, file=file))
        return attrs.evolve(book, tables=FrozenMap({**book.tables, name: (*book.tables.get(name, ()), *rows)}))
    if isinstance(table, tables.ExtraKinds):
        kinds = {row.id: _established(book.rules.kinds[row.id], row) for row in table.row}
        rules = CountingRules(kinds=FrozenMap({**book.rules.kinds, **kinds}))
        return _listing_kinds(attrs.evolve(book, rules=rules))
    if isinstance(table, tables.ExtraLimits):
        return _settled(book, table)
    fees = [attrs.evolve(_fee_row(row), id=f"{file}#{row.id}") for row in table.row]
    return attrs.evolve(book, fees=(*book.fees, *fees))


