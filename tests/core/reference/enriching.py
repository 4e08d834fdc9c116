"""Records like those of real people: entered twice, taken again, certified, proposed, answered.

It makes the records of `generation` messier: activities get twins that are the same, alike, repeated or nearly so, in
chains and across the ends of cycles and months; areas become certified or proposed; ends move into their month; former
codes get days of certification near the last day on which they were given; the holder answers questions, and users add
rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.core.reference.answers import CLUSTER_CODES, Answers
from tests.core.reference.counting import Activity
from tests.core.reference.cycles import Credential, cycle_of, takes_part
from tests.core.reference.decision import needs_of
from tests.core.reference.generation import Mapping, express, generate, hundredths_of, pick
from tests.core.reference.months import is_month_end
from tests.core.reference.relations import Relations
from tests.core.reference.tables import (
    ALL_AREAS,
    KINDS_OPEN_WHEN_REPEATED,
    RULES,
    UNITS,
    UserRow,
    participation_start,
    with_user_rows,
)

MOST = 20
"""The most activities in a record, so that trying everything stays fast."""
SEVERAL = 6
"""The most activities that may serve several areas, for the same reason."""
SESSIONS = ["part 1", "Part 1 ", "part 2", "morning", "GI", "(GI)"]
KIND_SWAPS = ["in_service", "formal_ce", "self_study", "teleconference", "journal_test", "poster", "college_course",
              "covid_work"]
ANSWERABLE = ["UNDATED", "MONTH_OF_PREVIOUS_END", "END_OF_MONTH", "KIND_UNCONFIRMED", "UNIT_UNCONFIRMED",
              "AREA_PROPOSED", "DIVIDED_ACTIVITY", *CLUSTER_CODES]
"""The questions about activities."""
VALUES = ["each", "once", "open"]


def dated(record: Mapping) -> list[Mapping]:
    """Return the activities with a day."""
    return [activity for activity in record["activities"] if "completed_on" in activity]


def new_id(rng: Random, record: Mapping) -> str:
    """Make an unused id; it may sort before or after the others."""
    taken = {activity["id"] for activity in record["activities"]}
    return next(name for name in (f"{rng.choice('AZaztT')}{rng.randint(0, 99)}" for _ in range(1000))
                if name not in taken)


def written_otherwise(rng: Random, title: str) -> str:
    """Respell a title so that it folds to the same, or nearly does."""
    return rng.choice([
        title, title, title.upper(), title.lower(), f"  {title}  ", title.replace(" ", "-") + "!",
        f"{title} (live)", f"[Online] {title}", f"{title} {{webinar}}", title.translate({48 + n: 0xFF10 + n
                                                                                        for n in range(10)}),
        f"{title} (part 2)", f"{title} (live", f"{title} II"])


def other_provider(rng: Random, twin: Mapping) -> None:
    """Return the same provider spelled differently, none, or another one."""
    how = pick(rng, {"same": 6, "none": 3, "other": 3, "written": 2})
    if how == "none":
        twin.pop("provider", None)
    elif how == "other":
        twin["provider"] = rng.choice(["ASCP", "Lab CE", "A State Society", "City Hospital"])
    elif how == "written" and "provider" in twin:
        twin["provider"] = rng.choice([twin["provider"].upper(), f"{twin['provider']} (Inc.)", f"{twin['provider']}."])


def twin_of(rng: Random, record: Mapping, activity: Mapping, days: int) -> Mapping:
    """Make a second entry of an activity, some days later, usually with one field changed."""
    twin = {key: list(value) if isinstance(value, list) else value for key, value in activity.items()}
    twin |= {"id": new_id(rng, record), "title": written_otherwise(rng, activity["title"]),
             "completed_on": (date.fromisoformat(activity["completed_on"]) + timedelta(days=days)).isoformat()}
    other_provider(rng, twin)
    kind, points = str(activity["kind"]), hundredths_of(activity)
    if rng.random() < .3:
        points = max(1, points + rng.choice([-100, -50, -1, 25, 100]))
        twin.pop("certified", None)
    twin.pop("unit", None)
    unit = activity.get("unit", UNITS[kind][0])
    if rng.random() < .25:
        kind = rng.choice([other for other in KIND_SWAPS if "certified" not in twin or unit in UNITS[other]] or [kind])
    twin["kind"] = kind
    twin |= {"unit": unit} if "certified" in twin else express(rng, kind, points)
    if rng.random() < .35:
        change_areas(rng, activity, twin)
    return twin


def change_areas(rng: Random, activity: Mapping, twin: Mapping) -> None:
    """Divide the areas between two entries, or give the second one others."""
    twin.pop("certified", None)
    areas = list(activity.get("areas", []))
    how = rng.choice(["none", "shared", "another"])
    if how == "shared" and areas:
        cut = rng.randint(0, len(areas))
        activity["areas"], twin["areas"] = areas[:cut], areas[cut:]
    else:
        twin["areas"] = [] if how == "none" else [rng.choice([*areas, *ALL_AREAS])]
    clean(twin)


def clean(activity: Mapping) -> None:
    """Keep each area in only one of the three lists."""
    listed = activity.get("areas", [])
    if "proposed_areas" in activity:
        activity["proposed_areas"] = [one for one in activity["proposed_areas"] if one not in listed]


def edges_of(record: Mapping, on: date) -> list[date]:
    """Return days worth building chains around: starts and ends of cycles in both readings, and ends of months."""
    found = [on]
    for mapping in record["credentials"]:
        credential = Credential.read(mapping)
        if takes_part(credential):
            cycle = cycle_of(credential, on, RULES["2026.2"])
            for one in (cycle, cycle.other or cycle):
                found += [one.start, one.start - timedelta(days=1), one.end]
    return found


def near_an_edge(rng: Random, record: Mapping, on: date) -> None:
    """Move an activity near the end of a cycle or a month."""
    for activity in rng.sample(dated(record), min(len(dated(record)), rng.choice([1, 1, 2]))):
        day = rng.choice(edges_of(record, on)) + timedelta(days=rng.choice([-1, 0, 0, 1, 15, -15]))
        activity["completed_on"] = day.isoformat()


def entered_twice(rng: Random, record: Mapping, _: date) -> None:
    """Add an entry that is the same or alike."""
    if dated(record):
        activity = rng.choice(dated(record))
        for days in rng.choices([0, 0, 0, 1, -1], k=rng.choice([1, 1, 2])):
            record["activities"].append(twin_of(rng, record, activity, days))


def in_parts(rng: Random, record: Mapping, _: date) -> None:
    """Split an activity into parts with one title, so that all are needed for the whole."""
    whole = [activity for activity in dated(record) if "certified" not in activity and hundredths_of(activity) > 1]
    for first in rng.sample(whole, min(len(whole), rng.choice([1, 1, 2]))):
        points = hundredths_of(first)
        first.pop("unit", None)
        second = first | {"id": new_id(rng, record), **express(rng, first["kind"], points // 2)}
        first.update(express(rng, first["kind"], points - points // 2))
        day = date.fromisoformat(first["completed_on"]) + timedelta(days=rng.choice([0, 0, 1, 30, 365]))
        second["completed_on"] = day.isoformat()
        record["activities"].append(second)


def chain(rng: Random, record: Mapping, on: date) -> None:
    """Add several entries with one title on consecutive days, sometimes across an edge."""
    if not dated(record):
        return
    activity = rng.choice(dated(record))
    if rng.random() < .4:
        activity["completed_on"] = (rng.choice(edges_of(record, on)) + timedelta(days=rng.choice([-1, 0]))).isoformat()
    for step in range(1, rng.choice([2, 3, 4])):
        record["activities"].append(twin_of(rng, record, activity, step * rng.choice([1, 1, 1, 2])))


def taken_again(rng: Random, record: Mapping, _: date) -> None:
    """Repeat a course weeks or a year later, perhaps in another cycle, perhaps entered twice there."""
    if not dated(record):
        return
    activity = rng.choice(dated(record))
    if rng.random() < .7 and "certified" not in activity:
        points, unit = hundredths_of(activity), activity.get("unit", UNITS[activity["kind"]][0])
        activity["kind"] = rng.choice([kind for kind in KINDS_OPEN_WHEN_REPEATED if kind != "college_course"])
        if unit not in UNITS[activity["kind"]]:
            activity |= {"unit": "point", "amount": str(Decimal(points) / 100)}
    for days in rng.choices([2, 3, 30, 90, -60, 365, -365], k=rng.choice([1, 1, 2])):
        twin = twin_of(rng, record, activity, days)
        record["activities"].append(twin)
        if rng.random() < .3:
            record["activities"].append(twin_of(rng, record, twin, rng.choice([0, 1])))


def with_sessions(rng: Random, record: Mapping, _: date) -> None:
    """Add session names to some entries with one title."""
    for activity in record["activities"]:
        if rng.random() < .4:
            activity["session"] = rng.choice(SESSIONS)


def certify_amounts(rng: Random, record: Mapping, _: date) -> None:
    """Add certificates that assign amounts to areas."""
    for activity in record["activities"]:
        areas = activity.get("areas", [])
        if areas and rng.random() < .6:
            certify_one(rng, activity, areas)


def certify_one(rng: Random, activity: Mapping, areas: list[str]) -> None:
    """Divide a part of the amount among the areas."""
    amount = Decimal(str(activity["amount"]))
    given, left = {}, amount
    for area in areas:
        share = rng.choice([left, left / 2, left / 4, Decimal(1)])
        points = share * hundredths_of(activity) / amount
        if 0 < share <= left and points == int(points):
            given[area] = f"{share.normalize():f}"
            left -= share
    if given:
        activity["certified"] = given
        if rng.random() < .5:
            activity["areas"] = []
        else:
            del activity["areas"]


def propose_areas(rng: Random, record: Mapping, _: date) -> None:
    """Turn some areas into proposed ones, or propose further ones."""
    for activity in record["activities"]:
        if rng.random() > .3:
            continue
        areas = list(activity.get("areas", []))
        if areas and rng.random() < .7:
            cut = rng.randint(0, len(areas) - 1)
            activity["areas"], proposed = areas[:cut], areas[cut:]
        else:
            proposed = [rng.choice(ALL_AREAS)]
        taken = {*activity.get("areas", []), *activity.get("certified", {})}
        activity["proposed_areas"] = [area for area in proposed if area not in taken]


def into_the_month(rng: Random, record: Mapping, on: date) -> None:
    """Move ends away from the last day of their month, and activities to where that matters."""
    for mapping in record["credentials"]:
        if "expires_on" not in mapping or "cycle_start" in mapping:
            continue
        end = date.fromisoformat(mapping["expires_on"])
        other = end.replace(day=rng.choice([1, 14, 15, 27, 28, min(end.day, 30)]))
        first = mapping.get("certified_on", "0001-01-01")
        if (other < on) == (end < on) and other.isoformat() >= first and other.isoformat() <= mapping.get(
                "extended_until", "9999"):
            mapping["expires_on"] = other.isoformat()
    near_an_edge(rng, record, on)


def former_codes(rng: Random, record: Mapping, _: date) -> None:
    """Use former codes, certified around the last day on which they were given."""
    for mapping in record["credentials"]:
        code, body = mapping["code"], mapping.get("body", "ASCP")
        if code in {"MLS", "MT", "CLS"} and body == "ASCP" and not mapping.get("voluntary") and "expires_on" in mapping:
            mapping["code"] = rng.choice(["MT", "CLS", "MT", "MLS"])
            day = rng.choice(["2009-10-30", "2009-10-31", "2009-11-01", "2015-03-04", "2008-01-01"])
            if day <= min(mapping["expires_on"], mapping.get("cycle_start", "9999")):
                mapping["certified_on"] = day


def spelled_codes(rng: Random, record: Mapping, _: date) -> None:
    """Respell codes as people do, and add a name for headings."""
    if rng.random() < .5:
        record["holder"]["name"] = rng.choice(["Robin Sample", "Kim"])
    for mapping in record["credentials"]:
        code, body = mapping["code"], mapping.get("body", "ASCP")
        mapping["code"] = rng.choice([code.lower(), f"{code}({body})", f"{code}({body})CM", code])


STEPS: dict[Callable[[Random, Mapping, date], None], float] = {
    former_codes: .5, into_the_month: .2, in_parts: .3, certify_amounts: .15, entered_twice: .3, chain: .2,
    taken_again: .3, with_sessions: .12, propose_areas: .15, near_an_edge: .15, spelled_codes: .1,
}
"""The changes to a record, in this order, and how often each is made."""


def bounded(record: Mapping) -> None:
    """Remove what would make trying everything slow."""
    del record["activities"][MOST:]
    several = [one for one in record["activities"] if len({*one.get("areas", []), *one.get("proposed_areas", [])}) > 1]
    for activity in several[SEVERAL:]:
        activity["areas"] = activity.get("areas", [])[:1]
        activity.pop("proposed_areas", None)


def user_rows(rng: Random) -> tuple[UserRow, ...]:
    """Make a user's rows, sometimes."""
    if rng.random() > .12:
        return ()
    names = ["rule/duplicates", "rule/alike", "rule/repeated", "rule/repeated/formal_ce", "rule/repeated/in_service"]
    return tuple((name, rng.choice(VALUES)) for name in sorted(rng.sample(names, rng.choice([1, 1, 2, 3]))))


