"""The decision: outcome, figures, questions and findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.core.reference import fees
from tests.core.reference.answers import CLUSTER_CODES, POLICY_CODES, YES, Answers
from tests.core.reference.counting import ACCEPTED, Activity, Verdict, verdict
from tests.core.reference.cycles import (
    Credential,
    Cycle,
    cycle_of,
    declaration_of,
    former_code_is_late,
    standing_of,
    takes_part,
)
from tests.core.reference.grouping import Grouping, Place, places_of
from tests.core.reference.placements import not_filled, unlawful
from tests.core.reference.placing import POOL, Item, Solution, caps_of, closers, shortfalls, total_short
from tests.core.reference.readings import MOST_OPEN, Readings
from tests.core.reference.relations import Pair, Relations
from tests.core.reference.tables import (
    CAPPED_OR_EXAM,
    CERTAIN,
    EACH,
    INFERRED,
    KIND_GRADE,
    KINDS,
    OPEN,
    RULES,
    USER,
    Rules,
    Table,
    UserRow,
    in_force,
    table_for,
    weakest,
    with_user_rows,
)

BUCKETS = ("placed", "surplus", "over_cap", "outside_cycle", "not_acceptable", "duplicate", "unconfirmed")
"""The places where points can go."""
FIGURES = ("total", "areas", "shortfalls", "placements", "activities")
"""The shown figures of a credential."""


def text(hundredths: int) -> str:
    """Write points without trailing zeros."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


@dataclass(frozen=True)
class Asked:
    """A record as read, and the rules that decide it."""

    activities: list[Activity]
    on: date
    trust: str
    rules: Rules
    answers: Answers
    relations: Relations
    placements: Sequence[dict[str, Any]]

    def by(self, rules: Rules) -> Asked:
        """Return the same record under other rules."""
        return replace(self, rules=rules, relations=Relations(self.activities, rules, self.answers))


def decide(record: dict[str, Any], on: date, trust: str = "inferred", edition: str = "2026.1",
           user: Iterable[UserRow] = ()) -> dict[str, Any]:
    """Return the answer to a valid record, as plain data."""
    credentials = [Credential.read(mapping) for mapping in record["credentials"]]
    asked = question(record, on, trust, edition, user)
    region = record["holder"].get("fee_region") or "standard"
    found = [decide_one(credential, asked) for credential in credentials]
    tests = set[tuple[str, str]]().union(*(one.pop("tests") for one in found))
    holder = {key: record["holder"][key] for key in ("id", "name") if key in record["holder"]}
    return {
        "on": on.isoformat(), "holder": holder, "credentials": found,
        "not_needed": sorted({one for one in asked.answers.each() if one not in tests}),
        "fees": fees.quote(credentials, on, region, asked.rules),
    }


def question(record: dict[str, Any], on: date, trust: str, edition: str, user: Iterable[UserRow]) -> Asked:
    """Return the question about a record."""
    activities = [Activity.read(mapping) for mapping in record.get("activities") or []]
    rules, answers = with_user_rows(RULES[edition], user), Answers.read(record)
    return Asked(activities, on, trust, rules, answers, Relations(activities, rules, answers),
                 record.get("placements") or ())


def cases(record: dict[str, Any], on: date, trust: str, edition: str, user: Iterable[UserRow] = ()) -> list[Case]:
    """Return every credential that needs maintenance."""
    asked = question(record, on, trust, edition, user)
    credentials = [Credential.read(mapping) for mapping in record["credentials"]]
    return [Case.of(credential, asked) for credential in credentials if takes_part(credential)]


def outcomes(record: dict[str, Any], on: date, trust: str) -> list[str]:
    """Return the outcome of every credential under the first edition."""
    asked, found = question(record, on, trust, "2026.1", ()), []
    for credential in map(Credential.read, record["credentials"]):
        case = Case.of(credential, asked) if takes_part(credential) else None
        readings = None if case is None else case.readings
        found.append("NOT_REQUIRED" if case is None else "NEEDS_REVIEW" if readings is None else readings.outcome)
    return found


def needs_of(record: dict[str, Any], on: date, trust: str, edition: str,
             user: Iterable[UserRow]) -> list[dict[str, Any]]:
    """Return every question about a record."""
    asked, found = question(record, on, trust, edition, user), list[dict[str, Any]]()
    for credential in map(Credential.read, record["credentials"]):
        if takes_part(credential):
            needs = Case.of(credential, asked).answer()["needs"]
            found += late_code(credential, asked, {"outcome": "", "needs": needs, "tests": set()})["needs"]
    return found


