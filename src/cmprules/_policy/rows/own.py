"""The user's own files: rows for what is not established, and reforms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from cmprules._kit.shapes import BAD, ListOf, Part
from cmprules._policy.rows.files import USD, PointsTable, read_table, table_class
from cmprules._policy.rows.lists import PROCESS
from cmprules._policy.rows.rows import FeeTableRow, FigureRow, KindRow, LimitRow, ProcessRow, SourceRow
from cmprules.errors import Fault


@attrs.frozen(kw_only=True)
class ExtraPoints(PointsTable):
    """A table of points that a user supplies, with the documents that it cites."""

    source: tuple[SourceRow, ...] = ()


_ExtraKinds = table_class("kinds", KindRow, source=ListOf(Part(SourceRow)))
_ExtraFees = table_class("fees", FeeTableRow, currency=USD, source=ListOf(Part(SourceRow)))
_ExtraLimits = table_class("limits", LimitRow, source=ListOf(Part(SourceRow)))


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
    """Rules about what counts that a user's own file settles; in a reform, also bounds on kinds of activity."""

    row: Sequence[LimitRow]
    source: Sequence[SourceRow]


ExtraTable = ExtraPoints | ExtraKinds | ExtraFees | ExtraLimits


@attrs.frozen(kw_only=True)
class ReformFigures:
    """Figures of the process that a reform sets, the name of their table, and its unit."""

    table: str
    unit: str
    row: Sequence[FigureRow | ProcessRow]
    source: Sequence[SourceRow]

    def name(self, row: FigureRow | ProcessRow) -> str:
        """Return the name by which a book finds a figure."""
        return f"{PROCESS[self.table]}/{row.id}" if self.table in PROCESS else row.id

    def unit_of(self, row: FigureRow | ProcessRow) -> str:
        """Return the unit of a figure: its own, or that of its table."""
        return row.unit if isinstance(row, ProcessRow) else self.unit


ReformTable = ExtraTable | ReformFigures
_EXTRA_TABLES = ("points", "kinds", "fees", "limits")
_REFORM_ROWS: dict[str, type[Any]] = {"cycle": FigureRow, "window": FigureRow, "examination": ProcessRow,
                                      "audit": ProcessRow, "renewal": ProcessRow}
_REFORM_TABLES = {name: table_class(name, row, source=ListOf(Part(SourceRow))) for name, row in _REFORM_ROWS.items()}


def parse_reform(name: str, raw: Mapping[str, Any], faults: list[Fault]) -> ReformTable | None:
    """Read a table of a reform; its figures have grade `user`, like the user's other rows, whatever they claim."""
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
    """Read a user's own table; its figures have grade `user`, whatever they claim."""
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
