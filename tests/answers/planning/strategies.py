"""Small questions: a record that is nearly complete, and a few courses and packages."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from hypothesis import strategies as st

import cmprules
from cmprules.planning import Catalogue

__all__ = ["ON", "Question", "questions"]

ON = date(2026, 3, 10)
NEEDS = {
    "QLS": (("safety", 1), ("ethics", 1), ("laboratory_safety", 4), ("laboratory_safety", 2)),
    "PBT": (("safety", 1), ("ethics", 1), ("phlebotomy", 2), ("", 3), ("", 2)),
    "QIA": (("safety", 1), ("ethics", 1), ("apheresis", 4), ("apheresis", 2)),
}
"""The needs of some small tables, in parts; a part without an area is for the pool."""

ENDS = ("2026-03-10", "2026-05-31", "2026-07-31", "2027-02-28", "2028-02-29")
PAST = ("2023-06-30", "2024-02-29")


class Question(NamedTuple):
    """The arguments of `plan`."""

    record: cmprules.Record
    catalogue: Catalogue
    by: date


def _up_to(most: int, least: int) -> st.SearchStrategy[int]:
    """Draw a number; the largest is the simplest."""
    return st.sampled_from(range(most, least - 1, -1))


def _some(names: list[Any], least: int) -> st.SearchStrategy[list[Any]]:
    """Draw up to two of some names."""
    return st.lists(st.sampled_from(names), min_size=min(least, len(names)), max_size=2, unique=True)


@st.composite
def questions(draw: st.DrawFn, *, courses: int = 5, packages: int = 2, free: bool = True) -> Question:
    """Draw one or two credentials, some of their points, and a small catalog that may or may not be enough."""
    codes = draw(_some(sorted(NEEDS), draw(st.sampled_from((2, 1)))))
    credentials = [{"id": code.lower(), "code": code, "expires_on": draw(st.sampled_from((*ENDS, *ENDS, *PAST)))}
                   for code in codes]
    filled, gaps = draw(_activities(codes))
    record = cmprules.parse_record({
        "schema": "cmprules.record/1", "holder": {"id": "sample"}, "credentials": credentials, "activities": filled,
    })
    areas = sorted({area for code in codes for area, _ in NEEDS[code] if area})
    offers = [draw(_courses(f"c{number}", areas, gaps, free=free)) for number in range(draw(_up_to(courses, 1)))]
    opened = [str(offer["id"]) for offer in offers]
    bundles = [draw(_packages(f"p{number}", opened, free=free)) for number in range(draw(_up_to(packages, 0)))]
    return Question(record, Catalogue(courses=draw(st.permutations(offers)), packages=bundles),
                    draw(st.sampled_from((ON, date(2026, 6, 10)))))


@st.composite
def _activities(draw: st.DrawFn, codes: list[str]) -> tuple[list[dict[str, object]], list[tuple[str, int]]]:
    """Draw everything that the credentials ask for except one or two parts, and name those."""
    parts = [(area, amount) for code in codes for area, amount in NEEDS[code]]
    names = sorted(set(parts), reverse=True)
    gaps = draw(_some(names, draw(st.sampled_from((1, 1, 1, 2, 2, 0)))))
    missing = [area for area, _ in gaps if area]
    found: list[dict[str, object]] = [
        {"id": f"a{number}", "title": f"Done {number}", "kind": "formal_ce", "completed_on": "2025-06-01",
         "amount": amount, "areas": sorted({area, *draw(st.sampled_from(((), (), (), (), (), ("safety",))))} - {""})}
        for number, (area, amount) in enumerate(parts) if (area, amount) not in gaps
    ]
    if draw(st.booleans()):
        found.append({"id": "z", "title": "College", "kind": "college_course", "completed_on": "2025-09-01",
                      "amount": draw(st.integers(1, 8)), "areas": draw(st.sampled_from(([], missing[:1])))})
    if draw(st.integers(0, 4)) == 0:
        found.append({"id": "unsure", "title": "Unsure", "amount": 5, "areas": missing[:1],
                      **draw(st.sampled_from(({"kind": "formal_ce"},
                                              {"kind": "journal_article", "completed_on": "2025-06-01"})))})
    if draw(st.integers(0, 4)) == 0:
        found.append({"id": "later", "title": "Planned", "kind": "formal_ce", "completed_on": "2026-04-01",
                      "amount": 5, "areas": missing[:1]})
    return found, gaps


@st.composite
def _courses(
    draw: st.DrawFn, id: str, areas: list[str], gaps: list[tuple[str, int]], *, free: bool
) -> dict[str, object]:
    """Draw a course; every other one is made to fill a gap."""
    fills = draw(st.booleans())
    area, amount = draw(st.sampled_from(gaps)) if gaps and fills else ("", 0)
    course: dict[str, object] = {
        "id": id, "title": draw(st.sampled_from((f"Course {id}", f"Course {id}", f"Course {id}", "The same"))),
        "provider": draw(st.sampled_from(("A", "B"))),
        "kind": draw(st.sampled_from(("formal_ce", "formal_ce", "formal_ce", "college_course", "journal_article"))),
        "amount": amount or draw(st.sampled_from(("0.5", "1", "1", "2", "3", "4"))),
        "areas": sorted({area, *draw(_some(areas, draw(st.sampled_from((0, 0, 1)))))} - {""}),
        "hours": draw(st.sampled_from(("0.5", "1", "2"))),
    }
    if draw(st.integers(0, 5)):
        course["price"] = draw(st.sampled_from((5, 10, 0, 10, 20, "9.99") if free else (5, 10, 10, 20, "9.99")))
    when = draw(st.integers(0, 5))
    if when == 0:
        course |= {"available_from": "2026-04-15", "days": 2}
    elif when == 1:
        course |= {"available_until": draw(st.sampled_from(("2026-03-10", "2026-06-01")))}
    return course


@st.composite
def _packages(draw: st.DrawFn, id: str, courses: list[str], *, free: bool) -> dict[str, object]:
    package: dict[str, object] = {"id": id, "title": f"Package {id}",
                                  "price": draw(st.sampled_from((4, 8, 0, 15, 25) if free else (4, 8, 15, 25)))}
    if draw(st.booleans()):
        package["courses"] = draw(st.lists(st.sampled_from(courses), min_size=1, unique=True))
    else:
        package["provider"] = draw(st.sampled_from(("A", "B")))
    if draw(st.booleans()):
        package |= draw(st.sampled_from(({"most_courses": 1}, {"most_hours": "1.5"}, {"most_courses": 2})))
    if draw(st.integers(0, 3)) == 0:
        package |= draw(st.sampled_from(({"available_until": "2026-03-09"}, {"available_from": "2026-04-01"})))
    return package
