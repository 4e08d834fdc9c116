"""Records, answers and placements as tables: rows under named columns, one value in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cmprules._answers.decision import Decision
from cmprules._facts.records import Activity, Credential, Holder, Record
from cmprules._kit.points import decimal_text
from cmprules._kit.shapes import refuse_others
from cmprules._rules.results import ActivityResult, CredentialDecision
from cmprules.errors import Fault, InputError
from cmprules.reporting._person import rows_of
from cmprules.reporting._values import ReportedCredential

Cell = str | int | bool | Decimal | date | None
Row = tuple[Cell, ...]

CREDENTIALS = ("holder", "name", "id", "code", "body", "certified_on", "expires_on", "cycle_start", "voluntary",
               "previous_nca", "extended_until", "fee_region")
ACTIVITIES = ("holder", "id", "title", "provider", "session", "completed_on", "kind", "amount", "unit", "areas",
              "proposed_areas", "documents", "source")
OWN = ("holder", "credential", "activity", "area", "points")
ANSWERS = ("holder", "name", "id", "code", "body", "outcome", "standing", "last_day", "days_left", "required", "short",
           "short_if_confirmed", "questions", "declaration", "fee", "write", "to_do")
COUNTED = ("holder", "name", "credential", "activity", "title", "completed_on", "amount", "unit", "entered", "placed",
           "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")
PLACEMENTS = ("holder", "name", "credential", "activity", "title", "completed_on", "area", "points")
_PARTS = COUNTED[8:]
_LONGEST = 2_000
"""The number of letters of the to-do list that fit a readable cell; the page has the full list."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "credentials": CREDENTIALS, "activities": ACTIVITIES, "own_placements": OWN, "answers": ANSWERS,
    "counted": COUNTED, "placements": PLACEMENTS,
}
"""The tables and their columns; the first three name theirs like the keys of a record, and can be read back."""


class Sheet(NamedTuple):
    """A table: its name, its columns, and its rows, which are made on demand."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


def tables_of(record: Record, decision: Decision | None = None) -> dict[str, list[Row]]:
    """Write a record as tables, together with its decision.

    Args:
        record: the record of the person.
        decision: the answer for this record; without it, only the tables of the record.

    Returns:
        Rows by the name of their table: `credentials`, `activities` and `own_placements` with the columns that
        `cmprules.batch.records_of` reads, and `answers`, `counted` (where every point of each activity went) and
        `placements`.  Each row is a tuple in the order of `cmprules.reporting.COLUMNS`.

    Raises:
        InputError: an argument is not a record, or not the decision of this one.

    >>> import cmprules
    >>> record = cmprules.example("pbt")
    >>> decision = cmprules.decide(record, cmprules.load_book(edition="2026.1"), on="2026-03-10")
    >>> [row[-2:] for row in tables_of(record, decision)["placements"]][:2]
    [('safety', Decimal('1')), ('phlebotomy', Decimal('1.5'))]
    >>> tables_of(record, cmprules.decide(cmprules.example("mls-met"), cmprules.load_book(), on="2026-03-10"))
    Traceback (most recent call last):
    ...
    cmprules.errors.InputError: input has 1 fault:
      $.decision: OTHER_HOLDER: got 'sample-mls-02', expected a decision of holder 'sample-pbt-01'; decide this
      record first
    """
    _check(record, decision)
    tables: dict[str, list[Row]] = {
        "credentials": [_credential(credential, record.holder) for credential in record.credentials],
        "activities": [_activity(activity, record.holder.id) for activity in record.activities],
        "own_placements": [(record.holder.id, placed.credential, placed.activity, placed.area, placed.points)
                           for placed in record.placements],
    }
    if decision is not None:
        tables["answers"] = [answer_row(row) for row in rows_of(record, decision)]
        tables["counted"] = [*counted_rows(record, decision)]
        tables["placements"] = [*placement_rows(record, decision)]
    return tables


def _check(record: Record, decision: Decision | None) -> None:
    faults: list[Fault] = []
    refuse_others((record,), Record, "$.record", faults)
    refuse_others(() if decision is None else (decision,), Decision, "$.decision", faults)
    if not faults and decision is not None and decision.holder is not None and decision.holder.id != record.holder.id:
        faults.append(Fault(path="$.decision", code="OTHER_HOLDER", value=decision.holder.id,
                            expected=f"a decision of holder '{record.holder.id}'", hint="decide this record first"))
    if faults:
        raise InputError(faults)


# ---------------------------------------------------------------------------------------------------------
# The record.


def _credential(one: Credential, holder: Holder) -> Row:
    return (holder.id, holder.name, one.id, one.given_code or one.code, one.body, one.certified_on, one.expires_on,
            one.cycle_start, one.voluntary, one.previous_nca, one.extended_until, holder.fee_region)


def _activity(one: Activity, holder: str) -> Row:
    certified = (f"{area}:{decimal_text(amount)}" for area, amount in one.certified.items())
    return (holder, one.id, one.title, one.provider, one.session, one.completed_on, one.kind, one.amount, one.unit,
            _listed((*one.areas, *certified)), _listed(one.proposed_areas), _listed(one.documents), one.source)


def _listed(words: Iterable[str]) -> str | None:
    """Write a list as one text; an empty list is an empty cell."""
    return ";".join(words) or None


# ---------------------------------------------------------------------------------------------------------
# The answers.


def answer_row(row: ReportedCredential) -> Row:
    """Write the answer for one credential as a row."""
    return (row.holder, row.name, row.id, row.code, row.body, str(row.outcome), str(row.standing), row.last_day,
            row.days_left, row.required, row.short, row.short_if_confirmed, row.questions, row.declaration, row.fee,
            row.write, " ".join(row.to_do)[:_LONGEST] or None)


def counted_rows(record: Record, decision: Decision) -> Iterator[Row]:
    """State for each credential where every point of each activity went."""
    known = {activity.id: activity for activity in record.activities}
    for credential in decision.credentials:
        for result in credential.activities or ():
            yield _counted(credential, result, known, record.holder)


def _counted(credential: CredentialDecision, one: ActivityResult, known: Mapping[str, Activity],
             holder: Holder) -> Row:
    activity = known[one.id]
    return (holder.id, holder.name, credential.id, one.id, activity.title, activity.completed_on, activity.amount,
            activity.unit, *(getattr(one, part) for part in _PARTS))


def placement_rows(record: Record, decision: Decision) -> Iterator[Row]:
    """State for each credential which areas the points of each activity were placed in."""
    known = {activity.id: activity for activity in record.activities}
    for credential in decision.credentials:
        for placed in credential.placements or ():
            activity = known[placed.activity]
            yield (record.holder.id, record.holder.name, credential.id, placed.activity, activity.title,
                   activity.completed_on, placed.area, placed.points)


# ---------------------------------------------------------------------------------------------------------
# Rows kept temporarily as JSON.

_DAYS = frozenset({"completed_on"})
_NUMBERS = frozenset({"amount", "points", *_PARTS})


def packed(row: Row) -> list[str | None]:
    """Write the cells of a row as text."""
    return [None if cell is None else str(cell) for cell in row]


def unpacked(row: Sequence[str | None], columns: Sequence[str]) -> Row:
    """Read a packed row; its columns say which values are days and which are numbers."""
    return tuple(None if cell is None else date.fromisoformat(cell) if column in _DAYS else
                 Decimal(cell) if column in _NUMBERS else cell for cell, column in zip(row, columns, strict=True))