def table_days(credential: Credential, on: date) -> list[date]:
    """Return the days whose tables may apply, today last.

    An expired credential has those of the expiry and of today, one without an end date that of today, any other that
    of the expiry, which an extension does not move.
    """
    standing = standing_of(credential, on)
    if standing == "no_end_date" or credential.expires_on is None:
        return [on]
    return [credential.expires_on, on] if standing == "expired" else [credential.expires_on]


def decide_one(credential: Credential, asked: Asked) -> dict[str, Any]:
    """Return the answer for one credential; `tests` has code and subject of what was open before any answer."""
    answer: dict[str, Any] = {"id": credential.id, "code": credential.code}
    if credential.given_code is not None:
        answer["given_code"] = credential.given_code
    nothing = dict.fromkeys(["grade", "cycle", "total", "areas", "shortfalls", "placements", "activities",
                             "declaration"])
    answer |= {"body": credential.body, "outcome": "NOT_REQUIRED", "standing": standing_of(credential, asked.on),
               **nothing, "needs": [], "findings": [], "tests": set()}
    if not takes_part(credential):
        return answer
    found = Case.of(credential, asked)
    answer["cycle"] = {"start": found.cycle.start.isoformat(), "end": found.cycle.end.isoformat()}
    answer["declaration"] = declaration_of(credential, asked.on)
    answer["findings"] = findings(credential, asked, found)
    answer |= found.answer()
    if found.readings is not None:
        answer["grade"] = graded(found, found.readings, answer)
        answer["findings"] += [{"code": "PLACEMENT_UNLAWFUL", "subject": one, "others": []}
                               for one in unlawful(found.readings, asked.placements)]
        answer["findings"] += [{"code": "PLACEMENT_INCOMPLETE", "subject": area, "others": []}
                               for area in incomplete(found, asked)]
    answer["tests"] = open_tests(found)
    return late_code(credential, asked, answer)


def incomplete(case: Case, asked: Asked) -> list[str]:
    """Return the areas that the holder's own placements do not fill, if there are any placements."""
    assert case.readings is not None
    if asked.rules.duplicates == CERTAIN:
        groups = [[activity] for activity in asked.activities]
    else:
        grouping = Grouping(asked.activities, case.verdicts, asked.rules, asked.answers, asked.relations)
        groups = [[member for cluster in group for member in cluster.members] for group in grouping.groups]
    return not_filled(case.readings, asked.placements, groups)


def late_code(credential: Credential, asked: Asked, answer: dict[str, Any]) -> dict[str, Any]:
    """Ask whether a credential with a late former code belongs to this body, unless the holder has confirmed it.

    Our reading: the question is added to the others, even if nothing is established.
    """
    said = asked.answers.of("FORMER_CODE_LATE", credential.id)
    if not former_code_is_late(credential, asked.rules):
        return answer
    answer["tests"].add(("FORMER_CODE_LATE", credential.id))
    if said == YES:
        return answer
    need = {"code": "FORMER_CODE_LATE", "subject": credential.id, "others": []}
    return answer | {"outcome": "NEEDS_REVIEW", "needs": [*answer["needs"], need]}


def verdicts_of(asked: Asked, cycle: Cycle, answers: Answers) -> dict[str, Verdict]:
    """Return the verdict on each activity by itself."""
    return {activity.id: verdict(activity, cycle, asked.on, asked.trust, asked.rules, answers)
            for activity in asked.activities}


