"""The rows of the policy tables as they stand in the files: one class per shape, every key declared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import attrs

from cmprules._kit.shapes import (
    BAD,
    Checked,
    Day,
    FrozenMap,
    Listed,
    ListOf,
    MapOf,
    Maybe,
    Number,
    Part,
    Shape,
    Text,
    Whole,
    Word,
    read_part,
    wire,
)
from cmprules._kit.terms import AREA, AREA_OR_POOL, KIND
from cmprules._words import vocabulary
from cmprules._words.enums import Grade
from cmprules.errors import Fault

T = TypeVar("T")
TABLE_SCHEMA = "cmprules.table/1"

STATES = ("drafted", "ready", "submitted", "selected_for_audit", "proof_sent", "eligible", "renewed", "audit_failed",
          "appealed", "expired", "reinstated")
EVENTS = ("edit", "complete", "submit", "submit_reduced", "submit_early", "submit_voluntary", "select_for_audit",
          "approve", "send_proof", "send_nothing", "accept", "reject", "substitute", "appeal", "allow_appeal",
          "dismiss_appeal", "release_renewal", "let_end_pass", "reinstate")
NEEDS = ("requirements_met", "window_open", "before_expiry", "fee_paid", "reinstatement_fee_paid", "same_business_day",
         "synchronization_confirmed", "all_proven", "done_before_expiry", "letter_of_appeal", "time_limited")
DOCUMENTS = ("certificate", "letter", "attendance_record", "transcript")
FIELDS = ("date", "title", "provider", "participant", "hours", "activity_type", "credits")
UNITS = ("score", "attempt", "day", "business_day", "week", "month", "question", "minute", "percent", "usd", "date")
FIGURES_OF_LIMITS = {"days": "day", "plausible_points": "point"}
"""Limits of no kind of activity that are figures of a rule on what counts, with their units."""
LIMITS = ("share_of_total", "points", "pool_only", "done_from", "done_until", "rule", *FIGURES_OF_LIMITS, "last_day")
FEE_GROUPS = ("certification", "qualification")
OPEN_WORDS = ("each", "once", "open")
"""What a rule on activities that may be one can say: each is one, together they are one, or that is open."""

PROCESS = {"examination": "exam", "exam_fees": "exam_fees", "pass_rates": "pass_rates", "declaration": "declaration",
           "audit": "audit", "designation": "designation", "renewal": "renewal"}
"""The tables of the process, and how the names of their figures and rules in words begin in a book."""


class _NumberOrDay(Shape):
    """A number, or a day."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Take whichever it is."""
        return (Day() if isinstance(value, date) else Number()).read(value, path, faults)


class _LimitValue(_NumberOrDay):
    """A number, a day, yes, or a word."""

    def read(self, value: Any, path: str, faults: list[Fault]) -> Any:
        """Take whichever it is; text that begins with a letter is a word."""
        if isinstance(value, bool) or (isinstance(value, str) and value[:1].isalpha()):
            return value
        return super().read(value, path, faults)


_TEXT = Text()
_CODE = Listed(tuple(vocabulary.NAMES), "a credential code", "UNKNOWN_CODE", "codes")
_BODY = Word(("ASCP", "ASCPi"), "a body", "UNKNOWN_WORD")


def _schema(name: str) -> Word:
    return Word((name,), name, "WRONG_SCHEMA")


@attrs.frozen(kw_only=True)
class Cited(Checked):
    """What every figure carries: a source, a place in it, a grade, and the reasoning where it is inferred."""

    source: str
    pin: str
    grade: Grade
    also: tuple[str, ...] = ()
    why: str | None = None
    reading: str | None = None


@attrs.frozen(kw_only=True)
class CellRow(Cited):
    """One figure of a row."""

    of: str
    value: Decimal


@attrs.frozen(kw_only=True)
class PointsTableRow(Checked):
    """The points that expiries from one day on ask for."""

    id: str
    starts_on: date = attrs.field(metadata=wire(key="from"))
    until: date | None = None
    established: bool = True
    retroactive: bool = False
    begins: Cited
    cells: tuple[CellRow, ...] = ()
    known: tuple[str, ...] = ()
    question: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class SourceRow(Checked):
    """One document of the register."""

    id: str
    title: str
    issuer: str
    url: str | None = None
    published_on: date | None = None
    published: str | None = None
    sha256: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class KindRow(Cited):
    """One kind of activity."""

    id: str = attrs.field(metadata=wire(KIND))
    label: str
    units: tuple[str, ...] = ()
    established: bool
    proof: str | None = None
    information: str | None = None


