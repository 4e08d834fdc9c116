"""Compares the library's decision on a record with that of the second implementation.

The comparison leaves out the library's wording and bookkeeping (most findings, sources, digests, the row behind a
figure), and what the rules leave open: among groupings with the same cost, which one is chosen, and which credential
pays the whole application.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import cmprules
from tests.core.reference.answers import CLUSTER_CODES
from tests.core.reference.decision import decide
from tests.core.reference.tables import UserRow

SAME = ("id", "code", "given_code", "body", "outcome", "standing", "grade", "cycle", "total", "shortfalls",
        "placements", "activities", "declaration")
"""The keys of a credential that must be equal without conversion."""
FINDINGS = ("AMOUNT_UNUSUAL", "FEE_OPEN", "PLACEMENT_UNLAWFUL", "PLACEMENT_INCOMPLETE", *CLUSTER_CODES)
"""The findings that are compared, by code, subject and others; unlawful placements where the subject is an activity."""

NAMES = dict.fromkeys(["BELOW_TRUST", "NOT_IN_FORCE", "TABLE_NOT_ESTABLISHED"], "NO_TABLE")
"""Codes of one question, why there are no figures, between which the rules do not always distinguish."""

OWN_RULES = """
schema = "cmprules.table/1"
table = "limits"
title = "Our own rules"
unit = "point"
keyed_on = "none"
last_checked = 2026-11-29

[[source]]
id = "house"
title = "Our own rules"
issuer = "A laboratory"
published_on = 2026-01-05
"""
ROW = """
[[row]]
id = "{name}"
limit = "rule"
value = "{value}"
source = "house"
pin = "page 1"
grade = "user"
"""


@cache
def book(edition: str, user: tuple[UserRow, ...] = ()) -> cmprules.PolicyBook:
    """Return the library's tables, read once, with a user's rows."""
    if not user:
        return cmprules.load_book(edition=edition)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.toml"
        rows = [ROW.format(name=name, value=value) for name, value in user]
        path.write_text("".join([OWN_RULES, *rows]), encoding="utf-8")
        return cmprules.load_book(edition=edition, extra=[path])


def by_the_library(record: dict[str, Any], on: date, trust: str, edition: str = "2026.1",
                   user: Iterable[UserRow] = ()) -> dict[str, Any]:
    """Return the library's answer as plain data."""
    decision = cmprules.decide(cmprules.parse_record(record), book(edition, tuple(user)), on=on, trust=trust)
    answer: dict[str, Any] = cmprules.to_mapping(decision)
    return answer


def compare(record: dict[str, Any], on: date, trust: str = "inferred", edition: str = "2026.1",
            user: Iterable[UserRow] = ()) -> list[str]:
    """List the differences between the two implementations on one record, one line each."""
    rows = tuple(user)
    return differences(decide(record, on, trust, edition, rows), by_the_library(record, on, trust, edition, rows))


def differences(reference: dict[str, Any], library: dict[str, Any]) -> list[str]:
    """List the differences between two answers to the same record."""
    edition = library["stamp"]["edition"]
    found = [_line(key, reference[key], library.get(key)) for key in ("on", "holder")
             if reference[key] != library.get(key)]
    if len(reference["credentials"]) != len(library["credentials"]):
        found.append(_line("number of credentials", len(reference["credentials"]), len(library["credentials"])))
    for ours, theirs in zip(reference["credentials"], library["credentials"], strict=False):
        found += _of_credential(ours, theirs, edition)
    pairs = zip(_fees(reference["fees"]), _fees(library["fees"]), strict=True)
    found += [_line(f"fees: {name}", ours, theirs) for (name, ours), (_, theirs) in pairs if ours != theirs]
    found += _openings(reference["fees"], library["fees"])
    ours, theirs = reference["not_needed"], _answers_not_needed(library)
    return found if ours == theirs else [*found, _line("answers not needed", ours, theirs)]


def _line(what: str, ours: object, theirs: object) -> str:
    return f"{what}: the reference has {ours!r}, the library {theirs!r}"


def _of_credential(ours: dict[str, Any], theirs: dict[str, Any], edition: str) -> list[str]:
    """List the differences in one credential."""
    pairs = [(key, ours.get(key), theirs.get(key)) for key in SAME]
    pairs.append(("areas", ours["areas"], _without_rows(theirs["areas"])))
    pairs.append(("findings", _findings(ours, edition), _findings(theirs, edition)))
    if ours.get("every_need", True):
        pairs.append(("needs", _needs(ours), _needs(theirs)))
    return [_line(f"{ours['id']}: {key}", one, other) for key, one, other in pairs if one != other]


def _without_rows(areas: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Return the figures of each area, without the name of the row behind it."""
    if areas is None:
        return None
    return [{key: value for key, value in area.items() if key != "row"} for area in areas]


def _needs(credential: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the open questions: code, subject, and the activities that the subject is compared with."""
    return sorted((NAMES.get(need["code"], need["code"]), need["subject"], tuple(need.get("others") or ()))
                  for need in credential["needs"])


def _findings(credential: dict[str, Any], edition: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the findings that both may have; the first edition asks nothing about duplicates."""
    ids = {one["id"] for one in credential["activities"] or ()}
    found = [(one["code"], one["subject"], tuple(one.get("others") or ())) for one in credential["findings"]
             if one["code"] in FINDINGS and (edition != "2026.1" or one["code"] not in CLUSTER_CODES)]
    return sorted({one for one in found if one[0] != "PLACEMENT_UNLAWFUL" or one[1] in ids})


def _fees(fees: dict[str, Any]) -> list[tuple[str, object]]:
    """Return what must agree in the fees: the total, whether a reason replaces it, and the items in any order."""
    items = Counter((line["item"], line["amount"], line["grade"]) for line in fees["lines"])
    return [("currency", fees["currency"]), ("total", fees["total"]), ("has a reason", fees["why"] is not None),
            ("items", sorted(items.items()))]


def _openings(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Return whether each line of the library can be sent when one of the cheapest groupings says."""
    said = {line["credential"]: (line.get("open"), line.get("opens_on")) for line in theirs["lines"]}
    return [] if not said or said in ours["openings"] else [_line("fees: open", ours["openings"], said)]


def _answers_not_needed(library: dict[str, Any]) -> list[tuple[str, str]]:
    """Return code and subject of answers that settled nothing; the findings name each by its rule."""
    found = {(one["rule"].removeprefix("settled/").upper(), one["subject"]) for credential in library["credentials"]
             for one in credential["findings"] if one["code"] == "ANSWER_NOT_NEEDED"}
    return sorted(found)