@dataclass
class Case:
    """One credential of a record: its cycle, the place of each activity, and the readings of its tables."""

    credential: Credential
    asked: Asked
    cycle: Cycle
    verdicts: dict[str, Verdict]
    places: dict[str, Place]
    readings: Readings | None
    why: str
    """Why there are no readings."""

    @classmethod
    def of(cls, credential: Credential, asked: Asked) -> Case:
        """Read the activities and the tables for one credential."""
        cycle = cycle_of(credential, asked.on, asked.rules)
        verdicts = verdicts_of(asked, cycle, asked.answers)
        places = places_of(asked.activities, verdicts, asked.rules, asked.answers, asked.relations)

        def confirm(ids: frozenset[str]) -> dict[str, Place]:
            answers = asked.answers.confirming(ids)
            several = {one for one in ids if places[one].code != "AREA_PROPOSED"}
            return places_of(asked.activities, verdicts_of(asked, cycle, answers), asked.rules, answers,
                             asked.relations.apart(several), ids)

        days = table_days(credential, asked.on)
        found = [table_for(credential.code, credential.body, day, asked.trust, asked.rules) for day in days]
        tables = [table for table in found if table is not None]
        binding = all(in_force(credential.code, credential.body, day) for day in days)
        readings = None
        if binding and len(tables) == len(days):
            readings = Readings(asked.activities, places, tables, asked.answers, credential.id, confirm)
        return cls(credential, asked, cycle, verdicts, places, readings,
                   "TABLE_NOT_ESTABLISHED" if binding else "NOT_IN_FORCE")

    def answer(self) -> dict[str, Any]:
        """Return outcome, figures and questions."""
        if self.readings is None:
            return {"outcome": "NEEDS_REVIEW", "activities": [self._without_table(a) for a in self.asked.activities],
                    "needs": [{"code": self.why, "subject": self.credential.id, "others": []}]}
        needs = self.readings.needs() if self.readings.outcome == "NEEDS_REVIEW" else []
        return self.shown() | {"needs": needs, "every_need": self._every_need(self.readings)}

    def shown(self) -> dict[str, Any]:
        """Return outcome and figures, where there are any."""
        assert self.readings is not None
        return figures(self.readings, self.asked.activities) | {"outcome": self.readings.outcome}

    def _every_need(self, readings: Readings) -> bool:
        """Return whether the rules determine which questions to list.

        They do not if too many are open; nor, by our reading, if something is open about activities that are settled as
        one, because no rule says which of them it concerns.  A relation to an outside activity may be open for each.
        """
        return (len(readings.open) <= MOST_OPEN and not any(self.places[a.id].settled_as_one for a in readings.open)
                and not any(self._is_asked_outside(a) for a in self.asked.activities))

    def _is_asked_outside(self, activity: Activity) -> bool:
        """Return whether it is settled as one with another while its relation to a third is open."""
        place = self.places[activity.id]
        if place.code is None or len(place.one_with) < 2:
            return False
        related = self.asked.relations.related(activity.id, lambda pair: not pair.once and not pair.apart)
        return not place.one_with.issuperset(related)

    def _without_table(self, activity: Activity) -> dict[str, str]:
        """Make points that would count unconfirmed, because there is no table."""
        bucket = self.places[activity.id].bucket
        return written(activity, {"unconfirmed" if bucket == ACCEPTED else bucket: activity.points})


def findings(credential: Credential, asked: Asked, case: Case) -> list[dict[str, Any]]:
    """Return the compared findings: unusual amounts, an open fee, and findings on relations of activities.

    Our reading: an amount is unusual wherever its points go, even if the activity has no date.
    """
    found: list[dict[str, Any]] = [
        {"code": one.code, "subject": name, "others": list(one.others)} for name, one in case.places.items()
        if one.code in CLUSTER_CODES and asked.rules.duplicates != CERTAIN]
    most = asked.rules.plausible
    found += [{"code": "AMOUNT_UNUSUAL", "subject": a.id, "others": []} for a in asked.activities
              if most is not None and a.kind not in CAPPED_OR_EXAM and a.points > most]
    if asked.rules.fee_of_inactive and standing_of(credential, asked.on) == "inactive":
        found.append({"code": "FEE_OPEN", "subject": credential.id, "others": []})
    return found


def graded(case: Case, readings: Readings, answer: dict[str, Any]) -> str:
    """Return the weakest grade behind the outcome, or that of the holder's answers."""
    credential, asked = case.credential, case.asked
    if POLICY_CODES & used_answers(case, readings):
        return USER
    solution, _ = readings.placement
    placed = [a for a in asked.activities if solution.placed(a.id)]
    grades = [grade for one in readings.both for grade in one.cells()]
    grades += [KIND_GRADE[a.kind] for a in placed if a.kind in KIND_GRADE]
    grades += [asked.rules.unit_grades[a.unit] for a in placed if a.unit in asked.rules.unit_grades]
    if standing_of(credential, asked.on) == "no_end_date":
        grades.append(INFERRED)  # that today's table applies is a reading, not a source
    if asked.rules.grades_of_readings and (asked.rules.user or INFERRED not in grades):  # else no grade could be weaker
        used = [name for name, rules in opposites(asked) if differs(case, asked.by(rules), answer)]
        if any(name in asked.rules.user for name in used):
            return USER
        grades += [INFERRED for _ in used]
        said = asked.answers.of("FORMER_CODE_LATE", credential.id)
        if former_code_is_late(credential, asked.rules) and said != YES:
            grades.append(INFERRED)
    return weakest(grades)


