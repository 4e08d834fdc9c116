"""Counts the cases that some records reach: a comparison proves nothing about cases that never occurred."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.core.reference.answers import NO_ANSWERS
from tests.core.reference.counting import Activity
from tests.core.reference.cycles import Credential, Cycle, cycle_of, spelled, takes_part
from tests.core.reference.decision import outcomes, table_days
from tests.core.reference.fees import STANDARD, row_on
from tests.core.reference.grouping import mixes_a_cap
from tests.core.reference.months import ONE_DAY, is_month_end
from tests.core.reference.relations import Relations
from tests.core.reference.tables import ALIASES, CODES, UNITS, Rules, era_of

Coverage = dict[str, Counter[str]]
"""How often each case of each class occurred."""


def empty() -> Coverage:
    """Return empty counts."""
    return defaultdict(Counter)


def add(coverage: Coverage, record: dict[str, Any], on: date, trust: str, answer: dict[str, Any],
        rules: Rules) -> None:
    """Count one record and its answer."""
    coverage["trust"][trust] += 1
    for name, case in (*_of_activities(record), *_of_fees(record, on, answer["fees"]), *_of_words(record, rules),
                       *_of_names(record, rules), *of_relations(record, on, rules), *_of_answers(record, answer),
                       *_of_editions(record, on, trust, answer, rules)):
        coverage[name][case] += 1
    for mapping, one in zip(record["credentials"], answer["credentials"], strict=True):
        for name, case in (*_of_credential(one), *_of_tables(mapping, on, one), *_of_points(record, one)):
            coverage[name][case] += 1


def merge(coverage: Coverage, other: Coverage) -> None:
    """Add the counts of another run."""
    for name, cases in other.items():
        coverage[name].update(cases)


def _of_activities(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Count kinds and units; an omitted unit is the first of its kind."""
    for activity in record["activities"]:
        yield "kind", activity["kind"]
        yield "unit", activity.get("unit", UNITS[activity["kind"]][0])


def _of_words(record: dict[str, Any], rules: Rules) -> Iterator[tuple[str, str]]:
    """Count other spellings, certified and proposed areas, placements, and a user's rows."""
    for activity in record["activities"]:
        for key in ("session", "certified", "proposed_areas"):
            if activity.get(key):
                yield "written", key
        if any(character in activity["title"] for character in "([{"):
            digit = any(character.isdigit() for character in activity["title"].partition("(")[2])
            yield "written", "a bracket with a digit" if digit else "a bracket"
        if "provider" not in activity:
            yield "written", "no provider"
    for name in sorted(rules.user):
        yield "row of a user", name


def _of_names(record: dict[str, Any], rules: Rules) -> Iterator[tuple[str, str]]:
    """Count spellings of codes, days of former codes, and ends inside a month."""
    for mapping in record["credentials"]:
        if mapping["code"] not in {*CODES, *ALIASES}:
            yield "written", "a code as people write it"
        if "expires_on" in mapping and not is_month_end(date.fromisoformat(mapping["expires_on"])):
            yield "end", "within its month"
        code, _ = spelled(mapping["code"])
        last = rules.former_code_last.get((code, mapping.get("body", "ASCP")))
        if last is not None and "certified_on" in mapping:
            yield "former code given", "late" if mapping["certified_on"] > last.isoformat() else "in time"


def of_relations(record: dict[str, Any], on: date, rules: Rules) -> Iterator[tuple[str, str]]:
    """Count pairs, clusters, chains and their mixtures, before any answer."""
    activities = [Activity.read(mapping) for mapping in record["activities"]]
    by_id = {activity.id: activity for activity in activities}
    relations = Relations(activities, rules, NO_ANSWERS)
    for pair in relations.pairs.values():
        yield "pair", ("the same" if pair.same else "alike" if pair.close else "repeated") + (
            ", settled by a row" if pair.by_row else "")
    days = [cycle_of(one, on, rules) for one in map(Credential.read, record["credentials"]) if takes_part(one)]
    for name, holds in (("cluster", lambda pair: pair.close), ("chain of clusters", lambda _: True)):
        for ids in relations.chains(by_id, holds):
            if len(ids) > 1:
                yield name, f"of {min(len(ids), 5)}{' and more' if len(ids) > 4 else ''}"
                for case in _of_members([by_id[one] for one in ids], days, on):
                    yield name, case


