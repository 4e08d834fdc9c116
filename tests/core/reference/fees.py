"""Fees, by the day of submission."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.core.reference.cycles import Credential, standing_of, takes_part
from tests.core.reference.months import add_months
from tests.core.reference.tables import BOOKLET, INFERRED, QUALIFICATIONS, SOCIETY, THIRD, Rules

Prices = dict[str, tuple[int, str]]
"""Amount in dollars and grade of each item."""

STANDARD: list[tuple[date, date, Prices]] = [
    (date(2004, 11, 4), date(2004, 11, 4), {"application": (50, THIRD)}),
    (date(2009, 10, 23), date(2012, 12, 31), {
        "application": (75, BOOKLET), "reduced_application": (60, INFERRED), "reinstatement": (50, BOOKLET)}),
    (date(2020, 1, 1), date(2024, 6, 30), {
        "application": (95, THIRD), "reduced_application": (80, THIRD), "reinstatement": (125, THIRD)}),
    (date(2024, 7, 1), date(2025, 12, 31), {
        "application": (100, THIRD), "reduced_application": (85, THIRD), "reinstatement": (135, THIRD)}),
    (date(2026, 1, 1), date.max, {
        "application": (110, INFERRED), "reduced_application": (95, INFERRED), "reinstatement": (145, INFERRED)}),
]
"""First day, last day, and prices; amounts between the rows are not known."""

BEFORE_2020: list[tuple[date, Prices]] = [
    (date(2005, 3, 2), {"application": (50, THIRD)}),
    (date(2016, 4, 27), {"application": (50, SOCIETY)}),
]
"""The known price for a qualification, on the single day of each sighting."""
ONE_SCALE = date(2020, 1, 1)
"""From this day the rows for certifications also cover qualifications."""


def row_on(on: date) -> int | None:
    """Return the number of the row for that day, if there is one."""
    return next((n for n, (first, last, _) in enumerate(STANDARD) if first <= on <= last), None)


def prices(code: str, on: date, region: str, rules: Rules) -> Prices:
    """Return the prices of that day; empty if there is no row.

    Low and middle income: the same amounts, inferred; from 2026 those of the previous row.
    """
    if rules.qualification_fees and code in QUALIFICATIONS and on < ONE_SCALE:
        row = next((row for day, row in BEFORE_2020 if day == on), {})
        return row if region == "standard" else {item: (amount, INFERRED) for item, (amount, _) in row.items()}
    number = row_on(on)
    if number is None:
        return {}
    if region == "standard":
        return STANDARD[number][2]
    if STANDARD[number][0] == date(2026, 1, 1):
        number -= 1
    return {item: (amount, INFERRED) for item, (amount, _) in STANDARD[number][2].items()}


def groupings(count: int, numbers: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Yield every division of members into groups, numbered in order: 0, 0, 0, then 0, 0, 1 and so on."""
    if len(numbers) == count:
        yield numbers
        return
    for number in range(max(numbers, default=-1) + 2):
        yield from groupings(count, (*numbers, number))


def combine(one: Credential, other: Credential, on: date) -> bool:
    """Return whether one application may serve both.

    Both must have an end and not be reinstated, both must be certifications or both qualifications, and their ends at
    most three months apart.
    """
    if any(standing_of(credential, on) in {"expired", "no_end_date"} for credential in (one, other)):
        return False
    if (one.code in QUALIFICATIONS) != (other.code in QUALIFICATIONS):
        return False
    earlier, later = sorted(end for end in (one.end(on), other.end(on)) if end is not None)
    return add_months(earlier, 3) >= later


def lawful(numbers: tuple[int, ...], paying: list[Credential], on: date) -> bool:
    """Return whether all members of a group combine pairwise."""
    return all(combine(one, paying[j], on) for i, one in enumerate(paying) for j in range(i + 1, len(paying))
               if numbers[i] == numbers[j])


def window(credential: Credential, on: date) -> tuple[date, date] | None:
    """Return the days on which its declaration can be sent; None for any day.

    Our reading: without an end date it can be sent on any day, because there is no window.
    """
    last = credential.end(on)
    if last is None or on > last:
        return None
    return last - timedelta(days=90), last


def opening(group: list[Credential], on: date) -> tuple[bool, str | None]:
    """Return whether the declarations of a group can be sent on that day, and if not, the first later day, if any."""
    windows = [days for days in (window(credential, on) for credential in group) if days is not None]
    first = max((opens for opens, _ in windows), default=on)
    last = min((last for _, last in windows), default=on)
    if first <= on <= last:
        return True, None
    return False, first.isoformat() if on < first <= last else None


def quote(credentials: list[Credential], on: date, region: str, rules: Rules) -> dict[str, Any]:
    """Return the cost of the credentials if declared together: the fewest groups are the cheapest.

    Each further group costs a whole application instead of a reduced one.  The rules leave open which of the cheapest
    lawful groupings applies; `openings` has, for each of them, its answer for every credential.
    """
    paying = [credential for credential in credentials if takes_part(credential)]
    ways = [numbers for numbers in groupings(len(paying)) if lawful(numbers, paying, on)]
    fewest = min(max(numbers, default=-1) for numbers in ways)
    cheapest = [numbers for numbers in ways if max(numbers, default=-1) == fewest]
    best = cheapest[0]
    lines: list[dict[str, Any]] = []
    openings = [[opening([one for one, number in zip(paying, numbers, strict=True) if number == mine], on)
                 for mine in numbers] for numbers in cheapest]
    for i, credential in enumerate(paying):
        row = prices(credential.code, on, region, rules)
        items = ["reduced_application" if best[i] in best[:i] else "application"]
        if standing_of(credential, on) == "expired":
            items.append("reinstatement")
        for item in items:
            if item not in row:
                return {"currency": "USD", "total": None, "why": f"no established {item} fee on {on}", "lines": [],
                        "openings": []}
            amount, grade = row[item]
            can, later = openings[0][i]
            lines.append({"credential": credential.id, "item": item, "amount": f"{amount}.00", "grade": grade,
                          "open": can, "opens_on": later})
    total = sum(int(line["amount"][:-3]) for line in lines)
    ids = [credential.id for credential in paying]
    return {"currency": "USD", "total": f"{total}.00", "why": None, "lines": lines,
            "openings": [dict(zip(ids, one, strict=True)) for one in openings]}
