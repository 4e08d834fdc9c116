"""The decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.reference import fees
from tests.reference.counting import ACCEPTED, KIND_GRADE, Activity, Verdict, verdict, without_duplicates
from tests.reference.cycles import Credential, cycle_of, declaration_of, standing_of, takes_part
from tests.reference.placing import POOL, Item, Solution, caps_of, shortfalls, total_short
from tests.reference.readings import Readings
from tests.reference.tables import INFERRED, Table, in_force, table_for, weakest

BUCKETS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")
"""The places where a point can end."""


def text(hundredths: int) -> str:
    """Points as they are written: no trailing zeros."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def decide(record: dict[str, Any], on: date, trust: str = "inferred") -> dict[str, Any]:
    """The answer to a record that is known to be valid, as plain data."""
    credentials = [Credential.read(mapping) for mapping in record["credentials"]]
    activities = [Activity.read(mapping) for mapping in record.get("activities") or []]
    region = record["holder"].get("fee_region") or "standard"
    return {
        "on": on.isoformat(),
        "credentials": [decide_one(credential, activities, on, trust) for credential in credentials],
        "fees": fees.quote(credentials, on, region),
    }


def table_days(credential: Credential, on: date) -> list[date]:
    """The days whose tables may apply, today last.

    Expired: that of the old expiry and today's; without an end date: today's; otherwise that of the expiry, which an
    extension does not move.
    """
    standing = standing_of(credential, on)
    if standing == "no_end_date" or credential.expires_on is None:
        return [on]
    return [credential.expires_on, on] if standing == "expired" else [credential.expires_on]


def decide_one(credential: Credential, activities: list[Activity], on: date, trust: str) -> dict[str, Any]:
    """The answer for one credential."""
    answer: dict[str, Any] = {"id": credential.id, "code": credential.code}
    if credential.given_code is not None:
        answer["given_code"] = credential.given_code
    nothing = dict.fromkeys(["grade", "cycle", "total", "areas", "shortfalls", "placements", "activities",
                             "declaration"])
    answer |= {"body": credential.body, "outcome": "NOT_REQUIRED", "standing": standing_of(credential, on),
               **nothing, "needs": []}
    if not takes_part(credential):
        return answer
    cycle = cycle_of(credential, on)
    answer["cycle"] = {"start": cycle.start.isoformat(), "end": cycle.end.isoformat()}
    answer["declaration"] = declaration_of(credential, on)
    kept, _ = without_duplicates(activities)
    verdicts = {activity.id: verdict(activity, cycle, on, trust) for activity in kept}
    days = table_days(credential, on)
    found = [table_for(credential.code, credential.body, day, trust) for day in days]
    tables = [table for table in found if table is not None]
    binding = all(in_force(credential.code, credential.body, day) for day in days)
    if not binding or len(tables) < len(days):
        why = "TABLE_NOT_ESTABLISHED" if binding else "NOT_IN_FORCE"
        return answer | {"outcome": "NEEDS_REVIEW", "needs": [{"code": why, "subject": credential.id}],
                         "activities": [ends_without_table(a, verdicts) for a in activities]}
    readings = Readings(kept, verdicts, tables)
    return answer | figures(readings, activities) | conclusion(readings, credential, answer["standing"])


def conclusion(readings: Readings, credential: Credential, standing: str) -> dict[str, Any]:
    """Outcome, grade, and the questions that would settle what is open."""
    items, (solution, _) = readings.items(readings.shown), readings.placement
    grades = [grade for one in readings.tables for grade in one.cells()]
    grades += [KIND_GRADE[item.kind] for item in items if solution.placed(item.id)]
    if standing == "no_end_date":
        grades.append(INFERRED)  # that today's table applies is a reading, not a source
    outcome = readings.outcome
    return {"outcome": outcome, "grade": weakest(grades),
            "needs": readings.needs(credential.id) if outcome == "NEEDS_REVIEW" else []}


def figures(readings: Readings, activities: list[Activity]) -> dict[str, Any]:
    """The figures of the reading against the holder."""
    items, table = readings.items(readings.shown), readings.tables[readings.shown]
    solution, whole = readings.placement
    short = total_short(items, table)
    assert sum(solution.points.values()) == table.total_need - short
    assert short or whole == readings.is_met((), readings.shown, dividing=False)
    over = over_caps(items, table, solution)
    return {
        "total": {"required": text(table.total_need), "placed": text(sum(solution.points.values())),
                  "short": text(short), "short_if_confirmed": text(readings.short_if_confirmed)},
        "areas": areas_of(table, solution),
        "shortfalls": [{"areas": list(one.areas), "required": text(one.required), "available": text(one.available),
                        "short": text(one.short)} for one in shortfalls(items, table)],
        "placements": [{"activity": activity.id, "area": area, "points": text(solution.points[activity.id, area])}
                       for activity in activities for area in (*table.needs, POOL)
                       if (activity.id, area) in solution.points],
        "activities": [ends(a, readings.verdicts, solution, over) for a in activities],
    }


def areas_of(table: Table, solution: Solution) -> list[dict[str, str]]:
    """What each area needs and has, the pool last."""
    cells = [(area, value * 100, grade) for area, value, grade in table.areas]
    cells.append((POOL, table.pool_need, table.pool[1]))
    return [{"area": area, "required": text(need), "placed": text(solution.in_area(area)),
             "short": text(need - solution.in_area(area)), "grade": grade} for area, need, grade in cells]


def over_caps(items: Sequence[Item], table: Table, solution: Solution) -> dict[str, int]:
    """Of a capped kind's points, those beyond the cap; the latest activities with points not placed bear them."""
    over = {}
    for kind, cap in caps_of(table).items():
        of_kind = [item for item in items if item.kind == kind]
        beyond = max(0, sum(item.points for item in of_kind) - cap)
        for item in sorted(of_kind, key=lambda item: item.order, reverse=True):
            over[item.id] = min(beyond, item.points - solution.placed(item.id))
            beyond -= over[item.id]
        assert beyond == 0
    return over


def ends(activity: Activity, verdicts: dict[str, Verdict], solution: Solution, over: dict[str, int]) -> dict[str, str]:
    """Every point of an activity ends in one place; a duplicate has no verdict of its own."""
    found = verdicts.get(activity.id)
    if found is None:
        return written(activity, {"duplicate": activity.points})
    if found.shown != ACCEPTED:
        return written(activity, {found.shown: activity.points})
    placed, beyond = solution.placed(activity.id), over.get(activity.id, 0)
    surplus = activity.points - placed - beyond
    assert surplus >= 0
    return written(activity, {"placed": placed, "over_cap": beyond, "surplus": surplus})


def ends_without_table(activity: Activity, verdicts: dict[str, Verdict]) -> dict[str, str]:
    """Without a table, points that would count are unconfirmed."""
    found = verdicts.get(activity.id)
    shown = "duplicate" if found is None else found.shown
    return written(activity, {"unconfirmed" if shown == ACCEPTED else shown: activity.points})


def written(activity: Activity, places: dict[str, int]) -> dict[str, str]:
    """The points of an activity by the place where they end."""
    assert sum(places.values()) == activity.points
    return {"id": activity.id, "entered": text(activity.points),
            **{bucket: text(places.get(bucket, 0)) for bucket in BUCKETS}}
