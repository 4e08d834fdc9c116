"""Makes valid random records near the edges of the rules.

Most are nearly complete for one of their credentials: activities that meet its table exactly or with a little to
spare, then a few flaws.  The tables of the second implementation affect only the choice of what to make, never the
expected answer.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

from tests.core.reference.cycles import Credential, cycle_of, standing_of, takes_part
from tests.core.reference.months import ONE_DAY, add_months, last_day_of_month
from tests.core.reference.tables import (
    ALL_AREAS,
    CODES,
    COVID_FIRST,
    COVID_LAST,
    GRADES,
    INTERNATIONAL,
    KIND_GRADE,
    ONLY_INTERNATIONAL,
    RULES,
    UNITS,
    VALUE,
    Rules,
    Table,
    in_force,
    participation_start,
    table_for,
)

Mapping = dict[str, Any]
"""A part of a record."""

Piece = tuple[int, list[str]]
"""Hundredths of a point, with the areas that they may serve."""

Choice = TypeVar("Choice")

EXPIRY_EDGES = [date(y, m, d) for y, m, d in [
    (2006, 12, 31), (2007, 1, 1), (2008, 12, 31), (2009, 1, 1), (2009, 12, 31), (2010, 1, 1), (2010, 12, 31),
    (2011, 1, 1), (2014, 12, 31), (2015, 1, 1), (2021, 12, 31), (2022, 1, 1), (2022, 12, 31), (2023, 1, 1),
    (2023, 12, 31), (2024, 1, 1)]]
LATE_EDGES = [day for day in EXPIRY_EDGES if day.year >= 2021]
FEE_EDGES = [date(y, m, d) for y, m, d in [
    (2004, 11, 3), (2004, 11, 4), (2004, 11, 5), (2009, 10, 22), (2009, 10, 23), (2012, 12, 31), (2013, 1, 1),
    (2019, 12, 31), (2020, 1, 1), (2024, 6, 30), (2024, 7, 1), (2025, 12, 31), (2026, 1, 1)]]
MONTH_TRAPS = [(2, 27), (2, 28), (2, 29), (3, 1), (4, 29), (4, 30), (5, 30), (5, 31), (1, 30), (8, 30), (11, 29),
               (11, 30)]
UNCONFIRMED_KINDS = [kind for kind in UNITS if kind not in KIND_GRADE]
COURSE_KINDS = ["formal_ce"] * 6 + ["in_service"] * 3 + ["teleconference", "self_study", "journal_test"]
GIVEN = {("MLS", "ASCP"): ["MT", "CLS"], ("MLS", "ASCPi"): ["MT", "CLM"], ("MB", "ASCP"): ["MP"]}
OPEN_LIMIT = 7
"""The most unconfirmed activities in a record, so that trying every set of them stays fast."""
SEVERAL_LIMIT = 6
"""The most activities that may serve several areas, for the same reason."""


def pick(rng: Random, weights: dict[Choice, int]) -> Choice:
    """Pick one of the keys by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def random_day(rng: Random, first: date, last: date) -> date:
    """Draw a day between the first and the last; return the first if they are in reverse."""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def some_expiry(rng: Random) -> date:
    """Draw a day of expiry: at a change of tables, at the end of a month, where months are uneven, or any."""
    how = pick(rng, {"edge": 3, "month_end": 5, "trap": 3, "any": 2})
    if how == "edge":
        return rng.choice(rng.choice([EXPIRY_EDGES, LATE_EDGES]))
    year, month = rng.randint(rng.choice([2005, 2010, 2019, 2020]), 2030), rng.randint(1, 12)
    if how == "month_end":
        return date(year, month, last_day_of_month(year, month))
    if how == "any":
        return date(year, month, rng.randint(1, last_day_of_month(year, month)))
    month, day = rng.choice(MONTH_TRAPS)
    if (month, day) == (2, 29) and not calendar.isleap(year):
        year -= year % 4
    return date(year, month, day)