@attrs.frozen(kw_only=True)
class UnitRow(Cited):
    """One unit and what it is worth."""

    id: str
    points: Decimal
    label: str


@attrs.frozen(kw_only=True)
class LimitRow(Cited):
    """One bound on a kind, one rule on what counts, or one figure of such a rule."""

    id: str
    kind: str | None = None
    limit: str = attrs.field(metadata=wire(Word(LIMITS, "a limit", "UNKNOWN_WORD")))
    value: Decimal | date | bool | str = attrs.field(metadata=wire(_LimitValue()))
    text: str | None = None
    question: str | None = None


@attrs.frozen(kw_only=True)
class FigureRow(Cited):
    """One figure of the process, in the unit of its table."""

    id: str
    value: Decimal
    text: str | None = None


@attrs.frozen(kw_only=True)
class TextRow(Cited):
    """One rule or reading in words."""

    id: str
    text: str | None = None
    question: str | None = None
    established: bool = True


@attrs.frozen(kw_only=True)
class RuleRow(TextRow):
    """One rule in words, the words that code takes from it, and the last day on which it holds, if it has one."""

    words: tuple[str, ...] = ()
    until: date | None = None


@attrs.frozen(kw_only=True)
class ProcessRow(TextRow):
    """One figure of the process, in a unit of its own; a day where the unit is `date`."""

    unit: str = attrs.field(metadata=wire(Word(UNITS, "a unit", "UNKNOWN_WORD")))
    value: Decimal | date | None = attrs.field(default=None, metadata=wire(Maybe(_NumberOrDay())))
    starts_on: date | None = attrs.field(default=None, metadata=wire(key="from"))
    until: date | None = None


@attrs.frozen(kw_only=True)
class TransitionTableRow(TextRow):
    """One event in the life of a declaration: the states it may happen in, the one it leads to, and what it needs."""

    from_states: tuple[str, ...] = attrs.field(
        metadata=wire(ListOf(Word(STATES, "a state of a declaration", "UNKNOWN_WORD"), at_least=1), key="from"))
    event: str = attrs.field(metadata=wire(Word(EVENTS, "an event", "UNKNOWN_WORD")))
    to: str = attrs.field(metadata=wire(Word(STATES, "a state of a declaration", "UNKNOWN_WORD")))
    needs: tuple[str, ...] = attrs.field(default=(), metadata=wire(ListOf(Word(NEEDS, "a need", "UNKNOWN_WORD"))))


@attrs.frozen(kw_only=True)
class ProofTableRow(TextRow):
    """The documents of which one proves an activity of a kind, and the fields that it has to show."""

    id: str = attrs.field(metadata=wire(KIND))
    documents: tuple[str, ...] = attrs.field(
        default=(), metadata=wire(ListOf(Word(DOCUMENTS, "a document", "UNKNOWN_WORD"))))
    fields: tuple[str, ...] = attrs.field(default=(), metadata=wire(ListOf(Word(FIELDS, "a field", "UNKNOWN_WORD"))))


@attrs.frozen(kw_only=True)
class PassRateTableRow(TextRow):
    """The share of candidates that passed, or should pass, and who says it."""

    measure: str = attrs.field(metadata=wire(Word(("national", "benchmark"), "what is measured", "UNKNOWN_WORD")))
    code: str | None = attrs.field(default=None, metadata=wire(Maybe(_CODE)))
    body: str | None = attrs.field(default=None, metadata=wire(Maybe(_BODY)))
    first_year: int | None = attrs.field(default=None, metadata=wire(Maybe(Whole())))
    last_year: int | None = attrs.field(default=None, metadata=wire(Maybe(Whole())))
    years: int | None = attrs.field(default=None, metadata=wire(Maybe(Whole())))
    value: Decimal
    said_by: str