def opposites(asked: Asked) -> list[tuple[str, Rules]]:
    """Yield every reading of ours or user's row that may have been used, with rules that say the opposite."""
    rules, found = asked.rules, []
    if rules.month_end:
        found.append(("rule/month_end", replace(rules, month_end=False)))
    found.append(("rule/duplicates", replace(rules, duplicates=opposite(rules.duplicates))))
    found.append(("rule/alike", replace(rules, alike=opposite(rules.alike))))
    for (name, said), kinds in repeated_rows(rules).items():
        changed = {**rules.repeated, **dict.fromkeys(kinds, opposite(said))}
        found.append((name, replace(rules, repeated=changed)))
    if not concerning(asked):  # that several may be one is also our reading
        found.append(("ours", replace(rules, duplicates=EACH, alike=EACH, repeated={})))
    return found


def concerning(asked: Asked) -> frozenset[str]:
    """Return the user's rows that concern an activity of the record; a row on a kind that it lacks does not."""
    kinds = {activity.kind for activity in asked.activities}
    about = {name for (name, _), covered in repeated_rows(asked.rules).items() if not kinds.isdisjoint(covered)}
    return asked.rules.user & ({"rule/duplicates", "rule/alike"} | about)


def repeated_rows(rules: Rules) -> dict[tuple[str, str], list[str]]:
    """Map each row about repeats to the kinds that it covers."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind in KINDS:
        said, name = rules.repeated.get(kind, EACH), f"rule/repeated/{kind}"
        if name not in rules.user:
            name = "rule/repeated" if "rule/repeated" in rules.user else "ours"
        found.setdefault((name, said), []).append(kind)
    return found


def opposite(said: str | None) -> str:
    """Return the opposite of a row about one or several: no such relation, or an open one."""
    return OPEN if said in {None, EACH} else EACH


def differs(case: Case, asked: Asked, answer: dict[str, Any]) -> bool:
    """Return whether these rules change the outcome or a shown figure."""
    if asked.relations.pairs == case.asked.relations.pairs and asked.rules.month_end == case.asked.rules.month_end:
        return False
    other = Case.of(case.credential, asked)
    if other.places == case.places:
        return False
    if other.readings is None or other.readings.outcome != answer["outcome"]:
        return True
    found = other.shown()
    return any(found[key] != answer[key] for key in FIGURES)


def used_answers(case: Case, readings: Readings) -> set[str]:
    """Return the codes of the answers that settled something for this credential."""
    asked = case.asked
    found = set[str]().union(*(verdict_of.used for one, verdict_of in case.verdicts.items()
                               if one not in certain_copies(case)))
    counting = {one for one, verdict_of in case.verdicts.items() if verdict_of.favourable}
    for ids, pair in asked.relations.pairs.items():
        if pair.answered and matters(pair, ids, counting):
            found |= pair.codes
    if readings.table_answer is not None:
        found.add("TABLE_AFTER_EXPIRY")
    return found | {"DIVIDED_ACTIVITY" for one in hanging_on_division(readings)
                    if asked.answers.of("DIVIDED_ACTIVITY", one)}


def matters(pair: Pair, ids: frozenset[str], counting: set[str]) -> bool:
    """Return whether the question about two activities matters: either counts in a reading, or both for a repeat."""
    return ids <= counting or (pair.close and not ids.isdisjoint(counting))


def hanging_on_division(readings: Readings) -> set[str]:
    """Return the activities that may be divided, if either reading is met only with a division.

    Our reading: the question is open for all of them, whichever ones the shown placement divides.
    """
    bare = replace(readings, answers=Answers(), known={}, tables=readings.tables)
    return {item.id for mask in (0, bare.all_open) for number in range(len(bare.tables))
            if bare.is_met(mask, number, favour=True) and not bare.is_met(mask, number, favour=False)
            for item in bare.items(number, mask) if item.several}


def certain_copies(case: Case) -> set[str]:
    """Return the certain duplicates under the first edition, which need no further test."""
    certain = case.asked.rules.duplicates == CERTAIN
    return {one for one, place in case.places.items() if certain and place.bucket == "duplicate"}


def open_tests(case: Case) -> set[tuple[str, str]]:
    """Return code and subject of every open question on this credential, answered or not."""
    asked = case.asked
    found = {(code, one) for one, verdict_of in case.verdicts.items() for code in verdict_of.asked
             if one not in certain_copies(case)}
    counting = {one for one, verdict_of in case.verdicts.items() if verdict_of.favourable}
    for ids, pair in asked.relations.pairs.items():
        if matters(pair, ids, counting):
            found |= {(code, one) for one in ids for code in pair.codes if not pair.by_row}
    by_id = {a.id: a for a in asked.activities}
    for family in asked.relations.chains(by_id, lambda pair: pair.close):
        if not counting.isdisjoint(family):
            found |= {("AREA_PROPOSED", one) for one in {*family} - certain_copies(case) if by_id[one].proposed}
    if case.readings is not None:
        found |= {("DIVIDED_ACTIVITY", one) for one in hanging_on_division(case.readings)}
        if len(set(case.readings.both)) > 1:
            found.add(("TABLE_AFTER_EXPIRY", case.credential.id))
    return found


def figures(readings: Readings, activities: list[Activity]) -> dict[str, Any]:
    """Return the figures of the reading against the holder."""
    items, table = readings.items(readings.shown), readings.tables[readings.shown]
    solution, whole = readings.placement
    short = total_short(items, table)
    assert sum(solution.points.values()) == table.total_need - short
    assert short or not whole or readings.is_met(0, readings.shown, favour=False)
    over = over_caps(items, table, solution)
    return {
        "total": {"required": text(table.total_need), "placed": text(sum(solution.points.values())),
                  "short": text(short), "short_if_confirmed": text(readings.short_if_confirmed)},
        "areas": areas_of(table, solution),
        "shortfalls": [shown_shortfall(one.areas, one.required, one.available, items, table)
                       for one in shortfalls(items, table)],
        "placements": [{"activity": activity.id, "area": area, "points": text(solution.points[activity.id, area])}
                       for activity in activities for area in (*table.needs, POOL)
                       if (activity.id, area) in solution.points],
        "activities": [ends(a, readings.places[a.id], solution, over) for a in activities],
    }


def shown_shortfall(areas: tuple[str, ...], required: int, available: int, items: Sequence[Item],
                    table: Table) -> dict[str, Any]:
    """Write one proof; that of the mandatory areas also has its closers."""
    found: dict[str, Any] = {"areas": list(areas), "required": text(required), "available": text(available),
                             "short": text(required - available)}
    if POOL not in areas:
        found["closers"] = [{"areas": list(names), "points": text(points)} for names, points in closers(items, table)]
    return found


def areas_of(table: Table, solution: Solution) -> list[dict[str, str]]:
    """Return what each area needs and has, the pool last."""
    cells = [(area, value * 100, grade) for area, value, grade in table.areas]
    cells.append((POOL, table.pool_need, table.pool[1]))
    return [{"area": area, "required": text(need), "placed": text(solution.in_area(area)),
             "short": text(need - solution.in_area(area)), "grade": grade} for area, need, grade in cells]


def over_caps(items: Sequence[Item], table: Table, solution: Solution) -> dict[str, int]:
    """Return points beyond the caps; the latest activities with unplaced points take them."""
    over = {}
    for kind, cap in caps_of(table).items():
        of_kind = [item for item in items if item.kind == kind]
        beyond = max(0, sum(item.points for item in of_kind) - cap)
        for item in sorted(of_kind, key=lambda item: item.order, reverse=True):
            over[item.id] = min(beyond, item.points - solution.placed(item.id))
            beyond -= over[item.id]
        assert beyond == 0
    return over


def ends(activity: Activity, one: Place, solution: Solution, over: dict[str, int]) -> dict[str, str]:
    """Return where every point of an activity ends; what a counted activity does not bring is unconfirmed."""
    if one.bucket != ACCEPTED:
        return written(activity, {one.bucket: activity.points})
    brought = 0 if one.against is None else one.against.points
    placed, beyond = solution.placed(activity.id), over.get(activity.id, 0)
    surplus = brought - placed - beyond
    assert surplus >= 0
    return written(activity, {"placed": placed, "over_cap": beyond, "surplus": surplus,
                              "unconfirmed": activity.points - brought})


def written(activity: Activity, places: dict[str, int]) -> dict[str, str]:
    """Write the points of an activity by the place where they end."""
    assert sum(places.values()) == activity.points
    return {"id": activity.id, "entered": text(activity.points), "amount": activity.amount, "unit": activity.unit,
            **{bucket: text(places.get(bucket, 0)) for bucket in BUCKETS}}