def on_before(rng: Random, end: date) -> date:
    """Draw a day of decision on which a credential with that end is still valid."""
    how = pick(rng, {"declaration": 3, "last_year": 4, "cycle": 2, "end": 1})
    if how == "declaration":
        return end - timedelta(days=rng.choice([91, 90, 89, 31, 30, 29, 1, 0]))
    if how == "end":
        return end
    return end - timedelta(days=rng.randint(0, 365 if how == "last_year" else 1095))


def on_after(rng: Random, end: date) -> date:
    """Draw a day of decision after that end."""
    days = rng.choice([1, rng.randint(1, 90), rng.randint(1, 1000), rng.randint(1, 3000)])
    return end + timedelta(days=days)


def near(rng: Random, end: date) -> date:
    """Draw an end that is equal or about three months away."""
    months = rng.choice([0, 0, 1, 2, 3, 3, 3, 4])
    other = add_months(end, months if rng.random() < .5 else -months)
    return other + timedelta(days=rng.choice([0, 0, 0, -1, 1]))


SCENARIOS = {"current": 46, "first_cycle": 8, "cycle_start": 7, "expired": 14, "inactive": 4, "extended": 2,
             "extension_over": 2, "nca": 4, "voluntary": 5, "voluntary_end": 3, "voluntary_over": 3, "not_required": 4}
VOLUNTARY = {"voluntary", "voluntary_end", "voluntary_over", "not_required"}
PASSED = {"expired", "voluntary_over", "extension_over", "inactive"}
ESTABLISHED = {"society": ["HT", "HTL", "PA", "SBB", "SC", "SLS", "HP"],
               "third_party": ["MLS", "PBT", "PA", "HT", "H", "BB"]}
"""Codes with a table that is established even at a trust that few tables reach."""

FREQUENT = ["MLS", "MLS", "MLT", "PA", "PBT", "HT", "BB"]


def some_code(rng: Random, scenario: str, trust: str) -> tuple[str, str]:
    """Draw a code and a body that go together."""
    if trust in ESTABLISHED and scenario != "nca" and rng.random() < .6:
        return rng.choice(ESTABLISHED[trust]), "ASCP"
    if scenario == "nca":
        return rng.choice(["MLS", "MLS", "CG", "MLT", "H"]), "ASCP"
    code = rng.choice([rng.choice(CODES), rng.choice(CODES), rng.choice(FREQUENT)])
    if code in ONLY_INTERNATIONAL or (code in INTERNATIONAL and rng.random() < .2):
        return code, "ASCPi"
    return code, "ASCP"


def fitting_end(rng: Random, scenario: str, on: date) -> date:
    """Draw an end before or after the day of decision, as the scenario has it."""
    days = rng.choice([1, rng.randint(1, 120), rng.randint(1, 1000), rng.randint(1, 2500)])
    end = on - timedelta(days=days) if scenario in PASSED else on + timedelta(
        days=rng.choice([0, rng.randint(0, 120), rng.randint(0, 1095)]))
    if rng.random() < .6:  # to the end of that month, unless that changes the scenario
        month_end = end.replace(day=last_day_of_month(end.year, end.month))
        if (month_end < on) == (end < on):
            return month_end
    return end


def some_credential(rng: Random, name: str, scenario: str, trust: str, on: date, end: date | None) -> Mapping:
    """Draw a valid credential for a scenario; a fitting end is chosen unless one is given."""
    code, body = some_code(rng, scenario, trust)
    start = participation_start(code, body)
    if scenario in VOLUNTARY and start is None:
        scenario = "current"
    given = rng.choice(GIVEN[code, body]) if (code, body) in GIVEN and rng.random() < .25 else code
    made: Mapping = {"id": name, "code": given}
    if body == "ASCPi" or rng.random() < .5:
        made["body"] = body
    if scenario in {"not_required", "voluntary"}:
        assert start is not None
        return made | without_end(rng, scenario, start)
    if end is None:
        end = fitting_end(rng, scenario, on)
    made["expires_on"] = end.isoformat()
    certify(rng, made, scenario, start, end)
    start_cycle(rng, made, scenario, end)
    extend(rng, made, scenario, on, end)
    if rng.random() < .05:
        made.setdefault("voluntary", False)
    if rng.random() < .05:
        made.setdefault("previous_nca", False)
    return made