def placements_on_members(rng: Random, record: Mapping) -> None:
    """Make the holder's own placements, most of them on entries with a twin."""
    titles = [activity["title"] for activity in record["activities"]]
    members = [one for one in record["activities"] if titles.count(one["title"]) > 1] or record["activities"]
    keys = {(rng.choice(record["credentials"])["id"], rng.choice(members)["id"], rng.choice(["pool", "safety"]))
            for _ in range(rng.randint(1, 3))}
    record["placements"] = [{"credential": credential, "activity": activity, "area": area,
                             "points": rng.choice(["1", "0.5", 2])} for credential, activity, area in sorted(keys)]


def answers_to(rng: Random, record: Mapping, needs: Iterable[Mapping]) -> list[Mapping]:
    """Make answers to some questions, with and without the others, and a few unasked ones."""
    found: dict[tuple[str, str], Mapping] = {}
    all_alike = rng.choice(["yes", "yes", "no", None])
    for need in needs:
        of_table = need["code"] == "TABLE_AFTER_EXPIRY"
        if need["code"] in {"TABLE_NOT_ESTABLISHED", "NOT_IN_FORCE"} or (rng.random() < .3 and not of_table):
            continue
        said = rng.choice(["yes", "no"]) if all_alike is None or of_table else all_alike
        given: Mapping = {"code": need["code"], "subjects": [need["subject"]], "answer": said}
        if need["others"] and rng.random() < .7:
            given["others"] = list(need["others"])
        found.setdefault((need["code"], need["subject"]), given)
    if record["activities"] and rng.random() < .25:
        code, subject = rng.choice(ANSWERABLE), rng.choice(record["activities"])["id"]
        found.setdefault((code, subject), {"code": code, "subjects": [subject], "answer": rng.choice(["yes", "no"])})
    return together(rng, list(found.values()))


