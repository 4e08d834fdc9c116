"""The files of an edition: their names, the shape of their rows, and how to read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

import attrs

from cmprules._kit.shapes import Checked, Day, ListOf, Part, Shape, Word, read_part, wire
from cmprules._policy.rows.lists import PROCESS, TABLE_SCHEMA
from cmprules._policy.rows.rows import (
    BODY,
    CODE,
    TEXT,
    AreaRow,
    CredentialRow,
    EditionRow,
    ExamFeeTableRow,
    FeeTableRow,
    FigureRow,
    KindRow,
    LikeRow,
    LimitRow,
    ParticipationRow,
    PassRateTableRow,
    PointsTableRow,
    ProcessRow,
    ProofTableRow,
    RuleRow,
    SourceRow,
    TextRow,
    TransitionTableRow,
    UnitRow,
    schema_word,
)
from cmprules.errors import Fault

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class SourcesFile(Checked):
    """The register of documents."""

    schema: str = attrs.field(metadata=wire(schema_word("cmprules.sources/1")))
    last_checked: date
    source: tuple[SourceRow, ...]


@attrs.frozen(kw_only=True)
class AdvisoriesFile(Checked):
    """Known errors of the edition."""

    schema: str = attrs.field(metadata=wire(schema_word("cmprules.advisories/1")))
    advisory: tuple[str, ...] = ()


_UNITS_OF_TABLES = {
    "points": "point", "credentials": "name", "areas": "name", "units": "point", "kinds": "name", "limits": "point",
    "participation": "date", "cycle": "month", "window": "day", "expiry": "name", "fees": "usd", "readings": "name",
    "like": "name", "examination": "mixed", "exam_fees": "usd", "pass_rates": "percent", "declaration": "name",
    "audit": "mixed", "designation": "name", "renewal": "mixed",
}
_KEYS_OF_TABLES = {"points": "expires_on", "participation": "certified_on", "fees": "submitted_on",
                   "like": "expires_on", "exam_fees": "applied_on"}


def _unit_of(table: str) -> Word:
    return Word((_UNITS_OF_TABLES[table],), f"the unit of a {table} table, {_UNITS_OF_TABLES[table]}", "BAD_ROW")


def _key_of(table: str) -> Word:
    key = _KEYS_OF_TABLES.get(table, "none")
    return Word((key,), f"the day that picks a row of a {table} table, {key}", "BAD_ROW")


def table_class(name: str, row: type[Any], **more: Shape) -> type[Any]:
    """Make the class of a whole table: the header of every table, and its rows."""
    fields = {
        "schema": attrs.field(metadata=wire(schema_word(TABLE_SCHEMA))),
        "table": attrs.field(metadata=wire(Word((name,), f"'{name}'", "BAD_ROW"))),
        "title": attrs.field(metadata=wire(TEXT)),
        "unit": attrs.field(metadata=wire(_unit_of(name))),
        "keyed_on": attrs.field(metadata=wire(_key_of(name))),
        "last_checked": attrs.field(metadata=wire(Day())),
        "row": attrs.field(metadata=wire(ListOf(Part(row), at_least=1))),
        "announced": attrs.field(default=(), metadata=wire(ListOf(Part(row)))),
        **{key: attrs.field(metadata=wire(shape)) for key, shape in more.items()},
    }
    return attrs.make_class(f"{name.capitalize()}Table", fields, bases=(Checked,), frozen=True, kw_only=True,
                            slots=True, eq=False, repr=False)


@attrs.frozen(kw_only=True)
class PointsTable(Checked):
    """The points that one credential requires."""

    schema: str = attrs.field(metadata=wire(schema_word(TABLE_SCHEMA)))
    table: str = attrs.field(metadata=wire(Word(("points",), "'points'", "BAD_ROW")))
    title: str
    code: str = attrs.field(metadata=wire(CODE))
    body: str = attrs.field(metadata=wire(BODY))
    unit: str = attrs.field(metadata=wire(_unit_of("points")))
    keyed_on: str = attrs.field(metadata=wire(_key_of("points")))
    last_checked: date
    row: tuple[PointsTableRow, ...] = attrs.field(metadata=wire(ListOf(Part(PointsTableRow), at_least=1)))
    announced: tuple[PointsTableRow, ...] = ()


USD = Word(("USD",), "'USD'", "BAD_ROW")
_RULES = ListOf(Part(RuleRow))
_FILES: dict[str, type[Any]] = {
    "edition.toml": EditionRow,
    "sources.toml": SourcesFile,
    "advisories.toml": AdvisoriesFile,
    "areas.toml": table_class("areas", AreaRow),
    "ascpi.toml": table_class("like", LikeRow),
    "audit.toml": table_class("audit", ProcessRow, rule=_RULES, proof=ListOf(Part(ProofTableRow))),
    "credentials.toml": table_class("credentials", CredentialRow),
    "cycle.toml": table_class("cycle", FigureRow),
    "declaration.toml": table_class("declaration", TransitionTableRow, rule=_RULES),
    "designation.toml": table_class("designation", RuleRow),
    "exam_fees.toml": table_class("exam_fees", ExamFeeTableRow, currency=USD, rule=_RULES),
    "examination.toml": table_class("examination", ProcessRow, rule=_RULES),
    "expiry.toml": table_class("expiry", TextRow),
    "fees.toml": table_class("fees", FeeTableRow, currency=USD, rule=_RULES),
    "kinds.toml": table_class("kinds", KindRow),
    "limits.toml": table_class("limits", LimitRow),
    "participation.toml": table_class("participation", ParticipationRow),
    "pass_rates.toml": table_class("pass_rates", PassRateTableRow, rule=_RULES),
    "readings.toml": table_class("readings", TextRow),
    "renewal.toml": table_class("renewal", ProcessRow, rule=_RULES),
    "units.toml": table_class("units", UnitRow),
    "window.toml": table_class("window", FigureRow),
}


@attrs.frozen(kw_only=True)
class Parsed:
    """Every file of an edition, read."""

    files: dict[str, Any]

    @property
    def edition(self) -> EditionRow:
        """The edition itself."""
        row: EditionRow = self.files["edition.toml"]
        return row

    def rows(self, name: str) -> tuple[Any, ...]:
        """The rows of one table."""
        return tuple(self.files[f"{name}.toml"].row)

    @property
    def sources(self) -> tuple[SourceRow, ...]:
        """The register."""
        return tuple(self.files["sources.toml"].source)

    @property
    def advisories(self) -> tuple[str, ...]:
        """Known errors."""
        return tuple(self.files["advisories.toml"].advisory)

    @property
    def points(self) -> tuple[PointsTable, ...]:
        """The tables of points."""
        return tuple(table for name, table in sorted(self.files.items()) if name.startswith("points/"))

    @property
    def like(self) -> tuple[LikeRow, ...]:
        """The international credentials."""
        return self.rows("ascpi")

    @property
    def kinds(self) -> tuple[KindRow, ...]:
        """The kinds of activity."""
        return self.rows("kinds")

    @property
    def units(self) -> tuple[UnitRow, ...]:
        """The units."""
        return self.rows("units")

    @property
    def limits(self) -> tuple[LimitRow, ...]:
        """Bounds, and rules about what counts."""
        return self.rows("limits")

    @property
    def fees(self) -> tuple[FeeTableRow, ...]:
        """The fees."""
        return self.rows("fees")

    @property
    def credentials(self) -> tuple[CredentialRow, ...]:
        """The credentials."""
        return self.rows("credentials")

    @property
    def figures(self) -> tuple[FigureRow, ...]:
        """Figures of the cycle and the window: months and days."""
        return (*self.rows("cycle"), *self.rows("window"))

    @property
    def named_figures(self) -> tuple[tuple[str, str, FigureRow | ProcessRow], ...]:
        """Every figure of the process: its name, its unit, its row."""
        plain = [(row.id, self.files[f"{table}.toml"].unit, row) for table in ("cycle", "window")
                 for row in self.rows(table)]
        return (*plain, *((name, row.unit, row) for name, row in self.process))

    @property
    def process(self) -> tuple[tuple[str, ProcessRow], ...]:
        """Figures of the process with their own unit, by the name under which they are cited."""
        return tuple((f"{PROCESS[table]}/{row.id}", row) for table in ("examination", "audit", "renewal")
                     for row in self.rows(table))

    @property
    def statements(self) -> tuple[tuple[str, TextRow], ...]:
        """Rules in words, by the name under which they are cited."""
        named = [(f"{table.removesuffix('s')}/{row.id}", row) for table in ("expiry", "readings", "participation")
                 for row in self.rows(table)]
        fees = ((row.id, row) for row in self.files["fees.toml"].rule)
        process = ((f"{PROCESS[table]}/{row.id}", row) for table in PROCESS
                   for row in getattr(self.files[f"{table}.toml"], "rule", ()))
        designation = ((f"designation/{row.id}", row) for row in self.rows("designation"))
        return (*named, *fees, *self.process, *process, *designation)


def parse_edition(raw: Mapping[str, Any], faults: list[Fault]) -> Parsed:
    """Read the files of an edition, and note every fault; a missing or an unknown file is a fault."""
    parsed = {}
    for name in sorted({*raw, *_FILES}):
        if name not in raw:
            faults.append(Fault(path=name, code="BAD_ROW", value=None, expected="this file", hint="add it"))
        elif name not in _FILES and not name.startswith("points/"):
            faults.append(Fault(path=name, code="BAD_ROW", value=name, expected="a file that the library reads",
                                hint="take it out, or correct its name"))
        else:
            parsed[name] = read_table(_FILES.get(name, PointsTable), raw[name], name, faults)
    return Parsed(files=parsed)


def read_table(cls: type[T], raw: Any, name: str, faults: list[Fault]) -> T:
    """Read one file; a fault in a row names the row by its id and by its place."""
    own: list[Fault] = []
    table = read_part(cls, raw, "$", own)
    faults.extend(attrs.evolve(fault, path=f"{name}: {_with_row_id(fault.path, raw)}") for fault in own)
    return table


def _with_row_id(path: str, raw: Any) -> str:
    """Add a row's id to its place: `$.row[2] (MLS/2024-01-01).cells[1].grade`."""
    for key in ("row", "announced", "source", "rule", "proof"):
        head = f"$.{key}["
        if path.startswith(head):
            index, _, rest = path.removeprefix(head).partition("]")
            row = raw[key][int(index)]
            name = row.get("id", row.get("code")) if isinstance(row, Mapping) else None
            return f"{head}{index}]{f' ({name})' if isinstance(name, str) else ''}{rest}"
    return path