def without_end(rng: Random, scenario: str, start: date) -> Mapping:
    """Draw the fields of a credential without an end date."""
    if scenario == "not_required":
        return {"certified_on": (start - timedelta(days=rng.choice([1, 1, 400, 4000]))).isoformat()}
    made: Mapping = {"voluntary": True}
    if rng.random() < .6:
        made["certified_on"] = (start - timedelta(days=rng.choice([1, 800, 5000]))).isoformat()
    return made


def certify(rng: Random, made: Mapping, scenario: str, start: date | None, end: date) -> None:
    """Perhaps add the day of certification: before maintenance, at the start of the cycle, or cycles ago."""
    default_start = add_months(end + ONE_DAY, -36)
    if scenario in VOLUNTARY:
        assert start is not None
        made["voluntary"] = True
        if rng.random() < .5:
            made["certified_on"] = min(end, start - timedelta(days=rng.choice([1, 800, 5000]))).isoformat()
    elif scenario == "first_cycle":
        month = add_months(end.replace(day=15), -36)
        day = rng.choice([1, last_day_of_month(month.year, month.month), rng.randint(1, 28)])
        made["certified_on"] = month.replace(day=day).isoformat()
    elif rng.random() < .4:
        certified = default_start - timedelta(days=rng.choice([1, 31, 1096, 2192, 4000]))
        if start is None or certified >= start or scenario == "nca" or rng.random() < .1:
            made["certified_on"] = certified.isoformat()
    if scenario == "nca":
        made["previous_nca"] = True


def start_cycle(rng: Random, made: Mapping, scenario: str, end: date) -> None:
    """Perhaps add the start of the cycle, rarely where it does not matter."""
    if scenario == "cycle_start" or (scenario in {"first_cycle", "expired", "inactive"} and rng.random() < .1):
        first = add_months(end + ONE_DAY, -36) + timedelta(days=rng.choice([0, 0, 30, 200, 700]))
        if "certified_on" in made:
            first = max(first, date.fromisoformat(made["certified_on"]))
        made["cycle_start"] = min(first, end).isoformat()


def extend(rng: Random, made: Mapping, scenario: str, on: date, end: date) -> None:
    """Extend it in three of the scenarios: beyond the day of decision, or up to a day before it."""
    if scenario in {"inactive", "extended"}:
        until = add_months(end, rng.choice([1, 6, 12, 12, 24]))
        made["extended_until"] = max(until, on if scenario == "inactive" else until).isoformat()
    if scenario == "extension_over":
        until = min(add_months(end, rng.choice([1, 6, 12])), on - ONE_DAY)
        if until > end:
            made["extended_until"] = until.isoformat()


def some_day(rng: Random, main: str) -> tuple[date, date | None]:
    """Draw a day of decision, with the end of the first credential if that was chosen first."""
    if rng.random() < .3:
        return rng.choice([rng.choice(FEE_EDGES), random_day(rng, date(2005, 1, 1), date(2030, 12, 31))]), None
    end = some_expiry(rng) if main != "nca" or rng.random() < .3 else random_day(rng, date(2010, 1, 1),
                                                                                 date(2010, 12, 31))
    if main == "expired" and rng.random() < .5:  # the table changed in between
        end = random_day(rng, date(2021, 1, 1), date(2023, 12, 31))
    on = on_after(rng, end) if main in PASSED else on_before(rng, end)
    if main == "inactive":
        on = end + timedelta(days=rng.randint(1, 400))
    return on, end


