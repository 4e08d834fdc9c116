"""One record, decided by the library and by the second implementation; what the two say differently.

Left out is what is wording or bookkeeping of the library alone (findings, sources, digests, the row behind a figure),
and what the rules leave open: which code a question carries, and which of the credentials that cost the same to group
pays the whole application.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import cmprules
from tests.reference.decision import decide

EDITION = "2026.1"
"""The edition that the tables of the second implementation were typed from."""

SAME = ("id", "code", "given_code", "body", "outcome", "standing", "grade", "cycle", "total", "shortfalls",
        "placements", "activities", "declaration")
"""The keys of a credential that must be equal as they stand."""


@cache
def book() -> cmprules.PolicyBook:
    """The library's tables, read once."""
    return cmprules.load_book(edition=EDITION)


def by_the_library(record: dict[str, Any], on: date, trust: str) -> dict[str, Any]:
    """The library's answer as plain data."""
    decision = cmprules.decide(cmprules.parse_record(record), book(), on=on, trust=trust)
    answer: dict[str, Any] = cmprules.to_mapping(decision)
    return answer


def compare(record: dict[str, Any], on: date, trust: str = "inferred") -> list[str]:
    """What the two implementations say differently of one record, a line for each difference."""
    return differences(decide(record, on, trust), by_the_library(record, on, trust))


def differences(reference: dict[str, Any], library: dict[str, Any]) -> list[str]:
    """What two answers to the same record say differently."""
    found = []
    if reference["on"] != library["on"]:
        found.append(_line("on", reference["on"], library["on"]))
    if len(reference["credentials"]) != len(library["credentials"]):
        found.append(_line("number of credentials", len(reference["credentials"]), len(library["credentials"])))
    for ours, theirs in zip(reference["credentials"], library["credentials"], strict=False):
        found += _of_credential(ours, theirs)
    pairs = zip(_fees(reference["fees"]), _fees(library["fees"]), strict=True)
    found += [_line(f"fees: {name}", ours, theirs) for (name, ours), (_, theirs) in pairs if ours != theirs]
    return found


def _line(what: str, ours: object, theirs: object) -> str:
    return f"{what}: the reference has {ours!r}, the library {theirs!r}"


def _of_credential(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """The differences in one credential."""
    pairs = [(key, ours.get(key), theirs.get(key)) for key in SAME]
    pairs.append(("areas", _without_rows(ours["areas"]), _without_rows(theirs["areas"])))
    pairs.append(("subjects of needs", _subjects(ours), _subjects(theirs)))
    return [_line(f"{ours['id']}: {key}", one, other) for key, one, other in pairs if one != other]


def _without_rows(areas: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    """The figures of each area, without the name of the row behind it."""
    if areas is None:
        return None
    return [{key: value for key, value in area.items() if key != "row"} for area in areas]


def _subjects(credential: dict[str, Any]) -> list[str]:
    """The activities or credentials that a question is open about."""
    return sorted({need["subject"] for need in credential["needs"]})


def _fees(fees: dict[str, Any]) -> list[tuple[str, object]]:
    """What must agree in the fees: the total, whether there is a reason for having none, and the items in any order."""
    items = Counter((line["item"], line["amount"], line["grade"]) for line in fees["lines"])
    return [("currency", fees["currency"]), ("total", fees["total"]), ("has a reason", fees["why"] is not None),
            ("items", sorted(items.items()))]