def together(rng: Random, answers: list[Mapping]) -> list[Mapping]:
    """Join some answers of one kind."""
    if rng.random() < .5:
        return answers
    found: dict[tuple[object, ...], Mapping] = {}
    for given in answers:
        key = (given["code"], given["answer"], tuple(given.get("others", ())))
        if key in found:
            found[key]["subjects"] += given["subjects"]
        else:
            found[key] = given
    return list(found.values())


def contradict(record: Mapping, edition: str, user: tuple[UserRow, ...]) -> bool:
    """Return whether two answers disagree about one pair of activities; the rules leave open which one holds."""
    activities = [Activity.read(mapping) for mapping in record["activities"]]
    relations = Relations(activities, with_user_rows(RULES[edition], user), Answers())
    given = Answers.read(record).given
    for ids, pair in relations.pairs.items():
        one, other = ids
        if len({answer.answer for answer in given if answer.code in pair.codes and answer.is_about(one, other)}) > 1:
            return True
    return False


def settle(rng: Random, record: Mapping, on: date, trust: str, edition: str, user: tuple[UserRow, ...]) -> None:
    """Let the holder answer the questions."""
    given = answers_to(rng, record, needs_of(record, on, trust, edition, user))
    if given:
        record["settled"] = given
        if contradict(record, edition, user):
            for one in given:
                one["answer"] = given[0]["answer"]