def some_credentials(rng: Random, trust: str) -> tuple[date, list[Mapping]]:
    """Draw a day of decision and up to four credentials, often with ends near the limit for joint declaration."""
    count = pick(rng, {1: 55, 2: 25, 3: 13, 4: 7})
    main = pick(rng, SCENARIOS)
    names = rng.sample(["mls", "c1", "C2", "c10", "c9", "x", "B-1", "z_2"], count)
    on, end = some_day(rng, main)
    credentials = [some_credential(rng, names[0], main, trust, on, end)]
    ends = [one["expires_on"] for one in credentials if "expires_on" in one]
    for name in names[1:]:
        scenario = pick(rng, SCENARIOS)
        other = None
        if ends and rng.random() < .65:
            other = near(rng, date.fromisoformat(rng.choice(ends)))
            scenario = "current" if other >= on else "expired"
        credentials.append(some_credential(rng, name, scenario, trust, on, other))
        if "expires_on" in credentials[-1]:
            ends.append(credentials[-1]["expires_on"])
    return on, credentials


def express(rng: Random, kind: str, points: int) -> Mapping:
    """Choose a unit and an amount of this kind that make some hundredths of a point."""
    units = [u for u in UNITS[kind] if (Decimal(points) / 100 / VALUE[u] * 100000) % 1 == 0
             and Decimal(points) / 100 / VALUE[u] * VALUE[u] * 100 == points]
    unit = rng.choice(units)
    amount = Decimal(points) / 100 / VALUE[unit]
    plain = f"{amount.normalize():f}"
    how = rng.choice(["text", "text", "padded", "number"])
    found: Mapping = {"amount": plain}
    if how == "padded":
        found["amount"] = plain + "0" if "." in plain else plain + ".0"
    elif how == "number":
        found["amount"] = int(amount) if amount == int(amount) else float(plain)
    if unit != UNITS[kind][0] or rng.random() < .5:
        found["unit"] = unit
    return found


def hundredths_of(activity: Mapping) -> int:
    """Return the points of an activity, in hundredths."""
    unit = activity.get("unit", UNITS[activity["kind"]][0])
    return int(Decimal(str(activity["amount"])) * 100 * VALUE[unit])


def split(rng: Random, points: int, pieces: int) -> list[int]:
    """Split hundredths into about the given number of pieces, sometimes with fractions."""
    step = rng.choice([100, 100, 50, 25, 33, 1])
    out = []
    for left in range(pieces, 1, -1):
        piece = points // left // step * step
        if piece <= 0:
            break
        out.append(piece)
        points -= piece
    return out + ([points] if points > 0 else [])


def enough(rng: Random, need: int, *, tight: bool) -> int:
    """Return what an area needs, with something to spare unless it should be tight."""
    return need + (0 if tight or need <= 0 else rng.choice([0, 0, 25, 50, 100, 300]))


def for_a_group(rng: Random, group: list[tuple[str, int]], *, tight: bool) -> list[Piece]:
    """Make pieces that meet some areas together."""
    names, need = [area for area, _ in group], sum(need for _, need in group)
    how = pick(rng, {"one": 1, "each": 3, "mixed": 3, "chain": 3})
    if how == "one":  # only through division
        return [(enough(rng, need, tight=tight), names)]
    if how == "each":
        return [(enough(rng, n, tight=tight), rng.choice([names, names[:1] + names[1:2]])) for _, n in group]
    if how == "mixed":  # overlapping pieces of odd sizes
        return [(p, rng.sample(names, rng.randint(1, len(names))) if i else names)
                for i, p in enumerate(split(rng, enough(rng, need, tight=tight), rng.choice([2, 3, 4])))]
    return [(enough(rng, n, tight=tight), [name, other])
            for (name, n), (other, _) in zip(group, group[1:] + group[:1], strict=True)]


