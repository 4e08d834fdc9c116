"""Both sides of the limits of kinds, spans, windows, fees, participation, units and the record format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tasks.vectors.points import STRONGER
from tasks.vectors.records import (
    DONE,
    EXPIRES,
    HUNDREDTH,
    ON,
    ONE_DAY,
    Case,
    Plain,
    course,
    credential,
    decide,
    enough,
    record,
)

from cmprules._kit.calendar import add_months
from cmprules._kit.points import from_hundredths
from cmprules._policy.book import FeeRow, PolicyBook
from cmprules._words import vocabulary

PANDEMIC = date(2021, 6, 1)
SOON = date(2023, 12, 31)
"""A day on which pandemic work counted, and an expiry whose cycle includes it."""


def cases(book: PolicyBook) -> Iterator[Case]:
    """Return the cases; ids name the threshold and the side."""
    yield from _kind_grades(book)
    yield from _shares()
    yield from _pandemic()
    yield from _cycle()
    yield from _reduced_fee()
    yield from _window()
    for row in book.fees:
        yield from _fee_days(row)
        yield from _fee_amounts(row)
    yield from _participation()
    yield from _units()
    yield from _input_points()
    yield from _input_days()
    yield from _input_counts()


# ---------------------------------------------------------------------------------------------------------
# Kinds.


def _kind_grades(book: PolicyBook) -> Iterator[Case]:
    """Points of a kind whose value has a grade, trusted and not trusted."""
    for rule in book.rules.kinds.values():
        grade = rule.citation.grade
        if rule.established and grade in STRONGER:
            expires, done = (SOON, PANDEMIC) if rule.limits else (EXPIRES, DONE)
            of = record(credential("PA", expires), [course("k", 5, kind=rule.kind, completed_on=done.isoformat())])
            for side, trust in (("trusted", grade), ("below", STRONGER[grade])):
                yield f"kinds/{rule.kind}/grade/{side}", decide(of, min(expires, ON), str(trust))


def _shares() -> Iterator[Case]:
    """College courses up to half of a total and over it; half of nine is not a whole number."""
    for side, points in (("within", "18"), ("over", "18.01")):
        of = record(credential(), [*enough(pool="8"), course("b", points, kind="college_course")])
        yield f"kinds/college_course/share_of_total/{side}", decide(of)
    two = [course(name, "9.5", kind="college_course", completed_on=day)
           for name, day in (("y", "2025-02-01"), ("x", "2025-02-01"))]
    yield ("kinds/college_course/share_of_total/over-by-two", decide(record(credential(), [*enough(pool="8"), *two])))
    of = record(credential("PBT"), [*enough("PBT", pool="0.5"), course("b", "4.5", kind="college_course")])
    yield "kinds/college_course/share_of_total/half-of-nine", decide(of)
    of = record(credential("PBT"), [*enough("PBT", pool="0.5"), course("b", "4.51", kind="college_course")])
    yield "kinds/college_course/share_of_total/more-than-half-of-nine", decide(of)
    of = record(credential(), [*enough(pool="6"), course("b", "20", ["chemistry"], kind="college_course")])
    yield "kinds/college_course/share_of_total/in-an-area-too", decide(of)


def _pandemic() -> Iterator[Case]:
    """Pandemic work: its cap, its days, and that it counts only in the pool."""

    def case(points: Decimal | int | str, day: date = PANDEMIC, *areas: str, rest: str = "14") -> Plain:
        own = [activity | {"completed_on": "2023-03-01"} for activity in enough(pool=rest)]
        work = course("w", points, areas, kind="covid_work", completed_on=day.isoformat())
        return decide(record(credential(expires_on=SOON), [*own, work]), date(2023, 11, 20))

    yield "kinds/covid_work/points/within", case("12")
    yield "kinds/covid_work/points/over", case("12.01")
    yield "kinds/covid_work/pool_only/pool", case("12", PANDEMIC, "safety")
    without = [activity | {"completed_on": "2023-03-01"} for activity in enough(pool="25")[1:]]
    work = course("w", 2, ["safety"], kind="covid_work", completed_on=PANDEMIC.isoformat())
    yield ("kinds/covid_work/pool_only/area",
           decide(record(credential(expires_on=SOON), [*without, work]), date(2023, 11, 20)))
    for side, day, expires in (("done_from/on", date(2020, 3, 1), date(2023, 1, 31)),
                               ("done_from/before", date(2020, 2, 29), date(2023, 1, 31)),
                               ("done_until/on", date(2022, 12, 31), SOON),
                               ("done_until/after", date(2023, 1, 1), SOON)):
        own = [activity | {"completed_on": "2022-03-01"} for activity in enough(pool="24")]
        work = course("w", 2, kind="covid_work", completed_on=day.isoformat())
        of = record(credential(expires_on=expires), [*own, work])
        yield f"kinds/covid_work/{side}", decide(of, expires - timedelta(days=20))


# ---------------------------------------------------------------------------------------------------------
# Spans and windows.


def _cycle() -> Iterator[Case]:
    """The first and the last day whose activities count."""

    def case(day: str, on: date = ON, expires: date = EXPIRES) -> Plain:
        return decide(record(credential(expires_on=expires), [*enough()[:-1], course("p", 26, completed_on=day)]), on)

    for side, day in (("first-day", "2023-06-01"), ("month-of-previous-end", "2023-05-31"),
                      ("first-of-that-month", "2023-05-01"), ("month-before-it", "2023-04-30")):
        yield f"cycle/cycle_months/{side}", case(day)
    for side, day in (("mid-first-day", "2023-05-16"), ("mid-month-of-previous-end", "2023-05-15"),
                      ("mid-first-of-that-month", "2023-05-01"), ("mid-month-before-it", "2023-04-30")):
        yield f"cycle/cycle_months/{side}", case(day, expires=date(2026, 5, 15))
    for side, day in (("day-of-decision", "2026-03-10"), ("day-after-decision", "2026-03-11")):
        yield f"cycle/cycle_months/{side}", case(day)
    for side, day in (("first-day", "2023-03-11"), ("day-before", "2023-03-10"), ("last-day", "2026-03-10"),
                      ("day-after", "2026-03-11")):
        yield f"cycle/last_years_months/expired-{side}", case(day, expires=date(2025, 5, 31))
    for on, first, before in ((date(2024, 2, 29), "2021-03-01", "2021-02-28"), (date(2026, 8, 31), "2023-09-01",
                                                                              "2023-08-31")):
        own = [activity | {"completed_on": on.isoformat()} for activity in enough()[:-1]]
        for side, day in (("first-day", first), ("day-before", before)):
            of = record(credential(expires_on=None, voluntary=True), [*own, course("p", 26, completed_on=day)])
            yield f"cycle/last_years_months/voluntary-{on}-{side}", decide(of, on)


def _reduced_fee() -> Iterator[Case]:
    """Two ends three months apart, and three months and a day; some at ends of months."""
    pairs = (("within", "2026-04-15", "2026-07-15"), ("beyond", "2026-04-15", "2026-07-16"),
             ("within-end-of-month", "2026-02-28", "2026-05-31"), ("beyond-end-of-month", "2026-02-28", "2026-06-01"),
             ("within-short-month", "2026-11-30", "2027-02-28"), ("beyond-short-month", "2026-11-30", "2027-03-01"),
             ("within-leap-day", "2028-02-28", "2028-05-28"), ("beyond-leap-day", "2028-02-28", "2028-05-29"))
    for side, first, second in pairs:
        listed = [credential("MLS", date.fromisoformat(first), "one"), credential("PBT", date.fromisoformat(second),
                                                                                  "two")]
        yield f"cycle/reduced_fee_months/{side}", decide(record(listed), date(2026, 1, 20))


def _window() -> Iterator[Case]:
    """The first day of the window, the last advised day, and the last day."""
    of = record(credential(), enough())
    for name, side, days in (("opens", "on", 90), ("opens", "before", 91), ("advised", "on", 30),
                             ("advised", "after", 29)):
        yield f"window/{name}_days_before_end/{side}", decide(of, EXPIRES - timedelta(days=days))
    extended = record(credential(expires_on=date(2026, 2, 28), extended_until=EXPIRES), enough())
    for name, side, days in (("opens", "on", 90), ("opens", "before", 91), ("advised", "on", 30),
                             ("advised", "after", 29)):
        yield f"window/{name}_days_before_end/extended-{side}", decide(extended, EXPIRES - timedelta(days=days))


# ---------------------------------------------------------------------------------------------------------
# Fees.


def _owner(row: FeeRow, expires_on: date, on: date, *others: Plain) -> Plain:
    region = None if row.region == "standard" else row.region
    code = "QIA" if row.group == "qualification" else "MLS"
    return decide(record([credential(code, expires_on, "one"), *others], region=region), on)


def _fee_days(row: FeeRow) -> Iterator[Case]:
    """The first day of a row and the day before it, the last day and the day after it."""
    days = {"from/on": row.starts_on, "from/before": row.starts_on - ONE_DAY}
    if row.ends_on is not None:
        days |= {"until/on": row.ends_on, "until/after": row.ends_on + ONE_DAY}
    for side, on in days.items():
        yield f"{row.id}/{side}", _owner(row, max(on + timedelta(days=200), date(2007, 6, 30)), on)


def _fee_amounts(row: FeeRow) -> Iterator[Case]:
    """Each amount, owed and not owed."""
    on = row.starts_on if row.ends_on == row.starts_on else row.starts_on + timedelta(days=150)
    end = max(on + timedelta(days=200), date(2007, 6, 30))
    near, far = (credential("PBT", add_months(end, 3) + timedelta(days=days), "two") for days in (0, 1))
    items = {cell.of for cell in row.cells}
    yield f"{row.id}/application/owed", _owner(row, end, on)
    free = credential("SBB", None, "two", certified_on=date(1999, 5, 20))
    region = None if row.region == "standard" else row.region
    yield f"{row.id}/application/not-owed", decide(record([free], region=region), on)
    if "reduced_application" in items:
        yield f"{row.id}/reduced_application/owed", _owner(row, end, on, near)
        yield f"{row.id}/reduced_application/not-owed", _owner(row, end, on, far)
    if "reinstatement" in items:
        yield f"{row.id}/reinstatement/owed", _owner(row, on - ONE_DAY, on)
        yield f"{row.id}/reinstatement/not-owed", _owner(row, on, on)


# ---------------------------------------------------------------------------------------------------------
# Participation.


FLAGS: tuple[tuple[str, Plain], ...] = (("no-end", {}), ("voluntary", {"voluntary": True}))


def _participation() -> Iterator[Case]:
    """Certified on the first day on which participation is mandatory and the day before; long ago if it always is."""
    for (body, group), since in vocabulary.MANDATORY_FROM.items():
        code = next(code for code, its in vocabulary.GROUPS.items()
                    if its == group and body in vocabulary.BODIES[code])
        days = {"long-ago": date(1990, 5, 20)} if since is None else {"on": since, "before": since - ONE_DAY}
        more: Plain = {} if body == "ASCP" else {"body": body}
        for side, day in days.items():
            for how, flag in FLAGS:
                of = credential(code, None, certified_on=day, **more, **flag)
                yield f"participation/{body}/{group}/{side}-{how}", decide(record(of))
        with_end = credential(code, EXPIRES, certified_on=days.get("on", date(1990, 5, 20)), **more)
        yield f"participation/{body}/{group}/with-end", decide(record(with_end))
    for how, flag in FLAGS:
        of = credential("MLS", None, certified_on=date(2003, 12, 31), **flag)
        yield f"participation/former-nca/not-nca-{how}", decide(record(of))
        yield f"participation/former-nca/nca-{how}", decide(record({**of, "previous_nca": True}))
    with_end = credential("MLS", EXPIRES, certified_on=date(2003, 12, 31), previous_nca=True)
    yield "participation/former-nca/with-end", decide(record(with_end))


# ---------------------------------------------------------------------------------------------------------
# Units.


def _units() -> Iterator[Case]:
    """One unit that brings exactly the missing points, and one hundredth less."""
    for unit, worth in vocabulary.UNITS.items():
        kind = next(kind for kind, units in vocabulary.KINDS.items() if unit in units)
        for side, less in (("met", Decimal(0)), ("short", HUNDREDTH)):
            activities = [*enough(pool=26 - worth - less), course("u", 1, kind=kind, unit=unit)]
            yield f"units/{unit}/{side}", decide(record(credential(), activities))
    for kind, units in vocabulary.KINDS.items():
        of = record(credential(), [course("u", 1, kind=kind)])
        yield f"units/{units[0]}/default-of-{kind}", decide(of)


# ---------------------------------------------------------------------------------------------------------
# The record format.


AMOUNTS: tuple[tuple[str, object], ...] = (
    ("above/one-hundredth", "0.01"), ("above/zero", "0"), ("above/less-than-zero", "-0.01"), ("above/minus-zero", "-0"),
    ("most/most", "1000"), ("most/more", "1000.01"), ("most/most-as-number", 1000), ("most/more-as-number", 1001),
    ("decimals/two", "1.25"), ("decimals/three", "1.255"), ("decimals/two-as-number", 1.25),
    ("decimals/three-as-number", 1.255), ("decimals/trailing-zeros", "1.2500"), ("decimals/exponent", "125e-2"),
    ("decimals/a-tenth-as-number", 0.1),
)
"""Amounts on both sides of the bounds of a record."""


def _input_points() -> Iterator[Case]:
    """The most and the least that an activity may claim, and the smallest step."""

    def case(amount: object, **more: Any) -> Plain:
        return decide(record(credential(), [{**course("a", 1, **more), "amount": amount}]))

    for side, amount in AMOUNTS:
        yield f"input/points/{side}", case(amount)
    for unit, worth in (("ceu", 10), ("semester_hour", 15)):
        kind = "college_course" if unit == "semester_hour" else "formal_ce"
        most = from_hundredths(1000 * 100 // worth)
        for side, points in (("most", most), ("more", most + HUNDREDTH)):
            yield f"input/points/most/{side}-in-{unit}", case(str(points), unit=unit, kind=kind)
    for side, amount in (("two", "0.125"), ("three", "0.1255")):
        yield f"input/points/decimals/{side}-in-ceu", case(amount, unit="ceu")
    for side, placed in (("two", "0.25"), ("three", "0.255")):
        own = [{"credential": "c", "activity": "a", "area": "pool", "points": placed}]
        yield f"input/points/decimals/{side}-placed", decide(record(credential(), [course("a", 1)], placements=own))


def _input_days() -> Iterator[Case]:
    """The first and the last day that a record may have, and the longest cycle."""
    certified = {"first/on": date(1900, 1, 1), "first/before": date(1899, 12, 31)}
    for side, day in certified.items():
        yield f"input/day/{side}", decide(record(credential(certified_on=day)))
    for side, text in {"last/on": "2999-12-31", "last/after": "3000-01-01"}.items():
        yield f"input/day/{side}", decide(record({"id": "c", "code": "MLS", "expires_on": text}))
    for side, text in {"first/on": "1900-01-01", "first/before": "1899-12-31", "last/on": "2999-12-31",
                       "last/after": "3000-01-01"}.items():
        yield f"input/day/{side}-of-decision", decide(record(credential()), text)
    for side, text in (("first-of-month", "2023-05-01"), ("day-before", "2023-04-30")):
        of = credential(cycle_start=text)
        yield f"input/cycle/longest_months/{side}", decide(record(of))
    for side, text in (("end-of-month", "2023-02-01"), ("day-before-that", "2023-01-31")):
        of = credential(expires_on=date(2026, 2, 28), cycle_start=text)
        yield f"input/cycle/longest_months/{side}", decide(record(of), date(2026, 1, 20))


def _input_counts() -> Iterator[Case]:
    """One credential, and none."""
    yield "input/credentials/fewest/one", decide(record(credential()))
    yield "input/credentials/fewest/none", decide(record([]))