def in_bounds(record: Mapping) -> bool:
    """Return whether no voluntary participant is certified at a time when participation was mandatory."""
    for mapping in record["credentials"]:
        credential = Credential.read(mapping)
        start = participation_start(credential.code, credential.body)
        if credential.voluntary and credential.certified_on and start and credential.certified_on >= start:
            return False
    return True


def draw(rng: Random, edition: str) -> tuple[Mapping, date, str, tuple[UserRow, ...]]:
    """Draw a record, a day of decision, a trust, and a user's rows."""
    record, on, trust = generate(rng, edition=edition)
    if rng.random() < .1:
        return record, on, trust, ()
    for step, share in STEPS.items():
        if rng.random() < share:
            step(rng, record, on)
    bounded(record)
    assert in_bounds(record)
    if edition == "2026.1" and any("session" in activity for activity in record["activities"]):
        for activity in record["activities"]:  # where it is certain, nothing defines an entry without a session
            activity.setdefault("session", "whole")
    user = user_rows(rng) if edition != "2026.1" else ()
    if record["activities"] and rng.random() < .2:
        placements_on_members(rng, record)
    elif "placements" in record:
        del record["placements"]
    if rng.random() < .4:
        settle(rng, record, on, trust, edition, user)
    rng.shuffle(record["activities"])
    return record, on, trust, user


def odd_end(mapping: Mapping) -> bool:
    """Return whether a credential ends inside its month."""
    return "expires_on" in mapping and not is_month_end(date.fromisoformat(mapping["expires_on"]))