def nearly_complete(rng: Random, table: Table, *, tight: bool) -> list[Piece]:
    """Make pieces that meet the table exactly, or with some to spare."""
    pieces: list[Piece] = []
    areas = list(table.needs.items())
    rng.shuffle(areas)
    while areas:
        if len(areas) > 1 and rng.random() < .4:
            group = [areas.pop() for _ in range(min(len(areas), rng.choice([2, 2, 3, 4])))]
            pieces += for_a_group(rng, group, tight=tight)
        else:
            name, need = areas.pop()
            pieces += [(p, [name]) for p in split(rng, enough(rng, need, tight=tight), rng.choice([1, 1, 1, 2]))]
    spare = sum(points for points, _ in pieces) - sum(table.needs.values())
    pool = max(0, table.pool_need - (spare if tight else 0))
    if pool:
        pieces += [(p, []) for p in split(rng, pool if tight else pool + rng.choice([0, 100, 500]),
                                          rng.choice([1, 2, 3, 4]))]
    return pieces


def spoil(rng: Random, pieces: list[Piece]) -> list[Piece]:
    """Remove a little or a lot from some pieces."""
    pieces = list(pieces)
    for _ in range(rng.choice([1, 1, 2])):
        if pieces:
            i = rng.randrange(len(pieces))
            points, areas = pieces[i]
            less = rng.choice([1, 25, 50, 100, points])
            pieces[i] = (max(0, points - less), areas)
    return [piece for piece in pieces if piece[0] > 0]


def scattered(rng: Random, table: Table | None) -> list[Piece]:
    """Make pieces that meet nothing in particular."""
    names = list(table.needs) if table else ALL_AREAS
    return [(rng.choice([25, 33, 50, 100, 150, 200, 300, 600, 1050]),
             rng.sample(names, min(len(names), rng.choice([0, 0, 1, 1, 2, 3])))) for _ in range(rng.randint(0, 10))]


