"""How a sample file and its expected outcome are written down: rows with their fate, and runs with their options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import attrs

IN = ("ok", "doubtful")  # these fates bring an activity into the record, or can


@attrs.frozen(kw_only=True)
class Act:
    """An expected activity; its fields are those of a record, and `source_id` is the file's own id."""

    title: str
    completed_on: str | None
    amount: str
    unit: str = "contact_hour"
    kind: str = "formal_ce"
    provider: str | None = None
    areas: tuple[str, ...] = ()
    proposed_areas: tuple[str, ...] = ()
    source_id: str | None = None


def act(title: str, day: str | None, amount: str, **more: Any) -> Act:
    """Write down an activity; `areas` and `proposed` are words separated by spaces, `id` is the id in the file."""
    areas, proposed = (tuple(more.pop(name, "").split()) for name in ("areas", "proposed"))
    return Act(title=title, completed_on=day, amount=amount, areas=areas, proposed_areas=proposed,
               source_id=more.pop("id", None), **more)


@attrs.frozen
class Formula:
    """A formula of a workbook with its last computed value, or none."""

    text: str
    value: str | None


@attrs.frozen(kw_only=True)
class Row:
    """A row or element: its cells, its fate, the reason in a few words, and the resulting activity."""

    cells: tuple[Any, ...] = ()
    fate: str | tuple[str, ...] = "set_aside"
    why: str = ""
    act: Act | None = None
    at: Mapping[str, Any] | None = None
    optional: bool = False


def title(*cells: Any) -> Row:
    """Write down a row of text above or below the table."""
    return Row(cells=cells, why="text outside the table")


def head(*cells: Any) -> Row:
    """Write down the row of headers; a reader need not list it."""
    return Row(cells=cells, why="header", optional=True)


def blank(*cells: Any) -> Row:
    """Write down an empty row."""
    return Row(cells=cells, why="blank")


def total(*cells: Any) -> Row:
    """Write down a row of totals."""
    return Row(cells=cells, why="total")


def ok(what: Act, *cells: Any, at: Mapping[str, Any] | None = None, why: str = "") -> Row:
    """Write down a row that comes in whole: read, or mapped where a value changed on the way."""
    return Row(cells=cells, fate="ok", act=what, at=at, why=why)


def doubt(what: Act, why: str, *cells: Any, at: Mapping[str, Any] | None = None) -> Row:
    """Write down a row that comes in without its day, with a question."""
    return Row(cells=cells, fate="doubtful", why=why, act=attrs.evolve(what, completed_on=None), at=at)


def aside(why: str, *cells: Any, at: Mapping[str, Any] | None = None,
          fate: str | tuple[str, ...] = "set_aside") -> Row:
    """Write down a row that adds nothing to the record."""
    return Row(cells=cells, fate=fate, why=why, at=at)


def refuse(why: str, *cells: Any) -> Row:
    """Write down a row with a fault."""
    return Row(cells=cells, fate="refused", why=why)


@attrs.frozen(kw_only=True)
class Run:
    """One reading of the file: the options, and the rows whose outcome they change."""

    dates: str | None = None
    place: str | None = None
    unit: str | None = None
    credentials: tuple[str, ...] = ("MLS(ASCP) 2026-05-31",)
    with_files: tuple[str, ...] = ()
    but: Mapping[int, Row] = attrs.field(factory=dict)
    why: str = ""
    credentials_out: tuple[Mapping[str, str], ...] = ()
    exit: int | tuple[int, ...] = 0


def undated(rows: Sequence[Row], numbers: Sequence[int], why: str) -> dict[int, Row]:
    """Take the day from these rows (counted from 1), and ask about it."""
    found = {}
    for number in numbers:
        row = rows[number - 1]
        assert row.act is not None
        found[number] = doubt(row.act, why, *row.cells, at=row.at)
    return found


@attrs.frozen(kw_only=True)
class Columns:
    """The columns (from 0) of the day, the amount, the unit, the kind and the topic, where the file has them."""

    day: int | None = None
    amount: int | None = None
    unit: int | None = None
    kind: int | None = None
    topic: int | None = None


def changed(row: Row, columns: Columns) -> list[list[str]]:
    """Find the values that change on the way into the record: from what, to what."""
    what = row.act
    if what is None or not row.cells:
        return []
    pairs = [(columns.day, what.completed_on), (columns.amount, what.amount), (columns.unit, what.unit),
             (columns.kind, what.kind), (columns.topic, ";".join(what.proposed_areas) or None)]
    return [[_shown(row.cells[column]), wanted] for column, wanted in pairs
            if column is not None and wanted is not None and not _same(row.cells[column], wanted)]


def _same(cell: Any, wanted: str) -> bool:
    shown = _shown(cell)
    if shown in {"", wanted}:
        return True
    try:
        return Decimal(shown) == Decimal(wanted)
    except InvalidOperation:
        return False


def _shown(cell: Any) -> str:
    if isinstance(cell, Formula):
        return cell.value or ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


@attrs.frozen(kw_only=True)
class Sample:
    """A sample file: its name and bytes, its rows in order with their places, and the runs over it."""

    name: str
    style: str
    content: bytes
    rows: tuple[Row, ...] = ()
    columns: Columns = Columns()
    runs: tuple[Run, ...] = (Run(),)
    refused: tuple[str, ...] = ()

    def expected(self) -> dict[str, Any]:
        """Write down the expected outcome in the form that the README of the folder describes."""
        if self.refused:
            return {"file": self.name, "style": self.style, "refused": {"exit": 3, "message_has_one_of": self.refused}}
        return {"file": self.name, "style": self.style, "runs": [self._run(run) for run in self.runs]}

    def _run(self, run: Run) -> dict[str, Any]:
        rows = [run.but.get(number, row) for number, row in enumerate(self.rows, 1)]
        placed = [(row.at or here.at or {"row": number}, row)
                  for number, (row, here) in enumerate(zip(rows, self.rows, strict=True), 1)]
        options = {"holder": "h-1", "credentials": run.credentials, "dates": run.dates, "place": run.place,
                   "unit": run.unit, "files": [self.name, *run.with_files]}
        found = {"why": run.why, "options": options, "exit": run.exit, "credentials": run.credentials_out or None,
                 "activities": [{"at": at, **_plain(row.act)} for at, row in placed if row.act is not None],
                 "rows": [self._line(at, row) for at, row in placed]}
        return {key: value for key, value in found.items() if value not in ("", None)}

    def _line(self, at: Mapping[str, Any], row: Row) -> dict[str, Any]:
        changes = changed(row, self.columns)
        fate = ("mapped" if changes else "read") if row.fate == "ok" else row.fate
        line = {"at": at, "fate": fate, "why": row.why, "changed": changes, "optional": row.optional}
        return {key: value for key, value in line.items() if value not in ("", [], False)}


def _plain(what: Act) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in attrs.asdict(what).items()}