@attrs.frozen(kw_only=True)
class ExamFeeTableRow(TextRow):
    """What the application for some examinations costs between two days of application."""

    codes: tuple[str, ...] = attrs.field(metadata=wire(ListOf(_CODE, at_least=1)))
    body: str = attrs.field(metadata=wire(_BODY))
    starts_on: date = attrs.field(metadata=wire(key="from"))
    from_is: str | None = attrs.field(
        default=None,
        metadata=wire(Maybe(Word(("effective", "first_seen"), "how the day is known", "UNKNOWN_WORD"))))
    until: date | None = None
    until_is: str | None = attrs.field(
        default=None, metadata=wire(Maybe(Word(("effective", "last_seen"), "how the day is known", "UNKNOWN_WORD"))))
    value: Decimal | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class ParticipationRow(TextRow):
    """Who must take part from which day of certification."""

    body: str = attrs.field(metadata=wire(_BODY))
    groups: tuple[str, ...]
    mandatory_from: date | None = None
    always: bool = False
    nca: bool = False


@attrs.frozen(kw_only=True)
class AreaRow(Cited):
    """One area."""

    id: str = attrs.field(metadata=wire(AREA_OR_POOL))
    label: str
    belongs: str


@attrs.frozen(kw_only=True)
class CredentialRow(Cited):
    """One credential."""

    code: str = attrs.field(metadata=wire(_CODE))
    name: str
    group: str
    areas: tuple[str, ...] = attrs.field(metadata=wire(ListOf(AREA)))
    bodies: tuple[str, ...] = attrs.field(metadata=wire(ListOf(_BODY)))
    aliases: tuple[str, ...]
    examined: bool
    note: str | None = None


@attrs.frozen(kw_only=True)
class LikeRow(Cited):
    """An international credential that follows an ASCP table."""

    id: str
    code: str = attrs.field(metadata=wire(_CODE))
    body: str = attrs.field(metadata=wire(_BODY))
    like: str = attrs.field(metadata=wire(_CODE))
    starts_on: date = attrs.field(metadata=wire(key="from"))
    area_for: FrozenMap = attrs.field(default=FrozenMap(), metadata=wire(MapOf(_TEXT)))


@attrs.frozen(kw_only=True)
class FeeTableRow(Checked):
    """The fees of a region between two days."""

    id: str
    region: str = attrs.field(metadata=wire(Word(vocabulary.FEE_REGIONS, "a fee region", "UNKNOWN_WORD")))
    group: str | None = attrs.field(
        default=None, metadata=wire(Maybe(Word(FEE_GROUPS, "certification or qualification", "UNKNOWN_WORD"))))
    starts_on: date = attrs.field(metadata=wire(key="from"))
    from_is: str = attrs.field(
        default="effective", metadata=wire(Word(("effective", "first_seen"), "how the day is known", "UNKNOWN_WORD"))
    )
    until: date | None = None
    until_is: str = attrs.field(
        default="effective", metadata=wire(Word(("effective", "last_seen"), "how the day is known", "UNKNOWN_WORD"))
    )
    note: str | None = None
    cells: tuple[CellRow, ...]


@attrs.frozen(kw_only=True)
class EditionRow(Checked):
    """The edition itself."""

    schema: str = attrs.field(metadata=wire(_schema("cmprules.edition/1")))
    id: str
    last_checked: date
    released_on: date | None = None
    summary: str


@attrs.frozen(kw_only=True)
class SourcesFile(Checked):
    """The register of documents."""

    schema: str = attrs.field(metadata=wire(_schema("cmprules.sources/1")))
    last_checked: date
    source: tuple[SourceRow, ...]


@attrs.frozen(kw_only=True)
class AdvisoriesFile(Checked):
    """Known errors of the edition."""

    schema: str = attrs.field(metadata=wire(_schema("cmprules.advisories/1")))
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


def _table(name: str, row: type[Any], **more: Shape) -> type[Any]:
    """Make the class of a whole table: the header that every table has, and its rows."""
    fields = {
        "schema": attrs.field(metadata=wire(_schema(TABLE_SCHEMA))),
        "table": attrs.field(metadata=wire(Word((name,), f"'{name}'", "BAD_ROW"))),
        "title": attrs.field(metadata=wire(_TEXT)),
        "unit": attrs.field(metadata=wire(_unit_of(name))),
        "keyed_on": attrs.field(metadata=wire(_key_of(name))),
        "last_checked": attrs.field(metadata=wire(Day())),
        "row": attrs.field(metadata=wire(ListOf(Part(row), at_least=1))),
        "announced": attrs.field(default=(), metadata=wire(ListOf(Part(row)))),
        **{key: attrs.field(metadata=wire(shape)) for key, shape in more.items()},
    }
    return attrs.make_class(f"{name.capitalize()}Table", fields, bases=(Checked,), frozen=True, kw_only=True,
                            slots=True)