class Maker:
    """Makes the activities of one record."""

    def __init__(self, rng: Random, first: date, last: date, on: date) -> None:
        self.rng, self.first, self.last, self.on = rng, first, last, on
        self.ids = iter(rng.sample([f"a{n}" for n in range(1, 15)] + ["A3", "Z1", "b-2", "k_1", "q", "a01"], 20))
        self.made: list[Mapping] = []

    def good_day(self) -> date:
        """Draw a day inside the cycle."""
        last = max(self.first, min(self.last, self.on))
        how = self.rng.random()
        if how < .06:
            return self.first
        if how < .12:
            return last
        return random_day(self.rng, self.first, last)

    def bad_day(self) -> date:
        """Draw a day just outside the cycle, far outside, or in the month in which the previous cycle ended."""
        return self.rng.choice([
            self.first - ONE_DAY, self.first - timedelta(days=self.rng.randint(1, 31)),
            self.first - timedelta(days=self.rng.randint(1, 500)), self.on + ONE_DAY, self.last + ONE_DAY,
            self.first.replace(day=1) - ONE_DAY, (self.first - ONE_DAY).replace(day=1)])

    def make(self, kind: str, points: int, served: list[str], day: date) -> None:
        """Add an activity of some hundredths, sometimes with an extra area."""
        rng = self.rng
        activity: Mapping = {
            "id": next(self.ids),
            "title": f"{rng.choice(['Course', 'Safety day', 'Blood', 'Staging'])} {rng.randint(1, 9999)}"}
        if rng.random() < .6:
            activity["provider"] = rng.choice(["ASCP", "Lab CE", "A State Society"])
        activity |= {"completed_on": day.isoformat(), "kind": kind, **express(rng, kind, points)}
        areas = list(served)
        if rng.random() < .12:
            areas = list(dict.fromkeys([*areas, rng.choice(ALL_AREAS)]))
        rng.shuffle(areas)
        if areas or rng.random() < .3:
            activity["areas"] = areas
        if rng.random() < .2:
            activity["documents"] = ["certificate"]
        if rng.random() < .3:
            activity["source"] = rng.choice(["ascp", "upload", "self"])
        self.made.append(activity)

    def course(self, points: int, areas: list[str]) -> None:
        """Add a course."""
        kind = self.rng.choice(COURSE_KINDS)
        if not areas and self.rng.random() < .2:
            kind = "college_course"
        self.make(kind, min(points, 100000), areas, self.good_day())

    def flaw(self) -> None:
        """Change one activity, or add one."""
        rng = self.rng
        how = pick(rng, {"undate": 5, "kind": 4, "day": 6, "duplicate": 4, "covid": 3, "college": 3, "exam": 1,
                         "college_area": 1})
        if how == "covid":
            self.covid_work()
        elif how == "college":
            self.make("college_course", rng.choice([300, 750, 1000, 1500, 3000, 4500]), [], self.good_day())
        elif how == "exam":
            self.make("exam_pass", 2500, [], self.good_day())
        elif self.made:
            activity = rng.choice(self.made)
            if how == "undate":
                activity.pop("completed_on", None)
            elif how == "day":
                activity["completed_on"] = self.bad_day().isoformat()
            elif how == "duplicate":
                self.duplicate(activity)
            else:
                self.other_kind(activity, to_college=how == "college_area")

    def covid_work(self) -> None:
        """Add pandemic work, near its first and last day where the cycle has them."""
        rng = self.rng
        days = [d for d in (self.good_day(), self.good_day(), COVID_FIRST, COVID_LAST, COVID_FIRST - ONE_DAY,
                            COVID_LAST + ONE_DAY) if self.first <= d <= min(self.last, self.on)]
        self.make("covid_work", rng.choice([100, 500, 800, 1200, 2000]), rng.choice([[], ["safety"]]),
                  rng.choice(days or [self.good_day()]))

    def other_kind(self, activity: Mapping, *, to_college: bool) -> None:
        """Make it a college course, or a kind that is not established at every trust."""
        kind = "college_course" if to_college else self.rng.choice(
            [kind for kind in UNCONFIRMED_KINDS if kind != "exam_pass"] + ["self_study", "teleconference"])
        points = hundredths_of(activity)
        activity.pop("unit", None)
        activity |= {"kind": kind, **express(self.rng, kind, points)}

    def duplicate(self, activity: Mapping) -> None:
        """Add a twin, spelled differently; sometimes a near duplicate."""
        rng = self.rng
        points = hundredths_of(activity)
        twin = dict(activity)
        twin["id"] = next(self.ids)
        twin.pop("unit", None)
        twin |= express(rng, twin["kind"], points)
        title = twin["title"]
        twin["title"] = rng.choice([title.upper(), title.lower(), "  " + title.replace(" ", "  "), title])
        if "provider" in twin:
            provider = twin["provider"]
            twin["provider"] = rng.choice([provider.lower(), provider + " ", provider])
        near_miss = rng.random()
        if near_miss < .1 and "completed_on" in twin:
            twin["completed_on"] = (date.fromisoformat(twin["completed_on"]) + ONE_DAY).isoformat()
        elif near_miss < .2:
            twin["title"] += " II"
        elif near_miss < .3:
            twin.pop("provider", None)
        how = rng.random()
        if how < .4 and activity.get("areas"):  # the areas are shared out between the twins
            areas = activity["areas"]
            cut = rng.randint(0, len(areas))
            activity["areas"], twin["areas"] = areas[:cut], areas[cut:]
        elif how < .6:
            twin["areas"] = []
        self.made.append(twin)


def is_open(activity: Mapping, first: date) -> bool:
    """Return whether it may be uncertain whether the activity counts."""
    day = activity.get("completed_on")
    return (day is None or activity["kind"] not in {"formal_ce", "in_service", "college_course", "covid_work"}
            or date.fromisoformat(day) < first)


