"""Populations made from records, and the answers of `decide` in the columns of a population."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

import cmprules
from cmprules.batch import DecidedTable, decide_table

__all__ = ["SCHEMAS", "Population", "as_tables", "decided", "differences", "said"]

DAYS = ("certified_on", "expires_on", "cycle_start", "extended_until", "completed_on")
TEXT = {
    "credentials": ("holder", "id", "code", "body", "fee_region"),
    "activities": ("holder", "id", "title", "provider", "session", "kind", "amount", "unit", "source"),
    "placements": ("holder", "credential", "activity", "area", "points"),
    "settled": ("holder", "code", "answer"),
}
SCHEMAS = {
    "credentials": pa.schema([
        *((name, pa.string()) for name in TEXT["credentials"]),
        *((name, pa.date32()) for name in DAYS[:-1]), ("voluntary", pa.bool_()), ("previous_nca", pa.bool_()),
    ]),
    "activities": pa.schema([
        *((name, pa.string()) for name in TEXT["activities"]), ("completed_on", pa.date32()),
        *((name, pa.list_(pa.string())) for name in ("areas", "proposed_areas", "documents")),
    ]),
    "placements": pa.schema([(name, pa.string()) for name in TEXT["placements"]]),
    "settled": pa.schema([*((name, pa.string()) for name in TEXT["settled"]),
                          *((name, pa.list_(pa.string())) for name in ("subjects", "others"))]),
}

Population = dict[str, list[dict[str, Any]]]


def rows_of(records: Iterable[cmprules.Record]) -> Population:
    """Write records as rows of tables; holders are named by their index."""
    found: Population = {name: [] for name in SCHEMAS}
    for number, record in enumerate(records):
        plain = cmprules.to_mapping(record)
        for name, rows in found.items():
            for part in map(dict, plain.get(name, ())):
                days = {key: date.fromisoformat(part[key]) for key in DAYS if key in part}
                region = {"fee_region": record.holder.fee_region} if name == "credentials" else {}
                certified = [f"{area}:{amount}" for area, amount in part.pop("certified", {}).items()]
                areas = {"areas": certified} if certified else {}
                rows.append({"holder": f"h{number}", **region, **part, **days, **areas})
    return found


def as_tables(records: Iterable[cmprules.Record]) -> dict[str, pa.Table]:
    """Write records as Arrow tables."""
    return {name: pa.Table.from_pylist(rows, schema=SCHEMAS[name]) for name, rows in rows_of(records).items()}


def said(decision: cmprules.Decision, record: cmprules.Record) -> list[dict[str, Any]]:
    """Write a decision in the columns of a population."""
    return [_said_of(one, given, decision) for one, given in zip(decision.credentials, record.credentials, strict=True)]


def _days_of(one: cmprules.CredentialDecision, given: cmprules.Credential, on: date) -> dict[str, Any]:
    last = None if one.declaration is None else one.declaration.last_day
    return {"expires_on": given.expires_on, "last_day": last, "days_left": None if last is None else (last - on).days}


def _said_of(
    one: cmprules.CredentialDecision, given: cmprules.Credential, decision: cmprules.Decision
) -> dict[str, Any]:
    fees = decision.fees
    total, proofs = one.total, one.shortfalls
    figures: dict[str, Any] = dict.fromkeys(("required", "placed", "short", "short_if_confirmed", "shortfall_areas",
                                             "shortfall"))
    if total is not None and proofs is not None:
        figures = {name: getattr(total, name) for name in ("required", "placed", "short", "short_if_confirmed")}
        figures["shortfall_areas"] = list(proofs[0].areas) if proofs else []
        figures["shortfall"] = proofs[0].short if proofs else 0
    return {
        "id": one.id, "code": one.code, "body": one.body, **_days_of(one, given, decision.on),
        "outcome": one.outcome.value, "standing": one.standing.value, **figures,
        "declaration": one.declaration.status if one.declaration else None,
        "fee": None if fees.total is None else sum(line.amount for line in fees.lines if line.credential == one.id),
        "grade": one.grade.value if one.grade else None,
        "needs": [{"code": need.code, "subject": need.subject} for need in one.needs],
        "own_placement": [finding.code for finding in one.findings if finding.code.startswith("PLACEMENT_")],
    }


def decided(records: Sequence[cmprules.Record], book: cmprules.PolicyBook, on: date, trust: str = "inferred",
            tables: Mapping[str, Any] | None = None) -> DecidedTable:
    """Decide records as one population, with their own placements."""
    given = as_tables(records) if tables is None else tables
    return decide_table(given["credentials"], given["activities"], book, on=on, trust=trust,
                        placements=given["placements"], settled=given.get("settled"))


def differences(found: DecidedTable, records: Sequence[cmprules.Record], book: cmprules.PolicyBook, on: date,
                trust: str = "inferred") -> list[tuple[str, str, Any, Any]]:
    """List every cell that differs from `decide`: holder, column, expected value, actual value."""
    wanted = [{"holder": f"h{number}", **row} for number, record in enumerate(records)
              for row in said(cmprules.decide(record, book, on=on, trust=trust), record)]
    rows = found.answers.to_pylist()
    assert [(row["holder"], row["id"]) for row in rows] == [(row["holder"], row["id"]) for row in wanted]
    assert found.faults.num_rows == 0
    return [(want["holder"], name, want[name], row[name])
            for want, row in zip(wanted, rows, strict=True) for name in row if row[name] != want[name]]