@attrs.frozen(kw_only=True)
class PointsTable(Checked):
    """The points that one credential asks for."""

    schema: str = attrs.field(metadata=wire(_schema(TABLE_SCHEMA)))
    table: str = attrs.field(metadata=wire(Word(("points",), "'points'", "BAD_ROW")))
    title: str
    code: str = attrs.field(metadata=wire(_CODE))
    body: str = attrs.field(metadata=wire(_BODY))
    unit: str = attrs.field(metadata=wire(_unit_of("points")))
    keyed_on: str = attrs.field(metadata=wire(_key_of("points")))
    last_checked: date
    row: tuple[PointsTableRow, ...] = attrs.field(metadata=wire(ListOf(Part(PointsTableRow), at_least=1)))
    announced: tuple[PointsTableRow, ...] = ()


_USD = Word(("USD",), "'USD'", "BAD_ROW")
_RULES = ListOf(Part(RuleRow))
_FILES: dict[str, type[Any]] = {
    "edition.toml": EditionRow,
    "sources.toml": SourcesFile,
    "advisories.toml": AdvisoriesFile,
    "areas.toml": _table("areas", AreaRow),
    "ascpi.toml": _table("like", LikeRow),
    "audit.toml": _table("audit", ProcessRow, rule=_RULES, proof=ListOf(Part(ProofTableRow))),
    "credentials.toml": _table("credentials", CredentialRow),
    "cycle.toml": _table("cycle", FigureRow),
    "declaration.toml": _table("declaration", TransitionTableRow, rule=_RULES),
    "designation.toml": _table("designation", RuleRow),
    "exam_fees.toml": _table("exam_fees", ExamFeeTableRow, currency=_USD, rule=_RULES),
    "examination.toml": _table("examination", ProcessRow, rule=_RULES),
    "expiry.toml": _table("expiry", TextRow),
    "fees.toml": _table("fees", FeeTableRow, currency=_USD, rule=_RULES),
    "kinds.toml": _table("kinds", KindRow),
    "limits.toml": _table("limits", LimitRow),
    "participation.toml": _table("participation", ParticipationRow),
    "pass_rates.toml": _table("pass_rates", PassRateTableRow, rule=_RULES),
    "readings.toml": _table("readings", TextRow),
    "renewal.toml": _table("renewal", ProcessRow, rule=_RULES),
    "units.toml": _table("units", UnitRow),
    "window.toml": _table("window", FigureRow),
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
        """Bounds, and rules on what counts."""
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
        """Every figure of the process: the name under which it is found, its unit, its row."""
        plain = [(row.id, self.files[f"{table}.toml"].unit, row) for table in ("cycle", "window")
                 for row in self.rows(table)]
        return (*plain, *((name, row.unit, row) for name, row in self.process))

    @property
    def process(self) -> tuple[tuple[str, ProcessRow], ...]:
        """Figures of the process that have a unit of their own, by the name under which they are cited."""
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
    """Read the files of an edition, noting every fault; a file that is missing or not asked for is one."""
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
    """Read one file; a fault in a row names the row by its id as well as by its place."""
    own: list[Fault] = []
    table = read_part(cls, raw, "$", own)
    faults.extend(attrs.evolve(fault, path=f"{name}: {_with_row_id(fault.path, raw)}") for fault in own)
    return table


def _with_row_id(path: str, raw: Any) -> str:
    """Put a row's id behind its place: `$.row[2] (MLS/2024-01-01).cells[1].grade`."""
    for key in ("row", "announced", "source", "rule", "proof"):
        head = f"$.{key}["
        if path.startswith(head):
            index, _, rest = path.removeprefix(head).partition("]")
            row = raw[key][int(index)]
            name = row.get("id", row.get("code")) if isinstance(row, Mapping) else None
            return f"{head}{index}]{f' ({name})' if isinstance(name, str) else ''}{rest}"
    return path


# ---------------------------------------------------------------------------------------------------------
# The user's own files.


@attrs.frozen(kw_only=True)
class ExtraPoints(PointsTable):
    """A table of points that a user supplies, with the documents that it cites."""

    source: tuple[SourceRow, ...] = ()


_ExtraKinds = _table("kinds", KindRow, source=ListOf(Part(SourceRow)))
_ExtraFees = _table("fees", FeeTableRow, currency=_USD, source=ListOf(Part(SourceRow)))
_ExtraLimits = _table("limits", LimitRow, source=ListOf(Part(SourceRow)))


@attrs.frozen(kw_only=True)
class ExtraKinds:
    """Values of kinds of activity that a user supplies."""

    row: Sequence[KindRow]
    source: Sequence[SourceRow]


@attrs.frozen(kw_only=True)
class ExtraFees:
    """Fees that a user supplies."""

    row: Sequence[FeeTableRow]
    source: Sequence[SourceRow]


@attrs.frozen(kw_only=True)
class ExtraLimits:
    """Rules on what counts that a user's own file settles, or, in a reform, bounds on kinds of activity too."""

    row: Sequence[LimitRow]
    source: Sequence[SourceRow]


ExtraTable = ExtraPoints | ExtraKinds | ExtraFees | ExtraLimits


@attrs.frozen(kw_only=True)
class ReformFigures:
    """Figures of the process that a reform sets; `table` is the one that they stand in, `unit` its unit."""

    table: str
    unit: str
    row: Sequence[FigureRow | ProcessRow]
    source: Sequence[SourceRow]

    def name(self, row: FigureRow | ProcessRow) -> str:
        """Give the name by which a book finds a figure."""
        return f"{PROCESS[self.table]}/{row.id}" if self.table in PROCESS else row.id

    def unit_of(self, row: FigureRow | ProcessRow) -> str:
        """Give the unit of a figure: its own, or that of its table."""
        return row.unit if isinstance(row, ProcessRow) else self.unit


ReformTable = ExtraTable | ReformFigures

_EXTRA_TABLES = ("points", "kinds", "fees", "limits")
_REFORM_ROWS: dict[str, type[Any]] = {"cycle": FigureRow, "window": FigureRow, "examination": ProcessRow,
                                      "audit": ProcessRow, "renewal": ProcessRow}
_REFORM_TABLES = {name: _table(name, row, source=ListOf(Part(SourceRow))) for name, row in _REFORM_ROWS.items()}


def parse_reform(name: str, raw: Mapping[str, Any], faults: list[Fault]) -> ReformTable | None:
    """Read a table of a reform; like the user's other rows, its figures have grade `user`, whatever they claim."""
    kind = raw.get("table")
    if kind in _EXTRA_TABLES:
        return parse_extra(name, raw, faults)
    if kind not in _REFORM_TABLES:
        known = (*_EXTRA_TABLES, *_REFORM_TABLES)
        faults.append(Fault(path=f"{name}: $.table", code="BAD_ROW", value=kind, expected="a table of a reform",
                            hint="known: " + ", ".join(known)))
        return None
    table: Any = read_table(_REFORM_TABLES[kind], _as_user({"source": [], **raw}), name, faults)
    if table is BAD:
        return None
    return ReformFigures(table=kind, unit=table.unit, row=table.row, source=table.source)


def parse_extra(name: str, raw: Mapping[str, Any], faults: list[Fault]) -> ExtraTable | None:
    """Read a user's own table; whatever grade its figures claim, they are `user`."""
    plain: Any = _as_user({"source": [], **raw})
    before = len(faults)
    kind = raw.get("table")
    table: Any = None
    if kind == "points":
        table = read_table(ExtraPoints, plain, name, faults)
    elif kind == "kinds":
        table = read_table(_ExtraKinds, plain, name, faults)
    elif kind == "fees":
        table = read_table(_ExtraFees, plain, name, faults)
    elif kind == "limits":
        table = read_table(_ExtraLimits, plain, name, faults)
    else:
        faults.append(Fault(path=f"{name}: $.table", code="BAD_ROW", value=kind,
                            expected="points, kinds, fees or limits",
                            hint="only these tables may have rows of your own"))
    if len(faults) > before or table is BAD:
        return None
    if kind == "kinds":
        return ExtraKinds(row=table.row, source=table.source)
    if kind == "fees":
        return ExtraFees(row=table.row, source=table.source)
    if kind == "limits":
        return ExtraLimits(row=table.row, source=table.source)
    extra: ExtraPoints = table
    return extra


def _as_user(value: Any) -> Any:
    """Set the grade of everything that cites a source to `user`."""
    if isinstance(value, Mapping):
        out = {key: _as_user(item) for key, item in value.items()}
        return {**out, "grade": "user"} if "pin" in out else out
    return [_as_user(item) for item in value] if isinstance(value, list) else value