def aim_of(rng: Random, main: Credential, on: date, rules: Rules) -> tuple[Table | None, date, date]:
    """Return the table to aim for, if there is one, and the first and last day of the cycle."""
    if not takes_part(main):
        return None, add_months(on + ONE_DAY, -36), on
    cycle = cycle_of(main, on, rules)
    expires = main.expires_on or on
    day = {"expired": rng.choice([on, expires]), "no_end_date": on}.get(standing_of(main, on), expires)
    table = table_for(main.code, main.body, day, "inferred", rules) if in_force(main.code, main.body, day) else None
    return table, cycle.start, cycle.end


def some_activities(rng: Random, table: Table | None, maker: Maker, nearly: float) -> list[Mapping]:
    """Draw up to about fourteen activities, with few that are uncertain or may serve several areas."""
    if table is None or rng.random() > nearly:
        pieces = scattered(rng, table)
        for points, areas in pieces:
            maker.course(points, areas)
        flaws = rng.choice([0, 1, 2, 3, 4])
    else:
        pieces = nearly_complete(rng, table, tight=rng.random() < .5)
        mood = pick(rng, {"clean": 4, "flawed": 5, "spoilt": 2, "both": 1})
        if mood in {"spoilt", "both"}:
            pieces = spoil(rng, pieces)
        for points, areas in pieces[:12]:
            maker.course(points, areas)
        flaws = rng.choice([1, 1, 2, 3]) if mood in {"flawed", "both"} else 0
    for _ in range(flaws):
        if len(maker.made) < 14:
            maker.flaw()
    return thinned(rng, maker.made, maker.first)


def thinned(rng: Random, activities: list[Mapping], first: date) -> list[Mapping]:
    """Remove what would make trying everything slow, and shuffle the rest."""
    openly = [activity for activity in activities if is_open(activity, first)]
    several = [activity for activity in activities if len(activity.get("areas", [])) > 1]
    for activity in openly[OPEN_LIMIT:]:
        activities.remove(activity)
    for activity in several[SEVERAL_LIMIT:]:
        activity["areas"] = activity["areas"][:1]
    rng.shuffle(activities)
    return activities


def some_placements(rng: Random, credentials: list[Mapping], activities: list[Mapping]) -> list[Mapping]:
    """Draw the holder's own placements, which must not affect any answer."""
    keys = {(rng.choice(credentials)["id"], rng.choice(activities)["id"], rng.choice(["pool", "safety"]))
            for _ in range(rng.randint(1, 3))}
    return [{"credential": credential, "activity": activity, "area": area, "points": rng.choice(["1", "0.5", 2])}
            for credential, activity, area in sorted(keys)]


def generate(rng: Random, nearly: float = .85, edition: str = "2026.1") -> tuple[Mapping, date, str]:
    """Draw a record, a day of decision and a trust; `nearly` is the share of nearly complete records."""
    trust = pick(rng, {"inferred": 74, "third_party": 10, "society": 10, "booklet": 2, "official_old": 2,
                       "official": 2})
    assert trust in GRADES
    on, credentials = some_credentials(rng, trust)
    main = Credential.read(rng.choice([credentials[0], rng.choice(credentials)]))
    table, first, last = aim_of(rng, main, on, RULES[edition])
    activities = some_activities(rng, table, Maker(rng, first, last, on), nearly)
    record: Mapping = {"schema": "cmprules.record/1", "holder": {"id": "h-1"}, "credentials": credentials,
                       "activities": activities}
    region = pick(rng, {None: 5, "standard": 3, "low_middle_income": 3})
    if region:
        record["holder"]["fee_region"] = region
    if activities and rng.random() < .15:
        record["placements"] = some_placements(rng, credentials, activities)
    return record, on, trust
