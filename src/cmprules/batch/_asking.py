"""The scalar path: build records from rows, decide them one by one, and return the answers as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from cmprules._answers.decide import decide
from cmprules._answers.decision import Decision
from cmprules._facts.reading import parse_record
from cmprules._facts.records import Record
from cmprules._policy.book import PolicyBook
from cmprules._rules.results import CredentialDecision
from cmprules._words.enums import Grade
from cmprules.batch._columns.raw import raw_rows
from cmprules.batch._holders import Holders

Row = dict[str, Any]
_OF_HOLDER = frozenset({"holder", "name", "fee_region"})
_OWN = ("PLACEMENT_UNLAWFUL", "PLACEMENT_INCOMPLETE")


@attrs.frozen(kw_only=True)
class Answered:
    """The answer for one credential, as rows of the output tables."""

    answer: Row
    areas: tuple[Row, ...]
    placements: tuple[Row, ...]


def ask(
    holders: Holders, asked: Iterable[int], book: PolicyBook, on: date, trust: Grade
) -> Iterator[tuple[int, Answered]]:
    """Decide some holders one by one; yield the row of each credential with its answer."""
    listed = [*asked]
    for holder, record in zip(listed, records(holders, listed), strict=True):
        decision = decide(record, book, on=on, trust=trust)
        yield from zip(holders.rows["credentials"].rows_of(holder), _answered(decision), strict=True)


def records(holders: Holders, listed: Sequence[int]) -> Iterator[Record]:
    """Build the records of some holders whose rows are all readable."""
    rows_of = {name: rows.rows_of for name, rows in holders.rows.items()}
    raw = {name: iter(raw_rows(given.table, [row for holder in listed for row in rows_of[name](holder)]))
           for name, given in holders.given.items()}
    for holder in listed:
        yield _record({name: [next(raw[name]) for _ in rows_of[name](holder)] for name in raw})


def _record(own: Mapping[str, Sequence[Row]]) -> Record:
    """Build a holder's record from rows; if the rows give different names, the record has all of them."""
    first = own["credentials"][0]
    holder = {"id" if key == "holder" else key: first[key] for key in ("holder", "fee_region") if key in first}
    names = dict.fromkeys(row["name"] for row in own["credentials"] if "name" in row)
    if names:
        holder["name"] = " / ".join(names)
    parts = {name: [{key: value for key, value in row.items() if key not in _OF_HOLDER} for row in rows]
             for name, rows in own.items()}
    return parse_record({"schema": Record.schema, "holder": holder, **parts})


def _answered(decision: Decision) -> Iterator[Answered]:
    for credential, answer in zip(decision.credentials, answers_in_rows(decision), strict=True):
        areas = ({"area": area.area, "required": area.required, "placed": area.placed, "short": area.short,
                  "row": area.row, "grade": str(area.grade)} for area in credential.areas or ())
        placed = ({"activity": placed.activity, "area": placed.area, "points": placed.points}
                  for placed in credential.placements or ())
        yield Answered(answer=answer, areas=tuple(areas), placements=tuple(placed))


def answers_in_rows(decision: Decision) -> Iterator[Row]:
    """Return a row of answers for each credential of a decision: the columns, from `outcome` on."""
    for credential in decision.credentials:
        lines = [line.amount for line in decision.fees.lines if line.credential == credential.id]
        yield {
            "code": credential.code, "body": credential.body, "outcome": str(credential.outcome),
            "standing": str(credential.standing),
            **_figures(credential),
            "declaration": None if credential.declaration is None else credential.declaration.status,
            "fee": None if decision.fees.total is None else sum(lines),
            "grade": None if credential.grade is None else str(credential.grade),
            "needs": [{"code": need.code, "subject": need.subject} for need in credential.needs],
            "own_placement": [finding.code for finding in credential.findings if finding.code in _OWN],
        }


def _figures(one: CredentialDecision) -> Row:
    """Return the figures of a credential; all are empty if no table applies or nothing is required."""
    if one.total is None:
        return dict.fromkeys(("required", "placed", "short", "short_if_confirmed", "shortfall_areas", "shortfall"))
    first = one.shortfalls[0] if one.shortfalls else None
    return {
        "required": one.total.required, "placed": one.total.placed, "short": one.total.short,
        "short_if_confirmed": one.total.short_if_confirmed,
        "shortfall_areas": [] if first is None else list(first.areas),
        "shortfall": one.total.short if first is None else first.short,
    }