def _of_members(members: list[Activity], cycles: list[Cycle], on: date) -> Iterator[str]:
    """Count mixtures among activities that may be one."""
    if mixes_a_cap(members):
        yield "capped and other kinds"
    elif len({member.kind for member in members}) > 1:
        yield "several kinds"
    if len({member.certified for member in members}) > 1:
        yield "certificates that differ"
    elif members[0].certified:
        yield "certificates that agree"
    if len({member.completed_on.replace(day=1) for member in members if member.completed_on}) > 1:
        yield "over the end of a month"
    if any(len({cycle.says(member.completed_on, on) for member in members if member.completed_on}) > 1
           for cycle in cycles):
        yield "over the end of a cycle"
    if any(member.session for member in members):
        yield "with a session"


def _of_answers(record: dict[str, Any], answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Count answers, unasked answers, and placements on entries with a twin."""
    for given in record.get("settled") or ():
        yield "answer", f"{given['code']} {given['answer']}{' with others' if given.get('others') else ''}"
    for _ in answer["not_needed"]:
        yield "answer", "not needed"
    titles = [activity["title"] for activity in record["activities"]]
    members = {activity["id"] for activity in record["activities"] if titles.count(activity["title"]) > 1}
    for placement in record.get("placements") or ():
        yield "placement of the holder", "on a member" if placement["activity"] in members else "elsewhere"


def _of_editions(record: dict[str, Any], on: date, trust: str, answer: dict[str, Any],
                 rules: Rules) -> Iterator[tuple[str, str]]:
    """Count the answers of the first edition to the same record, where they differ."""
    if rules.edition == "2026.1":
        return
    for old, new in zip(outcomes(record, on, trust), answer["credentials"], strict=True):
        if old != new["outcome"]:
            yield "by the first edition and by this", f"{old} and {new['outcome']}"


def _of_credential(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Count the words of an answer."""
    yield "outcome", one["outcome"]
    yield "standing", one["standing"]
    yield "standing and outcome", f"{one['standing']} {one['outcome']}"
    yield "grade", str(one["grade"])
    if "given_code" in one:
        yield "former code", one["given_code"]
    yield "declaration", one["declaration"]["status"] if one["declaration"] else "none"
    for need in one["needs"]:
        yield "uncertainty", need["code"]
    for finding in one["findings"]:
        yield "finding", finding["code"]
    for proof in one["shortfalls"] or ():
        for closer in proof.get("closers", ()):
            yield "closer", f"of {len(closer['areas'])}"


def _of_tables(mapping: dict[str, Any], on: date, one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Count the tables that figures come from, and those that could not be used."""
    credential = Credential.read(mapping)
    if not takes_part(credential):
        return
    used = "table" if one["total"] is not None else "table not used"
    for day in table_days(credential, on):
        yield used, f"{one['code']} {one['body']} {era_of(one['code'], day)}"


def _of_points(record: dict[str, Any], one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Count places of points, binding caps, proofs of shortfalls, and divided activities."""
    kinds = {activity["id"]: activity["kind"] for activity in record["activities"]}
    for ends in one["activities"] or []:
        for bucket, points in ends.items():
            if bucket not in {"id", "entered", "amount", "unit"} and points != "0":
                yield "bucket", bucket
        if ends["over_cap"] != "0":
            yield "cap hit", kinds[ends["id"]]
    if one["total"] is not None:
        yield "shortfalls proved", str(len(one["shortfalls"]))
        areas = Counter(place["activity"] for place in one["placements"] if place["area"] != "pool")
        yield "placement", "divided" if any(count > 1 for count in areas.values()) else "whole"


def fee_row(on: date) -> str:
    """Return the row of fees for a day, or the gap between two rows, by its first day."""
    number = row_on(on)
    if number is not None:
        return f"row from {STANDARD[number][0]}"
    passed = [last for _, last, _ in STANDARD if last < on]
    return f"gap from {max(passed) + ONE_DAY}" if passed else f"gap before {STANDARD[0][0]}"


def _of_fees(record: dict[str, Any], on: date, fees: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Count the row or gap in a region, the payments, and whether there is a total."""
    region = record["holder"].get("fee_region", "standard")
    yield "fee region", region
    yield "fee row", f"{region}, {fee_row(on)}"
    yield "fees", "no total" if fees["total"] is None else "a total"
    for line in fees["lines"]:
        yield "fee item", line["item"]
